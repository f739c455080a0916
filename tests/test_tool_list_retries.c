/* numres list: requests are sent again, and nothing is shown twice or lost. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "listing.h"

TestSuite(tool_list_retries, .init = directory_enter, .fini = directory_leave);

static void expect_wait_in(size_t place, int64_t least, int64_t most) {
    int64_t wait = wait_noted(place);
    cr_expect(wait >= least && wait <= most, "wait %zu: %lld, not %lld to %lld", place,
              (long long)wait, (long long)least, (long long)most);
}

/* One fault on page 2. The third page proves that it was overcome. */
static void expect_survived(const char *rule, size_t requests) {
    api_server server = api_server_start(55, RULES(rule));
    expect_listing(&server, "--format ids", 0, ids_of(0, 54),
                   requests == 3 ? "" : " s to try again (");
    expect_requests(&server, requests);
    cr_expect_eq(waits_count(), requests - 3);
    api_server_stop(&server);
}

#define SURVIVED(name, rule, requests)                                                             \
    Test(tool_list_retries, name) {                                                                \
        expect_survived(rule, requests);                                                           \
    }

SURVIVED(survives_a_500, "page=2;attempt=1;status=500", 4)
SURVIVED(survives_two_502, "page=2;attempt=1-2;status=502", 5)
SURVIVED(survives_a_503_with_html, "page=2;attempt=1;status=503;body=html", 4)
SURVIVED(survives_a_504_without_body, "page=2;attempt=1;status=504;body=empty", 4)
SURVIVED(survives_a_408, "page=2;attempt=1;status=408", 4)
SURVIVED(survives_a_409, "page=2;attempt=1;status=409", 4)
SURVIVED(survives_a_429, "page=2;attempt=1;status=429", 4)
SURVIVED(survives_a_cut_in_the_first_record, "page=2;attempt=1;cut=100", 4)
SURVIVED(survives_a_cut_in_the_middle, "page=2;attempt=1;cut=9000", 4)
SURVIVED(survives_a_cut_before_the_last_byte, "page=2;attempt=1;cut=19114", 4)
SURVIVED(survives_a_cut_of_a_chunked_body, "page=2;attempt=1;chunked;cut=9000", 4)
SURVIVED(survives_a_cut_of_a_compressed_body, "page=2;attempt=1;encoding=gzip;cut=700", 4)
SURVIVED(survives_a_length_that_is_too_large, "page=2;attempt=1;length=+5", 4)
SURVIVED(survives_a_length_that_is_too_small, "page=2;attempt=1;length=-5", 4)
SURVIVED(survives_an_empty_body, "page=2;attempt=1;body=empty", 4)
SURVIVED(survives_a_connection_closed_after_each_page, "close=silent", 3)
SURVIVED(survives_a_connection_closed_as_told, "close=told", 3)
SURVIVED(obeys_should_retry_on_any_status,
         "page=2;attempt=1;status=400;header=x-should-retry: true", 4)

static void expect_given_up(const char *rule, const char *arguments, int exit_code, size_t requests,
                            const char *message) {
    api_server server = api_server_start(55, RULES(rule));
    expect_listing(&server, arguments, exit_code, ids_of(0, 19), message);
    expect_requests(&server, requests);
    cr_expect_eq(waits_count(), requests - 2);
    api_server_stop(&server);
}

Test(tool_list_retries, gives_up_after_two_more_tries) {
    expect_given_up("page=2;status=500", "--format ids", 4, 4,
                    "numres: page 2: the API answered HTTP 500 Internal Server Error (tried 3 "
                    "times)\n");
}

/* A connection kept since page 1 that is closed without a response may just have been idle
   too long: libcurl repeats the request at once on a new one. */
static void expect_dropped(const char *rule, int exit_code, const char *output, size_t requests,
                           size_t waits) {
    api_server server = api_server_start(55, RULES(rule));
    expect_listing(&server, "--format ids", exit_code, output, NULL);
    expect_requests(&server, requests);
    cr_expect_eq(waits_count(), waits);
    api_server_stop(&server);
}

Test(tool_list_retries, survives_a_dropped_connection) {
    expect_dropped("page=2;attempt=1;drop", 0, ids_of(0, 54), 4, 0);
}

