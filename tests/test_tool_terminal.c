/* numres show at a terminal: colour, width, pager, progress. */
#include <criterion/criterion.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "terminal.h"

TestSuite(tool_terminal, .init = directory_enter, .fini = directory_leave, .timeout = 120);

#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define RED "\033[31m"
#define MAGENTA "\033[35m"
#define PLAIN "\033[0m"

#define HEADER                                                                                     \
    "STATUS    RESERVATION                           CREATED (UTC)     REFERENCE\n"                \
    "            NUMBER            EXPIRES (UTC)     ERRORS\n"

static const char page[] =
    "{\"data\":{\"status\":\"pending\",\"id\":\"one\",\"phone_numbers\":[{\"status\":\"success\"},"
    "{\"status\":\"failure\"},{}]}}";

#define ROWS(pending, success, failure, plain)                                                     \
    pending "pending" plain                                                                        \
            "   one                                   -                 -\n" success               \
            "success" plain "     -                 -\n" failure "failure" plain                   \
            "     -                 -\n"                                                           \
            "-           -                 -\n"
#define IN_COLOUR HEADER ROWS(YELLOW, GREEN, RED, PLAIN) SUMMARY
#define WITHOUT_COLOUR HEADER ROWS("", "", "", "") SUMMARY
#define SUMMARY "\n1 reservation, 3 numbers: 1 success, 1 failure, 1 without a status\n"

static const char *const show_words[] = {"show", "page.json", NULL};
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

Test(tool_terminal, colour_can_be_switched_off) {
    expect_shown(no_pager_words, ENVIRONMENT("NO_COLOR=1"), WITHOUT_COLOUR);
    expect_shown(no_pager_words, ENVIRONMENT("NO_COLOR=1", "CLICOLOR_FORCE=1"), WITHOUT_COLOUR);
    expect_shown(no_pager_words, ENVIRONMENT("CLICOLOR=0"), WITHOUT_COLOUR);
    expect_shown(no_pager_words, ENVIRONMENT("TERM=dumb"), WITHOUT_COLOUR);
    expect_shown(no_pager_words, ENVIRONMENT("TERM="), WITHOUT_COLOUR);
}

Test(tool_terminal, colour_can_be_forced) {
    file_write_text("page.json", page);
    outcome forced = process_run(&(invocation){
        .arguments = show_words, .environment = ENVIRONMENT("CLICOLOR_FORCE=1", "TERM=dumb")});
    cr_expect_str_eq(forced.output, IN_COLOUR);
    outcome_free(&forced);
    outcome usual = process_run(&(invocation){.arguments = show_words});
    cr_expect_str_eq(usual.output, WITHOUT_COLOUR);
    outcome_free(&usual);
}

