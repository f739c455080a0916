/* Page after page, from where an earlier run ended, and the state that --resume saves.
   list.c calls it. */

#include <stdlib.h>
#include <string.h>

#include "../run/report.h"
#include "listing.h"

static bool fail(struct listing *listing, const char *what, const char *reason) {
    session_raise_exit_code(listing->session, EXIT_FAILED);
    report_failure(listing->session, NULL, what, reason);
    return false;
}

bool pages_save(struct listing *listing) {
    if (listing->settings->common.resume == NULL)
        return true;
    /* Output that may not be on the disk does not count as shown. */
    if (listing->saving_failed || !output_sync(listing)) {
        listing->saving_failed = true;
        return false;
    }
    const char *fault = resume_save(&listing->resume, output_state(listing), &listing->repeats);
    listing->saving_failed = fault != NULL;
    return fault == NULL || fail(listing, "the file of --resume cannot be written: ", fault);
}

static bool take_up(struct listing *listing) {
    struct session *session = listing->session;
    enum resume_result result =
        resume_open(&listing->resume, listing->settings->common.resume, listing->list_url,
                    &listing->state, &listing->repeats, &session->messages);
    if (result == RESUME_WRONG || result == RESUME_FAILED) {
        session_raise_exit_code(session, result == RESUME_WRONG ? EXIT_WRONG_USE : EXIT_FAILED);
        return false;
    }
    if (result == RESUME_READ) {
        const struct list_state *state = &listing->state;
        repeats_resume(&listing->repeats, state->page_ids, state->ids - state->new_ids);
        listing->repeats.places = state->pager.taken;
        listing->resumed_total = state->total;
        listing->shown_before = state->shown;
    }
    return true;
}

bool pages_set_up(struct listing *listing) {
    const struct list_settings *settings = listing->settings;
    listing->state.pager = numres_pager_default();
    listing->resume.lock = -1;
    if (settings->query.page_number != NUMRES_NOT_SENT)
        listing->state.pager.page = settings->query.page_number;
    if (settings->common.resume != NULL && !take_up(listing))
        return false;
    listing->pager = &listing->state.pager;
    listing->pager->max_pages = settings->max_pages;
    listing->pager->max_items = settings->max_items;
    listing->states[0] = listing->state;
    return true;
}

void pages_give_up(struct listing *listing) {
    resume_close(&listing->resume);
}

static bool tells(const numres_meta *meta, unsigned int member) {
    return numres_has(meta->present & ~meta->null & ~meta->invalid, member);
}

static bool tells_total(const struct listing *listing) {
    const struct response *response = &listing->response;
    return response->has_meta && tells(&response->meta, NUMRES_META_TOTAL_RESULTS);
}

/* Compares the page's total with those before. */
static void compare_totals(struct listing *listing) {
    struct list_state *state = &listing->state;
    if (!tells_total(listing))
        return;
    uint64_t total = listing->response.meta.total_results;
    if (listing->run_total > total && state->fallen_from == 0) {
        state->fallen_from = listing->run_total;
        state->fallen_to = total;
    }
    /* Between two runs a list may have grown by any number of pages. */
    if (listing->resumed_total > 0 && total > listing->resumed_total)
        listing->allowed_repeats = total - listing->resumed_total;
    listing->resumed_total = 0;
    listing->run_total = total;
    state->total = total;
}

/* Whether this page and the one before held only reservations that were shown before. */
static bool is_going_round(struct listing *listing) {
    uint64_t repeats = listing->response.repeats;
    bool repeats_only = repeats > 0 && listing->pager->kept == 0;
    bool is_explained = repeats <= listing->allowed_repeats;
    listing->allowed_repeats -= is_explained ? repeats : listing->allowed_repeats;
    listing->repeat_pages = repeats_only && !is_explained ? listing->repeat_pages + 1 : 0;
    return listing->repeat_pages > 1 ||
           repeats_is_page_before(&listing->repeats, listing->response.places);
}

