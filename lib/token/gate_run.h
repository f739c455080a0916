/*
 * Runs: tokens that lie whole in the chunk and are right as they stand, which
 * is nearly all of them. yajl judges their grammar by a text that stands in for
 * them, with the shortest token of the same kind for each: so it lexes nothing
 * that was lexed here.
 */
#ifndef NUMRES_LIB_GATE_RUN_H
#define NUMRES_LIB_GATE_RUN_H

#include <stddef.h>
#include <stdint.h>

#include "gate.h"

/* A run is at most this long, which 16 bits can count, with this many tokens and
   bytes of stand-ins: enough that a call of yajl for each costs little, few
   enough for the stack. */
#define NUMRES_RUN_LENGTH ((size_t)16384)
#define NUMRES_RUN_TOKENS 256
#define NUMRES_RUN_TEXT 640

/* What stands in for a string, and for a number, literal or known object: where
   one of these is legal, each is. */
#define NUMRES_STAND_IN_STRING "\"\""
#define NUMRES_STAND_IN_OTHER "0 "

/*
 * What stood in for an object that yajl has accepted. What was legal once is so
 * wherever a value may stand: yajl need not read the next one with as many
 * members. Only objects without containers are known.
 */
typedef struct numres_run_object {
    uint8_t length; /* 0: none is known */
    char text[63];
} numres_run_object;

/* Why a run ended. */
typedef enum numres_run_end {
    NUMRES_RUN_BYTES,      /* the bytes ended, or the run is long enough */
    NUMRES_RUN_OPEN_TOKEN, /* a token that is not whole, not right, escaped or long */
    NUMRES_RUN_BAD_BYTE,   /* a byte that begins no token */
    NUMRES_RUN_TOO_DEEP,   /* a bracket that opens more than there may be */
    NUMRES_RUN_REFUSED,    /* a token that cannot stand there: yajl said so later */
    NUMRES_RUN_ROOT        /* the root closed */
} numres_run_end;

/* Where in its run a token lies. */
typedef struct numres_run_token {
    uint16_t start;
    uint16_t length;
} numres_run_token;

/*
 * Of the bytes
 *
 *     {"id":"a","expired":true}
 *
 * the text is {"":"","":0 } and the tokens are these, with `start` and `length`:
 *
 *     {      0 1      "id"  1 4      "a"  6 3      "expired" 10 9      true 20 4      } 24 1
 */
typedef struct numres_gate_run {
    const unsigned char *end;
    numres_run_end why;
    size_t text_length;
    size_t count;
    numres_run_object object;                   /* one that was not known, or none */
    char text[NUMRES_RUN_TEXT];                 /* what stands in for the run */
    numres_run_token tokens[NUMRES_RUN_TOKENS]; /* all but commas and colons */
} numres_gate_run;

/*
 * Finds the longest run from `bytes`: it takes no new token at or after
 * `soft_end`, at most NUMRES_RUN_LENGTH away, and reads nothing at or after
 * `end`. `depth` containers are open, and at most `max_depth` may be. The
 * stand-ins are put after the run's first `text_length` bytes, which are kept.
 */
void numres_gate_find_run(numres_gate_run *run, const numres_run_object *known,
                          const unsigned char *bytes, const unsigned char *soft_end,
                          const unsigned char *end, unsigned int depth, unsigned int max_depth);

#endif
