/* A collection of records from elsewhere: callbacks, a reader, copies, another collection. */
#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#include "collecting.h"
#include "limited_memory.h"
#include "records.h"
#include "writing.h"

static numres_collection *collection_for_records(limited_memory *memory, uint64_t limit) {
    numres_allocator allocator = limited_allocator(memory);
    numres_collection *collection = NULL;
    numres_collection_create_for_records(&collection, &allocator, limit);
    return collection;
}

typedef struct adding {
    trace trace;
    numres_collection *collection;
} adding;

static numres_answer add(numres_parser *parser, trace *trace, const void *what) {
    numres_collection *collection = ((adding *)trace)->collection;
    numres_code code = NUMRES_OK;
    (void)parser;
    if (trace->newest == NUMRES_EVENT_PHONE_NUMBER) {
        code = numres_collection_add_phone_number(collection, what);
    } else if (trace->newest == NUMRES_EVENT_RESERVATION) {
        code = numres_collection_add_reservation(collection, what);
    }
    return code == NUMRES_OK ? NUMRES_GO_ON : NUMRES_STOP;
}

/* Adds the records that callbacks get from the page, written with ' for ". */
static numres_code add_by_callbacks(numres_collection *collection, const char *text) {
    adding to = {{.counts_only = true, .decide = add}, collection};
    return parse_document(text, NULL, &to.trace, NULL);
}

static void add_by_reader(numres_collection *collection) {
    numres_reader *reader = NULL;
    numres_event event;
    char *text = json(collecting_everything);
    cr_assert_eq(numres_reader_create(&reader, NULL, NUMRES_GO_ON), NUMRES_OK);
    numres_reader_feed(reader, text, strlen(text));
    while ((event = numres_reader_next(reader)) > NUMRES_EVENT_ERROR) {
        if (event == NUMRES_EVENT_NEED_BYTES) {
            numres_reader_finish(reader);
        } else if (event == NUMRES_EVENT_PHONE_NUMBER) {
            numres_collection_add_phone_number(collection, numres_reader_phone_number(reader));
        } else if (event == NUMRES_EVENT_RESERVATION) {
            numres_collection_add_reservation(collection, numres_reader_reservation(reader));
        }
    }
    numres_reader_destroy(reader);
    free(text);
}

/* Adds the records of another collection, every second one through a copy that is then freed. */
static void add_held(numres_collection *collection, const numres_collection *held) {
    for (size_t at = 0; at < numres_collection_reservations(held); at++) {
        for (size_t place = 0; place < numres_collection_phone_numbers(held, at); place++) {
            const numres_phone_number *number = numres_collection_phone_number(held, at, place);
            numres_phone_number *copy = copy_of_phone_number(number);
            numres_collection_add_phone_number(collection, place % 2 ? copy : number);
            free(copy);
        }
        const numres_reservation *reservation = numres_collection_reservation(held, at);
        numres_reservation *copy = copy_of_reservation(reservation);
        numres_collection_add_reservation(collection, at % 2 ? copy : reservation);
        free(copy);
    }
}

static void expect_everything(numres_collection *collection, const char *way) {
    numres_collection *read = collection_of(collecting_everything);
    collected expected = collected_of(read);
    collected added = collected_of(collection);
    cr_expect(text_buffer_equal(&expected.reservations, &added.reservations), "%s:\n%s\n%s", way,
              expected.reservations.bytes, added.reservations.bytes);
    cr_expect_eq(numres_collection_open_phone_numbers(collection), 0, "%s", way);
    collected_free(&expected);
    collected_free(&added);
    numres_collection_destroy(read);
}

Test(collection_added, keeps_what_one_that_reads_keeps) {
    numres_collection *read = collection_of(collecting_everything);
    limited_memory memory = {.left = SIZE_MAX};
    numres_collection *collection = collection_for_records(&memory, 0);
    cr_expect_lt(numres_collection_bytes(collection), 4096);
    cr_expect_eq(add_by_callbacks(collection, collecting_everything), NUMRES_OK);
    expect_everything(collection, "by callbacks");
    numres_collection_reset(collection);
    add_by_reader(collection);
    expect_everything(collection, "by a reader");
    numres_collection_reset(collection);
    add_held(collection, read);
    expect_everything(collection, "of a collection");
    numres_collection_reset(read);
    add_held(read, collection);
    numres_collection_destroy(collection);
    cr_expect_eq(memory.open, 0);
    expect_everything(read, "of a collection, to one that reads");
    numres_collection_destroy(read);
}

