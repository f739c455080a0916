/*
 * Single values as the fast lane reads them where it has no expectation: as far
 * as the bytes go, to the last one, judged by the gate, by unescape.c and by the
 * text room. A result depends on nothing but the bytes that are there.
 */
#ifndef NUMRES_LIB_FAST_SINGLE_VALUES_H
#define NUMRES_LIB_FAST_SINGLE_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "../token/gate.h"
#include "numres/types.h"

typedef enum numres_fast_result {
    NUMRES_FAST_WHOLE,     /* it is read */
    NUMRES_FAST_CLOSED,    /* the end of the object or array is read instead */
    NUMRES_FAST_CONTAINER, /* an array or object begins that the schema wants to see */
    NUMRES_FAST_SIGNAL,    /* a handler paused, or an error is set */
    NUMRES_FAST_MORE,      /* as expected so far, and the bytes ran out */
    NUMRES_FAST_NEAR_END,  /* fewer bytes are readable than the next piece needs */
    NUMRES_FAST_OTHER,     /* not the next piece */
    NUMRES_FAST_SURPRISE   /* something for the general lane, which judges it */
} numres_fast_result;

/* Moves *at over white space, of which there is some, as far as it goes. */
void numres_fast_take_space(const unsigned char **at, const unsigned char *end);

/* Moves *at over white space; MORE if nothing else is left. */
static inline numres_fast_result numres_fast_space(const unsigned char **at,
                                                   const unsigned char *end) {
    if (*at < end && numres_gate_is_space(**at)) {
        const unsigned char *bytes = *at; /* the caller's stays in a register */
        numres_fast_take_space(&bytes, end);
        *at = bytes;
    }
    return *at < end ? NUMRES_FAST_WHOLE : NUMRES_FAST_MORE;
}

/* Where an escaped string goes to when it is decoded. All of it may be written
   to, whatever comes of the string. */
typedef struct numres_fast_room {
    char *bytes;
    size_t size; /* a longer text that was escaped is a surprise */
} numres_fast_room;

/* The string whose quote is at *at: its text, which lies in the input or, if
   anything in it is escaped (*decoded), in `room`. */
numres_fast_result numres_fast_string(const unsigned char **at, const unsigned char *end,
                                      numres_fast_room room, numres_text *text, bool *decoded);

/* The number or literal at *at, which ends where another token begins. */
numres_fast_result numres_fast_scalar(const unsigned char **at, const unsigned char *end,
                                      numres_text *text);

/* Any value at *at, at most `depth` deep. */
numres_fast_result numres_fast_skip(const unsigned char **at, const unsigned char *end,
                                    unsigned int depth);

#endif
