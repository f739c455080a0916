/*
 * Which envelope a document is: a list, a single reservation or errors. Members come
 * in any order, and some say so only together: null data is an empty list, and an
 * empty array of errors beside data says that there is no error.
 */
#ifndef NUMRES_LIB_ENVELOPE_H
#define NUMRES_LIB_ENVELOPE_H

#include "schema.h"

/* Whether values directly inside `level` are elements of the root's errors. */
static inline bool numres_envelope_is_in_errors(const numres_level *level) {
    return level != NULL && level->is_array && level->kind == NUMRES_OBJECT_API_ERROR;
}

/* A container of this kind opens inside `level` (NULL: it is the root). A second
   envelope is a problem; FAIL: the document ended by it. */
numres_signal numres_envelope_open(numres_schema *schema, const numres_level *level,
                                   numres_object_kind kind, bool is_array, uint64_t offset);

/* The same where any element of errors begins: with the first one the array is an
   envelope, whose bracket the problem is about. */
numres_signal numres_envelope_element(numres_schema *schema);

/* The root, an envelope, closed. Where none opened inside, what else came tells which
   one it is. Returns the API error that the whole root is, or NULL. */
numres_record *numres_envelope_settle(numres_schema *schema);

#endif
