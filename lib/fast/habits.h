/*
 * Habits: which shape usually begins where in a page, and reading objects by it. An
 * object is read by pieces, those of the usual shape first, and from the first member that
 * fits none on, member by member. It is then learned.
 */
#ifndef NUMRES_LIB_FAST_HABITS_H
#define NUMRES_LIB_FAST_HABITS_H

#include "lane_state.h"

/* After 4 objects in a row of which pieces read less than three quarters of the members,
   pieces are tried only for every 16th. */
enum { NUMRES_MANY_MISMATCHES = 4, NUMRES_MISMATCHES_PER_TRY = 16 };

/* This many known objects in a row halve the back-off of learning. */
#define NUMRES_MANY_KNOWN 64

void numres_fast_habits_forget(numres_fast_lane *lane);

/* A segment begins; the record already has the members `present`. */
static inline void numres_fast_begin_segment(numres_fast_lane *lane, uint32_t present) {
    lane->segment_present = present;
    lane->by_pieces_alone = true;
    lane->is_cut = false;
    lane->one_by_one = 0;
}

/* Whether this object is read without trying pieces. */
static inline bool numres_fast_skips_pieces(const numres_fast_habit *habit) {
    return habit->mismatches >= NUMRES_MANY_MISMATCHES &&
           habit->mismatches % NUMRES_MISMATCHES_PER_TRY != 0;
}

/* Whether reading the object ends with this result of pieces; if so, notes whether a chunk
   cut it. If not, the next member is read by itself. */
static inline bool numres_fast_note_end(numres_fast_lane *lane, const numres_fast_object *object,
                                        numres_fast_result result) {
    if (result == NUMRES_FAST_OTHER ||
        (result == NUMRES_FAST_NEAR_END && object->window->reads_to_end))
        return false;
    lane->is_cut |= result == NUMRES_FAST_NEAR_END && object->members_read > 0;
    return true;
}

/* Continues the object, by its usual pieces first. Returns what numres_fast_pieces
   returns, except OTHER and, if window->reads_to_end, NEAR_END; or MORE or SURPRISE. */
numres_fast_result numres_fast_read_object(numres_fast_lane *lane, numres_fast_object *object,
                                           numres_fast_habit *habit);

/* The same, member by member. */
numres_fast_result numres_fast_read_by_members(numres_fast_lane *lane, numres_fast_object *object);

/* Counts a segment that was read by pieces alone. */
static inline void numres_fast_count_known(numres_fast_habit *habit) {
    habit->mismatches = 0;
    if (habit->back_off > 0 && ++habit->known == NUMRES_MANY_KNOWN) {
        habit->back_off /= 2;
        habit->known = 0;
    }
}

/* The open segment ends before `end` and was not read by pieces alone: counts it, and
   learns it if that is possible and learning has not backed off. */
void numres_fast_end_new_segment(numres_fast_lane *lane, const numres_fast_object *object,
                                 numres_fast_habit *habit, const unsigned char *end);

/* The open segment ends before `end`. */
static inline void numres_fast_end_segment(numres_fast_lane *lane, const numres_fast_object *object,
                                           numres_fast_habit *habit, const unsigned char *end) {
    if (lane->by_pieces_alone)
        numres_fast_count_known(habit);
    else
        numres_fast_end_new_segment(lane, object, habit, end);
}

#endif
