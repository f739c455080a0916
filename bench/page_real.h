/*
 * Reservations of the shape that the API really sends: members in alphabetical order,
 * `expired` in every number, the numbers of a reservation from one country, dates close
 * together and in order.
 */
#ifndef BENCH_PAGE_REAL_H
#define BENCH_PAGE_REAL_H

#include "page_maker.h"

#define REAL_USERS 4

/* Shared by the reservations of a page. */
typedef struct real_page {
    uint64_t reservations; /* so far */
    uint64_t numbers;      /* so far */
    uint64_t first_new;    /* the first reservation that has not expired */
    uint64_t now;          /* when the last reservation was created */
    uint64_t users[REAL_USERS][2];
} real_page;

void real_start(real_page *page, maker *made, uint64_t reservations);

/* Writes a reservation with its numbers, as an element of the open array. */
void real_put_reservation(real_page *page, maker *made);

#endif
