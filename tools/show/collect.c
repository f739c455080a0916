/* Keeps a reservation's phone numbers until the reservation itself is complete. showing.c
   adds them, format.c reads them, show.c and api/ empty it. */
#include "collect.h"

void collect_begin(struct collect *collect, size_t limit) {
    collect->collection = NULL;
    collect->matching = 0;
    collect->used = 0;
    collect->limit = limit;
}

void collect_end(struct collect *collect) {
    numres_collection_destroy(collect->collection); /* which may be NULL */
}

void collect_empty(struct collect *collect) {
    collect->matching = 0;
    collect->used = 0;
    if (collect_count(collect) > 0)
        numres_collection_reset(collect->collection);
}

size_t collect_count(const struct collect *collect) {
    return numres_collection_open_phone_numbers(collect->collection);
}

const numres_phone_number *collect_at(const struct collect *collect, size_t place) {
    return numres_collection_open_phone_number(collect->collection, place);
}

static bool has_collection(struct collect *collect) {
    return collect->collection != NULL ||
           numres_collection_create_for_records(&collect->collection, NULL, 0) == NUMRES_OK;
}

/* The limit is the same for equal numbers wherever they lie, so it counts what a copy of
   each takes. The collection takes less: all text once, and what repeats not again. */
enum collect_result collect_add(struct collect *collect, const numres_phone_number *phone_number) {
    size_t taken = numres_phone_number_copy(phone_number, NULL, 0);
    if (taken > collect->limit || collect->used > collect->limit - taken)
        return COLLECT_OVER_LIMIT;
    if (!has_collection(collect) ||
        numres_collection_add_phone_number(collect->collection, phone_number) != NUMRES_OK)
        return COLLECT_NO_MEMORY;
    collect->used += taken;
    return COLLECT_KEPT;
}
