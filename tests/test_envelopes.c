/* Problems of the root, of the envelopes and of their elements. */
#include "records.h"

#include <criterion/criterion.h>
#include <string.h>

static records read_plain(const char *text) {
    records kept = read_document(text, NULL, NULL, NULL);
    expect_fine(&kept);
    return kept;
}

static void expect_position(const records *kept, size_t index, uint64_t position) {
    cr_assert_eq(event_of(kept, NUMRES_EVENT_PROBLEM, index)->position, position, "%s", kept->log);
}

Test(envelopes, mixed_envelope_in_both_orders) {
    static const char first[] = "{'data':{'id':'a'},'errors':[{'code':'1'}]}";
    records kept = read_plain(first);
    expect_problem_count(&kept, 1);
    expect_problem(&kept, 0, NUMRES_MIXED_ENVELOPE, offset_of(first, "[{"), "errors", "");
    expect_position(&kept, 0, end_of(first, "'errors':[{"));
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_RESERVATION), 1);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_API_ERROR), 1);
    records_close(&kept);
    static const char second[] = "{'errors':[{}],'data':[{'id':'a'}]}";
    kept = read_plain(second);
    expect_problem_count(&kept, 1);
    expect_problem(&kept, 0, NUMRES_MIXED_ENVELOPE, offset_of(second, "[{'id"), "data", "");
    expect_position(&kept, 0, end_of(second, "'data':["));
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_RESERVATION), 1);
    records_close(&kept);
}

static numres_answer keep_found(numres_parser *parser, const numres_problem *problem, void *user) {
    numres_json_type *found = user;
    (void)parser;
    *found = problem->found;
    return NUMRES_GO_ON;
}

Test(envelopes, what_makes_an_envelope_mixed_is_found) {
    static const struct {
        const char *text;
        numres_json_type found;
    } cases[] = {
        {"{\"data\":[],\"errors\":[{}]}", NUMRES_JSON_ARRAY},
        {"{\"data\":[],\"errors\":[\"x\"]}", NUMRES_JSON_ARRAY},
        {"{\"errors\":[{}],\"data\":[]}", NUMRES_JSON_ARRAY},
        {"{\"errors\":[{}],\"data\":{}}", NUMRES_JSON_OBJECT},
    };
    numres_handlers handlers = numres_handlers_default();
    handlers.on_problem = keep_found;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        numres_json_type found = NUMRES_JSON_NONE;
        const char *text = cases[i].text;
        cr_assert_eq(numres_parse(text, strlen(text), NULL, &handlers, &found, NULL), NUMRES_OK);
        cr_expect_eq(found, cases[i].found, "%s", text);
    }
}

/* ---- envelopes that only several members together identify ---- */

/* Reads a document without problems. Returns its envelopes. */
static uint32_t envelopes_of(const char *text, uint64_t reservations, uint64_t api_errors) {
    records kept = read_plain(text);
    const numres_document *document = &event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->document;
    uint32_t envelopes = document->envelopes;
    expect_problem_count(&kept, 0);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_RESERVATION), reservations, "%s", kept.log);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_API_ERROR), api_errors, "%s", kept.log);
    cr_assert_eq(document->api_errors, api_errors, "%s", kept.log);
    records_close(&kept);
    return envelopes;
}

Test(envelopes, null_data_is_an_empty_list) {
    static const char *const texts[] = {
        "{'data':null}",
        "{'data':null,'meta':{'total_pages':0}}",
        "{'meta':{'total_pages':0},'data':null}",
        "{'data':null,'errors':null}",
        "{'errors':null,'data':null}",
        "{'data':null,'errors':[]}",
        "{'errors':[],'data':null}",
        "{'data':null,'message':'ok','code':200}",
        "{'data':null,'error':null}",
        "{'error':'','data':null}",
        "{'error':false,'data':null}",
        "{'error':0,'data':null}",
        "{'error':{},'data':null}",
        "{'error':[],'data':null}",
    };
    for (size_t at = 0; at < sizeof texts / sizeof texts[0]; at++)
        cr_assert_eq(envelopes_of(texts[at], 0, 0), NUMRES_ENVELOPE_LIST, "%s", texts[at]);
}

