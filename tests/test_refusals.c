/* API errors that are not objects in an array: strings in it, and the members of a root
   without data or errors. */
#include "both_lanes.h"
#include "records.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static records read_plain(const char *text) {
    records kept = read_document(text, NULL, NULL, NULL);
    expect_fine(&kept);
    return kept;
}

/* A document that is one API error, without problems. */
typedef struct refusal {
    const char *text;
    const char *code, *title, *detail, *message, *type; /* NULL: empty */
} refusal;

static const char *or_empty(const char *text) {
    return text != NULL ? text : "";
}

static void expect_api_error(const refusal *wanted, bool of_root) {
    records kept = read_plain(wanted->text);
    const event *now = event_of(&kept, NUMRES_EVENT_API_ERROR, 0);
    expect_problem_count(&kept, 0);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_API_ERROR), 1, "%s", kept.log);
    cr_assert_eq(now->api_error.of_root, of_root, "%s", kept.log);
    cr_assert_eq(now->api_error.index, 0);
    cr_assert(text_is(now->api_error.code, or_empty(wanted->code)), "%s", kept.log);
    cr_assert(text_is(now->api_error.title, or_empty(wanted->title)), "%s", kept.log);
    cr_assert(text_is(now->api_error.detail, or_empty(wanted->detail)), "%s", kept.log);
    cr_assert(text_is(now->api_error.message, or_empty(wanted->message)), "%s", kept.log);
    cr_assert(text_is(now->api_error.type, or_empty(wanted->type)), "%s", kept.log);
    now = event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0);
    cr_assert_eq(now->document.envelopes, NUMRES_ENVELOPE_ERRORS);
    cr_assert_eq(now->document.api_errors, 1);
    records_close(&kept);
    expect_both_lanes_everywhere(wanted->text, "-");
    expect_both_lanes_everywhere(wanted->text, "strict");
}

Test(refusals, elements_of_errors_in_other_shapes) {
    static const refusal refusals[] = {
        {"{'errors':['too large']}", NULL, NULL, "too large", "too large", NULL},
        {"{'errors':['\\u00e9']}", NULL, NULL, "\xc3\xa9", "\xc3\xa9", NULL},
        {"{'errors':['']}", NULL, NULL, NULL, NULL, NULL},
        {"{'errors':[{'message':'m'}]}", NULL, NULL, "m", "m", NULL},
        {"{'errors':[{'message':'m','detail':'d','type':'t'}]}", NULL, NULL, "d", "m", "t"},
        {"{'errors':[{'message':'m','description':'d'}]}", NULL, NULL, "d", "m", NULL},
        {"{'errors':[{'message':null,'type':5,'code':1}]}", "1", NULL, NULL, NULL, NULL},
        {"{'errors':[{'message':['m'],'message':'n'}]}", NULL, NULL, "n", "n", NULL},
        {"{'errors':[{'message':'m','message':'n'}]}", NULL, NULL, "m", "m", NULL},
    };
    for (size_t at = 0; at < sizeof refusals / sizeof refusals[0]; at++)
        expect_api_error(&refusals[at], false);
}

