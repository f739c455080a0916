/*
 * A collection of two pages, both the same document, holds what the callbacks deliver; so
 * does a collection to which its records are added. If an allocation fails or the limit
 * is reached, a collection holds the first part of that, and all memory is freed.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "collecting.h"
#include "input.h"
#include "limited_memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void collect(numres_collection *collection, const fuzz_input *input) {
    size_t at = 0;
    for (size_t number = 0; at < input->length; number++) {
        size_t left = input->length - at;
        size_t chunk = fuzz_input_chunk(input, number);
        size_t now = left < chunk ? left : chunk;
        char *copy = malloc(now);
        FUZZ_EXPECT(copy, "no memory");
        memcpy(copy, input->document + at, now);
        numres_collection_feed(collection, copy, now);
        free(copy);
        at += now;
    }
    numres_collection_finish(collection);
}

/* Every reservation can be found by its id, or an earlier one with the same id is. */
static void check_finding(numres_collection *collection) {
    size_t count = numres_collection_reservations(collection);
    for (size_t at = 0; at < count; at++) {
        const numres_reservation *reservation = numres_collection_reservation(collection, at);
        size_t found = SIZE_MAX;
        if (numres_reservation_has(reservation, NUMRES_RESERVATION_ID)) {
            FUZZ_EXPECT(numres_collection_find(collection, reservation->id.bytes,
                                               reservation->id.length, &found) &&
                            found <= at,
                        "reservation %zu is not found", at);
        }
    }
}

/* Collects the document twice, with this many allocations and this limit. As long as
   nothing has failed, the collection must hold the first part of `expected`. */
static numres_collection *collect_twice(const fuzz_input *input, limited_memory *memory,
                                        uint64_t limit, const collected *expected) {
    numres_collection *collection = NULL;
    numres_options options = fuzz_input_options(input);
    options.allocator = limited_allocator(memory);
    if (numres_collection_create(&collection, &options, limit) != NUMRES_OK) {
        return NULL;
    }
    bool is_whole = true;
    for (int page = 0; page < 2; page++) {
        collect(collection, input);
        collected held = collected_of(collection);
        FUZZ_EXPECT(!is_whole || collected_begins(expected, &held), "other records");
        collected_free(&held);
        numres_code code = numres_collection_error(collection)->code;
        is_whole &= code != NUMRES_NO_MEMORY && code != NUMRES_COLLECTION_FULL;
    }
    check_finding(collection);
    FUZZ_EXPECT(limit == 0 || memory->peak <= limit, "over the limit");
    FUZZ_EXPECT(numres_collection_bytes(collection) == memory->bytes, "counts wrong");
    return collection;
}

static void check_little(const fuzz_input *input, size_t allocations, uint64_t limit,
                         const collected *expected) {
    limited_memory memory = {.left = allocations};
    numres_collection_destroy(collect_twice(input, &memory, limit, expected));
    FUZZ_EXPECT(memory.open == 0, "%zu pieces are not given back", memory.open);
}

/* Adds the other collection's records until one fails. */
static void add_all(numres_collection *collection, const numres_collection *other) {
    numres_code code = NUMRES_OK;
    size_t count = numres_collection_reservations(other);
    for (size_t at = 0; at < count && code == NUMRES_OK; at++) {
        size_t numbers = numres_collection_phone_numbers(other, at);
        for (size_t place = 0; place < numbers && code == NUMRES_OK; place++)
            code = numres_collection_add_phone_number(
                collection, numres_collection_phone_number(other, at, place));
        if (code == NUMRES_OK)
            code = numres_collection_add_reservation(collection,
                                                     numres_collection_reservation(other, at));
    }
}

/* A collection with this many allocations holds the first of the added records, or all. */
static void check_added(const numres_collection *other, const collected *expected,
                        size_t allocations) {
    limited_memory memory = {.left = allocations};
    numres_allocator allocator = limited_allocator(&memory);
    numres_collection *collection = NULL;
    if (numres_collection_create_for_records(&collection, &allocator, 0) == NUMRES_OK) {
        add_all(collection, other);
        collected held = collected_of(collection);
        FUZZ_EXPECT(collected_begins(expected, &held), "other records are added");
        FUZZ_EXPECT(memory.left == 0 || held.reservation_count == expected->reservation_count,
                    "records are missing");
        FUZZ_EXPECT(numres_collection_bytes(collection) == memory.bytes, "counts wrong");
        collected_free(&held);
    }
    numres_collection_destroy(collection);
    FUZZ_EXPECT(memory.open == 0, "%zu pieces are not given back", memory.open);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = fuzz_input_of(data, size);
    limited_memory all = {.left = SIZE_MAX};
    numres_options options = fuzz_input_options(&input);
    collected expected = {.page = 0};
    collected_page(&expected, input.document, input.length, &options);
    collected_page(&expected, input.document, input.length, &options);
    numres_collection *collection = collect_twice(&input, &all, 0, &expected);
    collected held = collected_of(collection);
    size_t used = SIZE_MAX - all.left;
    uint64_t bytes = numres_collection_bytes(collection);
    const char *difference = collected_difference(&expected, &held);
    FUZZ_EXPECT(difference == NULL, "other %s:\nexpected %s\nbut was  %s", difference,
                expected.reservations.bytes, held.reservations.bytes);
    check_added(collection, &expected, SIZE_MAX);
    check_added(collection, &expected, input.settings[INPUT_PAUSES] % 8);
    fuzz_count_input(held.reservation_count > 0);
    numres_collection_destroy(collection);
    collected_free(&held);
    /* One less than needed, and a failure that the input chooses. */
    check_little(&input, used - 1, 0, &expected);
    check_little(&input, input.settings[INPUT_STOP] % used, 0, &expected);
    check_little(&input, SIZE_MAX, bytes - 1 - input.settings[INPUT_ALIGNMENT], &expected);
    collected_free(&expected);
    return 0;
}
