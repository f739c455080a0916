/*
 * Reading with a library that counts the bytes which each room touches
 * (lib/base/count.h): numres_counts has them after each read.
 */
#ifndef NUMRES_TESTS_COUNTING_H
#define NUMRES_TESTS_COUNTING_H

#include "base/count.h"
#include "reading.h"

/* Documents of these tests have about this many bytes at most. */
enum { COUNTED_SIZE = 400 * 1024 };

/* Reads the document and returns how the stream ended. */
numres_code read_counting(const reading_options *options, const char *bytes, size_t length,
                          size_t chunk, trace *given);

/* What was read last touched, in each room, at most three times the input and 1 KiB, and
   some more for each pause. */
void expect_linear(const char *name, size_t length, size_t chunk, uint64_t pauses);

/* Puts JSON text in which ' stands for ", without a NUL, and returns its end. */
char *counting_put(char *to, const char *text);

#endif
