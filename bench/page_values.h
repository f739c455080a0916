/* Values of a page's members, as random as in the API's answers. */
#ifndef BENCH_PAGE_VALUES_H
#define BENCH_PAGE_VALUES_H

#include "page_maker.h"

/* Instants count microseconds from 2018-01-01T00:00:00Z. */
#define MICROSECONDS UINT64_C(1000000)

/* Writes a new id. */
void value_id(maker *made);
/* Writes the id with these bits, of which 122 are used. */
void value_id_of(maker *made, uint64_t high, uint64_t low);

void value_timestamp(maker *made, uint64_t instant);

/* Writes a customer's reference for a reservation; null in one of `null_in` cases. */
void value_reference(maker *made, uint64_t null_in);

#endif
