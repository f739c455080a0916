/*
 * Which envelope a document has: a list, a single reservation or errors. Members come
 * in any order, and some decide it only together: null data is an empty list, and an
 * empty array of errors beside data means that there is no error.
 */
#ifndef NUMRES_LIB_ENVELOPE_H
#define NUMRES_LIB_ENVELOPE_H

#include "schema_state.h"

/* Whether values directly inside `level` are elements of the root's errors. */
static inline bool numres_envelope_is_in_errors(const numres_level *level) {
    return level != NULL && level->is_array && level->kind == NUMRES_OBJECT_API_ERROR;
}

/* Called when a container of this kind opens inside `level` (NULL: it is the root). Raises
   a problem if it is a second envelope. Returns FAIL if that ended the document. */
numres_signal numres_envelope_open(numres_schema *schema, const numres_level *level,
                                   numres_object_kind kind, bool is_array, uint64_t offset);

/* Called when an element of errors begins. The first one makes the array an envelope; if
   that is a second one, the problem's offset is that of the array's bracket. */
numres_signal numres_envelope_element(numres_schema *schema);

/* Called when the root closed, if envelopes are read. If none opened inside, the other
   members decide which one it is. Returns the API error that the whole root is, or NULL. */
numres_record *numres_envelope_settle(numres_schema *schema);

#endif
