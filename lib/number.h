/* The grammar of numbers: RFC 8259 section 6. */
#ifndef NUMRES_LIB_NUMBER_H
#define NUMRES_LIB_NUMBER_H

#include <stdbool.h>

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

#endif
