/* numres list: what may be endless on the wire ends here. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "listing.h"
#include "table_text.h"

TestSuite(tool_list_bounds, .init = directory_enter, .fini = directory_leave);

static size_t count_of(const char *text, const char *part) {
    size_t count = 0;
    for (; (text = strstr(text, part)) != NULL; text++)
        count++;
    return count;
}

/* Writes a page of `count` elements, each with its index in it. */
static void write_page(const char *start, const char *element, const char *end, int count) {
    FILE *file = fopen("page.json", "w");
    cr_assert_not_null(file);
    fputs(start, file);
    for (int number = 0; number < count; number++) {
        fputs(number == 0 ? "" : ",", file);
        fprintf(file, element, number);
    }
    fputs(end, file);
    cr_assert_eq(fclose(file), 0);
}

static outcome list_page(const char *arguments) {
    api_server server = api_server_start(0, RULES("body=./page.json"));
    outcome outcome = listing(&server, arguments);
    api_server_stop(&server);
    return outcome;
}

Test(tool_list_bounds, problems_of_one_kind_are_counted_after_a_hundred) {
    write_page("{\"data\":[", "{\"id\":\"%d\",\"status\":\"odd\",\"created_at\":7}",
               "],\"meta\":{\"total_pages\":1,\"total_results\":\"x\"}}", 1335);
    outcome outcome = list_page("--format ids");
    cr_expect_eq(count_of(outcome.messages, ": an undocumented status "), 100);
    cr_expect_eq(count_of(outcome.messages, ": expected "), 100);
    expect_part(outcome.messages, "\nnumres: page 1: and 1,235 more problems: unknown-status\n");
    expect_part(outcome.messages, "\nnumres: page 1: and 1,236 more problems: wrong-type\n");
    cr_expect_eq(outcome.exit_code, 1);
    outcome_free(&outcome);
}

/* All of them in one reservation, which closes only afterwards. */
Test(tool_list_bounds, problems_of_one_reservation_are_counted_after_a_hundred) {
    write_page("{\"data\":[{\"id\":\"a\",\"phone_numbers\":[", "{\"status\":\"%d\"}", "]}]}", 3000);
    outcome outcome = list_page("--format ids");
    cr_expect_eq(count_of(outcome.messages, "an undocumented status "), 100);
    expect_part(outcome.messages, "and 2,900 more problems: unknown-status\n");
    cr_expect_str_eq(outcome.output, "a\n");
    outcome_free(&outcome);
}

Test(tool_list_bounds, errors_of_the_api_are_counted_after_a_hundred) {
    write_page("{\"errors\":[", "{\"code\":\"%d\",\"title\":\"no\"}", "]}", 101);
    outcome outcome = list_page("--format ids");
    cr_expect_eq(count_of(outcome.messages, ": API error "), 100);
    expect_part(outcome.messages, "numres: page 1: and 1 more API error\n");
    cr_expect_eq(outcome.exit_code, 4);
    outcome_free(&outcome);
}

Test(tool_list_bounds, reservations_without_an_id_are_counted_after_a_hundred) {
    write_page("{\"data\":[", "{\"customer_reference\":\"%d\"}", "],\"meta\":{\"total_pages\":1}}",
               150);
    outcome outcome = list_page("--format ids");
    cr_expect_eq(count_of(outcome.messages, "has no id to show\n"), 100);
    expect_part(outcome.messages, "numres: page 1: and 50 more remarks\n");
    outcome_free(&outcome);
}

