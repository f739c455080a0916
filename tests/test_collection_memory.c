/* The collection's memory: it survives each failing allocation, keeps its limit, and all
   that is complete is right. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collecting.h"
#include "limited_memory.h"
#include "records.h"

static numres_options options_with(limited_memory *memory) {
    numres_options options = numres_options_default();
    options.max_value_length = 64;
    options.max_record_text = 256;
    options.allocator = limited_allocator(memory);
    return options;
}

static numres_collection *collection_with(const numres_options *options, uint64_t max_bytes) {
    numres_collection *collection = NULL;
    cr_assert_eq(numres_collection_create(&collection, options, max_bytes), NUMRES_OK);
    return collection;
}

/* Checks that the collection holds the first of the expected records. */
static void expect_beginning(const numres_collection *collection, const collected *expected) {
    collected held = collected_of(collection);
    cr_expect(collected_begins(expected, &held), "expected\n%s%sbut was\n%s%s",
              expected->reservations.bytes, expected->problems.bytes, held.reservations.bytes,
              held.problems.bytes);
    collected_free(&held);
}

/* Two pages, as the callbacks deliver them. */
static collected collect_twice(const char *text, const numres_options *options) {
    collected expected = {.page = 0};
    collected_page(&expected, text, strlen(text), options);
    collected_page(&expected, text, strlen(text), options);
    return expected;
}

Test(collection_memory, survives_each_failing_allocation) {
    char *text = json(collecting_everything);
    limited_memory none = {.left = SIZE_MAX};
    numres_options options = options_with(&none);
    collected expected = collect_twice(text, &options);
    size_t at = 0;
    bool whole = false;
    for (; !whole; at++) {
        limited_memory memory = {.left = at};
        numres_collection *collection = NULL;
        options = options_with(&memory);
        numres_code code = numres_collection_create(&collection, &options, 0);
        cr_assert(code == NUMRES_OK || (code == NUMRES_NO_MEMORY && collection == NULL));
        if (code == NUMRES_OK) {
            numres_code first = numres_collection_read(collection, text, strlen(text));
            cr_assert(first == NUMRES_OK || first == NUMRES_NO_MEMORY);
            cr_expect_eq(numres_collection_error(collection)->code, first);
            expect_beginning(collection, &expected);
            memory.left = first == NUMRES_OK ? memory.left : 0;
            numres_code second = numres_collection_read(collection, text, strlen(text));
            cr_assert(second == NUMRES_OK || second == NUMRES_NO_MEMORY);
            numres_collection_find(collection, "a", 1, NULL);
            whole = first == NUMRES_OK && second == NUMRES_OK;
            cr_expect_eq(memory.bytes, numres_collection_bytes(collection));
        }
        numres_collection_destroy(collection);
        cr_expect_eq(memory.open, 0);
    }
    cr_expect_gt(at, 8);
    collected_free(&expected);
    free(text);
}

/* At every limit, memory stays within it and all that is complete is right. */
Test(collection_memory, keeps_its_limit) {
    char *text = json(collecting_everything);
    limited_memory none = {.left = SIZE_MAX};
    numres_options options = options_with(&none);
    collected expected = collect_twice(text, &options);
    size_t full = 0;
    bool whole = false;
    for (uint64_t limit = 1; !whole; limit += 97) {
        limited_memory memory = {.left = SIZE_MAX};
        numres_collection *collection = NULL;
        options = options_with(&memory);
        numres_code code = numres_collection_create(&collection, &options, limit);
        if (code == NUMRES_OK) {
            code = numres_collection_read(collection, text, strlen(text));
            code =
                code == NUMRES_OK ? numres_collection_read(collection, text, strlen(text)) : code;
            expect_beginning(collection, &expected);
            full += code == NUMRES_COLLECTION_FULL;
        }
        cr_assert(code == NUMRES_OK || code == NUMRES_COLLECTION_FULL);
        whole = code == NUMRES_OK;
        cr_expect_leq(memory.peak, limit);
        numres_collection_destroy(collection);
        cr_expect_eq(memory.open, 0);
    }
    cr_expect_gt(full, 3);
    collected_free(&expected);
    free(text);
}

