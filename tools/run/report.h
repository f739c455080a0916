/* Reports of problems, errors and API errors with their places, and other messages.
   session.c and api/ use it. */
#ifndef NUMRES_TOOLS_REPORT_H
#define NUMRES_TOOLS_REPORT_H

#include "message.h"
#include "session.h"

/* Begins every message on standard error. */
#define REPORT_PREFIX "numres: "

/* Prints FILE:LINE:COLUMN: path: sentence, and the value's text in quotes; or a JSON
   object with all that, if the session's reports are JSON. A session
   with notes keeps it there. */
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
