/* One answer of the API: its bytes are parsed as they come, and its records
   shown. */
#ifndef NUMRES_TOOLS_ANSWER_H
#define NUMRES_TOOLS_ANSWER_H

#include "listing.h"

/* Creates the parser. Answers false after it has said why not. */
bool answer_set_up(struct listing *listing);

/* A request for a page is about to be sent. */
void answer_begin(struct listing *listing);

/* The next bytes of the body, for transport_receiver; false: no more of it. */
bool answer_receive(void *context, const char *bytes, size_t length);

/* The whole body has come, which may be empty. Answers what the parser says of
   a page or a refusal, else NUMRES_OK. */
numres_code answer_finish(struct listing *listing);

#endif
