/* What came of a list against what the API counts: by it numres list, extend and wait know
   that a list may be incomplete. */
#ifndef NUMRES_TOOLS_COUNTS_H
#define NUMRES_TOOLS_COUNTS_H

#include "exchange.h"
#include "repeats.h"

struct list_counts {
    uint64_t shown;                  /* reservations */
    uint64_t places;                 /* elements of the data arrays of pages read to their end, */
    uint64_t left_out;               /* and how many of them no reservations, or left out here */
    uint64_t repeats;                /* reservations that came again, on whatever page */
    uint64_t total, total_pages;     /* from the last meta; 0: unknown */
    uint64_t grown;                  /* how much the total has risen, */
    uint64_t expected;               /* and how many repeats to come that explains */
    uint64_t fallen_from, fallen_to; /* the total, if it fell from one page to the next; else 0 */
    uint64_t surplus,
        surplus_total; /* this many came in one run while the total was less; else 0 */
};

/* Contradictions by which the list may be incomplete; those of earlier pages are in struct
   list_counts. */
struct list_doubts {
    bool repeats_only;   /* the last pages held nothing else */
    uint64_t empty_page; /* before the last; 0: none */
    uint64_t extra_page; /* with reservations, after the last */
};

struct counting {
    struct exchange *exchange;
    struct list_counts *counts;
    struct list_counts before; /* where this run began */
    numres_pager *pager;
    struct repeats *repeats;
    uint64_t first_page;   /* NUMRES_NOT_SENT: 1 */
    uint64_t repeat_pages; /* pages in a row that held nothing but repeats */
    uint64_t run_total;    /* the last total of this run, and the largest; 0: unknown */
    uint64_t largest_total;
    bool has_risen;     /* the total has, with this page */
    uint64_t page_size; /* 0: unknown */
    struct list_doubts doubts;
};

/* Whether the response's meta has this member, NUMRES_META_..., with a valid value. */
bool counts_tell(const struct exchange *exchange, unsigned int member);

/* A page was read again, or to its end: compares its total with those before. */
void counts_compare(struct counting *counting);

/* Takes the results of a page that was read to its end, and turns the pager to the next. */
void counts_turn_page(struct counting *counting);

/* Whether there is no further page; whether, at a limit, the last place of the list was
   reached all the same. */
bool counts_are_complete(const struct counting *counting);
bool counts_are_at_end(const struct counting *counting);

/* Writes the first contradiction in what the API said, or returns false. */
#define COUNTS_DOUBT_SIZE 200
bool counts_find_doubt(const struct counting *counting, char *text, size_t size);

/* Says it, and raises the exit code. */
void counts_report_doubt(struct exchange *exchange, const char *doubt);

#endif
