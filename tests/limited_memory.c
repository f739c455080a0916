#include "limited_memory.h"

#include <stdlib.h>

/* Each block is preceded by its size, in so many bytes that malloc's alignment is kept. */
#define HEAD 16

static void *allocate(size_t size, void *context) {
    limited_memory *memory = context;
    size_t *piece = memory->left > 0 ? malloc(size + HEAD) : NULL;
    if (piece == NULL) {
        memory->left = memory->fails_once ? SIZE_MAX : 0;
        memory->failed++;
        return NULL;
    }
    memory->left--;
    memory->open++;
    memory->bytes += size;
    if (memory->bytes > memory->peak) {
        memory->peak = memory->bytes;
    }
    *piece = size;
    return (char *)piece + HEAD;
}

static void release(void *given, void *context) {
    limited_memory *memory = context;
    char *piece = (char *)given - HEAD;
    memory->open--;
    memory->bytes -= *(size_t *)(void *)piece;
    free(piece);
}

numres_allocator limited_allocator(limited_memory *memory) {
    return (numres_allocator){allocate, release, memory};
}
