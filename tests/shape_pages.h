/* Pages of phone numbers that are laid out alike, but for one of them. */
#ifndef NUMRES_TESTS_SHAPE_PAGES_H
#define NUMRES_TESTS_SHAPE_PAGES_H

#include <stddef.h>

/* In a page the first number is learned, so those after it are read by its shape. */
enum { LAYOUT_STYLES = 4, LAYOUT_NUMBERS = 9, LAYOUT_CHANGED = 5, LAYOUT_MOST_BYTES = 8192 };

/* A document of numbers in one style; enough white space follows for all of them
   to be read far from its end. */
typedef struct shape_page {
    char bytes[LAYOUT_MOST_BYTES];
    size_t length;
    size_t begins, ends; /* the one that may be changed */
} shape_page;

/* `created_at` and `errors` are those of the number that is changed. */
void shape_page_make(shape_page *page, size_t style, const char *created_at, const char *errors);

#endif
