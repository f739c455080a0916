/* numres wait, and what numres create --wait shares with it: looks until nothing is
   pending. main.c and create.c call it. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "../run/times.h"
#include "requests.h"
#include "wait.h"

static const struct help help = {
    25,
    " [OPTION...] ID... | FILTER...\n"
    "\n"
    "Waits until reservations, named by their ids or chosen by filters, are no longer\n"
    "pending. Shows each one, as numres show does, as soon as it is settled.\n" EXCHANGE_HELP_KEY
    "\n",
    "\n"
    "Looks again after pauses that grow from 1 to 30 seconds, or as the API's rate\n"
    "limit asks. Ends when nothing is pending, or when a reservation has failed,\n"
    "wholly or in part.\n"
    "\n"
    "Exit status: 0 none is pending; 1 problems; 2 usage error; 3 the connection,\n"
    "input or output failed; 4 the API returned errors, or asks for a wait of more\n"
    "than 60 seconds; 5 a reservation has failed, the list may be incomplete, or the\n"
    "API contradicts itself; 6 the time limit of --timeout was reached; 130\n"
    "interrupted. The highest applies.\n"
    "\n"
    "Examples:\n"
    "  numres wait 12ade33a-21c0-473b-b055-b3c836e1c292\n"
    "  numres wait --timeout 5m --reference 'MY REF 001'\n",
};

/* In milliseconds. Pauses end LAST_SECOND before the time is over, so that a slow response
   can still come. If time is left after it, the last pause ends LAST_LOOK before the time is
   over, which is enough for a fast response. */
#define FIRST_PAUSE 1000
#define LONGEST_PAUSE 30000
#define LAST_SECOND 1000
#define LAST_LOOK 100

bool await_count(struct await_counts *counts, const numres_reservation *reservation) {
    switch (summary_counts_as(reservation->status.value)) {
    case NUMRES_STATUS_PENDING:
        counts->pending++;
        return true;
    case NUMRES_STATUS_FAILURE:
    case NUMRES_STATUS_PARTIAL_SUCCESS:
        counts->failed++;
        return false;
    default:
        return false;
    }
}

const char *await_status_fault(const numres_reservation *reservation) {
    switch (numres_reservation_state(reservation, NUMRES_RESERVATION_STATUS)) {
    case NUMRES_MEMBER_VALUE:
        return NULL;
    case NUMRES_MEMBER_INVALID:
        return "the reservation's status is not one that this numres knows";
    default:
        return "the response does not say the reservation's status";
    }
}

/* If no look was complete, it is unknown how many are pending; that the time is over was
   reported with the request. */
static void say_over(struct exchange *exchange, const struct await_counts *counts) {
    struct message message;
    char limit[32];
    session_raise_exit_code(exchange->session, EXIT_LIMIT);
    if (counts->pending == 0)
        return;
    times_show_span(exchange->settings->common.wait.value, limit, sizeof limit);
    message_begin(&message);
    message_format(&message, "still pending after %s: %" PRIu64 " reservation%s", limit,
                   counts->pending, counts->pending == 1 ? "" : "s");
    report_message(exchange->session, &message);
}

/* Formats without a status do not show it. Others may have been left pending. */
static void say_failed(struct exchange *exchange, const struct await_counts *counts) {
    struct message message;
    session_raise_exit_code(exchange->session, EXIT_INCOMPLETE);
    if (exchange->settings->common.quiet)
        return;
    message_begin(&message);
    message_format(&message, "failed, wholly or in part: %" PRIu64 " reservation%s", counts->failed,
                   counts->failed == 1 ? "" : "s");
    if (counts->pending > 0)
        message_format(&message, "; still pending: %" PRIu64, counts->pending);
    report_message(exchange->session, &message);
}

/* Returns the next pause, cut to the time that is left; 0: the time is over. */
static int64_t next_pause(const struct exchange *exchange, int64_t pause) {
    int64_t left = exchange->transport.settings.deadline - wait_clock();
    if (left <= LAST_LOOK)
        return 0;
    int64_t longest = left - (left > LAST_SECOND ? LAST_SECOND : LAST_LOOK);
    return pause < longest ? pause : longest;
}

static int64_t longer(int64_t pause) {
    pause += pause / 2;
    return pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE;
}

static void show_pending(struct exchange *exchange, uint64_t pending) {
    snprintf(exchange->progress, sizeof exchange->progress, "%" PRIu64 " pending", pending);
}

/* Looks until something ends the wait. Returns whether that was the time limit. */
static bool look_again(struct exchange *exchange, const struct await_look *look,
                       struct await_counts *counts) {
    for (int64_t pause = FIRST_PAUSE;; pause = longer(pause)) {
        struct await_counts now = {0, 0};
        enum exchange_end end = look->look(look->context, &now);
        if (end == EXCHANGE_READ)
            *counts = now;
        if (end != EXCHANGE_READ || now.pending == 0 || now.failed > 0)
            return exchange->is_time_over;
        show_pending(exchange, now.pending);
        int64_t wait = next_pause(exchange, pause);
        if (wait == 0)
            return true;
        if (exchange_wait(exchange, wait, "to look again") != EXCHANGE_READ)
            return exchange->is_time_over;
    }
}

/* Sets the deadline of the wait, if it is before that of the run. Returns whether it is. */
static bool set_deadline(struct exchange *exchange, const char *option) {
    int64_t limit = exchange->settings->common.wait.value;
    int64_t deadline = limit > 0 ? wait_clock() + limit : TRANSPORT_NO_DEADLINE;
    if (deadline >= exchange->transport.settings.deadline)
        return false;
    exchange->transport.settings.deadline = deadline;
    exchange->wait_option = option;
    return true;
}

