/* One run of a command over its files: feeds each to a parser, reports every problem
   and error, and finds the exit status. The command passes the handlers that show the
   records. show.c and check.c run it; api/ uses its parts. */
#ifndef NUMRES_TOOLS_SESSION_H
#define NUMRES_TOOLS_SESSION_H

#include "numres.h"

#include "input.h"
#include "options.h"
#include "print.h"
#include "terminal.h"

/* The exit codes; the highest one counts. */
enum exit_code {
    EXIT_FINE = 0,
    EXIT_PROBLEMS = 1,
    EXIT_DIFFERENT = 1, /* of diff alone, which does not count problems */
    EXIT_WRONG_USE = 2,
    EXIT_FAILED = 3, /* input or output failed, or the input is not valid */
    EXIT_API_ERRORS = 4,
    EXIT_INCOMPLETE = 5, /* the API contradicts itself: the list may be incomplete */
    EXIT_LIMIT = 6,      /* a limit was reached, with --exit-status */
    EXIT_NOTHING = 7     /* nothing was shown, with --exit-status; in place of EXIT_FINE alone */
};

struct counts {
    uint64_t documents; /* read to their end */
    uint64_t reservations;
    uint64_t phone_numbers;
    uint64_t problems;
    uint64_t errors; /* documents that are not valid, files that cannot be read */
    uint64_t api_errors;
};

struct notes;
struct finding;

struct session {
    char **command_line; /* of the process, ended by NULL, as it came */
    const struct settings *settings;
    struct print output;   /* standard output */
    struct print messages; /* standard error */
    struct print *reports; /* where problems, errors and API errors go */
    void (*print_finding)(struct session *session, const struct finding *finding); /* there */
    struct notes *notes;    /* where problems are kept until a table ends; NULL: nowhere */
    bool finds_root;        /* a file may hold bare reservations instead: its first member tells */
    bool asks_api;          /* the input comes from the API, so no hint about files helps */
    const char *request_id; /* of the response; NULL: none */
    uint64_t remarks;       /* on records so far, */
    uint64_t remarks_reported; /* at most this many are printed; 0: all */
    struct counts counts;
    int exit_code;
    bool is_done; /* as much is shown as was asked for: nothing more is read */

    /* Set by the command: the data of its handlers, and what to do (or NULL) after an
       error has ended a document or the reading of a file. */
    void *command;
    void (*after_error)(struct session *session);
    /* Set by a handler that stops after an element of an array: the message (else
       empty), and the element's index. */
    char stop_sentence[160];
    uint64_t stop_index;

    struct pager pager;
    struct progress progress;

    struct input input;
    struct lines lines;
};

/* The output and messages must have begun. Reports go to standard error. */
void session_begin(struct session *session, const struct settings *settings);

/* The parser's options for the settings. */
numres_options session_options(const struct settings *settings);

/* Whether standard input is read and is a terminal. */
bool session_reads_terminal(const struct session *session);

/* The size of all files, or 0 if it is not known in advance. */
uint64_t session_total(const struct session *session);

/* Reads all files of the settings. `handlers` has the handlers of the records; those
   for problems, API errors and documents are the session's. The session is the user
   pointer of all. */
void session_read(struct session *session, const numres_handlers *handlers);

/* Flushes the output, reports a failure to write, waits for the pager. Returns the
   exit code. */
int session_end(struct session *session);

void session_raise_exit_code(struct session *session, int exit_code);

/* What every handler of reservations does first. */
void session_count_reservation(struct session *session, const numres_parser *parser,
                               const numres_reservation *reservation);

/* The session's handlers of problems and API errors, whose user pointer is the
   session, and what it does when an error has ended a document. */
numres_answer session_on_problem(numres_parser *parser, const numres_problem *problem, void *user);
numres_answer session_on_api_error(numres_parser *parser, const numres_api_error *api_error,
                                   void *user);
/* The same without a message. */
void session_count_problems(struct session *session, uint64_t count);
void session_count_api_error(struct session *session);
void session_fail_document(struct session *session, const numres_parser *parser);

/* For a handler that has no room for the record of this index: sets the stop sentence,
   "with this RECORD ... more than LIMIT bytes; allow more with OPTION", and returns stop.
   A limit of 0: there is no memory at all. */
numres_answer session_stop_for_memory(struct session *session, uint64_t index, const char *record,
                                      size_t limit, const char *option);

/* What a handler returns: stop if nothing more can be, or need be, written. Quitting the pager
   does not stop anything: the exit code covers all of the input. */
numres_answer session_answer(const struct session *session);

#endif
