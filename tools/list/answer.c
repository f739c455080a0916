
#include <string.h>
#include <unistd.h>

#include "../run/message.h"
#include "../run/report.h"
#include "listing.h"
#include "wait.h"

static struct answer *answer_of(void *user) {
    struct listing *listing = user;
    return &listing->answer;
}

static numres_answer stop(struct answer *answer, enum answer_stop reason) {
    answer->stop = reason;
    return NUMRES_STOP;
}

static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *phone_number,
                                     void *user) {
    struct listing *listing = user;
    (void)parser;
    if (listing->answer.role != BODY_PAGE)
        return NUMRES_GO_ON;
    return showing_keep_number(&listing->showing, phone_number);
}

static numres_answer take(struct listing *listing, const numres_parser *parser,
                          const numres_reservation *reservation) {
    problems_tell_record(&listing->problems);
    if (!output_begin(listing))
        return stop(&listing->answer, STOP_OUTPUT);
    session_count_reservation(listing->session, parser, reservation);
    listing->showing.format->reservation(&listing->showing, parser, reservation);
    listing->state.shown++;
    numres_pager_reason reason = numres_pager_take(listing->pager, reservation->index);
    output_mark(listing);
    if (reason != NUMRES_PAGER_NEXT)
        return stop(&listing->answer, STOP_LIMIT);
    return listing_can_show(listing) ? NUMRES_GO_ON : stop(&listing->answer, STOP_OUTPUT);
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
        listing->answer.repeats++;
        return pass_over(listing, reservation);
    case REPEAT_ATTEMPT:
        return pass_over(listing, reservation);
    case REPEAT_TOO_MANY:
        return stop(&listing->answer, STOP_TOO_MANY);
    case REPEAT_NO_MEMORY:
        break;
    }
    return stop(&listing->answer, STOP_NO_MEMORY);
}

/* Of an empty page it does not matter: the list has ended. */
static bool is_of_another_page(const struct listing *listing) {
    const struct answer *answer = &listing->answer;
    return answer->has_meta && numres_pager_is_mismatch(listing->pager, &answer->meta);
}

static numres_answer on_reservation(numres_parser *parser, const numres_reservation *reservation,
                                    void *user) {
    struct listing *listing = user;
    if (listing->answer.role != BODY_PAGE)
        return NUMRES_GO_ON;
    listing->answer.places = reservation->index + 1;
    if (is_of_another_page(listing))
        return stop(&listing->answer, STOP_MISMATCH);
    numres_answer answer = deal_with(listing, parser, reservation);
    collect_empty(&listing->showing.numbers);
    return answer;
}

static numres_answer on_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    struct listing *listing = user;
    struct answer *answer = answer_of(user);
    (void)parser;
    if (answer->role != BODY_PAGE)
        return NUMRES_GO_ON;
    answer->has_meta = true;
    answer->meta = *meta;
    listing->state.total_pages = meta->total_pages;
    return NUMRES_GO_ON;
}

static numres_answer on_problem(numres_parser *parser, const numres_problem *problem, void *user) {
    struct listing *listing = user;
    /* What is no page has no schema to break. */
    if (listing->answer.role == BODY_PAGE)
        problems_hold(&listing->problems, parser, problem);
    return session_answer(listing->session);
}

static numres_answer on_api_error(numres_parser *parser, const numres_api_error *api_error,
                                  void *user) {
    struct listing *listing = user;
    listing->answer.api_errors++;
    /* The body is shown in its place, when all of it has come. */
    if (!message_api_error_speaks(api_error)) {
        listing->answer.has_mute_error = true;
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
    answer_of(user)->envelopes = document->envelopes;
    answer_of(user)->places = document->elements;
    return NUMRES_GO_ON;
}

bool answer_set_up(struct listing *listing) {
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

void answer_begin(struct listing *listing) {
    struct session *session = listing->session;
    memset(&listing->answer, 0, sizeof listing->answer);
    listing->answer.began = wait_clock();
    numres_parser_reset(listing->parser);
    collect_empty(&listing->showing.numbers);
    session->input.name = listing->page_name;
    session->input.head_length = 0;
    session->request_id = NULL;
    lines_begin(&session->lines);
}

/* The status came before the body. */
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
    if (listing->answer.role != BODY_UNDECIDED)
        return;
    listing->answer.role = role_of(listing);
    if (listing->answer.role == BODY_REFUSAL)
        notice_refusal(listing); /* with the request's id */
    else
        listing->session->request_id = transport_header(&listing->transport, HEADER_REQUEST_ID);
}

static bool parse(struct listing *listing, const char *bytes, size_t length) {
    struct session *session = listing->session;
    lines_offer(&session->lines, bytes, length);
    numres_code code = numres_parser_feed(listing->parser, bytes, length, NULL);
    /* What has come is shown before the next bytes are waited for. */
    print_flush(&session->output);
    /* Also of an error, whose place is told when the chunk is gone. */
    lines_take(&session->lines);
    if (code == NUMRES_OK)
        return true;
    listing->answer.stop = listing->answer.stop == STOP_NONE ? STOP_ERROR : listing->answer.stop;
    return false;
}

bool answer_receive(void *context, const char *bytes, size_t length) {
    struct listing *listing = context;
    struct answer *answer = &listing->answer;
    if (isatty(listing->session->output.descriptor))
        progress_hide(&listing->session->progress);
    decide(listing);
    answer->bytes += length;
    if (answer->bytes > listing->settings->max_page_bytes) {
        answer->stop = STOP_TOO_LARGE;
        return false;
    }
    input_keep_head(&listing->session->input, bytes, length);
    if (answer->role != BODY_IGNORED && !parse(listing, bytes, length))
        return false;
    notice_progress(listing, "");
    return true;
}

numres_code answer_finish(struct listing *listing) {
    decide(listing);
    if (listing->answer.role == BODY_IGNORED)
        return NUMRES_OK;
    return numres_parser_finish(listing->parser);
}
