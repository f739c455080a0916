/* Reads a response of the API: feeds its body to the parser and shows the records.
   page.c calls it for each request. Its handlers belong to the listing. */

#include <string.h>
#include <unistd.h>

#include "../run/message.h"
#include "../run/report.h"
#include "listing.h"
#include "wait.h"

static struct response *response_of(void *user) {
    struct listing *listing = user;
    return &listing->response;
}

static numres_answer stop(struct response *response, enum response_stop reason) {
    response->stop = reason;
    return NUMRES_STOP;
}

static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *phone_number,
                                     void *user) {
    struct listing *listing = user;
    (void)parser;
    if (listing->response.role != BODY_PAGE)
        return NUMRES_GO_ON;
    return showing_keep_number(&listing->showing, phone_number);
}

static numres_answer take(struct listing *listing, const numres_parser *parser,
                          const numres_reservation *reservation) {
    problems_tell_record(&listing->problems);
    if (!output_begin(listing))
        return stop(&listing->response, STOP_OUTPUT);
    session_count_reservation(listing->session, parser, reservation);
    listing->showing.format->reservation(&listing->showing, parser, reservation);
    listing->state.shown++;
    numres_pager_reason reason = numres_pager_take(listing->pager, reservation->index);
    output_mark(listing);
    if (reason != NUMRES_PAGER_NEXT)
        return stop(&listing->response, STOP_LIMIT);
    return listing_can_show(listing) ? NUMRES_GO_ON : stop(&listing->response, STOP_OUTPUT);
}

static numres_answer pass_over(struct listing *listing, const numres_reservation *reservation) {
    problems_forget_record(&listing->problems);
    numres_pager_drop(listing->pager, reservation->index);
    output_mark(listing);
    return NUMRES_GO_ON;
}

static numres_answer deal_with(struct listing *listing, const numres_parser *parser,
                               const numres_reservation *reservation) {
    switch (repeats_judge(&listing->repeats, reservation)) {
    case REPEAT_NONE:
        return take(listing, parser, reservation);
    case REPEAT_PAGE:
        listing->response.repeats++;
        return pass_over(listing, reservation);
    case REPEAT_ATTEMPT:
        return pass_over(listing, reservation);
    case REPEAT_TOO_MANY:
        return stop(&listing->response, STOP_TOO_MANY);
    case REPEAT_NO_MEMORY:
        break;
    }
    return stop(&listing->response, STOP_NO_MEMORY);
}

/* Asked per reservation, since the number of an empty page does not matter. */
static bool is_of_another_page(const struct listing *listing) {
    const struct response *response = &listing->response;
    return response->has_meta && numres_pager_is_mismatch(listing->pager, &response->meta);
}

static numres_answer on_reservation(numres_parser *parser, const numres_reservation *reservation,
                                    void *user) {
    struct listing *listing = user;
    if (listing->response.role != BODY_PAGE)
        return NUMRES_GO_ON;
    listing->response.places = reservation->index + 1;
    listing->response.delivered++;
    if (is_of_another_page(listing))
        return stop(&listing->response, STOP_MISMATCH);
    numres_answer answer = deal_with(listing, parser, reservation);
    collect_empty(&listing->showing.numbers);
    return answer;
}

static numres_answer on_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    struct listing *listing = user;
    struct response *response = response_of(user);
    (void)parser;
    if (response->role != BODY_PAGE)
        return NUMRES_GO_ON;
    response->has_meta = true;
    response->meta = *meta;
    listing->state.total_pages = meta->total_pages;
    return NUMRES_GO_ON;
}

static numres_answer on_problem(numres_parser *parser, const numres_problem *problem, void *user) {
    struct listing *listing = user;
    /* Problems of a body that is not a page are of no interest. */
    if (listing->response.role == BODY_PAGE)
        problems_hold(&listing->problems, parser, problem);
    return session_answer(listing->session);
}