Test(tool_list_retries, survives_two_dropped_connections) {
    expect_dropped("page=2;attempt=1-2;drop", 0, ids_of(0, 54), 5, 1);
}

Test(tool_list_retries, survives_a_new_connection_that_is_dropped) {
    expect_dropped("page=1;attempt=1;drop", 0, ids_of(0, 54), 4, 1);
}

Test(tool_list_retries, gives_up_a_connection_that_always_drops) {
    expect_dropped("page=2;drop", 3, ids_of(0, 19), 5, 2);
}

Test(tool_list_retries, tries_as_often_as_it_is_told) {
    expect_given_up("page=2;status=503", "--format ids --max-retries 5", 4, 7, "(tried 6 times)");
}

Test(tool_list_retries, tries_once_if_it_is_told) {
    expect_given_up("page=2;status=503", "--format ids --max-retries 0", 4, 2,
                    "numres: page 2: the API answered HTTP 503 Service Unavailable\n");
}

Test(tool_list_retries, statuses_that_are_final_are_not_tried_again) {
    static const char *const rules[] = {"status=400",
                                        "status=401",
                                        "status=403",
                                        "status=404",
                                        "status=422",
                                        "status=500;header=x-should-retry: false",
                                        "status=429;header=X-Should-Retry: false"};
    for (size_t at = 0; at < sizeof rules / sizeof *rules; at++) {
        api_server server = api_server_start(55, RULES(rules[at]));
        expect_listing(&server, "--format ids", 4, "", "numres: page 1: the API answered HTTP ");
        expect_requests(&server, 1);
        api_server_stop(&server);
    }
    cr_expect_eq(waits_count(), 0);
}

/* Otherwise many clients would return at the same moment. */
Test(tool_list_retries, runs_do_not_all_wait_for_the_same_time) {
    const size_t runs = 8;
    api_server server = api_server_start(55, RULES("status=500"));
    for (size_t at = 0; at < runs; at++)
        expect_listing(&server, "--format ids --max-retries 1", 4, "", NULL);
    cr_expect_eq(waits_count(), runs);
    size_t same = 1;
    while (same < runs && wait_noted(same) == wait_noted(0))
        same++;
    cr_expect_lt(same, runs, "all waits are %lld ms", (long long)wait_noted(0));
    api_server_stop(&server);
}

Test(tool_list_retries, each_page_has_its_own_tries) {
    api_server server = api_server_start(55, RULES("attempt=1-2;status=500"));
    expect_listing(&server, "--format ids", 0, ids_of(0, 54), " s to try again (");
    expect_requests(&server, 9);
    for (size_t page = 0; page < 3; page++) {
        expect_wait_in(2 * page, 375, 500);
        expect_wait_in(2 * page + 1, 750, 1000);
    }
    cr_expect_eq(waits_count(), 6);
    api_server_stop(&server);
}

Test(tool_list_retries, waits_double_up_to_8_seconds) {
    static const int64_t longest[] = {500, 1000, 2000, 4000, 8000, 8000};
    api_server server = api_server_start(20, RULES("attempt=1-6;status=500"));
    expect_listing(&server, "--format ids --max-retries 6", 0, ids_of(0, 19), " s to try again (");
    expect_requests(&server, 7);
    for (size_t at = 0; at < 6; at++)
        expect_wait_in(at, longest[at] * 3 / 4, longest[at]);
    api_server_stop(&server);
}

static void expect_waited(const char *headers, int64_t least, int64_t most) {
    char rule[200];
    snprintf(rule, sizeof rule, "attempt=1;status=429;%s", headers);
    api_server server = api_server_start(5, RULES(rule));
    size_t place = waits_count();
    expect_listing(&server, "--format ids", 0, ids_of(0, 4),
                   " s to try again (HTTP 429 Too Many Requests)\n");
    expect_wait_in(place, least, most);
    api_server_stop(&server);
}

