/*
 * Single values, as the fast lane reads them without expectations: up to the last byte,
 * judged by the gate, by unescape.c and by the record's limits. A result depends only on
 * the bytes that are there.
 */
#ifndef NUMRES_LIB_FAST_SINGLE_VALUES_H
#define NUMRES_LIB_FAST_SINGLE_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "../token/gate.h"
#include "numres/types.h"

/* What became of a value, a member, an object or the whole step. */
typedef enum numres_fast_result {
    NUMRES_FAST_WHOLE,     /* it was read */
    NUMRES_FAST_CLOSED,    /* instead, the end of the object or array was read */
    NUMRES_FAST_CONTAINER, /* an array or object begins that the schema must see */
    /* The order matters here: numres_fast_is_read is true for the results above alone. */
    NUMRES_FAST_SIGNAL,   /* from fast_lane.c only: a handler paused, or an error is set */
    NUMRES_FAST_MORE,     /* as expected so far, and the bytes ran out */
    NUMRES_FAST_NEAR_END, /* fewer bytes are readable than the next piece needs */
    NUMRES_FAST_OTHER,    /* from pieces only: no known piece matches */
    NUMRES_FAST_SURPRISE  /* anything else: the general lane judges it */
} numres_fast_result;

/* Whether reading can go on after this result. */
static inline bool numres_fast_is_read(numres_fast_result result) {
    return result <= NUMRES_FAST_CONTAINER;
}

/* Moves *at over white space, which must begin there. */
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

/* Moves *at from an opening bracket (`is_first`) or a value to the next member or element,
   or over the closing bracket (CLOSED). */
static inline numres_fast_result numres_fast_next(const unsigned char **at,
                                                  const unsigned char *end, unsigned char closing,
                                                  bool is_first) {
    if (numres_fast_space(at, end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    if (**at == closing) {
        ++*at;
        return NUMRES_FAST_CLOSED;
    }
    if (is_first)
        return NUMRES_FAST_WHOLE;
    return *(*at)++ == ',' ? numres_fast_space(at, end) : NUMRES_FAST_SURPRISE;
}

/* Moves *at from a name's end over the colon to the value. */
static inline numres_fast_result numres_fast_colon(const unsigned char **at,
                                                   const unsigned char *end) {
    if (numres_fast_space(at, end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    return *(*at)++ == ':' ? numres_fast_space(at, end) : NUMRES_FAST_SURPRISE;
}

/*
 * Where an escaped string is decoded to. All of it may be written to, even if the string
 * turns out to be bad. After caf\u00e9 with a size of eight:
 *
 *     c a f C3 A9 . . .          the text has the first five bytes
 */
typedef struct numres_fast_room {
    char *bytes;
    size_t size; /* a decoded text that is longer is a surprise */
} numres_fast_room;

/* Reads the string whose quote is at *at. Its text lies in the input or, if anything in it
   is escaped (*decoded), in `room`. */
numres_fast_result numres_fast_string(const unsigned char **at, const unsigned char *end,
                                      numres_fast_room room, numres_text *text, bool *decoded);

/* Reads the numeral or literal at *at, whose end only the byte after it shows. */
numres_fast_result numres_fast_scalar(const unsigned char **at, const unsigned char *end,
                                      numres_text *text);

/* Skips any value at *at, at most `depth` deep. */
numres_fast_result numres_fast_skip(const unsigned char **at, const unsigned char *end,
                                    unsigned int depth);

#endif
