/*
 * Reads a document into a trace: in one piece, in chunks, in two pieces, with pauses.
 * Every piece ends at a guard page, in memory that the next piece but one overwrites, so
 * the parser cannot rely on a chunk after it was fed.
 */
#ifndef NUMRES_TESTS_READING_H
#define NUMRES_TESTS_READING_H

#include <numres.h>

#include "support.h"
#include "trace.h"

/* How to read a document, from words such as those of a .options file. */
typedef struct reading_options {
    numres_options parser;
    bool leave_out;
    uint64_t stop_at;
} reading_options;

/* Sets the lane and the SIMD level from the environment variable NUMRES_TEST_LANE:
   general, fast (the default), fast-baseline or fast-avx2. Ends the program at any other
   word. */
void reading_options_take_lane(numres_options *options);

/*
 * Words, separated by white space:
 *   bare several strict require-members e164 report-unknown
 *                options of the parser
 *   max-depth=N max-value=N max-text=N max-size=N
 *   leave-out    on_problem returns NUMRES_LEAVE_OUT
 *   stop-at=N    the Nth callback returns NUMRES_STOP
 *   -            nothing
 * Returns false at any other word.
 */
bool reading_options_parse(reading_options *options, const char *words);

/* A parser with its trace, reused for one reading after another. */
typedef struct reader {
    numres_parser *parser;
    trace trace;
    reading_options options;
    const char *document;
    size_t length;
    guard guards[2];
    unsigned int turn;
    uint64_t fed; /* bytes taken */
} reader;

/* `document` is not copied. */
void reader_create(reader *reader, const reading_options *options, const char *document,
                   size_t length);
void reader_destroy(reader *reader);

/* Each resets the parser, reads the document and leaves the whole trace in reader->trace.
   With `pause`, every handler that may pause does. */
void reader_read_chunks(reader *reader, size_t chunk, bool pause);
void reader_read_two(reader *reader, size_t split, bool pause);
/* With numres_parse(). */
void reader_read_at_once(reader *reader);

#endif
