/*
 * Cost: skipped text of any length is read in constant memory, and a long token is read
 * to its end even in single bytes.
 */
#include "records.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { MEBIBYTE = 1024 * 1024 };

typedef struct ledger {
    size_t allocations;
    size_t bytes;
} ledger;

static void *ledger_allocate(size_t size, void *context) {
    ledger *book = context;
    book->allocations++;
    book->bytes += size;
    return malloc(size);
}

static void ledger_release(void *memory, void *context) {
    (void)context;
    free(memory);
}

/* A parser whose memory is counted, and what its handlers got. */
typedef struct reading {
    numres_parser *parser;
    records kept;
    ledger book;
    size_t size;
} reading;

static void open_reading(reading *now) {
    numres_options options = numres_options_default();
    numres_handlers handlers = trace_handlers();
    memset(now, 0, sizeof *now);
    options.allocator.allocate = ledger_allocate;
    options.allocator.release = ledger_release;
    options.allocator.context = &now->book;
    records_open(&now->kept, NULL, NULL);
    now->size = numres_parser_size(&options);
    cr_assert_eq(numres_parser_create(&now->parser, &options, &handlers, &now->kept), NUMRES_OK);
}

static void close_reading(reading *now) {
    cr_assert_eq(now->book.allocations, 1);
    cr_assert_eq(now->book.bytes, now->size);
    numres_parser_destroy(now->parser);
    records_close(&now->kept);
}

static void feed(reading *now, const char *bytes, size_t length) {
    size_t consumed = 0;
    cr_assert_eq(numres_parser_feed(now->parser, bytes, length, &consumed), NUMRES_OK, "%s",
                 numres_parser_error(now->parser)->sentence);
    cr_assert_eq(consumed, length);
}

static void feed_json(reading *now, const char *text) {
    char *bytes = json(text);
    feed(now, bytes, strlen(bytes));
    free(bytes);
}

/* Feeds `total` bytes of `unit`, repeated, in chunks of this many bytes. */
static void feed_repeated(reading *now, const char *unit, size_t total, size_t chunk) {
    size_t unit_length = strlen(unit);
    size_t room = chunk + unit_length;
    char *buffer = malloc(room);
    for (size_t at = 0; at < room; at++) {
        buffer[at] = unit[at % unit_length];
    }
    for (size_t done = 0; done < total;) {
        size_t step = total - done < chunk ? total - done : chunk;
        feed(now, buffer + done % unit_length, step);
        done += step;
    }
    free(buffer);
}

typedef struct token {
    const char *before;
    const char *unit;
    const char *after;
    bool is_kept; /* one problem: value too long or out of range */
} token;

static void read_token(const token *long_one, size_t total, size_t chunk) {
    reading now;
    size_t whole = total / strlen(long_one->unit) * strlen(long_one->unit);
    open_reading(&now);
    feed_json(&now, long_one->before);
    feed_repeated(&now, long_one->unit, whole, chunk);
    feed_json(&now, long_one->after);
    cr_assert_eq(numres_parser_finish(now.parser), NUMRES_OK);
    cr_assert_eq(count_of(&now.kept, NUMRES_EVENT_DOCUMENT_END), 1);
    expect_problem_count(&now.kept, long_one->is_kept ? 1 : 0);
    cr_assert_eq(numres_parser_position(now.parser),
                 strlen(long_one->before) + whole + strlen(long_one->after));
    close_reading(&now);
}

static const token long_string = {"{'data':[],'x':'", "x", "'}", false};
static const token long_name = {"{'data':[],'", "x", "':1}", false};
static const token long_number = {"{'data':[],'x':1", "0", "}", false};
static const token long_id = {"{'data':{'id':'", "x", "'}}", true};
static const token long_integer = {"{'data':[],'meta':{'page_size':1", "0", "}}", true};
static const token long_code = {"{'errors':[{'code':1", "0", "}]}", true};
static const token white_space = {"{'data':", " \n\t\r", "[]}", false};
static const token escapes = {"{'data':[],'x':'", "\\u00e9\\n", "'}", false};
static const token escaped_name = {"{'data':[],'", "\\ud83d\\ude00", "':1}", false};
static const token other_text = {"{'data':{'errors':'", "\xe2\x82\xac", "'}}", true};
static const token many_values = {"{'data':[],'x':[0", ",1", "]}", false};

