/* The URL that the API is asked at. */
#ifndef NUMRES_TOOLS_BASE_URL_H
#define NUMRES_TOOLS_BASE_URL_H

#include <stdbool.h>
#include <stddef.h>

#define BASE_URL_VARIABLE "TELNYX_BASE_URL"
#define BASE_URL_DEFAULT "https://api.telnyx.com/v2"

/* What is wrong with a base URL, for a person; NULL: nothing is. It is https;
   http only to this machine (127.0.0.0/8, ::1, localhost), since the key would
   be read on its way. It has no user, query or fragment. */
const char *base_url_fault(const char *url);

/* Its length without the slashes at its end. */
size_t base_url_length(const char *url);

/* Whether both have the same scheme, host and port: where one may send the key,
   so may the other. */
bool base_url_same_origin(const char *url, const char *other);

#endif
