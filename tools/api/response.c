/* Reads a response of the API: feeds its body to the parser, passes the records to the
   command, and shows those that the command wants shown. exchange.c and the commands call it. */
#include "exchange.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "wait.h"

static struct response *response_of(void *user) {
    struct exchange *exchange = user;
    return &exchange->response;
}

numres_answer response_stop_for(struct exchange *exchange, enum response_stop reason) {
    exchange->response.stop = reason;
    return NUMRES_STOP;
}

numres_answer response_stop_for_wrong(struct exchange *exchange, const char *sentence) {
    exchange->response.wrong = sentence;
    return response_stop_for(exchange, STOP_WRONG);
}

static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *phone_number,
                                     void *user) {
    struct exchange *exchange = user;
    (void)parser;
    if (exchange->response.role != BODY_PAGE)
        return NUMRES_GO_ON;
    if (exchange->taker->phone_number != NULL)
        exchange->taker->phone_number(exchange->taker->context, phone_number);
    return showing_needs_numbers(&exchange->showing)
               ? showing_keep_number(&exchange->showing, phone_number)
               : session_answer(exchange->session);
}

/* UUIDs are case-insensitive (RFC 9562 section 4). */
static bool has_id(const numres_reservation *reservation, const char *id) {
    return reservation->id.length == strlen(id) &&
           strncasecmp(reservation->id.bytes, id, reservation->id.length) == 0;
}

/* Returns what is wrong with this reservation in a response that must hold one, or NULL. */
static const char *fault_of(const struct exchange *exchange,
                            const numres_reservation *reservation) {
    if (exchange->wants_list)
        return NULL;
    if (reservation->index > 0)
        return "the response holds more than the one reservation requested";
    if (reservation->id.length == 0)
        return "the response holds a reservation without an id";
    if (exchange->wanted_id != NULL && !has_id(reservation, exchange->wanted_id))
        return "the response holds a different reservation from the one requested";
    return NULL;
}

static numres_answer take(struct exchange *exchange, const numres_parser *parser,
                          const numres_reservation *reservation) {
    const char *fault = fault_of(exchange, reservation);
    return fault != NULL
               ? response_stop_for_wrong(exchange, fault)
               : exchange->taker->reservation(exchange->taker->context, parser, reservation);
}

static numres_answer on_reservation(numres_parser *parser, const numres_reservation *reservation,
                                    void *user) {
    struct exchange *exchange = user;
    if (exchange->response.role != BODY_PAGE)
        return NUMRES_GO_ON;
    exchange->response.places = reservation->index + 1;
    exchange->response.delivered++;
    numres_answer answer = take(exchange, parser, reservation);
    problems_leave_record(&exchange->problems);
    notes_close_rows(exchange->session);
    collect_empty(&exchange->showing.numbers);
    return answer;
}

static numres_answer on_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    struct exchange *exchange = user;
    struct response *response = response_of(user);
    (void)parser;
    if (response->role != BODY_PAGE)
        return NUMRES_GO_ON;
    response->has_meta = true;
    response->meta = *meta;
    exchange->total_pages = meta->total_pages;
    return NUMRES_GO_ON;
}

static numres_answer on_problem(numres_parser *parser, const numres_problem *problem, void *user) {
    struct exchange *exchange = user;
    /* Problems of a body that is not a page are of no interest. */
    if (exchange->response.role == BODY_PAGE)
        problems_hold(&exchange->problems, parser, problem);
    return session_answer(exchange->session);
}

static numres_answer on_api_error(numres_parser *parser, const numres_api_error *api_error,
                                  void *user) {
    struct exchange *exchange = user;
    exchange->response.api_errors++;
    /* The body is shown instead, once all of it has arrived. */
    if (!message_api_error_speaks(api_error)) {
        exchange->response.has_mute_error = true;
        exchange->response.is_listed |= !api_error->of_root;
        session_count_api_error(exchange->session);
        return NUMRES_GO_ON;
    }
    /* A gateway's words may be in a member that numres does not know. */
    exchange->response.has_mute_error |=
        api_error->of_root && !message_api_error_has_words(api_error);
    exchange->response.lists_errors |= !api_error->of_root;
    if (problems_may_report_api_error(&exchange->problems))
        return session_on_api_error(parser, api_error, exchange->session);
    session_count_api_error(exchange->session);
    return NUMRES_GO_ON;
}

static numres_answer on_document_end(numres_parser *parser, const numres_document *document,
                                     void *user) {
    (void)parser;
    response_of(user)->envelopes = document->envelopes;
    response_of(user)->places = document->elements;
    return NUMRES_GO_ON;
}

bool exchange_can_show(const struct exchange *exchange) {
    return exchange->session->output.failure == 0 &&
           session_answer(exchange->session) == NUMRES_GO_ON;
}

