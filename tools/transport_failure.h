/* What is said where libcurl failed. */
#ifndef NUMRES_TOOLS_TRANSPORT_FAILURE_H
#define NUMRES_TOOLS_TRANSPORT_FAILURE_H

#include "transport.h"

/* Puts a sentence into the transport's failure, which holds libcurl's own words or is
   empty. Answers whether another try would end in the same way. */
bool transport_failure_explain(struct transport *transport, CURLcode code);

/* For so long no byte came, or none that says anything. */
void transport_failure_of_silence(struct transport *transport);

#endif
