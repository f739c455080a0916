/*
 * Records being filled: their typed fields, masks and text. Both lanes come
 * here through the schema; this file knows no JSON grammar.
 */
#ifndef NUMRES_LIB_RECORD_H
#define NUMRES_LIB_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "numres/types.h"

/* The most members that a record has, and of these the most whose rejected values are
   kept: those of FOREIGN members are not. The largest array of a union has that size. */
#define NUMRES_MEMBERS_OF(NAME, record, type) char record[NUMRES_##NAME##_MEMBER_COUNT];
#define NUMRES_REJECTED_OF(NAME, record, type)                                                     \
    char record[0 NUMRES_##NAME##_RECORD(NUMRES_REJECTED_VALUE, NUMRES_REJECTED_CONTAINER)];
#define NUMRES_REJECTED_VALUE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED) NUMRES_REJECTED_##NEED
#define NUMRES_REJECTED_CONTAINER(OBJECT, NAME, NUMBER, name, SHAPE, CHILD, NEED)                  \
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
    NUMRES_VALUE_INTEGER,     /* a number whose value is an integer, 0 to 2^63-1 */
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
    numres_text text; /* a string decoded, anything else as it stands; it may
                         be cut where `length` is over every limit */
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
    /* First, so that a caller's pointer to the public record leads here. */
    union {
        NUMRES_RECORDS(NUMRES_VALUE_OF) /* reservation, phone_number and so on */
    } value;
    numres_text raw[NUMRES_RECORD_MEMBERS]; /* of values that no field holds */
    uint32_t present, null, invalid;
    uint32_t containers; /* members whose value is an array or object */
    uint32_t kept;       /* members whose text is the record's own already */
    numres_record_kind kind : 8;
    bool left_out;
    size_t counted; /* bytes of accepted values, for max_record_text */
    char *text;     /* where text is kept that does not last */
    size_t text_used;
} numres_record;

/* What a member's field is, and where it lies in the public record. */
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

/* The field, of type boolean, has this value. */
static inline void numres_record_set_boolean(numres_record *record, const numres_field *field,
                                             bool value) {
    *(bool *)((char *)&record->value + field->offset) = value;
    record->raw[field->number] = numres_record_booleans[value];
}

/* The field, of type integer, has this value, which stands there as `raw`. */
static inline void numres_record_set_integer(numres_record *record, const numres_field *field,
                                             uint64_t value, numres_text raw) {
    *(uint64_t *)(void *)((char *)&record->value + field->offset) = value;
    record->raw[field->number] = raw;
}

/* The fields of this kind of record, by member number. */
const numres_field *numres_record_fields(numres_record_kind kind);

/* Size of the text area of a record with this many members: what the limit lets
   in, and the raw text of rejected values, which no limit counts. Where all
   are rejected, one takes the place of what the limit lets in. */
static inline size_t numres_record_text_size(size_t max_record_text, size_t members) {
    size_t raw = NUMRES_RAW_TEXT_LENGTH;
    return (max_record_text > raw ? max_record_text : raw) + (members - 1) * raw;
}

/* What record_type says in a record of this kind; empty: it has none. */
numres_text numres_record_type(numres_record_kind kind);

/* Says that the record lies here, before anything is read into it. `text` is where its
   text is kept, or NULL. */
void numres_record_make(numres_record *record, char *text);

/* Forgets which members a record has, for a new object of this kind whose fields its
   reader sets. */
static inline void numres_record_clear(numres_record *record, numres_record_kind kind) {
    record->kind = kind;
    record->present = record->null = record->invalid = record->containers = record->kept = 0;
    record->left_out = false;
    record->counted = 0;
    record->text_used = 0;
}

/* Empties the record for a new object of this kind: its fields are neutral. */
void numres_record_start(numres_record *record, numres_record_kind kind, uint64_t index);

/*
 * Stores a scalar as member `number`. Returns NUMRES_OK or the problem's code;
 * then the field is neutral and the member invalid.
 */
