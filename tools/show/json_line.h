/* A JSON object on a line of its own, as numres check and numres diff print it. findings_json.c
   and difference.c use it. */
#ifndef NUMRES_TOOLS_JSON_LINE_H
#define NUMRES_TOOLS_JSON_LINE_H

#include <stddef.h>
#include <stdint.h>

#include "../run/print.h"

/* yajl's generator does not check its allocations, so they are made here: of itself and
   of a buffer, 1.2 KiB together. The buffer never grows, since what is written leaves it
   at once. */
#define JSON_LINE_MEMORY 4096

struct json_line {
    struct print *print;
    struct yajl_gen_t *generator;
    size_t used;
    _Alignas(max_align_t) char memory[JSON_LINE_MEMORY];
};

void json_line_begin(struct json_line *line, struct print *print);
void json_line_end(struct json_line *line);

/* Members. Text must be UTF-8; NULL is null. */
void json_line_text(struct json_line *line, const char *name, const char *bytes, size_t length);
void json_line_number(struct json_line *line, const char *name, uint64_t number);
void json_line_null(struct json_line *line, const char *name);

#endif
