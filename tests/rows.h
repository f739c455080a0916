/*
 * CSV and TSV as the tests expect them, with columns from the tables in numres/members.h:
 * adding a member there changes no test.
 */
#ifndef NUMRES_TESTS_ROWS_H
#define NUMRES_TESTS_ROWS_H

#include <numres/members.h>
#include <stddef.h>

#include "text_buffer.h"

/* ROW_RESERVATION_ID and so on, in the order of the columns. Record types and containers
   have a number but no column. */
#define ROW_VALUE(OBJECT, NAME, NUMBER, field, name, TYPE, NEED) ROW_##OBJECT##_##NAME,
#define ROW_CONTAINER(OBJECT, NAME, NUMBER, name, FORM, CHILD, NEED) ROW_##OBJECT##_##NAME,
enum {
    NUMRES_RESERVATION_MEMBERS(ROW_VALUE, ROW_CONTAINER)
        NUMRES_PHONE_NUMBER_MEMBERS(ROW_VALUE, ROW_CONTAINER) ROW_PLACES
};

/* The text of each column; NULL: empty. */
typedef struct row {
    const char *values[ROW_PLACES];
} row;

/* Adds the header or one row; `separator` is a comma (CSV) or a tab (TSV). */
void rows_add_header(text_buffer *text, char separator);
void rows_add(text_buffer *text, char separator, const row *row);

/* Returns the header and these rows, valid until the next call. */
const char *rows_text(char separator, const row *rows, size_t count);

/* ROWS(',', {{[ROW_RESERVATION_ID] = "r1"}}, ...) */
#define ROWS(separator, ...)                                                                       \
    rows_text(separator, (const row[]){__VA_ARGS__},                                               \
              sizeof((const row[]){__VA_ARGS__}) / sizeof(row))
#define NO_ROWS(separator) rows_text(separator, NULL, 0)

#endif
