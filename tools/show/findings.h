/* The formats of numres check: how each prints what was found. check.c chooses one. */
#ifndef NUMRES_TOOLS_FINDINGS_H
#define NUMRES_TOOLS_FINDINGS_H

#include "../run/report.h"

/* Which of them for "text": with the line and a mark below the place, for people at a
   terminal. */
void findings_print_excerpt(struct session *session, const struct finding *finding);

/* A workflow command of GitHub Actions, which annotates the line. */
void findings_print_github(struct session *session, const struct finding *finding);

/* A JSON object on a line of its own. */
void findings_print_json(struct session *session, const struct finding *finding);

/*
 * SARIF 2.1.0 (OASIS): one document over all input, in findings_print_sarif a result.
 * Its memory is the generator's; session->command must point to it.
 */
#define FINDINGS_MEMORY 4096

struct findings_sarif {
    struct yajl_gen_t *generator;
    uint64_t errors; /* so far */
    size_t used;     /* of the memory */
    _Alignas(max_align_t) char memory[FINDINGS_MEMORY];
};

void findings_begin_sarif(struct session *session);
void findings_print_sarif(struct session *session, const struct finding *finding);
void findings_end_sarif(struct session *session);

#endif
