/* How numres check prints what it found; and JSON lines, which numres diff prints too. */
#ifndef NUMRES_TOOLS_FINDINGS_H
#define NUMRES_TOOLS_FINDINGS_H

#include <stddef.h>
#include <stdint.h>

#include "../run/report.h"

/* ---- findings_json.c: a JSON object on a line of its own ---- */

/* yajl's generator does not check its allocations, so it gets memory from here: for itself and
   for a buffer, 1.2 KiB together. The buffer never grows, since each write empties it. */
#define JSON_LINE_MEMORY 4096

struct json_line {
    struct print *print;
    struct yajl_gen_t *generator;
    size_t used;
    _Alignas(max_align_t) char memory[JSON_LINE_MEMORY];
};

void json_line_begin(struct json_line *line, struct print *print);
void json_line_end(struct json_line *line);

/* Each adds a member. Text must be UTF-8; NULL becomes null. */
void json_line_text(struct json_line *line, const char *name, const char *bytes, size_t length);
void json_line_integer(struct json_line *line, const char *name, uint64_t value);

/* ---- findings_text.c, findings_json.c: the formats of numres check ---- */

/* The format "text" for people at a terminal: with the line of the file and a mark below the
   place. */
void findings_print_excerpt(struct session *session, const struct finding *finding);

/* Sets the line, from 1, and the column in UTF-16 code units, 0 if that is no longer known.
   Returns false if the line is not known either. */
bool findings_place(struct session *session, const struct finding *finding, uint64_t *line,
                    uint64_t *column);

/* A workflow command of GitHub Actions, which annotates the line. */
void findings_print_github(struct session *session, const struct finding *finding);

/* A JSON object on a line of its own. */
void findings_print_json(struct session *session, const struct finding *finding);

/* SARIF 2.1.0 (OASIS): one document for all input; findings_print_sarif adds a result.
   session->command must point to this. */
struct findings_sarif {
    struct json_line json;
    uint64_t errors; /* so far */
    /* One message for each file that could not be read, to be printed at the end. */
    struct message *failures;
    size_t failure_count;
};

void findings_begin_sarif(struct session *session);
void findings_print_sarif(struct session *session, const struct finding *finding);
void findings_end_sarif(struct session *session);

#endif
