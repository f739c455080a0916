/* What is said of problems, errors and API errors, and of their places. */
#ifndef NUMRES_TOOLS_REPORT_H
#define NUMRES_TOOLS_REPORT_H

#include "message.h"
#include "session.h"

/* FILE:LINE:COLUMN: path: sentence, and the value's text in quotes; or, if the
   session's reports are JSON, an object with all that. */
void report_problem(struct session *session, uint64_t position, const numres_problem *problem);

/* The same for the error that ended a document, with a hint, if there is one,
   in brackets. */
void report_error(struct session *session, uint64_t position, const numres_error *error);

/* The same for an error that the API answered; its place is its closing brace,
   the byte before `position`. */
void report_api_error(struct session *session, uint64_t position,
                      const numres_api_error *api_error);

/* A document of errors that holds none, at its end: with its first bytes, where they
   say more. */
void report_unnamed_errors(struct session *session, const numres_document *document);

/* A remark about the record whose closing brace is before `position`; always on
   standard error. */
void report_remark(struct session *session, uint64_t position, const char *remark);

/* Lines that were reported into memory before, on standard error. */
void report_lines(struct session *session, const char *lines, size_t length);

/* A message that may hold text from outside; always on standard error. */
void report_message(struct session *session, const struct message *message);

/* Something about a whole file, or about no file if `name` is NULL; always on
   standard error. */
void report_failure(struct session *session, const char *name, const char *what,
                    const char *reason);

#endif
