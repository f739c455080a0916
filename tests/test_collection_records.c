/* Records of a collection: they stay, and every call that takes records accepts them. */
#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#include "collecting.h"
#include "records.h"
#include "writing.h"

/* JSON and rows of what is kept of the page are the same as of copies made by callbacks. */
static void expect_written_as_copies(const char *text) {
    static const numres_format formats[] = {NUMRES_FORMAT_JSON, NUMRES_FORMAT_CSV};
    numres_collection *collection = collection_of(text);
    kept_page page = page_of(text);
    for (size_t at = 0; at < sizeof formats / sizeof *formats; at++) {
        numres_writer_options options = options_for(formats[at]);
        text_buffer expected = page_written(&page, &options);
        text_buffer written = {NULL, 0, 0};
        numres_writer *writer = writer_create(&options, write_to_buffer, &written);
        for (size_t place = 0; place < numres_collection_reservations(collection); place++) {
            numres_reservation *copy =
                copy_of_reservation(numres_collection_reservation(collection, place));
            const numres_reservation *original = numres_collection_reservation(collection, place);
            cr_expect_eq(numres_writer_begin_reservation(writer, place % 2 ? copy : original),
                         NUMRES_OK);
            for (size_t i = 0; i < numres_collection_phone_numbers(collection, place); i++) {
                cr_expect_eq(numres_writer_phone_number(
                                 writer, numres_collection_phone_number(collection, place, i)),
                             NUMRES_OK);
            }
            cr_expect_eq(numres_writer_end_reservation(writer), NUMRES_OK);
            free(copy);
        }
        numres_writer_finish(writer);
        cr_expect(text_buffer_equal(&expected, &written), "%s\n%s", expected.bytes, written.bytes);
        writer_free(writer);
        text_buffer_free(&expected);
        text_buffer_free(&written);
    }
    page_free(&page);
    numres_collection_destroy(collection);
}

/* The writer and copies accept records of a collection. */
Test(collection_records, records_can_be_written_and_copied) {
    expect_written_as_copies(collecting_everything);
    expect_written_as_copies("{'data':[{'phone_numbers':'none'},{'phone_numbers':null}]}");
}

/* Copies by assignment, each in its own block, so that nothing after it can be read. */
typedef struct assigned {
    numres_reservation *reservation;
    numres_phone_number *numbers[3];
} assigned;

static assigned assign_first(const numres_collection *collection) {
    assigned made;
    made.reservation = malloc(sizeof *made.reservation);
    *made.reservation = *numres_collection_reservation(collection, 0);
    for (size_t at = 0; at < 3; at++) {
        made.numbers[at] = malloc(sizeof *made.numbers[at]);
        *made.numbers[at] = *numres_collection_phone_number(collection, 0, at);
    }
    return made;
}

static void write_reservation(numres_writer *writer, const numres_reservation *reservation,
                              const numres_phone_number *const numbers[3]) {
    cr_expect_eq(numres_writer_begin_reservation(writer, reservation), NUMRES_OK);
    for (size_t at = 0; at < 3; at++) {
        cr_expect_eq(numres_writer_phone_number(writer, numbers[at]), NUMRES_OK);
    }
    cr_expect_eq(numres_writer_end_reservation(writer), NUMRES_OK);
}

static bool copies_are_equal(const numres_phone_number *left, const numres_phone_number *right) {
    char room[2][2048];
    size_t size = numres_phone_number_copy(left, room[0], sizeof room[0]);
    cr_assert_eq(numres_phone_number_copy(right, room[1], sizeof room[1]), size);
    for (unsigned int member = 0; member < NUMRES_PHONE_NUMBER_MEMBER_COUNT; member++) {
        numres_text expected = numres_phone_number_raw((const void *)room[0], member);
        numres_text copied = numres_phone_number_raw((const void *)room[1], member);
        numres_text assigned = numres_phone_number_raw(right, member);
        if (expected.length != copied.length || expected.length != assigned.length ||
            memcmp(expected.bytes, copied.bytes, expected.length) != 0 ||
            memcmp(expected.bytes, assigned.bytes, expected.length) != 0) {
            return false;
        }
    }
    return true;
}