Test(envelopes, null_data_beside_errors_is_a_refusal) {
    cr_assert_eq(envelopes_of("{'data':null,'errors':[{}]}", 0, 1), NUMRES_ENVELOPE_ERRORS);
    cr_assert_eq(envelopes_of("{'errors':[{}],'data':null}", 0, 1), NUMRES_ENVELOPE_ERRORS);
    cr_assert_eq(envelopes_of("{'errors':['x'],'data':null}", 0, 1), NUMRES_ENVELOPE_ERRORS);
    cr_assert_eq(envelopes_of("{'data':null,'errors':['x','y']}", 0, 2), NUMRES_ENVELOPE_ERRORS);
}

Test(envelopes, no_errors_beside_data_say_that_there_is_none) {
    static const char *const texts[] = {
        "{'data':[{}],'errors':[]}",
        "{'errors':[],'data':[{}]}",
        "{'data':[{}],'errors':null}",
        "{'errors':null,'data':[{}]}",
        "{'errors':[],'meta':{},'data':[{}]}",
        "{'data':[{}],'message':'ok','error':'no'}",
        "{'message':'ok','error':{'code':'1'},'data':[{}]}",
    };
    for (size_t at = 0; at < sizeof texts / sizeof texts[0]; at++)
        cr_assert_eq(envelopes_of(texts[at], 1, 0), NUMRES_ENVELOPE_LIST, "%s", texts[at]);
    cr_assert_eq(envelopes_of("{'errors':[],'data':{}}", 1, 0), NUMRES_ENVELOPE_SINGLE);
    cr_assert_eq(envelopes_of("{'data':{},'errors':[]}", 1, 0), NUMRES_ENVELOPE_SINGLE);
    cr_assert_eq(envelopes_of("{'errors':[]}", 0, 0), NUMRES_ENVELOPE_ERRORS);
    cr_assert_eq(envelopes_of("{'errors':[],'meta':{}}", 0, 0), NUMRES_ENVELOPE_ERRORS);
}

Test(envelopes, each_document_of_a_stream_speaks_for_itself) {
    static const char text[] = "{'data':null}{'errors':[]}{'error':'x'}{'error':{'code':'1'}}"
                               "{'x':1}{'errors':[],'data':[]}{'message':'m'} {}";
    static const uint32_t envelopes[] = {NUMRES_ENVELOPE_LIST,
                                         NUMRES_ENVELOPE_ERRORS,
                                         NUMRES_ENVELOPE_ERRORS,
                                         NUMRES_ENVELOPE_ERRORS,
                                         0,
                                         NUMRES_ENVELOPE_LIST,
                                         NUMRES_ENVELOPE_ERRORS,
                                         0};
    numres_options options = numres_options_default();
    options.several_documents = true;
    records kept = read_document(text, &options, NULL, NULL);
    expect_fine(&kept);
    for (size_t at = 0; at < sizeof envelopes / sizeof envelopes[0]; at++)
        cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, at)->document.envelopes,
                     envelopes[at], "%zu: %s", at, kept.log);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_API_ERROR), 3);
    records_close(&kept);
}

Test(envelopes, no_envelope) {
    static const char *const texts[] = {" {} ",       " {'id':'x','status':'odd'} ",
                                        " [{}] ",     " {'errors':null} ",
                                        " {'x':[]} ", " {'error':{}} ",
                                        " null ",     " {'meta':{}} "};
    for (size_t at = 0; at < sizeof texts / sizeof texts[0]; at++) {
        records kept = read_plain(texts[at]);
        expect_problem_count(&kept, 1);
        const event *now = event_of(&kept, NUMRES_EVENT_PROBLEM, 0);
        cr_assert_eq(now->problem.code, NUMRES_NO_ENVELOPE);
        cr_assert_eq(now->problem.offset, 1);
        cr_assert_eq(now->position, strlen(texts[at]) - 1);
        cr_assert(text_is(now->problem.path, "(root)"));
        cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->document.envelopes, 0);
        cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->position,
                     strlen(texts[at]) - 1);
        records_close(&kept);
    }
}

Test(envelopes, no_envelope_names_the_option_when_the_root_looks_like_a_reservation) {
    records plain = read_plain("{'x':1}");
    records bare = read_plain("{'id':'x','record_type':'number_reservation','status':'pending'}");
    cr_assert_str_neq(event_of(&plain, NUMRES_EVENT_PROBLEM, 0)->problem.sentence,
                      event_of(&bare, NUMRES_EVENT_PROBLEM, 0)->problem.sentence);
    records_close(&plain);
    records_close(&bare);
}

