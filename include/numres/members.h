/*
 * The schema: every member that numres knows, one per line. The tables are the library's
 * own, and their columns may change: programs use the constants in numres/types.h.
 *
 *   VALUE(OBJECT, NAME, NUMBER, field, "name", TYPE, NEED)
 *   CONTAINER(OBJECT, NAME, NUMBER, "name", FORM, CHILD, NEED)
 *
 * OBJECT  the record the member belongs to
 * NAME    makes the constant of its number, NUMRES_<OBJECT>_<NAME>
 * NUMBER  its bit in the record's masks, part of the ABI: it never changes. A new
 *         member takes its OBJECT's next number, wherever its line is
 * field   the field of that record
 * "name"  its name in the JSON text
 * TYPE    which values are valid, see lib/schema/record.h
 * FORM    LIST (an array of CHILD), NESTED (one CHILD) or EITHER
 * CHILD   the kind of object inside, see lib/schema/members.h
 * NEED    REQUIRED: with the option require_members, its absence is a problem
 *         OPTIONAL: the documentation says that it may be absent, or its own
 *         samples lack it
 *         FOREIGN: not documented, but other servers write it; an invalid value is
 *         ignored
 *
 * The enumerations of numres/types.h and the library's own tables are made from these
 * lines.
 */
#ifndef NUMRES_MEMBERS_H
#define NUMRES_MEMBERS_H

/* Members of a reservation. */
#define NUMRES_RESERVATION_MEMBERS(VALUE, CONTAINER)                                               \
    VALUE(RESERVATION, ID, 0, id, "id", TEXT, REQUIRED)                                            \
    VALUE(RESERVATION, RECORD_TYPE, 1, record_type, "record_type", RECORD_TYPE, REQUIRED)          \
    CONTAINER(RESERVATION, PHONE_NUMBERS, 2, "phone_numbers", LIST, PHONE_NUMBER, REQUIRED)        \
    VALUE(RESERVATION, STATUS, 3, status, "status", STATUS, REQUIRED)                              \
    VALUE(RESERVATION, CUSTOMER_REFERENCE, 4, customer_reference, "customer_reference", TEXT,      \
          REQUIRED)                                                                                \
    VALUE(RESERVATION, CREATED_AT, 5, created_at, "created_at", TIMESTAMP, REQUIRED)               \
    VALUE(RESERVATION, UPDATED_AT, 6, updated_at, "updated_at", TIMESTAMP, REQUIRED)               \
    VALUE(RESERVATION, ERRORS, 7, errors, "errors", TEXT, OPTIONAL)                                \
    VALUE(RESERVATION, USER_ID, 8, user_id, "user_id", TEXT, OPTIONAL)

/* Members of a phone number. */
#define NUMRES_PHONE_NUMBER_MEMBERS(VALUE, CONTAINER)                                              \
    VALUE(PHONE_NUMBER, ID, 0, id, "id", TEXT, OPTIONAL)                                           \
    VALUE(PHONE_NUMBER, RECORD_TYPE, 1, record_type, "record_type", RECORD_TYPE, REQUIRED)         \
    VALUE(PHONE_NUMBER, PHONE_NUMBER, 2, phone_number, "phone_number", E164, REQUIRED)             \
    VALUE(PHONE_NUMBER, STATUS, 3, status, "status", STATUS, REQUIRED)                             \
    VALUE(PHONE_NUMBER, CREATED_AT, 4, created_at, "created_at", TIMESTAMP, REQUIRED)              \
    VALUE(PHONE_NUMBER, UPDATED_AT, 5, updated_at, "updated_at", TIMESTAMP, REQUIRED)              \
    VALUE(PHONE_NUMBER, EXPIRED_AT, 6, expired_at, "expired_at", TIMESTAMP, REQUIRED)              \
    VALUE(PHONE_NUMBER, ERRORS, 7, errors, "errors", TEXT, OPTIONAL)                               \
    VALUE(PHONE_NUMBER, EXPIRED, 8, expired, "expired", BOOLEAN, OPTIONAL)

