/* From a record to the output: the numbers of a reservation are collected, records are
   sorted (order.c) or counted (tally.c), and a format shows them (format.c). show.c, diff.c
   and the commands of the API use it. */
#ifndef NUMRES_TOOLS_FORMAT_H
#define NUMRES_TOOLS_FORMAT_H

#include "numres.h"

#include "../run/session.h"
#include "selection.h"
#include "table.h"

struct xlsx;

/* ---- showing.c: the phone numbers of the current reservation, which arrive before it and
   are shown after it ---- */

/* They are the open phone numbers of a collection, which is created for the first one; its
   memory is reused. */
struct collect {
    numres_collection *collection;
    uint64_t matching; /* numbers of the reservation that passed the filters, kept or not */
    size_t used;       /* bytes that copies of them would take */
    size_t limit;
};

void collect_begin(struct collect *collect, size_t limit);
void collect_end(struct collect *collect);

/* Keeps a copy. NUMRES_COLLECTION_FULL: the limit does not allow it. */
numres_code collect_add(struct collect *collect, const numres_phone_number *phone_number);

/* The same in a handler, which returns the answer. */
numres_answer collect_take(struct collect *collect, struct session *session,
                           const numres_phone_number *phone_number);

/* What a handler returns after it has kept the record at this index, or could not; the rest is as
   for session_stop_for_memory. */
numres_answer collect_answer(struct session *session, numres_code code, uint64_t index,
                             const char *records, size_t limit, const char *option);

/* Drops all numbers. */
void collect_empty(struct collect *collect);

/* How many there are, and one of them; NULL after the last. */
size_t collect_count(const struct collect *collect);
const numres_phone_number *collect_at(const struct collect *collect, size_t place);

/* ---- order.c: --sort keeps all records, in a collection, and hands them out in order ---- */

/* A reservation or one of its phone numbers, with its sort key. */
struct order_unit {
    size_t reservation, number; /* places in the collection; number SIZE_MAX: all numbers */
    size_t place;               /* its index before it was sorted last */
    size_t group;               /* the index of the first unit of its reservation */
    bool has_value, is_descending;
    bool is_instant;
    int64_t seconds;
    uint32_t nanoseconds;
    numres_text text;
};

struct order {
    const struct column *column; /* NULL: not sorted, records are shown as they come */
    bool is_descending;
    bool by_row; /* each number is shown by itself, with its reservation */
    size_t max_memory;
    numres_collection *collection;
    struct order_unit *units;
    size_t count;
    size_t next;   /* the next unit to be handed out */
    bool is_again; /* the one handed out last is another of a reservation that was before it */
};

void order_end(struct order *order);

/* Keeps a reservation with its numbers. NUMRES_COLLECTION_FULL: max_memory does not allow it. */
numres_code order_add(struct order *order, const numres_reservation *reservation,
                      const struct collect *numbers);

/* Sorts what is kept. Returns false if there is no memory. */
bool order_sort(struct order *order);

/* The next reservation in order, whose numbers go to `numbers`. NULL: there is none, or no
   memory for them, in which case *has_failed is set. */
const numres_reservation *order_next(struct order *order, struct collect *numbers,
                                     bool *has_failed);

/* ---- tally.c: counts by status, which --count shows in place of the records ---- */

/* One place for each status (undocumented ones count as unknown), and one for none. */
#define TALLY_PLACES (NUMRES_STATUS_COUNT + 1)

struct tally {
    uint64_t reservations[TALLY_PLACES];
    uint64_t phone_numbers[TALLY_PLACES];
};

void tally_add_reservation(struct tally *tally, const numres_reservation *reservation);
void tally_add_number(struct tally *tally, const numres_phone_number *number);

/* How the table for people is printed. */
struct tally_look {
    bool is_partial; /* not everything was counted */
    bool has_colour;
};

