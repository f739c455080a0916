/*
 * Which reservations of a list have been shown before. A page that is asked for
 * again brings those of the broken attempt once more, and a list that grows
 * pushes reservations from one page to the next.
 */
#ifndef NUMRES_TOOLS_REPEATS_H
#define NUMRES_TOOLS_REPEATS_H

#include <stdint.h>

#include "numres.h"

enum repeat {
    REPEAT_NONE,     /* it is new */
    REPEAT_ATTEMPT,  /* dealt with in an earlier attempt at this page */
    REPEAT_PAGE,     /* it was on the page before */
    REPEAT_TOO_MANY, /* ids in this page, to be kept */
    REPEAT_NO_MEMORY
};

/* How many different ids of a page are kept. The API's has 250 reservations at
   most; an id takes some 100 bytes more than its text. */
#define REPEATS_MOST_IDS 100000

/* Ids of the page before and of this one. */
struct repeats {
    void *before, *now; /* trees of ids */
    uint64_t count;     /* of the ids in this page's */
    uint64_t attempt;   /* at this page, from 0 */
    /* Of the reservations without an id, which only their places in this page
       tell apart: the places up to here are dealt with. */
    uint64_t places;
};

void repeats_begin(struct repeats *repeats);
void repeats_end(struct repeats *repeats);

/* The next page: this one becomes the page before. */
void repeats_next_page(struct repeats *repeats);

/* The next attempt at this page. */
void repeats_next_attempt(struct repeats *repeats);

/*
 * Whether this reservation of this attempt is a repeat. An id that one answer
 * brings twice is new both times. A reservation for which REPEAT_NONE or
 * REPEAT_PAGE is answered counts as dealt with: call this once for each, in the
 * answer's order.
 */
enum repeat repeats_judge(struct repeats *repeats, const numres_reservation *reservation);

#endif
