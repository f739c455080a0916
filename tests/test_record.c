/* Records: what each member accepts, limits, and text that outlives its chunk. */
#include "record_fixture.h"

#include "records.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static numres_token token_of(numres_scalar scalar, const char *bytes, size_t length) {
    numres_token token = {.scalar = scalar,
                          .text = {bytes, length},
                          .length = length,
                          .offset = 100,
                          .end = 100 + length,
                          .lasting = true};
    return token;
}

static numres_code store_bytes(record_fixture *now, unsigned int member, numres_scalar scalar,
                               const char *bytes, size_t length) {
    numres_token token = token_of(scalar, bytes, length);
    return numres_record_store(&now->record, &now->limits, member, &token);
}

static numres_code store(record_fixture *now, unsigned int member, numres_scalar scalar,
                         const char *text) {
    return store_bytes(now, member, scalar, text, strlen(text));
}

static numres_code store_string(record_fixture *now, unsigned int member, const char *text) {
    return store(now, member, NUMRES_SCALAR_STRING, text);
}

static numres_text raw_text(const record_fixture *now, unsigned int member) {
    switch (now->record.kind) {
    case NUMRES_RECORD_RESERVATION:
        return numres_reservation_raw(&now->record.value.reservation, member);
    case NUMRES_RECORD_PHONE_NUMBER:
        return numres_phone_number_raw(&now->record.value.phone_number, member);
    case NUMRES_RECORD_META:
        return numres_meta_raw(&now->record.value.meta, member);
    default:
        return numres_api_error_raw(&now->record.value.api_error, member);
    }
}

/* For the writer, which so far writes no meta. */
Test(record, integers_are_literals_unless_rejected) {
    record_fixture now;
    numres_text text;
    record_fixture_open(&now, NUMRES_RECORD_META, 100, 100);
    store(&now, NUMRES_META_PAGE_NUMBER, NUMRES_SCALAR_NUMERAL, "7");
    store(&now, NUMRES_META_PAGE_SIZE, NUMRES_SCALAR_NUMERAL, "-7");
    cr_assert_eq(numres_record_value_of(&now.record, NUMRES_META_PAGE_NUMBER, &text),
                 NUMRES_RECORD_VALUE_LITERAL);
    cr_assert(text_is(text, "7"));
    cr_assert_eq(numres_record_value_of(&now.record, NUMRES_META_PAGE_SIZE, &text),
                 NUMRES_RECORD_VALUE_TEXT);
    cr_assert(text_is(text, "-7"));
    record_fixture_close(&now);
}

/* ---- a new record ---- */

static void expect_empty(numres_text text) {
    cr_assert_not_null(text.bytes);
    cr_assert_eq(text.length, 0);
}

static void expect_neutral_reservation(const numres_reservation *reservation) {
    expect_empty(reservation->id);
    expect_empty(reservation->record_type);
    expect_empty(reservation->status.text);
    expect_empty(reservation->customer_reference);
    expect_empty(reservation->created_at.text);
    expect_empty(reservation->updated_at.text);
    expect_empty(reservation->errors);
    cr_assert_eq(reservation->status.value, NUMRES_STATUS_UNKNOWN);
    cr_assert_eq(reservation->created_at.value.seconds, 0);
    cr_assert_eq(reservation->phone_number_count, 0);
}

/* Nothing of an earlier record in the same place remains. */
Test(record, starts_neutral) {
    record_fixture now;
    record_fixture_open(&now, NUMRES_RECORD_RESERVATION, 100, 100);
    cr_assert_eq(store_string(&now, NUMRES_RESERVATION_ID, "an id"), NUMRES_OK);
    cr_assert_eq(store_string(&now, NUMRES_RESERVATION_STATUS, "odd"), NUMRES_UNKNOWN_STATUS);
    now.record.value.reservation.phone_number_count = 9;
    now.record.left_out = true;
    numres_record_publish(&now.record);
    numres_record_start(&now.record, NUMRES_RECORD_RESERVATION, 4);
    expect_neutral_reservation(&now.record.value.reservation);
    cr_assert_eq(now.record.value.reservation.index, 4);
    cr_assert_eq(now.record.value.reservation.present, 0);
    cr_assert_eq(now.record.present | now.record.null | now.record.invalid, 0);
    cr_assert_not(now.record.left_out);
    for (unsigned int member = 0; member < 40; member++) {
        expect_empty(raw_text(&now, member));
    }
    record_fixture_close(&now);
}

