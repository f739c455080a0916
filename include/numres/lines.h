/*
 * Lines: finds the line and column of an offset, such as that of an error or a problem. The
 * parser counts bytes only; to get lines, feed the same bytes to this too:
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
 * An offset may lie before the last chunk: that of a wrong container is where the container
 * began. Memory is bounded all the same: the starts of the last `capacity` lines are
 * remembered, and an offset before them is not found.
 */
#ifndef NUMRES_LINES_H
#define NUMRES_LINES_H

#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The state. Set `starts` and `capacity` before the first bytes; after that, only the calls
 * below change it. Set it to the default again before another stream. Only one thread may
 * use it at a time.
 *
 * ABI: the caller makes it, and it may grow at its end; see numres_options.
 */
typedef struct numres_lines {
    size_t size; /* sizeof(numres_lines); numres_lines_default sets it */

    uint64_t *starts; /* the caller's: the offsets where lines start; that of line N, from 1, is at
                         (N - 1) % capacity */
    size_t capacity;  /* how many offsets fit there, at least 1 */
    uint64_t count;   /* lines that have started; 0 before the first bytes */
    uint64_t offset;  /* bytes fed so far */
} numres_lines;

/* Returns the state at the start of a stream, without memory, with `size` set. Start from
   this. */
static inline numres_lines numres_lines_default(void) {
    numres_lines lines = {sizeof(numres_lines), NUMRES_NULL, 0, 0, 0};
    return lines;
}

/* The same for languages that cannot call inline functions; see numres_error_init. */
NUMRES_API void numres_lines_init(numres_lines *lines, size_t size);

/*
 * Records where lines start in the next `length` bytes of the stream, in chunks of any
 * size. A line ends in a line feed. `bytes` is not kept and may be NULL when `length` is 0.
 *
 * Returns NUMRES_OK; or, changing nothing, NUMRES_WRONG_USE (NULL, a size that is not set,
 * no memory for even one start) or NUMRES_WRONG_OPTION (a member is set that this version
 * does not know).
 */
NUMRES_API numres_code numres_lines_feed(numres_lines *lines, const void *bytes, size_t length);

/*
 * Sets *line and *column (either may be NULL) to those of the byte at `offset` from the
 * stream's start, and returns true. Both count from 1; the column is in bytes. The offset
 * just after the last byte fed is found too.
 *
 * Returns false, and sets nothing, if the line's start is no longer remembered, if `offset`
 * is larger, and where numres_lines_feed would fail.
 */
NUMRES_API bool numres_lines_locate(const numres_lines *lines, uint64_t offset, uint64_t *line,
                                    uint64_t *column);

#ifdef __cplusplus
}
#endif

#endif
