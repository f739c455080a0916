/*
 * Where memory comes from: the caller's functions or, without them, malloc and free. A
 * budget limits how much of it is held.
 */
#ifndef NUMRES_LIB_MEMORY_H
#define NUMRES_LIB_MEMORY_H

#include <stddef.h>
#include <stdint.h>

#include "numres/parser.h"

/* The alignment that suits every type. */
#define NUMRES_MEMORY_ALIGNMENT _Alignof(max_align_t)

/* Returns the size, rounded up to that alignment. */
static inline size_t numres_memory_aligned(size_t size) {
    return (size + NUMRES_MEMORY_ALIGNMENT - 1) / NUMRES_MEMORY_ALIGNMENT * NUMRES_MEMORY_ALIGNMENT;
}

/* Returns the first address in `memory` with that alignment. */
static inline char *numres_memory_first(void *memory) {
    char *bytes = memory;
    return bytes + (numres_memory_aligned((uintptr_t)bytes) - (uintptr_t)bytes);
}

/* Returns the caller's functions, or the default ones if it gave none. */
numres_allocator numres_memory_allocator(const numres_allocator *given);

/* Counts and limits the memory that is held. */
typedef struct numres_budget {
    numres_allocator allocator;
    uint64_t limit; /* 0: none */
    uint64_t held;
    numres_code full;    /* the code for reaching the limit */
    numres_code failure; /* why an allocation failed: NO_MEMORY or `full` */
} numres_budget;

/* Whether this much more may be held. */
static inline bool numres_budget_has(const numres_budget *budget, uint64_t size) {
    return budget->limit == 0 || size <= budget->limit - budget->held;
}

/* Allocates memory for any type. Returns NULL and sets `failure` if there is none or the
   limit is reached. */
void *numres_budget_take(numres_budget *budget, size_t size);

/* `memory` may be NULL. */
void numres_budget_give_back(numres_budget *budget, void *memory, size_t size);

#endif
