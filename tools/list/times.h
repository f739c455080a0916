/* Reading and showing spans of time. */
#ifndef NUMRES_TOOLS_TIMES_H
#define NUMRES_TOOLS_TIMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "numres.h"

/* Longer spans are taken for this one. */
#define TIMES_LONGEST_SPAN INT64_C(1000000000)

/*
 * Reads digits, perhaps with a point and more digits, as units of which
 * `unit` thousandths of a second make one: 1000 for seconds, 1 for
 * milliseconds. Part of a millisecond counts as a whole one. Answers false, and
 * sets nothing, if the text is anything else.
 */
bool times_read_span(const char *text, int64_t unit, int64_t *milliseconds);

/* "1.5 s" into `text`: tenths, and none of 10 s and more. */
void times_show_span(int64_t milliseconds, char *text, size_t size);

/* The times of numres list's filters, as people give them. */

#define TIMES_FILTER_SIZE 48

/* What is sent for a text: of a date, midnight UTC; of a time back from `now` (digits
   with s, m, h, d or w), that time, both in `written`; else the text itself, which
   may be wrong. */
numres_text times_read_filter(const char *text, time_t now, char *written);

/* Whether it is such a time back from now. */
bool times_is_back(const char *text);

#endif
