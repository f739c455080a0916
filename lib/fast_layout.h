/*
 * A phone number as one came before: as far as all but the values is byte for
 * byte the same, the values lie at the same places with the same lengths. Then
 * a number is one comparison, and a look at each value.
 */
#ifndef NUMRES_LIB_FAST_LAYOUT_H
#define NUMRES_LIB_FAST_LAYOUT_H

#include "fast_object.h"

/* The longest number whose layout is learned, from brace to brace. */
#define NUMRES_FAST_LAYOUT_LENGTH 512

/* So many numbers in a row have to be other than the layout before it is given
   up, and not looked at any more. */
#define NUMRES_FAST_LAYOUT_TRUST 8

/* One value. */
typedef struct numres_fast_place {
    uint16_t offset; /* from the brace */
    uint16_t length;
    uint16_t field_offset; /* as in numres_field */
    uint16_t text_offset;
    uint8_t number;
} numres_fast_place;

/* Up to 32 bytes of a text that must be plain. */
typedef struct numres_fast_piece {
    uint16_t offset;       /* from the brace */
    uint16_t value_offset; /* of the text it is of */
    uint16_t value_end;
    uint32_t mask; /* a bit for each of its bytes */
} numres_fast_piece;

#define NUMRES_FAST_PIECES (NUMRES_FAST_LAYOUT_LENGTH / 32 + NUMRES_RECORD_MEMBERS)

typedef struct numres_fast_layout {
    unsigned char bytes[NUMRES_FAST_LAYOUT_LENGTH];
    uint32_t fixed[NUMRES_FAST_LAYOUT_LENGTH / 32]; /* a bit for each byte that is no value */
    uint16_t length; /* of what is compared at once; 0: nothing was learned */

    /* Values, by what has to be done for them: timestamps come first, then
       statuses, then dialled numbers; the others are texts, or the same in all
       numbers. */
    numres_fast_place places[NUMRES_RECORD_MEMBERS];
    uint8_t statuses, dialled, others, count;
    uint16_t behind_places; /* the end of the one that lies last */
    numres_fast_piece pieces[NUMRES_FAST_PIECES];
    uint8_t piece_count;
    uint32_t present;
    size_t counted; /* bytes of these values */

    /* A text that comes last may be of another length: the first length ends
       with its quote, and this is what stands behind it. */
    bool has_last;
    numres_fast_place last;
    unsigned char tail[32];
    uint32_t tail_mask;
    uint8_t tail_length;

    /* Before a number: the comma, white space, the brace; 32 at most, and one
       more byte, since 32 are compared also without the comma. */
    unsigned char lead[33];
    uint32_t lead_mask;
    uint8_t lead_length;

    uint8_t trust;    /* rises with each number that is wholly like it, falls with others */
    uint8_t in_vain;  /* how often a layout was learned since the last such number */
    uint16_t waiting; /* numbers that passed since trust was lost */
} numres_fast_layout;

/* Nothing is expected yet. */
void numres_fast_layout_start(numres_fast_layout *layout);

/*
 * The number in [brace, end), not wholly of this layout, was read into the
 * record; it may be worth learning. `lead` is where the number before it ended,
 * or the array's bracket (is_first). `members` is how many it had, known or not.
 */
void numres_fast_layout_learn(numres_fast_layout *layout, const numres_record *record,
                              uint64_t members, const unsigned char *lead, bool is_first,
                              const unsigned char *brace, const unsigned char *end);

/*
 * Reads a number from object->at on, where the number before it ended, or the
 * array's bracket (object->is_first), as far as it has this layout and its
 * values are right. CLOSED: all of it. WHOLE: object->complete members, behind
 * which others may follow. SURPRISE: nothing of it. object->bracket is its brace.
 */
typedef numres_fast_answer numres_fast_number(numres_fast_layout *layout,
                                              numres_fast_object *object);

numres_fast_number numres_fast_number_baseline;
numres_fast_number numres_fast_number_avx2; /* where the build has it */

#endif
