/* What a collection holds, as text; and the same of the callbacks, to compare. */
#ifndef NUMRES_TESTS_COLLECTING_H
#define NUMRES_TESTS_COLLECTING_H

#include <numres.h>

#include "trace.h"

/* A page with every kind of record and value, written with '. */
extern const char collecting_everything[];

/* One line for each reservation that is complete, each number after it, each API error
   and problem, and the last meta and document. */
typedef struct gathered {
    trace trace; /* counts alone */
    text_buffer reservations;
    text_buffer open_numbers;
    text_buffer api_errors;
    text_buffer problems;
    text_buffer meta;
    text_buffer document;
    size_t reservation_count;
    uint64_t page; /* that is read */
} gathered;

/* Handlers that write into it, given to a parser as user. */
numres_handlers gathered_handlers(gathered *gathered);
void gathered_end_page(gathered *gathered);
/* Adds what these handlers are told of one more page. */
void gathered_page(gathered *gathered, const char *bytes, size_t length,
                   const numres_options *options);
void gathered_free(gathered *gathered);

/* The same of what the collection holds. */
gathered gathered_of(const numres_collection *collection);

/* Whether the records and problems of `part` are the first of `whole`. */
bool gathered_begins(const gathered *whole, const gathered *part);

/* The first buffer that differs, by its name, or NULL. */
const char *gathered_difference(const gathered *left, const gathered *right);

#endif
