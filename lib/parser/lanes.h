/*
 * The two lanes: which of them reads, how they hand over to each other, and
 * the carry, where a chunk's last bytes are read and an unfinished element
 * waits for the next chunk.
 */
#ifndef NUMRES_LIB_LANES_H
#define NUMRES_LIB_LANES_H

#include "../fast/fast_lane.h"
#include "../general/general_lane.h"

typedef struct numres_lanes {
    numres_schema *schema;
    numres_general_lane general;
    numres_fast_lane fast;
    bool is_automatic; /* the fast lane may read */
    bool is_fast;      /* it reads now; the general lane is at rest */

    const unsigned char *chunk; /* the first readable byte */

    bool several_documents;

    /*
     * The carry: bytes that were taken but not read yet.
     *
     *     headroom   carried                 the chunk that came next     padding
     *     [   ]      [{"id":"a1","phone_nu]  [mber":"+1312...]            [000000]
     */
    unsigned char *carry;
    size_t carry_size;
    size_t carried;
    unsigned int tries; /* how often their element was read in vain */
    /* While the general lane reads them: how many it has read, and how many records it
       reads after them (or NUMRES_GENERAL_LANE_NEVER). */
    uint32_t drained;
    uint64_t records_after;

    /* Where the fast lane was in the chunk when a pause came. */
    bool is_interrupted; /* it can be resumed */
    numres_fast_window interrupted;
} numres_lanes;

/* Readable bytes before the carry, and after what is carried. */
#define NUMRES_LANES_HEADROOM 1
#define NUMRES_LANES_PADDING NUMRES_FAST_SPAN

/* Size of the memory that the lanes share: each may use all of it. The fast lane's shapes stay
   there until the general lane writes to it. */
size_t numres_lanes_memory_size(const numres_options *options);

/* The most bytes of an element that are carried. */
size_t numres_lanes_carry_size(const numres_options *options);

/* `memory` has numres_lanes_memory_size bytes, aligned for any type; `carry` has
   numres_lanes_carry_size bytes, headroom and padding. */
void numres_lanes_start(numres_lanes *lanes, numres_schema *schema, const numres_options *options,
                        char *memory, char *carry);

/* A stream begins. */
void numres_lanes_start_stream(numres_lanes *lanes);

/* These two do what the general lane's functions do. */
void numres_lanes_start_document(numres_lanes *lanes);
numres_signal numres_lanes_read(numres_lanes *lanes, const unsigned char **bytes,
                                const unsigned char *end, uint64_t offset);

/* Goes on after a pause in the same chunk, which must not have moved. May be called if
   is_interrupted, and is much cheaper than numres_lanes_read. Unless it ends in another
   pause, numres_lanes_leave must come next: it sets *bytes past what was read, and *offset
   to where that is in the stream. */
static inline numres_fast_result numres_lanes_resume(numres_lanes *lanes) {
    return numres_fast_lane_read(&lanes->fast, &lanes->interrupted);
}
numres_signal numres_lanes_leave(numres_lanes *lanes, numres_fast_result result,
                                 const unsigned char **bytes, uint64_t *offset);

/* Whether numres_lanes_resume ended in another pause, inside the document. */
static inline bool numres_lanes_is_paused(const numres_lanes *lanes) {
    return lanes->interrupted.signal == NUMRES_SIGNAL_PAUSE &&
           numres_schema_is_root_open(lanes->schema);
}

numres_signal numres_lanes_finish(numres_lanes *lanes, uint64_t offset);

/* Whether the document, in an open numeral or literal at the top, may end here. */
bool numres_lanes_may_end(const numres_lanes *lanes);

/* Has the general lane read what is carried, so that the schema's levels include all bytes
   up to `offset`. */
numres_signal numres_lanes_settle(numres_lanes *lanes, uint64_t offset);

#endif
