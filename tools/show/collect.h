/* The phone numbers of the current reservation, which arrive before it and are shown
   after it. format.c fills it, show.c and api/ empty it. */
#ifndef NUMRES_TOOLS_COLLECT_H
#define NUMRES_TOOLS_COLLECT_H

#include "numres.h"

#define COLLECT_DEFAULT_LIMIT 8388608

enum collect_result { COLLECT_KEPT, COLLECT_OVER_LIMIT, COLLECT_NO_MEMORY };

/* One buffer, which grows up to the limit and is reused. */
struct collect {
    char *memory;
    size_t size;
    size_t used;
    size_t limit;
};

void collect_begin(struct collect *collect, size_t limit);
void collect_end(struct collect *collect);

/* Keeps a copy, if the limit allows it. */
enum collect_result collect_add(struct collect *collect, const numres_phone_number *phone_number);

/* Drops all numbers. */
void collect_empty(struct collect *collect);

/* The first number, and the one after another of them; NULL if there is none. */
const numres_phone_number *collect_first(const struct collect *collect);
const numres_phone_number *collect_next(const struct collect *collect,
                                        const numres_phone_number *phone_number);

#endif
