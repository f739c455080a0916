/* What a stream that is no JSON seems to be instead, and what to do. */
#ifndef NUMRES_TOOLS_HINT_H
#define NUMRES_TOOLS_HINT_H

#include <stdbool.h>
#include <stddef.h>

#include "numres.h"

/* Where the first byte that is not JSON white space is; `length` if none. */
size_t hint_first_byte(const char *head, size_t length);

/* Whether the parser gave up at the first byte that is no white space of a stream
   that starts with these bytes: then it is no JSON at all. Only the stream's first
   document can be looked at so. */
bool hint_is_about_start(const numres_error *error, const char *head, size_t length);

/* Whether they are of UTF-16 or UTF-32, by a byte-order mark or a NUL beside the first
   character. */
bool hint_is_wide(const char *head, size_t length);

/* A clause about a document that starts with these bytes, white space left
   out; NULL if they say nothing. */
const char *hint_about(const char *head, size_t length);

#endif
