/* numres check: places, messages, the count. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"

TestSuite(tool_check, .init = directory_enter, .fini = directory_leave);

/* The number of lines remembered, as documented. */
#define REMEMBERED 65536

Test(tool_check, a_right_page_is_silence_and_a_count) {
    expect_run("check",
               "{\"data\":[{\"id\":\"one\",\"status\":\"pending\",\"phone_numbers\":"
               "[{\"status\":\"success\"},{}]}]}",
               0, "", "1 document, 1 reservation, 2 numbers, 0 problems, 0 errors\n");
}

Test(tool_check, the_place_is_the_first_byte_of_the_value) {
    file_write_text("page.json", "{\"data\":[\n"
                                 "  {\"status\": \"voided\"},\n"
                                 "\t{\"phone_numbers\":[{},\r\n"
                                 "{\"created_at\":\"\xc3\xa9\",\"status\":7}]}]}");
    expect_run("check page.json", "", 1,
               "page.json:2:14: data[0].status: " STATUS_SENTENCE ": \"voided\"\n"
               "page.json:4:15: data[1].phone_numbers[1].created_at: not an RFC 3339 timestamp "
               "such as 2018-01-01T00:00:00.000000Z: \"\xc3\xa9\"\n"
               "page.json:4:29: data[1].phone_numbers[1].status: expected a string, found the "
               "number 7\n",
               "1 document, 2 reservations, 2 numbers, 3 problems, 0 errors\n");
}

Test(tool_check, an_error_has_its_line_and_column) {
    expect_run("check", "{\n\"data\":[\n{},\n]}", 3,
               "<stdin>:4:1: data[1]: not valid JSON: unexpected ']' (the comma before it may be "
               "superfluous)\n",
               "0 documents, 1 reservation, 0 numbers, 0 problems, 1 error\n");
}

Test(tool_check, the_end_of_the_input_may_start_a_line) {
    expect_run("check", "{\n", 3,
               "<stdin>:2:1: (root): the input ends inside the JSON document; part is missing "
               "(fetch the response again)\n",
               NULL);
}

Test(tool_check, problems_come_before_an_error) {
    expect_run("check", "{\"data\":[{\"status\":\"x\"}]", 3,
               "<stdin>:1:20: data[0].status: " STATUS_SENTENCE ": \"x\"\n"
               "<stdin>:1:25: (root): the input ends inside the JSON document; part is missing "
               "(fetch the response again)\n",
               "0 documents, 1 reservation, 0 numbers, 1 problem, 1 error\n");
}

Test(tool_check, each_file_has_its_own_lines) {
    file_write_text("a.json", "\n\n{\"data\":{\"status\":\"x\"}}");
    file_write_text("b.json", "\n{\"data\":{\"status\":\"y\"}}");
    expect_run("check a.json b.json", "", 1,
               "a.json:3:19: data.status: " STATUS_SENTENCE ": \"x\"\n"
               "b.json:2:19: data.status: " STATUS_SENTENCE ": \"y\"\n",
               "2 documents, 2 reservations, 0 numbers, 2 problems, 0 errors\n");
}

Test(tool_check, several_documents_count_lines_on) {
    expect_run("check", "{\"data\":{}}\n{\"data\":{\"status\":\"x\"}}\n", 1,
               "<stdin>:2:19: data.status: " STATUS_SENTENCE ": \"x\"\n",
               "2 documents, 2 reservations, 0 numbers, 1 problem, 0 errors\n");
}

Test(tool_check, long_raw_text_is_shortened) {
    char page[400];
    char output[400];
    int length = snprintf(page, sizeof page, "{\"data\":{\"status\":\"%0*d\"}}", 200, 0);
    cr_assert_lt((size_t)length, sizeof page);
    length = snprintf(output, sizeof output,
                      "<stdin>:1:19: data.status: " STATUS_SENTENCE ": \"%0*d...\"\n", 61, 0);
    cr_assert_lt((size_t)length, sizeof output);
    expect_run("check", page, 1, output, NULL);
}

Test(tool_check, bare_reservations) {
    expect_run("check --bare", "{\"id\":\"one\"}\n{\"status\":\"x\"}\n", 1,
               "<stdin>:2:11: status: " STATUS_SENTENCE ": \"x\"\n",
               "2 documents, 2 reservations, 0 numbers, 1 problem, 0 errors\n");
}

Test(tool_check, a_bare_reservation_without_the_option_names_it) {
    outcome outcome = process_run(&(invocation){.arguments = (const char *const[]){"check", NULL},
                                                .input = "{\"phone_numbers\":[]}",
                                                .input_length = 20});
    cr_expect_eq(outcome.exit_code, 1);
    expect_part(outcome.output, "<stdin>:1:1: (root): ");
    expect_part(outcome.output, "--bare");
    cr_expect_null(strstr(outcome.output, "NUMRES_"));
    outcome_free(&outcome);
}

