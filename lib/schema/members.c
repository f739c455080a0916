/* The table of numres/members.h, as one array for each kind of object. All that depends on
   the table, in both lanes and in the writers, goes through these arrays. */
#include "members.h"

#include "../base/text.h"

#define SCALAR_LINE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED)                                 \
    {name,                                                                                         \
     sizeof(name) - 1,                                                                             \
     NUMBER,                                                                                       \
     NUMRES_FORM_NONE,                                                                             \
     NUMRES_OBJECT_UNKNOWN,                                                                        \
     REQUIRED_IF_##NEED,                                                                           \
     FOREIGN_IF_##NEED,                                                                            \
     EXPECTED_##TYPE},
#define CONTAINER_LINE(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED)                              \
    {name,                                                                                         \
     sizeof(name) - 1,                                                                             \
     NUMBER,                                                                                       \
     NUMRES_FORM_##FORM,                                                                           \
     NUMRES_OBJECT_##CHILD,                                                                        \
     REQUIRED_IF_##NEED,                                                                           \
     FOREIGN_IF_##NEED,                                                                            \
     EXPECTED_##FORM},
#define REQUIRED_IF_REQUIRED true
#define REQUIRED_IF_OPTIONAL false
#define REQUIRED_IF_FOREIGN false
#define FOREIGN_IF_REQUIRED false
#define FOREIGN_IF_OPTIONAL false
#define FOREIGN_IF_FOREIGN true

#define EXPECTED_TEXT "a string"
#define EXPECTED_RECORD_TYPE "a string"
#define EXPECTED_STATUS "a string"
#define EXPECTED_TIMESTAMP "a string"
#define EXPECTED_E164 "a string"
#define EXPECTED_INTEGER "an integer"
#define EXPECTED_BOOLEAN "true or false"
#define EXPECTED_CODE "a string or an integer"
#define EXPECTED_LIST "an array"
#define EXPECTED_NESTED "an object"
#define EXPECTED_EITHER "an array or an object"

/* The envelope has no record: its members only open other objects. */
#define ENVELOPE_MEMBERS(VALUE, CONTAINER)                                                         \
    CONTAINER(ENVELOPE, DATA, 0, "data", EITHER, RESERVATION, OPTIONAL)                            \
    CONTAINER(ENVELOPE, ERRORS, 1, "errors", LIST, API_ERROR, OPTIONAL)                            \
    CONTAINER(ENVELOPE, META, 2, "meta", NESTED, META, OPTIONAL)

static const numres_member envelope_members[] = {ENVELOPE_MEMBERS(SCALAR_LINE, CONTAINER_LINE)};
static const numres_member reservation_members[] = {
    NUMRES_RESERVATION_MEMBERS(SCALAR_LINE, CONTAINER_LINE)};
static const numres_member phone_number_members[] = {
    NUMRES_PHONE_NUMBER_MEMBERS(SCALAR_LINE, CONTAINER_LINE)};
static const numres_member meta_members[] = {NUMRES_META_MEMBERS(SCALAR_LINE, CONTAINER_LINE)};
static const numres_member api_error_members[] = {NUMRES_API_ERROR_MEMBERS(
    SCALAR_LINE, CONTAINER_LINE) NUMRES_API_ERROR_OTHER_MEMBERS(SCALAR_LINE, CONTAINER_LINE)};
static const numres_member api_error_source_members[] = {
    NUMRES_API_ERROR_SOURCE_MEMBERS(SCALAR_LINE, CONTAINER_LINE)};
static const numres_member api_error_meta_members[] = {
    NUMRES_API_ERROR_META_MEMBERS(SCALAR_LINE, CONTAINER_LINE)};

#define MEMBERS(array) array, sizeof array / sizeof *array

/* The members of each kind of object, and the record that it begins (NONE: it
   fills the record around it, or none). */
static const struct object_description {
    const numres_member *members;
    size_t count;
    numres_record_kind record;
} objects[NUMRES_OBJECT_KINDS] = {
    [NUMRES_OBJECT_UNKNOWN] = {NULL, 0, NUMRES_RECORD_NONE},
    [NUMRES_OBJECT_ENVELOPE] = {MEMBERS(envelope_members), NUMRES_RECORD_NONE},
    [NUMRES_OBJECT_RESERVATION] = {MEMBERS(reservation_members), NUMRES_RECORD_RESERVATION},
    [NUMRES_OBJECT_PHONE_NUMBER] = {MEMBERS(phone_number_members), NUMRES_RECORD_PHONE_NUMBER},
    [NUMRES_OBJECT_META] = {MEMBERS(meta_members), NUMRES_RECORD_META},
    [NUMRES_OBJECT_API_ERROR] = {MEMBERS(api_error_members), NUMRES_RECORD_API_ERROR},
    [NUMRES_OBJECT_API_ERROR_SOURCE] = {MEMBERS(api_error_source_members), NUMRES_RECORD_NONE},
    [NUMRES_OBJECT_API_ERROR_META] = {MEMBERS(api_error_meta_members), NUMRES_RECORD_NONE},
};

const numres_member *numres_members_of(numres_object_kind kind, size_t *count) {
    *count = objects[kind].count;
    return objects[kind].members;
}

numres_record_kind numres_members_record(numres_object_kind kind) {
    return objects[kind].record;
}

/* Not inlined, so that the first guess, which is mostly right, stays cheap. */
static __attribute__((noinline)) const numres_member *
find_any(const struct object_description *object, numres_text name, uint8_t *guess) {
    for (uint8_t i = 0; i < object->count; i++) {
        const numres_member *member = &object->members[i];
        if (numres_text_is(name, member->name, member->name_length)) {
            *guess = i;
            return member;
        }
    }
    return NULL;
}

const numres_member *numres_members_find(numres_object_kind kind, numres_text name,
                                         uint8_t *guess) {
    const struct object_description *object = &objects[kind];
    if (*guess < object->count) {
        const numres_member *member = &object->members[*guess];
        if (numres_text_is(name, member->name, member->name_length))
            return member;
    }
    return find_any(object, name, guess);
}
