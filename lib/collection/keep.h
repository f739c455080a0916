/* Records as a collection keeps them: the public struct, and its texts in the store. */
#ifndef NUMRES_LIB_KEEP_H
#define NUMRES_LIB_KEEP_H

#include "../schema/record.h"
#include "store.h"

/* The text of each member that was kept last, by member number: what comes next is often
   equal to it. */
typedef struct numres_last_texts {
    numres_text of[NUMRES_RECORD_MEMBERS];
} numres_last_texts;

/*
 * Copies a record to `kept`. Texts that repeat are not stored: empty ones, right statuses
 * and record types, and those equal to the same member's in the record of the kind that
 * was kept before. False: see store->budget.failure.
 */
bool numres_keep_reservation(numres_store *store, numres_last_texts *last,
                             const numres_record *record, numres_reservation *kept);
bool numres_keep_phone_number(numres_store *store, numres_last_texts *last,
                              const numres_record *record, numres_phone_number *kept);

/* Copies a text; false as above. */
bool numres_keep_text(numres_store *store, numres_text *text);

#endif