/* What was found is quoted, even if that is nothing. */
Test(tool_check, an_empty_value_is_quoted) {
    expect_run("check", "{\"data\":[{\"created_at\":\"\"}]}", 1,
               "<stdin>:1:24: data[0].created_at: not an RFC 3339 timestamp such as "
               "2018-01-01T00:00:00.000000Z: \"\"\n",
               "1 document, 1 reservation, 0 numbers, 1 problem, 0 errors\n");
}

/* Or a check that read nothing would pass. */
Test(tool_check, a_page_read_as_bare_is_a_problem) {
    expect_run(
        "check --bare", "{\"data\":[]}", 1, "",
        "numres: <stdin>:1:11: this is not a bare reservation; drop --bare to read a whole page\n"
        "1 document, 1 reservation, 0 numbers, 1 problem, 0 errors\n");
}

Test(tool_check, missing_members_are_problems_if_asked_for) {
    static const char page[] =
        "{\"data\":{\"id\":\"1\",\"record_type\":\"number_reservation\",\"phone_numbers\":[],"
        "\"status\":\"pending\",\"customer_reference\":null,\n"
        "\"created_at\":\"2018-01-01T00:00:00Z\"}}";
    expect_run("check", page, 0, "", NULL);
    expect_run("check --require-members", page, 1,
               "<stdin>:2:36: data.updated_at: a required member is missing\n",
               "1 document, 1 reservation, 0 numbers, 1 problem, 0 errors\n");
}

Test(tool_check, e164_is_a_problem_if_asked_for) {
    static const char page[] =
        "{\"data\":{\"phone_numbers\":[{\"phone_number\":\"+16183xxxxxx\"}]}}";
    expect_run("check", page, 0, "", NULL);
    expect_run("check --e164", page, 1,
               "<stdin>:1:43: data.phone_numbers[0].phone_number: not an E.164 number: a plus sign "
               "and 2 to 15 digits, the first not 0: \"+16183xxxxxx\"\n",
               NULL);
}

/* The tool has other names for the library's options, or none. */
Test(tool_check, limits_are_told_in_the_tools_words) {
    char value[16500];
    char page[17000];
    char deep[100] = "{\"data\":";
    memset(value, 'x', sizeof value - 1);
    value[sizeof value - 1] = '\0';
    snprintf(page, sizeof page, "{\"data\":{\"id\":\"%s\"}}", value);
    outcome outcome = process_run(&(invocation){.arguments = (const char *const[]){"check", NULL},
                                                .input = page,
                                                .input_length = strlen(page)});
    cr_expect_eq(outcome.exit_code, 1);
    expect_part(outcome.output, "data.id: the value is longer than numres can keep for one");
    outcome_free(&outcome);
    memset(deep + strlen(deep), '[', 40);
    expect_run(
        "check", deep, 3,
        "<stdin>:1:40: data[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]"
        "[0][0][0][0][0][0][0][0][0]: arrays and objects nest deeper than --max-depth "
        "allows (default 32, at most 127)\n",
        NULL);
    expect_run("check --max-depth 1", "{\"data\":[]}", 3, NULL, NULL);
    expect_run("check --max-depth 2", "{\"data\":[]}", 0, "", NULL);
    expect_run("check --max-depth 128", "{}", 2, "",
               "numres check: the value '128' for '--max-depth' is not a number from 1 to 127; see "
               "'numres check --help'\n");
}

Test(tool_check, quiet_is_without_the_count) {
    expect_run("check --quiet", "{\"data\":[]}", 0, "", "");
    expect_run("check --quiet", "{\"data\":{\"status\":\"x\"}}", 1,
               "<stdin>:1:19: data.status: " STATUS_SENTENCE ": \"x\"\n", "");
    expect_run("check --quiet none.json", "", 3, "",
               "numres: none.json: cannot be opened: No such file or directory\n");
}

Test(tool_check, api_errors_are_told_on_standard_output) {
    expect_run("check",
               "{\"errors\":[{\"code\":\"10005\",\"title\":\"Resource not found\",\"detail\":\"No "
               "such thing.\",\"source\":{\"pointer\":\"/id\"}}]}",
               4,
               "<stdin>:1:109: errors[0]: API error 10005: Resource not found: "
               "No such thing. (pointer /id)\n",
               "1 document, 0 reservations, 0 numbers, 0 problems, 0 errors, 1 API error\n");
}

Test(tool_check, an_empty_list_of_errors_is_reported_there_too) {
    expect_run("check", "{\"errors\":[]}", 4,
               "<stdin>:1:13: errors: the API reported errors without naming any\n",
               "1 document, 0 reservations, 0 numbers, 0 problems, 0 errors, 1 API error\n");
    expect_run("check --quiet --format json", "{\"errors\":[]}", 4,
               "{\"file\":\"<stdin>\",\"line\":1,\"column\":13,\"offset\":12,\"path\":\"errors\","
               "\"code\":\"api-error\",\"message\":\"the API reported errors without naming "
               "any\",\"raw\":null,\"expected\":null,\"found\":null}\n",
               "");
}

