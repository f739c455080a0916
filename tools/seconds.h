/* Reading and showing spans of time. */
#ifndef NUMRES_TOOLS_SECONDS_H
#define NUMRES_TOOLS_SECONDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longer spans are taken for this one. */
#define SECONDS_LONGEST INT64_C(1000000000)

/*
 * Reads digits, perhaps with a point and more digits, as units of which
 * `unit` thousandths of a second make one: 1000 for seconds, 1 for
 * milliseconds. Part of a millisecond counts as a whole one. Answers false, and
 * sets nothing, if the text is anything else.
 */
bool seconds_read(const char *text, int64_t unit, int64_t *milliseconds);

/* "1.5 s" into `text`: tenths, and none of 10 s and more. */
void seconds_format(int64_t milliseconds, char *text, size_t size);

#endif
