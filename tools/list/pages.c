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

static bool save(struct listing *listing, bool is_last) {
    if (listing->settings->common.resume == NULL)
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
        return fail(listing, "the file of --resume cannot be written: ", fault);
    listing->saved = state;
    listing->saved_output = listing->session->output.last_mark_out;
    return true;
}

bool pages_save(struct listing *listing) {
    return save(listing, false);
}

bool pages_save_last(struct listing *listing) {
    return save(listing, true);
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
        listing->repeats.twins = state->twins;
        listing->left_device = state->device;
        listing->left_inode = state->inode;
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

/* Takes the results of a page that was read to its end. */
static void turn_page(struct listing *listing) {
    const struct response *response = &listing->response;
    numres_pager *pager = listing->pager;
    uint64_t page = pager->page;
    counts_compare(listing);
    bool goes_round = counts_go_round(listing);
    if (response->has_meta && listing->settings->format->page != NULL && output_begin(listing))
        listing->settings->format->page(&listing->showing, &response->meta);
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
    const struct response *response = &listing->response;
    bool is_last =
        counts_tell(listing, NUMRES_META_TOTAL_PAGES) && page >= response->meta.total_pages;
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
        counts_compare(listing);
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
    bool goes_on = numres_pager_why(listing->pager) == NUMRES_PAGER_NEXT;
    if (goes_on)
        output_join(listing);
    bool saved = pages_save(listing);
    if (!goes_on)
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
