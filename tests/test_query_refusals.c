/* What the query refuses, with which code, and that it writes nothing then. */
#include <numres/query.h>

#include <criterion/criterion.h>
#include <string.h>

#include "bad_text.h"
#include "support.h"

static void assert_refused(const numres_query *query, numres_code code, const char *parameter) {
    char buffer[256] = "before";
    size_t needed = 99;
    const char *wrong = "before";
    cr_assert_eq(numres_query_check(query, &wrong), code);
    cr_assert_eq(numres_query_check(query, NULL), code);
    if (parameter != NULL)
        cr_assert_str_eq(wrong, parameter);
    else
        cr_assert_null(wrong);
    cr_assert_eq(numres_query_write(query, buffer, sizeof buffer, &needed), code);
    cr_assert_str_empty(buffer);
    cr_assert_eq(needed, 0);
    cr_assert_eq(numres_query_write(query, NULL, 0, NULL), code);
}

Test(query_refusals, numbers_that_are_no_status) {
    static const uint32_t numbers[] = {NUMRES_STATUS_UNKNOWN, NUMRES_STATUS_COUNT, INT32_MAX,
                                       UINT32_MAX - 1};
    for (size_t at = 0; at < sizeof numbers / sizeof *numbers; at++) {
        numres_query query = numres_query_default();
        query.status = numbers[at];
        assert_refused(&query, NUMRES_UNKNOWN_STATUS, "filter[status]");
    }
}

/* It must not list all reservations instead of the ones asked for. */
Test(query_refusals, a_misspelt_status_is_not_any_status) {
    numres_query query = numres_query_default();
    query.status = numres_status_parse("Pending", 7);
    assert_refused(&query, NUMRES_UNKNOWN_STATUS, "filter[status]");
}

Test(query_refusals, texts_that_are_no_timestamp) {
    static const char *const texts[] = {"",
                                        "2018-01-01",
                                        "2018-02-29T00:00:00Z",
                                        "2018-01-01 00:00:00Z",
                                        "2018-01-01T00:00:00",
                                        " 2018-01-01T00:00:00Z",
                                        "2018-01-01T00:00:00Z ",
                                        "now"};
    for (size_t at = 0; at < sizeof texts / sizeof *texts; at++) {
        numres_query query = numres_query_default();
        query.created_after.text = numres_text_from(texts[at]);
        assert_refused(&query, NUMRES_BAD_TIMESTAMP, "filter[created_at][gt]");
        query = numres_query_default();
        query.created_before.text = numres_text_from(texts[at]);
        assert_refused(&query, NUMRES_BAD_TIMESTAMP, "filter[created_at][lt]");
    }
}

Test(query_refusals, timestamps_that_no_text_gives) {
    numres_timestamp timestamp = {.seconds = 0, .nanoseconds = 1000000000};
    numres_query query = numres_query_default();
    query.created_before.timestamp = &timestamp;
    assert_refused(&query, NUMRES_BAD_TIMESTAMP, "filter[created_at][lt]");
    timestamp = (numres_timestamp){.seconds = INT64_MAX};
    assert_refused(&query, NUMRES_BAD_TIMESTAMP, "filter[created_at][lt]");
}

Test(query_refusals, an_instant_in_both_forms) {
    numres_timestamp timestamp = {.seconds = 0};
    numres_query query = numres_query_default();
    query.created_after.timestamp = &timestamp;
    query.created_after.text = numres_text_from("1970-01-01T00:00:00Z");
    assert_refused(&query, NUMRES_WRONG_OPTION, "filter[created_at][gt]");
    query.created_after.text = numres_text_from("");
    assert_refused(&query, NUMRES_WRONG_OPTION, "filter[created_at][gt]");
}

Test(query_refusals, an_empty_phone_number) {
    numres_query query = numres_query_default();
    query.phone_number = numres_text_from("");
    assert_refused(&query, NUMRES_BAD_PHONE_NUMBER, "filter[phone_numbers.phone_number]");
}

