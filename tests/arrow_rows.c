#include "arrow_rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "arrow_checker.h"

/* ---- the source ---- */

static int64_t read_bytes_of(void *buffer, size_t size, void *context) {
    arrow_bytes *bytes = context;
    size_t left = bytes->length - bytes->at;
    if (bytes->at >= bytes->fails_at) {
        return -1;
    }
    if (left > bytes->chunk) {
        left = bytes->chunk;
    }
    if (left > size) {
        left = size;
    }
    if (left > 0) {
        memcpy(buffer, bytes->bytes + bytes->at, left);
    }
    bytes->at += left;
    return (int64_t)left;
}

static void release_bytes(void *context) {
    ((arrow_bytes *)context)->released++;
}

arrow_bytes arrow_bytes_of(const char *bytes, size_t length, size_t chunk) {
    return (arrow_bytes){bytes, length, 0, chunk, SIZE_MAX, 0};
}

numres_arrow_source arrow_source_of(arrow_bytes *bytes) {
    return (numres_arrow_source){read_bytes_of, release_bytes, bytes};
}

/* ---- the rows of a batch ---- */

static void add_cell(text_buffer *rows, numres_text text) {
    text_buffer_quote(rows, text.bytes, text.length);
    text_buffer_format(rows, "\n");
}

static void add_null(text_buffer *rows) {
    text_buffer_format(rows, "-\n");
}

static void add_value(text_buffer *rows, const struct ArrowSchema *schema,
                      const struct ArrowArray *array, int64_t row) {
    const void *values = array->buffers[1];
    int64_t at = array->offset + row;
    if (!arrow_is_valid(array, row)) {
        add_null(rows);
    } else if (strcmp(schema->format, "u") == 0) {
        add_cell(rows, arrow_text(array, row));
    } else if (strcmp(schema->format, "i") == 0) {
        add_cell(rows, arrow_text(array->dictionary, ((const int32_t *)values)[at]));
    } else if (strcmp(schema->format, "b") == 0) {
        text_buffer_format(
            rows, "%s\n", ((const unsigned char *)values)[at / 8] >> at % 8 & 1 ? "true" : "false");
    } else {
        text_buffer_format(rows, "%" PRId64 "\n", ((const int64_t *)values)[at]);
    }
}

void arrow_add_rows(text_buffer *rows, const struct ArrowSchema *schema,
                    const struct ArrowArray *array) {
    for (int64_t row = 0; row < array->length; row++) {
        text_buffer_format(rows, "row\n");
        for (int64_t at = 0; at < array->n_children; at++) {
            add_value(rows, schema->children[at], array->children[at], row);
        }
    }
}

/* ---- a whole stream ---- */

static void take_batch(arrow_result *result, const struct ArrowSchema *schema,
                       struct ArrowArray *array) {
    const char *broken = arrow_check_array(schema, array);
    result->broken = result->broken != NULL ? result->broken : broken;
    if (broken == NULL) {
        arrow_add_rows(&result->rows, schema, array);
    }
    if (result->batch_count < sizeof result->batch_rows / sizeof *result->batch_rows) {
        result->batch_rows[result->batch_count] = array->length;
    }
    result->batch_count++;
    result->row_count += (size_t)array->length;
    array->release(array);
}

static void take_message(arrow_result *result, struct ArrowArrayStream *stream) {
    const char *message = stream->get_last_error(stream);
    if ((message != NULL) != (result->status != 0)) {
        result->broken = "a message without an error, or the other way round";
    }
    if (message != NULL) {
        strncpy(result->message, message, sizeof result->message - 1);
    }
}

arrow_result arrow_read(struct ArrowArrayStream *stream) {
    arrow_result result = {.broken = NULL};
    struct ArrowSchema schema;
    struct ArrowArray array = {.release = NULL};
    result.error = numres_error_default();
    result.status = stream->get_schema(stream, &schema);
    if (result.status == 0) {
        result.broken = arrow_check_schema(&schema);
        while ((result.status = stream->get_next(stream, &array)) == 0 && array.release != NULL) {
            take_batch(&result, &schema, &array);
        }
        schema.release(&schema);
    }
    take_message(&result, stream);
    result.error = *numres_arrow_stream_error(stream);
    stream->release(stream);
    return result;
}

void arrow_result_free(arrow_result *result) {
    text_buffer_free(&result->rows);
}

/* ---- what is expected ---- */

/* A member of a record, or no member. */
typedef struct cell {
    numres_member_state state;
    numres_text raw;
    bool is_right; /* the typed value is valid */
    int64_t value; /* microseconds, or a boolean */
} cell;

/* A rejected value shows as its raw text. A container has none, so its null cannot be told
   from an empty text: "?" matches both. */
static void expect_TEXT(text_buffer *rows, cell cell) {
    if (cell.state < NUMRES_MEMBER_INVALID) {
        add_null(rows);
    } else if (cell.state == NUMRES_MEMBER_INVALID && cell.raw.length == 0) {
        text_buffer_format(rows, "?\n");
    } else {
        add_cell(rows, cell.raw);
    }
}

static void expect_STATUS(text_buffer *rows, cell cell) {
    expect_TEXT(rows, cell);
}

