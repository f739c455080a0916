/* numres wait: by ids and by filters, until nothing is pending, something has failed or
   the time is up. */
#include <criterion/criterion.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "listing.h"
#include "server/data_set.h"
#include "table_text.h"
#include "terminal.h"
#include "text_buffer.h"

/* A reservation that stays pending. */
#define FIRST "12ade33a-21c0-473b-b055-b3c836e1c292"

TestSuite(tool_wait, .init = directory_enter, .fini = directory_leave);

/* Creates a reservation with this reference; the first one is number -1. */
static void create(const api_server *server, const char *reference) {
    char line[128];
    snprintf(line, sizeof line, "create --quiet --format ids +13125550123 --reference %s",
             reference);
    expect_asking(server, line, NULL, 0, NULL, "");
}

static const char *id_of(int64_t number) {
    static char id[DATA_SET_ID_SIZE];
    reservation reservation = data_set_reservation(number);
    snprintf(id, sizeof id, "%s", reservation.id);
    return id;
}

Test(tool_wait, ids_are_asked_for_until_they_are_settled) {
    api_server server = api_server_start(
        3, RULES("operation=create;attempt=1;settle=2", "operation=create;attempt=2;settle=4"));
    char line[256];
    create(&server, "A");
    create(&server, "A");
    size_t length = (size_t)snprintf(line, sizeof line, "wait --format ids %s", id_of(-2));
    snprintf(line + length, sizeof line - length, " %s", id_of(-1));
    char shown[128];
    length = (size_t)snprintf(shown, sizeof shown, "%s\n", id_of(-1));
    snprintf(shown + length, sizeof shown - length, "%s\n", id_of(-2));
    expect_asking(&server, line, NULL, 0, shown, "");
    /* Two creates, two looks at -1, four at -2. */
    expect_requests(&server, 2 + 2 + 4);
    cr_expect_eq(waits_count(), 3);
    cr_expect_eq(wait_noted(0), 1000);
    cr_expect_eq(wait_noted(1), 1500);
    api_server_stop(&server);
}

/* Each is remembered, so that it is shown once. */
Test(tool_wait, too_many_settled_reservations_are_an_error) {
    const int count = 120000;
    api_server server = api_server_start(
        1, RULES("operation=list;page=1;body=./1.json", "operation=list;page=2;body=./2.json"));
    for (int page = 1; page <= 2; page++) {
        text_buffer body = {NULL, 0, 0};
        char name[16];
        text_buffer_format(&body, "{\"data\":[");
        for (int at = 0; at < count / 2; at++)
            text_buffer_format(&body, "%s{\"id\":\"%d-%d\",\"status\":\"success\"}",
                               at == 0 ? "" : ",", page, at);
        text_buffer_format(&body,
                           "],\"meta\":{\"page_number\":%d,\"total_pages\":2,"
                           "\"total_results\":%d}}",
                           page, count);
        snprintf(name, sizeof name, "%d.json", page);
        file_write_text(name, body.bytes);
        text_buffer_free(&body);
    }
    expect_asking(&server, "wait --format ids --reference A --max-page-bytes 64M", NULL, 3, NULL,
                  "page 2: more than 100,000 reservations are no longer pending; use narrower "
                  "filters\n");
    api_server_stop(&server);
}

Test(tool_wait, filters_are_listed_until_nothing_is_pending) {
    api_server server = api_server_start(3, RULES("operation=create;settle=3"));
    create(&server, "A");
    create(&server, "A");
    expect_asking(&server, "wait --format ids --reference A", NULL, 0, ids_of(-2, -1), "");
    expect_field(&server, 2, 3, "filter%5Bcustomer_reference%5D=A&page%5Bsize%5D=250");
    expect_requests(&server, 2 + 3);
    api_server_stop(&server);
}

