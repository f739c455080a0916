/* One page of a list: its request, redirects and retries. pages.c calls it; the rules
   of the retries are in retry.c. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../run/message.h"
#include "access.h"
#include "listing.h"
#include "times.h"
#include "wait.h"

#define MOST_REDIRECTS 5
#define REASON_SIZE 320

/* How one request ended. */
enum attempt {
    ATTEMPT_READ,
    ATTEMPT_STOPPED,
    ATTEMPT_BROKEN,  /* connection or response broken, perhaps for now only */
    ATTEMPT_REFUSED, /* by a status that allows another try */
    ATTEMPT_FAILED,
    ATTEMPT_INTERRUPTED
};

char *page_url(const struct listing *listing, const numres_query *query) {
    size_t base = strlen(listing->base_url);
    size_t needed = 0;
    numres_query_write(query, NULL, 0, &needed);
    char *url = malloc(base + needed + 1);
    if (url != NULL) {
        memcpy(url, listing->base_url, base);
        numres_query_write(query, url + base, needed + 1, NULL);
    }
    return url;
}

/* Returns false, which ends the transfer, when the reader of the output has left. */
static bool on_tick(void *context) {
    struct listing *listing = context;
    notice_progress(listing, "waiting for the API");
    pager_look(&listing->session->pager);
    return !print_reader_left(&listing->session->output);
}

static void on_header(void *context, const char *line, size_t length) {
    notice_header(context, line, length);
}

static enum transport_outcome get(struct listing *listing, const char *url) {
    const struct transport_receiver receiver = {response_receive, on_header, on_tick,
                                                listing->session->output.descriptor, listing};
    response_begin(listing);
    notice_request(listing, url);
    enum transport_outcome outcome = transport_get(&listing->transport, url, &receiver);
    if (outcome != TRANSPORT_INTERRUPTED && outcome != TRANSPORT_OVER)
        notice_outcome(listing, outcome);
    return outcome;
}

/* The URL to follow, which the caller frees, or NULL after the reason was reported.
   The key is only for one host, and no other would answer without it. */
static char *follow(struct listing *listing, uint64_t followed) {
    const char *next = transport_redirect(&listing->transport);
    char status[REASON_SIZE];
    notice_status(transport_status(&listing->transport), status, sizeof status);
    if (next == NULL) {
        notice_failure(listing, "the API redirects to nowhere: ", status);
    } else if (!base_url_same_origin(listing->base_url, next)) {
        notice_failure(listing,
                       "the API redirects to another host, which must not get the key (if it "
                       "is the right one, give its URL as --base-url): ",
                       next);
    } else if (followed >= MOST_REDIRECTS) {
        notice_failure(listing, "the API redirects again and again, now to ", next);
    } else {
        char *url = strdup(next);
        if (url == NULL)
            notice_failure(listing, LISTING_NO_MEMORY, "");
        return url;
    }
    return NULL;
}

/* Sends the request and follows redirects. Returns false after it has said what
   failed. */
static bool get_and_follow(struct listing *listing, const char *url,
                           enum transport_outcome *outcome) {
    char *next = NULL;
    *outcome = get(listing, url);
    for (uint64_t followed = 0; *outcome == TRANSPORT_ANSWERED && listing_is_redirect(listing);
         followed++) {
        char *previous = next;
        next = follow(listing, followed);
        free(previous);
        if (next == NULL)
            return false;
        *outcome = get(listing, next);
    }
    free(next);
    return true;
}

/* Whether the response is not JSON at all. */
static bool is_no_json(const struct listing *listing) {
    const struct input *input = &listing->session->input;
    const numres_error *error = numres_parser_error(listing->parser);
    /* The text after a byte-order mark may be JSON. */
    if (error->code == NUMRES_BYTE_ORDER_MARK)
        return false;
    return hint_is_about_start(error, input->head, input->head_length) ||
           hint_is_wide(input->head, input->head_length);
}

/* Reports the parser's error. */
static enum attempt fail_document(struct listing *listing) {
    if (is_no_json(listing))
        notice_no_json(listing);
    else
        session_fail_document(listing->session, listing->parser);
    return ATTEMPT_FAILED;
}

static enum attempt fail_connection(struct listing *listing) {
    notice_failure(listing, "the connection failed: ", listing->transport.failure);
    return ATTEMPT_FAILED;
}

static enum attempt fail_for_time(struct listing *listing) {
    notice_time_over(listing);
    return ATTEMPT_FAILED;
}

