/* What numres list says at its end: why it ended, how far it came, how to continue. list.c
   calls it last. */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "../api/wait.h"
#include "list.h"

static bool is_limit(numres_pager_reason reason) {
    return reason == NUMRES_PAGER_MAX_ITEMS || reason == NUMRES_PAGER_MAX_PAGES;
}

/* The limit was the number of all reservations. */
static bool is_end_at_limit(const struct listing *listing) {
    return is_limit(numres_pager_why(&listing->state.pager)) &&
           counts_are_at_end(&listing->counting);
}

bool ending_is_partial(const struct listing *listing, enum exchange_end end) {
    char doubt[COUNTS_DOUBT_SIZE];
    return end == EXCHANGE_FAILED || end == EXCHANGE_INTERRUPTED ||
           !(counts_are_complete(&listing->counting) || is_end_at_limit(listing)) ||
           counts_find_doubt(&listing->counting, doubt, sizeof doubt);
}

static void report_doubts(struct listing *listing) {
    char doubt[COUNTS_DOUBT_SIZE];
    if (counts_find_doubt(&listing->counting, doubt, sizeof doubt))
        counts_report_doubt(listing->exchange, doubt);
}

/* Reports how many reservations were dropped as repeats. */
static void report_repeats(struct listing *listing) {
    const struct list_state *state = &listing->state;
    uint64_t count = state->counts.repeats - listing->before.counts.repeats;
    /* Without a total nothing else explains them. */
    bool is_growth = state->counts.total == 0 || state->counts.repeats <= state->counts.grown;
    struct message message;
    if (count == 0 || listing->exchange->settings->common.quiet)
        return;
    message_begin(&message);
    message_format(&message,
                   "%" PRIu64 " reservation%s came again on a later page%s; %s shown once%s", count,
                   count == 1 ? "" : "s", is_growth ? ", as happens when a list grows" : "",
                   count == 1 ? "it is" : "each is",
                   is_growth ? "; what was added to earlier pages is not shown" : "");
    report_message(listing->exchange->session, &message);
}

/* Adds the command that continues this run; without --resume it begins at `page`. */
static void add_command(const struct listing *listing, struct message *message, uint64_t page) {
    const char *const options[] = {"--page-number", NULL};
    const struct request_settings *settings = listing->exchange->settings;
    bool is_resumed = settings->common.resume != NULL;
    message_add(message, "numres list");
    command_add_words(listing->exchange->session, message, options + (is_resumed ? 1 : 0), false);
    if (!is_resumed)
        message_format(message, " %s %" PRIu64, options[0], page);
}

/* "25 reservations shown, up to page 2 of 3" */
static void add_progress(const struct listing *listing, const struct list_state *state,
                         struct message *message) {
    uint64_t shown = state->counts.shown - listing->before.counts.shown;
    uint64_t page = state->pager.taken > 0 ? state->pager.page : state->pager.page - 1;
    message_format(message, "%" PRIu64 " reservation%s shown", shown, shown == 1 ? "" : "s");
    if (page > 0)
        message_format(message, ", up to page %" PRIu64, page);
    if (page > 0 && listing->state.counts.total_pages > 0)
        message_format(message, " of %" PRIu64, listing->state.counts.total_pages);
}

static void report_progress(struct listing *listing, const char *why) {
    const struct list_state *state = output_state(listing);
    struct message message;
    if (listing->exchange->settings->common.quiet)
        return;
    message_begin(&message);
    message_add(&message, why);
    add_progress(listing, state, &message);
    message_add(&message, "; to go on: ");
    add_command(listing, &message, state->pager.page);
    if (listing->exchange->settings->common.resume == NULL && state->pager.taken > 0)
        message_format(&message, " (the first %" PRIu64 " of that page come again)",
                       state->pager.taken);
    report_message(listing->exchange->session, &message);
}

static void report_limit(struct listing *listing, numres_pager_reason reason) {
    if (is_end_at_limit(listing))
        return;
    char why[64] = "stopped by --max-pages, there is more: ";
    if (reason == NUMRES_PAGER_MAX_ITEMS)
        snprintf(why, sizeof why, "stopped by %s, there may be more: ",
                 listing->exchange->settings->selection.limit_option);
    report_progress(listing, why);
    if (listing->exchange->settings->common.exit_status)
        session_raise_exit_code(listing->exchange->session, EXIT_LIMIT);
}

static void report_whole(struct listing *listing) {
    numres_pager_reason reason = numres_pager_why(&listing->state.pager);
    if (reason == NUMRES_PAGER_PAGE_MISMATCH || reason == NUMRES_PAGER_LAST_NUMBER)
        notice_failure(listing->exchange, numres_pager_sentence(reason), "");
    else
        report_doubts(listing);
    report_repeats(listing);
    if (is_limit(reason))
        report_limit(listing, reason);
}

void ending_report(struct listing *listing, enum exchange_end end) {
    int failure = listing->exchange->session->output.failure;
    if (failure == ETIMEDOUT)
        notice_time_over(listing->exchange);
    /* The reader left on purpose and needs no advice. */
    if (failure == EPIPE && !interrupt_came())
        return;
    if (interrupt_came()) {
        report_progress(listing, "interrupted: ");
        listing->exchange->session->exit_code = EXIT_INTERRUPTED;
    } else if (end == EXCHANGE_FAILED || failure != 0) {
        if (output_state(listing)->counts.shown > 0)
            report_progress(listing, "");
    } else {
        report_whole(listing);
    }
}
