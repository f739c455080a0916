/* A body on its way: given out whole, cut, stalled or in drips. */
#ifndef NUMRES_TESTS_BODY_H
#define NUMRES_TESTS_BODY_H

#include "traffic.h"

#include <microhttpd.h>

/* A response whose body the text is, given out as the behaviour says. It takes
   the text over. NULL: no memory, and the text is freed. */
struct MHD_Response *body_response(traffic *traffic, struct MHD_Connection *connection,
                                   text_buffer *text, const behaviour *behaviour);

#endif
