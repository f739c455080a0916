/*
 * The schema: which member of which object means what, and the state machine
 * that follows a document's structure. Lanes tell it what they read; it fills
 * records, raises problems and calls the handlers.
 */
#ifndef NUMRES_LIB_SCHEMA_H
#define NUMRES_LIB_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/error.h"
#include "members.h"
#include "numres/parser.h"
#include "record.h"

/* The result of an event. */
typedef enum numres_signal {
    NUMRES_SIGNAL_GO_ON,
    NUMRES_SIGNAL_PAUSE, /* a handler asked for it; the event is done */
    NUMRES_SIGNAL_FAIL   /* the error is set, or a handler reset the parser */
} numres_signal;

/* One open array or object. */
typedef struct numres_level {
    numres_object_kind kind : 8; /* of an array: of its elements */
    bool is_array;
    bool has_name;                 /* in an object: a name was read, its value not yet */
    uint8_t name_length;           /* of an unknown member, cut */
    uint8_t last_place;            /* 1 + the place of the last known member; 0: none */
    numres_code close_problem : 8; /* raised when it closes; NUMRES_OK: none */
    const numres_member *member;   /* NULL: an unknown one */
    uint64_t complete;             /* elements or members */
    uint64_t offset;               /* of the opening bracket */
    char name[NUMRES_PATH_NAME_LENGTH];
} numres_level;

/* What a root without an envelope has said so far. Its words are in the inner record:
   see refusal.h. */
typedef struct numres_refusal {
    bool is_told;       /* by a member `error` or `errors` */
    unsigned int depth; /* inside such a container; 0: none is open */
} numres_refusal;

/* Set at creation, and read everywhere. */
typedef struct numres_settings {
    numres_root root;
    bool strict;
    bool require_members;
    bool report_unknown;
    bool pauses_at_problems; /* see numres_parser_pause_at_problems */
    numres_record_limits limits;
    unsigned int max_depth;
} numres_settings;

/* The caller's handlers, and the state of the callbacks: of delivery.c. schema.c sets the
   position and, at the end of an event, what is pending. */
typedef struct numres_delivery {
    numres_parser *parser;
    numres_handlers handlers;
    void *user;
    bool in_callback;
    bool stopping;          /* a handler returned stop */
    bool pausing;           /* a problem was raised, and settings.pauses_at_problems */
    bool owes_document_end; /* a pause came between the last record and the document's end */
    uint64_t position;      /* of the last event */
    numres_error error;
} numres_delivery;

/* What is known of the open document: of schema.c, envelope.c and refusal.c. */
typedef struct numres_open_document {
    bool root_closed;
    bool looks_bare;           /* the root has members of a reservation */
    uint32_t envelope_members; /* which members of the envelope came */
    bool has_null_data;
    bool has_errors;        /* an array of errors came, which may be empty */
    uint64_t errors_offset; /* of its bracket */
    numres_refusal refusal;
    numres_document counts; /* given to the caller at the document's end */
} numres_open_document;

typedef struct numres_schema {
    numres_settings settings;
    numres_delivery delivery;
    numres_open_document document;
    numres_level *levels;
    unsigned int depth;
    numres_record outer; /* reservation, meta or API error */
    numres_record inner; /* a reservation's phone number; a refusal's words */
} numres_schema;

/* Starts a new stream: its first document, position 0, no error. */
void numres_schema_reset(numres_schema *schema);

/* Starts a document whose root begins at `offset`. */
void numres_schema_start_document(numres_schema *schema, uint64_t offset);

/* Events. `offset` is that of the token's first byte, `end` that of the byte after it. */
numres_signal numres_schema_open(numres_schema *schema, bool is_array, uint64_t offset,
                                 uint64_t end);
numres_signal numres_schema_close(numres_schema *schema, uint64_t end);
/* *guess is the member's probable place in the kind's table, and is set to the real one. */
void numres_schema_name(numres_schema *schema, const numres_token *name, uint8_t *guess);
void numres_schema_known_name(numres_schema *schema, uint8_t place); /* in the kind's table */
numres_signal numres_schema_scalar(numres_schema *schema, const numres_token *token);

/* Whether the root of the document began and has not closed. */
static inline bool numres_schema_is_root_open(const numres_schema *schema) {
    return !schema->document.root_closed;
}