Test(envelopes, envelopes_of_a_wrong_type) {
    static const struct {
        const char *text;
        const char *path;
        const char *raw;
    } cases[] = {
        {"{'data':'text'}", "data", "text"}, {"{'data':12}", "data", "12"},
        {"{'data':true}", "data", "true"},   {"{'errors':{}}", "errors", ""},
        {"{'errors':''}", "errors", ""},     {"{'errors':false}", "errors", "false"},
    };
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        records kept = read_plain(cases[at].text);
        expect_problem_count(&kept, 2);
        uint64_t offset = strlen(cases[at].path) + 4;
        expect_problem(&kept, 0, NUMRES_WRONG_TYPE, offset, cases[at].path, cases[at].raw);
        cr_assert_eq(event_of(&kept, NUMRES_EVENT_PROBLEM, 1)->problem.code, NUMRES_NO_ENVELOPE);
        records_close(&kept);
    }
}

Test(envelopes, what_was_expected_and_found) {
    static const struct {
        const char *text;
        const char *expected;
        numres_json_type found;
    } cases[] = {
        {"{'data':5}", "an array or an object", NUMRES_JSON_NUMBER},
        {"{'errors':{}}", "an array", NUMRES_JSON_OBJECT},
        {"{'data':[],'meta':[]}", "an object", NUMRES_JSON_ARRAY},
        {"{'data':[true]}", "an object", NUMRES_JSON_BOOLEAN},
        {"{'data':{'phone_numbers':['x']}}", "an object", NUMRES_JSON_STRING},
        {"{'errors':[null]}", "an object or a string", NUMRES_JSON_NULL},
        {"{'errors':[[]]}", "an object or a string", NUMRES_JSON_ARRAY},
        {"[]", NULL, NUMRES_JSON_ARRAY},
        {"7", NULL, NUMRES_JSON_NUMBER},
        {"{'data':{'status':'odd'}}", NULL, NUMRES_JSON_STRING},
        {"{'data':{'id':'a','id':{}}}", NULL, NUMRES_JSON_OBJECT},
        {"{'errors':[{}],'data':{}}", NULL, NUMRES_JSON_OBJECT},
    };
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        records kept = read_plain(cases[at].text);
        const numres_problem *problem = &event_of(&kept, NUMRES_EVENT_PROBLEM, 0)->problem;
        cr_assert_eq(problem->found, cases[at].found, "%s", kept.log);
        cr_assert_eq(problem->expected == NULL, cases[at].expected == NULL, "%s", kept.log);
        if (problem->expected != NULL)
            cr_assert_str_eq(problem->expected, cases[at].expected);
        records_close(&kept);
    }
}

Test(envelopes, meta_of_a_wrong_type) {
    static const char text[] = "{'meta':[{'page_size':1}],'data':[]}";
    records kept = read_plain(text);
    expect_problem_count(&kept, 1);
    expect_problem(&kept, 0, NUMRES_WRONG_TYPE, 8, "meta", "");
    expect_position(&kept, 0, end_of(text, "1}]"));
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_META), 0);
    records_close(&kept);
    kept = read_plain("{'meta':null,'data':[],'errors':null}");
    expect_problem_count(&kept, 0);
    records_close(&kept);
}

