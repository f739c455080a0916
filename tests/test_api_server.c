/* The tests' API server: what it lists, what it checks, what it logs. */
#include <criterion/criterion.h>

#include <numres.h>

#include <stdlib.h>
#include <string.h>

#include "fetch.h"
#include "process.h"
#include "server/data_set.h"

#define LIST "/number_reservations"
#define MOST_COLLECTED 300

/* The reservations of a page and its meta, as numres reads them. */
typedef struct page {
    size_t count;
    char ids[MOST_COLLECTED][DATA_SET_ID_SIZE];
    size_t phone_numbers;
    numres_meta meta;
    uint64_t problems;
    char error_code[16];
} page;

static numres_answer on_reservation(numres_parser *parser, const numres_reservation *reservation,
                                    void *user) {
    page *page = user;
    (void)parser;
    cr_assert(page->count < MOST_COLLECTED && reservation->id.length < DATA_SET_ID_SIZE);
    memcpy(page->ids[page->count++], reservation->id.bytes, reservation->id.length);
    page->phone_numbers += (size_t)reservation->phone_number_count;
    return NUMRES_GO_ON;
}

static numres_answer on_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    (void)parser;
    ((page *)user)->meta = *meta;
    return NUMRES_GO_ON;
}

static numres_answer on_api_error(numres_parser *parser, const numres_api_error *error,
                                  void *user) {
    page *page = user;
    (void)parser;
    snprintf(page->error_code, sizeof page->error_code, "%.*s", (int)error->code.length,
             error->code.bytes);
    return NUMRES_GO_ON;
}

static numres_answer on_document_end(numres_parser *parser, const numres_document *document,
                                     void *user) {
    (void)parser;
    ((page *)user)->problems = document->problems;
    return NUMRES_GO_ON;
}

/* Everything that the server makes is legal and as the schema says. */
static page read_page(const fetched *answer) {
    page page = {0};
    numres_options options = numres_options_default();
    numres_handlers handlers = numres_handlers_default();
    options.check_e164 = true;
    handlers.on_reservation = on_reservation;
    handlers.on_meta = on_meta;
    handlers.on_api_error = on_api_error;
    handlers.on_document_end = on_document_end;
    cr_assert_eq(answer->result, CURLE_OK, "%s", curl_easy_strerror(answer->result));
    cr_expect_eq(
        numres_parse(answer->body.bytes, answer->body.length, &options, &handlers, &page, NULL),
        NUMRES_OK);
    cr_expect_eq(page.problems, 0);
    return page;
}

static page get_page(const api_server *server, const char *path) {
    fetched answer = fetch(server, path);
    page page = read_page(&answer);
    fetched_free(&answer);
    return page;
}

static void expect_meta(const page *page, uint64_t total_pages, uint64_t page_number,
                        uint64_t total_results, uint64_t page_size) {
    cr_expect_eq(page->meta.total_pages, total_pages);
    cr_expect_eq(page->meta.page_number, page_number);
    cr_expect_eq(page->meta.total_results, total_results);
    cr_expect_eq(page->meta.page_size, page_size);
}

/* Demands the reservations from this number on, in their order. */
static void expect_ids(const page *page, int64_t first, size_t count) {
    cr_assert_eq(page->count, count);
    for (size_t at = 0; at < count; at++) {
        reservation expected = data_set_reservation(first + (int64_t)at);
        cr_expect_str_eq(page->ids[at], expected.id);
    }
}

Test(api_server, lists_the_samples_55_in_3_pages) {
    api_server server = api_server_start(55, NULL);
    page first = get_page(&server, LIST);
    page second = get_page(&server, LIST "?page%5Bnumber%5D=2");
    page third = get_page(&server, LIST "?page%5Bsize%5D=20&page%5Bnumber%5D=3");
    page beyond = get_page(&server, LIST "?page%5Bnumber%5D=4");
    expect_meta(&first, 3, 1, 55, 20);
    expect_ids(&first, 0, 20);
    cr_expect_str_eq(first.ids[0], "12ade33a-21c0-473b-b055-b3c836e1c292");
    expect_meta(&second, 3, 2, 55, 20);
    expect_ids(&second, 20, 20);
    expect_meta(&third, 3, 3, 55, 20);
    expect_ids(&third, 40, 15);
    expect_meta(&beyond, 3, 4, 55, 20);
    expect_ids(&beyond, 55, 0);
    api_server_stop(&server);
}

Test(api_server, lists_10000_in_40_pages) {
    api_server server = api_server_start(10000, NULL);
    page last = get_page(&server, LIST "?page%5Bsize%5D=250&page%5Bnumber%5D=40");
    expect_meta(&last, 40, 40, 10000, 250);
    expect_ids(&last, 9750, 250);
    api_server_stop(&server);
}

Test(api_server, an_empty_list_has_no_page) {
    api_server server = api_server_start(0, NULL);
    page page = get_page(&server, LIST);
    expect_meta(&page, 0, 1, 0, 20);
    cr_expect_eq(page.count, 0);
    api_server_stop(&server);
}

/* Demands that a filter lets so many of the 55 pass. */
static void expect_passing(const api_server *server, const char *filter, uint64_t count) {
    char path[256];
    snprintf(path, sizeof path, LIST "?page%%5Bsize%%5D=250&%s", filter);
    page page = get_page(server, path);
    cr_expect_eq(page.meta.total_results, count, "%s: %llu", filter,
                 (unsigned long long)page.meta.total_results);
    cr_expect_eq(page.count, count);
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
    /* Without filter[...] nothing is filtered. */
    expect_passing(&server, "status=pending&customer_reference=none", 55);
    api_server_stop(&server);
}

static void expect_refusal(const api_server *server, const char *authorization, const char *path,
                           long status, const char *code) {
    client client = client_open(authorization);
    fetched answer = client_get(&client, server, path);
    page page = read_page(&answer);
    cr_expect_eq(answer.status, status, "%s: %ld", path, answer.status);
    cr_expect_str_eq(page.error_code, code);
    fetched_free(&answer);
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
    fetched answers[3] = {client_get(&first, &server, LIST "?filter%5Bstatus%5D=a%20b"),
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
        fetched_free(&answers[at]);
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
