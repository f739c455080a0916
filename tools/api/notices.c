/* Reports requests, responses, waits and progress on standard error. exchange.c, verdict.c and the
   commands that ask the API call it. */
#include "exchange.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "../run/terminal.h"
#include "../run/times.h"
#include "wait.h"

#define PART_SIZE 160

/* The names of RFC 9110 section 15, RFC 6585 and RFC 7725: HTTP/2 sends none. */
static const struct {
    long status;
    const char *name;
} status_names[] = {
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {451, "Unavailable For Legal Reasons"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {511, "Network Authentication Required"},
};

void notice_status(long status, char *text, size_t size) {
    const char *name = "";
    for (size_t at = 0; at < sizeof status_names / sizeof status_names[0]; at++)
        if (status_names[at].status == status)
            name = status_names[at].name;
    snprintf(text, size, "HTTP %ld%s%s", status, name[0] == '\0' ? "" : " ", name);
}

/* Begins a message with the name of this page. */
static void about_page(const struct exchange *exchange, struct message *message) {
    message_begin(message);
    message_format(message, "%s: ", exchange->name);
}

void notice_add_request_id(const struct exchange *exchange, struct message *message) {
    message_request_id(message, transport_header(&exchange->transport, HEADER_REQUEST_ID));
}

void notice_request(struct exchange *exchange, const char *url) {
    const char *key = exchange->request.idempotency_key;
    struct message message;
    if (!exchange->settings->common.verbose)
        return;
    about_page(exchange, &message);
    message_format(&message, "%s %s", key != NULL ? "POST" : "GET", url);
    if (key != NULL)
        message_format(&message, " Idempotency-Key: %s", key);
    report_message(exchange->session, &message);
}

void notice_outcome(struct exchange *exchange, enum transport_outcome outcome) {
    const struct transport *transport = &exchange->transport;
    long status = transport_status(transport);
    struct message message;
    char part[PART_SIZE];
    char seconds[32];
    if (!exchange->settings->common.verbose)
        return;
    about_page(exchange, &message);
    if (status > 0) {
        notice_status(status, part, sizeof part);
        message_format(&message, "%s%s, ", transport_version(transport), part + strlen("HTTP"));
    }
    times_show_span(wait_clock() - exchange->response.began, seconds, sizeof seconds);
    message_format(&message, "%" PRIu64 " byte%s in %s", exchange->response.bytes,
                   exchange->response.bytes == 1 ? "" : "s", seconds);
    if (outcome == TRANSPORT_BROKEN || outcome == TRANSPORT_IMPOSSIBLE)
        message_format(&message, ", %s", transport->failure);
    report_message(exchange->session, &message);
}

void notice_wait(struct exchange *exchange, int64_t milliseconds, const char *what) {
    struct message message;
    char seconds[32];
    if (exchange->settings->common.quiet && !exchange->settings->common.verbose)
        return;
    about_page(exchange, &message);
    times_show_span(milliseconds, seconds, sizeof seconds);
    message_format(&message, "waiting %s %s", seconds, what);
    report_message(exchange->session, &message);
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

void notice_header(void *context, const char *line, size_t length) {
    const struct exchange *exchange = context;
    const struct request_settings *settings = exchange->settings;
    struct message message;
    numres_text text = {line, length};
    if (!settings->common.include && !(settings->common.verbose && matters(line, length)))
        return;
    about_page(exchange, &message);
    message_quote(&message, "", text);
    report_message(exchange->session, &message);
}

/* " (tried 3 times)" */
static void add_tries(const struct exchange *exchange, struct message *message) {
    if (exchange->tries > 1)
        message_format(message, " (tried %" PRIu64 " times)", exchange->tries);
}

/* A wrong base URL fails at the first request. */
static void add_not_found(const struct exchange *exchange, struct message *message) {
    if (exchange->wants_list && exchange->total_pages > 0) {
        message_add(message, "; earlier pages were found, so the list may have become shorter");
        return;
    }
    if (exchange->wants_list && exchange->page > 1)
        message_format(message, "; there may be no page %" PRIu64 "; otherwise", exchange->page);
    else
        message_add(message, ";");
    message_format(message, " check the base URL, which must end with the API version: %s",
                   exchange->base_url);
}

/* Whether the response says that it is not JSON, which all of the API's are. */
static bool is_foreign(const struct exchange *exchange) {
    static const char json[] = "json";
    const char *type = transport_header(&exchange->transport, HEADER_CONTENT_TYPE);
    const char *at = type == NULL ? json : type;
    while (*at != '\0' && strncasecmp(at, json, strlen(json)) != 0)
        at++;
    return *at == '\0' && *type != '\0';
}

static bool is_about_key(long status) {
    return status == 401 || status == 403;
}

static void add_advice(const struct exchange *exchange, long status, struct message *message) {
    if (is_about_key(status) && is_foreign(exchange)) {
        /* The response did not come from the API, so it says nothing about the key. */
        message_format(message,
                       "; its content type is %s, so a proxy or firewall may have sent it in place "
                       "of the API",
                       transport_header(&exchange->transport, HEADER_CONTENT_TYPE));
    } else if (status == 404) {
        /* If there is no such reservation, the API's own words say it. */
        if (exchange->wanted_id == NULL || is_foreign(exchange))
            add_not_found(exchange, message);
    } else if (status == 429) {
        message_add(message, "; try again later");
        /* Later pages of another size would leave out or repeat reservations. */
        if (exchange->settings->command == COMMAND_list && exchange->page == 1)
            message_add(message, ", or with a larger --page-size");
    }
}

#define WOULD_EXCEED " would exceed " EXCHANGE_WHOLE_TIME

/* Adds the wait if it is longer than numres waits, or than --max-time allows. */
static void add_wait(const struct exchange *exchange, struct message *message) {
    struct retry_facts facts = exchange_facts(exchange, false);
    int64_t wait = retry_wait(&facts, exchange->tries, 0, wait_time_of_day());
    char seconds[32];
    if (!retry_makes_sense(&facts))
        return;
    times_show_span(wait, seconds, sizeof seconds);
    if (wait > RETRY_LONGEST_WAIT)
        message_format(message, "; the API asks for a wait of %s", seconds);
    else if (exchange_has_tries_left(exchange) && !exchange_has_time_for(exchange, wait))
        message_format(message, "; waiting %s to try again" WOULD_EXCEED, seconds);
}

void notice_refusal(struct exchange *exchange) {
    long status = transport_status(&exchange->transport);
    struct message message;
    char part[PART_SIZE];
    about_page(exchange, &message);
    notice_status(status, part, sizeof part);
    message_format(&message, "the API answered %s", part);
    add_advice(exchange, status, &message);
    add_wait(exchange, &message);
    add_tries(exchange, &message);
    notice_add_request_id(exchange, &message);
    session_raise_exit_code(exchange->session, EXIT_API_ERRORS);
    report_message(exchange->session, &message);
}

void notice_key(struct exchange *exchange) {
    long status = transport_status(&exchange->transport);
    struct message message;
    if (!is_about_key(status) || is_foreign(exchange))
        return;
    about_page(exchange, &message);
    if (!exchange->response.lists_errors)
        message_add(&message, "the response does not list errors as the API does, so a proxy or "
                              "firewall may have sent it in place of the API");
    else if (status == 401)
        message_format(&message,
                       "the API rejected the key: check that %s holds a complete, valid API key "
                       "of the right account; create keys in the Telnyx portal",
                       exchange->key->source);
    else
        message_add(&message, "the key is valid, but its account is not allowed to do this");
    report_message(exchange->session, &message);
}

/* The body's first bytes. A page of HTML has many lines: its white space becomes blanks. */
static void add_head(const struct exchange *exchange, struct message *message) {
    const struct input *input = &exchange->session->input;
    char head[sizeof input->head];
    numres_text text = {head, 0};
    for (size_t at = 0; at < input->head_length; at++) {
        bool is_blank = memchr(" \t\r\n", input->head[at], 4) != NULL;
        if (!is_blank)
            head[text.length++] = input->head[at];
        else if (text.length == 0 || head[text.length - 1] != ' ')
            head[text.length++] = ' ';
    }
    if (input->head_length == 0)
        message_format(message, "is %s", verdict_how_empty(exchange));
    else
        message_quote(message, "starts with: ", text);
}

void notice_body(struct exchange *exchange, const char *what) {
    const char *type = transport_header(&exchange->transport, HEADER_CONTENT_TYPE);
    struct message message;
    about_page(exchange, &message);
    if (type == NULL)
        message_format(&message, "%s: it has no content type and ", what);
    else
        message_format(&message, "%s: its content type is %s, and it ", what, type);
    add_head(exchange, &message);
    notice_add_request_id(exchange, &message);
    report_message(exchange->session, &message);
}

void notice_no_errors(struct exchange *exchange) {
    const char *fault = exchange->response.is_listed
                            ? "lists an error without a code, title or detail"
                            : "lists no errors";
    char status[PART_SIZE];
    char what[2 * PART_SIZE];
    notice_status(transport_status(&exchange->transport), status, sizeof status);
    if (exchange->response.role == BODY_REFUSAL) /* its status was reported before */
        snprintf(what, sizeof what, "the response %s", fault);
    else
        snprintf(what, sizeof what, "the response (%s) %s", status, fault);
    notice_body(exchange, what);
}

void notice_failure(struct exchange *exchange, const char *what, const char *detail) {
    struct message message;
    about_page(exchange, &message);
    message_add(&message, what);
    message_add(&message, detail);
    add_tries(exchange, &message);
    notice_add_request_id(exchange, &message);
    session_raise_exit_code(exchange->session, EXIT_FAILED);
    report_message(exchange->session, &message);
}

void notice_wait_too_long(struct exchange *exchange, int64_t milliseconds, const char *what) {
    char seconds[32];
    char sentence[512];
    times_show_span(milliseconds, seconds, sizeof seconds);
    snprintf(sentence, sizeof sentence, "waiting %s %s" WOULD_EXCEED, seconds, what);
    notice_failure(exchange, sentence, "");
}

void notice_time_over(struct exchange *exchange) {
    char what[64];
    snprintf(what, sizeof what, "the time limit of %s was reached",
             exchange->wait_option != NULL ? exchange->wait_option : EXCHANGE_WHOLE_TIME);
    if (!exchange->is_time_over)
        notice_failure(exchange, what, "");
    exchange->is_time_over = true;
}

#define LINE_SIZE 200

void notice_progress_begin(struct exchange *exchange) {
    struct session *session = exchange->session;
    bool is_shown =
        !exchange->settings->common.quiet && terminal_moves_cursor(session->messages.descriptor);
    progress_begin(&session->progress, is_shown ? &session->messages : NULL, 0);
    exchange->began = wait_clock();
}

/* Reservations per second. */
static double rate(const struct exchange *exchange) {
    double seconds = (double)(wait_clock() - exchange->began) / 1000;
    return seconds > 0 ? (double)exchange->read / seconds : 0;
}

/* "page 2 of 3, 20 reservations, 40/s" */
static void write_list_progress(const struct exchange *exchange, char line[LINE_SIZE]) {
    char of_total[32] = "";
    if (exchange->total_pages > 0)
        snprintf(of_total, sizeof of_total, " of %" PRIu64, exchange->total_pages);
    snprintf(line, LINE_SIZE, "%s%s, %" PRIu64 " reservation%s, %.0f/s", exchange->name, of_total,
             exchange->read, exchange->read == 1 ? "" : "s", rate(exchange));
}

void notice_progress_now(struct exchange *exchange, const char *waiting) {
    char done[LINE_SIZE];
    char line[2 * LINE_SIZE];
    if (exchange->session->progress.print == NULL)
        return;
    if (exchange->progress[0] != '\0')
        snprintf(done, sizeof done, "%s", exchange->progress);
    else if (exchange->wants_list)
        write_list_progress(exchange, done);
    else
        snprintf(done, sizeof done, "%s", exchange->name);
    snprintf(line, sizeof line, "%s%s%s", done, waiting[0] == '\0' ? "" : "; ", waiting);
    progress_show(&exchange->session->progress, line);
}

void notice_progress(struct exchange *exchange, const char *waiting) {
    if (progress_is_due(&exchange->session->progress))
        notice_progress_now(exchange, waiting);
}
