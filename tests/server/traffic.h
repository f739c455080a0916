/*
 * State shared by all connections: the log, the counts, the rules, the current list, and
 * the responses that are stopped. Any thread may call it.
 */
#ifndef NUMRES_TESTS_TRAFFIC_H
#define NUMRES_TESTS_TRAFFIC_H

#include "behaviour.h"
#include "page.h"
#include "rules.h"

typedef struct traffic traffic;

/* `log` is a descriptor, or -1. Returns NULL if there is no memory. */
traffic *traffic_create(int log, int64_t reservations);
void traffic_destroy(traffic *traffic);

bool traffic_add_rule(traffic *traffic, const char *rule);
void traffic_clear(traffic *traffic);

/* Makes the list this many reservations, from number 0 on. */
void traffic_set_list(traffic *traffic, int64_t reservations);

/* What is known of a request on arrival. */
typedef struct arrival {
    const char *line; /* for the log, with its line feed */
    operation operation;
    uint64_t page; /* as asked for; 0: none */
    bool moved;    /* follows a redirect, so it is no new attempt */
} arrival;

/* Logs and counts the request, and sets the behaviour and the list for its response. */
void traffic_enter(traffic *traffic, const arrival *arrival, behaviour *behaviour,
                   listing *listing);

/* What requests have changed. */
store *traffic_store(traffic *traffic);

/* Puts one more reservation, just created, first in the list. */
void traffic_grow(traffic *traffic);

/* Waits here until traffic_go, or for this long. Returns false if the server ends. */
bool traffic_halt(traffic *traffic);
bool traffic_pause(traffic *traffic, uint64_t microseconds);

void traffic_go(traffic *traffic);
void traffic_end(traffic *traffic);

/* Calls `reached`, possibly at once, when in total this many responses have stopped or
   requests are in the log. One wait at a time. */
typedef enum awaited { AWAITED_NOTHING, AWAITED_STALLED, AWAITED_REQUESTS } awaited;
void traffic_await(traffic *traffic, awaited what, uint64_t count, void (*reached)(void));

#endif
