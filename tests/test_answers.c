/* What handlers may answer: pause and stop, from each; and numres_parse. */
#include "records.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const char everything[] =
    "{'data':[{'id':'a','phone_numbers':[{'id':'n','status':'success'}],'status':'odd'}],"
    "'errors':[{'code':'1'}],'meta':{'total_pages':1}}";

/* ---- pause ---- */

Test(answers, a_pause_from_every_handler_and_on_with_zero_bytes) {
    static const numres_event kinds[] = {NUMRES_EVENT_RESERVATION, NUMRES_EVENT_PHONE_NUMBER,
                                         NUMRES_EVENT_META, NUMRES_EVENT_API_ERROR,
                                         NUMRES_EVENT_DOCUMENT_END};
    char *bytes = json(everything);
    size_t length = strlen(bytes);
    for (size_t at = 0; at < sizeof kinds / sizeof kinds[0]; at++) {
        wish wanted = {kinds[at], NUMRES_PAUSE};
        records kept;
        size_t consumed = 0, more = 77;
        records_open(&kept, grant, &wanted);
        numres_parser *parser = records_parser(&kept, NULL);
        cr_assert_eq(numres_parser_feed(parser, bytes, length, &consumed), NUMRES_PAUSED);
        const event *last = &kept.events[kept.count - 1];
        cr_assert_eq(last->kind, kinds[at]);
        cr_assert_eq(consumed, last->position);
        cr_assert_eq(numres_parser_position(parser), last->position);
        cr_assert_eq(numres_parser_error(parser)->code, NUMRES_OK);
        size_t before = kept.count;
        cr_assert_eq(numres_parser_feed(parser, NULL, 0, &more), NUMRES_OK);
        cr_assert_eq(more, 0);
        cr_assert_eq(kept.count, before, "nothing was owed");
        cr_assert_eq(numres_parser_feed(parser, bytes + consumed, length - consumed, &more),
                     NUMRES_OK);
        cr_assert_eq(consumed + more, length);
        cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
        numres_parser_destroy(parser);
        records_close(&kept);
    }
    free(bytes);
}

/* In a bare document one brace completes both the reservation and the root. */
Test(answers, a_callback_that_is_owed_comes_with_zero_bytes) {
    wish wanted = {NUMRES_EVENT_RESERVATION, NUMRES_PAUSE};
    records kept;
    size_t consumed = 0;
    numres_options options = numres_options_default();
    options.root = NUMRES_ROOT_RESERVATION;
    records_open(&kept, grant, &wanted);
    numres_parser *parser = records_parser(&kept, &options);
    cr_assert_eq(numres_parser_feed(parser, "{\"id\":\"a\"} ", 11, &consumed), NUMRES_PAUSED);
    cr_assert_eq(consumed, 10);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 0);
    cr_assert_eq(numres_parser_feed(parser, NULL, 0, &consumed), NUMRES_OK);
    cr_assert_eq(consumed, 0);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 1);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->position, 10);
    cr_assert_eq(numres_parser_feed(parser, " ", 1, &consumed), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    numres_parser_destroy(parser);
    records_close(&kept);
}

Test(answers, a_callback_that_is_owed_comes_with_finish) {
    wish wanted = {NUMRES_EVENT_RESERVATION, NUMRES_PAUSE};
    records kept;
    numres_options options = numres_options_default();
    options.root = NUMRES_ROOT_RESERVATION;
    records_open(&kept, grant, &wanted);
    numres_parser *parser = records_parser(&kept, &options);
    cr_assert_eq(numres_parser_feed(parser, "{\"id\":\"a\"}", 10, NULL), NUMRES_PAUSED);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 1);
    numres_parser_destroy(parser);
    records_close(&kept);
}

/* A numeral at the root ends only with the input. */
Test(answers, a_pause_from_finish) {
    wish wanted = {NUMRES_EVENT_DOCUMENT_END, NUMRES_PAUSE};
    records kept;
    records_open(&kept, grant, &wanted);
    numres_parser *parser = records_parser(&kept, NULL);
    cr_assert_eq(numres_parser_feed(parser, "12", 2, NULL), NUMRES_OK);
    cr_assert_eq(kept.count, 0);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_PAUSED);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->position, 2);
    cr_assert_eq(numres_parser_position(parser), 2);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 1);
    numres_parser_destroy(parser);
    records_close(&kept);
}

