/* numres get: reservations by their ids. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "listing.h"
#include "server/data_set.h"

#define FIRST "12ade33a-21c0-473b-b055-b3c836e1c292"

TestSuite(tool_get, .init = directory_enter, .fini = directory_leave);

/* The command line "get --format ids" and the ids of these reservations. */
static const char *get_line(int64_t first, int64_t last) {
    static char line[1024];
    size_t length = (size_t)snprintf(line, sizeof line, "get --format ids");
    for (int64_t number = first; number <= last; number++) {
        reservation reservation = data_set_reservation(number);
        length += (size_t)snprintf(line + length, sizeof line - length, " %s", reservation.id);
    }
    return line;
}

/* The API's own words name a reservation that does not exist; other words come from elsewhere. */
Test(tool_get, a_404_that_is_not_of_the_api_doubts_the_base_url) {
    api_server server =
        api_server_start(1, RULES("operation=get;status=404;body=html;type=text/html",
                                  "operation=extend;status=404;body=html;type=text/html"));
    expect_asking(&server, "get " FIRST, NULL, 4, NULL,
                  "numres: " FIRST
                  ": the API answered HTTP 404 Not Found; check the base URL, which "
                  "must end with the API version: http://");
    expect_asking(&server, "extend " FIRST, NULL, 4, NULL, "; check the base URL, which must end");
    api_server_say(&server, "clear");
    api_server_say(&server, "fault operation=get;status=404");
    expect_asking(&server, "get " FIRST, NULL, 4, NULL, "HTTP 404 Not Found\n");
    api_server_stop(&server);
}

Test(tool_get, shows_what_is_named_in_its_order) {
    api_server server = api_server_start(55, NULL);
    expect_asking(&server, get_line(3, 5), NULL, 0, ids_of(3, 5), "");
    expect_requests(&server, 3);
    expect_field(&server, 0, 1, "GET");
    expect_field(&server, 2, 3, "-");
    expect_field(&server, 0, 8, "-");
    api_server_stop(&server);
}

Test(tool_get, shows_it_in_every_format) {
    api_server server = api_server_start(55, NULL);
    expect_asking(&server, "get " FIRST, NULL, 0, NULL, "");
    expect_asking(&server, "get --format ndjson " FIRST, NULL, 0,
                  "{\"id\":\"" FIRST "\",\"record_type\":\"number_reservation\",\"phone_numbers\":"
                  "[{\"id\":\"" FIRST "\",\"record_type\":\"reserved_phone_number\","
                  "\"phone_number\":\"+19705555098\",\"status\":\"pending\","
                  "\"created_at\":\"2018-01-01T00:00:00.000000Z\","
                  "\"updated_at\":\"2018-01-01T00:00:00.000000Z\","
                  "\"expired_at\":\"2018-01-01T00:00:00.000000Z\",\"errors\":\"\"}],"
                  "\"status\":\"pending\",\"customer_reference\":\"MY REF 001\","
                  "\"created_at\":\"2018-01-01T00:00:00.000000Z\","
                  "\"updated_at\":\"2018-01-01T00:00:00.000000Z\"}\n",
                  "");
    api_server_stop(&server);
}

Test(tool_get, the_api_s_words_say_that_one_is_missing_and_the_others_are_shown) {
    api_server server = api_server_start(55, NULL);
    char line[256];
    snprintf(line, sizeof line, "%s a/b", get_line(1, 1));
    expect_asking(&server, line, NULL, 4, ids_of(1, 1),
                  "numres: a/b: the API answered HTTP 404 Not Found\n"
                  "numres: a/b:1:191: errors[0]: API error 10005: Resource not found");
    expect_field(&server, 1, 2, "/v2/number_reservations/a%2Fb");
    snprintf(line, sizeof line, "get --format ids nope " FIRST);
    expect_asking(&server, line, NULL, 4, FIRST "\n", "10005");
    api_server_stop(&server);
}

