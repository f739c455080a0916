/*
 * The Arrow stream gives a row for everything that the parser delivers, in batches of any
 * size, however the document is cut. Every buffer is read to its end and follows Arrow's
 * specification. If an allocation fails, the limit is reached or problems leave records
 * out, the batches still follow it, and all memory is freed.
 */
#include <string.h>

#include "arrow_rows.h"
#include "check.h"
#include "input.h"
#include "limited_memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The document, in chunks of the settings' sizes. */
typedef struct cut_document {
    const fuzz_input *input;
    size_t at;
    size_t number; /* of the next chunk */
} cut_document;

static int64_t read_chunk(void *buffer, size_t size, void *context) {
    cut_document *document = context;
    size_t left = document->input->length - document->at;
    size_t chunk = fuzz_input_chunk(document->input, document->number++);
    chunk = chunk > 0 ? chunk : 1; /* 0 would mean the end */
    chunk = chunk < size ? chunk : size;
    size_t now = left < chunk ? left : chunk;
    memcpy(buffer, document->input->document + document->at, now);
    document->at += now;
    return (int64_t)now;
}

static numres_answer pass_api_error(numres_parser *parser, const numres_api_error *api_error,
                                    void *user) {
    (void)parser, (void)api_error, (void)user;
    return NUMRES_GO_ON;
}

/* Leaves out at some problems, chosen by the settings. */
static numres_answer leave_some_out(numres_parser *parser, const numres_problem *problem,
                                    void *user) {
    cut_document *document = user;
    (void)parser;
    bool leaves = document->input->settings[INPUT_LEAVE_OUT] >> problem->offset % 8 & 1;
    return leaves ? NUMRES_LEAVE_OUT : NUMRES_GO_ON;
}

/* How a document is read. */
typedef struct way {
    size_t allocations;
    uint64_t max_bytes;
    bool leaves_out;
} way;

static arrow_result read_document(const fuzz_input *input, way way, limited_memory *memory) {
    struct ArrowArrayStream stream;
    arrow_result result = {.error = numres_error_default()};
    cut_document document = {input, 0, 0};
    numres_arrow_source source = {read_chunk, NULL, &document};
    numres_options parser = fuzz_input_options(input);
    numres_handlers handlers = numres_handlers_default();
    numres_arrow_options options = numres_arrow_options_default();
    memory->left = way.allocations;
    parser.allocator = limited_allocator(memory);
    handlers.on_api_error = pass_api_error;
    handlers.on_problem = way.leaves_out ? leave_some_out : NULL;
    options.parser = &parser;
    options.handlers = &handlers;
    options.user = &document;
    options.batch_rows = 1U + input->settings[INPUT_STOP] % 16;
    options.max_bytes = way.max_bytes;
    options.timestamp_texts = input->settings[INPUT_ALIGNMENT] % 2 != 0;
    numres_code code = numres_arrow_stream_create(&stream, &source, &options);
    if (code == NUMRES_OK) {
        result = arrow_read(&stream);
    } else {
        result.error.code = code;
    }
    FUZZ_EXPECT(result.broken == NULL, "%s", result.broken);
    FUZZ_EXPECT(memory->open == 0, "%zu pieces are not given back", memory->open);
    FUZZ_EXPECT(way.max_bytes == 0 || code == NUMRES_OK || memory->peak <= way.max_bytes,
                "over the limit");
    return result;
}

/* With little memory, or with records left out, no rule may be broken either. */
static void read_another_way(const fuzz_input *input, way way) {
    limited_memory memory = {.left = 0};
    arrow_result result = read_document(input, way, &memory);
    arrow_result_free(&result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = fuzz_input_of(data, size);
    numres_options options = fuzz_input_options(&input);
    numres_error error = numres_error_default();
    text_buffer expected = {NULL, 0, 0};
    limited_memory memory = {.left = 0};
    numres_parse(input.document, input.length, &options, NULL, NULL, &error);
    arrow_expected_rows(&expected, input.document, input.length, &options,
                        input.settings[INPUT_ALIGNMENT] % 2 != 0);
    arrow_result result = read_document(&input, (way){SIZE_MAX, 0, false}, &memory);
    size_t used = SIZE_MAX - memory.left;
    FUZZ_EXPECT(result.error.code == error.code && result.error.offset == error.offset &&
                    strcmp(result.error.path, error.path) == 0,
                "another error: %s", result.message);
    FUZZ_EXPECT(arrow_rows_equal(&expected, &result.rows), "other rows: expected\n%sbut was\n%s",
                expected.bytes, result.rows.bytes);
    fuzz_count_input(result.row_count > 0);
    arrow_result_free(&result);
    text_buffer_free(&expected);
    /* One allocation less than needed, and a failure that the input chooses. */
    read_another_way(&input, (way){used - 1, 0, false});
    read_another_way(&input, (way){input.settings[INPUT_PAUSES] % used, 0, false});
    read_another_way(&input,
                     (way){SIZE_MAX, memory.peak - 1 - input.settings[INPUT_MISSING], false});
    read_another_way(&input, (way){SIZE_MAX, 0, true});
    return 0;
}