/* An empty list may have one page, or none. */
static bool is_empty_too_early(const struct listing *listing, uint64_t page,
                               numres_pager_reason reason) {
    bool is_told_empty = tells_total(listing) && listing->state.total == 0;
    bool is_empty = reason == NUMRES_PAGER_EMPTY_PAGE || reason == NUMRES_PAGER_EMPTY_TOO_EARLY;
    return is_empty && page <= listing->state.total_pages && !is_told_empty;
}

/* Takes the results of a page that was read to its end. */
static void turn_page(struct listing *listing) {
    const struct response *response = &listing->response;
    numres_pager *pager = listing->pager;
    uint64_t page = pager->page;
    compare_totals(listing);
    bool goes_round = is_going_round(listing);
    if (response->has_meta && listing->settings->format->page != NULL && output_begin(listing))
        listing->settings->format->page(&listing->showing, &response->meta);
    numres_pager_reason reason = numres_pager_page_read(
        pager, response->has_meta ? &response->meta : NULL, response->places);
    listing->repeat_count += response->repeats;
    if (reason != NUMRES_PAGER_PAGE_MISMATCH)
        listing->state.places += response->places;
    listing->doubts.empty_page = is_empty_too_early(listing, page, reason) ? page : 0;
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
    const struct response *response = &listing->response;
    bool is_last = response->has_meta && tells(&response->meta, NUMRES_META_TOTAL_PAGES) &&
                   page >= response->meta.total_pages;
    return listing->repeats.evidence > 0 && listing->repeats.newcomers == 0 && !is_last;
}

/* Reads a finished page again and shows what has moved to it since. */
static enum page_end look_again(struct listing *listing, uint64_t page, bool *is_known) {
    numres_pager pager = listing->state.pager;
    pager.page = page;
    pager.taken = 0;
    listing->pager = &pager;
    repeats_next_page(&listing->repeats);
    /* Reservations without an id cannot be told apart. */
    listing->repeats.places = UINT64_MAX;
    enum page_end end = page_read(listing);
    if (end == PAGE_READ && listing->response.has_meta &&
        numres_pager_is_mismatch(&pager, &listing->response.meta)) {
        notice_failure(listing, numres_pager_sentence(NUMRES_PAGER_PAGE_MISMATCH), "");
        end = PAGE_FAILED;
    }
    *is_known = shows_place(listing, page);
    listing->pager = &listing->state.pager;
    listing->state.pager.items = pager.items;
    if (end == PAGE_READ)
        compare_totals(listing);
    output_mark(listing);
    return end;
}

/* The list may have changed since an earlier run, or since that run requested the
   page that it did not finish. Goes back, page by page, to the last one that still
   holds what was seen there. */
static enum page_end find_place(struct listing *listing) {
    struct repeats *repeats = &listing->repeats;
    uint64_t page_start = repeats->page_start;
    uint64_t page = listing->state.pager.page;
    bool is_known = false;
    enum page_end end = PAGE_READ;
    while (end == PAGE_READ && !is_known && page > 1)
        end = pages_save(listing) && listing_can_show(listing)
                  ? look_again(listing, --page, &is_known)
                  : PAGE_FAILED;
    if (end == PAGE_READ)
        repeats->trusted = 0;
    repeats_return(repeats, page_start, listing->state.pager.taken);
    output_mark(listing);
    return end;
}

/* Says that there is nothing to do for --resume. */
static void report_complete(struct listing *listing) {
    if (!listing->settings->common.quiet)
        report_failure(listing->session, NULL,
                       "the list was read to its end before; to read it again, remove the file of "
                       "--resume",
                       "");
}

enum page_end pages_read(struct listing *listing) {
    enum page_end end = PAGE_READ;
    bool saved = pages_save(listing);
    if (numres_pager_why(listing->pager) != NUMRES_PAGER_NEXT)
        report_complete(listing);
    else if (saved && listing->repeats.count > 0)
        end = find_place(listing);
    while (saved && end == PAGE_READ && numres_pager_why(listing->pager) == NUMRES_PAGER_NEXT &&
           !listing->doubts.repeats_only && listing_can_show(listing)) {
        end = page_read(listing);
        if (end == PAGE_READ)
            turn_page(listing);
        saved = pages_save(listing);
    }
    return saved ? end : PAGE_FAILED;
}