typedef struct opened {
    numres_collection *read; /* the page, for its records */
    const numres_phone_number *number;
    numres_collection *collection;
} opened;

/* Opens a collection for records, and adds a number this many times. */
static opened open_with_numbers(size_t count) {
    opened now = {collection_of(collecting_everything), NULL, NULL};
    now.number = numres_collection_phone_number(now.read, 0, 1);
    cr_assert_eq(numres_collection_create_for_records(&now.collection, NULL, 0), NUMRES_OK);
    for (size_t at = 0; at < count; at++) {
        cr_expect_eq(numres_collection_open_phone_numbers(now.collection), at);
        cr_expect_null(numres_collection_open_phone_number(now.collection, at));
        cr_expect_eq(numres_collection_add_phone_number(now.collection, now.number), NUMRES_OK);
    }
    return now;
}

static void close_opened(opened *now) {
    numres_collection_destroy(now->collection);
    numres_collection_destroy(now->read);
}

Test(collection_added, open_numbers_belong_to_no_reservation) {
    opened now = open_with_numbers(20);
    const numres_phone_number *open = numres_collection_open_phone_number(now.collection, 19);
    cr_expect(text_is(open->phone_number, "+2"));
    cr_expect(text_is(numres_phone_number_raw(open, NUMRES_PHONE_NUMBER_EXPIRED), "no"));
    cr_expect_null(open->reservation);
    cr_expect_eq(numres_collection_reservations(now.collection), 0);
    cr_expect(!numres_collection_find_phone_number(now.collection, "+2", 2, NULL, NULL));
    close_opened(&now);
}

Test(collection_added, numbers_are_open_until_their_reservation_comes) {
    opened now = open_with_numbers(20);
    size_t at = 5;
    size_t place = 5;
    numres_collection_add_reservation(now.collection, numres_collection_reservation(now.read, 1));
    cr_expect_eq(numres_collection_open_phone_numbers(now.collection), 0);
    cr_expect_eq(numres_collection_phone_numbers(now.collection, 0), 20);
    cr_expect_eq(numres_collection_phone_number(now.collection, 0, 19)->reservation,
                 numres_collection_reservation(now.collection, 0));
    cr_expect(numres_collection_find_phone_number(now.collection, "+2", 2, &at, &place));
    cr_expect(at == 0 && place < 20);
    cr_expect(numres_collection_find(now.collection, "b", 1, &at));
    close_opened(&now);
}

Test(collection_added, open_numbers_that_are_dropped_go_to_no_reservation) {
    opened now = open_with_numbers(1);
    cr_expect_eq(numres_collection_drop_phone_numbers(now.collection), NUMRES_OK);
    cr_expect_eq(numres_collection_open_phone_numbers(now.collection), 0);
    numres_collection_add_reservation(now.collection, numres_collection_reservation(now.read, 0));
    cr_expect_eq(numres_collection_phone_numbers(now.collection, 0), 0);
    close_opened(&now);
}

Test(collection_added, a_reset_forgets_reservations_and_open_numbers) {
    opened now = open_with_numbers(1);
    size_t at = 5;
    numres_collection_add_reservation(now.collection, numres_collection_reservation(now.read, 1));
    numres_collection_add_phone_number(now.collection, now.number);
    numres_collection_reset(now.collection);
    cr_expect_eq(numres_collection_open_phone_numbers(now.collection), 0);
    cr_expect(!numres_collection_find(now.collection, "b", 1, &at));
    close_opened(&now);
}

