/* numres check for CI and for people at a terminal: annotations, SARIF, excerpts. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <numres/version.h>

#include "process.h"
#include "terminal.h"

TestSuite(tool_check_forms, .init = directory_enter, .fini = directory_leave, .timeout = 120);

/* Contains a tab, and characters of three and four bytes: one and two UTF-16 code units. */
static const char page[] =
    "{\"data\":[\n"
    "\t{\"status\":\"odd\",\"customer_reference\":\"\xe6\x9c\xad\xf0\x9f\x98\x80\",\"id\":7}]}\n";

static outcome check(const char *const *arguments, const char *input, size_t length, size_t piece) {
    return process_run(&(invocation){
        .arguments = arguments, .input = input, .input_length = length, .piece = piece});
}

/* ---- annotations of GitHub Actions ---- */

Test(tool_check_forms, annotations_count_columns_in_utf16) {
    file_write_text("page.json", page);
    expect_run("check --quiet --format github page.json", "", 1,
               "::warning file=page.json,line=2,col=12,title=unknown-status::data[0].status: "
               "" STATUS_SENTENCE ": \"odd\"\n"
               "::warning file=page.json,line=2,col=50,title=wrong-type::data[0].id: expected a "
               "string, found the number 7\n",
               "");
}

Test(tool_check_forms, annotations_escape_what_the_runner_decodes) {
    file_write_text("a:b,c%.json", "{\"data\":{\"status\":\"100%\\r\\n:,\\u001b\"}}");
    expect_run("check --quiet --format github a:b,c%.json", "", 1,
               "::warning file=a%3Ab%2Cc%25.json,line=1,col=19,title=unknown-status::data.status: "
               "" STATUS_SENTENCE ": \"100%25%0D%0A:,\\u001b\"\n",
               "");
}

Test(tool_check_forms, errors_are_annotated_as_errors) {
    file_write_text("cut.json", "{\"data\":[");
    file_write_text("refused.json", "{\"errors\":[{\"code\":\"10005\",\"title\":\"Not found\"}]}");
    expect_run("check --quiet --format github cut.json refused.json", "", 4,
               "::error file=cut.json,line=1,col=10,title=truncated::data[0]: the input ends "
               "inside the JSON document; part is missing (fetch the response again)\n"
               "::error file=refused.json,line=1,col=47,title=api-error::errors[0]: API error "
               "10005: Not found\n",
               "");
}

/* There is no file to annotate. */
Test(tool_check_forms, annotations_of_standard_input_say_the_place) {
    expect_run("check --quiet --format github", "\n{\"data\":{\"status\":\"odd\"}}", 1,
               "::warning title=unknown-status::<stdin>:2:19: data.status: " STATUS_SENTENCE
               ": \"odd\"\n",
               "");
}

/* ---- SARIF ---- */

#define LOCATION(uri, region, path)                                                                \
    "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"" uri                   \
    "\"},\"region\":{" region "}},\"logicalLocations\":[{\"fullyQualifiedName\":\"" path "\"}]}]}"

static void expect_sarif(const char *arguments, const char *input, int exit_code,
                         const char *results) {
    char line[128];
    const char *words[8];
    size_t count = 0;
    char *rest = NULL;
    snprintf(line, sizeof line, "%s", arguments);
    for (char *word = strtok_r(line, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest))
        words[count++] = word;
    words[count] = NULL;
    outcome outcome = check(words, input, strlen(input), 0);
    cr_expect_eq(outcome.exit_code, exit_code);
    expect_part(outcome.output, "{\"$schema\":\"https://docs.oasis-open.org/");
    expect_part(outcome.output, "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":"
                                "\"numres\",\"version\":\"" NUMRES_VERSION_TEXT
                                "\",\"rules\":[{\"id\":\"syntax\",");
    expect_part(outcome.output, "\"columnKind\":\"utf16CodeUnits\",\"results\":[");
    expect_part(outcome.output, results);
    outcome_free(&outcome);
}

Test(tool_check_forms, sarif_has_a_result_for_each_problem) {
    file_write_text("a b.json", page);
    file_write_text("page.json", page);
    expect_sarif(
        "check --format sarif page.json", "", 1,
        "\n{\"ruleId\":\"unknown-status\",\"ruleIndex\":8,\"level\":\"warning\","
        "\"message\":{\"text\":\"" STATUS_SENTENCE ": \\\"odd\\\"\"}," LOCATION(
            "page.json", "\"startLine\":2,\"startColumn\":12",
            "data[0].status") "\n,{"
                              "\"ruleId\":\"wrong-type\",\"ruleIndex\":10,\"level\":\"warning\","
                              "\"message\":{"
                              "\"text\":\"expected a string, found the number 7\"}," LOCATION(
                                  "page.json", "\"startLine\":2,\"startColumn\":50",
                                  "data[0].id") "],\"invocations\":[{\"executionSuccessful\":true,"
                                                "\"exitCode\":"
                                                "1}]}]}\n");
}

