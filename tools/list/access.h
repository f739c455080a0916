/* The API key: where it comes from, and how it is kept from others. */
#ifndef NUMRES_TOOLS_ACCESS_H
#define NUMRES_TOOLS_ACCESS_H

#include <stdbool.h>
#include <stddef.h>

#include "../run/print.h"

#define API_KEY_VARIABLE "TELNYX_API_KEY"
#define API_KEY_LONGEST 1024

struct api_key {
    const char *source; /* the variable's name, or the file's */
    size_t length;
    char text[API_KEY_LONGEST + 1];
};

/*
 * Takes the key out of the file, of standard input for "-", or if `file` is NULL out
 * of the environment, where its text is overwritten so that neither programs started
 * later nor whoever looks at this process's environment find it. A file must be closed
 * to its group and to others; the name of one that cannot be opened is not shown,
 * since it may be a key. From here on the process writes no core.
 *
 * Answers false after it has said on `messages` what is wrong and what to do.
 */
bool api_key_take(struct api_key *key, const char *file, struct print *messages);

/* Overwrites the key. */
void api_key_forget(struct api_key *key);

/* Overwrites a copy of it. */
void api_key_wipe(char *bytes, size_t length);

/* Whose certificates are trusted. */

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

/* The URL that the API is asked at. */

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
