/*
 * Memory for yajl, from one fixed block. yajl does not check its allocations and
 * crashes if one fails. Each user of an arena therefore makes it large enough that
 * none can fail, and explains why it is.
 */
#ifndef NUMRES_LIB_ARENA_H
#define NUMRES_LIB_ARENA_H

#include <stddef.h>
#include <stdint.h>
#include <yajl/yajl_common.h>

/*
 * Enough for a yajl_gen with a print function. It allocates twice, both times at
 * creation: its own struct (one state for each depth and about 100 bytes more) and the
 * struct of a text buffer. The buffer itself never grows: yajl drops it, still empty,
 * when the print function is set. Writing allocates nothing. Measured: 640 bytes on
 * 64-bit machines, with the sizes that the arena stores.
 */
#define NUMRES_ARENA_GENERATOR_SIZE (YAJL_MAX_DEPTH * sizeof(int) + 512)

typedef struct numres_arena {
    char *bytes;
    size_t size;
    size_t used; /* grows beyond `size` when an allocation fails */
} numres_arena;

/* Starts an empty arena in `bytes`, which has `size` bytes and is aligned for any type. */
void numres_arena_start(numres_arena *arena, char *bytes, size_t size);

/* Frees everything that was allocated from the arena. */
static inline void numres_arena_rewind(numres_arena *arena) {
    arena->used = 0;
}

/* Returns the allocation functions for yajl. The arena must not move while they are used. */
yajl_alloc_funcs numres_arena_functions(numres_arena *arena);

#endif