Test(record, starts_with_its_index) {
    record_fixture now;
    record_fixture_open(&now, NUMRES_RECORD_PHONE_NUMBER, 10, 10);
    cr_assert_eq(now.record.value.phone_number.index, 3);
    expect_empty(now.record.value.phone_number.expired_at.text);
    expect_empty(now.record.value.phone_number.phone_number);
    numres_record_start(&now.record, NUMRES_RECORD_API_ERROR, UINT64_MAX);
    cr_assert_eq(now.record.value.api_error.index, UINT64_MAX);
    expect_empty(now.record.value.api_error.meta_url);
    numres_record_start(&now.record, NUMRES_RECORD_META, 7);
    cr_assert_eq(now.record.value.meta.total_pages, 0);
    cr_assert_eq(now.record.value.meta.present, 0);
    record_fixture_close(&now);
}

Test(record, raw_text_of_nothing) {
    expect_empty(numres_reservation_raw(NULL, 0));
    expect_empty(numres_phone_number_raw(NULL, 0));
    expect_empty(numres_meta_raw(NULL, 0));
    expect_empty(numres_api_error_raw(NULL, 0));
}

/* ---- which values are valid ---- */

typedef struct value_case {
    numres_record_kind kind;
    unsigned int member;
    numres_scalar scalar;
    const char *text;
    numres_code code;
} value_case;

#define RESERVATION(member) NUMRES_RECORD_RESERVATION, NUMRES_RESERVATION_##member
#define PHONE_NUMBER(member) NUMRES_RECORD_PHONE_NUMBER, NUMRES_PHONE_NUMBER_##member
#define META(member) NUMRES_RECORD_META, NUMRES_META_##member
#define API_ERROR(member) NUMRES_RECORD_API_ERROR, NUMRES_API_ERROR_##member
#define STRING NUMRES_SCALAR_STRING
#define NUMBER NUMRES_SCALAR_NUMERAL
#define BOOLEAN NUMRES_SCALAR_BOOLEAN

