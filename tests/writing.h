/*
 * Keeps copies of whole reservations with their numbers and passes them to a writer.
 * Documents of the tests are written with ' for ".
 */
#ifndef NUMRES_TESTS_WRITING_H
#define NUMRES_TESTS_WRITING_H

#include <numres.h>

#include "text_buffer.h"

/* One reservation and its numbers. */
typedef struct kept_reservation {
    const numres_reservation *reservation;
    const numres_phone_number **numbers;
    size_t count;
} kept_reservation;

typedef struct kept_page {
    kept_reservation *reservations; /* the last one may be incomplete */
    size_t count;                   /* complete ones */
    size_t room;
    size_t problems;
    numres_code code; /* of the reading */
} kept_page;

/* Reads a stream in chunks of `chunk` bytes (0: whole). NULL options are the defaults.
   The caller frees the page. */
kept_page page_read(const char *bytes, size_t length, const numres_options *options, size_t chunk);
/* The same for a whole document written with '. */
kept_page page_of(const char *document);
void page_free(kept_page *page);

numres_writer_options options_for(numres_format format);

/* Creates a writer at the start of memory from malloc. */
numres_writer *writer_create(const numres_writer_options *options, numres_write_function write,
                             void *context);
void writer_free(numres_writer *writer);

/* A write function that adds to a text_buffer. */
size_t write_to_buffer(const void *bytes, size_t length, void *buffer);

/* Pass one reservation, or all and the end, to a writer. Return the last code that was
   not NUMRES_OK, or NUMRES_OK. */
numres_code give_reservation(numres_writer *writer, const kept_reservation *kept);
numres_code give_page(numres_writer *writer, const kept_page *page);

/* The whole page in a format; every call must return NUMRES_OK. The caller frees it. */
text_buffer page_written(const kept_page *page, const numres_writer_options *options);

/* Reads a document, writes it, and checks that the result is exactly `expected`. Both are
   written with ' for ". */
void expect_written(numres_format format, const char *document, const char *expected);
void expect_bytes(const text_buffer *written, const char *expected, size_t length);

#endif
