#include "lines.h"

#include <string.h>

static void remember(struct lines *lines, uint64_t start) {
    lines->starts[lines->count % LINES_REMEMBERED] = start;
    lines->count++;
}

void lines_begin(struct lines *lines) {
    lines->count = 0;
    lines->offset = 0;
    lines->rest = "";
    lines->rest_length = 0;
    remember(lines, 0);
}

void lines_offer(struct lines *lines, const char *chunk, size_t length) {
    lines->rest = chunk;
    lines->rest_length = length;
}

static void take_bytes(struct lines *lines, size_t length) {
    const char *at = lines->rest;
    const char *end = at + length;
    while (at < end) {
        const char *line_feed = memchr(at, '\n', (size_t)(end - at));
        if (line_feed == NULL)
            break;
        at = line_feed + 1;
        remember(lines, lines->offset + (uint64_t)(at - lines->rest));
    }
    lines->offset += length;
    lines->rest = end;
    lines->rest_length -= length;
}

void lines_take(struct lines *lines) {
    take_bytes(lines, lines->rest_length);
}

static void take_until(struct lines *lines, uint64_t offset) {
    if (offset > lines->offset) {
        uint64_t wanted = offset - lines->offset;
        take_bytes(lines, wanted < lines->rest_length ? (size_t)wanted : lines->rest_length);
    }
}

bool lines_locate(struct lines *lines, uint64_t position, uint64_t offset, uint64_t *line,
                  uint64_t *column) {
    take_until(lines, position > offset ? position : offset);
    uint64_t low = lines->count > LINES_REMEMBERED ? lines->count - LINES_REMEMBERED : 0;
    uint64_t high = lines->count;
    if (offset < lines->starts[low % LINES_REMEMBERED])
        return false;
    /* The last start at or before the offset lies in [low, high). */
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (lines->starts[middle % LINES_REMEMBERED] <= offset)
            low = middle;
        else
            high = middle;
    }
    *line = low + 1;
    *column = offset - lines->starts[low % LINES_REMEMBERED] + 1;
    return true;
}
