/*
 * Recognizes reservations of a list that have been shown before. A retried page repeats
 * those of the broken attempt, a growing list pushes reservations to the next page, and a
 * list may change in any way between two runs. A 128-bit hash of each shown id is kept;
 * accidental matches are not to be expected. list.c, requests.c and await.c call this.
 */
#ifndef NUMRES_TOOLS_REPEATS_H
#define NUMRES_TOOLS_REPEATS_H

#include <stddef.h>
#include <stdint.h>

#include "numres.h"

enum repeat {
    REPEAT_NONE,     /* it is new */
    REPEAT_ATTEMPT,  /* handled in an earlier attempt at this page */
    REPEAT_SHOWN,    /* it was on an earlier page, or before in this response */
    REPEAT_TOO_MANY, /* the page has too many ids */
    REPEAT_NO_MEMORY
};

/* How many ids are kept (the newest), and how many a page may have; the same for messages.
   The API's pages have 250 reservations at most. */
#define REPEATS_MOST_IDS 100000
#define REPEATS_MOST_IDS_TEXT "100,000"
_Static_assert(REPEATS_MOST_IDS == 100000, "REPEATS_MOST_IDS_TEXT says so");

struct repeats_hash {
    uint64_t high, low;
};

struct repeats {
    uint64_t seed;
    /* A ring: id N, counted from 0 in the order of output, is at index N modulo
       REPEATS_MOST_IDS. It grows up to that size. */
    struct repeats_hash *hashes;
    uint32_t *attempts; /* the last attempt that brought each id */
    size_t size;
    uint64_t count; /* of ids shown, including those forgotten */
    /* A hash table of indexes into the ring + 1, with linear probing; 0 is empty. */
    uint32_t *table;
    size_t table_size; /* a power of 2 */

    uint64_t page_start;    /* ids from this number on are of this page */
    uint64_t trusted;       /* ids before this one are evidence: see repeats_resume */
    uint64_t evidence;      /* how many reservations of this page have such an id, */
    uint64_t newcomers;     /* and how many have another */
    uint32_t attempt;       /* the number of the current attempt at a page */
    uint32_t attempts_made; /* how many in all */
    /* Reservations without an id are told apart only by their index in this page: those
       below this one are done. */
    uint64_t places;
    /* How many of these this attempt has brought, a hash of their contents, and the hashes
       of the two pages before. */
    uint64_t nameless, content, contents_before[2];
};

/* `seed`: a number that differs from list to list, so that ids which collide in one
   do not in others. */
void repeats_begin(struct repeats *repeats, uint64_t seed);
void repeats_end(struct repeats *repeats);

/* Adds an id that an earlier run has shown, in the order of output. Returns false if
   there is no memory. */
bool repeats_add(struct repeats *repeats, struct repeats_hash hash);

/* Marks all ids so far as those of an earlier run, the last `of_page` of them as those of
   the page that is now continued. A page that holds one of the first `trusted` ids is
   evidence that the list has not moved. */
void repeats_resume(struct repeats *repeats, uint64_t of_page, uint64_t trusted);

/* Begins the next page. */
void repeats_next_page(struct repeats *repeats);

/* Returns to a page whose first id is `page_start`, and of which `places` elements
   are done. */
void repeats_return(struct repeats *repeats, uint64_t page_start, uint64_t places);

/* Begins the next attempt at this page. */
void repeats_next_attempt(struct repeats *repeats);

/* Whether a reservation is a repeat. After REPEAT_NONE it counts as shown: call this once
   for each reservation, in the order of the response. */
enum repeat repeats_judge(struct repeats *repeats, const numres_reservation *reservation);

/* Whether all `places` elements of this page are reservations without an id and have
   the same contents as one of the two pages before. */
bool repeats_is_page_before(const struct repeats *repeats, uint64_t places);

/* The hash of shown id N, which must still be kept, and the first N that still is. */
struct repeats_hash repeats_hash_of(const struct repeats *repeats, uint64_t number);
uint64_t repeats_first(const struct repeats *repeats);

#endif
