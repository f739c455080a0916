/* What the query writes, byte for byte. */
#include <numres/query.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

static void assert_written(const numres_query *query, const char *expected) {
    char buffer[1024];
    size_t needed = 0;
    const char *parameter = "";
    cr_assert_eq(numres_query_check(query, &parameter), NUMRES_OK);
    cr_assert_null(parameter);
    cr_assert_eq(numres_query_write(query, buffer, sizeof buffer, &needed), NUMRES_OK);
    cr_assert_str_eq(buffer, expected);
    cr_assert_eq(needed, strlen(expected));
}

/* The line that the official SDK 7.24.0 sends, without its /v2. */
static const char sdk_line[] = "/number_reservations?filter%5Bstatus%5D=pending"
                               "&filter%5Bcreated_at%5D%5Bgt%5D=2018-01-01T00%3A00%3A00Z"
                               "&filter%5Bcreated_at%5D%5Blt%5D=2019-01-01T00%3A00%3A00%2B02%3A00"
                               "&filter%5Bphone_numbers.phone_number%5D=%2B19705555098"
                               "&filter%5Bcustomer_reference%5D=MY%20REF%20%26%20001%2F%C3%A9"
                               "&page%5Bsize%5D=50&page%5Bnumber%5D=2";

static numres_query sdk_query(void) {
    numres_query query = numres_query_default();
    query.page_number = 2;
    query.page_size = 50;
    query.customer_reference = numres_text_from("MY REF & 001/\xC3\xA9");
    query.phone_number = numres_text_from("+19705555098");
    query.created_before.text = numres_text_from("2019-01-01T00:00:00+02:00");
    query.created_after.text = numres_text_from("2018-01-01T00:00:00Z");
    query.status = NUMRES_STATUS_PENDING;
    return query;
}

Test(query, the_line_of_the_official_sdk) {
    numres_query query = sdk_query();
    assert_written(&query, sdk_line);
}

Test(query, nothing_asked_for) {
    numres_query query = numres_query_default();
    assert_written(&query, "/number_reservations");
}

Test(query, each_parameter_alone) {
    numres_query query = numres_query_default();
    query.status = NUMRES_STATUS_FAILURE;
    assert_written(&query, "/number_reservations?filter%5Bstatus%5D=failure");

    query = numres_query_default();
    query.created_after.text = numres_text_from("2018-01-01T00:00:00Z");
    assert_written(&query,
                   "/number_reservations?filter%5Bcreated_at%5D%5Bgt%5D=2018-01-01T00%3A00%3A00Z");

    query = numres_query_default();
    query.created_before.text = numres_text_from("2018-01-01T00:00:00Z");
    assert_written(&query,
                   "/number_reservations?filter%5Bcreated_at%5D%5Blt%5D=2018-01-01T00%3A00%3A00Z");

    query = numres_query_default();
    query.phone_number = numres_text_from("+16183xxxxxx");
    assert_written(&query,
                   "/number_reservations?filter%5Bphone_numbers.phone_number%5D=%2B16183xxxxxx");

    query = numres_query_default();
    query.customer_reference = numres_text_from("MY-REF_001.~");
    assert_written(&query, "/number_reservations?filter%5Bcustomer_reference%5D=MY-REF_001.~");

    query = numres_query_default();
    query.page_size = 250;
    assert_written(&query, "/number_reservations?page%5Bsize%5D=250");

    query = numres_query_default();
    query.page_number = 1; /* sent, because the caller set it */
    assert_written(&query, "/number_reservations?page%5Bnumber%5D=1");
}

Test(query, every_status) {
    for (uint32_t status = 1; status < NUMRES_STATUS_COUNT; status++) {
        char expected[100];
        numres_query query = numres_query_default();
        query.status = status;
        snprintf(expected, sizeof expected, "/number_reservations?filter%%5Bstatus%%5D=%s",
                 numres_status_name((numres_status)status));
        assert_written(&query, expected);
    }
}

