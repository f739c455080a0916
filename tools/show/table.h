/*
 * The table for people: a line for each reservation and, indented under it, one for each
 * of its numbers. On a terminal of 40 columns or more no line is wider than that: in a
 * narrow one columns are left out, texts that are too long are cut, and errors that do
 * not fit in stand below the table. Elsewhere, and with --wide, nothing is cut. format.c
 * uses it, and the summary under it; columns_table.c has the same look and other columns.
 */
#ifndef NUMRES_TOOLS_TABLE_H
#define NUMRES_TOOLS_TABLE_H

#include "numres.h"

#include "../run/print.h"
#include "../run/report.h"
#include "moment.h"
#include "short_ids.h"

/* Where the columns begin. Some may be left out, and are 0 then. */
struct table_columns {
    size_t reference, number, expires, created, id, errors;
    size_t reference_end; /* the reference may reach over columns that are the numbers' */
    size_t id_end;
    bool has_whole_ids;
    bool is_narrow; /* times and ids share a column, and so the header has two lines */
};

struct table {
    struct print *print;
    struct notes *notes; /* NULL: there are none */
    size_t width;        /* of the terminal, or the usual one */
    bool is_cut;         /* texts are cut to the width */
    bool has_colour;
    bool has_header;
    struct table_columns columns;
    struct moments moments;
    struct short_ids ids;
};

/* How a table is to look. */
struct table_look {
    int terminal; /* the descriptor on which the table will be seen, if it is a terminal */
    bool is_wide, has_colour;
    const char *time; /* the value of --time, or NULL */
};

void table_begin(struct table *table, struct print *print, struct notes *notes,
                 const struct table_look *look);
void table_end(struct table *table);

/* The reservation, and before the first one the header. */
void table_reservation(struct table *table, const numres_reservation *reservation);

/* The next of the reservation's numbers, the one at `place` of `count`. */
void table_phone_number(struct table *table, const numres_reservation *reservation,
                        const numres_phone_number *phone_number, size_t place, size_t count);

/* ---- summary.c: the line under the table: how much was shown, and of which pages. If it
   is too wide, it continues on the next line. ---- */

struct summary {
    uint64_t reservations;
    uint64_t phone_numbers;
    uint64_t by_status[NUMRES_STATUS_COUNT];
    uint64_t without_status;        /* absent or null; not counted in by_status */
    uint64_t pages;                 /* meta objects */
    uint64_t first_page, last_page; /* of the first and the last of them */
    uint64_t total_pages;           /* of the last; 0: unknown */
    uint64_t total_results;         /* of the last, if all say the same; 0: unknown */
    bool pages_are_in_row;          /* each one higher than the one before, with the same total */
    bool is_filtered;               /* some reservations may have been left out */
    bool is_partial;                /* the list is cut off, */
    uint64_t partial_page;          /* inside this page; 0: between two pages */
    const char *limit;              /* the option that left the rest out; NULL: none did */
    int64_t milliseconds;           /* how long it took; negative: that is not told */
};

/* Text below a table, in pieces whose words stay together. */
struct wrapped {
    struct print *print;
    size_t width;
    size_t position;
};

/* Puts a piece after a blank, or on a new line if this one is full. */
void wrapped_put(struct wrapped *text, const char *piece);

/* The status that means the same to people, and whose count and colour it shares. */
numres_status summary_counts_as(numres_status status);

void summary_add_reservation(struct summary *summary);
void summary_add_number(struct summary *summary, const numres_phone_number *phone_number);
void summary_add_page(struct summary *summary, const numres_meta *meta);
/* The list is cut off, inside `page` if that is not 0. */
void summary_break_off(struct summary *summary, uint64_t page);
void summary_print(const struct summary *summary, struct print *print, size_t width);

#endif
