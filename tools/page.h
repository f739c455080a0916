/* One page of a list: its request, with retries. */
#ifndef NUMRES_TOOLS_PAGE_H
#define NUMRES_TOOLS_PAGE_H

#include "listing.h"

enum page_end {
    PAGE_READ,       /* to its end: the pager can be told */
    PAGE_STOPPED,    /* within it, for a reason of the pager's */
    PAGE_FAILED,     /* why has been said, and the exit code raised */
    PAGE_INTERRUPTED /* by the user */
};

/* Reads the page that the pager asks for. */
enum page_end page_read(struct listing *listing);

/* The URL of the list's page that the query names; the caller frees it. NULL:
   no memory. */
char *page_url(const struct listing *listing, const numres_query *query);

#endif
