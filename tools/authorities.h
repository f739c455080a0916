/* Whose certificates are trusted. */
#ifndef NUMRES_TOOLS_AUTHORITIES_H
#define NUMRES_TOOLS_AUTHORITIES_H

#include <stdbool.h>

struct authorities {
    const char *file;      /* of PEM; NULL: the system's */
    const char *source;    /* the option or variable that named it */
    const char *directory; /* NULL: the system's, if `is_alone` does not hold */
    bool is_alone;         /* no others are trusted */
};

/* Of the option --ca-file, if it is not NULL, else as curl has it: of CURL_CA_BUNDLE,
   else of SSL_CERT_FILE and SSL_CERT_DIR, else the system's. */
struct authorities authorities_choose(const char *ca_file);

/* Why a file that is named is of no use, for a person; NULL: it is. */
const char *authorities_fault(const struct authorities *authorities);

#endif
