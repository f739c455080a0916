/* Time: the clocks, and the one place where numres list waits on purpose. The
   tests put another room in its place, which notes what it is asked to wait. */
#ifndef NUMRES_TOOLS_WAIT_H
#define NUMRES_TOOLS_WAIT_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* Milliseconds of a clock that nobody sets. */
int64_t wait_clock(void);

/* The time of day. */
time_t wait_time_of_day(void);

/* Told at the start of a wait and now and then how much is left; false ends it. */
typedef bool wait_tick(void *context, int64_t milliseconds_left);

/* Waits so long, or until the user interrupts. */
void wait_milliseconds(int64_t milliseconds, wait_tick *tick, void *context);

#endif
