/*
 * The buffers of Arrow's columnar format, which are aligned to 64 bytes and padded to a
 * multiple of 64, as it recommends.
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

/* What the allocator was asked for. */
size_t numres_arrow_buffer_size(const numres_arrow_buffer *buffer);

/* Room for this many bytes in all. What it held stays; if `is_bitmap` the rest is 0. False,
   and as before: see budget->failure. */
bool numres_arrow_buffer_reserve(numres_budget *budget, numres_arrow_buffer *buffer, size_t needed,
                                 bool is_bitmap);

/* Sets what is after `used` bytes to 0, up to the next multiple of 64. */
void numres_arrow_buffer_pad(numres_arrow_buffer *buffer, size_t used);

#endif