/* The smallest limit, and a path after the record, as numres/collection.h states them. */
Test(collection_memory, the_smallest_limit) {
    numres_options options = numres_options_default();
    size_t parser = numres_parser_size(&options);
    numres_collection *collection = NULL;
    cr_expect_eq(numres_collection_create(&collection, &options, parser), NUMRES_COLLECTION_FULL);
    cr_assert_eq(numres_collection_create(&collection, &options, parser + 4096), NUMRES_OK);
    char page[4096];
    snprintf(page, sizeof page, "{\"data\":[{\"customer_reference\":\"%03000d\"}]}", 0);
    cr_expect_eq(numres_collection_read(collection, page, strlen(page)), NUMRES_COLLECTION_FULL);
    cr_expect_str_eq(numres_collection_error(collection)->path, "data[1]");
    numres_collection_destroy(collection);
}

/* A limit that is just enough. Near the limit, blocks are smaller, so that none of it
   stays unused. */
Test(collection_memory, uses_all_of_its_limit) {
    enum { LIMIT = 50000 };
    char *text = json(collecting_everything);
    limited_memory memory = {.left = SIZE_MAX};
    numres_options options = options_with(&memory);
    numres_collection *collection = collection_with(&options, 0);
    cr_assert_eq(numres_collection_read(collection, text, strlen(text)), NUMRES_OK);
    numres_collection_destroy(collection);
    collection = collection_with(&options, memory.peak);
    cr_expect_eq(numres_collection_read(collection, text, strlen(text)), NUMRES_OK);
    numres_collection_destroy(collection);
    collection = collection_with(&options, LIMIT);
    numres_code code = NUMRES_OK;
    while (code == NUMRES_OK)
        code = numres_collection_read(collection, text, strlen(text));
    cr_expect_eq(code, NUMRES_COLLECTION_FULL);
    cr_expect_gt(numres_collection_bytes(collection), LIMIT - 2048);
    numres_collection_destroy(collection);
    free(text);
}

/* Reading the same pages after a reset allocates nothing. */
Test(collection_memory, reset_keeps_the_memory) {
    char *text = json(collecting_everything);
    limited_memory memory = {.left = SIZE_MAX};
    numres_options options = options_with(&memory);
    numres_collection *collection = collection_with(&options, 0);
    for (int page = 0; page < 50; page++) {
        numres_collection_read(collection, text, strlen(text));
    }
    uint64_t bytes = numres_collection_bytes(collection);
    memory.left = 0;
    cr_expect_eq(numres_collection_reset(collection), NUMRES_OK);
    cr_expect_eq(numres_collection_reservations(collection), 0);
    cr_expect_null(numres_collection_meta(collection));
    cr_expect_null(numres_collection_document(collection));
    for (int page = 0; page < 50; page++) {
        cr_expect_eq(numres_collection_read(collection, text, strlen(text)), NUMRES_OK);
    }
    cr_expect_eq(numres_collection_bytes(collection), bytes);
    numres_collection_destroy(collection);
    free(text);
}

/* A page whose only text has this length, which shifts where the next page fills a block. */
static char *page_of_length(size_t length) {
    text_buffer page = {NULL, 0, 0};
    text_buffer_format(&page, "{\"data\":{\"id\":\"%0*d\"}}", (int)length, 0);
    return page.bytes;
}

/* Reads the page after one of that length, with the memory that is there. */
static numres_code read_after(numres_collection *collection, const char *text, size_t length,
                              const numres_options *options) {
    char *before = page_of_length(length);
    collected expected = {.page = 0};
    collected_page(&expected, before, strlen(before), options);
    collected_page(&expected, text, strlen(text), options);
    numres_collection_reset(collection);
    numres_code code = numres_collection_read(collection, before, strlen(before));
    if (code == NUMRES_OK) {
        code = numres_collection_read(collection, text, strlen(text));
    }
    expect_beginning(collection, &expected);
    collected_free(&expected);
    free(before);
    return code;
}

