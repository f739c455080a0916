/* Judges the reservations of a list as they come, and compares them with the API's own counts,
   page by page. list/list.c and list/ending.c call it, and requests.c for the commands that read a
   list to choose from it. */
#include "counts.h"

#include <inttypes.h>
#include <stdio.h>

bool counts_has_member(const struct exchange *exchange, unsigned int member) {
    return exchange->response.has_meta && numres_meta_has(&exchange->response.meta, member);
}

numres_answer counts_judge(struct counting *counting, const numres_reservation *reservation,
                           bool *is_new) {
    struct exchange *exchange = counting->exchange;
    struct response *response = &exchange->response;
    /* Checked for each reservation, since the number of an empty page does not matter. */
    if (response->has_meta && numres_pager_is_mismatch(counting->pager, &response->meta))
        return response_stop_for_wrong(exchange, numres_pager_sentence(NUMRES_PAGER_PAGE_MISMATCH));
    enum repeat repeat = repeats_judge(counting->repeats, reservation);
    switch (repeat) {
    case REPEAT_NONE:
        exchange->read++;
        *is_new = true;
        return NUMRES_GO_ON;
    case REPEAT_SHOWN:
    case REPEAT_ATTEMPT:
        response->repeats += repeat == REPEAT_SHOWN ? 1 : 0;
        numres_pager_drop(counting->pager, reservation->index);
        return NUMRES_GO_ON;
    case REPEAT_TOO_MANY:
        return response_stop_for_wrong(exchange, "the page has more than " REPEATS_MOST_IDS_TEXT
                                                 " reservations");
    case REPEAT_NO_MEMORY:
        break;
    }
    return response_stop_for(exchange, STOP_NO_MEMORY);
}

static bool tells_total(const struct counting *counting) {
    return counts_has_member(counting->exchange, NUMRES_META_TOTAL_RESULTS);
}

void counts_compare(struct counting *counting) {
    struct list_counts *counts = counting->counts;
    uint64_t total = counting->exchange->response.meta.total_results;
    counting->has_risen = false;
    if (!tells_total(counting))
        return;
    if (counting->run_total > total && counts->fallen_from == 0) {
        counts->fallen_from = counting->run_total;
        counts->fallen_to = total;
    }
    counting->has_risen = counts->total > 0 && total > counts->total;
    if (counting->has_risen) {
        counts->grown += total - counts->total;
        /* Those shown from a page that has moved since come again as well. */
        counts->expected += total - counts->total + counting->exchange->response.places;
    }
    counting->run_total = counts->total = total;
    if (counting->largest_total < total)
        counting->largest_total = total;
}

/*
 * A list that grew by more than a page brings pages of repeats, as expected. If it grows
 * with each page, it would never end: the second page of repeats ends it.
 */
static bool is_going_round(struct counting *counting) {
    struct list_counts *counts = counting->counts;
    uint64_t repeats = counting->exchange->response.repeats;
    bool repeats_only = repeats > 0 && counting->pager->kept == 0;
    bool is_explained = repeats <= counts->expected && !counting->has_risen;
    counts->expected -= repeats <= counts->expected ? repeats : counts->expected;
    counting->repeat_pages = repeats_only && !is_explained ? counting->repeat_pages + 1 : 0;
    return counting->repeat_pages > 1 ||
           repeats_is_page_before(counting->repeats, counting->exchange->response.places);
}

/* How many different reservations came. */
static uint64_t different(const struct list_counts *counts) {
    return counts->shown + counts->left_out;
}

/* Notes how many more reservations have come than the largest total of this run. */
static void look_for_surplus(struct counting *counting) {
    struct list_counts *counts = counting->counts;
    uint64_t came = different(counts) - different(&counting->before);
    if (!tells_total(counting) || came <= counting->largest_total || came <= counts->surplus)
        return;
    counts->surplus = came;
    counts->surplus_total = counting->largest_total;
}