/* The numbers of a reservation that the page has not closed, or never closes. */
Test(collection_added, numbers_of_a_page_are_open_too) {
    numres_collection *collection = NULL;
    char *text = json("{'data':[{'id':'a','phone_numbers':[{'id':'n0'},{'id':'n1'},");
    cr_assert_eq(numres_collection_create(&collection, NULL, 0), NUMRES_OK);
    numres_collection_feed(collection, text, strlen(text));
    cr_expect_eq(numres_collection_open_phone_numbers(collection), 2);
    cr_expect(text_is(numres_collection_open_phone_number(collection, 1)->id, "n1"));
    cr_expect_null(numres_collection_open_phone_number(collection, 1)->reservation);
    cr_expect_neq(numres_collection_finish(collection), NUMRES_OK);
    cr_expect_eq(numres_collection_open_phone_numbers(collection), 0);
    free(text);
    numres_collection_destroy(collection);
}

Test(collection_added, refuses_what_is_no_record) {
    static const char text[] = "{\"data\":[{\"phone_numbers\":[{\"id\":\"a\"}]}]}";
    numres_collection *collection = NULL;
    trace seen = {.counts_only = true};
    numres_parser *parser = NULL;
    numres_handlers handlers = trace_handlers();
    cr_assert_eq(numres_collection_create_for_records(&collection, NULL, 0), NUMRES_OK);
    cr_assert_eq(numres_parser_create(&parser, NULL, &handlers, &seen), NUMRES_OK);
    numres_parser_feed(parser, text, strlen(text), NULL);
    cr_expect_eq(
        numres_collection_add_phone_number(collection, seen.given[NUMRES_EVENT_PHONE_NUMBER]),
        NUMRES_WRONG_USE);
    cr_expect_eq(numres_collection_add_phone_number(collection, NULL), NUMRES_WRONG_USE);
    cr_expect_eq(numres_collection_add_reservation(collection, NULL), NUMRES_WRONG_USE);
    numres_reservation assigned = {.made_at = text};
    cr_expect_eq(numres_collection_add_reservation(collection, &assigned), NUMRES_WRONG_USE);
    cr_expect_eq(numres_collection_open_phone_numbers(collection), 0);
    cr_expect_eq(numres_collection_reservations(collection), 0);
    numres_parser_destroy(parser);
    numres_collection_destroy(collection);
}

Test(collection_added, reads_no_bytes) {
    numres_collection *collection = NULL;
    numres_allocator half = limited_allocator(&(limited_memory){.left = 0});
    half.release = NULL;
    collection = (numres_collection *)(void *)&half; /* what failure must set to NULL */
    cr_expect_eq(numres_collection_create_for_records(&collection, &half, 0), NUMRES_WRONG_OPTION);
    cr_expect_null(collection);
    cr_assert_eq(numres_collection_create_for_records(&collection, NULL, 0), NUMRES_OK);
    cr_expect_eq(numres_collection_feed(collection, "{}", 2), NUMRES_WRONG_USE);
    cr_expect_eq(numres_collection_read(collection, "{}", 2), NUMRES_WRONG_USE);
    cr_expect_eq(numres_collection_finish(collection), NUMRES_WRONG_USE);
    cr_expect_eq(numres_collection_error(collection)->code, NUMRES_OK);
    cr_expect_str_eq(numres_collection_error(collection)->sentence,
                     numres_code_sentence(NUMRES_OK));
    cr_expect_null(numres_collection_meta(collection));
    cr_expect_null(numres_collection_document(collection));
    numres_collection_destroy(collection);
}

