/*
 * Records while they are filled: their typed fields, masks and text. The general lane
 * reaches them through the schema, the fast lane directly. This file knows no JSON grammar.
 */
#ifndef NUMRES_LIB_RECORD_H
#define NUMRES_LIB_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "numres/types.h"

/* The largest number of members of a record, and of members whose rejected values are kept
   (those of FOREIGN members are not). Each is a maximum: the size of a union that has one
   array for each record. */
#define NUMRES_MEMBERS_OF(NAME, record, type) char record[NUMRES_##NAME##_MEMBER_COUNT];
#define NUMRES_REJECTED_OF(NAME, record, type)                                                     \
    char record[0 NUMRES_##NAME##_RECORD(NUMRES_REJECTED_VALUE, NUMRES_REJECTED_CONTAINER)];
#define NUMRES_REJECTED_VALUE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED) NUMRES_REJECTED_##NEED
#define NUMRES_REJECTED_CONTAINER(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED)                   \
    NUMRES_REJECTED_##NEED
#define NUMRES_REJECTED_REQUIRED +1
#define NUMRES_REJECTED_OPTIONAL +1
#define NUMRES_REJECTED_FOREIGN

enum {
    NUMRES_RECORD_MEMBERS = sizeof(union {NUMRES_RECORDS(NUMRES_MEMBERS_OF)}),
    NUMRES_RECORD_REJECTED = sizeof(union {NUMRES_RECORDS(NUMRES_REJECTED_OF)})
};

/* Which values are right for a member: the TYPE of numres/members.h. */
typedef enum numres_value_type {
    NUMRES_VALUE_CONTAINER,   /* an array or object, no scalar */
    NUMRES_VALUE_TEXT,        /* any string */
    NUMRES_VALUE_RECORD_TYPE, /* the record's own type name */
    NUMRES_VALUE_STATUS,      /* a documented status */
    NUMRES_VALUE_TIMESTAMP,   /* an RFC 3339 date-time */
    NUMRES_VALUE_E164,        /* a string; E.164 if the option says so */
    NUMRES_VALUE_INTEGER,     /* a numeral whose value is an integer, 0 to 2^63-1 */
    NUMRES_VALUE_CODE,        /* a string or an integer's digits, kept as text */
    NUMRES_VALUE_BOOLEAN      /* true or false */
} numres_value_type;

/* What a scalar is in the JSON text. */
typedef enum numres_scalar {
    NUMRES_SCALAR_STRING,
    NUMRES_SCALAR_NUMERAL,
    NUMRES_SCALAR_BOOLEAN,
    NUMRES_SCALAR_NULL
} numres_scalar;

/* A scalar as a lane hands it to the schema. */
typedef struct numres_token {
    numres_scalar scalar;
    numres_text text; /* a string decoded, anything else as it came; it may
                         be cut if `length` is over every limit */
    uint64_t length;  /* of the whole decoded value */
    uint64_t offset;  /* of its first byte in the stream */
    uint64_t end;     /* the byte just after it */
    bool lasting;     /* the text stays where it is until the feed ends */
} numres_token;

#define NUMRES_KIND_OF(NAME, record, type) NUMRES_RECORD_##NAME,
typedef enum numres_record_kind {
    NUMRES_RECORD_NONE,
    NUMRES_RECORDS(NUMRES_KIND_OF) /* NUMRES_RECORD_RESERVATION and so on */
} numres_record_kind;

typedef struct numres_record_limits {
    size_t max_value_length;
    size_t max_record_text;
    bool check_e164;
} numres_record_limits;

#define NUMRES_VALUE_OF(NAME, record, type) numres_##record record;
typedef struct numres_record {
    /* First, so that a pointer to the public record is also one to this struct. */
    union {
        NUMRES_RECORDS(NUMRES_VALUE_OF) /* reservation, phone_number and so on */
    } value;
    numres_text raw[NUMRES_RECORD_MEMBERS]; /* of values that no field holds */
    uint32_t present, null, invalid;
    uint32_t containers; /* members whose value is an array or object */
    uint32_t kept;       /* members whose text the record owns already */
    numres_record_kind kind : 8;
    bool left_out;
    size_t counted; /* bytes of accepted values, for max_record_text */
    char *text;     /* buffer for text that does not last */
    size_t text_used;
} numres_record;

/* The type of a member's field, and where it lies in the public record. */
typedef struct numres_field {
    uint8_t type;         /* a numres_value_type */
    uint8_t number;       /* of the member */
    uint16_t offset;      /* of the field */
    uint16_t text_offset; /* of the text inside it; NUMRES_NO_TEXT: it holds none */
} numres_field;

#define NUMRES_NO_TEXT UINT16_MAX

/* Whether the field shows the text of a rejected value too, beside a neutral value. Any
   other rejected text would look like a right one. */
static inline bool numres_field_shows_rejected(const numres_field *field) {
    return field->type == NUMRES_VALUE_STATUS || field->type == NUMRES_VALUE_TIMESTAMP;
}

/* "false" and "true", as raw texts. */
extern const numres_text numres_record_booleans[2];

/* Sets a field of type boolean. */
static inline void numres_record_set_boolean(numres_record *record, const numres_field *field,
                                             bool value) {
    *(bool *)((char *)&record->value + field->offset) = value;
    record->raw[field->number] = numres_record_booleans[value];
}

/* Sets a field of type integer, whose text in the document is `raw`. */
static inline void numres_record_set_integer(numres_record *record, const numres_field *field,
                                             uint64_t value, numres_text raw) {
    *(uint64_t *)(void *)((char *)&record->value + field->offset) = value;
    record->raw[field->number] = raw;
}

/* What is the same for all records of a kind. */
typedef struct numres_record_description {
    const numres_field *fields; /* by member number */
    unsigned int member_count;
    const void *neutral; /* the public record, without members */
    size_t size;         /* of the public record */
    numres_text record_type;
} numres_record_description;

extern const numres_record_description numres_record_descriptions[]; /* by kind */

/* Returns the fields of this kind of record, by member number. */
static inline const numres_field *numres_record_fields(numres_record_kind kind) {
    return numres_record_descriptions[kind].fields;
}

/* Returns the size of the text buffer of a record with this many members: accepted text,
   which the limit counts, and the raw text of rejected values, which it does not count.
   At worst one member takes all of the limit and the others are rejected, or all are. */
static inline size_t numres_record_text_size(size_t max_record_text, size_t members) {
    size_t raw = NUMRES_RAW_TEXT_LENGTH;
    return (max_record_text > raw ? max_record_text : raw) + (members - 1) * raw;
}

/* Returns the record_type of this kind of record; empty if it has none. */
static inline numres_text numres_record_type(numres_record_kind kind) {
    return numres_record_descriptions[kind].record_type;
}

/* Prepares a record at this address, before anything is read into it. `text` is its text
   buffer, or NULL. */
void numres_record_make(numres_record *record, char *text);

static inline void numres_record_set_index(numres_record *record, uint64_t index) {
    switch (record->kind) {
    case NUMRES_RECORD_RESERVATION:
        record->value.reservation.index = index;
        break;
    case NUMRES_RECORD_PHONE_NUMBER:
        record->value.phone_number.index = index;
        break;
    case NUMRES_RECORD_API_ERROR:
        record->value.api_error.index = index;
        break;
    case NUMRES_RECORD_META:
    case NUMRES_RECORD_NONE:
        break;
    }
}

/* Resets the record for a new object of this kind, but leaves the members' fields as they
   are: its reader sets those of present members, then calls numres_record_neutralise_absent. */
static inline void numres_record_begin(numres_record *record, numres_record_kind kind,
                                       uint64_t index) {
    record->kind = kind;
    numres_record_set_index(record, index);
    record->present = record->null = record->invalid = record->containers = record->kept = 0;
    record->left_out = false;
    record->counted = 0;
    record->text_used = 0;
}

/* Resets the record for a new object of this kind, with neutral fields. */
void numres_record_start(numres_record *record, numres_record_kind kind, uint64_t index);

/*
 * Stores a scalar as member `number`. Returns NUMRES_OK, or the problem's code if the
 * value is rejected: then the field is neutral and the member invalid.
 */
numres_code numres_record_store(numres_record *record, const numres_record_limits *limits,
                                unsigned int number, const numres_token *token);

/*
 * Stores a string as member `number` if it is right. If it is too long or not what
 * the member wants, returns the problem's code and leaves the record as it was.
 */
numres_code numres_record_accept(numres_record *record, const numres_record_limits *limits,
                                 unsigned int number, numres_text text);

/*
 * Stores any token as a member that is kept as text, if it is right. A wrong value, and
 * a second one, is ignored without a problem.
 */
void numres_record_offer(numres_record *record, const numres_record_limits *limits,
                         unsigned int number, const numres_token *token);

/* Marks the member as present and null. */
void numres_record_accept_null(numres_record *record, unsigned int number);

/* Makes the member's field neutral, as that of an absent member is. */
void numres_record_neutralise(numres_record *record, unsigned int number);

/* Makes the fields of all absent members neutral. */
void numres_record_neutralise_absent(numres_record *record);

/* Marks a container member as present and, unless `valid`, as rejected. */
void numres_record_mark(numres_record *record, unsigned int number, bool valid);

/* Copies the record's text that lies in the chunk [begin, end) into its own buffer,
   before the chunk goes away. */
void numres_record_keep(numres_record *record, const void *begin, const void *end);

/* Returns the record whose first field is this public one. NULL for NULL and for a copy by
   assignment, which has no record around it. */
static inline const numres_record *numres_record_of(const void *public_record) {
    const void *made_at = NULL;
    if (public_record != NULL)
        memcpy(&made_at, public_record, sizeof made_at);
    return made_at == public_record ? public_record : NULL;
}

/*
 * What a collection keeps of a record beside the public struct. The `made_at` of that
 * struct is this address plus 1: no record can lie at an odd address.
 */
typedef struct numres_record_beside {
    numres_record_kind kind;
    uint32_t rejected_containers;
    numres_text *rejected; /* raw texts of invalid members, by number */
} numres_record_beside;

/* Returns the one for records of this kind without invalid members. */
const numres_record_beside *numres_record_nothing_beside(numres_record_kind kind);

static inline void numres_record_put_beside(void *public_record,
                                            const numres_record_beside *beside) {
    const void *made_at = (const char *)beside + 1;
    memcpy(public_record, &made_at, sizeof made_at);
}

/* Returns the record of this kind around a public one; of a record that a collection keeps,
   a view made in `room`. NULL for NULL, for another kind, for a record that is no longer
   valid, and for a copy by assignment of a parser's record. */
const numres_record *numres_record_view(const void *public_record, numres_record_kind kind,
                                        numres_record *room);

/* What a member holds, for code that writes it. */
typedef enum numres_record_value {
    NUMRES_RECORD_VALUE_ABSENT,
    NUMRES_RECORD_VALUE_NULL,
    NUMRES_RECORD_VALUE_TEXT,    /* as it came, right or rejected */
    NUMRES_RECORD_VALUE_LITERAL, /* a numeral, true or false, as it came */
    NUMRES_RECORD_VALUE_CONTAINER,
    NUMRES_RECORD_VALUE_REJECTED_CONTAINER
} numres_record_value;

/* Returns what member `number` holds. Sets *text if that is a text or literal. */
numres_record_value numres_record_value_of(const numres_record *record, unsigned int number,
                                           numres_text *text);

static inline unsigned int numres_record_member_count(numres_record_kind kind) {
    return numres_record_descriptions[kind].member_count;
}

/* Returns the text of a present member's value as it came; rejected text is cut. */
numres_text numres_record_raw(const numres_record *record, unsigned int number);

/* Sets the public masks, and fields that are derived from other members. */
void numres_record_publish(numres_record *record);

#define NUMRES_PUBLISH_MASKS(to, from)                                                             \
    ((to)->present = (from)->present, (to)->null = (from)->null, (to)->invalid = (from)->invalid)

/* The same for a record of one kind. */
static inline void numres_record_publish_reservation(numres_record *record) {
    NUMRES_PUBLISH_MASKS(&record->value.reservation, record);
}

static inline void numres_record_publish_phone_number(numres_record *record) {
    NUMRES_PUBLISH_MASKS(&record->value.phone_number, record);
}

#endif
