/* Batches: rows of phone numbers, completed by their reservation. rows.c fills them, stream.c
   gives them away. */
#include "batch.h"

#include <string.h>

#define SMALLEST_ROOM 64

static bool reserve_rows(numres_budget *budget, numres_arrow_batch *batch,
                         const numres_arrow_table *table) {
    size_t room = 2 * batch->room;
    if (room > table->batch_rows)
        room = table->batch_rows;
    for (size_t i = 0; i < table->count; i++)
        if (batch->columns[i] != NULL &&
            !numres_arrow_column_reserve(budget, batch->columns[i], &table->forms[i], room))
            return false;
    batch->room = room;
    return true;
}

static size_t first_room(const numres_arrow_table *table, const numres_arrow_usage *usage,
                         const numres_arrow_batch *last) {
    if (last != NULL)
        return last->room;
    if (usage->room > 0)
        return usage->room;
    return table->batch_rows < SMALLEST_ROOM ? table->batch_rows : SMALLEST_ROOM;
}

/* Whether room for texts as long as those of the last batch leaves most of the limit free:
   the next texts may be in other columns. */
static bool leaves_enough(const numres_budget *budget, const numres_arrow_table *table,
                          const numres_arrow_usage *usage) {
    uint64_t text = 0;
    for (size_t i = 0; i < table->count; i++)
        text += usage->text[i];
    return budget->limit == 0 || text <= (budget->limit - budget->held) / 8;
}

numres_arrow_batch *numres_arrow_batch_create(numres_budget *budget,
                                              const numres_arrow_table *table,
                                              const numres_arrow_usage *usage,
                                              const numres_arrow_batch *last) {
    numres_arrow_batch *batch = numres_budget_take(budget, sizeof *batch);
    if (batch == NULL)
        return NULL;
    memset(batch, 0, sizeof *batch);
    batch->room = first_room(table, usage, last);
    batch->usage = last == NULL && leaves_enough(budget, table, usage) ? usage : NULL;
    return batch;
}

void numres_arrow_batch_destroy(numres_budget *budget, numres_arrow_batch *batch) {
    for (size_t i = 0; i < NUMRES_ARROW_COLUMNS; i++)
        numres_arrow_column_destroy(budget, batch->columns[i]);
    numres_budget_give_back(budget, batch->children, sizeof *batch->children);
    numres_budget_give_back(budget, batch, sizeof *batch);
}

/* Reserves room for as much text as in the last batch. Failure does not matter: the column
   can grow later. */
static void reserve_usual_text(numres_budget *budget, const numres_arrow_batch *batch,
                               numres_arrow_column *column, size_t i) {
    const numres_code failure = budget->failure;
    if (batch->usage != NULL &&
        !numres_arrow_column_reserve_text(budget, column, batch->usage->text[i]))
        budget->failure = failure;
}

/* Creates a column, with this many null rows. */
static __attribute__((noinline)) bool add_column(numres_budget *budget, numres_arrow_batch *batch,
                                                 const numres_arrow_table *table, size_t i,
                                                 size_t rows) {
    const numres_arrow_form *form = &table->forms[i];
    numres_arrow_column *column = numres_arrow_column_create(budget, form);
    if (column == NULL)
        return false;
    reserve_usual_text(budget, batch, column, i);
    if (!numres_arrow_column_reserve(budget, column, form, batch->room) ||
        /* GCOVR_EXCL_BR_START: nulls fit into what was reserved */
        !numres_arrow_column_put(budget, column, form, NULL, 0, rows)) {
        /* GCOVR_EXCL_BR_STOP */
        numres_arrow_column_destroy(budget, column);
        return false;
    }
    batch->columns[i] = column;
    return true;
}