/* Tries the text in each member that takes one. */
static void assert_text_refused(numres_text text) {
    numres_query query = numres_query_default();
    query.created_after.text = text;
    assert_refused(&query, NUMRES_BAD_TEXT, "filter[created_at][gt]");
    query = numres_query_default();
    query.created_before.text = text;
    assert_refused(&query, NUMRES_BAD_TEXT, "filter[created_at][lt]");
    query = numres_query_default();
    query.phone_number = text;
    assert_refused(&query, NUMRES_BAD_TEXT, "filter[phone_numbers.phone_number]");
    query = numres_query_default();
    query.customer_reference = text;
    assert_refused(&query, NUMRES_BAD_TEXT, "filter[customer_reference]");
}

Test(query_refusals, text_with_a_nul) {
    assert_text_refused((numres_text){"", 1});
    assert_text_refused((numres_text){"a\0b", 3});
    assert_text_refused((numres_text){"ab\0", 3});
}

Test(query_refusals, text_that_is_not_utf8) {
    for (size_t at = 0; at < BAD_UTF8_COUNT; at++)
        assert_text_refused(numres_text_from(bad_utf8[at]));
    assert_text_refused(numres_text_from("a\xC3"));
    assert_text_refused(numres_text_from("\xC3\xA9\xC3"));
}

/* Its length alone makes it refused: none of it is read. */
Test(query_refusals, text_too_long_to_be_encoded) {
    guard memory = guard_create(1);
    const char *text = guard_place(&memory, "a", 1);
    assert_text_refused((numres_text){text, SIZE_MAX});
    assert_text_refused((numres_text){text, SIZE_MAX / 16 + 1});
    guard_destroy(&memory);
}

Test(query_refusals, no_text_with_a_length) {
    assert_text_refused((numres_text){NULL, 1});
}

Test(query_refusals, page_sizes_out_of_range) {
    static const uint64_t sizes[] = {0, 251, UINT64_MAX - 1};
    for (size_t at = 0; at < sizeof sizes / sizeof *sizes; at++) {
        numres_query query = numres_query_default();
        query.page_size = sizes[at];
        assert_refused(&query, NUMRES_WRONG_OPTION, "page[size]");
    }
}

Test(query_refusals, page_numbers_out_of_range) {
    static const uint64_t numbers[] = {0, (uint64_t)INT64_MAX + 1, UINT64_MAX - 1};
    for (size_t at = 0; at < sizeof numbers / sizeof *numbers; at++) {
        numres_query query = numres_query_default();
        query.page_number = numbers[at];
        assert_refused(&query, NUMRES_WRONG_OPTION, "page[number]");
    }
}

Test(query_refusals, the_first_wrong_member_is_named) {
    numres_query query = numres_query_default();
    query.page_number = 0;
    query.page_size = 0;
    assert_refused(&query, NUMRES_WRONG_OPTION, "page[size]");
    query.customer_reference = (numres_text){"", 1};
    assert_refused(&query, NUMRES_BAD_TEXT, "filter[customer_reference]");
    query.status = 0;
    assert_refused(&query, NUMRES_UNKNOWN_STATUS, "filter[status]");
}

/* All zeros, as memset leaves it: refused, instead of a list of everything. */
Test(query_refusals, a_struct_without_its_size) {
    numres_query query;
    memset(&query, 0, sizeof query);
    assert_refused(&query, NUMRES_WRONG_USE, NULL);
    query.size = sizeof query;
    assert_refused(&query, NUMRES_UNKNOWN_STATUS, "filter[status]");
    assert_refused(NULL, NUMRES_WRONG_USE, NULL);
}

Test(query_refusals, a_size_without_a_buffer) {
    numres_query query = numres_query_default();
    size_t needed = 99;
    cr_assert_eq(numres_query_write(&query, NULL, 10, &needed), NUMRES_WRONG_USE);
    cr_assert_eq(needed, 0);
}
