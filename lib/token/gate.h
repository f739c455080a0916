/*
 * The gate: the strictness that yajl lacks. It cuts the bytes into tokens and
 * judges every token by itself (RFC 8259 section 6 and section 7, RFC 3629). It
 * knows no grammar above tokens. Here are those that have to be decoded, are cut
 * by the chunk's end or are wrong; gate_run.h has all others.
 */
#ifndef NUMRES_LIB_GATE_H
#define NUMRES_LIB_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/text.h"
#include "numeral.h"
#include "numres/types.h"

/* A longer string or number is read as an open token: only this much is read again
   of one that the chunk's end cuts. */
#define NUMRES_GATE_SIMPLE_LENGTH 2000

/* What a byte outside strings is. */
typedef enum numres_gate_class {
    NUMRES_GATE_OTHER, /* begins no token: RFC 8259 section 2 */
    NUMRES_GATE_SPACE,
    NUMRES_GATE_SEPARATOR, /* comma and colon */
    NUMRES_GATE_OPENING,
    NUMRES_GATE_CLOSING,
    NUMRES_GATE_QUOTE,
    NUMRES_GATE_DIGIT, /* or a minus sign: begins a number */
    NUMRES_GATE_LETTER /* begins a literal */
} numres_gate_class;

typedef enum numres_gate_token {
    NUMRES_GATE_NO_TOKEN,
    NUMRES_GATE_STRING,
    NUMRES_GATE_NUMBER,
    NUMRES_GATE_LITERAL
} numres_gate_token;

/* Where in a string the next byte stands. */
typedef enum numres_gate_string_state {
    NUMRES_STRING_PLAIN,
    NUMRES_STRING_CHARACTER,  /* in a character of several bytes */
    NUMRES_STRING_ESCAPE,     /* after a backslash */
    NUMRES_STRING_HEX,        /* in the four digits of \u */
    NUMRES_STRING_SURROGATE,  /* after a high surrogate: a backslash must come */
    NUMRES_STRING_SURROGATE_U /* after that backslash: a u must come */
} numres_gate_string_state;

/*
 * Of a string that a chunk cuts in an escape,
 *
 *     "caf\u00           token STRING, value "caf", stored and length 3,
 *                       string_state HEX, hex_digits 2, hex_value 0
 */
typedef struct numres_gate {
    /* The open token, which bytes to come may go on with. */
    numres_gate_token token;
    unsigned char first_byte;
    uint8_t literal_matched; /* bytes of a literal that came */
    uint64_t token_offset;

    /* What was decoded of it: `stored` bytes of `length` in all. */
    char *value;
    size_t capacity;
    size_t stored;
    uint64_t length;

    numres_gate_string_state string_state;
    unsigned char character[4];
    uint8_t character_length;
    uint8_t hex_digits;
    uint64_t character_offset;
    uint64_t escape_offset;
    uint64_t surrogate_offset;
    uint32_t high_surrogate; /* 0: none is waiting for its second half */
    uint32_t hex_value;

    numres_numeral_state numeral_state;

    /* Why the last token was NUMRES_JUDGED_BAD. */
    numres_code bad_code;
    uint64_t bad_offset;
} numres_gate;

/* Gives the gate its buffer for decoded values and forgets any open token. */
void numres_gate_start(numres_gate *gate, char *value, size_t capacity);

/* Opens the token that begins with `first_byte` at `offset`. */
void numres_gate_open(numres_gate *gate, unsigned char first_byte, uint64_t offset);

/*
 * Reads on in the open token from *bytes (at `offset` in the stream), which is
 * moved after what was read: a closing quote is read, the byte that ends a
 * number or literal is not.
 */
numres_judgement numres_gate_continue(numres_gate *gate, const unsigned char **bytes,
                                      const unsigned char *end, uint64_t offset);

/* Whether the open token may end here, where the input does. */
bool numres_gate_may_end(const numres_gate *gate);

/* The end of the number or literal at `bytes`, if a byte that ends it follows
   within [bytes, end); NULL if it is long, bad, not whole or something else:
   reading it by numres_gate_continue tells which. */
const unsigned char *numres_gate_simple_scalar(const unsigned char *bytes,
                                               const unsigned char *end);

/* How reading on at *bytes, which is moved, ends in a token that begins with
   `first_byte`, whatever its value is: the bytes of a string follow its quote,
   those of another token begin with the first one. */
numres_judgement numres_gate_judge(unsigned char first_byte, const unsigned char **bytes,
                                   const unsigned char *end);

extern const unsigned char numres_gate_classes[256];

static inline numres_gate_class numres_gate_class_of(unsigned char byte) {
    return (numres_gate_class)numres_gate_classes[byte];
}

/* White space: RFC 8259 section 2. */
static inline bool numres_gate_is_space(unsigned char byte) {
    enum { SPACE_TAB_AND_LINE_ENDS = 0x2600 };
    return byte <= ' ' && ((UINT64_C(1) << ' ' | SPACE_TAB_AND_LINE_ENDS) >> byte & 1) != 0;
}

#endif
