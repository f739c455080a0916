/* numres list --resume: a later run continues where one stopped. */
#include <criterion/criterion.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "listing.h"
#include "terminal.h"

TestSuite(tool_list_resume, .init = directory_enter, .fini = directory_leave);

static char *file_read(const char *name) {
    static char text[65536];
    FILE *file = fopen(name, "r");
    cr_assert_not_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

/* Checks the last line of the state, which is the one that counts. */
static void expect_last_state(const char *part) {
    const char *last = file_read("state");
    for (const char *line = last; (line = strstr(line, "numres-pager-1 ")) != NULL; line++)
        last = line;
    expect_part(last, part);
}

Test(tool_list_resume, goes_on_page_by_page) {
    api_server server = api_server_start(55, NULL);
    static const char arguments[] = "--format ids --resume state --max-pages 1";
    expect_listing(&server, arguments, 0, ids_of(0, 19), "stopped by --max-pages");
    expect_requests(&server, 1);
    /* The page before is read again, because the list may have changed. */
    expect_listing(&server, arguments, 0, ids_of(20, 39), "stopped by --max-pages");
    expect_listing(&server, arguments, 0, ids_of(40, 54), "");
    expect_requests(&server, 5);
    expect_listing(&server, arguments, 0, "", "numres: the list is already complete");
    expect_requests(&server, 5);
    api_server_stop(&server);
}

/* An API that sends meta first tells how long the list is before a page has ended. */
Test(tool_list_resume, remembers_the_pages_of_a_meta_that_came_first) {
    file_write_text("page", "{\"meta\":{\"total_pages\":3,\"page_number\":1},\"data\":["
                            "{\"id\":\"a\",\"phone_numbers\":[]},"
                            "{\"id\":\"b\",\"phone_numbers\":[]}]}");
    api_server server = api_server_start(55, RULES("body=page"));
    expect_listing(&server, "--format ids --resume state --max-items 1", 0, "a\n", "of 3");
    expect_last_state("page=1 taken=1 reason=max-items; page-ids=1 new-ids=0 shown=1 places=0 "
                      "left-out=0 repeats=0 total=0 total-pages=3 ");
    api_server_stop(&server);
}

Test(tool_list_resume, goes_on_within_a_page) {
    api_server server = api_server_start(55, NULL);
    static const char arguments[] = "--format ids --resume state --max-items 25";
    expect_listing(&server, arguments, 0, ids_of(0, 24), "stopped by --max-items");
    expect_last_state("page=2 taken=5 reason=max-items; page-ids=5 new-ids=0 shown=25 "
                      "places=20 left-out=0 repeats=0 total=55 total-pages=3 grown=0 expected=0 "
                      "fallen-from=0 fallen-to=0 surplus=0 surplus-total=0 device=0 inode=0\n");
    expect_listing(&server, arguments, 0, ids_of(25, 49), "stopped by --max-items");
    expect_listing(&server, arguments, 0, ids_of(50, 54), "");
    /* Each later run makes one request for the page before. */
    expect_requests(&server, 7);
    api_server_stop(&server);
}

Test(tool_list_resume, goes_on_after_a_failure_without_a_repeat) {
    api_server server = api_server_start(55, RULES("page=2;request=1-4;cut=9000"));
    outcome first = listing(&server, "--format ids --resume state");
    outcome second = listing(&server, "--format ids --resume state");
    cr_expect_eq(first.exit_code, 3);
    cr_expect_eq(second.exit_code, 0);
    char *both = malloc(first.output_length + second.output_length + 1);
    cr_assert_not_null(both);
    memcpy(both, first.output, first.output_length);
    memcpy(both + first.output_length, second.output, second.output_length + 1);
    cr_expect_gt(first.output_length, 20 * 37);
    cr_expect_str_eq(both, ids_of(0, 54));
    free(both);
    outcome_free(&first);
    outcome_free(&second);
    api_server_stop(&server);
}

Test(tool_list_resume, goes_on_after_ctrl_c) {
    api_server server = api_server_start(20, RULES("request=1;stall=4000"));
    listing_run run;
    listing_prepare(&run, &server, "--format ids --resume state");
    terminal terminal = terminal_start(&run.invocation, TERMINAL_OUTPUT, 80);
    terminal_read_until(&terminal, ids_of(0, 2));
    kill(terminal.child, SIGINT);
    outcome outcome = terminal_end(&terminal);
    int64_t shown = (int64_t)(outcome.output_length / 37);
    cr_expect_eq(outcome.exit_code, 130);
    expect_listing(&server, "--format ids --resume state", 0, ids_of(shown, 19), "");
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* Nothing of the wrong page was shown, but part of the right one was. */
Test(tool_list_resume, keeps_its_place_when_the_server_sends_another_page) {
    static const char other[] = "{\"meta\":{\"page_number\":7},\"data\":[{\"id\":\"a\"}]}";
    file_write_text("other.json", other);
    api_server server = api_server_start(55, NULL);
    expect_listing(&server, "--format ids --resume state --max-items 25", 0, ids_of(0, 24), NULL);
    api_server_say(&server, "fault body=./other.json");
    expect_listing(&server, "--format ids --resume state", 3, "",
                   "not the page that was requested");
    expect_last_state("page=2 taken=5 reason=next; ");
    api_server_say(&server, "clear");
    expect_listing(&server, "--format ids --resume state", 0, ids_of(25, 54), "");
    api_server_stop(&server);
}

/* The wrong page's number came only after its records, which were shown. */
Test(tool_list_resume, shows_nothing_twice_after_the_server_sent_another_page) {
    api_server server = api_server_start(55, RULES("page=2;attempt=1;data-page=3;page-number=3"));
    outcome first = listing(&server, "--format ids --resume state");
    cr_expect_eq(first.exit_code, 3);
    expect_part(first.messages, "not the page that was requested");
    cr_assert_str_eq(first.output + 20 * 37, ids_of(40, 54));
    expect_last_state("page=2 taken=0 reason=page-mismatch; ");
    expect_listing(&server, "--format ids --resume state", 0, ids_of(20, 39), NULL);
    outcome_free(&first);
    api_server_stop(&server);
}

static void expect_nothing_counted(size_t reservations) {
    api_server server = api_server_start(reservations, NULL);
    listing_run run;
    listing_prepare(&run, &server, "--format ids --resume state");
    run.invocation.output_to = "/dev/full";
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 3);
    expect_last_state("page=1 taken=0 reason=next; page-ids=0 new-ids=0 shown=0 ");
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_resume, counts_only_what_was_written) {
    expect_nothing_counted(55);
}

/* The whole page is read before the first of it is written. */
Test(tool_list_resume, counts_no_short_page_that_was_not_written) {
    expect_nothing_counted(1);
}

Test(tool_list_resume, the_file_holds_the_query_and_not_the_key) {
    api_server server = api_server_start(55, NULL);
    expect_listing(&server, "--format ids --resume state --status pending --max-items 3", 0, NULL,
                   NULL);
    const char *text = file_read("state");
    expect_part(text, "numres list --resume\nhttp://127.0.0.1:");
    expect_part(text, "/v2/number_reservations?filter%5Bstatus%5D=pending\nseed=");
    cr_expect_null(strstr(text, API_SERVER_KEY));
    struct stat about;
    cr_expect_eq(stat("state", &about), 0);
    cr_expect_eq(about.st_mode & 0777, 0600);
    api_server_stop(&server);
}

Test(tool_list_resume, another_query_is_refused) {
    api_server server = api_server_start(55, NULL);
    expect_listing(&server, "--format ids --resume state --max-pages 1", 0, NULL, NULL);
    expect_listing(&server, "--format ids --resume state --page-size 50", 2, "",
                   "numres list: state belongs to a list with other filters, page size or base "
                   "URL; use the same ones, or another file\n");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

Test(tool_list_resume, other_files_are_refused_and_stay) {
    static const char *const texts[] = {
        "precious\n",
        "numres list --resume",
        "numres list --resume\n",
        "numres list --resume\nhttp://127.0.0.1\nnumres-pager-1\n",
        "numres list --resume\nhttp://127.0.0.1\nseed=0123456789abcdef\n",
        ("numres list --resume\nhttp://127.0.0.1\nseed=0123456789abcdef\nnumres-pager-1 page=1 "
         "taken=0 reason=next; page-ids=1 new-ids=0 shown=0 places=0 left-out=0 repeats=0 "
         "total=0 "
         "total-pages=0 grown=0 expected=0 fallen-from=0 fallen-to=0 surplus=0 surplus-total=0 "
         "device=0 inode=0\n"),
        ("numres list --resume\nhttp://127.0.0.1\nseed=0123456789abcdef\nnumres-pager-1 page=1 "
         "taken=0 reason=next; page-ids=0 new-ids=0 shown=0 places=0 left-out=0 repeats=0 "
         "total=0 "
         "total-pages=0 grown=0 expected=0 fallen-from=0 fallen-to=0 surplus=0 surplus-total=0 "
         "device=0 inode=0\n"
         "more\n")};
    api_server server = api_server_start(55, NULL);
    for (size_t at = 0; at < sizeof texts / sizeof *texts; at++) {
        file_write_text("state", texts[at]);
        expect_listing(&server, "--format ids --resume state", 2, "",
                       "numres list: state was not written by numres list --resume\n");
        cr_expect_str_eq(file_read("state"), texts[at]);
    }
    expect_requests(&server, 0);
    api_server_stop(&server);
}

Test(tool_list_resume, a_file_that_cannot_be_written_is_told_before_anything_is_shown) {
    api_server server = api_server_start(55, NULL);
    expect_listing(&server, "--format ids --resume missing/state", 3, "",
                   "numres list: missing/state cannot be written: No such file or directory\n");
    expect_listing(&server, "--format ids --resume .", 3, "",
                   "numres list: . cannot be read: Is a directory\n");
    expect_requests(&server, 0);
    api_server_stop(&server);
}

/* The page holds number 4 twice; an earlier run has shown it. Number 5 is missing,
   although the API counts it. */
Test(tool_list_resume, an_id_that_a_page_holds_twice_is_shown_once) {
    api_server server = api_server_start(20, RULES("page=1;twice=5"));
    expect_listing(&server, "--format ids --resume state --max-items 5", 0, ids_of(0, 4), NULL);
    expect_listing(&server, "--format ids --resume state", 5, ids_of(6, 19),
                   "the API counts 20, but 19 arrived");
    api_server_stop(&server);
}

/* The second run names the first one's process; when that ends, so does the lock. */
Test(tool_list_resume, a_second_run_with_the_same_file_is_refused) {
    api_server server = api_server_start(20, RULES("request=1;stall=4000"));
    listing_run run;
    char message[80];
    listing_prepare(&run, &server, "--format ids --resume state");
    terminal terminal = terminal_start(&run.invocation, TERMINAL_OUTPUT, 80);
    terminal_read_until(&terminal, ids_of(0, 2));
    snprintf(message, sizeof message,
             "numres list: state is in use by another numres list: process %d\n",
             (int)terminal.child);
    expect_listing(&server, "--format ids --resume state", 2, "", message);
    cr_assert_eq(symlink("state", "link"), 0);
    expect_listing(&server, "--format ids --resume link", 2, "", "is in use by another");
    kill(terminal.child, SIGKILL);
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 128 + SIGKILL);
    outcome_free(&outcome);
    expect_listing(&server, "--format ids --resume state", 0, ids_of(0, 19), "");
    api_server_stop(&server);
}

Test(tool_list_resume, a_link_and_the_mode_of_the_file_stay) {
    api_server server = api_server_start(55, NULL);
    struct stat about;
    file_write_text("target", "");
    cr_assert(chmod("target", 0640) == 0 && symlink("target", "link") == 0);
    cr_assert_eq(symlink("not-yet", "dangling"), 0);
    expect_listing(&server, "--format ids --resume link --max-items 3", 0, ids_of(0, 2), NULL);
    cr_expect(lstat("link", &about) == 0 && S_ISLNK(about.st_mode));
    cr_expect(stat("target", &about) == 0 && (about.st_mode & 0777) == 0640);
    expect_listing(&server, "--format ids --resume link --max-items 3", 0, ids_of(3, 5), NULL);
    expect_listing(&server, "--format ids --resume dangling --max-items 3", 0, ids_of(0, 2), NULL);
    cr_expect(lstat("dangling", &about) == 0 && S_ISLNK(about.st_mode));
    cr_expect_eq(stat("not-yet", &about), 0);
    api_server_stop(&server);
}

/* Only root can test this. */
Test(tool_list_resume, the_owner_of_the_file_stays) {
    api_server server = api_server_start(5, NULL);
    struct stat about;
    if (geteuid() != 0)
        cr_skip_test("only root can give files away");
    file_write_text("state", "");
    cr_assert_eq(chown("state", 12345, 23456), 0);
    expect_listing(&server, "--format ids --resume state", 0, ids_of(0, 4), "");
    cr_expect(stat("state", &about) == 0 && about.st_uid == 12345 && about.st_gid == 23456);
    api_server_stop(&server);
}

/* As after a power failure. */
Test(tool_list_resume, a_line_that_was_cut_off_counts_for_nothing) {
    api_server server = api_server_start(55, NULL);
    expect_listing(&server, "--format ids --resume state --max-items 25", 0, ids_of(0, 24), NULL);
    FILE *file = fopen("state", "a");
    cr_assert_not_null(file);
    fputs("0123456789abcdef0123456789abcdef\nnumres-pager-1 page=3 ta", file);
    fclose(file);
    expect_listing(&server, "--format ids --resume state", 0, ids_of(25, 54), "");
    api_server_stop(&server);
}

Test(tool_list_resume, special_files_are_refused) {
    api_server server = api_server_start(5, NULL);
    cr_assert_eq(mkfifo("pipe", 0600), 0);
    expect_listing(&server, "--format ids --resume pipe", 2, "",
                   "numres list: pipe is not a regular file\n");
    api_server_stop(&server);
}

static void expect_alone(const char *name) {
    DIR *directory = opendir(".");
    cr_assert_not_null(directory);
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory))
        cr_expect(entry->d_name[0] == '.' || strcmp(entry->d_name, name) == 0, "%s", entry->d_name);
    closedir(directory);
}

