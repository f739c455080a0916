/* Times on the command line and in headers: spans, dates, times back from now.
   show/filter.c and api/ use it. */
#ifndef NUMRES_TOOLS_TIMES_H
#define NUMRES_TOOLS_TIMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "numres.h"

/* Longer spans are cut to this one. */
#define TIMES_LONGEST_SPAN INT64_C(1000000000)

/* Reads a decimal number such as "1.5" of units, each `unit` milliseconds long: 1000
   for seconds, 1 for milliseconds. Part of a millisecond counts as a whole one.
   Returns false, and sets nothing, for any other text. */
bool times_read_span(const char *text, int64_t unit, int64_t *milliseconds);

/* Reads a duration: seconds such as "90" or "0.5", or a number with s, m, h, d or w.
   Returns false, and sets nothing, for any other text, and for none. */
bool times_read_duration(const char *text, int64_t *milliseconds);

/* Writes "1.5 s" into `text`, with tenths below 10 s. */
void times_show_span(int64_t milliseconds, char *text, size_t size);

/* ---- the times of filters, as typed ---- */

#define TIMES_FILTER_SIZE 48

/* What is sent for a text: for a date, midnight UTC; for a time back from `now`
   (digits with s, m, h, d or w), that time, both in `written`; otherwise the text
   itself, which may be wrong. */
numres_text times_read_filter(const char *text, time_t now, char *written);

/* Whether it is such a time back from now. */
bool times_is_back(const char *text);

#endif
