/* The messages at the end of numres list: why it ended, how far it got, how to continue. list.c
   calls it when no page is to be read any more. */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "../api/wait.h"
#include "list.h"

static bool is_limit(numres_pager_reason reason) {
    return reason == NUMRES_PAGER_MAX_ITEMS || reason == NUMRES_PAGER_MAX_PAGES;
}

/* Whether a limit was reached exactly at the end of the list. */
static bool is_end_at_limit(const struct listing *listing) {
    return is_limit(numres_pager_why(&listing->state.pager)) &&
           counts_are_at_end(&listing->counting);
}

bool ending_is_partial(const struct listing *listing, enum exchange_end end) {
    char gap[COUNTS_GAP_SIZE];
    return end == EXCHANGE_FAILED || end == EXCHANGE_INTERRUPTED ||
           !(counts_are_complete(&listing->counting) || is_end_at_limit(listing)) ||
           counts_find_gap(&listing->counting, gap, sizeof gap);
}

/* How to get what may be missing. A --resume file says that the list was read to its end. */
static const char *advice_after_gap(const struct listing *listing) {
    if (listing->counting.doubts.repeats_only)
        return "; a larger --page-size may get all on one page";
    return listing->exchange->settings->common.resume == NULL
               ? COUNTS_RUN_AGAIN
               : "; to read the list again, remove the --resume file";
}

/* Reports how many reservations were dropped as repeats. */
static void report_repeats(struct listing *listing) {
    const struct list_state *state = &listing->state;
    uint64_t count = state->counts.repeats - listing->before.counts.repeats;
    /* Without a total, growth is the likely cause. */
    bool is_growth = !listing->counting.doubts.repeats_only &&
                     (state->counts.total == 0 || state->counts.repeats <= state->counts.grown);
    struct message message;
    if (count == 0 || listing->exchange->settings->common.quiet)
        return;
    message_begin(&message);
    message_format(&message, "%" PRIu64 " reservation%s repeated%s; %s shown once%s", count,
                   count == 1 ? " was" : "s were",
                   is_growth ? " on a later page, probably because the list grew" : "",
                   count == 1 ? "it is" : "each is",
                   is_growth ? "; new ones on earlier pages are not shown" : "");
    report_message(listing->exchange->session, &message);
}

/* Adds the command of this run, without these options. */
static void add_command(const struct listing *listing, struct message *message,
                        const char *const *left_out) {
    message_add(message, "numres list");
    message_add_command_words(message, listing->exchange->session, COMMAND_list, left_out, false);
}

/* Whether a run with the same --max-items would end no later than this one did. */
static bool is_in_the_way(const struct listing *listing, const numres_pager *pager,
                          uint64_t again) {
    return numres_pager_why(pager) == NUMRES_PAGER_MAX_ITEMS &&
           listing->exchange->settings->max_items <= again;
}

/* Adds how much of the page is asked for again. It precedes the command, after which a shell
   would take it for more words. */
static void add_again(const struct listing *listing, struct message *message, uint64_t again) {
    /* What the filters leave out is read again, but not shown. */
    const char *verb = listing->state.counts.left_out > 0 ? "reads" : "shows";
    if (again == 1)
        message_format(message, ", which %s the first of that page again", verb);
    else if (again > 1)
        message_format(message, ", which %s the first %" PRIu64 " of that page again", verb, again);
}

/* Adds the command that continues the list. With --resume, the file knows the page. */
static void add_page(const struct listing *listing, struct message *message,
                     const numres_pager *pager) {
    static const char *const none[] = {NULL};
    static const char *const page[] = {"--page-number", NULL};
    static const char *const page_and_limit[] = {"--page-number", "--max-items", "--limit", NULL};
    bool is_resumed = listing->exchange->settings->common.resume != NULL;
    bool is_whole = pager->taken > 0 && pager->taken == listing->query.page_size;
    uint64_t again = is_resumed || is_whole ? 0 : pager->taken;
    message_add(message, "; to continue");
    add_again(listing, message, again);
    message_add(message, ": ");
    if (is_resumed) {
        add_command(listing, message, none);
        return;
    }
    add_command(listing, message, is_in_the_way(listing, pager, again) ? page_and_limit : page);
    message_format(message, " --page-number %" PRIu64, pager->page + (is_whole ? 1 : 0));
}

