/*
 * The list pager: decides which page of a list to ask for next, when to stop and
 * why. It does no I/O, and its state is plain data that can be stored and resumed
 * later.
 *
 *     numres_query query = numres_query_default();
 *     numres_pager pager = numres_pager_default();
 *     while (numres_pager_ask(&pager, &query) == NUMRES_PAGER_NEXT) { // sets page_number
 *         numres_query_write(&query, ...);                            // send, read the page
 *         numres_pager_page_read(&pager, &meta, elements);
 *     }
 *     puts(numres_pager_sentence(numres_pager_why(&pager)));
 *
 * A page is asked for again only to retry or resume. The next page is always the
 * one asked for + 1, never one that a response names.
 */
#ifndef NUMRES_LIST_PAGER_H
#define NUMRES_LIST_PAGER_H

#include "query.h"
#include "types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether there is a next page; if not, why the pager stopped. Numbers are part of the ABI:
   new reasons go last. */
typedef enum numres_pager_reason NUMRES_ENUM_TYPE {
    NUMRES_PAGER_NEXT = 0, /* not stopped: ask for pager.page */

    /* The list is complete. */
    NUMRES_PAGER_EMPTY_PAGE = 1, /* the page is empty, and total_pages does not say more */
    NUMRES_PAGER_LAST_PAGE = 2,  /* the page asked for is total_pages or beyond */

    /* A limit of the caller. */
    NUMRES_PAGER_MAX_PAGES = 3, /* max_pages pages were read */
    NUMRES_PAGER_MAX_ITEMS = 4, /* max_items reservations were taken */

    /* It is not safe to continue after this response; the list may be incomplete. */
    NUMRES_PAGER_PAGE_MISMATCH = 5,   /* meta.page_number is not the page asked for */
    NUMRES_PAGER_REPEATED_PAGE = 6,   /* no total_pages, and the page held only repeats */
    NUMRES_PAGER_LAST_NUMBER = 7,     /* there is no larger page number */
    NUMRES_PAGER_EMPTY_TOO_EARLY = 8, /* the page is empty, but total_pages says that
                                         pages follow */

    /* A wrong call, which changed nothing. */
    NUMRES_PAGER_WRONG_USE = 9,    /* NULL, a size that is not set or ends inside a member, a page
                                      outside 1 to 2^63-1, an unknown reason */
    NUMRES_PAGER_WRONG_OPTION = 10 /* a struct of a newer version, with something set that this one
                                      does not know */
} NUMRES_ENUM_SIZE numres_pager_reason;

/*
 * The state. Read it freely. Set `page`, `max_pages` and `max_items` before the first page;
 * after that, only the calls below change it. It is plain data: it may be copied, and
 * numres_pager_format() makes text of it that outlives the program. Only one thread may use
 * it at a time.
 *
 * ABI: the caller makes it, and it may grow at its end; see numres_options.
 */
typedef struct numres_pager {
    size_t size; /* sizeof(numres_pager); numres_pager_default sets it */

    uint64_t page;      /* the page to ask for, or being read; 1 to 2^63-1 */
    uint64_t max_pages; /* pages to read in this run; 0: no limit */
    uint64_t max_items; /* reservations to take in this run; 0: no limit */

    /* How many elements of this page's data array have been handled, counted from its
       start; of these, how many were kept and how many dropped. */
    uint64_t taken;
    uint64_t kept;
    uint64_t dropped;
    uint64_t pages;             /* pages read to their end in this run */
    uint64_t items;             /* reservations taken in this run, from all pages */
    numres_pager_reason reason; /* why it stopped; NEXT if it has not */
} numres_pager;

/* Returns a pager that begins at page 1, without limits, with `size` set. Start from this. */
static inline numres_pager numres_pager_default(void) {
    numres_pager pager = {sizeof(numres_pager), 1, 0, 0, 0, 0, 0, 0, 0, NUMRES_PAGER_NEXT};
    return pager;
}

/* The same for languages that cannot call inline functions; see numres_error_init. */
NUMRES_API void numres_pager_init(numres_pager *pager, size_t size);

/*
 * Sets the query's page number to the page to ask for. The rest of the query must be the
 * same for all pages: otherwise the page numbers mean something else. A query without a
 * page number (NUMRES_NOT_SENT) keeps none for page 1, as the official SDKs send it.
 *
 * Returns numres_pager_why(); unless that is NUMRES_PAGER_NEXT, the query is not changed.
 * Returns NUMRES_PAGER_WRONG_USE and NUMRES_PAGER_WRONG_OPTION for a wrong query too.
 */
NUMRES_API numres_pager_reason numres_pager_ask(const numres_pager *pager, numres_query *query);

/*
 * Returns whether the reservation at place `index` of the page's data array
 * (numres_reservation.index) was taken or dropped before, by this run or by the one it
 * resumes: skip it then. Returns false for NULL.
 */
NUMRES_API bool numres_pager_was_taken(const numres_pager *pager, uint64_t index);

