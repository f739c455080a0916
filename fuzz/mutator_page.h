/* Nearly regular pages: of the shape that the API answers with, but in one place or two. */
#ifndef NUMRES_FUZZ_MUTATOR_PAGE_H
#define NUMRES_FUZZ_MUTATOR_PAGE_H

#include "mutator_draft.h"

/* Another document, which is such a page; nothing where it does not fit. */
void draft_start_page(draft *draft);

#endif
