/* The writer's life: memory, the order of calls, failing write functions. */
#include "write/writer.h"

#include "records.h"
#include "writing.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define FORMATS 5

/* Two reservations, one with two numbers and one with none, and all kinds of text. */
static const char document[] =
    "{'data':[{'id':'one','status':'pending','customer_reference':'=\\\"a\\\\b\\n\\u202e',"
    "'phone_numbers':[{'id':'1','phone_number':'+15550100','errors':null},{'status':'odd'}]},"
    "{'id':'two'}]}";

/* ---- creation ---- */

static size_t take_nothing(const void *bytes, size_t length, void *context) {
    (void)bytes;
    (void)length;
    (void)context;
    return 0;
}

Test(writer, wants_a_writer_a_function_and_known_options) {
    size_t size = numres_writer_size();
    char *memory = malloc(size);
    numres_writer *writer = (numres_writer *)(void *)memory;
    numres_writer_options options = numres_writer_options_default();
    cr_assert_eq(numres_writer_create_in(NULL, memory, size, &options, take_nothing, NULL),
                 NUMRES_WRONG_USE);
    cr_assert_eq(numres_writer_create_in(&writer, memory, size, &options, NULL, NULL),
                 NUMRES_WRONG_USE);
    cr_assert_null(writer);
    options.size = 0;
    writer = (numres_writer *)(void *)memory;
    cr_assert_eq(numres_writer_create_in(&writer, memory, size, &options, take_nothing, NULL),
                 NUMRES_WRONG_USE);
    cr_assert_null(writer);
    options = options_for((numres_format)5);
    writer = (numres_writer *)(void *)memory;
    cr_assert_eq(numres_writer_create_in(&writer, memory, size, &options, take_nothing, NULL),
                 NUMRES_WRONG_OPTION);
    cr_assert_null(writer);
    options = options_for((numres_format)-1);
    cr_assert_eq(numres_writer_create_in(&writer, memory, size, &options, take_nothing, NULL),
                 NUMRES_WRONG_OPTION);
    free(memory);
}

Test(writer, wants_the_memory_that_it_says) {
    size_t size = numres_writer_size();
    char *memory = malloc(size);
    numres_writer *writer = (numres_writer *)(void *)memory;
    cr_assert_eq(numres_writer_create_in(&writer, memory, size - 1, NULL, take_nothing, NULL),
                 NUMRES_NO_MEMORY);
    cr_assert_null(writer);
    cr_assert_eq(numres_writer_create_in(&writer, NULL, size, NULL, take_nothing, NULL),
                 NUMRES_NO_MEMORY);
    cr_assert_null(writer);
    cr_assert_eq(numres_writer_create_in(&writer, NULL, 0, NULL, take_nothing, NULL),
                 NUMRES_NO_MEMORY);
    cr_assert_eq(numres_writer_create_in(&writer, memory, size, NULL, take_nothing, NULL),
                 NUMRES_OK);
    cr_assert_not_null(writer);
    free(memory);
}

Test(writer, without_options_writes_json) {
    text_buffer written = {NULL, 0, 0};
    numres_writer *writer = writer_create(NULL, write_to_buffer, &written);
    cr_assert_eq(written.length, 0, "creation wrote something");
    cr_assert_eq(numres_writer_finish(writer), NUMRES_OK);
    cr_assert_str_eq(written.bytes, "{\"data\":[]}\n");
    text_buffer_free(&written);
    writer_free(writer);
}

/* An older, smaller struct has only the format. */
Test(writer, takes_options_of_an_older_version) {
    kept_page page = page_of("{'data':{'id':'=1'}}");
    numres_writer_options options = options_for(NUMRES_FORMAT_CSV);
    options.keep_formulas = true;
    options.size = offsetof(numres_writer_options, keep_formulas);
    text_buffer written = page_written(&page, &options);
    cr_assert_not_null(strstr(written.bytes, "'=1"));
    text_buffer_free(&written);
    page_free(&page);
}

/* ---- memory ---- */

