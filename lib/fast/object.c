#include "object.h"

#include <string.h>

#include "../base/text.h"

/* Names. */

/* Fills the slots with the values of these keys; false if two keys share one. */
static bool fill(numres_fast_hash *hash, const uint64_t *keys, const uint8_t *values,
                 size_t count) {
    bool taken[sizeof hash->slots] = {false};
    for (size_t i = 0; i < count; i++) {
        unsigned int slot = numres_fast_hash_slot(hash, keys[i]);
        if (taken[slot])
            return false;
        taken[slot] = true;
        hash->slots[slot] = values[i];
    }
    return true;
}

/* Finds a multiplier by which no two keys meet; `nothing` is in the other slots. */
static void make(numres_fast_hash *hash, const uint64_t *keys, const uint8_t *values, size_t count,
                 uint8_t nothing) {
    hash->multiplier = UINT64_C(0x9E3779B97F4A7C15);      /* odd, with well-spread bits */
    for (unsigned int tries = 0; tries < 1000; tries++) { /* GCOVR_EXCL_BR_LINE: few do */
        memset(hash->slots, nothing, sizeof hash->slots);
        if (fill(hash, keys, values, count))
            return;
        hash->multiplier = hash->multiplier * UINT64_C(6364136223846793005) + 2;
    }
    hash->multiplier = 0; /* GCOVR_EXCL_LINE: the table's names differ */
}

/* The first eight bytes, of which no more can be read than there are. */
static uint64_t first_word(numres_text name) {
    char bytes[sizeof(uint64_t)] = "";
    memcpy(bytes, name.bytes, name.length < sizeof bytes ? name.length : sizeof bytes);
    return numres_text_first_word(bytes, name.length);
}

void numres_fast_hash_names(numres_fast_hash *hash, numres_object_kind kind) {
    uint64_t keys[NUMRES_RECORD_MEMBERS];
    uint8_t places[NUMRES_RECORD_MEMBERS];
    size_t count;
    const numres_member *members = numres_members_of(kind, &count);
    for (size_t i = 0; i < count; i++) {
        numres_text name = {members[i].name, members[i].name_length};
        keys[i] = first_word(name) + name.length;
        places[i] = (uint8_t)i;
    }
    make(hash, keys, places, count, NUMRES_FAST_UNKNOWN);
}

void numres_fast_hash_statuses(numres_fast_hash *hash) {
    enum { FIRST = 1 }; /* 0 is UNKNOWN */
    uint64_t keys[NUMRES_STATUS_COUNT - FIRST];
    uint8_t statuses[NUMRES_STATUS_COUNT - FIRST];
    for (unsigned int status = FIRST; status < NUMRES_STATUS_COUNT; status++) {
        keys[status - FIRST] =
            numres_text_first_word(numres_status_words[status].quoted, NUMRES_STATUS_SHORTEST + 1);
        statuses[status - FIRST] = (uint8_t)status;
    }
    make(hash, keys, statuses, NUMRES_STATUS_COUNT - FIRST, FIRST);
}

/* The place of the member with this name; [bytes, end) can be read. */
static uint8_t find_name(const numres_fast_object *object, numres_text name,
                         const unsigned char *end) {
    uint8_t place = NUMRES_FAST_UNKNOWN;
    const numres_fast_hash *names = object->names;
    bool is_hashed = names != NULL && names->multiplier != 0; /* GCOVR_EXCL_BR_LINE: see make */
    if (is_hashed && (const char *)end - name.bytes >= 8)
        return numres_fast_place(object, name);
    return numres_members_find(object->kind, name, &place) != NULL ? place : NUMRES_FAST_UNKNOWN;
}

numres_fast_answer numres_fast_name(const numres_fast_object *object, const unsigned char **at,
                                    const unsigned char *end, uint8_t *place) {
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
    *place = find_name(object, name, end);
    *at = bytes;
    return NUMRES_FAST_WHOLE;
}

/* Values. */

numres_fast_answer numres_fast_text(numres_fast_object *object, const numres_field *field,
                                    const unsigned char **at) {
    numres_record *record = object->record;
    /* A decoded text goes where the record keeps text, and is no longer than the limit lets in. */
    numres_fast_room room = {record->text + record->text_used,
                             object->limits->max_record_text - record->counted};
    numres_text text;
    bool decoded;
    numres_fast_answer answer = numres_fast_string(at, object->window->end, room, &text, &decoded);
    if (answer != NUMRES_FAST_WHOLE)
        return answer;
    if (numres_record_accept(record, object->limits, field->number, text) != NUMRES_OK)
        return NUMRES_FAST_SURPRISE;
    if (decoded)
        record->text_used += text.length;
    return NUMRES_FAST_WHOLE;
}

numres_fast_answer numres_fast_literal(numres_fast_object *object, const numres_field *field,
                                       const unsigned char **at) {
    numres_token token = {.scalar = NUMRES_SCALAR_NUMBER, .lasting = true};
    unsigned char first_byte = **at;
    numres_fast_answer answer = numres_fast_scalar(at, object->window->end, &token.text);
    uint64_t value;
    if (answer != NUMRES_FAST_WHOLE)
        return answer;
    if (first_byte == 'n') {
        numres_record_accept_null(object->record, field->number);
    } else if (first_byte == 't' || first_byte == 'f') {
        if (field->type != NUMRES_VALUE_BOOLEAN)
            return NUMRES_FAST_SURPRISE;
        numres_record_set_boolean(object->record, field, first_byte == 't');
        object->record->present |= UINT32_C(1) << field->number;
    } else {
        if (field->type != NUMRES_VALUE_INTEGER || !numres_text_integer(token.text, &value))
            return NUMRES_FAST_SURPRISE;
        token.length = token.text.length;
        numres_record_store(object->record, object->limits, field->number, &token);
    }
    return NUMRES_FAST_WHOLE;
}

static numres_fast_answer read_value(numres_fast_object *object, uint8_t place,
                                     const unsigned char **at) {
    if (place == NUMRES_FAST_UNKNOWN)
        return object->skips_unknown ? numres_fast_skip(at, object->window->end, object->depth)
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

/* Members. */

numres_fast_answer numres_fast_separator(const unsigned char **at, const unsigned char *end) {
    if (numres_fast_space(at, end) == NUMRES_FAST_MORE)
        return NUMRES_FAST_MORE;
    if (**at != ',' && **at != '}')
        return NUMRES_FAST_SURPRISE;
    return *(*at)++ == ',' ? NUMRES_FAST_WHOLE : NUMRES_FAST_CLOSED;
}

/* Up to the next member or, in *at, behind the end (CLOSED). */
static numres_fast_answer find_next_member(const numres_fast_object *object,
                                           const unsigned char **at) {
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

numres_fast_answer numres_fast_member(numres_fast_object *object) {
    const unsigned char *at = object->at;
    uint8_t place = NUMRES_FAST_UNKNOWN;
    numres_fast_answer answer = find_next_member(object, &at);
    if (answer == NUMRES_FAST_WHOLE)
        answer = numres_fast_name(object, &at, object->window->end, &place);
    if (answer == NUMRES_FAST_WHOLE)
        answer = read_value(object, place, &at);
    if (answer == NUMRES_FAST_WHOLE) {
        object->complete++;
        object->is_first = false;
    }
    if (answer == NUMRES_FAST_WHOLE || answer == NUMRES_FAST_CLOSED) {
        NUMRES_COUNT(FAST_MEMBERS, at - object->at);
        object->at = at;
    }
    return answer;
}