static void expect_E164(text_buffer *rows, cell cell) {
    expect_TEXT(rows, cell);
}

static void expect_RECORD_TYPE(text_buffer *rows, cell cell) {
    (void)rows, (void)cell;
}

static void expect_TIMESTAMP(text_buffer *rows, cell cell) {
    if (cell.is_right) {
        text_buffer_format(rows, "%" PRId64 "\n", cell.value);
    } else {
        add_null(rows);
    }
}

static void expect_BOOLEAN(text_buffer *rows, cell cell) {
    if (cell.is_right) {
        text_buffer_format(rows, "%s\n", cell.value != 0 ? "true" : "false");
    } else {
        add_null(rows);
    }
}

static cell cell_of_reservation(const numres_reservation *reservation, unsigned int member) {
    int64_t seconds = 0;
    uint32_t nanoseconds = 0;
    cell cell = {numres_reservation_state(reservation, member),
                 numres_reservation_raw(reservation, member), false, 0};
    cell.is_right = numres_reservation_instant(reservation, member, &seconds, &nanoseconds);
    cell.value = seconds * 1000000 + nanoseconds / 1000;
    return cell;
}

static cell cell_of_number(const numres_phone_number *number, unsigned int member) {
    int64_t seconds = 0;
    uint32_t nanoseconds = 0;
    bool boolean = false;
    cell cell = {numres_phone_number_state(number, member), numres_phone_number_raw(number, member),
                 false, 0};
    cell.is_right = numres_phone_number_instant(number, member, &seconds, &nanoseconds);
    cell.value = seconds * 1000000 + nanoseconds / 1000;
    if (numres_phone_number_boolean(number, member, &boolean)) {
        cell.is_right = true;
        cell.value = boolean;
    }
    return cell;
}

#define RESERVATION_CELL(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                            \
    expect_##TYPE(rows, cell_of_reservation(reservation, NUMBER));
#define NUMBER_CELL(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                                 \
    expect_##TYPE(rows, cell_of_number(number, NUMBER));
#define RESERVATION_TEXT(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                            \
    if (strcmp(#TYPE, "TIMESTAMP") == 0) {                                                         \
        expect_TEXT(rows, cell_of_reservation(reservation, NUMBER));                               \
    }
#define NUMBER_TEXT(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                                 \
    if (strcmp(#TYPE, "TIMESTAMP") == 0) {                                                         \
        expect_TEXT(rows, cell_of_number(number, NUMBER));                                         \
    }
#define NO_CELL(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED)

/* `number` is NULL in the row of a reservation without numbers. */
static void expect_row(text_buffer *rows, const numres_reservation *reservation,
                       const numres_phone_number *number, bool timestamp_texts) {
    text_buffer_format(rows, "row\n");
    NUMRES_RESERVATION_MEMBERS(RESERVATION_CELL, NO_CELL)
    NUMRES_PHONE_NUMBER_MEMBERS(NUMBER_CELL, NO_CELL)
    text_buffer_format(rows, "%" PRIu64 "\n", reservation->index);
    if (number != NULL) {
        text_buffer_format(rows, "%" PRIu64 "\n", number->index);
    } else {
        add_null(rows);
    }
    if (timestamp_texts) {
        NUMRES_RESERVATION_MEMBERS(RESERVATION_TEXT, NO_CELL)
        NUMRES_PHONE_NUMBER_MEMBERS(NUMBER_TEXT, NO_CELL)
    }
}

void arrow_expected_rows(text_buffer *rows, const char *bytes, size_t length,
                         const numres_options *options, bool timestamp_texts) {
    numres_collection *records = NULL;
    if (numres_collection_create(&records, options, 0) != NUMRES_OK) {
        return;
    }
    numres_collection_read(records, bytes, length);
    for (size_t at = 0; at < numres_collection_reservations(records); at++) {
        const numres_reservation *reservation = numres_collection_reservation(records, at);
        size_t count = numres_collection_phone_numbers(records, at);
        for (size_t place = 0; place < count; place++) {
            expect_row(rows, reservation, numres_collection_phone_number(records, at, place),
                       timestamp_texts);
        }
        if (count == 0) {
            expect_row(rows, reservation, NULL, timestamp_texts);
        }
    }
    numres_collection_destroy(records);
}

static size_t line_length(const text_buffer *text, size_t at) {
    const char *end = memchr(text->bytes + at, '\n', text->length - at);
    return (size_t)(end - (text->bytes + at)) + 1;
}

bool arrow_rows_equal(const text_buffer *expected, const text_buffer *rows) {
    size_t at = 0;
    size_t place = 0;
    while (at < expected->length && place < rows->length) {
        size_t length = line_length(expected, at);
        size_t other = line_length(rows, place);
        const char *line = expected->bytes + at;
        const char *given = rows->bytes + place;
        bool is_either =
            line[0] == '?' && (memcmp(given, "-\n", 2) == 0 || memcmp(given, "\"\"\n", 3) == 0);
        if (!is_either && (length != other || memcmp(line, given, length) != 0)) {
            return false;
        }
        at += length;
        place += other;
    }
    return at == expected->length && place == rows->length;
}
