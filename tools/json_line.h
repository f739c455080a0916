/* JSON objects, one a line: what numres check --format json writes. */
#ifndef NUMRES_TOOLS_JSON_LINE_H
#define NUMRES_TOOLS_JSON_LINE_H

#include <stddef.h>
#include <stdint.h>
#include <yajl/yajl_gen.h>

#include "../lib/base/arena.h"
#include "print.h"

/* yajl_gen does not bear a failed allocation: its memory is here. */
#define JSON_LINE_ARENA_SIZE 4096

struct json_line {
    struct print *print;
    yajl_gen generator;
    numres_arena arena;
    _Alignas(max_align_t) char arena_bytes[JSON_LINE_ARENA_SIZE];
};

void json_line_begin(struct json_line *line, struct print *print);
void json_line_end(struct json_line *line);

/* Members. Text must be UTF-8; NULL is null. */
void json_line_text(struct json_line *line, const char *name, const char *bytes, size_t length);
void json_line_number(struct json_line *line, const char *name, uint64_t number);
void json_line_null(struct json_line *line, const char *name);

#endif