Test(tool_get, a_wrong_key_ends_the_run_and_the_rest_is_named) {
    char rest[256];
    api_server server = api_server_start(55, RULES("request=1;status=401"));
    const char *ids = ids_of(2, 3);
    snprintf(rest, sizeof rest, "numres: not tried: %.36s %.36s\n", ids, ids + 37);
    expect_asking(&server, get_line(1, 3), NULL, 4, "", "HTTP 401");
    expect_requests(&server, 1);
    expect_asking(&server, get_line(1, 3), NULL, 0, ids_of(1, 3), "");
    api_server_stop(&server);
    server = api_server_start(55, RULES("request=1;status=403"));
    expect_asking(&server, get_line(1, 3), NULL, 4, "", rest);
    api_server_stop(&server);
}

/* A word this short is no API key, and its letters are in every message. */
Test(tool_get, a_key_of_one_letter_hides_no_letters) {
    api_server server = api_server_start(1, NULL);
    listing_run run;
    asking_prepare(&run, &server, "get x", NULL);
    snprintf(run.variables[0], sizeof run.variables[0], "TELNYX_API_KEY=a");
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 4);
    expect_part(outcome.messages, "numres: x: the API answered HTTP 401 Unauthorized");
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_get, a_temporary_failure_does_not_stop_the_others) {
    static const char *const rules[] = {"attempt=1;status=500", "attempt=1;status=429",
                                        "attempt=1;drop"};
    for (size_t at = 0; at < sizeof rules / sizeof *rules; at++) {
        char line[1100];
        api_server server = api_server_start(55, RULES(rules[at]));
        snprintf(line, sizeof line, "%s --max-retries 0", get_line(1, 3));
        listing_run run;
        asking_prepare(&run, &server, line, NULL);
        outcome outcome = process_run(&run.invocation);
        cr_expect_eq(outcome.exit_code, at == 2 ? 3 : 4, "%s", outcome.messages);
        cr_expect_str_eq(outcome.output, ids_of(2, 3));
        cr_expect_null(strstr(outcome.messages, "not tried"));
        outcome_free(&outcome);
        api_server_stop(&server);
    }
}

