/*
 * Which reservations of a list have been shown before. A page that is asked for
 * again brings those of the broken attempt once more, a list that grows pushes
 * reservations from one page to the next, and a list may have changed in any way
 * between two runs. Of each id shown its hash is kept, of 128 bits: that two
 * of them are equal by chance will not be seen.
 */
#ifndef NUMRES_TOOLS_REPEATS_H
#define NUMRES_TOOLS_REPEATS_H

#include <stddef.h>
#include <stdint.h>

#include "numres.h"

enum repeat {
    REPEAT_NONE,     /* it is new */
    REPEAT_ATTEMPT,  /* dealt with in an earlier attempt at this page */
    REPEAT_PAGE,     /* it was on a page before */
    REPEAT_TOO_MANY, /* ids in this page, to be kept */
    REPEAT_NO_MEMORY
};

/* How many ids are kept, of which the oldest are forgotten first; and how many a
   page may have. The API's has 250 reservations at most. */
#define REPEATS_MOST_IDS 100000

struct repeats_hash {
    uint64_t high, low;
};

struct repeats {
    uint64_t seed;
    /* A ring: id N, counted from 0 in the order they were shown, is at place N
       modulo REPEATS_MOST_IDS. It grows up to that. */
    struct repeats_hash *hashes;
    uint32_t *attempts; /* the last in which the id came */
    size_t size;
    uint64_t count; /* of ids shown, also of those forgotten */
    /* A hash table of places + 1, with linear probing; 0 is empty. */
    uint32_t *table;
    size_t table_size; /* a power of 2 */

    uint64_t page_start;    /* ids from here on are of this page */
    uint64_t trusted;       /* ids up to here are evidence: see below */
    uint64_t evidence;      /* reservations of this page that were among these, */
    uint64_t newcomers;     /* and that were not */
    uint32_t attempt;       /* at this page, */
    uint32_t attempts_made; /* of all pages */
    /* Of the reservations without an id, which only their places in this page
       tell apart: the places up to here are dealt with. */
    uint64_t places;
    /* Of those: how many this attempt has brought, and a hash of what they hold; that
       of the page before, and of the one before that. */
    uint64_t nameless, content, contents_before[2];
};

/* `seed`: any number, another one for each list, so that no ids collide in all. */
void repeats_begin(struct repeats *repeats, uint64_t seed);
void repeats_end(struct repeats *repeats);

/* Takes up an id that an earlier run has shown, in the order of these. False: no
   memory. */
bool repeats_add(struct repeats *repeats, struct repeats_hash hash);

/* The ids so far are of a run before, the last `of_page` of them of the page that
   is now read on. What of the page holds `trusted` of them tells that the list is
   still where it was. */
void repeats_resume(struct repeats *repeats, uint64_t of_page, uint64_t trusted);

/* The next page. */
void repeats_next_page(struct repeats *repeats);

/* Back to a page that began with this id, and of which so many places are dealt with. */
void repeats_return(struct repeats *repeats, uint64_t page_start, uint64_t places);

/* The next attempt at this page. */
void repeats_next_attempt(struct repeats *repeats);

/*
 * Whether this reservation of this attempt is a repeat. An id that one answer
 * brings twice is new both times. A reservation for which REPEAT_NONE is answered
 * counts as shown: call this once for each, in the answer's order.
 */
enum repeat repeats_judge(struct repeats *repeats, const numres_reservation *reservation);

/* Whether all `places` of this page are reservations without an id that hold the same
   as those of one of the two pages before. */
bool repeats_is_page_before(const struct repeats *repeats, uint64_t places);

/* The id N of those shown, which must not be forgotten yet; and the first that is
   not. */
struct repeats_hash repeats_hash_of(const struct repeats *repeats, uint64_t number);
uint64_t repeats_first(const struct repeats *repeats);

#endif
