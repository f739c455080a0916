/* The tests' API server: each fault does what tests/api_server.h says. */
#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "fetch.h"
#include "process.h"

#define LIST "/number_reservations"
#define PAGE_2 LIST "?page%5Bnumber%5D=2"
#define RULES(...) ((const char *const[]){__VA_ARGS__, NULL})
#define RIGHT "Authorization: Bearer " API_SERVER_KEY

static void expect_answer(const fetched *answer, CURLcode result, long status) {
    cr_expect_eq(answer->result, result, "%s", curl_easy_strerror(answer->result));
    cr_expect_eq(answer->status, status, "%ld", answer->status);
}

static void expect_get(const api_server *server, const char *path, CURLcode result, long status) {
    fetched answer = fetch(server, path);
    expect_answer(&answer, result, status);
    fetched_free(&answer);
}

/* Demands an answer with this in its head and this in its body. */
static void expect_holds(const api_server *server, const char *path, long status, const char *head,
                         const char *body) {
    fetched answer = fetch(server, path);
    expect_answer(&answer, CURLE_OK, status);
    expect_part(answer.head.bytes, head);
    expect_part(answer.body.bytes, body);
    fetched_free(&answer);
}

static void expect_field(const api_server *server, size_t line, size_t field, const char *text) {
    char found[256];
    api_server_field(server, line, field, found, sizeof found);
    cr_expect_str_eq(found, text);
}

Test(api_server_faults, hold_for_pages_attempts_and_requests) {
    api_server server =
        api_server_start(55, RULES("page=2;attempt=1-2;status=500", "request=5-;status=503"));
    expect_get(&server, LIST, CURLE_OK, 200);
    expect_get(&server, PAGE_2, CURLE_OK, 500);
    expect_get(&server, PAGE_2, CURLE_OK, 500);
    expect_get(&server, PAGE_2, CURLE_OK, 200);
    expect_get(&server, LIST, CURLE_OK, 503);
    api_server_say(&server, "clear");
    expect_get(&server, LIST, CURLE_OK, 200);
    api_server_say(&server, "fault page=2;attempt=1;status=409");
    expect_get(&server, PAGE_2, CURLE_OK, 409);
    expect_get(&server, PAGE_2, CURLE_OK, 200);
    api_server_stop(&server);
}

Test(api_server_faults, statuses_bring_an_errors_envelope_and_headers) {
    api_server server = api_server_start(
        55, RULES("request=1;status=429;retry-after=0.5;header=x-should-retry: false",
                  "request=2;status=403", "request=3;status=422", "request=4;status=408",
                  "request=5;status=429;retry-after=Sun, 06 Nov 1994 08:49:37 GMT"));
    expect_holds(&server, LIST, 429, "Retry-After: 0.5\r\n", "\"10011\"");
    expect_holds(&server, LIST, 403, "application/json", "\"10038\"");
    expect_holds(&server, LIST, 422, "application/json", "\"10015\"");
    expect_holds(&server, LIST, 408, "application/json", "\"10007\"");
    expect_holds(&server, LIST, 429, "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n", "errors");
    api_server_stop(&server);
}

Test(api_server_faults, a_date_to_retry_after_lies_ahead) {
    api_server server = api_server_start(55, RULES("status=503;retry-after-date=3600"));
    fetched answer = fetch(&server, LIST);
    const char *header = strstr(answer.head.bytes, "Retry-After: ");
    cr_assert_not_null(header);
    char date[64] = "";
    snprintf(date, sizeof date, "%.*s", (int)strcspn(header + 13, "\r"), header + 13);
    time_t ahead = curl_getdate(date, NULL) - time(NULL);
    cr_expect(ahead > 3000 && ahead <= 3600, "%s", date);
    fetched_free(&answer);
    api_server_stop(&server);
}

Test(api_server_faults, bodies_are_cut_at_a_byte) {
    api_server server = api_server_start(55, RULES("request=1;cut=100", "request=2;cut=100;chunked",
                                                   "request=3;cut=0", "request=4;drop"));
    static const size_t lengths[] = {100, 100, 0, 0};
    for (size_t at = 0; at < sizeof lengths / sizeof *lengths; at++) {
        fetched answer = fetch(&server, LIST);
        cr_expect_eq(answer.result, at == 3 ? CURLE_GOT_NOTHING : CURLE_PARTIAL_FILE);
        cr_expect_eq(answer.body.length, lengths[at]);
        fetched_free(&answer);
    }
    cr_expect_eq(api_server_requests(&server), 4);
    api_server_stop(&server);
}

