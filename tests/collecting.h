/* The contents of a collection as text, and the same from callbacks, for comparison. */
#ifndef NUMRES_TESTS_COLLECTING_H
#define NUMRES_TESTS_COLLECTING_H

#include <numres.h>

#include "trace.h"

/* A page with every kind of record and value, written with ' for ". */
extern const char collecting_everything[];

/* One line for each complete reservation, with a line for each of its numbers after it;
   one for each API error and problem; and the last meta and document. */
typedef struct gathered {
    trace trace; /* counts only */
    text_buffer reservations;
    text_buffer open_numbers;
    text_buffer api_errors;
    text_buffer problems;
    text_buffer meta;
    text_buffer document;
    size_t reservation_count;
    uint64_t page; /* the one being read */
} gathered;

/* Handlers that fill a `gathered`, which is their `user`. */
numres_handlers gathered_handlers(gathered *gathered);
void gathered_end_page(gathered *gathered);
/* Adds what these handlers get from one more page. */
void gathered_page(gathered *gathered, const char *bytes, size_t length,
                   const numres_options *options);
void gathered_free(gathered *gathered);

/* The same from the collection's contents. */
gathered gathered_of(const numres_collection *collection);

/* Whether the records and problems of `part` are the first ones of `whole`. */
bool gathered_begins(const gathered *whole, const gathered *part);

/* The name of the first buffer that differs, or NULL. */
const char *gathered_difference(const gathered *left, const gathered *right);

#endif
