/*
 * Keeps a copy of everything that the handlers get, and its trace, so that a test can
 * check single fields and compare whole runs.
 *
 * Documents of the tests are written with ' for ".
 */
#ifndef NUMRES_TESTS_RECORDS_H
#define NUMRES_TESTS_RECORDS_H

#include <numres.h>

#include "trace.h"

enum { MOST_MEMBERS = 16, EVENT_BLOCKS = NUMRES_META_MEMBER_COUNT };

/* One callback. Only the fields of its kind are filled; texts are copies. */
typedef struct event {
    numres_event kind;
    uint64_t position;
    numres_reservation reservation; /* for a phone number, its owner */
    numres_phone_number phone_number;
    numres_meta meta;
    numres_api_error api_error;
    numres_document document;
    numres_problem problem;
    numres_text raw[MOST_MEMBERS]; /* what numres_..._raw returned */
    void *blocks[EVENT_BLOCKS];    /* memory of the texts */
} event;

/* Decides what a handler returns. The event is already kept. */
typedef numres_answer (*decision)(numres_parser *parser, const event *now, void *context);

/* Returns `answer` at callbacks of this kind, go on at others: the context of the
   decision `grant`. */
typedef struct wish {
    numres_event kind;
    numres_answer answer;
} wish;
numres_answer grant(numres_parser *parser, const event *now, void *wanted);

typedef struct records {
    trace trace; /* must be first: see trace.h */
    event *events;
    size_t count;
    size_t room;
    decision decide; /* NULL: go on */
    void *context;
    const char *log;  /* the trace's lines so far, never NULL */
    numres_code code; /* of the last call */
    numres_error error;
    uint64_t position; /* at the end */
    size_t pauses;
} records;

/* Filled by trace_handlers() if it is the parser's `user`. */
void records_open(records *kept, decision decide, void *context);
void records_close(records *kept);
/* Creates a parser that fills it. */
numres_parser *records_parser(records *kept, const numres_options *options);
/* Forgets what was kept, for use after a reset of the parser. */
void records_forget(records *kept);

/* Copies in memory from malloc. The caller frees them. */
numres_reservation *copy_of_reservation(const numres_reservation *reservation);
numres_phone_number *copy_of_phone_number(const numres_phone_number *phone_number);
numres_api_error *copy_of_api_error(const numres_api_error *api_error);

/* The text with " for each '. The caller frees it. */
char *json(const char *text);

/* Passes a document (written with ') to numres_parse with the handlers of the trace.
   `options` and `error` may be NULL. */
numres_code parse_document(const char *text, const numres_options *options, trace *trace,
                           numres_error *error);

/* A collection that has read a document (written with '). */
numres_collection *collection_of(const char *text);

/* Reads bytes in chunks of `chunk` (0: whole) with a new parser and finishes it; resumes
   at once after a pause. Fails the test if the parser returns what its header rules out. */
void records_read(records *kept, const char *bytes, size_t length, const numres_options *options,
                  size_t chunk);

/*
 * Reads a document (written with ') whole and in chunks of 1, 2, 3 and 7, and once more
 * with every handler pausing that may. All must give the same log. Returns the whole run,
 * for the caller to close. `decide` may be NULL, and must decide by the event alone.
 */
records read_document(const char *text, const numres_options *options, decision decide,
                      void *context);
/* The same for bytes that are not converted. */
records read_bytes(const char *bytes, size_t length, const numres_options *options, decision decide,
                   void *context);

/* The event of this kind with this index; fails the test if there is none. */
const event *event_of(const records *kept, numres_event kind, size_t index);
size_t count_of(const records *kept, numres_event kind);

/* Where `part` (written with ') begins in the document `text`. */
uint64_t offset_of(const char *text, const char *part);
/* Where it ends. */
uint64_t end_of(const char *text, const char *part);

bool text_is(numres_text text, const char *expected);

void expect_problem(const records *kept, size_t index, numres_code code, uint64_t offset,
                    const char *path, const char *raw);
void expect_problem_count(const records *kept, size_t count);
void expect_error(const records *kept, numres_code code, uint64_t offset, const char *path);
void expect_fine(const records *kept);

#endif
