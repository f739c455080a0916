/*
 * Objects of which segments are learned, and which are read by their pieces. All
 * texts are written with ' for ", and stand at the end of readable memory.
 */
#ifndef NUMRES_TESTS_SEGMENT_LESSON_H
#define NUMRES_TESTS_SEGMENT_LESSON_H

#include "fast/fast_lane.h"
#include "support.h"

enum { LESSON_TEXT_LIMIT = 4096, LESSON_DEPTH = 8, LESSON_MOST = 2048 };

typedef struct lesson {
    numres_schema schema;
    numres_fast_lane lane; /* the objects' common part, and the SIMD level */
    numres_segments segments;
    numres_fast_window window;
    numres_fast_object other;   /* of a kind that the lane keeps none of */
    numres_fast_object *object; /* the last one that was put there */
    const numres_piece *begun;  /* the piece by which it was read first */
    guard guard;
    char outer_text[2 * LESSON_TEXT_LIMIT];
    char inner_text[2 * LESSON_TEXT_LIMIT];
} lesson;

/* Runs it once for each SIMD level that the machine has. */
void lesson_at_each_level(void (*body)(lesson *now));

/* Another object begins, with an empty record. A phone number's text begins before its
   brace, another's with it; or with a comma after other members. This many bytes
   after the text, which are white space, can be looked at. */
void lesson_put(lesson *now, numres_object_kind kind, const char *text, size_t after);

/* Puts it there and learns all of it, from after the members `present` on. */
const numres_piece *lesson_learn(lesson *now, numres_object_kind kind, const char *text,
                                 uint32_t present);

/* Reads what was put there by pieces, from this one on. */
numres_fast_result lesson_read(lesson *now, const numres_piece *piece);

/* Puts it there and reads it. */
numres_fast_result lesson_read_text(lesson *now, numres_object_kind kind, const char *text,
                                    const numres_piece *piece);

/* Whether all fields say the same, those of absent members too. */
bool lesson_same_records(const numres_record *left, const numres_record *right);

/* A bit for the member. */
#define LESSON_NUMBER_BIT(member) (UINT32_C(1) << NUMRES_PHONE_NUMBER_##member)
#define LESSON_RESERVATION_BIT(member) (UINT32_C(1) << NUMRES_RESERVATION_##member)

#endif
