/*
 * What reaches the caller: records, problems, a document's end, the error.
 * The schema decides what; this room builds paths, calls the handlers and
 * reads their answers.
 */
#ifndef NUMRES_LIB_DELIVERY_H
#define NUMRES_LIB_DELIVERY_H

#include "schema.h"

/* The object of this record closed: hands it out, unless it is left out. */
numres_signal numres_delivery_record(numres_schema *schema, numres_record *record);

/* The same for the open phone number. */
numres_signal numres_delivery_phone_number(numres_schema *schema);

/* The root closed: hands out the counts. */
numres_signal numres_delivery_document_end(numres_schema *schema);

/* Delivers a callback that a pause left owed. */
numres_signal numres_delivery_owed(numres_schema *schema);

/*
 * Raises a problem with what lies directly inside `level` (NULL: the root).
 * `missing` is the absent member, if that is the problem. Answers FAIL if the
 * document ended by it. A handler's stop only sets schema->stopping, and the
 * event is to end by numres_delivery_finish_event.
 */
numres_signal numres_delivery_problem(numres_schema *schema, const numres_level *level,
                                      numres_code code, uint64_t offset, numres_text raw,
                                      const numres_member *missing);

/* The event is done: the error of a stop is set now, so that its path is that
   of the callback's position. */
numres_signal numres_delivery_finish_event(numres_schema *schema);

/* Sets the error, with the path of what is open. Answers its signal. */
numres_signal numres_delivery_fail(numres_schema *schema, numres_code code, uint64_t offset);

#endif