/* The API may count one page for an empty list, or none. */
static bool is_empty_too_early(const struct counting *counting, uint64_t page,
                               numres_pager_reason reason) {
    bool is_told_empty = tells_total(counting) && counting->counts->total == 0;
    bool is_empty = reason == NUMRES_PAGER_EMPTY_PAGE || reason == NUMRES_PAGER_EMPTY_TOO_EARLY;
    return is_empty && page <= counting->counts->total_pages && !is_told_empty;
}

static void add_page(struct counting *counting, uint64_t page, numres_pager_reason reason,
                     bool goes_round) {
    const struct response *response = &counting->exchange->response;
    struct list_counts *counts = counting->counts;
    bool is_extra = response->places > 0 &&
                    counts_has_member(counting->exchange, NUMRES_META_TOTAL_PAGES) &&
                    page > response->meta.total_pages;
    counts->repeats += response->repeats;
    counting->doubts.wrong_page = is_extra || is_empty_too_early(counting, page, reason) ? page : 0;
    counting->doubts.repeats_only =
        reason == NUMRES_PAGER_REPEATED_PAGE || (goes_round && reason == NUMRES_PAGER_NEXT);
    if (counts_has_member(counting->exchange, NUMRES_META_PAGE_SIZE))
        counting->page_size = response->meta.page_size;
    if (reason == NUMRES_PAGER_PAGE_MISMATCH)
        return;
    counts->places += response->places;
    counts->left_out += response->places - response->delivered;
    look_for_surplus(counting);
}

void counts_turn_page(struct counting *counting) {
    const struct response *response = &counting->exchange->response;
    uint64_t page = counting->pager->page;
    if (response->has_meta)
        counting->counts->total_pages = response->meta.total_pages;
    counts_compare(counting);
    bool goes_round = is_going_round(counting);
    numres_pager_reason reason = numres_pager_page_read(
        counting->pager, response->has_meta ? &response->meta : NULL, response->places);
    add_page(counting, page, reason, goes_round);
    repeats_next_page(counting->repeats);
}

/* Whether there is no further page. */
bool counts_are_complete(const struct counting *counting) {
    numres_pager_reason reason = numres_pager_why(counting->pager);
    return reason == NUMRES_PAGER_LAST_PAGE || reason == NUMRES_PAGER_EMPTY_PAGE ||
           reason == NUMRES_PAGER_EMPTY_TOO_EARLY;
}

/* How many reservations there are before --page-number. Returns false if that is not
   known. */
static bool count_skipped(const struct counting *counting, uint64_t *skipped) {
    uint64_t first = counting->first_page;
    uint64_t size = counting->page_size;
    *skipped = 0;
    if (first == NUMRES_NOT_SENT || first == 1)
        return true;
    *skipped = size > 0 && first - 1 > UINT64_MAX / size ? UINT64_MAX : (first - 1) * size;
    return size > 0;
}

/* How many new reservations were added to pages read before, and so were not shown: each
   pushed a repeat to a later page. They are at most as many as the list has grown by. */
static uint64_t unseen(const struct list_counts *counts) {
    uint64_t came = different(counts);
    uint64_t idle = counts->places > came ? counts->places - came : 0;
    return idle < counts->grown ? idle : counts->grown;
}

/* Whether as many reservations came as the API counts. */
static bool is_reached(const struct counting *counting) {
    const struct list_counts *counts = counting->counts;
    uint64_t skipped = 0;
    return count_skipped(counting, &skipped) &&
           (counts->total <= skipped ||
            different(counts) + unseen(counts) >= counts->total - skipped);
}

/* Whether a limit was reached exactly at the last place of the list. */
bool counts_are_at_end(const struct counting *counting) {
    const struct list_counts *counts = counting->counts;
    uint64_t skipped = 0;
    uint64_t places =
        counts->places + (counting->pager->taken > 0 ? counting->exchange->response.places : 0);
    /* While a resumed run still looks for its place, more pages follow. */
    return counts->total > 0 && counting->repeats->trusted == 0 && is_reached(counting) &&
           count_skipped(counting, &skipped) &&
           (counts->total <= skipped || places >= counts->total - skipped);
}

