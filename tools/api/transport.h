/* Access to the API: the key and how it stays secret (key.c), whom numres trusts and
   where it sends requests (access.c), requests through libcurl, one after the other, over
   one connection where possible (transport.c), and what happens to those that fail
   (failure.c). exchange.c sends requests, login.c stores the key. */
#ifndef NUMRES_TOOLS_TRANSPORT_H
#define NUMRES_TOOLS_TRANSPORT_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "../run/options.h"

/* ---- key.c: the API key ---- */

#define API_KEY_LONGEST 1024

struct api_key {
    enum option_command command; /* which needs it, for messages */
    const char *source;          /* what messages call it */
    const char *setting;         /* the value of the option that named it; NULL: none */
    bool is_judged;              /* only checked: runs no command, reads no input; none is fine */
    char stored[DEFAULTS_PATH_SIZE];
    size_t length;
    char text[API_KEY_LONGEST + 1];
    /* What TELNYX_API_KEY held, up to this length, even if the key is another. */
    char variable[API_KEY_LONGEST + 1];
};

/* Initializes a key that is not known yet. Only `variable` is filled in, so that messages
   can hide it: a word of the command line may be the key by mistake. From here on the
   process writes no core dump. */
void api_key_begin(struct api_key *key, enum option_command command);

/*
 * Takes the key from the first of these that exists:
 *
 *   the file of --api-key-file (standard input for "-"), or the output of the command of
 *   --key-command: from the command line, or from the config file if neither variable of
 *   the environment is set
 *   TELNYX_API_KEY, then the output of the command in NUMRES_KEY_COMMAND
 *   the file that numres login wrote
 *
 * TELNYX_API_KEY is overwritten in any case, so that neither child processes nor anyone
 * reading this process's environment can see it. A file must not be readable or writable
 * by its group or others. If the file of --api-key-file cannot be opened, its name is not
 * shown, since it may be a key.
 *
 * Returns false after reporting on `messages` what is wrong and what to do.
 */
bool api_key_take(struct api_key *key, const struct settings *settings, struct print *messages);

/* Reads the key from standard input only, to its end. */
bool api_key_take_input(struct api_key *key, struct print *messages);

/* Removes blanks and line ends after the key. Returns whether the rest is a key; reports
   why not. */
bool api_key_check(struct api_key *key, struct print *messages);

/* Overwrites the key. */
void api_key_forget(struct api_key *key);

/* Overwrites a copy of the key. */
void api_key_wipe(char *bytes, size_t length);

/* ---- key.c: a user's command that prints or stores a key ---- */

struct helper {
    pid_t process;
    int end; /* our end of a pipe, which the caller closes */
};

/* Has the shell run a command with its `stream`, STDIN_FILENO or STDOUT_FILENO, at the
   other end of a pipe. Returns false and sets errno on failure. */
bool helper_start(struct helper *helper, const char *command, int stream);

/* Waits for the command to end. Returns whether it succeeded; writes into `fault` how it
   ended. */
#define HELPER_FAULT_SIZE 64
bool helper_end(const struct helper *helper, char *fault, size_t size);

/* ---- access.c: whose certificates are trusted ---- */

struct authorities {
    const char *file;      /* a PEM file; NULL: the system's */
    const char *source;    /* the option or variable that named it */
    const char *directory; /* NULL: the system's, unless is_alone */
    bool is_alone;         /* only these are trusted */
};

/* Chooses --ca-file if it is not NULL; otherwise, like curl 7.88.1, CURL_CA_BUNDLE, else
   SSL_CERT_DIR, else SSL_CERT_FILE, else the system's. */
struct authorities authorities_choose(const char *ca_file);

/* Why the named file cannot be used, as a message; NULL if it can. */
const char *authorities_fault(const struct authorities *authorities);

/* ---- access.c: the base URL of the API ---- */

/* Returns what is wrong with a base URL, as a message, or NULL. It must be https; http is
   allowed only to this machine (127.0.0.0/8, ::1, localhost), since it would expose the
   key to the network. It must have no user, query or fragment. */
const char *base_url_fault(const char *url);

/* The length of a base URL without the slashes at its end. */
size_t base_url_length(const char *url);

/* Whether both have the same scheme, host and port, so that the key may be sent to
   either. */
bool base_url_same_origin(const char *url, const char *other);

/* ---- transport.c: requests ---- */

#define TRANSPORT_NO_DEADLINE INT64_MAX

enum transport_outcome {
    TRANSPORT_RESPONDED,  /* a whole response arrived, whatever its status */
    TRANSPORT_BROKEN,     /* no response or only part; another try may work */
    TRANSPORT_IMPOSSIBLE, /* the same, but another try would not work */
    TRANSPORT_STOPPED,    /* by the receiver */
    TRANSPORT_OVER,       /* the deadline has passed */
    TRANSPORT_INTERRUPTED /* by the user, or the reader of the output left */
};

/* The headers of a response that are kept, cut to TRANSPORT_HEADER_SIZE - 1 bytes. */
enum transport_header {
    HEADER_CONTENT_TYPE,
    HEADER_CONTENT_ENCODING,
    HEADER_SHOULD_RETRY,
    HEADER_RETRY_AFTER_MS,
    HEADER_RETRY_AFTER,
    HEADER_DATE,
    HEADER_LOCATION,
    HEADER_REQUEST_ID,
    HEADER_REMAINING,
    HEADER_RESET,
    HEADER_COUNT
};
#define TRANSPORT_HEADER_SIZE 2048

