/* numres list: what counts as shown if standard output fails, or nobody reads it. */
#include <criterion/criterion.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "listing.h"
#include "terminal.h"

TestSuite(tool_list_output, .init = directory_enter, .fini = directory_leave);

#define ID_LINE 37

static char *file_read(const char *name, size_t *length) {
    int descriptor = open(name, O_RDONLY | O_CLOEXEC);
    cr_assert_geq(descriptor, 0);
    return process_whole_file(descriptor, length);
}

/* With a disk that is full after `size` bytes, the file ends with a whole record, and the
   next run continues after it. */
static void expect_goes_on_after_size(const api_server *server, unsigned long size) {
    listing_run run;
    size_t length = 0;
    file_write_text("out", "");
    unlink("state");
    listing_prepare(&run, server, "--format ids --resume state --page-size 250");
    run.invocation.output_to = "out";
    run.invocation.file_size = size;
    outcome outcome = process_run(&run.invocation);
    char *first = file_read("out", &length);
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, "numres: standard output cannot be written: File too large\n");
    cr_expect_eq(length, size / ID_LINE * ID_LINE, "%zu of %lu bytes", length, size);
    outcome_free(&outcome);
    outcome = listing(server, "--format ids --resume state --page-size 250");
    cr_expect_eq(outcome.exit_code, 0);
    first = realloc(first, length + outcome.output_length + 1);
    cr_assert_not_null(first);
    memcpy(first + length, outcome.output, outcome.output_length + 1);
    cr_expect(strcmp(first, ids_of(0, 599)) == 0, "of %lu bytes", size);
    free(first);
    outcome_free(&outcome);
}

Test(tool_list_output, a_file_is_cut_back_to_its_last_whole_record) {
    api_server server = api_server_start(600, NULL);
    for (unsigned long size = 20000; size < 20000 + ID_LINE; size += 5)
        expect_goes_on_after_size(&server, size);
    api_server_stop(&server);
}

/* The joint output of two runs with one state: the first until a file may not grow
   further, the second without a limit. */
static char *output_of_two_runs(const api_server *server, unsigned long size) {
    static const char arguments[] = "--format ids --resume state";
    listing_run run;
    size_t length = 0;
    file_write_text("out", "");
    unlink("state");
    listing_prepare(&run, server, arguments);
    run.invocation.output_to = "out";
    run.invocation.file_size = size;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 3);
    outcome_free(&outcome);
    char *text = file_read("out", &length);
    outcome = listing(server, arguments);
    cr_expect_eq(outcome.exit_code, 0, "%s", outcome.messages);
    text = realloc(text, length + outcome.output_length + 1);
    cr_assert_not_null(text);
    memcpy(text + length, outcome.output, outcome.output_length + 1);
    outcome_free(&outcome);
    return text;
}

/* With small pages the state takes more bytes than the output, so it is the first file
   that cannot be written. */
Test(tool_list_output, a_file_is_cut_back_to_the_state_that_could_be_saved) {
    api_server server = api_server_start(300, NULL);
    for (unsigned long size = 5000; size < 6000; size += 90) {
        char *text = output_of_two_runs(&server, size);
        cr_expect(strcmp(text, ids_of(0, 299)) == 0, "limit %lu: %zu bytes, not %d", size,
                  strlen(text), 300 * ID_LINE);
        free(text);
    }
    api_server_stop(&server);
}

/* What is in a pipe cannot be taken back. */
Test(tool_list_output, what_comes_again_from_a_pipe_is_told) {
    api_server server = api_server_start(300, NULL);
    listing_run run;
    char command[2048];
    size_t length = 0;
    listing_prepare(&run, &server, "");
    snprintf(command, sizeof command,
             "(ulimit -f 4; %s %s %s '%s' list --format ids --resume state 2>messages) | cat >out",
             run.variables[0], run.variables[1], run.variables[2], run.program);
    cr_expect_eq(system(command), 0);
    char *text = file_read("messages", &length);
    expect_part(text, "numres: cannot write the --resume file: File too large\n");
    expect_part(text, "numres: the next run with --resume shows the last 20 reservations again\n");
    free(text);
    api_server_stop(&server);
}

/* In a file with other content, only the tool's own last part is cut off. */
Test(tool_list_output, what_stood_in_the_file_before_stays) {
    api_server server = api_server_start(300, NULL);
    listing_run run;
    char command[2048];
    size_t length = 0;
    file_write_text("out", "before\n");
    listing_prepare(&run, &server, "");
    snprintf(command, sizeof command,
             "ulimit -f 10; %s %s %s '%s' list --format ids --page-size 250 >>out 2>messages",
             run.variables[0], run.variables[1], run.variables[2], run.program);
    cr_expect_eq(WEXITSTATUS(system(command)), 3);
    char *text = file_read("out", &length);
    cr_expect_eq(strncmp(text, "before\n", 7), 0);
    cr_expect_eq((length - 7) % ID_LINE, 0);
    cr_expect_gt(length, 4000);
    free(text);
    api_server_stop(&server);
}

