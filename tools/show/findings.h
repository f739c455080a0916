/* The formats of numres check: how each prints what was found. check.c chooses one. */
#ifndef NUMRES_TOOLS_FINDINGS_H
#define NUMRES_TOOLS_FINDINGS_H

#include "../run/report.h"
#include "json_line.h"

/* Which of them for "text": with the line and a mark below the place, for people at a
   terminal. */
void findings_print_excerpt(struct session *session, const struct finding *finding);

/* The line, from 1, and the column in UTF-16 code units, 0 if that is not known any more.
   Returns false if not even the line is. */
bool findings_place(struct session *session, const struct finding *finding, uint64_t *line,
                    uint64_t *column);

/* A workflow command of GitHub Actions, which annotates the line. */
void findings_print_github(struct session *session, const struct finding *finding);

/* A JSON object on a line of its own. */
void findings_print_json(struct session *session, const struct finding *finding);

/* SARIF 2.1.0 (OASIS): one document over all input, and in findings_print_sarif a result.
   session->command must point to it. */
struct findings_sarif {
    struct json_line json;
    uint64_t errors; /* so far */
};

void findings_begin_sarif(struct session *session);
void findings_print_sarif(struct session *session, const struct finding *finding);
void findings_end_sarif(struct session *session);

#endif
