/* Copies records into a collection: the public struct, with its texts in the store. */
#ifndef NUMRES_LIB_KEEP_H
#define NUMRES_LIB_KEEP_H

#include "../schema/record.h"
#include "store.h"

/* The last text kept of each member, by member number. The next one is often equal to it. */
typedef struct numres_last_texts {
    numres_text of[NUMRES_RECORD_MEMBERS];
} numres_last_texts;

/*
 * Copies a record to `kept`. Not every text is stored again: empty ones, right statuses and
 * record types are constants, and a text equal to the member's last one shares it. Returns
 * false on failure: see store->budget.failure.
 */
bool numres_keep_reservation(numres_store *store, numres_last_texts *last,
                             const numres_record *record, numres_reservation *kept);
bool numres_keep_phone_number(numres_store *store, numres_last_texts *last,
                              const numres_record *record, numres_phone_number *kept);

/* Copies a text. Returns false as above. */
bool numres_keep_text(numres_store *store, numres_text *text);

#endif