/* What follows belongs to others, and how much of it was overwritten is unknown. */
Test(tool_list_output, a_file_that_is_longer_is_not_cut_and_its_broken_line_is_told) {
    static char old[30000];
    api_server server = api_server_start(600, NULL);
    listing_run run;
    size_t length = 0;
    memset(old, '#', sizeof old);
    file_write("out", old, sizeof old);
    listing_prepare(&run, &server, "--format ids --page-size 250");
    run.invocation.output_to = "out";
    run.invocation.file_size = 100 * ID_LINE + 5;
    outcome outcome = process_run(&run.invocation);
    char *text = file_read("out", &length);
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, "numres: the last line of standard output is incomplete\n");
    expect_part(outcome.messages, "numres: standard output cannot be written: File too large\n");
    cr_expect_eq(length, sizeof old);
    cr_expect_eq(strncmp(text, ids_of(0, 100), 100 * ID_LINE + 5), 0);
    cr_expect_eq(text[100 * ID_LINE + 5], '#');
    free(text);
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* A pipe that is full. */
static void make_full_pipe(int ends[2], int flags) {
    static const char bytes[4096];
    cr_assert(pipe(ends) == 0 && fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0);
    int usual = fcntl(ends[1], F_GETFL);
    fcntl(ends[1], F_SETFL, usual | O_NONBLOCK);
    for (size_t part = sizeof bytes; part > 0; part /= 2)
        while (write(ends[1], bytes, part) > 0)
            continue;
    fcntl(ends[1], F_SETFL, usual | flags);
}

static pid_t start_into(listing_run *run, int output, int messages) {
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0)
        process_become_tool(&run->invocation, STDIN_FILENO, output, messages);
    close(output);
    return child;
}

/* Runs numres list into a full pipe that nobody reads; if `interrupted`, SIGINT follows
   its first request. Returns its messages, to be freed. */
static char *messages_into_full_pipe(api_server *server, const char *options, bool interrupted,
                                     int exit_code) {
    listing_run run;
    int ends[2];
    int status = 0;
    size_t length = 0;
    make_full_pipe(ends, 0);
    int messages = process_temporary_file();
    listing_prepare(&run, server, options);
    pid_t child = start_into(&run, ends[1], messages);
    if (interrupted) {
        api_server_say(server, "requests 1");
        kill(child, SIGINT);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == exit_code, "status %d", status);
    close(ends[0]);
    return process_whole_file(messages, &length);
}

/* Nothing could be written, so nothing counts as shown, and the tool does not wait at its end. */
Test(tool_list_output, ctrl_c_ends_a_run_whose_output_nobody_reads) {
    api_server server = api_server_start(55, NULL);
    char *text = messages_into_full_pipe(&server, "--format ids --resume state", true, 130);
    expect_part(text, "numres: interrupted: 0 reservations shown; to continue: numres list ");
    free(text);
    expect_listing(&server, "--format ids --resume state", 0, ids_of(0, 54), "");
    api_server_stop(&server);
}

/* The reader of the pipe would let it wait for ever. */
Test(tool_list_output, max_time_ends_a_run_whose_output_nobody_reads) {
    api_server server = api_server_start(55, NULL);
    char *text = messages_into_full_pipe(&server, "--format ids --max-time 0.3", false, 3);
    cr_expect_str_eq(text, "numres: page 1: the time limit of --max-time was reached\n");
    free(text);
    api_server_stop(&server);
}

/* Writes a page of one reservation with more bytes than a pipe holds. */
static void write_large_reservation(const char *name) {
    FILE *file = fopen(name, "w");
    cr_assert_not_null(file);
    fputs("{\"data\":[{\"id\":\"large\",\"phone_numbers\":[", file);
    for (int number = 0; number < 4000; number++)
        fprintf(file, "%s{\"phone_number\":\"+1970555%04d\"}", number == 0 ? "" : ",", number);
    fputs("]}],\"meta\":{\"page_number\":1,\"total_pages\":1,\"total_results\":1}}", file);
    fclose(file);
}

