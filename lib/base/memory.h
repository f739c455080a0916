/*
 * Where memory comes from: the caller's functions or, without them, malloc and free; and
 * how much of it may be held.
 */
#ifndef NUMRES_LIB_MEMORY_H
#define NUMRES_LIB_MEMORY_H

#include "numres/parser.h"

/* The functions that the caller named, or the default ones if it named none. */
numres_allocator numres_memory_allocator(const numres_allocator *given);

/* Memory that is counted, and bounded. */
typedef struct numres_budget {
    numres_allocator allocator;
    uint64_t limit; /* 0: none */
    uint64_t held;
    numres_code full;    /* what it is to reach the limit */
    numres_code failure; /* why something was not given: NO_MEMORY or `full` */
} numres_budget;

/* Whether this much more may be held. */
static inline bool numres_budget_has(const numres_budget *budget, uint64_t size) {
    return budget->limit == 0 || size <= budget->limit - budget->held;
}

/* Memory for any type. NULL, with `failure` set, if there is none or the limit is
   reached. */
void *numres_budget_take(numres_budget *budget, size_t size);

/* NULL is legal. */
void numres_budget_give_back(numres_budget *budget, void *memory, size_t size);

#endif
