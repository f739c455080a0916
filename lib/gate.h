/*
 * The gate: the strictness that yajl lacks. It cuts the bytes into tokens,
 * judges every token by itself (RFC 8259 section 6 and section 7, RFC 3629), and decodes
 * those that yajl is not given as they are. It knows no grammar above tokens.
 */
#ifndef NUMRES_LIB_GATE_H
#define NUMRES_LIB_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "number.h"
#include "numres/types.h"

/*
 * A string longer than this is decoded by the gate. yajl copies the first
 * token of every call into a buffer that starts at 2,048 bytes; below this
 * length that buffer never grows.
 */
#define NUMRES_GATE_SIMPLE_LENGTH 2000

typedef enum numres_gate_token {
    NUMRES_GATE_NO_TOKEN,
    NUMRES_GATE_STRING,
    NUMRES_GATE_NUMBER,
    NUMRES_GATE_LITERAL
} numres_gate_token;

/* How a call that reads on in an open token ended. */
typedef enum numres_gate_answer {
    NUMRES_GATE_MORE,  /* all bytes were read, the token is still open */
    NUMRES_GATE_WHOLE, /* the token is complete */
    NUMRES_GATE_BAD    /* code and offset say why */
} numres_gate_answer;

/* Where in a string the next byte stands. */
typedef enum numres_gate_string_state {
    NUMRES_STRING_PLAIN,
    NUMRES_STRING_CHARACTER,  /* in a character of several bytes */
    NUMRES_STRING_ESCAPE,     /* after a backslash */
    NUMRES_STRING_HEX,        /* in the four digits of \u */
    NUMRES_STRING_SURROGATE,  /* after a high surrogate: a backslash must come */
    NUMRES_STRING_SURROGATE_U /* after that backslash: a u must come */
} numres_gate_string_state;

typedef struct numres_gate {
    /* The open token, which bytes to come may go on with. */
    numres_gate_token token;
    uint64_t token_offset;

    /* What was decoded of it: `stored` bytes of `length` in all. */
    char *value;
    size_t capacity;
    size_t stored;
    uint64_t length;

    numres_gate_string_state string_state;
    unsigned char character[4];
    size_t character_length;
    uint64_t character_offset;
    uint64_t escape_offset;
    uint64_t surrogate_offset;
    uint32_t high_surrogate; /* 0: none is waiting for its second half */
    uint32_t hex_value;
    unsigned int hex_digits;

    numres_number_state number_state;

    const char *literal;
    size_t literal_length;
    size_t literal_matched;

    /* Why the last answer was NUMRES_GATE_BAD. */
    numres_code bad_code;
    uint64_t bad_offset;
} numres_gate;

/* Why a run ended. */
typedef enum numres_run_end {
    NUMRES_RUN_BYTES,      /* the bytes ended, or the run is long enough */
    NUMRES_RUN_OPEN_TOKEN, /* a token begins that yajl must not see as it is */
    NUMRES_RUN_BAD_TOKEN,  /* a token or byte that is none: code and offset */
    NUMRES_RUN_ROOT        /* the root closed */
} numres_run_end;

/* A run of whole simple tokens, fit to be given to yajl as they are. */
typedef struct numres_gate_run {
    const unsigned char *end;
    numres_run_end why;
    unsigned char last_byte; /* last byte that is not white space, 0 if none */
    bool ends_in_number;
} numres_gate_run;

/* Gives the gate its buffer for decoded values and forgets any open token. */
void numres_gate_start(numres_gate *gate, char *value, size_t capacity);

/*
 * Finds the longest run from `bytes` of simple whole tokens: it takes no new
 * token at or behind `soft_end` and reads nothing at or behind `end`. `offset`
 * is that of `bytes` in the stream, `depth` how many containers are open,
 * `last_byte` the last one before that is not white space.
 */
numres_gate_run numres_gate_find_run(numres_gate *gate, const unsigned char *bytes,
                                     const unsigned char *soft_end, const unsigned char *end,
                                     uint64_t offset, unsigned int depth, unsigned char last_byte);

/* Opens the token that begins with `first_byte` at `offset`. */
void numres_gate_open(numres_gate *gate, unsigned char first_byte, uint64_t offset);

/*
 * Reads on in the open token from *bytes (at `offset` in the stream), which is
 * moved behind what was read: a closing quote is read, the byte that ends a
 * number or literal is not.
 */
numres_gate_answer numres_gate_continue(numres_gate *gate, const unsigned char **bytes,
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
numres_gate_answer numres_gate_judge(unsigned char first_byte, const unsigned char **bytes,
                                     const unsigned char *end);

/* White space: RFC 8259 section 2. */
static inline bool numres_gate_is_space(unsigned char byte) {
    enum { SPACE_TAB_AND_LINE_ENDS = 0x2600 };
    return byte <= ' ' && ((UINT64_C(1) << ' ' | SPACE_TAB_AND_LINE_ENDS) >> byte & 1) != 0;
}

#endif
