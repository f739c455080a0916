/*
 * A collection of two pages, both the document, holds what the callbacks tell. Where an
 * allocation fails or the limit is reached, what it holds is the beginning of that, and
 * all memory is given back.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "collecting.h"
#include "input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct memory {
    size_t left; /* allocations that do not fail */
    size_t open;
} memory;

static void *allocate(size_t size, void *context) {
    memory *memory = context;
    if (memory->left == 0) {
        return NULL;
    }
    memory->left--;
    memory->open++;
    return malloc(size);
}

static void release(void *given, void *context) {
    ((memory *)context)->open--;
    free(given);
}

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

/* Everything that is held can be found, or an equal one before it. */
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

/* Collects twice with so many allocations and such a limit. */
static numres_collection *collect_twice(const fuzz_input *input, memory *memory, uint64_t limit) {
    numres_collection *collection = NULL;
    numres_options options = fuzz_input_options(input);
    options.allocator = (numres_allocator){allocate, release, memory};
    if (numres_collection_create(&collection, &options, limit) == NUMRES_OK) {
        collect(collection, input);
        collect(collection, input);
        check_finding(collection);
        FUZZ_EXPECT(limit == 0 || numres_collection_bytes(collection) <= limit, "over the limit");
    }
    return collection;
}

static gathered gather_twice(const fuzz_input *input) {
    gathered expected = {.page = 0};
    numres_handlers handlers = gathered_handlers();
    numres_options options = fuzz_input_options(input);
    for (int page = 0; page < 2; page++) {
        numres_parse(input->document, input->length, &options, &handlers, &expected, NULL);
        gathered_end_page(&expected);
    }
    return expected;
}

/* With too little memory the second page may be there where the first is not: what is
   held of the first one is its beginning. */
static void check_little(const fuzz_input *input, size_t allocations, uint64_t limit) {
    memory memory = {.left = allocations};
    numres_collection *collection = collect_twice(input, &memory, limit);
    gathered held = gathered_of(collection);
    numres_collection_destroy(collection);
    FUZZ_EXPECT(memory.open == 0, "%zu pieces are not given back", memory.open);
    gathered_free(&held);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = fuzz_input_of(data, size);
    memory all = {.left = SIZE_MAX};
    gathered expected = gather_twice(&input);
    numres_collection *collection = collect_twice(&input, &all, 0);
    gathered held = gathered_of(collection);
    size_t used = SIZE_MAX - all.left;
    uint64_t bytes = numres_collection_bytes(collection);
    const char *difference = gathered_difference(&expected, &held);
    FUZZ_EXPECT(difference == NULL, "other %s:\nexpected %s\nbut was  %s", difference,
                expected.reservations.bytes, held.reservations.bytes);
    fuzz_count_input(held.reservation_count > 0);
    numres_collection_destroy(collection);
    gathered_free(&held);
    gathered_free(&expected);
    /* One less than it takes, and a place that the input chooses. */
    check_little(&input, used - 1, 0);
    check_little(&input, input.settings[INPUT_STOP] % used, 0);
    check_little(&input, SIZE_MAX, bytes - 1 - input.settings[INPUT_ALIGNMENT]);
    return 0;
}