/* A refusal has been shown while it arrived; adds its first bytes if it said nothing. */
static enum attempt end_refusal(struct listing *listing, numres_code code) {
    const struct response *response = &listing->response;
    bool says_nothing =
        response->api_errors == 0 && (code != NUMRES_OK || response->envelopes == 0);
    if (says_nothing || response->has_mute_error)
        notice_no_errors(listing, is_no_json(listing));
    return ATTEMPT_FAILED;
}

static enum attempt end_page(struct listing *listing) {
    const struct response *response = &listing->response;
    if ((response->envelopes & NUMRES_ENVELOPE_ERRORS) != 0) {
        session_raise_exit_code(listing->session, EXIT_API_ERRORS);
        if (response->api_errors == 0 || response->has_mute_error)
            notice_no_errors(listing, false);
        return ATTEMPT_FAILED;
    }
    if ((response->envelopes & NUMRES_ENVELOPE_LIST) == 0) {
        notice_failure(listing, "the answer is no list of reservations", "");
        return ATTEMPT_FAILED;
    }
    return ATTEMPT_READ;
}

/* Judges a response that has ended or that was stopped by its content. */
static enum attempt end_answer(struct listing *listing, enum transport_outcome outcome) {
    struct response *response = &listing->response;
    numres_code code = NUMRES_OK;
    if (outcome == TRANSPORT_ANSWERED)
        code = response_finish(listing);
    else if (response->stop == STOP_ERROR)
        code = numres_parser_error(listing->parser)->code;
    /* A redirect that was stopped is too large, and would be again. */
    if (response->role == BODY_IGNORED && !listing_is_redirect(listing))
        return ATTEMPT_REFUSED;
    if (response->role == BODY_REFUSAL)
        return end_refusal(listing, code);
    /* Some connections are cut without an error. */
    if (response->stop == STOP_NONE && (code == NUMRES_TRUNCATED || code == NUMRES_EMPTY_INPUT)) {
        snprintf(listing->transport.failure, sizeof listing->transport.failure, "%s",
                 code == NUMRES_EMPTY_INPUT ? "the answer is empty"
                                            : "the answer ends inside its JSON");
        return ATTEMPT_BROKEN;
    }
    problems_tell(&listing->problems);
    switch (response->stop) {
    case STOP_LIMIT:
        return ATTEMPT_STOPPED;
    case STOP_MISMATCH:
        notice_failure(listing, numres_pager_sentence(NUMRES_PAGER_PAGE_MISMATCH), "");
        return ATTEMPT_FAILED;
    case STOP_OUTPUT:
        return ATTEMPT_FAILED;
    case STOP_TOO_LARGE:
        notice_failure(listing, "the page is too large; allow more with --max-page-bytes", "");
        return ATTEMPT_FAILED;
    case STOP_TOO_MANY:
        notice_failure(listing, "the page has too many reservations for one of the API's", "");
        return ATTEMPT_FAILED;
    case STOP_NO_MEMORY:
        notice_failure(listing, LISTING_NO_MEMORY " for the page's ids", "");
        return ATTEMPT_FAILED;
    case STOP_ERROR:
    case STOP_NONE:
        break;
    }
    return code == NUMRES_OK ? end_page(listing) : fail_document(listing);
}

static enum attempt try_page(struct listing *listing, const char *url) {
    enum transport_outcome outcome = TRANSPORT_ANSWERED;
    listing->tries++;
    if (!get_and_follow(listing, url, &outcome))
        return ATTEMPT_FAILED;
    switch (outcome) {
    case TRANSPORT_ANSWERED:
    case TRANSPORT_STOPPED:
        return end_answer(listing, outcome);
    case TRANSPORT_BROKEN:
        /* The refusal has been shown, and a retry would bring the same. */
        return listing->response.role == BODY_REFUSAL ? fail_connection(listing) : ATTEMPT_BROKEN;
    case TRANSPORT_IMPOSSIBLE:
        notice_failure(listing, "the request failed: ", listing->transport.failure);
        return ATTEMPT_FAILED;
    case TRANSPORT_OVER:
        return fail_for_time(listing);
    case TRANSPORT_INTERRUPTED:
        break;
    }
    return ATTEMPT_INTERRUPTED;
}

/* Random enough to keep many callers from retrying at the same moment. */
static uint32_t chance(const struct listing *listing) {
    uint64_t seed = (uint64_t)wait_clock() + (uint64_t)getpid() * 2654435761U + listing->tries;
    seed ^= seed >> 33;
    seed *= UINT64_C(0xff51afd7ed558ccd);
    return (uint32_t)(seed >> 33);
}

struct waiting {
    struct listing *listing;
    const char *what; /* "to try again (HTTP 503 Service Unavailable)" */
};

