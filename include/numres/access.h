/*
 * Fields by call: functions that return the fields of records, for other languages. Their
 * binding needs to know the layout of one struct only, numres_text: a pointer and a length.
 * In C, read the fields of numres/types.h.
 *
 * A record is one that a callback, the reader or a collection gave, or any copy of it.
 * `member` is a member's number, such as NUMRES_RESERVATION_ID. Texts are valid as long as
 * those of the record. Any thread that may read the record may call these.
 */
#ifndef NUMRES_ACCESS_H
#define NUMRES_ACCESS_H

#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a record says of a member. Numbers are part of the ABI. */
typedef enum numres_member_state NUMRES_ENUM_TYPE {
    NUMRES_MEMBER_ABSENT = 0,  /* it is not there, or there is no such member */
    NUMRES_MEMBER_NULL = 1,    /* its value is null */
    NUMRES_MEMBER_INVALID = 2, /* its value was rejected; see numres_..._raw() */
    NUMRES_MEMBER_VALUE = 3    /* it has a value that can be used */
} NUMRES_ENUM_SIZE numres_member_state;

/* Return what the record says of the member; NUMRES_MEMBER_ABSENT for NULL. */
NUMRES_API numres_member_state numres_reservation_state(const numres_reservation *reservation,
                                                        unsigned int member);
NUMRES_API numres_member_state numres_phone_number_state(const numres_phone_number *phone_number,
                                                         unsigned int member);
NUMRES_API numres_member_state numres_meta_state(const numres_meta *meta, unsigned int member);
NUMRES_API numres_member_state numres_api_error_state(const numres_api_error *api_error,
                                                      unsigned int member);

/* Return the text in the member's field, which is a text, a status or a timestamp. It is
   empty for NULL, for a member without such a field, and where the field is neutral. */
NUMRES_API numres_text numres_reservation_text(const numres_reservation *reservation,
                                               unsigned int member);
NUMRES_API numres_text numres_phone_number_text(const numres_phone_number *phone_number,
                                                unsigned int member);
NUMRES_API numres_text numres_api_error_text(const numres_api_error *api_error,
                                             unsigned int member);

/* Return the status; NUMRES_STATUS_UNKNOWN for NULL. */
NUMRES_API numres_status numres_reservation_status(const numres_reservation *reservation);
NUMRES_API numres_status numres_phone_number_status(const numres_phone_number *phone_number);

/*
 * Set *seconds since 1970-01-01T00:00:00Z and *nanoseconds (either may be NULL) to the
 * instant of a timestamp member, and return true. Return false, and set nothing, if the
 * member has no value or is not a timestamp, and for NULL.
 */
NUMRES_API bool numres_reservation_instant(const numres_reservation *reservation,
                                           unsigned int member, int64_t *seconds,
                                           uint32_t *nanoseconds);
NUMRES_API bool numres_phone_number_instant(const numres_phone_number *phone_number,
                                            unsigned int member, int64_t *seconds,
                                            uint32_t *nanoseconds);

/* Set *value (which may be NULL) to a member of meta, or to the boolean `expired`. Return
   as numres_..._instant does. */
NUMRES_API bool numres_meta_integer(const numres_meta *meta, unsigned int member, uint64_t *value);
NUMRES_API bool numres_phone_number_boolean(const numres_phone_number *phone_number,
                                            unsigned int member, bool *value);

/* Return the field of the same name; 0, false or NULL for NULL. */
NUMRES_API uint64_t numres_reservation_index(const numres_reservation *reservation);
NUMRES_API uint64_t numres_reservation_phone_number_count(const numres_reservation *reservation);
NUMRES_API uint64_t numres_phone_number_index(const numres_phone_number *phone_number);
NUMRES_API const numres_reservation *
numres_phone_number_reservation(const numres_phone_number *phone_number);
NUMRES_API uint64_t numres_api_error_index(const numres_api_error *api_error);
NUMRES_API bool numres_api_error_of_root(const numres_api_error *api_error);

/* Return the field of a problem or an error with the same name; NUMRES_OK, 0, the empty
   text, NUMRES_JSON_NONE or NULL for NULL. An error's path ends in a NUL. */
NUMRES_API numres_code numres_problem_code(const numres_problem *problem);
NUMRES_API uint64_t numres_problem_offset(const numres_problem *problem);
NUMRES_API numres_text numres_problem_path(const numres_problem *problem);
NUMRES_API numres_text numres_problem_raw(const numres_problem *problem);
NUMRES_API const char *numres_problem_sentence(const numres_problem *problem);
NUMRES_API const char *numres_problem_expected(const numres_problem *problem);
NUMRES_API numres_json_type numres_problem_found(const numres_problem *problem);
NUMRES_API numres_code numres_error_code(const numres_error *error);
NUMRES_API uint64_t numres_error_offset(const numres_error *error);
NUMRES_API uint64_t numres_error_document(const numres_error *error);
NUMRES_API const char *numres_error_sentence(const numres_error *error);
NUMRES_API const char *numres_error_path(const numres_error *error);

/* The fields of numres_document. Their numbers are part of the ABI. */
typedef enum numres_document_field NUMRES_ENUM_TYPE {
    NUMRES_DOCUMENT_NUMBER = 0,        /* of the document in its stream */
    NUMRES_DOCUMENT_OFFSET = 1,        /* of its root's first byte */
    NUMRES_DOCUMENT_LENGTH = 2,        /* of its root, in bytes */
    NUMRES_DOCUMENT_ENVELOPES = 3,     /* NUMRES_ENVELOPE_... bits */
    NUMRES_DOCUMENT_RESERVATIONS = 4,  /* delivered */
    NUMRES_DOCUMENT_PHONE_NUMBERS = 5, /* delivered */
    NUMRES_DOCUMENT_API_ERRORS = 6,    /* delivered */
    NUMRES_DOCUMENT_PROBLEMS = 7,      /* raised */
    NUMRES_DOCUMENT_LEFT_OUT = 8,      /* records not delivered */
    NUMRES_DOCUMENT_ELEMENTS = 9       /* of the data array */
} NUMRES_ENUM_SIZE numres_document_field;

/* Returns this field of the document; 0 for NULL and for any other field. */
NUMRES_API uint64_t numres_document_get(const numres_document *document,
                                        numres_document_field field);

#ifdef __cplusplus
}
#endif

#endif
