/* numres list: reads page after page, from where an earlier run ended, and shows each
   reservation once. main.c calls it; requests.c requests the pages, output.c and resume.c
   record what was shown and how far the list was read, ending.c reports at the end. */
#include "list.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../api/wait.h"

static const struct help help = {
    25,
    " [OPTION...]\n"
    "\n"
    "Fetches your number reservations from the Telnyx API, page by page, and shows\n"
    "each one as soon as it arrives.\n" EXCHANGE_HELP_KEY "\n",
    "\n"
    "Failed connections and HTTP 408, 409, 429 and 5xx are retried, honouring\n"
    "Retry-After and rate limits up to 60 seconds. Retries lose no reservation and\n"
    "show none twice. Reservations that move to a later page because new ones were\n"
    "made are shown once. If the API's own counts say that some may have been missed,\n"
    "or too many arrived, the exit status is 5; run the command again.\n"
    "\n"
    "Exit status: 0 success; 1 problems; 2 usage error; 3 the connection, input or\n"
    "output failed, or the API sent a wrong page; 4 the API returned errors, or asks\n"
    "for a wait of more than 60 seconds; 5 the list may be incomplete, or the API\n"
    "contradicts itself; 130 interrupted; with --exit-status: 6 a limit was reached,\n"
    "7 (instead of 0) nothing was shown. The highest applies.\n"
    "\n"
    "Examples:\n"
    "  numres list\n"
    "  numres list --status failure --created-after 2026-01-01T00:00:00Z\n"
    "  numres list --page-size 250 --format csv > numbers.csv\n"
    "  numres list --expires-within 10m --format numbers\n"
    "  numres list --api-key-file ~/.telnyx-key --format ndjson --resume state >> all\n",
};

/* Saves the state in the --resume file, if there is one. Returns false if that fails. */
static bool save(struct listing *listing, bool is_last) {
    if (listing->exchange->settings->common.resume == NULL)
        return true;
    /* Output that may not be on the disk does not count as shown. */
    if (listing->saving_failed || !output_sync(listing)) {
        listing->saving_failed = true;
        return false;
    }
    struct list_state state = *output_state(listing);
    if (is_last)
        state.device = state.inode = 0;
    const char *fault = resume_save(&listing->resume, &state, &listing->repeats);
    listing->saving_failed = fault != NULL;
    if (fault != NULL)
        return exchange_fail(listing->exchange, "cannot write the --resume file: ", fault);
    listing->saved = state;
    listing->saved_output = listing->exchange->session->output.last_mark_out;
    return true;
}

static bool take_up(struct listing *listing) {
    struct session *session = listing->exchange->session;
    enum resume_result result =
        resume_open(&listing->resume, listing->exchange->settings->common.resume, &listing->state,
                    &listing->repeats, &session->messages);
    if (result == RESUME_WRONG || result == RESUME_FAILED) {
        session_raise_exit_code(session, result == RESUME_WRONG ? EXIT_WRONG_USE : EXIT_FAILED);
        return false;
    }
    if (result == RESUME_READ) {
        const struct list_state *state = &listing->state;
        repeats_resume(&listing->repeats, state->page_ids, state->ids - state->new_ids);
        listing->repeats.places = state->pager.taken;
        listing->left_device = state->device;
        listing->left_inode = state->inode;
    }
    return true;
}

/* Prepares the run; with --resume, it begins where an earlier run ended. Returns false
   after reporting an error. */
static bool set_up(struct listing *listing) {
    const struct request_settings *settings = listing->exchange->settings;
    listing->state.pager = numres_pager_default();
    if (settings->common.resume != NULL && !take_up(listing))
        return false;
    if (settings->query.page_number != NUMRES_NOT_SENT) /* never with --resume */
        listing->state.pager.page = listing->exchange->showing.summary.asked_page =
            settings->query.page_number;
    listing->exchange->total_pages = listing->state.counts.total_pages;
    output_identify(listing);
    listing->state.pager.max_pages = settings->common.max_pages.value;
    listing->state.pager.max_items = settings->max_items;
    listing->counting = (struct counting){.exchange = listing->exchange,
                                          .counts = &listing->state.counts,
                                          .before = listing->state.counts,
                                          .pager = &listing->state.pager,
                                          .repeats = &listing->repeats,
                                          .first_page = settings->query.page_number};
    listing->before = listing->saved = listing->states[0] = listing->state;
    return true;
}

/* Leaves out a reservation that the filters reject. It does not count for --max-items. */
static numres_answer leave_out(struct listing *listing, const numres_reservation *reservation) {
    numres_pager *pager = listing->counting.pager;
    problems_tell_record(&listing->exchange->problems);
    listing->state.counts.left_out++;
    pager->max_items += pager->max_items > 0 ? 1 : 0;
    numres_pager_take(pager, reservation->index);
    output_mark(listing);
    return NUMRES_GO_ON;
}

