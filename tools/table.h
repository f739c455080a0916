/* The table for people: a line for each reservation, and under it, set in, one
   for each of its numbers. A status that is wider than its column is on a line
   of its own before the rest of its row. */
#ifndef NUMRES_TOOLS_TABLE_H
#define NUMRES_TOOLS_TABLE_H

#include "numres.h"

#include "print.h"

struct table {
    struct print *print;
    size_t width; /* the last column of a line ends here */
    bool colour;
};

/* `terminal` is where the table will be seen; it tells the width and whether
   there are colours. */
void table_begin(struct table *table, struct print *print, int terminal);

void table_header(const struct table *table);
void table_reservation(const struct table *table, const numres_reservation *reservation);
void table_phone_number(const struct table *table, const numres_phone_number *phone_number);

#endif
