/*
 * Refusals that are not an array of errors: what a server says at the root when it
 * does not know the API's shape. See numres_api_error for the words. They are
 * kept in the schema's inner record, which is free as long as no envelope opened,
 * and raise no problems.
 */
#ifndef NUMRES_LIB_REFUSAL_H
#define NUMRES_LIB_REFUSAL_H

#include "schema.h"

/* Forgets what a document's root has said. */
void numres_refusal_forget(numres_schema *schema);

/* A scalar came that no known member holds, directly inside `level`: of the root, or
   of what numres_refusal_open was told of; or as `errors` of the root. */
void numres_refusal_scalar(numres_schema *schema, const numres_level *level,
                           const numres_token *token);

/* The innermost container opened in the root's `level`, and is nothing that the schema
   knows: it counts if it is `error`, or `errors` and no array. */
void numres_refusal_open(numres_schema *schema, const numres_level *level);

/* A container closed, which held this many values. */
void numres_refusal_close(numres_schema *schema, uint64_t complete);

/* The root closed without an envelope: the API error that it is, or NULL. */
numres_record *numres_refusal_record(numres_schema *schema);

#endif
