/*
 * Refusals without an array of errors: what a server that does not use the API's form
 * says at the root. See numres_api_error for the words. They are kept in the schema's
 * inner record, which is free as long as no envelope opened, and raise no problems.
 */
#ifndef NUMRES_LIB_REFUSAL_H
#define NUMRES_LIB_REFUSAL_H

#include "schema_state.h"

/* Forgets what the document's root has said. */
void numres_refusal_forget(numres_schema *schema);

/* Takes a scalar directly inside `level`: of an unknown member of the root, inside a
   container that numres_refusal_open noted, or of the root's member `errors`. */
void numres_refusal_scalar(numres_schema *schema, const numres_level *level,
                           const numres_token *token);

/* Called when a container that the schema skips opened in the root's `level`. Notes it if
   it is `error`, or `errors` and not an array: its scalars are words too. */
void numres_refusal_open(numres_schema *schema, const numres_level *level);

/* Called when the innermost container closes, which holds this many values. */
void numres_refusal_close(numres_schema *schema, uint64_t complete);

/* Called when the root closed without an envelope. Returns the API error that it is, or
   NULL. */
numres_record *numres_refusal_record(numres_schema *schema);

#endif
