/* The head of an answer. */
#ifndef NUMRES_TOOLS_TRANSPORT_HEADERS_H
#define NUMRES_TOOLS_TRANSPORT_HEADERS_H

#include "transport.h"

/* For CURLOPT_HEADERFUNCTION: each line of the answer's head, the status line
   first, also of the answers 1xx that may come before. The context is the transport. */
size_t transport_headers_take(char *line, size_t size, size_t count, void *context);

void transport_headers_forget(struct transport *transport);

#endif
