/* Notes below the table, and what the table says about its length. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "table_text.h"
#include "terminal.h"
#include "text_buffer.h"

TestSuite(tool_notes, .init = directory_enter, .fini = directory_leave, .timeout = 120);

static outcome run_at(unsigned short columns, const char *option, unsigned int streams) {
    const char *arguments[] = {"show", "--no-pager", "page.json", option, NULL};
    static const char *const environment[] = {"NO_COLOR=1", NULL};
    return terminal_run(&(invocation){.arguments = arguments, .environment = environment}, streams,
                        columns);
}

static void expect_at(unsigned short columns, const char *page, const char *output,
                      const char *messages) {
    file_write_text("page.json", page);
    outcome outcome = run_at(columns, NULL, TERMINAL_OUTPUT);
    cr_expect(strcmp(outcome.output, output) == 0, "it showed:\n%s\nnot:\n%s", outcome.output,
              output);
    cr_expect_str_eq(outcome.messages, messages);
    outcome_free(&outcome);
}

#define HELD "Number is already on hold by another customer of this carrier"

/* Equal texts share a mark. */
Test(tool_notes, errors_without_room_stand_below_the_table) {
    expect_at(80,
              "{\"data\":{\"id\":\"one\",\"errors\":\"Some are gone\",\"phone_numbers\":["
              "{\"phone_number\":\"+1\",\"errors\":\"" HELD "\"},"
              "{\"phone_number\":\"+2\",\"errors\":\"32 columns are left for an error\"},"
              "{\"phone_number\":\"+3\",\"errors\":\"For one of 33 there is no room...\"},"
              "{\"phone_number\":\"+4\",\"errors\":\"" HELD "\"}]}}",
              HEADER_AT_80 "-         - [1]                                 -                 one\n"
                           "-           +1 [2]            -\n"
                           "-           +2                -                 "
                           "32 columns are left for an error\n"
                           "-           +3 [3]            -\n"
                           "-           +4 [2]            -\n"
                           "\n[1] Some are gone\n"
                           "[2] " HELD "\n"
                           "[3] For one of 33 there is no room...\n"
                           "\n1 reservation, 4 numbers: 4 without a status\n",
              "");
}

/* A row has one mark for all its problems, and they are printed with it, after the rows.
   Problems without a row, or whose row is not shown, have none. */
Test(tool_notes, problems_have_the_mark_of_their_row) {
    static const char page[] =
        "{\"meta\":{\"total_pages\":true},\"data\":[\n"
        "{\"phone_numbers\":[{\"phone_number\":\"+1\"},\n"
        "{\"id\":1,\n\"phone_number\":\"+2\",\n\"status\":\"odd\"}],\n"
        "\"id\":\"one\",\"customer_reference\":false},\n"
        "{\"id\":\"two\",\"phone_numbers\":[{\"phone_number\":\"+3\"},{\"status\":7}]},\n"
        "{\"id\":5,?";
    expect_run(
        "show", page, 3,
        HEADER "-         !false [1]                               -                    one\n"
               "-           +1                -\n"
               "!odd        +2 [2]            -\n"
               "-         -                                        -                    two\n"
               "-           +3                -\n"
               "!7          - [3]             -\n"
               "\n2 reservations, 4 numbers: 2 other, 2 without a status (incomplete list)\n",
        "numres: <stdin>:8:9: data[2]: not valid JSON: unexpected character (no JSON token begins "
        "with it)\n"
        "numres: [1] <stdin>:6:33: data[0].customer_reference: expected a string, found "
        "false\n"
        "numres: [2] <stdin>:3:7: data[0].phone_numbers[1].id: expected a string, found "
        "the number 1\n"
        "numres: [2] <stdin>:5:10: data[0].phone_numbers[1].status: " STATUS_SENTENCE ": \"odd\"\n"
        "numres: [3] <stdin>:7:62: data[1].phone_numbers[1].status: expected a string, "
        "found the number 7\n"
        "numres: <stdin>:1:24: meta.total_pages: expected an integer, found true\n"
        "numres: <stdin>:8:7: data[2].id: expected a string, found the number 5\n");
}

