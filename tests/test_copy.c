/* Copies of records outlive their callback, and are read like records. */
#include "reading.h"
#include "records.h"
#include "writing.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Every kind of value: valid, null, absent, rejected (a text, a numeral, a container), a
   valid and a rejected empty text, a text with NUL. */
static const char document[] =
    "{'data':[{'id':'a\\u0000b','record_type':'number_reservation','status':'odd',"
    "'customer_reference':null,'created_at':'2026-01-02T03:04:05.60Z','updated_at':'never',"
    "'errors':'','phone_numbers':["
    "{'id':7,'record_type':'x','phone_number':'+1','status':'failure','created_at':{},"
    "'updated_at':null,'expired_at':'','errors':[]},{}]}]}";

static void expect_same_text(numres_text copy, numres_text original) {
    cr_assert_not_null(copy.bytes);
    cr_assert_eq(copy.length, original.length);
    cr_assert_arr_eq(copy.bytes, original.bytes, copy.length);
}

/* Every text must be inside the block, except empty ones, and null, true and false, which
   are the library's own. */
static void expect_inside(numres_text text, const void *block, size_t size) {
    const char *start = block;
    cr_assert(text.length == 0 || (text.bytes > start && text.bytes + text.length <= start + size));
}

static void expect_same_timestamp(const numres_timestamp_member *copy,
                                  const numres_timestamp_member *original) {
    expect_same_text(copy->text, original->text);
    cr_assert_eq(memcmp(&copy->value, &original->value, sizeof copy->value), 0);
}

static void expect_same_status(const numres_status_member *copy,
                               const numres_status_member *original) {
    expect_same_text(copy->text, original->text);
    cr_assert_eq(copy->value, original->value);
}

static void expect_same_reservation(const numres_reservation *copy,
                                    const numres_reservation *original) {
    cr_assert_eq(copy->index, original->index);
    cr_assert_eq(copy->present, original->present);
    cr_assert_eq(copy->null, original->null);
    cr_assert_eq(copy->invalid, original->invalid);
    cr_assert_eq(copy->phone_number_count, original->phone_number_count);
    expect_same_text(copy->id, original->id);
    expect_same_text(copy->record_type, original->record_type);
    expect_same_status(&copy->status, &original->status);
    expect_same_text(copy->customer_reference, original->customer_reference);
    expect_same_timestamp(&copy->created_at, &original->created_at);
    expect_same_timestamp(&copy->updated_at, &original->updated_at);
    expect_same_text(copy->errors, original->errors);
    for (unsigned int member = 0; member < 40; member++) {
        expect_same_text(numres_reservation_raw(copy, member),
                         numres_reservation_raw(original, member));
    }
}

static void expect_same_phone_number(const numres_phone_number *copy,
                                     const numres_phone_number *original) {
    cr_assert_eq(copy->index, original->index);
    cr_assert_eq(copy->present, original->present);
    cr_assert_eq(copy->null, original->null);
    cr_assert_eq(copy->invalid, original->invalid);
    cr_assert_null(copy->reservation);
    expect_same_text(copy->id, original->id);
    expect_same_text(copy->record_type, original->record_type);
    expect_same_text(copy->phone_number, original->phone_number);
    expect_same_status(&copy->status, &original->status);
    expect_same_timestamp(&copy->created_at, &original->created_at);
    expect_same_timestamp(&copy->updated_at, &original->updated_at);
    expect_same_timestamp(&copy->expired_at, &original->expired_at);
    expect_same_text(copy->errors, original->errors);
    for (unsigned int member = 0; member < 40; member++) {
        expect_same_text(numres_phone_number_raw(copy, member),
                         numres_phone_number_raw(original, member));
    }
}

/* Copies the copy, overwrites the first, and compares the second: it may not point into
   the first or the parser. */
