/*
 * A batch of rows. Each phone number adds a row, with the columns of the number alone. The
 * columns of the reservation are filled for all of its rows once it has ended: only then
 * are the rows complete.
 *
 * Batches of a long reservation wait for its end, so they take no more memory than their
 * rows need. A column is created at the first row that is not null in it; once rows are
 * complete, all columns exist.
 */
#ifndef NUMRES_LIB_ARROW_BATCH_H
#define NUMRES_LIB_ARROW_BATCH_H

#include "column.h"

/* The most columns: each member, its text, and two indices. */
#define NUMRES_ARROW_COLUMNS                                                                       \
    (2 * (NUMRES_RESERVATION_MEMBER_COUNT + NUMRES_PHONE_NUMBER_MEMBER_COUNT) + 2)

/* The columns of a stream's batches, in order, and the most rows of one batch. */
typedef struct numres_arrow_table {
    size_t batch_rows;
    size_t count;
    numres_arrow_form forms[NUMRES_ARROW_COLUMNS];
} numres_arrow_table;

/* How large a batch was, so that the next one need not grow. */
typedef struct numres_arrow_usage {
    size_t room;
    size_t text[NUMRES_ARROW_COLUMNS]; /* of each column */
} numres_arrow_usage;

void numres_arrow_table_fill(numres_arrow_table *table, bool timestamp_texts);

/* What the array made of a batch owns. */
typedef struct numres_arrow_children {
    numres_allocator allocator;
    const void *buffers[1];
    struct ArrowArray arrays[NUMRES_ARROW_COLUMNS];
    struct ArrowArray *children[NUMRES_ARROW_COLUMNS];
} numres_arrow_children;

typedef struct numres_arrow_batch {
    struct numres_arrow_batch *next;
    const numres_arrow_usage *usage; /* of the last one given away; NULL: reserve no text */
    numres_arrow_column *columns[NUMRES_ARROW_COLUMNS]; /* NULL: all rows are null */
    numres_arrow_children *children; /* NULL: no row is complete yet, and columns may be NULL */
    size_t room;                     /* for rows */
    size_t rows;
    size_t complete; /* how many of the rows are complete */
} numres_arrow_batch;

/*
 * Creates an empty batch. If no other batch waits (`last` is NULL), it gets the room that
 * the last batch given away had, by `usage`, which must not move; for texts only if there
 * is memory and they are small beside the limit. Otherwise it gets room for as many rows as
 * `last`, but none for texts, which every waiting batch would reserve again. Returns NULL
 * on failure: see budget->failure.
 */
numres_arrow_batch *numres_arrow_batch_create(numres_budget *budget,
                                              const numres_arrow_table *table,
                                              const numres_arrow_usage *usage,
                                              const numres_arrow_batch *last);

void numres_arrow_batch_destroy(numres_budget *budget, numres_arrow_batch *batch);

/* Adds a row of this phone number (NULL: there is none). Returns false on failure: see
   budget->failure; then nothing but numres_arrow_batch_cut is legal. */
bool numres_arrow_batch_add(numres_budget *budget, numres_arrow_batch *batch,
                            const numres_arrow_table *table, const numres_record *number);

/* Completes all rows, which are of this reservation. Returns false as above. */
bool numres_arrow_batch_complete(numres_budget *budget, numres_arrow_batch *batch,
                                 const numres_arrow_table *table, const numres_record *reservation);

/* Forgets the rows that are not complete. */
void numres_arrow_batch_cut(numres_arrow_batch *batch, const numres_arrow_table *table);

/* Makes *array of the batch, whose rows must be complete, and sets *usage. The array owns
   the batch from now on; the budget no longer counts it. */
void numres_arrow_batch_give_away(numres_budget *budget, numres_arrow_batch *batch,
                                  const numres_arrow_table *table, numres_arrow_usage *usage,
                                  struct ArrowArray *array);

/* Makes *schema that of the batches. If it returns NUMRES_NO_MEMORY, *schema is as before. */
numres_code numres_arrow_schema_make(const numres_allocator *allocator,
                                     const numres_arrow_table *table, struct ArrowSchema *schema);

#endif