Test(linear, string_of_100_mebibytes_that_is_not_kept, .timeout = 600) {
    read_token(&long_string, 100 * MEBIBYTE, 64 * 1024);
}

Test(linear, name_of_100_mebibytes, .timeout = 600) {
    read_token(&long_name, 100 * MEBIBYTE, 64 * 1024);
}

Test(linear, number_of_100_mebibytes_that_is_not_kept, .timeout = 600) {
    read_token(&long_number, 100 * MEBIBYTE, 64 * 1024);
}

Test(linear, kept_values_of_16_mebibytes_are_too_long_in_the_same_memory, .timeout = 600) {
    read_token(&long_id, 16 * MEBIBYTE, 1448);
    read_token(&long_integer, 16 * MEBIBYTE, 1448);
    read_token(&long_code, 16 * MEBIBYTE, 1448);
    read_token(&other_text, 16 * MEBIBYTE, 1448);
}

Test(linear, white_space_and_escapes_of_16_mebibytes, .timeout = 600) {
    read_token(&white_space, 16 * MEBIBYTE, 4096);
    read_token(&escapes, 16 * MEBIBYTE, 4096);
    read_token(&escaped_name, 16 * MEBIBYTE, 4096);
    read_token(&many_values, 16 * MEBIBYTE, 4096);
}

static const token *const tokens[] = {&long_string,  &long_name,  &long_number, &long_id,
                                      &long_integer, &long_code,  &white_space, &escapes,
                                      &escaped_name, &other_text, &many_values};

Test(linear, tokens_of_a_mebibyte_in_single_bytes, .timeout = 600) {
    for (size_t at = 0; at < sizeof tokens / sizeof tokens[0]; at++) {
        read_token(tokens[at], MEBIBYTE, 1);
    }
}

Test(linear, tokens_of_a_mebibyte_in_one_chunk, .timeout = 600) {
    for (size_t at = 0; at < sizeof tokens / sizeof tokens[0]; at++) {
        read_token(tokens[at], MEBIBYTE, MEBIBYTE);
    }
}

/* Every element is a problem, and none may cost more than the one before. */
Test(linear, half_a_million_problems, .timeout = 600) {
    trace seen = {.counts_only = true};
    numres_handlers handlers = trace_handlers();
    numres_parser *parser = NULL;
    cr_assert_eq(numres_parser_create(&parser, NULL, &handlers, &seen), NUMRES_OK);
    char *bytes = json("{'data':[1");
    numres_parser_feed(parser, bytes, strlen(bytes), NULL);
    free(bytes);
    for (size_t done = 1; done < 500000; done++) {
        cr_assert_eq(numres_parser_feed(parser, ",1", 2, NULL), NUMRES_OK);
    }
    cr_assert_eq(numres_parser_feed(parser, "]}", 2, NULL), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(seen.came[NUMRES_EVENT_PROBLEM], 500000);
    numres_parser_destroy(parser);
}

Test(linear, a_name_that_is_long_is_cut_in_the_path) {
    reading now;
    open_reading(&now);
    feed_json(&now, "{'");
    feed_repeated(&now, "n", 10000, 999);
    char *bytes = json("':?");
    size_t consumed = 0;
    cr_assert_eq(numres_parser_feed(now.parser, bytes, 3, &consumed), NUMRES_SYNTAX);
    cr_assert_eq(consumed, 2);
    const numres_error *error = numres_parser_error(now.parser);
    cr_assert_eq(error->offset, 10004);
    cr_assert_leq(strlen(error->path), 64 + strlen("...") + 2);
    cr_assert_eq(strncmp(error->path, "nnnn", 4), 0, "%s", error->path);
    free(bytes);
    close_reading(&now);
}