Test(tool_list_resume, no_other_file_is_left_behind) {
    api_server server = api_server_start(55, NULL);
    expect_listing(&server, "--format ids --resume state", 0, NULL, "");
    expect_alone("state");
    api_server_stop(&server);
}

/* An incomplete file does not replace the old one. */
Test(tool_list_resume, a_file_that_is_written_in_part_is_removed) {
    api_server server = api_server_start(55, NULL);
    listing_run run;
    listing_prepare(&run, &server, "--format ids --resume state");
    run.invocation.file_size = 90;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 3);
    cr_expect_str_eq(outcome.messages, "numres: cannot write the --resume file: File too large\n");
    expect_alone("");
    expect_requests(&server, 0);
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* Runs numres list with a record of its syncs. */
static outcome run_noting_syncs(const api_server *server, const char *output_to,
                                const char *fault) {
    listing_run run;
    const char *environment[] = {NULL, NULL, "NUMRES_SYNCS=syncs", fault, NULL};
    listing_prepare(&run, server, "--format ids --resume state");
    environment[0] = run.variables[0];
    environment[1] = run.variables[1];
    run.invocation.environment = environment;
    run.invocation.output_to = output_to;
    return process_run(&run.invocation);
}

/* Returns how many syncs of the file of --resume were recorded. Before each of them, all
   output that it counts as shown must have been synced, if that goes to a file. */
