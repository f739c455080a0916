/* The grammar of numerals, and the values of those that are integers: RFC 8259 section 6. */
#ifndef NUMRES_LIB_NUMERAL_H
#define NUMRES_LIB_NUMERAL_H

#include <stdbool.h>
#include <stdint.h>

#include "numres/types.h"

/* Where in a numeral the next byte stands. */
typedef enum numres_numeral_state {
    NUMRES_NUMERAL_BAD,
    NUMRES_NUMERAL_START,
    NUMRES_NUMERAL_MINUS,
    NUMRES_NUMERAL_ZERO,
    NUMRES_NUMERAL_INTEGER,
    NUMRES_NUMERAL_POINT,
    NUMRES_NUMERAL_FRACTION,
    NUMRES_NUMERAL_E,
    NUMRES_NUMERAL_SIGN,
    NUMRES_NUMERAL_EXPONENT,
    NUMRES_NUMERAL_STATES
} numres_numeral_state;

/* Moves over the bytes that continue a numeral whose state is *state, and updates that.
   Returns the first byte that does not, or `end`. */
const unsigned char *numres_numeral_skip(numres_numeral_state *state, const unsigned char *bytes,
                                         const unsigned char *end);

/* Whether a numeral may end in this state. */
bool numres_numeral_is_whole(numres_numeral_state state);

/*
 * Reads a whole numeral whose value is an integer from 0 to 2^63-1, however it is
 * written: 2, 2.0, 20e-1, and -0, as RFC 8259 section 6 lets numerals be compared by
 * value. Returns false for any other value. The time is linear in the text's length,
 * whatever the exponent.
 */
bool numres_numeral_integer(numres_text text, uint64_t *value);

#endif
