/*
 * The fast lane: whole phone numbers, and members of the objects around them,
 * of the shape that is expected. It raises nothing that the schema does not
 * raise for it; at anything unexpected it stops behind the last whole element
 * or member. See docs/lanes.md.
 */
#ifndef NUMRES_LIB_FAST_LANE_H
#define NUMRES_LIB_FAST_LANE_H

#include "fast_layout.h"
#include "fast_object.h"
#include "schema.h"

typedef struct numres_fast_lane numres_fast_lane;

/*
 * Reads numbers from window->at on, as long as they are of the lane's layout,
 * and delivers them. SURPRISE: what stands there is no such number, or cannot
 * be read so; else the answer is that of the last event.
 */
typedef numres_fast_answer numres_fast_numbers(numres_fast_lane *lane, numres_fast_window *window,
                                               numres_level *level);

numres_fast_numbers numres_fast_numbers_baseline;
numres_fast_numbers numres_fast_numbers_avx2; /* where the build has it */

struct numres_fast_lane {
    numres_schema *schema;
    numres_fast_members *members; /* for the machine's SIMD level */
    numres_fast_numbers *known_numbers;
    numres_fast_layout *layout; /* where the general lane has its arena */
    bool has_layout;            /* which the general lane has not written over */
    numres_fast_order numbers, reservations;
    numres_fast_names names[NUMRES_OBJECT_META - NUMRES_OBJECT_RESERVATION + 1]; /* by kind */
    numres_fast_date date;
    numres_fast_object number, reservation; /* what all of a kind have in common */

    /* Surprises that came one after the other: how many records the general
       lane keeps after the next one, in phone numbers and elsewhere. A number
       or another record that holds none sets it to 0. */
    unsigned int patience, number_patience;
    bool is_surprised; /* in the open record */
};

/* The offset in the stream of a byte of the window. */
static inline uint64_t numres_fast_offset(const numres_fast_window *window,
                                          const unsigned char *at) {
    return window->offset + (uint64_t)(at - window->start);
}

/* An event is done, by the bytes before `at`. */
static inline numres_fast_answer
numres_fast_event_done(numres_fast_window *window, const unsigned char *at, numres_signal signal) {
    window->at = at;
    window->signal = signal;
    return signal == NUMRES_SIGNAL_GO_ON ? NUMRES_FAST_WHOLE : NUMRES_FAST_SIGNAL;
}

/*
 * `simd` must be a level that the machine has. `memory`, as large as a
 * numres_fast_layout and aligned for any type, is the lane's own until
 * numres_fast_lane_leave.
 */
void numres_fast_lane_start(numres_fast_lane *lane, numres_schema *schema, numres_simd simd,
                            void *memory);

/* The general lane reads on, and may write over the memory. What the lane
   learned in there is forgotten. */
void numres_fast_lane_leave(numres_fast_lane *lane);

/* A document's root begins with the next byte. */
void numres_fast_lane_start_document(numres_fast_lane *lane);

/*
 * Reads from window->at on. Answers WHOLE at window->stop or where the root
 * closed; SIGNAL: a handler paused or an error is set; MORE, SURPRISE: see
 * there. window->at is always between two members or elements.
 */
numres_fast_answer numres_fast_lane_read(numres_fast_lane *lane, numres_fast_window *window);

/*
 * Reads the number at window->at, of which `length` bytes are of the lane's
 * layout: the members among them at once, the others one by one. SURPRISE:
 * there is no use in that.
 */
numres_fast_answer numres_fast_lane_read_alike(numres_fast_lane *lane, numres_fast_window *window,
                                               numres_level *level, size_t length);

/* The same where all values of the layout but the last are in the record. */
numres_fast_answer numres_fast_lane_read_last(numres_fast_lane *lane, numres_fast_window *window,
                                              numres_level *level);

#endif