static bool show_wait(void *context, int64_t milliseconds_left) {
    const struct waiting *waiting = context;
    char seconds[32];
    char line[REASON_SIZE];
    times_show_span(milliseconds_left, seconds, sizeof seconds);
    snprintf(line, sizeof line, "waiting %s %s", seconds, waiting->what);
    notice_progress_now(waiting->listing, line);
    pager_look(&waiting->listing->session->pager);
    return !print_reader_left(&waiting->listing->session->output);
}

/* Waits. Returns ATTEMPT_REFUSED if the run continues afterwards. */
static enum attempt wait_for(struct listing *listing, int64_t milliseconds, const char *what) {
    struct waiting waiting = {listing, what};
    notice_wait(listing, milliseconds, what);
    if (listing->transport.settings.deadline - wait_clock() <= milliseconds)
        return fail_for_time(listing);
    wait_milliseconds(milliseconds, show_wait, &waiting);
    return interrupt_came() || listing->session->output.failure != 0 ? ATTEMPT_INTERRUPTED
                                                                     : ATTEMPT_REFUSED;
}

static enum attempt wait_for_next_try(struct listing *listing, bool connection_failed) {
    struct retry_facts facts = listing_facts(listing, connection_failed);
    char reason[REASON_SIZE] = "the connection failed";
    char what[REASON_SIZE + 32];
    int64_t wait = retry_wait(&facts, listing->tries, chance(listing), wait_time_of_day());
    if (!connection_failed)
        notice_status(facts.status, reason, sizeof reason);
    snprintf(what, sizeof what, "to try again (%s)", reason);
    enum attempt attempt = wait_for(listing, wait, what);
    if (connection_failed)
        transport_close_connections(&listing->transport);
    repeats_next_attempt(&listing->repeats);
    problems_forget(&listing->problems);
    return attempt;
}

static enum page_end end_of(enum attempt attempt) {
    switch (attempt) {
    case ATTEMPT_READ:
        return PAGE_READ;
    case ATTEMPT_STOPPED:
        return PAGE_STOPPED;
    case ATTEMPT_INTERRUPTED:
        return PAGE_INTERRUPTED;
    case ATTEMPT_FAILED:
    case ATTEMPT_BROKEN:
    case ATTEMPT_REFUSED:
        break;
    }
    return PAGE_FAILED;
}

static bool may_pass(enum attempt attempt) {
    return attempt == ATTEMPT_BROKEN || attempt == ATTEMPT_REFUSED;
}

static enum page_end read_with_retries(struct listing *listing, const char *url) {
    enum attempt attempt = try_page(listing, url);
    while (may_pass(attempt)) {
        if (attempt == ATTEMPT_BROKEN && !listing_has_tries_left(listing))
            attempt = fail_connection(listing);
        else
            attempt = wait_for_next_try(listing, attempt == ATTEMPT_BROKEN);
        if (may_pass(attempt))
            attempt = try_page(listing, url);
    }
    return end_of(attempt);
}

/* Waits if the last response said that the API allows no more requests for now. */
static enum attempt wait_for_allowance(struct listing *listing) {
    char wait[32];
    int64_t pause = listing->pause;
    listing->pause = 0;
    if (pause == 0)
        return ATTEMPT_REFUSED;
    if (pause <= RETRY_LONGEST_WAIT)
        return wait_for(listing, pause, "for the next page (the API allows no more requests)");
    times_show_span(pause, wait, sizeof wait);
    notice_failure(listing, "the API allows no more requests and asks to wait ", wait);
    session_raise_exit_code(listing->session, EXIT_API_ERRORS);
    return ATTEMPT_FAILED;
}

enum page_end page_read(struct listing *listing) {
    numres_pager_ask(listing->pager, &listing->query);
    listing->tries = 0;
    snprintf(listing->page_name, sizeof listing->page_name, "page %" PRIu64, listing->pager->page);
    listing->session->input.name = listing->page_name;
    enum attempt allowance = wait_for_allowance(listing);
    if (!may_pass(allowance))
        return end_of(allowance);
    char *url = page_url(listing, &listing->query);
    if (url == NULL) {
        notice_failure(listing, LISTING_NO_MEMORY, "");
        return PAGE_FAILED;
    }
    enum page_end end = read_with_retries(listing, url);
    struct retry_facts facts = listing_facts(listing, false);
    if (end == PAGE_READ)
        listing->pause = retry_pause(&facts, wait_time_of_day());
    problems_tell(&listing->problems);
    free(url);
    return end;
}
