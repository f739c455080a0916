/* numres show with a pager at the terminal. */
#include <criterion/criterion.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "table_text.h"
#include "terminal.h"

TestSuite(tool_pager, .init = directory_enter, .fini = directory_leave, .timeout = 120);

#define ENVIRONMENT(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Scripts of a test are found by name here. */
#define OWN_PATH "PATH=.:/usr/bin:/bin"

static const char page[] = "{\"data\":{\"status\":\"pending\",\"id\":\"one\"}}";

#define PLAINLY HEADER_AT_80 "pending   " NOTHING_AT_80 "one\n\n1 reservation, 0 numbers\n"
#define IN_COLOUR                                                                                  \
    BOLD_HEADER_AT_80 "\033[33mpending" PLAIN "   " NOTHING_AT_80 DIM "one" PLAIN                  \
                      "\n\n1 reservation, 0 numbers\n"

static const char *const show_words[] = {"show", "page.json", NULL};

static outcome run_at(const char *const *arguments, const char *const *environment,
                      unsigned int streams) {
    return terminal_run(&(invocation){.arguments = arguments, .environment = environment}, streams,
                        80);
}

static void write_script(const char *name, const char *text) {
    file_write_text(name, text);
    cr_assert_eq(chmod(name, 0700), 0);
}

#define PAGED "P:" BOLD_HEADER_AT_80 "P:"
#define PAGED_PLAINLY "P:" HEADER_AT_80 "P:"

