/* numres list: lists that change, and servers that contradict themselves. */
#include <criterion/criterion.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "listing.h"

TestSuite(tool_list_changes, .init = directory_enter, .fini = directory_leave);

static void expect_end(const char *rule, const char *arguments, int exit_code, const char *output,
                       size_t requests, const char *message) {
    api_server server = api_server_start(55, RULES(rule));
    char words[128];
    snprintf(words, sizeof words, "--format ids %s", arguments);
    expect_listing(&server, words, exit_code, output, message);
    expect_requests(&server, requests);
    api_server_stop(&server);
}

#define INCOMPLETE "the list may be incomplete: "
#define AGAIN "; run the command again\n"
#define ONLY_REPEATS                                                                               \
    INCOMPLETE "the last pages held nothing but reservations that were shown before"

Test(tool_list_changes, fewer_reservations_than_the_api_counts_are_told) {
    expect_end("total-results=60", "", 5, ids_of(0, 54), 3,
               "numres: page 3: " INCOMPLETE "the API counts 60, but 55 arrived" AGAIN);
    expect_end("total-results=55", "", 0, ids_of(0, 54), 3, "");
    expect_end("total-results=none", "", 0, ids_of(0, 54), 3, "");
    expect_end("page=2;data=empty", "", 5, ids_of(0, 19), 2,
               INCOMPLETE "the API counts 55, but 20");
    /* Pages that were not asked for do not count. */
    expect_end("page=9", "--page-number 2", 0, ids_of(20, 54), 2, "");
}

/* Repeats do not count if the total did not grow. */
Test(tool_list_changes, repeats_do_not_stand_for_others) {
    expect_end("page=2;data-page=1", "", 5, NULL, 3,
               "numres: page 3: " INCOMPLETE "the API counts 55, but 35 arrived" AGAIN
               "numres: 20 reservations were repeated; each is shown once\n");
    /* Number 38 comes again in place of 39. */
    char without_39[4096];
    snprintf(without_39, sizeof without_39, "%s", ids_of(0, 38));
    strcat(without_39, ids_of(40, 54));
    expect_end("page=2;twice=19", "", 5, without_39, 3,
               INCOMPLETE "the API counts 55, but 54 arrived" AGAIN
                          "numres: 1 reservation was repeated; it is shown once\n");
    /* Two new ones in front push two to the next page. */
    expect_end("page=2;grow=2", "", 0, ids_of(0, 54), 3, "probably because the list grew");
    expect_end("page=2;grow=2;total-results=60", "", 5, ids_of(0, 54), 3, INCOMPLETE);
}

#define CONTRADICTION "the API contradicts itself: "

/* In one response, and in all together. More may be missing only if there is no page for them. */
Test(tool_list_changes, more_reservations_than_the_api_counts_are_told) {
    expect_end("total-pages=0;total-results=0", "", 5, ids_of(0, 19), 1,
               "numres: page 1: " INCOMPLETE
               "the API counts 0 pages, but page 1 is not empty" AGAIN);
    expect_end("total-pages=1;total-results=0", "", 5, ids_of(0, 19), 1,
               "numres: page 1: " CONTRADICTION "it counts 0, but 20 arrived\n");
    expect_end("total-results=20", "", 5, ids_of(0, 54), 3,
               "numres: page 3: " CONTRADICTION "it counts 20, but 55 arrived\n");
    expect_end("total-results=10", "", 5, ids_of(0, 54), 3,
               "numres: page 3: " CONTRADICTION "it counts 10, but 55 arrived\n");
    expect_end("total-pages=0;total-results=none", "", 5, ids_of(0, 19), 1,
               INCOMPLETE "the API counts 0 pages, but page 1 is not empty" AGAIN);
}

/* In the run that saw them, and in later ones. */
Test(tool_list_changes, the_counts_hold_over_all_runs) {
    static const char arguments[] = "--format ids --resume state";
    api_server server = api_server_start(55, RULES("page=2;data-page=1", "request=3;status=422"));
    expect_listing(&server, arguments, 4, ids_of(0, 19), NULL);
    expect_listing(&server, arguments, 5, ids_of(40, 54),
                   INCOMPLETE "the API counts 55, but 35 arrived; to read the list again, "
                              "remove the --resume file\n");
    api_server_stop(&server);
}

