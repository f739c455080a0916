/* The phone numbers of the current reservation, which arrive before it and are shown
   after it. showing.c fills it, show.c and api/ empty it. */
#ifndef NUMRES_TOOLS_COLLECT_H
#define NUMRES_TOOLS_COLLECT_H

#include "numres.h"

#define COLLECT_DEFAULT_LIMIT 8388608

enum collect_result { COLLECT_KEPT, COLLECT_OVER_LIMIT, COLLECT_NO_MEMORY };

/* They are open in a collection, which is made for the first one and whose memory is used
   again. */
struct collect {
    numres_collection *collection;
    uint64_t matching; /* numbers of the reservation that passed the filters, kept or not */
    size_t used;       /* bytes, as copies of them would take */
    size_t limit;
};

void collect_begin(struct collect *collect, size_t limit);
void collect_end(struct collect *collect);

/* Keeps a copy, if the limit allows it. */
enum collect_result collect_add(struct collect *collect, const numres_phone_number *phone_number);

/* Drops all numbers. */
void collect_empty(struct collect *collect);

/* How many there are, and one of them; NULL after the last. */
size_t collect_count(const struct collect *collect);
const numres_phone_number *collect_at(const struct collect *collect, size_t place);

#endif