/* Members of meta. */
#define NUMRES_META_MEMBERS(VALUE, CONTAINER)                                                      \
    VALUE(META, TOTAL_PAGES, 0, total_pages, "total_pages", INTEGER, OPTIONAL)                     \
    VALUE(META, PAGE_NUMBER, 1, page_number, "page_number", INTEGER, OPTIONAL)                     \
    VALUE(META, TOTAL_RESULTS, 2, total_results, "total_results", INTEGER, OPTIONAL)               \
    VALUE(META, PAGE_SIZE, 3, page_size, "page_size", INTEGER, OPTIONAL)

/* Members of an API error. */
#define NUMRES_API_ERROR_MEMBERS(VALUE, CONTAINER)                                                 \
    VALUE(API_ERROR, CODE, 0, code, "code", CODE, REQUIRED)                                        \
    VALUE(API_ERROR, TITLE, 1, title, "title", TEXT, REQUIRED)                                     \
    VALUE(API_ERROR, DETAIL, 2, detail, "detail", TEXT, OPTIONAL)                                  \
    VALUE(API_ERROR, DESCRIPTION, 3, description, "description", TEXT, OPTIONAL)                   \
    CONTAINER(API_ERROR, SOURCE, 4, "source", NESTED, API_ERROR_SOURCE, OPTIONAL)                  \
    CONTAINER(API_ERROR, META, 5, "meta", NESTED, API_ERROR_META, OPTIONAL)

/* Members of an API error's source object; they fill the API error. */
#define NUMRES_API_ERROR_SOURCE_MEMBERS(VALUE, CONTAINER)                                          \
    VALUE(API_ERROR, SOURCE_POINTER, 6, source_pointer, "pointer", TEXT, OPTIONAL)                 \
    VALUE(API_ERROR, SOURCE_PARAMETER, 7, source_parameter, "parameter", TEXT, OPTIONAL)

/* Members of an API error's meta object; they fill the API error. */
#define NUMRES_API_ERROR_META_MEMBERS(VALUE, CONTAINER)                                            \
    VALUE(API_ERROR, META_URL, 8, meta_url, "url", TEXT, OPTIONAL)

/* More members of the API error itself. */
#define NUMRES_API_ERROR_OTHER_MEMBERS(VALUE, CONTAINER)                                           \
    VALUE(API_ERROR, MESSAGE, 9, message, "message", TEXT, FOREIGN)                                \
    VALUE(API_ERROR, TYPE, 10, type, "type", TEXT, FOREIGN)

/*
 * The kinds of record, one per line.
 *
 *   RECORD(NAME, record, "record_type")
 *
 * NAME           the OBJECT of its members; NUMRES_<NAME>_RECORD lists all of them
 * record         makes the struct, numres_<record>
 * "record_type"  the value of its member record_type; "" if it has none
 */
#define NUMRES_RECORDS(RECORD)                                                                     \
    RECORD(RESERVATION, reservation, "number_reservation")                                         \
    RECORD(PHONE_NUMBER, phone_number, "reserved_phone_number")                                    \
    RECORD(META, meta, "")                                                                         \
    RECORD(API_ERROR, api_error, "")

/* All members of a reservation. */
#define NUMRES_RESERVATION_RECORD NUMRES_RESERVATION_MEMBERS
/* All members of a phone number. */
#define NUMRES_PHONE_NUMBER_RECORD NUMRES_PHONE_NUMBER_MEMBERS
/* All members of meta. */
#define NUMRES_META_RECORD NUMRES_META_MEMBERS
/* All members of an API error, including those of the objects in it. */
#define NUMRES_API_ERROR_RECORD(VALUE, CONTAINER)                                                  \
    NUMRES_API_ERROR_MEMBERS(VALUE, CONTAINER)                                                     \
    NUMRES_API_ERROR_SOURCE_MEMBERS(VALUE, CONTAINER)                                              \
    NUMRES_API_ERROR_META_MEMBERS(VALUE, CONTAINER)                                                \
    NUMRES_API_ERROR_OTHER_MEMBERS(VALUE, CONTAINER)

#endif