bool exchange_begin_output(struct exchange *exchange) {
    struct session *session = exchange->session;
    const struct request_settings *settings = exchange->settings;
    if (exchange->output_has_begun)
        return true;
    progress_hide(&session->progress);
    if (settings->selection.format->is_paged && !settings->common.no_pager) {
        pager_begin(&session->pager, &session->output, &session->messages, true);
        /* Messages that go through the pager must not be mixed with progress. */
        if (session->pager.command != NULL && isatty(session->messages.descriptor))
            session->progress.print = NULL;
    }
    exchange->output_has_begun = settings->selection.format->functions->begin(&exchange->showing);
    return exchange->output_has_begun;
}

numres_answer exchange_show(struct exchange *exchange, const numres_parser *parser,
                            const numres_reservation *reservation) {
    if (!showing_takes(&exchange->showing, reservation))
        return NUMRES_GO_ON;
    if (!exchange_begin_output(exchange))
        return response_stop_for(exchange, STOP_OUTPUT);
    problems_tell_record(&exchange->problems);
    session_note_reservation(exchange->session, parser, reservation);
    showing_show(&exchange->showing, parser, reservation);
    /* The parser's error says what does not fit into memory. */
    if (exchange->showing.is_over)
        return NUMRES_STOP;
    return exchange_can_show(exchange) ? NUMRES_GO_ON : response_stop_for(exchange, STOP_OUTPUT);
}

bool response_set_up(struct exchange *exchange) {
    numres_options options = session_options(&exchange->settings->common);
    numres_handlers handlers = numres_handlers_default();
    handlers.on_phone_number = on_phone_number;
    handlers.on_reservation = on_reservation;
    handlers.on_meta = on_meta;
    handlers.on_problem = on_problem;
    handlers.on_api_error = on_api_error;
    handlers.on_document_end = on_document_end;
    numres_code code = numres_parser_create(&exchange->parser, &options, &handlers, exchange);
    return code == NUMRES_OK || exchange_fail(exchange, numres_code_sentence(code), "");
}

void response_begin(struct exchange *exchange) {
    struct session *session = exchange->session;
    memset(&exchange->response, 0, sizeof exchange->response);
    exchange->response.began = wait_clock();
    numres_parser_reset(exchange->parser);
    collect_empty(&exchange->showing.numbers);
    session->input.name = exchange->name;
    session->input.head_length = 0;
    session->request_id = NULL;
    lines_begin(&session->lines);
}

/* Decides by the status, which arrives first, what is done with the body. */
static enum body_role role_of(const struct exchange *exchange) {
    long status = transport_status(&exchange->transport);
    struct retry_facts facts = exchange_facts(exchange, false);
    if (status >= 200 && status <= 299)
        return BODY_PAGE;
    if (exchange_is_redirect(exchange))
        return BODY_IGNORED;
    int64_t wait = retry_wait(&facts, exchange->tries, 0, wait_time_of_day());
    bool is_soon = wait <= RETRY_LONGEST_WAIT && exchange_has_time_for(exchange, wait);
    return retry_makes_sense(&facts) && exchange_has_tries_left(exchange) && is_soon ? BODY_IGNORED
                                                                                     : BODY_REFUSAL;
}

void response_decide(struct exchange *exchange) {
    if (exchange->response.role != BODY_UNDECIDED)
        return;
    exchange->response.role = role_of(exchange);
    if (exchange->response.role == BODY_REFUSAL)
        notice_refusal(exchange); /* with the request's id */
    else
        exchange->session->request_id = transport_header(&exchange->transport, HEADER_REQUEST_ID);
}

static bool parse(struct exchange *exchange, const char *bytes, size_t length) {
    struct session *session = exchange->session;
    lines_offer(&session->lines, bytes, length);
    numres_code code = numres_parser_feed(exchange->parser, bytes, length, NULL);
    /* Show what has arrived before waiting for more. */
    print_flush(&session->output);
    /* Also after an error, which is reported when the chunk is gone. */
    lines_take(&session->lines);
    if (code != NUMRES_OK && exchange->response.stop == STOP_NONE)
        exchange->response.stop = STOP_ERROR;
    return code == NUMRES_OK;
}

bool response_receive(void *context, const char *bytes, size_t length) {
    struct exchange *exchange = context;
    struct response *response = &exchange->response;
    if (isatty(exchange->session->output.descriptor))
        progress_hide(&exchange->session->progress);
    response_decide(exchange);
    response->bytes += length;
    if (response->bytes > exchange->settings->common.max_page_bytes.value) {
        response_stop_for_wrong(exchange, "the response is too large; raise --max-page-bytes");
        return false;
    }
    input_keep_head(&exchange->session->input, bytes, length);
    if (response->role != BODY_IGNORED && !parse(exchange, bytes, length))
        return false;
    notice_progress(exchange, "");
    return true;
}

numres_code response_finish(struct exchange *exchange) {
    response_decide(exchange);
    if (exchange->response.role == BODY_IGNORED)
        return NUMRES_OK;
    return numres_parser_finish(exchange->parser);
}
