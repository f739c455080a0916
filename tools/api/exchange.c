/* Sends a request, follows redirects and retries; failure.c has the rules for retries.
   requests.c and await.c call it for the commands. */
#include "exchange.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../run/times.h"
#include "wait.h"

#define MOST_REDIRECTS 5
#define FINAL_STATUS 200 /* lower ones precede another one */
#define REASON_SIZE 320

/* ---- the current request ---- */

bool exchange_is_post(const struct exchange *exchange) {
    return exchange->request.idempotency_key != NULL;
}

bool exchange_has_tries_left(const struct exchange *exchange) {
    return exchange->tries <= exchange->settings->common.max_retries.value;
}

bool exchange_has_time_for(const struct exchange *exchange, int64_t wait) {
    return exchange->wait_option != NULL ||
           exchange->transport.settings.deadline - wait_clock() > wait;
}

bool exchange_is_redirect(const struct exchange *exchange) {
    switch (transport_status(&exchange->transport)) {
    case 300:
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        return true;
    default: /* 304 means an unchanged response; 305 and 306 are no longer used */
        return false;
    }
}

struct retry_facts exchange_facts(const struct exchange *exchange, bool connection_failed) {
    const struct transport *transport = &exchange->transport;
    struct retry_facts facts = {
        .is_post = exchange_is_post(exchange),
        .was_sent = transport->was_sent,
        .connection_failed = connection_failed,
        .status = transport_status(transport),
        .should_retry = transport_header(transport, HEADER_SHOULD_RETRY),
        .retry_after_ms = transport_header(transport, HEADER_RETRY_AFTER_MS),
        .retry_after = transport_header(transport, HEADER_RETRY_AFTER),
        .date = transport_header(transport, HEADER_DATE),
        .remaining = transport_header(transport, HEADER_REMAINING),
        .reset = transport_header(transport, HEADER_RESET),
    };
    return facts;
}

/* A 4xx means that the request was not carried out, except 408, whose request may have
   arrived complete, and 409, which may be about an earlier one with the same key. */
bool exchange_is_in_doubt(const struct exchange *exchange) {
    long status = transport_status(&exchange->transport);
    bool is_refused = status >= 400 && status <= 499 && status != 408 && status != 409;
    return exchange_is_post(exchange) && exchange->transport.was_sent && !is_refused;
}

/* ---- sending it ---- */

/* Returns false, which ends the transfer, when the reader of the output has left. A POST
   that was sent goes on: its response says whether it was carried out. */
static bool on_tick(void *context) {
    struct exchange *exchange = context;
    bool is_needed = exchange_is_post(exchange) && exchange->transport.was_sent;
    notice_progress(exchange, "waiting for the API");
    pager_look(&exchange->session->pager);
    return is_needed || !print_reader_left(&exchange->session->output);
}

static enum transport_outcome ask(struct exchange *exchange, const char *url) {
    const struct transport_receiver receiver = {response_receive, notice_header, on_tick,
                                                exchange->session->output.descriptor, exchange};
    struct transport_request request = exchange->request;
    request.url = url;
    response_begin(exchange);
    notice_request(exchange, url);
    enum transport_outcome outcome = transport_send(&exchange->transport, &request, &receiver);
    if (outcome != TRANSPORT_INTERRUPTED && outcome != TRANSPORT_OVER)
        notice_outcome(exchange, outcome);
    return outcome;
}

/* Returns the URL to follow, which the caller frees, or NULL after reporting why not. The
   key is for one host only, and no other would answer without it. */
static char *follow(struct exchange *exchange, uint64_t followed) {
    const char *next = transport_redirect(&exchange->transport);
    char status[REASON_SIZE];
    notice_status(transport_status(&exchange->transport), status, sizeof status);
    if (exchange_is_post(exchange)) {
        notice_failure(exchange, "redirects of a POST are not followed: ", status);
    } else if (next == NULL) {
        notice_failure(exchange, "the API redirects without a valid Location header: ", status);
    } else if (!base_url_same_origin(exchange->base_url, next)) {
        notice_failure(exchange,
                       "the API redirects to another scheme, host or port, which must not get the "
                       "key (if you trust it, pass its URL with --base-url): ",
                       next);
    } else if (followed >= MOST_REDIRECTS) {
        notice_failure(exchange, "too many redirects; the last one was to ", next);
    } else {
        char *url = strdup(next);
        if (url == NULL)
            notice_failure(exchange, EXCHANGE_NO_MEMORY, "");
        return url;
    }
    return NULL;
}

