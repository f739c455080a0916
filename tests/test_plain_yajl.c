/*
 * Why there is a gate: yajl 2.1 on its own, with its faults. test_yajl_faults.c shows
 * that numres has none of them. If a new yajl lacks a fault, its test here fails and can
 * be removed; the gate stays.
 */
#include "records.h"
#include "support.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

typedef struct plain {
    yajl_status status;
    size_t consumed;
    char text[32]; /* the last string or number */
    size_t text_length;
    double last_double;
    size_t values;
} plain;

static int take_text(void *context, const unsigned char *text, size_t length) {
    plain *seen = context;
    seen->text_length = length;
    seen->values++;
    memcpy(seen->text, text, length < sizeof seen->text ? length : sizeof seen->text);
    return 1;
}

static int take_integer(void *context, long long value) {
    (void)value;
    ((plain *)context)->values++;
    return 1;
}

static int take_double(void *context, double value) {
    ((plain *)context)->last_double = value;
    ((plain *)context)->values++;
    return 1;
}

static int take_boolean(void *context, int value) {
    (void)value;
    ((plain *)context)->values++;
    return 1;
}

static const yajl_callbacks plain_callbacks = {.yajl_boolean = take_boolean,
                                               .yajl_integer = take_integer,
                                               .yajl_double = take_double,
                                               .yajl_string = take_text,
                                               .yajl_map_key = take_text};

static plain read_by_yajl(const char *text, bool several) {
    plain seen = {0};
    char *bytes = json(text);
    yajl_handle handle = yajl_alloc(&plain_callbacks, NULL, &seen);
    yajl_config(handle, yajl_allow_multiple_values, several ? 1 : 0);
    seen.status = yajl_parse(handle, (const unsigned char *)bytes, strlen(bytes));
    seen.consumed = yajl_get_bytes_consumed(handle);
    if (seen.status == yajl_status_ok) {
        seen.status = yajl_complete_parse(handle);
    }
    yajl_free(handle);
    free(bytes);
    return seen;
}

static void expect_yajl_accepts(const char *text, bool several) {
    cr_assert_eq(read_by_yajl(text, several).status, yajl_status_ok, "yajl refuses %s", text);
}

Test(plain_yajl, accepts_bad_utf8) {
    expect_yajl_accepts("['\xC0\x80']", false);
    expect_yajl_accepts("['\xE0\x80\x80']", false);
    expect_yajl_accepts("['\xF0\x80\x80\x80']", false);
    expect_yajl_accepts("['\xED\xA0\x80']", false);
    expect_yajl_accepts("['\xF4\x90\x80\x80']", false);
    expect_yajl_accepts("['\xF5\x80\x80\x80']", false);
    expect_yajl_accepts("['\xF7\xBF\xBF\xBF']", false);
}

Test(plain_yajl, accepts_lone_surrogate_escapes) {
    plain seen = read_by_yajl("['\\ud800']", false);
    cr_assert_eq(seen.status, yajl_status_ok);
    cr_assert_eq(seen.text_length, 1);
    cr_assert_eq(seen.text[0], '?');
    expect_yajl_accepts("['\\ud800\\u0041']", false);
    seen = read_by_yajl("['\\udc00']", false);
    cr_assert_eq(seen.status, yajl_status_ok);
    cr_assert_eq(seen.text_length, 3);
    cr_assert_eq(memcmp(seen.text, "\xED\xB0\x80", 3), 0);
}

Test(plain_yajl, accepts_vertical_tab_and_form_feed) {
    expect_yajl_accepts("\v[\f1\v]\f", false);
}

Test(plain_yajl, accepts_an_unterminated_string_after_a_document) {
    expect_yajl_accepts("{}'abc", false);
}

Test(plain_yajl, accepts_scalars_without_a_separator) {
    plain seen = read_by_yajl("truefalse", true);
    cr_assert_eq(seen.status, yajl_status_ok);
    cr_assert_eq(seen.values, 2);
    seen = read_by_yajl("1true", true);
    cr_assert_eq(seen.status, yajl_status_ok);
    cr_assert_eq(seen.values, 2);
}

Test(plain_yajl, overflows_at_its_own_numbers) {
    cr_assert_eq(read_by_yajl("[-9223372036854775808]", false).status, yajl_status_error);
    cr_assert_eq(read_by_yajl("[1e400]", false).status, yajl_status_error);
}

Test(plain_yajl, has_no_limit_of_depth) {
    enum { DEPTH = 20000 };
    char *text = malloc(2 * DEPTH + 1);
    memset(text, '[', DEPTH);
    memset(text + DEPTH, ']', DEPTH);
    text[2 * DEPTH] = '\0';
    expect_yajl_accepts(text, false);
    free(text);
}

Test(plain_yajl, passes_duplicate_members) {
    expect_yajl_accepts("{'a':1,'a':2}", false);
}

/* yajl's offsets are after the wrong token, however long it is; fed in pieces, they count
   from the last piece. */
Test(plain_yajl, has_no_exact_offset_of_an_error) {
    cr_assert_neq(read_by_yajl("[1,]", false).consumed, 3);
    cr_assert_neq(read_by_yajl("[1 2]", false).consumed, 3);
    cr_assert_neq(read_by_yajl("[tru]", false).consumed, 1);
}

/* Counts yajl's allocations for a split token. */
static void *count_malloc(void *context, size_t size) {
    *(size_t *)context += size;
    return malloc(size);
}

static void *count_realloc(void *context, void *memory, size_t size) {
    *(size_t *)context += size;
    return realloc(memory, size);
}

static void count_free(void *context, void *memory) {
    (void)context;
    free(memory);
}

enum { LONG_STRING = 400 * 1024 };

Test(plain_yajl, keeps_a_split_token_whole) {
    size_t allocated = 0;
    plain seen = {0};
    yajl_alloc_funcs functions = {count_malloc, count_realloc, count_free, &allocated};
    yajl_handle handle = yajl_alloc(&plain_callbacks, &functions, &seen);
    char *piece = malloc(LONG_STRING / 2);
    memset(piece, 'x', LONG_STRING / 2);
    yajl_parse(handle, (const unsigned char *)"[\"", 2);
    yajl_parse(handle, (const unsigned char *)piece, LONG_STRING / 2);
    yajl_parse(handle, (const unsigned char *)piece, LONG_STRING / 2);
    cr_assert_gt(allocated, LONG_STRING);
    yajl_free(handle);
    free(piece);
}

Test(plain_yajl, reads_the_locale) {
    if (set_comma_locale()) {
        cr_assert_neq(read_by_yajl("[2.5]", false).last_double, 2.5);
    }
}