static void check_reservation(const numres_reservation *reservation) {
    size_t size = numres_reservation_copy(reservation, NULL, 0);
    numres_reservation *first = malloc(size);
    numres_reservation *second = malloc(size);
    cr_assert_eq(numres_reservation_copy(reservation, first, size), size);
    expect_same_reservation(first, reservation);
    cr_assert_eq(numres_reservation_copy(first, second, size), size);
    memset(first, 0xA5, size);
    free(first);
    expect_same_reservation(second, reservation);
    for (unsigned int member = 0; member < NUMRES_RESERVATION_MEMBER_COUNT; member++) {
        if (!numres_has(second->null, member)) {
            expect_inside(numres_reservation_raw(second, member), second, size);
        }
    }
    expect_inside(second->id, second, size);
    expect_inside(second->record_type, second, size);
    expect_inside(second->status.text, second, size);
    expect_inside(second->created_at.text, second, size);
    expect_inside(second->updated_at.text, second, size);
    free(second);
}

static void check_phone_number(const numres_phone_number *phone_number) {
    size_t size = numres_phone_number_copy(phone_number, NULL, 0);
    numres_phone_number *first = malloc(size);
    numres_phone_number *second = malloc(size);
    cr_assert_not_null(phone_number->reservation);
    cr_assert_eq(numres_phone_number_copy(phone_number, first, size), size);
    expect_same_phone_number(first, phone_number);
    cr_assert_eq(numres_phone_number_copy(first, second, size), size);
    memset(first, 0xA5, size);
    free(first);
    expect_same_phone_number(second, phone_number);
    for (unsigned int member = 0; member < NUMRES_PHONE_NUMBER_MEMBER_COUNT; member++) {
        if (!numres_has(second->null, member) && member != NUMRES_PHONE_NUMBER_EXPIRED) {
            expect_inside(numres_phone_number_raw(second, member), second, size);
        }
    }
    expect_inside(second->phone_number, second, size);
    expect_inside(second->status.text, second, size);
    /* A copy can also be made of the owner, as far as it is known. */
    free(copy_of_reservation(phone_number->reservation));
    free(second);
}

static void check_api_error(const numres_api_error *error) {
    numres_api_error *copy = copy_of_api_error(error);
    expect_same_text(copy->detail, error->detail);
    for (unsigned int member = 0; member < 40; member++) {
        expect_same_text(numres_api_error_raw(copy, member), numres_api_error_raw(error, member));
    }
    free(copy);
}

static numres_answer check(numres_parser *parser, trace *trace, const void *what) {
    (void)parser;
    if (trace->newest == NUMRES_EVENT_RESERVATION) {
        check_reservation(what);
    } else if (trace->newest == NUMRES_EVENT_PHONE_NUMBER) {
        check_phone_number(what);
    } else if (trace->newest == NUMRES_EVENT_API_ERROR) {
        check_api_error(what);
    }
    return NUMRES_GO_ON;
}

/* Checks a copy of each of the document's records. */
static void expect_same_copies(const char *text, uint64_t count) {
    static const size_t chunks[] = {1, 2, 3, 7, sizeof document};
    char *bytes = json(text);
    reading_options options;
    reader reader;
    cr_assert(reading_options_parse(&options, "-"));
    reader_create(&reader, &options, bytes, strlen(bytes));
    reader.trace.decide = check;
    for (size_t at = 0; at < sizeof chunks / sizeof *chunks; at++) {
        reader_read_chunks(&reader, chunks[at], false);
        cr_assert_eq(numres_parser_error(reader.parser)->code, NUMRES_OK);
        cr_assert_eq(trace_records(&reader.trace), count);
    }
    reader_destroy(&reader);
    free(bytes);
}

Test(copy, says_what_the_record_says_however_the_document_is_cut) {
    expect_same_copies(document, 3);
    expect_same_copies("{'errors':[{'code':10005,'title':'Not found','source':{'pointer':'/p'}},"
                       "'text',{'detail':7,'description':'d','meta':{'url':'u'}}]}",
                       3);
}