Test(refusals, what_a_root_says) {
    static const refusal refusals[] = {
        {"{'message':'m'}", NULL, NULL, "m", "m", NULL},
        {"{'error':'not found'}", NULL, "not found", NULL, NULL, NULL},
        {"{'error':404}", "404", NULL, NULL, NULL, NULL},
        {"{'error':true}", NULL, NULL, NULL, NULL, NULL},
        {"{'error':['first','second',3]}", NULL, NULL, "first", "first", NULL},
        {"{'error':[[]]}", NULL, NULL, NULL, NULL, NULL},
        {"{'error':{'message':'m','type':'t'}}", NULL, NULL, "m", "m", "t"},
        {"{'error':{'code':429,'message':'m','errors':[{'message':'n'}]}}", "429", NULL, "m", "m",
         NULL},
        {"{'error':{'page':['is too large']}}", NULL, NULL, NULL, NULL, NULL},
        {"{'error':{'phone_numbers':['are too many']}}", NULL, NULL, NULL, NULL, NULL},
        {"{'error':{'error':0}}", "0", NULL, NULL, NULL, NULL},
        {"{'error':{'message':'m','of':'number_reservation'}}", NULL, NULL, "m", "m", NULL},
        {"{'error':{'x':{'message':'inner'}},'message':'m'}", NULL, NULL, "m", "m", NULL},
        /* RFC 9457, formerly RFC 7807. */
        {"{'type':'about:blank','title':'T','status':403,'detail':'D','instance':'/1'}", NULL, "T",
         "D", NULL, "about:blank"},
        /* RFC 6749 section 5.2. */
        {"{'error':'invalid_client','error_description':'why'}", NULL, "invalid_client", "why",
         NULL, NULL},
        /* The Spring framework. */
        {"{'timestamp':'t','status':404,'error':'Not Found','message':'m','path':'/v2'}", NULL,
         "Not Found", "m", "m", NULL},
        {"{'code':'c','title':'t','description':'d','message':null}", "c", "t", "d", NULL, NULL},
        {"{'code':10005}", "10005", NULL, NULL, NULL, NULL},
        {"{'message':['x'],'title':5,'detail':'d'}", NULL, NULL, "d", NULL, NULL},
        {"{'message':null,'code':'c','message':'m'}", "c", NULL, "m", "m", NULL},
        {"{'message':'first','message':'second'}", NULL, NULL, "first", "first", NULL},
        {"{'\\u0065rror':{'mess\\u0061ge':'\\u0065'}}", NULL, NULL, "e", "e", NULL},
        {"{'data':null,'error':{'message':'m'}}", NULL, NULL, "m", "m", NULL},
        {"{'message':'m','error':'e','data':null}", NULL, "e", "m", "m", NULL},
        {"{'errors':[],'message':'m'}", NULL, NULL, "m", "m", NULL},
        {"{'meta':{'page_size':1},'message':'m','meta2':{}}", NULL, NULL, "m", "m", NULL},
    };
    for (size_t at = 0; at < sizeof refusals / sizeof refusals[0]; at++)
        expect_api_error(&refusals[at], true);
}

/* `errors` is documented as an array, so anything else is also a problem. */
Test(refusals, errors_that_are_no_array) {
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {{"{'errors':{'page':['is too large']}}", ""},
                 {"{'errors':{'message':'m'}}", "m"},
                 {"{'errors':'m'}", "m"},
                 {"{'data':null,'errors':'m'}", "m"}};
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        records kept = read_plain(cases[at].text);
        const event *now = event_of(&kept, NUMRES_EVENT_API_ERROR, 0);
        expect_problem_count(&kept, 1);
        cr_assert_eq(event_of(&kept, NUMRES_EVENT_PROBLEM, 0)->problem.code, NUMRES_WRONG_TYPE);
        cr_assert(text_is(now->api_error.message, cases[at].message), "%s", kept.log);
        cr_assert(now->api_error.of_root);
        records_close(&kept);
        expect_both_lanes_everywhere(cases[at].text, "-");
    }
}

Test(refusals, what_is_none) {
    static const char *const texts[] = {
        "{'type':'about:blank'}",
        "{'message':''}",
        "{'message':5}",
        "{'error':null}",
        "{'error':{},'x':['word']}",
        "{'meta':['word']}",
        "{'x':{'message':'m'}}",
        "{'status':404}",
        "{'error':0,'code':1.5}",
        "{'record_type':'number_reservation','errors':'no','message':'m'}",
        "{'id':'a','phone_numbers':[],'errors':'no'}",
        "['message']",
        "'message'"};
    for (size_t at = 0; at < sizeof texts / sizeof texts[0]; at++) {
        records kept = read_plain(texts[at]);
        size_t last = count_of(&kept, NUMRES_EVENT_PROBLEM) - 1;
        cr_assert_eq(count_of(&kept, NUMRES_EVENT_API_ERROR), 0, "%s", kept.log);
        cr_assert_eq(event_of(&kept, NUMRES_EVENT_PROBLEM, last)->problem.code, NUMRES_NO_ENVELOPE);
        records_close(&kept);
        expect_both_lanes_everywhere(texts[at], "-");
    }
}

