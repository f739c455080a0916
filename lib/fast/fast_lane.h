/*
 * The fast lane: reads whole phone numbers, and members of the objects around them, if
 * they have the expected shape. It raises no problem by itself; only the schema does.
 * At anything unexpected it stops after the last whole element or member. See
 * docs/lanes.md.
 */
#ifndef NUMRES_LIB_FAST_LANE_H
#define NUMRES_LIB_FAST_LANE_H

#include "lane_state.h"
#include "waiting.h"

/*
 * `simd` must be a level that the machine supports. `memory`, as large as
 * numres_segments and aligned for any type, belongs to the lane from now on;
 * whoever overwrites it calls numres_fast_lane_forget_shapes.
 */
void numres_fast_lane_start(numres_fast_lane *lane, numres_schema *schema, numres_simd simd,
                            void *memory);

/* Sets what all objects of a kind share. `record` is the record that the object fills, and
   `names` the hash of its member names; each may be NULL. */
void numres_fast_lane_start_object(numres_fast_lane *lane, numres_fast_object *object,
                                   numres_object_kind kind, numres_record *record,
                                   const numres_fast_words *names);

/* The general lane takes over. */
void numres_fast_lane_leave(numres_fast_lane *lane);

/* The general lane has overwritten the memory: forgets what was learned. */
void numres_fast_lane_forget_shapes(numres_fast_lane *lane);

/* Call this after SURPRISE. Returns how many more records the general lane is to read: see
   numres_fast_patience. */
unsigned int numres_fast_lane_surprise(numres_fast_lane *lane);

/* Call this when the lane reads again, after a surprise. `was_cheap`: what was learned is kept. */
void numres_fast_lane_resume(numres_fast_lane *lane, bool was_cheap);

/* A stream begins: forgets its surprises. */
void numres_fast_lane_start_stream(numres_fast_lane *lane);

/* A document's root begins with the next byte. */
void numres_fast_lane_start_document(numres_fast_lane *lane);

/*
 * Reads from window->at on, and leaves it between two members or elements. Returns
 * WHOLE at window->stop or when the root closed, SIGNAL if a handler paused or an error
 * is set, or NEAR_END, MORE or SURPRISE as numres_fast_result describes.
 */
numres_fast_result numres_fast_lane_read(numres_fast_lane *lane, numres_fast_window *window);

#endif