Test(copy, outlives_parser_and_document) {
    kept_page page = page_of(document);
    cr_assert_eq(page.count, 1);
    cr_assert_eq(page.reservations[0].count, 2);
    const numres_reservation *reservation = page.reservations[0].reservation;
    const numres_phone_number *number = page.reservations[0].numbers[0];
    cr_assert_eq(reservation->id.length, 3);
    cr_assert_arr_eq(reservation->id.bytes, "a\0b", 3);
    cr_assert(text_is(reservation->created_at.text, "2026-01-02T03:04:05.60Z"));
    cr_assert_eq(reservation->created_at.value.seconds, 1767323045);
    cr_assert(text_is(reservation->status.text, "odd"));
    cr_assert(text_is(numres_reservation_raw(reservation, NUMRES_RESERVATION_UPDATED_AT), "never"));
    cr_assert_eq(number->id.length, 0);
    cr_assert(text_is(numres_phone_number_raw(number, NUMRES_PHONE_NUMBER_ID), "7"));
    cr_assert_eq(page.reservations[0].numbers[1]->present, 0);
    cr_assert_eq(page.reservations[0].numbers[1]->index, 1);
    page_free(&page);
}

/* ---- sizes ---- */

/* It returns the same size whatever it is given, and writes only if that is enough. */
Test(copy, writes_nothing_where_it_does_not_fit) {
    kept_page page = page_of(document);
    const numres_reservation *reservation = page.reservations[0].reservation;
    const numres_phone_number *number = page.reservations[0].numbers[0];
    size_t reservation_size = numres_reservation_copy(reservation, NULL, 0);
    size_t number_size = numres_phone_number_copy(number, NULL, 0);
    size_t largest = reservation_size > number_size ? reservation_size : number_size;
    char *memory = malloc(largest);
    char *untouched = malloc(largest);
    memset(memory, 0x5A, largest);
    memset(untouched, 0x5A, largest);
    for (size_t size = 0; size < largest; size++) {
        if (size < reservation_size) {
            cr_assert_eq(numres_reservation_copy(reservation, memory, size), reservation_size);
        }
        if (size < number_size) {
            cr_assert_eq(numres_phone_number_copy(number, memory, size), number_size);
        }
        cr_assert_arr_eq(memory, untouched, largest);
    }
    free(memory);
    free(untouched);
    page_free(&page);
}

Test(copy, of_an_api_error_writes_nothing_where_it_does_not_fit) {
    records kept = read_document("{'errors':[{'code':'1'}]}", NULL, NULL, NULL);
    const numres_api_error *error = event_of(&kept, NUMRES_EVENT_API_ERROR, 0)->blocks[0];
    size_t size = numres_api_error_copy(error, NULL, 0);
    char *small = malloc(size - 1);
    cr_assert_gt(size, sizeof *error);
    memset(small, 0x5A, size - 1);
    cr_assert_eq(numres_api_error_copy(error, small, size - 1), size);
    for (size_t at = 0; at < size - 1; at++) {
        cr_assert_eq(small[at], 0x5A);
    }
    free(small);
    records_close(&kept);
}

Test(copy, takes_its_size_and_no_byte_more) {
    kept_page page = page_of(document);
    const numres_reservation *reservation = page.reservations[0].reservation;
    size_t size = numres_reservation_copy(reservation, NULL, 0);
    /* No guard page: before one, the copy would not be aligned. */
    unsigned char *memory = malloc(size + 64);
    memset(memory, 0x5A, size + 64);
    cr_assert_eq(numres_reservation_copy(reservation, memory, size + 64), size);
    for (size_t at = size; at < size + 64; at++) {
        cr_assert_eq(memory[at], 0x5A);
    }
    free(memory);
    page_free(&page);
}

Test(copy, a_rejected_container_stays_one) {
    kept_page page = page_of("{'data':{'id':{},'status':'','phone_numbers':[]}}");
    numres_writer_options options = options_for(NUMRES_FORMAT_NDJSON);
    text_buffer written = page_written(&page, &options);
    cr_assert_str_eq(written.bytes, "{\"id\":null,\"phone_numbers\":[],\"status\":\"\"}\n");
    text_buffer_free(&written);
    page_free(&page);
}

static numres_answer copy_old_number(numres_parser *parser, trace *trace, const void *what) {
    (void)parser, (void)what;
    if (trace->newest == NUMRES_EVENT_RESERVATION) {
        cr_assert_eq(numres_phone_number_copy(trace->given[NUMRES_EVENT_PHONE_NUMBER], NULL, 0), 0);
    }
    return NUMRES_GO_ON;
}

