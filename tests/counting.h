/*
 * Reading with a library that counts the bytes which each part touches
 * (lib/base/count.h). numres_counts holds them after each read.
 */
#ifndef NUMRES_TESTS_COUNTING_H
#define NUMRES_TESTS_COUNTING_H

#include "base/count.h"
#include "reading.h"

/* The documents of these tests have at most about this many bytes. */
enum { COUNTED_SIZE = 400 * 1024 };

/* Reads the document and returns how the stream ended. */
numres_code read_counting(const reading_options *options, const char *bytes, size_t length,
                          size_t chunk, trace *given);

/* Reads a document in the automatic lane, with the reading options of these words. It must be
   accepted. */
void read_automatically(const char *words, const char *bytes, size_t length, size_t chunk);

/* Checks the last read: each part touched at most three times the input and 1 KiB, plus
   some bytes for each pause. */
void expect_linear(const char *name, size_t length, size_t chunk, uint64_t pauses);

/* Writes JSON text, given with ' for ", without a NUL. Returns its end. */
char *counting_put(char *to, const char *text);

#endif
