/* numres list: how it ends early, and what a terminal shows. */
#include <criterion/criterion.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "listing.h"
#include "terminal.h"

TestSuite(tool_list_ends, .init = directory_enter, .fini = directory_leave);

/* Starts the real tool, which really waits. */
static terminal start(listing_run *run, const api_server *server, const char *arguments,
                      unsigned int streams) {
    listing_prepare(run, server, arguments);
    run->invocation.program = NULL;
    return terminal_start(&run->invocation, streams, 200);
}

static void expect_interrupted(int signal_number) {
    api_server server = api_server_start(20, RULES("stall=4000"));
    listing_run run;
    /* SIGINT is ignored, as for tests in the background. */
    signal(SIGINT, SIG_IGN);
    terminal terminal = start(&run, &server, "--format ids", TERMINAL_OUTPUT);
    terminal_read_until(&terminal, ids_of(0, 2));
    kill(terminal.child, signal_number);
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 130, "%d", outcome.exit_code);
    const char *ids = ids_of(0, 2);
    cr_expect_eq(strncmp(outcome.output, ids, strlen(ids)), 0);
    expect_part(outcome.messages, "numres: interrupted: ");
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_ends, ctrl_c_ends_it_in_order) {
    expect_interrupted(SIGINT);
}

Test(tool_list_ends, other_signals_end_it_in_order_too) {
    expect_interrupted(SIGTERM);
    expect_interrupted(SIGHUP);
    expect_interrupted(SIGQUIT);
}

Test(tool_list_ends, ctrl_c_before_the_first_page_does_not_say_that_there_are_none) {
    api_server server = api_server_start(20, RULES("hold"));
    expect_interrupted_in_silence(&server, "list");
    api_server_stop(&server);
}

/* Starts a run that stops itself during its orderly end, while it syncs its output. */
static pid_t start_stopping(listing_run *run, const api_server *server, int output) {
    const char *environment[] = {NULL, NULL, "NUMRES_SYNCS=syncs", "NUMRES_SYNC_FAULT=stop", NULL};
    listing_prepare(run, server, "--format ids --resume state");
    environment[0] = run->variables[0];
    environment[1] = run->variables[1];
    run->invocation.environment = environment;
    pid_t child = fork();
    if (child == 0)
        process_become_tool(&run->invocation, STDIN_FILENO, output, process_temporary_file());
    return child;
}

Test(tool_list_ends, a_second_ctrl_c_ends_it_at_once) {
    api_server server = api_server_start(20, RULES("stall=4000"));
    listing_run run;
    int status = 0;
    int output = process_temporary_file();
    pid_t child = start_stopping(&run, &server, output);
    api_server_say(&server, "stalled 1");
    kill(child, SIGINT);
    cr_assert_eq(waitpid(child, &status, WUNTRACED), child);
    cr_assert(WIFSTOPPED(status), "status %d", status);
    kill(child, SIGINT);
    kill(child, SIGCONT);
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT, "status %d", status);
    close(output);
    api_server_stop(&server);
}