Test(tool_check, hostile_text_is_shown_and_not_obeyed) {
    expect_run_bytes(
        "check",
        "{\"data\":{\"status\":\"\\u001b[2J\\u0000\\n\\u007f\\u009b\\u202e\\u2066\\u200e\\u061c\"}"
        "}",
        strlen("{\"data\":{\"status\":\"\\u001b[2J\\u0000\\n\\u007f\\u009b\\u202e\\u2066\\u200e"
               "\\u061c\"}}"),
        1,
        "<stdin>:1:19: data.status: " STATUS_SENTENCE
        ": \"\\u001b[2J\\u0000\\u000a\\u007f\\u009b\\u202e\\u2066\\u200e\\u061c\"\n",
        NULL);
}

Test(tool_check, hostile_names_of_members_and_files) {
    file_write_text("a\x1b\x9b.json", "{\"data\":{},\"\xe2\x80\xae\":[}");
    expect_run("check a\x1b\x9b.json", "", 3,
               "a\\u001b\\x9b.json:1:19: [\"\\u202e\"][0]: not valid JSON: unexpected '}' (the "
               "open array must be closed with ']')\n",
               NULL);
}

/* A page of `before` line feeds, a root with `line_feeds` line feeds in it. */
static outcome check_far_root(size_t before, size_t line_feeds, size_t piece) {
    static const char *const arguments[] = {"check", NULL};
    size_t length = before + line_feeds + 2;
    char *page = malloc(length);
    cr_assert_not_null(page);
    memset(page, '\n', length);
    page[before] = '{';
    page[length - 1] = '}';
    outcome outcome = process_run(&(invocation){
        .arguments = arguments, .input = page, .input_length = length, .piece = piece});
    free(page);
    return outcome;
}

Test(tool_check, the_documented_number_of_lines_is_remembered) {
    outcome last = check_far_root(0, REMEMBERED - 1, 0);
    cr_expect_eq(strncmp(last.output, "<stdin>:1:1: (root): ", 21), 0, "%s", last.output);
    outcome_free(&last);
    outcome beyond = check_far_root(0, REMEMBERED, 0);
    cr_expect_eq(strncmp(beyond.output, "<stdin>:+0: (root): ", 20), 0, "%s", beyond.output);
    outcome_free(&beyond);
}

Test(tool_check, later_lines_take_the_place_of_the_oldest) {
    outcome last = check_far_root(3, REMEMBERED - 1, 0);
    cr_expect_eq(strncmp(last.output, "<stdin>:4:1: (root): ", 21), 0, "%s", last.output);
    outcome_free(&last);
    outcome beyond = check_far_root(3, REMEMBERED, 0);
    cr_expect_eq(strncmp(beyond.output, "<stdin>:+3: (root): ", 20), 0, "%s", beyond.output);
    outcome_free(&beyond);
}

Test(tool_check, what_is_remembered_does_not_depend_on_pieces) {
    outcome last = check_far_root(0, REMEMBERED - 1, 1000);
    cr_expect_eq(strncmp(last.output, "<stdin>:1:1: (root): ", 21), 0, "%s", last.output);
    outcome_free(&last);
}

Test(tool_check, lines_beyond_the_remembered_ones_are_exact) {
    size_t lines = 3 * (size_t)REMEMBERED + 5;
    static const char tail[] = "{\"data\":{\"status\":\"x\"}}";
    char expected[200];
    char *page = malloc(lines + sizeof tail);
    cr_assert_not_null(page);
    memset(page, '\n', lines);
    memcpy(page + lines, tail, sizeof tail);
    int length = snprintf(expected, sizeof expected,
                          "<stdin>:%zu:19: data.status: " STATUS_SENTENCE ": \"x\"\n", lines + 1);
    cr_assert_lt((size_t)length, sizeof expected);
    expect_run("check", page, 1, expected, NULL);
    free(page);
}

/* Line feeds after the value, in the same chunk, do not displace its line. */
Test(tool_check, lines_after_a_problem_do_not_matter) {
    size_t lines = 2 * (size_t)REMEMBERED;
    static const char head[] = "{\"data\":{\"status\":\"x\"}}";
    char *page = malloc(sizeof head + lines);
    cr_assert_not_null(page);
    memcpy(page, head, sizeof head - 1);
    memset(page + sizeof head - 1, '\n', lines);
    page[sizeof head - 1 + lines] = '\0';
    expect_run("check", page, 1, "<stdin>:1:19: data.status: " STATUS_SENTENCE ": \"x\"\n", NULL);
    free(page);
}
