/* The option report_unknown: every member that the API's documentation lacks. */
#include "both_lanes.h"
#include "records.h"

#include <criterion/criterion.h>
#include <string.h>

static records read_unknown(const char *text, bool strict) {
    numres_options options = numres_options_default();
    options.report_unknown = true;
    options.strict = strict;
    return read_document(text, &options, NULL, NULL);
}

Test(unknown_members, every_one_in_every_object) {
    static const char text[] =
        "{'links':{'x':1},'data':[{'id':'a','phone_numbers':[{'n\\u0065w':'v\\u0061l','id':'n'}],"
        "'extra':[1,{'deep':2}]}],'meta':{'page':7,'total_pages':1}}";
    records kept = read_unknown(text, false);
    expect_fine(&kept);
    expect_problem_count(&kept, 4);
    expect_problem(&kept, 0, NUMRES_UNKNOWN_MEMBER, offset_of(text, "{'x'"), "links", "");
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_PROBLEM, 0)->position, end_of(text, "'x':1}"));
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_PROBLEM, 0)->problem.found, NUMRES_JSON_OBJECT);
    expect_problem(&kept, 1, NUMRES_UNKNOWN_MEMBER, offset_of(text, "'v\\u0061l"),
                   "data[0].phone_numbers[0].new", "val");
    expect_problem(&kept, 2, NUMRES_UNKNOWN_MEMBER, offset_of(text, "[1,{"), "data[0].extra", "");
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_PROBLEM, 2)->problem.found, NUMRES_JSON_ARRAY);
    expect_problem(&kept, 3, NUMRES_UNKNOWN_MEMBER, offset_of(text, "7,"), "meta.page", "7");
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_PHONE_NUMBER, 0)->phone_number.invalid, 0);
    records_close(&kept);
}

Test(unknown_members, in_api_errors) {
    static const char text[] =
        "{'errors':[{'code':'1','message':'m','hint':null,'source':{'line':1,'pointer':'/'},"
        "'meta':{'x':true}}]}";
    records kept = read_unknown(text, false);
    expect_fine(&kept);
    expect_problem_count(&kept, 4);
    expect_problem(&kept, 0, NUMRES_UNKNOWN_MEMBER, offset_of(text, "'m'"), "errors[0].message",
                   "m");
    expect_problem(&kept, 1, NUMRES_UNKNOWN_MEMBER, offset_of(text, "null"), "errors[0].hint",
                   "null");
    expect_problem(&kept, 2, NUMRES_UNKNOWN_MEMBER, offset_of(text, "1,'pointer"),
                   "errors[0].source.line", "1");
    expect_problem(&kept, 3, NUMRES_UNKNOWN_MEMBER, offset_of(text, "true"), "errors[0].meta.x",
                   "true");
    cr_assert(text_is(event_of(&kept, NUMRES_EVENT_API_ERROR, 0)->api_error.message, "m"));
    records_close(&kept);
    kept = read_unknown("{'message':'m','x':{'y':1}}", false);
    expect_problem_count(&kept, 2);
    expect_problem(&kept, 0, NUMRES_UNKNOWN_MEMBER, 11, "message", "m");
    cr_assert(text_is(event_of(&kept, NUMRES_EVENT_API_ERROR, 0)->api_error.message, "m"));
    records_close(&kept);
}

Test(unknown_members, strict_makes_an_error_of_it) {
    static const char text[] = "{'data':[{'id':'a','x':{'y':[]}}]}";
    records kept = read_unknown(text, true);
    expect_error(&kept, NUMRES_UNKNOWN_MEMBER, offset_of(text, "{'y'"), "data[0].x");
    records_close(&kept);
}

Test(unknown_members, none_without_the_option_and_both_lanes_agree) {
    static const char text[] = "{'x':1,'data':[{'y':[],'phone_numbers':[{'z':{}},{'id':'a'}]}],"
                               "'meta':{'w':null}}";
    records kept = read_document(text, NULL, NULL, NULL);
    expect_problem_count(&kept, 0);
    records_close(&kept);
    expect_both_lanes_everywhere(text, "report-unknown");
    expect_both_lanes_everywhere(text, "report-unknown leave-out");
}

/* A caller compiled for an older version passes a struct without the option. */
Test(unknown_members, an_older_struct_lacks_the_option) {
    numres_options options = numres_options_default();
    options.report_unknown = true;
    options.size = offsetof(numres_options, report_unknown);
    records kept = read_document("{'data':[{'x':1}]}", &options, NULL, NULL);
    expect_problem_count(&kept, 0);
    records_close(&kept);
}