static const value_case value_cases[] = {
    /* Text. */
    {RESERVATION(ID), STRING, "any text", NUMRES_OK},
    {RESERVATION(ID), STRING, "", NUMRES_OK},
    {RESERVATION(ID), NUMBER, "12", NUMRES_WRONG_TYPE},
    {RESERVATION(ID), BOOLEAN, "true", NUMRES_WRONG_TYPE},
    {RESERVATION(CUSTOMER_REFERENCE), STRING, "MY REF 001", NUMRES_OK},
    {RESERVATION(ERRORS), STRING, "out of stock", NUMRES_OK},
    {RESERVATION(ERRORS), BOOLEAN, "false", NUMRES_WRONG_TYPE},
    {PHONE_NUMBER(ID), STRING, "an id", NUMRES_OK},
    {PHONE_NUMBER(ERRORS), NUMBER, "0", NUMRES_WRONG_TYPE},
    {API_ERROR(TITLE), STRING, "Bad Request", NUMRES_OK},
    {API_ERROR(TITLE), NUMBER, "400", NUMRES_WRONG_TYPE},
    {API_ERROR(DETAIL), STRING, "a detail", NUMRES_OK},
    {API_ERROR(DESCRIPTION), STRING, "a description", NUMRES_OK},
    {API_ERROR(SOURCE_POINTER), STRING, "/data", NUMRES_OK},
    {API_ERROR(SOURCE_PARAMETER), STRING, "page", NUMRES_OK},
    {API_ERROR(META_URL), STRING, "https://example.com", NUMRES_OK},
    {API_ERROR(META_URL), BOOLEAN, "true", NUMRES_WRONG_TYPE},
    /* Record types: exactly each record's own. */
    {RESERVATION(RECORD_TYPE), STRING, "number_reservation", NUMRES_OK},
    {RESERVATION(RECORD_TYPE), STRING, "reserved_phone_number", NUMRES_WRONG_RECORD_TYPE},
    {RESERVATION(RECORD_TYPE), STRING, "Number_reservation", NUMRES_WRONG_RECORD_TYPE},
    {RESERVATION(RECORD_TYPE), STRING, "number_reservatio", NUMRES_WRONG_RECORD_TYPE},
    {RESERVATION(RECORD_TYPE), STRING, "", NUMRES_WRONG_RECORD_TYPE},
    {RESERVATION(RECORD_TYPE), NUMBER, "1", NUMRES_WRONG_TYPE},
    {PHONE_NUMBER(RECORD_TYPE), STRING, "reserved_phone_number", NUMRES_OK},
    {PHONE_NUMBER(RECORD_TYPE), STRING, "number_reservation", NUMRES_WRONG_RECORD_TYPE},
    /* Statuses. */
    {RESERVATION(STATUS), STRING, "pending", NUMRES_OK},
    {PHONE_NUMBER(STATUS), STRING, "failure", NUMRES_OK},
    {PHONE_NUMBER(STATUS), STRING, "voided", NUMRES_UNKNOWN_STATUS},
    {RESERVATION(STATUS), STRING, "", NUMRES_UNKNOWN_STATUS},
    {RESERVATION(STATUS), BOOLEAN, "true", NUMRES_WRONG_TYPE},
    {RESERVATION(STATUS), NUMBER, "1", NUMRES_WRONG_TYPE},
    /* Timestamps. */
    {RESERVATION(CREATED_AT), STRING, "2018-01-01T00:00:00.000000Z", NUMRES_OK},
    {RESERVATION(UPDATED_AT), STRING, "2018-01-01t00:00:00+02:00", NUMRES_OK},
    {PHONE_NUMBER(EXPIRED_AT), STRING, "2018-01-01", NUMRES_BAD_TIMESTAMP},
    {PHONE_NUMBER(CREATED_AT), STRING, "2018-02-29T00:00:00Z", NUMRES_BAD_TIMESTAMP},
    {PHONE_NUMBER(UPDATED_AT), STRING, "", NUMRES_BAD_TIMESTAMP},
    {PHONE_NUMBER(EXPIRED_AT), NUMBER, "1514764800", NUMRES_WRONG_TYPE},
    /* Phone numbers, without the option that checks them. */
    {PHONE_NUMBER(PHONE_NUMBER), STRING, "+19705555098", NUMRES_OK},
    {PHONE_NUMBER(PHONE_NUMBER), STRING, "+16183xxxxxx", NUMRES_OK},
    {PHONE_NUMBER(PHONE_NUMBER), NUMBER, "19705555098", NUMRES_WRONG_TYPE},
    /* Integers: digits only. */
    {META(TOTAL_PAGES), NUMBER, "0", NUMRES_OK},
    {META(PAGE_NUMBER), NUMBER, "9223372036854775807", NUMRES_OK},
    {META(PAGE_NUMBER), NUMBER, "9223372036854775808", NUMRES_INTEGER_OUT_OF_RANGE},
    {META(TOTAL_RESULTS), NUMBER, "-1", NUMRES_INTEGER_OUT_OF_RANGE},
    {META(TOTAL_RESULTS), NUMBER, "-0", NUMRES_OK},
    {META(PAGE_SIZE), NUMBER, "1.0", NUMRES_OK},
    {META(PAGE_SIZE), NUMBER, "1e2", NUMRES_OK},
    {META(PAGE_SIZE), NUMBER, "1.5", NUMRES_INTEGER_OUT_OF_RANGE},
    {META(PAGE_SIZE), STRING, "1", NUMRES_WRONG_TYPE},
    {META(PAGE_SIZE), BOOLEAN, "true", NUMRES_WRONG_TYPE},
    /* Codes: text, or an integer. */
    {API_ERROR(CODE), STRING, "10015", NUMRES_OK},
    {API_ERROR(CODE), STRING, "a word", NUMRES_OK},
    {API_ERROR(CODE), NUMBER, "10015", NUMRES_OK},
    {API_ERROR(CODE), NUMBER, "1.5", NUMRES_WRONG_TYPE},
    {API_ERROR(CODE), NUMBER, "1e4", NUMRES_WRONG_TYPE},
    {API_ERROR(CODE), NUMBER, "1E4", NUMRES_WRONG_TYPE},
    {API_ERROR(CODE), BOOLEAN, "true", NUMRES_WRONG_TYPE},
    /* Containers: no scalar is valid. */
    {RESERVATION(PHONE_NUMBERS), STRING, "none", NUMRES_WRONG_TYPE},
    {RESERVATION(PHONE_NUMBERS), NUMBER, "0", NUMRES_WRONG_TYPE},
    {API_ERROR(SOURCE), BOOLEAN, "false", NUMRES_WRONG_TYPE},
    {API_ERROR(META), STRING, "", NUMRES_WRONG_TYPE},
};