/* Writes in memory of exactly the required size, at this alignment, surrounded by a pattern. */
static void write_at(const kept_page *page, numres_format format, size_t shift,
                     const text_buffer *expected) {
    enum { AROUND = 64 };
    size_t size = numres_writer_size();
    unsigned char *block = malloc(size + 3 * AROUND);
    memset(block, 0x5A, size + 3 * AROUND);
    unsigned char *memory = block + AROUND + shift;
    numres_writer_options options = options_for(format);
    text_buffer written = {NULL, 0, 0};
    numres_writer *writer = NULL;
    cr_assert_eq(
        numres_writer_create_in(&writer, memory, size, &options, write_to_buffer, &written),
        NUMRES_OK);
    memset(&options, 0xFF, sizeof options); /* the writer has copied them */
    cr_assert_eq(give_page(writer, page), NUMRES_OK);
    cr_assert(text_buffer_equal(&written, expected));
    for (unsigned char *byte = block; byte < block + size + 3 * AROUND; byte++) {
        cr_assert((byte >= memory && byte < memory + size) || *byte == 0x5A);
    }
    text_buffer_free(&written);
    free(block);
}

Test(writer, stays_in_its_memory_at_any_alignment) {
    kept_page page = page_of(document);
    for (int format = 0; format < FORMATS; format++) {
        numres_writer_options options = options_for((numres_format)format);
        text_buffer expected = page_written(&page, &options);
        for (size_t shift = 0; shift < 32; shift++) {
            write_at(&page, (numres_format)format, shift, &expected);
        }
        text_buffer_free(&expected);
    }
    page_free(&page);
}

/* Whatever is written, yajl allocates only at creation: here a value of the largest
   length that is all escapes, many numbers, many reservations. */
Test(writer, yajl_never_asks_for_more_than_at_creation) {
    static const numres_format formats[] = {NUMRES_FORMAT_JSON, NUMRES_FORMAT_JSON_PRETTY,
                                            NUMRES_FORMAT_NDJSON};
    text_buffer text = {NULL, 0, 0};
    text_buffer_format(&text, "{\"data\":[{\"id\":\"");
    for (size_t at = 0; at < NUMRES_DEFAULT_MAX_VALUE_LENGTH; at++) {
        text_buffer_format(&text, "\\u0001");
    }
    text_buffer_format(&text, "\",\"phone_numbers\":[{}");
    for (size_t at = 0; at < 5000; at++) {
        text_buffer_format(&text, ",{\"id\":\"\\\"\"}");
    }
    text_buffer_format(&text, "]}");
    for (size_t at = 0; at < 5000; at++) {
        text_buffer_format(&text, ",{}");
    }
    text_buffer_format(&text, "]}");
    kept_page page = page_read(text.bytes, text.length, NULL, 0);
    cr_assert_eq(page.count, 5001);
    for (size_t at = 0; at < sizeof formats / sizeof *formats; at++) {
        text_buffer written = {NULL, 0, 0};
        numres_writer_options options = options_for(formats[at]);
        numres_writer *writer = writer_create(&options, write_to_buffer, &written);
        size_t at_creation = writer->arena.used;
        cr_assert_gt(at_creation, 0);
        cr_assert_leq(at_creation, NUMRES_ARENA_GENERATOR_SIZE * 3 / 4, "little room is left");
        cr_assert_eq(give_page(writer, &page), NUMRES_OK);
        cr_assert_eq(writer->arena.used, at_creation);
        text_buffer_free(&written);
        writer_free(writer);
    }
    page_free(&page);
    text_buffer_free(&text);
}

/* Two pieces of any length, around the size of the buffer. */
Test(writer, gathers_what_fits_its_buffer) {
    static const size_t lengths[] = {0,
                                     1,
                                     2,
                                     NUMRES_WRITER_BUFFER_SIZE - 2,
                                     NUMRES_WRITER_BUFFER_SIZE - 1,
                                     NUMRES_WRITER_BUFFER_SIZE,
                                     NUMRES_WRITER_BUFFER_SIZE + 1,
                                     2 * NUMRES_WRITER_BUFFER_SIZE};
    enum { COUNT = sizeof lengths / sizeof *lengths };
    char bytes[2 * NUMRES_WRITER_BUFFER_SIZE];
    memset(bytes, 'x', sizeof bytes);
    for (size_t pair = 0; pair < COUNT * COUNT; pair++) {
        text_buffer written = {NULL, 0, 0};
        numres_writer *writer = writer_create(NULL, write_to_buffer, &written);
        size_t first = lengths[pair / COUNT];
        size_t second = lengths[pair % COUNT];
        numres_writer_put(writer, bytes, first);
        cr_assert_leq(writer->used, NUMRES_WRITER_BUFFER_SIZE);
        numres_writer_put(writer, bytes, second);
        cr_assert_leq(writer->used, NUMRES_WRITER_BUFFER_SIZE);
        cr_assert_eq(written.length + writer->used, first + second);
        text_buffer_free(&written);
        writer_free(writer);
    }
}

