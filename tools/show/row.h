/* One row of a table being written: texts at their places, cut to the terminal, in colour;
   and the cells that both tables have. table.c and columns_table.c write their rows by
   it. */
#ifndef NUMRES_TOOLS_ROW_H
#define NUMRES_TOOLS_ROW_H

#include "numres.h"

#include "table.h"

struct row {
    const struct table *table;
    size_t position;
    const char *colour; /* of the text to come; NULL: none */
    bool is_coloured;   /* it was begun */
};

struct row row_begin(const struct table *table);
void row_end(struct row *row);

/* Moves to a place, or further right if the text before it is longer. To be called only
   before text, so that no line ends in blanks. */
void row_go_to(struct row *row, size_t start);

/* The texts from here on are in this colour, if the table has any; NULL: in none. */
void row_colour(struct row *row, const char *colour);
void row_plain(struct row *row);

/* The tool's own words, uncut. */
void row_string(struct row *row, const char *string);

/* A text from outside, at the place `start`. On a terminal it is cut to end before `end`;
   if there is no room for it, it is left out. */
void row_text(struct row *row, size_t start, size_t end, numres_text text);

/* One member of a record, from its masks and raw text. */
struct member {
    bool present, null, invalid;
    numres_text raw;
};

struct member row_number_member(const numres_phone_number *phone_number,
                                numres_phone_number_member number);
struct member row_reservation_member(const numres_reservation *reservation,
                                     numres_reservation_member number);

/* Whether there is a value that is as it should be, and not empty. */
bool row_has(const struct member *member);

/* The member in such a cell, or `absent` in its place if it is absent or null. A rejected
   value is shown as it came, after a mark: it must not look like a valid one. */
void row_member(struct row *row, size_t start, size_t end, const struct member *member,
                const char *absent);

/* The colour of a status, the same everywhere. */
const char *row_status_colour(numres_status status);

/* A status in its colour. */
void row_status(struct row *row, size_t start, size_t end, const struct member *member,
                numres_status status);

/* A time in the table's style. `comes`: when something expires, in the warning colour if
   that is soon. What is no time, or none in this zone, is shown as it came. */
void row_time(struct row *row, size_t start, size_t end, const struct member *member,
              const numres_timestamp *time, bool comes);

/* Writes the marks of a row, of which 0 is none, for row_string: " [1][2]". Returns their
   length. */
#define ROW_MARKS_SIZE 32
size_t row_write_marks(const unsigned int *marks, size_t count, char *text);

#endif
