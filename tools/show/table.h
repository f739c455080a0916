/*
 * The table for people: a line for each reservation and, indented under it, one for
 * each of its numbers. A status that is wider than its column is on a line of its
 * own before the rest of its row. On a terminal of 40 columns or more no line is
 * wider than that: in a narrow one rows continue on the next line, and texts that
 * are too long are cut. Elsewhere, and with --wide, nothing is cut. format.c uses
 * it, and the summary under it.
 */
#ifndef NUMRES_TOOLS_TABLE_H
#define NUMRES_TOOLS_TABLE_H

#include "numres.h"

#include "../run/print.h"

struct table_layout;

struct table {
    struct print *print;
    const struct table_layout *layout;
    size_t width; /* of the terminal, or the usual one */
    bool is_cut;  /* texts are cut to the width */
    bool has_colour;
};

/* `terminal` is the descriptor on which the table will be seen, if it is a terminal. */
void table_begin(struct table *table, struct print *print, int terminal, bool is_wide,
                 bool has_colour);

void table_header(const struct table *table);
void table_reservation(const struct table *table, const numres_reservation *reservation);
void table_phone_number(const struct table *table, const numres_phone_number *phone_number);

/* The line under the table: how much was shown, and of which pages. If it is too
   wide, it continues on the next line. */

struct summary {
    uint64_t reservations;
    uint64_t phone_numbers;
    uint64_t by_status[NUMRES_STATUS_COUNT];
    uint64_t without_status;        /* absent or null; not counted in by_status */
    uint64_t pages;                 /* meta objects */
    uint64_t first_page, last_page; /* of the first and the last of them */
    uint64_t total_pages;           /* of the last; 0: unknown */
    bool pages_are_in_row;          /* each one higher than the one before, with the same total */
    bool is_partial;                /* the list is cut off, */
    uint64_t partial_page;          /* inside this page; 0: between two pages */
};

/* The status that means the same to people, and whose count and colour it shares. */
numres_status summary_counts_as(numres_status status);

void summary_begin(struct summary *summary);
void summary_add_reservation(struct summary *summary);
void summary_add_number(struct summary *summary, const numres_phone_number *phone_number);
void summary_add_page(struct summary *summary, const numres_meta *meta);
/* The list is cut off, inside `page` if that is not 0. */
void summary_break_off(struct summary *summary, uint64_t page);
void summary_print(const struct summary *summary, struct print *print, size_t width);

#endif
