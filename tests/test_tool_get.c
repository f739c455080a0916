/* numres get: reservations by their ids. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "listing.h"
#include "server/data_set.h"

#define FIRST "12ade33a-21c0-473b-b055-b3c836e1c292"

TestSuite(tool_get, .init = directory_enter, .fini = directory_leave);

/* "get --format ids" and the ids of these numbers. */
static const char *get_line(int64_t first, int64_t last) {
    static char line[1024];
    size_t length = (size_t)snprintf(line, sizeof line, "get --format ids");
    for (int64_t number = first; number <= last; number++) {
        reservation reservation = data_set_reservation(number);
        length += (size_t)snprintf(line + length, sizeof line - length, " %s", reservation.id);
    }
    return line;
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

Test(tool_get, a_missing_one_is_told_in_the_words_of_the_api_and_the_others_shown) {
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

Test(tool_get, a_wrong_key_ends_the_run) {
    api_server server = api_server_start(55, RULES("request=1;status=401"));
    expect_asking(&server, get_line(1, 3), NULL, 4, "", "HTTP 401");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

static void expect_survived(const char *rule) {
    api_server server = api_server_start(55, RULES(rule));
    expect_asking(&server, get_line(0, 1), NULL, 0, ids_of(0, 1), " s to try again (");
    expect_requests(&server, 3);
    api_server_stop(&server);
}

/* A reservation that came whole before the answer broke off is not shown again. */
Test(tool_get, is_tried_again_and_shown_once) {
    expect_survived("request=1;status=503");
    expect_survived("request=1;drop");
    expect_survived("request=1;cut=100");
    expect_survived("request=1;length=+5");
    expect_survived("request=1;body=empty");
}

Test(tool_get, an_answer_without_a_reservation_is_told) {
    char rule[1200];
    char folder[1024];
    file_write_text("none.json", "{\"data\":null}");
    cr_assert_not_null(getcwd(folder, sizeof folder));
    snprintf(rule, sizeof rule, "body=%s/none.json", folder);
    api_server server = api_server_start(55, RULES(rule));
    expect_asking(&server, get_line(0, 0), NULL, 3, "",
                  "numres: " FIRST ": the answer has no reservation\n");
    api_server_stop(&server);
}

Test(tool_get, a_problem_has_the_mark_of_its_row) {
    file_write_text("one.json",
                    "{\"data\":{\"id\":\"a\",\"phone_numbers\":[{\"status\":\"odd\"}]}}");
    api_server server = api_server_start(1, RULES("body=./one.json"));
    listing_run run;
    asking_prepare(&run, &server, "get " FIRST, NULL);
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 1);
    expect_part(outcome.output, "\n!odd        - [1]             -\n");
    expect_part(outcome.messages, "numres: [1] " FIRST ":1:46: data.phone_numbers[0].status: ");
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_get, refuses_words_that_are_no_ids) {
    api_server server = api_server_start(1, NULL);
    expect_asking(&server, "get", NULL, 2, "",
                  "numres get: name the ids of reservations; see 'numres get --help'\n");
    expect_asking(&server, "get ..", NULL, 2, "", "numres get: '..' is no id of a reservation\n");
    expect_asking(&server, "get +19705555098", NULL, 2, "",
                  "numres get: '+19705555098' is a phone number, not the id of a reservation; "
                  "'numres list --phone-number' finds its reservation\n");
    expect_asking(&server, "get \xFF", NULL, 2, "", "is no id of a reservation\n");
    expect_requests(&server, 0);
    api_server_stop(&server);
}
