/*
 * Delivers records, problems, a document's end and the error to the caller. The
 * schema decides what is delivered; this file builds paths, calls the handlers
 * and acts on their answers.
 */
#ifndef NUMRES_LIB_DELIVERY_H
#define NUMRES_LIB_DELIVERY_H

#include "schema_state.h"

/* Sets the error to none. Only the path's first byte is cleared: clearing its kilobyte for
   each short document would cost too much. */
void numres_delivery_clear_error(numres_schema *schema);

/* Sets the handlers, and the parser and user pointer that they are given. */
void numres_delivery_start(numres_schema *schema, numres_parser *parser,
                           const numres_handlers *handlers, void *user);

static inline void numres_delivery_set_handlers(numres_schema *schema,
                                                const numres_handlers *handlers) {
    schema->delivery.handlers = *handlers;
}

static inline void numres_delivery_set_user(numres_schema *schema, void *user) {
    schema->delivery.user = user;
}

static inline void *numres_delivery_user(const numres_schema *schema) {
    return schema->delivery.user;
}

static inline bool numres_delivery_is_in_callback(const numres_schema *schema) {
    return schema->delivery.in_callback;
}

/* Returns the error. Its code is OK if there is none. */
static inline const numres_error *numres_delivery_error(const numres_schema *schema) {
    return &schema->delivery.error;
}

/* Delivers this record, whose object closed, unless it is left out. */
numres_signal numres_delivery_record(numres_schema *schema, numres_record *record);

/* The same for the open phone number. */
numres_signal numres_delivery_phone_number(numres_schema *schema);

/* Delivers the document's end, with its counts, after the root closed. */
numres_signal numres_delivery_document_end(numres_schema *schema);

/* Delivers the document's end if a pause came before it. */
numres_signal numres_delivery_owed(numres_schema *schema);

/* What is wrong, and with which value. */
typedef struct numres_fault {
    numres_code code;
    numres_json_type found;       /* NONE: nothing is there */
    uint64_t offset;              /* of the value's first byte */
    numres_text raw;              /* a container has none */
    const numres_member *missing; /* the absent member, if that is the problem */
} numres_fault;

/* Return the JSON type of a container, and of a scalar. */
static inline numres_json_type numres_json_type_of_container(bool is_array) {
    return is_array ? NUMRES_JSON_ARRAY : NUMRES_JSON_OBJECT;
}

numres_json_type numres_json_type_of_scalar(numres_scalar scalar);

/*
 * Raises a problem with a value directly inside `level`, which is open (NULL: with the
 * root). Returns FAIL if that ended the document. A handler's stop only sets
 * schema->delivery.stopping: the caller must end the event with numres_delivery_stop.
 */
numres_signal numres_delivery_problem(numres_schema *schema, const numres_level *level,
                                      const numres_fault *fault);

/* Sets the error of a handler's stop. Called once the event is done, so that the error's
   path is that of the callback's position. */
numres_signal numres_delivery_stop(numres_schema *schema);

/* Sets the error, with the path of the open containers. Returns FAIL. */
numres_signal numres_delivery_fail(numres_schema *schema, numres_code code, uint64_t offset);

/* The same for a malformed token, or for `byte` if it begins no token. */
numres_signal numres_delivery_malformed(numres_schema *schema, numres_malformation malformation,
                                        uint64_t offset);
numres_signal numres_delivery_stray(numres_schema *schema, unsigned char byte, uint64_t offset);

/* The same for a misplaced token that begins with `first_byte`. `before` is the first byte
   of the token before it; only a comma matters. */
numres_signal numres_delivery_misplaced(numres_schema *schema, unsigned char first_byte,
                                        unsigned char before, uint64_t offset);

#endif
