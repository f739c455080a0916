/* Every problem: its code, offset, path and raw text, and the field in the record. */
#include "records.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static records read_plain(const char *text) {
    records kept = read_document(text, NULL, NULL, NULL);
    expect_fine(&kept);
    return kept;
}

static uint32_t bit(unsigned int member) {
    return UINT32_C(1) << member;
}

static void expect_position(const records *kept, size_t index, uint64_t position) {
    cr_assert_eq(event_of(kept, NUMRES_EVENT_PROBLEM, index)->position, position, "%s", kept->log);
}

/* ---- a document without problems ---- */

Test(problems, none_in_a_right_document) {
    records kept =
        read_plain("{'data':[{'id':'a','record_type':'number_reservation','status':'success',"
                   "'customer_reference':null,'created_at':'2018-08-24T10:27:30.123456Z',"
                   "'updated_at':'2018-08-24T10:27:31Z','errors':'','phone_numbers':[{'id':'n',"
                   "'record_type':'reserved_phone_number','phone_number':'+16183xxxxxx',"
                   "'status':'failure','expired_at':'2018-08-24T10:57:30-00:00'}]}],"
                   "'meta':{'total_pages':3,'page_number':1,'total_results':55,'page_size':20}}");
    expect_problem_count(&kept, 0);
    const event *now = event_of(&kept, NUMRES_EVENT_RESERVATION, 0);
    const numres_reservation *reservation = &now->reservation;
    cr_assert_eq(reservation->present, 0xff);
    cr_assert_eq(reservation->null, bit(NUMRES_RESERVATION_CUSTOMER_REFERENCE));
    cr_assert_eq(reservation->invalid, 0);
    cr_assert_eq(reservation->status.value, NUMRES_STATUS_SUCCESS);
    cr_assert_eq(reservation->created_at.value.nanoseconds, 123456000u);
    cr_assert(text_is(reservation->created_at.text, "2018-08-24T10:27:30.123456Z"));
    cr_assert(text_is(reservation->customer_reference, ""));
    cr_assert_eq(reservation->phone_number_count, 1);
    cr_assert(text_is(now->raw[NUMRES_RESERVATION_STATUS], "success"));
    cr_assert(text_is(now->raw[NUMRES_RESERVATION_CUSTOMER_REFERENCE], "null"));
    cr_assert(text_is(now->raw[NUMRES_RESERVATION_PHONE_NUMBERS], ""));
    now = event_of(&kept, NUMRES_EVENT_PHONE_NUMBER, 0);
    cr_assert(text_is(now->phone_number.phone_number, "+16183xxxxxx"));
    cr_assert(now->phone_number.expired_at.value.unknown_offset);
    cr_assert_not(numres_has(now->phone_number.present, NUMRES_PHONE_NUMBER_CREATED_AT));
    cr_assert(text_is(now->raw[NUMRES_PHONE_NUMBER_CREATED_AT], ""));
    cr_assert(text_is(now->reservation.id, "a"));
    now = event_of(&kept, NUMRES_EVENT_META, 0);
    cr_assert_eq(now->meta.total_results, 55);
    cr_assert(text_is(now->raw[NUMRES_META_TOTAL_RESULTS], "55"));
    records_close(&kept);
}

/* ---- values ---- */

Test(problems, unknown_status) {
    static const char text[] = "{'data':[{'phone_numbers':[{'status':'part\\u0069al'}],"
                               "'status':'voided'}]}";
    records kept = read_plain(text);
    expect_problem_count(&kept, 2);
    expect_problem(&kept, 0, NUMRES_UNKNOWN_STATUS, offset_of(text, "'part"),
                   "data[0].phone_numbers[0].status", "partial");
    expect_position(&kept, 0, end_of(text, "al'"));
    expect_problem(&kept, 1, NUMRES_UNKNOWN_STATUS, offset_of(text, "'voided"), "data[0].status",
                   "voided");
    const event *now = event_of(&kept, NUMRES_EVENT_PHONE_NUMBER, 0);
    cr_assert_eq(now->phone_number.status.value, NUMRES_STATUS_UNKNOWN);
    cr_assert_eq(now->phone_number.present, bit(NUMRES_PHONE_NUMBER_STATUS));
    cr_assert_eq(now->phone_number.invalid, bit(NUMRES_PHONE_NUMBER_STATUS));
    cr_assert_eq(now->phone_number.null, 0);
    cr_assert(text_is(now->raw[NUMRES_PHONE_NUMBER_STATUS], "partial"));
    now = event_of(&kept, NUMRES_EVENT_RESERVATION, 0);
    cr_assert_eq(now->reservation.status.value, NUMRES_STATUS_UNKNOWN);
    cr_assert(text_is(now->raw[NUMRES_RESERVATION_STATUS], "voided"));
    records_close(&kept);
}

