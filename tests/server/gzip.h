/* gzip without compression (RFC 1952, stored blocks of RFC 1951), so that the server
   needs no further library. */
#ifndef NUMRES_TESTS_GZIP_H
#define NUMRES_TESTS_GZIP_H

#include "../text_buffer.h"

void gzip_write(text_buffer *packed, const char *bytes, size_t length);

#endif
