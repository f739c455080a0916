/*
 * The schema: every member that numres knows, one line each.
 *
 *   VALUE(OBJECT, NAME, field, "name", TYPE, NEED)
 *   CONTAINER(OBJECT, NAME, "name", SHAPE, CHILD, NEED)
 *
 * OBJECT  the record the member belongs to
 * NAME    makes the member's number, NUMRES_<OBJECT>_<NAME>
 * field   the field of that record
 * "name"  as it stands in the JSON text
 * TYPE    which values are right, see lib/record.h
 * SHAPE   LIST (an array of CHILD), NESTED (one CHILD) or EITHER
 * CHILD   the kind of object inside, see lib/members.h
 * NEED    REQUIRED: with the option require_members its absence is a problem;
 *         OPTIONAL: the documentation says that it may be absent, or its own
 *         samples lack it
 *         FOREIGN: not documented, but other servers write it; any other value than
 *         a right one is passed over
 *
 * The enumerations of numres/types.h and the table of lib/members.c are made of
 * these lines. Member numbers are part of the ABI: new lines go last.
 */
#ifndef NUMRES_MEMBERS_H
#define NUMRES_MEMBERS_H

#define NUMRES_RESERVATION_MEMBERS(VALUE, CONTAINER)                                               \
    VALUE(RESERVATION, ID, id, "id", TEXT, REQUIRED)                                               \
    VALUE(RESERVATION, RECORD_TYPE, record_type, "record_type", RECORD_TYPE, REQUIRED)             \
    CONTAINER(RESERVATION, PHONE_NUMBERS, "phone_numbers", LIST, PHONE_NUMBER, REQUIRED)           \
    VALUE(RESERVATION, STATUS, status, "status", STATUS, REQUIRED)                                 \
    VALUE(RESERVATION, CUSTOMER_REFERENCE, customer_reference, "customer_reference", TEXT,         \
          REQUIRED)                                                                                \
    VALUE(RESERVATION, CREATED_AT, created_at, "created_at", TIMESTAMP, REQUIRED)                  \
    VALUE(RESERVATION, UPDATED_AT, updated_at, "updated_at", TIMESTAMP, REQUIRED)                  \
    VALUE(RESERVATION, ERRORS, errors, "errors", TEXT, OPTIONAL)                                   \
    VALUE(RESERVATION, USER_ID, user_id, "user_id", TEXT, OPTIONAL)

#define NUMRES_PHONE_NUMBER_MEMBERS(VALUE, CONTAINER)                                              \
    VALUE(PHONE_NUMBER, ID, id, "id", TEXT, OPTIONAL)                                              \
    VALUE(PHONE_NUMBER, RECORD_TYPE, record_type, "record_type", RECORD_TYPE, REQUIRED)            \
    VALUE(PHONE_NUMBER, PHONE_NUMBER, phone_number, "phone_number", DIALLED, REQUIRED)             \
    VALUE(PHONE_NUMBER, STATUS, status, "status", STATUS, REQUIRED)                                \
    VALUE(PHONE_NUMBER, CREATED_AT, created_at, "created_at", TIMESTAMP, REQUIRED)                 \
    VALUE(PHONE_NUMBER, UPDATED_AT, updated_at, "updated_at", TIMESTAMP, REQUIRED)                 \
    VALUE(PHONE_NUMBER, EXPIRED_AT, expired_at, "expired_at", TIMESTAMP, REQUIRED)                 \
    VALUE(PHONE_NUMBER, ERRORS, errors, "errors", TEXT, OPTIONAL)                                  \
    VALUE(PHONE_NUMBER, EXPIRED, expired, "expired", BOOLEAN, OPTIONAL)

#define NUMRES_META_MEMBERS(VALUE, CONTAINER)                                                      \
    VALUE(META, TOTAL_PAGES, total_pages, "total_pages", INTEGER, OPTIONAL)                        \
    VALUE(META, PAGE_NUMBER, page_number, "page_number", INTEGER, OPTIONAL)                        \
    VALUE(META, TOTAL_RESULTS, total_results, "total_results", INTEGER, OPTIONAL)                  \
    VALUE(META, PAGE_SIZE, page_size, "page_size", INTEGER, OPTIONAL)

#define NUMRES_API_ERROR_MEMBERS(VALUE, CONTAINER)                                                 \
    VALUE(API_ERROR, CODE, code, "code", CODE, REQUIRED)                                           \
    VALUE(API_ERROR, TITLE, title, "title", TEXT, REQUIRED)                                        \
    VALUE(API_ERROR, DETAIL, detail, "detail", TEXT, OPTIONAL)                                     \
    VALUE(API_ERROR, DESCRIPTION, description, "description", TEXT, OPTIONAL)                      \
    CONTAINER(API_ERROR, SOURCE, "source", NESTED, API_ERROR_SOURCE, OPTIONAL)                     \
    CONTAINER(API_ERROR, META, "meta", NESTED, API_ERROR_META, OPTIONAL)

/* Members of an API error's source object; they fill the API error. */
#define NUMRES_API_ERROR_SOURCE_MEMBERS(VALUE, CONTAINER)                                          \
    VALUE(API_ERROR, SOURCE_POINTER, source_pointer, "pointer", TEXT, OPTIONAL)                    \
    VALUE(API_ERROR, SOURCE_PARAMETER, source_parameter, "parameter", TEXT, OPTIONAL)

/* Members of an API error's meta object; they fill the API error. */
#define NUMRES_API_ERROR_META_MEMBERS(VALUE, CONTAINER)                                            \
    VALUE(API_ERROR, META_URL, meta_url, "url", TEXT, OPTIONAL)

/* Further members of an API error itself. */
#define NUMRES_API_ERROR_OTHER_MEMBERS(VALUE, CONTAINER)                                           \
    VALUE(API_ERROR, MESSAGE, message, "message", TEXT, FOREIGN)                                   \
    VALUE(API_ERROR, TYPE, type, "type", TEXT, FOREIGN)

#endif