/* Counts the reservation as shown, or as left out if the format needs an id and it has
   none. */
static void count(struct listing *listing, const numres_reservation *reservation) {
    if (listing->exchange->showing.format->needs_id && reservation->id.length == 0)
        listing->state.counts.left_out++;
    else
        listing->state.counts.shown++;
}

static numres_answer take(struct listing *listing, const numres_parser *parser,
                          const numres_reservation *reservation) {
    if (!showing_takes(&listing->exchange->showing, reservation))
        return leave_out(listing, reservation);
    if (!exchange_begin_output(listing->exchange))
        return response_stop_for(listing->exchange, STOP_OUTPUT);
    numres_answer answer = exchange_show(listing->exchange, parser, reservation);
    count(listing, reservation);
    numres_pager_reason reason = numres_pager_take(listing->counting.pager, reservation->index);
    output_mark(listing);
    if (reason != NUMRES_PAGER_NEXT)
        return response_stop_for(listing->exchange, STOP_LIMIT);
    return answer;
}

/* Called by the exchange for each reservation. */
static numres_answer take_reservation(void *context, const numres_parser *parser,
                                      const numres_reservation *reservation) {
    struct listing *listing = context;
    bool is_new = false;
    numres_answer answer = counts_judge(&listing->counting, reservation, &is_new);
    if (is_new)
        return take(listing, parser, reservation);
    if (answer == NUMRES_GO_ON) {
        problems_forget_record(&listing->exchange->problems);
        output_mark(listing);
    }
    return answer;
}

static void take_again(void *context) {
    struct listing *listing = context;
    repeats_next_attempt(&listing->repeats);
}

/* Reads the page that the pager asks for. */
static enum exchange_end read_page(struct listing *listing) {
    const struct exchange_taker taker = {
        .reservation = take_reservation, .again = take_again, .context = listing};
    numres_pager *pager = listing->counting.pager;
    numres_pager_ask(pager, &listing->query);
    return page_send(listing->exchange, &listing->query, pager->page, &taker);
}

/* Records the results of a page that was read to its end. */
static void turn_page(struct listing *listing) {
    const struct response *response = &listing->exchange->response;
    if (response->has_meta &&
        listing->exchange->settings->selection.format->functions->page != NULL &&
        exchange_begin_output(listing->exchange))
        listing->exchange->settings->selection.format->functions->page(&listing->exchange->showing,
                                                                       &response->meta);
    counts_turn_page(&listing->counting);
    output_mark(listing);
}

/*
 * Whether this page proves that the list up to here has not moved. If it holds
 * reservations that had not been shown when we began to go back (perhaps in an earlier
 * run), they moved here from a later page, and the page before may hold more of them.
 * The last page proves nothing either, since it may be short.
 */
static bool shows_place(const struct listing *listing, uint64_t page) {
    const struct response *response = &listing->exchange->response;
    bool is_last = counts_has_member(listing->exchange, NUMRES_META_TOTAL_PAGES) &&
                   page >= response->meta.total_pages;
    return listing->repeats.evidence > 0 && listing->repeats.newcomers == 0 && !is_last;
}

/* Reads a finished page again and shows what has moved to it since. */
static enum exchange_end look_again(struct listing *listing, uint64_t page, bool *is_known) {
    numres_pager pager = listing->state.pager;
    pager.page = page;
    pager.taken = 0;
    listing->counting.pager = &pager;
    repeats_next_page(&listing->repeats);
    /* Reservations without an id cannot be told apart, so none counts as new. */
    listing->repeats.places = UINT64_MAX;
    enum exchange_end end = read_page(listing);
    if (end == EXCHANGE_READ && listing->exchange->response.has_meta &&
        numres_pager_is_mismatch(&pager, &listing->exchange->response.meta)) {
        notice_failure(listing->exchange, numres_pager_sentence(NUMRES_PAGER_PAGE_MISMATCH), "");
        end = EXCHANGE_FAILED;
    }
    *is_known = shows_place(listing, page);
    listing->counting.pager = &listing->state.pager;
    listing->state.pager.items = pager.items;
    listing->state.pager.max_items = pager.max_items;
    if (end == EXCHANGE_READ)
        counts_compare(&listing->counting);
    output_mark(listing);
    return end;
}

/* The list may have changed since an earlier run, or since that run requested the
   page that it did not finish. Goes back, page by page, to the last one that still
   holds what was seen there. */
