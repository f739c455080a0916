/* Copies of records outlive their callback, and are read like records. */
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
static numres_answer check_reservation(numres_parser *parser, const numres_reservation *reservation,
                                       void *user) {
    size_t size = numres_reservation_copy(reservation, NULL, 0);
    numres_reservation *first = malloc(size);
    numres_reservation *second = malloc(size);
    (void)parser;
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
    ++*(size_t *)user;
    return NUMRES_GO_ON;
}

static numres_answer check_phone_number(numres_parser *parser,
                                        const numres_phone_number *phone_number, void *user) {
    size_t size = numres_phone_number_copy(phone_number, NULL, 0);
    numres_phone_number *first = malloc(size);
    numres_phone_number *second = malloc(size);
    (void)parser;
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
    ++*(size_t *)user;
    return NUMRES_GO_ON;
}

Test(copy, says_what_the_record_says_however_the_document_is_cut) {
    static const size_t chunks[] = {1, 2, 3, 7, sizeof document};
    char *bytes = json(document);
    numres_handlers handlers = numres_handlers_default();
    handlers.on_reservation = check_reservation;
    handlers.on_phone_number = check_phone_number;
    for (size_t at = 0; at < sizeof chunks / sizeof *chunks; at++) {
        numres_parser *parser = NULL;
        size_t records = 0;
        cr_assert_eq(numres_parser_create(&parser, NULL, &handlers, &records), NUMRES_OK);
        for (size_t done = 0; done < strlen(bytes); done += chunks[at]) {
            size_t left = strlen(bytes) - done;
            size_t now = left < chunks[at] ? left : chunks[at];
            char *chunk = malloc(now);
            memcpy(chunk, bytes + done, now);
            cr_assert_eq(numres_parser_feed(parser, chunk, now, NULL), NUMRES_OK);
            free(chunk);
        }
        cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
        cr_assert_eq(records, 3);
        numres_parser_destroy(parser);
    }
    free(bytes);
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

static numres_answer keep_number(numres_parser *parser, const numres_phone_number *number,
                                 void *user) {
    (void)parser;
    *(const numres_phone_number **)user = number;
    return NUMRES_GO_ON;
}

static numres_answer copy_kept(numres_parser *parser, const numres_reservation *reservation,
                               void *user) {
    const numres_phone_number **number = user;
    (void)parser;
    (void)reservation;
    cr_assert_eq(numres_phone_number_copy(*number, NULL, 0), 0);
    *number = NULL;
    return NUMRES_GO_ON;
}

Test(copy, of_a_number_whose_callback_is_over_is_nothing) {
    static const char text[] = "{\"data\":[{\"phone_numbers\":[{\"id\":\"a\"}]}]}";
    static const numres_lane lanes[] = {NUMRES_LANE_AUTOMATIC, NUMRES_LANE_GENERAL};
    for (size_t at = 0; at < sizeof lanes / sizeof *lanes; at++) {
        const numres_phone_number *kept = NULL;
        numres_options options = numres_options_default();
        numres_handlers handlers = numres_handlers_default();
        options.lane = lanes[at];
        handlers.on_phone_number = keep_number;
        handlers.on_reservation = copy_kept;
        cr_assert_eq(numres_parse(text, strlen(text), &options, &handlers, &kept, NULL), NUMRES_OK);
        cr_assert_null(kept);
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

typedef struct kept_errors {
    numres_api_error *errors[8];
    size_t count;
} kept_errors;

static numres_answer keep_error(numres_parser *parser, const numres_api_error *error, void *user) {
    kept_errors *kept = user;
    size_t size = numres_api_error_copy(error, NULL, 0);
    numres_api_error *first = malloc(size);
    numres_api_error *second = malloc(size);
    (void)parser;
    cr_assert_gt(size, sizeof *error);
    cr_assert_eq(numres_api_error_copy(error, first, size - 1), size);
    cr_assert_eq(numres_api_error_copy(error, first, size), size);
    cr_assert_eq(numres_api_error_copy(first, second, size), size);
    memset(first, 0xA5, size);
    free(first);
    kept->errors[kept->count++] = second;
    return NUMRES_GO_ON;
}

/* Feeds every byte of the document from a block of its own, which is then freed. */
static kept_errors read_errors(const char *text) {
    kept_errors kept = {{NULL}, 0};
    char *bytes = json(text);
    numres_parser *parser;
    numres_handlers handlers = numres_handlers_default();
    handlers.on_api_error = keep_error;
    cr_assert_eq(numres_parser_create(&parser, NULL, &handlers, &kept), NUMRES_OK);
    for (size_t at = 0; at < strlen(bytes); at++) {
        char *byte = malloc(1);
        *byte = bytes[at];
        cr_assert_eq(numres_parser_feed(parser, byte, 1, NULL), NUMRES_OK);
        free(byte);
    }
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    numres_parser_destroy(parser);
    free(bytes);
    return kept;
}

static void free_errors(kept_errors *kept) {
    for (size_t at = 0; at < kept->count; at++)
        free(kept->errors[at]);
}

Test(copy, of_an_api_error_outlives_parser_and_document) {
    kept_errors kept = read_errors("{'errors':[{'code':10005,'title':'Not found','detail':'No.',"
                                   "'source':{'pointer':'/base'},'meta':{'url':'u'}},'text']}");
    cr_assert_eq(kept.count, 2);
    const numres_api_error *error = kept.errors[0];
    cr_assert(text_is(error->code, "10005"));
    cr_assert(text_is(error->title, "Not found"));
    cr_assert(text_is(error->detail, "No."));
    cr_assert(text_is(error->description, ""));
    cr_assert(text_is(error->source_pointer, "/base"));
    cr_assert(text_is(error->meta_url, "u"));
    cr_assert(text_is(numres_api_error_raw(error, NUMRES_API_ERROR_CODE), "10005"));
    cr_assert(text_is(kept.errors[1]->message, "text"));
    cr_assert(text_is(kept.errors[1]->detail, "text"));
    cr_assert_eq(kept.errors[1]->index, 1);
    free_errors(&kept);
}

/* A detail that is taken from another member must come from the copy's own texts. */
Test(copy, of_an_api_error_derives_detail_from_its_own_texts) {
    kept_errors kept =
        read_errors("{'errors':[{'description':'older'},{'message':'other'},"
                    "{'detail':null,'message':'m'},{'detail':7,'description':'d'}]}");
    static const char *const details[] = {"older", "other", "m", "d"};
    cr_assert_eq(kept.count, 4);
    for (size_t at = 0; at < kept.count; at++)
        cr_assert(text_is(kept.errors[at]->detail, details[at]), "%zu", at);
    cr_assert(text_is(numres_api_error_raw(kept.errors[2], NUMRES_API_ERROR_DETAIL), "null"));
    cr_assert(text_is(numres_api_error_raw(kept.errors[3], NUMRES_API_ERROR_DETAIL), "7"));
    free_errors(&kept);
}

Test(copy, of_a_root_that_refuses) {
    kept_errors kept = read_errors("{'message':'no','error':'denied'}");
    cr_assert_eq(kept.count, 1);
    cr_assert(kept.errors[0]->of_root);
    cr_assert(text_is(kept.errors[0]->title, "denied"));
    cr_assert(text_is(kept.errors[0]->detail, "no"));
    free_errors(&kept);
}
