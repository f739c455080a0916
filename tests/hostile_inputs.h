/*
 * Inputs that a hostile or broken server may send, and what numres makes of
 * each. tests/test_hostile_inputs.c holds numres to it; bench/hostile.c shows
 * beside it what other readers do.
 */
#ifndef NUMRES_TESTS_HOSTILE_INPUTS_H
#define NUMRES_TESTS_HOSTILE_INPUTS_H

#include <numres.h>

typedef struct hostile_part {
    const char *bytes;
    size_t length;
} hostile_part;

/* hostile_input.offset: the error stands after the last byte. */
#define HOSTILE_END UINT64_MAX

/* `before`, then `unit` this many times, then `after`. */
typedef struct hostile_input {
    const char *name;
    hostile_part before;
    hostile_part unit; /* each # in it is its number, in seven digits */
    uint64_t times;
    hostile_part after;
    const char *options; /* words of tests/reading.h */

    numres_code code; /* what numres returns in the end */
    uint64_t offset;  /* of the error */
    const char *path; /* of the error */
    uint64_t problems;
    uint64_t records; /* delivered in all */
} hostile_input;

extern const hostile_input hostile_inputs[];
extern const size_t hostile_input_count;

uint64_t hostile_length(const hostile_input *input);

/* Where in an input the next byte comes from; start it with zeros. */
typedef struct hostile_place {
    uint64_t number; /* of the unit; `before` and `after` come before and after */
    unsigned int part;
    size_t at;
} hostile_place;

/* The next bytes of the input, at most `size`; 0 at its end. */
size_t hostile_read(const hostile_input *input, hostile_place *place, char *buffer, size_t size);

#endif
