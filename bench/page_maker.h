/* JSON into memory in one of the page's styles; what the pages are written with. */
#ifndef BENCH_PAGE_MAKER_H
#define BENCH_PAGE_MAKER_H

#include "page.h"

typedef struct maker {
    char *bytes;
    size_t length;
    size_t capacity;
    bool failed;
    page_style style;
    uint64_t random_state;
    unsigned int depth;
    bool first; /* no comma before the next member or element */
} maker;

/* The next of a row of numbers that the seed decides. */
uint64_t maker_random(maker *made);
uint64_t maker_random_below(maker *made, uint64_t limit);

/* Bytes as they are. */
void maker_text(maker *made, const char *text);
/* The same, of at most 159 bytes. */
__attribute__((format(printf, 2, 3))) void maker_formatted(maker *made, const char *format, ...);

/* Comma and line break before an element. */
void maker_next_item(maker *made);
void maker_open(maker *made, char bracket);
void maker_close(maker *made, char bracket);

/* A member's name, with what stands before and behind it. */
void maker_name(maker *made, const char *name);
/* The same, one of its bytes as an escape. */
void maker_escaped_name(maker *made, const char *name);

/* A string value. Text that people wrote is `free_text`: what JSON must or may
   escape in practice is found there. */
void maker_string(maker *made, const char *text, bool free_text);

/* Whether every string holds an escape. */
bool maker_is_worst(const maker *made);

#endif
