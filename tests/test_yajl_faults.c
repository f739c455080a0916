/*
 * What yajl 2.1 gets wrong and the gate corrects: one test for each fault. read_bytes
 * reads every document whole, in single bytes and in other chunks. test_plain_yajl.c
 * shows that yajl has the faults.
 */
#include "bad_text.h"
#include "good_text.h"
#include "records.h"
#include "support.h"
#include "text_buffer.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* ---- text ---- */

/* A string that is kept, one that is skipped, and a name. */
static const struct {
    const char *before;
    const char *after;
    const char *path;
} contexts[] = {
    {"{'data':{'id':'ab", "'}}", "data.id"},
    {"{'x':[7,'ab", "']}", "x[1]"},
    {"[{'ab", "':1}]", "[0]"},
};

static void expect_refused(const text_buffer *document, numres_code code, uint64_t offset,
                           const char *path) {
    records kept = read_bytes(document->bytes, document->length, NULL, NULL, NULL);
    expect_error(&kept, code, offset, path);
    records_close(&kept);
}

static void add_json(text_buffer *document, const char *text) {
    char *bytes = json(text);
    text_buffer_add(document, bytes, strlen(bytes));
    free(bytes);
}

/* The fault follows "ab" in each context; its error is `at` bytes into the fault. */
static void expect_bad_text(const char *fault, numres_code code, size_t at) {
    for (size_t context = 0; context < 3; context++) {
        text_buffer document = {0};
        add_json(&document, contexts[context].before);
        uint64_t offset = document.length + at;
        text_buffer_add(&document, fault, strlen(fault));
        add_json(&document, contexts[context].after);
        expect_refused(&document, code, offset, contexts[context].path);
        text_buffer_free(&document);
    }
}

Test(yajl_faults, bad_utf8_is_an_encoding_error) {
    for (size_t at = 0; at < BAD_UTF8_COUNT; at++) {
        expect_bad_text(bad_utf8[at], NUMRES_ENCODING, 0);
    }
    expect_bad_text("\xC3\xA9\xC0\x80", NUMRES_ENCODING, 2);
}

Test(yajl_faults, lone_surrogate_escape_is_an_encoding_error) {
    for (size_t at = 0; at < LONE_SURROGATE_COUNT; at++) {
        expect_bad_text(lone_surrogates[at], NUMRES_ENCODING, 0);
    }
    expect_bad_text("x\\ud83d!", NUMRES_ENCODING, 1);
    expect_bad_text("\\ud83d\\ude00\\ud83d\\u0000", NUMRES_ENCODING, 12);
    expect_bad_text("\\ud83d\\ude00\\ude00", NUMRES_ENCODING, 12);
}

Test(yajl_faults, good_text_is_decoded) {
    for (size_t at = 0; at < good_text_count; at++) {
        const good_text *good = &good_texts[at];
        text_buffer document = {0};
        add_json(&document, "{'data':{'id':'");
        text_buffer_add(&document, good->written, strlen(good->written));
        add_json(&document, "'}}");
        records kept = read_bytes(document.bytes, document.length, NULL, NULL, NULL);
        expect_fine(&kept);
        numres_text id = event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation.id;
        cr_assert_eq(id.length, good->meant_length, "%s", good->written);
        cr_assert_arr_eq(id.bytes, good->meant, id.length, "%s", good->written);
        records_close(&kept);
        text_buffer_free(&document);
    }
}

/* ---- tokens ---- */

static void expect_error_in(const char *text, const numres_options *options, numres_code code,
                            uint64_t offset, const char *path) {
    records kept = read_document(text, options, NULL, NULL);
    expect_error(&kept, code, offset, path);
    records_close(&kept);
}

static numres_options several(void) {
    numres_options options = numres_options_default();
    options.several_documents = true;
    return options;
}

