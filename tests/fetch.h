/* A client for the tests of the API server. */
#ifndef NUMRES_TESTS_FETCH_H
#define NUMRES_TESTS_FETCH_H

#include "api_server.h"
#include "text_buffer.h"

#include <curl/curl.h>

/* A response. Freed with fetched_free. */
typedef struct fetched {
    CURLcode result;
    long status;
    text_buffer head; /* header lines of all responses, redirects included */
    text_buffer body;
} fetched;

/* A connection kept from one request to the next. */
typedef struct client {
    CURL *handle;
    struct curl_slist *headers;
} client;

/* `authorization` is the whole header line, or NULL. */
client client_open(const char *authorization);
void client_close(client *client);

/* GET of the server's base URL plus `path`, which may have a query. Follows at most 5
   redirects. Settings of the handle stay as they are. */
fetched client_get(const client *client, const api_server *server, const char *path);
/* POST of this body, which may be empty. `header` is one more header line, or NULL. */
fetched client_post(const client *client, const api_server *server, const char *path,
                    const char *body, const char *header);

void fetched_free(fetched *response);

/* GET on a new connection, with the valid key. */
fetched fetch(const api_server *server, const char *path);

#endif
