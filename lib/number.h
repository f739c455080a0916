/* The grammar of numbers, and those that are integers: RFC 8259 section 6. */
#ifndef NUMRES_LIB_NUMBER_H
#define NUMRES_LIB_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "numres/types.h"

/* Where in a number the next byte stands. */
typedef enum numres_number_state {
    NUMRES_NUMBER_BAD,
    NUMRES_NUMBER_START,
    NUMRES_NUMBER_MINUS,
    NUMRES_NUMBER_ZERO,
    NUMRES_NUMBER_INTEGER,
    NUMRES_NUMBER_POINT,
    NUMRES_NUMBER_FRACTION,
    NUMRES_NUMBER_E,
    NUMRES_NUMBER_SIGN,
    NUMRES_NUMBER_EXPONENT,
    NUMRES_NUMBER_STATES
} numres_number_state;

/* Moves over the bytes that a number, so far in *state, goes on with. */
const unsigned char *numres_number_skip(numres_number_state *state, const unsigned char *bytes,
                                        const unsigned char *end);

/* Whether a number may end in this state. */
bool numres_number_is_whole(numres_number_state state);

/*
 * Reads a whole number token whose value is an integer from 0 to 2^63-1, however
 * it is written: 2, 2.0, 20e-1 and, as RFC 8259 section 6 lets numbers be compared
 * by value, -0. False for any other value. The time is linear in the text's length,
 * whatever the exponent.
 */
bool numres_number_integer(numres_text text, uint64_t *value);

#endif