Test(yajl_faults, vertical_tab_and_form_feed_are_no_white_space) {
    numres_options options = several();
    expect_error_in("\v{'data':[]}", NULL, NUMRES_SYNTAX, 0, "(root)");
    expect_error_in("\f{'data':[]}", NULL, NUMRES_SYNTAX, 0, "(root)");
    expect_error_in("{\v'data':[]}", NULL, NUMRES_SYNTAX, 1, "(root)");
    expect_error_in("{'data'\f:[]}", NULL, NUMRES_SYNTAX, 7, "data");
    expect_error_in("{'data':\v[]}", NULL, NUMRES_SYNTAX, 8, "data");
    expect_error_in("{'x':[1\f,2]}", NULL, NUMRES_SYNTAX, 6, "x[0]");
    expect_error_in("{'x':[1 \f,2]}", NULL, NUMRES_SYNTAX, 8, "x[1]");
    expect_error_in("{'data':[]\v}", NULL, NUMRES_SYNTAX, 10, "(root)");
    expect_error_in("{'data':[]}\v", NULL, NUMRES_TRAILING_BYTES, 11, "(root)");
    expect_error_in("{'data':[]}\f{'data':[]}", &options, NUMRES_SYNTAX, 11, "(root)");
}

Test(yajl_faults, unterminated_string_after_a_document) {
    numres_options options = several();
    expect_error_in("{}'abc", NULL, NUMRES_TRAILING_BYTES, 2, "(root)");
    expect_error_in("{} 'abc", NULL, NUMRES_TRAILING_BYTES, 3, "(root)");
    expect_error_in("{}'abc", &options, NUMRES_TRUNCATED, 6, "(root)");
    expect_error_in("{}\n'abc\\u00", &options, NUMRES_TRUNCATED, 11, "(root)");
}

Test(yajl_faults, truefalse_is_one_bad_token) {
    numres_options options = several();
    expect_error_in("truefalse", &options, NUMRES_SYNTAX, 0, "(root)");
    expect_error_in("truefalse", NULL, NUMRES_SYNTAX, 0, "(root)");
    expect_error_in("{'x':truefalse}", NULL, NUMRES_SYNTAX, 5, "x");
    expect_error_in("[null,nullnull]", NULL, NUMRES_SYNTAX, 6, "[1]");
}

Test(yajl_faults, number_and_literal_without_a_separator) {
    numres_options options = several();
    expect_error_in("1true", &options, NUMRES_SYNTAX, 0, "(root)");
    expect_error_in("1true", NULL, NUMRES_SYNTAX, 0, "(root)");
    expect_error_in("true1", &options, NUMRES_SYNTAX, 0, "(root)");
    expect_error_in("{}1null", &options, NUMRES_SYNTAX, 2, "(root)");
    expect_error_in("{'x':[0,1true]}", NULL, NUMRES_SYNTAX, 8, "x[1]");
}

/* ---- numbers ---- */

/* Reads a numeral as the meta's page_size and as an unknown member. */
static void expect_number(const char *number, numres_code code, uint64_t value) {
    text_buffer document = {0};
    text_buffer_format(&document, "{'x':%s,'data':[],'meta':{'page_size':%s}}", number, number);
    records kept = read_document(document.bytes, NULL, NULL, NULL);
    expect_fine(&kept);
    expect_problem_count(&kept, code == NUMRES_OK ? 0 : 1);
    if (code != NUMRES_OK) {
        uint64_t offset = document.length - strlen(number) - 2;
        expect_problem(&kept, 0, code, offset, "meta.page_size", number);
    }
    const event *meta = event_of(&kept, NUMRES_EVENT_META, 0);
    cr_assert_eq(meta->meta.page_size, value);
    cr_assert(text_is(meta->raw[NUMRES_META_PAGE_SIZE], number), "%s", number);
    records_close(&kept);
    text_buffer_free(&document);
}