Test(problems, bad_timestamp) {
    static const char text[] = "{'data':{'created_at':'2018-02-29T00:00:00Z','updated_at':''}}";
    records kept = read_plain(text);
    expect_problem_count(&kept, 2);
    expect_problem(&kept, 0, NUMRES_BAD_TIMESTAMP, offset_of(text, "'2018"), "data.created_at",
                   "2018-02-29T00:00:00Z");
    expect_problem(&kept, 1, NUMRES_BAD_TIMESTAMP, offset_of(text, "''"), "data.updated_at", "");
    const event *now = event_of(&kept, NUMRES_EVENT_RESERVATION, 0);
    static const numres_timestamp zero = {0, 0, 0, 0, false, false};
    cr_assert_eq(now->reservation.created_at.value.seconds, zero.seconds);
    cr_assert_eq(now->reservation.created_at.value.nanoseconds, zero.nanoseconds);
    cr_assert_eq(now->reservation.created_at.value.fraction_digits, zero.fraction_digits);
    cr_assert_eq(now->reservation.invalid,
                 bit(NUMRES_RESERVATION_CREATED_AT) | bit(NUMRES_RESERVATION_UPDATED_AT));
    cr_assert(text_is(now->raw[NUMRES_RESERVATION_CREATED_AT], "2018-02-29T00:00:00Z"));
    records_close(&kept);
}

Test(problems, wrong_record_type) {
    static const char text[] = "{'data':{'phone_numbers':[{'record_type':'number_reservation'}],"
                               "'record_type':'reserved_phone_number'}}";
    records kept = read_plain(text);
    expect_problem_count(&kept, 2);
    expect_problem(&kept, 0, NUMRES_WRONG_RECORD_TYPE, offset_of(text, "'number_res"),
                   "data.phone_numbers[0].record_type", "number_reservation");
    expect_problem(&kept, 1, NUMRES_WRONG_RECORD_TYPE, offset_of(text, "'reserved"),
                   "data.record_type", "reserved_phone_number");
    const event *now = event_of(&kept, NUMRES_EVENT_RESERVATION, 0);
    cr_assert(text_is(now->reservation.record_type, ""));
    cr_assert_eq(now->reservation.invalid, bit(NUMRES_RESERVATION_RECORD_TYPE));
    cr_assert(text_is(now->raw[NUMRES_RESERVATION_RECORD_TYPE], "reserved_phone_number"));
    records_close(&kept);
}

Test(problems, bad_phone_number_is_one_only_with_the_option) {
    static const char *const numbers[] = {
        "+12",   "+123456789012345", "+90", "+1",   "+9", "+", "+0123", "+1234567890123456",
        "16183", "+16183xxxxxx",     "",    "+1 6", "++1"};
    for (size_t at = 0; at < sizeof numbers / sizeof numbers[0]; at++) {
        char text[128];
        snprintf(text, sizeof text, "{'data':{'phone_numbers':[{'phone_number':'%s'}]}}",
                 numbers[at]);
        records kept = read_plain(text);
        expect_problem_count(&kept, 0);
        cr_assert(text_is(event_of(&kept, NUMRES_EVENT_PHONE_NUMBER, 0)->phone_number.phone_number,
                          numbers[at]));
        records_close(&kept);
        numres_options options = numres_options_default();
        options.check_e164 = true;
        kept = read_document(text, &options, NULL, NULL);
        bool right = at < 3;
        expect_problem_count(&kept, right ? 0 : 1);
        const event *now = event_of(&kept, NUMRES_EVENT_PHONE_NUMBER, 0);
        cr_assert(text_is(now->phone_number.phone_number, right ? numbers[at] : ""));
        cr_assert(text_is(now->raw[NUMRES_PHONE_NUMBER_PHONE_NUMBER], numbers[at]));
        if (!right) {
            expect_problem(&kept, 0, NUMRES_BAD_PHONE_NUMBER, 42,
                           "data.phone_numbers[0].phone_number", numbers[at]);
            cr_assert_eq(now->phone_number.invalid, bit(NUMRES_PHONE_NUMBER_PHONE_NUMBER));
        }
        records_close(&kept);
    }
}

