/* The memory of a collection: how its blocks grow and are reused. */
#include <criterion/criterion.h>

#include <string.h>

#include "collection/store.h"
#include "limited_memory.h"

static numres_store store_with(limited_memory *memory) {
    return (numres_store){
        .budget = {.allocator = limited_allocator(memory), .full = NUMRES_COLLECTION_FULL}};
}

/* The size of the block that one more record needs when this many bytes are held. */
static uint64_t next_block(uint64_t held) {
    limited_memory memory = {.left = 1};
    numres_store store = store_with(&memory);
    store.budget.held = held;
    cr_assert_not_null(numres_store_take(&store, 1));
    uint64_t size = memory.bytes;
    cr_expect_eq(store.budget.held, held + size);
    numres_store_free(&store);
    cr_expect_eq(memory.open, 0);
    cr_expect_eq(store.budget.held, held);
    return size;
}

Test(collection_store, blocks_are_a_sixteenth_of_what_is_held) {
    cr_expect_eq(next_block(0), 8192);
    cr_expect_eq(next_block(131072), 8192);
    cr_expect_eq(next_block(131088), 8193);
    cr_expect_eq(next_block(1600000), 100000);
    cr_expect_eq(next_block((uint64_t)16 << 20), 1 << 20);
    cr_expect_eq(next_block((uint64_t)1 << 40), 1 << 20);
}

Test(collection_store, a_block_goes_as_near_to_the_limit_as_it_can) {
    limited_memory memory = {.left = SIZE_MAX};
    numres_store store = store_with(&memory);
    store.budget.limit = 10000;
    cr_assert_not_null(numres_store_take(&store, 8000));
    cr_expect_eq(memory.bytes, 8192);
    cr_assert_not_null(numres_store_take(&store, 1000));
    cr_expect_eq(memory.bytes, 10000);
    cr_expect_null(numres_store_take(&store, 1000));
    cr_expect_eq(store.budget.failure, NUMRES_COLLECTION_FULL);
    numres_store_free(&store);
}

/* Records and texts fill a block to its last byte, and do not overlap. */
Test(collection_store, records_and_texts_share_a_block) {
    limited_memory memory = {.left = 1};
    numres_store store = store_with(&memory);
    char *record = numres_store_take(&store, 13);
    char *text = numres_store_take_text(&store, 3);
    char *next = numres_store_take(&store, 8);
    cr_assert(record != NULL && text != NULL);
    cr_expect_eq(next - record, 16);
    cr_expect_eq((uintptr_t)record % _Alignof(numres_document), 0);
    size_t room = (size_t)(text - (next + 8));
    cr_expect_eq(text + 3 - record, (ptrdiff_t)(8192 - sizeof(numres_store_block)));
    cr_expect_null(numres_store_take_text(&store, room + 1));
    cr_expect_eq(store.budget.failure, NUMRES_NO_MEMORY);
    cr_expect_eq(numres_store_take_text(&store, room), next + 8);
    cr_expect_null(numres_store_take(&store, 1));
    numres_store_free(&store);
}

/* After a rewind, blocks are reused; one that is too small now is used later. */
Test(collection_store, blocks_are_used_again) {
    limited_memory memory = {.left = SIZE_MAX};
    numres_store store = store_with(&memory);
    void *small = numres_store_take(&store, 100);
    void *large = numres_store_take(&store, 20000);
    numres_store_rewind(&store);
    memory.left = 0;
    cr_expect_eq(numres_store_take(&store, 100), small);
    cr_expect_eq(numres_store_take(&store, 20000), large);
    numres_store_rewind(&store);
    memory.left = 1;
    void *larger = numres_store_take(&store, 30000);
    cr_assert_not_null(larger);
    cr_expect_eq(numres_store_take(&store, 100), small);
    cr_expect_eq(numres_store_take(&store, 20000), large);
    numres_store_rewind(&store);
    cr_expect_eq(numres_store_take(&store, 30000), larger);
    numres_store_free(&store);
    cr_expect_eq(memory.open, 0);
    cr_expect_eq(store.budget.held, 0);
}

/* After a rewind, blocks that are too small for the next piece do not count against the limit. */
Test(collection_store, free_blocks_make_room) {
    limited_memory memory = {.left = SIZE_MAX};
    numres_store store = store_with(&memory);
    store.budget.limit = 30000;
    void *first = numres_store_take(&store, 8000);
    cr_assert_not_null(numres_store_take(&store, 8000));
    cr_assert_not_null(numres_store_take(&store, 8000));
    cr_expect_null(numres_store_take(&store, 12000)); /* all are in use */
    numres_store_rewind(&store);
    cr_expect_eq(numres_store_take(&store, 8000), first);
    char *larger = numres_store_take(&store, 20000);
    cr_assert_not_null(larger);
    memset(first, 1, 8000);
    memset(larger, 2, 20000);
    cr_expect_eq(store.budget.held, memory.bytes);
    cr_expect_leq(memory.peak, 30000);
    numres_store_rewind(&store);
    void *array = numres_store_allocate(&store, 30000);
    cr_assert_not_null(array);
    numres_store_release(&store, array, 30000);
    numres_store_free(&store);
    cr_expect_eq(memory.open, 0);
    cr_expect_eq(store.budget.held, 0);
}

/* An array keeps its elements as it grows, and stays where it is if growing fails. */
Test(collection_store, arrays_grow) {
    limited_memory memory = {.left = SIZE_MAX};
    numres_store store = store_with(&memory);
    size_t room = 0;
    size_t *items = NULL;
    for (size_t count = 0; count < 100; count++) {
        items = numres_store_grow(&store, items, &room, count, sizeof *items);
        cr_assert(items != NULL && room > count);
        items[count] = count;
    }
    for (size_t at = 0; at < 100; at++) {
        cr_assert_eq(items[at], at);
    }
    cr_expect_eq(memory.bytes, room * sizeof *items);
    size_t before = room;
    memory.left = 0;
    cr_expect_null(numres_store_grow(&store, items, &room, room, sizeof *items));
    cr_expect_eq(room, before);
    cr_expect_eq(items[99], 99);
    numres_store_release(&store, items, room * sizeof *items);
    cr_expect_eq(memory.open, 0);
    cr_expect_eq(store.budget.held, 0);
}
