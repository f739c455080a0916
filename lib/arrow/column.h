/*
 * A column that grows: what a member's value is in it, and the array that is made of it,
 * which owns all of it.
 *
 * A column does not know how many rows it has: its batch does, since all columns have as
 * many. In the bitmaps, what comes after them is 0.
 */
#ifndef NUMRES_LIB_ARROW_COLUMN_H
#define NUMRES_LIB_ARROW_COLUMN_H

#include "../schema/record.h"
#include "buffer.h"
#include "numres/arrow.h"

typedef enum numres_arrow_type {
    NUMRES_ARROW_TEXT,      /* utf8 */
    NUMRES_ARROW_STATUS,    /* int32, indices of a dictionary */
    NUMRES_ARROW_TIMESTAMP, /* int64, microseconds */
    NUMRES_ARROW_BOOLEAN,   /* a bitmap */
    NUMRES_ARROW_INTEGER,   /* uint64, a member's */
    NUMRES_ARROW_INDEX      /* uint64, the record's own index, which no member is */
} numres_arrow_type;

/* Which values a column has. */
typedef struct numres_arrow_form {
    numres_arrow_type type;
    numres_record_kind kind; /* of the record that they are in */
    uint8_t number;          /* the member's */
    uint16_t offset;         /* in the public record: of the text, or else of the value */
    const char *prefix, *name, *suffix;
} numres_arrow_form;

/* That of a dictionary, whose words are not a member of any record. */
extern const numres_arrow_form numres_arrow_words;

typedef struct numres_arrow_column {
    numres_allocator allocator;
    numres_arrow_buffer validity, values;
    numres_arrow_buffer text; /* the values of a text are offsets into it */
    size_t text_used;

    struct numres_arrow_column *dictionary; /* of a status: a column of texts */
    size_t word_count;                      /* in it */

    /* What its array has, once it was given away. */
    const void *buffers[3];
    struct ArrowArray dictionary_array;
} numres_arrow_column;

/* An empty column; of a status, with the documented ones in its dictionary. NULL: see
   budget->failure. */
numres_arrow_column *numres_arrow_column_create(numres_budget *budget,
                                                const numres_arrow_form *form);

/* NULL is legal. */
void numres_arrow_column_destroy(numres_budget *budget, numres_arrow_column *column);

/* Room for this many rows in all. False: see budget->failure. */
bool numres_arrow_column_reserve(numres_budget *budget, numres_arrow_column *column,
                                 const numres_arrow_form *form, size_t rows);

/* Room for this many more bytes of text. */
bool numres_arrow_column_reserve_text(numres_budget *budget, numres_arrow_column *column,
                                      size_t length);

/* Whether the record's value is null. */
bool numres_arrow_is_null(const numres_arrow_form *form, const numres_record *record);

/* Writes the record's value (NULL: null) to the rows from `row` to before `end`. There is
   room for them, and those before have their values. False: see budget->failure. */
bool numres_arrow_column_put(numres_budget *budget, numres_arrow_column *column,
                             const numres_arrow_form *form, const numres_record *record, size_t row,
                             size_t end);

/* Forgets what was written after the first `rows`. */
void numres_arrow_column_cut(numres_arrow_column *column, const numres_arrow_form *form,
                             size_t rows);

/* Makes *array of the column's first `rows`, which are all of it, and the column is the
   array's: the budget does not count it any more. */
void numres_arrow_column_give_away(numres_budget *budget, numres_arrow_column *column,
                                   const numres_arrow_form *form, size_t rows,
                                   struct ArrowArray *array);

#endif
