#include "fast_object.h"

#include <string.h>

#include "text.h"

numres_fast_answer numres_fast_separator(const unsigned char **at, const unsigned char *end) {
    if (numres_fast_space(at, end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    if (**at != ',' && **at != '}')
        return NUMRES_FAST_SURPRISE;
    return *(*at)++ == ',' ? NUMRES_FAST_WHOLE : NUMRES_FAST_CLOSED;
}

/* What the record has for the member at `place`. */
static const numres_field *field_at(const numres_fast_object *object, uint8_t place) {
    size_t count;
    const numres_member *members = numres_members_of(object->kind, &count);
    return &numres_record_fields(object->record->kind)[members[place].number];
}

/* Up to the next member or, in *at, behind the end (CLOSED). */
static numres_fast_answer find_member(const numres_fast_object *object, const unsigned char **at) {
    if (!object->is_first)
        return numres_fast_separator(at, object->window->end);
    const unsigned char *bytes = *at;
    if (numres_fast_space(&bytes, object->window->end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    if (*bytes != '}')
        return NUMRES_FAST_WHOLE;
    *at = bytes + 1;
    return NUMRES_FAST_CLOSED;
}

/* The name at *at, up to its value: *place is what it is. */
static numres_fast_answer read_name(const numres_fast_object *object, const unsigned char **at,
                                    uint8_t *place) {
    const unsigned char *end = object->window->end;
    const unsigned char *bytes = *at;
    if (numres_fast_space(&bytes, end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    if (*bytes != '"')
        return NUMRES_FAST_SURPRISE;
    const unsigned char *start = bytes + 1;
    bytes = numres_text_skip_plain(start, end);
    numres_text name = {(const char *)start, (size_t)(bytes - start)};
    if (bytes == end)
        return NUMRES_FAST_MORE;
    if (*bytes++ != '"')
        return NUMRES_FAST_SURPRISE;
    if (numres_fast_space(&bytes, end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    if (*bytes++ != ':')
        return NUMRES_FAST_SURPRISE;
    if (numres_fast_space(&bytes, end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    *place = numres_fast_names_find(object->names, object->kind, name, end);
    *at = bytes;
    return NUMRES_FAST_WHOLE;
}

numres_fast_answer numres_fast_member(numres_fast_object *object) {
    const unsigned char *at = object->at;
    uint8_t place = NUMRES_FAST_UNKNOWN;
    numres_fast_step *step = NULL;
    numres_fast_answer answer = find_member(object, &at);
    if (answer == NUMRES_FAST_CLOSED)
        object->at = at;
    const unsigned char *lead = at;
    if (answer != NUMRES_FAST_WHOLE ||
        (answer = read_name(object, &at, &place)) != NUMRES_FAST_WHOLE)
        return answer;
    /* Unknown members may be many, and would push out those that matter. */
    if (object->order != NULL && place != NUMRES_FAST_UNKNOWN)
        step = numres_fast_order_learn(object->order, lead, (size_t)(at - lead), place,
                                       field_at(object, place));
    answer = numres_fast_value(object, place, at);
    if (step != NULL && (answer == NUMRES_FAST_WHOLE || answer == NUMRES_FAST_CONTAINER))
        object->order->next = step + 1;
    return answer;
}

/* Where an escaped value may go: its text and no more than the limit leaves. */
static numres_fast_room room_of(const numres_fast_object *object) {
    numres_record *record = object->record;
    numres_fast_room room = {record->text + record->text_used,
                             object->limits->max_record_text - record->counted};
    return room;
}

static numres_fast_answer read_text(numres_fast_object *object, const numres_field *field,
                                    const unsigned char **at) {
    numres_text text;
    bool decoded;
    numres_fast_answer answer =
        numres_fast_string(at, object->window->end, room_of(object), &text, &decoded);
    if (answer != NUMRES_FAST_WHOLE)
        return answer;
    if (numres_record_accept(object->record, object->limits, field->number, text) != NUMRES_OK)
        return NUMRES_FAST_SURPRISE;
    if (decoded)
        object->record->text_used += text.length;
    return NUMRES_FAST_WHOLE;
}

/* A scalar that is no string: null, or digits or a boolean where these are right. */
static numres_fast_answer read_scalar(numres_fast_object *object, const numres_field *field,
                                      const unsigned char **at) {
    numres_token token = {.lasting = true};
    unsigned char first_byte = **at;
    numres_fast_answer answer = numres_fast_scalar(at, object->window->end, &token.text);
    if (answer != NUMRES_FAST_WHOLE)
        return answer;
    if (first_byte == 'n') {
        numres_record_accept_null(object->record, field->number);
        return NUMRES_FAST_WHOLE;
    }
    if (field->type == NUMRES_VALUE_BOOLEAN && (first_byte == 't' || first_byte == 'f')) {
        numres_record_accept_boolean(object->record, field->number, first_byte == 't');
        return NUMRES_FAST_WHOLE;
    }
    uint64_t value;
    if (field->type != NUMRES_VALUE_INTEGER || !numres_text_integer(token.text, &value))
        return NUMRES_FAST_SURPRISE;
    token.scalar = NUMRES_SCALAR_NUMBER;
    token.length = token.text.length;
    numres_record_store(object->record, object->limits, field->number, &token);
    return NUMRES_FAST_WHOLE;
}

/* A scalar for a known member. */
static numres_fast_answer read_known(numres_fast_object *object, uint8_t place,
                                     const unsigned char **at) {
    const numres_field *field = field_at(object, place);
    if (numres_has(object->record->present, field->number))
        return NUMRES_FAST_SURPRISE;
    return **at == '"' ? read_text(object, field, at) : read_scalar(object, field, at);
}

numres_fast_answer numres_fast_value(numres_fast_object *object, uint8_t place,
                                     const unsigned char *value) {
    const unsigned char *at = value;
    bool is_container = *at == '[' || *at == '{';
    numres_fast_answer answer;
    if (is_container && place != NUMRES_FAST_UNKNOWN) {
        object->place = place;
        object->bracket = at;
        return object->whole ? NUMRES_FAST_SURPRISE : NUMRES_FAST_CONTAINER;
    }
    answer = place == NUMRES_FAST_UNKNOWN
                 ? numres_fast_skip(&at, object->window->end, object->depth)
                 : read_known(object, place, &at);
    if (answer == NUMRES_FAST_WHOLE) {
        object->at = at;
        object->is_first = false;
        object->complete++;
    }
    return answer;
}
