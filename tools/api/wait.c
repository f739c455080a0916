/* The clocks, and waiting until a time or Ctrl-C. Everything in api/ and list/
   that needs the time calls it; the tests replace this file. */
#include "wait.h"

#include <poll.h>

#include "../run/times.h"

int64_t wait_clock(void) {
    return clock_nanoseconds() / 1000000;
}

time_t wait_time_of_day(void) {
    return time(NULL);
}

void wait_milliseconds(int64_t milliseconds, wait_tick *tick, void *context) {
    int64_t end = wait_clock() + milliseconds;
    int64_t left = milliseconds;
    while (left > 0 && !interrupt_came()) {
        struct pollfd interrupt = {.fd = interrupt_descriptor(), .events = POLLIN};
        if (!tick(context, left))
            return;
        poll(&interrupt, 1, (int)(left < WAIT_BETWEEN_TICKS ? left : WAIT_BETWEEN_TICKS));
        left = end - wait_clock();
    }
}
