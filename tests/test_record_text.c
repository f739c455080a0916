/* Records: the limits of their text, and where it is stored. */
#include "record_fixture.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { RAW = NUMRES_RAW_TEXT_LENGTH };

/* The memory of the tokens' text. */
static char source[4096];

static void open_record(record_fixture *now, numres_record_kind kind, size_t max_value_length,
                        size_t max_record_text) {
    record_fixture_open(now, kind, max_value_length, max_record_text);
    memset(source, 'x', sizeof source);
}

static bool is_in_record(const record_fixture *now, numres_text text) {
    return text.bytes >= now->record.text && text.bytes + text.length <= now->guard.end;
}

static numres_code store(record_fixture *now, unsigned int member, const char *bytes, size_t length,
                         bool lasting) {
    numres_token token = {.scalar = NUMRES_SCALAR_STRING,
                          .text = {bytes, length},
                          .length = length,
                          .lasting = lasting};
    return numres_record_store(&now->record, &now->limits, member, &token);
}

/* ---- limits ---- */

Test(record_text, a_value_at_its_limit) {
    for (size_t length = 9; length <= 11; length++) {
        record_fixture now;
        open_record(&now, NUMRES_RECORD_RESERVATION, 10, 100);
        numres_code code = store(&now, NUMRES_RESERVATION_ID, source, length, true);
        cr_assert_eq(code, length <= 10 ? NUMRES_OK : NUMRES_VALUE_TOO_LONG);
        cr_assert_eq(now.record.value.reservation.id.length, length <= 10 ? length : 0);
        cr_assert_eq(now.record.counted, length <= 10 ? length : 0);
        cr_assert_eq(numres_record_raw(&now.record, NUMRES_RESERVATION_ID).length, length);
        record_fixture_close(&now);
    }
}

/* The gate keeps only as much as its buffer holds; the length shows the rest. */
Test(record_text, a_value_whose_text_is_cut_is_too_long) {
    record_fixture now;
    open_record(&now, NUMRES_RECORD_API_ERROR, 300, 1000);
    numres_token token = {.scalar = NUMRES_SCALAR_STRING,
                          .text = {source, 300},
                          .length = UINT64_C(5000000000),
                          .lasting = false};
    cr_assert_eq(numres_record_store(&now.record, &now.limits, NUMRES_API_ERROR_TITLE, &token),
                 NUMRES_VALUE_TOO_LONG);
    cr_assert_eq(now.record.raw[NUMRES_API_ERROR_TITLE].length, RAW);
    token.scalar = NUMRES_SCALAR_NUMERAL;
    cr_assert_eq(numres_record_store(&now.record, &now.limits, NUMRES_API_ERROR_CODE, &token),
                 NUMRES_VALUE_TOO_LONG);
    record_fixture_close(&now);
    open_record(&now, NUMRES_RECORD_META, 300, 1000);
    memset(source, '1', 300);
    token.text.bytes = source;
    token.text.length = 10;
    cr_assert_eq(numres_record_store(&now.record, &now.limits, NUMRES_META_PAGE_SIZE, &token),
                 NUMRES_INTEGER_OUT_OF_RANGE);
    cr_assert_eq(now.record.value.meta.page_size, 0);
    record_fixture_close(&now);
}

/* The record has two values of 5 bytes; the third has this length. */
static void expect_third(size_t length, bool lasting, numres_code expected) {
    record_fixture now;
    open_record(&now, NUMRES_RECORD_RESERVATION, 100, 20);
    cr_assert_eq(store(&now, NUMRES_RESERVATION_ID, source, 5, lasting), NUMRES_OK);
    cr_assert_eq(store(&now, NUMRES_RESERVATION_ERRORS, source, 5, !lasting), NUMRES_OK);
    cr_assert_eq(store(&now, NUMRES_RESERVATION_CUSTOMER_REFERENCE, source, length, lasting),
                 expected);
    cr_assert_eq(now.record.counted, expected == NUMRES_OK ? 10 + length : 10);
    record_fixture_close(&now);
}

/* Wherever the text is stored; otherwise the limit would depend on the chunks. */
Test(record_text, the_sum_at_its_limit) {
    for (int lasting = 0; lasting < 2; lasting++) {
        expect_third(9, lasting == 1, NUMRES_OK);
        expect_third(10, lasting == 1, NUMRES_OK);
        expect_third(11, lasting == 1, NUMRES_VALUE_TOO_LONG);
    }
}

Test(record_text, a_right_value_that_does_not_fit_is_neutral) {
    record_fixture now;
    open_record(&now, NUMRES_RECORD_RESERVATION, 100, 6);
    const numres_reservation *reservation = &now.record.value.reservation;
    cr_assert_eq(store(&now, NUMRES_RESERVATION_STATUS, "pending", 7, true), NUMRES_VALUE_TOO_LONG);
    cr_assert_eq(store(&now, NUMRES_RESERVATION_CREATED_AT, "1970-01-01T00:00:01Z", 20, true),
                 NUMRES_VALUE_TOO_LONG);
    cr_assert_eq(reservation->status.value, NUMRES_STATUS_UNKNOWN);
    cr_assert_eq(reservation->created_at.value.seconds, 0);
    cr_assert_eq(reservation->created_at.value.fraction_digits, 0);
    cr_assert_eq(now.record.counted, 0);
    cr_assert_eq(store(&now, NUMRES_RESERVATION_ID, "123456", 6, true), NUMRES_OK);
    record_fixture_close(&now);
}

