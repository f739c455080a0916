/*
 * A growing column: how members' values are stored in it, and the array that is made of it
 * and then owns it.
 *
 * A column does not know how many rows it has: its batch does, because all columns have
 * the same number. In bitmaps, the bits after the last row are 0.
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
    NUMRES_ARROW_INTEGER,   /* uint64, of a member */
    NUMRES_ARROW_INDEX      /* uint64, the record's index, which is not a member */
} numres_arrow_type;

/* Which values a column holds. */
typedef struct numres_arrow_form {
    numres_arrow_type type;
    numres_record_kind kind; /* of the record that has them */
    uint8_t number;          /* of the member */
    uint16_t offset;         /* in the public record: of the text, or else of the value */
    const char *prefix, *name, *suffix;
} numres_arrow_form;

/* The form of a dictionary, whose words are not a member of any record. */
extern const numres_arrow_form numres_arrow_words;

typedef struct numres_arrow_column {
    numres_allocator allocator;
    numres_arrow_buffer validity, values;
    numres_arrow_buffer text; /* the values of a text are offsets into it */
    size_t text_used;

    struct numres_arrow_column *dictionary; /* of a status: a column of texts */
    size_t word_count;                      /* in the dictionary */

    /* What its array points to once it was given away. */
    const void *buffers[3];
    struct ArrowArray dictionary_array;
} numres_arrow_column;

/* Creates an empty column; the dictionary of a status column has the documented statuses.
   Returns NULL on failure: see budget->failure. */
numres_arrow_column *numres_arrow_column_create(numres_budget *budget,
                                                const numres_arrow_form *form);

/* `column` may be NULL. */
void numres_arrow_column_destroy(numres_budget *budget, numres_arrow_column *column);

/* Makes room for this many rows in all. Returns false on failure: see budget->failure. */
bool numres_arrow_column_reserve(numres_budget *budget, numres_arrow_column *column,
                                 const numres_arrow_form *form, size_t rows);

/* Makes room for this many more bytes of text. Returns false as above. */
bool numres_arrow_column_reserve_text(numres_budget *budget, numres_arrow_column *column,
                                      size_t length);

/* Whether the record's value is null. */
bool numres_arrow_is_null(const numres_arrow_form *form, const numres_record *record);

/* Writes the record's value (NULL: null) to the rows from `row` to before `end`. There must
   be room for them, and the rows before must have their values. Returns false on failure:
   see budget->failure. */
bool numres_arrow_column_put(numres_budget *budget, numres_arrow_column *column,
                             const numres_arrow_form *form, const numres_record *record, size_t row,
                             size_t end);

/* Forgets what was written after the first `rows` of `written` ones, and what is left of a
   value that could not be written after those. */
void numres_arrow_column_cut(numres_arrow_column *column, const numres_arrow_form *form,
                             size_t rows, size_t written);

/* Makes *array of all `rows` of the column. The array owns the column from now on; the
   budget no longer counts it. */
void numres_arrow_column_give_away(numres_budget *budget, numres_arrow_column *column,
                                   const numres_arrow_form *form, size_t rows,
                                   struct ArrowArray *array);

#endif