#define MEBIBYTE ((size_t)1 << 20)

/* The records that were kept for sorting are lost. How much memory all of them take is
   unknown, so this suggests much more than the limit. */
static void report_unsorted(const struct listing *listing) {
    static const char *const option[] = {"--max-memory", NULL};
    size_t limit = listing->exchange->showing.order.max_memory;
    size_t more = limit < DEFAULT_MEMORY ? DEFAULT_MEMORY
                  : limit < SIZE_MAX / 4 ? limit * 4
                                         : limit;
    struct message message;
    message_begin(&message);
    message_add(&message, "nothing is shown; to sort with more memory: ");
    add_command(listing, &message, option);
    message_format(&message, " --max-memory %zuM", more / MEBIBYTE);
    report_message(listing->exchange->session, &message);
}

/* Whether another run can show the rest of the list. Without a --resume file, it cannot if
   the output is one document or count, is sorted, or depends on when the run began. */
static bool can_continue(const struct listing *listing) {
    const struct selection *selection = &listing->exchange->settings->selection;
    return listing->exchange->settings->common.resume != NULL ||
           !(selection->format->is_whole || selection->sort != NULL || selection->filter.expires ||
             selection->filter.is_expired);
}

/* Whether an output that cannot be continued was not written whole. */
static bool is_output_lost(const struct listing *listing) {
    return !can_continue(listing) &&
           (listing->exchange->session->output.failure != 0 || listing->exchange->showing.is_lost);
}

static void report_lost(const struct listing *listing) {
    bool is_begun = listing->exchange->session->output.written > 0;
    report_failure(listing->exchange->session, NULL,
                   is_begun ? "the output is incomplete" : "nothing is shown", COUNTS_RUN_AGAIN);
}

/* "25 reservations shown, up to page 2 of 3" */
static void add_progress(const struct listing *listing, const struct list_state *state,
                         struct message *message) {
    uint64_t shown = state->counts.shown - listing->before.counts.shown;
    uint64_t page = state->pager.taken > 0 ? state->pager.page : state->pager.page - 1;
    message_format(message, "%" PRIu64 " reservation%s shown", shown, shown == 1 ? "" : "s");
    if (page > 0)
        message_format(message, ", up to page %" PRIu64, page);
    if (page > 0 && listing->exchange->total_pages > 0)
        message_format(message, " of %" PRIu64, listing->exchange->total_pages);
}

/* Adds how to get the rest. `limit` is the option that ended the run, or NULL. */
static void add_advice(const struct listing *listing, struct message *message,
                       const struct list_state *state, const char *limit) {
    if (can_continue(listing)) {
        add_page(listing, message, &state->pager);
        return;
    }
    message_add(message, COUNTS_RUN_AGAIN);
    if (limit != NULL)
        message_format(message, " with a larger %s", limit);
}

static void report_progress(struct listing *listing, const char *why, const char *limit) {
    const struct list_state *state = output_state(listing);
    struct message message;
    if (listing->exchange->settings->common.quiet)
        return;
    if (listing->exchange->showing.is_over) {
        report_unsorted(listing);
        return;
    }
    if (is_output_lost(listing)) {
        report_lost(listing);
        return;
    }
    message_begin(&message);
    message_add(&message, why);
    add_progress(listing, state, &message);
    add_advice(listing, &message, state, limit);
    report_message(listing->exchange->session, &message);
}

