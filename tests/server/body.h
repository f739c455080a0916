/* Sends a body: whole, cut, stalled or in small pieces. */
#ifndef NUMRES_TESTS_BODY_H
#define NUMRES_TESTS_BODY_H

#include "traffic.h"

#include <microhttpd.h>

/* Creates a response with this body, sent as the behaviour says. Takes ownership of the
   text. Returns NULL if there is no memory, with the text freed. */
struct MHD_Response *body_response(traffic *traffic, struct MHD_Connection *connection,
                                   text_buffer *text, const behaviour *behaviour);

#endif
