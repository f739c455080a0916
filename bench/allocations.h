/* Counts all calls of malloc and its family in this process, whoever makes them: the
   functions here replace glibc's. For one thread only. */
#ifndef BENCH_ALLOCATIONS_H
#define BENCH_ALLOCATIONS_H

#include <stddef.h>
#include <stdint.h>

typedef struct allocations {
    uint64_t calls;   /* that ask for memory, realloc included */
    size_t held;      /* bytes now, by malloc_usable_size */
    size_t most_held; /* the peak of `held` */
} allocations;

/* Sets `calls` to 0 and `most_held` to `held`. */
void allocations_restart(void);

allocations allocations_now(void);

#endif
