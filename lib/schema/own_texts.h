/*
 * Walks through the texts that a copy of a record has to own: the one place that knows
 * which these are. Records that a callback gets are valid only during the callback, and two
 * files copy them whole: write/copy.c copies one record into a block of the caller's, and
 * collection/keep.c many into the collection's store, repeated texts once.
 */
#ifndef NUMRES_LIB_OWN_TEXTS_H
#define NUMRES_LIB_OWN_TEXTS_H

#include <string.h>

#include "../base/text.h"
#include "record.h"

/* Makes *text, the text of a member, the copy's own. `value` is the member's field if the
   value is right, and NULL if it was rejected. Returns false to end the walk. */
typedef bool (*numres_own_text)(void *context, const numres_field *field, const void *value,
                                numres_text *text);

/* A numres_own_text whose context is a char **: copies the text to where that pointer points
   and moves the pointer past the copy. */
static inline bool numres_own_in_place(void *context, const numres_field *field, const void *value,
                                       numres_text *text) {
    char **next = (char **)context;
    (void)field, (void)value;
    if (text->length == 0) {
        *text = numres_text_empty;
        return true;
    }
    memcpy(*next, text->bytes, text->length);
    text->bytes = *next;
    *next += text->length;
    return true;
}

/* Returns a right value's text, or NULL if it has none or only a constant of the library. */
static inline numres_text *numres_right_text(const numres_field *field, char *fields,
                                             numres_text *raw) {
    if (field->text_offset != NUMRES_NO_TEXT)
        return (numres_text *)(void *)(fields + field->text_offset);
    return field->type == NUMRES_VALUE_INTEGER ? &raw[field->number] : NULL;
}

/* Calls `own` for a rejected value's text. */
static inline bool numres_own_rejected(const numres_field *field, char *fields, numres_text *raw,
                                       numres_own_text own, void *context) {
    if (!own(context, field, NULL, &raw[field->number]))
        return false;
    if (numres_field_shows_rejected(field))
        *(numres_text *)(void *)(fields + field->text_offset) = raw[field->number];
    return true;
}

/*
 * Calls `own` for each text of `copy`, whose fields and `raw` texts (by member number) are
 * still `record`'s. `raw` has the texts of rejected values and integers; NULL: there are
 * none. Returns false if a call did. Inlined, so that `own` is inlined too.
 */
static inline __attribute__((always_inline)) bool
numres_record_own_texts(const numres_record *record, numres_record_kind kind, void *copy,
                        numres_text *raw, numres_own_text own, void *context) {
    const numres_field *fields = numres_record_fields(kind);
    char *start = copy;
    /* GCOVR_EXCL_BR_START: each caller has its own copy of this loop, of which some branches
       are never taken: it always has raw texts, or its `own` never fails */
    for (uint32_t left = record->present & ~record->null; left != 0; left &= left - 1) {
        const numres_field *field = &fields[__builtin_ctz(left)];
        bool is_right = raw == NULL || (record->invalid & (left & -left)) == 0;
        numres_text *text = is_right ? numres_right_text(field, start, raw) : NULL;
        if (text != NULL && !own(context, field, start + field->offset, text))
            return false;
        if (!is_right && !numres_own_rejected(field, start, raw, own, context))
            return false;
    }
    /* GCOVR_EXCL_BR_STOP */
    return true;
}

#endif
