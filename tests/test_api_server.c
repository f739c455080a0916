/* The tests' API server: what it lists, checks and logs. */
#include <criterion/criterion.h>

#include <numres.h>

#include <stdlib.h>
#include <string.h>

#include "fetch.h"
#include "process.h"
#include "records.h"
#include "server/data_set.h"

#define LIST "/number_reservations"

/* Everything that the server writes is legal and follows the schema. */
static records read_page(const fetched *response) {
    records kept;
    numres_options options = numres_options_default();
    numres_handlers handlers = trace_handlers();
    options.check_e164 = true;
    records_open(&kept, NULL, NULL);
    cr_assert_eq(response->result, CURLE_OK, "%s", curl_easy_strerror(response->result));
    cr_expect_eq(
        numres_parse(response->body.bytes, response->body.length, &options, &handlers, &kept, NULL),
        NUMRES_OK);
    expect_problem_count(&kept, 0);
    return kept;
}

static records get_page(const api_server *server, const char *path) {
    fetched response = fetch(server, path);
    records page = read_page(&response);
    fetched_free(&response);
    return page;
}

static void expect_meta(const records *page, uint64_t total_pages, uint64_t page_number,
                        uint64_t total_results, uint64_t page_size) {
    const numres_meta *meta = &event_of(page, NUMRES_EVENT_META, 0)->meta;
    cr_expect_eq(meta->total_pages, total_pages);
    cr_expect_eq(meta->page_number, page_number);
    cr_expect_eq(meta->total_results, total_results);
    cr_expect_eq(meta->page_size, page_size);
}

/* Checks page `number`: the reservations from `first` on, in order. */
static void expect_page(const api_server *server, const char *path, uint64_t number, int64_t first,
                        size_t count) {
    records page = get_page(server, path);
    expect_meta(&page, 3, number, 55, 20);
    cr_assert_eq(count_of(&page, NUMRES_EVENT_RESERVATION), count);
    for (size_t at = 0; at < count; at++) {
        reservation expected = data_set_reservation(first + (int64_t)at);
        cr_expect(
            text_is(event_of(&page, NUMRES_EVENT_RESERVATION, at)->reservation.id, expected.id));
    }
    records_close(&page);
}

Test(api_server, lists_the_samples_55_in_3_pages) {
    api_server server = api_server_start(55, NULL);
    expect_page(&server, LIST, 1, 0, 20);
    expect_page(&server, LIST "?page%5Bnumber%5D=2", 2, 20, 20);
    expect_page(&server, LIST "?page%5Bsize%5D=20&page%5Bnumber%5D=3", 3, 40, 15);
    expect_page(&server, LIST "?page%5Bnumber%5D=4", 4, 55, 0);
    cr_expect_str_eq(data_set_reservation(0).id, "12ade33a-21c0-473b-b055-b3c836e1c292");
    api_server_stop(&server);
}

/* Checks that this many of the 55 reservations pass a filter. */
static void expect_passing(const api_server *server, const char *filter, uint64_t count) {
    char path[256];
    snprintf(path, sizeof path, LIST "?page%%5Bsize%%5D=250&%s", filter);
    records page = get_page(server, path);
    cr_expect_eq(event_of(&page, NUMRES_EVENT_META, 0)->meta.total_results, count, "%s", filter);
    cr_expect_eq(count_of(&page, NUMRES_EVENT_RESERVATION), count, "%s", filter);
    records_close(&page);
}

Test(api_server, filters_as_the_api_does) {
    api_server server = api_server_start(55, NULL);
    expect_passing(&server, "filter%5Bstatus%5D=pending", 11);
    expect_passing(&server, "filter%5Bstatus%5D=none", 0);
    /* Number N was created N * 3607 s before 2018, and N * 7.919 ms later. */
    expect_passing(&server, "filter%5Bcreated_at%5D%5Blt%5D=2018-01-01T00%3A00%3A00Z", 54);
    expect_passing(&server, "filter%5Bcreated_at%5D%5Bgt%5D=2017-12-31T00%3A00%3A00Z", 24);
    expect_passing(&server, "filter%5Bcreated_at%5D%5Bgt%5D=2017-12-31T02%3A00%3A00%2B02%3A00", 24);
    expect_passing(&server, "filter%5Bphone_numbers.phone_number%5D=%2B19705555098", 1);
    expect_passing(&server, "filter%5Bcustomer_reference%5D=MY%20REF%20%26%20001%2F%C3%A9", 6);
    expect_passing(&server, "filter[customer_reference]=MY%20REF%20001&filter[status]=failure", 2);
    /* Parameters without filter[...] do not filter. */
    expect_passing(&server, "status=pending&customer_reference=none", 55);
    api_server_stop(&server);
}

