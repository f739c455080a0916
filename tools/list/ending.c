/* What numres list says at its end: why it ended, how far it came, how to continue.
   list.c calls it last. */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../api/wait.h"
#include "../run/message.h"
#include "../run/report.h"
#include "listing.h"

#define PART_SIZE 200

static bool is_limit(numres_pager_reason reason) {
    return reason == NUMRES_PAGER_MAX_ITEMS || reason == NUMRES_PAGER_MAX_PAGES;
}

/* The limit was the number of all reservations. */
static bool is_end_at_limit(const struct listing *listing) {
    return is_limit(numres_pager_why(&listing->state.pager)) && counts_are_at_end(listing);
}

bool ending_is_partial(const struct listing *listing, enum exchange_end end) {
    char doubt[PART_SIZE];
    return end == EXCHANGE_FAILED || end == EXCHANGE_INTERRUPTED ||
           !(counts_are_complete(listing) || is_end_at_limit(listing)) ||
           counts_find_doubt(listing, doubt, sizeof doubt);
}

static void say(struct listing *listing, const char *before, const char *sentence, int exit_code) {
    struct message message;
    message_begin(&message);
    /* There is no page name if an earlier run read the list to its end. */
    message_add(&message, listing->exchange->name);
    message_add(&message, listing->exchange->name[0] == '\0' ? "" : ": ");
    message_add(&message, before);
    message_add(&message, sentence);
    notice_add_request_id(listing->exchange, &message);
    session_raise_exit_code(listing->exchange->session, exit_code);
    report_message(listing->exchange->session, &message);
}

static void report_doubts(struct listing *listing) {
    char doubt[PART_SIZE];
    if (counts_find_doubt(listing, doubt, sizeof doubt))
        say(listing, "the list may be incomplete: ", doubt, EXIT_INCOMPLETE);
}

/* Reports how many reservations were dropped as repeats. */
static void report_repeats(struct listing *listing) {
    const struct list_state *state = &listing->state;
    uint64_t count = state->repeats - listing->before.repeats;
    /* Without a total nothing else explains them. */
    bool is_growth = state->total == 0 || state->repeats <= state->grown;
    struct message message;
    char part[PART_SIZE];
    if (count == 0 || listing->exchange->settings->common.quiet)
        return;
    message_begin(&message);
    snprintf(part, sizeof part,
             "%" PRIu64 " reservation%s came again on a later page%s; %s shown once%s", count,
             count == 1 ? "" : "s", is_growth ? ", as happens when a list grows" : "",
             count == 1 ? "it is" : "each is",
             is_growth ? "; what was added to earlier pages is not shown" : "");
    message_add(&message, part);
    report_message(listing->exchange->session, &message);
}

/* Adds the command that continues this run; without --resume it begins at `page`. */
static void add_command(const struct listing *listing, struct message *message, uint64_t page) {
    static const char option[] = "--page-number";
    const struct request_settings *settings = listing->exchange->settings;
    char number[24];
    message_add(message, "numres list");
    for (size_t at = 0; at < settings->word_count; at++) {
        const char *word = settings->words[at];
        bool is_old = settings->common.resume == NULL && strncmp(word, option, strlen(option)) == 0;
        if (is_old)
            at += word[strlen(option)] == '\0' ? 1 : 0;
        else
            message_add_word(message, word);
    }
    if (settings->common.resume != NULL)
        return;
    snprintf(number, sizeof number, " %" PRIu64, page);
    message_add(message, " ");
    message_add(message, option);
    message_add(message, number);
}

/* "25 reservations shown, up to page 2 of 3" */
static void add_progress(const struct listing *listing, const struct list_state *state,
                         struct message *message) {
    uint64_t shown = state->shown - listing->before.shown;
    uint64_t page = state->pager.taken > 0 ? state->pager.page : state->pager.page - 1;
    char part[PART_SIZE];
    snprintf(part, sizeof part, "%" PRIu64 " reservation%s shown", shown, shown == 1 ? "" : "s");
    message_add(message, part);
    if (page > 0) {
        snprintf(part, sizeof part, ", up to page %" PRIu64, page);
        message_add(message, part);
    }
    if (page > 0 && listing->state.total_pages > 0) {
        snprintf(part, sizeof part, " of %" PRIu64, listing->state.total_pages);
        message_add(message, part);
    }
}

static void report_progress(struct listing *listing, const char *why) {
    const struct list_state *state = output_state(listing);
    struct message message;
    char part[PART_SIZE];
    if (listing->exchange->settings->common.quiet)
        return;
    message_begin(&message);
    message_add(&message, why);
    add_progress(listing, state, &message);
    message_add(&message, "; to go on: ");
    add_command(listing, &message, state->pager.page);
    if (listing->exchange->settings->common.resume == NULL && state->pager.taken > 0) {
        snprintf(part, sizeof part, " (the first %" PRIu64 " of that page come again)",
                 state->pager.taken);
        message_add(&message, part);
    }
    report_message(listing->exchange->session, &message);
}

static void report_limit(struct listing *listing, numres_pager_reason reason) {
    if (is_end_at_limit(listing))
        return;
    const char *why = "stopped by --max-pages, there is more: ";
    if (reason == NUMRES_PAGER_MAX_ITEMS)
        why = listing->exchange->settings->common.limit != NULL
                  ? "stopped by --limit, there may be more: "
                  : "stopped by --max-items, there may be more: ";
    report_progress(listing, why);
    if (listing->exchange->settings->common.exit_status)
        session_raise_exit_code(listing->exchange->session, EXIT_LIMIT);
}

static void report_whole(struct listing *listing) {
    numres_pager_reason reason = numres_pager_why(&listing->state.pager);
    if (reason == NUMRES_PAGER_PAGE_MISMATCH || reason == NUMRES_PAGER_LAST_NUMBER)
        say(listing, "", numres_pager_sentence(reason), EXIT_FAILED);
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
        if (output_state(listing)->shown > 0)
            report_progress(listing, "");
    } else {
        report_whole(listing);
    }
}
