/* What query.c offers to request.c, and to the list pager, which writes into the query. */
#ifndef NUMRES_LIB_QUERY_H
#define NUMRES_LIB_QUERY_H

#include "../base/sized.h"

/* The beginning of every request's path. */
#define NUMRES_REQUEST_PATH "/number_reservations"

extern const numres_sized numres_query_form;

/* Whether the text was given at all. One that was not has neither bytes nor a length. */
static inline bool numres_query_has_text(numres_text text) {
    return text.bytes != NULL || text.length > 0;
}

/* Returns NUMRES_OK, or NUMRES_BAD_TEXT if the `bytes` of the text are NULL, or if it has a
   NUL, is not UTF-8, or is so long that its encoded length may not fit a size_t. */
numres_code numres_query_check_text(numres_text text);

#endif
