/* Reports of problems, errors and API errors with their places, and other messages.
   session.c and api/ use it. */
#ifndef NUMRES_TOOLS_REPORT_H
#define NUMRES_TOOLS_REPORT_H

#include "message.h"
#include "session.h"

/* Begins every message on standard error. */
#define REPORT_PREFIX "numres: "

/* A report about one place in a file, for session->print_finding. */
struct finding {
    uint64_t position; /* of the parser */
    uint64_t offset;   /* of the place */
    numres_text path;
    const char *code; /* its name, or FINDING_API_ERROR */
    bool is_error;    /* of the document or of the API; else it is a problem */
    const struct message *message;
    const numres_text *raw;   /* the value; NULL: there is none */
    const numres_text *quote; /* what people are shown after the message; NULL: nothing */
    /* For a value of the wrong type; the message contains them too. */
    const char *expected;
    const struct message *found;
};

/* The code of API errors, besides the names of numres_code_name(). */
#define FINDING_API_ERROR "api-error"

/* What people are shown of a value has at most this many columns. */
#define FINDING_QUOTE_WIDTH 64

/* Prints FILE:LINE:COLUMN: path: message, and the quote, on a line. */
void report_print_finding(struct session *session, const struct finding *finding);

/* The parts of that line: "FILE:LINE:COLUMN: ", or "FILE:+OFFSET: " if the line is
   forgotten, and ": ", the message and the quote. */
void report_print_place(struct session *session, struct print *reports, uint64_t position,
                        uint64_t offset);
void report_print_message(const struct finding *finding, struct print *reports);

/* Reports a problem. A session with notes keeps it there. */
void report_problem(struct session *session, uint64_t position, const numres_problem *problem);

/* The same for the error that ended a document, with a hint in brackets if there is
   one. */
void report_error(struct session *session, uint64_t position, const numres_error *error);

/* The same for an error that the API returned; its place is its closing brace,
   the byte before `position`. */
void report_api_error(struct session *session, uint64_t position,
                      const numres_api_error *api_error);

/* A document of errors without any error in it: with its first bytes, if they say
   more. */
void report_unnamed_errors(struct session *session, const numres_document *document);

/* A remark about the record whose closing brace is before `position`; always on
   standard error. */
void report_remark(struct session *session, uint64_t position, const char *remark);

/* Prints lines that were reported into memory, on standard error. */
void report_lines(struct session *session, const char *lines, size_t length);

/* Prints a message that may hold text from outside; always on standard error. */
void report_message(struct session *session, const struct message *message);

/* Prints a message about a whole file, or about none if `name` is NULL; always on
   standard error. */
void report_failure(struct session *session, const char *name, const char *what,
                    const char *reason);

#endif