static records read_total_results(const char *numeral) {
    char text[128];
    snprintf(text, sizeof text, "{'data':[],'meta':{'total_results':%s}}", numeral);
    records kept = read_plain(text);
    const event *now = event_of(&kept, NUMRES_EVENT_META, 0);
    cr_assert_eq(now->meta.present, bit(NUMRES_META_TOTAL_RESULTS));
    cr_assert(text_is(now->raw[NUMRES_META_TOTAL_RESULTS], numeral));
    return kept;
}

static void expect_integer(const char *numeral, uint64_t value) {
    records kept = read_total_results(numeral);
    const event *now = event_of(&kept, NUMRES_EVENT_META, 0);
    expect_problem_count(&kept, 0);
    cr_assert_eq(now->meta.total_results, value);
    cr_assert_eq(now->meta.invalid, 0);
    records_close(&kept);
}

Test(problems, none_with_an_integer_in_range) {
    expect_integer("0", 0);
    expect_integer("-0", 0);
    expect_integer("1.0", 1);
    expect_integer("1e2", 100);
    expect_integer("9223372036854775806", UINT64_C(9223372036854775806));
    expect_integer("9223372036854775807", UINT64_C(9223372036854775807));
}

Test(problems, integer_out_of_range) {
    static const char *const numerals[] = {"9223372036854775808",
                                           "10000000000000000000",
                                           "18446744073709551616",
                                           "18446744073709551617",
                                           "99999999999999999999999999",
                                           "-1",
                                           "1.5",
                                           "1E400",
                                           "-9223372036854775808"};
    for (size_t at = 0; at < sizeof numerals / sizeof numerals[0]; at++) {
        records kept = read_total_results(numerals[at]);
        const event *now = event_of(&kept, NUMRES_EVENT_META, 0);
        cr_assert_eq(now->meta.total_results, 0);
        cr_assert_eq(now->meta.invalid, bit(NUMRES_META_TOTAL_RESULTS));
        expect_problem_count(&kept, 1);
        expect_problem(&kept, 0, NUMRES_INTEGER_OUT_OF_RANGE, 35, "meta.total_results",
                       numerals[at]);
        expect_position(&kept, 0, 35 + strlen(numerals[at]));
        records_close(&kept);
    }
}

Test(problems, raw_text_is_cut_at_a_character) {
    static const struct {
        const char *unit;
        size_t in_raw;
    } units[] = {{"x", 256}, {"\xc3\xa9", 128}, {"\xe2\x82\xac", 85}, {"\xf0\x9f\x98\x80", 64}};
    for (size_t at = 0; at < sizeof units / sizeof units[0]; at++) {
        for (size_t shift = 0; shift < 4; shift++) {
            char text[2048] = "{'data':{'status':'", raw[512] = "";
            size_t size = strlen(units[at].unit);
            strcat(text, &"aaa"[3 - shift]);
            strcat(raw, &"aaa"[3 - shift]);
            for (size_t times = 0; times < 300; times++) {
                strcat(text, units[at].unit);
                if (strlen(raw) + size <= 256) {
                    strcat(raw, units[at].unit);
                }
            }
            strcat(text, "'}}");
            records kept = read_plain(text);
            expect_problem(&kept, 0, NUMRES_UNKNOWN_STATUS, 18, "data.status", raw);
            cr_assert(text_is(
                event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->raw[NUMRES_RESERVATION_STATUS], raw));
            records_close(&kept);
        }
    }
}