/* ---- the order of the calls ---- */

typedef struct ordered {
    kept_page page;
    text_buffer written;
    numres_writer *writer;
    const numres_reservation *reservation;
    const numres_phone_number *number;
} ordered;

static void close_ordered(ordered *now) {
    writer_free(now->writer);
    text_buffer_free(&now->written);
    page_free(&now->page);
}

/* `now` must not be moved: the writer writes into it. */
static void start_ordered(ordered *now, numres_format format) {
    numres_writer_options options = options_for(format);
    now->page = page_of(document);
    now->written = (text_buffer){NULL, 0, 0};
    now->writer = writer_create(&options, write_to_buffer, &now->written);
    now->reservation = now->page.reservations[0].reservation;
    now->number = now->page.reservations[0].numbers[0];
}

/* The calls that are wrong at this point say so and write nothing. */
static void expect_wrong(ordered *now, bool begin, bool inside, bool finish) {
    size_t before = now->written.length;
    if (begin) {
        cr_assert_eq(numres_writer_begin_reservation(now->writer, now->reservation),
                     NUMRES_WRONG_USE);
    }
    if (inside) {
        cr_assert_eq(numres_writer_phone_number(now->writer, now->number), NUMRES_WRONG_USE);
        cr_assert_eq(numres_writer_end_reservation(now->writer), NUMRES_WRONG_USE);
    }
    if (finish) {
        cr_assert_eq(numres_writer_finish(now->writer), NUMRES_WRONG_USE);
    }
    cr_assert_eq(numres_writer_begin_reservation(now->writer, NULL), NUMRES_WRONG_USE);
    cr_assert_eq(numres_writer_phone_number(now->writer, NULL), NUMRES_WRONG_USE);
    cr_assert_eq(now->written.length, before);
}

/* Wrong calls at every place do not change the output. */
static void call_wrongly_everywhere(numres_format format) {
    ordered now;
    start_ordered(&now, format);
    for (size_t at = 0; at < now.page.count; at++) {
        const kept_reservation *kept = &now.page.reservations[at];
        expect_wrong(&now, false, true, false);
        cr_assert_eq(numres_writer_begin_reservation(now.writer, kept->reservation), NUMRES_OK);
        for (size_t number = 0; number < kept->count; number++) {
            expect_wrong(&now, true, false, false);
            cr_assert_eq(numres_writer_phone_number(now.writer, kept->numbers[number]), NUMRES_OK);
        }
        expect_wrong(&now, true, false, false);
        cr_assert_eq(numres_writer_end_reservation(now.writer), NUMRES_OK);
    }
    cr_assert_eq(numres_writer_finish(now.writer), NUMRES_OK);
    expect_wrong(&now, true, true, true);

    numres_writer_options options = options_for(format);
    text_buffer expected = page_written(&now.page, &options);
    cr_assert(text_buffer_equal(&now.written, &expected));
    text_buffer_free(&expected);
    close_ordered(&now);
}

Test(writer, refuses_calls_out_of_order_and_forgets_them) {
    for (int format = 0; format < FORMATS; format++) {
        call_wrongly_everywhere((numres_format)format);
    }
}

Test(writer, of_null_is_wrong_use) {
    kept_page page = page_of(document);
    const kept_reservation *kept = &page.reservations[0];
    cr_assert_eq(numres_writer_begin_reservation(NULL, kept->reservation), NUMRES_WRONG_USE);
    cr_assert_eq(numres_writer_phone_number(NULL, kept->numbers[0]), NUMRES_WRONG_USE);
    cr_assert_eq(numres_writer_end_reservation(NULL), NUMRES_WRONG_USE);
    cr_assert_eq(numres_writer_finish(NULL), NUMRES_WRONG_USE);
    page_free(&page);
}