/* The memory ends at each byte that a page is kept in. */
Test(collection_memory, survives_its_end_anywhere) {
    enum { BLOCK = 8192 };
    char *text = json(collecting_everything);
    limited_memory memory = {.left = SIZE_MAX};
    numres_options usual = numres_options_default();
    usual.max_value_length = usual.max_record_text = BLOCK;
    numres_options options = usual;
    options.allocator = limited_allocator(&memory);
    numres_collection *collection = collection_with(&options, 0);
    numres_collection_read(collection, text, strlen(text)); /* makes the lists large enough */
    memory.left = 0;
    size_t failed = 0;
    for (size_t length = BLOCK / 8; length < BLOCK; length++) {
        numres_code code = read_after(collection, text, length, &usual);
        cr_assert(code == NUMRES_OK || code == NUMRES_NO_MEMORY);
        failed += code != NUMRES_OK;
    }
    cr_expect(failed > 1000 && failed < BLOCK - BLOCK / 8, "%zu", failed);
    numres_collection_destroy(collection);
    cr_expect_eq(memory.open, 0);
    free(text);
}

/* A page as the API sends it, compact: all ids differ, and the numbers of a reservation
   share two timestamps. */
static text_buffer page_as_sent(size_t reservations) {
    text_buffer page = {NULL, 0, 0};
    text_buffer_format(&page, "{\"data\":[");
    for (size_t at = 0; at < reservations; at++) {
        text_buffer_format(&page,
                           "%s{\"created_at\":\"2026-01-03T20:37:37.%06zuZ\","
                           "\"customer_reference\":\"MY REF %06zu\",\"errors\":\"\","
                           "\"id\":\"54496ad6-7bd2-434c-9d7c-%012zu\",\"phone_numbers\":[",
                           at == 0 ? "" : ",", at, at, at);
        for (size_t number = 0; number < 1 + at % 4; number++) {
            text_buffer_format(&page,
                               "%s{\"created_at\":\"2026-01-03T20:37:38.%06zuZ\",\"errors\":\"\","
                               "\"expired\":true,\"expired_at\":\"2026-01-03T21:07:37.%06zuZ\","
                               "\"id\":\"a2f09dab-b45c-4316-%04zu-%012zu\","
                               "\"phone_number\":\"+1954%07zu\","
                               "\"record_type\":\"reserved_phone_number\",\"status\":\"success\","
                               "\"updated_at\":\"2026-01-03T20:37:45.%06zuZ\"}",
                               number == 0 ? "" : ",", at + number, at, number, at, at * 4 + number,
                               at);
        }
        text_buffer_format(&page,
                           "],\"record_type\":\"number_reservation\",\"status\":\"success\","
                           "\"updated_at\":\"2026-01-03T20:38:13.%06zuZ\","
                           "\"user_id\":\"2c829abe-1f45-42e1-8584-%012zu\"}",
                           at, at);
    }
    text_buffer_format(&page, "]}");
    return page;
}

Test(collection_memory, holds_a_page_in_half_as_much_again) {
    text_buffer page = page_as_sent(4000);
    numres_collection *collection = NULL;
    cr_assert_eq(numres_collection_create(&collection, NULL, 0), NUMRES_OK);
    cr_assert_eq(numres_collection_read(collection, page.bytes, page.length), NUMRES_OK);
    cr_expect_eq(numres_collection_reservations(collection), 4000);
    cr_expect_leq(numres_collection_bytes(collection) * 2, page.length * 3, "%llu bytes for %zu",
                  (unsigned long long)numres_collection_bytes(collection), page.length);
    numres_collection_destroy(collection);
    text_buffer_free(&page);
}
