/* Counts by status, which --count shows in place of the records. */
#ifndef NUMRES_TOOLS_TALLY_H
#define NUMRES_TOOLS_TALLY_H

#include "numres.h"

#include "../run/print.h"

/* Statuses that the API does not document, and none, have a place after the others. */
#define TALLY_PLACES (NUMRES_STATUS_COUNT + 1)

struct tally {
    uint64_t reservations[TALLY_PLACES];
    uint64_t phone_numbers[TALLY_PLACES];
};

void tally_add_reservation(struct tally *tally, const numres_reservation *reservation);
void tally_add_number(struct tally *tally, const numres_phone_number *number);

/* How the table for people is printed. */
struct tally_look {
    bool is_partial; /* not all that there is was counted */
    bool has_colour;
};

/* Prints the counts in the format of that name: table, ndjson, jsonl, json, csv or tsv. */
void tally_print(const struct tally *tally, const char *format, const struct tally_look *look,
                 struct print *print);

/* Whether it has such a format. */
bool tally_has_format(const char *format);

#endif
