/*
 * List pages for the benchmarks: any length, several styles, the same bytes
 * for the same arguments on every machine.
 *
 * PAGE_REAL is the shape of the API's published answers (page_real.h). All
 * others but the last three have the members, their order and their forms from
 * the documentation's sample page: ids, numbers, statuses, references and times
 * vary, a reference may be null, and members that the API leaves out now and
 * then are left out.
 */
#ifndef BENCH_PAGE_H
#define BENCH_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum page_style {
    PAGE_REAL, /* compact too */
    PAGE_COMPACT,
    PAGE_PRETTY,
    PAGE_SHUFFLED,    /* each record's members in an order of their own */
    PAGE_ESCAPED,     /* one string value in ten holds an escape */
    PAGE_NON_ASCII,   /* references and error texts in other scripts */
    PAGE_UNKNOWN,     /* members that no schema knows between the others */
    PAGE_WORST,       /* every string value holds one \u escape */
    PAGE_WORST_NAMES, /* and so does every name inside data */
    PAGE_SURPRISES,   /* as PAGE_REAL, and something odd late in every record */
    PAGE_ALTERNATING, /* the same in every second record */
    PAGE_TINY,        /* records of a few bytes, every second one odd */
    PAGE_STYLE_COUNT
} page_style;

/* Bytes that can be read behind a page's last one; they are zero. */
#define PAGE_PADDING 64

typedef struct page {
    char *bytes;
    size_t length;
    page_style style;
} page;

/* Makes a page, which page_destroy frees. False: there is too little memory. */
bool page_make(page *made, uint64_t reservations, page_style style, uint64_t seed);

/* NULL in `bytes` is legal. */
void page_destroy(page *made);

/* The style's name, such as "compact". */
const char *page_style_name(page_style style);

/* The style of that name; false if there is none. */
bool page_style_named(const char *name, page_style *style);

/* Whether members come in alphabetical order. */
bool page_style_is_sorted(page_style style);

/* Whether there are statuses and timestamps that are none. */
bool page_style_has_problems(page_style style);

/* Whether names of members are written with escapes. */
bool page_style_escapes_names(page_style style);

#ifdef __cplusplus
}
#endif

#endif