/*
 * Report the reservation at place `index` as taken, which counts as an item
 * (numres_pager_take), or as dropped because it repeats an earlier one, which does not
 * count (numres_pager_drop). These calls are needed to stop or be resumed within a page; if
 * you take only whole pages, you can leave them out.
 *
 * For a retry, read the page again; the pager needs no call. You may skip a place that was
 * handled before, take it (if the list moved and something new is there), or drop it, which
 * changes nothing.
 *
 * Return numres_pager_why(). After NUMRES_PAGER_MAX_ITEMS, stop reading the page.
 */
NUMRES_API numres_pager_reason numres_pager_take(numres_pager *pager, uint64_t index);
NUMRES_API numres_pager_reason numres_pager_drop(numres_pager *pager, uint64_t index);

/*
 * Returns whether the response's meta names another page than the one asked for. If the
 * meta comes before the data, you need not take anything of such a page;
 * numres_pager_page_read has the last word. A page_number that is absent, null or invalid
 * names none. Returns false for NULL.
 */
NUMRES_API bool numres_pager_is_mismatch(const numres_pager *pager, const numres_meta *meta);

/*
 * Decides what comes next. Call it when a page was read to its end, and only if it is a
 * list. If numres_document.api_errors is not 0, or its envelopes lack NUMRES_ENVELOPE_LIST,
 * the request was refused or something else answered it: its 0 elements do not mean an
 * empty page. Retry or stop then, without this call.
 *
 * `meta` is the response's, or NULL if it had none. A copy of the struct made inside
 * on_meta will do: numres_meta kept = *meta. `elements` is numres_document.elements: all
 * elements of the data array, also those left out or skipped. Do not count callbacks
 * instead: a page whose records are all left out is not empty. If no element of the
 * page was taken or dropped, in this run or the one it resumes, all count as taken.
 *
 * Stops for the first of these reasons that holds, and keeps and returns it: the page is
 * empty (too early, if total_pages says that pages follow); the meta names another page;
 * the page is the last by total_pages; there is no larger page number; max_items;
 * max_pages; without total_pages, some of the page was dropped and none taken. Otherwise
 * returns NUMRES_PAGER_NEXT. If total_pages is absent, null or invalid, the list goes on until
 * the first empty page.
 *
 * After NUMRES_PAGER_NEXT and the limits, `page` is the following page, and none of it is
 * taken. After a mismatch, none of `page` counts as taken. Once the pager has stopped, also
 * by max_items before the page's last element, the call returns the same reason and changes
 * nothing.
 */
NUMRES_API numres_pager_reason numres_pager_page_read(numres_pager *pager, const numres_meta *meta,
                                                      uint64_t elements);

/* Returns NUMRES_PAGER_NEXT while there is a page to ask for or to read on in; otherwise
   why not: `reason`, or NUMRES_PAGER_MAX_ITEMS within a page. */
NUMRES_API numres_pager_reason numres_pager_why(const numres_pager *pager);

/* Returns the reason's name, such as "last-page"; "unknown" for an unknown number. The text
   is constant. Any thread may call it. */
NUMRES_API const char *numres_pager_reason_name(numres_pager_reason reason);

/* Returns one sentence that explains the reason to a person. The text is constant. Any
   thread may call it. */
NUMRES_API const char *numres_pager_sentence(numres_pager_reason reason);

/* A buffer of this size holds any formatted pager and its NUL. */
#define NUMRES_PAGER_TEXT_SIZE 96

/*
 * Writes what a later run needs into `buffer` (`size` bytes), as one line of ASCII without
 * a line feed, NUL-terminated: the page, how many of its places are taken, and why the
 * pager stopped, such as
 *
 *   numres-pager-1 page=3 taken=12 reason=max-items
 *
 * Returns the length of the text without its NUL. If that is `size` or more, only an empty
 * string was written (`buffer` may be NULL when `size` is 0). Returns 0 for NULL, and for a
 * state for which numres_pager_why() returns wrong use or a wrong option. The line does not
 * contain the query. Page numbers and places mean the same only with the same filters and
 * page size: the caller keeps these.
 */
NUMRES_API size_t numres_pager_format(const numres_pager *pager, char *buffer, size_t size);

/*
 * Reads all of `text` (`length` bytes, no NUL needed) as such a line, to resume the list.
 * `pages`, `items` and the limits become 0: set `max_pages` and `max_items` again. After a limit, a
 * mismatch, a repeated page or one that was empty too early, the pager continues: it asks
 * for `page`. If part of that page was read before, skip its first `taken` places
 * (numres_pager_was_taken). A list that was complete, or reached the last page number,
 * stays stopped.
 *
 * Returns true and fills *pager, whose size must be set (start from
 * numres_pager_default()). Otherwise returns false and leaves it untouched; also for NULL
 * and for a pager without its size. Any thread may call it.
 */
NUMRES_API bool numres_pager_parse(const char *text, size_t length, numres_pager *pager);

#ifdef __cplusplus
}
#endif

#endif
