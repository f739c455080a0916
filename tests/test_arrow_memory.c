/* The memory of an Arrow stream: it survives each failing allocation, keeps its limit,
   and shares nothing with what it has given away. */
#include <criterion/criterion.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "arrow/stream.h"
#include "arrow_rows.h"
#include "limited_memory.h"

/* Enough for every buffer to grow: undocumented statuses, a reservation of several
   batches, and batches after those that were given away. */
static text_buffer page(void) {
    text_buffer page = {NULL, 0, 0};
    text_buffer_format(&page, "{\"data\":[{\"id\":\"a\",\"phone_numbers\":[{}");
    for (int at = 0; at < 1400; at++) {
        text_buffer_format(&page, ",{\"phone_number\":\"%d\",\"status\":\"number %d\"}", at, at);
    }
    text_buffer_format(&page, "],\"status\":\"odd\",\"customer_reference\":\"long %0100d\"}", 0);
    for (int at = 0; at < 1100; at++) {
        text_buffer_format(&page, ",{\"id\":\"%d\"}", at);
    }
    text_buffer_format(&page, "]}");
    return page;
}

typedef struct setting {
    limited_memory memory;
    numres_options parser;
    numres_arrow_options options;
} setting;

static void set_memory(setting *setting, size_t left, uint64_t max_bytes) {
    setting->memory = (limited_memory){.left = left};
    setting->parser = numres_options_default();
    setting->parser.max_value_length = 256;
    setting->parser.max_record_text = 1024;
    setting->parser.allocator = limited_allocator(&setting->memory);
    setting->options = numres_arrow_options_default();
    setting->options.parser = &setting->parser;
    setting->options.max_bytes = max_bytes;
    setting->options.batch_rows = 500;
    setting->options.timestamp_texts = true;
}

/* Reads the page with this setting. The rows must be the first of the expected ones. */
static numres_code read_with(setting *setting, const text_buffer *document,
                             const text_buffer *expected) {
    struct ArrowArrayStream stream;
    arrow_bytes bytes = arrow_bytes_of(document->bytes, document->length, SIZE_MAX);
    numres_arrow_source source = arrow_source_of(&bytes);
    numres_code code = numres_arrow_stream_create(&stream, &source, &setting->options);
    if (code != NUMRES_OK) {
        cr_expect_null(stream.release);
        cr_expect_eq(bytes.released, 0);
        return code;
    }
    arrow_result result = arrow_read(&stream);
    cr_expect_null(result.broken, "%s", result.broken);
    cr_expect(result.rows.length <= expected->length &&
              (result.rows.length == 0 ||
               memcmp(result.rows.bytes, expected->bytes, result.rows.length) == 0));
    code = result.error.code;
    if (code == NUMRES_OK && result.status == ENOMEM) { /* only get_schema failed */
        cr_expect_eq(strncmp(result.message, "no-memory at byte 0: ", 21), 0);
        code = NUMRES_NO_MEMORY;
    } else {
        cr_expect_eq(result.status, code == NUMRES_OK ? 0 : ENOMEM);
        cr_expect_eq(code != NUMRES_OK, result.error.offset > 0);
        cr_expect(code == NUMRES_OK || strncmp(result.error.path, "data[", 5) == 0);
        cr_expect(code != NUMRES_OK || result.rows.length == expected->length);
    }
    arrow_result_free(&result);
    return code;
}

static text_buffer expected_rows(const text_buffer *document) {
    setting usual;
    text_buffer expected = {NULL, 0, 0};
    set_memory(&usual, SIZE_MAX, 0);
    arrow_expected_rows(&expected, document->bytes, document->length, &usual.parser, true);
    return expected;
}

Test(arrow_memory, survives_each_failing_allocation) {
    text_buffer document = page();
    text_buffer expected = expected_rows(&document);
    numres_code code = NUMRES_NO_MEMORY;
    size_t allocations = 0;
    for (; code != NUMRES_OK; allocations++) {
        setting setting;
        set_memory(&setting, allocations, 0);
        code = read_with(&setting, &document, &expected);
        cr_assert(code == NUMRES_OK || code == NUMRES_NO_MEMORY);
        cr_assert_eq(setting.memory.open, 0, "%zu pieces", setting.memory.open);
    }
    cr_expect_gt(allocations, 200);
    text_buffer_free(&expected);
    text_buffer_free(&document);
}

