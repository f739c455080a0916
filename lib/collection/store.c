/* The blocks from which a collection takes memory for records and texts, and its arrays that
   grow. collection.c, collect.c, keep.c and text_index.c call it. */
#include "store.h"

#include <string.h>

/* A new block is a sixteenth of the memory held, so that no more than that stays unused. */
#define SMALLEST_BLOCK ((size_t)8192)
#define LARGEST_BLOCK ((size_t)1 << 20)

#define STORE_ALIGNMENT _Alignof(numres_document)

/* Returns the address of the pointer to the block after the current one. That block and those after
   it are free. */
static numres_store_block **next_pointer(numres_store *store) {
    return store->current != NULL ? &store->current->next : &store->first;
}

static void release_free_blocks(numres_store *store) {
    numres_store_block **pointer = next_pointer(store);
    numres_store_block *block = *pointer;
    *pointer = NULL;
    while (block != NULL) {
        numres_store_block *next = block->next;
        numres_store_release(store, block, block->size);
        block = next;
    }
}

void *numres_store_allocate(numres_store *store, size_t size) {
    if (!numres_budget_has(&store->budget, size))
        release_free_blocks(store); /* too small, or they take the room of an array */
    return numres_budget_take(&store->budget, size);
}

void numres_store_release(numres_store *store, void *memory, size_t size) {
    numres_budget_give_back(&store->budget, memory, size);
}

void *numres_store_grow(numres_store *store, void *items, size_t *room, size_t count,
                        size_t item_size) {
    if (count < *room)
        return items;
    /* An array has at most SIZE_MAX / 2 bytes, so one and a half times that does not
       overflow. */
    size_t more = *room < 8 ? 8 : *room + *room / 2;
    void *grown = numres_store_allocate(store, more * item_size);
    if (grown == NULL)
        return NULL;
    if (count > 0)
        memcpy(grown, items, count * item_size);
    numres_store_release(store, items, *room * item_size);
    *room = more;
    return grown;
}

/* Blocks. */

static void begin_block(numres_store *store, numres_store_block *block) {
    store->current = block;
    store->front = (char *)(block + 1);
    store->back = (char *)block + block->size;
}

/* Returns the size of a new block: at least `needed`, and no more than the limit leaves
   otherwise. */
static size_t block_size(const numres_store *store, size_t needed) {
    uint64_t wanted = store->budget.held / 16;
    if (wanted < SMALLEST_BLOCK)
        wanted = SMALLEST_BLOCK;
    if (wanted > LARGEST_BLOCK)
        wanted = LARGEST_BLOCK;
    if (!numres_budget_has(&store->budget, wanted))
        wanted = store->budget.limit - store->budget.held;
    return wanted > needed ? (size_t)wanted : needed;
}

/* Goes on in a block with this much room: the next free one, or a new one. */
static bool next_block(numres_store *store, size_t size) {
    numres_store_block **pointer = next_pointer(store);
    size_t needed = size + sizeof **pointer; /* no overflow: what will be copied is in memory */
    if (*pointer == NULL || (*pointer)->size < needed) {
        size_t new_size = block_size(store, needed);
        numres_store_block *block = numres_store_allocate(store, new_size);
        if (block == NULL)
            return false;
        block->size = new_size;
        block->next = *pointer; /* NULL if the free blocks were just released */
        *pointer = block;
    }
    begin_block(store, *pointer);
    return true;
}

void *numres_store_take(numres_store *store, size_t size) {
    size = (size + STORE_ALIGNMENT - 1) / STORE_ALIGNMENT * STORE_ALIGNMENT;
    if ((size_t)(store->back - store->front) < size && !next_block(store, size))
        return NULL;
    void *taken = store->front;
    store->front += size;
    return taken;
}

char *numres_store_take_text_anew(numres_store *store, size_t length) {
    if (!next_block(store, length))
        return NULL;
    store->back -= length;
    return store->back;
}

void numres_store_rewind(numres_store *store) {
    store->current = NULL;
    store->front = store->back = store->none;
}

void numres_store_free(numres_store *store) {
    numres_store_rewind(store);
    release_free_blocks(store);
}
