/*
 * Runs: tokens that lie whole in the chunk and are valid without decoding, as nearly
 * all are. yajl judges their grammar by a text of stand-ins, a short token for each, so
 * it lexes nothing that was lexed here.
 */
#ifndef NUMRES_LIB_GATE_RUN_H
#define NUMRES_LIB_GATE_RUN_H

#include <stddef.h>
#include <stdint.h>

#include "gate.h"

/* Limits of a run: its bytes (which 16 bits must count), its tokens and the bytes of its
   stand-ins. They are high enough that one call of yajl for each run costs little, and low
   enough for the stack. */
#define NUMRES_RUN_LENGTH ((size_t)16384)
#define NUMRES_RUN_TOKENS 256
#define NUMRES_RUN_TEXT 640

/* The stand-ins for a string, and for a numeral, literal or flat object. Wherever yajl
   accepts one of the last three, it accepts the other two. */
#define NUMRES_STAND_IN_STRING "\"\""
#define NUMRES_STAND_IN_OTHER "0 "

/*
 * A valid object without containers is flat if it has at most this many members. Here, all
 * names and values have the same stand-in, so the stand-ins of flat objects differ in their
 * length alone: {} {"":""} {"":"","":""} ... yajl accepts each of them wherever a value may
 * stand (test_flat_objects.c), so it need not read them.
 */
enum {
    NUMRES_RUN_OBJECT_MEMBERS = 15,
    NUMRES_RUN_MEMBER_LENGTH = 6, /* of a member's stand-ins, with the brace or comma before it */
    NUMRES_RUN_OBJECT_LENGTH = NUMRES_RUN_MEMBER_LENGTH * NUMRES_RUN_OBJECT_MEMBERS + 1
};

/* Why a run ended. */
typedef enum numres_run_end {
    NUMRES_RUN_BYTES,      /* the bytes ended, or the run is long enough */
    NUMRES_RUN_OBJECTS,    /* it has closed as many objects as it may */
    NUMRES_RUN_OPEN_TOKEN, /* a token that is unfinished, bad, escaped or long */
    NUMRES_RUN_BAD_BYTE,   /* a byte that begins no token */
    NUMRES_RUN_TOO_DEEP,   /* a bracket that would exceed the largest depth */
    NUMRES_RUN_REFUSED,    /* a token that cannot stand there; set when yajl refuses it */
    NUMRES_RUN_ROOT        /* the root, a container or a scalar, is complete */
} numres_run_end;

/* Where in its run a token lies. */
typedef struct numres_run_token {
    uint16_t start;
    uint16_t length;
} numres_run_token;

/*
 *     [{"id":"a"},{"id":      for these bytes,
 *     [0 ,                    this is `text`, up to `text_length`,
 *     {"":                    and this comes after it and is held: yajl does not read it yet
 *
 * The tokens are these, with `start` and `length`. `held_token` is 5, the last brace:
 *
 *     [  0 1    {  1 1    "id"  2 4    "a"  7 3    } 10 1    { 12 1    "id" 13 4
 */
typedef struct numres_gate_run {
    const unsigned char *end;
    numres_run_end why;
    size_t text_length; /* how many bytes of `text` yajl is to read */
    size_t held_length; /* how many after them it is not: those of an open object, flat so far */
    size_t held_token;  /* the index of its brace, if that is in this run; else `count` */
    size_t count;
    char text[NUMRES_RUN_TEXT];                 /* the stand-ins for the run */
    numres_run_token tokens[NUMRES_RUN_TOKENS]; /* all but commas and colons */
} numres_gate_run;

/*
 * Begins a run with the stand-ins that the last one held, and then that for the token that
 * came between the runs and begins with `owed` (0: none came).
 */
void numres_gate_begin_run(numres_gate_run *run, size_t held_length, unsigned char owed);

/* Whether these stand-ins are those of an object flat so far, up to the bracket of a value. */
bool numres_gate_opens_value(const char *text, size_t length);

/* How far a run may go. */
typedef struct numres_run_limits {
    const unsigned char *soft_end; /* no token begins here or later; at most NUMRES_RUN_LENGTH
                                      after the run's first byte */
    const unsigned char *end;      /* nothing is read here or later */
    uint64_t objects;              /* no token follows once this many have closed; at least 1 */
    unsigned int deepest_counted;  /* deeper objects do not count; the root's depth is 1 */
    bool stops_in_arrays;   /* no token follows the bracket of an array that is a member of an
                               object less deep and flat so far */
    unsigned int depth;     /* containers that are open before the run */
    unsigned int max_depth; /* and the most that may be */
} numres_run_limits;

/* Finds the longest run from `bytes` on. The run must have begun. */
void numres_gate_find_run(numres_gate_run *run, const unsigned char *bytes,
                          const numres_run_limits *limits);

#endif
