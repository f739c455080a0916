/* The standard output of numres list: which records are out whole, so that a later
   run knows what was shown. */
#ifndef NUMRES_TOOLS_LIST_OUTPUT_H
#define NUMRES_TOOLS_LIST_OUTPUT_H

#include "listing.h"

/* Begins the format, and before it the pager, with the first that is shown: until
   then the terminal is the progress's. False after it has said why not. */
bool list_output_begin(struct listing *listing);

/* What was shown or passed over last is of the listing's state from here on. */
void list_output_mark(struct listing *listing);

/* The state of all that is out whole. */
const struct list_state *list_output_state(const struct listing *listing);

/* Writes what is held back, and makes sure of a file that it is on the disk. False if
   that failed: then the file may hold less than list_output_state says. */
bool list_output_sync(struct listing *listing);

/* After a failed write: takes a part of a record back out of a regular file, or says
   that it is there. */
void list_output_mend(struct listing *listing);

#endif
