/* The time of day, or the one that stands for it. main.c begins it; what filters by time
   or shows a time relative to now asks it. */
#include "clock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "numres/timestamp.h"

static int64_t now;

bool clock_begin(void) {
    const char *given = getenv("NUMRES_NOW");
    numres_timestamp timestamp;
    now = (int64_t)time(NULL);
    if (given == NULL || given[0] == '\0')
        return true;
    if (!numres_timestamp_parse(given, strlen(given), &timestamp))
        return false;
    now = timestamp.seconds;
    return true;
}

int64_t clock_now(void) {
    return now;
}