Test(tool_check_forms, sarif_names_files_by_uri) {
    outcome outcome;
    file_write_text("a b%\xc3\xa9:.json", "{\"data\":{\"status\":\"odd\"}}");
    outcome = check((const char *const[]){"check", "--format", "sarif", "a b%\xc3\xa9:.json", NULL},
                    "", 0, 0);
    expect_part(outcome.output, "\"uri\":\"a%20b%25%C3%A9%3A.json\"");
    outcome_free(&outcome);
    expect_sarif("check --format sarif", "{\"data\":{\"status\":\"odd\"}}", 1, "\"uri\":\"stdin\"");
}

/* In SARIF, single braces would be placeholders for arguments. */
Test(tool_check_forms, sarif_doubles_braces_in_messages) {
    expect_sarif("check --format sarif", "{\"data\":{\"status\":\"{0}\"}}", 1,
                 ": \\\"{{0}}\\\"\"}");
}

Test(tool_check_forms, sarif_tells_errors_and_files_that_cannot_be_read) {
    expect_sarif("check --format sarif", "{\"data\":[", 3,
                 "\"ruleId\":\"truncated\",\"ruleIndex\":6,\"level\":\"error\"");
    expect_sarif("check --format sarif", "{\"data\":[", 3,
                 "\"executionSuccessful\":true,\"exitCode\":3");
    expect_sarif("check --format sarif none.json", "", 3,
                 "\"results\":[],\"invocations\":[{\"executionSuccessful\":false,\"exitCode\":3,"
                 "\"toolExecutionNotifications\":[{\"level\":\"error\",\"message\":{\"text\":"
                 "\"none.json: cannot be opened: No such file or directory\"}}]}]");
    expect_sarif("check --format sarif", "{\"errors\":[{\"code\":\"1\",\"title\":\"T\"}]}", 4,
                 "\"ruleId\":\"api-error\",\"ruleIndex\":20,\"level\":\"error\"");
}

/* A page on one line, longer than a piece. Columns are counted across pieces of any size. */
static char *long_line(size_t *length) {
    const size_t size = 400000;
    char *bytes = malloc(size);
    cr_assert_not_null(bytes);
    size_t used = (size_t)snprintf(bytes, size, "{\"data\":[");
    for (int at = 0; used < 200000; at++)
        used +=
            (size_t)snprintf(bytes + used, size - used,
                             "{\"customer_reference\":\"\xf0\x9f\x98\x80%d\",\"status\":\"%s\"},",
                             at, at % 100 == 0 ? "odd" : "pending");
    used += (size_t)snprintf(bytes + used, size - used, "{}]}");
    *length = used;
    return bytes;
}

/* The column of the last such value, in UTF-16 code units. */
static size_t column_of_last(const char *bytes, size_t length) {
    size_t column = 1;
    size_t last = 0;
    for (size_t at = 0; at + 5 < length; at++) {
        unsigned char byte = (unsigned char)bytes[at];
        if (memcmp(bytes + at, "\"odd\"", 5) == 0)
            last = column;
        column += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
    }
    return last;
}

Test(tool_check_forms, sarif_counts_columns_over_pieces) {
    static const size_t pieces[] = {0, 1000, 4097, 65536};
    char expected[64];
    size_t length = 0;
    char *bytes = long_line(&length);
    snprintf(expected, sizeof expected, "\"startLine\":1,\"startColumn\":%zu}",
             column_of_last(bytes, length));
    for (size_t at = 0; at < sizeof pieces / sizeof *pieces; at++) {
        outcome outcome = check((const char *const[]){"check", "--format", "sarif", NULL}, bytes,
                                length, pieces[at]);
        cr_expect_eq(outcome.exit_code, 1);
        expect_part(outcome.output, expected);
        outcome_free(&outcome);
    }
    free(bytes);
}

/* An object with more lines than are remembered, or more bytes than are kept. */
static char *far_start(char filling, size_t length) {
    char *bytes = malloc(length + 1);
    cr_assert_not_null(bytes);
    memset(bytes, filling, length);
    bytes[0] = '{';
    bytes[length - 1] = '}';
    bytes[length] = '\0';
    return bytes;
}

Test(tool_check_forms, a_place_far_back_has_what_is_still_known) {
    char *bytes = far_start('\n', 65538);
    expect_sarif("check --format sarif", bytes, 1, "\"region\":{\"byteOffset\":0}}");
    file_write_text("page.json", bytes);
    outcome outcome =
        check((const char *const[]){"check", "--format", "github", "page.json", NULL}, "", 0, 0);
    expect_part(outcome.output, "::warning file=page.json,title=no-envelope::(root): ");
    outcome_free(&outcome);
    free(bytes);
    bytes = far_start(' ', 200000);
    expect_sarif("check --format sarif", bytes, 1, "{\"startLine\":1,\"startColumn\":1}");
    /* A blank before it moves it to where columns are no longer known. */
    bytes[0] = ' ';
    bytes[1] = '{';
    expect_sarif("check --format sarif", bytes, 1, "\"region\":{\"startLine\":1}}");
    free(bytes);
}

