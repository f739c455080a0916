#include "keep.h"

#include <string.h>

#include "../base/text.h"

bool numres_keep_text(numres_store *store, numres_text *text) {
    if (text->length == 0) {
        *text = numres_text_empty;
        return true;
    }
    char *copy = numres_store_take_text(store, text->length);
    if (copy == NULL)
        return false;
    memcpy(copy, text->bytes, text->length);
    text->bytes = copy;
    return true;
}

/* The library's own text that is equal to the one in this field, whose value is right;
   NULL: it may have none. */
static const char *constant_text(numres_record_kind kind, const numres_field *field,
                                 const void *place) {
    if (field->type == NUMRES_VALUE_RECORD_TYPE)
        return numres_record_type(kind).bytes;
    if (field->type == NUMRES_VALUE_STATUS)
        return numres_status_name(((const numres_status_member *)place)->value);
    return NULL;
}

/* Copies a text of which the last few are often equal to it. */
static bool keep_repeated(numres_store *store, numres_text *text) {
    for (size_t i = 0; i < NUMRES_STORE_RECENT; i++) {
        const numres_text *recent = &store->recent[i];
        if (recent->length == text->length &&
            memcmp(recent->bytes, text->bytes, text->length) == 0) {
            *text = *recent;
            return true;
        }
    }
    if (!numres_keep_text(store, text))
        return false;
    store->recent[store->next_recent] = *text;
    store->next_recent = (store->next_recent + 1) % NUMRES_STORE_RECENT;
    return true;
}

/* The field of the kept record, whose value is right, gets a text of its own. */
static bool keep_field(numres_store *store, numres_record_kind kind, const numres_field *field,
                       char *kept) {
    numres_text *text = (numres_text *)(void *)(kept + field->text_offset);
    const char *constant = constant_text(kind, field, kept + field->offset);
    if (field->type == NUMRES_VALUE_TIMESTAMP)
        return keep_repeated(store, text);
    if (constant == NULL)
        return numres_keep_text(store, text);
    text->bytes = constant;
    return true;
}

/* What is beside a record with invalid members: their raw texts, which a status or a
   timestamp has in its field too. */
static const numres_record_beside *keep_beside(numres_store *store, const numres_record *record,
                                               char *kept) {
    numres_record_beside *beside = numres_store_take(store, sizeof *beside);
    numres_text *rejected =
        beside != NULL ? numres_store_take(store, NUMRES_RECORD_MEMBERS * sizeof *rejected) : NULL;
    if (rejected == NULL)
        return NULL;
    for (uint32_t left = record->invalid; left != 0; left &= left - 1) {
        const numres_field *field = &numres_record_fields(record->kind)[__builtin_ctz(left)];
        numres_text *raw = &rejected[field->number];
        *raw = record->raw[field->number];
        if (!numres_keep_text(store, raw))
            return NULL;
        if (field->text_offset != NUMRES_NO_TEXT) {
            numres_text *text = (numres_text *)(void *)(kept + field->text_offset);
            *text = text->length > 0 ? *raw : numres_text_empty;
        }
    }
    beside->kind = record->kind;
    beside->rejected_containers = record->containers & record->invalid;
    beside->rejected = rejected;
    return beside;
}

bool numres_keep_record(numres_store *store, numres_record_kind kind, const void *public_record,
                        void *kept) {
    const numres_record *record = public_record; /* its first field */
    const numres_record_beside *beside = numres_record_nothing_beside(kind);
    memcpy(kept, public_record,
           kind == NUMRES_RECORD_PHONE_NUMBER ? sizeof(numres_phone_number)
                                              : sizeof(numres_reservation));
    for (uint32_t left = record->present & ~record->null & ~record->invalid; left != 0;
         left &= left - 1) {
        const numres_field *field = &numres_record_fields(kind)[__builtin_ctz(left)];
        if (field->text_offset != NUMRES_NO_TEXT && !keep_field(store, kind, field, kept))
            return false;
    }
    if (record->invalid != 0)
        beside = keep_beside(store, record, kept);
    if (beside == NULL)
        return false;
    numres_record_put_beside(kept, beside);
    return true;
}
