/* What less(1) makes of its options. */
#ifndef NUMRES_TOOLS_LESS_H
#define NUMRES_TOOLS_LESS_H

#include <stdbool.h>

/* What LESS is set to where it is not set. */
#define LESS_USUAL_OPTIONS "FRX"

/* Whether colours come through a pager's command line: one that does not run less,
   or runs it with its option R or r, by its own options or by those in LESS. */
bool less_passes_colour(const char *command);

#endif
