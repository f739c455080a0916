/* Columns: writes the values of records into buffers, in Arrow's columnar format. batch.c
   calls it for each record, array.c where it makes an array of a column. */
#include "column.h"

#include <string.h>

#include "../base/count.h"
#include "../base/text.h"
#include "../schema/status.h"

/* An undocumented status is searched for only among the last words of the dictionary, as
   many as this, so that the cost is bounded. */
#define RECENT_WORDS 8
#define SMALLEST_DICTIONARY 15
#define SMALLEST_TEXT NUMRES_ARROW_ALIGNMENT

const numres_arrow_form numres_arrow_words = {.type = NUMRES_ARROW_TEXT};

/* Bitmaps. */

static size_t bitmap_size(size_t rows) {
    return (rows + 7) / 8;
}

/* Not inlined: a single bit is the usual case. */
static __attribute__((noinline)) void set_many_bits(char *bytes, size_t bit, size_t end) {
    for (; bit < end && bit % 8 != 0; bit++)
        bytes[bit / 8] = (char)(bytes[bit / 8] | 1 << bit % 8);
    size_t whole = (end - bit) / 8;
    memset(bytes + bit / 8, 0xFF, whole);
    bit += whole * 8;
    if (bit < end)
        bytes[bit / 8] = (char)(bytes[bit / 8] | ((1 << (end - bit)) - 1));
}

static void set_bits(numres_arrow_buffer *bitmap, size_t bit, size_t end) {
    if (end - bit == 1)
        bitmap->bytes[bit / 8] = (char)(bitmap->bytes[bit / 8] | 1 << bit % 8);
    else
        set_many_bits(bitmap->bytes, bit, end);
}

/* The bits from `end` on are clear. */
static void clear_bits(numres_arrow_buffer *bitmap, size_t bit, size_t end) {
    size_t first = bitmap_size(bit);
    size_t last = bitmap_size(end) < bitmap->room ? bitmap_size(end) : bitmap->room;
    if (bit % 8 != 0)
        bitmap->bytes[bit / 8] = (char)(bitmap->bytes[bit / 8] & ((1 << bit % 8) - 1));
    if (first < last)
        memset(bitmap->bytes + first, 0, last - first);
    NUMRES_COUNT(ARROW, first < last ? last - first : 0);
}

/* Life. */

bool numres_arrow_column_reserve_text(numres_budget *budget, numres_arrow_column *column,
                                      size_t length) {
    size_t needed = column->text_used + length;
    size_t doubled = column->text.room < SMALLEST_TEXT ? SMALLEST_TEXT : 2 * column->text.room;
    if (needed <= column->text.room)
        return true;
    return numres_arrow_buffer_reserve(budget, &column->text, needed > doubled ? needed : doubled,
                                       false);
}

static size_t values_size(numres_arrow_type type, size_t rows) {
    switch (type) {
    case NUMRES_ARROW_TEXT:
        return (rows + 1) * sizeof(int32_t);
    case NUMRES_ARROW_STATUS:
        return rows * sizeof(int32_t);
    case NUMRES_ARROW_BOOLEAN:
        return bitmap_size(rows);
    case NUMRES_ARROW_TIMESTAMP:
    case NUMRES_ARROW_INTEGER:
    case NUMRES_ARROW_INDEX:
        break;
    }
    return rows * sizeof(uint64_t);
}

static int32_t *int32s_of(const numres_arrow_column *column) {
    return (int32_t *)(void *)column->values.bytes;
}

bool numres_arrow_column_reserve(numres_budget *budget, numres_arrow_column *column,
                                 const numres_arrow_form *form, size_t rows) {
    bool is_first = column->values.room == 0;
    if (!numres_arrow_buffer_reserve(budget, &column->values, values_size(form->type, rows),
                                     form->type == NUMRES_ARROW_BOOLEAN) ||
        !numres_arrow_buffer_reserve(budget, &column->validity, bitmap_size(rows), true))
        return false;
    if (is_first && form->type == NUMRES_ARROW_TEXT)
        int32s_of(column)[0] = 0;
    /* A text buffer must exist even if all texts are empty. */
    return form->type != NUMRES_ARROW_TEXT || numres_arrow_column_reserve_text(budget, column, 1);
}

/* Text. */

