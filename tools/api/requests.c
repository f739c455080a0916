/* Makes the requests of the commands: for a page of a list, every reservation of a list, a
   single reservation. All commands that ask the API use it; exchange.c sends the requests. */
#include "requests.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "wait.h"

/* Returns the base URL followed by the path of a valid request, which the caller frees;
   NULL if there is no memory. */
static char *url_of(const struct exchange *exchange, const numres_request *request) {
    size_t base = strlen(exchange->base_url);
    size_t needed = 0;
    numres_request_write_path(request, NULL, 0, &needed);
    char *url = malloc(base + needed + 1);
    if (url != NULL) {
        memcpy(url, exchange->base_url, base);
        numres_request_write_path(request, url + base, needed + 1, NULL);
    }
    return url;
}

/* ---- a list ---- */

char *page_url(const struct exchange *exchange, const numres_query *query) {
    numres_request request = numres_request_default();
    request.query = query;
    return url_of(exchange, &request);
}

enum exchange_end page_send(struct exchange *exchange, const numres_query *query, uint64_t page,
                            const struct exchange_taker *taker) {
    char *url = page_url(exchange, query);
    exchange->page = page;
    snprintf(exchange->name, sizeof exchange->name, "page %" PRIu64, page);
    if (url == NULL) {
        notice_failure(exchange, EXCHANGE_NO_MEMORY, "");
        return EXCHANGE_FAILED;
    }
    exchange->request = (struct transport_request){.url = url};
    exchange->wants_list = true;
    exchange->taker = taker;
    enum exchange_end end = exchange_send(exchange);
    exchange->request.url = NULL;
    free(url);
    return end;
}

struct walk {
    struct exchange *exchange;
    const struct exchange_taker *taker;
    struct repeats repeats;
    numres_pager pager;
    struct list_counts counts;
    struct counting counting;
};

static numres_answer take(void *context, const numres_parser *parser,
                          const numres_reservation *reservation) {
    struct walk *walk = context;
    bool is_new = false;
    numres_answer answer = counts_judge(&walk->counting, reservation, &is_new);
    if (!is_new)
        return answer;
    numres_pager_take(&walk->pager, reservation->index);
    walk->counts.shown++;
    return walk->taker->reservation(walk->taker->context, parser, reservation);
}

static void take_again(void *context) {
    struct walk *walk = context;
    repeats_next_attempt(&walk->repeats);
}

static enum exchange_end walk_pages(struct walk *walk, const numres_query *given) {
    const struct exchange_taker taker = {.reservation = take, .again = take_again, .context = walk};
    numres_query query = *given;
    while (!walk->counting.doubts.repeats_only &&
           numres_pager_ask(&walk->pager, &query) == NUMRES_PAGER_NEXT) {
        enum exchange_end end = page_send(walk->exchange, &query, walk->pager.page, &taker);
        if (end != EXCHANGE_READ)
            return end;
        counts_turn_page(&walk->counting);
    }
    return counts_report_break(&walk->counting) ? EXCHANGE_FAILED : EXCHANGE_READ;
}

/* How to get what may be missing. All pages are of the largest size. */
static const char *advice_after_gap(const struct counting *counting) {
    if (!counting->doubts.repeats_only)
        return COUNTS_RUN_AGAIN;
    return counting->exchange->settings->command == COMMAND_wait
               ? "; narrower filters may get all on one page"
               : "; to extend others, name their ids";
}

enum exchange_end walk_list(struct exchange *exchange, const numres_query *query,
                            const struct exchange_taker *taker) {
    struct walk walk = {.exchange = exchange, .taker = taker, .pager = numres_pager_default()};
    repeats_begin(&walk.repeats, (uint64_t)wait_clock());
    walk.counting = (struct counting){.exchange = exchange,
                                      .counts = &walk.counts,
                                      .pager = &walk.pager,
                                      .repeats = &walk.repeats,
                                      .first_page = query->page_number};
    enum exchange_end end = walk_pages(&walk, query);
    exchange->doubt[0] = '\0';
    if (end == EXCHANGE_READ)
        counts_note_doubt(&walk.counting, advice_after_gap(&walk.counting));
    repeats_end(&walk.repeats);
    return end;
}

/* ---- a single reservation ---- */

/* A version 4 UUID (RFC 9562 section 5.4), and the NUL. */
#define KEY_SIZE 37

