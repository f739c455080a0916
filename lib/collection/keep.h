/* Records as a collection keeps them: the public struct, and its texts in the store. */
#ifndef NUMRES_LIB_KEEP_H
#define NUMRES_LIB_KEEP_H

#include "../schema/record.h"
#include "store.h"

/* Copies a record of this kind, which the parser gave, to `kept`, which has room for its
   public struct. Texts that repeat are not stored: empty ones, right statuses and record
   types, and timestamps that were kept last. False: see store->failure. */
bool numres_keep_record(numres_store *store, numres_record_kind kind, const void *public_record,
                        void *kept);

/* Copies a text; false as above. */
bool numres_keep_text(numres_store *store, numres_text *text);

#endif
