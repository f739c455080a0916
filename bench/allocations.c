/* Replaces malloc and its family, to count calls and bytes. peer_costs.c reads the counts. */
#define _DEFAULT_SOURCE /* posix_memalign */

#include "allocations.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

/* glibc's own functions, under the names that it keeps for replacements. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

static allocations counted;

static void *count(void *memory) {
    counted.calls++;
    if (memory != NULL) {
        counted.held += malloc_usable_size(memory);
        if (counted.held > counted.most_held) {
            counted.most_held = counted.held;
        }
    }
    return memory;
}

void *malloc(size_t size) {
    return count(__libc_malloc(size));
}

void *calloc(size_t number, size_t size) {
    return count(__libc_calloc(number, size));
}

void *realloc(void *memory, size_t size) {
    size_t before = memory == NULL ? 0 : malloc_usable_size(memory);
    void *moved = __libc_realloc(memory, size);

    if (moved != NULL || size == 0) {
        counted.held -= before;
    }
    return count(moved);
}

void *memalign(size_t alignment, size_t size) {
    return count(__libc_memalign(alignment, size));
}

void *aligned_alloc(size_t alignment, size_t size) {
    return count(__libc_memalign(alignment, size));
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    void *made = count(__libc_memalign(alignment, size));

    if (made == NULL) {
        return ENOMEM;
    }
    *memory = made;
    return 0;
}

void free(void *memory) {
    if (memory != NULL) {
        counted.held -= malloc_usable_size(memory);
    }
    __libc_free(memory);
}

void allocations_restart(void) {
    counted.calls = 0;
    counted.most_held = counted.held;
}

allocations allocations_now(void) {
    return counted;
}
