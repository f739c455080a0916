#include "lines.h"

void lines_begin(struct lines *lines) {
    lines->known = numres_lines_default();
    lines->known.starts = lines->starts;
    lines->known.capacity = LINES_REMEMBERED;
    lines->rest = "";
    lines->rest_length = 0;
}

void lines_offer(struct lines *lines, const char *chunk, size_t length) {
    lines->rest = chunk;
    lines->rest_length = length;
}

static void take_bytes(struct lines *lines, size_t length) {
    numres_lines_feed(&lines->known, lines->rest, length);
    lines->rest += length;
    lines->rest_length -= length;
}

void lines_take(struct lines *lines) {
    take_bytes(lines, lines->rest_length);
}

static void take_until(struct lines *lines, uint64_t offset) {
    if (offset > lines->known.offset) {
        uint64_t wanted = offset - lines->known.offset;
        take_bytes(lines, wanted < lines->rest_length ? (size_t)wanted : lines->rest_length);
    }
}

bool lines_locate(struct lines *lines, uint64_t position, uint64_t offset, uint64_t *line,
                  uint64_t *column) {
    take_until(lines, position > offset ? position : offset);
    return numres_lines_locate(&lines->known, offset, line, column);
}