Test(answers, every_handler_pausing_changes_nothing) {
    /* read_document compares the runs with pauses and those without. */
    records kept = read_document(everything, NULL, NULL, NULL);
    expect_fine(&kept);
    cr_assert_eq(kept.count, 7);
    records_close(&kept);
}

/* ---- stop ---- */

static void expect_stop(numres_event kind, numres_answer answer, const char *last,
                        const char *path) {
    wish wanted = {kind, answer};
    records kept = read_document(everything, NULL, grant, &wanted);
    expect_error(&kept, NUMRES_STOPPED, end_of(everything, last), path);
    cr_assert_eq(kept.events[kept.count - 1].kind, kind, "a callback came after the stop");
    cr_assert_eq(kept.events[kept.count - 1].position, kept.error.offset);
    cr_assert_eq(kept.position, kept.error.offset);
    records_close(&kept);
}

/* The path names the containers that are open at the stop, and the record just completed. */
static void expect_stop_from_each(numres_answer answer) {
    expect_stop(NUMRES_EVENT_PHONE_NUMBER, answer, "'success'}", "data[0].phone_numbers[1]");
    expect_stop(NUMRES_EVENT_RESERVATION, answer, "'odd'}", "data[1]");
    expect_stop(NUMRES_EVENT_API_ERROR, answer, "'1'}", "errors[1]");
    expect_stop(NUMRES_EVENT_META, answer, "1}", "(root)");
    expect_stop(NUMRES_EVENT_DOCUMENT_END, answer, "1}}", "(root)");
}

Test(answers, a_stop_from_every_handler) {
    expect_stop_from_each(NUMRES_STOP);
    expect_stop(NUMRES_EVENT_PROBLEM, NUMRES_STOP, "'odd'", "data[0]");
}

Test(answers, an_answer_that_the_handler_may_not_give_stops) {
    expect_stop_from_each(NUMRES_LEAVE_OUT);
    expect_stop_from_each((numres_answer)99);
    expect_stop(NUMRES_EVENT_PROBLEM, NUMRES_PAUSE, "'odd'", "data[0]");
    expect_stop(NUMRES_EVENT_PROBLEM, (numres_answer)99, "'odd'", "data[0]");
}

Test(answers, a_stop_is_sticky) {
    wish wanted = {NUMRES_EVENT_PHONE_NUMBER, NUMRES_STOP};
    records kept;
    size_t consumed = 0;
    records_open(&kept, grant, &wanted);
    numres_parser *parser = records_parser(&kept, NULL);
    char *bytes = json(everything);
    cr_assert_eq(numres_parser_feed(parser, bytes, strlen(bytes), &consumed), NUMRES_STOPPED);
    cr_assert_eq(consumed, end_of(everything, "'success'}"));
    cr_assert_eq(numres_parser_feed(parser, bytes + consumed, 5, &consumed), NUMRES_STOPPED);
    cr_assert_eq(consumed, 0);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_STOPPED);
    cr_assert_eq(kept.count, 1);
    cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
    wanted.answer = NUMRES_GO_ON;
    records_forget(&kept);
    cr_assert_eq(numres_parser_feed(parser, bytes, strlen(bytes), &consumed), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    numres_parser_destroy(parser);
    free(bytes);
    records_close(&kept);
}

Test(answers, a_stop_from_finish) {
    wish wanted = {NUMRES_EVENT_PROBLEM, NUMRES_STOP};
    records kept = read_document("12", NULL, grant, &wanted);
    expect_error(&kept, NUMRES_STOPPED, 2, "(root)");
    cr_assert_eq(kept.count, 1);
    records_close(&kept);
}

/* ---- several documents ---- */

