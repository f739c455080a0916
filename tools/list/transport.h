/* Requests to the API through libcurl, one after the other over one connection
   where that is possible. */
#ifndef NUMRES_TOOLS_TRANSPORT_H
#define NUMRES_TOOLS_TRANSPORT_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access.h"

/* In milliseconds. */
#define TRANSPORT_CONNECT_LIMIT 5000
#define TRANSPORT_DEFAULT_LIMIT 60000
#define TRANSPORT_NO_DEADLINE INT64_MAX

enum transport_outcome {
    TRANSPORT_ANSWERED,   /* a whole answer came, whatever its status */
    TRANSPORT_BROKEN,     /* none or not all of it, in a way that can pass */
    TRANSPORT_IMPOSSIBLE, /* the same, in a way that will not */
    TRANSPORT_STOPPED,    /* the receiver wanted no more */
    TRANSPORT_OVER,       /* the deadline has come */
    TRANSPORT_INTERRUPTED /* by the user, or as nobody reads what is shown */
};

/* The headers of an answer that are kept, cut to so many bytes. */
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

/* What is done with an answer. */
struct transport_receiver {
    /* The next bytes of the body, decompressed; false: no more of it. */
    bool (*receive)(void *context, const char *bytes, size_t length);
    /* A line of its head, without its line end. */
    void (*header)(void *context, const char *line, size_t length);
    /* Now and then while something is waited for, and at once when `watched` tells of
       an error; false: for no longer. */
    bool (*tick)(void *context);
    int watched;
    void *context;
};

/* How a transport works, in milliseconds. */
struct transport_settings {
    struct authorities authorities;
    int64_t limit;         /* for so long no byte may come */
    int64_t connect_limit; /* so long may connecting take */
    int64_t deadline;      /* of all requests, by wait_clock */
};

struct transport {
    CURLM *multi;
    CURL *easy;
    struct curl_slist *headers;
    struct transport_settings settings;
    const struct transport_receiver *receiver;
    bool is_stopped;
    int64_t last_sign; /* when the last byte came */
    char header[HEADER_COUNT][TRANSPORT_HEADER_SIZE];
    bool has_header[HEADER_COUNT];
    char redirect[TRANSPORT_HEADER_SIZE];
    char failure[CURL_ERROR_SIZE + 512];
};

/*
 * Every request will carry the key. How long a whole answer takes is not limited but
 * by the deadline, since records are shown as they come. Answers false if libcurl
 * cannot begin.
 */
bool transport_begin(struct transport *transport, const struct api_key *key,
                     const struct transport_settings *settings);
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
const char *transport_redirect(struct transport *transport);

/* What is said where libcurl failed. */

/* Puts a sentence into the transport's failure, which holds libcurl's own words or is
   empty. Answers whether another try would end in the same way. */
bool failure_explain(struct transport *transport, CURLcode code);

/* For so long no byte came, or none that says anything. */
void failure_of_silence(struct transport *transport);

#endif