/* A single failing allocation is not overlooked if later ones succeed. The stream has
   only documented statuses, whose dictionary is made at once. */
Test(arrow_memory, one_failing_allocation_ends_the_stream) {
    text_buffer document = {NULL, 0, 0};
    text_buffer_format(&document, "{\"data\":[{\"id\":\"a\",\"status\":\"failure\","
                                  "\"phone_numbers\":[{\"id\":\"b\",\"status\":\"pending\"}]}]}");
    text_buffer expected = expected_rows(&document);
    size_t failed = 1;
    for (size_t allocations = 0; failed > 0; allocations++) {
        setting setting;
        set_memory(&setting, allocations, 0);
        setting.memory.fails_once = true;
        numres_code code = read_with(&setting, &document, &expected);
        failed = setting.memory.failed;
        cr_expect_eq(code, failed > 0 ? NUMRES_NO_MEMORY : NUMRES_OK, "allocation %zu",
                     allocations);
        cr_assert_eq(setting.memory.open, 0);
    }
    text_buffer_free(&expected);
    text_buffer_free(&document);
}

/* At every limit, memory stays within it and the rows that come are right. */
Test(arrow_memory, keeps_its_limit) {
    text_buffer document = page();
    text_buffer expected = expected_rows(&document);
    numres_code code = NUMRES_STREAM_FULL;
    size_t full = 0;
    for (uint64_t limit = 1; code != NUMRES_OK; limit += 1001 + limit / 32) {
        setting setting;
        set_memory(&setting, SIZE_MAX, limit);
        code = read_with(&setting, &document, &expected);
        cr_assert(code == NUMRES_OK || code == NUMRES_STREAM_FULL);
        cr_assert_eq(setting.memory.open, 0);
        full += code != NUMRES_OK;
    }
    cr_expect_gt(full, 40);
    text_buffer_free(&expected);
    text_buffer_free(&document);
}

/* The smallest limit, as numres/arrow.h states it. */
Test(arrow_memory, the_smallest_limit) {
    setting setting;
    struct ArrowArrayStream stream;
    arrow_bytes bytes = arrow_bytes_of("", 0, 1);
    numres_arrow_source source = arrow_source_of(&bytes);
    set_memory(&setting, SIZE_MAX, 0);
    setting.options.max_bytes = numres_parser_size(&setting.parser) + 65536;
    cr_expect_eq(numres_arrow_stream_create(&stream, &source, &setting.options),
                 NUMRES_STREAM_FULL);
    setting.options.max_bytes = numres_parser_size(&setting.parser) + 81920;
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, &setting.options), NUMRES_OK);
    stream.release(&stream);
}

/* The stream's count is what it holds once everything given away is released. */
Test(arrow_memory, is_counted) {
    struct ArrowArrayStream stream;
    struct ArrowArray array;
    setting setting;
    text_buffer document = page();
    arrow_bytes bytes = arrow_bytes_of(document.bytes, document.length, SIZE_MAX);
    numres_arrow_source source = arrow_source_of(&bytes);
    set_memory(&setting, SIZE_MAX, 0);
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, &setting.options), NUMRES_OK);
    const numres_arrow_stream *held = stream.private_data;
    for (int batch = 0; batch < 6; batch++) { /* all batches */
        cr_assert_eq(stream.get_next(&stream, &array), 0);
        cr_assert_not_null(array.release);
        array.release(&array);
        cr_assert_eq(held->budget.held, setting.memory.bytes);
    }
    /* Buffers double, so not every row allocates. */
    cr_expect_lt(SIZE_MAX - setting.memory.left, 900, "%zu", SIZE_MAX - setting.memory.left);
    stream.release(&stream);
    text_buffer_free(&document);
}

/* Batches that the caller keeps do not count: a limit for two of them is enough to read a
   stream of many. */
