/* Requests to the API through libcurl, one after the other over one connection
   where that is possible. */
#ifndef NUMRES_TOOLS_TRANSPORT_H
#define NUMRES_TOOLS_TRANSPORT_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api_key.h"

/* In milliseconds. */
#define TRANSPORT_CONNECT_LIMIT 5000
#define TRANSPORT_DEFAULT_LIMIT 60000

enum transport_outcome {
    TRANSPORT_ANSWERED,   /* a whole answer came, whatever its status */
    TRANSPORT_BROKEN,     /* none or not all of it, in a way that can pass */
    TRANSPORT_IMPOSSIBLE, /* the same, in a way that will not */
    TRANSPORT_STOPPED,    /* the receiver wanted no more */
    TRANSPORT_INTERRUPTED /* by the user */
};

/* The headers of an answer that are kept, cut to so many bytes. */
enum transport_header {
    HEADER_CONTENT_TYPE,
    HEADER_SHOULD_RETRY,
    HEADER_RETRY_AFTER_MS,
    HEADER_RETRY_AFTER,
    HEADER_DATE,
    HEADER_COUNT
};
#define TRANSPORT_HEADER_SIZE 128

/* What is done with an answer. */
struct transport_receiver {
    /* The next bytes of the body, decompressed; false: no more of it. */
    bool (*receive)(void *context, const char *bytes, size_t length);
    /* Now and then while something is waited for. */
    void (*tick)(void *context);
    void *context;
};

struct transport {
    CURLM *multi;
    CURL *easy;
    struct curl_slist *headers;
    int64_t limit;
    const struct transport_receiver *receiver;
    bool is_stopped;
    int64_t last_sign; /* when the last byte came */
    char header[HEADER_COUNT][TRANSPORT_HEADER_SIZE];
    bool has_header[HEADER_COUNT];
    char failure[CURL_ERROR_SIZE];
};

/*
 * Every request will carry the key. A server must prove who it is by the
 * authorities in the file `ca_file`, or if that is NULL by the system's.
 * Connecting may take
 * TRANSPORT_CONNECT_LIMIT, then no byte may come for `limit` milliseconds: how
 * long a whole answer takes is not limited, since records are shown as they
 * come. Answers false if libcurl cannot begin.
 */
bool transport_begin(struct transport *transport, const struct api_key *key, const char *ca_file,
                     int64_t limit);
void transport_end(struct transport *transport);

/*
 * Sends a GET request and hands the body of the answer to the receiver.
 * Redirects are not followed. After TRANSPORT_BROKEN and TRANSPORT_IMPOSSIBLE
 * `failure` says why; it may hold text from outside.
 */
enum transport_outcome transport_get(struct transport *transport, const char *url,
                                     const struct transport_receiver *receiver);

/* The next request goes over a new connection: nothing came over the old one,
   which HTTP/2 would use on, or the answer was longer than it said, and what
   else comes may be the rest of it and no answer to another request. */
void transport_close_connections(struct transport *transport);

/* Of the answer, also while its body comes: its status, 0 if none has come; the
   version it came by, such as "HTTP/2"; a header, NULL if it has none; where it
   redirects to, or NULL. */
long transport_status(const struct transport *transport);
const char *transport_version(const struct transport *transport);
const char *transport_header(const struct transport *transport, enum transport_header header);
const char *transport_redirect(const struct transport *transport);

#endif