Test(tool_list_changes, a_list_from_a_page_on_is_counted_from_there) {
    file_write_text("five.json",
                    "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"meta\":{\"page_number\":2,"
                    "\"page_size\":20,\"total_pages\":3,\"total_results\":55}}");
    expect_end("page=2;body=./five.json", "--page-number 2", 5, NULL, 2,
               INCOMPLETE "the API counts 35 from page 2 on, but 17 arrived" AGAIN);
    expect_end("page=9", "--page-number 3", 0, ids_of(40, 54), 1, "");
}

/* With 90 new ones in front, several pages hold only repeats, over two runs. */
Test(tool_list_changes, growth_explains_repeats_in_later_runs_too) {
    api_server server = api_server_start(300, NULL);
    expect_listing(&server, "--format ids --resume state --max-pages 8", 0, ids_of(0, 159), NULL);
    api_server_say(&server, "clear");
    api_server_say(&server, "fault request=1;grow=90");
    expect_listing(&server, "--format ids --resume state --max-pages 2", 0, "", NULL);
    expect_listing(&server, "--format ids --resume state", 0, ids_of(160, 299), NULL);
    api_server_stop(&server);
}

/* The same within one run, if it happens once. */
Test(tool_list_changes, growth_by_pages_within_a_run_is_gone_through) {
    api_server server = api_server_start(300, RULES("page=6;grow=90"));
    expect_listing(&server, "--format ids", 0, ids_of(0, 299),
                   "numres: 90 reservations were repeated on a later page, probably because the "
                   "list grew; each is shown once; new ones on earlier pages are not shown\n");
    api_server_stop(&server);
    /* If it happened each time, the list would never end. */
    expect_end("page=2-;grow=20", "", 5, ids_of(0, 19), 3, ONLY_REPEATS);
}

Test(tool_list_changes, an_empty_page_before_the_last_is_told) {
    expect_end("page=2;data=empty;total-results=none", "", 5, ids_of(0, 19), 2,
               INCOMPLETE "the API counts 55, but 20 arrived");
    expect_end("page=2-;total-results=none;data=empty", "--page-number 2", 5, "", 1,
               INCOMPLETE "the API counts 3 pages, but page 2 is empty" AGAIN);
}

Test(tool_list_changes, an_empty_list_of_one_page_is_empty) {
    api_server server = api_server_start(0, RULES("total-pages=1"));
    expect_listing(&server, "--format ids", 0, "", "");
    api_server_stop(&server);
}

Test(tool_list_changes, a_total_that_falls_is_told) {
    expect_end("page=2;shrink=3", "", 5, NULL, 3,
               INCOMPLETE "the API's total fell from 55 to 52; some reservations may have moved to "
                          "pages already read" AGAIN);
}

/* All pages are the same, but have their own numbers and a total. */
Test(tool_list_changes, the_same_page_for_ever_ends) {
    expect_end("data-page=1;total-pages=1000;total-results=20000", "", 5, ids_of(0, 19), 3,
               "numres: page 3: " ONLY_REPEATS);
}

/* Reservations without an id are recognised by their content. */
Test(tool_list_changes, the_same_page_for_ever_without_ids_ends) {
    file_write_text("page.json", "{\"data\":[{\"customer_reference\":\"a\"},{\"id\":null}]}");
    api_server server = api_server_start(0, RULES("body=./page.json"));
    expect_listing(&server, "--format ndjson", 5, NULL, ONLY_REPEATS);
    expect_requests(&server, 2);
    api_server_stop(&server);
}

/* Each response moves everything by one page; the second page in a row without anything new
   ends the run. */
Test(tool_list_changes, a_list_that_grows_by_a_page_each_time_ends) {
    expect_end("page=2-;grow=20;total-pages=1000;total-results=none", "", 5, ids_of(0, 19), 3,
               "numres: page 3: " ONLY_REPEATS);
    expect_end("page=2;grow=20", "", 0, ids_of(0, 54), 4,
               "numres: 20 reservations were repeated on a later page");
}

Test(tool_list_changes, two_pages_in_turn_for_ever_end) {
    api_server server =
        api_server_start(55, RULES("total-pages=1000;total-results=none", "page=3;data-page=1",
                                   "page=4;data-page=2", "page=5;data-page=1"));
    expect_listing(&server, "--format ids", 5, ids_of(0, 39), ONLY_REPEATS);
    expect_requests(&server, 4);
    api_server_stop(&server);
}

