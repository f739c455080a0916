/* Batches: rows of phone numbers, completed by their reservation. */
#include "batch.h"

#define SMALLEST_ROOM 64

static bool reserve_rows(numres_arrow_budget *budget, numres_arrow_batch *batch,
                         const numres_arrow_table *table, size_t room) {
    for (size_t i = 0; i < batch->count; i++)
        if (!numres_arrow_column_reserve(budget, batch->columns[i], &table->forms[i], room))
            return false;
    batch->room = room;
    return true;
}

static bool fill_columns(numres_arrow_budget *budget, numres_arrow_batch *batch,
                         const numres_arrow_table *table, const numres_arrow_usage *usage) {
    for (size_t i = 0; i < table->count; i++) {
        numres_arrow_column *column = numres_arrow_column_create(budget, &table->forms[i]);
        batch->columns[batch->count++] = column;
        if (column == NULL || !numres_arrow_column_reserve_text(budget, column, usage->text[i]))
            return false;
    }
    return reserve_rows(budget, batch, table, usage->room > 0 ? usage->room : SMALLEST_ROOM);
}

numres_arrow_batch *numres_arrow_batch_create(numres_arrow_budget *budget,
                                              const numres_arrow_table *table,
                                              const numres_arrow_usage *usage) {
    numres_arrow_batch *batch = numres_arrow_take(budget, sizeof *batch);
    if (batch == NULL)
        return NULL;
    memset(batch, 0, sizeof *batch);
    batch->allocator = budget->allocator;
    if (fill_columns(budget, batch, table, usage))
        return batch;
    numres_arrow_batch_destroy(budget, batch);
    return NULL;
}

void numres_arrow_batch_destroy(numres_arrow_budget *budget, numres_arrow_batch *batch) {
    for (size_t i = 0; i < batch->count; i++)
        numres_arrow_column_destroy(budget, batch->columns[i]);
    numres_arrow_give_back(budget, batch, sizeof *batch);
}

/* The rows from `row` to before `end` get what this record has. */
static bool put_record(numres_arrow_budget *budget, numres_arrow_batch *batch,
                       const numres_arrow_table *table, numres_record_kind kind,
                       const numres_record *record, size_t row, size_t end) {
    for (size_t i = 0; i < batch->count; i++)
        if (table->forms[i].kind == kind &&
            !numres_arrow_column_put(budget, batch->columns[i], &table->forms[i], record, row, end))
            return false;
    return true;
}

bool numres_arrow_batch_add(numres_arrow_budget *budget, numres_arrow_batch *batch,
                            const numres_arrow_table *table, const numres_record *number) {
    if ((batch->rows == batch->room && !reserve_rows(budget, batch, table, 2 * batch->room)) ||
        !put_record(budget, batch, table, NUMRES_RECORD_PHONE_NUMBER, number, batch->rows,
                    batch->rows + 1))
        return false;
    batch->rows++;
    return true;
}

bool numres_arrow_batch_complete(numres_arrow_budget *budget, numres_arrow_batch *batch,
                                 const numres_arrow_table *table,
                                 const numres_record *reservation) {
    if (!put_record(budget, batch, table, NUMRES_RECORD_RESERVATION, reservation, batch->complete,
                    batch->rows))
        return false;
    batch->complete = batch->rows;
    return true;
}

void numres_arrow_batch_cut(numres_arrow_batch *batch, const numres_arrow_table *table) {
    batch->rows = batch->complete;
    for (size_t i = 0; i < batch->count; i++)
        numres_arrow_column_cut(batch->columns[i], &table->forms[i], batch->complete);
}

/* Giving away. */

static void release_batch(struct ArrowArray *array) {
    if (array == NULL || array->release == NULL)
        return;
    numres_arrow_batch *batch = array->private_data;
    numres_allocator allocator = batch->allocator;
    for (size_t i = 0; i < batch->count; i++)
        if (batch->arrays[i].release != NULL) /* it was not moved out */
            batch->arrays[i].release(&batch->arrays[i]);
    allocator.release(batch, allocator.context);
    array->release = NULL;
}

void numres_arrow_batch_give_away(numres_arrow_budget *budget, numres_arrow_batch *batch,
                                  const numres_arrow_table *table, numres_arrow_usage *usage,
                                  struct ArrowArray *array) {
    usage->room = batch->room;
    for (size_t i = 0; i < batch->count; i++) {
        usage->text[i] = batch->columns[i]->text_used / 8 * 9;
        numres_arrow_column_give_away(budget, batch->columns[i], &table->forms[i], batch->rows,
                                      &batch->arrays[i]);
        batch->children[i] = &batch->arrays[i];
    }
    budget->held -= sizeof *batch;
    *array = (struct ArrowArray){.length = (int64_t)batch->rows,
                                 .n_buffers = 1,
                                 .n_children = (int64_t)batch->count,
                                 .buffers = batch->buffers,
                                 .children = batch->children,
                                 .release = release_batch,
                                 .private_data = batch};
}