/* A part of the only reservation is in the pipe and cannot be taken back. */
Test(tool_list_output, the_line_that_ctrl_c_breaks_in_a_pipe_is_told_and_comes_again) {
    api_server server = api_server_start(1, RULES("body=./large.json"));
    listing_run run;
    struct pollfd reader = {.events = POLLIN};
    static char part[1 << 20];
    int ends[2];
    int status = 0;
    size_t length = 0;
    write_large_reservation("large.json");
    cr_assert(pipe(ends) == 0 && fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0);
    int messages = process_temporary_file();
    listing_prepare(&run, &server, "--format ndjson --resume state");
    pid_t child = start_into(&run, ends[1], messages);
    reader.fd = ends[0];
    cr_assert_eq(poll(&reader, 1, -1), 1);
    kill(child, SIGINT);
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 130, "status %d", status);
    char *text = process_whole_file(messages, &length);
    expect_part(text, "numres: the last line of standard output is incomplete; the next run with "
                      "--resume shows its record again\n");
    expect_part(text, "numres: interrupted: 0 reservations shown; to continue: numres list ");
    free(text);
    ssize_t count = read(ends[0], part, sizeof part);
    cr_expect(count > 0 && memchr(part, '\n', (size_t)count) == NULL);
    close(ends[0]);
    outcome again = listing(&server, "--format ndjson --resume state");
    cr_expect_eq(again.exit_code, 0);
    cr_expect_str_empty(again.messages);
    cr_assert_gt(again.output_length, (size_t)count);
    cr_expect_eq(memcmp(again.output, part, (size_t)count), 0);
    cr_expect_eq(strchr(again.output, '\n'), again.output + again.output_length - 1);
    outcome_free(&again);
    api_server_stop(&server);
}

/* Some programs pass on non-blocking pipes. */
Test(tool_list_output, a_pipe_that_never_waits_is_waited_for) {
    api_server server = api_server_start(3000, NULL);
    listing_run run;
    char part[4096];
    int ends[2];
    int status = 0;
    ssize_t count = 0;
    size_t zeros = 0;
    size_t length = 0;
    char *text = malloc((size_t)1 << 20);
    cr_assert_not_null(text);
    make_full_pipe(ends, O_NONBLOCK);
    int messages = process_temporary_file();
    listing_prepare(&run, &server, "--format ids --page-size 250");
    pid_t child = start_into(&run, ends[1], messages);
    api_server_say(&server, "requests 1");
    while ((count = read(ends[0], part, sizeof part)) > 0)
        for (ssize_t at = 0; at < count; at++) {
            zeros += part[at] == '\0';
            if (part[at] != '\0')
                text[length++] = part[at];
        }
    text[length] = '\0';
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_expect_eq(status, 0);
    cr_expect_gt(zeros, 4096);
    cr_expect(strcmp(text, ids_of(0, 2999)) == 0);
    free(text);
    close(ends[0]);
    close(messages);
    api_server_stop(&server);
}

/* Nobody reads any more, so the next page is not needed. */
Test(tool_list_output, q_in_the_pager_ends_it_at_once) {
    api_server server = api_server_start(5000, RULES("page=2;hold"));
    listing_run run;
    listing_prepare(&run, &server, "");
    snprintf(run.variables[2], sizeof run.variables[2], "PAGER=head -n 30");
    terminal terminal = terminal_start(&run.invocation, TERMINAL_OUTPUT, 80);
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 0);
    expect_part(outcome.output, "STATUS ");
    cr_expect_leq(api_server_requests(&server), 2);
    api_server_say(&server, "go");
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* The same with any reader: what it has read is not shown again. */
Test(tool_list_output, a_reader_that_leaves_is_noticed_while_a_page_is_waited_for) {
    api_server server = api_server_start(5000, RULES("page=2;request=2;hold"));
    listing_run run;
    int ends[2];
    int status = 0;
    char line[ID_LINE * 20 + 1];
    size_t length = 0;
    cr_assert(pipe(ends) == 0 && fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0);
    int messages = process_temporary_file();
    listing_prepare(&run, &server, "--format ids --resume state");
    pid_t child = start_into(&run, ends[1], messages);
    while (length < sizeof line - 1 && read(ends[0], line + length, 1) == 1)
        length++;
    api_server_say(&server, "stalled 1");
    close(ends[0]);
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE, "status %d", status);
    api_server_say(&server, "go");
    expect_listing(&server, "--format ids --resume state --max-items 3", 0, ids_of(20, 22), NULL);
    close(messages);
    api_server_stop(&server);
}

/* The output will go through a pager, but there is none to show yet. */
Test(tool_list_output, progress_is_visible_until_something_is_shown) {
    api_server server = api_server_start(25, RULES("page=1;hold"));
    listing_run run;
    listing_prepare(&run, &server, "");
    snprintf(run.variables[2], sizeof run.variables[2], "PAGER=sed s/^/P:/");
    terminal terminal = terminal_start(&run.invocation, TERMINAL_OUTPUT | TERMINAL_MESSAGES, 200);
    terminal_read_until(&terminal, "page 1, 0 reservations, 0/s; waiting for the API");
    api_server_say(&server, "stalled 1");
    api_server_say(&server, "go");
    outcome outcome = terminal_end(&terminal);
    expect_part(outcome.output, "\r\033[KP:\033[1mSTATUS ");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
    api_server_stop(&server);
}
