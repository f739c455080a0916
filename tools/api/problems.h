/*
 * Problems of a page. Each is reported once, even if its record comes again: it is
 * held until it is known whether the record is a repeat. Of one kind at most
 * PROBLEMS_REPORTED are reported, then how many more. response.c and exchange.c
 * call this.
 */
#ifndef NUMRES_TOOLS_PROBLEMS_H
#define NUMRES_TOOLS_PROBLEMS_H

#include "../run/session.h"

#define PROBLEMS_REPORTED 100
#define PROBLEMS_KINDS 24

struct problems_held {
    uint64_t counts[PROBLEMS_KINDS];
    char *text; /* lines, */
    size_t length, size;
    uint64_t rows[PROBLEMS_KINDS * PROBLEMS_REPORTED]; /* each with its row: see report.h */
    size_t lines;
    bool failed; /* an allocation failed */
};

struct problems {
    struct session *session;
    const char *kinds[PROBLEMS_KINDS]; /* their names, in order of arrival */
    uint64_t told[PROBLEMS_KINDS];     /* of this page, including those not printed */
    struct problems_held record, page; /* of the current record; of the page itself */
    struct problems_held *target;
    uint64_t api_errors;
    struct print print; /* into the target */
};

void problems_begin(struct problems *problems, struct session *session);
void problems_end(struct problems *problems);

/* Holds a problem of the current response. */
void problems_hold(struct problems *problems, numres_parser *parser, const numres_problem *problem);

/* The record is shown: reports its problems. It is a repeat: drops them. It is neither:
   they are reported with those of the page. */
void problems_tell_record(struct problems *problems);
void problems_forget_record(struct problems *problems);
void problems_leave_record(struct problems *problems);

/* Whether one more API error may be reported. */
bool problems_may_report_api_error(struct problems *problems);

/* The request is sent again: drops what is held. */
void problems_forget(struct problems *problems);

/* The page, or its last response, has ended: reports what is held, and how many more
   there were of each kind. */
void problems_tell(struct problems *problems);

#endif
