/*
 * What the schema knows while a document is read: its settings, the open containers and
 * records, the state of delivery, and the result of an event. schema.h has the events.
 */
#ifndef NUMRES_LIB_SCHEMA_STATE_H
#define NUMRES_LIB_SCHEMA_STATE_H

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

/* What a root without an envelope has said so far. See refusal.h. */
typedef struct numres_refusal {
    bool is_told;       /* by a member `error` or `errors` */
    bool has_record;    /* the inner record is its API error, with its words */
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

/* Returns how many records of this document have closed so far. */
static inline uint64_t numres_schema_records_closed(const numres_schema *schema) {
    const numres_document *document = numres_schema_document(schema);
    return document->reservations + document->phone_numbers + document->api_errors +
           document->left_out;
}

#endif