/* The list has grown, so the reservation comes again on page 2. */
Test(tool_list_bounds, a_problem_is_told_once_whatever_is_asked_again) {
    static const char first[] = "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\",\"status\":\"odd\"}],"
                                "\"meta\":{\"total_pages\":2}}";
    static const char second[] = "{\"data\":[{\"id\":\"b\",\"status\":\"odd\"},{\"id\":\"c\"}],"
                                 "\"meta\":{\"total_pages\":2}}";
    file_write_text("first.json", first);
    file_write_text("second.json", second);
    api_server server =
        api_server_start(0, RULES("page=1;attempt=1;body=./first.json;cut=58",
                                  "page=1;body=./first.json", "page=2;body=./second.json"));
    outcome outcome = listing(&server, "--format ids");
    cr_expect_str_eq(outcome.output, "a\nb\nc\n");
    cr_expect_eq(count_of(outcome.messages, "an undocumented status "), 1, "%s", outcome.messages);
    cr_expect_eq(outcome.exit_code, 1);
    outcome_free(&outcome);
    outcome = listing(&server, "--format ids --resume state --max-pages 1");
    outcome_free(&outcome);
    outcome = listing(&server, "--format ids --resume state");
    cr_expect_str_eq(outcome.output, "c\n");
    cr_expect_eq(count_of(outcome.messages, "an undocumented status "), 0, "%s", outcome.messages);
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* Those of all pages, with the marks of their rows. */
Test(tool_list_bounds, problems_stand_below_the_table) {
    file_write_text("first.json",
                    "{\"meta\":{\"total_pages\":2,\"page_size\":\"x\"},\"data\":[{\"id\":"
                    "\"a\"},{\"id\":\"b\",\"status\":\"odd\"}]}");
    file_write_text("second.json",
                    "{\"data\":[{\"id\":\"b\",\"status\":\"odd\"},{\"id\":\"c\",\"phone_numbers\":"
                    "[{\"status\":\"odd\"}]}],\"meta\":{\"total_pages\":2}}");
    api_server server =
        api_server_start(0, RULES("page=1;body=./first.json", "page=2;body=./second.json"));
    outcome outcome = listing(&server, "");
    expect_part(outcome.output, HEADER "-         " NOTHING "a\n"
                                       "!odd      - [1]                                    -"
                                       "                    b\n"
                                       "-         " NOTHING "c\n"
                                       "!odd        - [2]             -\n"
                                       "\n3 reservations, 1 number: 1 other; ");
    const char *end = strstr(outcome.messages, "numres: page 1:1:38: meta.page_size: ");
    expect_part(outcome.messages, "numres: [1] page 1:1:81: data[1].status: ");
    expect_part(outcome.messages, "numres: [2] page 2:1:73: data[1].phone_numbers[0].status: ");
    cr_expect(end > strstr(outcome.messages, "numres: [2]"), "%s", outcome.messages);
    cr_expect_eq(count_of(outcome.messages, "an undocumented status "), 2);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_bounds, below_the_table_99_problems_are_told) {
    write_page("{\"data\":[", "{\"id\":\"%d\",\"status\":\"odd\"}",
               "],\"meta\":{\"total_pages\":1}}", 150);
    outcome outcome = list_page("");
    cr_expect_eq(count_of(outcome.messages, ": an undocumented status "), 99);
    expect_part(outcome.output, "\n!odd      - [99]                                   -");
    expect_part(outcome.messages, "numres: and 51 more problems\n");
    outcome_free(&outcome);
}

/* The clock moves on by 100 milliseconds at each look. */
static outcome list_with_steps(const api_server *server, const char *arguments) {
    listing_run run;
    listing_prepare(&run, server, arguments);
    const char *environment[] = {run.variables[0], run.variables[1], run.variables[2],
                                 "NUMRES_CLOCK_STEP=100", NULL};
    run.invocation.environment = environment;
    return process_run(&run.invocation);
}

Test(tool_list_bounds, the_whole_run_has_an_end_if_that_is_wanted) {
    api_server server = api_server_start(20, RULES("drip=1;pace=1000;padding=10000000"));
    outcome outcome = list_with_steps(&server, "--format ids --max-time 20");
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, "numres: page 1: the time limit of --max-time was reached\n");
    expect_requests(&server, 1);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_bounds, no_wait_goes_beyond_it) {
    api_server server = api_server_start(20, RULES("status=503;retry-after=30"));
    listing_run run;
    listing_prepare(&run, &server, "--format ids --max-time 29");
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 4);
    expect_part(outcome.messages,
                "numres: page 1: the API answered HTTP 503 Service Unavailable; waiting "
                "30 s to try again would exceed --max-time");
    cr_expect_null(strstr(outcome.messages, "was reached"), "%s", outcome.messages);
    expect_requests(&server, 1);
    cr_expect_eq(waits_count(), 0);
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* Without a response, no refusal can be shown. */
Test(tool_list_bounds, nor_does_a_wait_after_a_failed_connection) {
    api_server server = api_server_start(20, RULES("drop"));
    listing_run run;
    listing_prepare(&run, &server, "--format ids --max-time 6 --max-retries 8");
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, " s to try again (the connection failed) would exceed "
                                  "--max-time (tried ");
    cr_expect_null(strstr(outcome.messages, "was reached"), "%s", outcome.messages);
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* The name server never answers. */
Test(tool_list_bounds, connecting_has_an_end) {
    api_server server = api_server_start(0, NULL);
    expect_listing(&server,
                   "--max-retries 0 --connect-timeout 0.1 --base-url https://unanswered.invalid", 3,
                   NULL, "numres: page 1: the connection failed: Resolving timed out after 1");
    api_server_stop(&server);
}

/* An endless sequence of empty blocks (RFC 1951 section 3.2.4). */
Test(tool_list_bounds, a_compressed_response_that_yields_nothing_is_given_up) {
    static const char head[] = "\x1f\x8b\x08\0\0\0\0\0\0\xff";
    FILE *file = fopen("packed", "wb");
    cr_assert_not_null(file);
    fwrite(head, 1, 10, file);
    for (int block = 0; block < 100000; block++)
        fwrite("\0\0\0\xff\xff", 1, 5, file);
    cr_assert_eq(fclose(file), 0);
    api_server server =
        api_server_start(0, RULES("body=./packed;header=Content-Encoding: gzip;drip=5;pace=1000"));
    outcome outcome = list_with_steps(&server, "--format ids --timeout 10 --max-retries 0");
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, "numres: page 1: no data that could be decompressed arrived for "
                                  "10 s\n");
    outcome_free(&outcome);
    api_server_stop(&server);
}