Test(tool_notes, reservations_outside_a_list_have_marks_too) {
    expect_run("show --bare",
               "{\"phone_numbers\":[{\"status\":\"x\"}]}\n{\"status\":\"y\",\"id\":\"two\"}", 1,
               HEADER
               "-         " NOTHING "-\n"
               "!x          - [1]             -\n"
               "!y        - [2]                                    -                    two\n"
               "\n2 reservations, 1 number: 1 other\n",
               "numres: [1] <stdin>:1:29: phone_numbers[0].status: " STATUS_SENTENCE ": \"x\"\n"
               "numres: [2] <stdin>:2:11: status: " STATUS_SENTENCE ": \"y\"\n");
    expect_run("show", "{\"data\":{\"id\":\"one\",\"status\":\"y\"}}", 1,
               HEADER
               "!y        - [1]                                    -                    one\n"
               "\n1 reservation, 0 numbers\n",
               "numres: [1] <stdin>:1:30: data.status: " STATUS_SENTENCE ": \"y\"\n");
}

/* Errors as usual. Which row a problem belongs to is not known after sorting. */
Test(tool_notes, sorted_rows_have_notes_of_errors) {
    file_write_text("page.json", "{\"data\":[{\"id\":\"two\",\"phone_numbers\":["
                                 "{\"phone_number\":\"+1\",\"status\":\"x\",\"errors\":\"" HELD
                                 "\"}]},{\"id\":\"one\",\"errors\":\"Gone\"}]}");
    outcome outcome = run_at(80, "--sort=reservation_id", TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    expect_part(outcome.output, "\n-         - [1] ");
    expect_part(outcome.output, "\n!x          +1 [2] ");
    expect_part(outcome.output, "\n\n[1] Gone\n[2] " HELD "\n"
                                "numres: page.json:1:69: data[0].phone_numbers[0].status: ");
    outcome_free(&outcome);
}

Test(tool_notes, columns_have_problems_below_their_rows) {
    file_write_text("page.json", "{\"data\":{\"id\":\"one\",\"phone_numbers\":["
                                 "{\"phone_number\":\"+1\",\"status\":7},"
                                 "{\"phone_number\":\"+2\"}]}}");
    outcome outcome = run_at(80, "--columns=phone_number", TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    expect_part(outcome.output, "PHONE_NUMBER\n+1 [1]\n+2\n\nnumres: [1] page.json:1:68: ");
    outcome_free(&outcome);
}

/* At a terminal they come between the rows and the summary. */
Test(tool_notes, texts_and_problems_stand_in_the_order_of_their_marks) {
    file_write_text("page.json", "{\"data\":{\"id\":\"one\",\"errors\":\"Gone\",\"phone_numbers\":["
                                 "{\"status\":7},{\"errors\":\"" HELD "\"}]}}");
    outcome outcome = run_at(80, NULL, TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    expect_part(outcome.output,
                "\n-           - [3]             -\n"
                "\n[1] Gone\n"
                "numres: [2] page.json:1:64: data.phone_numbers[0].status: expected a string,\n"
                "    found the number 7\n"
                "[3] " HELD "\n"
                "\n1 reservation, ");
    outcome_free(&outcome);
}

/* Writes a page of `count` numbers, each with an error and an unknown status. */
static void write_many(size_t count) {
    text_buffer page = {NULL, 0, 0};
    text_buffer_format(&page, "{\"data\":[{\"id\":\"one\",\"phone_numbers\":[");
    for (size_t at = 0; at < count; at++)
        text_buffer_format(
            &page, "%s{\"phone_number\":\"+1%zu\",\"status\":\"x\",\"errors\":\"%zu " HELD "\"}",
            at == 0 ? "" : ",", at, at);
    text_buffer_format(&page, "]}]}");
    file_write_text("page.json", page.bytes);
    text_buffer_free(&page);
}

/* The limit is 99 notes. The problems of this reservation are numbered before its texts. */
Test(tool_notes, there_are_99_and_a_count_of_the_rest) {
    write_many(98);
    outcome outcome = run_at(80, NULL, TERMINAL_OUTPUT);
    expect_part(outcome.output, "\n!x          +10 [1][2]        -\n"
                                "!x          +11 [3][*]        -\n");
    expect_part(outcome.output, "\n!x          +197 [99][*]      -\n\n[2] 0 " HELD "\n"
                                "[*] 97 more errors; --wide shows all\n\n1 reservation, ");
    expect_part(outcome.messages, "\nnumres: [99] page.json:1:");
    cr_expect_null(strstr(outcome.messages, "more"));
    outcome_free(&outcome);
    write_many(101);
    outcome = run_at(80, "--wide", TERMINAL_OUTPUT);
    expect_part(outcome.output, "\n!x          +198 [99]         -                 98 " HELD "\n"
                                "!x          +199              -                 99 " HELD "\n");
    expect_part(outcome.messages, "\nnumres: and 2 more problems; numres check shows all\n");
    outcome_free(&outcome);
}

#define FIFTY                                                                                      \
    "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"             \
    "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3" \
    "\xa9"                                                                                         \
    "\xc3\xa9\xc3\xa9\xc3\xa9"
#define HUNDREDS                                                                                   \
    FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY      \
        FIFTY FIFTY FIFTY FIFTY

Test(tool_notes, a_long_text_is_kept_up_to_a_character) {
    file_write_text("page.json", "{\"data\":{\"errors\":\"a" HUNDREDS FIFTY "b\"}}");
    outcome outcome = run_at(510, NULL, TERMINAL_OUTPUT);
    expect_part(outcome.output, "\n[1] a" HUNDREDS);
    expect_part(outcome.output, "\xc3\xa9...\n\n1 reservation");
    cr_expect_null(strstr(outcome.output, "\xc3.."));
    outcome_free(&outcome);
}

/* In a long reservation every twentieth line tells how far it is, if there is room. */
Test(tool_notes, long_reservations_say_where_one_is) {
    text_buffer page = {NULL, 0, 0};
    text_buffer_format(&page, "{\"data\":[{\"id\":\"one\",\"customer_reference\":\"MY REF 001\","
                              "\"phone_numbers\":[");
    for (size_t at = 1; at <= 45; at++)
        text_buffer_format(&page, "%s{\"phone_number\":\"+%zu\"%s}", at == 1 ? "" : ",", at,
                           at == 40 ? ",\"errors\":\"Gone\"" : "");
    text_buffer_format(&page, "]}]}");
    file_write_text("page.json", page.bytes);
    text_buffer_free(&page);
    outcome outcome = run_at(80, NULL, TERMINAL_OUTPUT);
    expect_part(outcome.output, "\n-           +19               -\n"
                                "-           +20               -                 "
                                "20 of 45 of MY REF 001\n"
                                "-           +21               -\n");
    expect_part(outcome.output, "\n-           +40               -                 Gone\n");
    outcome_free(&outcome);
    outcome = run_at(60, NULL, TERMINAL_OUTPUT);
    expect_part(outcome.output, "\n-           +20               -                 20 of 45\n");
    outcome_free(&outcome);
    outcome = run_at(40, NULL, TERMINAL_OUTPUT);
    expect_part(outcome.output, "\n-         +20             -\n");
    outcome_free(&outcome);
    outcome = run_at(80, "--wide", TERMINAL_OUTPUT);
    expect_part(outcome.output, "\n-           +20               -\n");
    outcome_free(&outcome);
}

Test(tool_notes, long_reservations_without_a_reference_say_only_a_count) {
    text_buffer page = {NULL, 0, 0};
    text_buffer_format(&page, "{\"data\":{\"phone_numbers\":[{}");
    for (size_t at = 1; at < 20; at++)
        text_buffer_format(&page, ",{}");
    text_buffer_format(&page, "]}}");
    file_write_text("page.json", page.bytes);
    text_buffer_free(&page);
    outcome outcome = run_at(80, NULL, TERMINAL_OUTPUT);
    expect_part(outcome.output, " 20 of 20\n");
    outcome_free(&outcome);
}

/* ---- the summary ---- */

Test(tool_notes, the_summary_says_how_many_more_there_are) {
    expect_run("show",
               "{\"data\":[{\"id\":\"one\"}],\"meta\":{\"page_number\":1,\"total_pages\":3,"
               "\"total_results\":55}}{\"data\":[{\"id\":\"two\"}],\"meta\":{\"page_number\":2,"
               "\"total_pages\":3,\"total_results\":55}}",
               0,
               HEADER "-         " NOTHING "one\n"
                      "-         " NOTHING "two\n"
                      "\n2 of 55 reservations, 0 numbers; pages 1 to 2 of 3\n",
               "");
    /* If the pages disagree, the totals are left out. */
    expect_run("show",
               "{\"data\":[{\"id\":\"one\"}],\"meta\":{\"page_number\":1,\"total_pages\":3,"
               "\"total_results\":55}}{\"data\":[{\"id\":\"two\"}],\"meta\":{\"page_number\":2,"
               "\"total_pages\":3,\"total_results\":56}}",
               0,
               HEADER "-         " NOTHING "one\n"
                      "-         " NOTHING "two\n"
                      "\n2 reservations, 0 numbers; pages 1 to 2 of 3\n",
               "");
    expect_run("show",
               "{\"data\":[{\"id\":\"one\"}],\"meta\":{\"page_number\":1,\"total_pages\":1,"
               "\"total_results\":1}}",
               0, HEADER "-         " NOTHING "one\n\n1 reservation, 0 numbers; page 1 of 1\n", "");
}

/* At a terminal only, and not if NUMRES_NOW stops the clock. */
Test(tool_notes, a_terminal_is_told_how_long_it_took) {
    static const char *const arguments[] = {"show", "--no-pager", "page.json", NULL};
    static const char *const clock[] = {"NUMRES_NOW=", NULL};
    invocation invocation = {.arguments = arguments, .environment = clock};
    file_write_text("page.json", "{\"data\":[{\"id\":\"one\"}]}");
    outcome outcome = terminal_run(&invocation, TERMINAL_OUTPUT, 80);
    const char *time = strstr(outcome.output, "\n1 reservation, 0 numbers (");
    float seconds = -1;
    cr_assert_not_null(time, "%s", outcome.output);
    cr_expect_eq(sscanf(strchr(time, '('), "(%f s)\n", &seconds), 1);
    cr_expect(seconds >= 0 && seconds < 60);
    outcome_free(&outcome);
    outcome = process_run(&invocation);
    expect_part(outcome.output, "\n1 reservation, 0 numbers\n");
    outcome_free(&outcome);
    invocation.environment = NULL;
    outcome = terminal_run(&invocation, TERMINAL_OUTPUT, 80);
    expect_part(outcome.output, "\n1 reservation, 0 numbers\n");
    outcome_free(&outcome);
}

/* Each line of a note fits the terminal; HELD has 61 columns. In a pipe a problem is a
   single line. */
Test(tool_notes, notes_are_wrapped_to_the_terminal) {
    static const char page[] = "{\"data\":{\"id\":\"one\",\"status\":\"sold out\","
                               "\"phone_numbers\":[{\"errors\":\"" HELD "\"}]}}";
    static const char held[] = "\n[2] Number is already on hold by another\n"
                               "    customer of this carrier\n";
    file_write_text("page.json", page);
    outcome outcome = run_at(40, NULL, TERMINAL_OUTPUT);
    expect_part(outcome.output, held);
    expect_part(outcome.messages, "): \"sold out\"\n");
    cr_expect_eq(strchr(outcome.messages, '\n') - outcome.messages,
                 (ptrdiff_t)strlen(outcome.messages) - 1);
    outcome_free(&outcome);
    outcome = run_at(40, NULL, TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    expect_part(
        outcome.output,
        "numres: [1] page.json:1:30: data.status:\n    an undocumented status (documented:\n");
    outcome_free(&outcome);
    outcome = run_at(40, "--wide", TERMINAL_OUTPUT);
    expect_part(outcome.output, " " HELD "\n");
    outcome_free(&outcome);
}

/* A text of 1200 letters, cut at 1000. */
Test(tool_notes, a_word_that_is_longer_than_a_line_is_broken) {
    static char page[1500];
    char word[1201];
    char lines[96];
    memset(word, 'x', 1200);
    word[1200] = '\0';
    snprintf(page, sizeof page,
             "{\"data\":{\"id\":\"one\",\"phone_numbers\":[{\"errors\":\"%s\"}]}}", word);
    snprintf(lines, sizeof lines, "\n[1] %.36s\n    %.36s\n", word, word);
    file_write_text("page.json", page);
    outcome outcome = run_at(40, NULL, TERMINAL_OUTPUT);
    expect_part(outcome.output, lines);
    /* 27 lines of 36, and 28 letters more. */
    snprintf(lines, sizeof lines, "x\n    %.28s...\n", word);
    expect_part(outcome.output, lines);
    outcome_free(&outcome);
    /* 25 lines of 40, none with room for the dots. */
    outcome = run_at(44, NULL, TERMINAL_OUTPUT);
    expect_part(outcome.output, "x\n    ...\n");
    outcome_free(&outcome);
}
