/* The columns of CSV, by their names there: those that --columns chooses, and the one
   that --sort takes; their values in a record; and rows with the chosen ones alone. */
#ifndef NUMRES_TOOLS_COLUMNS_H
#define NUMRES_TOOLS_COLUMNS_H

#include "numres.h"

#include "../run/options.h"
#include "../run/print.h"

/* The most that there can be, and that can be chosen. */
#define COLUMNS_MOST 64

/* What kind of value a column holds. */
enum column_kind {
    COLUMN_TEXT,
    COLUMN_RECORD_TYPE,
    COLUMN_STATUS,
    COLUMN_TIMESTAMP,
    COLUMN_DIALLED, /* a phone number */
    COLUMN_BOOLEAN
};

struct column {
    const char *name;
    const char *member_name; /* in the JSON text */
    bool is_of_number;       /* or of the reservation */
    unsigned int member;
    enum column_kind kind;
    size_t place; /* in a row */
};

struct columns {
    /* All of them, in the order of a row, as the header of the library's writer has
       them, which is in `names`. */
    size_t count;
    struct column all[COLUMNS_MOST];
    char names[2048];
    /* Those chosen, in the order of their names; none: all that the format has. */
    size_t chosen_count;
    const struct column *chosen[COLUMNS_MOST];
};

/* Finds all columns; none is chosen. Returns false if there is no memory. */
bool columns_begin(struct columns *columns);

/* Chooses those that `names` has, with commas between. Returns false after it has said
   that one is none. */
bool columns_choose(struct columns *columns, enum option_command command, const char *names,
                    struct print *messages);

/* The column of that name; NULL after it was said that there is none. */
const struct column *columns_find(const struct columns *columns, enum option_command command,
                                  const char *name, struct print *messages);

/* Whether one of the chosen is of phone numbers, so that each has a row. */
bool columns_are_of_numbers(const struct columns *columns);

/* How wide its values are in a table, but for times; and how narrow it may become, where
   that is too wide. */
size_t column_width(const struct column *column);
size_t column_least_width(const struct column *column);

/* The value in these records, as CSV has it but for its quotes: empty where it is absent
   or null. A record that is NULL has no values. */
numres_text column_text(const struct column *column, const numres_reservation *reservation,
                        const numres_phone_number *number);

/* The time that it is. Returns false if it is none. */
bool column_instant(const struct column *column, const numres_reservation *reservation,
                    const numres_phone_number *number, int64_t *seconds, uint32_t *nanoseconds);

/* ---- rows of the library's writer, of which the chosen fields are printed ---- */

struct rows {
    const struct columns *columns;
    struct print *print;
    char separator;
    bool is_tsv;
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

/* The writer's function; `context` is the rows. */
size_t rows_take(const void *bytes, size_t length, void *context);

void rows_end(struct rows *rows);

#endif