Test(tool_list_retries, waits_as_the_response_asks) {
    expect_waited("retry-after=7", 7000, 7000);
    expect_waited("retry-after=0", 0, 0);
    expect_waited("retry-after=1.25", 1250, 1250);
    expect_waited("retry-after=60", 60000, 60000);
    expect_waited("retry-after=-1", 375, 500);
    expect_waited("retry-after=soon", 375, 500);
    expect_waited("header=Retry-After-Ms: 1234", 1234, 1234);
    expect_waited("header=Retry-After-Ms: 1234;retry-after=9", 1234, 1234);
    /* The server's clock may have moved on a second between the two headers. */
    expect_waited("retry-after-date=30", 29000, 31000);
    expect_waited("retry-after=Sun, 06 Nov 1994 08:49:37 GMT", 375, 500);
    expect_waited("header=x-ratelimit-remaining: 0;header=x-ratelimit-reset: 30", 30000, 30000);
}

/* No earlier retry, which would be refused too. */
static void expect_too_long(const char *headers, const char *message) {
    char rule[200];
    snprintf(rule, sizeof rule, "status=429;%s", headers);
    api_server server = api_server_start(5, RULES(rule));
    expect_listing(&server, "--format ids", 4, "", message);
    expect_requests(&server, 1);
    cr_expect_eq(waits_count(), 0);
    api_server_stop(&server);
}

/* A later page of another size would leave out reservations. */
Test(tool_list_retries, the_page_size_is_advised_at_the_first_page_alone) {
    api_server server = api_server_start(55, RULES("page=2;status=429;retry-after=3600"));
    expect_listing(&server, "--format ids", 4, ids_of(0, 19),
                   "; try again later; the API asks for a wait of 3600 s\n");
    expect_listing(&server, "--format ids --page-number 2", 4, "",
                   "; try again later; the API asks for a wait of 3600 s\n");
    api_server_stop(&server);
}

Test(tool_list_retries, does_not_come_back_too_early) {
    expect_too_long("retry-after=3600", "HTTP 429 Too Many Requests; try again later, or with a "
                                        "larger --page-size; the API asks for a wait of 3600 s\n");
    expect_too_long("retry-after=61", "; the API asks for a wait of 61 s\n");
    expect_too_long("retry-after=999999999", "; the API asks for a wait of 999999999 s\n");
    /* Larger numbers are not told apart. */
    expect_too_long("retry-after=99999999999999999999",
                    "; the API asks for a wait of more than 30 years\n");
    expect_too_long("retry-after=Fri, 31 Dec 9999 23:59:59 GMT",
                    "; the API asks for a wait of more than 30 years\n");
    expect_too_long("header=Retry-After-Ms: 60001", "; the API asks for a wait of 61 s\n");
    expect_too_long("header=x-ratelimit-reset: 90", "; the API asks for a wait of 90 s\n");
    expect_too_long("retry-after-date=3600", "; the API asks for a wait of 3");
}