/* Sends the request and follows redirects. Returns false after reporting an error. */
static bool ask_and_follow(struct exchange *exchange, enum transport_outcome *outcome) {
    char *next = NULL;
    *outcome = ask(exchange, exchange->request.url);
    for (uint64_t followed = 0; *outcome == TRANSPORT_RESPONDED && exchange_is_redirect(exchange);
         followed++) {
        char *previous = next;
        next = follow(exchange, followed);
        free(previous);
        if (next == NULL)
            return false;
        *outcome = ask(exchange, next);
    }
    free(next);
    return true;
}

static enum attempt fail_for_time(struct exchange *exchange) {
    notice_time_over(exchange);
    return ATTEMPT_FAILED;
}

static enum attempt try_once(struct exchange *exchange) {
    enum transport_outcome outcome = TRANSPORT_RESPONDED;
    exchange->tries++;
    if (!ask_and_follow(exchange, &outcome))
        return ATTEMPT_FAILED;
    switch (outcome) {
    case TRANSPORT_RESPONDED:
    case TRANSPORT_STOPPED:
        return verdict_on_response(exchange, outcome);
    case TRANSPORT_BROKEN:
        /* The status may be known although nothing of the body came through. */
        if (transport_status(&exchange->transport) >= FINAL_STATUS)
            response_decide(exchange);
        /* The refusal has been shown, and a retry would bring the same. */
        return exchange->response.role == BODY_REFUSAL ? verdict_fail_broken(exchange)
                                                       : ATTEMPT_BROKEN;
    case TRANSPORT_IMPOSSIBLE:
        notice_failure(exchange, "the request failed: ", exchange->transport.failure);
        exchange->is_hopeless = true;
        return ATTEMPT_FAILED;
    case TRANSPORT_OVER:
        return fail_for_time(exchange);
    case TRANSPORT_INTERRUPTED:
        break;
    }
    return ATTEMPT_INTERRUPTED;
}

/* Random enough to keep many callers from retrying at the same moment. */
static uint32_t chance(const struct exchange *exchange) {
    uint64_t seed = (uint64_t)wait_clock() + (uint64_t)getpid() * 2654435761U + exchange->tries;
    seed ^= seed >> 33;
    seed *= UINT64_C(0xff51afd7ed558ccd);
    return (uint32_t)(seed >> 33);
}

struct waiting {
    struct exchange *exchange;
    const char *what; /* "to try again (HTTP 503 Service Unavailable)" */
};

static bool show_wait(void *context, int64_t milliseconds_left) {
    const struct waiting *waiting = context;
    char seconds[32];
    char line[REASON_SIZE];
    times_show_span(milliseconds_left, seconds, sizeof seconds);
    snprintf(line, sizeof line, "waiting %s %s", seconds, waiting->what);
    notice_progress_now(waiting->exchange, line);
    pager_look(&waiting->exchange->session->pager);
    return !print_reader_left(&waiting->exchange->session->output);
}

/* Waits without a message, but shows progress. Returns ATTEMPT_WAITED if the run goes on. */
static enum attempt wait_unlogged(struct exchange *exchange, int64_t milliseconds,
                                  const char *what) {
    struct waiting waiting = {exchange, what};
    if (exchange->transport.settings.deadline - wait_clock() <= milliseconds)
        return fail_for_time(exchange);
    wait_milliseconds(milliseconds, show_wait, &waiting);
    return interrupt_came() || exchange->session->output.failure != 0 ? ATTEMPT_INTERRUPTED
                                                                      : ATTEMPT_WAITED;
}

static enum attempt wait_for(struct exchange *exchange, int64_t milliseconds, const char *what) {
    if (!exchange_has_time_for(exchange, milliseconds)) {
        notice_wait_too_long(exchange, milliseconds, what);
        exchange->is_hopeless = true;
        return ATTEMPT_FAILED;
    }
    notice_wait(exchange, milliseconds, what);
    return wait_unlogged(exchange, milliseconds, what);
}