static void expect_documents(const char *text, size_t count, const uint64_t *offsets) {
    numres_options options = numres_options_default();
    options.several_documents = true;
    records kept = read_document(text, &options, NULL, NULL);
    expect_fine(&kept);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), count, "%s", kept.log);
    for (size_t at = 0; at < count; at++) {
        const numres_document *document = &event_of(&kept, NUMRES_EVENT_DOCUMENT_END, at)->document;
        cr_assert_eq(document->number, at);
        cr_assert_eq(document->offset, offsets[at], "%s", kept.log);
        cr_assert_eq(document->length, strlen("{'data':{'id':'x'}}"));
        cr_assert_eq(document->reservations, 1);
        cr_assert_eq(event_of(&kept, NUMRES_EVENT_RESERVATION, at)->reservation.index, 0);
    }
    cr_assert_eq(kept.position, strlen(text));
    records_close(&kept);
}

Test(answers, several_documents_glued_or_apart) {
    static const uint64_t glued[] = {0, 19, 38};
    static const uint64_t apart[] = {1, 22, 42};
    expect_documents("{'data':{'id':'x'}}", 1, glued);
    expect_documents("{'data':{'id':'x'}}{'data':{'id':'x'}}{'data':{'id':'x'}}", 3, glued);
    expect_documents("\n{'data':{'id':'x'}} \n{'data':{'id':'x'}}\n{'data':{'id':'x'}}\n ", 3,
                     apart);
}

Test(answers, an_error_names_its_document) {
    numres_options options = numres_options_default();
    options.several_documents = true;
    static const char text[] = "{'errors':[]}\n{'errors':[]}\n{'errors':[?]}";
    records kept = read_document(text, &options, NULL, NULL);
    expect_error(&kept, NUMRES_SYNTAX, offset_of(text, "?"), "errors[0]");
    cr_assert_eq(kept.error.document, 2);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 2);
    records_close(&kept);
}

Test(answers, a_problem_of_a_later_document_counts_from_the_streams_start) {
    numres_options options = numres_options_default();
    options.several_documents = true;
    static const char text[] = "{'errors':[]}\n{'data':{'status':'lost'}}";
    records kept = read_document(text, &options, NULL, NULL);
    expect_problem(&kept, 0, NUMRES_UNKNOWN_STATUS, offset_of(text, "'lost'"), "data.status",
                   "lost");
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->document.problems, 0);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 1)->document.problems, 1);
    records_close(&kept);
}

Test(answers, a_member_of_an_earlier_document_is_forgotten) {
    numres_options options = numres_options_default();
    options.several_documents = true;
    options.root = NUMRES_ROOT_RESERVATION;
    records kept =
        read_document("{'id':'a','status':'pending'}{'errors':'e'}", &options, NULL, NULL);
    const numres_reservation *second = &event_of(&kept, NUMRES_EVENT_RESERVATION, 1)->reservation;
    cr_assert_eq(second->present, 1u << NUMRES_RESERVATION_ERRORS);
    cr_assert(text_is(second->id, ""));
    cr_assert_eq(second->status.value, NUMRES_STATUS_UNKNOWN);
    records_close(&kept);
}

Test(answers, only_white_space_is_empty_input_with_several_documents_too) {
    numres_options options = numres_options_default();
    options.several_documents = true;
    records kept = read_document(" \n ", &options, NULL, NULL);
    expect_error(&kept, NUMRES_EMPTY_INPUT, 0, "(root)");
    records_close(&kept);
}

/* ---- the document's counts ---- */

Test(answers, what_the_document_end_tells) {
    static const char text[] =
        " {'data':[{'phone_numbers':[{},{'status':'odd'},{}]},{'phone_numbers':[{}]}],"
        "'meta':{}} ";
    wish wanted = {NUMRES_EVENT_PROBLEM, NUMRES_LEAVE_OUT};
    records kept = read_document(text, NULL, grant, &wanted);
    const numres_document *document = &event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->document;
    cr_assert_eq(document->number, 0);
    cr_assert_eq(document->offset, 1);
    cr_assert_eq(document->length, strlen(text) - 2);
    cr_assert_eq(document->envelopes, NUMRES_ENVELOPE_LIST);
    cr_assert_eq(document->reservations, 2);
    cr_assert_eq(document->phone_numbers, 3);
    cr_assert_eq(document->api_errors, 0);
    cr_assert_eq(document->problems, 1);
    cr_assert_eq(document->left_out, 1);
    records_close(&kept);
}

