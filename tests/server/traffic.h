/*
 * What all connections share: the log, the counts, the rules, the list as it
 * stands, and the answers that have stopped. Any thread may call it.
 */
#ifndef NUMRES_TESTS_TRAFFIC_H
#define NUMRES_TESTS_TRAFFIC_H

#include "behaviour.h"
#include "page.h"
#include "rules.h"

typedef struct traffic traffic;

/* `log` is a descriptor, or -1. NULL: no memory. */
traffic *traffic_create(int log, int64_t reservations);
void traffic_destroy(traffic *traffic);

bool traffic_add_rule(traffic *traffic, const char *rule);
void traffic_clear(traffic *traffic);

/* The list is so many reservations, from number 0 on. */
void traffic_set_list(traffic *traffic, int64_t reservations);

/* What is known of a request as it comes. */
typedef struct arrival {
    const char *line; /* for the log, with its line feed */
    operation operation;
    uint64_t page; /* asked for; 0: it asks for no page */
    bool moved;    /* it follows a redirect: that is no new attempt */
} arrival;

/* Logs and counts the request, and sets what its answer is to be. */
void traffic_enter(traffic *traffic, const arrival *arrival, behaviour *behaviour,
                   listing *listing);

/* What requests have made. */
store *traffic_store(traffic *traffic);

/* One more reservation, which was created, comes first in the list. */
void traffic_grow(traffic *traffic);

/* Stops here until traffic_go, or so long. False: the server ends. */
bool traffic_halt(traffic *traffic);
bool traffic_pause(traffic *traffic, uint64_t microseconds);

void traffic_go(traffic *traffic);
void traffic_end(traffic *traffic);

/* Calls `reached` as soon as, all in all, so many answers have stopped, or
   requests are in the log; maybe at once. One wait at a time. */
typedef enum awaited { AWAITED_NOTHING, AWAITED_STALLED, AWAITED_REQUESTS } awaited;
void traffic_await(traffic *traffic, awaited what, uint64_t count, void (*reached)(void));

#endif
