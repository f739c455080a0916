/* Reservations in the order of the documentation's sample page. */
#ifndef BENCH_PAGE_RECORDS_H
#define BENCH_PAGE_RECORDS_H

#include "page_maker.h"

/* A reservation with its numbers, an element of the array that is open. */
void records_put_reservation(maker *made);

#endif
