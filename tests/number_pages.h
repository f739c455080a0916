/*
 * Pages of the shape that the API sends: compact, with members in alphabetical order.
 * Each object may be a variant, which changes one place of the usual text.
 */
#ifndef NUMRES_TESTS_NUMBER_PAGES_H
#define NUMRES_TESTS_NUMBER_PAGES_H

#include <stddef.h>

/* A variant replaces `text` by `other`. */
typedef struct number_variant {
    const char *text; /* NULL: nothing */
    const char *other;
} number_variant;

/* Variants of a phone number, and of a reservation's head and tail, written with ' for ".
   The first of each list changes nothing. */
extern const number_variant number_variants[];
extern const size_t number_variant_count;
extern const number_variant reservation_variants[];
extern const size_t reservation_variant_count;

enum { NUMBER_PAGE_MOST = 49152 };

typedef struct number_page {
    char bytes[NUMBER_PAGE_MOST];
    size_t length;
} number_page;

void number_page_start(number_page *page);

/* Add a reservation's head up to its phone numbers, and what follows them, each as a variant. */
void number_page_open(number_page *page, size_t variant);
void number_page_close(number_page *page, size_t variant);

/* Adds a phone number. */
void number_page_add(number_page *page, size_t variant);

/* Adds any bytes, written with ' for ". */
void number_page_put(number_page *page, const char *text);

/* Ends the list and adds white space, so that the list is not near the end of the input. */
void number_page_end(number_page *page);

#endif
