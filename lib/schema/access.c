/* The public calls for single members of records, which find a member's field in the table:
   its raw text, whether it has a value, and the value. */
#include "numres/access.h"

#include "../base/text.h"
#include "record.h"

/* Raw text and masks. */

static numres_text raw_of(const void *public_record, numres_record_kind kind, unsigned int member) {
    numres_record room;
    const numres_record *record = numres_record_view(public_record, kind, &room);
    if (record == NULL || member >= numres_record_member_count(kind) ||
        !numres_has(record->present, member))
        return numres_text_empty;
    return numres_record_raw(record, member);
}

numres_text numres_reservation_raw(const numres_reservation *reservation, unsigned int member) {
    return raw_of(reservation, NUMRES_RECORD_RESERVATION, member);
}

numres_text numres_phone_number_raw(const numres_phone_number *phone_number, unsigned int member) {
    return raw_of(phone_number, NUMRES_RECORD_PHONE_NUMBER, member);
}

numres_text numres_meta_raw(const numres_meta *meta, unsigned int member) {
    return raw_of(meta, NUMRES_RECORD_META, member);
}

numres_text numres_api_error_raw(const numres_api_error *api_error, unsigned int member) {
    return raw_of(api_error, NUMRES_RECORD_API_ERROR, member);
}

/* Whether the value can be used, by the public record's own masks. */
#define HAS(record, member)                                                                        \
    ((record) != NULL &&                                                                           \
     numres_mask_has((record)->present & ~(record)->null & ~(record)->invalid, member))

bool numres_mask_has(uint32_t mask, unsigned int member) {
    return member < 32 && numres_has(mask, member);
}

bool numres_reservation_has(const numres_reservation *reservation, unsigned int member) {
    return HAS(reservation, member);
}

bool numres_phone_number_has(const numres_phone_number *phone_number, unsigned int member) {
    return HAS(phone_number, member);
}

bool numres_meta_has(const numres_meta *meta, unsigned int member) {
    return HAS(meta, member);
}

bool numres_api_error_has(const numres_api_error *api_error, unsigned int member) {
    return HAS(api_error, member);
}

/* Fields. */

/* Returns the field of a member, or NULL if there is no record or no such member. */
static const numres_field *field_in(const void *record, numres_record_kind kind,
                                    unsigned int member) {
    if (record == NULL || member >= numres_record_member_count(kind))
        return NULL;
    return &numres_record_fields(kind)[member];
}

static numres_text text_in_field(const void *record, numres_record_kind kind, unsigned int member) {
    const numres_field *field = field_in(record, kind, member);
    if (field == NULL || field->text_offset == NUMRES_NO_TEXT)
        return numres_text_empty;
    return *(const numres_text *)(const void *)((const char *)record + field->text_offset);
}

/* Returns the member's field if it has a value of this type, else NULL. */
static const void *value_in(const void *record, numres_record_kind kind, unsigned int member,
                            numres_value_type type, bool has_value) {
    const numres_field *field = field_in(record, kind, member);
    if (field == NULL || field->type != type || !has_value)
        return NULL;
    return (const char *)record + field->offset;
}

/* States. */

static numres_member_state state_of(uint32_t present, uint32_t null, uint32_t invalid,
                                    unsigned int member) {
    if (!numres_mask_has(present, member))
        return NUMRES_MEMBER_ABSENT;
    if (numres_has(null, member))
        return NUMRES_MEMBER_NULL;
    return numres_has(invalid, member) ? NUMRES_MEMBER_INVALID : NUMRES_MEMBER_VALUE;
}

#define STATE_OF(record, member)                                                                   \
    ((record) == NULL ? NUMRES_MEMBER_ABSENT                                                       \
                      : state_of((record)->present, (record)->null, (record)->invalid, (member)))

numres_member_state numres_reservation_state(const numres_reservation *reservation,
                                             unsigned int member) {
    return STATE_OF(reservation, member);
}

numres_member_state numres_phone_number_state(const numres_phone_number *phone_number,
                                              unsigned int member) {
    return STATE_OF(phone_number, member);
}

numres_member_state numres_meta_state(const numres_meta *meta, unsigned int member) {
    return STATE_OF(meta, member);
}

numres_member_state numres_api_error_state(const numres_api_error *api_error, unsigned int member) {
    return STATE_OF(api_error, member);
}

/* Values. */

numres_text numres_reservation_text(const numres_reservation *reservation, unsigned int member) {
    return text_in_field(reservation, NUMRES_RECORD_RESERVATION, member);
}

numres_text numres_phone_number_text(const numres_phone_number *phone_number, unsigned int member) {
    return text_in_field(phone_number, NUMRES_RECORD_PHONE_NUMBER, member);
}

numres_text numres_api_error_text(const numres_api_error *api_error, unsigned int member) {
    return text_in_field(api_error, NUMRES_RECORD_API_ERROR, member);
}

numres_status numres_reservation_status(const numres_reservation *reservation) {
    return reservation != NULL ? reservation->status.value : NUMRES_STATUS_UNKNOWN;
}

numres_status numres_phone_number_status(const numres_phone_number *phone_number) {
    return phone_number != NULL ? phone_number->status.value : NUMRES_STATUS_UNKNOWN;
}

