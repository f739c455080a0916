/* Recognizes reservations that were shown before, by hashes of their ids (xxHash). list/list.c,
   requests.c and await.c call it; list/resume_text.c saves and loads the hashes. */
#include "repeats.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#define FIRST_SIZE 1024

static void forget_nameless(struct repeats *repeats) {
    repeats->nameless = 0;
    repeats->content = 0;
}

void repeats_begin(struct repeats *repeats, uint64_t seed) {
    memset(repeats, 0, sizeof *repeats);
    repeats->seed = seed;
    repeats_next_page(repeats);
}

void repeats_end(struct repeats *repeats) {
    free(repeats->hashes);
    free(repeats->attempts);
    free(repeats->table);
}

uint64_t repeats_first(const struct repeats *repeats) {
    return repeats->count > REPEATS_MOST_IDS ? repeats->count - REPEATS_MOST_IDS : 0;
}

struct repeats_hash repeats_hash_of(const struct repeats *repeats, uint64_t number) {
    return repeats->hashes[number % REPEATS_MOST_IDS];
}

static bool is_same(struct repeats_hash one, struct repeats_hash other) {
    return one.high == other.high && one.low == other.low;
}

/* Where the search for a hash begins, and the next slot. */
static size_t home_of(const struct repeats *repeats, struct repeats_hash hash) {
    return (size_t)hash.low & (repeats->table_size - 1);
}

static size_t next_slot(const struct repeats *repeats, size_t slot) {
    return (slot + 1) & (repeats->table_size - 1);
}

static void enter(struct repeats *repeats, uint32_t place) {
    size_t slot = home_of(repeats, repeats->hashes[place]);
    while (repeats->table[slot] != 0)
        slot = next_slot(repeats, slot);
    repeats->table[slot] = place + 1;
}

/* Entries after it move up, so that no search ends at the gap too early. */
static void remove_place(struct repeats *repeats, uint32_t place) {
    size_t gap = home_of(repeats, repeats->hashes[place]);
    while (repeats->table[gap] != place + 1)
        gap = next_slot(repeats, gap);
    for (size_t slot = next_slot(repeats, gap); repeats->table[slot] != 0;
         slot = next_slot(repeats, slot)) {
        size_t home = home_of(repeats, repeats->hashes[repeats->table[slot] - 1]);
        size_t mask = repeats->table_size - 1;
        if (((slot - home) & mask) >= ((slot - gap) & mask)) {
            repeats->table[gap] = repeats->table[slot];
            gap = slot;
        }
    }
    repeats->table[gap] = 0;
}

static bool grow(struct repeats *repeats) {
    size_t size = repeats->size == 0 ? FIRST_SIZE : repeats->size * 2;
    size_t kept = size < REPEATS_MOST_IDS ? size : REPEATS_MOST_IDS;
    struct repeats_hash *hashes = realloc(repeats->hashes, kept * sizeof *hashes);
    if (hashes != NULL)
        repeats->hashes = hashes;
    uint32_t *attempts = realloc(repeats->attempts, kept * sizeof *attempts);
    if (attempts != NULL)
        repeats->attempts = attempts;
    /* The table is never more than half full. */
    uint32_t *table = calloc(size * 2, sizeof *table);
    if (hashes == NULL || attempts == NULL || table == NULL) {
        free(table);
        return false;
    }
    free(repeats->table);
    repeats->table = table;
    repeats->table_size = size * 2;
    repeats->size = kept;
    for (uint32_t place = 0; place < repeats->count; place++)
        enter(repeats, place);
    return true;
}

bool repeats_add(struct repeats *repeats, struct repeats_hash hash) {
    uint32_t place = (uint32_t)(repeats->count % REPEATS_MOST_IDS);
    if (repeats->count == repeats->size && repeats->size < REPEATS_MOST_IDS && !grow(repeats))
        return false;
    if (repeats->count >= REPEATS_MOST_IDS)
        remove_place(repeats, place);
    repeats->hashes[place] = hash;
    repeats->attempts[place] = repeats->attempt;
    repeats->count++;
    enter(repeats, place);
    return true;
}

