/*
 * Reads a document by the general lane alone and by both lanes, at every SIMD level that
 * the machine has. The test fails if their traces differ.
 */
#ifndef NUMRES_TESTS_BOTH_LANES_H
#define NUMRES_TESTS_BOTH_LANES_H

#include <stdbool.h>
#include <stddef.h>

/* White space after each document of these tests, so that the fast lane is never near the
   end of the input while it reads the document. */
enum { BOTH_LANES_ROOM = 768 };

/* A document, which is not copied, and its trace by the general lane. `words` are those
   of reading_options_parse. */
typedef struct both_lanes both_lanes;
both_lanes *both_lanes_open(const char *document, size_t length, const char *words);
void both_lanes_close(both_lanes *both);

/* Reads it by both lanes in chunks (0: whole), or cut in two at `split`, and compares the
   traces. */
void both_lanes_read_chunks(both_lanes *both, size_t chunk, bool pausing);
void both_lanes_read_two(both_lanes *both, size_t split, bool pausing);

/* Opens the document, and reads it in chunks and whole. */
void expect_both_lanes(const char *document, size_t length, const char *words, size_t chunk);

/* Cuts it in two at `split`, which may be its start or end. If that is odd, the handlers
   pause too. */
void expect_both_lanes_cut(const char *document, size_t length, const char *words, size_t split);

/* The same, after reading it whole. */
void expect_both_lanes_whole_and_cut(const char *document, size_t length, const char *words,
                                     size_t split);

/* Feeds the document's first `end` bytes, cut at `split`, to both. Their traces must be
   the same up to there. */
void expect_both_lanes_by(const char *document, size_t split, size_t end, const char *words);

/* Reads a text, written with ' for " and followed by white space, whole and cut at each place. */
void expect_both_lanes_everywhere(const char *text, const char *words);

#endif