static bool begins(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

/* Whether the table is shown through a pager. Colours do not matter here. */
static bool is_paged(const char *const *environment) {
    file_write_text("page.json", page);
    outcome outcome = run_at(show_words, environment, TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    bool through = begins(outcome.output, PAGED) || begins(outcome.output, PAGED_PLAINLY);
    cr_expect(through || begins(outcome.output, BOLD_HEADER_AT_80) ||
                  begins(outcome.output, HEADER_AT_80),
              "%s", outcome.output);
    expect_part(outcome.output, "1 reservation, 0 numbers\n");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
    return through;
}

Test(tool_pager, the_table_goes_through_the_pager) {
    write_script("pager", "#!/bin/sh\nexec sed 's/^/P:/'\n");
    cr_expect(is_paged(ENVIRONMENT("PAGER=./pager")));
    cr_expect(is_paged(ENVIRONMENT("PAGER=sed 's/^/P:/'")));
    cr_expect(is_paged(ENVIRONMENT("PAGER=./pager | ./pager | sed s/P:P:/P:/")));
}

Test(tool_pager, none_where_none_is_wanted) {
    cr_expect_not(is_paged(ENVIRONMENT("PAGER=")));
    cr_expect_not(is_paged(ENVIRONMENT("PAGER=cat")));
    cr_expect_not(is_paged(ENVIRONMENT("PAGER= ")));
    cr_expect_not(is_paged(ENVIRONMENT("PAGER= cat\t")));
}

Test(tool_pager, a_variable_of_its_own_goes_before) {
    cr_expect(is_paged(ENVIRONMENT("NUMRES_PAGER=sed s/^/P:/", "PAGER=false")));
    cr_expect(is_paged(ENVIRONMENT("NUMRES_PAGER=sed s/^/P:/", "TERM")));
    cr_expect_not(is_paged(ENVIRONMENT("NUMRES_PAGER=", "PAGER=sed s/^/P:/")));
    cr_expect_not(is_paged(ENVIRONMENT("NUMRES_PAGER=cat", "PAGER=sed s/^/P:/")));
}

static void write_less(void) {
    write_script("less", "#!/bin/sh\nsed 's/^/P:/'; echo \"$LESS,$LV,$LESSCHARSET\"\n");
}

Test(tool_pager, a_terminal_without_a_cursor_has_one_only_if_named) {
    write_less();
    cr_expect(is_paged(ENVIRONMENT(OWN_PATH)));
    cr_expect_not(is_paged(ENVIRONMENT(OWN_PATH, "TERM=dumb")));
    cr_expect_not(is_paged(ENVIRONMENT(OWN_PATH, "TERM=")));
    cr_expect_not(is_paged(ENVIRONMENT(OWN_PATH, "TERM")));
    cr_expect(is_paged(ENVIRONMENT(OWN_PATH, "TERM=dumb", "PAGER=less")));
    cr_expect(is_paged(ENVIRONMENT(OWN_PATH, "TERM", "PAGER=sed s/^/P:/")));
}

static void expect_ways(const char *const *environment, const char *ways) {
    write_less();
    file_write_text("page.json", page);
    outcome outcome = run_at(show_words, environment, TERMINAL_OUTPUT);
    cr_expect(begins(outcome.output, PAGED) || begins(outcome.output, PAGED_PLAINLY), "%s",
              outcome.output);
    expect_part(outcome.output, ways);
    outcome_free(&outcome);
}

Test(tool_pager, less_gets_default_options_where_none_are_set) {
    expect_ways(ENVIRONMENT(OWN_PATH), "\nFRX,-c,utf-8\n");
    expect_ways(ENVIRONMENT(OWN_PATH, "LESS=S", "LV=x", "LESSCHARSET=latin1"), "\nS,x,latin1\n");
    expect_ways(ENVIRONMENT(OWN_PATH, "LESS=", "LESSCHARSET="), "\n,-c,utf-8\n");
}

/* Whether colours were sent to the pager. */
static bool is_in_colour(const char *pager, const char *options, const char *force) {
    const char *environment[] = {OWN_PATH, pager, options, force, NULL};
    write_script("less", "#!/bin/sh\nexec sed ''\n");
    write_script("more", "#!/bin/sh\nexec sed ''\n");
    file_write_text("page.json", page);
    outcome outcome = run_at(show_words, environment, TERMINAL_OUTPUT);
    bool coloured = strcmp(outcome.output, IN_COLOUR) == 0;
    cr_expect(coloured || strcmp(outcome.output, PLAINLY) == 0, "%s", outcome.output);
    outcome_free(&outcome);
    return coloured;
}

Test(tool_pager, colours_where_less_shows_them) {
    static const char *const options[] = {"LESS=R",
                                          "LESS=-R",
                                          "LESS=FRX",
                                          "LESS=-FRX",
                                          "LESS=-F -R",
                                          "LESS=r",
                                          "LESS=x4R",
                                          "LESS=-z-2R",
                                          "LESS=--RAW-CONTROL-CHARS",
                                          "LESS=--RAW -S",
                                          "LESS=S --raw-control-chars",
                                          "LESS=-Pprompt$R",
                                          "LESS=--prompt=s$R",
                                          "LESS=--tabs=4 -R",
                                          "LESS=-i+R$ -R",
                                          "LESS"};
    for (size_t at = 0; at < sizeof options / sizeof options[0]; at++)
        cr_expect(is_in_colour("PAGER=less", options[at], "LV"), "%s", options[at]);
}

Test(tool_pager, no_colours_where_less_spells_them_out) {
    static const char *const options[] = {"LESS=",
                                          "LESS=S",
                                          "LESS=-FX",
                                          "LESS=-PRead",
                                          "LESS=-p R",
                                          "LESS=-R -+R",
                                          "LESS=--quit-if-one-screen",
                                          "LESS=--prompt=sR",
                                          "LESS=-R --+RAW-CONTROL-CHARS",
                                          "LESS=+R"};
    for (size_t at = 0; at < sizeof options / sizeof options[0]; at++)
        cr_expect_not(is_in_colour("PAGER=less", options[at], "LV"), "%s", options[at]);
}

Test(tool_pager, the_pager_s_command_line_decides_about_colours_too) {
    cr_expect(is_in_colour("PAGER=less -R", "LESS=S", "LV"));
    cr_expect(is_in_colour("PAGER=./less -iFRX", "LESS=S", "LV"));
    cr_expect(is_in_colour("PAGER=LESS=-R less", "LESS=S", "LV"));
    cr_expect(is_in_colour("PAGER=more", "LESS=S", "LV"));
    cr_expect(is_in_colour("PAGER=more -x less-not", "LESS=S", "LV"));
    cr_expect_not(is_in_colour("PAGER=sed -r '' | less -S", "LESS=S", "LV"));
    cr_expect_not(is_in_colour("PAGER=less -+R", "LESS=R", "LV"));
    cr_expect_not(is_in_colour("PAGER=LESS=S less", "LESS=R", "LV"));
    cr_expect(is_in_colour("PAGER=less", "LESS=S", "CLICOLOR_FORCE=1"));
}

/* The shell reports that there is no such program, and nothing is lost. */
static void expect_as_without(const char *pager) {
    const char *const environment[] = {pager, NULL};
    file_write_text("page.json", page);
    outcome small = run_at(show_words, environment, TERMINAL_OUTPUT);
    cr_expect_str_eq(small.output, IN_COLOUR, "%s", pager);
    cr_expect_eq(small.exit_code, 0);
    outcome_free(&small);
    file_write_text("page.json", "{\"data\":[{\"id\":\"one\"},{\"status\":\"x\"},?");
    outcome both = run_at(show_words, environment, TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    const char *first = strstr(both.output, "-         " NOTHING_AT_80 DIM "one");
    const char *message = strstr(both.output, "\nnumres: page.json:1:");
    const char *second = strstr(both.output, "!x");
    const char *note = strstr(both.output, "\nnumres: [1] page.json:1:");
    cr_expect(first != NULL && second > first && message > second && note > message, "%s: %s",
              pager, both.output);
    expect_part(both.output, "\n2 reservations, 0 numbers (incomplete list)\n");
    cr_expect_eq(both.exit_code, 3);
    outcome_free(&both);
}

/* Neither what a pipe holds is lost, nor what comes when it is full. */
static void expect_all_without(const char *pager) {
    const char *const environment[] = {pager, NULL};
    file_write_large_page("page.json");
    outcome outcome = run_at(show_words, environment, TERMINAL_OUTPUT);
    size_t lines = 0;
    /* With sanitizers, each strchr() would first look for the end of the text. */
    for (size_t at = 0; at < outcome.output_length; at++)
        lines += outcome.output[at] == '\n';
    cr_expect_eq(lines, (size_t)LARGE_PAGE_RESERVATIONS + 3, "%s: %zu lines", pager, lines);
    cr_expect(begins(outcome.output, BOLD_HEADER_AT_80));
    expect_part(outcome.output, "\n20000 reservations, 0 numbers\n");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
}

Test(tool_pager, one_that_cannot_be_started_is_skipped) {
    write_script("wrapper", "#!/bin/sh\nexec ./none-of-this-name\n");
    file_write_text("no-program", "");
    static const char *const pagers[] = {
        "PAGER=./none-of-this-name", "PAGER=./none-of-this-name -s",
        "PAGER=./no-program",        "PAGER=./no-program -s",
        "PAGER=./wrapper",           "PAGER=exit 126",
        "NUMRES_PAGER=./none -x",    "PAGER=.",
        "PAGER=. | exit 127"};
    for (size_t at = 0; at < sizeof pagers / sizeof pagers[0]; at++)
        expect_as_without(pagers[at]);
    expect_all_without("PAGER=./none-of-this-name -s");
    expect_all_without("PAGER=./wrapper");
}

/* less ends so if LESS has an option that it does not know. */
Test(tool_pager, one_that_fails_before_it_reads_is_skipped) {
    static const char *const pagers[] = {"PAGER=false", "PAGER=exit 7", "PAGER=kill -KILL $$"};
    for (size_t at = 0; at < sizeof pagers / sizeof pagers[0]; at++) {
        expect_as_without(pagers[at]);
        expect_all_without(pagers[at]);
    }
}

/* A pager that the user ends by a signal has not failed. */
Test(tool_pager, one_that_a_signal_ended_is_not_replaced) {
    file_write_text("page.json", page);
    outcome outcome = run_at(show_words, ENVIRONMENT("PAGER=kill -TERM $$"), TERMINAL_OUTPUT);
    cr_expect_str_eq(outcome.output, "");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
}

/* It waits for a line from the terminal before it ends; by then the pipe is full. */
Test(tool_pager, one_that_fails_late_is_skipped) {
    file_write_large_page("page.json");
    terminal terminal =
        terminal_start(&(invocation){.arguments = show_words,
                                     .environment = ENVIRONMENT(
                                         "PAGER=echo ready; read line </dev/tty; exit 127")},
                       TERMINAL_OUTPUT | TERMINAL_MESSAGES, 80);
    terminal_read_until(&terminal, "ready\n");
    cr_assert_eq(write(terminal.master, "\n", 1), 1);
    outcome outcome = terminal_end(&terminal);
    cr_expect(begins(outcome.output, "ready\n" BOLD_HEADER_AT_80));
    expect_part(outcome.output, "\n20000 reservations, 0 numbers\n");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
}

Test(tool_pager, one_that_has_read_is_not_replaced) {
    file_write_large_page("page.json");
    outcome large = run_at(show_words, ENVIRONMENT("PAGER=head -n 1; exit 127"), TERMINAL_OUTPUT);
    cr_expect_str_eq(large.output, BOLD_HEADER_AT_80);
    cr_expect_eq(large.exit_code, 0);
    outcome_free(&large);
    file_write_text("page.json", page);
    outcome small = run_at(show_words, ENVIRONMENT("PAGER=head -n 1; exit 127"), TERMINAL_OUTPUT);
    cr_expect_str_eq(small.output, BOLD_HEADER_AT_80);
    outcome_free(&small);
}

/* Writes more blanks than a pipe holds: when all are read, everything before them has
   been shown. */
static void give_blanks(int descriptor) {
    static char blanks[1 << 18];
    memset(blanks, ' ', sizeof blanks);
    for (size_t given = 0; given < sizeof blanks;) {
        ssize_t count = write(descriptor, blanks + given, sizeof blanks - given);
        cr_assert_gt(count, 0);
        given += (size_t)count;
    }
}

Test(tool_pager, no_output_is_lost_by_an_interrupt) {
    static const char *const arguments[] = {"show", NULL};
    static const char start[] = "{\"data\":[{\"id\":\"one\"},";
    terminal terminal = terminal_start(
        &(invocation){.arguments = arguments,
                      .environment = ENVIRONMENT("PAGER=trap '' INT; echo ready; read line "
                                                 "</dev/tty; exit 127"),
                      .input = start,
                      .input_length = sizeof start - 1},
        TERMINAL_OUTPUT, 80);
    terminal_read_until(&terminal, "ready\n");
    give_blanks(terminal.input);
    cr_assert_eq(kill(terminal.child, SIGINT), 0);
    cr_assert_eq(write(terminal.master, "\n", 1), 1);
    outcome outcome = terminal_end(&terminal);
    expect_part(outcome.output, "ready\n" BOLD_HEADER_AT_80 "-         ");
    cr_expect_eq(outcome.exit_code, 128 + SIGINT);
    outcome_free(&outcome);
}

Test(tool_pager, messages_go_through_the_pager_too) {
    file_write_text("page.json", "{\"data\":[{\"status\":\"x\"},?");
    outcome both =
        run_at(show_words, ENVIRONMENT("PAGER=sed s/^/P:/"), TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    expect_part(both.output, "P:numres: [1] page.json:1:20: data[0].status: ");
    expect_part(both.output, "\nP:numres: page.json:1:25: data[1]: not valid JSON");
    cr_expect_eq(both.exit_code, 3);
    outcome_free(&both);
    outcome apart = run_at(show_words, ENVIRONMENT("PAGER=sed s/^/P:/"), TERMINAL_OUTPUT);
    expect_part(apart.messages, "numres: [1] page.json:1:20: ");
    cr_expect_eq(apart.exit_code, 3);
    outcome_free(&apart);
}

Test(tool_pager, leaving_the_pager_early_is_no_failure) {
    file_write_large_page("page.json");
    outcome outcome =
        run_at(show_words, ENVIRONMENT("PAGER=head -n 1"), TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    cr_expect_str_eq(outcome.output, BOLD_HEADER_AT_80);
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

Test(tool_pager, a_pager_that_reads_nothing_leaves_the_exit_code) {
    static const char *const pagers[][2] = {
        {"PAGER=true", NULL}, {"PAGER=exit 0", NULL}, {"PAGER=kill -TERM $$", NULL}};
    for (size_t at = 0; at < sizeof pagers / sizeof pagers[0]; at++) {
        expect_code_without_reader(pagers[at], page, 0);
        expect_code_without_reader(pagers[at], "{\"data\":[{\"status\":\"x\"},{\"status\":\"y\"}]}",
                                   1);
        expect_code_without_reader(pagers[at], "{\"data\":[{\"status\":\"x\"}", 3);
        expect_code_without_reader(
            pagers[at], "{\"data\":[{\"status\":\"x\"}]}{\"errors\":[{\"code\":\"1\"}]}", 4);
    }
}

Test(tool_pager, what_comes_after_the_pager_was_left_counts) {
    file_write_large_page("page.json");
    FILE *file = fopen("page.json", "ab");
    cr_assert_not_null(file);
    fputs("?", file);
    cr_assert_eq(fclose(file), 0);
    outcome outcome =
        run_at(show_words, ENVIRONMENT("PAGER=head -n 1"), TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    cr_expect_eq(outcome.exit_code, 3);
    outcome_free(&outcome);
}

Test(tool_pager, an_interrupt_waits_for_the_pager) {
    static const char *const arguments[] = {"show", NULL};
    static const char start[] = "{\"data\":[{\"id\":\"one\"},";
    terminal terminal =
        terminal_start(&(invocation){.arguments = arguments,
                                     .environment = ENVIRONMENT("PAGER=sed -u s/^/P:/; echo left"),
                                     .input = start,
                                     .input_length = sizeof start - 1},
                       TERMINAL_OUTPUT, 80);
    terminal_read_until(&terminal, "P:-         -  ");
    cr_assert_eq(kill(terminal.child, SIGINT), 0);
    terminal_read_until(&terminal, "left\n");
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 128 + SIGINT);
    cr_expect_str_eq(outcome.messages, "");
    outcome_free(&outcome);
}

/* One terminal cannot send keys to the pager and input to the tool. */
Test(tool_pager, a_terminal_that_is_read_is_not_paged) {
    static const char *const arguments[] = {"show", "-", NULL};
    static const char typed[] = "{\"data\":[]}\n\004";
    outcome outcome = terminal_run(&(invocation){.arguments = arguments,
                                                 .environment = ENVIRONMENT("PAGER=false"),
                                                 .input = typed,
                                                 .input_length = sizeof typed - 1},
                                   TERMINAL_INPUT | TERMINAL_OUTPUT, 80);
    cr_expect_str_eq(outcome.output, "There are no reservations.\n");
    cr_expect_str_eq(outcome.messages,
                     "numres: reading from the terminal; end it with Ctrl-D on an empty line\n");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
}

/* An empty screen would hide the message. */
Test(tool_pager, starts_with_the_first_byte_of_output) {
    static const char *const words[] = {"show", "missing.json", NULL};
    static const char *const environment[] = {"PAGER=./pager", NULL};
    write_script("pager", "#!/bin/sh\n: > started\nexec cat\n");
    outcome outcome = run_at(words, environment, TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.output, "missing.json: cannot be opened: No such file or directory\n");
    cr_expect_neq(access("started", F_OK), 0);
    outcome_free(&outcome);
    file_write_text("page.json", page);
    outcome = run_at(show_words, environment, TERMINAL_OUTPUT | TERMINAL_MESSAGES);
    expect_part(outcome.output, "1 reservation, 0 numbers");
    cr_expect_eq(access("started", F_OK), 0);
    outcome_free(&outcome);
}