static void expect_masks(const record_fixture *now, uint32_t present, uint32_t null,
                         uint32_t invalid) {
    cr_assert_eq(now->record.present, present);
    cr_assert_eq(now->record.null, null);
    cr_assert_eq(now->record.invalid, invalid);
}

Test(record, right_and_wrong_values) {
    for (size_t at = 0; at < sizeof value_cases / sizeof *value_cases; at++) {
        const value_case *now_case = &value_cases[at];
        record_fixture now;
        record_fixture_open(&now, now_case->kind, 100, 100);
        numres_code code = store(&now, now_case->member, now_case->scalar, now_case->text);
        uint32_t bit = UINT32_C(1) << now_case->member;
        cr_assert_eq(code, now_case->code, "%s: %s", now_case->text, numres_code_name(code));
        expect_masks(&now, bit, 0, code == NUMRES_OK ? 0 : bit);
        cr_assert(text_is(raw_text(&now, now_case->member), now_case->text), "%s", now_case->text);
        record_fixture_close(&now);
    }
}

Test(record, null_is_right_everywhere) {
    static const numres_record_kind kinds[] = {NUMRES_RECORD_RESERVATION,
                                               NUMRES_RECORD_PHONE_NUMBER, NUMRES_RECORD_META,
                                               NUMRES_RECORD_API_ERROR};
    static const unsigned int counts[] = {NUMRES_RESERVATION_MEMBER_COUNT,
                                          NUMRES_PHONE_NUMBER_MEMBER_COUNT,
                                          NUMRES_META_MEMBER_COUNT, NUMRES_API_ERROR_MEMBER_COUNT};
    for (size_t at = 0; at < 4; at++) {
        record_fixture now;
        record_fixture_open(&now, kinds[at], 1, 1);
        for (unsigned int member = 0; member < counts[at]; member++) {
            cr_assert_eq(store(&now, member, NUMRES_SCALAR_NULL, "null"), NUMRES_OK);
            cr_assert(text_is(raw_text(&now, member), "null"));
        }
        uint32_t all = (UINT32_C(1) << counts[at]) - 1;
        expect_masks(&now, all, all, 0);
        cr_assert_eq(now.record.counted, 0);
        record_fixture_close(&now);
    }
}

/* A null split between two chunks is read by the gate, whose buffer the next token
   reuses. The raw text must not point there. */
Test(record, raw_text_of_null_outlives_its_token) {
    record_fixture now;
    char passing[] = "null";
    record_fixture_open(&now, NUMRES_RECORD_RESERVATION, 10, 10);
    numres_token token = token_of(NUMRES_SCALAR_NULL, passing, 4);
    token.lasting = false;
    cr_assert_eq(numres_record_store(&now.record, &now.limits, NUMRES_RESERVATION_ID, &token),
                 NUMRES_OK);
    memcpy(passing, "####", 4);
    numres_text raw = raw_text(&now, NUMRES_RESERVATION_ID);
    cr_assert(text_is(raw, "null"), "%.*s", (int)raw.length, raw.bytes);
    record_fixture_close(&now);
}