/* Returns the counts of the document that is read, or of the last one. */
static inline const numres_document *numres_schema_document(const numres_schema *schema) {
    return &schema->document.counts;
}

/* Returns the position of the last event. */
static inline uint64_t numres_schema_position(const numres_schema *schema) {
    return schema->delivery.position;
}

/* Returns the innermost open container, or NULL if none is open. */
static inline numres_level *numres_schema_innermost(const numres_schema *schema) {
    return schema->depth > 0 ? &schema->levels[schema->depth - 1] : NULL;
}

/* The same where one is known to be open. */
static inline numres_level *numres_schema_level(const numres_schema *schema) {
    return &schema->levels[schema->depth - 1];
}

/* Returns how many more arrays and objects may open inside each other. */
static inline unsigned int numres_schema_depth_left(const numres_schema *schema) {
    return schema->settings.max_depth - schema->depth;
}

/* Whether objects without a required member are a problem. */
static inline bool numres_schema_requires_members(const numres_schema *schema) {
    return schema->settings.require_members;
}

/* Whether the open reservation has had its phone numbers. */
static inline bool numres_schema_has_numbers(const numres_schema *schema) {
    return numres_has(schema->outer.present, NUMRES_RESERVATION_PHONE_NUMBERS);
}

/* Returns the record that values directly inside `level` belong to, or NULL. In an array
   of API errors, a string is a whole API error. */
static inline numres_record *numres_schema_record(numres_schema *schema,
                                                  const numres_level *level) {
    switch (level->kind) {
    case NUMRES_OBJECT_PHONE_NUMBER: /* their array belongs to the reservation */
        return level->is_array ? &schema->outer : &schema->inner;
    case NUMRES_OBJECT_RESERVATION:
    case NUMRES_OBJECT_META:
        return level->is_array ? NULL : &schema->outer;
    case NUMRES_OBJECT_API_ERROR:
    case NUMRES_OBJECT_API_ERROR_SOURCE:
    case NUMRES_OBJECT_API_ERROR_META:
        return &schema->outer;
    default:
        return NULL;
    }
}

/* Counts a complete value directly inside `level`. */
static inline void numres_schema_count_value(numres_schema *schema, numres_level *level) {
    level->complete++;
    level->has_name = false;
    if (level->is_array && level->kind == NUMRES_OBJECT_PHONE_NUMBER)
        schema->outer.value.reservation.phone_number_count = level->complete;
}

/* Counts a phone number, an element of the array `level`, which ends before `end`. */
static inline void numres_schema_end_number(numres_schema *schema, numres_level *level,
                                            uint64_t end) {
    schema->outer.value.reservation.phone_number_count = ++level->complete;
    schema->delivery.position = end;
}

/*
 * Open the usual containers of a page, for a lane that knows what opens: a reservation in
 * `data`, and the array of its phone numbers, whose name must not have come before. The
 * lane has checked the depth. No problem is raised and no handler is called.
 */
void numres_schema_open_reservation(numres_schema *schema, uint64_t offset);
void numres_schema_open_numbers(numres_schema *schema, uint8_t place, uint64_t offset);

/* Closes the array of phone numbers, the innermost container, which ends before `end`. */
static inline void numres_schema_close_numbers(numres_schema *schema, uint64_t end) {
    schema->delivery.position = end;
    schema->depth--;
    numres_schema_count_value(schema, numres_schema_level(schema));
}

/* Closes the reservation, the innermost container, which ends before `end`. */
numres_signal numres_schema_close_reservation(numres_schema *schema, uint64_t end);

/* Returns how many records of this document have closed so far. */
static inline uint64_t numres_schema_records_closed(const numres_schema *schema) {
    const numres_document *document = numres_schema_document(schema);
    return document->reservations + document->phone_numbers + document->api_errors +
           document->left_out;
}

/* Whether a lane that reads whole records may go on here: not inside a phone
   number or a skipped container. */
bool numres_schema_is_between_records(const numres_schema *schema);

/* Copies what open records hold of the bytes [begin, end), before these go away. */
void numres_schema_keep(numres_schema *schema, const void *begin, const void *end);

/* The same for a whole chunk. Afterwards the open records own all of their text. */
void numres_schema_keep_chunk(numres_schema *schema, const void *begin, const void *end);

#endif
