/* What numres list says of requests, responses, waits and progress, on standard
   error. page.c and response.c call it. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "../run/message.h"
#include "../run/report.h"
#include "../run/terminal.h"
#include "listing.h"
#include "times.h"
#include "wait.h"

#define PART_SIZE 160

/* The names of RFC 9110 section 15 and RFC 6585: HTTP/2 sends none. */
static const struct {
    long status;
    const char *name;
} status_names[] = {
    {301, "Moved Permanently"},  {302, "Found"},
    {303, "See Other"},          {307, "Temporary Redirect"},
    {308, "Permanent Redirect"}, {400, "Bad Request"},
    {401, "Unauthorized"},       {403, "Forbidden"},
    {404, "Not Found"},          {408, "Request Timeout"},
    {409, "Conflict"},           {422, "Unprocessable Content"},
    {429, "Too Many Requests"},  {500, "Internal Server Error"},
    {502, "Bad Gateway"},        {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
};

void notice_status(long status, char *text, size_t size) {
    const char *name = "";
    for (size_t at = 0; at < sizeof status_names / sizeof status_names[0]; at++)
        if (status_names[at].status == status)
            name = status_names[at].name;
    snprintf(text, size, "HTTP %ld%s%s", status, name[0] == '\0' ? "" : " ", name);
}

/* Begins a message with the name of this page. */
static void about_page(const struct listing *listing, struct message *message) {
    message_begin(message);
    message_add(message, listing->page_name);
    message_add(message, ": ");
}

void notice_add_request_id(const struct listing *listing, struct message *message) {
    const char *id = transport_header(&listing->transport, HEADER_REQUEST_ID);
    if (id == NULL)
        return;
    message_add(message, " (x-request-id: ");
    message_add(message, id);
    message_add(message, ")");
}

void notice_request(struct listing *listing, const char *url) {
    struct message message;
    if (!listing->settings->common.verbose)
        return;
    about_page(listing, &message);
    message_add(&message, "GET ");
    message_add(&message, url);
    report_message(listing->session, &message);
}

void notice_outcome(struct listing *listing, enum transport_outcome outcome) {
    const struct transport *transport = &listing->transport;
    long status = transport_status(transport);
    struct message message;
    char part[PART_SIZE];
    char seconds[32];
    if (!listing->settings->common.verbose)
        return;
    about_page(listing, &message);
    if (status > 0) {
        notice_status(status, part, sizeof part);
        message_add(&message, transport_version(transport));
        message_add(&message, part + strlen("HTTP"));
        message_add(&message, ", ");
    }
    times_show_span(wait_clock() - listing->response.began, seconds, sizeof seconds);
    snprintf(part, sizeof part, "%" PRIu64 " byte%s in %s", listing->response.bytes,
             listing->response.bytes == 1 ? "" : "s", seconds);
    message_add(&message, part);
    if (outcome == TRANSPORT_BROKEN || outcome == TRANSPORT_IMPOSSIBLE) {
        message_add(&message, ", ");
        message_add(&message, transport->failure);
    }
    report_message(listing->session, &message);
}

void notice_wait(struct listing *listing, int64_t milliseconds, const char *what) {
    struct message message;
    char seconds[32];
    if (listing->settings->common.quiet && !listing->settings->common.verbose)
        return;
    about_page(listing, &message);
    times_show_span(milliseconds, seconds, sizeof seconds);
    message_add(&message, "waiting ");
    message_add(&message, seconds);
    message_add(&message, " ");
    message_add(&message, what);
    report_message(listing->session, &message);
}

/* Headers about rate limits, the request id and the type of the body. */
static bool matters(const char *line, size_t length) {
    static const char *const names[] = {"content-type:", "x-request-id:", "x-ratelimit-",
                                        "retry-after"};
    for (size_t at = 0; at < sizeof names / sizeof names[0]; at++)
        if (length > strlen(names[at]) && strncasecmp(line, names[at], strlen(names[at])) == 0)
            return true;
    return false;
}

void notice_header(struct listing *listing, const char *line, size_t length) {
    const struct list_settings *settings = listing->settings;
    struct message message;
    numres_text text = {line, length};
    if (!settings->common.include && !(settings->common.verbose && matters(line, length)))
        return;
    about_page(listing, &message);
    message_quote(&message, "", text);
    report_message(listing->session, &message);
}

/* " (tried 3 times)" */
static void add_tries(const struct listing *listing, struct message *message) {
    char part[PART_SIZE];
    if (listing->tries < 2)
        return;
    snprintf(part, sizeof part, " (tried %" PRIu64 " times)", listing->tries);
    message_add(message, part);
}

static void add_advice(const struct listing *listing, long status, struct message *message) {
    switch (status) {
    case 401:
        message_add(message, "; the API does not take the key: see that ");
        message_add(message, listing->key->source);
        message_add(message, " holds a whole API key that is still valid, of the account in "
                             "question; keys are made in the Telnyx portal");
        break;
    case 403:
        message_add(message, "; the key is known, but its account may not do this");
        break;
    case 404:
        message_add(message, "; is the base URL right? It ends in the version: ");
        message_add(message, listing->base_url);
        break;
    case 429:
        message_add(message, "; too many requests: try again later, or with a larger --page-size");
        break;
    default:
        break;
    }
}

/* Adds the wait that the API asks for if it is longer than numres waits. */
static void add_wait(const struct listing *listing, struct message *message) {
    struct retry_facts facts = listing_facts(listing, false);
    int64_t wait = retry_wait(&facts, listing->tries, 0, wait_time_of_day());
    char seconds[32];
    if (!retry_makes_sense(&facts) || wait <= RETRY_LONGEST_WAIT)
        return;
    times_show_span(wait, seconds, sizeof seconds);
    message_add(message, "; the API asks to wait ");
    message_add(message, seconds);
}

void notice_refusal(struct listing *listing) {
    long status = transport_status(&listing->transport);
    struct message message;
    char part[PART_SIZE];
    about_page(listing, &message);
    message_add(&message, "the API answered ");
    notice_status(status, part, sizeof part);
    message_add(&message, part);
    add_advice(listing, status, &message);
    add_wait(listing, &message);
    add_tries(listing, &message);
    notice_add_request_id(listing, &message);
    session_raise_exit_code(listing->session, EXIT_API_ERRORS);
    report_message(listing->session, &message);
}

/* The body's first bytes. */
static void add_head(const struct listing *listing, struct message *message) {
    const struct input *input = &listing->session->input;
    numres_text text = {input->head, input->head_length};
    message_quote(message, input->head_length == 0 ? "it is empty" : "it starts with: ", text);
}

static void report_body(struct listing *listing, const char *what) {
    const char *type = transport_header(&listing->transport, HEADER_CONTENT_TYPE);
    struct message message;
    about_page(listing, &message);
    message_add(&message, what);
    message_add(&message, ": its type is ");
    message_add(&message, type == NULL ? "not told" : type);
    message_add(&message, ", and ");
    add_head(listing, &message);
    notice_add_request_id(listing, &message);
    report_message(listing->session, &message);
}

void notice_no_json(struct listing *listing) {
    const struct input *input = &listing->session->input;
    session_raise_exit_code(listing->session, EXIT_FAILED);
    report_body(listing, hint_is_wide(input->head, input->head_length)
                             ? "the answer is UTF-16 or UTF-32, but JSON is UTF-8"
                             : "the answer is not JSON");
}

void notice_no_errors(struct listing *listing, bool is_no_json) {
    char status[PART_SIZE];
    char what[PART_SIZE + 40];
    if (is_no_json) {
        report_body(listing, "the answer is not JSON");
    } else if (listing->response.role == BODY_REFUSAL) { /* its status was reported before */
        report_body(listing, "the answer names no errors");
    } else {
        notice_status(transport_status(&listing->transport), status, sizeof status);
        snprintf(what, sizeof what, "the answer (%s) names no errors", status);
        report_body(listing, what);
    }
}

void notice_failure(struct listing *listing, const char *what, const char *detail) {
    struct message message;
    about_page(listing, &message);
    message_add(&message, what);
    message_add(&message, detail);
    add_tries(listing, &message);
    notice_add_request_id(listing, &message);
    session_raise_exit_code(listing->session, EXIT_FAILED);
    report_message(listing->session, &message);
}

void notice_time_over(struct listing *listing) {
    if (!listing->is_time_over)
        notice_failure(listing, "the time of --max-time is over", "");
    listing->is_time_over = true;
}

#define LINE_SIZE 200

void notice_progress_begin(struct listing *listing) {
    struct session *session = listing->session;
    bool is_shown =
        !listing->settings->common.quiet && terminal_moves_cursor(session->messages.descriptor);
    progress_begin(&session->progress, is_shown ? &session->messages : NULL, 0);
    listing->began = wait_clock();
}

/* Reservations a second. */
static double rate(const struct listing *listing) {
    double seconds = (double)(wait_clock() - listing->began) / 1000;
    return seconds > 0 ? (double)listing->session->counts.reservations / seconds : 0;
}

void notice_progress_now(struct listing *listing, const char *waiting) {
    uint64_t reservations = listing->session->counts.reservations;
    char line[LINE_SIZE];
    char of_total[32] = "";
    if (listing->session->progress.print == NULL)
        return;
    if (listing->state.total_pages > 0)
        snprintf(of_total, sizeof of_total, " of %" PRIu64, listing->state.total_pages);
    snprintf(line, sizeof line, "%s%s, %" PRIu64 " reservation%s, %.0f/s%s%s", listing->page_name,
             of_total, reservations, reservations == 1 ? "" : "s", rate(listing),
             waiting[0] == '\0' ? "" : "; ", waiting);
    progress_show(&listing->session->progress, line);
}

void notice_progress(struct listing *listing, const char *waiting) {
    if (progress_is_due(&listing->session->progress))
        notice_progress_now(listing, waiting);
}
