/*
 * The memory of a collection. Records and texts are taken from blocks, whose size grows
 * with the memory held, and are never freed one by one. Arrays that grow have memory of
 * their own. All memory is counted, and limited.
 */
#ifndef NUMRES_LIB_STORE_H
#define NUMRES_LIB_STORE_H

#include "../base/memory.h"

typedef struct numres_store_block {
    struct numres_store_block *next;
    size_t size; /* with this header */
} numres_store_block;

typedef struct numres_store {
    numres_budget budget;

    numres_store_block *first; /* of all blocks; those after `current` are free */
    numres_store_block *current;
    /* The free part of the current block. Records are taken from its start, and texts,
       which need no alignment, from its end. */
    char *front, *back;
    char none[1]; /* both point here if there is no block: C11 has no NULL - NULL */
} numres_store;

/* Each of these returns NULL, and sets the budget's failure, if there is no memory or the
   limit is reached. */

/* Takes memory aligned for any record. */
void *numres_store_take(numres_store *store, size_t size);

/* Takes memory for a text from the next block that has room for it. */
char *numres_store_take_text_anew(numres_store *store, size_t length);

/* Inline, because it is called for each text. */
static inline char *numres_store_take_text(numres_store *store, size_t length) {
    if ((size_t)(store->back - store->front) < length)
        return numres_store_take_text_anew(store, length);
    store->back -= length;
    return store->back;
}

/* Memory outside the blocks, which is released by itself. */
void *numres_store_allocate(numres_store *store, size_t size);
void numres_store_release(numres_store *store, void *memory, size_t size);

/* Makes room in the array `items` for one element after the first `count`. Returns the array,
   which may have moved, and sets *room. After a failure the old array stays. */
void *numres_store_grow(numres_store *store, void *items, size_t *room, size_t count,
                        size_t item_size);

/* Frees everything that was taken from the blocks. The blocks stay for reuse; unused ones
   are released once the limit leaves no other room. */
void numres_store_rewind(numres_store *store);

/* Releases the blocks. */
void numres_store_free(numres_store *store);

#endif
