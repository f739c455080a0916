/* For tsearch. */
#define _XOPEN_SOURCE 700

#include "repeats.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* An id: once in its tree, however often answers bring it. */
struct known_id {
    numres_text id;
    uint64_t dealt;   /* how often it was dealt with, in all attempts */
    uint64_t seen;    /* how often this attempt has brought it: */
    uint64_t attempt; /* the one that is counted there */
    char bytes[];
};

static int compare(const void *one, const void *other) {
    const struct known_id *first = one;
    const struct known_id *second = other;
    if (first->id.length != second->id.length)
        return first->id.length < second->id.length ? -1 : 1;
    return memcmp(first->id.bytes, second->id.bytes, first->id.length);
}

/* tsearch and tfind answer the place of what a node holds, a node starts with it. */
static struct known_id *known_in(void *node) {
    return *(struct known_id **)node;
}

static void empty_tree(void **tree) {
    while (*tree != NULL) {
        struct known_id *known = known_in(*tree);
        tdelete(known, tree, compare);
        free(known);
    }
}

static struct known_id *find(void *const *tree, numres_text id) {
    struct known_id wanted = {.id = id};
    void *node = tfind(&wanted, tree, compare);
    return node == NULL ? NULL : known_in(node);
}

static struct known_id *add(void **tree, numres_text id) {
    struct known_id *known = malloc(sizeof *known + id.length);
    if (known == NULL)
        return NULL;
    memset(known, 0, sizeof *known);
    memcpy(known->bytes, id.bytes, id.length);
    known->id.bytes = known->bytes;
    known->id.length = id.length;
    if (tsearch(known, tree, compare) != NULL)
        return known;
    free(known);
    return NULL;
}

void repeats_begin(struct repeats *repeats) {
    memset(repeats, 0, sizeof *repeats);
}

void repeats_end(struct repeats *repeats) {
    empty_tree(&repeats->before);
    empty_tree(&repeats->now);
}

void repeats_next_page(struct repeats *repeats) {
    empty_tree(&repeats->before);
    repeats->before = repeats->now;
    repeats->now = NULL;
    repeats->count = 0;
    repeats->attempt = 0;
    repeats->places = 0;
}

void repeats_next_attempt(struct repeats *repeats) {
    repeats->attempt++;
}

static enum repeat judge_place(struct repeats *repeats, uint64_t place) {
    if (place < repeats->places)
        return REPEAT_ATTEMPT;
    repeats->places = place + 1;
    return REPEAT_NONE;
}

enum repeat repeats_judge(struct repeats *repeats, const numres_reservation *reservation) {
    if (reservation->id.length == 0)
        return judge_place(repeats, reservation->index);
    struct known_id *known = find(&repeats->now, reservation->id);
    if (known == NULL) {
        if (repeats->count == REPEATS_MOST_IDS)
            return REPEAT_TOO_MANY;
        known = add(&repeats->now, reservation->id);
        repeats->count++;
    }
    if (known == NULL)
        return REPEAT_NO_MEMORY;
    if (known->attempt != repeats->attempt) {
        known->attempt = repeats->attempt;
        known->seen = 0;
    }
    known->seen++;
    if (known->seen <= known->dealt)
        return REPEAT_ATTEMPT;
    known->dealt++;
    return find(&repeats->before, reservation->id) == NULL ? REPEAT_NONE : REPEAT_PAGE;
}