Test(writer, refuses_records_whose_callback_is_over) {
    static const char page[] = "{\"data\":{\"phone_numbers\":[{\"id\":\"a\"}]}}";
    numres_handlers handlers = trace_handlers();
    numres_parser *parser;
    trace old = {.counts_only = true};
    cr_assert_eq(numres_parser_create(&parser, NULL, &handlers, &old), NUMRES_OK);
    cr_assert_eq(numres_parser_feed(parser, page, strlen(page), NULL), NUMRES_OK);
    for (int format = 0; format < FORMATS; format++) {
        ordered now;
        start_ordered(&now, (numres_format)format);
        cr_expect_eq(
            numres_writer_begin_reservation(now.writer, old.given[NUMRES_EVENT_RESERVATION]),
            NUMRES_WRONG_USE);
        cr_expect_eq(numres_writer_end_reservation(now.writer), NUMRES_WRONG_USE, "none began");
        cr_assert_eq(numres_writer_begin_reservation(now.writer, now.reservation), NUMRES_OK);
        cr_expect_eq(numres_writer_phone_number(now.writer, old.given[NUMRES_EVENT_PHONE_NUMBER]),
                     NUMRES_WRONG_USE);
        cr_assert_eq(numres_writer_finish(now.writer), NUMRES_OK);
        close_ordered(&now);
    }
    numres_parser_destroy(parser);
}

/* A parser reads a reservation, a meta and an API error into the same memory. */
static numres_answer use_old_reservation(numres_parser *parser, trace *trace, const void *what) {
    const numres_reservation *old = trace->given[NUMRES_EVENT_RESERVATION];
    ordered now;
    (void)parser;
    if (trace->newest != NUMRES_EVENT_META) {
        return NUMRES_GO_ON;
    }
    cr_assert_eq((const void *)old, what);
    start_ordered(&now, NUMRES_FORMAT_JSON);
    cr_expect_eq(numres_writer_begin_reservation(now.writer, old), NUMRES_WRONG_USE);
    close_ordered(&now);
    cr_expect_eq(numres_reservation_copy(old, NULL, 0), 0);
    cr_expect_eq(numres_reservation_raw(old, NUMRES_RESERVATION_ID).length, 0);
    return NUMRES_GO_ON;
}

Test(writer, refuses_a_reservation_where_a_meta_is_read) {
    trace seen = {.counts_only = true, .decide = use_old_reservation};
    cr_assert_eq(parse_document("{'data':{'id':'a'},'meta':{'total_pages':3}}", NULL, &seen, NULL),
                 NUMRES_OK);
    cr_assert_eq(seen.came[NUMRES_EVENT_META], 1);
}

/* After begin and after each number, finish first ends what is open. */
Test(writer, finish_ends_an_open_reservation) {
    for (int format = 0; format < FORMATS; format++) {
        for (size_t numbers = 0; numbers <= 2; numbers++) {
            ordered now;
            start_ordered(&now, (numres_format)format);
            kept_reservation part = now.page.reservations[0];
            part.count = numbers;
            kept_page expected_page = {&part, 1, 1, 0, NUMRES_OK};
            numres_writer_options options = options_for((numres_format)format);
            text_buffer expected = page_written(&expected_page, &options);
            cr_assert_eq(numres_writer_begin_reservation(now.writer, part.reservation), NUMRES_OK);
            for (size_t at = 0; at < numbers; at++) {
                cr_assert_eq(numres_writer_phone_number(now.writer, part.numbers[at]), NUMRES_OK);
            }
            cr_assert_eq(numres_writer_finish(now.writer), NUMRES_OK);
            cr_assert(text_buffer_equal(&now.written, &expected), "%s", now.written.bytes);
            text_buffer_free(&expected);
            close_ordered(&now);
        }
    }
}

/* ---- write functions that fail ---- */

typedef struct failing {
    text_buffer written;
    size_t calls;
    size_t good_calls;   /* calls before the failing one */
    size_t missing;      /* bytes by which the failing call falls short; 0: all */
    size_t after_failed; /* calls after the failing one */
} failing;

