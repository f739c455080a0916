/*
 * Waiting: whether an element that may not end in the chunk is to be read now, or once its end
 * has come.
 */
#ifndef NUMRES_LIB_FAST_WAITING_H
#define NUMRES_LIB_FAST_WAITING_H

#include "lane_state.h"

/*
 * Returns where the element before or inside which the lane stopped may end first, or NULL if it
 * does not end within [bytes, end), the next bytes to search. A phone number ends with a brace,
 * a part of a reservation with a brace or the bracket of `phone_numbers`; anything else is not
 * searched and may end at once.
 */
const unsigned char *numres_fast_lane_possible_end(const numres_fast_lane *lane,
                                                   const unsigned char *bytes,
                                                   const unsigned char *end);

/* Whether a phone number or a part of a reservation comes next, and its usual shape and that of
   phone numbers are known. */
bool numres_fast_lane_is_known(const numres_fast_lane *lane);

/* Whether what comes next, a phone number, counts as read only once all of it is there. */
static inline bool numres_fast_lane_reads_whole(const numres_fast_lane *lane) {
    return numres_schema_level(lane->schema)->kind == NUMRES_OBJECT_PHONE_NUMBER;
}

/* Whether the segment at window->at should wait for more bytes, because it does not end
   in the window and the usual shape of phone numbers is known. */
static inline bool numres_fast_is_unfinished(const numres_fast_lane *lane,
                                             const numres_fast_window *window) {
    enum { NEAR_END = 512 }; /* most elements are shorter */
    return window->end - window->at < NEAR_END &&
           lane->habits[NUMRES_SEGMENT_NUMBER].usual != NULL &&
           numres_fast_lane_possible_end(lane, window->at, window->end) == NULL;
}

#endif
