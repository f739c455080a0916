/* Which parts of the records are shown, and how: the columns of CSV by their names (columns.c),
   the filters (filter.c), the formats by their names (format.c), and the options about them that
   show, list and get have in common (selection.c). show/ and the commands of the API use it. */
#ifndef NUMRES_TOOLS_SELECTION_H
#define NUMRES_TOOLS_SELECTION_H

#include "numres.h"

#include "../run/options.h"
#include "../run/print.h"
#include "../run/session.h"
#include "../run/times.h"

/* ---- columns.c: the columns that --columns and --sort name, and their values in a record ---- */

/* The most columns that there can be, and that can be chosen. */
#define COLUMNS_MOST 64

/* The type of a column's values. */
enum column_type {
    COLUMN_TEXT,
    COLUMN_RECORD_TYPE,
    COLUMN_STATUS,
    COLUMN_TIMESTAMP,
    COLUMN_E164, /* a phone number */
    COLUMN_BOOLEAN
};

struct column {
    const char *name;
    const char *member_name; /* in the JSON text */
    bool is_of_number;       /* else of the reservation */
    unsigned int member;
    enum column_type type;
    size_t place; /* in a row */
};

struct columns {
    /* All of them, in the order of a row. Their names are in `names`, the header that the
       library writes. */
    size_t count;
    struct column all[COLUMNS_MOST];
    char names[2048];
    /* The chosen ones, in the order of --columns; none: all that the format has. */
    size_t chosen_count;
    const struct column *chosen[COLUMNS_MOST];
};

/* Finds all columns; none is chosen. Returns false if there is no memory. */
bool columns_begin(struct columns *columns);

/* Chooses the columns in `names`, which are separated by commas. Returns false after it has
   said which name is unknown. */
bool columns_choose(struct columns *columns, enum option_command command, const char *names,
                    struct print *messages);

/* The column of that name. If there is none, says so and returns NULL. */
const struct column *columns_find(const struct columns *columns, enum option_command command,
                                  const char *name, struct print *messages);

/* Whether a chosen column is of phone numbers, so that each number has a row. */
bool columns_are_of_numbers(const struct columns *columns);

/* The value in these records, as in CSV but without quotes; empty if it is absent or null. A
   record that is NULL has no values. */
numres_text column_text(const struct column *column, const numres_reservation *reservation,
                        const numres_phone_number *number);

/* Sets the instant of the value. Returns false if it is not a time. */
bool column_instant(const struct column *column, const numres_reservation *reservation,
                    const numres_phone_number *number, int64_t *seconds, uint32_t *nanoseconds);

/* ---- rows of the library's writer, whose chosen fields are printed ---- */

struct rows {
    const struct columns *columns;
    struct print *print;
    char separator;
    char *row; /* the row that is being written */
    size_t length, size;
    size_t starts[COLUMNS_MOST + 1]; /* of its fields so far, and of what follows the last */
    size_t fields;
    bool in_quotes;
    bool has_failed; /* there is no memory for a row */
};

/* `separator` is that of the fields: a tab in TSV. */
void rows_begin(struct rows *rows, const struct columns *columns, char separator,
                struct print *print);

/* The writer's output function; `context` is the rows. */
size_t rows_take(const void *bytes, size_t length, void *context);

void rows_end(struct rows *rows);

/* ---- filter.c: which reservations are shown, and which of their phone numbers ---- */

/* A bound of created_at. */
struct filter_time {
    bool is_set;
    numres_timestamp value;
    numres_text text; /* as it is sent */
    char written[TIMES_FILTER_SIZE];
};

/* All zero takes every record. */
struct filter {
    /* Of the reservation. */
    uint32_t statuses; /* bit N: the status N is taken; 0: any is */
    struct filter_time after, before;
    numres_text reference; /* NULL: any is taken */
    /* Of its phone numbers. */
    uint32_t number_statuses;
    bool expires, is_expired; /* by the time `last`; before `now`; in seconds since 1970 */
    int64_t now, last;
    numres_text phone_number; /* NULL: any is taken */
    bool is_prefix;
};

/* Reads the options of the command. Texts point into the command line. Returns false after it
   has said what is wrong. */
bool filter_read(struct filter *filter, enum option_command command, const struct settings *texts,
                 struct print *messages);

/* Whether the command line has any filter. */
bool filter_is_given(const struct settings *texts);

/*
 * Moves to the query what the API can filter by: one status, the times, the reference
 * and a whole phone number. The last stays here as well: the API returns the other
 * numbers of its reservation too.
 */
void filter_send(struct filter *filter, numres_query *query);

/* Says on standard error which filters are sent with the query and which are applied here;
   nothing if there are none. */
void filter_report(const struct filter *filter, const numres_query *query, struct session *session);

/* Writes the filters that are applied here, for the end of the URL of a list, so that a list
   with other filters has another text. Returns the length, as snprintf does. */
size_t filter_write_local(const struct filter *filter, const struct settings *texts, char *text,
                          size_t size);

/* Whether there is a filter on phone numbers: then a reservation is shown with only the numbers
   that are taken, and not at all if there are none. */
bool filter_is_about_numbers(const struct filter *filter);

/* Whether the API's number, which may be redacted, may be the wanted one. */
bool filter_may_be_number(numres_text number, numres_text wanted);

bool filter_takes_number(const struct filter *filter, const numres_phone_number *number);

/* Whether the reservation itself is taken; its numbers do not matter. */
bool filter_takes_reservation(const struct filter *filter, const numres_reservation *reservation);

/* ---- format.c: the formats; format.h has what they do ---- */

struct show_format {
    const char *name;
    const struct format_functions *functions; /* NULL: this numres was built without it */
    numres_format written_as;                 /* for the library's writer */
    bool has_numbers;                         /* the numbers are collected before a reservation */
    bool is_paged;
    bool is_at_end;   /* nothing is written before the end */
    bool is_whole;    /* the output is one document or one count, which no other can continue */
    bool is_lines;    /* outputs can be joined: nothing before or after the reservations */
    bool needs_id;    /* a reservation without an id is reported and not shown */
    bool is_by_row;   /* a row or line for each number */
    bool has_columns; /* --columns can choose among them */
};

/* The format of that name, which options.def has; or what replaces it with --columns or --count.
   NULL: it does not have these. */
const struct show_format *show_format_of(const char *name, bool has_columns, bool counts);

/* ---- selection.c: the options that show, list and get have in common ---- */

struct selection {
    const struct show_format *format;
    struct filter filter;
    struct columns columns;
    const struct column *sort; /* NULL: as they come */
    bool is_descending;
    uint64_t limit;           /* reservations; 0: no limit */
    const char *limit_option; /* the option that set it: of two, the one with the smaller number */
};

/* Reads those of the options that the command has. Returns false after it has said what is
   wrong. The selection must not move: it points into itself. */
bool selection_read(struct selection *selection, enum option_command command,
                    const struct settings *texts, struct print *messages);

#endif