/* memcpy for short texts, as most are, where the call would cost more than the copy. Copies
   words; the last one may overlap the one before. */
static void copy_text(char *to, const char *from, size_t length) {
    if (length > 64 || length < 4) {
        memcpy(to, from, length);
    } else if (length < 8) {
        memcpy(to + length - 4, from + length - 4, 4);
        memcpy(to, from, 4);
    } else if (length < 16) {
        memcpy(to + length - 8, from + length - 8, 8);
        memcpy(to, from, 8);
    } else {
        for (size_t at = 0; at < length - 16; at += 16)
            memcpy(to + at, from + at, 16);
        memcpy(to + length - 16, from + length - 16, 16);
    }
}

static bool append_text(numres_budget *budget, numres_arrow_column *column, numres_text text,
                        size_t row, size_t end) {
    int32_t *offsets = int32s_of(column);
    if (!numres_arrow_column_reserve_text(budget, column, text.length * (end - row)))
        return false;
    char *next = column->text.bytes + column->text_used;
    column->text_used += text.length * (end - row);
    for (; row < end; row++, next += text.length) {
        copy_text(next, text.bytes, text.length);
        offsets[row + 1] = offsets[row] + (int32_t)text.length;
    }
    return true;
}

/* Adds a word to a dictionary. */
static bool add_status_word(numres_budget *budget, numres_arrow_column *column, numres_text word) {
    numres_arrow_column *words = column->dictionary;
    size_t room = words->values.room > 0 ? words->values.room / sizeof(int32_t) - 1 : 0;
    if (column->word_count == room &&
        !numres_arrow_column_reserve(budget, words, &numres_arrow_words,
                                     room > 0 ? 2 * room : SMALLEST_DICTIONARY))
        return false;
    if (!append_text(budget, words, word, column->word_count, column->word_count + 1))
        return false;
    column->word_count++;
    return true;
}

static bool add_documented(numres_budget *budget, numres_arrow_column *column) {
    for (size_t status = 1; status < NUMRES_STATUS_COUNT; status++) {
        const numres_status_word *word = &numres_status_words[status];
        numres_text text = {word->bytes, word->length};
        if (!add_status_word(budget, column, text))
            return false;
    }
    return true;
}

static numres_arrow_column *create_empty(numres_budget *budget) {
    numres_arrow_column *column = numres_budget_take(budget, sizeof *column);
    if (column == NULL)
        return NULL;
    memset(column, 0, sizeof *column);
    column->allocator = budget->allocator;
    return column;
}

numres_arrow_column *numres_arrow_column_create(numres_budget *budget,
                                                const numres_arrow_form *form) {
    numres_arrow_column *column = create_empty(budget);
    if (column == NULL || form->type != NUMRES_ARROW_STATUS)
        return column;
    column->dictionary = create_empty(budget);
    if (column->dictionary != NULL && add_documented(budget, column))
        return column;
    numres_arrow_column_destroy(budget, column);
    return NULL;
}

/* Values. */

/* Sets *text to the member's text as it came, right or rejected. Returns false if the
   member is absent, null or a container. */
static bool text_of_value(const numres_arrow_form *form, const numres_record *record,
                          numres_text *text) {
    const char *fields = (const char *)&record->value;
    uint32_t bit = UINT32_C(1) << form->number;
    if ((record->present & ~record->null & bit) == 0)
        return false;
    if ((record->invalid & bit) == 0)
        *text = *(const numres_text *)(const void *)(fields + form->offset);
    else
        *text = record->raw[form->number];
    return (record->containers & bit) == 0;
}

/* Returns the member's typed value, or NULL if it has none that is right. */
static const void *right_value(const numres_arrow_form *form, const numres_record *record) {
    const char *fields = (const char *)&record->value;
    uint32_t right = record->present & ~record->null & ~record->invalid;
    bool is_right = form->type == NUMRES_ARROW_INDEX || numres_has(right, form->number);
    return is_right ? fields + form->offset : NULL;
}

bool numres_arrow_is_null(const numres_arrow_form *form, const numres_record *record) {
    numres_text text;
    if (record == NULL)
        return true;
    if (form->type != NUMRES_ARROW_TEXT && right_value(form, record) != NULL)
        return false;
    bool may_be_text = form->type == NUMRES_ARROW_TEXT || form->type == NUMRES_ARROW_STATUS;
    return !may_be_text || !text_of_value(form, record, &text);
}