Test(arrow_memory, batches_given_away_do_not_count) {
    enum { BATCHES = 40 };
    text_buffer document = {NULL, 0, 0};
    struct ArrowArrayStream stream;
    struct ArrowArray arrays[BATCHES];
    setting setting;
    text_buffer_format(&document, "{\"data\":[{}");
    for (int at = 1; at < BATCHES * 10; at++) {
        text_buffer_format(&document, ",{\"id\":\"%0200d\"}", at);
    }
    text_buffer_format(&document, "]}");
    arrow_bytes bytes = arrow_bytes_of(document.bytes, document.length, SIZE_MAX);
    numres_arrow_source source = arrow_source_of(&bytes);
    set_memory(&setting, SIZE_MAX, 0);
    setting.options.batch_rows = 10;
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, &setting.options), NUMRES_OK);
    uint64_t created = setting.memory.bytes;
    cr_assert_eq(stream.get_next(&stream, &arrays[0]), 0);
    uint64_t batch = setting.memory.bytes - created;
    stream.release(&stream);
    arrays[0].release(&arrays[0]);
    cr_assert_eq(setting.memory.open, 0);

    bytes.at = 0;
    setting.options.max_bytes = created + 2 * batch;
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, &setting.options), NUMRES_OK);
    for (int at = 0; at < BATCHES; at++) {
        cr_assert_eq(stream.get_next(&stream, &arrays[at]), 0, "%d", at);
    }
    cr_expect_gt(setting.memory.bytes, BATCHES * batch);
    stream.release(&stream);
    for (int at = 0; at < BATCHES; at++) {
        arrays[at].release(&arrays[at]);
    }
    cr_expect_eq(setting.memory.open, 0);
    text_buffer_free(&document);
}

/* A page whose first batch has long texts in every row, followed by `rest`. */
static text_buffer page_of_long_texts(const char *rest) {
    text_buffer page = {NULL, 0, 0};
    text_buffer_format(&page, "{\"data\":[{\"id\":\"%0250d\",\"errors\":\"%0250d\",", 1, 2);
    text_buffer_format(&page, "\"customer_reference\":\"%0250d\",\"phone_numbers\":[{}", 3);
    for (int at = 1; at < 500; at++) {
        text_buffer_format(&page, ",{}");
    }
    text_buffer_format(&page, "]}%s]}", rest);
    return page;
}

static numres_code read_within(const text_buffer *document, uint64_t limit) {
    setting setting;
    text_buffer expected = expected_rows(document);
    set_memory(&setting, SIZE_MAX, limit);
    numres_code code = read_with(&setting, document, &expected);
    text_buffer_free(&expected);
    return code;
}

/* A limit that is enough for a batch is enough for a smaller one after it, which needs no
   room for such long texts. */
Test(arrow_memory, a_small_batch_after_a_large_one) {
    text_buffer one = page_of_long_texts("");
    text_buffer two = page_of_long_texts(",{\"id\":\"a\"}");
    uint64_t full = 1;
    uint64_t enough = UINT64_C(1) << 24;
    while (enough - full > 1) {
        uint64_t middle = full + (enough - full) / 2;
        *(read_within(&one, middle) == NUMRES_OK ? &enough : &full) = middle;
    }
    cr_expect_gt(enough, 3 * 500 * 250); /* the texts are most of it */
    cr_expect_eq(read_within(&two, enough), NUMRES_OK, "%llu", (unsigned long long)enough);
    text_buffer_free(&one);
    text_buffer_free(&two);
}

/* An allocator for at most 128 KiB at a time. */
static void *allocate_small(size_t size, void *context) {
    numres_allocator allocator = limited_allocator(context);
    return size <= 131072 ? allocator.allocate(size, context) : NULL;
}

/* If there is no room for texts as long as before, there is for shorter ones. */
Test(arrow_memory, a_small_batch_needs_no_large_piece) {
    text_buffer document = page_of_long_texts(",{\"id\":\"a\"}");
    text_buffer expected = expected_rows(&document);
    setting setting;
    set_memory(&setting, SIZE_MAX, 0);
    setting.parser.allocator.allocate = allocate_small;
    cr_expect_eq(read_with(&setting, &document, &expected), NUMRES_OK);
    cr_expect_eq(setting.memory.open, 0);
    text_buffer_free(&expected);
    text_buffer_free(&document);
}

