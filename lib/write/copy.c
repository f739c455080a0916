/*
 * Copies of records, a public call. A copy is one block: the whole record, with its texts
 * after it. Code that reads records (the accessors of raw text, the writer) can therefore
 * read copies too.
 */
#include <string.h>

#include "../base/text.h"
#include "../schema/own_texts.h"
#include "numres/writer.h"

static bool count_text(void *context, const numres_field *field, const void *value,
                       numres_text *text) {
    (void)field, (void)value;
    *(size_t *)context += text->length;
    return true;
}

static size_t size_of_copy(const numres_record *record) {
    numres_record room = *record;
    size_t size = sizeof *record;
    numres_record_own_texts(record, record->kind, &room.value, room.raw, count_text, &size);
    return size;
}

static size_t copy_record(const numres_record *record, void *memory, size_t size) {
    if (record == NULL)
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
    char *next = (char *)(copy + 1);
    numres_record_own_texts(record, record->kind, &copy->value, copy->raw, numres_own_in_place,
                            &next);
    numres_record_publish(copy); /* derives an API error's detail from the copy's texts */
    return needed;
}

static size_t copy_public(const void *public_record, numres_record_kind kind, void *memory,
                          size_t size) {
    numres_record room;
    return copy_record(numres_record_view(public_record, kind, &room), memory, size);
}

size_t numres_reservation_copy(const numres_reservation *reservation, void *memory, size_t size) {
    return copy_public(reservation, NUMRES_RECORD_RESERVATION, memory, size);
}

size_t numres_phone_number_copy(const numres_phone_number *phone_number, void *memory,
                                size_t size) {
    return copy_public(phone_number, NUMRES_RECORD_PHONE_NUMBER, memory, size);
}

size_t numres_api_error_copy(const numres_api_error *api_error, void *memory, size_t size) {
    return copy_public(api_error, NUMRES_RECORD_API_ERROR, memory, size);
}