/* The next request waits as long as the API asks, or is not sent. */
Test(tool_get, a_429_is_obeyed_by_the_next_request) {
    api_server server = api_server_start(55, RULES("attempt=1;status=429;retry-after=7"));
    char line[1100];
    snprintf(line, sizeof line, "%s --max-retries 0", get_line(1, 2));
    expect_asking(&server, line, NULL, 4, ids_of(2, 2),
                  "waiting 7.0 s for the next request (rate limit reached)\n");
    api_server_stop(&server);
    server = api_server_start(55, RULES("attempt=1;status=429;retry-after=120"));
    expect_asking(&server, get_line(1, 2), NULL, 4, "", "numres: not tried: ");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

/* If the reader has left, reservations that were not asked for are not reported. */
Test(tool_get, a_reader_that_left_is_told_nothing) {
    api_server server = api_server_start(55, NULL);
    listing_run run;
    asking_prepare(&run, &server, get_line(1, 3), NULL);
    run.invocation.output_closed_pipe = 1;
    outcome outcome = process_run(&run.invocation);
    cr_expect_str_eq(outcome.messages, "");
    outcome_free(&outcome);
    api_server_stop(&server);
}

static void expect_wrong(const char *command_line, const char *body, const char *output,
                         const char *message) {
    file_write_text("wrong.json", body);
    api_server server = api_server_start(1, RULES("status=200;body=./wrong.json"));
    expect_asking(&server, command_line, NULL, 3, output, message);
    api_server_stop(&server);
}

Test(tool_get, a_response_about_something_else_is_reported) {
    expect_wrong("get --format ids x", "{\"data\":{\"id\":\"y\"}}", "",
                 "numres: x: the response holds a different reservation from the one requested\n");
    expect_wrong("get --format ids x", "{\"data\":{}}", "",
                 "numres: x: the response holds a reservation without an id\n");
    expect_wrong("get --format ids x", "{\"data\":[{\"id\":\"x\"}]}", "x\n",
                 "numres: x: the response is a list, not the one reservation requested\n");
    expect_wrong("get --format ids x", "{\"data\":[{\"id\":\"x\"},{\"id\":\"y\"}]}", "x\n",
                 "numres: x: the response holds more than the one reservation requested\n");
    expect_wrong("extend --format ids x", "{\"data\":{\"id\":\"y\"}}", "",
                 "numres: x: it may have been carried out anyway");
    expect_wrong("create --format ids +13125550123", "{\"data\":{}}", "",
                 "numres: create: the response holds a reservation without an id\n"
                 "numres: create: it may have been carried out anyway");
    expect_wrong("create --format ids +13125550123", "{\"data\":[{\"id\":\"x\"},{\"id\":\"y\"}]}",
                 "x\n", "it was carried out, although its response was not read completely");
    expect_wrong("create --format ids --wait +13125550123", "{\"data\":{\"id\":\"x\"}}", "x\n",
                 "numres: create: the response does not say the reservation's status\n");
    expect_wrong("wait --format ids x", "{\"data\":{\"id\":\"x\"}}", "",
                 "numres: x: the response does not say the reservation's status\n");
    expect_wrong("wait --format ids --reference A", "{\"data\":[{\"id\":\"x\"}]}", "",
                 "numres: page 1: the response does not say the reservation's status\n");
}

/* In capital letters a UUID is the same. */
Test(tool_get, an_id_in_capital_letters_is_the_same) {
    api_server server = api_server_start(1, RULES("status=200;body=./one.json"));
    file_write_text("one.json", "{\"data\":{\"id\":\"ab\"}}");
    expect_asking(&server, "get --format ids AB", NULL, 0, "ab\n", "");
    api_server_stop(&server);
}

static void expect_survived(const char *rule) {
    api_server server = api_server_start(55, RULES(rule));
    expect_asking(&server, get_line(0, 1), NULL, 0, ids_of(0, 1), " s to try again (");
    expect_requests(&server, 3);
    api_server_stop(&server);
}

/* A reservation that was complete before the response broke off is not shown again. */
Test(tool_get, is_tried_again_and_shown_once) {
    expect_survived("request=1;status=503");
    expect_survived("request=1;drop");
    expect_survived("request=1;cut=100");
    expect_survived("request=1;length=+5");
    expect_survived("request=1;body=empty");
}

Test(tool_get, a_response_without_a_reservation_is_reported) {
    char rule[1200];
    char folder[1024];
    file_write_text("none.json", "{\"data\":null}");
    cr_assert_not_null(getcwd(folder, sizeof folder));
    snprintf(rule, sizeof rule, "body=%s/none.json", folder);
    api_server server = api_server_start(55, RULES(rule));
    expect_asking(&server, get_line(0, 0), NULL, 3, "",
                  "numres: " FIRST ": the response has no reservation\n");
    api_server_stop(&server);
}

Test(tool_get, a_problem_has_the_mark_of_its_row) {
    file_write_text("one.json",
                    "{\"data\":{\"id\":\"a\",\"phone_numbers\":[{\"status\":\"odd\"}]}}");
    api_server server = api_server_start(1, RULES("status=200;body=./one.json"));
    listing_run run;
    asking_prepare(&run, &server, "get a", NULL);
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 1);
    expect_part(outcome.output, "\n!odd        - [1]             -\n");
    expect_part(outcome.messages, "numres: [1] a:1:46: data.phone_numbers[0].status: ");
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_get, refuses_words_that_are_no_ids) {
    api_server server = api_server_start(1, NULL);
    expect_asking(&server, "get", NULL, 2, "",
                  "numres get: name the ids of reservations; see 'numres get --help'\n");
    expect_asking(&server, "get ..", NULL, 2, "",
                  "numres get: '..' is not the id of a reservation\n");
    expect_asking(&server, "get +19705555098", NULL, 2, "",
                  "numres get: '+19705555098' is a phone number, not the id of a reservation; "
                  "'numres list --phone-number' finds its reservation\n");
    expect_asking(&server, "get x y X", NULL, 2, "", "numres get: 'X' is given twice\n");
    expect_asking(&server, "get \xFF", NULL, 2, "", "is not the id of a reservation\n");
    expect_requests(&server, 0);
    api_server_stop(&server);
}
