/* A bump allocator for yajl: nothing is freed until the arena is rewound. Used by the
   general lane, the JSON writer and the bodies of requests. */
#include "arena.h"

#include <string.h>

#define UNIT ((size_t)16)

void numres_arena_start(numres_arena *arena, char *bytes, size_t size) {
    arena->bytes = bytes;
    arena->size = size;
    arena->used = 0;
}

/* The size is stored before each allocation, for reallocate(). */
static void *allocate(void *context, size_t size) {
    numres_arena *arena = context;
    size_t left = arena->used <= arena->size ? arena->size - arena->used : 0;
    size_t taken = UNIT + (size + UNIT - 1) / UNIT * UNIT;
    if (size > left || taken > left) { /* `taken` is too small if the sum overflowed */
        arena->used = arena->size + 1;
        return NULL;
    }
    char *piece = arena->bytes + arena->used;
    arena->used += taken;
    memcpy(piece, &size, sizeof size);
    return piece + UNIT;
}

static void release(void *context, void *piece) {
    (void)context;
    (void)piece; /* rewinding the arena frees everything at once */
}

static void *reallocate(void *context, void *piece, size_t size) {
    size_t old_size = 0;
    if (piece != NULL)
        memcpy(&old_size, (char *)piece - UNIT, sizeof old_size);
    void *moved = allocate(context, size);
    if (moved != NULL && piece != NULL)
        memcpy(moved, piece, old_size < size ? old_size : size);
    return moved;
}

yajl_alloc_funcs numres_arena_functions(numres_arena *arena) {
    yajl_alloc_funcs functions = {allocate, reallocate, release, arena};
    return functions;
}