Test(record, typed_fields_of_right_values) {
    record_fixture now;
    record_fixture_open(&now, NUMRES_RECORD_PHONE_NUMBER, 100, 1000);
    const numres_phone_number *number = &now.record.value.phone_number;
    store_string(&now, NUMRES_PHONE_NUMBER_ID, "an id");
    store_string(&now, NUMRES_PHONE_NUMBER_RECORD_TYPE, "reserved_phone_number");
    store_string(&now, NUMRES_PHONE_NUMBER_PHONE_NUMBER, "+19705555098");
    store_string(&now, NUMRES_PHONE_NUMBER_STATUS, "success");
    store_string(&now, NUMRES_PHONE_NUMBER_CREATED_AT, "1970-01-01T00:00:01Z");
    store_string(&now, NUMRES_PHONE_NUMBER_UPDATED_AT, "1970-01-01T00:00:02.5Z");
    store_string(&now, NUMRES_PHONE_NUMBER_EXPIRED_AT, "1970-01-01T01:00:03+01:00");
    store_string(&now, NUMRES_PHONE_NUMBER_ERRORS, "none");
    cr_assert(text_is(number->id, "an id"));
    cr_assert(text_is(number->record_type, "reserved_phone_number"));
    cr_assert(text_is(number->phone_number, "+19705555098"));
    cr_assert_eq(number->status.value, NUMRES_STATUS_SUCCESS);
    cr_assert(text_is(number->status.text, "success"));
    cr_assert_eq(number->created_at.value.seconds, 1);
    cr_assert_eq(number->updated_at.value.seconds, 2);
    cr_assert_eq(number->updated_at.value.nanoseconds, 500000000);
    cr_assert_eq(number->expired_at.value.seconds, 3);
    cr_assert(text_is(number->expired_at.text, "1970-01-01T01:00:03+01:00"));
    cr_assert(text_is(number->errors, "none"));
    record_fixture_close(&now);
}

Test(record, typed_fields_of_a_meta) {
    record_fixture now;
    record_fixture_open(&now, NUMRES_RECORD_META, 100, 100);
    store(&now, NUMRES_META_TOTAL_PAGES, NUMBER, "4");
    store(&now, NUMRES_META_PAGE_NUMBER, NUMBER, "1");
    store(&now, NUMRES_META_TOTAL_RESULTS, NUMBER, "9223372036854775807");
    store(&now, NUMRES_META_PAGE_SIZE, NUMBER, "-20");
    cr_assert_eq(now.record.value.meta.total_pages, 4);
    cr_assert_eq(now.record.value.meta.page_number, 1);
    cr_assert_eq(now.record.value.meta.total_results, (uint64_t)INT64_MAX);
    cr_assert_eq(now.record.value.meta.page_size, 0);
    cr_assert_eq(now.record.counted, 0, "an integer needs no text");
    record_fixture_close(&now);
}

/* A rejected text would look like a valid one. A status or timestamp shows its text next
   to a neutral value. */
Test(record, typed_fields_of_rejected_values_are_neutral) {
    record_fixture now;
    record_fixture_open(&now, NUMRES_RECORD_RESERVATION, 30, 1000);
    const numres_reservation *reservation = &now.record.value.reservation;
    store(&now, NUMRES_RESERVATION_ID, NUMBER, "17");
    store_string(&now, NUMRES_RESERVATION_RECORD_TYPE, "reservation");
    store_string(&now, NUMRES_RESERVATION_CUSTOMER_REFERENCE, "a text of more than thirty bytes");
    store_string(&now, NUMRES_RESERVATION_STATUS, "partial_failure");
    store_string(&now, NUMRES_RESERVATION_CREATED_AT, "2018-13-01T00:00:00Z");
    expect_empty(reservation->id);
    expect_empty(reservation->record_type);
    expect_empty(reservation->customer_reference);
    cr_assert_eq(reservation->status.value, NUMRES_STATUS_UNKNOWN);
    cr_assert(text_is(reservation->status.text, "partial_failure"));
    cr_assert_eq(reservation->created_at.value.seconds, 0);
    cr_assert(text_is(reservation->created_at.text, "2018-13-01T00:00:00Z"));
    record_fixture_close(&now);
}