Test(yajl_faults, integers_at_the_ends_of_64_bits) {
    expect_number("9223372036854775807", NUMRES_OK, (uint64_t)INT64_MAX);
    expect_number("9223372036854775808", NUMRES_INTEGER_OUT_OF_RANGE, 0);
    expect_number("-9223372036854775807", NUMRES_INTEGER_OUT_OF_RANGE, 0);
    expect_number("-9223372036854775808", NUMRES_INTEGER_OUT_OF_RANGE, 0);
    expect_number("-9223372036854775809", NUMRES_INTEGER_OUT_OF_RANGE, 0);
    expect_number("18446744073709551616", NUMRES_INTEGER_OUT_OF_RANGE, 0);
}

Test(yajl_faults, doubles_that_overflow) {
    expect_number("1e400", NUMRES_INTEGER_OUT_OF_RANGE, 0);
    expect_number("-1e400", NUMRES_INTEGER_OUT_OF_RANGE, 0);
    expect_number("1e-400", NUMRES_INTEGER_OUT_OF_RANGE, 0);
    expect_number("1E+99999999999999999999", NUMRES_INTEGER_OUT_OF_RANGE, 0);
}

/* Without such a locale the second round repeats the first. */
Test(yajl_faults, numbers_do_not_read_the_locale) {
    for (int round = 0; round < 2; round++) {
        expect_number("2.5", NUMRES_INTEGER_OUT_OF_RANGE, 0);
        expect_number("25", NUMRES_OK, 25);
        expect_error_in("{'x':[2,5,2,]}", NULL, NUMRES_SYNTAX, 12, "x[3]");
        set_comma_locale();
    }
}

/* ---- containers ---- */

static char *nested(unsigned int depth) {
    char *text = malloc(2 * (size_t)depth + 1);
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    text[2 * (size_t)depth] = '\0';
    return text;
}

static void expect_depth(unsigned int max_depth, unsigned int depth) {
    numres_options options = numres_options_default();
    options.max_depth = max_depth;
    char *text = nested(depth);
    char path[3 * NUMRES_LARGEST_MAX_DEPTH + 1] = "";
    for (unsigned int level = 0; level < max_depth; level++) {
        strcat(path, "[0]");
    }
    records kept = read_document(text, &options, NULL, NULL);
    if (depth <= max_depth) {
        expect_fine(&kept);
    } else {
        expect_error(&kept, NUMRES_TOO_DEEP, max_depth, path);
    }
    records_close(&kept);
    free(text);
}

Test(yajl_faults, nesting_has_a_limit) {
    expect_depth(NUMRES_LARGEST_MAX_DEPTH, NUMRES_LARGEST_MAX_DEPTH - 1);
    expect_depth(NUMRES_LARGEST_MAX_DEPTH, NUMRES_LARGEST_MAX_DEPTH);
    expect_depth(NUMRES_LARGEST_MAX_DEPTH, NUMRES_LARGEST_MAX_DEPTH + 1);
    expect_depth(NUMRES_LARGEST_MAX_DEPTH, 20000);
    expect_depth(NUMRES_DEFAULT_MAX_DEPTH, NUMRES_DEFAULT_MAX_DEPTH);
    expect_depth(NUMRES_DEFAULT_MAX_DEPTH, NUMRES_DEFAULT_MAX_DEPTH + 1);
    expect_depth(1, 1);
    expect_depth(1, 2);
}

Test(yajl_faults, duplicate_members_are_problems) {
    static const char text[] = "{'data':{'id':'a','status':'success','id':'b'},'x':1,'x':2,"
                               "'data':[{}]}";
    records kept = read_document(text, NULL, NULL, NULL);
    expect_fine(&kept);
    expect_problem_count(&kept, 2);
    expect_problem(&kept, 0, NUMRES_DUPLICATE_MEMBER, offset_of(text, "'b'"), "data.id", "b");
    expect_problem(&kept, 1, NUMRES_DUPLICATE_MEMBER, offset_of(text, "[{}]"), "data", "");
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_RESERVATION), 1);
    cr_assert(text_is(event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation.id, "a"));
    records_close(&kept);
}

/* ---- cost and memory ---- */

enum { LONG_STRING = 400 * 1024 };

