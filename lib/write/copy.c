/*
 * Copies of records: one block, the whole record and its texts after it, so
 * that whatever reads a record (the accessors of raw text, the writer) takes a
 * copy for one.
 */
#include <string.h>

#include "../base/text.h"
#include "../schema/record.h"
#include "numres/writer.h"

static size_t size_of_copy(const numres_record *record) {
    size_t size = sizeof *record;
    for (unsigned int i = 0; i < numres_record_member_count(record->kind); i++)
        if (numres_has(record->present, i))
            size += numres_record_raw(record, i).length;
    return size;
}

/* A text of the copy's own at `place`. */
static numres_text put_text(numres_text text, char *place) {
    if (text.length == 0)
        return numres_text_empty;
    memcpy(place, text.bytes, text.length);
    text.bytes = place;
    return text;
}

/* Gives member `number` its own text at `place`; returns the byte after it. */
static char *own_text(numres_record *copy, unsigned int number, char *place) {
    if (!numres_has(copy->present, number))
        return place;
    /* A field holds the raw text or, of a rejected text or null, the empty one,
       which no copy needs to own. */
    numres_text *raw = numres_record_raw_place(copy, number);
    numres_text *text = numres_record_text_of(copy, number);
    bool shared = text != NULL && text->bytes == raw->bytes;
    *raw = put_text(*raw, place);
    if (shared)
        *text = *raw;
    return place + raw->length;
}

static size_t copy_record(const numres_record *record, void *memory, size_t size) {
    if (record == NULL || record->kind == NUMRES_RECORD_NONE) /* its callback is over */
        return 0;
    size_t needed = size_of_copy(record);
    if (memory == NULL || size < needed)
        return needed;
    numres_record *copy = memory;
    memcpy(copy, record, sizeof *copy);
    numres_record_make(copy, NULL);
    copy->text_used = 0;
    if (copy->kind == NUMRES_RECORD_PHONE_NUMBER)
        copy->value.phone_number.reservation = NULL;
    char *place = (char *)(copy + 1);
    for (unsigned int i = 0; i < numres_record_member_count(copy->kind); i++)
        place = own_text(copy, i, place);
    numres_record_publish(copy); /* derives an API error's detail from the copy's texts */
    return needed;
}

static size_t copy_public(const void *public_record, void *memory, size_t size) {
    numres_record room;
    return copy_record(numres_record_view(public_record, &room), memory, size);
}

size_t numres_reservation_copy(const numres_reservation *reservation, void *memory, size_t size) {
    return copy_public(reservation, memory, size);
}

size_t numres_phone_number_copy(const numres_phone_number *phone_number, void *memory,
                                size_t size) {
    return copy_public(phone_number, memory, size);
}

size_t numres_api_error_copy(const numres_api_error *api_error, void *memory, size_t size) {
    return copy_public(api_error, memory, size);
}
