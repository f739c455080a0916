/* Makes arrays of columns, and releases them without the stream: each array owns its own
   memory, so that it can be moved, outlive the others, and be released on any thread. */
#include "column.h"

static size_t size_of_column(const numres_arrow_column *column) {
    return sizeof *column + numres_arrow_buffer_size(&column->validity) +
           numres_arrow_buffer_size(&column->values) + numres_arrow_buffer_size(&column->text);
}

static void free_buffer(const numres_allocator *allocator, const numres_arrow_buffer *buffer) {
    if (buffer->memory != NULL)
        allocator->release(buffer->memory, allocator->context);
}

static void free_column(numres_arrow_column *column) {
    numres_allocator allocator = column->allocator;
    free_buffer(&allocator, &column->validity);
    free_buffer(&allocator, &column->values);
    free_buffer(&allocator, &column->text);
    allocator.release(column, allocator.context);
}

void numres_arrow_column_destroy(numres_budget *budget, numres_arrow_column *column) {
    if (column == NULL)
        return;
    numres_arrow_column *words = column->dictionary;
    budget->held -= size_of_column(column);
    free_column(column);
    if (words != NULL) {
        budget->held -= size_of_column(words);
        free_column(words);
    }
}

static void release_column(struct ArrowArray *array) {
    if (array == NULL || array->release == NULL)
        return;
    numres_arrow_column *column = array->private_data;
    if (column->dictionary_array.release != NULL) /* it was not moved out */
        column->dictionary_array.release(&column->dictionary_array);
    free_column(column);
    array->release = NULL;
}

static int64_t count_nulls(const numres_arrow_column *column, size_t rows) {
    const uint64_t *words = (const uint64_t *)(const void *)column->validity.bytes;
    size_t valid = 0;
    for (size_t word = 0; word < (rows + 63) / 64; word++)
        valid += (size_t)__builtin_popcountll(words[word]);
    return (int64_t)(rows - valid);
}

/* Makes the array of the column's buffers; the budget no longer counts the column. */
static void give_away_buffers(numres_budget *budget, numres_arrow_column *column,
                              numres_arrow_type type, size_t rows, struct ArrowArray *array) {
    budget->held -= size_of_column(column);
    column->buffers[1] = column->values.bytes;
    column->buffers[2] = column->text.bytes;
    *array = (struct ArrowArray){.length = (int64_t)rows,
                                 .n_buffers = type == NUMRES_ARROW_TEXT ? 3 : 2,
                                 .buffers = column->buffers,
                                 .release = release_column,
                                 .private_data = column};
}

static void give_away_dictionary(numres_budget *budget, numres_arrow_column *column) {
    numres_arrow_column_cut(column->dictionary, &numres_arrow_words, column->word_count,
                            column->word_count);
    give_away_buffers(budget, column->dictionary, NUMRES_ARROW_TEXT, column->word_count,
                      &column->dictionary_array);
}

void numres_arrow_column_give_away(numres_budget *budget, numres_arrow_column *column,
                                   const numres_arrow_form *form, size_t rows,
                                   struct ArrowArray *array) {
    numres_arrow_column_cut(column, form, rows, rows);
    give_away_buffers(budget, column, form->type, rows, array);
    array->null_count = count_nulls(column, rows);
    column->buffers[0] = array->null_count > 0 ? column->validity.bytes : NULL;
    if (column->dictionary != NULL) {
        give_away_dictionary(budget, column);
        array->dictionary = &column->dictionary_array;
    }
}
