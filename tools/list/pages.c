/* Page after page, from where an earlier run ended, and the state that --resume saves.
   list.c calls it. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../run/report.h"
#include "listing.h"

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
        return exchange_fail(listing->exchange, "the file of --resume cannot be written: ", fault);
    listing->saved = state;
    listing->saved_output = listing->exchange->session->output.last_mark_out;
    return true;
}

bool pages_save(struct listing *listing) {
    return save(listing, false);
}

bool pages_save_last(struct listing *listing) {
    return save(listing, true);
}

static bool take_up(struct listing *listing) {
    struct session *session = listing->exchange->session;
    enum resume_result result =
        resume_open(&listing->resume, listing->exchange->settings->common.resume, listing->list_url,
                    &listing->state, &listing->repeats, &session->messages);
    if (result == RESUME_WRONG || result == RESUME_FAILED) {
        session_raise_exit_code(session, result == RESUME_WRONG ? EXIT_WRONG_USE : EXIT_FAILED);
        return false;
    }
    if (result == RESUME_READ) {
        const struct list_state *state = &listing->state;
        repeats_resume(&listing->repeats, state->page_ids, state->ids - state->new_ids);
        listing->repeats.places = state->pager.taken;
        listing->repeats.twins = state->twins;
        listing->left_device = state->device;
        listing->left_inode = state->inode;
    }
    return true;
}

bool pages_set_up(struct listing *listing) {
    const struct request_settings *settings = listing->exchange->settings;
    listing->state.pager = numres_pager_default();
    listing->resume.lock = -1;
    if (settings->query.page_number != NUMRES_NOT_SENT)
        listing->state.pager.page = settings->query.page_number;
    if (settings->common.resume != NULL && !take_up(listing))
        return false;
    listing->exchange->total_pages = listing->state.total_pages;
    output_identify(listing);
    listing->pager = &listing->state.pager;
    listing->pager->max_pages = settings->max_pages;
    listing->pager->max_items = settings->max_items;
    listing->before = listing->saved = listing->states[0] = listing->state;
    return true;
}

void pages_give_up(struct listing *listing) {
    resume_close(&listing->resume);
}

/* A filter does not take it: it has come, but is no item of --max-items. */
static numres_answer leave_out(struct listing *listing, const numres_reservation *reservation) {
    problems_tell_record(&listing->exchange->problems);
    listing->state.left_out++;
    listing->pager->max_items += listing->pager->max_items > 0 ? 1 : 0;
    numres_pager_take(listing->pager, reservation->index);
    output_mark(listing);
    return NUMRES_GO_ON;
}

static numres_answer take(struct listing *listing, const numres_parser *parser,
                          const numres_reservation *reservation) {
    if (!showing_takes(&listing->exchange->showing, reservation))
        return leave_out(listing, reservation);
    if (!exchange_begin_output(listing->exchange))
        return response_stop_for(listing->exchange, STOP_OUTPUT);
    numres_answer answer = exchange_show(listing->exchange, parser, reservation);
    listing->state.shown++;
    numres_pager_reason reason = numres_pager_take(listing->pager, reservation->index);
    output_mark(listing);
    if (reason != NUMRES_PAGER_NEXT)
        return response_stop_for(listing->exchange, STOP_LIMIT);
    return answer;
}

static numres_answer pass_over(struct listing *listing, const numres_reservation *reservation) {
    problems_forget_record(&listing->exchange->problems);
    numres_pager_drop(listing->pager, reservation->index);
    output_mark(listing);
    return NUMRES_GO_ON;
}

static numres_answer deal_with(struct listing *listing, const numres_parser *parser,
                               const numres_reservation *reservation) {
    switch (repeats_judge(&listing->repeats, reservation)) {
    case REPEAT_NONE:
        return take(listing, parser, reservation);
    case REPEAT_PAGE:
        listing->exchange->response.repeats++;
        return pass_over(listing, reservation);
    case REPEAT_ATTEMPT:
        return pass_over(listing, reservation);
    case REPEAT_TOO_MANY:
        return response_stop_for(listing->exchange, STOP_TOO_MANY);
    case REPEAT_NO_MEMORY:
        break;
    }
    return response_stop_for(listing->exchange, STOP_NO_MEMORY);
}

/* Asked per reservation, since the number of an empty page does not matter. */
static bool is_of_another_page(const struct listing *listing) {
    const struct response *response = &listing->exchange->response;
    return response->has_meta && numres_pager_is_mismatch(listing->pager, &response->meta);
}

/* For the exchange. */
static numres_answer take_reservation(void *context, const numres_parser *parser,
                                      const numres_reservation *reservation) {
    struct listing *listing = context;
    const struct response *response = &listing->exchange->response;
    if (response->has_meta)
        listing->state.total_pages = response->meta.total_pages;
    if (is_of_another_page(listing))
        return response_stop_for(listing->exchange, STOP_MISMATCH);
    return deal_with(listing, parser, reservation);
}

static void take_again(void *context) {
    struct listing *listing = context;
    repeats_next_attempt(&listing->repeats);
}