Test(problems, raw_text_may_hold_nul) {
    static const char text[] = "{'data':{'status':'a\\u0000b'}}";
    records kept = read_plain(text);
    const numres_problem *problem = &event_of(&kept, NUMRES_EVENT_PROBLEM, 0)->problem;
    cr_assert_eq(problem->raw.length, 3);
    cr_assert_eq(memcmp(problem->raw.bytes, "a\0b", 3), 0);
    records_close(&kept);
}

/* ---- duplicates ---- */

Test(problems, the_first_of_duplicate_members_stays) {
    static const char text[] =
        "{'data':{'id':'first','id':'second','i\\u0064':3,'phone_numbers':[{'id':'n','id':true}],"
        "'phone_numbers':[{'id':'skipped','status':'odd'},7],'x':1,'x':2}}";
    records kept = read_plain(text);
    expect_problem_count(&kept, 4);
    expect_problem(&kept, 0, NUMRES_DUPLICATE_MEMBER, offset_of(text, "'second'"), "data.id",
                   "second");
    expect_position(&kept, 0, end_of(text, "'second'"));
    expect_problem(&kept, 1, NUMRES_DUPLICATE_MEMBER, offset_of(text, "3,"), "data.id", "3");
    expect_problem(&kept, 2, NUMRES_DUPLICATE_MEMBER, offset_of(text, "true"),
                   "data.phone_numbers[0].id", "true");
    expect_problem(&kept, 3, NUMRES_DUPLICATE_MEMBER, offset_of(text, "[{'id':'skipped'"),
                   "data.phone_numbers", "");
    expect_position(&kept, 3, end_of(text, ",7]"));
    const numres_reservation *reservation =
        &event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation;
    cr_assert(text_is(reservation->id, "first"));
    cr_assert_eq(reservation->invalid, 0);
    cr_assert_eq(reservation->phone_number_count, 1);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_PHONE_NUMBER), 1);
    records_close(&kept);
}

Test(problems, duplicates_of_what_was_null_or_rejected) {
    static const char text[] = "{'data':{'id':null,'id':'late','status':7,'status':'success'}}";
    records kept = read_plain(text);
    expect_problem_count(&kept, 3);
    expect_problem(&kept, 0, NUMRES_DUPLICATE_MEMBER, offset_of(text, "'late'"), "data.id", "late");
    expect_problem(&kept, 1, NUMRES_WRONG_TYPE, offset_of(text, "7,"), "data.status", "7");
    expect_problem(&kept, 2, NUMRES_DUPLICATE_MEMBER, offset_of(text, "'success'"), "data.status",
                   "success");
    const numres_reservation *reservation =
        &event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation;
    cr_assert_eq(reservation->null, bit(NUMRES_RESERVATION_ID));
    cr_assert(text_is(reservation->id, ""));
    cr_assert_eq(reservation->status.value, NUMRES_STATUS_UNKNOWN);
    records_close(&kept);
}

Test(problems, duplicates_at_the_root) {
    static const char text[] = "{'data':[{'id':'a'}],'data':{'id':'b'},'meta':{'page_size':1},"
                               "'meta':{'page_size':2},'errors':[{}],'errors':[{},1]}";
    records kept = read_plain(text);
    expect_problem_count(&kept, 4);
    expect_problem(&kept, 0, NUMRES_DUPLICATE_MEMBER, offset_of(text, "{'id':'b'}"), "data", "");
    expect_position(&kept, 0, end_of(text, "{'id':'b'}"));
    expect_problem(&kept, 1, NUMRES_DUPLICATE_MEMBER, offset_of(text, "{'page_size':2}"), "meta",
                   "");
    expect_problem(&kept, 2, NUMRES_MIXED_ENVELOPE, offset_of(text, "[{}],"), "errors", "");
    expect_problem(&kept, 3, NUMRES_DUPLICATE_MEMBER, offset_of(text, "[{},1]"), "errors", "");
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_RESERVATION), 1);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_META), 1);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_API_ERROR), 1);
    records_close(&kept);
}

