/*
 * Replaces tools/api/wait.c in the numres that the tests of its retries run. Each wait
 * adds a line, in milliseconds, to the file that $NUMRES_WAITS names; no time passes, but
 * the clock moves on by as much. If $NUMRES_CLOCK_STEP is set, each look at the clock
 * also moves it on by that many milliseconds, and real time does not count.
 */
#include "api/wait.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t waited;

int64_t wait_clock(void) {
    static int64_t looks;
    const char *step = getenv("NUMRES_CLOCK_STEP");
    struct timespec now = {0, 0};
    if (step != NULL)
        return waited + ++looks * strtoll(step, NULL, 10);
    clock_gettime(CLOCK_MONOTONIC, &now);
    return waited + (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

time_t wait_time_of_day(void) {
    return time(NULL);
}

void wait_milliseconds(int64_t milliseconds, wait_tick *tick, void *context) {
    const char *name = getenv("NUMRES_WAITS");
    FILE *file = name == NULL ? NULL : fopen(name, "a");
    if (!tick(context, milliseconds))
        return;
    if (file == NULL)
        abort();
    fprintf(file, "%" PRId64 "\n", milliseconds);
    fclose(file);
    waited += milliseconds;
}