static size_t expect_syncs(bool is_output_synced) {
    FILE *file = fopen("syncs", "r");
    char kind[16];
    long bytes = 0;
    size_t count = 0;
    bool is_synced = false;
    cr_assert_not_null(file);
    while (fscanf(file, "%15s %ld", kind, &bytes) == 2) {
        bool is_output = strcmp(kind, "output") == 0;
        if (is_output) /* one more page of 20, finally one of 15 */
            cr_expect_eq(bytes, 37 * (count * 20 < 55 ? (long)count * 20 : 55));
        else
            cr_expect_eq(is_synced, is_output_synced, "before state %zu", count);
        count += is_output ? 0 : 1;
        is_synced = is_output;
    }
    fclose(file);
    return count;
}

/* After a power failure, nothing counts as shown that is not on disk. */
Test(tool_list_resume, a_file_is_synced_before_the_state_that_counts_it) {
    api_server server = api_server_start(55, NULL);
    file_write_text("out", "");
    outcome outcome = run_noting_syncs(&server, "out", NULL);
    cr_expect_eq(outcome.exit_code, 0);
    cr_expect_str_eq(file_read("out"), ids_of(0, 54));
    /* Before the first page, after each, and at the end. */
    cr_expect_eq(expect_syncs(true), 5);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_resume, what_is_no_file_is_not_synced) {
    api_server server = api_server_start(55, NULL);
    file_write_text("syncs", "");
    outcome outcome = run_noting_syncs(&server, "/dev/null", NULL);
    cr_expect_eq(outcome.exit_code, 0);
    cr_expect_eq(expect_syncs(false), 5);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_resume, what_cannot_be_synced_does_not_count) {
    api_server server = api_server_start(55, NULL);
    expect_listing(&server, "--format ids --resume state --max-pages 1", 0, ids_of(0, 19), NULL);
    outcome outcome = run_noting_syncs(&server, NULL, "NUMRES_SYNC_FAULT=1");
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages,
                "numres: standard output cannot be written: Input/output error\n");
    expect_last_state(" shown=20 ");
    outcome_free(&outcome);
    expect_listing(&server, "--format ids --resume state", 0, ids_of(20, 54), "");
    api_server_stop(&server);
}
