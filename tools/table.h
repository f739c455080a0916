/*
 * The table for people: a line for each reservation and under it, set in, one for
 * each of its numbers. A status that is wider than its column is on a line of its
 * own before the rest of its row. On a terminal no line is wider than that, from 40
 * columns on: in a narrow one rows go on in the next line, and texts that are too
 * long are cut. Elsewhere, and where asked for, nothing is cut.
 */
#ifndef NUMRES_TOOLS_TABLE_H
#define NUMRES_TOOLS_TABLE_H

#include "numres.h"

#include "print.h"

struct table_layout;

struct table {
    struct print *print;
    const struct table_layout *layout;
    size_t width; /* of lines that can be broken */
    bool is_cut;  /* at that width */
    bool has_colour;
};

/* `terminal` is where the table will be seen, if it is one. */
void table_begin(struct table *table, struct print *print, int terminal, bool is_wide,
                 bool has_colour);

void table_header(const struct table *table);
void table_reservation(const struct table *table, const numres_reservation *reservation);
void table_phone_number(const struct table *table, const numres_phone_number *phone_number);

#endif
