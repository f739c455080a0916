/* --sort: keeps all records, in a collection, and hands them out in order. */
#ifndef NUMRES_TOOLS_ORDER_H
#define NUMRES_TOOLS_ORDER_H

#include "collect.h"
#include "columns.h"

/* A reservation, or one of its phone numbers, and by what it is sorted. */
struct order_unit {
    size_t reservation, number; /* places in the collection; SIZE_MAX: of all its numbers */
    size_t place;               /* where it stood before it was sorted last, */
    size_t group;               /* and where the first of its reservation stood */
    bool has_value, is_descending;
    bool is_instant;
    int64_t seconds;
    uint32_t nanoseconds;
    numres_text text;
};

struct order {
    const struct column *column; /* NULL: records are shown as they come */
    bool is_descending;
    bool by_row; /* each number is shown by itself, with its reservation */
    size_t max_memory;
    numres_collection *collection;
    struct order_unit *units;
    size_t count;
    size_t next;   /* the unit to be handed out */
    bool is_first; /* the one handed out last is the first of its reservation */
};

void order_begin(struct order *order);
void order_end(struct order *order);

/* Keeps a reservation with its numbers. */
enum collect_result order_add(struct order *order, const numres_reservation *reservation,
                              const struct collect *numbers);

/* Sorts what is kept. Returns false if there is no memory. */
bool order_sort(struct order *order);

/* The next reservation in order, whose numbers go to `numbers`; NULL: there is none, or
   no memory for them, which sets *has_failed. */
const numres_reservation *order_next(struct order *order, struct collect *numbers,
                                     bool *has_failed);

#endif