/* ---- excerpts at a terminal ---- */

static void expect_shown(const char *input, unsigned short columns, const char *const *environment,
                         const char *expected) {
    file_write_text("page.json", input);
    outcome outcome = terminal_run(
        &(invocation){.arguments = (const char *const[]){"check", "--quiet", "page.json", NULL},
                      .environment = environment},
        TERMINAL_OUTPUT | TERMINAL_MESSAGES, columns);
    expect_part(outcome.output, expected);
    outcome_free(&outcome);
}

static const char *const plain[] = {"NO_COLOR=1", NULL};

Test(tool_check_forms, a_terminal_shows_the_line_and_a_mark) {
    expect_shown(
        page, 80, plain,
        ": \"odd\"\n"
        "    2 |     {\"status\":\"odd\",\"customer_reference\":\"\xe6\x9c\xad\xf0\x9f\x98\x80"
        "\",\"id\":7}]}\n"
        "      |               ^~~~~\n"
        "page.json:2:54: data[0].id: expected a string, found the number 7\n"
        "    2 |     {\"status\":\"odd\",\"customer_reference\":\"\xe6\x9c\xad\xf0\x9f\x98\x80"
        "\",\"id\":7}]}\n"
        "      |                                                      ^\n");
}

Test(tool_check_forms, a_long_line_is_cut_around_the_place) {
    expect_shown(page, 40, plain,
                 "    2 |     {\"status\":\"odd\",\"customer...\n"
                 "      |               ^~~~~\n");
    expect_shown(page, 40, plain,
                 "    2 | ...rence\":\"\xe6\x9c\xad\xf0\x9f\x98\x80\",\"id\":7}]}\n"
                 "      |                       ^\n");
}

Test(tool_check_forms, the_mark_is_in_colour) {
    expect_shown(page, 40, NULL, "\033[1mpage.json:2:12: \033[1;35mdata[0].status\033[0m: ");
    expect_shown(page, 40, NULL, "      |               \033[1;32m^~~~~\033[0m\n");
    expect_shown("{\"data\":[}", 40, NULL, "\033[1mpage.json:1:10: \033[1;31mdata[0]\033[0m: ");
}

/* Colours can be forced in a pipe, whose reader may show them to people. */
Test(tool_check_forms, colours_may_be_asked_for_or_not) {
    file_write_text("page.json", page);
    outcome outcome =
        process_run(&(invocation){.arguments = (const char *const[]){"check", "--quiet", "--color",
                                                                     "always", "page.json", NULL}});
    expect_part(outcome.output, "\033[1mpage.json:2:12: \033[1;35mdata[0].status\033[0m: ");
    expect_part(outcome.output, "      |               \033[1;32m^~~~~\033[0m\n");
    outcome_free(&outcome);
    outcome =
        terminal_run(&(invocation){.arguments = (const char *const[]){"check", "--quiet", "--color",
                                                                      "never", "page.json", NULL}},
                     TERMINAL_OUTPUT | TERMINAL_MESSAGES, 80);
    expect_part(outcome.output, "page.json:2:12: data[0].status: ");
    expect_part(outcome.output, "      |               ^~~~~\n");
    outcome_free(&outcome);
}

/* Nothing in the line can control the terminal. */
Test(tool_check_forms, an_excerpt_shows_controls_escaped) {
    expect_shown("{\"data\":{\"a\":\"\xe2\x80\xae\",\"id\":\x1b}}", 80, plain,
                 "    1 | {\"data\":{\"a\":\"\\u202e\",\"id\":\\u001b}}\n"
                 "      |                            ^~~~~~\n");
    expect_shown("{\"data\":{\"id\":\"\xff\"}}\r\n", 80, plain,
                 "    1 | {\"data\":{\"id\":\"\\xff\"}}\n"
                 "      |                ^");
}

/* A line of megabytes costs no more than a short one. */
Test(tool_check_forms, an_excerpt_of_a_long_line_is_found_in_later_pieces) {
    size_t length = 0;
    char *bytes = long_line(&length);
    bytes[length] = '\0';
    file_write("page.json", bytes, length);
    outcome outcome = terminal_run(
        &(invocation){.arguments = (const char *const[]){"check", "--quiet", "page.json", NULL},
                      .environment = plain},
        TERMINAL_OUTPUT | TERMINAL_MESSAGES, 60);
    size_t marks = 0;
    for (const char *at = outcome.output; (at = strstr(at, "^~~~~\n")) != NULL; at++)
        marks++;
    size_t findings = 0;
    for (const char *at = outcome.output; (at = strstr(at, "page.json:1:")) != NULL; at++)
        findings++;
    cr_expect_gt(findings, 30);
    cr_expect_eq(marks, findings);
    outcome_free(&outcome);
    free(bytes);
}
