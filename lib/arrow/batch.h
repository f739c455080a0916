/*
 * A batch: rows that grow. The columns of the phone numbers grow with each number, those of
 * the reservation once it has ended, for all of its rows; so a row is complete when its
 * reservation is.
 *
 * Batches of a long reservation wait for its end, so they take no more than their rows
 * need: a column exists from the first row on that is not null in it, and all of them once
 * rows are complete.
 */
#ifndef NUMRES_LIB_ARROW_BATCH_H
#define NUMRES_LIB_ARROW_BATCH_H

#include "column.h"

/* The most columns: each member, its text, and two indices. */
#define NUMRES_ARROW_COLUMNS                                                                       \
    (2 * (NUMRES_RESERVATION_MEMBER_COUNT + NUMRES_PHONE_NUMBER_MEMBER_COUNT) + 2)

/* The columns of a stream's batches, in their order, and the most rows of one. */
typedef struct numres_arrow_table {
    size_t batch_rows;
    size_t count;
    numres_arrow_form forms[NUMRES_ARROW_COLUMNS];
} numres_arrow_table;

/* How large a batch was, so that one that begins after it need not grow. */
typedef struct numres_arrow_usage {
    size_t room;
    size_t text[NUMRES_ARROW_COLUMNS]; /* of each column */
} numres_arrow_usage;

void numres_arrow_table_fill(numres_arrow_table *table, bool timestamp_texts);

/* What the array of a batch owns. */
typedef struct numres_arrow_children {
    numres_allocator allocator;
    const void *buffers[1];
    struct ArrowArray arrays[NUMRES_ARROW_COLUMNS];
    struct ArrowArray *children[NUMRES_ARROW_COLUMNS];
} numres_arrow_children;

typedef struct numres_arrow_batch {
    struct numres_arrow_batch *next;
    const numres_arrow_usage *usage; /* of the one given away last; NULL: not to be reserved */
    numres_arrow_column *columns[NUMRES_ARROW_COLUMNS]; /* NULL: all rows are null */
    numres_arrow_children *children; /* NULL: no row is complete yet, and columns may be NULL */
    size_t room;                     /* for rows */
    size_t rows;
    size_t complete; /* of these */
} numres_arrow_batch;

/*
 * An empty batch. Without others that wait (`last` is NULL) it gets room for what was given
 * away last, as `usage` says, which has to stay where it is; for its texts only if there is
 * memory and they are small beside the limit. After others it gets room for as many rows,
 * but for no texts: these would be reserved once for each batch that waits.
 * NULL: see budget->failure.
 */
numres_arrow_batch *numres_arrow_batch_create(numres_budget *budget,
                                              const numres_arrow_table *table,
                                              const numres_arrow_usage *usage,
                                              const numres_arrow_batch *last);

void numres_arrow_batch_destroy(numres_budget *budget, numres_arrow_batch *batch);

/* Adds a row of this phone number (NULL: there is none). False: see budget->failure; then
   nothing but numres_arrow_batch_cut is legal. */
bool numres_arrow_batch_add(numres_budget *budget, numres_arrow_batch *batch,
                            const numres_arrow_table *table, const numres_record *number);

/* All rows are complete: they are of this reservation. False as above. */
bool numres_arrow_batch_complete(numres_budget *budget, numres_arrow_batch *batch,
                                 const numres_arrow_table *table, const numres_record *reservation);

/* Forgets the rows that are not complete. */
void numres_arrow_batch_cut(numres_arrow_batch *batch, const numres_arrow_table *table);

/* Makes *array of the batch, whose rows are complete and which is the array's from now on:
   the budget does not count it any more. *usage is set. */
void numres_arrow_batch_give_away(numres_budget *budget, numres_arrow_batch *batch,
                                  const numres_arrow_table *table, numres_arrow_usage *usage,
                                  struct ArrowArray *array);

/* Makes *schema that of the batches. NUMRES_NO_MEMORY: *schema is as before. */
numres_code numres_arrow_schema_make(const numres_allocator *allocator,
                                     const numres_arrow_table *table, struct ArrowSchema *schema);

#endif
