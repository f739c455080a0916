/* How the tool shows refusals, empty lists and input of other shapes than the API's. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "listing.h"
#include "process.h"

TestSuite(tool_refusals, .init = directory_enter, .fini = directory_leave);

/* ---- numres show ---- */

static void expect_shown(const char *input, const char *messages) {
    expect_run("show --format ids", input, 4, "", messages);
}

Test(tool_refusals, show_tells_what_was_said) {
    expect_shown("{\"errors\":[\"page[size] is too large\"]}",
                 "numres: <stdin>:1:36: errors[0]: API error: page[size] is too large\n");
    expect_shown("{\"errors\":[{\"message\":\"too large\",\"type\":\"invalid_request\"}]}",
                 "numres: <stdin>:1:59: errors[0]: API error: too large (type invalid_request)\n");
    expect_shown("{\"error\":{\"message\":\"no\",\"code\":7}}",
                 "numres: <stdin>:1:35: (root): API error 7: no\n");
    expect_shown("{\"status\":404,\"error\":\"Not Found\",\"message\":\"no page\"}",
                 "numres: <stdin>:1:54: (root): API error: Not Found: no page\n");
    expect_shown("{\"errors\":[{\"title\":\"t\",\"detail\":\"d\",\"description\":\"e\","
                 "\"message\":\"m\"}]}",
                 "numres: <stdin>:1:69: errors[0]: API error: t: d: e: m\n");
}

/* If a refusal has no known member, its body is shown, for each document its own. */
Test(tool_refusals, show_quotes_the_body_of_a_refusal_that_says_nothing) {
    expect_shown("{\"errors\":{\"page\":[\"is too large\"]}}",
                 "numres: <stdin>:1:11: errors: expected an array, found an object\n"
                 "numres: <stdin>:1:36: (root): API error without a code, title or detail; the "
                 "response starts with: {\"errors\":{\"page\":[\"is too large\"]}}\n");
    expect_shown("{\"data\":[]}\n {\"errors\":[{\"reason\":\"x\"}]}",
                 "numres: <stdin>:2:26: errors[0]: API error without a code, title or detail; the "
                 "response starts with: {\"errors\":[{\"reason\":\"x\"}]}\n");
    expect_run("show --format ids", "{\"fault\":\"too large\"} {\"data\":[]}", 1, "",
               "numres: <stdin>:1:1: (root): the root has neither a member data with "
               "reservations nor a member errors with API errors: \"{\"fault\":\"too large\"}\"\n");
}

Test(tool_refusals, show_quotes_the_body_of_errors_without_a_usable_element) {
    expect_shown("{\"errors\":[]}",
                 "numres: <stdin>:1:13: errors: the API reported errors without naming any\n");
    expect_shown("{\"errors\":[[\"too large\"]]} ",
                 "numres: <stdin>:1:12: errors[0]: expected an object or a string, found an array\n"
                 "numres: <stdin>:1:26: errors: the API reported errors without naming any; the "
                 "response starts with: {\"errors\":[[\"too large\"]]}\n");
}

/* The start of the body is not cut inside a character: JSON lines need UTF-8. */
Test(tool_refusals, the_body_that_is_shown_is_utf8) {
    for (int shift = 0; shift < 3; shift++) {
        char text[1200];
        snprintf(text, sizeof text, "{\"errors\":[{\"%.*s\":\"", shift + 1, "xyz");
        for (size_t at = 0; at < 300; at++)
            strcat(text, "\xe2\x82\xac");
        strcat(text, "\"}]}");
        outcome checked = process_run(&(invocation){
            .arguments = (const char *[]){"check", "--format", "json", "--quiet", NULL},
            .input = text,
            .input_length = strlen(text)});
        cr_assert_eq(checked.exit_code, 4);
        expect_part(checked.output, "\xe2\x82\xac\",\"raw\":\"\"");
        outcome_free(&checked);
    }
}

Test(tool_refusals, an_empty_list_and_no_errors_are_fine) {
    expect_run("show --format ids", "{\"data\":null,\"meta\":{\"total_pages\":0}}", 0, "", "");
    expect_run("show --format ids", "{\"data\":[{\"id\":\"r1\"}],\"errors\":[]}", 0, "r1\n", "");
    expect_run("show --format json", "{\"data\":null}", 0, "{\"data\":[]}\n", "");
}