Test(record_text, rejected_text_is_cut_between_characters) {
    record_fixture now;
    open_record(&now, NUMRES_RECORD_RESERVATION, 400, 400);
    memcpy(source + RAW - 1, "\xC3\xA9", 2);
    cr_assert_eq(store(&now, NUMRES_RESERVATION_STATUS, source, 300, false), NUMRES_UNKNOWN_STATUS);
    cr_assert_eq(now.record.raw[NUMRES_RESERVATION_STATUS].length, RAW - 1);
    cr_assert_eq(now.record.value.reservation.status.text.length, RAW - 1);
    record_fixture_close(&now);
}

/* ---- text that passes, text that lasts ---- */

Test(record_text, passing_text_is_copied_at_once) {
    record_fixture now;
    open_record(&now, NUMRES_RECORD_RESERVATION, 100, 100);
    strcpy(source, "one");
    store(&now, NUMRES_RESERVATION_ID, source, 3, false);
    strcpy(source, "two");
    store(&now, NUMRES_RESERVATION_ERRORS, source, 3, false);
    strcpy(source, "###");
    cr_assert(numres_text_is(now.record.value.reservation.id, "one", 3));
    cr_assert(numres_text_is(now.record.value.reservation.errors, "two", 3));
    cr_assert_eq(now.record.text_used, 6);
    record_fixture_close(&now);
}

Test(record_text, lasting_text_is_not_copied) {
    record_fixture now;
    open_record(&now, NUMRES_RECORD_RESERVATION, 100, 100);
    store(&now, NUMRES_RESERVATION_ID, source, 10, true);
    store(&now, NUMRES_RESERVATION_STATUS, source + 10, 10, true);
    cr_assert_eq(now.record.value.reservation.id.bytes, source);
    cr_assert_eq(now.record.value.reservation.status.text.bytes, source + 10);
    cr_assert_eq(now.record.text_used, 0);
    record_fixture_close(&now);
}

Test(record_text, keep_copies_what_lies_in_the_chunk) {
    record_fixture now;
    open_record(&now, NUMRES_RECORD_PHONE_NUMBER, 100, 1000);
    const numres_phone_number *number = &now.record.value.phone_number;
    memcpy(source, "first|pending|2018-01-01T00:00:00Z|last|", 40);
    store(&now, NUMRES_PHONE_NUMBER_ID, source, 5, true);
    store(&now, NUMRES_PHONE_NUMBER_STATUS, source + 6, 7, true);
    store(&now, NUMRES_PHONE_NUMBER_CREATED_AT, source + 14, 20, true);
    store(&now, NUMRES_PHONE_NUMBER_ERRORS, source + 35, 4, true);
    numres_record_keep(&now.record, source, source + 39);
    memset(source, '#', sizeof source);
    cr_assert(numres_text_is(number->id, "first", 5));
    cr_assert(numres_text_is(number->status.text, "pending", 7));
    cr_assert(numres_text_is(number->created_at.text, "2018-01-01T00:00:00Z", 20));
    cr_assert(numres_text_is(number->errors, "last", 4));
    cr_assert(numres_text_is(numres_phone_number_raw(number, NUMRES_PHONE_NUMBER_ID), "first", 5));
    cr_assert(
        numres_text_is(numres_phone_number_raw(number, NUMRES_PHONE_NUMBER_STATUS), "pending", 7));
    cr_assert_eq(now.record.text_used, 36);
    record_fixture_close(&now);
}

Test(record_text, keep_copies_nothing_else) {
    record_fixture now;
    open_record(&now, NUMRES_RECORD_RESERVATION, 100, 1000);
    const numres_reservation *reservation = &now.record.value.reservation;
    store(&now, NUMRES_RESERVATION_ID, source + 90, 10, true);
    store(&now, NUMRES_RESERVATION_ERRORS, source + 200, 10, true);
    store(&now, NUMRES_RESERVATION_STATUS, "pending", 7, false);
    const char *status = reservation->status.text.bytes;
    numres_record_keep(&now.record, source + 100, source + 200);
    cr_assert_eq(reservation->id.bytes, source + 90);
    cr_assert_eq(reservation->errors.bytes, source + 200);
    cr_assert_eq(reservation->status.text.bytes, status);
    cr_assert_eq(now.record.text_used, 7);
    /* An absent member's raw text may be left over from any earlier record. */
    now.record.raw[NUMRES_RESERVATION_UPDATED_AT].bytes = source + 150;
    now.record.raw[NUMRES_RESERVATION_UPDATED_AT].length = SIZE_MAX;
    numres_record_keep(&now.record, source + 100, source + 200);
    cr_assert_eq(now.record.text_used, 7);
    record_fixture_close(&now);
}

