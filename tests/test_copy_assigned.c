/*
 * Records copied by assignment, which the compiler cannot reject. Their numbers and masks
 * stay valid. Calls that need more than the struct recognise them and read nothing after
 * it; under ASan, such a read would end the test.
 */
#include <criterion/criterion.h>
#include <numres.h>
#include <stdlib.h>
#include <string.h>

#include "records.h"
#include "writing.h"

/* Each is in its own block, so that nothing after it can be read. */
typedef struct assigned {
    trace trace;
    numres_reservation *reservation;
    numres_phone_number *phone_number;
    numres_meta *meta;
    numres_api_error *api_error;
} assigned;

#define ASSIGN(to, from)                                                                           \
    do {                                                                                           \
        free(to);                                                                                  \
        (to) = malloc(sizeof *(to));                                                               \
        *(to) = *(from);                                                                           \
    } while (0)

static numres_answer assign(numres_parser *parser, trace *trace, const void *what) {
    assigned *kept = (assigned *)trace;
    (void)parser;
    if (trace->newest == NUMRES_EVENT_RESERVATION) {
        ASSIGN(kept->reservation, (const numres_reservation *)what);
    } else if (trace->newest == NUMRES_EVENT_PHONE_NUMBER) {
        ASSIGN(kept->phone_number, (const numres_phone_number *)what);
    } else if (trace->newest == NUMRES_EVENT_META) {
        ASSIGN(kept->meta, (const numres_meta *)what);
    } else if (trace->newest == NUMRES_EVENT_API_ERROR) {
        ASSIGN(kept->api_error, (const numres_api_error *)what);
    }
    return NUMRES_GO_ON;
}

static const char document[] =
    "{'data':[{'id':'one','status':'odd','phone_numbers':[{'id':7,'phone_number':'+1'}]}],"
    "'meta':{'total_pages':3,'page_number':1,'page_size':'x'},'errors':[{'code':'10005'}]}";

/* The parser, its text and the document are freed. */
static assigned assigned_of_document(void) {
    assigned kept = {.trace = {.counts_only = true, .decide = assign}};
    cr_assert_eq(parse_document(document, NULL, &kept.trace, NULL), NUMRES_OK);
    return kept;
}

static void assigned_free(assigned *kept) {
    free(kept->reservation);
    free(kept->phone_number);
    free(kept->meta);
    free(kept->api_error);
}

Test(copy_assigned, raw_texts_are_empty) {
    assigned kept = assigned_of_document();
    for (unsigned int member = 0; member < 40; member++) {
        cr_assert(text_is(numres_reservation_raw(kept.reservation, member), ""));
        cr_assert(text_is(numres_phone_number_raw(kept.phone_number, member), ""));
        cr_assert(text_is(numres_meta_raw(kept.meta, member), ""));
        cr_assert(text_is(numres_api_error_raw(kept.api_error, member), ""));
    }
    assigned_free(&kept);
}

Test(copy_assigned, is_not_copied_again) {
    assigned kept = assigned_of_document();
    char memory[4096] = "untouched";
    cr_assert_eq(numres_reservation_copy(kept.reservation, memory, sizeof memory), 0);
    cr_assert_eq(numres_phone_number_copy(kept.phone_number, memory, sizeof memory), 0);
    cr_assert_eq(numres_api_error_copy(kept.api_error, memory, sizeof memory), 0);
    cr_assert_eq(numres_phone_number_copy(kept.phone_number, NULL, 0), 0);
    cr_assert_str_eq(memory, "untouched");
    assigned_free(&kept);
}

Test(copy_assigned, is_not_written) {
    assigned kept = assigned_of_document();
    kept_page page = page_of("{'data':[{'id':'two'}]}");
    text_buffer buffer = {NULL, 0, 0};
    numres_writer_options options = options_for(NUMRES_FORMAT_NDJSON);
    numres_writer *writer = writer_create(&options, write_to_buffer, &buffer);
    cr_assert_eq(numres_writer_begin_reservation(writer, kept.reservation), NUMRES_WRONG_USE);
    cr_assert_eq(numres_writer_begin_reservation(writer, page.reservations[0].reservation),
                 NUMRES_OK);
    cr_assert_eq(numres_writer_phone_number(writer, kept.phone_number), NUMRES_WRONG_USE);
    cr_assert_eq(numres_writer_end_reservation(writer), NUMRES_OK);
    cr_assert_str_eq(buffer.bytes, "{\"id\":\"two\"}\n");
    writer_free(writer);
    text_buffer_free(&buffer);
    page_free(&page);
    assigned_free(&kept);
}

Test(copy_assigned, numbers_and_masks_stay) {
    assigned kept = assigned_of_document();
    numres_pager pager = numres_pager_default();
    cr_assert_eq(kept.meta->total_pages, 3);
    cr_assert(numres_has(kept.meta->invalid, NUMRES_META_PAGE_SIZE));
    cr_assert_eq(numres_pager_page_read(&pager, kept.meta, 1), NUMRES_PAGER_NEXT);
    cr_assert_eq(kept.reservation->phone_number_count, 1);
    cr_assert_eq(kept.reservation->status.value, NUMRES_STATUS_UNKNOWN);
    assigned_free(&kept);
}

/* A copy made by the library still points to its old place after it is moved. */
Test(copy_assigned, a_copy_that_was_moved_is_known) {
    kept_page page = page_of(document);
    const numres_phone_number *number = page.reservations[0].numbers[0];
    size_t size = numres_phone_number_copy(number, NULL, 0);
    numres_phone_number *moved = malloc(size);
    memcpy(moved, number, size);
    cr_assert(text_is(numres_phone_number_raw(number, NUMRES_PHONE_NUMBER_ID), "7"));
    cr_assert(text_is(numres_phone_number_raw(moved, NUMRES_PHONE_NUMBER_ID), ""));
    cr_assert_eq(numres_phone_number_copy(moved, NULL, 0), 0);
    free(moved);
    page_free(&page);
}

/* A struct that the caller filled in is not the library's either. */
Test(copy_assigned, a_struct_of_the_caller) {
    numres_meta *meta = calloc(1, sizeof *meta);
    meta->present = UINT32_MAX;
    cr_assert(text_is(numres_meta_raw(meta, NUMRES_META_TOTAL_PAGES), ""));
    free(meta);
}
