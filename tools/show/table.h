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

#include "../run/print.h"

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

/* The line under the table: how much was shown, and of which pages. Where it is
   too wide it goes on in the next line. */

struct summary {
    uint64_t reservations;
    uint64_t phone_numbers;
    uint64_t by_status[NUMRES_STATUS_COUNT];
    uint64_t without_status;        /* absent or null; in by_status they are not */
    uint64_t pages;                 /* meta objects */
    uint64_t first_page, last_page; /* what the first and the last of them say */
    uint64_t total_pages;           /* what the last says; 0: nothing */
    bool pages_are_in_row;          /* each one higher, with the same total */
    bool is_partial;                /* something is missing at its end, */
    uint64_t partial_page;          /* of this page; 0: nothing of a page was shown */
};

void summary_begin(struct summary *summary);
void summary_add_reservation(struct summary *summary);
void summary_add_number(struct summary *summary, const numres_phone_number *phone_number);
void summary_add_page(struct summary *summary, const numres_meta *meta);
/* The list is not whole; of `page`, if that is not 0, only a part is. */
void summary_break_off(struct summary *summary, uint64_t page);
void summary_print(const struct summary *summary, struct print *print, size_t width);

#endif