Test(tool_list_changes, two_pages_in_turn_without_ids_end) {
    file_write_text("one.json", "{\"data\":[{\"customer_reference\":\"a\"}]}");
    file_write_text("two.json", "{\"data\":[{\"customer_reference\":\"b\"}]}");
    api_server server = api_server_start(0, RULES("body=./one.json", "page=2;body=./two.json"));
    expect_listing(&server, "--format ndjson", 5, NULL, ONLY_REPEATS);
    expect_requests(&server, 3);
    api_server_stop(&server);
}

static size_t times_in(const char *text, int64_t number) {
    const char *line = ids_of(number, number);
    size_t count = 0;
    for (; (text = strstr(text, line)) != NULL; text++)
        count++;
    return count;
}

/* The first run shows `shown` reservations; then the list changes by `rule`. The second
   run shows each of the others once, and each new one in front at most once. */
static void expect_taken_up(const char *limit, const char *rule, int64_t shown, size_t requests) {
    api_server server = api_server_start(55, NULL);
    char arguments[80];
    char command[80];
    snprintf(arguments, sizeof arguments, "--format ids --resume state %s", limit);
    snprintf(command, sizeof command, "fault request=1;%s", rule);
    expect_listing(&server, arguments, 0, ids_of(0, shown - 1), NULL);
    size_t before = api_server_requests(&server);
    api_server_say(&server, "clear");
    api_server_say(&server, command);
    outcome outcome = listing(&server, "--format ids --resume state");
    cr_expect_eq(outcome.exit_code, 0, "%s, %s: %s", limit, rule, outcome.messages);
    for (int64_t number = -100; number < 55; number++) {
        size_t times = times_in(outcome.output, number);
        bool is_right = number < 0 ? times < 2 : times == (number < shown ? 0 : 1);
        cr_expect(is_right, "%s, %s: %lld came %zu times", limit, rule, (long long)number, times);
    }
    expect_requests(&server, before + requests);
    remove("state");
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_changes, a_list_that_grew_between_two_runs_is_gone_on_with) {
    expect_taken_up("--max-items 25", "grow=2", 25, 3);
    expect_taken_up("--max-pages 1", "grow=2", 20, 3);
    expect_taken_up("--max-pages 1", "grow=20", 20, 4);
    /* Far behind, with several pages of nothing but repeats: explained by the growth. */
    expect_taken_up("--max-pages 2", "grow=90", 40, 8);
}

/* Reservations that have moved to a page already read are found there. */
Test(tool_list_changes, a_list_that_shrank_between_two_runs_is_looked_at_again) {
    expect_taken_up("--max-pages 1", "shrink=3", 20, 3);
    /* The page before brings new ones, so page 1 may have more. */
    expect_taken_up("--max-pages 2", "shrink=5", 40, 3);
    expect_taken_up("--max-items 25", "shrink=6", 25, 3);
}

/* So much has gone that the page to resume at and the one before hold nothing seen
   before: it goes back to the first page. */