/* The wait asked for on page 1 is made before page 2; there is none after the last page. */
Test(tool_list_retries, waits_before_the_next_page_where_no_request_remains) {
    api_server server =
        api_server_start(25, RULES("header=x-ratelimit-remaining: 0;header=x-ratelimit-reset: 30"));
    expect_listing(&server, "--format ids", 0, ids_of(0, 24),
                   "numres: page 2: waiting 30 s for the next page (rate limit reached)\n");
    cr_expect_eq(waits_count(), 1);
    expect_wait_in(0, 30000, 30000);
    api_server_stop(&server);
    server =
        api_server_start(25, RULES("header=x-ratelimit-remaining: 0;header=x-ratelimit-reset: 61"));
    expect_listing(&server, "--format ids", 4, ids_of(0, 19),
                   "numres: page 2: rate limit reached; the API asks for a wait of 61 s\n");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

static void expect_blank_response_survived(const char *rule) {
    api_server server = api_server_start(25, RULES(rule));
    file_write_text("blank", " \r\n\t ");
    expect_listing(&server, "--format ids", 0, ids_of(0, 24), "to try again (the ");
    expect_requests(&server, 3);
    api_server_stop(&server);
}

Test(tool_list_retries, a_response_of_white_space_is_a_broken_one) {
    expect_blank_response_survived("page=2;attempt=1;body=./blank");
    expect_blank_response_survived("page=2;attempt=1;body=./blank;chunked");
    expect_blank_response_survived("page=2;attempt=1;body=./blank;cut=3");
}

/* Each page finds the previous connection closed and uses a new one; that does not count
   as a retry. */
Test(tool_list_retries, closed_connections_use_up_no_tries) {
    api_server server = api_server_start(60, RULES("close=silent"));
    expect_listing(&server, "--format ids --page-size 2 --max-retries 0", 0, ids_of(0, 59), "");
    cr_expect_eq(waits_count(), 0);
    api_server_stop(&server);
}

/* The second attempt has three new ones in front, which are shown. Those of the first
   attempt are not shown again, and page 2 starts with the ones pushed there. */
Test(tool_list_retries, a_list_that_grows_between_two_attempts) {
    api_server server =
        api_server_start(55, RULES("page=1;attempt=1;cut=9000", "page=1;attempt=2;grow=3"));
    outcome outcome = listing(&server, "--format ids");
    size_t lines = 0;
    for (const char *at = outcome.output; *at != '\0'; at++)
        lines += *at == '\n';
    cr_expect_eq(lines, 58);
    for (int64_t number = -3; number < 55; number++)
        expect_part(outcome.output, ids_of(number, number));
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_retries, problems_are_told_once_however_often_they_come) {
    static const char page[] = "{\"data\":[\n{\"id\":\"a\",\"status\":\"odd\"},\n"
                               "{\"id\":\"b\",\"status\":\"odd\"}],\"meta\":{\"total_pages\":1}}";
    file_write_text("page.json", page);
    api_server server =
        api_server_start(0, RULES("attempt=1;body=./page.json;cut=50", "body=./page.json"));
    outcome outcome = listing(&server, "--format ids");
    const char *once = strstr(outcome.messages, "data[0].status");
    cr_assert_not_null(once);
    cr_expect_null(strstr(once + 1, "data[0].status"));
    expect_part(outcome.messages, "data[1].status");
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_retries, a_server_that_is_not_there_is_asked_three_times) {
    api_server server = api_server_start(5, NULL);
    api_server_stop(&server);
    expect_listing(&server, "--format ids", 3, "", "(tried 3 times)\n");
    cr_expect_eq(waits_count(), 2);
}

/* No more data comes, on any connection. The tool may notice at any time. */
Test(tool_list_retries, a_response_that_stalls_is_given_up) {
    api_server server = api_server_start(55, RULES("page=2;stall=0"));
    expect_listing(&server, "--format ids --timeout 0.3", 3, NULL,
                   " s to try again (no data arrived)\n"
                   "numres: page 2: no data arrived for 0.3 s (tried 3 times)\n");
    expect_requests(&server, 4);
    api_server_stop(&server);
}

/* The whole page takes longer than the timeout, but data keeps coming. The longest gap
   ends after 0.2 s by the tests' clock, and counts as 0.1 s. */
Test(tool_list_retries, a_slow_page_is_waited_for_while_it_comes) {
    api_server server = api_server_start(20, RULES("drip=10;pace=10"));
    listing_run run;
    listing_prepare(&run, &server, "--format ids --timeout 10");
    const char *environment[] = {run.variables[0], run.variables[1], run.variables[2],
                                 "NUMRES_CLOCK_STEP=100", NULL};
    run.invocation.environment = environment;
    outcome outcome = process_run(&run.invocation);
    cr_expect_str_eq(outcome.output, ids_of(0, 19), "%s", outcome.messages);
    cr_expect_eq(outcome.exit_code, 0);
    expect_requests(&server, 1);
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* Dates are by the server's clock, which may differ from ours. */
Test(tool_list_retries, counts_to_a_date_from_the_date_of_the_response) {
    api_server server = api_server_start(
        5, RULES("attempt=1;status=429;header=Date: Thu, 01 Jan 2026 00:00:00 GMT;retry-after=Thu, "
                 "01 Jan 2026 00:00:07 GMT"));
    expect_listing(&server, "--format ids", 0, ids_of(0, 4), "waiting 7.0 s to try again");
    expect_wait_in(0, 7000, 7000);
    api_server_stop(&server);
}
