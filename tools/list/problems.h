/*
 * What is said of the problems of a page of a list: each once, however often its
 * record comes, so that it is held until it is known whether the record is a
 * repeat; and of one kind no more than PROBLEMS_REPORTED, then how many more.
 */
#ifndef NUMRES_TOOLS_PROBLEMS_H
#define NUMRES_TOOLS_PROBLEMS_H

#include "../run/session.h"

#define PROBLEMS_REPORTED 100
#define PROBLEMS_KINDS 24

struct problems_held {
    uint64_t counts[PROBLEMS_KINDS];
    char *text;
    size_t length, size;
    bool failed; /* there is not enough memory for it */
};

struct problems {
    struct session *session;
    const char *kinds[PROBLEMS_KINDS]; /* their names, as they came */
    uint64_t told[PROBLEMS_KINDS];     /* of this page, also those not reported */
    struct problems_held record, page; /* of the record that is read; of the page itself */
    struct problems_held *target;
    uint64_t api_errors;
    struct print print; /* into the target */
};

void problems_begin(struct problems *problems, struct session *session);
void problems_end(struct problems *problems);

/* One of the answer that is read. */
void problems_hold(struct problems *problems, numres_parser *parser, const numres_problem *problem);

/* The record is a new one, and they are told; or it is a repeat. */
void problems_tell_record(struct problems *problems);
void problems_forget_record(struct problems *problems);

/* Whether an error that the API answers with may still be reported. */
bool problems_may_report_api_error(struct problems *problems);

/* The answer is asked for again: nothing of what is held is told. */
void problems_forget(struct problems *problems);

/* The page, or its last answer, has ended: tells what is held, and how many more there
   were of each kind. */
void problems_tell(struct problems *problems);

#endif
