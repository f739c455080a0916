/*
 * The general lane: reads any valid JSON, however it is chunked. The gate judges
 * tokens, and yajl judges the grammar by stand-ins for them. What both accept becomes
 * events of the schema.
 */
#ifndef NUMRES_LIB_GENERAL_LANE_H
#define NUMRES_LIB_GENERAL_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../schema/schema.h"
#include "grammar.h"

/* The gate's buffer holds the longest value that is kept. A problem's raw text needs room
   for one more character, so that it can be cut between two. */
static inline size_t numres_general_lane_value_size(size_t max_value_length) {
    size_t raw = NUMRES_RAW_TEXT_LENGTH + 4;
    return max_value_length > raw ? max_value_length : raw;
}

typedef struct numres_general_lane {
    numres_schema *schema;
    numres_gate gate;
    numres_grammar grammar;

    /* For each kind of object and member, the member that followed it last time. The index
       is 1 + the member's place, or 0 at the start. Pages keep their order, so this guess
       is usually right. */
    uint8_t successors[NUMRES_OBJECT_KINDS][NUMRES_RECORD_MEMBERS + 1];

    size_t run_length; /* how long runs may be; small after a pause */

    /* When to leave, so that the fast lane can go on. */
    uint64_t leave_at;      /* once this many records have closed; NEVER: it does not leave */
    unsigned int doublings; /* of how many objects a run may close */
    bool has_left;
    bool has_written; /* to the memory that it shares with the fast lane; lanes.c clears it */
} numres_general_lane;

#define NUMRES_GENERAL_LANE_NEVER UINT64_MAX

/* `arena` has NUMRES_GRAMMAR_ARENA_SIZE bytes, aligned for any type. */
void numres_general_lane_start(numres_general_lane *lane, numres_schema *schema, char *arena,
                               char *value, size_t value_size);

/* A document's root begins with the next byte. Call it before the schema starts the document:
   the records that are left of the last one's are left of this one's. */
void numres_general_lane_start_document(numres_general_lane *lane);

/*
 * Continues where the fast lane stopped; the schema's levels say which containers are
 * open. has_left is set once at least `records` more records have closed
 * (NUMRES_GENERAL_LANE_NEVER: not at all) and the schema is between records.
 */
void numres_general_lane_enter(numres_general_lane *lane, uint64_t records);

/* Changes that number while the lane reads. */
void numres_general_lane_stay(numres_general_lane *lane, uint64_t records);

/*
 * Reads [*bytes, end), whose first byte is at `offset` in the stream, and moves *bytes
 * past what was read. Stops when all is read, the root closes, a handler pauses, an
 * error is set or the lane has left.
 */
numres_signal numres_general_lane_read(numres_general_lane *lane, const unsigned char **bytes,
                                       const unsigned char *end, uint64_t offset);

/* Whether the open token, a numeral or literal, may end where the input ends. */
static inline bool numres_general_lane_may_end(const numres_general_lane *lane) {
    return numres_gate_may_end(&lane->gate);
}

/* The input ends at `offset`. A numeral or literal may end with it; a document that is
   still open then is truncated. */
numres_signal numres_general_lane_finish(numres_general_lane *lane, uint64_t offset);

#endif