/* ---- what to do about other input ---- */

Test(tool_refusals, arrays_and_text_sequences_are_told_what_to_do) {
    expect_run("show", "[{\"id\":\"a\"}]", 1, NULL,
               "numres: <stdin>:1:1: (root): the root has neither a member data with "
               "reservations nor a member errors with API errors (pipe jq -c '.[]' FILE to numres "
               "with --bare): \"[{\"id\":\"a\"}]\"\n");
    expect_run("show --bare", "[{\"id\":\"a\"}]", 1, NULL,
               "numres: <stdin>:1:1: (root): expected an object, found an array (pipe jq -c '.[]' "
               "FILE to numres with --bare)\n");
    /* diff finds the kind of a file by itself. */
    file_write_text("none.json", "{\"data\":[]}");
    expect_run("diff - none.json", "[{\"id\":\"a\"}]", 3, "",
               "numres: <stdin>:1:1: (root): the root has neither a member data with "
               "reservations nor a member errors with API errors (compare what jq -c '.[]' FILE "
               "prints): \"[{\"id\":\"a\"}]\"\n");
    expect_run("show --bare", "\x1e{\"id\":\"a\"}\n", 3, NULL,
               "numres: <stdin>:1:1: (root): no JSON document begins with this character (it "
               "looks like a JSON text sequence (RFC 7464): use tr -d '\\036' <FILE)\n");
}

#define NO_ENVELOPE_AND                                                                            \
    "the root has neither a member data with reservations nor a member errors with API errors"

/* Expects this text right behind the problem of a root that is no envelope. */
static void expect_after_problem(const char *arguments, const char *input, const char *text) {
    char message[300];
    snprintf(message, sizeof message,
             "numres: <stdin>:1:1: (root): " NO_ENVELOPE_AND "%s: \"%s\"\n", text, input);
    expect_run(arguments, input, strncmp(arguments, "diff", strlen("diff")) == 0 ? 3 : 1, NULL,
               message);
}

#define PIPE_IT " (pipe jq -c '.[]' FILE to numres)"
#define PIPE_IT_BARE " (pipe jq -c '.[]' FILE to numres with --bare)"

/* By the names of the first element's members. */
Test(tool_refusals, the_advice_on_an_array_suits_its_elements) {
    expect_after_problem("show", "[{\"code\":\"10009\",\"title\":\"Denied\"}]", PIPE_IT);
    expect_after_problem("show", "[ { \"meta\":{\"id\":1}, \"detail\" : \"No\"}]", PIPE_IT);
    expect_after_problem("show", "[{\"meta\":{\"code\":1},\"data\":[{\"id\":\"a\"}]}]", PIPE_IT);
    expect_after_problem("show", "[{\"errors\":[{\"code\":1}]}]", PIPE_IT);
    expect_after_problem("show", "[{\"errors\":\"\",\"id\":\"a\"}]", PIPE_IT_BARE);
    expect_after_problem("show", "[{\"id\":\"\\\"code\\\":\",\"phone_numbers\":[{\"code\":1}]}]",
                         PIPE_IT_BARE);
    expect_after_problem("show", "[{\"id\":\"a\"},{\"code\":\"b\"}]", PIPE_IT_BARE);
    expect_after_problem("show", "[{\"id\":\"a\",\"phone_number\":\"+1\"}]", "");
    expect_after_problem("show", "[{\"name\":1}]", "");
    expect_after_problem("show", "[]", "");
    expect_after_problem("show", "[\"code\"]", "");
    expect_after_problem("show", "[[{\"id\":\"a\"}]]", "");
    file_write_text("none.json", "{\"data\":[]}");
    expect_after_problem("diff - none.json", "[{\"code\":\"10009\"}]", "");
    expect_after_problem("diff - none.json", "[{\"data\":[]}]",
                         " (compare what jq -c '.[]' FILE prints)");
    expect_run("show --bare", "[{\"code\":\"10009\"}]", 1, NULL,
               "numres: <stdin>:1:1: (root): expected an object, found an array (pipe jq -c '.[]' "
               "FILE to numres without --bare)\n");
}

