/* What numres list says of requests and answers. */
#ifndef NUMRES_TOOLS_LIST_REPORT_H
#define NUMRES_TOOLS_LIST_REPORT_H

#include "listing.h"

/* With --verbose: a request that is about to be sent, and how it ended. */
void list_report_request(struct listing *listing, const char *url);
void list_report_outcome(struct listing *listing, enum transport_outcome outcome);

/* A line of its head: with --verbose those that matter, with --include all. */
void list_report_header(struct listing *listing, const char *line, size_t length);

/* A wait, and for what it is made: "to try again (the connection failed)". */
void list_report_wait(struct listing *listing, int64_t milliseconds, const char *what);

/* An answer that is no page, as its body begins: its status and what to do. */
void list_report_refusal(struct listing *listing);

/* A body that is not JSON: its type and first bytes. */
void list_report_no_json(struct listing *listing);

/* The body of a refusal that names no errors. */
void list_report_no_errors(struct listing *listing, bool is_no_json);

/* Why this page could not be read; `what` may hold text from outside. If
   several tries were made it is said how many. */
void list_report_failure(struct listing *listing, const char *what, const char *detail);

/* "HTTP 429 Too Many Requests" into `text`. */
void list_report_status(long status, char *text, size_t size);

#endif