/* A mark belongs to a row; the first reservation has none, because it is not shown. */
Test(tool_wait, problems_of_what_is_not_shown_have_no_mark) {
    file_write_text(
        "list.json",
        "{\"data\":[{\"id\":\"a\",\"status\":\"pending\",\"phone_numbers\":[{\"status\":1}]},"
        "{\"id\":\"b\",\"status\":\"failure\",\"phone_numbers\":[{},{\"status\":2}]}],"
        "\"meta\":{\"total_pages\":1}}");
    api_server server = api_server_start(0, RULES("body=./list.json"));
    listing_run run;
    asking_prepare(&run, &server, "wait --reference A", NULL);
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 5);
    cr_expect_str_eq(outcome.output, HEADER
                     "failure   -                                        -                    b\n"
                     "-           -                 -\n"
                     "!2          - [1]             -\n"
                     "\n1 reservation, 2 numbers: 1 other, 1 without a status\n");
    cr_expect_str_eq(
        outcome.messages,
        "numres: failed, wholly or in part: 1 reservation; still pending: 1\n"
        "numres: [1] page 1:1:130: data[1].phone_numbers[1].status: expected a string, "
        "found the number 2\n"
        "numres: page 1:1:66: data[0].phone_numbers[0].status: expected a string, found "
        "the number 1\n");
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* The tool applies the filters on a record's numbers itself. */
Test(tool_wait, filters_on_numbers_choose_too) {
    file_write_text(
        "list.json",
        "{\"data\":[{\"id\":\"a\",\"status\":\"pending\",\"phone_numbers\":[{\"status\":"
        "\"success\","
        "\"phone_number\":\"+13\",\"expired_at\":\"2018-01-01T00:00:00Z\"}]},"
        "{\"id\":\"b\",\"status\":\"success\",\"phone_numbers\":[{\"status\":\"pending\","
        "\"phone_number\":\"+14\",\"expired_at\":\"2018-01-01T05:00:00Z\"}]}],"
        "\"meta\":{\"total_pages\":1}}");
    api_server server = api_server_start(0, RULES("body=./list.json"));
    static const char now[] = "NUMRES_NOW=2018-01-01T01:00:00Z";
    expect_asking(&server, "wait --format ids --number-status pending", now, 0, "b\n", "");
    expect_asking(&server, "wait --format ids --expires-within 4h", now, 0, "b\n", "");
    expect_asking(&server, "wait --format ids --phone-number +14*", now, 0, "b\n", "");
    expect_requests(&server, 3);
    expect_asking(&server, "wait --format ids --expired --timeout 1", now, 6, "",
                  "still pending after 1.0 s: 1 reservation\n");
    api_server_stop(&server);
}

Test(tool_wait, nothing_that_matches_is_nothing_to_wait_for) {
    api_server server = api_server_start(3, NULL);
    expect_asking(&server, "wait --format ids --reference NONE", NULL, 0, "", "");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

/* In the words of numres list, once, for the last look. */
Test(tool_wait, a_list_that_may_be_incomplete_is_told) {
    api_server server =
        api_server_start(3, RULES("operation=create;settle=2", "operation=list;total-results=100"));
    create(&server, "A");
    expect_asking(&server, "wait --quiet --format ids --reference A", NULL, 5, ids_of(-1, -1),
                  NULL);
    listing_run run;
    asking_prepare(&run, &server, "wait --quiet --format ids --reference A", NULL);
    outcome outcome = process_run(&run.invocation);
    cr_expect_str_eq(
        outcome.messages,
        "numres: page 1: the list may be incomplete: the API counts 100, but 1 arrived; run the "
        "command again\n");
    outcome_free(&outcome);
    api_server_stop(&server);
    server = api_server_start(
        3, RULES("operation=create;settle=2", "operation=list;attempt=1;total-results=100"));
    create(&server, "A");
    expect_asking(&server, "wait --quiet --format ids --reference A", NULL, 0, ids_of(-1, -1), "");
    api_server_stop(&server);
}

Test(tool_wait, a_list_that_repeats_its_pages_is_told) {
    api_server server = api_server_start(1000, RULES("operation=list;data-page=1"));
    expect_asking(&server, "wait --format ids --created-after 2000-01-01", NULL, 5, NULL,
                  "; the server may ignore page numbers; narrower filters may get all on one "
                  "page\n");
    api_server_stop(&server);
}

Test(tool_wait, what_has_failed_ends_it_with_5) {
    api_server server =
        api_server_start(3, RULES("operation=create;attempt=1;settle=2;outcome=failure",
                                  "operation=create;attempt=2;settle=99"));
    create(&server, "A");
    create(&server, "A");
    expect_asking(&server, "wait --format ids --reference A", NULL, 5, ids_of(-1, -1),
                  "numres: failed, wholly or in part: 1 reservation; still pending: 1\n");
    api_server_stop(&server);
}

Test(tool_wait, what_is_pending_when_the_time_is_over_is_counted_and_exits_with_6) {
    api_server server = api_server_start(3, NULL);
    expect_asking(&server, "wait --format ids --timeout 1m " FIRST, "NUMRES_CLOCK_STEP=500", 6, "",
                  "numres: still pending after 60 s: 1 reservation\n");
    api_server_stop(&server);
}

/* Pauses of 1000 ms and, in the last second, of the rest. */
Test(tool_wait, all_of_the_time_is_waited_for) {
    api_server server = api_server_start(3, NULL);
    expect_asking(&server, "wait --format ids --timeout 1 " FIRST, "NUMRES_CLOCK_STEP=1", 6, "",
                  "numres: still pending after 1.0 s: 1 reservation\n");
    expect_requests(&server, 2);
    cr_expect_eq(waits_count(), 1);
    cr_expect(wait_noted(0) > 850 && wait_noted(0) < 900, "%d", (int)wait_noted(0));
    expect_asking(&server, "wait --format ids --timeout 2.9 " FIRST, "NUMRES_CLOCK_STEP=1", 6, "",
                  "numres: still pending after 2.9 s: 1 reservation\n");
    expect_requests(&server, 2 + 4);
    cr_expect_eq(wait_noted(1), 1000);
    cr_expect(wait_noted(2) > 850 && wait_noted(2) < 900, "%d", (int)wait_noted(2));
    cr_expect(wait_noted(3) > 850 && wait_noted(3) < 900, "%d", (int)wait_noted(3));
    api_server_stop(&server);
}

/* The last request has no more time than that either. */
Test(tool_wait, a_silent_api_does_not_make_it_longer) {
    api_server server = api_server_start(3, RULES("hold"));
    expect_asking(&server, "wait --format ids --timeout 20 " FIRST, "NUMRES_CLOCK_STEP=500", 6, "",
                  "the time limit of --timeout was reached\n");
    api_server_stop(&server);
}

Test(tool_wait, without_a_whole_look_nothing_is_counted) {
    api_server server = api_server_start(3, RULES("operation=get;attempt=2;hold"));
    listing_run run;
    asking_prepare(&run, &server, "wait --format ids --timeout 20 " FIRST " x",
                   "NUMRES_CLOCK_STEP=500");
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 6);
    cr_expect_str_eq(outcome.output, "");
    cr_expect_str_eq(outcome.messages, "numres: x: the time limit of --timeout was reached\n");
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_wait, the_rate_limit_is_obeyed) {
    api_server server =
        api_server_start(3, RULES("operation=create;settle=3", "operation=get;attempt=1;"
                                                               "header=x-ratelimit-remaining: 0;"
                                                               "header=x-ratelimit-reset: 7"));
    char line[128];
    create(&server, "A");
    snprintf(line, sizeof line, "wait --format ids %s", id_of(-1));
    expect_asking(&server, line, NULL, 0, ids_of(-1, -1),
                  "waiting 7.0 s for the next request (rate limit reached)\n");
    cr_expect_eq(wait_noted(1), 7000);
    api_server_stop(&server);
}