char *page_url(const struct listing *listing, const numres_query *query) {
    numres_request request = numres_request_default();
    request.query = query;
    return exchange_url(listing->exchange, &request);
}

/* Reads the page that the pager asks for. */
static enum exchange_end page_read(struct listing *listing) {
    struct exchange *exchange = listing->exchange;
    const struct exchange_taker taker = {take_reservation, take_again, listing};
    numres_pager_ask(listing->pager, &listing->query);
    snprintf(exchange->name, sizeof exchange->name, "page %" PRIu64, listing->pager->page);
    char *url = page_url(listing, &listing->query);
    if (url == NULL) {
        notice_failure(exchange, EXCHANGE_NO_MEMORY, "");
        return EXCHANGE_FAILED;
    }
    exchange->request.url = url;
    exchange->taker = &taker;
    exchange->wants_list = true;
    enum exchange_end end = exchange_send(exchange);
    if (exchange->response.has_meta)
        listing->state.total_pages = exchange->response.meta.total_pages;
    free(url);
    return end;
}

/* Takes the results of a page that was read to its end. */
static void turn_page(struct listing *listing) {
    const struct response *response = &listing->exchange->response;
    numres_pager *pager = listing->pager;
    uint64_t page = pager->page;
    counts_compare(listing);
    bool goes_round = counts_go_round(listing);
    if (response->has_meta && listing->exchange->settings->format->page != NULL &&
        exchange_begin_output(listing->exchange))
        listing->exchange->settings->format->page(&listing->exchange->showing, &response->meta);
    numres_pager_reason reason = numres_pager_page_read(
        pager, response->has_meta ? &response->meta : NULL, response->places);
    counts_add_page(listing, page, reason);
    listing->doubts.repeats_only =
        reason == NUMRES_PAGER_REPEATED_PAGE || (goes_round && reason == NUMRES_PAGER_NEXT);
    repeats_next_page(&listing->repeats);
    output_mark(listing);
}

/*
 * Whether this page shows that the list up to here is where it was. Reservations
 * that were not shown before we began to go back, perhaps in an earlier run, came
 * from a later page, and there may be more of them on the page before. The same
 * holds for the last page, which may be short.
 */
static bool shows_place(const struct listing *listing, uint64_t page) {
    const struct response *response = &listing->exchange->response;
    bool is_last =
        counts_tell(listing, NUMRES_META_TOTAL_PAGES) && page >= response->meta.total_pages;
    return listing->repeats.evidence > 0 && listing->repeats.newcomers == 0 && !is_last;
}

/* Reads a finished page again and shows what has moved to it since. */
static enum exchange_end look_again(struct listing *listing, uint64_t page, bool *is_known) {
    numres_pager pager = listing->state.pager;
    pager.page = page;
    pager.taken = 0;
    listing->pager = &pager;
    repeats_next_page(&listing->repeats);
    /* Reservations without an id cannot be told apart. */
    listing->repeats.places = UINT64_MAX;
    enum exchange_end end = page_read(listing);
    if (end == EXCHANGE_READ && listing->exchange->response.has_meta &&
        numres_pager_is_mismatch(&pager, &listing->exchange->response.meta)) {
        notice_failure(listing->exchange, numres_pager_sentence(NUMRES_PAGER_PAGE_MISMATCH), "");
        end = EXCHANGE_FAILED;
    }
    *is_known = shows_place(listing, page);
    listing->pager = &listing->state.pager;
    listing->state.pager.items = pager.items;
    listing->state.pager.max_items = pager.max_items;
    if (end == EXCHANGE_READ)
        counts_compare(listing);
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
        end = pages_save(listing) && exchange_can_show(listing->exchange)
                  ? look_again(listing, --page, &is_known)
                  : EXCHANGE_FAILED;
    if (end == EXCHANGE_READ)
        repeats->trusted = 0;
    repeats_return(repeats, page_start, listing->state.pager.taken);
    output_mark(listing);
    return end;
}

/* Says that there is nothing to do for --resume. */
static void report_complete(struct listing *listing) {
    if (!listing->exchange->settings->common.quiet)
        report_failure(listing->exchange->session, NULL,
                       "the list was read to its end before; to read it again, remove the file of "
                       "--resume",
                       "");
}

enum exchange_end pages_read(struct listing *listing) {
    enum exchange_end end = EXCHANGE_READ;
    bool goes_on = numres_pager_why(listing->pager) == NUMRES_PAGER_NEXT;
    if (goes_on)
        output_join(listing);
    bool saved = pages_save(listing);
    if (!goes_on)
        report_complete(listing);
    else if (saved && listing->repeats.count > 0)
        end = find_place(listing);
    while (saved && end == EXCHANGE_READ && numres_pager_why(listing->pager) == NUMRES_PAGER_NEXT &&
           !listing->doubts.repeats_only && exchange_can_show(listing->exchange)) {
        end = page_read(listing);
        if (end == EXCHANGE_READ)
            turn_page(listing);
        saved = pages_save(listing);
    }
    return saved ? end : EXCHANGE_FAILED;
}
