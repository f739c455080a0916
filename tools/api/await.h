/* Looking again and again until nothing is pending: numres wait, and numres create
   --wait. */
#ifndef NUMRES_TOOLS_AWAIT_H
#define NUMRES_TOOLS_AWAIT_H

#include "exchange.h"

/* What one look has found. */
struct await_counts {
    uint64_t pending;
    uint64_t failed; /* wholly or in part */
};

/* Counts a reservation; returns whether it is pending. */
bool await_count(struct await_counts *counts, const numres_reservation *reservation);

/* What is awaited. */
struct await_look {
    /* Looks once, and counts; returns EXCHANGE_READ if another look makes sense. */
    enum exchange_end (*look)(void *context, struct await_counts *counts);
    void *context;
};

/*
 * Looks until nothing is pending or something has failed, with pauses that grow, for the
 * settings' wait_limit at most, which `option` has set. Raises the exit code to
 * EXIT_INCOMPLETE if something has failed, to EXIT_LIMIT if the time is over.
 */
void await_all(struct exchange *exchange, const struct await_look *look, const char *option);

#endif
