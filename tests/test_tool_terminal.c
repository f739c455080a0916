/* numres show at a terminal: colour, messages, progress. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "table_text.h"
#include "terminal.h"

TestSuite(tool_terminal, .init = directory_enter, .fini = directory_leave, .timeout = 120);

#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define RED "\033[31m"
#define MAGENTA "\033[35m"
#define CYAN "\033[36m"

static const char page[] =
    "{\"data\":{\"status\":\"pending\",\"id\":\"one\",\"phone_numbers\":[{\"status\":\"success\"},"
    "{\"status\":\"failure\"},{}]}}";

#define ROWS(pending, success, failure, dim, plain)                                                \
    pending "pending" plain "   " NOTHING_AT_80 dim "one" plain "\n" success "success" plain       \
            "     -                 -\n" failure "failure" plain "     -                 -\n"      \
            "-           -                 -\n"
#define IN_COLOUR BOLD_HEADER_AT_80 ROWS(YELLOW, GREEN, RED, DIM, PLAIN) SUMMARY
#define WITHOUT_COLOUR HEADER_AT_80 ROWS("", "", "", "", "") SUMMARY
#define SUMMARY "\n1 reservation, 3 numbers: 1 success, 1 failure, 1 without a status\n"

static const char *const no_pager_words[] = {"show", "--no-pager", "page.json", NULL};

static outcome run_at(const char *const *arguments, const char *const *environment,
                      unsigned int streams) {
    return terminal_run(&(invocation){.arguments = arguments, .environment = environment}, streams,
                        80);
}

static void expect_shown(const char *const *arguments, const char *const *environment,
                         const char *expected) {
    file_write_text("page.json", page);
    outcome outcome = run_at(arguments, environment, TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    cr_expect_eq(outcome.exit_code, 0);
    cr_expect(strcmp(outcome.output, expected) == 0, "it showed:\n%s\nnot:\n%s", outcome.output,
              expected);
    outcome_free(&outcome);
}

#define ENVIRONMENT(...) ((const char *const[]){__VA_ARGS__, NULL})

Test(tool_terminal, statuses_are_in_colour) {
    expect_shown(no_pager_words, NULL, IN_COLOUR);
    expect_shown(no_pager_words, ENVIRONMENT("NO_COLOR="), IN_COLOUR);
    expect_shown(no_pager_words, ENVIRONMENT("CLICOLOR=1", "CLICOLOR_FORCE=0"), IN_COLOUR);
}

/* DEL, a C1 control, and controls of the writing direction. */
#define OBEYED_CHARACTERS "\x7f\xc2\x9b\xe2\x80\xae\xe2\x81\xa6\xd8\x9c"
#define OBEYED_ESCAPED "\\u007f\\u009b\\u202e\\u2066\\u061c"