/* Called before the first rows are completed: makes everything that the array needs. */
static bool make_whole(numres_budget *budget, numres_arrow_batch *batch,
                       const numres_arrow_table *table) {
    if (batch->children != NULL)
        return true;
    for (size_t i = 0; i < table->count; i++) {
        bool is_numbers = table->forms[i].kind == NUMRES_RECORD_PHONE_NUMBER;
        if (batch->columns[i] == NULL &&
            !add_column(budget, batch, table, i, is_numbers ? batch->rows : 0))
            return false;
    }
    batch->children = numres_budget_take(budget, sizeof *batch->children);
    if (batch->children == NULL)
        return false;
    memset(batch->children, 0, sizeof *batch->children);
    return true;
}

/* Writes the record's values to the rows from `row` to before `end`. */
static bool put_record(numres_budget *budget, numres_arrow_batch *batch,
                       const numres_arrow_table *table, numres_record_kind kind,
                       const numres_record *record, size_t row, size_t end) {
    for (size_t i = 0; i < table->count; i++) {
        const numres_arrow_form *form = &table->forms[i];
        if (form->kind != kind)
            continue;
        if (batch->columns[i] == NULL) {
            if (numres_arrow_is_null(form, record))
                continue;
            if (!add_column(budget, batch, table, i, row))
                return false;
        }
        if (!numres_arrow_column_put(budget, batch->columns[i], form, record, row, end))
            return false;
    }
    return true;
}

bool numres_arrow_batch_add(numres_budget *budget, numres_arrow_batch *batch,
                            const numres_arrow_table *table, const numres_record *number) {
    if ((batch->rows == batch->room && !reserve_rows(budget, batch, table)) ||
        !put_record(budget, batch, table, NUMRES_RECORD_PHONE_NUMBER, number, batch->rows,
                    batch->rows + 1))
        return false;
    batch->rows++;
    return true;
}

bool numres_arrow_batch_complete(numres_budget *budget, numres_arrow_batch *batch,
                                 const numres_arrow_table *table,
                                 const numres_record *reservation) {
    if (!make_whole(budget, batch, table) ||
        !put_record(budget, batch, table, NUMRES_RECORD_RESERVATION, reservation, batch->complete,
                    batch->rows))
        return false;
    batch->complete = batch->rows;
    return true;
}

void numres_arrow_batch_cut(numres_arrow_batch *batch, const numres_arrow_table *table) {
    size_t written = batch->rows;
    batch->rows = batch->complete;
    for (size_t i = 0; i < table->count; i++)
        if (batch->columns[i] != NULL)
            numres_arrow_column_cut(batch->columns[i], &table->forms[i], batch->complete, written);
}

/* Giving away. */

static void release_batch(struct ArrowArray *array) {
    if (array == NULL || array->release == NULL)
        return;
    numres_arrow_children *children = array->private_data;
    numres_allocator allocator = children->allocator;
    for (int64_t i = 0; i < array->n_children; i++)
        if (children->arrays[i].release != NULL) /* it was not moved out */
            children->arrays[i].release(&children->arrays[i]);
    allocator.release(children, allocator.context);
    array->release = NULL;
}

void numres_arrow_batch_give_away(numres_budget *budget, numres_arrow_batch *batch,
                                  const numres_arrow_table *table, numres_arrow_usage *usage,
                                  struct ArrowArray *array) {
    numres_arrow_children *children = batch->children;
    children->allocator = budget->allocator;
    usage->room = batch->room;
    for (size_t i = 0; i < table->count; i++) {
        usage->text[i] = batch->columns[i]->text_used / 8 * 9;
        numres_arrow_column_give_away(budget, batch->columns[i], &table->forms[i], batch->rows,
                                      &children->arrays[i]);
        children->children[i] = &children->arrays[i];
    }
    *array = (struct ArrowArray){.length = (int64_t)batch->rows,
                                 .n_buffers = 1,
                                 .n_children = (int64_t)table->count,
                                 .buffers = children->buffers,
                                 .children = children->children,
                                 .release = release_batch,
                                 .private_data = children};
    budget->held -= sizeof *children;
    numres_budget_give_back(budget, batch, sizeof *batch);
}
