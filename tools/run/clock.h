/* The time of day that filters and relative times call now. */
#ifndef NUMRES_TOOLS_CLOCK_H
#define NUMRES_TOOLS_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Takes the time of day, once for the whole run, or the RFC 3339 time of NUMRES_NOW, if
   that is set and not empty. Returns false if it is no such time. */
bool clock_begin(void);

/* That time, in seconds since 1970-01-01T00:00:00Z. */
int64_t clock_now(void);

/* The milliseconds of the run so far; -1 if NUMRES_NOW stands for the time: it stands
   still. */
int64_t clock_passed(void);

#endif