static void expect_tame(const char *words) {
    static const char *const obeyed[] = {"\x7f", "\xc2\x9b", "\xe2\x80\xae", "\xe2\x81\xa6",
                                         "\xd8\x9c"};
    const char *arguments[12] = {NULL};
    char copy[200];
    char *rest = copy;
    size_t count = 0;
    snprintf(copy, sizeof copy, "%s", words);
    for (char *word = NULL; (word = strtok_r(rest, " ", &rest)) != NULL;)
        arguments[count++] = word;
    outcome outcome = run_at(arguments, NULL, TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    for (size_t at = 0; at < sizeof obeyed / sizeof obeyed[0]; at++)
        cr_expect(strstr(outcome.output, obeyed[at]) == NULL, "numres %s wrote %zu", words, at);
    expect_part(outcome.output, OBEYED_ESCAPED);
    outcome_free(&outcome);
}

#define OBEYED_PAGE(name)                                                                          \
    "{\"data\":{\"id\":\"" name OBEYED_CHARACTERS "\",\"status\":\"" OBEYED_CHARACTERS             \
    "\",\"phone_numbers\":[{\"phone_number\":\"" OBEYED_CHARACTERS "\"}]}}"

Test(tool_terminal, no_format_writes_what_a_terminal_obeys) {
    static const char *const commands[] = {
        "show --no-pager page.json",
        "show --format ids page.json",
        "show --format numbers page.json",
        "show --format json page.json",
        "show --format ndjson page.json",
        "show --format jsonl page.json",
        "show --format csv page.json",
        "show --format tsv page.json",
        "show --no-pager --columns reservation_id,status page.json",
        "check page.json",
        "check --format json page.json",
        "check --format github page.json",
        "check --format sarif page.json",
        "diff page.json other.json",
        "diff --format ndjson page.json other.json",
    };
    file_write_text("page.json", OBEYED_PAGE(""));
    file_write_text("other.json", OBEYED_PAGE("x"));
    for (size_t at = 0; at < sizeof commands / sizeof commands[0]; at++)
        expect_tame(commands[at]);
}

/* Longer than the writer's buffer, so that some character is split. */
Test(tool_terminal, json_there_is_the_same_value) {
    static char input[9000];
    static char output[30000];
    size_t length = (size_t)snprintf(input, sizeof input, "{\"id\":\"x");
    size_t shown = (size_t)snprintf(output, sizeof output, "{\"id\":\"x");
    for (size_t at = 0; at < 1200; at++) {
        length += (size_t)snprintf(input + length, sizeof input - length, "\xe2\x80\xae\xc3\xa4");
        shown += (size_t)snprintf(output + shown, sizeof output - shown, "\\u202e\xc3\xa4");
    }
    snprintf(input + length, sizeof input - length, "\"}\n");
    snprintf(output + shown, sizeof output - shown, "\"}\n");
    file_write_text("page.json", input);
    outcome outcome =
        run_at((const char *const[]){"show", "--bare", "--format", "ndjson", "page.json", NULL},
               NULL, TERMINAL_OUTPUT);
    cr_expect(strcmp(outcome.output, output) == 0);
    outcome_free(&outcome);
    expect_run("show --bare --format ndjson page.json", "", 0, input, "");
}

Test(tool_terminal, colour_can_be_switched_off) {
    expect_shown(no_pager_words, ENVIRONMENT("NO_COLOR=1"), WITHOUT_COLOUR);
    expect_shown(no_pager_words, ENVIRONMENT("NO_COLOR=1", "CLICOLOR_FORCE=1"), WITHOUT_COLOUR);
    expect_shown(no_pager_words, ENVIRONMENT("CLICOLOR=0"), WITHOUT_COLOUR);
    expect_shown(no_pager_words, ENVIRONMENT("TERM=dumb"), WITHOUT_COLOUR);
    expect_shown(no_pager_words, ENVIRONMENT("TERM="), WITHOUT_COLOUR);
}

/* Whether the table in a pipe has colours. Nothing else may differ. */
static bool is_in_colour(const char *option, const char *const *environment) {
    const char *arguments[] = {"show", "page.json", option, NULL};
    file_write_text("page.json", page);
    outcome outcome =
        process_run(&(invocation){.arguments = arguments, .environment = environment});
    bool has_colour = strncmp(outcome.output, BOLD, strlen(BOLD)) == 0;
    expect_part(outcome.output, has_colour ? YELLOW "pending" PLAIN : "\npending   -");
    outcome_free(&outcome);
    return has_colour;
}

Test(tool_terminal, colour_can_be_forced) {
    cr_expect(is_in_colour(NULL, ENVIRONMENT("CLICOLOR_FORCE=1", "TERM=dumb")));
    cr_expect_not(is_in_colour(NULL, NULL));
}

/* --color takes precedence over the environment. */
Test(tool_terminal, colour_can_be_asked_for) {
    static const char *const never[] = {"show", "--no-pager", "--color=never", "page.json", NULL};
    static const char *const auto_words[] = {"show", "--no-pager", "--color=auto", "page.json",
                                             NULL};
    cr_expect(is_in_colour("--color=always", ENVIRONMENT("NO_COLOR=1")));
    cr_expect_not(is_in_colour("--color=never", ENVIRONMENT("CLICOLOR_FORCE=1")));
    cr_expect(is_in_colour("--color=auto", ENVIRONMENT("CLICOLOR_FORCE=1")));
    expect_shown(never, NULL, WITHOUT_COLOUR);
    expect_shown(auto_words, NULL, IN_COLOUR);
}

Test(tool_terminal, other_statuses_have_their_colour) {
    file_write_text("page.json", "{\"data\":{\"status\":\"voided\"}}");
    outcome outcome = run_at(no_pager_words, NULL, TERMINAL_OUTPUT);
    expect_part(outcome.output, "\n" MAGENTA "!voided" PLAIN "   - [1]  ");
    cr_expect_eq(outcome.exit_code, 1);
    outcome_free(&outcome);
}

Test(tool_terminal, statuses_of_the_guide_have_theirs) {
    file_write_text("page.json", "{\"data\":[{\"status\":\"partial_success\"},"
                                 "{\"status\":\"failed\"},{\"status\":\"failure\"}]}");
    outcome outcome = run_at(no_pager_words, NULL, TERMINAL_OUTPUT);
    expect_part(outcome.output, "\n" CYAN "partial_success" PLAIN);
    expect_part(outcome.output, "\n" RED "failed" PLAIN "    -  ");
    expect_part(outcome.output, "\n" RED "failure" PLAIN "   -  ");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
}

Test(tool_terminal, only_the_table_is_in_colour) {
    static const char *const formats[] = {"ids", "ndjson", "json", "csv", "tsv"};
    file_write_text("page.json", page);
    for (size_t at = 0; at < sizeof formats / sizeof formats[0]; at++) {
        const char *const arguments[] = {"show", "--format", formats[at], "page.json", NULL};
        outcome shown = run_at(arguments, ENVIRONMENT("PAGER=false"), TERMINAL_OUTPUT);
        outcome written = process_run(&(invocation){.arguments = arguments});
        cr_expect_str_eq(shown.output, written.output);
        cr_expect_eq(shown.exit_code, 0);
        outcome_free(&shown);
        outcome_free(&written);
    }
}

Test(tool_terminal, a_message_stands_in_no_line_of_the_output) {
    static const char *const arguments[] = {"show", "--format", "json", "page.json", NULL};
    file_write_text("page.json", "{\"data\":[{\"id\":\"one\"},{\"status\":\"x\"},"
                                 "{\"status\":\"y\"}]}");
    outcome outcome = run_at(arguments, NULL, TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    expect_part(outcome.output, "{\"data\":[{\"id\":\"one\"}\nnumres: page.json:1:");
    expect_part(outcome.output, "\"x\"\n,{\"status\":\"x\"}\nnumres: page.json:1:");
    outcome_free(&outcome);
    outcome = run_at(arguments, NULL, TERMINAL_OUTPUT);
    cr_expect_str_eq(outcome.output, "{\"data\":[{\"id\":\"one\"},{\"status\":\"x\"},"
                                     "{\"status\":\"y\"}]}\n");
    cr_expect_eq(strncmp(outcome.messages, "numres: ", 8), 0, "%s", outcome.messages);
    outcome_free(&outcome);
    outcome = run_at(arguments, NULL, TERMINAL_MESSAGES);
    cr_expect_eq(strncmp(outcome.messages, "numres: ", 8), 0, "%s", outcome.messages);
    outcome_free(&outcome);
}

#define WIPED "\r\033[K"

static const char *const csv_words[] = {"show", "--format", "csv", "page.json", NULL};

Test(tool_terminal, progress_of_a_large_file) {
    file_write_large_page("page.json");
    outcome outcome = run_at(csv_words, NULL, TERMINAL_MESSAGES);
    cr_expect_eq(outcome.exit_code, 0);
    cr_expect_eq(strncmp(outcome.messages, "\r4.2 MB of 5.", 13), 0, "%s", outcome.messages);
    expect_part(outcome.messages, " MB (");
    expect_part(outcome.messages, " %), ");
    expect_part(outcome.messages, " reservations, ");
    expect_part(outcome.messages, " MB/s\033[K");
    cr_assert_gt(outcome.messages_length, strlen(WIPED));
    cr_expect_str_eq(outcome.messages + outcome.messages_length - strlen(WIPED), WIPED);
    outcome_free(&outcome);
}

Test(tool_terminal, progress_fits_the_terminal) {
    file_write_large_page("page.json");
    outcome outcome = terminal_run(&(invocation){.arguments = csv_words}, TERMINAL_MESSAGES, 12);
    cr_expect_eq(strncmp(outcome.messages, "\r4.2 MB of 5\033[K", 15), 0, "%s", outcome.messages);
    outcome_free(&outcome);
}

/* What was read of standard input earlier does not count. */
Test(tool_terminal, progress_of_the_rest_of_a_file) {
    static const char *const arguments[] = {"show", "--format", "csv", NULL};
    file_write_large_page("page.json");
    FILE *file = fopen("page.json", "ab");
    cr_assert_not_null(file);
    long end = ftell(file);
    fprintf(file, "{\"data\":[],\"unknown\":\"%*s\"}", 4500000, "");
    cr_assert_eq(fclose(file), 0);
    outcome outcome = terminal_run(
        &(invocation){.arguments = arguments, .input_from = "page.json", .input_offset = end},
        TERMINAL_MESSAGES, 80);
    cr_expect_eq(outcome.exit_code, 0);
    expect_part(outcome.messages, "\r4.2 MB of 4.5 MB (");
    outcome_free(&outcome);
}

/* The first file has more problems than an unread terminal can hold: the tool is blocked
   in it, and has already looked up the size of the second. */
Test(tool_terminal, progress_of_a_file_that_grows) {
    static const char *const arguments[] = {"show",          "--format",  "csv",
                                            "problems.json", "page.json", NULL};
    static char problems[100000] = "{\"data\":[";
    size_t length = strlen(problems);
    for (size_t at = 0; at < 5000; at++)
        length += (size_t)snprintf(problems + length, sizeof problems - length,
                                   "%s{\"status\":\"x\"}", at == 0 ? "" : ",");
    snprintf(problems + length, sizeof problems - length, "]}");
    file_write_text("problems.json", problems);
    file_write_text("page.json", "{\"data\":[]}");
    terminal terminal =
        terminal_start(&(invocation){.arguments = arguments}, TERMINAL_MESSAGES, 80);
    terminal_read_until(&terminal, "data[0].status");
    file_write_large_page("page.json");
    outcome outcome = terminal_end(&terminal);
    expect_part(outcome.messages, "\r4.2 MB, ");
    cr_expect_eq(outcome.exit_code, 1);
    outcome_free(&outcome);
}

/* There is no total if only one of two files has a known size. */
Test(tool_terminal, progress_without_a_total) {
    static const char *const arguments[] = {"show", "--format", "csv", "-", "page.json", NULL};
    static const char input[] = "{\"data\":[]}";
    file_write_large_page("page.json");
    terminal terminal = terminal_start(
        &(invocation){.arguments = arguments, .input = input, .input_length = sizeof input - 1},
        TERMINAL_MESSAGES, 80);
    close(terminal.input);
    terminal.input = -1;
    terminal_read_until(&terminal, "\r4.2 MB, ");
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
}

Test(tool_terminal, messages_wipe_the_progress_away) {
    file_write_large_page("page.json");
    FILE *file = fopen("page.json", "ab");
    cr_assert_not_null(file);
    fputs("?", file);
    cr_assert_eq(fclose(file), 0);
    outcome outcome = run_at(csv_words, NULL, TERMINAL_MESSAGES);
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, WIPED "numres: page.json:1:");
    outcome_free(&outcome);
}

static void expect_no_progress(const char *const *arguments, const char *const *environment,
                               unsigned int streams) {
    outcome outcome = run_at(arguments, environment, streams);
    cr_expect_eq(outcome.exit_code, 0);
    cr_expect(strstr(outcome.messages, "MB") == NULL && strstr(outcome.output, " MB") == NULL);
    outcome_free(&outcome);
}

Test(tool_terminal, where_there_is_no_progress) {
    static const char *const quiet[] = {"show", "--quiet", "--format", "csv", "page.json", NULL};
    static const char *const small[] = {"show", "--format", "csv", "small.json", NULL};
    file_write_large_page("page.json");
    file_write_text("small.json", page);
    expect_no_progress(quiet, NULL, TERMINAL_MESSAGES);
    expect_no_progress(small, NULL, TERMINAL_MESSAGES);
    expect_no_progress(csv_words, ENVIRONMENT("TERM=dumb"), TERMINAL_MESSAGES);
    expect_no_progress(csv_words, NULL, TERMINAL_MESSAGES | TERMINAL_OUTPUT);
    expect_no_progress(csv_words, NULL, TERMINAL_OUTPUT);
}
