/* The pages of a list, one after the other, from where an earlier run ended. */
#ifndef NUMRES_TOOLS_LIST_PAGES_H
#define NUMRES_TOOLS_LIST_PAGES_H

#include "page.h"

/* Takes up the state of --resume, if there is one. Answers false after it has said
   what is wrong. */
bool list_pages_set_up(struct listing *listing);
void list_pages_give_up(struct listing *listing);

/* Reads and shows them all, and writes down how far it has come. Answers how the last
   page ended. */
enum page_end list_pages_read(struct listing *listing);

/* Writes down where the listing has come, if a file is named. */
bool list_pages_save(struct listing *listing);

#endif