static bool tell_instant(const numres_timestamp_member *timestamp, int64_t *seconds,
                         uint32_t *nanoseconds) {
    if (timestamp == NULL)
        return false;
    if (seconds != NULL)
        *seconds = timestamp->value.seconds;
    if (nanoseconds != NULL)
        *nanoseconds = timestamp->value.nanoseconds;
    return true;
}

bool numres_reservation_instant(const numres_reservation *reservation, unsigned int member,
                                int64_t *seconds, uint32_t *nanoseconds) {
    return tell_instant(value_in(reservation, NUMRES_RECORD_RESERVATION, member,
                                 NUMRES_VALUE_TIMESTAMP,
                                 numres_reservation_has(reservation, member)),
                        seconds, nanoseconds);
}

bool numres_phone_number_instant(const numres_phone_number *phone_number, unsigned int member,
                                 int64_t *seconds, uint32_t *nanoseconds) {
    return tell_instant(value_in(phone_number, NUMRES_RECORD_PHONE_NUMBER, member,
                                 NUMRES_VALUE_TIMESTAMP,
                                 numres_phone_number_has(phone_number, member)),
                        seconds, nanoseconds);
}

bool numres_meta_integer(const numres_meta *meta, unsigned int member, uint64_t *value) {
    const uint64_t *field = value_in(meta, NUMRES_RECORD_META, member, NUMRES_VALUE_INTEGER,
                                     numres_meta_has(meta, member));
    if (field != NULL && value != NULL)
        *value = *field;
    return field != NULL;
}

bool numres_phone_number_boolean(const numres_phone_number *phone_number, unsigned int member,
                                 bool *value) {
    const bool *field =
        value_in(phone_number, NUMRES_RECORD_PHONE_NUMBER, member, NUMRES_VALUE_BOOLEAN,
                 numres_phone_number_has(phone_number, member));
    if (field != NULL && value != NULL)
        *value = *field;
    return field != NULL;
}

/* Fields as they are. */

uint64_t numres_reservation_index(const numres_reservation *reservation) {
    return reservation != NULL ? reservation->index : 0;
}

uint64_t numres_reservation_phone_number_count(const numres_reservation *reservation) {
    return reservation != NULL ? reservation->phone_number_count : 0;
}

uint64_t numres_phone_number_index(const numres_phone_number *phone_number) {
    return phone_number != NULL ? phone_number->index : 0;
}

const numres_reservation *numres_phone_number_reservation(const numres_phone_number *phone_number) {
    return phone_number != NULL ? phone_number->reservation : NULL;
}

uint64_t numres_api_error_index(const numres_api_error *api_error) {
    return api_error != NULL ? api_error->index : 0;
}

bool numres_api_error_of_root(const numres_api_error *api_error) {
    return api_error != NULL && api_error->of_root;
}

numres_code numres_problem_code(const numres_problem *problem) {
    return problem != NULL ? problem->code : NUMRES_OK;
}

uint64_t numres_problem_offset(const numres_problem *problem) {
    return problem != NULL ? problem->offset : 0;
}

numres_text numres_problem_path(const numres_problem *problem) {
    return problem != NULL ? problem->path : numres_text_empty;
}

numres_text numres_problem_raw(const numres_problem *problem) {
    return problem != NULL ? problem->raw : numres_text_empty;
}

const char *numres_problem_sentence(const numres_problem *problem) {
    return problem != NULL ? problem->sentence : NULL;
}

const char *numres_problem_expected(const numres_problem *problem) {
    return problem != NULL ? problem->expected : NULL;
}

numres_json_type numres_problem_found(const numres_problem *problem) {
    return problem != NULL ? problem->found : NUMRES_JSON_NONE;
}

numres_code numres_error_code(const numres_error *error) {
    return error != NULL ? error->code : NUMRES_OK;
}

uint64_t numres_error_offset(const numres_error *error) {
    return error != NULL ? error->offset : 0;
}

uint64_t numres_error_document(const numres_error *error) {
    return error != NULL ? error->document : 0;
}

const char *numres_error_sentence(const numres_error *error) {
    return error != NULL ? error->sentence : NULL;
}

const char *numres_error_path(const numres_error *error) {
    return error != NULL ? error->path : NULL;
}

static uint64_t value_of(const numres_document *document, numres_document_field field) {
    switch (field) {
    case NUMRES_DOCUMENT_NUMBER:
        return document->number;
    case NUMRES_DOCUMENT_OFFSET:
        return document->offset;
    case NUMRES_DOCUMENT_LENGTH:
        return document->length;
    case NUMRES_DOCUMENT_ENVELOPES:
        return document->envelopes;
    case NUMRES_DOCUMENT_RESERVATIONS:
        return document->reservations;
    case NUMRES_DOCUMENT_PHONE_NUMBERS:
        return document->phone_numbers;
    case NUMRES_DOCUMENT_API_ERRORS:
        return document->api_errors;
    case NUMRES_DOCUMENT_PROBLEMS:
        return document->problems;
    case NUMRES_DOCUMENT_LEFT_OUT:
        return document->left_out;
    case NUMRES_DOCUMENT_ELEMENTS:
        return document->elements;
    }
    return 0;
}

uint64_t numres_document_get(const numres_document *document, numres_document_field field) {
    return document != NULL ? value_of(document, field) : 0;
}
