/* Answers requests. */
#ifndef NUMRES_TESTS_ANSWER_H
#define NUMRES_TESTS_ANSWER_H

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
    bool closes;         /* the connection, unannounced, once it is answered */
    text_buffer body;    /* of the request */
    text_buffer surplus; /* bytes of the body beyond its Content-Length */
    char uri[];          /* as sent */
} request;

enum MHD_Result answer(const service *service, struct MHD_Connection *connection,
                       const char *method, request *request);

#endif
