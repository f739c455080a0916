/* An allocator that counts what it hands out, and fails after a number of allocations. */
#ifndef NUMRES_TESTS_LIMITED_MEMORY_H
#define NUMRES_TESTS_LIMITED_MEMORY_H

#include <numres.h>

typedef struct limited_memory {
    size_t left;     /* allocations until one fails */
    bool fails_once; /* later ones succeed again */
    size_t failed;
    size_t open;    /* blocks not freed yet */
    uint64_t bytes; /* in these blocks */
    uint64_t peak;  /* the largest value of `bytes` */
} limited_memory;

/* The allocator; its context is `memory`. */
numres_allocator limited_allocator(limited_memory *memory);

#endif
