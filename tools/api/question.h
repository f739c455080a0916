/* Asks on the terminal before something is done to many reservations. extend.c calls
   it. */
#ifndef NUMRES_TOOLS_QUESTION_H
#define NUMRES_TOOLS_QUESTION_H

#include "exchange.h"

/* Says which reservations are to be extended, and asks whether to. Returns false for any
   answer but yes, and if there is no terminal, which is said and raises the exit code. */
bool question_extend(struct exchange *exchange, char *const *ids, size_t count);

#endif
