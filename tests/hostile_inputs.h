/*
 * Inputs that a hostile or broken server may send, and numres's result for each.
 * tests/test_hostile_inputs.c checks the results; bench/hostile.c compares them with
 * those of other readers.
 */
#ifndef NUMRES_TESTS_HOSTILE_INPUTS_H
#define NUMRES_TESTS_HOSTILE_INPUTS_H

#include <numres.h>

typedef struct hostile_part {
    const char *bytes;
    size_t length;
} hostile_part;

/* hostile_input.offset: the error is after the last byte. */
#define HOSTILE_END UINT64_MAX

/* The input is `before`, then `unit` `times` times, then `after`. */
typedef struct hostile_input {
    const char *name;
    hostile_part before;
    hostile_part unit; /* each # becomes the unit's number, in seven digits */
    uint64_t times;
    hostile_part after;
    const char *options; /* words of tests/reading.h */

    numres_code code; /* numres's final result */
    uint64_t offset;  /* of the error */
    const char *path; /* of the error */
    uint64_t problems;
    uint64_t records; /* all that are delivered */
} hostile_input;

extern const hostile_input hostile_inputs[];
extern const size_t hostile_input_count;

uint64_t hostile_length(const hostile_input *input);

/* The position in an input; zero-initialise it. */
typedef struct hostile_place {
    uint64_t number; /* of the unit */
    unsigned int part;
    size_t at;
} hostile_place;

/* Reads the next bytes of the input, at most `size`. Returns how many; 0 at its end. */
size_t hostile_read(const hostile_input *input, hostile_place *place, char *buffer, size_t size);

#endif