/* Prints the counts in the format of that name: ndjson, jsonl, json, csv, tsv or table. */
void tally_print(const struct tally *tally, const char *format, const struct tally_look *look,
                 struct print *print);

/* ---- format.c ---- */

/* Where the columns of --columns begin and end in a table. */
struct columns_layout {
    size_t count; /* how many of the chosen ones have room */
    size_t starts[COLUMNS_MOST], ends[COLUMNS_MOST];
};

/* The output of numres show, or of a command that asks the API. */
struct showing {
    struct session *session;
    const struct selection *selection;
    const struct show_format *format;
    const struct filter *filter; /* NULL: all pass */
    bool keeps_numbers;
    struct collect numbers;      /* of the reservation being read */
    uint64_t unprinted;          /* numbers read of it, including a refused one */
    uint64_t shown;              /* reservations */
    const numres_parser *parser; /* which has just read what is shown; NULL after sorting */
    struct order order;
    bool is_over; /* what is to be sorted takes too much memory */
    bool is_lost; /* the workbook could not be written, and that was reported */
    /* For the table. */
    struct table table;
    struct summary summary;
    bool is_empty_told; /* the command has said why nothing is shown */
    /* For the formats of the library's writer. */
    numres_writer *writer;
    void *writer_memory;
    struct rows rows;
    /* For others. */
    struct columns_layout layout;
    struct tally tally;
    struct xlsx *xlsx;
};

/* What a format does. */
struct format_functions {
    /* Returns false after it has said why it cannot. */
    bool (*begin)(struct showing *showing);
    /* The reservation's numbers have been collected. */
    void (*reservation)(struct showing *showing, const numres_reservation *reservation);
    void (*page)(struct showing *showing, const numres_meta *meta); /* may be NULL */
    /* After the last file, also after errors; may be NULL. */
    void (*end)(struct showing *showing);
};

/* How many rows the current reservation has for its numbers: none if no chosen column is a
   number's. */
size_t show_format_number_rows(const struct showing *showing);

/* ---- columns_table.c: the rows of the table with --columns ---- */

/* Prints a row for each of the numbers, and the header before the first row. */
void columns_table_reservation(struct showing *showing, const numres_reservation *reservation);

/* Says which columns are left out, if there are any. */
void columns_table_end(const struct showing *showing);

/* ---- xlsx.c: the rows of CSV as an Excel workbook, through libxlsxwriter. In the program
   without that library, api/network.c has only a beginning, which becomes the program with it.
   ---- */

extern const struct format_functions xlsx_functions;

/* ---- showing.c: from a record that was read to the format ---- */

/* The session has its settings. */
void showing_set_up(struct showing *showing, struct session *session,
                    const struct selection *selection);
void showing_give_up(struct showing *showing);

/* Whether the parser has to deliver phone numbers. */
bool showing_needs_numbers(const struct showing *showing);

/* The handler of phone numbers: keeps one that the filters take until its reservation arrives.
   If there is no room, sets stop_sentence of the session and returns NUMRES_STOP. */
numres_answer showing_keep_number(struct showing *showing, const numres_phone_number *phone_number);

/* Whether the filters take a reservation, once its numbers have been collected. */
bool showing_takes(const struct showing *showing, const numres_reservation *reservation);

/* Shows a reservation that was taken, or keeps it to be sorted. Returns as
   showing_keep_number does. */
numres_answer showing_show(struct showing *showing, const numres_parser *parser,
                           const numres_reservation *reservation);

/* Whether as many are shown as --limit allows. */
bool showing_is_full(const struct showing *showing);

/* The option whose limit left something out, or ended the run before it was known whether there
   is more; NULL: none did. */
const char *showing_limit(const struct showing *showing);

/* Shows what was kept to be sorted, and ends the format. */
void showing_end(struct showing *showing);

/* With --exit-status, after a run without any fault: sets the exit code if nothing was
   shown. */
void showing_judge(const struct showing *showing);

#endif