Test(envelopes, elements_of_a_wrong_type) {
    static const char text[] = "{'data':[null,{'phone_numbers':[7,{'id':'n'},null,[1]]},'x'],"
                               "'errors':[null,{'code':'1'},[]]}";
    records kept = read_plain(text);
    expect_problem_count(&kept, 8);
    expect_problem(&kept, 0, NUMRES_WRONG_TYPE, offset_of(text, "null"), "data[0]", "null");
    expect_problem(&kept, 1, NUMRES_WRONG_TYPE, offset_of(text, "7,"), "data[1].phone_numbers[0]",
                   "7");
    expect_problem(&kept, 2, NUMRES_WRONG_TYPE, offset_of(text, "null,[1]"),
                   "data[1].phone_numbers[2]", "null");
    expect_problem(&kept, 3, NUMRES_WRONG_TYPE, offset_of(text, "[1]"), "data[1].phone_numbers[3]",
                   "");
    expect_position(&kept, 3, end_of(text, "[1]"));
    expect_problem(&kept, 4, NUMRES_WRONG_TYPE, offset_of(text, "'x'"), "data[2]", "x");
    expect_problem(&kept, 5, NUMRES_MIXED_ENVELOPE, offset_of(text, "[null,{'code"), "errors", "");
    expect_problem(&kept, 6, NUMRES_WRONG_TYPE, offset_of(text, "null,{'code"), "errors[0]",
                   "null");
    expect_problem(&kept, 7, NUMRES_WRONG_TYPE, offset_of(text, "[]]}"), "errors[2]", "");
    const event *now = event_of(&kept, NUMRES_EVENT_RESERVATION, 0);
    cr_assert_eq(now->reservation.index, 1);
    cr_assert_eq(now->reservation.phone_number_count, 4);
    cr_assert_eq(now->reservation.invalid, 0);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_PHONE_NUMBER, 0)->phone_number.index, 1);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_API_ERROR, 0)->api_error.index, 1);
    records_close(&kept);
}

Test(envelopes, a_bare_root_of_a_wrong_type) {
    static const struct {
        const char *text;
        const char *raw;
    } cases[] = {{" null ", "null"},
                 {" 12 ", "12"},
                 {" 'x' ", "x"},
                 {" true ", "true"},
                 {" [{'id':'x'}] ", ""}};
    numres_options options = numres_options_default();
    options.root = NUMRES_ROOT_RESERVATION;
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        records kept = read_document(cases[at].text, &options, NULL, NULL);
        expect_fine(&kept);
        expect_problem_count(&kept, 1);
        expect_problem(&kept, 0, NUMRES_WRONG_TYPE, 1, "(root)", cases[at].raw);
        expect_position(&kept, 0, strlen(cases[at].text) - 1);
        cr_assert_eq(count_of(&kept, NUMRES_EVENT_RESERVATION), 0);
        cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 1);
        records_close(&kept);
    }
}

Test(envelopes, paths_of_a_bare_reservation) {
    numres_options options = numres_options_default();
    options.root = NUMRES_ROOT_RESERVATION;
    static const char text[] = "{'phone_numbers':[{'status':'odd'}],'status':'lost'}";
    records kept = read_document(text, &options, NULL, NULL);
    expect_problem(&kept, 0, NUMRES_UNKNOWN_STATUS, offset_of(text, "'odd'"),
                   "phone_numbers[0].status", "odd");
    expect_problem(&kept, 1, NUMRES_UNKNOWN_STATUS, offset_of(text, "'lost'"), "status", "lost");
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_RESERVATION, 0)->reservation.index, 0);
    records_close(&kept);
}

/* ---- elements ---- */

static uint64_t elements_of(const char *text) {
    numres_options options = numres_options_default();
    options.several_documents = true;
    records kept = read_document(text, &options, NULL, NULL);
    expect_fine(&kept);
    uint64_t elements = event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->document.elements;
    records_close(&kept);
    return elements;
}

Test(envelopes, elements_are_those_of_the_data_array_whatever_became_of_them) {
    cr_assert_eq(elements_of("{'data':[]}"), 0);
    cr_assert_eq(elements_of("{'data':[{},{'id':'a','phone_numbers':[{},{},{}]}]}"), 2);
    cr_assert_eq(elements_of("{'meta':{},'data':[{},null,7,'x',[{}],{}]}"), 6);
    cr_assert_eq(elements_of("{'data':[{}],'data':[{},{}]}"), 1); /* the first array counts */
    cr_assert_eq(elements_of("{'other':[1,2,3],'data':[{}],'errors':[{},{}]}"), 1);
    cr_assert_eq(elements_of("{'data':[{},{}]}{'data':[]}"), 2);
}

Test(envelopes, elements_are_0_where_data_is_no_array) {
    cr_assert_eq(elements_of("{'data':{'phone_numbers':[{},{}]}}"), 0);
    cr_assert_eq(elements_of("{'data':null}"), 0);
    cr_assert_eq(elements_of("{'errors':[{},{}]}"), 0);
    cr_assert_eq(elements_of("{'data':{}}{'data':[{}]}"), 0);
}
