/* The bodies that the server writes: pages of the list, error envelopes. */
#ifndef NUMRES_TESTS_PAGE_H
#define NUMRES_TESTS_PAGE_H

#include "behaviour.h"
#include "data_set.h"
#include "store.h"

#include "../text_buffer.h"

/* The current list: this many reservations, from this number on. */
typedef struct listing {
    int64_t first;
    int64_t count;
} listing;

typedef struct page_request {
    filters filters;
    uint64_t number;
    uint64_t size;
} page_request;

/* Adds a page, changed as the behaviour says. */
void page_write(text_buffer *body, store *store, const listing *listing,
                const page_request *request, const behaviour *behaviour);

/* Adds the envelope of one reservation. */
void page_write_single(text_buffer *body, store *store, int64_t number);

/* Adds the errors envelope for an HTTP status. */
void page_write_errors(text_buffer *body, unsigned int status);

#endif
