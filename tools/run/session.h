/*
 * One run of a command over its files: reads each through a parser and says
 * where and what every problem and error is. What is shown of the records is
 * the command's matter: it gives the handlers for them.
 */
#ifndef NUMRES_TOOLS_SESSION_H
#define NUMRES_TOOLS_SESSION_H

#include "numres.h"

#include "input.h"
#include "options.h"
#include "pager.h"
#include "print.h"
#include "terminal.h"

/* The exit codes; of several the highest counts. */
enum exit_code {
    EXIT_FINE = 0,
    EXIT_PROBLEMS = 1,
    EXIT_WRONG_USE = 2,
    EXIT_FAILED = 3, /* input or output failed, or the input is not legal */
    EXIT_API_ERRORS = 4,
    EXIT_INCOMPLETE = 5, /* the API contradicts itself: the list may not be whole */
    EXIT_LIMIT = 6       /* a limit was reached, with --exit-status */
};

struct counts {
    uint64_t documents; /* read to their end */
    uint64_t reservations;
    uint64_t phone_numbers;
    uint64_t problems;
    uint64_t errors; /* a document that is not legal, a file that cannot be read */
    uint64_t api_errors;
};

struct session {
    const struct settings *settings;
    struct print output;   /* standard output */
    struct print messages; /* standard error */
    struct print *reports; /* where problems, errors and API errors go */
    bool reports_are_json;
    bool asks_api;             /* the input comes from the API, and no file can be looked at */
    const char *request_id;    /* of the API's answer; NULL: it has none */
    uint64_t remarks;          /* on records so far, */
    uint64_t remarks_reported; /* of which no more than so many are; 0: all */
    struct counts counts;
    int exit_code;

    /* Of the command: what its handlers need, and what it does (or NULL) after
       an error has ended a document or its reading. */
    void *command;
    void (*after_error)(struct session *session);
    /* Set by a handler that stops because of an array's element, which has just
       closed: what it says (else empty), and the element's index. */
    char stop_sentence[160];
    uint64_t stop_index;

    struct pager pager;
    struct progress progress;

    struct input input;
    struct lines lines;
};

/* The output and messages must have begun. Reports go to standard error. */
void session_begin(struct session *session, const struct settings *settings);

/* The parser's options that the settings ask for. */
numres_options session_options(const struct settings *settings);

/* Whether standard input is read and is a terminal. */
bool session_reads_terminal(const struct session *session);

/* The bytes of all files, or 0 if that is not known before. */
uint64_t session_total(const struct session *session);

/* Reads all files of the settings. `handlers` has the handlers of the records;
   those for problems, API errors and documents are the session's. Handlers are
   given the session as their user. */
void session_read(struct session *session, const numres_handlers *handlers);

/* Writes what is held back, says it if that failed, waits for the pager, answers
   the exit code. */
int session_end(struct session *session);

void session_raise_exit_code(struct session *session, int exit_code);

/* What every handler of reservations does first. */
void session_count_reservation(struct session *session, const numres_parser *parser,
                               const numres_reservation *reservation);

/* The session's handlers of problems and API errors, whose user is the session,
   and what it does when an error has ended a document. */
numres_answer session_on_problem(numres_parser *parser, const numres_problem *problem, void *user);
numres_answer session_on_api_error(numres_parser *parser, const numres_api_error *api_error,
                                   void *user);
/* The same without a word about them. */
void session_count_problems(struct session *session, uint64_t count);
void session_count_api_error(struct session *session);
void session_fail_document(struct session *session, const numres_parser *parser);

/* What a handler answers: stop, if nothing more can be written. Who leaves the
   pager stops nothing: the exit code is that of all the input. */
numres_answer session_answer(const struct session *session);

#endif