Test(record, dialled_numbers_by_the_option) {
    record_fixture now;
    record_fixture_open(&now, NUMRES_RECORD_PHONE_NUMBER, 100, 100);
    now.limits.check_e164 = true;
    cr_assert_eq(store_string(&now, NUMRES_PHONE_NUMBER_PHONE_NUMBER, "+16183xxxxxx"),
                 NUMRES_BAD_PHONE_NUMBER);
    expect_empty(now.record.value.phone_number.phone_number);
    cr_assert(text_is(raw_text(&now, NUMRES_PHONE_NUMBER_PHONE_NUMBER), "+16183xxxxxx"));
    numres_record_start(&now.record, NUMRES_RECORD_PHONE_NUMBER, 0);
    cr_assert_eq(store_string(&now, NUMRES_PHONE_NUMBER_PHONE_NUMBER, "+19705555098"), NUMRES_OK);
    record_fixture_close(&now);
}

Test(record, containers_are_marked) {
    record_fixture now;
    record_fixture_open(&now, NUMRES_RECORD_API_ERROR, 10, 10);
    numres_record_mark(&now.record, NUMRES_API_ERROR_SOURCE, true);
    numres_record_mark(&now.record, NUMRES_API_ERROR_META, false);
    expect_masks(&now, 1u << NUMRES_API_ERROR_SOURCE | 1u << NUMRES_API_ERROR_META, 0,
                 1u << NUMRES_API_ERROR_META);
    expect_empty(raw_text(&now, NUMRES_API_ERROR_SOURCE));
    expect_empty(raw_text(&now, NUMRES_API_ERROR_META));
    record_fixture_close(&now);
}

/* ---- delivery ---- */

Test(record, masks_are_public_once_published) {
    static const numres_record_kind kinds[] = {NUMRES_RECORD_RESERVATION,
                                               NUMRES_RECORD_PHONE_NUMBER, NUMRES_RECORD_META,
                                               NUMRES_RECORD_API_ERROR};
    for (size_t at = 0; at < 4; at++) {
        record_fixture now;
        uint32_t masks[3] = {0};
        record_fixture_open(&now, kinds[at], 10, 10);
        store(&now, 0, NUMRES_SCALAR_NULL, "null");
        store(&now, 1, BOOLEAN, "true");
        numres_record_publish(&now.record);
        if (kinds[at] == NUMRES_RECORD_RESERVATION) {
            memcpy(masks, &now.record.value.reservation.present, sizeof masks);
        } else if (kinds[at] == NUMRES_RECORD_PHONE_NUMBER) {
            memcpy(masks, &now.record.value.phone_number.present, sizeof masks);
        } else if (kinds[at] == NUMRES_RECORD_META) {
            memcpy(masks, &now.record.value.meta.present, sizeof masks);
        } else {
            memcpy(masks, &now.record.value.api_error.present, sizeof masks);
        }
        cr_assert_eq(masks[0], 3);
        cr_assert_eq(masks[1], 1);
        cr_assert_eq(masks[2], 2);
        record_fixture_close(&now);
    }
}

static void expect_detail(const char *detail, const char *description, const char *expected) {
    record_fixture now;
    record_fixture_open(&now, NUMRES_RECORD_API_ERROR, 10, 100);
    if (detail != NULL) {
        store(&now, NUMRES_API_ERROR_DETAIL,
              strcmp(detail, "null") == 0 ? NUMRES_SCALAR_NULL : STRING, detail);
    }
    if (description != NULL) {
        store_string(&now, NUMRES_API_ERROR_DESCRIPTION, description);
    }
    numres_record_publish(&now.record);
    cr_assert(text_is(now.record.value.api_error.detail, expected));
    record_fixture_close(&now);
}

Test(record, detail_wins_over_description) {
    expect_detail("new", "old", "new");
    expect_detail("new", NULL, "new");
    expect_detail(NULL, "old", "old");
    expect_detail("null", "old", "old");
    expect_detail("more than ten bytes", "old", "old");
    expect_detail("more than ten bytes", NULL, "");
    expect_detail(NULL, NULL, "");
}
