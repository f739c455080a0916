/* The library's sentences in the tool's words. */
#ifndef NUMRES_TOOLS_SENTENCE_H
#define NUMRES_TOOLS_SENTENCE_H

#include "numres.h"

/* What the tool says in place of a sentence that names an option of the
   library; other sentences as they are. */
const char *sentence_of_tool(numres_code code, const char *sentence);

#endif
