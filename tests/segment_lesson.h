/*
 * Teaches segments from objects, and reads objects by their pieces. All texts are written
 * with ' for " and end at the end of readable memory.
 */
#ifndef NUMRES_TESTS_SEGMENT_LESSON_H
#define NUMRES_TESTS_SEGMENT_LESSON_H

#include "fast/fast_lane.h"
#include "support.h"

enum { LESSON_TEXT_LIMIT = 4096, LESSON_DEPTH = 8, LESSON_MOST = 2048 };

typedef struct lesson {
    numres_schema schema;
    numres_fast_lane lane; /* the common part of objects, and the SIMD level */
    numres_segments segments;
    numres_fast_window window;
    numres_fast_object other;   /* for kinds that the lane keeps no object of */
    numres_fast_object *object; /* the last one put */
    const numres_piece *begun;  /* the piece with which reading began */
    guard guard;
    char outer_text[2 * LESSON_TEXT_LIMIT];
    char inner_text[2 * LESSON_TEXT_LIMIT];
} lesson;

/* Runs `body` once for each SIMD level that the machine has. */
void lesson_at_each_level(void (*body)(lesson *now));

/* Starts another object, with an empty record. The text of a phone number begins before
   its brace; that of another kind at its brace, or at the comma after earlier members.
   `after` bytes of white space after the text are readable. */
void lesson_put(lesson *now, numres_object_kind kind, const char *text, size_t after);

/* Puts the text and learns all of it, from the members after `present` on. */
const numres_piece *lesson_learn(lesson *now, numres_object_kind kind, const char *text,
                                 uint32_t present);

/* Reads the text that was put by pieces, starting with this one. */
numres_fast_result lesson_read(lesson *now, const numres_piece *piece);

/* Puts the text and reads it. */
numres_fast_result lesson_read_text(lesson *now, numres_object_kind kind, const char *text,
                                    const numres_piece *piece);

/* Whether all fields are equal, those of absent members included. */
bool lesson_same_records(const numres_record *left, const numres_record *right);

/* The member's bit in a mask. */
#define LESSON_NUMBER_BIT(member) (UINT32_C(1) << NUMRES_PHONE_NUMBER_##member)
#define LESSON_RESERVATION_BIT(member) (UINT32_C(1) << NUMRES_RESERVATION_##member)

#endif
