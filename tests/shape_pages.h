/* Pages of phone numbers that have the same shape, except for one of them. */
#ifndef NUMRES_TESTS_SHAPE_PAGES_H
#define NUMRES_TESTS_SHAPE_PAGES_H

#include <stddef.h>

/* The first number of a page is learned; the others are read by its shape. */
enum { SHAPE_STYLES = 4, SHAPE_NUMBERS = 9, SHAPE_CHANGED = 5, SHAPE_MOST_BYTES = 8192 };

/* A page of numbers in one style, followed by enough white space for all of them to be
   read far from its end. */
typedef struct shape_page {
    char bytes[SHAPE_MOST_BYTES];
    size_t length;
    size_t begins, ends; /* of the number that may be changed */
} shape_page;

/* `created_at` and `errors` are values of the changed number. */
void shape_page_make(shape_page *page, size_t style, const char *created_at, const char *errors);

#endif
