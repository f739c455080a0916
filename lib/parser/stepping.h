/*
 * What the pull reader and the Arrow stream ask of a parser beside the public calls: to
 * read a chunk that stays where it is with a pause after every callback. Pauses by the public calls
 * alone would cost a third of the speed.
 */
#ifndef NUMRES_LIB_STEPPING_H
#define NUMRES_LIB_STEPPING_H

#include "../schema/record.h"
#include "numres/parser.h"

/* From now on the parser also pauses after each value with a problem, once all that
   the value completes was told: so few callbacks lie between two pauses, whatever the
   input. on_problem itself cannot ask for it, since its answer may be another one. */
void numres_parser_pause_at_problems(numres_parser *parser);

/* Gives the next chunk, as numres_parser_feed, but reads nothing yet. */
void numres_parser_set_chunk(numres_parser *parser, const void *bytes, size_t length);

/* Reads on in the chunk, which must not have moved. Returns NUMRES_PAUSED as often as a
   handler paused, then what numres_parser_feed returns at the chunk's end. */
numres_code numres_parser_step(numres_parser *parser);

/* The position of the callbacks before the pause. */
uint64_t numres_parser_paused_at(const numres_parser *parser);

/* For what fails outside the parser: an error that ends reading, with this offset and the
   path of where the parser stands, after a pause or a chunk's end. Nothing but destroying
   the parser may follow. */
const numres_error *numres_parser_fail(numres_parser *parser, numres_code code, uint64_t offset);

/* The record that a handler was given, in the parser. After a pause all of it stays where
   it is until the next step, its text in the chunk or in the parser; it is a record to
   all calls while its `kind` says so, which is NUMRES_RECORD_NONE after a callback and
   has to be so again before the next step. */
static inline numres_record *numres_parser_record(const void *public_record) {
    void *record;
    memcpy(&record, &public_record, sizeof record);
    return record;
}

#endif