Test(copy, of_a_number_whose_callback_is_over_is_nothing) {
    static const numres_lane lanes[] = {NUMRES_LANE_AUTOMATIC, NUMRES_LANE_GENERAL};
    for (size_t at = 0; at < sizeof lanes / sizeof *lanes; at++) {
        trace seen = {.counts_only = true, .decide = copy_old_number};
        numres_options options = numres_options_default();
        options.lane = lanes[at];
        cr_assert_eq(
            parse_document("{'data':[{'phone_numbers':[{'id':'a'}]}]}", &options, &seen, NULL),
            NUMRES_OK);
        cr_assert_not_null(seen.given[NUMRES_EVENT_PHONE_NUMBER]);
        cr_assert_not_null(seen.given[NUMRES_EVENT_RESERVATION]);
    }
}

Test(copy, of_null_is_nothing) {
    char memory[16] = "untouched";
    cr_assert_eq(numres_reservation_copy(NULL, memory, sizeof memory), 0);
    cr_assert_eq(numres_phone_number_copy(NULL, memory, sizeof memory), 0);
    cr_assert_eq(numres_reservation_copy(NULL, NULL, 0), 0);
    cr_assert_eq(numres_api_error_copy(NULL, NULL, 0), 0);
    cr_assert_str_eq(memory, "untouched");
}

/* ---- API errors ---- */

/* A copy of the event's copy, which is then overwritten: nothing may point into it. */
static numres_api_error *copied_again(const event *now) {
    numres_api_error *first = now->blocks[0];
    numres_api_error *second = copy_of_api_error(first);
    size_t size = numres_api_error_copy(second, NULL, 0);
    memset(first, 0xA5, size);
    expect_inside(second->detail, second, size);
    return second;
}

Test(copy, of_an_api_error_outlives_parser_and_document) {
    records kept = read_document("{'errors':[{'code':10005,'title':'Not found','detail':'No.',"
                                 "'source':{'pointer':'/base'},'meta':{'url':'u'}},'text']}",
                                 NULL, NULL, NULL);
    numres_api_error *error = copied_again(event_of(&kept, NUMRES_EVENT_API_ERROR, 0));
    cr_assert(text_is(error->code, "10005"));
    cr_assert(text_is(error->title, "Not found"));
    cr_assert(text_is(error->detail, "No."));
    cr_assert(text_is(error->description, ""));
    cr_assert(text_is(error->source_pointer, "/base"));
    cr_assert(text_is(error->meta_url, "u"));
    cr_assert(text_is(numres_api_error_raw(error, NUMRES_API_ERROR_CODE), "10005"));
    free(error);
    error = copied_again(event_of(&kept, NUMRES_EVENT_API_ERROR, 1));
    cr_assert(text_is(error->message, "text"));
    cr_assert(text_is(error->detail, "text"));
    cr_assert_eq(error->index, 1);
    free(error);
    records_close(&kept);
}

/* A detail that is taken from another member must come from the copy's own texts. */
Test(copy, of_an_api_error_derives_detail_from_its_own_texts) {
    static const struct {
        const char *detail, *raw;
    } expected[] = {{"older", ""}, {"other", ""}, {"m", "null"}, {"d", "7"}};
    records kept = read_document("{'errors':[{'description':'older'},{'message':'other'},"
                                 "{'detail':null,'message':'m'},{'detail':7,'description':'d'}]}",
                                 NULL, NULL, NULL);
    for (size_t at = 0; at < sizeof expected / sizeof *expected; at++) {
        numres_api_error *error = copied_again(event_of(&kept, NUMRES_EVENT_API_ERROR, at));
        numres_text raw = numres_api_error_raw(error, NUMRES_API_ERROR_DETAIL);
        cr_assert(text_is(error->detail, expected[at].detail), "%zu", at);
        cr_assert(text_is(raw, expected[at].raw), "%zu", at);
        free(error);
    }
    records_close(&kept);
}

Test(copy, of_a_root_that_refuses) {
    records kept = read_document("{'message':'no','error':'denied'}", NULL, NULL, NULL);
    numres_api_error *error = copied_again(event_of(&kept, NUMRES_EVENT_API_ERROR, 0));
    cr_assert(error->of_root);
    cr_assert(text_is(error->title, "denied"));
    cr_assert(text_is(error->detail, "no"));
    free(error);
    records_close(&kept);
}
