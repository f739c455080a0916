/*
 * The memory of a collection: blocks that grow with what is held, out of which records
 * and texts are taken and never given back one by one; and arrays that grow. All of it is
 * counted, and bounded by the limit.
 */
#ifndef NUMRES_LIB_STORE_H
#define NUMRES_LIB_STORE_H

#include "../base/memory.h"

typedef struct numres_store_block {
    struct numres_store_block *next;
    size_t size; /* with this head */
} numres_store_block;

typedef struct numres_store {
    numres_budget budget;

    numres_store_block *first; /* of all blocks; after `current` they are free */
    numres_store_block *current;
    /* What is free in the current one. Records are taken from its start, and texts,
       which need no alignment, from its end. */
    char *front, *back;
} numres_store;

/* Each returns NULL, and sets the budget's failure, if there is no memory or the limit is
   reached. */

/* Aligned for any record. */
void *numres_store_take(numres_store *store, size_t size);

/* Of a text, in a block that has room for it. */
char *numres_store_take_text_anew(numres_store *store, size_t length);

/* Inline, since it comes for each text. */
static inline char *numres_store_take_text(numres_store *store, size_t length) {
    if ((size_t)(store->back - store->front) < length)
        return numres_store_take_text_anew(store, length);
    store->back -= length;
    return store->back;
}

/* Memory by itself, which is given back by itself. */
void *numres_store_allocate(numres_store *store, size_t size);
void numres_store_release(numres_store *store, void *memory, size_t size);

/* An array with room for one element more than `count`: `items`, of which `*room` is
   changed, or another one that has its elements. After a failure the old one stays. */
void *numres_store_grow(numres_store *store, void *items, size_t *room, size_t count,
                        size_t item_size);

/* Takes back all that was taken; the blocks stay, until the limit leaves no room beside
   those that are not used again. */
void numres_store_rewind(numres_store *store);

/* Gives back the blocks. */
void numres_store_free(numres_store *store);

#endif