/* The callbacks that take a response. */
struct transport_receiver {
    /* Takes the next bytes of the body, decompressed; returns false to stop. */
    bool (*receive)(void *context, const char *bytes, size_t length);
    /* Takes a line of the head, without its line end. */
    void (*header)(void *context, const char *line, size_t length);
    /* Called a few times a second while waiting, and at once if poll reports an error
       on `watched`; returns false to stop. */
    bool (*tick)(void *context);
    int watched;
    void *context;
};

/* A request: a GET, or a POST if it has an idempotency key. */
struct transport_request {
    const char *url;
    const char *idempotency_key;
    const char *body; /* of a POST; "": none */
};

/* Limits of a transport, in milliseconds. */
struct transport_settings {
    struct authorities authorities;
    int64_t limit;         /* longest silence */
    int64_t connect_limit; /* longest time to connect */
    int64_t deadline;      /* of all requests together, by wait_clock */
};

struct transport {
    CURLM *multi;
    CURL *easy;
    struct curl_slist *headers;
    struct transport_settings settings;
    const struct transport_receiver *receiver;
    bool is_stopped;
    bool was_sent;     /* the request has begun to go out: the API may have taken it */
    int64_t last_sign; /* when the last byte arrived */
    char header[HEADER_COUNT][TRANSPORT_HEADER_SIZE];
    bool has_header[HEADER_COUNT];
    char redirect[TRANSPORT_HEADER_SIZE];
    const char *in_brief; /* what `failure` says, in few words; NULL: the connection failed */
    char failure[CURL_ERROR_SIZE + 512];
};

/* Every request carries the key. Only the deadline limits how long a whole response
   takes, since records are shown as they arrive. Returns false if libcurl cannot be
   initialized. */
bool transport_begin(struct transport *transport, const struct api_key *key,
                     const struct transport_settings *settings);
void transport_end(struct transport *transport);

/*
 * Sends a request and hands the body of the response to the receiver. Redirects are not
 * followed. A POST goes out once at most. After TRANSPORT_BROKEN and TRANSPORT_IMPOSSIBLE
 * `failure` says why; it may hold text from outside.
 */
enum transport_outcome transport_send(struct transport *transport,
                                      const struct transport_request *request,
                                      const struct transport_receiver *receiver);

/* Makes the next request use a new connection: HTTP/2 would keep using a silent one, and
   the rest of a response that was longer than announced could be taken for the next
   response. */
void transport_close_connections(struct transport *transport);

/* About the response, also while its body arrives: its status, 0 if there is none
   yet; the HTTP version, such as "HTTP/2"; whether some of its body came, compressed; a
   header or NULL; the URL it redirects to, or NULL. */
long transport_status(const struct transport *transport);
const char *transport_version(const struct transport *transport);
bool transport_is_packed(const struct transport *transport);
const char *transport_header(const struct transport *transport, enum transport_header header);
const char *transport_redirect(struct transport *transport);

/* ---- failure.c: why libcurl failed, in words ---- */

/* Writes a sentence into the transport's `failure`, which holds libcurl's message or
   is empty, and sets `in_brief`. Returns whether another try would fail in the same way. */
bool failure_explain(struct transport *transport, CURLcode code);

/* ---- failure.c: whether a request is sent again, and when ---- */

/* How a request ended. A header that was absent is NULL. */
struct retry_facts {
    bool is_post, was_sent; /* whether the API may have taken the request */
    bool connection_failed; /* no whole response; another try may work */
    long status;            /* of the response, if there is one */
    const char *should_retry;
    const char *retry_after_ms;
    const char *retry_after;
    const char *date;
    const char *remaining; /* x-ratelimit-remaining and -reset */
    const char *reset;
};

/* The longest wait before a request, in milliseconds. */
#define RETRY_LONGEST_WAIT 60000

/* Whether another try makes sense: after a failed connection, 408, 409, 429 and 5xx.
   If the response has x-should-retry, that decides. A POST is sent again only if the API
   cannot have carried it out: it was not sent, or the response is a 429. */
bool retry_makes_sense(const struct retry_facts *facts);

/*
 * How many milliseconds to wait before the next try, after `tries` (at least one).
 * Retry-After-Ms counts first, then Retry-After (RFC 9110 section 10.2.3: seconds,
 * here also with a fraction, or a date, from which the response's Date, or else
 * `time_of_day`, is subtracted), then x-ratelimit-reset of a 429 (seconds, or above
 * 1e9 the time of day in seconds). The result may exceed RETRY_LONGEST_WAIT: then
 * no try makes sense. Without these headers: half a second, doubling with each try
 * up to 8 s, minus up to a quarter, by `chance`, a random number.
 */
int64_t retry_wait(const struct retry_facts *facts, uint64_t tries, uint32_t chance,
                   time_t time_of_day);

/* How many milliseconds to wait before the next page: until x-ratelimit-reset if the
   response says that no request remains, otherwise 0. */
int64_t retry_pause(const struct retry_facts *facts, time_t time_of_day);

#endif
