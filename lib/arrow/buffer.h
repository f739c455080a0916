/*
 * The memory of a stream: what is taken is counted, and bounded by the limit. And the
 * buffers of Arrow's columnar format, which are aligned to 64 bytes and padded to a
 * multiple of 64, as it recommends.
 */
#ifndef NUMRES_LIB_ARROW_BUFFER_H
#define NUMRES_LIB_ARROW_BUFFER_H

#include "numres/parser.h"

#define NUMRES_ARROW_ALIGNMENT ((size_t)64)

typedef struct numres_arrow_budget {
    numres_allocator allocator;
    uint64_t limit; /* 0: none */
    uint64_t held;
    numres_code failure; /* why something was not given: NO_MEMORY or STREAM_FULL */
} numres_arrow_budget;

/* Memory for any type. NULL, with `failure` set, if there is none or the limit is
   reached. */
void *numres_arrow_take(numres_arrow_budget *budget, size_t size);

/* NULL is legal. */
void numres_arrow_give_back(numres_arrow_budget *budget, void *memory, size_t size);

typedef struct numres_arrow_buffer {
    char *bytes;  /* aligned; NULL: it has no room */
    size_t room;  /* a multiple of 64 */
    void *memory; /* what the allocator gave */
} numres_arrow_buffer;

/* What the allocator was asked for. */
size_t numres_arrow_buffer_size(const numres_arrow_buffer *buffer);

/* Room for this many bytes in all. What it held stays; if `is_bitmap` the rest is 0. False,
   and as before: see budget->failure. */
bool numres_arrow_buffer_reserve(numres_arrow_budget *budget, numres_arrow_buffer *buffer,
                                 size_t needed, bool is_bitmap);

/* Sets what is after `used` bytes to 0, up to the next multiple of 64. */
void numres_arrow_buffer_pad(numres_arrow_buffer *buffer, size_t used);

#endif