static enum exchange_end find_place(struct listing *listing) {
    struct repeats *repeats = &listing->repeats;
    uint64_t page_start = repeats->page_start;
    uint64_t page = listing->state.pager.page;
    bool is_known = false;
    enum exchange_end end = EXCHANGE_READ;
    while (end == EXCHANGE_READ && !is_known && page > 1)
        end = save(listing, false) && exchange_can_show(listing->exchange)
                  ? look_again(listing, --page, &is_known)
                  : EXCHANGE_FAILED;
    if (end == EXCHANGE_READ)
        repeats->trusted = 0;
    repeats_return(repeats, page_start, listing->state.pager.taken);
    output_mark(listing);
    return end;
}

/* Reports that the list is complete, so --resume has nothing to do. */
static void report_complete(struct listing *listing) {
    if (!listing->exchange->settings->common.quiet)
        report_failure(listing->exchange->session, NULL,
                       "the list is already complete; to read it again, remove the --resume file",
                       "");
}

/* Reads and shows all pages, and saves the state after each. Returns how the last page
   ended. */
static enum exchange_end read_pages(struct listing *listing) {
    enum exchange_end end = EXCHANGE_READ;
    const numres_pager *pager = &listing->state.pager;
    bool goes_on = numres_pager_why(pager) == NUMRES_PAGER_NEXT;
    if (goes_on)
        output_join(listing);
    bool saved = save(listing, false);
    if (!goes_on)
        report_complete(listing);
    else if (saved && listing->repeats.count > 0)
        end = find_place(listing);
    while (saved && end == EXCHANGE_READ && numres_pager_why(pager) == NUMRES_PAGER_NEXT &&
           !listing->counting.doubts.repeats_only && exchange_can_show(listing->exchange)) {
        end = read_page(listing);
        if (end == EXCHANGE_READ)
            turn_page(listing);
        saved = save(listing, false);
    }
    return saved ? end : EXCHANGE_FAILED;
}

/* ---- the whole run ---- */

/* The page that was left in the middle; 0: none. */
static uint64_t unfinished_page(const numres_pager *pager) {
    return pager->reason == NUMRES_PAGER_NEXT && pager->taken > 0 ? pager->page : 0;
}

/* Ends the output, saves the state, and says how far the list got. */
static void end_list(struct listing *listing, enum exchange_end end) {
    progress_hide(&listing->exchange->session->progress);
    if (exchange_begin_output(listing->exchange)) {
        if (ending_is_partial(listing, end))
            summary_break_off(&listing->exchange->showing.summary,
                              unfinished_page(&listing->state.pager));
        showing_end(&listing->exchange->showing);
    }
    print_flush(&listing->exchange->session->output);
    output_mend(listing);
    save(listing, true);
    output_take_back(listing);
    ending_report(listing, end);
    /* With --resume, --exit-status is about the whole list, not this run alone. */
    listing->exchange->showing.shown += listing->before.counts.shown;
}

/* Returns what --resume compares, which the caller frees: the list's URL without a page number,
   and the filters that numres applies itself. NULL: no memory. */
static char *list_url(const struct listing *listing) {
    const struct request_settings *settings = listing->exchange->settings;
    const struct filter *filter = &settings->selection.filter;
    numres_query query = listing->query;
    query.page_number = NUMRES_NOT_SENT;
    char *url = page_url(listing->exchange, &query);
    size_t length = url == NULL ? 0 : strlen(url);
    size_t size = filter_write_local(filter, &settings->common, NULL, 0) + 1;
    char *whole = url == NULL ? NULL : realloc(url, length + size);
    if (whole == NULL)
        free(url);
    else
        filter_write_local(filter, &settings->common, whole + length, size);
    return whole;
}

static void list_pages(struct listing *listing) {
    listing->resume = (struct resume){.url = list_url(listing), .lock = -1};
    if (listing->resume.url == NULL) {
        exchange_fail(listing->exchange, EXCHANGE_NO_MEMORY, "");
        return;
    }
    repeats_begin(&listing->repeats, (uint64_t)wait_time_of_day() << 32 ^ (uint64_t)wait_clock() ^
                                         (uint64_t)getpid() << 16);
    if (set_up(listing))
        end_list(listing, read_pages(listing));
    resume_close(&listing->resume);
    repeats_end(&listing->repeats);
}

static void run(struct exchange *exchange) {
    struct listing *listing = calloc(1, sizeof *listing);
    if (listing == NULL) {
        exchange_fail(exchange, EXCHANGE_NO_MEMORY, "");
        return;
    }
    listing->exchange = exchange;
    listing->query = exchange->settings->query;
    list_pages(listing);
    free(listing);
}

int list_command(struct session *session, char **arguments, size_t count) {
    return exchange_command(session, COMMAND_list, &help, arguments, count, run);
}
