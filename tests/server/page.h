/* The bodies that the server makes: pages of the list, error envelopes. */
#ifndef NUMRES_TESTS_PAGE_H
#define NUMRES_TESTS_PAGE_H

#include "behaviour.h"
#include "data_set.h"
#include "store.h"

#include "../text_buffer.h"

/* The list as it stands: so many reservations, from this number on. */
typedef struct listing {
    int64_t first;
    int64_t count;
} listing;

typedef struct page_request {
    filters filters;
    uint64_t number;
    uint64_t size;
} page_request;

/* Adds a page as the behaviour wants it. */
void page_write(text_buffer *body, store *store, const listing *listing,
                const page_request *request, const behaviour *behaviour);

/* Adds the envelope of one reservation. */
void page_write_single(text_buffer *body, store *store, int64_t number);

/* Adds the errors envelope that goes with an HTTP status. */
void page_write_errors(text_buffer *body, unsigned int status);

#endif