static enum attempt wait_for_next_try(struct exchange *exchange, bool connection_failed) {
    struct retry_facts facts = exchange_facts(exchange, connection_failed);
    char reason[REASON_SIZE];
    char what[REASON_SIZE + 32];
    int64_t wait = retry_wait(&facts, exchange->tries, chance(exchange), wait_time_of_day());
    if (connection_failed)
        verdict_why_broken(exchange, reason, sizeof reason);
    else
        notice_status(facts.status, reason, sizeof reason);
    snprintf(what, sizeof what, "to try again (%s)", reason);
    enum attempt attempt = wait_for(exchange, wait, what);
    if (connection_failed)
        transport_close_connections(&exchange->transport);
    if (exchange->taker->again != NULL)
        exchange->taker->again(exchange->taker->context);
    problems_forget(&exchange->problems);
    return attempt;
}

static enum exchange_end end_of(enum attempt attempt) {
    switch (attempt) {
    case ATTEMPT_READ:
    case ATTEMPT_WAITED:
        return EXCHANGE_READ;
    case ATTEMPT_STOPPED:
        return EXCHANGE_STOPPED;
    case ATTEMPT_INTERRUPTED:
        return EXCHANGE_INTERRUPTED;
    case ATTEMPT_FAILED:
    case ATTEMPT_BROKEN:
    case ATTEMPT_REFUSED:
        break;
    }
    return EXCHANGE_FAILED;
}

static bool may_pass(enum attempt attempt) {
    return attempt == ATTEMPT_BROKEN || attempt == ATTEMPT_REFUSED;
}

/* Whether a broken connection allows another try. */
static bool may_be_sent_again(const struct exchange *exchange) {
    struct retry_facts facts = exchange_facts(exchange, true);
    return exchange_has_tries_left(exchange) && retry_makes_sense(&facts);
}

static enum exchange_end send_with_retries(struct exchange *exchange) {
    enum attempt attempt = try_once(exchange);
    while (may_pass(attempt)) {
        if (attempt == ATTEMPT_BROKEN && !may_be_sent_again(exchange))
            attempt = verdict_fail_broken(exchange);
        else
            attempt = wait_for_next_try(exchange, attempt == ATTEMPT_BROKEN);
        if (attempt == ATTEMPT_WAITED)
            attempt = try_once(exchange);
    }
    return end_of(attempt);
}

enum exchange_end exchange_wait(struct exchange *exchange, int64_t milliseconds, const char *what) {
    if (exchange->settings->common.verbose)
        notice_wait(exchange, milliseconds, what);
    return end_of(wait_unlogged(exchange, milliseconds, what));
}

/* Waits if the last response said that the API allows no more requests for now. */
static enum attempt wait_for_allowance(struct exchange *exchange) {
    char wait[32];
    int64_t pause = exchange->pause;
    exchange->pause = 0;
    if (pause == 0)
        return ATTEMPT_WAITED;
    if (pause <= RETRY_LONGEST_WAIT)
        return wait_for(exchange, pause,
                        exchange->wants_list ? "for the next page (rate limit reached)"
                                             : "for the next request (rate limit reached)");
    times_show_span(pause, wait, sizeof wait);
    notice_failure(exchange, "rate limit reached; the API asks for a wait of ", wait);
    exchange->is_hopeless = true;
    session_raise_exit_code(exchange->session, EXIT_API_ERRORS);
    return ATTEMPT_FAILED;
}

/* Whether the key is refused, the base URL redirects, or the API asks for too long a wait. */
static bool is_hopeless(const struct exchange *exchange) {
    long status = transport_status(&exchange->transport);
    return status == 401 || status == 403 || exchange_is_redirect(exchange) ||
           (status == 429 && exchange->pause > RETRY_LONGEST_WAIT);
}

/* Finds out how long the next request must wait, and whether it makes sense. */
static void look_ahead(struct exchange *exchange, enum exchange_end end) {
    struct retry_facts facts = exchange_facts(exchange, false);
    time_t now = wait_time_of_day();
    if (end == EXCHANGE_READ)
        exchange->pause = retry_pause(&facts, now);
    else if (end == EXCHANGE_FAILED && facts.status == 429)
        exchange->pause = retry_wait(&facts, exchange->tries, chance(exchange), now);
    exchange->is_hopeless |= end == EXCHANGE_FAILED && is_hopeless(exchange);
}

enum exchange_end exchange_send(struct exchange *exchange) {
    exchange->tries = 0;
    exchange->is_hopeless = false;
    exchange->session->input.name = exchange->name;
    enum attempt allowance = wait_for_allowance(exchange);
    if (allowance != ATTEMPT_WAITED)
        return end_of(allowance);
    enum exchange_end end = send_with_retries(exchange);
    look_ahead(exchange, end);
    problems_tell(&exchange->problems);
    return end;
}