/* Words at the root are kept in the place of the phone number's record until data opens. */
Test(refusals, words_before_data_leave_no_trace_in_its_numbers) {
    static const char text[] =
        "{'message':'m','code':'c','title':'t','detail':'d','description':'e','type':'y',"
        "'data':[{'phone_numbers':[{'id':'n'},{'id':'o'},{}]}]}";
    records kept = read_plain(text);
    expect_problem_count(&kept, 0);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_API_ERROR), 0);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_PHONE_NUMBER), 3);
    const numres_phone_number *number =
        &event_of(&kept, NUMRES_EVENT_PHONE_NUMBER, 2)->phone_number;
    cr_assert_eq(number->present, 0);
    cr_assert(text_is(number->id, ""));
    cr_assert(text_is(number->errors, ""));
    records_close(&kept);
    expect_both_lanes_everywhere(text, "-");
}

/* ---- answers, at an element and at the root's end ---- */

Test(refusals, stopping) {
    static const struct {
        const char *text;
        uint64_t offset;
        const char *path;
    } cases[] = {{"{'errors':['a','b']}", 14, "errors[1]"},
                 {"{'message':'m'} ", 15, "(root)"},
                 {"{'errors':{'a':1}}", 18, "(root)"}};
    wish stop = {NUMRES_EVENT_API_ERROR, NUMRES_STOP};
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        records kept = read_document(cases[at].text, NULL, grant, &stop);
        expect_error(&kept, NUMRES_STOPPED, cases[at].offset, cases[at].path);
        cr_assert_eq(count_of(&kept, NUMRES_EVENT_API_ERROR), 1);
        cr_assert_eq(count_of(&kept, NUMRES_EVENT_DOCUMENT_END), 0);
        records_close(&kept);
    }
}

Test(refusals, a_string_that_is_too_long) {
    static const char text[] = "{'errors':['0123456789','a',7]}";
    numres_options options = numres_options_default();
    options.max_value_length = 9;
    records kept = read_document(text, &options, NULL, NULL);
    expect_fine(&kept);
    expect_problem_count(&kept, 2);
    expect_problem(&kept, 0, NUMRES_VALUE_TOO_LONG, 11, "errors[0]", "0123456789");
    const event *now = event_of(&kept, NUMRES_EVENT_API_ERROR, 0);
    cr_assert_eq(now->api_error.invalid, UINT32_C(1) << NUMRES_API_ERROR_MESSAGE);
    cr_assert(text_is(now->raw[NUMRES_API_ERROR_MESSAGE], "0123456789"));
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_API_ERROR, 1)->api_error.index, 1);
    records_close(&kept);
    wish leave_out = {NUMRES_EVENT_PROBLEM, NUMRES_LEAVE_OUT};
    kept = read_document(text, &options, grant, &leave_out);
    cr_assert_eq(count_of(&kept, NUMRES_EVENT_API_ERROR), 1);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_DOCUMENT_END, 0)->document.left_out, 1);
    records_close(&kept);
    /* At the root a word that does not fit is skipped, and the others are delivered. */
    kept = read_document("{'message':'0123456789','title':'t'}", &options, NULL, NULL);
    expect_problem_count(&kept, 0);
    cr_assert(text_is(event_of(&kept, NUMRES_EVENT_API_ERROR, 0)->api_error.title, "t"));
    cr_assert(text_is(event_of(&kept, NUMRES_EVENT_API_ERROR, 0)->api_error.message, ""));
    records_close(&kept);
}

/* All words together are limited like a record's text. */
Test(refusals, words_are_limited_as_a_record) {
    numres_options options = numres_options_default();
    options.max_record_text = 8;
    records kept =
        read_document("{'title':'01234','detail':'01234','message':'012'}", &options, NULL, NULL);
    const numres_api_error *error = &event_of(&kept, NUMRES_EVENT_API_ERROR, 0)->api_error;
    expect_problem_count(&kept, 0);
    cr_assert(text_is(error->title, "01234"));
    cr_assert(text_is(error->message, "012"));
    cr_assert(text_is(error->detail, "012"));
    records_close(&kept);
}
