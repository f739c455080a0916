/* Writes text into the caller's buffer: keeps what fits, and counts everything. Used by
   query.c and request.c. */
#ifndef NUMRES_LIB_SINK_H
#define NUMRES_LIB_SINK_H

#include "numres/types.h"

typedef struct numres_sink {
    char *buffer;
    size_t size;
    size_t length; /* of everything that was put */
} numres_sink;

/* Begins with a buffer of `size` bytes. If it is NULL and `size` is not 0, returns
   NUMRES_WRONG_USE, and nothing will be written. */
numres_code numres_sink_start(numres_sink *sink, char *buffer, size_t size);

void numres_sink_put(numres_sink *sink, const char *bytes, size_t length);
void numres_sink_string(numres_sink *sink, const char *string);

/* Puts the text percent-encoded, except the unreserved characters of RFC 3986 section 2.3.
   The digits are upper-case, as section 2.1 asks. */
void numres_sink_encoded(numres_sink *sink, numres_text text);

/* Ends the text with a NUL. Returns `code`, or NUMRES_NO_MEMORY if that is NUMRES_OK and
   the text does not fit. Unless NUMRES_OK is returned, the buffer holds the empty string.
   *needed (if not NULL) is set to the length of the whole text if `code` is NUMRES_OK,
   else to 0. */
numres_code numres_sink_end(numres_sink *sink, numres_code code, size_t *needed);

#endif
