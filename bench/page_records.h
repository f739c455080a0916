/* Reservations in the order of the documentation's sample page. */
#ifndef BENCH_PAGE_RECORDS_H
#define BENCH_PAGE_RECORDS_H

#include "page_maker.h"

/* Writes a reservation with its numbers, as an element of the open array. */
void records_put_reservation(maker *made);

#endif