Test(tool_list_changes, it_goes_back_to_the_last_page_that_was_seen) {
    api_server server = api_server_start(55, NULL);
    expect_listing(&server, "--format ids --resume state --max-items 45", 0, ids_of(0, 44), NULL);
    api_server_say(&server, "clear");
    api_server_say(&server, "fault request=1;shrink=30");
    outcome outcome = listing(&server, "--format ids --resume state");
    cr_expect_eq(outcome.exit_code, 0, "%s", outcome.messages);
    for (int64_t number = 45; number < 55; number++)
        cr_expect(times_in(outcome.output, number) == 1, "%lld", (long long)number);
    cr_expect_eq(outcome.output_length, 10 * 37);
    /* Page 2 holds only new ones; page 1 holds some that were seen. */
    expect_field(&server, 3, 3, "page%5Bnumber%5D=2");
    expect_field(&server, 4, 3, "page%5Bnumber%5D=1");
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* Those missed because of the first change are on two pages after the second. */
Test(tool_list_changes, it_goes_back_as_long_as_pages_bring_new_ones) {
    api_server server = api_server_start(55, RULES("page=3;shrink=4"));
    expect_listing(&server, "--format ids --resume state --max-items 46", 0, NULL, NULL);
    api_server_say(&server, "clear");
    api_server_say(&server, "fault request=1;shrink=18");
    outcome outcome = listing(&server, "--format ids --resume state");
    for (int64_t number = 40; number < 55; number++) {
        size_t times = number >= 44 && number < 50 ? 0 : 1;
        cr_expect_eq(times_in(outcome.output, number), times, "%lld", (long long)number);
    }
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* What is on the short last page may all come from a page that was read in part, with
   others missed before it. */
Test(tool_list_changes, the_last_page_alone_does_not_tell_where_the_list_is) {
    api_server server = api_server_start(48, RULES("page=3;shrink=4"));
    expect_listing(&server, "--format ids --resume state --max-items 44", 0, NULL, NULL);
    api_server_say(&server, "clear");
    api_server_say(&server, "fault request=1;shrink=20");
    outcome outcome = listing(&server, "--format ids --resume state");
    cr_expect_str_eq(outcome.output, ids_of(40, 43));
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_changes, a_limit_is_an_exit_status_if_that_is_wanted) {
    expect_end(
        "page=9", "--max-items 3 --exit-status", 6, ids_of(0, 2), 1,
        "numres: stopped by --max-items; there may be more: 3 reservations shown, up to page "
        "1; to continue, which shows the first 3 of that page again: numres list --format ids "
        "--exit-status --page-number 1\n");
    expect_end("page=9", "--max-pages 1 --exit-status", 6, ids_of(0, 19), 1,
               "numres: stopped by --max-pages; there is more: 20 reservations shown, up to page 1 "
               "of 3; to continue: numres list --format ids --max-pages 1 --exit-status "
               "--page-number 2\n");
    expect_end("page=9", "--max-pages 3 --exit-status", 0, ids_of(0, 54), 3, "");
    expect_end("page=9", "--max-items 3", 0, ids_of(0, 2), 1, "stopped by --max-items");
}

/* The total of an earlier page shows that it is the end. */
Test(tool_list_changes, a_limit_at_the_end_of_the_list_is_no_limit) {
    expect_end("page=9", "--max-items 55 --exit-status", 0, ids_of(0, 54), 3, "");
    expect_end("page=3;total-results=56", "--max-items 54 --exit-status", 6, ids_of(0, 53), 3,
               "stopped by --max-items; there may be more");
}

/* A shell loop runs the same command until it is done. */
Test(tool_list_changes, a_loop_knows_when_it_is_done) {
    static const char arguments[] = "--format ids --resume state --max-items 20 --exit-status";
    api_server server = api_server_start(55, NULL);
    expect_listing(&server, arguments, 6, ids_of(0, 19), NULL);
    expect_listing(&server, arguments, 6, ids_of(20, 39), NULL);
    expect_listing(&server, arguments, 0, ids_of(40, 54), "");
    api_server_stop(&server);
}

/* Reservations of the first run that come again, and new ones that are shown, do not
   count in place of the rest. */
static void expect_loop_to_the_end(const char *limit, const char *rule) {
    api_server server = api_server_start(40, NULL);
    char arguments[80];
    char command[40];
    size_t times[40] = {0};
    int exit_code = 6;
    snprintf(arguments, sizeof arguments, "--format ids --resume state --exit-status %s", limit);
    snprintf(command, sizeof command, "fault request=1;%s", rule);
    for (size_t run = 0; run < 60 && exit_code == 6; run++) {
        outcome outcome = listing(&server, arguments);
        exit_code = outcome.exit_code;
        for (int64_t number = 0; number < 40; number++)
            times[number] += times_in(outcome.output, number);
        outcome_free(&outcome);
        api_server_say(&server, "clear");
        if (run == 0)
            api_server_say(&server, command);
    }
    cr_expect_eq(exit_code, 0, "%s, %s: %d", limit, rule, exit_code);
    for (size_t number = 0; number < 40; number++)
        cr_expect_eq(times[number], 1, "%s, %s: %zu came %zu times", limit, rule, number,
                     times[number]);
    remove("state");
    api_server_stop(&server);
}

Test(tool_list_changes, a_loop_over_a_list_that_grew_goes_to_its_end) {
    expect_loop_to_the_end("--max-items 25", "grow=18");
    expect_loop_to_the_end("--max-items 25", "grow=45");
    expect_loop_to_the_end("--max-items 27", "grow=20");
    expect_loop_to_the_end("--max-pages 1", "grow=45");
}
