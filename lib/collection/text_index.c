/* The hash table that finds a record by its id or phone number. collection.c adds to it and
   looks up, collect.c makes room. */
#include "text_index.h"

#include <string.h>

bool numres_text_index_reserve(numres_text_index *index, numres_store *store, size_t count) {
    /* A quarter of the slots stays empty. */
    if (count <= index->size / 4 * 3)
        return true;
    size_t size = index->size == 0 ? 16 : 2 * index->size;
    while (size / 4 * 3 < count) /* no overflow: records take more memory than slots */
        size *= 2;
    const void **slots = numres_store_allocate(store, size * sizeof *slots);
    if (slots == NULL)
        return false;
    numres_text_index_free(index, store);
    index->slots = slots;
    index->size = size;
    numres_text_index_empty(index);
    return true;
}

/* Returns the slot of the record with this text, or the empty slot where it belongs. */
static size_t find_slot(const numres_text_index *index, const unsigned char *secret,
                        numres_text text) {
    size_t place = (size_t)numres_siphash(secret, text.bytes, text.length) & (index->size - 1);
    while (index->slots[place] != NULL) {
        numres_text found = index->text_of(index->slots[place]);
        if (found.length == text.length && memcmp(found.bytes, text.bytes, text.length) == 0)
            break;
        place = (place + 1) & (index->size - 1);
    }
    return place;
}

void numres_text_index_add(numres_text_index *index, const unsigned char *secret,
                           const void *record) {
    if (index->is_empty)
        memset(index->slots, 0, index->size * sizeof *index->slots);
    index->is_empty = false;
    size_t place = find_slot(index, secret, index->text_of(record));
    if (index->slots[place] == NULL)
        index->slots[place] = record;
}

const void *numres_text_index_find(const numres_text_index *index, const unsigned char *secret,
                                   numres_text text) {
    bool has_some = index->size > 0 && !index->is_empty;
    return has_some ? index->slots[find_slot(index, secret, text)] : NULL;
}

void numres_text_index_empty(numres_text_index *index) {
    index->is_empty = true;
}

void numres_text_index_free(numres_text_index *index, numres_store *store) {
    numres_store_release(store, index->slots, index->size * sizeof *index->slots);
    index->slots = NULL;
    index->size = 0;
}
