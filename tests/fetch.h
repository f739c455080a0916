/* A client for the tests of the API server. */
#ifndef NUMRES_TESTS_FETCH_H
#define NUMRES_TESTS_FETCH_H

#include "api_server.h"
#include "text_buffer.h"

#include <curl/curl.h>

/* What came back. Freed with fetched_free. */
typedef struct fetched {
    CURLcode result;
    long status;
    text_buffer head; /* the header lines of all answers, redirects' too */
    text_buffer body;
} fetched;

/* A connection that is kept from one request to the next. */
typedef struct client {
    CURL *handle;
    struct curl_slist *headers;
} client;

/* `authorization` is the whole header line, or NULL. */
client client_open(const char *authorization);
void client_close(client *client);

/* GET of base URL and path with query; redirects are followed at most 5 times.
   Settings of the handle stay as they are. */
fetched client_get(const client *client, const api_server *server, const char *path);
/* POST of this body, which may be empty, with a header line more, or NULL. */
fetched client_post(const client *client, const api_server *server, const char *path,
                    const char *body, const char *header);

void fetched_free(fetched *answer);

/* The same with a client of its own and the right key. */
fetched fetch(const api_server *server, const char *path);

#endif
