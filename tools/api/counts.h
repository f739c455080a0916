/* Compares the reservations that came with the API's own counts, so that numres list, extend
   and wait notice when a list may be incomplete. */
#ifndef NUMRES_TOOLS_COUNTS_H
#define NUMRES_TOOLS_COUNTS_H

#include "exchange.h"
#include "repeats.h"

struct list_counts {
    uint64_t shown;                  /* reservations */
    uint64_t places;                 /* elements of the data arrays of pages read to their end */
    uint64_t left_out;               /* how many of them were no reservations, or not shown */
    uint64_t repeats;                /* reservations that came again, on any page */
    uint64_t total, total_pages;     /* from the last meta; 0: unknown */
    uint64_t grown;                  /* by how much the total has risen */
    uint64_t expected;               /* how many repeats are still to come because of that */
    uint64_t fallen_from, fallen_to; /* the totals, if it fell from page to page; else 0 */
    uint64_t surplus, surplus_total; /* how many came in one run, and the lower total; else 0 */
};

/* Contradictions at the last page, which mean that the list may be incomplete. Those of
   earlier pages are in struct list_counts. */
struct list_doubts {
    bool repeats_only;   /* the last pages held nothing but repeats */
    uint64_t wrong_page; /* empty before the last, or with reservations after it; 0: none */
};

struct counting {
    struct exchange *exchange;
    struct list_counts *counts;
    struct list_counts before; /* the counts when this run began */
    numres_pager *pager;
    struct repeats *repeats;
    uint64_t first_page;   /* NUMRES_NOT_SENT: 1 */
    uint64_t repeat_pages; /* pages in a row that held nothing but repeats */
    uint64_t run_total;    /* the last total of this run, and the largest; 0: unknown */
    uint64_t largest_total;
    bool has_risen;     /* the total has risen with this page */
    uint64_t page_size; /* 0: unknown */
    struct list_doubts doubts;
};

/* Whether the response's meta has this member, NUMRES_META_..., with a valid value. */
bool counts_has_member(const struct exchange *exchange, unsigned int member);

/* Judges a reservation of the response: sets `is_new` if it counts as shown from now on, and
   drops a repeat. Returns NUMRES_STOP if nothing more of the response is to be read. */
numres_answer counts_judge(struct counting *counting, const numres_reservation *reservation,
                           bool *is_new);

/* Compares the total of a page that was read, or read again, with those before. */
void counts_compare(struct counting *counting);

/* Records the results of a page that was read to its end, and turns the pager to the next. */
void counts_turn_page(struct counting *counting);

/* Whether there is no further page; whether a limit was reached exactly at the last place
   of the list. */
bool counts_are_complete(const struct counting *counting);
bool counts_are_at_end(const struct counting *counting);

/* Reports a list that cannot be read to its end. Returns whether it is one. */
bool counts_report_break(const struct counting *counting);

/* Writes the first contradiction in what the API said that means that the list may be
   incomplete, as a sentence, or returns false. */
#define COUNTS_GAP_SIZE 200
bool counts_find_gap(const struct counting *counting, char *text, size_t size);

/* What to do about most gaps, to be added to the message. */
#define COUNTS_RUN_AGAIN "; run the command again"

/* Keeps the first contradiction of any kind in exchange->doubt, with the advice if it is a gap. */
void counts_note_doubt(const struct counting *counting, const char *advice);

/* If there is a doubt, reports it and raises the exit code. */
void counts_report_doubt(struct exchange *exchange);

#endif