Test(record_text, keep_copies_once) {
    record_fixture now;
    open_record(&now, NUMRES_RECORD_RESERVATION, 100, 1000);
    store(&now, NUMRES_RESERVATION_ID, source, 10, true);
    store(&now, NUMRES_RESERVATION_STATUS, source + 20, 10, true);
    for (int round = 0; round < 1000; round++) {
        numres_record_keep(&now.record, source, source + sizeof source);
    }
    cr_assert_eq(now.record.text_used, 20);
    /* The record's own text is not processed again. */
    numres_record_keep(&now.record, now.record.text, now.guard.end);
    cr_assert_eq(now.record.text_used, 20);
    record_fixture_close(&now);
}

/* A rejected text has only raw text; its field stays neutral. */
Test(record_text, keep_leaves_a_rejected_field_neutral) {
    record_fixture now;
    open_record(&now, NUMRES_RECORD_RESERVATION, 5, 100);
    cr_assert_eq(store(&now, NUMRES_RESERVATION_ID, source, 6, true), NUMRES_VALUE_TOO_LONG);
    numres_record_keep(&now.record, source, source + sizeof source);
    memset(source, '#', sizeof source);
    cr_assert_eq(now.record.value.reservation.id.length, 0);
    numres_text raw = numres_reservation_raw(&now.record.value.reservation, NUMRES_RESERVATION_ID);
    cr_assert(numres_text_is(raw, "xxxxxx", 6));
    record_fixture_close(&now);
}

Test(record_text, keep_without_a_record) {
    record_fixture now;
    open_record(&now, NUMRES_RECORD_NONE, 10, 10);
    numres_record_keep(&now.record, source, source + sizeof source);
    numres_record_publish(&now.record);
    cr_assert_eq(now.record.text_used, 0);
    record_fixture_close(&now);
}

/* ---- the text area is never too small ---- */

static const struct {
    numres_record_kind kind;
    unsigned int count;
} kinds[] = {{NUMRES_RECORD_RESERVATION, NUMRES_RESERVATION_MEMBER_COUNT},
             {NUMRES_RECORD_PHONE_NUMBER, NUMRES_PHONE_NUMBER_MEMBER_COUNT},
             {NUMRES_RECORD_META, NUMRES_META_MEMBER_COUNT},
             {NUMRES_RECORD_API_ERROR, NUMRES_API_ERROR_MEMBER_COUNT}};

enum { LIMIT = 600 };

/*
 * Fills a record as full as possible: each member of `accepted` gets about half of what
 * is left of the limit, if it takes any text, and the others a value that is rejected.
 */
static void fill(record_fixture *now, unsigned int count, uint32_t accepted, bool lasting) {
    for (unsigned int member = 0; member < count; member++) {
        size_t left = LIMIT - now->record.counted;
        bool accept = numres_has(accepted, member);
        size_t length = accept ? left / 2 + 1 : LIMIT + 1;
        if (accept && left > 0 && length > left) {
            length = left;
        }
        store(now, member, source, length, lasting);
        if (lasting && member % 2 == 0) {
            numres_record_keep(&now->record, source, source + sizeof source);
        }
    }
    numres_record_keep(&now->record, source, source + sizeof source);
    cr_assert_leq(now->record.text_used, numres_record_text_size(LIMIT, NUMRES_RECORD_MEMBERS));
}

static void check_texts(const record_fixture *now, unsigned int count) {
    for (unsigned int member = 0; member < count; member++) {
        numres_text raw = numres_record_raw(&now->record, member);
        cr_assert(raw.length == 0 || is_in_record(now, raw));
        for (size_t at = 0; at < raw.length; at++) {
            if (raw.bytes[at] != 'x') {
                cr_assert_fail("member %u is damaged at %zu", member, at);
            }
        }
    }
}

Test(record_text, no_mixture_of_values_overruns_the_text) {
    for (size_t at = 0; at < sizeof kinds / sizeof *kinds; at++) {
        for (uint32_t accepted = 0; accepted < UINT32_C(1) << kinds[at].count; accepted++) {
            record_fixture now;
            open_record(&now, kinds[at].kind, LIMIT, LIMIT);
            fill(&now, kinds[at].count, accepted, accepted % 2 == 0);
            check_texts(&now, kinds[at].count);
            record_fixture_close(&now);
        }
    }
}

/* All members of an API error, each rejected with as much raw text as possible. */
Test(record_text, every_member_rejected_fills_the_text_to_its_last_byte) {
    record_fixture now;
    open_record(&now, NUMRES_RECORD_API_ERROR, 1, 1);
    for (unsigned int member = 0; member < NUMRES_API_ERROR_MEMBER_COUNT; member++) {
        cr_assert_neq(store(&now, member, source, 1000, false), NUMRES_OK);
    }
    cr_assert_eq(now.record.text_used, NUMRES_API_ERROR_MEMBER_COUNT * (size_t)RAW);
    cr_assert_eq(now.record.text_used, numres_record_text_size(1, NUMRES_RECORD_MEMBERS));
    check_texts(&now, NUMRES_API_ERROR_MEMBER_COUNT);
    record_fixture_close(&now);
}