static bool make_key(char *key) {
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return false;
    bytes[6] = (unsigned char)((bytes[6] & 0x0F) | 0x40);
    bytes[8] = (unsigned char)((bytes[8] & 0x3F) | 0x80);
    size_t length = 0;
    for (size_t at = 0; at < sizeof bytes; at++) {
        const char *dash = at == 4 || at == 6 || at == 8 || at == 10 ? "-" : "";
        length += (size_t)snprintf(key + length, KEY_SIZE - length, "%s%02x", dash, bytes[at]);
    }
    return true;
}

/* Returns the body of the request, which the caller frees; NULL: no memory. */
static char *make_body(const numres_request *request) {
    size_t needed = 0;
    numres_request_write_body(request, NULL, 0, &needed);
    char *body = malloc(needed + 1);
    if (body != NULL)
        numres_request_write_body(request, body, needed + 1, NULL);
    return body;
}

static enum exchange_end send_made(struct exchange *exchange, bool is_post, const char *url,
                                   const char *body) {
    if (url == NULL || body == NULL) {
        exchange_fail(exchange, EXCHANGE_NO_MEMORY, "");
        exchange->is_hopeless = true;
        return EXCHANGE_FAILED;
    }
    if (is_post && !make_key(exchange->idempotency_key)) {
        exchange_fail(exchange, "cannot get random numbers: ", strerror(errno));
        exchange->is_hopeless = true;
        return EXCHANGE_FAILED;
    }
    exchange->request =
        (struct transport_request){url, is_post ? exchange->idempotency_key : NULL, body};
    enum exchange_end end = exchange_send(exchange);
    exchange->request.url = exchange->request.body = NULL;
    return end;
}

enum exchange_end single_send(struct exchange *exchange, const char *name,
                              const numres_request *request, const struct exchange_taker *taker) {
    bool is_post = strcmp(numres_request_method(request->operation), "POST") == 0;
    char *url = url_of(exchange, request);
    char *body = make_body(request);
    snprintf(exchange->name, sizeof exchange->name, "%s", name);
    exchange->total_pages = 0;
    exchange->wants_list = false;
    exchange->wanted_id = request->id.bytes;
    exchange->taker = taker;
    exchange->transport.was_sent = false;
    enum exchange_end end = send_made(exchange, is_post, url, body);
    free(url);
    free(body);
    return end;
}

enum exchange_end single_send_about(struct exchange *exchange, numres_operation operation,
                                    const char *id, const struct exchange_taker *taker) {
    numres_request request = numres_request_default();
    request.operation = operation;
    request.id = numres_text_from(id);
    return single_send(exchange, id, &request, taker);
}

char *single_copy_id(numres_text id) {
    numres_request request = numres_request_default();
    request.operation = NUMRES_OPERATION_RETRIEVE;
    request.id = id;
    return numres_request_check(&request, NULL) == NUMRES_OK ? strndup(id.bytes, id.length) : NULL;
}

bool single_goes_on(const struct exchange *exchange, enum exchange_end end) {
    bool is_own = end == EXCHANGE_FAILED && !exchange->is_hopeless && !exchange->is_time_over &&
                  exchange->response.stop != STOP_NO_MEMORY && !exchange->showing.is_over;
    return (end == EXCHANGE_READ || is_own) && !interrupt_came() && exchange_can_show(exchange);
}

/* The options with which the suggested command asks the same API. */
static const char *const connection_options[] = {"--base-url", "--api-key-file", "--key-command",
                                                 "--ca-file", NULL};

static void report_look(struct exchange *exchange, const char *name, const char *what,
                        const char *key, const struct single_look *look) {
    struct message message;
    message_begin(&message);
    message_format(&message, "%s: %s", name, what);
    if (key != NULL)
        message_format(&message, " (Idempotency-Key: %s)", key);
    message_format(&message, ": %s", look->command);
    message_add_command_words(&message, exchange->session, exchange->settings->command,
                              connection_options, true);
    if (look->option != NULL)
        message_add_word(&message, look->option);
    message_add_word(&message, look->word);
    report_message(exchange->session, &message);
}

void single_report_doubt(struct exchange *exchange, enum exchange_end end, bool is_shown,
                         const struct single_look *look) {
    if (end == EXCHANGE_READ || !exchange_is_in_doubt(exchange))
        return;
    report_look(
        exchange, exchange->name,
        is_shown
            ? "it was carried out, although its response was not read completely; to see the result"
            : "it may have been carried out anyway; check before you try again",
        exchange->idempotency_key, look);
}

