/* What came against what the API counts, which list.c tells of each page; and what numres
   list says at its end: why it ended, how far it came, how to continue. list.c calls it
   last. */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../api/wait.h"
#include "list.h"

bool counts_tell(const struct listing *listing, unsigned int member) {
    const numres_meta *meta = &listing->exchange->response.meta;
    return listing->exchange->response.has_meta &&
           numres_has(meta->present & ~meta->null & ~meta->invalid, member);
}

static bool tells_total(const struct listing *listing) {
    return counts_tell(listing, NUMRES_META_TOTAL_RESULTS);
}

void counts_compare(struct listing *listing) {
    struct list_state *state = &listing->state;
    uint64_t total = listing->exchange->response.meta.total_results;
    listing->has_risen = false;
    if (!tells_total(listing))
        return;
    if (listing->run_total > total && state->fallen_from == 0) {
        state->fallen_from = listing->run_total;
        state->fallen_to = total;
    }
    listing->has_risen = state->total > 0 && total > state->total;
    if (listing->has_risen) {
        state->grown += total - state->total;
        /* What was shown of a page that has moved since comes again as well. */
        state->expected += total - state->total + listing->exchange->response.places;
    }
    listing->run_total = state->total = total;
    if (listing->largest_total < total)
        listing->largest_total = total;
}

/*
 * A list that grew by more than a page brings pages of repeats. One that grows with
 * each page, so that it would never end, is left at the second.
 */
bool counts_go_round(struct listing *listing) {
    struct list_state *state = &listing->state;
    uint64_t repeats = listing->exchange->response.repeats;
    bool repeats_only = repeats > 0 && listing->pager->kept == 0;
    bool is_explained = repeats <= state->expected && !listing->has_risen;
    state->expected -= repeats <= state->expected ? repeats : state->expected;
    listing->repeat_pages = repeats_only && !is_explained ? listing->repeat_pages + 1 : 0;
    return listing->repeat_pages > 1 ||
           repeats_is_page_before(&listing->repeats, listing->exchange->response.places);
}

/* Different reservations: of one that was twice in a response, the API counts two, but
   another one has not come. */
static uint64_t different(const struct list_state *state) {
    return state->shown - state->twins + state->left_out;
}

/* More reservations than there were at any time of this run. */
static void look_for_surplus(struct listing *listing) {
    struct list_state *state = &listing->state;
    uint64_t came = different(state) - different(&listing->before);
    if (!tells_total(listing) || came <= listing->largest_total || state->surplus > 0)
        return;
    state->surplus = came;
    state->surplus_total = listing->largest_total;
}

/* An empty list may have one page, or none. */
static bool is_empty_too_early(const struct listing *listing, uint64_t page,
                               numres_pager_reason reason) {
    bool is_told_empty = tells_total(listing) && listing->state.total == 0;
    bool is_empty = reason == NUMRES_PAGER_EMPTY_PAGE || reason == NUMRES_PAGER_EMPTY_TOO_EARLY;
    return is_empty && page <= listing->state.total_pages && !is_told_empty;
}

void counts_add_page(struct listing *listing, uint64_t page, numres_pager_reason reason) {
    const struct response *response = &listing->exchange->response;
    struct list_state *state = &listing->state;
    bool is_extra = response->places > 0 && counts_tell(listing, NUMRES_META_TOTAL_PAGES) &&
                    page > response->meta.total_pages;
    state->repeats += response->repeats;
    listing->doubts.empty_page = is_empty_too_early(listing, page, reason) ? page : 0;
    listing->doubts.extra_page = is_extra ? page : 0;
    if (counts_tell(listing, NUMRES_META_PAGE_SIZE))
        listing->page_size = response->meta.page_size;
    if (reason == NUMRES_PAGER_PAGE_MISMATCH)
        return;
    state->places += response->places;
    state->left_out += response->places - response->delivered;
    look_for_surplus(listing);
}

/* Whether there is no further page. */
static bool is_complete(const struct listing *listing) {
    numres_pager_reason reason = numres_pager_why(&listing->state.pager);
    return reason == NUMRES_PAGER_LAST_PAGE || reason == NUMRES_PAGER_EMPTY_PAGE ||
           reason == NUMRES_PAGER_EMPTY_TOO_EARLY;
}

/* How many reservations there are before --page-number. Returns false if that is not
   known. */
static bool count_skipped(const struct listing *listing, uint64_t *skipped) {
    uint64_t first = listing->exchange->settings->query.page_number;
    uint64_t size = listing->page_size;
    *skipped = 0;
    if (first == NUMRES_NOT_SENT || first == 1)
        return true;
    *skipped = size > 0 && first - 1 > UINT64_MAX / size ? UINT64_MAX : (first - 1) * size;
    return size > 0;
}

/* Places that brought nothing new: new reservations that were not shown pushed others
   there, as many as the list has grown by at most. */
static uint64_t unseen(const struct list_state *state) {
    uint64_t came = state->shown + state->left_out;
    uint64_t idle = state->places > came ? state->places - came : 0;
    return idle < state->grown ? idle : state->grown;
}

/* Whether as many came as the API counts. */
static bool is_reached(const struct listing *listing) {
    const struct list_state *state = &listing->state;
    uint64_t skipped = 0;
    return count_skipped(listing, &skipped) &&
           (state->total <= skipped || different(state) + unseen(state) >= state->total - skipped);
}

