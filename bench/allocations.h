/* Counts what goes through malloc and its family in this process, whoever
   calls: the functions here take the place of glibc's. One thread only. */
#ifndef BENCH_ALLOCATIONS_H
#define BENCH_ALLOCATIONS_H

#include <stddef.h>
#include <stdint.h>

typedef struct allocations {
    uint64_t calls;   /* that ask for memory, a realloc too */
    size_t held;      /* bytes now, as malloc_usable_size counts them */
    size_t most_held; /* the largest that `held` was */
} allocations;

/* Sets the calls to 0 and most_held to what is held now. */
void allocations_restart(void);

allocations allocations_now(void);

#endif