void await_all(struct exchange *exchange, const struct await_look *look, const char *option) {
    struct await_counts counts = {0, 0};
    bool is_own = set_deadline(exchange, option);
    bool is_over = look_again(exchange, look, &counts);
    if (counts.failed > 0)
        say_failed(exchange, &counts);
    else if (is_over && is_own)
        say_over(exchange, &counts);
    else if (is_over)
        notice_time_over(exchange);
}

/* ---- numres wait ---- */

struct awaiting {
    struct exchange *exchange;
    struct await_counts counts; /* of the current look */
    bool *are_settled;          /* for each id of the command line */
    bool is_settled;            /* for the id that is asked for now */
    struct repeats shown;       /* what was shown of a list */
};

static numres_answer take_one(void *context, const numres_parser *parser,
                              const numres_reservation *reservation) {
    struct awaiting *awaiting = context;
    const char *fault = await_status_fault(reservation);
    if (fault != NULL)
        return response_stop_for_wrong(awaiting->exchange, fault);
    if (awaiting->is_settled || await_count(&awaiting->counts, reservation))
        return NUMRES_GO_ON;
    awaiting->is_settled = true;
    return exchange_show(awaiting->exchange, parser, reservation);
}

/* Whether the API refused this id only, and others may succeed. */
static bool is_refused(const struct exchange *exchange, enum exchange_end end) {
    long status = transport_status(&exchange->transport);
    return end == EXCHANGE_FAILED && status >= 400 && status <= 499 && status != 429 &&
           single_goes_on(exchange, end);
}

static enum exchange_end look_at_ids(struct awaiting *awaiting) {
    const struct settings *common = &awaiting->exchange->settings->common;
    const struct exchange_taker taker = {.reservation = take_one, .context = awaiting};
    for (size_t at = 0; at < common->file_count; at++) {
        if (awaiting->are_settled[at])
            continue;
        awaiting->is_settled = false;
        enum exchange_end end = single_send_about(awaiting->exchange, NUMRES_OPERATION_RETRIEVE,
                                                  common->files[at], &taker);
        if (end == EXCHANGE_READ && !single_goes_on(awaiting->exchange, end))
            return EXCHANGE_STOPPED;
        if (end != EXCHANGE_READ && !is_refused(awaiting->exchange, end))
            return end;
        /* An id that was refused is not asked for again. */
        awaiting->are_settled[at] = awaiting->is_settled || end != EXCHANGE_READ;
    }
    return EXCHANGE_READ;
}

static numres_answer take_of_list(void *context, const numres_parser *parser,
                                  const numres_reservation *reservation) {
    struct awaiting *awaiting = context;
    struct await_counts counts = {0, 0};
    if (!showing_takes(&awaiting->exchange->showing, reservation))
        return NUMRES_GO_ON;
    const char *fault = await_status_fault(reservation);
    if (fault != NULL)
        return response_stop_for_wrong(awaiting->exchange, fault);
    if (await_count(&counts, reservation)) {
        awaiting->counts.pending++;
        return NUMRES_GO_ON;
    }
    switch (repeats_judge(&awaiting->shown, reservation)) {
    case REPEAT_NONE:
        awaiting->counts.failed += counts.failed;
        return exchange_show(awaiting->exchange, parser, reservation);
    case REPEAT_SHOWN:
    case REPEAT_ATTEMPT:
        return NUMRES_GO_ON;
    case REPEAT_TOO_MANY: /* of REPEATS_MOST_IDS ids none may be forgotten */
        return response_stop_for_wrong(awaiting->exchange,
                                       "more than " REPEATS_MOST_IDS_TEXT
                                       " reservations are no longer pending; use narrower filters");
    case REPEAT_NO_MEMORY:
        break;
    }
    return response_stop_for(awaiting->exchange, STOP_NO_MEMORY);
}

static enum exchange_end look_at_list(struct awaiting *awaiting) {
    const struct exchange_taker taker = {.reservation = take_of_list, .context = awaiting};
    numres_query query = awaiting->exchange->settings->query;
    query.page_size = NUMRES_LARGEST_PAGE_SIZE;
    repeats_next_page(&awaiting->shown);
    return walk_list(awaiting->exchange, &query, &taker);
}

static enum exchange_end look(void *context, struct await_counts *counts) {
    struct awaiting *awaiting = context;
    awaiting->counts = (struct await_counts){0, 0};
    enum exchange_end end = awaiting->exchange->settings->common.file_count > 0
                                ? look_at_ids(awaiting)
                                : look_at_list(awaiting);
    *counts = awaiting->counts;
    return end;
}

static void run(struct exchange *exchange) {
    size_t count = exchange->settings->common.file_count;
    struct awaiting awaiting = {.exchange = exchange};
    struct await_look looks = {look, &awaiting};
    awaiting.are_settled = calloc(count + 1, sizeof *awaiting.are_settled);
    repeats_begin(&awaiting.shown, (uint64_t)wait_clock());
    if (awaiting.are_settled == NULL)
        exchange_fail(exchange, EXCHANGE_NO_MEMORY, "");
    else
        await_all(exchange, &looks, "--timeout");
    counts_report_doubt(exchange);
    repeats_end(&awaiting.shown);
    free(awaiting.are_settled);
    single_finish(exchange);
}

int wait_command(struct session *session, char **arguments, size_t count) {
    return exchange_command(session, COMMAND_wait, &help, arguments, count, run);
}