numres_code numres_record_store(numres_record *record, const numres_record_limits *limits,
                                unsigned int number, const numres_token *token);

/*
 * The same for a string that is right, or nothing: where the text is too long
 * or not what the member wants, the code is returned and the record is as
 * before.
 */
numres_code numres_record_accept(numres_record *record, const numres_record_limits *limits,
                                 unsigned int number, numres_text text);

/*
 * The same for any token and a member whose value is kept as text, where nobody is
 * told what is wrong. A second value is not taken.
 */
void numres_record_offer(numres_record *record, const numres_record_limits *limits,
                         unsigned int number, const numres_token *token);

/* The member is there and null. */
void numres_record_accept_null(numres_record *record, unsigned int number);

/* The member's field is neutral: the member is not there. */
void numres_record_neutralise(numres_record *record, unsigned int number);

/* Marks a container member: as there, or as rejected. */
void numres_record_mark(numres_record *record, unsigned int number, bool valid);

/* Copies text that lies in the chunk [begin, end), which goes away, into the
   record's own text. */
void numres_record_keep(numres_record *record, const void *begin, const void *end);

/* The record around a public one, which is its first field. NULL for NULL and for a
   copy by assignment, which has nothing around it. */
static inline const numres_record *numres_record_of(const void *public_record) {
    const void *made_at = NULL;
    if (public_record != NULL)
        memcpy(&made_at, public_record, sizeof made_at);
    return made_at == public_record ? public_record : NULL;
}

/*
 * What a collection keeps of a record beside the public struct. That struct's `made_at`
 * is this address and one: no record can lie at an odd one.
 */
typedef struct numres_record_beside {
    numres_record_kind kind;
    uint32_t rejected_containers;
    numres_text *rejected; /* raw texts of invalid members, by number */
} numres_record_beside;

/* That of a record of this kind none of whose members is invalid. */
const numres_record_beside *numres_record_nothing_beside(numres_record_kind kind);

static inline void numres_record_put_beside(void *public_record,
                                            const numres_record_beside *beside) {
    const void *made_at = (const char *)beside + 1;
    memcpy(public_record, &made_at, sizeof made_at);
}

/* The record of this kind around a public one, or a view of a kept record, made in `room`.
   NULL for NULL, for another kind, for a record that is not valid any more, and for a copy
   by assignment of a parser's record. */
const numres_record *numres_record_view(const void *public_record, numres_record_kind kind,
                                        numres_record *room);

/* A member's value, to those who write it. */
typedef enum numres_record_value {
    NUMRES_RECORD_VALUE_ABSENT,
    NUMRES_RECORD_VALUE_NULL,
    NUMRES_RECORD_VALUE_TEXT,    /* as it came, right or rejected */
    NUMRES_RECORD_VALUE_LITERAL, /* a number, true or false, as it came */
    NUMRES_RECORD_VALUE_CONTAINER,
    NUMRES_RECORD_VALUE_REJECTED_CONTAINER
} numres_record_value;

/* What member `number` holds; *text is set where that is a text or literal. */
numres_record_value numres_record_value_of(const numres_record *record, unsigned int number,
                                           numres_text *text);

unsigned int numres_record_member_count(numres_record_kind kind);

/* The text of a present member's value as it came; rejected text is cut. */
numres_text numres_record_raw(const numres_record *record, unsigned int number);

/* Sets the public masks, and what is derived from other members. */
void numres_record_publish(numres_record *record);

#define NUMRES_PUBLISH_MASKS(to, from)                                                             \
    ((to)->present = (from)->present, (to)->null = (from)->null, (to)->invalid = (from)->invalid)

/* The same for a record of that kind. */
static inline void numres_record_publish_reservation(numres_record *record) {
    NUMRES_PUBLISH_MASKS(&record->value.reservation, record);
}

static inline void numres_record_publish_phone_number(numres_record *record) {
    NUMRES_PUBLISH_MASKS(&record->value.phone_number, record);
}

#endif