/* Records cannot be added while a page is read, but between two pages. */
Test(collection_added, adds_between_pages) {
    numres_collection *read = collection_of(collecting_everything);
    numres_collection *collection = NULL;
    const numres_reservation *reservation = numres_collection_reservation(read, 0);
    const numres_phone_number *number = numres_collection_phone_number(read, 0, 1);
    cr_assert_eq(numres_collection_create(&collection, NULL, 0), NUMRES_OK);
    cr_expect_eq(numres_collection_add_phone_number(collection, number), NUMRES_OK);
    cr_expect_eq(numres_collection_add_reservation(collection, reservation), NUMRES_OK);
    cr_expect_eq(numres_collection_add_phone_number(collection, number), NUMRES_OK);
    cr_expect_eq(numres_collection_feed(collection, NULL, 0), NUMRES_OK);
    cr_expect_eq(numres_collection_open_phone_numbers(collection), 1, "no page began");
    cr_expect_eq(numres_collection_drop_phone_numbers(collection), NUMRES_OK);
    numres_collection_feed(collection, "{\"data\":[{\"id\":\"z\"", 18);
    cr_expect_eq(numres_collection_add_phone_number(collection, number), NUMRES_WRONG_USE);
    cr_expect_eq(numres_collection_add_reservation(collection, reservation), NUMRES_WRONG_USE);
    cr_expect_eq(numres_collection_drop_phone_numbers(collection), NUMRES_WRONG_USE);
    numres_collection_feed(collection, "}]}", 3);
    cr_expect_eq(numres_collection_finish(collection), NUMRES_OK);
    cr_expect_eq(numres_collection_add_reservation(collection, reservation), NUMRES_OK);
    cr_expect_eq(numres_collection_reservations(collection), 3);
    cr_expect_eq(numres_collection_phone_numbers(collection, 0), 1);
    cr_expect_eq(numres_collection_phone_numbers(collection, 2), 0);
    numres_collection_destroy(collection);
    numres_collection_destroy(read);
}

/* Adds a reservation repeatedly until nothing more fits. Returns the code. */
static numres_code fill(numres_collection *collection, const numres_collection *held) {
    numres_code code = NUMRES_OK;
    for (size_t count = 0; count < 500 && code == NUMRES_OK; count++) {
        code = numres_collection_add_phone_number(collection,
                                                  numres_collection_phone_number(held, 0, 0));
        if (code == NUMRES_OK)
            code = numres_collection_add_reservation(collection,
                                                     numres_collection_reservation(held, 0));
    }
    return code;
}

static void expect_whole(const numres_collection *collection) {
    for (size_t at = 0; at < numres_collection_reservations(collection); at++) {
        cr_assert_eq(numres_collection_phone_numbers(collection, at), 1);
        cr_assert(text_is(numres_collection_reservation(collection, at)->id, "a"));
        cr_assert(text_is(numres_collection_phone_number(collection, at, 0)->phone_number, "+1"));
    }
}

/* A record that does not fit is not kept. The others stay, and more may be added later. */
Test(collection_added, survives_each_failing_allocation) {
    numres_collection *held = collection_of(collecting_everything);
    numres_code code = NUMRES_NO_MEMORY;
    for (size_t at = 0; code != NUMRES_OK; at++) {
        limited_memory memory = {.left = at};
        numres_collection *collection = collection_for_records(&memory, 0);
        if (collection != NULL) {
            code = fill(collection, held);
            cr_assert(code == NUMRES_OK || code == NUMRES_NO_MEMORY);
            expect_whole(collection);
            memory.left = SIZE_MAX;
            size_t open = numres_collection_open_phone_numbers(collection);
            size_t count = numres_collection_reservations(collection);
            cr_expect_eq(numres_collection_add_reservation(collection,
                                                           numres_collection_reservation(held, 0)),
                         NUMRES_OK);
            cr_expect_eq(numres_collection_phone_numbers(collection, count), open);
            numres_collection_destroy(collection);
        }
        cr_expect_eq(memory.open, 0);
    }
    numres_collection_destroy(held);
}

Test(collection_added, keeps_its_limit) {
    numres_collection *held = collection_of(collecting_everything);
    for (uint64_t limit = 1; limit < 40000; limit += 371) {
        limited_memory memory = {.left = SIZE_MAX};
        numres_collection *collection = collection_for_records(&memory, limit);
        if (collection != NULL) {
            cr_expect_eq(fill(collection, held), NUMRES_COLLECTION_FULL);
            expect_whole(collection);
        }
        cr_expect_leq(memory.peak, limit);
        numres_collection_destroy(collection);
        cr_expect_eq(memory.open, 0);
    }
    numres_collection_destroy(held);
}
