/* The elements of a reservation's phone_numbers, read by the fast lane. */
#ifndef NUMRES_LIB_FAST_PHONE_NUMBERS_H
#define NUMRES_LIB_FAST_PHONE_NUMBERS_H

#include "lane_state.h"

/*
 * Reads the phone numbers at window->at, in the array `level`, and tells the schema of each.
 * One more container may be open. Returns WHOLE at window->stop, and CLOSED before the
 * schema is told that the array closed, with lane->number.at after its bracket. Otherwise
 * returns SIGNAL, NEAR_END, MORE or SURPRISE, with window->at after the last whole number or,
 * with SURPRISE, after the last whole member of a number that was opened.
 */
numres_fast_result numres_fast_phone_numbers(numres_fast_lane *lane, numres_fast_window *window,
                                             numres_level *level);

#endif
