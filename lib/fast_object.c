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

static numres_fast_step *step_for(numres_fast_object *object, const unsigned char *lead,
                                  const unsigned char *value, uint8_t place) {
    static const numres_field no_field = {NUMRES_VALUE_CONTAINER, 0, 0, NUMRES_NO_TEXT};
    const numres_field *field = &no_field;
    size_t count;
    if (place != NUMRES_FAST_UNKNOWN)
        field = &numres_record_fields(
            object->record->kind)[numres_members_of(object->kind, &count)[place].number];
    if (object->order != NULL)
        return numres_fast_order_learn(object->order, lead, (size_t)(value - lead), place, field);
    object->scratch->text_length = 0;
    object->scratch->place = place;
    object->scratch->field = *field;
    return object->scratch;
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

/* The name at *at, up to its value: *step is what it is, learned if the kind's
   order is. */
static numres_fast_answer read_name(numres_fast_object *object, const unsigned char **at,
                                    numres_fast_step **step) {
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
    *step = step_for(object, *at, bytes,
                     numres_fast_names_find(object->names, object->kind, name, end));
    *at = bytes;
    return NUMRES_FAST_WHOLE;
}

numres_fast_answer numres_fast_member(numres_fast_object *object) {
    const unsigned char *at = object->at;
    numres_fast_step *step;
    numres_fast_answer answer = find_member(object, &at);
    if (answer == NUMRES_FAST_CLOSED)
        object->at = at;
    if (answer != NUMRES_FAST_WHOLE ||
        (answer = read_name(object, &at, &step)) != NUMRES_FAST_WHOLE)
        return answer;
    return numres_fast_value(object, step, at);
}

/* Where an escaped value may go: its text and no more than the limit leaves. */
static numres_fast_room room_of(const numres_fast_object *object) {
    numres_record *record = object->record;
    numres_fast_room room = {record->text + record->text_used,
                             object->limits->max_record_text - record->counted};
    return room;
}

static numres_fast_answer read_text(numres_fast_object *object, const numres_fast_step *step,
                                    const unsigned char **at) {
    numres_text text;
    bool decoded;
    numres_fast_answer answer =
        numres_fast_string(at, object->window->end, room_of(object), &text, &decoded);
    if (answer != NUMRES_FAST_WHOLE)
        return answer;
    if (numres_record_accept(object->record, object->limits, step->field.number, text) != NUMRES_OK)
        return NUMRES_FAST_SURPRISE;
    if (decoded)
        object->record->text_used += text.length;
    return NUMRES_FAST_WHOLE;
}

/* A scalar that is no string: null, or digits where these are right. */
static numres_fast_answer read_scalar(numres_fast_object *object, const numres_fast_step *step,
                                      const unsigned char **at) {
    numres_token token = {.lasting = true};
    unsigned char first_byte = **at;
    numres_fast_answer answer = numres_fast_scalar(at, object->window->end, &token.text);
    if (answer != NUMRES_FAST_WHOLE)
        return answer;
    if (first_byte == 'n') {
        numres_record_accept_null(object->record, step->field.number);
        return NUMRES_FAST_WHOLE;
    }
    uint64_t value;
    if (step->field.type != NUMRES_VALUE_INTEGER || !numres_text_integer(token.text, &value))
        return NUMRES_FAST_SURPRISE;
    token.scalar = NUMRES_SCALAR_NUMBER;
    token.length = token.text.length;
    numres_record_store(object->record, object->limits, step->field.number, &token);
    return NUMRES_FAST_WHOLE;
}

/* A scalar for a known member. */
static numres_fast_answer read_known(numres_fast_object *object, const numres_fast_step *step,
                                     const unsigned char **at) {
    if (numres_has(object->record->present, step->field.number))
        return NUMRES_FAST_SURPRISE;
    return **at == '"' ? read_text(object, step, at) : read_scalar(object, step, at);
}

numres_fast_answer numres_fast_value(numres_fast_object *object, const numres_fast_step *step,
                                     const unsigned char *value) {
    const unsigned char *at = value;
    bool is_known = step->place != NUMRES_FAST_UNKNOWN;
    bool is_container = *at == '[' || *at == '{';
    numres_fast_answer answer = NUMRES_FAST_CONTAINER;
    if (!is_known)
        answer = numres_fast_skip(&at, object->window->end, object->depth);
    else if (!is_container)
        answer = read_known(object, step, &at);
    else if (object->whole)
        answer = NUMRES_FAST_SURPRISE;
    if (answer == NUMRES_FAST_WHOLE) {
        object->at = at;
        object->is_first = false;
        object->complete++;
    } else if (answer == NUMRES_FAST_CONTAINER) {
        object->place = step->place;
        object->bracket = at;
    } else { /* it is to be read again, and expected again */
        return answer;
    }
    if (step != object->scratch && object->order != NULL)
        object->order->next = (unsigned int)(step - object->order->steps) + 1;
    return answer;
}
