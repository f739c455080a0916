/* Reads members of unusual form, one by one. A value is stored only if record.c accepts
   it. Called by habits.c and fast_lane.c. */
#include "object.h"

#include "../token/plain.h"

uint8_t numres_fast_search(numres_object_kind kind, numres_text name) {
    uint8_t place = NUMRES_FAST_UNKNOWN;
    return numres_members_find(kind, name, &place) != NULL ? place : NUMRES_FAST_UNKNOWN;
}

numres_fast_result numres_fast_name(const numres_fast_object *object, const unsigned char **at,
                                    const unsigned char *end, uint8_t *place) {
    if (**at != '"')
        return NUMRES_FAST_SURPRISE;
    const unsigned char *start = *at + 1;
    const unsigned char *bytes = numres_plain_skip(start, end);
    numres_text name = {(const char *)start, (size_t)(bytes - start)};
    if (bytes == end)
        return NUMRES_FAST_MORE;
    if (*bytes++ != '"')
        return NUMRES_FAST_SURPRISE;
    numres_fast_result result = numres_fast_colon(&bytes, end);
    if (result != NUMRES_FAST_WHOLE)
        return result;
    *place = object->names != NULL && end - start >= 8 ? numres_fast_place(object, name)
                                                       : numres_fast_search(object->kind, name);
    *at = bytes;
    return NUMRES_FAST_WHOLE;
}

numres_fast_result numres_fast_text(numres_fast_object *object, const numres_field *field,
                                    const unsigned char **at) {
    numres_record *record = object->record;
    /* A decoded text goes to the record's own text and may be as long as the limit allows. */
    numres_fast_room room = {record->text + record->text_used,
                             object->limits->max_record_text - record->counted};
    numres_text text;
    bool decoded;
    numres_fast_result result = numres_fast_string(at, object->window->end, room, &text, &decoded);
    if (result != NUMRES_FAST_WHOLE)
        return result;
    if (numres_record_accept(record, object->limits, field->number, text) != NUMRES_OK)
        return NUMRES_FAST_SURPRISE;
    if (decoded)
        record->text_used += text.length;
    return NUMRES_FAST_WHOLE;
}

numres_fast_result numres_fast_literal(numres_fast_object *object, const numres_field *field,
                                       const unsigned char **at) {
    unsigned char first_byte = **at;
    numres_text text;
    numres_fast_result result = numres_fast_scalar(at, object->window->end, &text);
    uint64_t value;
    if (result != NUMRES_FAST_WHOLE)
        return result;
    if (first_byte == 'n') {
        numres_record_accept_null(object->record, field->number);
    } else if (first_byte == 't' || first_byte == 'f') {
        if (field->type != NUMRES_VALUE_BOOLEAN)
            return NUMRES_FAST_SURPRISE;
        numres_record_set_boolean(object->record, field, first_byte == 't');
        object->record->present |= UINT32_C(1) << field->number;
    } else {
        if (field->type != NUMRES_VALUE_INTEGER || !numres_text_integer(text, &value))
            return NUMRES_FAST_SURPRISE;
        numres_record_set_integer(object->record, field, value, text);
        object->record->present |= UINT32_C(1) << field->number;
    }
    return NUMRES_FAST_WHOLE;
}

static numres_fast_result read_value(numres_fast_object *object, uint8_t place,
                                     const unsigned char **at) {
    if (place == NUMRES_FAST_UNKNOWN)
        return object->skips_unknown ? numres_fast_skip(at, object->window->end, object->depth_left)
                                     : NUMRES_FAST_SURPRISE;
    if (**at == '[' || **at == '{') {
        object->place = place;
        object->bracket = *at;
        return NUMRES_FAST_CONTAINER;
    }
    if (object->record == NULL)
        return NUMRES_FAST_SURPRISE;
    const numres_field *field = numres_fast_field(object, place);
    if (numres_has(object->record->present, field->number))
        return NUMRES_FAST_SURPRISE;
    return **at == '"' ? numres_fast_text(object, field, at)
                       : numres_fast_literal(object, field, at);
}

numres_fast_result numres_fast_member(numres_fast_object *object) {
    const unsigned char *at = object->at;
    uint8_t place = NUMRES_FAST_UNKNOWN;
    numres_fast_result result = numres_fast_next(&at, object->window->end, '}', object->is_first);
    if (result == NUMRES_FAST_WHOLE)
        result = numres_fast_name(object, &at, object->window->end, &place);
    const unsigned char *value = at;
    if (result == NUMRES_FAST_WHOLE)
        result = read_value(object, place, &at);
    if (result == NUMRES_FAST_WHOLE) {
        numres_fast_count_long_string(object, value, at);
        object->members_read++;
        object->is_first = false;
    }
    if (result == NUMRES_FAST_WHOLE || result == NUMRES_FAST_CLOSED) {
        NUMRES_COUNT(FAST_MEMBERS, at - object->at);
        object->at = at;
    }
    return result;
}