Test(problems, duplicates_in_an_api_errors_parts) {
    static const char text[] =
        "{'errors':[{'source':{'pointer':'a','pointer':'b'},'source':{'parameter':'c'},"
        "'meta':{'url':'d','url':'e'},'meta':null}]}";
    records kept = read_plain(text);
    expect_problem(&kept, 0, NUMRES_DUPLICATE_MEMBER, offset_of(text, "'b'"),
                   "errors[0].source.pointer", "b");
    expect_problem(&kept, 1, NUMRES_DUPLICATE_MEMBER, offset_of(text, "{'parameter'"),
                   "errors[0].source", "");
    expect_problem(&kept, 2, NUMRES_DUPLICATE_MEMBER, offset_of(text, "'e'"), "errors[0].meta.url",
                   "e");
    const numres_api_error *api_error = &event_of(&kept, NUMRES_EVENT_API_ERROR, 0)->api_error;
    cr_assert(text_is(api_error->source_pointer, "a"));
    cr_assert(text_is(api_error->source_parameter, ""));
    cr_assert(text_is(api_error->meta_url, "d"));
    cr_assert_not(numres_has(api_error->present, NUMRES_API_ERROR_SOURCE_PARAMETER));
    records_close(&kept);
}

/* ---- missing members ---- */

static records read_required(const char *text) {
    numres_options options = numres_options_default();
    options.require_members = true;
    records kept = read_document(text, &options, NULL, NULL);
    expect_fine(&kept);
    return kept;
}

static void expect_missing(const char *text, uint64_t brace, const char *object,
                           const char *const *names, size_t count) {
    records kept = read_required(text);
    expect_problem_count(&kept, count);
    for (size_t at = 0; at < count; at++) {
        char path[128];
        snprintf(path, sizeof path, "%s.%s", object, names[at]);
        expect_problem(&kept, at, NUMRES_MISSING_MEMBER, brace, path, "");
        expect_position(&kept, at, brace + 1);
    }
    records_close(&kept);
}

Test(problems, missing_members_in_the_tables_order) {
    static const char *const reservation[] = {"id",        "record_type",        "phone_numbers",
                                              "status",    "customer_reference", "created_at",
                                              "updated_at"};
    expect_missing("{'data':[{}]}", 10, "data[0]", reservation, 7);
    expect_missing("{'data':{ } }", 10, "data", reservation, 7);
    expect_missing("{'data':[{'errors':''}]}", 21, "data[0]", reservation, 7);
    static const char *const api_error[] = {"code", "title"};
    expect_missing("{'errors':[{}]}", 12, "errors[0]", api_error, 2);
    expect_missing("{'errors':[{'source':{},'meta':{}}]}", 33, "errors[0]", api_error, 2);
    static const char *const some[] = {"record_type", "status", "created_at"};
    static const char text[] = "{'data':{'updated_at':null,'customer_reference':null,"
                               "'phone_numbers':null,'id':''}}";
    expect_missing(text, offset_of(text, "}}"), "data", some, 3);
}

Test(problems, missing_members_of_a_number) {
    static const char text[] = "{'data':{'id':'','record_type':'number_reservation','status':null,"
                               "'customer_reference':null,'created_at':null,'updated_at':null,"
                               "'phone_numbers':[{'status':'success'}]}}";
    static const char *const names[] = {"record_type", "phone_number", "created_at", "updated_at",
                                        "expired_at"};
    expect_missing(text, offset_of(text, "}]}}"), "data.phone_numbers[0]", names, 5);
}

Test(problems, missing_members_set_nothing_and_come_before_the_record) {
    records kept = read_required("{'errors':[{'code':'1'}]}");
    cr_assert_eq(kept.events[0].kind, NUMRES_EVENT_PROBLEM);
    cr_assert_eq(kept.events[1].kind, NUMRES_EVENT_API_ERROR);
    cr_assert_eq(kept.events[1].api_error.invalid, 0);
    cr_assert_eq(kept.events[1].api_error.present, bit(NUMRES_API_ERROR_CODE));
    records_close(&kept);
}

Test(problems, nothing_is_missing_without_the_option) {
    records kept = read_plain("{'data':[{'phone_numbers':[{}]}],'meta':{}}");
    expect_problem_count(&kept, 0);
    records_close(&kept);
}

Test(problems, meta_misses_nothing) {
    records kept = read_required("{'data':[],'meta':{}}");
    expect_problem_count(&kept, 0);
    records_close(&kept);
}
