/* Values of a page's members, as random as they are in answers of the API. */
#ifndef BENCH_PAGE_VALUES_H
#define BENCH_PAGE_VALUES_H

#include "page_maker.h"

/* Instants count microseconds from 2018-01-01T00:00:00Z. */
#define MICROSECONDS UINT64_C(1000000)

/* A new id. */
void value_id(maker *made);
/* The id of these bits, of which it holds 122. */
void value_id_of(maker *made, uint64_t high, uint64_t low);

void value_timestamp(maker *made, uint64_t instant);

/* Customers name their reservations as they like, or, one in `null_in`, not at
   all. */
void value_reference(maker *made, uint64_t null_in);

#endif
