/*
 * The schema: which member of which object means what, and the state machine
 * that follows a document's structure. Lanes tell it what they read; it fills
 * records, raises problems and calls the handlers.
 */
#ifndef NUMRES_LIB_SCHEMA_H
#define NUMRES_LIB_SCHEMA_H

#include "schema_state.h"

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

/* Opens a phone number whose first `members` members, up to `end`, are in its record already. */
void numres_schema_open_number(numres_schema *schema, uint64_t members, uint64_t offset,
                               uint64_t end);

/* Closes the array of phone numbers, the innermost container, which ends before `end`. */
static inline void numres_schema_close_numbers(numres_schema *schema, uint64_t end) {
    schema->delivery.position = end;
    schema->depth--;
    numres_schema_count_value(schema, numres_schema_level(schema));
}

/* Closes the reservation, the innermost container, which ends before `end`. */
numres_signal numres_schema_close_reservation(numres_schema *schema, uint64_t end);

/* Phone numbers are the deepest records: in the root, `data`, a reservation and its
   `phone_numbers`. */
#define NUMRES_DEEPEST_RECORD 5

/* Whether a lane that reads whole records may go on here: not inside a phone
   number or a skipped container. */
bool numres_schema_is_between_records(const numres_schema *schema);

/* Copies what open records hold of the bytes [begin, end), before these go away. */
void numres_schema_keep(numres_schema *schema, const void *begin, const void *end);

/* The same for a whole chunk. Afterwards the open records own all of their text. */
void numres_schema_keep_chunk(numres_schema *schema, const void *begin, const void *end);

#endif
