/*
 * After a pause, the general lane continues in the middle of a document with a new yajl
 * handle and reads the rest as if there had been no pause.
 */
#include "records.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const whole_documents[] = {
    ("{'data':[{'id':'a','phone_numbers':[{'id':'n'},{'status':'odd'}],'status':'odd'},{}],"
     "'errors':[{'code':'1'},{'source':{'pointer':'p'}}],'meta':{'total_pages':1}}"),
    "{'meta':{},'x':[1,{'y':[{},2.5e3]}],'data':{'phone_numbers':[{},{}],'x':{}},'z':null}",
    "{'data':[{}  ,{}\n,\n{}]  ,'meta':{}  }",
    "{'data':[],'x':-1} {'data':{}}{'errors':[{}]}1 2 null 'text' [] {}",
};

/* Pauses at one callback, and goes on at all others. */
static numres_answer pause_at(numres_parser *parser, const event *now, void *context) {
    size_t *left = context;
    (void)parser;
    if (now->kind == NUMRES_EVENT_PROBLEM) {
        return NUMRES_GO_ON;
    }
    return (*left)-- == 0 ? NUMRES_PAUSE : NUMRES_GO_ON;
}

/* Reads the document in chunks with a pause at callback `which`. Returns false if there
   is no such callback. */
static bool check_pause_at(const char *bytes, const numres_options *options, size_t which,
                           size_t chunk, const char *expected) {
    records kept;
    size_t left = which;
    records_open(&kept, pause_at, &left);
    records_read(&kept, bytes, strlen(bytes), options, chunk);
    bool paused = kept.pauses > 0;
    cr_assert_str_eq(kept.log, expected, "a pause at callback %zu, chunks of %zu", which, chunk);
    records_close(&kept);
    return paused;
}

Test(general_lane_pauses, a_pause_at_each_callback_changes_nothing) {
    static const size_t chunks[] = {0, 1, 2, 5};
    numres_options options = numres_options_default();
    options.several_documents = true;
    for (size_t at = 0; at < sizeof whole_documents / sizeof *whole_documents; at++) {
        char *bytes = json(whole_documents[at]);
        records straight = read_document(whole_documents[at], &options, NULL, NULL);
        expect_fine(&straight);
        for (size_t chunk = 0; chunk < sizeof chunks / sizeof *chunks; chunk++) {
            size_t which = 0;
            while (check_pause_at(bytes, &options, which, chunks[chunk], straight.log)) {
                which++;
            }
            cr_assert_eq(which, straight.count - count_of(&straight, NUMRES_EVENT_PROBLEM));
        }
        records_close(&straight);
        free(bytes);
    }
}

/* Documents cut right after a bracket at which a handler may pause. */
static const struct {
    const char *text;
    const char *path;
} paused[] = {
    {"{'data':[{'phone_numbers':[{}", "data[0].phone_numbers[1]"},
    {"{'data':[{'phone_numbers':[{},{'id':'x'}", "data[0].phone_numbers[2]"},
    {"{'data':[{'phone_numbers':[1.5]}", "data[1]"},
    {"{'data':[{},{}", "data[2]"},
    {"{'data':{'id':1}", "(root)"},
    {"{'x':7,'meta':{}", "(root)"},
    {"{'errors':[{'code':0}", "errors[1]"},
    {"{'errors':[{'meta':{'url':'u'}}", "errors[1]"},
};

/* Nothing of this may follow a closing bracket. If a handle kept a numeral open, it would
   join it with the first ones. */
static const char *const misplaced[] = {
    ".5",   "e5",  "E5",   "+5",    "-5",     "0",        "5", "5.5",    "'x'",
    "true", "nul", "null", "{",     "[",      ":",        "?", "\\",     "\v",
    "/",    "1x",  "'\\x", "'x\ny", "'\xFF'", "\xC3\xA9", "-", "'\\u00", "truefalse",
    "{}",   "[]",  "'",    "()",    "5e400",  ".",        "e", "E"};

/* read_document pauses at every callback and compares with a reading without pauses. */
Test(general_lane_pauses, what_is_misplaced_after_a_pause) {
    for (size_t at = 0; at < sizeof paused / sizeof *paused; at++) {
        for (size_t which = 0; which < sizeof misplaced / sizeof *misplaced; which++) {
            for (size_t blanks = 0; blanks < 2; blanks++) {
                char text[128];
                snprintf(text, sizeof text, "%s%s%s ", paused[at].text, blanks == 0 ? "" : " \n",
                         misplaced[which]);
                records kept = read_document(text, NULL, NULL, NULL);
                expect_error(&kept, NUMRES_SYNTAX, strlen(paused[at].text) + 2 * blanks,
                             paused[at].path);
                records_close(&kept);
            }
        }
    }
}

/* The same after a comma, where a value or name is expected. */
Test(general_lane_pauses, what_is_bad_after_a_pause_and_a_comma) {
    static const char *const bad[] = {".5", "e5", "+5", "]",    "}",  ",",
                                      ":",  "?",  "01", "tru,", "1x", "\v"};
    for (size_t at = 0; at < sizeof paused / sizeof *paused; at++) {
        for (size_t which = 0; which < sizeof bad / sizeof *bad; which++) {
            char text[128];
            snprintf(text, sizeof text, "%s , %s ", paused[at].text, bad[which]);
            records kept = read_document(text, NULL, NULL, NULL);
            expect_error(&kept, NUMRES_SYNTAX, strlen(paused[at].text) + 3, paused[at].path);
            records_close(&kept);
        }
    }
}

/* Between documents, after a root that is a numeral. */
Test(general_lane_pauses, what_is_bad_after_a_number_at_the_root) {
    static const char *const bad[] = {".5", "e5", "E5", "+5", "]", "}", ",", ":", "?"};
    numres_options options = numres_options_default();
    options.several_documents = true;
    for (size_t which = 0; which < sizeof bad / sizeof *bad; which++) {
        char text[16];
        snprintf(text, sizeof text, "1 %s ", bad[which]);
        records kept = read_document(text, &options, NULL, NULL);
        expect_error(&kept, NUMRES_SYNTAX, 2, "(root)");
        cr_assert_eq(kept.error.document, 1);
        records_close(&kept);
    }
}

/* Numerals around a pause are not changed. */
Test(general_lane_pauses, numbers_around_a_pause) {
    static const char text[] =
        "{'meta':{'total_pages':12},'x':0.5,'errors':[{'code':345},6e7,{'code':8}],'y':-9}";
    records kept = read_document(text, NULL, NULL, NULL);
    expect_fine(&kept);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_META, 0)->meta.total_pages, 12);
    cr_assert(text_is(event_of(&kept, NUMRES_EVENT_API_ERROR, 0)->api_error.code, "345"));
    expect_problem(&kept, 0, NUMRES_WRONG_TYPE, offset_of(text, "6e7"), "errors[1]", "6e7");
    cr_assert(text_is(event_of(&kept, NUMRES_EVENT_API_ERROR, 1)->api_error.code, "8"));
    records_close(&kept);
}