static void report_limit(struct listing *listing, numres_pager_reason reason) {
    bool is_of_items = reason == NUMRES_PAGER_MAX_ITEMS;
    const char *limit =
        is_of_items ? listing->exchange->settings->selection.limit_option : "--max-pages";
    char why[64];
    if (is_end_at_limit(listing))
        return;
    snprintf(why, sizeof why, "stopped by %s; there %s more: ", limit,
             is_of_items ? "may be" : "is");
    report_progress(listing, why, limit);
    if (listing->exchange->settings->common.exit_status)
        session_raise_exit_code(listing->exchange->session, EXIT_LIMIT);
}

/* The whole list was read and sorted; --limit left out the last in this order. */
static void report_end_of_order(struct listing *listing) {
    const struct showing *showing = &listing->exchange->showing;
    struct message message;
    message_begin(&message);
    message_format(&message, "stopped by %s; only the first ", showing_limit(showing));
    if (showing->shown == 1)
        message_add(&message, "in this order is shown");
    else
        message_format(&message, "%" PRIu64 " in this order are shown", showing->shown);
    if (!listing->exchange->settings->common.quiet)
        report_message(listing->exchange->session, &message);
    if (listing->exchange->settings->common.exit_status)
        session_raise_exit_code(listing->exchange->session, EXIT_LIMIT);
}

/* With --page-number: says why nothing is shown. The table has this sentence itself. */
static void report_empty(const struct listing *listing) {
    const struct request_settings *settings = listing->exchange->settings;
    const struct showing *showing = &listing->exchange->showing;
    char sentence[SUMMARY_EMPTY_SIZE];
    if (settings->common.quiet || showing->shown > 0 || showing->summary.asked_page <= 1 ||
        settings->selection.format->functions->page != NULL)
        return;
    summary_write_empty(showing->summary.asked_page, listing->exchange->total_pages,
                        filter_is_given(&settings->common), sentence);
    report_failure(listing->exchange->session, NULL, sentence, "");
}

/* Without a total, nothing confirms that the first empty page is the end. */
static void report_unconfirmed(struct listing *listing) {
    const struct list_counts *counts = &listing->state.counts;
    struct message message;
    if (listing->exchange->settings->common.quiet || counts->total > 0 || counts->places == 0)
        return;
    message_begin(&message);
    message_format(&message, "%s: the API named no total, so the list ends with this empty page",
                   listing->exchange->name);
    report_message(listing->exchange->session, &message);
}

static void report_whole(struct listing *listing) {
    numres_pager_reason reason = numres_pager_why(&listing->state.pager);
    if (!counts_report_break(&listing->counting)) {
        counts_note_doubt(&listing->counting, advice_after_gap(listing));
        counts_report_doubt(listing->exchange);
    }
    if (reason == NUMRES_PAGER_EMPTY_PAGE)
        report_unconfirmed(listing);
    report_repeats(listing);
    if (is_limit(reason))
        report_limit(listing, reason);
    else
        report_empty(listing);
    if (listing->exchange->showing.order.column != NULL &&
        showing_limit(&listing->exchange->showing) != NULL)
        report_end_of_order(listing);
}

/* Whether the run got far enough for advice on how to continue. */
static bool has_advanced(const struct listing *listing) {
    const struct list_state *state = output_state(listing);
    return state->counts.shown > 0 || state->pager.taken > 0 ||
           state->pager.page > listing->before.pager.page;
}

void ending_report(struct listing *listing, enum exchange_end end) {
    int failure = listing->exchange->session->output.failure;
    session_tell_output(listing->exchange->session);
    if (failure == ETIMEDOUT)
        notice_time_over(listing->exchange);
    /* The reader of the output left on purpose and needs no advice. */
    if (failure == EPIPE && !interrupt_came())
        return;
    if (interrupt_came()) {
        report_progress(listing, "interrupted: ", NULL);
        listing->exchange->session->exit_code = EXIT_INTERRUPTED;
    } else if (end == EXCHANGE_FAILED || failure != 0 || listing->exchange->showing.is_lost) {
        if (has_advanced(listing) || listing->exchange->showing.is_over || is_output_lost(listing))
            report_progress(listing, "", NULL);
    } else {
        report_whole(listing);
    }
}
