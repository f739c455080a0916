/*
 * Parse, write, parse: the writer's output is legal JSON, and for a document without
 * problems it gives the same records. Every row of CSV and TSV has as many fields as the
 * header.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "check.h"
#include "input.h"
#include "text_buffer.h"
#include "trace_members.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The records of one reading as text, and what is needed to write them. */
typedef struct kept {
    text_buffer lines;
    numres_writer *writer;         /* NULL: read only */
    numres_phone_number **numbers; /* copies */
    size_t count;
    uint64_t problems;
    uint64_t reservations;
} kept;

static void *copy_memory(size_t size) {
    void *memory = malloc(size);
    FUZZ_EXPECT(memory && size > 0, "a copy of %zu bytes", size);
    return memory;
}

static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *record,
                                     void *user) {
    kept *kept = user;
    (void)parser;
    size_t size = numres_phone_number_copy(record, NULL, 0);
    numres_phone_number *copy = copy_memory(size);
    FUZZ_EXPECT(numres_phone_number_copy(record, copy, size) == size, "%zu bytes", size);
    kept->numbers = realloc(kept->numbers, (kept->count + 1) * sizeof(*kept->numbers));
    FUZZ_EXPECT(kept->numbers, "no memory");
    kept->numbers[kept->count++] = copy;
    text_buffer_format(&kept->lines, "number[%" PRIu64 "]", copy->index);
    trace_phone_number_members(&kept->lines, copy);
    text_buffer_format(&kept->lines, "\n");
    return NUMRES_GO_ON;
}

static void write_numbers(kept *kept) {
    for (size_t place = 0; place < kept->count; place++) {
        if (kept->writer) {
            numres_code code = numres_writer_phone_number(kept->writer, kept->numbers[place]);
            FUZZ_EXPECT(code == NUMRES_OK, "a number: %s", numres_code_name(code));
        }
        free(kept->numbers[place]);
    }
    kept->count = 0;
}

static numres_answer on_reservation(numres_parser *parser, const numres_reservation *record,
                                    void *user) {
    kept *kept = user;
    (void)parser;
    size_t size = numres_reservation_copy(record, NULL, 0);
    numres_reservation *copy = copy_memory(size);
    FUZZ_EXPECT(numres_reservation_copy(record, copy, size) == size, "%zu bytes", size);
    text_buffer_format(&kept->lines, "reservation");
    trace_reservation_members(&kept->lines, copy);
    text_buffer_format(&kept->lines, "\n");
    numres_code code =
        kept->writer ? numres_writer_begin_reservation(kept->writer, copy) : NUMRES_OK;
    FUZZ_EXPECT(code == NUMRES_OK, "a reservation: %s", numres_code_name(code));
    write_numbers(kept);
    code = kept->writer ? numres_writer_end_reservation(kept->writer) : NUMRES_OK;
    FUZZ_EXPECT(code == NUMRES_OK, "its end: %s", numres_code_name(code));
    free(copy);
    kept->reservations++;
    return NUMRES_GO_ON;
}

static numres_answer on_problem(numres_parser *parser, const numres_problem *problem, void *user) {
    (void)parser;
    (void)problem;
    ((kept *)user)->problems++;
    return NUMRES_GO_ON;
}

/* Reads everything. Drops the numbers of a reservation that an error cuts off. */
static numres_code read_document(kept *kept, const char *bytes, size_t length,
                                 const numres_options *options) {
    numres_handlers handlers = numres_handlers_default();
    handlers.on_phone_number = on_phone_number;
    handlers.on_reservation = on_reservation;
    handlers.on_problem = on_problem;
    numres_code code = numres_parse(bytes, length, options, &handlers, kept, NULL);
    numres_writer *writer = kept->writer;
    kept->writer = NULL;
    write_numbers(kept);
    kept->writer = writer;
    return code;
}

static size_t add_to_buffer(const void *bytes, size_t length, void *buffer) {
    FUZZ_EXPECT(length > 0, "an empty write");
    text_buffer_add(buffer, bytes, length);
    return length;
}

