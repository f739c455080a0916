/* What numres list says at its end: why, how far it came, how to go on. */
#ifndef NUMRES_TOOLS_LIST_END_H
#define NUMRES_TOOLS_LIST_END_H

#include "page.h"

/* Whether what is shown is not the whole list, so far as is known; `end` is that of the
   last page. */
bool list_end_is_partial(const struct listing *listing, enum page_end end);

/* Says it, and sets the exit code. */
void list_end_report(struct listing *listing, enum page_end end);

#endif
