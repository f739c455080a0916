/* The programs of examples/ over real transports, against the API server. */
#include <criterion/criterion.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "api_server.h"
#include "process.h"
#include "server/data_set.h"
#include "text_buffer.h"

#define RULES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* How many rows curl_easy.c has room for. */
#define ROWS_AT_ONCE 8

static const char *const right_key[] = {"TELNYX_API_KEY=" API_SERVER_KEY, NULL};
static const char *const wrong_key[] = {"TELNYX_API_KEY=other", NULL};

/* Makes the invocation run an example instead of the tool. */
static void choose(const char *example) {
    char program[1024];
    cr_assert_not_null(getenv("NUMRES_BUILD_DIR"));
    snprintf(program, sizeof program, "%s/examples/%s", getenv("NUMRES_BUILD_DIR"), example);
    setenv("NUMRES_TOOL", program, 1);
}

static outcome run_easy(const api_server *server, const char *const *environment) {
    choose("curl_easy");
    return process_run(&(invocation){.arguments = (const char *const[]){server->base_url, NULL},
                                     .environment = environment});
}

static void add_rows(text_buffer *rows, int64_t number) {
    reservation reservation = data_set_reservation(number);
    for (size_t at = 0; at < reservation.phone_number_count; at++)
        text_buffer_format(rows, "%s is %s\n", reservation.phone_numbers[at], reservation.status);
}

/* What curl_easy prints for 55 reservations in pages of 20. */
static text_buffer expected_rows(size_t *pauses) {
    text_buffer rows = {NULL, 0, 0};
    size_t on_page = 0;
    *pauses = 0;
    for (int64_t number = 0; number < 55; number++) {
        on_page = number % 20 == 0 ? 0 : on_page;
        size_t before = on_page;
        on_page += data_set_reservation(number).phone_number_count;
        *pauses += on_page / ROWS_AT_ONCE - before / ROWS_AT_ONCE;
        add_rows(&rows, number);
    }
    return rows;
}

/* However the server sends the pages, the rows and the pauses are the same. */
static void expect_rows(const char *rule) {
    size_t pauses = 0;
    char closing[96];
    text_buffer rows = expected_rows(&pauses);
    api_server server = api_server_start(55, RULES(rule));
    outcome outcome = run_easy(&server, right_key);
    snprintf(closing, sizeof closing, "%zu pauses; the list is complete", pauses);
    cr_expect_gt(pauses, 10);
    cr_expect_eq(outcome.exit_code, 0, "%s", outcome.messages);
    cr_expect_str_eq(outcome.output, rows.bytes, "%s", rule);
    expect_part(outcome.messages, closing);
    cr_expect_eq(api_server_requests(&server), 3);
    outcome_free(&outcome);
    api_server_stop(&server);
    text_buffer_free(&rows);
}

Test(examples, easy_pauses_and_loses_nothing) {
    expect_rows("chunked");
    expect_rows("request=99;drop");
    expect_rows("encoding=gzip");
    expect_rows("encoding=gzip;chunked");
    expect_rows("padding=100000");
}

Test(examples, easy_takes_pieces_of_any_size) {
    expect_rows("drip=1");
    expect_rows("drip=7;chunked");
    expect_rows("drip=1000;encoding=gzip");
    expect_rows("drip=16000");
}

