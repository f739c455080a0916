/* Small public helpers: texts, which members have a value, the version. */
#include <criterion/criterion.h>
#include <numres.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records.h"
#include "support.h"

/* ---- texts ---- */

Test(helpers, text_from) {
    static const char string[] = "MY REF";
    numres_text text = numres_text_from(string);
    cr_assert_eq(text.bytes, string);
    cr_assert_eq(text.length, 6);
    text = numres_text_from(NULL);
    cr_assert_null(text.bytes);
    cr_assert_eq(text.length, 0);
    cr_assert_eq(numres_text_from("").length, 0);
}

Test(helpers, text_equals) {
    numres_text text = {"pending and more", 7};
    numres_text with_nul = {"a\0b", 3};
    numres_text nothing = {NULL, 0};
    cr_assert(numres_text_equals(text, "pending"));
    cr_assert_not(numres_text_equals(text, "pending and more"));
    cr_assert_not(numres_text_equals(text, "pendinG"));
    cr_assert_not(numres_text_equals(text, "pend"));
    cr_assert_not(numres_text_equals(text, ""));
    cr_assert_not(numres_text_equals(text, NULL));
    cr_assert_not(numres_text_equals(with_nul, "a"));
    cr_assert(numres_text_equals(nothing, ""));
    cr_assert_not(numres_text_equals(nothing, NULL));
}

/* The text ends at a guard page, so no NUL after it can be read. */
Test(helpers, text_copy_at_every_size) {
    guard memory = guard_create(16);
    numres_text text = {guard_place(&memory, "+13125550123", 12), 12};
    cr_assert(numres_text_equals(text, "+13125550123"));
    for (size_t size = 0; size < 16; size++) {
        char *buffer = malloc(size + (size == 0));
        cr_assert_eq(numres_text_copy(text, buffer, size), 12);
        if (size > 0)
            cr_assert_str_eq(buffer, size > 12 ? "+13125550123" : "");
        free(buffer);
    }
    cr_assert_eq(numres_text_copy(text, NULL, 0), 12);
    guard_destroy(&memory);
}

Test(helpers, text_copy_of_a_text_with_a_nul) {
    char buffer[4] = "xxx";
    numres_text text = {"a\0b", 3};
    cr_assert_eq(numres_text_copy(text, buffer, sizeof buffer), 3);
    cr_assert_arr_eq(buffer, "a\0b", 4);
    text.length = 0;
    text.bytes = NULL;
    cr_assert_eq(numres_text_copy(text, buffer, sizeof buffer), 0);
    cr_assert_str_empty(buffer);
}

/* ---- members ---- */

static const char document[] =
    "{'data':[{'id':'a','status':'odd','customer_reference':null,'phone_numbers':["
    "{'id':7,'expired':false}]}],'meta':{'total_pages':0,'page_size':'x','page_number':null},"
    "'errors':[{'code':1,'title':null}]}";

Test(helpers, a_member_that_can_be_used) {
    records kept = read_document(document, NULL, NULL, NULL);
    const numres_reservation *reservation =
        &event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation;
    const numres_phone_number *number =
        &event_of(&kept, NUMRES_EVENT_PHONE_NUMBER, 0)->phone_number;
    const numres_meta *meta = &event_of(&kept, NUMRES_EVENT_META, 0)->meta;
    const numres_api_error *error = &event_of(&kept, NUMRES_EVENT_API_ERROR, 0)->api_error;
    cr_assert(numres_reservation_has(reservation, NUMRES_RESERVATION_ID));
    cr_assert(numres_reservation_has(reservation, NUMRES_RESERVATION_PHONE_NUMBERS));
    cr_assert_not(numres_reservation_has(reservation, NUMRES_RESERVATION_STATUS));
    cr_assert_not(numres_reservation_has(reservation, NUMRES_RESERVATION_CUSTOMER_REFERENCE));
    cr_assert_not(numres_reservation_has(reservation, NUMRES_RESERVATION_ERRORS));
    cr_assert(numres_phone_number_has(number, NUMRES_PHONE_NUMBER_EXPIRED));
    cr_assert_not(numres_phone_number_has(number, NUMRES_PHONE_NUMBER_ID));
    cr_assert(numres_meta_has(meta, NUMRES_META_TOTAL_PAGES));
    cr_assert_not(numres_meta_has(meta, NUMRES_META_PAGE_SIZE));
    cr_assert_not(numres_meta_has(meta, NUMRES_META_PAGE_NUMBER));
    cr_assert_not(numres_meta_has(meta, NUMRES_META_TOTAL_RESULTS));
    cr_assert(numres_api_error_has(error, NUMRES_API_ERROR_CODE));
    cr_assert_not(numres_api_error_has(error, NUMRES_API_ERROR_TITLE));
    records_close(&kept);
}

Test(helpers, no_record_and_no_member) {
    numres_meta meta;
    memset(&meta, 0, sizeof meta);
    meta.present = UINT32_MAX;
    cr_assert(numres_meta_has(&meta, 31));
    cr_assert_not(numres_meta_has(&meta, 32));
    cr_assert_not(numres_meta_has(&meta, 64));
    cr_assert_not(numres_meta_has(&meta, UINT32_MAX));
    cr_assert_not(numres_reservation_has(NULL, 0));
    cr_assert_not(numres_phone_number_has(NULL, 0));
    cr_assert_not(numres_meta_has(NULL, 0));
    cr_assert_not(numres_api_error_has(NULL, 0));
    cr_assert(numres_mask_has(4, 2));
    cr_assert_not(numres_mask_has(4, 1));
    cr_assert_not(numres_mask_has(UINT32_MAX, 32));
}

Test(helpers, the_text_of_an_unknown_status) {
    records kept = read_document("{'data':[{'phone_numbers':["
                                 "{'id':'1','status':'released','created_at':'soon'},"
                                 "{'id':'2','status':'released','created_at':'soon'},"
                                 "{'id':'3','status':'rel\\u0065ased','created_at':'soon'}]}]}",
                                 NULL, NULL, NULL);
    for (size_t at = 0; at < 3; at++) {
        const event *now = event_of(&kept, NUMRES_EVENT_PHONE_NUMBER, at);
        cr_assert_eq(now->phone_number.status.value, NUMRES_STATUS_UNKNOWN);
        cr_assert(numres_text_equals(now->phone_number.status.text, "released"));
        cr_assert(numres_text_equals(now->phone_number.created_at.text, "soon"));
    }
    records_close(&kept);
}

/* ---- the version ---- */

#if NUMRES_VERSION_NUMBER < 1000
#error "the version can be compared by the preprocessor"
#endif

Test(helpers, the_version_in_its_three_forms) {
    unsigned int major, minor, patch;
    cr_assert_eq(sscanf(NUMRES_VERSION_TEXT, "%u.%u.%u", &major, &minor, &patch), 3);
    cr_assert_eq(major, NUMRES_VERSION_MAJOR);
    cr_assert_eq(minor, NUMRES_VERSION_MINOR);
    cr_assert_eq(patch, NUMRES_VERSION_PATCH);
    cr_assert_eq(NUMRES_VERSION_NUMBER, major * 1000000 + minor * 1000 + patch);
    cr_assert_eq(numres_version_number(), NUMRES_VERSION_NUMBER);
}
