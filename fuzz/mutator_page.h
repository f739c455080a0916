/* Nearly regular pages: shaped like the API's, except in one place or two. */
#ifndef NUMRES_FUZZ_MUTATOR_PAGE_H
#define NUMRES_FUZZ_MUTATOR_PAGE_H

#include "mutator_draft.h"

/* Replaces the document by such a page. Does nothing if it does not fit. */
void draft_start_page(draft *draft);

#endif