static void expect_failure(const char *rule, const char *const *environment, const char *message) {
    api_server server = api_server_start(55, RULES(rule));
    outcome outcome = run_easy(&server, environment);
    cr_expect_eq(outcome.exit_code, 1, "%s: %d", rule, outcome.exit_code);
    expect_part(outcome.messages, message);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(examples, easy_says_what_went_wrong) {
    expect_failure("request=99;drop", wrong_key,
                   "the API says: Could not understand the provided credentials.\nHTTP 401\n");
    expect_failure("status=504;body=html", right_key, "HTTP 504: ");
    expect_failure("page=2;cut=2000", right_key, "partial file");
    expect_failure("page=2;body=empty", right_key, "HTTP 200: ");
    expect_failure("page=3;drop", right_key, "Server returned nothing");
}

static outcome run_multi(const api_server *server, const char *lists) {
    choose("curl_multi");
    return process_run(
        &(invocation){.arguments = (const char *const[]){server->base_url, lists, NULL},
                      .environment = right_key});
}

static void expect_multi(const char *rule, const char *lists, int exit_code, const char *output) {
    api_server server = api_server_start(55, RULES(rule));
    outcome outcome = run_multi(&server, lists);
    cr_expect_eq(outcome.exit_code, exit_code);
    cr_expect_str_eq(outcome.output, output, "%s: %s%s", rule, outcome.output, outcome.messages);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(examples, multi_tells_which_lists_are_not_complete) {
    expect_multi("request=99;drop", "1", 0,
                 "1 of 1 lists complete, 1 at once: 55 reservations, 136 numbers, 3 requests\n");
    expect_multi("drip=100", "3", 0,
                 "3 of 3 lists complete, 3 at once: 165 reservations, 408 numbers, 9 requests\n");
    expect_multi("page=2;status=500", "2", 1,
                 "0 of 2 lists complete, 2 at once: 40 reservations, 96 numbers, 4 requests\n");
    expect_multi("page=1;attempt=2;body=html", "3", 1,
                 "2 of 3 lists complete, 3 at once: 110 reservations, 272 numbers, 7 requests\n");
    expect_multi("page=3;cut=100", "1", 1,
                 "0 of 1 lists complete, 1 at once: 40 reservations, 100 numbers, 3 requests\n");
}

/* Starts the example without waiting for it. */
static pid_t start_multi(const api_server *server, const char *lists, int output, int messages) {
    choose("curl_multi");
    invocation invocation = {.arguments = (const char *const[]){server->base_url, lists, NULL},
                             .environment = right_key};
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0)
        process_become_tool(&invocation, open("/dev/null", O_RDONLY), output, messages);
    return child;
}

/* All lists are stalled within their first page before the first one continues. Then one
   thread reads them all to their end. */
Test(examples, multi_reads_200_lists_at_once) {
    api_server server = api_server_start(55, RULES("request=1-200;stall=5000"));
    int output = process_temporary_file();
    int messages = process_temporary_file();
    size_t length = 0;
    int status = 0;
    pid_t child = start_multi(&server, "200", output, messages);
    api_server_say(&server, "stalled 200");
    cr_expect_eq(api_server_requests(&server), 200);
    api_server_say(&server, "go");
    cr_assert_eq(waitpid(child, &status, 0), child);
    char *printed = process_whole_file(output, &length);
    char *said = process_whole_file(messages, &length);
    cr_expect_eq(status, 0);
    cr_expect_str_eq(printed, "200 of 200 lists complete, 200 at once: 11000 reservations, "
                              "27200 numbers, 600 requests\n");
    cr_log_info("%s", said);
    free(printed);
    free(said);
    api_server_stop(&server);
}

/* The libuv example prints the same rows, with the same pauses. */
static void expect_rows_of_uv(const char *rule) {
    size_t pauses = 0;
    char closing[96];
    text_buffer rows = expected_rows(&pauses);
    api_server server = api_server_start(55, RULES(rule));
    choose("curl_uv");
    outcome outcome = process_run(&(invocation){
        .arguments = (const char *const[]){server.base_url, NULL}, .environment = right_key});
    snprintf(closing, sizeof closing, "%zu pauses; the list is complete", pauses);
    cr_expect_eq(outcome.exit_code, 0, "%s", outcome.messages);
    cr_expect_str_eq(outcome.output, rows.bytes, "%s", rule);
    expect_part(outcome.messages, closing);
    outcome_free(&outcome);
    api_server_stop(&server);
    text_buffer_free(&rows);
}

Test(examples, uv_pauses_and_loses_nothing) {
    expect_rows_of_uv("chunked");
    expect_rows_of_uv("encoding=gzip;chunked");
    expect_rows_of_uv("padding=100000");
    expect_rows_of_uv("drip=7");
}

static void expect_failure_of_uv(const char *rule, const char *const *environment,
                                 const char *message) {
    api_server server = api_server_start(55, RULES(rule));
    choose("curl_uv");
    outcome outcome = process_run(&(invocation){
        .arguments = (const char *const[]){server.base_url, NULL}, .environment = environment});
    cr_expect_eq(outcome.exit_code, 1, "%s: %d", rule, outcome.exit_code);
    expect_part(outcome.messages, message);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(examples, uv_says_what_went_wrong) {
    expect_failure_of_uv("request=99;drop", wrong_key, "HTTP 401\n");
    expect_failure_of_uv("page=2;cut=2000", right_key, "partial file");
    expect_failure_of_uv("page=3;drop", right_key, "Server returned nothing");
    expect_failure_of_uv("page=2;body=empty", right_key, "HTTP 200: ");
}

/* A page of `count` reservations with a number each, and its rows. */
static void make_page(size_t count, text_buffer *page, text_buffer *rows) {
    text_buffer_format(page, "{\"data\":[");
    for (size_t at = 0; at < count; at++) {
        const char *status = at % 2 == 0 ? "pending" : "success";
        text_buffer_format(page,
                           "%s{\"phone_numbers\":[{\"phone_number\":\"+1312555%04zu\","
                           "\"status\":\"%s\"}]}",
                           at > 0 ? "," : "", at, status);
        text_buffer_format(rows, "+1312555%04zu is %s\n", at, status);
    }
    text_buffer_format(page, "]}\n");
}

/* Runs an example in a pipe, through /bin/sh because its output must be a pipe too. */
static outcome run_in_pipe(const char *example, const text_buffer *page, size_t piece) {
    char command[2048];
    choose(example);
    snprintf(command, sizeof command, "{ \"%s\" && echo whole >&2; } | cat", getenv("NUMRES_TOOL"));
    return process_run(&(invocation){.program = "/bin/sh",
                                     .arguments = (const char *const[]){"-c", command, NULL},
                                     .input = page->bytes,
                                     .input_length = page->length,
                                     .piece = piece});
}

static void expect_rows_of_epoll(size_t count, size_t piece) {
    text_buffer page = {NULL, 0, 0};
    text_buffer rows = {NULL, 0, 0};
    make_page(count, &page, &rows);
    outcome outcome = run_in_pipe("epoll", &page, piece);
    cr_expect_str_eq(outcome.output, rows.bytes, "%zu in pieces of %zu", count, piece);
    expect_part(outcome.messages, " pauses\nwhole\n");
    /* One chunk holds more rows than there is room for. */
    cr_expect(piece != 0 || strncmp(outcome.messages, "0 pauses", 8) != 0, "%s", outcome.messages);
    outcome_free(&outcome);
    text_buffer_free(&page);
    text_buffer_free(&rows);
}

Test(examples, epoll_waits_for_its_reader) {
    expect_rows_of_epoll(9000, 0);
    expect_rows_of_epoll(60, 1);
    expect_rows_of_epoll(500, 333);
}

Test(examples, epoll_says_where_a_page_breaks_off) {
    text_buffer page = {NULL, 0, 0};
    text_buffer rows = {NULL, 0, 0};
    make_page(100, &page, &rows);
    page.length -= 4;
    outcome outcome = run_in_pipe("epoll", &page, 0);
    cr_expect_str_eq(outcome.output, rows.bytes);
    expect_part(outcome.messages, "the input ends inside the JSON document");
    cr_expect_null(strstr(outcome.messages, "whole"));
    outcome_free(&outcome);
    text_buffer_free(&page);
    text_buffer_free(&rows);
}

static outcome filter_body(const char *body, size_t length) {
    choose("body_filter");
    return process_run(&(invocation){
        .arguments = (const char *const[]){NULL}, .input = body, .input_length = length});
}

Test(examples, body_filter_passes_the_body_on_and_sees_all_numbers) {
    text_buffer page = {NULL, 0, 0};
    text_buffer rows = {NULL, 0, 0};
    make_page(3000, &page, &rows);
    outcome outcome = filter_body(page.bytes, page.length);
    cr_expect_eq(outcome.exit_code, 0);
    cr_expect_str_eq(outcome.output, page.bytes);
    cr_expect_eq(strncmp(outcome.messages, rows.bytes, rows.length), 0);
    expect_part(outcome.messages + rows.length, " pauses\n");
    outcome_free(&outcome);
    text_buffer_free(&page);
    text_buffer_free(&rows);
}

Test(examples, body_filter_leaves_other_bodies_alone) {
    static const char body[] = "<html>this is no page</html>\n";
    outcome outcome = filter_body(body, strlen(body));
    cr_expect_eq(outcome.exit_code, 0);
    cr_expect_str_eq(outcome.output, body);
    cr_expect_str_eq(outcome.messages, "no page: syntax at byte 0\n0 pauses\n");
    outcome_free(&outcome);
}
