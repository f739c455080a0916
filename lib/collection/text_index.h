/*
 * Finds records by text: an open-addressed hash table of pointers. Slots are allocated as
 * records are added, so a lookup never allocates; records are entered at the first lookup
 * after they came.
 */
#ifndef NUMRES_LIB_TEXT_INDEX_H
#define NUMRES_LIB_TEXT_INDEX_H

#include "siphash.h"
#include "store.h"

typedef struct numres_text_index {
    const void **slots;
    size_t size; /* 0 or a power of two */
    /* Nothing is in it, whatever the slots hold: they are cleared when something comes. */
    bool is_empty;
    numres_text (*text_of)(const void *record);
} numres_text_index;

/* Makes room for this many records; what is in it may be lost. False: see
   store->budget.failure. */
bool numres_text_index_reserve(numres_text_index *index, numres_store *store, size_t count);

/* Puts a record in, unless one with an equal text is there: many equal ones would make it
   slow. */
void numres_text_index_add(numres_text_index *index, const unsigned char *secret,
                           const void *record);

/* The record that has this text, or NULL. */
const void *numres_text_index_find(const numres_text_index *index, const unsigned char *secret,
                                   numres_text text);

/* Forgets what is in it. */
void numres_text_index_empty(numres_text_index *index);

void numres_text_index_free(numres_text_index *index, numres_store *store);

#endif