Test(tool_list_ends, an_interrupted_document_is_whole) {
    api_server server = api_server_start(20, RULES("stall=8000"));
    listing_run run;
    terminal terminal = start(&run, &server, "--format json", TERMINAL_OUTPUT);
    terminal_read_until(&terminal, "reserved_phone_number");
    kill(terminal.child, SIGINT);
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 130);
    cr_assert_gt(outcome.output_length, 3);
    cr_expect_str_eq(outcome.output + outcome.output_length - 3, "]}\n");
    expect_run("check", outcome.output, 0, "", NULL);
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* The rule holds one response back. */
static void expect_progress(const char *rule, const char *command_line, const char *progress) {
    api_server server = api_server_start(300, RULES(rule));
    listing_run run;
    asking_prepare(&run, &server, command_line, "NUMRES_NOW=2017-12-31T23:55:00Z");
    terminal terminal = terminal_start(&run.invocation, TERMINAL_MESSAGES, 200);
    api_server_say(&server, "stalled 1");
    terminal_read_until(&terminal, progress);
    api_server_say(&server, "go");
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* Progress counts what has been read, also what is not shown; a single reservation is not
   counted. */
Test(tool_list_ends, progress_counts_what_is_read) {
    static const char id[] = "12ade33a-21c0-473b-b055-b3c836e1c292";
    char line[100];
    expect_progress("page=2;hold", "list --format ids --page-size 250 --expired",
                    "page 2 of 2, 250 reservations, ");
    expect_progress("operation=list;page=2;hold", "extend --format ids --yes --expires-within 10m",
                    "page 2 of 2, 250 reservations, ");
    expect_progress("operation=create;hold", "create --format ids +13125550123",
                    "create; waiting for the API");
    snprintf(line, sizeof line, "get --format ids %s", id);
    expect_progress("operation=get;hold", line,
                    "12ade33a-21c0-473b-b055-b3c836e1c292; waiting for the API");
    snprintf(line, sizeof line, "extend --format ids %s", id);
    expect_progress("operation=extend;hold", line,
                    "12ade33a-21c0-473b-b055-b3c836e1c292; waiting for the API");
}

/* libcurl asks the name server on another thread, which would end much later. */
Test(tool_list_ends, ctrl_c_does_not_wait_for_a_name_server) {
    api_server server = api_server_start(0, NULL);
    listing_run run;
    listing_prepare(&run, &server, "--format ids --verbose --base-url https://unanswered.invalid");
    terminal terminal = terminal_start(&run.invocation, TERMINAL_MESSAGES, 200);
    terminal_read_until(&terminal, "; waiting for the API");
    kill(terminal.child, SIGINT);
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 130);
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* A wait of one minute is shown, and ends at once. */
Test(tool_list_ends, ctrl_c_ends_a_wait) {
    api_server server = api_server_start(20, RULES("status=429;retry-after=60"));
    listing_run run;
    terminal terminal = start(&run, &server, "--format ids", TERMINAL_MESSAGES);
    terminal_read_until(&terminal, "page 1, 0 reservations, 0/s; waiting 60 s to try again (HTTP "
                                   "429 Too Many Requests)");
    kill(terminal.child, SIGINT);
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 130);
    cr_expect_str_eq(outcome.output, "");
    expect_requests(&server, 1);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_ends, the_terminal_shows_how_far_it_is) {
    api_server server = api_server_start(55, RULES("page=2;stall=0"));
    listing_run run;
    terminal terminal = start(&run, &server, "--format ids", TERMINAL_MESSAGES);
    terminal_read_until(&terminal, "page 2 of 3, 20 reservations, ");
    terminal_read_until(&terminal, "/s; waiting for the API");
    api_server_say(&server, "stalled 1");
    api_server_say(&server, "go");
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 0);
    cr_expect_str_eq(outcome.output, ids_of(0, 54));
    /* The progress is erased at the end. */
    cr_expect_str_eq(outcome.messages + outcome.messages_length - 4, "\r\033[K");
    outcome_free(&outcome);
    api_server_stop(&server);
}

static void expect_no_progress(const char *arguments) {
    api_server server = api_server_start(55, NULL);
    listing_run run;
    terminal terminal = start(&run, &server, arguments, TERMINAL_MESSAGES);
    outcome outcome = terminal_end(&terminal);
    cr_expect_str_eq(outcome.messages, "");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_ends, quiet_shows_no_progress) {
    expect_no_progress("--format ids --quiet");
}

/* Both streams are the terminal: a record is never printed after progress on the same line. */
Test(tool_list_ends, records_and_progress_share_a_terminal) {
    api_server server = api_server_start(55, RULES("page=1;stall=4000"));
    listing_run run;
    terminal terminal = start(&run, &server, "--format ids", TERMINAL_MESSAGES | TERMINAL_OUTPUT);
    terminal_read_until(&terminal, "/s; waiting for the API");
    api_server_say(&server, "stalled 1");
    api_server_say(&server, "go");
    outcome outcome = terminal_end(&terminal);
    const char *id = ids_of(54, 54);
    const char *at = strstr(outcome.output, id);
    cr_assert_not_null(at);
    cr_expect(at[-1] == '\n' || at[-1] == 'K', "%.60s", at - 30);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_ends, a_closed_pipe_ends_it_quietly) {
    api_server server = api_server_start(10000, NULL);
    listing_run run;
    listing_prepare(&run, &server, "--format ids");
    run.invocation.output_closed_pipe = 1;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 128 + SIGPIPE);
    cr_expect_str_eq(outcome.messages, "");
    expect_requests(&server, 0);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_ends, a_full_disk_is_told) {
    api_server server = api_server_start(55, NULL);
    listing_run run;
    listing_prepare(&run, &server, "--format ids");
    run.invocation.output_to = "/dev/full";
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 3);
    cr_expect_str_eq(outcome.messages,
                     "numres: standard output cannot be written: No space left on device\n");
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* The pager is the reader and exits after the first line. */
Test(tool_list_ends, a_pager_that_is_left_early_ends_it) {
    api_server server = api_server_start(10000, NULL);
    listing_run run;
    listing_prepare(&run, &server, "");
    snprintf(run.variables[2], sizeof run.variables[2], "PAGER=head -n 1; env");
    terminal terminal = terminal_start(&run.invocation, TERMINAL_OUTPUT, 80);
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 0);
    expect_part(outcome.output, "STATUS ");
    /* The pager's environment does not have the key either. */
    expect_part(outcome.output, "TELNYX_BASE_URL=");
    cr_expect_null(strstr(outcome.output, "TELNYX_API_KEY"));
    cr_expect_null(strstr(outcome.output, API_SERVER_KEY));
    outcome_free(&outcome);
    api_server_stop(&server);
}