void repeats_resume(struct repeats *repeats, uint64_t of_page, uint64_t trusted) {
    repeats->page_start = repeats->count - of_page;
    repeats->trusted = trusted;
    repeats->attempt = ++repeats->attempts_made;
}

void repeats_next_page(struct repeats *repeats) {
    repeats->page_start = repeats->count;
    repeats->evidence = repeats->newcomers = 0;
    repeats->attempt = ++repeats->attempts_made;
    repeats->places = 0;
    repeats->contents_before[1] = repeats->contents_before[0];
    repeats->contents_before[0] = repeats->content;
    forget_nameless(repeats);
}

void repeats_return(struct repeats *repeats, uint64_t page_start, uint64_t places) {
    repeats->page_start = page_start;
    repeats->evidence = repeats->newcomers = 0;
    /* A new number, so that no id counts as seen in this attempt. */
    repeats->attempt = ++repeats->attempts_made;
    repeats->places = places;
}

void repeats_next_attempt(struct repeats *repeats) {
    forget_nameless(repeats);
    repeats->attempt = ++repeats->attempts_made;
    repeats->evidence = repeats->newcomers = 0;
}

static enum repeat judge_place(struct repeats *repeats, const numres_reservation *reservation) {
    uint64_t parts[] = {
        repeats->content, (uint64_t)reservation->created_at.value.seconds,
        XXH3_64bits(reservation->customer_reference.bytes, reservation->customer_reference.length),
        reservation->phone_number_count};
    repeats->content = XXH3_64bits(parts, sizeof parts);
    repeats->nameless++;
    if (reservation->index < repeats->places)
        return REPEAT_ATTEMPT;
    repeats->places = reservation->index + 1;
    return REPEAT_NONE;
}

bool repeats_is_page_before(const struct repeats *repeats, uint64_t places) {
    uint64_t content = repeats->content;
    return places > 0 && repeats->nameless == places &&
           (content == repeats->contents_before[0] || content == repeats->contents_before[1]);
}

static struct repeats_hash hash_of(const struct repeats *repeats, numres_text id) {
    XXH128_hash_t hash = XXH3_128bits_withSeed(id.bytes, id.length, repeats->seed);
    return (struct repeats_hash){hash.high64, hash.low64};
}

/* The number of the id at this place of the ring. */
static uint64_t number_at(const struct repeats *repeats, uint32_t place) {
    uint64_t first = repeats_first(repeats);
    return first + (place + REPEATS_MOST_IDS - first % REPEATS_MOST_IDS) % REPEATS_MOST_IDS;
}

/* Looks the hash up. An id of this page that is new to this attempt is noted as seen. */
static enum repeat find(struct repeats *repeats, struct repeats_hash hash) {
    if (repeats->table_size == 0)
        return REPEAT_NONE;
    size_t slot = home_of(repeats, hash);
    while (repeats->table[slot] != 0 && !is_same(repeats->hashes[repeats->table[slot] - 1], hash))
        slot = next_slot(repeats, slot);
    if (repeats->table[slot] == 0)
        return REPEAT_NONE;
    uint32_t place = repeats->table[slot] - 1;
    uint64_t number = number_at(repeats, place);
    bool is_of_attempt = repeats->attempts[place] == repeats->attempt;
    if (number < repeats->trusted)
        repeats->evidence++;
    else
        repeats->newcomers++;
    if (number < repeats->page_start || is_of_attempt)
        return REPEAT_SHOWN;
    repeats->attempts[place] = repeats->attempt;
    return REPEAT_ATTEMPT;
}

enum repeat repeats_judge(struct repeats *repeats, const numres_reservation *reservation) {
    if (reservation->id.length == 0)
        return judge_place(repeats, reservation);
    struct repeats_hash hash = hash_of(repeats, reservation->id);
    enum repeat repeat = find(repeats, hash);
    if (repeat != REPEAT_NONE)
        return repeat;
    if (repeats->count - repeats->page_start == REPEATS_MOST_IDS)
        return REPEAT_TOO_MANY;
    repeats->newcomers++;
    return repeats_add(repeats, hash) ? REPEAT_NONE : REPEAT_NO_MEMORY;
}
