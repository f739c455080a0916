/*
 * One document read by the general lane alone and by both lanes, at every SIMD
 * level that the machine has: a test fails where anything is told that is not
 * the same.
 */
#ifndef NUMRES_TESTS_BOTH_LANES_H
#define NUMRES_TESTS_BOTH_LANES_H

#include <stdbool.h>
#include <stddef.h>

/* Documents of these tests are followed by so much white space that the lane
   does not read them near their end. */
enum { BOTH_LANES_ROOM = 768 };

/* A document, which is not copied, and what the general lane told of it. `words`: see
   reading_options_parse. */
typedef struct both_lanes both_lanes;
both_lanes *both_lanes_open(const char *document, size_t length, const char *words);
void both_lanes_close(both_lanes *both);

/* Read by both lanes in chunks (0: whole), or cut in two at `split`: each tells the same. */
void both_lanes_read_chunks(both_lanes *both, size_t chunk, bool pausing);
void both_lanes_read_two(both_lanes *both, size_t split, bool pausing);

/* Opens the document, and reads it in chunks and whole. */
void expect_both_lanes(const char *document, size_t length, const char *words, size_t chunk);

/* Cuts it in two at `split`, which also may be its start or end. */
void expect_both_lanes_cut(const char *document, size_t length, const char *words, size_t split);

/* The same, and first whole. */
void expect_both_lanes_whole_and_cut(const char *document, size_t length, const char *words,
                                     size_t split);

/* Feeds both the document's first `end` bytes, cut at `split`: after them each
   has told the same. */
void expect_both_lanes_by(const char *document, size_t split, size_t end, const char *words);

/* Reads a text in which ' stands for ", with room after it, whole and cut at
   each place. */
void expect_both_lanes_everywhere(const char *text, const char *words);

#endif
