/* Stores values in records, for schema.c and the fast lane: the one place that knows
   which value is right for a member's type. */
#include "record.h"

#include <string.h>

#include "../base/count.h"
#include "../base/text.h"
#include "../token/numeral.h"

/* All kinds begin with made_at, which is set once, when the record is made. */
#define KEPT_SIZE sizeof(const void *)
#define BEGINS_WITH_ADDRESS(NAME, record, type)                                                    \
    _Static_assert(offsetof(numres_##record, made_at) == 0 &&                                      \
                       sizeof(((numres_##record *)NULL)->made_at) == KEPT_SIZE,                    \
                   "made_at comes first");
NUMRES_RECORDS(BEGINS_WITH_ADDRESS)
_Static_assert(offsetof(numres_reservation, present) == offsetof(numres_phone_number, present) &&
                   offsetof(numres_reservation, null) == offsetof(numres_phone_number, null) &&
                   offsetof(numres_reservation, invalid) == offsetof(numres_phone_number, invalid),
               "masks have the same offsets");

const numres_text numres_record_booleans[2] = {{"false", 5}, {"true", 4}};

static const numres_text null_text = {"null", 4};

static void *field_of(numres_record *record, const numres_field *field) {
    return (char *)&record->value + field->offset;
}

/* Returns the text inside a typed field that has one. */
static numres_text *text_in(numres_record *record, const numres_field *field) {
    return (numres_text *)(void *)((char *)&record->value + field->text_offset);
}

/* The same, or NULL if the type has none. */
static numres_text *text_of(numres_record *record, const numres_field *field) {
    return field->text_offset != NUMRES_NO_TEXT ? text_in(record, field) : NULL;
}

/* Whether the field holds the text of the member's value as it came. */
static bool is_in_field(const numres_record *record, const numres_field *field) {
    return field->text_offset != NUMRES_NO_TEXT &&
           !numres_has(record->null | record->invalid, field->number);
}

numres_text numres_record_raw(const numres_record *record, unsigned int number) {
    const numres_field *field = &numres_record_descriptions[record->kind].fields[number];
    const char *fields = (const char *)&record->value;
    if (!is_in_field(record, field))
        return record->raw[number];
    return *(const numres_text *)(const void *)(fields + field->text_offset);
}

/* Returns where that text is: in the member's field if the value is right and the field has
   a text, else in record->raw. */
static numres_text *raw_place(numres_record *record, unsigned int number) {
    const numres_field *field = &numres_record_descriptions[record->kind].fields[number];
    return is_in_field(record, field) ? text_in(record, field) : &record->raw[number];
}

void numres_record_make(numres_record *record, char *text) {
    record->value.reservation.made_at = record;
    record->text = text;
}

void numres_record_start(numres_record *record, numres_record_kind kind, uint64_t index) {
    const numres_record_description *description = &numres_record_descriptions[kind];
    if (description->size > 0)
        memcpy((char *)&record->value + KEPT_SIZE, (const char *)description->neutral + KEPT_SIZE,
               description->size - KEPT_SIZE);
    numres_record_begin(record, kind, index);
}

/* Returns the text so that it lasts until the record is delivered: itself, or a copy. */
static numres_text hold(numres_record *record, numres_text text, bool lasting) {
    if (lasting)
        return text;
    char *copy = record->text + record->text_used;
    NUMRES_COUNT(RECORD, text.length);
    memcpy(copy, text.bytes, text.length);
    record->text_used += text.length;
    text.bytes = copy;
    return text;
}

/* Digits, perhaps after a minus sign: no fraction and no exponent. */
static bool is_plain_integer(numres_text numeral) {
    NUMRES_COUNT(RECORD, numeral.length);
    for (size_t i = 0; i < numeral.length; i++)
        if (numeral.bytes[i] == '.' || (numeral.bytes[i] | 0x20) == 'e')
            return false;
    return true;
}

/* Whether the field can hold the scalar's text. */
static bool is_text(const numres_field *field, const numres_record_limits *limits,
                    const numres_token *token) {
    if (token->scalar == NUMRES_SCALAR_STRING)
        return field->text_offset != NUMRES_NO_TEXT;
    /* Over the limit the text may be cut, depending on the chunking. It is
       too long, whatever it is. */
    return field->type == NUMRES_VALUE_CODE && token->scalar == NUMRES_SCALAR_NUMERAL &&
           (token->length > limits->max_value_length || is_plain_integer(token->text));
}

/* Checks the text and sets the typed value beside it, if the field has one. */
static numres_code set_typed(numres_record *record, const numres_field *field, bool check_e164,
                             numres_text text) {
    void *value = field_of(record, field);
    switch ((numres_value_type)field->type) {
    case NUMRES_VALUE_STATUS:
        ((numres_status_member *)value)->value = numres_status_parse(text.bytes, text.length);
        return ((numres_status_member *)value)->value != NUMRES_STATUS_UNKNOWN
                   ? NUMRES_OK
                   : NUMRES_UNKNOWN_STATUS;
    case NUMRES_VALUE_TIMESTAMP:
        return numres_timestamp_parse(text.bytes, text.length,
                                      &((numres_timestamp_member *)value)->value)
                   ? NUMRES_OK
                   : NUMRES_BAD_TIMESTAMP;
    case NUMRES_VALUE_RECORD_TYPE: {
        numres_text expected = numres_record_type(record->kind);
        return numres_text_is(text, expected.bytes, expected.length) ? NUMRES_OK
                                                                     : NUMRES_WRONG_RECORD_TYPE;
    }
    case NUMRES_VALUE_E164:
        return !check_e164 || numres_is_e164(text) ? NUMRES_OK : NUMRES_BAD_PHONE_NUMBER;
    default:
        return NUMRES_OK;
    }
}

/* A longer numeral may be cut, depending on the chunking. It is out of range, whatever it
   is. */
static numres_code check_integer(numres_record *record, const numres_field *field,
                                 const numres_token *token) {
    return token->length <= NUMRES_RAW_TEXT_LENGTH &&
                   numres_numeral_integer(token->text, field_of(record, field))
               ? NUMRES_OK
               : NUMRES_INTEGER_OUT_OF_RANGE;
}

/* Sets the typed value back to neutral. */
static void clear_typed(numres_record *record, const numres_field *field) {
    if (field->type == NUMRES_VALUE_STATUS)
        ((numres_status_member *)field_of(record, field))->value = NUMRES_STATUS_UNKNOWN;
    else if (field->type == NUMRES_VALUE_TIMESTAMP)
        ((numres_timestamp_member *)field_of(record, field))->value = (numres_timestamp){0};
    else if (field->type == NUMRES_VALUE_INTEGER)
        memset(field_of(record, field), 0, sizeof(uint64_t));
    else if (field->type == NUMRES_VALUE_BOOLEAN)
        *(bool *)field_of(record, field) = false;
}

static numres_code check_text(numres_record *record, const numres_record_limits *limits,
                              const numres_field *field, const numres_token *token) {
    if (token->length > limits->max_value_length)
        return NUMRES_VALUE_TOO_LONG;
    numres_code code = set_typed(record, field, limits->check_e164, token->text);
    if (code == NUMRES_OK && token->text.length > limits->max_record_text - record->counted) {
        clear_typed(record, field);
        return NUMRES_VALUE_TOO_LONG;
    }
    if (code == NUMRES_OK)
        record->counted += token->text.length;
    return code;
}

/* Keeps the raw text of a value that no limit counts: a rejected one or an
   integer. */
static void keep_uncounted(numres_record *record, const numres_field *field,
                           const numres_token *token, bool rejected) {
    numres_text raw = numres_text_cut(token->text, NUMRES_RAW_TEXT_LENGTH);
    raw = hold(record, raw, token->lasting);
    record->raw[field->number] = raw;
    if (rejected && numres_field_shows_rejected(field))
        *text_in(record, field) = raw;
}

numres_code numres_record_store(numres_record *record, const numres_record_limits *limits,
                                unsigned int number, const numres_token *token) {
    const numres_field *field = &numres_record_descriptions[record->kind].fields[number];
    uint32_t bit = UINT32_C(1) << number;
    numres_code code = NUMRES_WRONG_TYPE;
    if (token->scalar == NUMRES_SCALAR_NULL) {
        numres_record_accept_null(record, number);
        return NUMRES_OK;
    }
    record->present |= bit;
    if (field->type == NUMRES_VALUE_BOOLEAN && token->scalar == NUMRES_SCALAR_BOOLEAN) {
        numres_record_set_boolean(record, field, token->text.bytes[0] == 't');
        return NUMRES_OK;
    }
    if (field->type == NUMRES_VALUE_INTEGER && token->scalar == NUMRES_SCALAR_NUMERAL) {
        code = check_integer(record, field, token);
    } else if (is_text(field, limits, token)) {
        code = check_text(record, limits, field, token);
        if (code == NUMRES_OK) {
            *text_in(record, field) = hold(record, token->text, token->lasting);
            return NUMRES_OK;
        }
    }
    if (code != NUMRES_OK)
        record->invalid |= bit;
    keep_uncounted(record, field, token, code != NUMRES_OK);
    return code;
}

numres_code numres_record_accept(numres_record *record, const numres_record_limits *limits,
                                 unsigned int number, numres_text text) {
    const numres_field *field = &numres_record_descriptions[record->kind].fields[number];
    numres_token token = {.scalar = NUMRES_SCALAR_STRING, .text = text, .length = text.length};
    if (!is_text(field, limits, &token))
        return NUMRES_WRONG_TYPE;
    numres_code code = check_text(record, limits, field, &token);
    if (code != NUMRES_OK)
        return code;
    record->present |= UINT32_C(1) << number;
    *text_in(record, field) = text;
    return NUMRES_OK;
}

void numres_record_offer(numres_record *record, const numres_record_limits *limits,
                         unsigned int number, const numres_token *token) {
    const numres_field *field = &numres_record_descriptions[record->kind].fields[number];
    if (numres_has(record->present, number))
        return;
    if (token->scalar == NUMRES_SCALAR_NULL) {
        numres_record_accept_null(record, number);
    } else if (is_text(field, limits, token) &&
               check_text(record, limits, field, token) == NUMRES_OK) {
        record->present |= UINT32_C(1) << number;
        *text_in(record, field) = hold(record, token->text, token->lasting);
    }
}

void numres_record_neutralise(numres_record *record, unsigned int number) {
    const numres_field *field = &numres_record_descriptions[record->kind].fields[number];
    numres_text *text = text_of(record, field);
    clear_typed(record, field);
    if (text != NULL)
        *text = numres_text_empty;
}

void numres_record_neutralise_absent(numres_record *record) {
    for (unsigned int number = 0; number < numres_record_member_count(record->kind); number++)
        if (!numres_has(record->present, number))
            numres_record_neutralise(record, number);
}

void numres_record_accept_null(numres_record *record, unsigned int number) {
    uint32_t bit = UINT32_C(1) << number;
    numres_record_neutralise(record, number);
    record->present |= bit;
    record->null |= bit;
    record->raw[number] = null_text;
}

void numres_record_mark(numres_record *record, unsigned int number, bool valid) {
    uint32_t bit = UINT32_C(1) << number;
    record->present |= bit;
    record->containers |= bit;
    if (!valid)
        record->invalid |= bit;
    record->raw[number] = numres_text_empty;
}

void numres_record_keep(numres_record *record, const void *begin, const void *end) {
    const numres_record_description *description = &numres_record_descriptions[record->kind];
    if (record->kind == NUMRES_RECORD_NONE)
        return;
    for (uint32_t left = record->present & ~record->kept; left != 0; left &= left - 1) {
        unsigned int i = (unsigned int)__builtin_ctz(left);
        numres_text *raw = raw_place(record, i);
        if ((uintptr_t)raw->bytes < (uintptr_t)begin || (uintptr_t)raw->bytes >= (uintptr_t)end)
            continue;
        numres_text *text = text_of(record, &description->fields[i]);
        bool shared = text != NULL && text->bytes == raw->bytes;
        *raw = hold(record, *raw, false);
        record->kept |= left & -left;
        if (shared)
            *text = *raw;
    }
}

/* Whether the member is present and its value right. */
static bool is_right(const numres_record *record, unsigned int number) {
    return numres_has(record->present & ~record->null & ~record->invalid, number);
}

static void publish_api_error(numres_record *record) {
    numres_api_error *error = &record->value.api_error;
    NUMRES_PUBLISH_MASKS(error, record);
    if (!is_right(record, NUMRES_API_ERROR_DETAIL))
        error->detail =
            is_right(record, NUMRES_API_ERROR_DESCRIPTION) ? error->description : error->message;
}

void numres_record_publish(numres_record *record) {
    switch (record->kind) {
    case NUMRES_RECORD_RESERVATION:
        numres_record_publish_reservation(record);
        break;
    case NUMRES_RECORD_PHONE_NUMBER:
        numres_record_publish_phone_number(record);
        break;
    case NUMRES_RECORD_META:
        NUMRES_PUBLISH_MASKS(&record->value.meta, record);
        break;
    case NUMRES_RECORD_API_ERROR:
        publish_api_error(record);
        break;
    case NUMRES_RECORD_NONE:
        break;
    }
}

numres_record_value numres_record_value_of(const numres_record *record, unsigned int number,
                                           numres_text *text) {
    if (!numres_has(record->present, number))
        return NUMRES_RECORD_VALUE_ABSENT;
    if (numres_has(record->null, number))
        return NUMRES_RECORD_VALUE_NULL;
    if (numres_has(record->containers, number))
        return numres_has(record->invalid, number) ? NUMRES_RECORD_VALUE_REJECTED_CONTAINER
                                                   : NUMRES_RECORD_VALUE_CONTAINER;
    *text = numres_record_raw(record, number);
    uint8_t type = numres_record_descriptions[record->kind].fields[number].type;
    bool is_literal = (type == NUMRES_VALUE_INTEGER || type == NUMRES_VALUE_BOOLEAN) &&
                      !numres_has(record->invalid, number);
    return is_literal ? NUMRES_RECORD_VALUE_LITERAL : NUMRES_RECORD_VALUE_TEXT;
}

/* Kept records. */

const numres_record_beside *numres_record_nothing_beside(numres_record_kind kind) {
    static const numres_record_beside nothing[] = {
        [NUMRES_RECORD_RESERVATION] = {NUMRES_RECORD_RESERVATION, 0, NULL},
        [NUMRES_RECORD_PHONE_NUMBER] = {NUMRES_RECORD_PHONE_NUMBER, 0, NULL},
    };
    return &nothing[kind];
}

/* Returns the raw text of a present member, or an empty text if its field holds it. */
static numres_text raw_of_kept(const numres_record *record, const numres_record_beside *beside,
                               const numres_field *field) {
    if (numres_has(record->null, field->number))
        return null_text;
    if (numres_has(record->invalid, field->number))
        return beside->rejected[field->number];
    if (field->type == NUMRES_VALUE_BOOLEAN)
        return numres_record_booleans[*(const bool *)((const char *)&record->value +
                                                      field->offset)];
    return numres_text_empty;
}

static void fill_view(numres_record *room, const void *public_record,
                      const numres_record_beside *beside) {
    const numres_record_description *description = &numres_record_descriptions[beside->kind];
    memset(room, 0, sizeof *room);
    memcpy(&room->value, public_record, description->size);
    room->kind = beside->kind;
    /* All kinds that are kept have their masks at the same offsets. */
    room->present = room->value.reservation.present;
    room->null = room->value.reservation.null;
    room->invalid = room->value.reservation.invalid;
    room->containers = beside->rejected_containers;
    for (uint32_t left = room->present; left != 0; left &= left - 1) {
        const numres_field *field = &description->fields[__builtin_ctz(left)];
        room->raw[field->number] = raw_of_kept(room, beside, field);
        if (field->type == NUMRES_VALUE_CONTAINER &&
            !numres_has(room->null | room->invalid, field->number))
            room->containers |= UINT32_C(1) << field->number;
    }
}

const numres_record *numres_record_view(const void *public_record, numres_record_kind kind,
                                        numres_record *room) {
    const char *made_at = NULL;
    if (public_record != NULL)
        memcpy(&made_at, public_record, sizeof made_at);
    if (((uintptr_t)made_at & 1) == 0) {
        const numres_record *record = numres_record_of(public_record);
        return record != NULL && record->kind == kind ? record : NULL;
    }
    const numres_record_beside *beside = (const numres_record_beside *)(const void *)(made_at - 1);
    if (beside->kind != kind)
        return NULL;
    fill_view(room, public_record, beside);
    return room;
}
