/* What is needed to reach the API: the key and its secrecy, the trusted certificates,
   the base URL. settings.c, command.c, exchange.c and transport.c use it. */
#ifndef NUMRES_TOOLS_ACCESS_H
#define NUMRES_TOOLS_ACCESS_H

#include <stdbool.h>
#include <stddef.h>

#include "../run/options.h"
#include "../run/print.h"

#define API_KEY_VARIABLE "TELNYX_API_KEY"
#define API_KEY_LONGEST 1024

struct api_key {
    enum option_command command; /* which needs it, for messages */
    const char *source;          /* the variable's name, or the file's */
    size_t length;
    char text[API_KEY_LONGEST + 1];
    /* What TELNYX_API_KEY held, up to this length, even if the key is another. */
    char variable[API_KEY_LONGEST + 1];
};

/* Makes a key that is not known yet but for `variable`, which no message must show: a
   word of the command line may be the key by mistake. From here on the process writes
   no core dump. */
void api_key_begin(struct api_key *key, enum option_command command);

/*
 * Reads the key from the file, from standard input for "-", or from the environment
 * if `file` is NULL. The variable is overwritten, so that neither child processes
 * nor anyone reading this process's environment can see it. A file must not be
 * readable by its group or others; the name of a file that cannot be opened is not
 * shown, since it may be a key.
 *
 * Returns false after it has said on `messages` what is wrong and what to do.
 */
bool api_key_take(struct api_key *key, const char *file, struct print *messages);

/* Overwrites the key. */
void api_key_forget(struct api_key *key);

/* Overwrites a copy of it. */
void api_key_wipe(char *bytes, size_t length);

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

#define BASE_URL_VARIABLE "TELNYX_BASE_URL"
#define BASE_URL_DEFAULT "https://api.telnyx.com/v2"

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
