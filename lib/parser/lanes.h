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
    bool is_automatic; /* the fast lane is wanted */
    bool is_fast;      /* it reads now; the general lane is at rest */

    const unsigned char *chunk; /* the first readable byte */

    bool is_stream; /* of several documents */

    /*
     * The carry: bytes that were taken but not read yet.
     *
     *     headroom   carried                 the chunk that came next     padding
     *     [   ]      [{"id":"a1","phone_nu]  [mber":"+1312...]            [000000]
     */
    unsigned char *carry;
    size_t carry_size;
    size_t carried;
    unsigned int tries; /* how often they were read in vain, here */
    /* While the general lane reads them: how many it has read, and how many records it keeps
       after them, or NUMRES_GENERAL_LANE_NEVER. */
    uint32_t drained;
    uint64_t records_after;

    /* What the fast lane read in the chunk when a pause came. */
    bool is_interrupted; /* it can be resumed */
    numres_fast_window interrupted;
} numres_lanes;

/* Readable bytes before the carry, and after what is carried. */
#define NUMRES_LANES_HEADROOM 1
#define NUMRES_LANES_PADDING NUMRES_FAST_SPAN

/* Size of the memory that the lanes share: each has it for itself while it reads. */
size_t numres_lanes_memory_size(const numres_options *options);

/* How many bytes of an element are carried at most. */
size_t numres_lanes_carry_size(const numres_options *options);

/* `memory` has numres_lanes_memory_size bytes, aligned for any type; `carry` has
   numres_lanes_carry_size bytes, headroom and padding. */
void numres_lanes_start(numres_lanes *lanes, numres_schema *schema, const numres_options *options,
                        char *memory, char *carry);

/* As of the general lane. */
void numres_lanes_start_document(numres_lanes *lanes);
numres_signal numres_lanes_read(numres_lanes *lanes, const unsigned char **bytes,
                                const unsigned char *end, uint64_t offset);

/* Goes on after a pause in the same chunk, which has not moved, if is_interrupted: much
   cheaper than numres_lanes_read. If it does not end in another pause, numres_lanes_leave
   comes next: sets *bytes to what lies after what was resumed, and *offset to where that is
   in the stream. */
static inline numres_fast_result numres_lanes_resume(numres_lanes *lanes) {
    return numres_fast_lane_read(&lanes->fast, &lanes->interrupted);
}
numres_signal numres_lanes_leave(numres_lanes *lanes, numres_fast_result result,
                                 const unsigned char **bytes, uint64_t *offset);

numres_signal numres_lanes_finish(numres_lanes *lanes, uint64_t offset);

/* Whether the document may end here, where a number or literal at the top is open. */
bool numres_lanes_may_end(const numres_lanes *lanes);

/* Gives what is carried to the general lane, so that the schema's levels tell
   all that was read up to `offset`. */
numres_signal numres_lanes_settle(numres_lanes *lanes, uint64_t offset);

#endif