static void expect_refusal(const api_server *server, const char *authorization, const char *path,
                           long status, const char *code) {
    client client = client_open(authorization);
    fetched response = client_get(&client, server, path);
    records page = read_page(&response);
    cr_expect_eq(response.status, status, "%s: %ld", path, response.status);
    cr_expect(text_is(event_of(&page, NUMRES_EVENT_API_ERROR, 0)->api_error.code, code));
    records_close(&page);
    fetched_free(&response);
    client_close(&client);
}

#define RIGHT "Authorization: Bearer " API_SERVER_KEY

Test(api_server, checks_key_path_and_page) {
    api_server server = api_server_start(55, NULL);
    expect_refusal(&server, NULL, LIST, 401, "10009");
    expect_refusal(&server, "Authorization: Bearer KEY", LIST, 401, "10009");
    expect_refusal(&server, "Authorization: " API_SERVER_KEY, LIST, 401, "10009");
    expect_refusal(&server, RIGHT, "/number_reservation", 404, "10005");
    expect_refusal(&server, RIGHT, LIST "/", 404, "10005");
    expect_refusal(&server, RIGHT, LIST "?page%5Bsize%5D=251", 422, "10015");
    expect_refusal(&server, RIGHT, LIST "?page%5Bsize%5D=0", 422, "10015");
    expect_refusal(&server, RIGHT, LIST "?page%5Bnumber%5D=x", 422, "10015");
    api_server_stop(&server);
}

Test(api_server, logs_a_line_for_each_request) {
    api_server server = api_server_start(55, NULL);
    client first = client_open(RIGHT);
    client second = client_open("Authorization: Bearer other");
    fetched responses[3] = {client_get(&first, &server, LIST "?filter%5Bstatus%5D=a%20b"),
                            client_get(&second, &server, LIST),
                            client_get(&first, &server, "/x?y=+z")};
    char expected[512];
    char field[64];
    char *log = api_server_log(&server);
    snprintf(expected, sizeof expected,
             "1 GET /v2/number_reservations filter%%5Bstatus%%5D=a%%20b right 127.0.0.1:%u "
             "application/json - - - - -\n"
             "2 GET /v2/number_reservations - wrong 127.0.0.1:%u application/json - - - - -\n"
             "1 GET /v2/x y=+z right 127.0.0.1:%u application/json - - - - -\n",
             server.port, server.port, server.port);
    cr_expect_str_eq(log, expected);
    cr_expect_eq(api_server_requests(&server), 3);
    api_server_field(&server, 1, 4, field, sizeof field);
    cr_expect_str_eq(field, "wrong");
    api_server_field(&server, 2, 3, field, sizeof field);
    cr_expect_str_eq(field, "y=+z");
    api_server_field(&server, 3, 0, field, sizeof field);
    cr_expect_str_eq(field, "");
    api_server_field(&server, 0, 12, field, sizeof field);
    cr_expect_str_eq(field, "");
    free(log);
    for (size_t at = 0; at < 3; at++)
        fetched_free(&responses[at]);
    client_close(&first);
    client_close(&second);
    api_server_stop(&server);
}

Test(api_server, the_data_set_is_varied) {
    bool counts[DATA_SET_MOST_PHONE_NUMBERS + 1] = {false};
    size_t absent = 0;
    size_t null = 0;
    size_t escaped = 0;
    size_t not_ascii = 0;
    for (int64_t number = -10; number < 45; number++) {
        reservation reservation = data_set_reservation(number);
        const char *json = reservation.reference_json;
        counts[reservation.phone_number_count] = true;
        absent += json == NULL;
        null += json != NULL && reservation.reference == NULL;
        escaped += json != NULL && strchr(json, '\\') != NULL;
        not_ascii += json != NULL && strstr(json, "\xc3") != NULL;
    }
    for (size_t at = 0; at <= DATA_SET_MOST_PHONE_NUMBERS; at++)
        cr_expect(counts[at], "none has %zu numbers", at);
    cr_expect(absent > 0 && null > 0 && escaped > 0 && not_ascii > 0);
}

/* ---- faults whose absence no test of the tool would notice ---- */