/* Feeds `total` bytes of `unit`, repeated, in chunks of this many bytes. */
static void feed_many(numres_parser *parser, const char *unit, uint64_t total, size_t chunk) {
    size_t unit_length = strlen(unit);
    char *bytes = malloc(chunk + unit_length);
    for (size_t at = 0; at < chunk + unit_length; at++) {
        bytes[at] = unit[at % unit_length];
    }
    for (uint64_t done = 0; done < total;) {
        size_t step = total - done < chunk ? (size_t)(total - done) : chunk;
        if (numres_parser_feed(parser, bytes + done % unit_length, step, NULL) != NUMRES_OK) {
            cr_assert_fail("%s", numres_parser_error(parser)->sentence);
        }
        done += step;
    }
    free(bytes);
}

static void feed_json(numres_parser *parser, const char *text) {
    char *bytes = json(text);
    cr_assert_eq(numres_parser_feed(parser, bytes, strlen(bytes), NULL), NUMRES_OK);
    free(bytes);
}

static void read_long_token(const char *before, const char *unit, const char *after, uint64_t total,
                            size_t chunk) {
    numres_parser *parser = NULL;
    cr_assert_eq(numres_parser_create(&parser, NULL, NULL, NULL), NUMRES_OK);
    feed_json(parser, before);
    feed_many(parser, unit, total, chunk);
    feed_json(parser, after);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(numres_parser_position(parser), strlen(before) + total + strlen(after));
    numres_parser_destroy(parser);
}

/* yajl rereads a split token from its start with every chunk: 80,000 million bytes here,
   which would exceed the timeout. */
Test(yajl_faults, split_tokens_cost_linear_time, .timeout = 120) {
    read_long_token("{'data':{'id':'", "x", "'}}", LONG_STRING, 1);
    read_long_token("{'x':'", "\xC3\xA9", "'}", LONG_STRING, 1);
    read_long_token("{'x':'", "\\u00e9", "'}", LONG_STRING / 6 * 6, 1);
    read_long_token("{'", "n", "':1}", LONG_STRING, 1);
    read_long_token("{'x':1", "0", "}", LONG_STRING, 1);
}

static void *refuse_second(size_t size, void *context) {
    size_t *allocations = context;
    return (*allocations)++ == 0 ? malloc(size) : NULL;
}

static void release(void *memory, void *context) {
    (void)context;
    free(memory);
}

/* yajl does not check its allocations, so none may fail. */
Test(yajl_faults, no_allocation_inside_yajl_can_fail) {
    size_t allocations = 0;
    numres_options options = numres_options_default();
    options.allocator = (numres_allocator){refuse_second, release, &allocations};
    numres_parser *parser = NULL;
    cr_assert_eq(numres_parser_create(&parser, &options, NULL, NULL), NUMRES_OK);
    feed_json(parser, "{'x':'");
    feed_many(parser, "x", LONG_STRING, 1999);
    feed_json(parser, "','y':[[[[[[[[[[[[[[[[[[[[1");
    feed_many(parser, "0", LONG_STRING, 1999);
    feed_json(parser, ",true,{}]]]]]]]]]]]]]]]]]]]]}");
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(allocations, 1);
    numres_parser_destroy(parser);
}

/* ---- offsets ---- */

Test(yajl_faults, tokens_in_the_wrong_place) {
    expect_error_in("[1,]", NULL, NUMRES_SYNTAX, 3, "[1]");
    expect_error_in("[1 2]", NULL, NUMRES_SYNTAX, 3, "[1]");
    expect_error_in("[}", NULL, NUMRES_SYNTAX, 1, "[0]");
    expect_error_in("{]", NULL, NUMRES_SYNTAX, 1, "(root)");
    expect_error_in("{1:2}", NULL, NUMRES_SYNTAX, 1, "(root)");
    expect_error_in("{'a' 1}", NULL, NUMRES_SYNTAX, 5, "a");
    expect_error_in("{'a',1}", NULL, NUMRES_SYNTAX, 4, "a");
    expect_error_in("{'a':}", NULL, NUMRES_SYNTAX, 5, "a");
    expect_error_in("{'a':1,}", NULL, NUMRES_SYNTAX, 7, "(root)");
    expect_error_in("{'a':1 'b':2}", NULL, NUMRES_SYNTAX, 7, "(root)");
    expect_error_in("  ]", NULL, NUMRES_SYNTAX, 2, "(root)");
}