/* RFC 3986 section 2.3, spelled out. */
static const char unreserved[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

Test(query, every_ascii_byte) {
    for (int byte = 1; byte < 0x80; byte++) {
        char text[2] = {(char)byte, '\0'};
        char expected[100];
        numres_query query = numres_query_default();
        query.customer_reference = numres_text_from(text);
        snprintf(expected, sizeof expected,
                 strchr(unreserved, byte) != NULL
                     ? "/number_reservations?filter%%5Bcustomer_reference%%5D=%c"
                     : "/number_reservations?filter%%5Bcustomer_reference%%5D=%%%02X",
                 byte);
        assert_written(&query, expected);
    }
}

Test(query, characters_of_every_length) {
    numres_query query = numres_query_default();
    query.customer_reference = numres_text_from("\xC2\x80\xE2\x82\xAC\xF4\x8F\xBF\xBF");
    assert_written(&query, "/number_reservations?filter%5Bcustomer_reference%5D="
                           "%C2%80%E2%82%AC%F4%8F%BF%BF");
}

Test(query, an_empty_reference_is_a_filter) {
    numres_query query = numres_query_default();
    query.customer_reference = numres_text_from("");
    assert_written(&query, "/number_reservations?filter%5Bcustomer_reference%5D=");
    query.customer_reference = numres_text_from(NULL);
    assert_written(&query, "/number_reservations");
}

/* A filter's text does not end at a NUL, and none is needed. */
Test(query, the_length_of_text_counts) {
    guard memory = guard_create(64);
    numres_query query = numres_query_default();
    query.phone_number.bytes = guard_place(&memory, "+1970", 5);
    query.phone_number.length = 5;
    assert_written(&query, "/number_reservations?filter%5Bphone_numbers.phone_number%5D=%2B1970");
    guard_destroy(&memory);
}

Test(query, instants_as_text_are_sent_as_given) {
    static const char *const texts[][2] = {
        {"2018-01-01t00:00:00z", "2018-01-01t00%3A00%3A00z"},
        {"2018-01-01T00:00:00.1234567890123Z", "2018-01-01T00%3A00%3A00.1234567890123Z"},
        {"2016-12-31T23:59:60Z", "2016-12-31T23%3A59%3A60Z"},
        {"2018-01-01T00:00:00-00:00", "2018-01-01T00%3A00%3A00-00%3A00"},
    };
    for (size_t at = 0; at < sizeof texts / sizeof *texts; at++) {
        char expected[200];
        numres_query query = numres_query_default();
        query.created_after.text = numres_text_from(texts[at][0]);
        snprintf(expected, sizeof expected,
                 "/number_reservations?filter%%5Bcreated_at%%5D%%5Bgt%%5D=%s", texts[at][1]);
        assert_written(&query, expected);
    }
}

Test(query, instants_as_timestamps_are_formatted) {
    numres_timestamp after = {.seconds = 1514764800, .nanoseconds = 5000, .fraction_digits = 6};
    numres_timestamp before = {.seconds = 0, .offset_minutes = 90};
    numres_query query = numres_query_default();
    query.created_after.timestamp = &after;
    query.created_before.timestamp = &before;
    assert_written(&query, "/number_reservations"
                           "?filter%5Bcreated_at%5D%5Bgt%5D=2018-01-01T00%3A00%3A00.000005Z"
                           "&filter%5Bcreated_at%5D%5Blt%5D=1970-01-01T01%3A30%3A00%2B01%3A30");
}

Test(query, the_largest_page_number) {
    numres_query query = numres_query_default();
    query.page_number = INT64_MAX;
    assert_written(&query, "/number_reservations?page%5Bnumber%5D=9223372036854775807");
}

/* ---- the buffer ---- */

Test(query, every_size_of_buffer) {
    numres_query query = sdk_query();
    guard memory = guard_create(sizeof sdk_line + 1);
    for (size_t size = 0; size <= sizeof sdk_line + 1; size++) {
        size_t needed = 0;
        char *buffer = memory.end - size;
        memset(buffer, 'x', size);
        numres_code code = numres_query_write(&query, buffer, size, &needed);
        cr_assert_eq(needed, strlen(sdk_line));
        cr_assert_eq(code, size < sizeof sdk_line ? NUMRES_NO_MEMORY : NUMRES_OK);
        if (size >= sizeof sdk_line)
            cr_assert_str_eq(buffer, sdk_line);
        else if (size > 0)
            cr_assert_str_empty(buffer);
    }
    guard_destroy(&memory);
}

Test(query, the_length_can_be_asked_for_first) {
    numres_query query = sdk_query();
    size_t needed = 0;
    cr_assert_eq(numres_query_write(&query, NULL, 0, &needed), NUMRES_NO_MEMORY);
    char *buffer = malloc(needed + 1);
    cr_assert_not_null(buffer);
    cr_assert_eq(numres_query_write(&query, buffer, needed + 1, NULL), NUMRES_OK);
    cr_assert_str_eq(buffer, sdk_line);
    free(buffer);
}

Test(query, a_long_reference_is_written_whole) {
    enum { LENGTH = 100000 };
    char *text = malloc(LENGTH), *buffer = malloc(3 * LENGTH + 100);
    size_t needed = 0;
    cr_assert(text != NULL && buffer != NULL);
    memset(text, ' ', LENGTH);
    numres_query query = numres_query_default();
    query.customer_reference.bytes = text;
    query.customer_reference.length = LENGTH;
    cr_assert_eq(numres_query_write(&query, buffer, 3 * LENGTH + 100, &needed), NUMRES_OK);
    size_t start = strlen("/number_reservations?filter%5Bcustomer_reference%5D=");
    cr_assert_eq(needed, start + 3 * LENGTH);
    for (size_t at = start; at < needed; at += 3)
        cr_assert_arr_eq(buffer + at, "%20", 3);
    free(text);
    free(buffer);
}

/* ---- versions of the struct ---- */

/* From a program that was compiled against a header with a shorter struct. */
Test(query, a_shorter_struct_has_the_defaults_beyond_its_end) {
    numres_query query = sdk_query();
    query.size = offsetof(numres_query, created_after);
    assert_written(&query, "/number_reservations?filter%5Bstatus%5D=pending");
}

Test(query, a_longer_struct_is_taken_if_nothing_in_it_is_unknown) {
    struct {
        numres_query query;
        char later[32];
    } longer = {sdk_query(), ""};
    longer.query.size = sizeof longer;
    assert_written(&longer.query, sdk_line);
    longer.later[31] = 'x';
    cr_assert_eq(numres_query_check(&longer.query, NULL), NUMRES_WRONG_OPTION);
}

/* ---- phone numbers ---- */

/* tests/test_text.c tests the rule itself. */
Test(query, an_e164_number_can_be_told_from_others) {
    cr_assert(numres_is_e164(numres_text_from("+13125550123")));
    cr_assert_not(numres_is_e164(numres_text_from("+1312xxxxxxx")));
    cr_assert_not(numres_is_e164(numres_text_from("13125550123")));
    cr_assert_not(numres_is_e164(numres_text_from("")));
    cr_assert_not(numres_is_e164(numres_text_from(NULL)));
}