static bool put_texts(numres_budget *budget, numres_arrow_column *column,
                      const numres_arrow_form *form, const numres_record *record, size_t row,
                      size_t end) {
    numres_text text = numres_text_empty;
    if (record != NULL && text_of_value(form, record, &text))
        set_bits(&column->validity, row, end);
    else
        text = numres_text_empty;
    return append_text(budget, column, text, row, end);
}

/* Sets *place to the place of an undocumented word in the dictionary, and adds the word if
   it is not found. */
static bool find_word(numres_budget *budget, numres_arrow_column *column, numres_text text,
                      int32_t *place) {
    const numres_arrow_column *words = column->dictionary;
    const int32_t *offsets = int32s_of(words);
    size_t at = column->word_count;
    size_t first = NUMRES_STATUS_COUNT - 1; /* the documented words cannot match */
    if (first + RECENT_WORDS < at)
        first = at - RECENT_WORDS;
    while (at-- > first) {
        numres_text word = {words->text.bytes + offsets[at],
                            (size_t)(offsets[at + 1] - offsets[at])};
        if (numres_text_is(word, text.bytes, text.length)) {
            *place = (int32_t)at;
            return true;
        }
    }
    *place = (int32_t)column->word_count;
    return add_status_word(budget, column, text);
}

static bool put_statuses(numres_budget *budget, numres_arrow_column *column,
                         const numres_arrow_form *form, const numres_record *record, size_t row,
                         size_t end) {
    int32_t *indices = int32s_of(column);
    int32_t place = 0;
    const numres_status_member *status = record != NULL ? right_value(form, record) : NULL;
    numres_text text;
    if (status != NULL) {
        place = (int32_t)status->value - 1;
        set_bits(&column->validity, row, end);
    } else if (record != NULL && text_of_value(form, record, &text)) {
        if (!find_word(budget, column, text, &place))
            return false;
        set_bits(&column->validity, row, end);
    }
    for (; row < end; row++)
        indices[row] = place;
    return true;
}

/* Digits after the microsecond are dropped, which rounds down: nanoseconds are never
   negative. */
static int64_t microseconds_of(const numres_timestamp *timestamp) {
    return timestamp->seconds * 1000000 + timestamp->nanoseconds / 1000;
}

static void put_words(numres_arrow_column *column, const numres_arrow_form *form, const void *value,
                      size_t row, size_t end) {
    uint64_t *values = (uint64_t *)(void *)column->values.bytes;
    uint64_t word = 0;
    if (value != NULL) {
        set_bits(&column->validity, row, end);
        word = form->type == NUMRES_ARROW_TIMESTAMP ? (uint64_t)microseconds_of(value)
                                                    : *(const uint64_t *)value;
    }
    for (; row < end; row++)
        values[row] = word;
}

static void put_booleans(numres_arrow_column *column, const bool *value, size_t row, size_t end) {
    if (value == NULL)
        return;
    set_bits(&column->validity, row, end);
    if (*value)
        set_bits(&column->values, row, end);
}

bool numres_arrow_column_put(numres_budget *budget, numres_arrow_column *column,
                             const numres_arrow_form *form, const numres_record *record, size_t row,
                             size_t end) {
    if (form->type == NUMRES_ARROW_TEXT)
        return put_texts(budget, column, form, record, row, end);
    if (form->type == NUMRES_ARROW_STATUS)
        return put_statuses(budget, column, form, record, row, end);
    const void *value = record != NULL ? right_value(form, record) : NULL;
    if (form->type == NUMRES_ARROW_BOOLEAN)
        put_booleans(column, value, row, end);
    else
        put_words(column, form, value, row, end);
    return true;
}

void numres_arrow_column_cut(numres_arrow_column *column, const numres_arrow_form *form,
                             size_t rows, size_t written) {
    clear_bits(&column->validity, rows, written + 1);
    if (form->type == NUMRES_ARROW_BOOLEAN)
        clear_bits(&column->values, rows, written + 1);
    else
        numres_arrow_buffer_pad(&column->values, values_size(form->type, rows));
    if (form->type == NUMRES_ARROW_TEXT) {
        column->text_used = (size_t)int32s_of(column)[rows];
        numres_arrow_buffer_pad(&column->text, column->text_used);
    }
}
