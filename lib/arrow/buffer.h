/*
 * The buffers of Arrow's columnar format, aligned to 64 bytes and padded to a multiple of
 * 64, as the format recommends.
 */
#ifndef NUMRES_LIB_ARROW_BUFFER_H
#define NUMRES_LIB_ARROW_BUFFER_H

#include "../base/memory.h"

#define NUMRES_ARROW_ALIGNMENT ((size_t)64)

typedef struct numres_arrow_buffer {
    char *bytes;  /* aligned; NULL: it has no room */
    size_t room;  /* a multiple of 64 */
    void *memory; /* what the allocator gave */
} numres_arrow_buffer;

/* Returns how many bytes the allocator was asked for. */
size_t numres_arrow_buffer_size(const numres_arrow_buffer *buffer);

/* Makes room for this many bytes in all, and keeps what it holds; if `is_bitmap`, new bytes
   are 0. On failure returns false and changes nothing: see budget->failure. */
bool numres_arrow_buffer_reserve(numres_budget *budget, numres_arrow_buffer *buffer, size_t needed,
                                 bool is_bitmap);

/* Sets the bytes after the first `used` to 0, up to the next multiple of 64. */
void numres_arrow_buffer_pad(numres_arrow_buffer *buffer, size_t used);

#endif
