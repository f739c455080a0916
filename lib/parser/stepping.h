/*
 * Calls that read a chunk that stays where it is, with pauses: for the pull reader, which
 * pauses after every callback, and the Arrow stream, which pauses at full batches. Pausing
 * through the public calls alone would cost a third of the speed.
 */
#ifndef NUMRES_LIB_STEPPING_H
#define NUMRES_LIB_STEPPING_H

#include <string.h>

#include "../schema/record.h"
#include "numres/parser.h"

/* Makes the parser also pause after each value with a problem, once all callbacks for the
   value are done. So only few callbacks come between two pauses, whatever the input.
   on_problem cannot ask for the pause, since its answer may have to be another one. */
void numres_parser_pause_at_problems(numres_parser *parser);

/* Sets the next chunk, as numres_parser_feed does, but reads nothing yet. */
void numres_parser_set_chunk(numres_parser *parser, const void *bytes, size_t length);

/* Goes on in the chunk, which must not have moved. Returns NUMRES_PAUSED for each pause,
   and at the chunk's end what numres_parser_feed returns. */
numres_code numres_parser_step(numres_parser *parser);

/* Returns the position of the callbacks before the pause. */
uint64_t numres_parser_paused_at(const numres_parser *parser);

/* Sets the error for a failure outside the parser, with this offset and the path of where
   the parser stands. Called after a pause or at a chunk's end; afterwards the parser can
   only be destroyed. */
const numres_error *numres_parser_fail(numres_parser *parser, numres_code code, uint64_t offset);

/* Returns the parser's own record around the one that a handler was given. After a pause
   it stays where it is until the next step, with its text in the chunk or in the parser.
   Calls take it as a record only while its `kind` says so: that is NUMRES_RECORD_NONE
   after a callback, and must be so again before the next step. The record itself is not
   const; memcpy drops the handler's const without a cast, which warnings forbid. */
static inline numres_record *numres_parser_record(const void *public_record) {
    void *record;
    memcpy(&record, &public_record, sizeof record);
    return record;
}

#endif
