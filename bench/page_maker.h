/* Writes JSON into memory in one of the page's styles. */
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

/* The next number of a pseudorandom sequence that the seed determines. */
uint64_t maker_random(maker *made);
uint64_t maker_random_below(maker *made, uint64_t limit);

/* Writes the bytes as they are. */
void maker_text(maker *made, const char *text);
/* The same with a format, for at most 159 bytes. */
__attribute__((format(printf, 2, 3))) void maker_formatted(maker *made, const char *format, ...);

/* Comma and line break before an element. */
void maker_next_item(maker *made);
void maker_open(maker *made, char bracket);
void maker_close(maker *made, char bracket);

/* Writes a member's name with the comma, white space and colon around it. */
void maker_name(maker *made, const char *name);
/* The same, with one byte of the name as an escape. */
void maker_escaped_name(maker *made, const char *name);

/* Writes a string value. `free_text` is text that people wrote, which in practice holds
   the characters that JSON must or may escape. */
void maker_string(maker *made, const char *text, bool free_text);

/* Whether every string holds an escape. */
bool maker_is_worst(const maker *made);

#endif