void single_report_unseen(struct exchange *exchange, const char *name, const char *key,
                          const struct single_look *look) {
    if (exchange->session->output.failure != 0 || exchange->showing.is_lost)
        report_look(exchange, name, "it was carried out, although the output failed; to see it",
                    key, look);
}

static void take_interrupt(struct session *session) {
    if (interrupt_came())
        session->exit_code = EXIT_INTERRUPTED;
}

void single_finish(struct exchange *exchange) {
    struct session *session = exchange->session;
    progress_hide(&session->progress);
    take_interrupt(session); /* Or an empty table would say that there is nothing. */
    if (exchange_begin_output(exchange))
        showing_end(&exchange->showing);
    /* The messages that follow say whether the output failed, so it ends here, unless a pager
       shows it and them. */
    if (session->pager.output == NULL)
        print_end(&session->output);
    else
        print_flush(&session->output);
    if (session->output.failure == ETIMEDOUT)
        notice_time_over(exchange);
    take_interrupt(session);
}

/* ---- the same operation for several ids ---- */

/* Shows the reservation only once, even if a request is sent again. */
struct single_showing {
    struct exchange *exchange;
    bool is_shown;
};

static numres_answer show(void *context, const numres_parser *parser,
                          const numres_reservation *reservation) {
    struct single_showing *showing = context;
    if (showing->is_shown)
        return NUMRES_GO_ON;
    showing->is_shown = true;
    return exchange_show(showing->exchange, parser, reservation);
}

/* Whether something was written since `before`, and no output is left to write. */
static bool is_written(const struct exchange *exchange, uint64_t before) {
    const struct print *output = &exchange->session->output;
    return output->failure == 0 && output->used == 0 && output->written > before;
}

/* What became of a POST. */
struct carried {
    bool is_out;     /* it was carried out, */
    bool is_written; /* and its reservation is written, as far as the system says */
};

static enum exchange_end send_one(struct exchange *exchange, numres_operation operation,
                                  const char *id, struct carried *carried) {
    struct single_showing showing = {exchange, false};
    const struct exchange_taker taker = {.reservation = show, .context = &showing};
    const struct single_look look = {.command = "numres get", .word = id};
    uint64_t before = exchange->session->output.written;
    enum exchange_end end = single_send_about(exchange, operation, id, &taker);
    single_report_doubt(exchange, end, showing.is_shown, &look);
    carried->is_out = end == EXCHANGE_READ && exchange_is_post(exchange);
    carried->is_written = is_written(exchange, before);
    return end;
}

/* Once a message would be longer than this, further ids go into another. */
#define MOST_NAMED_BYTES 2000

static void say_not_tried(struct exchange *exchange, char *const *ids, size_t count) {
    struct message message;
    for (size_t at = 0; at < count;) {
        message_begin(&message);
        message_add(&message, "not tried:");
        do
            message_add_word(&message, ids[at++]);
        while (at < count && message.length + strlen(ids[at]) < MOST_NAMED_BYTES);
        report_message(exchange->session, &message);
    }
}

/* Returns how many ids were tried. */
static size_t send_all(struct exchange *exchange, numres_operation operation, char *const *ids,
                       size_t count, struct carried *carried) {
    for (size_t at = 0; at < count; at++) {
        enum exchange_end end = send_one(exchange, operation, ids[at], &carried[at]);
        if (showing_is_full(&exchange->showing))
            return count;
        if (!single_goes_on(exchange, end))
            return end == EXCHANGE_INTERRUPTED && !exchange->transport.was_sent ? at : at + 1;
    }
    return count;
}

void single_each(struct exchange *exchange, numres_operation operation, char *const *ids,
                 size_t count) {
    struct carried *carried = calloc(count + 1, sizeof *carried);
    size_t tried = 0;
    if (carried == NULL)
        exchange_fail(exchange, EXCHANGE_NO_MEMORY, "");
    else
        tried = send_all(exchange, operation, ids, count, carried);
    single_finish(exchange);
    for (size_t at = 0; at < tried; at++) {
        const struct single_look look = {.command = "numres get", .word = ids[at]};
        if (carried[at].is_out &&
            (!carried[at].is_written || exchange->session->output.is_doubtful))
            single_report_unseen(exchange, ids[at], NULL, &look);
    }
    /* Ids that were only to be read do not matter to a reader that has left. */
    if (operation != NUMRES_OPERATION_RETRIEVE || exchange->session->output.failure != EPIPE)
        say_not_tried(exchange, ids + tried, count - tried);
    free(carried);
}
