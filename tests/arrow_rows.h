/*
 * Rows as text, one cell a line: those of an Arrow stream, and those that the records of
 * a collection should give, built from the tables of numres/members.h.
 */
#ifndef NUMRES_TESTS_ARROW_ROWS_H
#define NUMRES_TESTS_ARROW_ROWS_H

#include <numres.h>

#include "text_buffer.h"

/* Bytes in memory for a stream to read, at most `chunk` at a time. */
typedef struct arrow_bytes {
    const char *bytes;
    size_t length;
    size_t at;
    size_t chunk;
    size_t fails_at; /* reading fails from there; SIZE_MAX: never */
    int released;    /* number of calls */
} arrow_bytes;

arrow_bytes arrow_bytes_of(const char *bytes, size_t length, size_t chunk);
numres_arrow_source arrow_source_of(arrow_bytes *bytes);

/* Adds the rows of a batch. */
void arrow_add_rows(text_buffer *rows, const struct ArrowSchema *schema,
                    const struct ArrowArray *array);

/* The result of reading a stream. */
typedef struct arrow_result {
    text_buffer rows;
    size_t row_count;
    size_t batch_count;
    int64_t batch_rows[16]; /* of the first 16 batches */
    const char *broken;     /* the broken rule of Arrow; NULL: none */
    int status;             /* of the last call */
    numres_error error;
    char message[4096]; /* get_last_error's */
} arrow_result;

/* Reads a stream to its end, checking every batch, and releases it. */
arrow_result arrow_read(struct ArrowArrayStream *stream);
void arrow_result_free(arrow_result *result);

/* Adds the rows of everything that the parser delivers of the document. */
void arrow_expected_rows(text_buffer *rows, const char *bytes, size_t length,
                         const numres_options *options, bool timestamp_texts);

/* Whether the rows are the expected ones. */
bool arrow_rows_equal(const text_buffer *expected, const text_buffer *rows);

#endif
