/* Calls the caller's memory functions, or malloc and free, and counts what is held. Used by
   all that allocates: the parser, the reader, the collection and the Arrow stream. */
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

void *numres_budget_take(numres_budget *budget, size_t size) {
    if (!numres_budget_has(budget, size)) {
        budget->failure = budget->full;
        return NULL;
    }
    void *memory = budget->allocator.allocate(size, budget->allocator.context);
    if (memory == NULL)
        budget->failure = NUMRES_NO_MEMORY;
    else
        budget->held += size;
    return memory;
}

void numres_budget_give_back(numres_budget *budget, void *memory, size_t size) {
    if (memory == NULL)
        return;
    budget->allocator.release(memory, budget->allocator.context);
    budget->held -= size;
}