static bool is_short(const struct counting *counting) {
    uint64_t skipped = 0;
    return counts_are_complete(counting) && count_skipped(counting, &skipped) &&
           !is_reached(counting);
}

#define INCOMPLETE "the list may be incomplete: "

static void write_shortage(const struct counting *counting, char *text, size_t size) {
    const struct list_counts *counts = counting->counts;
    uint64_t added = unseen(counts);
    uint64_t skipped = 0;
    count_skipped(counting, &skipped);
    int length =
        snprintf(text, size, INCOMPLETE "the API counts %" PRIu64, counts->total - skipped);
    if (skipped > 0)
        length += snprintf(text + length, size - (size_t)length, " from page %" PRIu64 " on",
                           counting->first_page);
    if (added > 0)
        length +=
            snprintf(text + length, size - (size_t)length, " (%" PRIu64 " of them new)", added);
    snprintf(text + length, size - (size_t)length, ", but %" PRIu64 " arrived", different(counts));
}

bool counts_report_break(const struct counting *counting) {
    numres_pager_reason reason = numres_pager_why(counting->pager);
    if (reason != NUMRES_PAGER_PAGE_MISMATCH && reason != NUMRES_PAGER_LAST_NUMBER)
        return false;
    notice_failure(counting->exchange, numres_pager_sentence(reason),
                   reason == NUMRES_PAGER_PAGE_MISMATCH ? COUNTS_RUN_AGAIN : "");
    return true;
}

bool counts_find_gap(const struct counting *counting, char *text, size_t size) {
    const struct list_doubts *doubts = &counting->doubts;
    const struct list_counts *counts = counting->counts;
    if (doubts->repeats_only)
        snprintf(text, size,
                 INCOMPLETE
                 "the last pages held nothing but reservations that were shown before; the server "
                 "may ignore page numbers");
    else if (is_short(counting))
        write_shortage(counting, text, size);
    else if (doubts->wrong_page > 0)
        snprintf(text, size,
                 INCOMPLETE "the API counts %" PRIu64 " page%s, but page %" PRIu64 " is %sempty",
                 counts->total_pages, counts->total_pages == 1 ? "" : "s", doubts->wrong_page,
                 doubts->wrong_page > counts->total_pages ? "not " : "");
    else if (counts->fallen_from > 0)
        snprintf(text, size,
                 INCOMPLETE "the API's total fell from %" PRIu64 " to %" PRIu64
                            "; some reservations may have moved to pages already read",
                 counts->fallen_from, counts->fallen_to);
    else
        return false;
    return true;
}

void counts_note_doubt(const struct counting *counting, const char *advice) {
    const struct list_counts *counts = counting->counts;
    struct exchange *exchange = counting->exchange;
    char gap[COUNTS_GAP_SIZE];
    if (counts_find_gap(counting, gap, sizeof gap))
        snprintf(exchange->doubt, sizeof exchange->doubt, "%s%s", gap, advice);
    else if (counts->surplus > 0)
        snprintf(exchange->doubt, sizeof exchange->doubt,
                 "the API contradicts itself: it counts %" PRIu64 ", but %" PRIu64 " arrived",
                 counts->surplus_total, counts->surplus);
}

void counts_report_doubt(struct exchange *exchange) {
    struct message message;
    if (exchange->doubt[0] == '\0')
        return;
    message_begin(&message);
    /* There is no page name if an earlier run read the list to its end. */
    message_format(&message, "%s%s%s", exchange->name, exchange->name[0] == '\0' ? "" : ": ",
                   exchange->doubt);
    notice_add_request_id(exchange, &message);
    session_raise_exit_code(exchange->session, EXIT_INCOMPLETE);
    report_message(exchange->session, &message);
}
