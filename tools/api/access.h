/* What is needed to reach the API: the trusted certificates, the base URL. settings.c,
   command.c, exchange.c and transport.c use it. */
#ifndef NUMRES_TOOLS_ACCESS_H
#define NUMRES_TOOLS_ACCESS_H

#include <stdbool.h>
#include <stddef.h>

/* ---- whose certificates are trusted ---- */

struct authorities {
    const char *file;      /* of PEM; NULL: the system's */
    const char *source;    /* the option or variable that named it */
    const char *directory; /* NULL: the system's, if `is_alone` does not hold */
    bool is_alone;         /* only these are trusted */
};

/* From --ca-file if it is not NULL; otherwise, as in curl 7.88.1, from CURL_CA_BUNDLE,
   else from SSL_CERT_DIR, else from SSL_CERT_FILE, else the system's. */
struct authorities authorities_choose(const char *ca_file);

/* Why the named file cannot be used, as a message; NULL if it can. */
const char *authorities_fault(const struct authorities *authorities);

/* ---- the base URL of the API ---- */

/* What is wrong with a base URL, as a message; NULL if nothing is. It must be https;
   http only to this machine (127.0.0.0/8, ::1, localhost), since the key would be
   readable on its way. It has no user, query or fragment. */
const char *base_url_fault(const char *url);

/* Its length without the slashes at its end. */
size_t base_url_length(const char *url);

/* Whether both have the same scheme, host and port, so that the key may be sent to
   either. */
bool base_url_same_origin(const char *url, const char *other);

#endif
