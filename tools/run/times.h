/* Times: spans, dates and times back from now, on the command line and in headers; the
   time of day and the clock of the run. Whatever reads or shows a time uses it. */
#ifndef NUMRES_TOOLS_TIMES_H
#define NUMRES_TOOLS_TIMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "numres.h"

/* Reads a decimal number such as "1.5" of units, each `unit` milliseconds long: 1000
   for seconds, 1 for milliseconds. Part of a millisecond counts as a whole one. Larger
   numbers are cut to the largest one. Returns false, and sets nothing, for any other text. */
#define TIMES_LARGEST INT64_C(100000000000000000)
bool times_read_number(const char *text, int64_t unit, int64_t *milliseconds);

/* The same for a span in seconds. Longer ones are cut to the longest one. */
#define TIMES_LONGEST_SPAN INT64_C(1000000000)
bool times_read_span(const char *text, int64_t *milliseconds);

/* Reads a duration: seconds such as "90" or "0.5", or a number with s, m, h, d or w.
   Returns false, and sets nothing, for any other text, and for none. */
bool times_read_duration(const char *text, int64_t *milliseconds);

/* Shorter times are shown as this one, in milliseconds. */
#define TIMES_SHORTEST_SHOWN 100

/* Writes "1.5 s" into `text`, with tenths below 10 s. Rounds up: a wait that is too long must
   not look like one that is not. */
void times_show_span(int64_t milliseconds, char *text, size_t size);

/* ---- the times of filters, as typed ---- */

#define TIMES_FILTER_SIZE 48

/* What is sent for a text: for a date, midnight UTC; for a time back from `now`
   (digits with s, m, h, d or w), that time, both in `written`; otherwise the text
   itself, which may be wrong. */
numres_text times_read_filter(const char *text, time_t now, char *written);

/* Whether it is such a time back from now. */
bool times_is_back(const char *text);

/* ---- the time of day, and clocks ---- */

/* Takes the time of day, once for the whole run, or the RFC 3339 time of NUMRES_NOW, if
   that is set and not empty. Returns false if it is not such a time. */
bool clock_begin(void);

/* That time, in seconds since 1970-01-01T00:00:00Z. */
int64_t clock_now(void);

/* The milliseconds of the run so far; -1 if NUMRES_NOW gives the time, which then does not
   advance. */
int64_t clock_passed(void);

/* A monotonic clock, whatever NUMRES_NOW says. */
int64_t clock_nanoseconds(void);

#endif
