/*
 * A phone number as one came before: as far as all but the values is byte for
 * byte the same, from the comma before it on, the values lie at the same places
 * with the same lengths. Then a number is one comparison, a look at each value,
 * and one at a text that comes last, which may be missing or of any length.
 */
#ifndef NUMRES_LIB_FAST_LAYOUT_H
#define NUMRES_LIB_FAST_LAYOUT_H

#include "fast_object.h"

/* The longest number whose layout is learned, from the comma before it to the
   brace behind it. */
#define NUMRES_FAST_LAYOUT_LENGTH 512

/* The most trust: so many numbers in a row have to be other than a layout that
   was met often before it is given up, and not looked at any more. */
#define NUMRES_FAST_LAYOUT_TRUST 8

/* One value. */
typedef struct numres_fast_place {
    uint16_t offset; /* from the comma before the number */
    uint16_t length;
    uint16_t field_offset; /* as in numres_field */
    uint16_t text_offset;
    uint8_t number;
} numres_fast_place;

/* Up to 32 bytes of a text that must be plain. */
typedef struct numres_fast_piece {
    uint32_t mask;   /* a bit for each of its bytes */
    uint16_t offset; /* from the comma */
} numres_fast_piece;

#define NUMRES_FAST_PIECES (NUMRES_FAST_LAYOUT_LENGTH / 32 + NUMRES_RECORD_MEMBERS)

typedef struct numres_fast_layout {
    unsigned char bytes[NUMRES_FAST_LAYOUT_LENGTH];
    /* 0xFF for each byte that is no value; 0 for the comma, which the first
       number does not have. */
    unsigned char fixed[NUMRES_FAST_LAYOUT_LENGTH];
    uint16_t brace;  /* where the number's brace is */
    uint16_t length; /* of what is compared at once */
    uint16_t reach;  /* how many bytes are looked at; 0: nothing was learned */

    /* Values, by what has to be done for them: timestamps come first, then
       statuses, then dialled numbers; the others are texts, or the same in all
       numbers. */
    numres_fast_place places[NUMRES_RECORD_MEMBERS];
    uint8_t statuses, dialled, others, count;
    uint8_t in_order[NUMRES_RECORD_MEMBERS]; /* these places as they lie */
    numres_fast_piece pieces[NUMRES_FAST_PIECES];
    uint8_t piece_count;
    uint32_t present, absent; /* members, with the last */
    size_t counted;           /* bytes of values, without the last */

    /* A text that comes last may be missing, or of another length. Then the
       length above ends with the value before it, and this is what stands
       before the text and behind it. */
    bool has_last;
    numres_fast_place last;
    unsigned char lead[32], tail[32];
    uint32_t lead_mask, tail_mask;
    uint8_t lead_length, tail_length;

    uint8_t trust;    /* rises with each number that is wholly like it, falls with others */
    uint8_t in_vain;  /* how often a layout was learned since the last such number */
    uint16_t waiting; /* numbers that passed since trust was lost */
} numres_fast_layout;

/* Nothing is expected yet. */
void numres_fast_layout_start(numres_fast_layout *layout);

/*
 * The number that ends before `end`, not wholly of this layout, was read into
 * the record; it may be worth learning. `start` is where the number before it
 * ended, or the array's bracket (is_first). `members` is how many it had, known
 * or not.
 */
void numres_fast_layout_learn(numres_fast_layout *layout, const numres_record *record,
                              uint64_t members, const unsigned char *start, bool is_first,
                              const unsigned char *end);

/*
 * Takes the values among the first `length` bytes of a number, which are of the
 * layout, into object->record, up to the first that is not right: object->at is
 * behind the last one, object->complete counts them.
 */
void numres_fast_layout_take(const numres_fast_layout *layout, numres_fast_object *object,
                             const unsigned char *number, size_t length);

/* A number was wholly of the layout. */
static inline void numres_fast_layout_trust(numres_fast_layout *layout) {
    layout->in_vain = 0;
    if (layout->trust < NUMRES_FAST_LAYOUT_TRUST)
        layout->trust++;
}

#endif
