/* Keeps copies of a reservation's phone numbers until the reservation itself is
   complete. format.c adds and reads them, show.c and api/ empty it. */
#include "collect.h"

#include <stdlib.h>
#include <string.h>

#define ALIGNMENT _Alignof(max_align_t)
#define SMALLEST_SIZE 4096

/* Precedes each copy. */
struct entry {
    _Alignas(max_align_t) size_t size; /* with the copy, up to the next entry */
};

static size_t entry_size(size_t copy_size) {
    return sizeof(struct entry) + (copy_size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void collect_begin(struct collect *collect, size_t limit) {
    memset(collect, 0, sizeof *collect);
    collect->limit = limit;
}

void collect_end(struct collect *collect) {
    free(collect->memory);
}

void collect_empty(struct collect *collect) {
    collect->used = 0;
}

static struct entry *entry_at(const struct collect *collect, size_t place) {
    return (struct entry *)(void *)(collect->memory + place);
}

static const numres_phone_number *copy_at(const struct collect *collect, size_t place) {
    return place < collect->used ? (const void *)(entry_at(collect, place) + 1) : NULL;
}

const numres_phone_number *collect_first(const struct collect *collect) {
    return copy_at(collect, 0);
}

const numres_phone_number *collect_next(const struct collect *collect,
                                        const numres_phone_number *phone_number) {
    size_t place = (size_t)((const char *)phone_number - collect->memory) - sizeof(struct entry);
    return copy_at(collect, place + entry_at(collect, place)->size);
}

/* Copies to the end of the used bytes. Returns how many bytes that takes; nothing is
   kept if there are fewer. */
static size_t append(struct collect *collect, const numres_phone_number *phone_number) {
    size_t room = collect->size - collect->used;
    bool has_entry = room >= sizeof(struct entry);
    size_t copy_room = has_entry ? room - sizeof(struct entry) : 0;
    void *copy = has_entry ? entry_at(collect, collect->used) + 1 : NULL;
    size_t taken = entry_size(numres_phone_number_copy(phone_number, copy, copy_room));
    if (taken <= room) {
        entry_at(collect, collect->used)->size = taken;
        collect->used += taken;
    }
    return taken;
}

static size_t larger_size(const struct collect *collect, size_t needed) {
    size_t doubled = collect->size < SMALLEST_SIZE ? SMALLEST_SIZE : 2 * collect->size;
    size_t wanted = doubled < needed ? needed : doubled;
    return wanted < collect->limit ? wanted : collect->limit;
}

/* Grows the buffer to `size`. A copy holds pointers into itself, so all are copied
   anew. */
static bool grow(struct collect *collect, size_t size) {
    struct collect larger = {malloc(size), size, 0, collect->limit};
    if (larger.memory == NULL)
        return false;
    for (const numres_phone_number *kept = collect_first(collect); kept != NULL;
         kept = collect_next(collect, kept))
        append(&larger, kept);
    free(collect->memory);
    *collect = larger;
    return true;
}

enum collect_result collect_add(struct collect *collect, const numres_phone_number *phone_number) {
    size_t room = collect->size - collect->used;
    size_t taken = append(collect, phone_number);
    if (taken <= room)
        return COLLECT_KEPT;
    if (taken > collect->limit || collect->used > collect->limit - taken)
        return COLLECT_OVER_LIMIT;
    if (!grow(collect, larger_size(collect, collect->used + taken)))
        return COLLECT_NO_MEMORY;
    append(collect, phone_number);
    return COLLECT_KEPT;
}