#define RULES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void expect_response(const fetched *response, CURLcode result, long status) {
    cr_expect_eq(response->result, result, "%s", curl_easy_strerror(response->result));
    cr_expect_eq(response->status, status, "%ld", response->status);
}

static void expect_field(const api_server *server, size_t line, size_t field, const char *text) {
    char found[256];
    api_server_field(server, line, field, found, sizeof found);
    cr_expect_str_eq(found, text);
}

/* Gets a page once without and once with a rule; the bytes must be the same. */
static void expect_same_body(const char *rule, const char *head) {
    api_server server = api_server_start(55, RULES("page=99;drop"));
    client client = client_open(RIGHT);
    curl_easy_setopt(client.handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    fetched plain = client_get(&client, &server, LIST);
    char command[128];
    snprintf(command, sizeof command, "fault %s", rule);
    api_server_say(&server, command);
    fetched odd = client_get(&client, &server, LIST);
    expect_response(&odd, CURLE_OK, 200);
    expect_part(odd.head.bytes, head);
    cr_expect(text_buffer_equal(&odd.body, &plain.body), "%s", rule);
    fetched_free(&plain);
    fetched_free(&odd);
    client_close(&client);
    api_server_stop(&server);
}

Test(api_server, drips_chunks_and_gzip_bring_the_same_bytes) {
    expect_same_body("drip=1", "Content-Length: ");
    expect_same_body("drip=7;chunked", "Transfer-Encoding: chunked\r\n");
    expect_same_body("drip=1000;pace=1", "Content-Length: ");
    expect_same_body("encoding=gzip", "Content-Encoding: gzip\r\n");
    expect_same_body("encoding=gzip;chunked", "Content-Encoding: gzip\r\n");
    expect_same_body("type=text/plain", "Content-Type: text/plain\r\n");
}

Test(api_server, gzip_of_a_page_longer_than_a_block) {
    api_server server = api_server_start(55, RULES("encoding=gzip;padding=200000"));
    client client = client_open(RIGHT);
    curl_easy_setopt(client.handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    fetched response = client_get(&client, &server, LIST);
    expect_response(&response, CURLE_OK, 200);
    cr_expect_gt(response.body.length, 200000);
    cr_expect_eq(response.body.bytes[response.body.length - 1], '}');
    expect_field(&server, 0, 7, "gzip");
    fetched_free(&response);
    client_close(&client);
    api_server_stop(&server);
}

Test(api_server, gzip_is_not_sent_to_who_does_not_accept_it) {
    api_server server = api_server_start(55, RULES("encoding=gzip"));
    fetched response = fetch(&server, LIST);
    expect_response(&response, CURLE_OK, 200);
    cr_expect_null(strstr(response.head.bytes, "Content-Encoding"));
    cr_expect_eq(response.body.bytes[0], '{');
    fetched_free(&response);
    api_server_stop(&server);
}

Test(api_server, a_header_of_any_length) {
    api_server server = api_server_start(5, RULES("request=1;long-header=90000"));
    fetched response = fetch(&server, LIST);
    expect_response(&response, CURLE_OK, 200);
    cr_expect_gt(response.head.length, 90000);
    fetched_free(&response);
    api_server_stop(&server);
}

Test(api_server, a_place_that_holds_the_one_before) {
    api_server server = api_server_start(5, RULES("twice=1"));
    fetched response = fetch(&server, LIST);
    const char *once = strstr(response.body.bytes, "{\"id\":\"12ade33a");
    cr_assert_not_null(once);
    expect_part(once + 1, "},{\"id\":\"12ade33a-21c0-473b-b055-b3c836e1c292\",\"record_type\":"
                          "\"number_reservation\"");
    fetched_free(&response);
    api_server_stop(&server);
}

Test(api_server, connections_closed_between_pages) {
    api_server server =
        api_server_start(55, RULES("request=2;close=told", "request=3;close=silent"));
    client client = client_open(RIGHT);
    static const char *const connections[] = {"1", "1", "2", "3"};
    for (size_t at = 0; at < 4; at++) {
        fetched response = client_get(&client, &server, LIST);
        expect_response(&response, CURLE_OK, 200);
        if (at == 1)
            expect_part(response.head.bytes, "Connection: close\r\n");
        else
            cr_expect_null(strstr(response.head.bytes, "Connection: "));
        fetched_free(&response);
        expect_field(&server, at, 0, connections[at]);
    }
    client_close(&client);
    api_server_stop(&server);
}
