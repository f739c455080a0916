/* numres list --resume: output appended to a file, as a shell does it. */
#include <criterion/criterion.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "listing.h"

TestSuite(tool_list_files, .init = directory_enter, .fini = directory_leave);

/* Runs numres list with the options and --resume, appending to "out" as a shell does;
   messages go to "messages". Returns its exit code. */
static int append(const api_server *server, const char *options) {
    listing_run run;
    char command[2048];
    listing_prepare(&run, server, "");
    snprintf(command, sizeof command, "%s %s %s '%s' list --resume state %s >>out 2>messages",
             run.variables[0], run.variables[1], run.variables[2], run.program, options);
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void expect_text(const char *name, const char *expected) {
    size_t length = 0;
    int descriptor = open(name, O_RDONLY | O_CLOEXEC);
    cr_assert_geq(descriptor, 0);
    char *text = process_whole_file(descriptor, &length);
    cr_expect_str_eq(text, expected);
    free(text);
}

/* Kills a run that appends to "out" during its second page. */
static void kill_within_page_2(api_server *server) {
    listing_run run;
    int status = 0;
    listing_prepare(&run, server, "--format ids --resume state");
    int messages = process_temporary_file();
    int output = open("out", O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0)
        process_become_tool(&run.invocation, STDIN_FILENO, output, messages);
    close(output);
    api_server_say(server, "stalled 1");
    kill(child, SIGKILL);
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    close(messages);
}

static void add_to_output(const char *text) {
    FILE *file = fopen("out", "a");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

/* The rest of the page does not come, so nothing of it is shown. */
Test(tool_list_files, the_broken_line_of_a_run_that_was_killed_is_cut_off) {
    api_server server = api_server_start(55, RULES("page=2;request=2;stall=0"));
    kill_within_page_2(&server);
    add_to_output("0123");
    api_server_say(&server, "clear");
    cr_expect_eq(append(&server, "--format ids"), 0);
    expect_text("out", ids_of(0, 54));
    expect_text("messages", "numres: removed the incomplete last line of standard output, left by "
                            "a run that was killed; its record is shown again\n");
    api_server_stop(&server);
}

/* The line is not numres's: the earlier run ended cleanly, or wrote to another file. */
Test(tool_list_files, another_line_without_its_end_is_ended) {
    static const char added[] =
        "numres: standard output did not end in a line feed; one was added\n";
    api_server server = api_server_start(55, RULES("page=2;request=2;stall=0"));
    char expected[4096] = "";
    kill_within_page_2(&server);
    cr_assert_eq(rename("out", "moved"), 0);
    add_to_output("0123");
    api_server_say(&server, "clear");
    cr_expect_eq(append(&server, "--format ids --max-pages 1"), 0);
    snprintf(expected, sizeof expected, "0123\n%s", ids_of(20, 39));
    expect_text("out", expected);
    add_to_output("4567");
    cr_expect_eq(append(&server, "--format ids"), 0);
    expect_text("messages", added);
    snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "4567\n%s",
             ids_of(40, 54));
    expect_text("out", expected);
    api_server_stop(&server);
}

/* The reservations would be written into the state and lost with it. */
Test(tool_list_files, a_state_in_the_output_itself_is_refused) {
    api_server server = api_server_start(55, NULL);
    cr_assert_eq(symlink("out", "state"), 0);
    cr_expect_eq(append(&server, "--format ids"), 2);
    expect_text("out", "");
    expect_text("messages", "numres list: state is standard output itself\n");
    expect_requests(&server, 0);
    api_server_stop(&server);
}

/* Only an empty regular file can be an earlier run's lock. */
Test(tool_list_files, what_has_the_name_of_the_lock_stays) {
    static const char message[] = "numres list: poetry.lock exists but is not a lock file of "
                                  "numres list; move it, or use another file\n";
    api_server server = api_server_start(5, NULL);
    struct stat about;
    FILE *file = fopen("poetry.lock", "w");
    cr_assert_not_null(file);
    fputs("precious\n", file);
    fclose(file);
    expect_listing(&server, "--format ids --resume poetry", 2, "", message);
    expect_text("poetry.lock", "precious\n");
    cr_assert(unlink("poetry.lock") == 0 && mkfifo("poetry.lock", 0600) == 0);
    expect_listing(&server, "--format ids --resume poetry", 2, "", message);
    cr_expect(stat("poetry.lock", &about) == 0 && S_ISFIFO(about.st_mode));
    expect_requests(&server, 0);
    cr_assert_eq(unlink("poetry.lock"), 0);
    file = fopen("poetry.lock", "w");
    cr_assert_not_null(file);
    fclose(file);
    expect_listing(&server, "--format ids --resume poetry", 0, ids_of(0, 4), "");
    cr_expect_neq(access("poetry.lock", F_OK), 0);
    api_server_stop(&server);
}
