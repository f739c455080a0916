/* numres list: what it advises after it ended early, if the output of another run cannot
   follow that of this one. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "listing.h"

TestSuite(tool_list_continue, .init = directory_enter, .fini = directory_leave);

static void expect_advice(const char *rule, const char *arguments, const char *advice) {
    api_server server = api_server_start(55, RULES(rule));
    listing_run run;
    listing_prepare(&run, &server, arguments);
    const char *environment[] = {run.variables[0], run.variables[1], run.variables[2],
                                 "NUMRES_NOW=2026-08-03T09:33:33Z", NULL};
    run.invocation.environment = environment;
    outcome outcome = process_run(&run.invocation);
    expect_part(outcome.messages, advice);
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* A second run would print a second document, count or order. */
Test(tool_list_continue, what_is_one_whole_is_read_again) {
    static const char *const wholes[] = {
        "--format json",         "--format xlsx",        "--count",
        "--count --format csv",  "--count -o ndjson",    "--sort created_at",
        "--sort status -o csv",  "--expires-within 30m", "--expires-within 30m --format ids",
        "--expired --format ids"};
    for (size_t at = 0; at < sizeof wholes / sizeof *wholes; at++)
        expect_advice("page=2;status=422", wholes[at],
                      " shown, up to page 1 of 3; run the command again\n");
}

Test(tool_list_continue, the_same_limit_would_end_it_at_the_same_place) {
    expect_advice("page=9", "--format json --max-items 5",
                  "numres: stopped by --max-items; there may be more: 5 reservations shown, up to "
                  "page 1; run the command again with a larger --max-items\n");
    expect_advice("page=9", "--format json -n 5",
                  "; run the command again with a larger --limit\n");
    expect_advice(
        "page=9", "--count --max-pages 1",
        "numres: stopped by --max-pages; there is more: 20 reservations shown, up to page "
        "1 of 3; run the command again with a larger --max-pages\n");
}

Test(tool_list_continue, a_page_that_a_later_run_does_not_find_was_there) {
    api_server server = api_server_start(55, RULES("page=2;status=404"));
    expect_listing(&server, "--format ids --resume state", 4, ids_of(0, 19),
                   "; earlier pages were found, so the list may have become shorter\n");
    expect_listing(&server, "--format ids --resume state", 4, "",
                   "; earlier pages were found, so the list may have become shorter\n");
    api_server_stop(&server);
}

/* The file knows what was shown, whatever the format and the time. */
Test(tool_list_continue, with_a_resume_file_every_run_continues) {
    expect_advice("page=2;status=422", "--format json --resume state",
                  "; to continue: numres list --format json --resume state\n");
    expect_advice(
        "page=2;status=422", "--format ids --expires-within 2000w --resume other",
        "; to continue: numres list --format ids --expires-within 2000w --resume other\n");
}

Test(tool_list_continue, times_back_from_now_are_repeated_as_times) {
    expect_advice("page=2;status=422", "--format ids --created-after 9000d",
                  "; to continue: numres list --format ids --created-after 2001-12-12T09:33:33Z "
                  "--page-number 2\n");
    expect_advice("page=2;status=422", "--format ids --created-before=30m",
                  "; to continue: numres list --format ids --created-before=2026-08-03T09:03:33Z "
                  "--page-number 2\n");
    expect_advice("page=2;status=422", "--format ids --created-after=2001-12-13",
                  "; to continue: numres list --format ids --created-after=2001-12-13 "
                  "--page-number 2\n");
}

static void expect_lost(const char *arguments, size_t count, unsigned long file_size,
                        const char *message) {
    api_server server = api_server_start(count, NULL);
    listing_run run;
    listing_prepare(&run, &server, arguments);
    run.invocation.output_to = file_size == 0 ? "/dev/full" : "out";
    run.invocation.file_size = file_size;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, message);
    cr_expect_null(strstr(outcome.messages, "to continue"), "%s", outcome.messages);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_continue, an_output_that_failed_is_written_again) {
    static const char *const wholes[] = {"--format xlsx", "--count", "--format json",
                                         "--sort reservation_id --format ids"};
    for (size_t at = 0; at < sizeof wholes / sizeof *wholes; at++)
        expect_lost(wholes[at], 55, 0,
                    "numres: standard output cannot be written: No space left on device\n"
                    "numres: nothing is shown; run the command again\n");
    file_write_text("out", "");
    expect_lost("--format json --page-size 250", 1000, 100000,
                "numres: the output is incomplete; run the command again\n");
}
