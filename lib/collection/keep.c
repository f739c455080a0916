/* Copies records into a collection, and stores repeated texts once. collect.c calls it. */
#include "keep.h"

#include <string.h>

#include "../base/text.h"
#include "../schema/own_texts.h"

/* A record being kept. */
typedef struct keeping {
    numres_store *store;
    numres_last_texts *last;
    numres_record_kind kind;
    numres_text timestamp; /* the last one kept of this record */
} keeping;

static bool store_text(numres_store *store, numres_text *text) {
    char *copy = numres_store_take_text(store, text->length);
    if (copy == NULL)
        return false;
    memcpy(copy, text->bytes, text->length);
    text->bytes = copy;
    return true;
}

bool numres_keep_text(numres_store *store, numres_text *text) {
    if (text->length > 0)
        return store_text(store, text);
    *text = numres_text_empty;
    return true;
}

static uint64_t last_8_bytes(numres_text text) {
    uint64_t bytes;
    memcpy(&bytes, text.bytes + text.length - sizeof bytes, sizeof bytes);
    return bytes;
}

/* Compares the ends first, because ids and timestamps mostly differ there. */
static inline bool is_equal(numres_text left, numres_text right) {
    if (left.length != right.length)
        return false;
    if (left.length >= sizeof(uint64_t) && last_8_bytes(left) != last_8_bytes(right))
        return false;
    return memcmp(left.bytes, right.bytes, left.length) == 0;
}

/* Keeps a text that is often equal to the member's last one. */
static inline bool keep_repeated(numres_store *store, numres_text *last, numres_text *text) {
    if (is_equal(*last, *text)) {
        text->bytes = last->bytes;
        return true;
    }
    if (!store_text(store, text))
        return false;
    *last = *text;
    return true;
}

/* The same for a text that may also be equal to the record's previous timestamp. */
static inline bool keep_timestamp(keeping *keeping, numres_text *last, numres_text *text) {
    if (is_equal(*last, *text))
        text->bytes = last->bytes;
    else if (is_equal(keeping->timestamp, *text))
        *last = *text = keeping->timestamp;
    else if (store_text(keeping->store, text))
        *last = *text;
    else
        return false;
    keeping->timestamp = *text;
    return true;
}

/* Keeps the text of a right value, which is not empty. */
static inline bool keep_right(keeping *keeping, const numres_field *field, const void *value,
                              numres_text *text) {
    numres_text *last = &keeping->last->of[field->number];
    switch ((numres_value_type)field->type) {
    case NUMRES_VALUE_RECORD_TYPE:
        *text = numres_record_type(keeping->kind);
        return true;
    case NUMRES_VALUE_STATUS:
        text->bytes = numres_status_name(((const numres_status_member *)value)->value);
        return true;
    case NUMRES_VALUE_TIMESTAMP:
        return keep_timestamp(keeping, last, text);
    case NUMRES_VALUE_E164: /* each one is different */
        return store_text(keeping->store, text);
    default:
        return keep_repeated(keeping->store, last, text);
    }
}

static inline bool keep_one(void *context, const numres_field *field, const void *value,
                            numres_text *text) {
    keeping *keeping = context;
    if (text->length == 0) {
        *text = numres_text_empty;
        return true;
    }
    /* An undocumented status usually comes many times. */
    return value != NULL ? keep_right(keeping, field, value, text)
                         : keep_repeated(keeping->store, &keeping->last->of[field->number], text);
}

/* Makes what is kept beside a record with invalid members. Its raw texts are still the
   record's. */
static numres_record_beside *make_beside(numres_store *store, const numres_record *record) {
    numres_record_beside *beside = numres_store_take(store, sizeof *beside);
    size_t size = numres_record_member_count(record->kind) * sizeof record->raw[0];
    numres_text *rejected = beside != NULL ? numres_store_take(store, size) : NULL;
    if (rejected == NULL)
        return NULL;
    memcpy(rejected, record->raw, size);
    beside->kind = record->kind;
    beside->rejected_containers = record->containers & record->invalid;
    beside->rejected = rejected;
    return beside;
}

/* Inlined twice, with a constant kind each. */
static inline __attribute__((always_inline)) bool
keep_record(keeping *keeping, const numres_record *record, void *kept) {
    const numres_record_beside *beside = numres_record_nothing_beside(keeping->kind);
    numres_text *rejected = NULL;
    if (record->invalid != 0) {
        numres_record_beside *made = make_beside(keeping->store, record);
        if (made == NULL)
            return false;
        beside = made;
        rejected = made->rejected;
    }
    numres_record_put_beside(kept, beside);
    return numres_record_own_texts(record, keeping->kind, kept, rejected, keep_one, keeping);
}

bool numres_keep_reservation(numres_store *store, numres_last_texts *last,
                             const numres_record *record, numres_reservation *kept) {
    keeping keeping = {store, last, NUMRES_RECORD_RESERVATION, numres_text_empty};
    *kept = record->value.reservation;
    return keep_record(&keeping, record, kept);
}

bool numres_keep_phone_number(numres_store *store, numres_last_texts *last,
                              const numres_record *record, numres_phone_number *kept) {
    keeping keeping = {store, last, NUMRES_RECORD_PHONE_NUMBER, numres_text_empty};
    *kept = record->value.phone_number;
    kept->reservation = NULL; /* until the reservation is complete */
    return keep_record(&keeping, record, kept);
}