static uint32_t envelopes_of(const char *text, numres_root root) {
    numres_options options = numres_options_default();
    options.root = root;
    records kept = read_document(text, &options, NULL, NULL);
    expect_fine(&kept);
    uint32_t envelopes = event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->document.envelopes;
    records_close(&kept);
    return envelopes;
}

Test(answers, the_envelopes_of_a_document) {
    cr_assert_eq(envelopes_of("{'data':[]}", NUMRES_ROOT_ENVELOPE), NUMRES_ENVELOPE_LIST);
    cr_assert_eq(envelopes_of("{'data':{}}", NUMRES_ROOT_ENVELOPE), NUMRES_ENVELOPE_SINGLE);
    cr_assert_eq(envelopes_of("{'errors':[]}", NUMRES_ROOT_ENVELOPE), NUMRES_ENVELOPE_ERRORS);
    cr_assert_eq(envelopes_of("{'errors':[{}],'data':{}}", NUMRES_ROOT_ENVELOPE),
                 NUMRES_ENVELOPE_ERRORS | NUMRES_ENVELOPE_SINGLE);
    cr_assert_eq(envelopes_of("{}", NUMRES_ROOT_ENVELOPE), 0);
    cr_assert_eq(envelopes_of("[]", NUMRES_ROOT_ENVELOPE), 0);
    cr_assert_eq(envelopes_of("{}", NUMRES_ROOT_RESERVATION), NUMRES_ENVELOPE_BARE);
    cr_assert_eq(envelopes_of("[]", NUMRES_ROOT_RESERVATION), 0);
}

/* ---- numres_parse ---- */

Test(answers, parse_reads_a_whole_buffer) {
    records kept;
    numres_error error = numres_error_default();
    records_open(&kept, NULL, NULL);
    cr_assert_eq(parse_document(everything, NULL, &kept.trace, &error), NUMRES_OK);
    cr_assert_eq(error.code, NUMRES_OK);
    cr_assert_eq(kept.count, 7);
    records_close(&kept);
}

Test(answers, parse_goes_on_at_a_pause) {
    wish wanted = {NUMRES_EVENT_PHONE_NUMBER, NUMRES_PAUSE};
    records kept;
    records_open(&kept, grant, &wanted);
    cr_assert_eq(parse_document(everything, NULL, &kept.trace, NULL), NUMRES_OK);
    cr_assert_eq(kept.count, 7);
    wanted.kind = NUMRES_EVENT_DOCUMENT_END;
    records_forget(&kept);
    cr_assert_eq(parse_document("12", NULL, &kept.trace, NULL), NUMRES_OK);
    records_close(&kept);
}

Test(answers, parse_copies_the_error) {
    records kept;
    numres_error error = numres_error_default();
    records_open(&kept, NULL, NULL);
    cr_assert_eq(parse_document("{'data':[{'id':?", NULL, &kept.trace, &error), NUMRES_SYNTAX);
    cr_assert_eq(error.code, NUMRES_SYNTAX);
    cr_assert_eq(error.offset, 15);
    cr_assert_str_eq(error.path, "data[0].id");
    cr_assert_eq(parse_document("{'data':[{'id':?", NULL, &kept.trace, NULL), NUMRES_SYNTAX);
    cr_assert_eq(numres_parse(NULL, 0, NULL, NULL, NULL, &error), NUMRES_EMPTY_INPUT);
    cr_assert_eq(error.code, NUMRES_EMPTY_INPUT);
    records_close(&kept);
}

Test(answers, parse_returns_what_create_does) {
    numres_options options = numres_options_default();
    options.max_depth = 0;
    cr_assert_eq(numres_parse("{}", 2, &options, NULL, NULL, NULL), NUMRES_WRONG_OPTION);
    options.size = 0;
    cr_assert_eq(numres_parse("{}", 2, &options, NULL, NULL, NULL), NUMRES_WRONG_USE);
    cr_assert_eq(numres_parse(NULL, 2, NULL, NULL, NULL, NULL), NUMRES_WRONG_USE);
}
