/* Line and column of an offset: the public calls of numres/lines.h, to which the caller feeds
   the same bytes as to the parser. */
#include "numres/lines.h"

#include <string.h>

#include "sized.h"

static const numres_sized_member lines_members[] = {
    NUMRES_SIZED_MEMBER(numres_lines, size),     NUMRES_SIZED_MEMBER(numres_lines, starts),
    NUMRES_SIZED_MEMBER(numres_lines, capacity), NUMRES_SIZED_MEMBER(numres_lines, count),
    NUMRES_SIZED_MEMBER(numres_lines, offset),
};

static const numres_sized lines_form = NUMRES_SIZED(numres_lines, lines_members);

void numres_lines_init(numres_lines *lines, size_t size) {
    numres_lines defaults = numres_lines_default();
    numres_sized_init(&lines_form, &defaults, lines, size);
}

static numres_code take_lines(numres_lines *lines, const numres_lines *given) {
    *lines = numres_lines_default();
    numres_code code = numres_sized_take(&lines_form, lines, given);
    if (code == NUMRES_OK && (given == NULL || lines->starts == NULL || lines->capacity == 0))
        code = NUMRES_WRONG_USE;
    return code;
}

static void remember(numres_lines *lines, uint64_t start) {
    lines->starts[lines->count % lines->capacity] = start;
    lines->count++;
}

numres_code numres_lines_feed(numres_lines *given, const void *bytes, size_t length) {
    numres_lines lines;
    numres_code code = take_lines(&lines, given);
    if (code == NUMRES_OK && bytes == NULL && length > 0)
        code = NUMRES_WRONG_USE;
    if (code != NUMRES_OK)
        return code;
    if (lines.count == 0)
        remember(&lines, 0);
    const char *rest = bytes;
    size_t left = length;
    const char *line_feed;
    while (left > 0 && (line_feed = memchr(rest, '\n', left)) != NULL) {
        size_t line_length = (size_t)(line_feed + 1 - rest);
        rest += line_length;
        left -= line_length;
        lines.offset += line_length;
        remember(&lines, lines.offset);
    }
    lines.offset += left;
    numres_sized_give(&lines_form, given, &lines);
    return NUMRES_OK;
}

/* Returns the number, from 0, of the last line that starts at or before the offset. The
   line `first`, the first one remembered, must start there or before. */
static uint64_t line_at(const numres_lines *lines, uint64_t first, uint64_t offset) {
    uint64_t low = first;
    uint64_t high = lines->count;
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (lines->starts[middle % lines->capacity] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

bool numres_lines_locate(const numres_lines *given, uint64_t offset, uint64_t *line,
                         uint64_t *column) {
    numres_lines lines;
    if (take_lines(&lines, given) != NUMRES_OK || offset > lines.offset)
        return false;
    uint64_t first = lines.count > lines.capacity ? lines.count - lines.capacity : 0;
    uint64_t start = 0; /* line 1 starts at 0 even before any bytes were fed */
    uint64_t found = 0;
    if (lines.count > 0) {
        if (offset < lines.starts[first % lines.capacity])
            return false;
        found = line_at(&lines, first, offset);
        start = lines.starts[found % lines.capacity];
    }
    if (line != NULL)
        *line = found + 1;
    if (column != NULL)
        *column = offset - start + 1;
    return true;
}
