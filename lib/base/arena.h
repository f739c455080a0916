/*
 * Memory for yajl, out of one fixed block. yajl takes every allocation for
 * granted and crashes where one fails: who uses an arena sizes it so that none
 * can, and says why.
 */
#ifndef NUMRES_LIB_ARENA_H
#define NUMRES_LIB_ARENA_H

#include <stddef.h>
#include <stdint.h>
#include <yajl/yajl_common.h>

/* What memory for any type is aligned to. */
#define NUMRES_ARENA_ALIGNMENT _Alignof(max_align_t)

/* The size, rounded up to that. */
static inline size_t numres_arena_aligned(size_t size) {
    return (size + NUMRES_ARENA_ALIGNMENT - 1) / NUMRES_ARENA_ALIGNMENT * NUMRES_ARENA_ALIGNMENT;
}

/* The first address in `memory` that is aligned so. */
static inline char *numres_arena_first(void *memory) {
    char *bytes = memory;
    return bytes + (numres_arena_aligned((uintptr_t)bytes) - (uintptr_t)bytes);
}

/*
 * For a yajl_gen with a print function. It makes two allocations, both at creation:
 * itself, of which all but some 100 bytes are a state for each depth, and the struct of
 * a text buffer. That buffer would grow, but yajl drops it, still empty, when it is
 * given a print function. Nothing that is written later allocates. Measured: 640 bytes
 * on 64-bit machines, with the sizes that the arena keeps.
 */
#define NUMRES_ARENA_GENERATOR_SIZE (YAJL_MAX_DEPTH * sizeof(int) + 512)

typedef struct numres_arena {
    char *bytes;
    size_t size;
    size_t used; /* grows beyond `size` when an allocation fails */
} numres_arena;

/* An empty arena. `bytes` has `size` bytes, aligned for any type. */
void numres_arena_start(numres_arena *arena, char *bytes, size_t size);

/* Takes back all that was given out. */
static inline void numres_arena_rewind(numres_arena *arena) {
    arena->used = 0;
}

/* What yajl allocates with; the arena must stay where it is. */
yajl_alloc_funcs numres_arena_functions(numres_arena *arena);

#endif
