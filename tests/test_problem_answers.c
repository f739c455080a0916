/* What on_problem may answer: go on, leave out, stop; and the option strict. */
#include "records.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Returns `answer` to problems of one code (NUMRES_OK: to all). */
typedef struct verdict {
    numres_code code;
    numres_answer answer;
} verdict;

static numres_answer judge(numres_parser *parser, const event *now, void *context) {
    const verdict *wanted = context;
    (void)parser;
    if (now->kind != NUMRES_EVENT_PROBLEM) {
        return NUMRES_GO_ON;
    }
    bool meant = wanted->code == NUMRES_OK || wanted->code == now->problem.code;
    return meant ? wanted->answer : NUMRES_GO_ON;
}

static records read_leaving_out(const char *text, const numres_options *options) {
    verdict wanted = {NUMRES_OK, NUMRES_LEAVE_OUT};
    records kept = read_document(text, options, judge, &wanted);
    expect_fine(&kept);
    return kept;
}

static void expect_counts(const records *kept, uint64_t reservations, uint64_t phone_numbers,
                          uint64_t api_errors, uint64_t problems, uint64_t left_out) {
    const numres_document *document = &event_of(kept, NUMRES_EVENT_DOCUMENT_END, 0)->document;
    cr_assert_eq(document->reservations, reservations, "%s", kept->log);
    cr_assert_eq(document->phone_numbers, phone_numbers, "%s", kept->log);
    cr_assert_eq(document->api_errors, api_errors, "%s", kept->log);
    cr_assert_eq(document->problems, problems, "%s", kept->log);
    cr_assert_eq(document->left_out, left_out, "%s", kept->log);
    cr_assert_eq(count_of(kept, NUMRES_EVENT_RESERVATION), reservations);
    cr_assert_eq(count_of(kept, NUMRES_EVENT_PHONE_NUMBER), phone_numbers);
    cr_assert_eq(count_of(kept, NUMRES_EVENT_API_ERROR), api_errors);
    cr_assert_eq(count_of(kept, NUMRES_EVENT_PROBLEM), problems);
}

/* ---- leave out ---- */

Test(problem_answers, a_number_is_left_out_alone) {
    static const char text[] =
        "{'data':[{'id':'a','phone_numbers':[{'id':'0'},{'id':'1','status':'odd'},{'id':'2'}]}]}";
    records kept = read_leaving_out(text, NULL);
    expect_counts(&kept, 1, 2, 0, 1, 1);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_PHONE_NUMBER, 0)->phone_number.index, 0);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_PHONE_NUMBER, 1)->phone_number.index, 2);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation.phone_number_count, 3);
    records_close(&kept);
}

Test(problem_answers, a_reservation_is_left_out_with_its_later_numbers) {
    static const char text[] = "{'data':[{'phone_numbers':[{'id':'0'},7,{'id':'1'},{'id':'2'}],"
                               "'status':'success'},{'id':'next','phone_numbers':[{}]}]}";
    records kept = read_leaving_out(text, NULL);
    expect_counts(&kept, 1, 2, 0, 1, 3);
    const event *next = event_of(&kept, NUMRES_EVENT_RESERVATION, 0);
    cr_assert_eq(next->reservation.index, 1);
    cr_assert(text_is(next->reservation.id, "next"));
    records_close(&kept);
    static const char before[] = "{'data':{'status':'odd','phone_numbers':[{},{},{}]}}";
    kept = read_leaving_out(before, NULL);
    expect_counts(&kept, 0, 0, 0, 1, 4);
    records_close(&kept);
    static const char after[] = "{'data':{'phone_numbers':[{},{},{}],'status':'odd'}}";
    kept = read_leaving_out(after, NULL);
    expect_counts(&kept, 0, 3, 0, 1, 1);
    records_close(&kept);
}

Test(problem_answers, what_is_left_out_is_still_checked) {
    static const char text[] =
        "{'data':{'status':'odd','created_at':'never','phone_numbers':[{'status':7},{}],"
        "'id':'a','id':'b'}}";
    records kept = read_leaving_out(text, NULL);
    expect_counts(&kept, 0, 0, 0, 4, 3);
    expect_problem(&kept, 1, NUMRES_BAD_TIMESTAMP, offset_of(text, "'never"), "data.created_at",
                   "never");
    expect_problem(&kept, 2, NUMRES_WRONG_TYPE, offset_of(text, "7}"),
                   "data.phone_numbers[0].status", "7");
    expect_problem(&kept, 3, NUMRES_DUPLICATE_MEMBER, offset_of(text, "'b'"), "data.id", "b");
    records_close(&kept);
    records broken = read_document("{'data':{'status':'odd','id':?", NULL, judge,
                                   &(verdict){NUMRES_OK, NUMRES_LEAVE_OUT});
    expect_error(&broken, NUMRES_SYNTAX, 29, "data.id");
    records_close(&broken);
}