Test(tool_wait, progress_is_on_the_terminal) {
    api_server server = api_server_start(3, RULES("operation=create;settle=3"));
    listing_run run;
    char line[128];
    create(&server, "A");
    snprintf(line, sizeof line, "wait --format ids %s", id_of(-1));
    asking_prepare(&run, &server, line, NULL);
    outcome outcome = terminal_run(&run.invocation, TERMINAL_MESSAGES, 80);
    cr_expect_eq(outcome.exit_code, 0);
    cr_expect_str_eq(outcome.output, ids_of(-1, -1));
    expect_part(outcome.messages, "1 pending; waiting 1.0 s to look again");
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_wait, a_missing_one_is_told_once_and_the_others_awaited) {
    api_server server = api_server_start(3, RULES("operation=create;settle=3"));
    char line[128];
    create(&server, "A");
    snprintf(line, sizeof line, "wait --format ids nope %s", id_of(-1));
    expect_asking(&server, line, NULL, 4, ids_of(-1, -1),
                  "numres: nope: the API answered HTTP 404");
    expect_requests(&server, 1 + 1 + 3);
    api_server_stop(&server);
}

Test(tool_wait, a_failure_ends_it) {
    api_server server = api_server_start(3, RULES("operation=get;attempt=3-;status=500"));
    expect_asking(&server, "wait --format ids " FIRST, NULL, 4, "", "HTTP 500");
    api_server_stop(&server);
}

Test(tool_wait, asks_for_ids_or_filters) {
    api_server server = api_server_start(1, NULL);
    expect_asking(&server, "wait", NULL, 2, "",
                  "numres wait: name the ids of reservations, or a filter; see 'numres wait "
                  "--help'\n");
    expect_asking(&server, "wait --reference A " FIRST, NULL, 2, "",
                  "numres wait: name ids or filters, not both; see 'numres wait --help'\n");
    expect_asking(&server, "wait --timeout soon " FIRST, NULL, 2, "",
                  "numres wait: the value 'soon' for '--timeout' is not a duration such as 90, "
                  "30s, 5m, 1h, 2d or 1w; see 'numres wait --help'\n");
    expect_asking(&server, "wait --timeout= " FIRST, NULL, 2, "",
                  "numres wait: the value '' for '--timeout' is not a duration such as 90, ");
    expect_requests(&server, 0);
    api_server_stop(&server);
}

Test(tool_wait, ctrl_c_does_not_say_that_there_are_none) {
    api_server server = api_server_start(3, RULES("operation=get;hold"));
    expect_interrupted_in_silence(&server, "wait " FIRST);
    api_server_stop(&server);
}

/* It may mean the same as pending. */
Test(tool_wait, an_unknown_status_is_not_told_as_a_missing_one) {
    static const char *const lines[] = {"create --wait +13125550123", "wait x",
                                        "wait --reference A"};
    file_write_text("one.json", "{\"data\":{\"id\":\"x\",\"status\":\"weird\"}}");
    file_write_text("list.json", "{\"data\":[{\"id\":\"x\",\"status\":\"weird\"}]}");
    for (size_t at = 0; at < sizeof lines / sizeof lines[0]; at++) {
        api_server server = api_server_start(1, at < 2 ? RULES("status=200;body=./one.json")
                                                       : RULES("body=./list.json"));
        expect_asking(&server, lines[at], NULL, 3, NULL,
                      ": the reservation's status is not one that this numres knows\n");
        api_server_stop(&server);
    }
}
