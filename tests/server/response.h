/* Responds to requests. main.c calls it for each one. */
#ifndef NUMRES_TESTS_RESPONSE_H
#define NUMRES_TESTS_RESPONSE_H

#include "traffic.h"

#include <microhttpd.h>

/* There is one for the whole server. */
typedef struct service {
    traffic *traffic;
    const char *key;
    unsigned int port;
} service;

/* One request, from its first line to its end. */
typedef struct request {
    bool begun;
    bool closes;         /* the connection, unannounced, once it has its response */
    text_buffer body;    /* of the request */
    text_buffer surplus; /* bytes of the body beyond its Content-Length */
    char uri[];          /* as sent */
} request;

enum MHD_Result response_send(const service *service, struct MHD_Connection *connection,
                              const char *method, request *request);

#endif