static size_t write_until_failure(const void *bytes, size_t length, void *context) {
    failing *state = context;
    state->calls++;
    if (state->calls <= state->good_calls) {
        text_buffer_add(&state->written, bytes, length);
        return length;
    }
    if (state->calls > state->good_calls + 1) {
        state->after_failed++;
    }
    return state->missing == 0 || state->missing > length ? 0 : length - state->missing;
}

static void expect_answer(const failing *state, numres_code code) {
    bool failed = state->calls > state->good_calls;
    cr_assert_eq(code, failed ? NUMRES_WRITE_FAILED : NUMRES_OK);
}

/* From the failing call on, every call returns the failure, and the function is not
   called again. Returns false if there was no write left to fail. */
static bool fail_once(const kept_page *page, numres_format format, size_t good_calls,
                      size_t missing) {
    failing state = {{NULL, 0, 0}, 0, good_calls, missing, 0};
    numres_writer_options options = options_for(format);
    numres_writer *writer = writer_create(&options, write_until_failure, &state);
    for (size_t at = 0; at < page->count; at++) {
        const kept_reservation *kept = &page->reservations[at];
        expect_answer(&state, numres_writer_begin_reservation(writer, kept->reservation));
        for (size_t number = 0; number < kept->count; number++) {
            expect_answer(&state, numres_writer_phone_number(writer, kept->numbers[number]));
        }
        expect_answer(&state, numres_writer_end_reservation(writer));
    }
    expect_answer(&state, numres_writer_finish(writer));
    cr_assert_eq(numres_writer_finish(writer), NUMRES_WRONG_USE);
    cr_assert_eq(state.after_failed, 0);
    bool failed = state.calls > good_calls;
    text_buffer_free(&state.written);
    writer_free(writer);
    return failed;
}

static void fail_everywhere(const kept_page *page) {
    for (int format = 0; format < FORMATS; format++) {
        for (size_t missing = 0; missing < 3; missing++) {
            size_t good_calls = 0;
            while (fail_once(page, (numres_format)format, good_calls, missing)) {
                good_calls++;
            }
            cr_assert_gt(good_calls, 2);
        }
    }
}

Test(writer, remembers_that_a_write_failed) {
    kept_page page = page_of(document);
    fail_everywhere(&page);
    page_free(&page);
}

/* A value longer than the writer's buffer is written in several parts. */
Test(writer, remembers_that_a_write_failed_in_a_long_value) {
    text_buffer text = {NULL, 0, 0};
    text_buffer_format(&text, "{\"data\":{\"id\":\"");
    for (size_t at = 0; at < 1200; at++) {
        text_buffer_format(&text, "abc\\n");
    }
    text_buffer_format(&text, "\",\"errors\":\"%03000d\",\"phone_numbers\":[{}]}}", 0);
    kept_page page = page_read(text.bytes, text.length, NULL, 0);
    cr_assert_eq(page.count, 1);
    fail_everywhere(&page);
    page_free(&page);
    text_buffer_free(&text);
}

/* As a function that passes on the -1 of POSIX's write() does. */
static size_t say_more_than_given(const void *bytes, size_t length, void *context) {
    (void)bytes;
    size_t more = *(const size_t *)context;
    return more == SIZE_MAX ? SIZE_MAX : length + more;
}

Test(writer, takes_more_bytes_than_it_gave_for_a_failure) {
    static const size_t more[] = {SIZE_MAX, 1};
    for (int format = 0; format < FORMATS; format++) {
        for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
            size_t said = more[i];
            numres_writer_options options = options_for((numres_format)format);
            numres_writer *writer = writer_create(&options, say_more_than_given, &said);
            cr_assert_eq(numres_writer_finish(writer),
                         format == NUMRES_FORMAT_NDJSON ? NUMRES_OK : NUMRES_WRITE_FAILED);
            writer_free(writer);
        }
    }
}

/* Nothing stays in the writer after a call has returned. */
Test(writer, has_given_all_away_when_a_call_returns) {
    ordered now;
    start_ordered(&now, NUMRES_FORMAT_NDJSON);
    cr_assert_eq(give_reservation(now.writer, &now.page.reservations[1]), NUMRES_OK);
    cr_assert_str_eq(now.written.bytes, "{\"id\":\"two\"}\n");
    cr_assert_eq(now.writer->used, 0);
    close_ordered(&now);
}
