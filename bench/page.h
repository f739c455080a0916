/*
 * List pages for the benchmarks, of any length and in several styles. The same arguments
 * give the same bytes on every machine.
 *
 * PAGE_REAL has the shape of the API's published responses (page_real.h). The others,
 * except the last four, have the members, their order and their forms from the
 * documentation's sample page. Ids, numbers, statuses, references and times vary, a
 * reference may be null, and members that the API sometimes leaves out are sometimes left
 * out.
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
    PAGE_REAL, /* compact, too */
    PAGE_COMPACT,
    PAGE_PRETTY,
    PAGE_SHUFFLED,    /* each record has its own order of members */
    PAGE_ESCAPED,     /* one string value in ten holds an escape */
    PAGE_NON_ASCII,   /* references and error texts in other scripts */
    PAGE_UNKNOWN,     /* unknown members between the others */
    PAGE_WORST,       /* every string value holds one \u escape */
    PAGE_WORST_NAMES, /* and so does every name inside `data` */
    PAGE_SURPRISES,   /* PAGE_REAL with something odd near the end of every record */
    PAGE_ALTERNATING, /* the same, but only in every second record */
    PAGE_TINY,        /* records of a few bytes, every second one odd */
    PAGE_SPARSE,      /* the same, but one odd number in ten */
    PAGE_STYLE_COUNT
} page_style;

/* Readable zero bytes after a page's last one. */
#define PAGE_PADDING 64

typedef struct page {
    char *bytes;
    size_t length;
    page_style style;
} page;

/* Makes a page, to be freed by page_destroy. Returns false if there is not enough memory. */
bool page_make(page *made, uint64_t reservations, page_style style, uint64_t seed);

/* `bytes` may be NULL. */
void page_destroy(page *made);

/* The style's name, such as "compact". */
const char *page_style_name(page_style style);

/* Finds the style of that name. Returns false if there is none. */
bool page_style_named(const char *name, page_style *style);

/* Whether members come in alphabetical order. */
bool page_style_is_sorted(page_style style);

/* Whether some statuses and timestamps are invalid. */
bool page_style_has_problems(page_style style);

/* Whether names of members are written with escapes. */
bool page_style_escapes_names(page_style style);

#ifdef __cplusplus
}
#endif

#endif