Test(collection_records, records_copied_by_assignment_are_records) {
    numres_collection *collection = collection_of(collecting_everything);
    assigned made = assign_first(collection);
    const numres_phone_number *originals[3];
    for (size_t at = 0; at < 3; at++) {
        originals[at] = numres_collection_phone_number(collection, 0, at);
        cr_expect(copies_are_equal(originals[at], made.numbers[at]), "%zu", at);
    }
    const numres_phone_number *const copies[3] = {made.numbers[0], made.numbers[1],
                                                  made.numbers[2]};
    numres_writer_options options = options_for(NUMRES_FORMAT_NDJSON);
    text_buffer written = {NULL, 0, 0};
    numres_writer *writer = writer_create(&options, write_to_buffer, &written);
    write_reservation(writer, numres_collection_reservation(collection, 0), originals);
    size_t length = written.length;
    write_reservation(writer, made.reservation, copies);
    cr_expect_eq(written.length, 2 * length);
    cr_expect_arr_eq(written.bytes + length, written.bytes, length);
    writer_free(writer);
    text_buffer_free(&written);
    numres_collection_destroy(collection);
    free(made.reservation);
    for (size_t at = 0; at < 3; at++) {
        free(made.numbers[at]);
    }
}

/* Like all copies by assignment, those of a meta and an API error are not records. */
Test(collection_records, other_copies_by_assignment_are_no_records) {
    numres_collection *collection = collection_of(collecting_everything);
    numres_meta *meta = malloc(sizeof *meta);
    numres_api_error *api_error = malloc(sizeof *api_error);
    *meta = *numres_collection_meta(collection);
    *api_error = *numres_collection_api_error(collection, 0);
    numres_collection_destroy(collection);
    cr_expect_eq(numres_meta_raw(meta, NUMRES_META_PAGE_SIZE).length, 0);
    cr_expect_eq(numres_api_error_raw(api_error, NUMRES_API_ERROR_CODE).length, 0);
    cr_expect_eq(numres_api_error_copy(api_error, NULL, 0), 0);
    free(meta);
    free(api_error);
}

/* A kept record knows its kind. */
Test(collection_records, a_phone_number_is_not_taken_for_a_reservation) {
    numres_collection *collection = collection_of(collecting_everything);
    const void *number = numres_collection_phone_number(collection, 0, 0);
    const void *reservation = numres_collection_reservation(collection, 0);
    cr_expect_gt(numres_phone_number_copy(number, NULL, 0), 0);
    cr_expect_eq(numres_reservation_copy(number, NULL, 0), 0);
    cr_expect_eq(numres_phone_number_copy(reservation, NULL, 0), 0);
    cr_expect_eq(numres_phone_number_raw(reservation, NUMRES_PHONE_NUMBER_ID).length, 0);
    numres_collection_destroy(collection);
}

Test(collection_records, records_stay_where_they_are) {
    char *text = json(collecting_everything);
    numres_collection *collection = collection_of(collecting_everything);
    const numres_reservation *first = numres_collection_reservation(collection, 0);
    const numres_phone_number *number = numres_collection_phone_number(collection, 0, 1);
    const char *id = first->id.bytes;
    for (int page = 0; page < 200; page++) {
        numres_collection_read(collection, text, strlen(text));
    }
    cr_expect_eq(numres_collection_reservation(collection, 0), first);
    cr_expect_eq(numres_collection_phone_number(collection, 0, 1), number);
    cr_expect_null(numres_collection_phone_number(collection, 0, 3));
    cr_expect_eq(first->id.bytes, id);
    cr_expect(text_is(first->id, "a"));
    cr_expect_eq(numres_collection_reservations(collection), 804);
    cr_expect_eq(
        numres_collection_problem_page(collection, numres_collection_problems(collection) - 1),
        200);
    numres_collection_destroy(collection);
    free(text);
}