/* Gets a page once as it is, once with a rule, and demands the same bytes. */
static void expect_same_body(const char *rule, const char *head) {
    api_server server = api_server_start(55, RULES("page=99;drop"));
    client client = client_open(RIGHT);
    curl_easy_setopt(client.handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    fetched plain = client_get(&client, &server, LIST);
    char command[128];
    snprintf(command, sizeof command, "fault %s", rule);
    api_server_say(&server, command);
    fetched odd = client_get(&client, &server, LIST);
    expect_answer(&odd, CURLE_OK, 200);
    expect_part(odd.head.bytes, head);
    cr_expect(text_buffer_equal(&odd.body, &plain.body), "%s", rule);
    fetched_free(&plain);
    fetched_free(&odd);
    client_close(&client);
    api_server_stop(&server);
}

Test(api_server_faults, drips_chunks_and_gzip_bring_the_same_bytes) {
    expect_same_body("drip=1", "Content-Length: ");
    expect_same_body("drip=7;chunked", "Transfer-Encoding: chunked\r\n");
    expect_same_body("drip=1000;pace=1", "Content-Length: ");
    expect_same_body("encoding=gzip", "Content-Encoding: gzip\r\n");
    expect_same_body("encoding=gzip;chunked", "Content-Encoding: gzip\r\n");
    expect_same_body("type=text/plain", "Content-Type: text/plain\r\n");
}

Test(api_server_faults, gzip_of_a_page_longer_than_a_block) {
    api_server server = api_server_start(55, RULES("encoding=gzip;padding=200000"));
    client client = client_open(RIGHT);
    curl_easy_setopt(client.handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    fetched answer = client_get(&client, &server, LIST);
    expect_answer(&answer, CURLE_OK, 200);
    cr_expect_gt(answer.body.length, 200000);
    cr_expect_eq(answer.body.bytes[answer.body.length - 1], '}');
    expect_field(&server, 0, 7, "gzip");
    fetched_free(&answer);
    client_close(&client);
    api_server_stop(&server);
}

Test(api_server_faults, gzip_is_not_sent_to_who_does_not_accept_it) {
    api_server server = api_server_start(55, RULES("encoding=gzip"));
    fetched answer = fetch(&server, LIST);
    expect_answer(&answer, CURLE_OK, 200);
    cr_expect_null(strstr(answer.head.bytes, "Content-Encoding"));
    cr_expect_eq(answer.body.bytes[0], '{');
    fetched_free(&answer);
    api_server_stop(&server);
}

Test(api_server_faults, lengths_that_are_wrong) {
    api_server server = api_server_start(55, RULES("request=1;length=+5", "request=2;length=-5"));
    client client = client_open(RIGHT);
    fetched longer = client_get(&client, &server, LIST);
    fetched shorter = client_get(&client, &server, LIST);
    /* The five bytes beyond come before the next answer. */
    fetched next = client_get(&client, &server, LIST);
    cr_expect_eq(longer.result, CURLE_PARTIAL_FILE);
    cr_expect_eq(longer.body.bytes[longer.body.length - 1], '}');
    expect_answer(&shorter, CURLE_OK, 200);
    cr_expect_eq(shorter.body.length, longer.body.length - 5);
    cr_expect(next.result == CURLE_UNSUPPORTED_PROTOCOL || next.result == CURLE_OK, "%d",
              (int)next.result);
    fetched_free(&longer);
    fetched_free(&shorter);
    fetched_free(&next);
    client_close(&client);
    api_server_stop(&server);
}

Test(api_server_faults, named_bodies) {
    static const char text[] = "{\"data\":[1]}";
    directory_enter();
    file_write_text("body.json", text);
    api_server server =
        api_server_start(55, RULES("request=1;body=html;status=504", "request=2;body=empty",
                                   "request=3;body=mock;status=404", "request=4;body=body.json",
                                   "request=5;body=errors"));
    expect_holds(&server, LIST, 504, "Content-Type: text/html\r\n", "<html>");
    fetched empty = fetch(&server, LIST);
    expect_answer(&empty, CURLE_OK, 200);
    cr_expect_eq(empty.body.length, 0);
    fetched_free(&empty);
    expect_holds(&server, LIST, 404, "application/json", "{\"error\":{\"message\":");
    expect_holds(&server, LIST, 200, "application/json", text);
    expect_holds(&server, LIST, 200, "application/json", "{\"errors\":[");
    api_server_stop(&server);
    directory_leave();
}

Test(api_server_faults, redirects) {
    api_server server =
        api_server_start(55, RULES("request=1;redirect=same", "request=3;redirect=other",
                                   "request=5-;redirect=loop"));
    char other[64];
    expect_holds(&server, PAGE_2, 200, "Location: /moved/v2/number_reservations?",
                 "\"page_number\":2");
    expect_field(&server, 1, 2, "/moved/v2/number_reservations");
    expect_field(&server, 1, 3, "page%5Bnumber%5D=2");
    /* curl gives its own headers to the first host only. */
    expect_get(&server, LIST, CURLE_OK, 401);
    snprintf(other, sizeof other, "localhost:%u", server.port);
    expect_field(&server, 3, 5, other);
    expect_field(&server, 3, 4, "none");
    expect_get(&server, LIST, CURLE_TOO_MANY_REDIRECTS, 302);
    cr_expect_eq(api_server_requests(&server), 4 + 6);
    api_server_stop(&server);
}

Test(api_server_faults, the_list_can_be_moved_to_a_path_with_a_space) {
    api_server server = api_server_start(55, NULL);
    char path[] = "/../moved/v2/number%20reservations";
    client client = client_open(RIGHT);
    curl_easy_setopt(client.handle, CURLOPT_PATH_AS_IS, 0L);
    fetched answer = client_get(&client, &server, path);
    expect_answer(&answer, CURLE_OK, 200);
    expect_part(answer.body.bytes, "\"page_number\":1");
    fetched_free(&answer);
    client_close(&client);
    api_server_stop(&server);
}

Test(api_server_faults, a_header_of_any_length) {
    api_server server = api_server_start(5, RULES("request=1;long-header=90000"));
    fetched answer = fetch(&server, LIST);
    expect_answer(&answer, CURLE_OK, 200);
    cr_expect_gt(answer.head.length, 90000);
    fetched_free(&answer);
    expect_get(&server, LIST, CURLE_OK, 200);
    api_server_stop(&server);
}

Test(api_server_faults, a_place_that_holds_the_one_before) {
    api_server server = api_server_start(5, RULES("twice=1"));
    fetched answer = fetch(&server, LIST);
    const char *once = strstr(answer.body.bytes, "{\"id\":\"12ade33a");
    cr_assert_not_null(once);
    expect_part(once + 1, "},{\"id\":\"12ade33a-21c0-473b-b055-b3c836e1c292\",\"record_type\":"
                          "\"number_reservation\"");
    fetched_free(&answer);
    api_server_stop(&server);
}

Test(api_server_faults, another_list_when_told) {
    api_server server = api_server_start(55, RULES("request=1;grow=3"));
    expect_holds(&server, LIST, 200, "", "\"total_results\":58");
    api_server_say(&server, "list 7");
    expect_holds(&server, LIST, 200, "", "\"total_results\":7");
    expect_holds(&server, LIST, 200, "", "{\"data\":[{\"id\":\"12ade33a-");
    api_server_stop(&server);
}

Test(api_server_faults, a_redirect_is_no_attempt) {
    api_server server =
        api_server_start(55, RULES("attempt=1;redirect=same", "attempt=2;status=500"));
    expect_get(&server, LIST, CURLE_OK, 200);
    expect_get(&server, LIST, CURLE_OK, 500);
    api_server_stop(&server);
}

Test(api_server_faults, connections_closed_between_pages) {
    api_server server =
        api_server_start(55, RULES("request=2;close=told", "request=3;close=silent"));
    client client = client_open(RIGHT);
    static const char *const connections[] = {"1", "1", "2", "3"};
    for (size_t at = 0; at < 4; at++) {
        fetched answer = client_get(&client, &server, LIST);
        expect_answer(&answer, CURLE_OK, 200);
        if (at == 1)
            expect_part(answer.head.bytes, "Connection: close\r\n");
        else
            cr_expect_null(strstr(answer.head.bytes, "Connection: "));
        fetched_free(&answer);
        expect_field(&server, at, 0, connections[at]);
    }
    client_close(&client);
    api_server_stop(&server);
}

static void expect_body_with(const api_server *server, const char *path, const char *start,
                             const char *end) {
    fetched answer = fetch(server, path);
    expect_answer(&answer, CURLE_OK, 200);
    cr_expect(strncmp(answer.body.bytes, start, strlen(start)) == 0, "%.60s", answer.body.bytes);
    size_t length = strlen(end);
    cr_assert(answer.body.length >= length);
    cr_expect_str_eq(answer.body.bytes + answer.body.length - length, end);
    fetched_free(&answer);
}

#define FIRST "{\"data\":[{\"id\":\"12ade33a-"

Test(api_server_faults, a_meta_that_lies) {
    api_server server = api_server_start(
        55, RULES("request=1;meta=none", "request=2;data-page=1",
                  "request=3;data-page=1;page-number=1;total-pages=none",
                  "request=4;data=empty;total-pages=7;total-results=0;page-size=none",
                  "request=5;page-number=none;total-pages=none;total-results=none;page-size=none"));
    expect_body_with(&server, LIST, FIRST, "Z\"}]}");
    expect_body_with(&server, PAGE_2, FIRST,
                     "\"meta\":{\"total_pages\":3,\"total_results\":55,\"page_number\":2,"
                     "\"page_size\":20}}");
    expect_body_with(&server, PAGE_2, FIRST,
                     "\"meta\":{\"total_results\":55,\"page_number\":1,\"page_size\":20}}");
    expect_body_with(&server, PAGE_2, "{\"data\":[],",
                     "\"meta\":{\"total_pages\":7,\"total_results\":0,\"page_number\":2}}");
    expect_body_with(&server, LIST, FIRST, "\"meta\":{}}");
    api_server_stop(&server);
}

Test(api_server_faults, a_list_that_grows_and_shrinks) {
    api_server server = api_server_start(55, RULES("request=2;grow=2", "request=4;shrink=3"));
    expect_body_with(&server, LIST, FIRST, "\"page_size\":20}}");
    expect_holds(&server, PAGE_2, 200, "", "\"total_results\":57");
    /* Two came first: the documentation's is the third now. */
    fetched grown = fetch(&server, LIST);
    cr_expect(strncmp(grown.body.bytes, FIRST, strlen(FIRST)) != 0);
    expect_part(grown.body.bytes, "},{\"id\":\"12ade33a-");
    fetched_free(&grown);
    fetched shrunk = fetch(&server, LIST);
    expect_part(shrunk.body.bytes, "\"total_results\":54");
    cr_expect_null(strstr(shrunk.body.bytes, "12ade33a-"));
    fetched_free(&shrunk);
    api_server_stop(&server);
}

/* What a transfer that stalls has brought so far, and the server to be told. */
typedef struct stalled {
    api_server *server;
    size_t length;
    size_t stalls_at;
    bool was_told;
} stalled;

static size_t count_and_go(char *bytes, size_t size, size_t count, void *user) {
    stalled *stalled = user;
    (void)bytes;
    stalled->length += size * count;
    if (stalled->length == stalled->stalls_at && !stalled->was_told) {
        stalled->was_told = true;
        api_server_say(stalled->server, "stalled 1");
        api_server_say(stalled->server, "go");
    }
    cr_expect(stalled->was_told || stalled->length < stalled->stalls_at);
    return size * count;
}

Test(api_server_faults, a_stalled_answer_goes_on_when_told) {
    static const size_t places[] = {1, 1000, 17000};
    for (size_t at = 0; at < sizeof places / sizeof *places; at++) {
        char rule[32];
        snprintf(rule, sizeof rule, "stall=%zu", places[at]);
        api_server server = api_server_start(55, RULES(rule));
        client client = client_open(RIGHT);
        stalled stalled = {&server, 0, places[at], false};
        char url[128];
        snprintf(url, sizeof url, "%s" LIST, server.base_url);
        curl_easy_setopt(client.handle, CURLOPT_URL, url);
        curl_easy_setopt(client.handle, CURLOPT_HEADERFUNCTION, NULL);
        curl_easy_setopt(client.handle, CURLOPT_WRITEFUNCTION, count_and_go);
        curl_easy_setopt(client.handle, CURLOPT_WRITEDATA, &stalled);
        cr_expect_eq(curl_easy_perform(client.handle), CURLE_OK);
        cr_expect(stalled.was_told);
        cr_expect_gt(stalled.length, 17000);
        client_close(&client);
        api_server_stop(&server);
    }
}

Test(api_server_faults, a_stalled_client_gives_up) {
    api_server server = api_server_start(55, RULES("request=1;stall=50", "request=2;hold"));
    client client = client_open(RIGHT);
    curl_easy_setopt(client.handle, CURLOPT_TIMEOUT_MS, 100L);
    fetched stalled = client_get(&client, &server, LIST);
    fetched held = client_get(&client, &server, LIST);
    cr_expect_eq(stalled.result, CURLE_OPERATION_TIMEDOUT);
    cr_expect_eq(stalled.body.length, 50);
    cr_expect_eq(held.result, CURLE_OPERATION_TIMEDOUT);
    cr_expect_eq(held.status, 0);
    api_server_say(&server, "stalled 2");
    api_server_say(&server, "requests 2");
    fetched_free(&stalled);
    fetched_free(&held);
    client_close(&client);
    /* Both are still kept: the server ends all the same. */
    api_server_stop(&server);
}
