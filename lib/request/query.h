/* What query.c offers the pager, which writes into the query, and request.c. */
#ifndef NUMRES_LIB_QUERY_H
#define NUMRES_LIB_QUERY_H

#include "../base/sized.h"

/* Where all requests begin. */
#define NUMRES_REQUEST_PATH "/number_reservations"

extern const numres_sized numres_query_form;

/* No bytes and no length: the text was not given at all. */
static inline bool numres_query_has_text(numres_text text) {
    return text.bytes != NULL || text.length > 0;
}

/* NUMRES_OK, or NUMRES_BAD_TEXT for text with a NUL, that is not UTF-8, or that is so
   long that its encoded length may not fit a size_t. */
numres_code numres_query_check_text(numres_text text);

#endif