/* Nothing is said to be added or gone, or to be the same, by a file that was not read. */
Test(tool_refusals, a_document_that_is_no_page_is_not_compared) {
    file_write_text("one.json", "{\"data\":[{\"id\":\"a\"}]}");
    expect_run("diff - one.json", "{\"foo\":1}", 3, "", NULL);
    expect_run("diff one.json -", "{\"foo\":1}", 3, "", NULL);
    expect_run("diff one.json -", "{\"data\":[{\"id\":\"a\"}]}{}", 3, "", NULL);
}

/* What the advice above leads to. */
Test(tool_refusals, api_errors_one_by_one_are_reported) {
    expect_run("show", "{\"code\":\"10009\",\"title\":\"Denied\"}\n", 4, NULL,
               "numres: <stdin>:1:33: (root): API error 10009: Denied\n");
}

Test(tool_refusals, bare_reservations_are_recognized) {
    static const char bare[] = "{\"id\":\"a\",\"phone_numbers\":[]}";
    static const char page_and_bare[] = "{\"data\":[]}\n{\"id\":\"a\",\"phone_numbers\":[]}";
    expect_run("show", bare, 1, NULL,
               "numres: <stdin>:1:1: (root): the root is not an envelope but looks like a bare "
               "reservation (read it with --bare): \"{\"id\":\"a\",\"phone_numbers\":[]}\"\n");
    file_write_text("none.json", "{\"data\":[]}");
    expect_run("diff - none.json", page_and_bare, 3, "",
               "numres: <stdin>:2:1: (root): the root is not an envelope but looks like a bare "
               "reservation: \"{\"id\":\"a\",\"phone_numbers\":[]}\"\n");
}

Test(tool_refusals, unknown_members_are_told_if_asked_for) {
    static const char text[] = "{\"data\":[{\"id\":\"a\",\"market\":\"us\",\"tags\":[1]}]}";
    expect_run("check", text, 0, "", NULL);
    expect_run("check --unknown", text, 1,
               "<stdin>:1:29: data[0].market: the API does not document a member of this name; its "
               "value is the string \"us\"\n"
               "<stdin>:1:41: data[0].tags: the API does not document a member of this name; its "
               "value is an array\n",
               NULL);
}

Test(tool_refusals, what_was_found_in_place_of_what_was_expected) {
    expect_run(
        "check",
        "{\"data\":[{\"phone_numbers\":\"x\",\"id\":{},\"status\":true},null,\"\"],\"meta\":[]}", 1,
        "<stdin>:1:27: data[0].phone_numbers: expected an array, found the string \"x\"\n"
        "<stdin>:1:36: data[0].id: expected a string, found an object\n"
        "<stdin>:1:48: data[0].status: expected a string, found true\n"
        "<stdin>:1:54: data[1]: expected an object, found null\n"
        "<stdin>:1:59: data[2]: expected an object, found an empty string\n"
        "<stdin>:1:70: meta: expected an object, found an array\n",
        NULL);
}

Test(tool_refusals, deep_values_are_read_if_asked_for) {
    static const char text[] = "{\"data\":[{\"id\":\"a\",\"x\":[[[]]]},{\"id\":\"b\"}]}";
    expect_run("show --format ids --max-depth 5", text, 3, "",
               "numres: <stdin>:1:26: data[0].x[0][0]: arrays and objects nest deeper than "
               "--max-depth allows (default 32, at most 127)\n");
    expect_run("show --format ids --max-depth 6", text, 0, "a\nb\n", "");
}

/* ---- numres list ---- */

static void expect_response(const char *rule, const char *body, int exit_code, const char *output,
                            const char *message) {
    api_server server = api_server_start(55, RULES(rule));
    file_write_text("body.json", body);
    expect_listing(&server, "--format ids --max-pages 1", exit_code, output, message);
    api_server_stop(&server);
}

