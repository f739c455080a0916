#include "memory.h"

#include <stdlib.h>

static void *default_allocate(size_t size, void *context) {
    (void)context;
    return malloc(size);
}

static void default_release(void *memory, void *context) {
    (void)context;
    free(memory);
}

numres_allocator numres_memory_allocator(const numres_allocator *given) {
    static const numres_allocator defaults = {default_allocate, default_release, NULL};
    return given->allocate != NULL ? *given : defaults;
}
