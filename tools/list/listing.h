/* One run of numres list: the state that the files of the list share, and the functions
   that they offer each other. */
#ifndef NUMRES_TOOLS_LISTING_H
#define NUMRES_TOOLS_LISTING_H

#include "../api/exchange.h"
#include "../api/repeats.h"
#include "resume.h"

/* One state for each mark of print.h that is not written yet, and the last written
   one. */
#define LISTING_STATES (PRINT_MOST_MARKS + 1)

/* Contradictions by which the list may be incomplete; those of earlier runs are in
   struct list_state. */
struct list_doubts {
    bool repeats_only;
    uint64_t empty_page; /* before the last; 0: none */
    uint64_t extra_page; /* with reservations, after the last */
};

struct listing {
    struct exchange *exchange;
    char *list_url; /* whatever the page */

    numres_query query;
    /* How far the list has been read; and the pager of the current request: the
       state's own, or that of a page that is read again. */
    struct list_state state;
    numres_pager *pager;
    /* The state at each mark of the output, from the last written one on. */
    struct list_state states[LISTING_STATES];
    struct resume resume;
    bool saving_failed;
    /* The state in the file of --resume, and how much output belongs to it; whether
       the output beyond was taken back. */
    struct list_state saved;
    uint64_t saved_output;
    bool is_taken_back;
    /* Where the last state of an earlier run that did not end in order was written to,
       as in struct list_state. */
    uint64_t left_device, left_inode;

    struct repeats repeats;
    uint64_t repeat_pages; /* pages in a row that held nothing but repeats */
    uint64_t run_total;    /* the last total of this run, and the largest; 0: unknown */
    uint64_t largest_total;
    bool has_risen;     /* the total has, with this page */
    uint64_t page_size; /* 0: unknown */
    struct list_doubts doubts;

    struct list_state before; /* where this run began */
};

/* ---- pages.c: page after page, from where an earlier run ended ---- */

/* The URL of the list's page that the query names; the caller frees it. NULL:
   no memory. */
char *page_url(const struct listing *listing, const numres_query *query);

/* Reads the state of --resume, if there is one. Returns false after it has said what
   is wrong. */
bool pages_set_up(struct listing *listing);
void pages_give_up(struct listing *listing);

/* Reads and shows all pages, and saves the state after each. Returns how the last
   page ended. */
enum exchange_end pages_read(struct listing *listing);

/* Saves the state in the file of --resume, if there is one. Returns false if that
   fails. */
bool pages_save(struct listing *listing);

/* The same at the end of the run. */
bool pages_save_last(struct listing *listing);

/* ---- ending.c: what came against what the API counts ---- */

/* Whether the response's meta has this member, NUMRES_META_..., with a valid value. */
bool counts_tell(const struct listing *listing, unsigned int member);

/* A page was read again, or to its end: compares its total with those before. */
void counts_compare(struct listing *listing);

/* The page was read to its end, for `reason`. */
void counts_add_page(struct listing *listing, uint64_t page, numres_pager_reason reason);

/* Whether this page and the one before held only reservations that were shown before,
   which no growth of the list explains. */
bool counts_go_round(struct listing *listing);

/* Whether there is no further page. */
bool counts_are_complete(const struct listing *listing);

/* Whether as many came as the API counts. */
bool counts_are_reached(const struct listing *listing);

/* Whether, at a limit, that was also the last place of the list. */
bool counts_are_at_end(const struct listing *listing);

/* Writes the first contradiction in what the API said, or returns false. */
bool counts_find_doubt(const struct listing *listing, char *text, size_t size);

/* ---- output.c: which records have been written whole ---- */

/* Notes in the state which file is written to. */
void output_identify(struct listing *listing);

/* With --resume, and formats whose outputs can be joined: sees to it that the output
   begins on a line of its own. Cuts off the broken line of a run that was killed. */
void output_join(struct listing *listing);

/* Marks the output after a record that was shown or dropped, and keeps the state that
   belongs to the mark. */
void output_mark(struct listing *listing);

/* The state at the last mark that has been written and was not taken back. */
const struct list_state *output_state(const struct listing *listing);

/* Flushes the output, and syncs it if it is a regular file. Returns false if that
   failed: the file may then hold less than output_state says. */
bool output_sync(struct listing *listing);

/* After a failed write: cuts an incomplete record off a regular file, or says that it
   is there. */
void output_mend(struct listing *listing);

/* After a failure to save the state: cuts what the saved one does not count off a
   regular file, or says how many reservations come again. */
void output_take_back(struct listing *listing);

/* ---- ending.c: what is said at the end ---- */

/* Whether the output is not the whole list, or may not be; `end` is how the last page
   ended. */
bool ending_is_partial(const struct listing *listing, enum exchange_end end);

/* Reports the end, and sets the exit code. */
void ending_report(struct listing *listing, enum exchange_end end);

#endif
