/* Judges a response that has ended: whether it is good, a refusal, or worth another request;
   reports what is wrong with it. exchange.c calls it after each response. */
#include "exchange.h"

#include <stdio.h>

#define IS "the response is "
#define IS_CUT "the response ends in the middle of the JSON"
#define CONNECTION_FAILED "the connection failed"

/* Whether the response is not JSON at all. */
static bool is_no_json(const struct exchange *exchange) {
    const struct input *input = &exchange->session->input;
    const numres_error *error = numres_parser_error(exchange->parser);
    /* The text after a byte-order mark may be JSON. */
    if (error->code == NUMRES_BYTE_ORDER_MARK)
        return false;
    return hint_is_about_start(error, input->head, input->head_length) ||
           hint_is_wide(input->head, input->head_length);
}

/* What a response is that is not JSON. */
static const char *what_it_is(const struct exchange *exchange) {
    const struct input *input = &exchange->session->input;
    if (hint_is_wide(input->head, input->head_length))
        return "the response is UTF-16 or UTF-32, but JSON is UTF-8";
    if (hint_is_packed(input->head, input->head_length))
        return "the response is compressed, but its Content-Encoding does not say so";
    return "the response is not JSON";
}

/* Reports the parser's error. */
static enum attempt fail_document(struct exchange *exchange) {
    if (is_no_json(exchange)) {
        session_raise_exit_code(exchange->session, EXIT_FAILED);
        notice_body(exchange, what_it_is(exchange));
    } else {
        session_fail_document(exchange->session, exchange->parser);
    }
    return ATTEMPT_FAILED;
}

const char *verdict_how_empty(const struct exchange *exchange) {
    return transport_is_packed(&exchange->transport) ? "empty once decompressed; it may be cut"
                                                     : "empty";
}

enum attempt verdict_fail_broken(struct exchange *exchange) {
    if (exchange->response.is_empty)
        notice_failure(exchange, IS, verdict_how_empty(exchange));
    else if (exchange->response.is_cut)
        notice_failure(exchange, IS_CUT, "");
    else if (exchange->transport.in_brief != NULL)
        notice_failure(exchange, exchange->transport.failure, "");
    else
        notice_failure(exchange, CONNECTION_FAILED ": ", exchange->transport.failure);
    return ATTEMPT_FAILED;
}

void verdict_why_broken(const struct exchange *exchange, char *text, size_t size) {
    const char *in_brief = exchange->transport.in_brief;
    if (exchange->response.is_empty)
        snprintf(text, size, IS "%s", verdict_how_empty(exchange));
    else if (exchange->response.is_cut)
        snprintf(text, size, IS_CUT);
    else
        snprintf(text, size, "%s", in_brief != NULL ? in_brief : CONNECTION_FAILED);
}

/* A refusal was shown as it arrived. Reports its first bytes if it named no errors. */
static enum attempt end_refusal(struct exchange *exchange, numres_code code) {
    const struct response *response = &exchange->response;
    bool says_nothing = response->api_errors == 0;
    if (response->stop == STOP_WRONG)
        notice_failure(exchange, response->wrong, "");
    else if (says_nothing && is_no_json(exchange))
        notice_body(exchange, what_it_is(exchange));
    else if (says_nothing && code == NUMRES_TRUNCATED)
        notice_body(exchange, IS_CUT);
    else if (says_nothing && code != NUMRES_OK && code != NUMRES_EMPTY_INPUT)
        notice_body(exchange, "the response is not valid JSON");
    else if (says_nothing || response->has_mute_error)
        notice_no_errors(exchange);
    notice_key(exchange);
    return ATTEMPT_FAILED;
}

static enum attempt fail(struct exchange *exchange, const char *sentence) {
    notice_failure(exchange, sentence, "");
    return ATTEMPT_FAILED;
}

static enum attempt end_page(struct exchange *exchange) {
    const struct response *response = &exchange->response;
    bool is_list = (response->envelopes & NUMRES_ENVELOPE_LIST) != 0;
    if ((response->envelopes & NUMRES_ENVELOPE_ERRORS) != 0) {
        session_raise_exit_code(exchange->session, EXIT_API_ERRORS);
        if (response->api_errors == 0 || response->has_mute_error)
            notice_no_errors(exchange);
        return ATTEMPT_FAILED;
    }
    if (exchange->wants_list)
        return is_list ? ATTEMPT_READ
                       : fail(exchange, "the response is not a list of reservations");
    if (response->delivered == 0)
        return fail(exchange, "the response has no reservation");
    return is_list ? fail(exchange, "the response is a list, not the one reservation requested")
                   : ATTEMPT_READ;
}

/* Judges the whole body of a page, or the part before something stopped it. */
static enum attempt end_body(struct exchange *exchange, numres_code code) {
    const struct response *response = &exchange->response;
    switch (response->stop) {
    case STOP_LIMIT:
        return ATTEMPT_STOPPED;
    case STOP_OUTPUT:
        return ATTEMPT_FAILED;
    case STOP_WRONG:
        return fail(exchange, response->wrong);
    case STOP_NO_MEMORY:
        return fail(exchange, EXCHANGE_NO_MEMORY);
    case STOP_ERROR:
    case STOP_NONE:
        break;
    }
    return code == NUMRES_OK ? end_page(exchange) : fail_document(exchange);
}

enum attempt verdict_on_response(struct exchange *exchange, enum transport_outcome outcome) {
    struct response *response = &exchange->response;
    numres_code code = NUMRES_OK;
    if (outcome == TRANSPORT_RESPONDED)
        code = response_finish(exchange);
    else if (response->stop == STOP_ERROR)
        code = numres_parser_error(exchange->parser)->code;
    /* A redirect that was stopped is too large, and would be again. */
    if (response->role == BODY_IGNORED && !exchange_is_redirect(exchange))
        return ATTEMPT_REFUSED;
    if (response->role == BODY_REFUSAL)
        return end_refusal(exchange, code);
    /* Some connections are cut without an error. */
    response->is_empty = response->stop == STOP_NONE && code == NUMRES_EMPTY_INPUT;
    response->is_cut = response->stop == STOP_NONE && code == NUMRES_TRUNCATED;
    if (response->is_empty || response->is_cut)
        return ATTEMPT_BROKEN;
    problems_tell(&exchange->problems);
    return end_body(exchange, code);
}
