/* The time of day, or the one that stands for it. main.c begins it; what filters by time
   or shows a time relative to now asks it. */
#include "clock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "numres/timestamp.h"

static int64_t now;
static int64_t began; /* milliseconds; negative: the time of day is given */

static int64_t milliseconds(void) {
    struct timespec time = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

bool clock_begin(void) {
    const char *given = getenv("NUMRES_NOW");
    numres_timestamp timestamp;
    now = (int64_t)time(NULL);
    began = milliseconds();
    if (given == NULL || given[0] == '\0')
        return true;
    if (!numres_timestamp_parse(given, strlen(given), &timestamp))
        return false;
    now = timestamp.seconds;
    began = -1;
    return true;
}

int64_t clock_passed(void) {
    return began < 0 ? -1 : milliseconds() - began;
}

int64_t clock_now(void) {
    return now;
}