Test(tool_refusals, list_tells_what_was_said) {
    expect_response("status=400;body=./body.json", "{\"errors\":[\"page[size] is too large\"]}", 4,
                    "",
                    "numres: page 1: the API answered HTTP 400 Bad Request\n"
                    "numres: page 1:1:36: errors[0]: API error: page[size] is too large\n");
    expect_response("status=400;body=./body.json", "{\"errors\":[{\"message\":\"too large\"}]}", 4,
                    "", "numres: page 1:1:34: errors[0]: API error: too large\n");
    expect_response("body=./body.json", "{\"message\":\"too large\"}", 4, "",
                    "numres: page 1:1:23: (root): API error: too large\n");
    expect_response(
        "status=400;body=./body.json", "{\"errors\":{\"page\":[\"is too large\"]}}", 4, "",
        "numres: page 1: the API answered HTTP 400 Bad Request\n"
        "numres: page 1: the response lists no errors: its content type is application/json; "
        "charset=utf-8, and it starts with: {\"errors\":{\"page\":[\"is too large\"]}}\n");
}

#define IS_JSON_WITH ": its content type is application/json; charset=utf-8, and it starts with: "
#define IS_MUTE " lists an error without a code, title or detail" IS_JSON_WITH

Test(tool_refusals, list_tells_errors_without_text) {
    expect_response("body=./body.json", "{\"errors\":[{\"reason\":\"x\"}]}", 4, "",
                    "numres: page 1: the response (HTTP 200)" IS_MUTE
                    "{\"errors\":[{\"reason\":\"x\"}]}\n");
    expect_response("status=400;body=./body.json", "{\"errors\":[{}]}", 4, "",
                    "numres: page 1: the response" IS_MUTE "{\"errors\":[{}]}\n");
}

/* A gateway's words may be in a member that numres does not know. */
Test(tool_refusals, list_shows_refusals_that_are_a_code_alone) {
    expect_response("status=400;body=./body.json", "{\"code\":5,\"msg\":\"too large\"}", 4, "",
                    "numres: page 1:1:28: (root): API error 5\n"
                    "numres: page 1: the response lists no errors" IS_JSON_WITH
                    "{\"code\":5,\"msg\":\"too large\"}\n");
    expect_response(
        "body=./body.json", "{\"error\":{\"code\":5,\"errors\":[{\"reason\":\"x\"}]}}", 4, "",
        "(root): API error 5\n"
        "numres: page 1: the response (HTTP 200) lists no errors" IS_JSON_WITH "{\"error\":");
    expect_response("status=400;body=./body.json", "{\"errors\":[{\"code\":\"5\"}]}", 4, "",
                    "errors[0]: API error 5\n");
}

Test(tool_refusals, list_shows_refusals_that_cannot_be_read) {
    expect_response("status=400;body=./body.json", "{\"error\":\"too lar", 4, "",
                    "numres: page 1: the response ends in the middle of the JSON" IS_JSON_WITH
                    "{\"error\":\"too lar\n");
    expect_response("status=400;body=./body.json", "{\"error\":'too large'}", 4, "",
                    "numres: page 1: the response is not valid JSON" IS_JSON_WITH
                    "{\"error\":'too large'}\n");
}

Test(tool_refusals, list_reads_empty_lists_and_goes_on_without_errors) {
    expect_response("body=./body.json", "{\"data\":null,\"meta\":{\"total_pages\":0}}", 0, "", "");
    api_server server = api_server_start(55, RULES("page=1;body=./body.json"));
    file_write_text("body.json", "{\"data\":[{\"id\":\"r1\"}],\"errors\":[],"
                                 "\"meta\":{\"total_pages\":3,\"page_number\":1}}");
    expect_listing(&server, "--quiet --format ids --max-pages 2", 0, NULL, "");
    expect_requests(&server, 2);
    api_server_stop(&server);
}

/* Messages use the tool's words and name no file, since there is none. */
Test(tool_refusals, list_tells_what_is_wrong_with_the_text) {
    expect_response("body=./body.json", "\xef\xbb\xbf{\"data\":[]}", 3, "",
                    "numres: page 1:1:1: (root): a byte-order mark before the JSON text\n");
    expect_response("body=./body.json", "{\"data\":[]}0", 3, "",
                    "numres: page 1:1:12: (root): bytes after the end of the document\n");
    expect_response("body=./body.json",
                    "{\"data\":[{\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]"
                    "]]]]]]]]]]]]]]]]]}]}",
                    3, "", "nest deeper than --max-depth allows");
}
