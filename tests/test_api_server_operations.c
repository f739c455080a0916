/* The tests' API server: get, create and extend, and the state after their faults. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fetch.h"
#include "process.h"
#include "server/data_set.h"

#define LIST "/number_reservations"
#define TWO_NUMBERS                                                                                \
    "{\"phone_numbers\":[{\"phone_number\":\"+13125550123\"},"                                     \
    "{\"phone_number\":\"+13125550124\"}],\"customer_reference\":\"MY REF 001\"}"

static fetched post(const api_server *server, const char *path, const char *body) {
    client client = client_open("Authorization: Bearer " API_SERVER_KEY);
    fetched response = client_post(&client, server, path, body, "Idempotency-Key: one");
    client_close(&client);
    return response;
}

static void expect_response(fetched response, long status, const char *part) {
    cr_expect_eq(response.status, status);
    expect_part(response.body.bytes, part);
    fetched_free(&response);
}

/* Checks how many reservations the list holds. */
static void expect_total(const api_server *server, unsigned int total) {
    char part[40];
    snprintf(part, sizeof part, "\"total_results\":%u", total);
    expect_response(fetch(server, LIST "?page%5Bsize%5D=1"), 200, part);
}

static const char *path_of(int64_t number, const char *action) {
    static char path[128];
    reservation reservation = data_set_reservation(number);
    snprintf(path, sizeof path, LIST "/%s%s", reservation.id, action);
    return path;
}

Test(api_server_operations, retrieves_one) {
    api_server server = api_server_start(55, NULL);
    expect_response(fetch(&server, path_of(0, "")), 200, "{\"data\":{\"id\":\"12ade33a-21c0-");
    expect_response(fetch(&server, path_of(55, "")), 404, "\"10005\"");
    expect_response(fetch(&server, path_of(0, "/actions")), 404, "\"10005\"");
    api_server_stop(&server);
}

Test(api_server_operations, creates_one_that_comes_first) {
    api_server server = api_server_start(3, NULL);
    char part[128];
    reservation made = data_set_reservation(-1);
    expect_response(post(&server, LIST, TWO_NUMBERS), 200,
                    "\"status\":\"pending\",\"customer_reference\":\"MY REF 001\"");
    expect_total(&server, 4);
    snprintf(part, sizeof part, "{\"data\":[{\"id\":\"%s\"", made.id);
    expect_response(fetch(&server, LIST), 200, part);
    expect_response(fetch(&server, path_of(-1, "")), 200, "\"phone_number\":\"+13125550124\"");
    expect_response(fetch(&server, path_of(-1, "")), 200, "\"status\":\"success\"");
    api_server_stop(&server);
}

Test(api_server_operations, refuses_bodies_that_are_not_right) {
    static const char *const bodies[] = {"", "{}", "{\"phone_numbers\":[]}",
                                         "{\"phone_numbers\":[{}]}",
                                         "{\"phone_numbers\":[{\"phone_number\":\"3125550123\"}]}"};
    api_server server = api_server_start(3, NULL);
    for (size_t at = 0; at < sizeof bodies / sizeof *bodies; at++)
        expect_response(post(&server, LIST, bodies[at]), 400, "\"10015\"");
    expect_total(&server, 3);
    api_server_stop(&server);
}

Test(api_server_operations, extends_by_half_an_hour) {
    api_server server = api_server_start(3, NULL);
    expect_response(post(&server, path_of(0, "/actions/extend"), ""), 200,
                    "\"expired_at\":\"2018-01-01T00:30:00.000000Z\"");
    expect_response(post(&server, path_of(0, "/actions/extend"), ""), 200,
                    "\"expired_at\":\"2018-01-01T01:00:00.000000Z\"");
    expect_response(post(&server, path_of(3, "/actions/extend"), ""), 404, "\"10005\"");
    expect_response(post(&server, path_of(0, ""), ""), 404, "\"10005\"");
    api_server_stop(&server);
}

Test(api_server_operations, settles_as_a_rule_says) {
    static const char *const rules[] = {"operation=create;settle=3;outcome=failure", NULL};
    api_server server = api_server_start(3, rules);
    expect_response(post(&server, LIST, TWO_NUMBERS), 200, "\"status\":\"pending\"");
    expect_response(fetch(&server, path_of(-1, "")), 200, "\"status\":\"pending\"");
    expect_response(fetch(&server, path_of(-1, "")), 200, "\"status\":\"pending\"");
    expect_response(fetch(&server, path_of(-1, "")), 200, "\"status\":\"failure\"");
    api_server_stop(&server);
}

Test(api_server_operations, faults_carry_out_what_the_client_cannot_know) {
    static const struct {
        const char *rule;
        unsigned int total;
    } faults[] = {{"status=503", 3},   {"status=503;carry=yes", 4},
                  {"drop", 4},         {"drop;carry=no", 3},
                  {"cut=5", 4},        {"body=html", 4},
                  {"redirect=same", 3}};
    for (size_t at = 0; at < sizeof faults / sizeof *faults; at++) {
        char rule[64];
        snprintf(rule, sizeof rule, "operation=create;%s", faults[at].rule);
        api_server server = api_server_start(3, (const char *const[]){rule, NULL});
        client client = client_open("Authorization: Bearer " API_SERVER_KEY);
        curl_easy_setopt(client.handle, CURLOPT_FOLLOWLOCATION, 0L);
        fetched response = client_post(&client, &server, LIST, TWO_NUMBERS, NULL);
        fetched_free(&response);
        client_close(&client);
        expect_total(&server, faults[at].total);
        api_server_stop(&server);
    }
}

Test(api_server_operations, rules_know_operations_and_count_their_attempts) {
    static const char *const rules[] = {"operation=extend;attempt=2;status=429", NULL};
    api_server server = api_server_start(3, rules);
    expect_response(fetch(&server, path_of(0, "")), 200, "{\"data\":{");
    expect_response(post(&server, path_of(0, "/actions/extend"), ""), 200, "{\"data\":{");
    expect_response(fetch(&server, path_of(0, "")), 200, "{\"data\":{");
    expect_response(post(&server, path_of(0, "/actions/extend"), ""), 429, "\"10011\"");
    expect_response(post(&server, path_of(0, "/actions/extend"), ""), 200, "{\"data\":{");
    api_server_stop(&server);
}

Test(api_server_operations, logs_the_key_and_the_body) {
    static const char *const fields[] = {"one", "application/json", "117",
                                         "{\"phone_numbers\":[{\"phone_number\":\"+13125550123\"},"
                                         "{\"phone_number\":\"+13125550124\"}],"
                                         "\"customer_reference\":\"MYREF001\"}"};
    api_server server = api_server_start(3, NULL);
    char text[256];
    fetched response = post(&server, LIST, TWO_NUMBERS);
    fetched_free(&response);
    for (size_t at = 0; at < sizeof fields / sizeof *fields; at++) {
        api_server_field(&server, 0, 8 + at, text, sizeof text);
        cr_expect_str_eq(text, fields[at]);
    }
    api_server_stop(&server);
}