/* Writes the document in this format. It may be broken, or hold several documents. */
static numres_code write_document(kept *kept, const fuzz_input *input, numres_format format,
                                  text_buffer *written) {
    numres_options options = numres_options_default();
    options.several_documents = (input->settings[INPUT_FLAGS] & INPUT_FLAG_SEVERAL) != 0;
    if ((input->settings[INPUT_FLAGS] & INPUT_FLAG_BARE) != 0) {
        options.root = NUMRES_ROOT_RESERVATION;
    }
    numres_writer_options writer_options = numres_writer_options_default();
    writer_options.format = format;
    size_t size = numres_writer_size();
    char *memory = copy_memory(size);
    numres_code code = numres_writer_create_in(&kept->writer, memory, size, &writer_options,
                                               add_to_buffer, written);
    FUZZ_EXPECT(code == NUMRES_OK, "the writer: %s", numres_code_name(code));
    numres_code read = read_document(kept, input->document, input->length, &options);
    code = numres_writer_finish(kept->writer);
    FUZZ_EXPECT(code == NUMRES_OK, "its end: %s", numres_code_name(code));
    free(memory);
    return read;
}

static bool is_lines(numres_format format) {
    return format == NUMRES_FORMAT_NDJSON;
}

static void check_json(const kept *first, numres_code code, numres_format format,
                       const text_buffer *written) {
    kept second = {0};
    numres_options options = numres_options_default();
    options.several_documents = is_lines(format);
    options.root = is_lines(format) ? NUMRES_ROOT_RESERVATION : NUMRES_ROOT_ENVELOPE;
    numres_code again = read_document(&second, written->bytes, written->length, &options);
    bool is_empty = is_lines(format) && first->reservations == 0;
    FUZZ_EXPECT(again == (is_empty ? NUMRES_EMPTY_INPUT : NUMRES_OK), "format %d: %s", (int)format,
                numres_code_name(again));
    FUZZ_EXPECT(second.reservations == first->reservations, "%" PRIu64 " of %" PRIu64,
                second.reservations, first->reservations);
    if (first->problems == 0 && code == NUMRES_OK) {
        FUZZ_EXPECT(second.problems == 0, "format %d: %" PRIu64 " problems", (int)format,
                    second.problems);
        FUZZ_EXPECT(text_buffer_equal(&first->lines, &second.lines),
                    "format %d:\nexpected %s\nbut was  %s", (int)format,
                    first->lines.bytes ? first->lines.bytes : "",
                    second.lines.bytes ? second.lines.bytes : "");
    }
    text_buffer_free(&second.lines);
    free(second.numbers);
}

/* RFC 4180: fields may be quoted, and rows end in CR LF. In TSV a quote is an ordinary
   byte, and a field holds no tab or line end. */
static void check_rows(const text_buffer *written, bool is_tsv) {
    size_t expected = 0;
    size_t fields = 1;
    bool quoted = false;
    for (size_t at = 0; at < written->length; at++) {
        char byte = written->bytes[at];
        FUZZ_EXPECT(!is_tsv || byte != '\r', "CR in TSV");
        if (byte == '"' && !is_tsv) {
            quoted = !quoted;
        } else if (!quoted && byte == (is_tsv ? '\t' : ',')) {
            fields++;
        } else if (!quoted && byte == '\n') {
            FUZZ_EXPECT(expected == 0 || fields == expected, "%zu fields, not %zu", fields,
                        expected);
            expected = fields;
            fields = 1;
        }
    }
    FUZZ_EXPECT(!quoted && expected > 1 && fields == 1, "rows that do not end");
}

static bool check_format(const fuzz_input *input, numres_format format) {
    kept first = {0};
    text_buffer written = {NULL, 0, 0};
    numres_code code = write_document(&first, input, format, &written);
    FUZZ_EXPECT(fuzz_is_utf8(written.bytes, written.length), "format %d is not UTF-8", (int)format);
    if (format == NUMRES_FORMAT_CSV || format == NUMRES_FORMAT_TSV) {
        check_rows(&written, format == NUMRES_FORMAT_TSV);
    } else {
        check_json(&first, code, format, &written);
    }
    text_buffer_free(&first.lines);
    text_buffer_free(&written);
    free(first.numbers);
    return first.reservations > 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = fuzz_input_of(data, size);
    bool reached = false;
    for (int format = NUMRES_FORMAT_JSON; format <= NUMRES_FORMAT_TSV; format++) {
        reached = check_format(&input, (numres_format)format);
    }
    fuzz_count_input(reached);
    return 0;
}