/* Whether, at a limit, that was also the last place of the list. */
static bool is_at_end(const struct listing *listing) {
    const struct list_state *state = &listing->state;
    uint64_t skipped = 0;
    uint64_t places =
        state->places + (state->pager.taken > 0 ? listing->exchange->response.places : 0);
    /* While the place is looked for, others follow. */
    return state->total > 0 && listing->repeats.trusted == 0 && is_reached(listing) &&
           count_skipped(listing, &skipped) &&
           (state->total <= skipped || places >= state->total - skipped);
}

static bool is_short(const struct listing *listing) {
    uint64_t skipped = 0;
    return is_complete(listing) && count_skipped(listing, &skipped) && !is_reached(listing);
}

static void write_shortage(const struct listing *listing, char *text, size_t size) {
    const struct list_state *state = &listing->state;
    uint64_t added = unseen(state);
    uint64_t skipped = 0;
    count_skipped(listing, &skipped);
    int length = snprintf(text, size, "the API counts %" PRIu64, state->total - skipped);
    if (skipped > 0)
        length += snprintf(text + length, size - (size_t)length, " from page %" PRIu64 " on",
                           listing->exchange->settings->query.page_number);
    if (added > 0)
        length +=
            snprintf(text + length, size - (size_t)length, ", %" PRIu64 " of them new", added);
    snprintf(text + length, size - (size_t)length, ", %" PRIu64 " came", different(state));
}

/* Writes the first contradiction in what the API said, or returns false. */
static bool find_doubt(const struct listing *listing, char *text, size_t size) {
    const struct list_doubts *doubts = &listing->doubts;
    const struct list_state *state = &listing->state;
    if (doubts->repeats_only)
        snprintf(text, size,
                 "the last pages held nothing but reservations that were shown before; the server "
                 "may ignore page numbers");
    else if (is_short(listing))
        write_shortage(listing, text, size);
    else if (doubts->empty_page > 0)
        snprintf(text, size, "the API counts %" PRIu64 " pages, and page %" PRIu64 " is empty",
                 state->total_pages, doubts->empty_page);
    else if (state->surplus > 0)
        snprintf(text, size, "the API counts %" PRIu64 ", and %" PRIu64 " came",
                 state->surplus_total, state->surplus);
    else if (doubts->extra_page > 0)
        snprintf(text, size, "the API counts %" PRIu64 " pages, and page %" PRIu64 " is not empty",
                 state->total_pages, doubts->extra_page);
    else if (state->fallen_from > 0)
        snprintf(text, size,
                 "the API counted %" PRIu64 ", and on a later page %" PRIu64
                 ": others may have moved to pages that were read before",
                 state->fallen_from, state->fallen_to);
    else
        return false;
    return true;
}

/* ---- what is said at the end ---- */

#define PART_SIZE 200

static bool is_limit(numres_pager_reason reason) {
    return reason == NUMRES_PAGER_MAX_ITEMS || reason == NUMRES_PAGER_MAX_PAGES;
}

/* The limit was the number of all reservations. */
static bool is_end_at_limit(const struct listing *listing) {
    return is_limit(numres_pager_why(&listing->state.pager)) && is_at_end(listing);
}

bool ending_is_partial(const struct listing *listing, enum exchange_end end) {
    char doubt[PART_SIZE];
    return end == EXCHANGE_FAILED || end == EXCHANGE_INTERRUPTED ||
           !(is_complete(listing) || is_end_at_limit(listing)) ||
           find_doubt(listing, doubt, sizeof doubt);
}

static void say(struct listing *listing, const char *before, const char *sentence, int exit_code) {
    struct message message;
    const char *name = listing->exchange->name;
    message_begin(&message);
    /* There is no page name if an earlier run read the list to its end. */
    message_format(&message, "%s%s%s%s", name, name[0] == '\0' ? "" : ": ", before, sentence);
    notice_add_request_id(listing->exchange, &message);
    session_raise_exit_code(listing->exchange->session, exit_code);
    report_message(listing->exchange->session, &message);
}

static void report_doubts(struct listing *listing) {
    char doubt[PART_SIZE];
    if (find_doubt(listing, doubt, sizeof doubt))
        say(listing, "the list may be incomplete: ", doubt, EXIT_INCOMPLETE);
}

/* Reports how many reservations were dropped as repeats. */
static void report_repeats(struct listing *listing) {
    const struct list_state *state = &listing->state;
    uint64_t count = state->repeats - listing->before.repeats;
    /* Without a total nothing else explains them. */
    bool is_growth = state->total == 0 || state->repeats <= state->grown;
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
    command_add_words(settings, message, options + (is_resumed ? 1 : 0), false);
    if (!is_resumed)
        message_format(message, " %s %" PRIu64, options[0], page);
}

/* "25 reservations shown, up to page 2 of 3" */
static void add_progress(const struct listing *listing, const struct list_state *state,
                         struct message *message) {
    uint64_t shown = state->shown - listing->before.shown;
    uint64_t page = state->pager.taken > 0 ? state->pager.page : state->pager.page - 1;
    message_format(message, "%" PRIu64 " reservation%s shown", shown, shown == 1 ? "" : "s");
    if (page > 0)
        message_format(message, ", up to page %" PRIu64, page);
    if (page > 0 && listing->state.total_pages > 0)
        message_format(message, " of %" PRIu64, listing->state.total_pages);
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
