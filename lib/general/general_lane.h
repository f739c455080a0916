/*
 * The general lane: any legal JSON, any chunking. The gate judges tokens, yajl
 * the grammar, by what stands in for them; what both accept becomes events of the
 * schema.
 */
#ifndef NUMRES_LIB_GENERAL_LANE_H
#define NUMRES_LIB_GENERAL_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/arena.h"
#include "../schema/schema.h"
#include "../token/gate_run.h"

/*
 * What one yajl handle allocates with stand-ins for all tokens: the handle and
 * its lexer, a text buffer of 2,048 bytes, for the first token of each call, and
 * 128 bytes of stack, enough for the largest depth. Measured: 2,528 bytes on
 * 64-bit machines, with the sizes that the arena keeps.
 */
#define NUMRES_GENERAL_LANE_ARENA_SIZE 2560

/* The gate's buffer holds the longest kept value; a problem's raw text needs
   one character more than its own length, to be cut at one. */
static inline size_t numres_general_lane_value_size(size_t max_value_length) {
    size_t raw = NUMRES_RAW_TEXT_LENGTH + 4;
    return max_value_length > raw ? max_value_length : raw;
}

typedef struct numres_general_lane {
    numres_schema *schema;
    numres_gate gate;
    numres_run_object known; /* which yajl has accepted last */

    numres_arena arena;
    struct yajl_handle_t *handle; /* NULL: it must be seated again */

    /* Which member came after which one the last time, by the kind of object and the
       place of the last member in its table, plus 1: pages keep their order, so that the
       first guess is right as a rule. */
    uint8_t successors[NUMRES_OBJECT_KINDS][NUMRES_RECORD_MEMBERS + 1];

    unsigned char last_byte; /* a separator or bracket that came last, 0 before the root */
    unsigned char owed;      /* first byte of a token that yajl was not given yet, or 0 */
    size_t run_length;       /* how long runs may be; small after a pause */

    /* Leaving, for the other lane to go on. */
    uint64_t leave_at; /* this many records that closed; NEVER: it does not leave */
    bool has_left;
} numres_general_lane;

#define NUMRES_GENERAL_LANE_NEVER UINT64_MAX

/* `arena` has NUMRES_GENERAL_LANE_ARENA_SIZE bytes, aligned for any type. */
void numres_general_lane_start(numres_general_lane *lane, numres_schema *schema, char *arena,
                               char *value, size_t value_size);

/* A document's root begins with the next byte. */
void numres_general_lane_start_document(numres_general_lane *lane);

/*
 * Goes on where the fast lane stopped: the schema's levels say which containers are
 * open. It reads until at least `records` more records have closed (or for ever:
 * NUMRES_GENERAL_LANE_NEVER) and the schema is between records; then has_left is set.
 */
void numres_general_lane_enter(numres_general_lane *lane, uint64_t records);

/* The same while it reads. */
void numres_general_lane_stay(numres_general_lane *lane, uint64_t records);

/*
 * Reads [*bytes, end), of which the first is at `offset` in the stream, until
 * all is read, the root closes, a handler pauses, an error is set or the lane
 * has left, and moves *bytes after what was taken.
 */
numres_signal numres_general_lane_read(numres_general_lane *lane, const unsigned char **bytes,
                                       const unsigned char *end, uint64_t offset);

/* The input ends at `offset`: a number or literal may end with it; a document
   that is still open then is truncated. */
numres_signal numres_general_lane_finish(numres_general_lane *lane, uint64_t offset);

#endif