Test(tool_terminal, other_statuses_have_their_colour) {
    file_write_text("page.json", "{\"data\":{\"status\":\"failed\"}}");
    outcome outcome = run_at(no_pager_words, NULL, TERMINAL_OUTPUT);
    expect_part(outcome.output, "\n" MAGENTA "!failed" PLAIN "   -  ");
    cr_expect_eq(outcome.exit_code, 1);
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

#define TEN "0123456789"

/* The reference begins in column 67. */
static void expect_reference(unsigned short columns, const char *shown) {
    static const char *const arguments[] = {"show", "--no-pager", "long.json", NULL};
    file_write_text("long.json", "{\"data\":{\"customer_reference\":\"" TEN TEN TEN TEN TEN "\"}}");
    outcome outcome = terminal_run(&(invocation){.arguments = arguments}, TERMINAL_OUTPUT, columns);
    char *begin = strstr(outcome.output, "  " TEN);
    cr_assert_not_null(begin);
    begin[strcspn(begin, "\n")] = '\0';
    cr_expect_str_eq(begin + 2, shown, "%s in %hu columns", begin, columns);
    outcome_free(&outcome);
}

Test(tool_terminal, the_last_column_is_as_wide_as_the_terminal) {
    expect_reference(80, TEN "0...");
    expect_reference(90, TEN TEN "0...");
    expect_reference(115, TEN TEN TEN TEN "012345...");
    expect_reference(116, TEN TEN TEN TEN TEN);
    expect_reference(1000, TEN TEN TEN TEN TEN);
    /* Narrower ones break lines; 0 is a terminal that does not tell. */
    expect_reference(79, TEN "0...");
    expect_reference(20, TEN "0...");
    expect_reference(0, TEN "0...");
}

static void write_script(const char *name, const char *text) {
    file_write_text(name, text);
    cr_assert_eq(chmod(name, 0700), 0);
}

#define PAGED "P:STATUS    RESERVATION                           CREATED (UTC)     REFERENCE\nP: "

static void expect_paged(const char *const *environment, bool is_paged) {
    file_write_text("page.json", page);
    outcome outcome = run_at(show_words, environment, TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    cr_expect_eq(strncmp(outcome.output, PAGED, strlen(PAGED)) == 0, is_paged, "%s",
                 outcome.output);
    /* Colours reach the pager. */
    expect_part(outcome.output, YELLOW "pending" PLAIN);
    expect_part(outcome.output, "1 reservation, 3 numbers: ");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
}

Test(tool_terminal, the_table_goes_through_the_pager) {
    write_script("pager", "#!/bin/sh\nexec sed 's/^/P:/'\n");
    expect_paged(ENVIRONMENT("PAGER=./pager"), true);
    expect_paged(ENVIRONMENT("PAGER=sed 's/^/P:/'"), true);
    expect_paged(ENVIRONMENT("PAGER=./pager | ./pager | sed s/P:P:/P:/"), true);
}

Test(tool_terminal, no_pager) {
    expect_paged(ENVIRONMENT("PAGER="), false);
    expect_paged(ENVIRONMENT("PAGER=cat"), false);
    expect_paged(ENVIRONMENT("PAGER=./none-of-this-name"), false);
    expect_shown(no_pager_words, ENVIRONMENT("PAGER=false"), IN_COLOUR);
}

Test(tool_terminal, less_is_the_pager_where_none_is_named) {
    write_script("less", "#!/bin/sh\nsed 's/^/P:/'; echo \"LESS=$LESS LV=$LV\"\n");
    file_write_text("page.json", page);
    outcome unset = run_at(show_words, ENVIRONMENT("PATH=.:/usr/bin:/bin"), TERMINAL_OUTPUT);
    cr_expect_eq(strncmp(unset.output, PAGED, strlen(PAGED)), 0, "%s", unset.output);
    expect_part(unset.output, "\nLESS=FRX LV=-c\n");
    outcome_free(&unset);
    outcome set =
        run_at(show_words, ENVIRONMENT("PATH=.:/usr/bin:/bin", "LESS=S", "LV=x"), TERMINAL_OUTPUT);
    expect_part(set.output, "\nLESS=S LV=x\n");
    outcome_free(&set);
}

Test(tool_terminal, messages_go_through_the_pager_too) {
    file_write_text("page.json", "{\"data\":[{\"status\":\"x\"},?");
    outcome both =
        run_at(show_words, ENVIRONMENT("PAGER=sed s/^/P:/"), TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    expect_part(both.output, "P:numres: page.json:1:20: data[0].status: ");
    expect_part(both.output, "\nP:numres: page.json:1:25: data[1]: not valid JSON");
    cr_expect_eq(both.exit_code, 3);
    outcome_free(&both);
    outcome apart = run_at(show_words, ENVIRONMENT("PAGER=sed s/^/P:/"), TERMINAL_OUTPUT);
    cr_expect_eq(strncmp(apart.messages, "numres: page.json:1:20: ", 24), 0, "%s", apart.messages);
    cr_expect_eq(apart.exit_code, 3);
    outcome_free(&apart);
}

/* A page of more bytes than a pipe holds and than progress begins with. */
static void write_large_page(const char *name) {
    static const char reservation[] =
        "{\"id\":\"12ade33a-21c0-473b-b055-b3c836e1c292\",\"unknown\":\"%200s\"}";
    FILE *file = fopen(name, "wb");
    cr_assert_not_null(file);
    fputs("{\"data\":[", file);
    for (size_t at = 0; at < 20000; at++) {
        fprintf(file, at == 0 ? "" : ",");
        fprintf(file, reservation, "");
    }
    fputs("]}", file);
    cr_assert_eq(fclose(file), 0);
}

Test(tool_terminal, leaving_the_pager_early_is_no_failure) {
    write_large_page("page.json");
    outcome outcome =
        run_at(show_words, ENVIRONMENT("PAGER=head -n 1"), TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    cr_expect_str_eq(outcome.output,
                     "STATUS    RESERVATION                           CREATED (UTC)     "
                     "REFERENCE\n");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
}

static void expect_code_without_reader(const char *const *environment, const char *text,
                                       int exit_code) {
    file_write_text("page.json", text);
    outcome outcome = run_at(show_words, environment, TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    cr_expect_str_eq(outcome.output, "", "%s", text);
    cr_expect_str_eq(outcome.messages, "", "%s", text);
    cr_expect_eq(outcome.exit_code, exit_code, "%d for %s", outcome.exit_code, text);
    outcome_free(&outcome);
}

Test(tool_terminal, a_pager_that_reads_nothing_leaves_the_exit_code) {
    static const char *const pagers[][2] = {
        {"PAGER=true", NULL}, {"PAGER=false", NULL}, {"PAGER=exit 7", NULL}};
    for (size_t at = 0; at < sizeof pagers / sizeof pagers[0]; at++) {
        expect_code_without_reader(pagers[at], page, 0);
        expect_code_without_reader(pagers[at], "{\"data\":[{\"status\":\"x\"},{\"status\":\"y\"}]}",
                                   1);
        expect_code_without_reader(pagers[at], "{\"data\":[{\"status\":\"x\"}", 3);
        expect_code_without_reader(
            pagers[at], "{\"data\":[{\"status\":\"x\"}]}{\"errors\":[{\"code\":\"1\"}]}", 4);
    }
}

Test(tool_terminal, what_comes_after_the_pager_was_left_counts) {
    write_large_page("page.json");
    FILE *file = fopen("page.json", "ab");
    cr_assert_not_null(file);
    fputs("?", file);
    cr_assert_eq(fclose(file), 0);
    outcome outcome =
        run_at(show_words, ENVIRONMENT("PAGER=head -n 1"), TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    cr_expect_eq(outcome.exit_code, 3);
    outcome_free(&outcome);
}

Test(tool_terminal, an_interrupt_waits_for_the_pager) {
    static const char *const arguments[] = {"show", NULL};
    static const char start[] = "{\"data\":[{\"id\":\"one\"},";
    terminal terminal =
        terminal_start(&(invocation){.arguments = arguments,
                                     .environment = ENVIRONMENT("PAGER=sed -u s/^/P:/; echo left"),
                                     .input = start,
                                     .input_length = sizeof start - 1},
                       TERMINAL_OUTPUT, 80);
    terminal_read_until(&terminal, "P:-         one ");
    cr_assert_eq(kill(terminal.child, SIGINT), 0);
    terminal_read_until(&terminal, "left\n");
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 128 + SIGINT);
    cr_expect_str_eq(outcome.messages, "");
    outcome_free(&outcome);
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

/* The terminal cannot give the pager keys and the tool its input. */
Test(tool_terminal, a_terminal_that_is_read_is_not_paged) {
    static const char *const arguments[] = {"show", "-", NULL};
    static const char typed[] = "{\"data\":[]}\n\004";
    outcome outcome = terminal_run(&(invocation){.arguments = arguments,
                                                 .environment = ENVIRONMENT("PAGER=false"),
                                                 .input = typed,
                                                 .input_length = sizeof typed - 1},
                                   TERMINAL_INPUT | TERMINAL_OUTPUT, 80);
    cr_expect_str_eq(outcome.output, HEADER "\n0 reservations, 0 numbers\n");
    cr_expect_str_eq(outcome.messages, "numres: reading from the terminal; Ctrl-D on a line of its "
                                       "own ends\n");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
}

#define WIPED "\r\033[K"

static const char *const csv_words[] = {"show", "--format", "csv", "page.json", NULL};

Test(tool_terminal, progress_of_a_large_file) {
    write_large_page("page.json");
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
    write_large_page("page.json");
    outcome outcome = terminal_run(&(invocation){.arguments = csv_words}, TERMINAL_MESSAGES, 12);
    cr_expect_eq(strncmp(outcome.messages, "\r4.2 MB of 5\033[K", 15), 0, "%s", outcome.messages);
    outcome_free(&outcome);
}

/* What was read of standard input before is not counted. */
Test(tool_terminal, progress_of_the_rest_of_a_file) {
    static const char *const arguments[] = {"show", "--format", "csv", NULL};
    write_large_page("page.json");
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

/* The first file's problems are more than a terminal holds that is not read: the
   tool waits in it, and has looked up the size of the second. */
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
    write_large_page("page.json");
    outcome outcome = terminal_end(&terminal);
    expect_part(outcome.messages, "\r4.2 MB, ");
    cr_expect_eq(outcome.exit_code, 1);
    outcome_free(&outcome);
}

/* A total that is known only for one of two files is not known. */
Test(tool_terminal, progress_without_a_total) {
    static const char *const arguments[] = {"show", "--format", "csv", "-", "page.json", NULL};
    static const char input[] = "{\"data\":[]}";
    write_large_page("page.json");
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
    write_large_page("page.json");
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
    write_large_page("page.json");
    file_write_text("small.json", page);
    expect_no_progress(quiet, NULL, TERMINAL_MESSAGES);
    expect_no_progress(small, NULL, TERMINAL_MESSAGES);
    expect_no_progress(csv_words, ENVIRONMENT("TERM=dumb"), TERMINAL_MESSAGES);
    expect_no_progress(csv_words, NULL, TERMINAL_MESSAGES | TERMINAL_OUTPUT);
    expect_no_progress(csv_words, NULL, TERMINAL_OUTPUT);
}
