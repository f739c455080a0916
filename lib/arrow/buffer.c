/* Buffers that are aligned, as Arrow's columnar format recommends, and can grow. column.c and
   array.c call it. */
#include "buffer.h"

#include <string.h>

static size_t padded(size_t size) {
    return (size + NUMRES_ARROW_ALIGNMENT - 1) & ~(NUMRES_ARROW_ALIGNMENT - 1);
}

/* Returns the size of memory in which this much room can be aligned. */
static size_t size_with(size_t room) {
    return room + NUMRES_ARROW_ALIGNMENT;
}

size_t numres_arrow_buffer_size(const numres_arrow_buffer *buffer) {
    return buffer->memory != NULL ? size_with(buffer->room) : 0;
}

bool numres_arrow_buffer_reserve(numres_budget *budget, numres_arrow_buffer *buffer, size_t needed,
                                 bool is_bitmap) {
    if (needed <= buffer->room)
        return true;
    numres_arrow_buffer grown = {.room = padded(needed)};
    grown.memory = numres_budget_take(budget, size_with(grown.room));
    if (grown.memory == NULL)
        return false;
    grown.bytes = grown.memory;
    grown.bytes += padded((uintptr_t)grown.bytes) - (uintptr_t)grown.bytes;
    if (buffer->room > 0)
        memcpy(grown.bytes, buffer->bytes, buffer->room);
    if (is_bitmap)
        memset(grown.bytes + buffer->room, 0, grown.room - buffer->room);
    numres_budget_give_back(budget, buffer->memory, numres_arrow_buffer_size(buffer));
    *buffer = grown;
    return true;
}

void numres_arrow_buffer_pad(numres_arrow_buffer *buffer, size_t used) {
    if (used < padded(used))
        memset(buffer->bytes + used, 0, padded(used) - used);
}