Test(problem_answers, an_api_error_is_left_out) {
    static const char text[] = "{'errors':[{'code':'1'},{'source':{'pointer':7},'code':'2'},"
                               "{'code':'3'},{'meta':[]},{'code':'4'}]}";
    records kept = read_leaving_out(text, NULL);
    expect_counts(&kept, 0, 0, 3, 2, 2);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_API_ERROR, 0)->api_error.index, 0);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_API_ERROR, 1)->api_error.index, 2);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_API_ERROR, 2)->api_error.index, 4);
    records_close(&kept);
}

Test(problem_answers, meta_is_left_out) {
    records kept = read_leaving_out("{'data':[{}],'meta':{'page_size':-1,'total_pages':1}}", NULL);
    expect_counts(&kept, 1, 0, 0, 1, 1);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_META), 0);
    records_close(&kept);
}

Test(problem_answers, missing_and_duplicate_members_leave_out_too) {
    numres_options options = numres_options_default();
    options.require_members = true;
    records kept = read_leaving_out("{'errors':[{'code':'1'},{'code':'2','title':''}]}", &options);
    expect_counts(&kept, 0, 0, 1, 1, 1);
    records_close(&kept);
    kept = read_leaving_out("{'data':[{'id':'a','id':'b'},{'phone_numbers':[],"
                            "'phone_numbers':[{}]},{}]}",
                            NULL);
    expect_counts(&kept, 1, 0, 0, 2, 2);
    records_close(&kept);
}

Test(problem_answers, outside_a_record_leave_out_means_go_on) {
    static const char text[] =
        "{'data':[7,{'id':'a'},null],'errors':[1,{'code':'1'}],'meta':[],'meta':{}}";
    records kept = read_leaving_out(text, NULL);
    expect_counts(&kept, 1, 0, 1, 6, 0);
    records_close(&kept);
    kept = read_leaving_out("{'data':'x'}", NULL);
    expect_counts(&kept, 0, 0, 0, 2, 0);
    records_close(&kept);
}

Test(problem_answers, a_bare_reservation_is_left_out) {
    numres_options options = numres_options_default();
    options.root = NUMRES_ROOT_RESERVATION;
    records kept = read_leaving_out("{'phone_numbers':[{}],'status':'odd'}", &options);
    expect_counts(&kept, 0, 1, 0, 1, 1);
    records_close(&kept);
    kept = read_leaving_out("12", &options);
    expect_counts(&kept, 0, 0, 0, 1, 0);
    records_close(&kept);
}

Test(problem_answers, left_out_is_forgotten_with_the_next_document) {
    numres_options options = numres_options_default();
    options.root = NUMRES_ROOT_RESERVATION;
    options.several_documents = true;
    records kept = read_leaving_out("{'status':'odd'}{'id':'b'}", &options);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_RESERVATION), 1);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->document.left_out, 1);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 1)->document.left_out, 0);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 1)->document.reservations, 1);
    records_close(&kept);
}

/* ---- one problem of each code ---- */

typedef struct example {
    const char *text;
    numres_code code;
    const char *value; /* its first bytes */
    const char *path;
    const char *stop_path; /* of the stop, which comes after the value */
    const char *end;       /* its last bytes */
} example;

static const example examples[] = {
    {"{'data':[{'status':'odd'}]}", NUMRES_UNKNOWN_STATUS, "'odd", "data[0].status", "data[0]",
     "odd'"},
    {"{'data':{'created_at':'now'}}", NUMRES_BAD_TIMESTAMP, "'now", "data.created_at", "data",
     "now'"},
    {"{'data':{'id':[1]}}", NUMRES_WRONG_TYPE, "[1", "data.id", "data", "[1]"},
    {"{'data':{'record_type':''}}", NUMRES_WRONG_RECORD_TYPE, "''", "data.record_type", "data",
     "''"},
    {"{'errors':[{'code':'1','code':{}}]}", NUMRES_DUPLICATE_MEMBER, "{}", "errors[0].code",
     "errors[0]", "{}"},
    {"{'meta':{'page_size':-1}}", NUMRES_INTEGER_OUT_OF_RANGE, "-1", "meta.page_size", "meta",
     "-1"},
    {"{'data':{'id':'0123456789abcdefghijklmnopq'}}", NUMRES_VALUE_TOO_LONG, "'012", "data.id",
     "data", "opq'"},
    {"{'data':{'phone_numbers':[{'phone_number':'1'}]}}", NUMRES_BAD_PHONE_NUMBER, "'1'",
     "data.phone_numbers[0].phone_number", "data.phone_numbers[0]", "'1'"},
    {"{'errors':[{'title':''}]}", NUMRES_MISSING_MEMBER, "}]}", "errors[0].code", "errors[1]",
     "''}"},
    {"{'errors':[{}],'data':[]}", NUMRES_MIXED_ENVELOPE, "[]}", "data", "data[0]", "'data':["},
    {"{'data':[],'errors':[{}]}", NUMRES_MIXED_ENVELOPE, "[{}]", "errors", "errors[0]",
     "'errors':[{"},
    {"{'data':[],'errors':['x']}", NUMRES_MIXED_ENVELOPE, "['x']", "errors", "errors[1]", "'x'"},
    {"{'x':{}}", NUMRES_NO_ENVELOPE, "{'x'", "(root)", "(root)", "{}}"},
};
enum { EXAMPLE_COUNT = sizeof examples / sizeof examples[0] };