Test(collection_records, does_not_store_texts_that_repeat) {
    char *text = json(collecting_everything);
    numres_collection *collection = collection_of(collecting_everything);
    numres_collection_read(collection, text, strlen(text));
    const numres_reservation *left = numres_collection_reservation(collection, 0);
    const numres_reservation *right = numres_collection_reservation(collection, 4);
    cr_expect_eq(left->record_type.bytes, right->record_type.bytes);
    cr_expect_eq(left->status.text.bytes, right->status.text.bytes);
    cr_expect_eq(left->errors.bytes, right->errors.bytes);
    cr_expect_eq(left->created_at.text.bytes, right->created_at.text.bytes);
    cr_expect_neq(left->id.bytes, right->id.bytes);
    numres_collection_destroy(collection);
    free(text);
}

/* An undocumented status, which is rejected, among valid ones. */
Test(collection_records, does_not_store_rejected_texts_that_repeat) {
    numres_collection *collection =
        collection_of("{'data':[{'status':'odd','created_at':'never'},{'status':'pending'},"
                      "{'status':'odd','created_at':'then'},{'status':'even'}]}");
    const numres_reservation *first = numres_collection_reservation(collection, 0);
    const numres_reservation *again = numres_collection_reservation(collection, 2);
    const numres_reservation *other = numres_collection_reservation(collection, 3);
    cr_expect_eq(first->status.text.bytes, again->status.text.bytes);
    cr_expect(text_is(first->status.text, "odd"));
    cr_expect(text_is(first->created_at.text, "never"));
    cr_expect(text_is(again->created_at.text, "then"));
    cr_expect(text_is(other->status.text, "even"));
    cr_expect(text_is(numres_reservation_raw(other, NUMRES_RESERVATION_STATUS), "even"));
    numres_collection_destroy(collection);
}

/* Texts of the record before, and timestamps of the same record, are shared; texts of
   equal length that differ anywhere are stored. */
Test(collection_records, does_not_store_what_the_record_before_has) {
    numres_collection *collection = collection_of(
        "{'data':[{'user_id':'0123456789','customer_reference':'a','errors':'x23456789',"
        "'created_at':'2026-01-02T03:04:05Z','updated_at':'2026-01-02T03:04:05Z'},"
        "{'user_id':'0123456789','customer_reference':'a','errors':'y23456789',"
        "'created_at':'2026-01-02T03:04:06Z','updated_at':'2026-01-02T03:04:05Z'}]}");
    const numres_reservation *left = numres_collection_reservation(collection, 0);
    const numres_reservation *right = numres_collection_reservation(collection, 1);
    cr_expect_eq(left->user_id.bytes, right->user_id.bytes);
    cr_expect_eq(left->customer_reference.bytes, right->customer_reference.bytes);
    cr_expect_eq(left->created_at.text.bytes, left->updated_at.text.bytes);
    cr_expect_eq(left->updated_at.text.bytes, right->updated_at.text.bytes);
    cr_expect(text_is(left->created_at.text, "2026-01-02T03:04:05Z"));
    cr_expect(text_is(right->created_at.text, "2026-01-02T03:04:06Z"));
    cr_expect(text_is(left->errors, "x23456789"));
    cr_expect(text_is(right->errors, "y23456789"));

    /* After a reset, nothing earlier is shared. */
    char *text = json("{'data':[{'id':'a long enough id to lie over what was there',"
                      "'user_id':'0123456789'}]}");
    numres_collection_reset(collection);
    cr_assert_eq(numres_collection_read(collection, text, strlen(text)), NUMRES_OK);
    left = numres_collection_reservation(collection, 0);
    cr_expect(text_is(left->user_id, "0123456789"));
    cr_expect(text_is(left->id, "a long enough id to lie over what was there"));
    numres_collection_destroy(collection);
    free(text);
}
