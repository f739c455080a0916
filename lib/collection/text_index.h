/*
 * Finds records by text: an open-addressed hash table of pointers. Slots are allocated when
 * the collection keeps a record, so a lookup never allocates; the record itself is added at
 * the next lookup.
 */
#ifndef NUMRES_LIB_TEXT_INDEX_H
#define NUMRES_LIB_TEXT_INDEX_H

#include "siphash.h"
#include "store.h"

typedef struct numres_text_index {
    const void **slots;
    size_t size; /* 0 or a power of two */
    /* The index is empty whatever the slots hold; they are cleared at the next add. */
    bool is_empty;
    numres_text (*text_of)(const void *record);
} numres_text_index;

/* Makes room for this many records, which may empty the index. Returns false on failure: see
   store->budget.failure. */
bool numres_text_index_reserve(numres_text_index *index, numres_store *store, size_t count);

/* Adds a record, unless one with an equal text is there: many equal ones would make the
   index slow. */
void numres_text_index_add(numres_text_index *index, const unsigned char *secret,
                           const void *record);

/* Returns the record that has this text, or NULL. */
const void *numres_text_index_find(const numres_text_index *index, const unsigned char *secret,
                                   numres_text text);

/* Empties the index; the slots stay. */
void numres_text_index_empty(numres_text_index *index);

void numres_text_index_free(numres_text_index *index, numres_store *store);

#endif
