/*
 * Lines: line and column of an offset, such as that of an error or a problem. The parser
 * counts bytes only; to get lines, feed the same bytes to this too:
 *
 *     uint64_t starts[1024];
 *     numres_lines lines = numres_lines_default();
 *     lines.starts = starts;
 *     lines.capacity = 1024;
 *     while (...) {
 *         numres_lines_feed(&lines, bytes, length);
 *         if (numres_parser_feed(parser, bytes, length, NULL) != NUMRES_OK)
 *             break;
 *     }
 *     if (numres_lines_locate(&lines, numres_parser_error(parser)->offset, &line, &column))
 *         ...
 *
 * An offset may lie before the chunk that was fed last, as where a container that is
 * wrong began. Memory is bounded even so: the starts of the last `capacity` lines
 * are remembered, and an offset before them is not found.
 */
#ifndef NUMRES_LINES_H
#define NUMRES_LINES_H

#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The state. Set `starts` and `capacity` before the first bytes, after that let the
 * calls below change it; set it to the default again before another stream.
 *
 * ABI: the caller makes it, and it may grow at its end; see numres_options.
 */
typedef struct numres_lines {
    size_t size; /* sizeof(numres_lines); numres_lines_default sets it */

    uint64_t *starts; /* the caller's: where lines start; line N, from 1, is at
                         (N - 1) % capacity */
    size_t capacity;  /* how many fit there, at least 1 */
    uint64_t count;   /* lines that have started; 0 before the first bytes */
    uint64_t offset;  /* bytes fed so far */
} numres_lines;

/* At the start of a stream, without memory, with the size set: start from this. */
static inline numres_lines numres_lines_default(void) {
    numres_lines lines = {sizeof(numres_lines), NULL, 0, 0, 0};
    return lines;
}

/* The same for other languages, as numres_error_init. */
NUMRES_API void numres_lines_init(numres_lines *lines, size_t size);

/*
 * Notes where lines start in the next `length` bytes of the stream, wherever they are
 * cut. A line ends in a line feed. `bytes` is not kept and may be NULL when `length` is
 * 0.
 *
 * Returns NUMRES_OK, or, which changes nothing, NUMRES_WRONG_USE (NULL, a size that is
 * not set, no memory for one start) or NUMRES_WRONG_OPTION (a member that this version
 * does not know).
 */
NUMRES_API numres_code numres_lines_feed(numres_lines *lines, const void *bytes, size_t length);

/*
 * Sets *line and *column (either may be NULL) to where the byte at `offset` from the
 * stream's start stands. Both count from 1, the column in bytes.
 *
 * Returns false, and sets nothing, if the line's start is no longer remembered, if
 * `offset` is beyond the bytes fed (the byte just after them is found), and for what
 * numres_lines_feed refuses.
 */
NUMRES_API bool numres_lines_locate(const numres_lines *lines, uint64_t offset, uint64_t *line,
                                    uint64_t *column);

#ifdef __cplusplus
}
#endif

#endif
