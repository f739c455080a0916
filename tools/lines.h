/* Line and column of a byte offset, from the line starts seen last. */
#ifndef NUMRES_TOOLS_LINES_H
#define NUMRES_TOOLS_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numres.h"

#define LINES_REMEMBERED 65536

struct lines {
    numres_lines known; /* of the bytes looked at so far */
    const char *rest;   /* of the chunk offered, not looked at yet */
    size_t rest_length;
    uint64_t starts[LINES_REMEMBERED];
};

/* Before the first chunk of a stream. */
void lines_begin(struct lines *lines);

/*
 * The chunk that the parser is about to read. It is looked at as far as the
 * parser has come when a place is asked for, and to its end in lines_take:
 * thus which lines are still remembered does not depend on how the stream was
 * cut into chunks.
 */
void lines_offer(struct lines *lines, const char *chunk, size_t length);

/* The parser has read the chunk; its memory will be used for the next. */
void lines_take(struct lines *lines);

/*
 * The line and the column, both from 1, the column in bytes, of `offset`,
 * asked for when the parser stands at `position`. Answers false if that line's
 * start is no longer remembered.
 */
bool lines_locate(struct lines *lines, uint64_t position, uint64_t offset, uint64_t *line,
                  uint64_t *column);

#endif