Test(yajl_faults, malformed_values) {
    expect_error_in("{'a':[1,2,{'b':tru}]}", NULL, NUMRES_SYNTAX, 15, "a[2].b");
    expect_error_in("{'a':[01]}", NULL, NUMRES_SYNTAX, 6, "a[0]");
    expect_error_in("{'a':[1.]}", NULL, NUMRES_SYNTAX, 6, "a[0]");
    expect_error_in("{'a':[1e]}", NULL, NUMRES_SYNTAX, 6, "a[0]");
    expect_error_in("{'a':[-]}", NULL, NUMRES_SYNTAX, 6, "a[0]");
    expect_error_in("{'a':'\x01'}", NULL, NUMRES_SYNTAX, 6, "a");
    expect_error_in("{'a':'b\\q'}", NULL, NUMRES_SYNTAX, 7, "a");
    expect_error_in("{'a':'b\\u12x4'}", NULL, NUMRES_SYNTAX, 7, "a");
    expect_error_in("{'a':?}", NULL, NUMRES_SYNTAX, 5, "a");
    expect_error_in("{'a':\xC3\xA9}", NULL, NUMRES_SYNTAX, 5, "a");
}

Test(yajl_faults, truncated_and_empty_input) {
    expect_error_in("[", NULL, NUMRES_TRUNCATED, 1, "[0]");
    expect_error_in("", NULL, NUMRES_EMPTY_INPUT, 0, "(root)");
    expect_error_in(" \n ", NULL, NUMRES_EMPTY_INPUT, 0, "(root)");
    expect_error_in("tru", NULL, NUMRES_TRUNCATED, 3, "(root)");
    expect_error_in("-", NULL, NUMRES_TRUNCATED, 1, "(root)");
    expect_error_in("[1.", NULL, NUMRES_TRUNCATED, 3, "[0]");
    expect_error_in("{'a':'b", NULL, NUMRES_TRUNCATED, 7, "a");
    expect_error_in("{'a", NULL, NUMRES_TRUNCATED, 3, "(root)");
}

Test(yajl_faults, bytes_around_the_document) {
    expect_error_in("{'a':1}}", NULL, NUMRES_TRAILING_BYTES, 7, "(root)");
    expect_error_in("\xEF\xBB\xBF{}", NULL, NUMRES_BYTE_ORDER_MARK, 0, "(root)");
}

/* ---- published weaknesses ---- */

/* CVE-2017-16516: yajl's decoder read past the end of a string that ends in or after a
   high surrogate. */
Test(yajl_faults, cve_2017_16516_is_avoided) {
    expect_error_in("['\\ud800']", NULL, NUMRES_ENCODING, 2, "[0]");
    expect_error_in("['\\uD800\\']", NULL, NUMRES_ENCODING, 2, "[0]");
    expect_error_in("['\\uD800\\u']", NULL, NUMRES_SYNTAX, 8, "[0]");
}

/* CVE-2022-24795: at 2 GiB the size of yajl's buffer overflowed. With sanitizers, which
   are slow, the token is shorter. */
#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

Test(yajl_faults, cve_2022_24795_is_avoided, .timeout = 600) {
#ifdef __OPTIMIZE__
    bool is_fast = !IS_SANITIZED;
#else
    bool is_fast = false;
#endif
    uint64_t total = is_fast ? UINT64_C(0x80000000) + 100 : UINT64_C(0x1000000);
    read_long_token("{'x':'", "x", "'}", total, 1 << 20);
}
