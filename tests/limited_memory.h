/* An allocator that counts what it has given, and fails after this many pieces. */
#ifndef NUMRES_TESTS_LIMITED_MEMORY_H
#define NUMRES_TESTS_LIMITED_MEMORY_H

#include <numres.h>

typedef struct limited_memory {
    size_t left;     /* allocations that do not fail */
    bool fails_once; /* those after one that failed do not */
    size_t failed;
    size_t open;    /* pieces that are not given back */
    uint64_t bytes; /* in these */
    uint64_t peak;  /* the most that they were */
} limited_memory;

/* Its context is `memory`. */
numres_allocator limited_allocator(limited_memory *memory);

#endif