static numres_answer on_api_error(numres_parser *parser, const numres_api_error *api_error,
                                  void *user) {
    struct listing *listing = user;
    listing->response.api_errors++;
    /* The body is shown instead, once all of it has arrived. */
    if (!message_api_error_speaks(api_error)) {
        listing->response.has_mute_error = true;
        session_count_api_error(listing->session);
        return NUMRES_GO_ON;
    }
    if (problems_may_report_api_error(&listing->problems))
        return session_on_api_error(parser, api_error, listing->session);
    session_count_api_error(listing->session);
    return NUMRES_GO_ON;
}

static numres_answer on_document_end(numres_parser *parser, const numres_document *document,
                                     void *user) {
    (void)parser;
    response_of(user)->envelopes = document->envelopes;
    response_of(user)->places = document->elements;
    return NUMRES_GO_ON;
}

bool response_set_up(struct listing *listing) {
    numres_options options = session_options(&listing->settings->common);
    numres_handlers handlers = numres_handlers_default();
    if (listing->showing.format->has_numbers)
        handlers.on_phone_number = on_phone_number;
    handlers.on_reservation = on_reservation;
    handlers.on_meta = on_meta;
    handlers.on_problem = on_problem;
    handlers.on_api_error = on_api_error;
    handlers.on_document_end = on_document_end;
    numres_code code = numres_parser_create(&listing->parser, &options, &handlers, listing);
    if (code == NUMRES_OK)
        return true;
    session_raise_exit_code(listing->session, EXIT_FAILED);
    report_failure(listing->session, NULL, numres_code_sentence(code), "");
    return false;
}

void response_begin(struct listing *listing) {
    struct session *session = listing->session;
    memset(&listing->response, 0, sizeof listing->response);
    listing->response.began = wait_clock();
    numres_parser_reset(listing->parser);
    collect_empty(&listing->showing.numbers);
    session->input.name = listing->page_name;
    session->input.head_length = 0;
    session->request_id = NULL;
    lines_begin(&session->lines);
}

/* What the body is for, by the status, which is known before it. */
static enum body_role role_of(const struct listing *listing) {
    long status = transport_status(&listing->transport);
    struct retry_facts facts = listing_facts(listing, false);
    if (status >= 200 && status <= 299)
        return BODY_PAGE;
    if (listing_is_redirect(listing))
        return BODY_IGNORED;
    bool is_soon = retry_wait(&facts, listing->tries, 0, wait_time_of_day()) <= RETRY_LONGEST_WAIT;
    return retry_makes_sense(&facts) && listing_has_tries_left(listing) && is_soon ? BODY_IGNORED
                                                                                   : BODY_REFUSAL;
}

static void decide(struct listing *listing) {
    if (listing->response.role != BODY_UNDECIDED)
        return;
    listing->response.role = role_of(listing);
    if (listing->response.role == BODY_REFUSAL)
        notice_refusal(listing); /* with the request's id */
    else
        listing->session->request_id = transport_header(&listing->transport, HEADER_REQUEST_ID);
}

static bool parse(struct listing *listing, const char *bytes, size_t length) {
    struct session *session = listing->session;
    lines_offer(&session->lines, bytes, length);
    numres_code code = numres_parser_feed(listing->parser, bytes, length, NULL);
    /* Show what has arrived before waiting for more. */
    print_flush(&session->output);
    /* Also after an error, which is reported when the chunk is gone. */
    lines_take(&session->lines);
    if (code == NUMRES_OK)
        return true;
    listing->response.stop =
        listing->response.stop == STOP_NONE ? STOP_ERROR : listing->response.stop;
    return false;
}

bool response_receive(void *context, const char *bytes, size_t length) {
    struct listing *listing = context;
    struct response *response = &listing->response;
    if (isatty(listing->session->output.descriptor))
        progress_hide(&listing->session->progress);
    decide(listing);
    response->bytes += length;
    if (response->bytes > listing->settings->max_page_bytes) {
        response->stop = STOP_TOO_LARGE;
        return false;
    }
    input_keep_head(&listing->session->input, bytes, length);
    if (response->role != BODY_IGNORED && !parse(listing, bytes, length))
        return false;
    notice_progress(listing, "");
    return true;
}

numres_code response_finish(struct listing *listing) {
    decide(listing);
    if (listing->response.role == BODY_IGNORED)
        return NUMRES_OK;
    return numres_parser_finish(listing->parser);
}
