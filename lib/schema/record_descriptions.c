/* Describes each kind of record, from the tables of numres/members.h: where the field of a
   member lies, and what the fields hold when no member is present. */
#include "record.h"

/* So that a macro that knows only NAME can name the struct. */
#define STRUCT_OF(NAME, record, type) typedef numres_##record struct_of_##NAME;
NUMRES_RECORDS(STRUCT_OF)

#define TEXT_IN_TEXT(offset) (offset)
#define TEXT_IN_RECORD_TYPE(offset) (offset)
#define TEXT_IN_E164(offset) (offset)
#define TEXT_IN_CODE(offset) (offset)
#define TEXT_IN_STATUS(offset) ((offset) + offsetof(numres_status_member, text))
#define TEXT_IN_TIMESTAMP(offset) ((offset) + offsetof(numres_timestamp_member, text))
#define TEXT_IN_INTEGER(offset) NUMRES_NO_TEXT
#define TEXT_IN_BOOLEAN(offset) NUMRES_NO_TEXT

#define FIELD(OBJECT, NAME, NUMBER, member, name, TYPE, NEED)                                      \
    [NUMRES_##OBJECT##_##NAME] = {NUMRES_VALUE_##TYPE, NUMRES_##OBJECT##_##NAME,                   \
                                  offsetof(struct_of_##OBJECT, member),                            \
                                  TEXT_IN_##TYPE(offsetof(struct_of_##OBJECT, member))},
#define NO_FIELD(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED)                                    \
    [NUMRES_##OBJECT##_##                                                                          \
        NAME] = {NUMRES_VALUE_CONTAINER, NUMRES_##OBJECT##_##NAME, 0, NUMRES_NO_TEXT},

#define FIELDS(NAME, record, type)                                                                 \
    static const numres_field record##_fields[NUMRES_RECORD_MEMBERS] = {                           \
        NUMRES_##NAME##_RECORD(FIELD, NO_FIELD)};
NUMRES_RECORDS(FIELDS)

/* Neutral records: no member is present. */

#define NEUTRAL_TEXT                                                                               \
    { "", 0 }
#define NEUTRAL_RECORD_TYPE                                                                        \
    { "", 0 }
#define NEUTRAL_E164                                                                               \
    { "", 0 }
#define NEUTRAL_CODE                                                                               \
    { "", 0 }
#define NEUTRAL_STATUS                                                                             \
    {                                                                                              \
        .text = { "", 0 }                                                                          \
    }
#define NEUTRAL_TIMESTAMP                                                                          \
    {                                                                                              \
        .text = { "", 0 }                                                                          \
    }
#define NEUTRAL_INTEGER 0
#define NEUTRAL_BOOLEAN false

#define NEUTRAL_FIELD(OBJECT, NAME, NUMBER, member, name, TYPE, NEED) .member = NEUTRAL_##TYPE,
#define NOTHING(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED)

#define NEUTRAL_RECORD(NAME, record, type)                                                         \
    static const numres_##record neutral_##record = {                                              \
        NUMRES_##NAME##_RECORD(NEUTRAL_FIELD, NOTHING)};
NUMRES_RECORDS(NEUTRAL_RECORD)

#define DESCRIPTION(NAME, record, type)                                                            \
    [NUMRES_RECORD_##NAME] = {record##_fields,                                                     \
                              NUMRES_##NAME##_MEMBER_COUNT,                                        \
                              &neutral_##record,                                                   \
                              sizeof neutral_##record,                                             \
                              {type, sizeof(type) - 1}},
const numres_record_description numres_record_descriptions[] = {
    [NUMRES_RECORD_NONE] = {NULL, 0, NULL, 0, {"", 0}}, NUMRES_RECORDS(DESCRIPTION)};
