/* The contents of a collection as text, and the same from callbacks, for comparison. */
#ifndef NUMRES_TESTS_COLLECTING_H
#define NUMRES_TESTS_COLLECTING_H

#include <numres.h>

#include "trace.h"

/* A page with every kind of record and value, written with ' for ". */
extern const char collecting_everything[];

/* One line for each complete reservation, with a line for each of its numbers after it;
   one for each API error and problem; and the last meta and document. */
typedef struct collected {
    trace trace; /* counts only */
    text_buffer reservations;
    text_buffer open_numbers;
    text_buffer api_errors;
    text_buffer problems;
    text_buffer meta;
    text_buffer document;
    size_t reservation_count;
    uint64_t page; /* the one being read */
} collected;

/* Handlers that fill a `collected`, which is their `user`. */
numres_handlers collected_handlers(collected *collected);
void collected_end_page(collected *collected);
/* Adds what these handlers get from one more page. */
void collected_page(collected *collected, const char *bytes, size_t length,
                    const numres_options *options);
void collected_free(collected *collected);

/* The same from the collection's contents. */
collected collected_of(const numres_collection *collection);

/* Whether the records and problems of `part` are the first ones of `whole`. */
bool collected_begins(const collected *whole, const collected *part);

/* The name of the first buffer that differs, or NULL. */
const char *collected_difference(const collected *left, const collected *right);

#endif