static numres_options picky(bool strict) {
    numres_options options = numres_options_default();
    options.strict = strict;
    options.check_e164 = true;
    options.max_value_length = 26;
    return options;
}

static numres_options picky_for(const example *one, bool strict) {
    numres_options options = picky(strict);
    options.require_members = one->code == NUMRES_MISSING_MEMBER;
    return options;
}

Test(problem_answers, going_on_at_each_code) {
    for (size_t at = 0; at < EXAMPLE_COUNT; at++) {
        numres_options options = picky_for(&examples[at], false);
        records kept = read_document(examples[at].text, &options, NULL, NULL);
        expect_fine(&kept);
        const event *now = event_of(&kept, NUMRES_EVENT_PROBLEM, 0);
        cr_assert_eq(now->problem.code, examples[at].code, "%s", kept.log);
        cr_assert_eq(now->problem.offset, offset_of(examples[at].text, examples[at].value), "%s",
                     kept.log);
        cr_assert(text_is(now->problem.path, examples[at].path), "%s", kept.log);
        cr_assert_eq(now->position, end_of(examples[at].text, examples[at].end), "%s", kept.log);
        cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 1);
        records_close(&kept);
    }
}

Test(problem_answers, stopping_at_each_code) {
    for (size_t at = 0; at < EXAMPLE_COUNT; at++) {
        numres_options options = picky_for(&examples[at], false);
        verdict wanted = {examples[at].code, NUMRES_STOP};
        records kept = read_document(examples[at].text, &options, judge, &wanted);
        expect_error(&kept, NUMRES_STOPPED, end_of(examples[at].text, examples[at].end),
                     examples[at].stop_path);
        cr_assert_eq(kept.events[kept.count - 1].problem.code, examples[at].code);
        records_close(&kept);
    }
}

Test(problem_answers, strict_makes_each_code_an_error) {
    for (size_t at = 0; at < EXAMPLE_COUNT; at++) {
        numres_options options = picky_for(&examples[at], true);
        records kept = read_document(examples[at].text, &options, NULL, NULL);
        expect_error(&kept, examples[at].code, offset_of(examples[at].text, examples[at].value),
                     examples[at].path);
        cr_assert_eq(count_of(&kept, NUMRES_EVENT_PROBLEM), 0);
        cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 0);
        records_close(&kept);
    }
}

Test(problem_answers, strict_keeps_what_was_delivered) {
    numres_options options = picky(true);
    static const char text[] = "{'data':[{'id':'a'},{'phone_numbers':[{}],'status':'odd'}]}";
    records kept = read_document(text, &options, NULL, NULL);
    expect_error(&kept, NUMRES_UNKNOWN_STATUS, offset_of(text, "'odd'"), "data[1].status");
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_RESERVATION), 1);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_PHONE_NUMBER), 1);
    records_close(&kept);
}

Test(problem_answers, strict_is_sticky_and_reset_forgets) {
    numres_options options = picky(true);
    numres_parser *parser = NULL;
    cr_assert_eq(numres_parser_create(&parser, &options, NULL, NULL), NUMRES_OK);
    static const char text[] = "{\"meta\":{\"page_size\":\"x\"}}";
    size_t consumed = 77;
    cr_assert_eq(numres_parser_feed(parser, text, strlen(text), &consumed), NUMRES_WRONG_TYPE);
    cr_assert_eq(consumed, 21);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_WRONG_TYPE);
    cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
    cr_assert_eq(numres_parser_feed(parser, "{\"data\":[]}", 11, NULL), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    numres_parser_destroy(parser);
}

Test(problem_answers, without_the_handler_it_goes_on_and_counts) {
    static const char text[] = "{'data':[{'status':'odd','phone_numbers':[{},{'id':7}]}]}";
    records kept;
    numres_handlers handlers = trace_handlers();
    handlers.on_problem = NULL;
    char *bytes = json(text);
    records_open(&kept, NULL, NULL);
    cr_assert_eq(numres_parse(bytes, strlen(text), NULL, &handlers, &kept, NULL), NUMRES_OK);
    const numres_document *document = &event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->document;
    cr_assert_eq(document->problems, 2);
    cr_assert_eq(document->left_out, 0);
    cr_assert_eq(document->reservations, 1);
    cr_assert_eq(document->phone_numbers, 2);
    records_close(&kept);
    free(bytes);
}