/* Nor does such a batch turn another error into one of memory. */
Test(arrow_memory, a_small_batch_ends_with_its_own_error) {
    struct ArrowArrayStream stream;
    text_buffer document = page_of_long_texts(",{\"id\":\"a\"},?");
    arrow_bytes bytes = arrow_bytes_of(document.bytes, document.length, SIZE_MAX);
    numres_arrow_source source = arrow_source_of(&bytes);
    setting setting;
    set_memory(&setting, SIZE_MAX, 0);
    setting.parser.allocator.allocate = allocate_small;
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, &setting.options), NUMRES_OK);
    arrow_result result = arrow_read(&stream);
    cr_expect_eq(result.row_count, 501);
    cr_expect_eq(result.error.code, NUMRES_SYNTAX, "%s", result.message);
    arrow_result_free(&result);
    text_buffer_free(&document);
}

/* ---- how much ---- */

static void add_numbers(text_buffer *document, int count, const char *number) {
    text_buffer_format(document, "{\"phone_numbers\":[");
    for (int at = 0; at < count; at++) {
        text_buffer_format(document, "%s%s", at > 0 ? "," : "", number);
    }
    text_buffer_format(document, "]}");
}

/* Peak memory of reading a document, with each batch released at once. */
static uint64_t peak_of(const text_buffer *document, size_t batch_rows, size_t expected_rows) {
    setting setting;
    struct ArrowArrayStream stream;
    struct ArrowArray array;
    size_t rows = 0;
    arrow_bytes bytes = arrow_bytes_of(document->bytes, document->length, SIZE_MAX);
    numres_arrow_source source = arrow_source_of(&bytes);
    set_memory(&setting, SIZE_MAX, 0);
    setting.parser.max_value_length = 16384;
    setting.parser.max_record_text = 65536;
    setting.options.batch_rows = batch_rows;
    setting.options.timestamp_texts = false;
    cr_assert_eq(numres_arrow_stream_create(&stream, &source, &setting.options), NUMRES_OK);
    while (stream.get_next(&stream, &array) == 0 && array.release != NULL) {
        rows += (size_t)array.length;
        array.release(&array);
    }
    stream.release(&stream);
    cr_expect_eq(rows, expected_rows);
    cr_expect_eq(setting.memory.open, 0);
    return setting.memory.peak;
}

/* The batches of a long reservation do not each reserve as much text as the one before. */
Test(arrow_memory, is_bounded_after_long_texts) {
    text_buffer document = {NULL, 0, 0}, number = {NULL, 0, 0};
    text_buffer_format(&number, "{\"errors\":\"%01000d\"}", 0);
    text_buffer_format(&document, "{\"data\":[");
    add_numbers(&document, 1000, number.bytes);
    text_buffer_format(&document, ",");
    add_numbers(&document, 50000, "{}");
    text_buffer_format(&document, "]}");
    uint64_t peak = peak_of(&document, 1000, 51000);
    cr_expect_lt(peak, 4 * (uint64_t)document.length, "%llu", (unsigned long long)peak);
    text_buffer_free(&number);
    text_buffer_free(&document);
}

/* Nor do batches of one row take much more than one large batch. */
Test(arrow_memory, is_bounded_with_small_batches) {
    enum { NUMBERS = 5000 };
    text_buffer document = {NULL, 0, 0};
    text_buffer_format(&document, "{\"data\":[");
    add_numbers(&document, NUMBERS, "{}");
    text_buffer_format(&document, "]}");
    uint64_t in_one = peak_of(&document, NUMRES_LARGEST_BATCH_ROWS, NUMBERS);
    uint64_t peak = peak_of(&document, 1, NUMBERS);
    cr_expect_lt(peak - in_one, NUMBERS * UINT64_C(1024), "%llu", (unsigned long long)peak);
    text_buffer_free(&document);
}
