/*
 * The gate: the strictness that yajl lacks. It cuts the bytes into tokens and judges
 * each token by itself (RFC 8259 section 6 and section 7, RFC 3629). It knows no
 * grammar above tokens. This file has the tokens that have to be decoded, are cut by
 * the chunk's end or are bad; gate_run.h has all others.
 */
#ifndef NUMRES_LIB_GATE_H
#define NUMRES_LIB_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/error.h"
#include "../base/text.h"
#include "numeral.h"
#include "numres/types.h"

/* Longer strings and numerals are read as open tokens, so that at most this many bytes are
   read again when the chunk's end cuts one. */
#define NUMRES_GATE_SIMPLE_LENGTH 2000

/* What a byte outside strings is. The order matters: SPACE to QUOTE end a numeral or literal. */
typedef enum numres_gate_class {
    NUMRES_GATE_OTHER, /* begins no token: RFC 8259 section 2 */
    NUMRES_GATE_SPACE,
    NUMRES_GATE_SEPARATOR, /* comma and colon */
    NUMRES_GATE_OPENING,
    NUMRES_GATE_CLOSING,
    NUMRES_GATE_QUOTE,
    NUMRES_GATE_DIGIT, /* or a minus sign: begins a numeral */
    NUMRES_GATE_LETTER /* begins a literal */
} numres_gate_class;

typedef enum numres_gate_token {
    NUMRES_GATE_NO_TOKEN,
    NUMRES_GATE_STRING,
    NUMRES_GATE_NUMERAL,
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
 * For a string that a chunk cuts in an escape:
 *
 *     "caf\u00           token STRING, value "caf", stored and length 3,
 *                       string_state HEX, hex_digits 2, hex_value 0
 */
typedef struct numres_gate {
    /* The open token, which later bytes may continue. */
    numres_gate_token token;
    unsigned char first_byte;
    uint8_t literal_matched; /* how many bytes of the literal have come */
    uint64_t token_offset;

    /* Its decoded bytes: `length` in all, of which `stored` found room. */
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
    numres_malformation malformation;
    uint64_t bad_offset;
} numres_gate;

/* Gives the gate its buffer for decoded values and forgets any open token. */
void numres_gate_start(numres_gate *gate, char *value, size_t capacity);

/* Opens the token that begins with `first_byte` at `offset`. */
void numres_gate_open(numres_gate *gate, unsigned char first_byte, uint64_t offset);

/*
 * Continues the open token at *bytes (at `offset` in the stream), and moves *bytes past
 * what was read. A closing quote is read; the byte that ends a numeral or literal is
 * not.
 */
numres_judgement numres_gate_continue(numres_gate *gate, const unsigned char **bytes,
                                      const unsigned char *end, uint64_t offset);

/* Whether the open token may end where the input ends. */
bool numres_gate_may_end(const numres_gate *gate);

/* Returns the end of the numeral or literal at `bytes`, if a byte that ends it follows
   before `end`. Returns NULL if it is long, bad, unfinished or another token;
   numres_gate_continue then tells which. */
const unsigned char *numres_gate_simple_scalar(const unsigned char *bytes,
                                               const unsigned char *end);

/* Judges a token that begins with `first_byte`, without keeping its value, and moves
   *bytes past what was read. *bytes is after the quote of a string, but at the first byte
   of any other token. */
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
