/* numres list against the API server: its requests and its output. */
#include <criterion/criterion.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "listing.h"
#include "terminal.h"

TestSuite(tool_list, .init = directory_enter, .fini = directory_leave);

Test(tool_list, shows_all_pages_over_one_connection) {
    api_server server = api_server_start(55, NULL);
    expect_listing(&server, "--format ids", 0, ids_of(0, 54), "");
    expect_requests(&server, 3);
    expect_field(&server, 0, 3, "-");
    expect_field(&server, 1, 3, "page%5Bnumber%5D=2");
    expect_field(&server, 2, 3, "page%5Bnumber%5D=3");
    for (size_t line = 0; line < 3; line++) {
        expect_field(&server, line, 0, "1");
        expect_field(&server, line, 1, "GET");
        expect_field(&server, line, 2, "/v2/number_reservations");
        expect_field(&server, line, 4, "right");
        expect_field(&server, line, 6, "application/json");
    }
    api_server_stop(&server);
}

Test(tool_list, shows_ten_thousand_in_forty_pages) {
    api_server server = api_server_start(10000, NULL);
    expect_listing(&server, "--format ids --page-size 250", 0, ids_of(0, 9999), "");
    expect_requests(&server, 40);
    expect_field(&server, 39, 3, "page%5Bsize%5D=250&page%5Bnumber%5D=40");
    api_server_stop(&server);
}

Test(tool_list, sends_all_filters_with_every_page_in_the_order_of_the_sdks) {
    api_server server = api_server_start(55, NULL);
    expect_listing(&server,
                   "--page-number 2 --reference MY/%&=\xc3\xa9 --phone-number +19705555098 "
                   "--created-before 2019-01-01T00:00:00+02:00 --page-size 50 "
                   "--created-after 2018-01-01T00:00:00Z --status pending --format ids",
                   0, "", "numres: no reservation from page 2 on matches the filters\n");
    expect_requests(&server, 1);
    expect_field(&server, 0, 3,
                 "filter%5Bstatus%5D=pending"
                 "&filter%5Bcreated_at%5D%5Bgt%5D=2018-01-01T00%3A00%3A00Z"
                 "&filter%5Bcreated_at%5D%5Blt%5D=2019-01-01T00%3A00%3A00%2B02%3A00"
                 "&filter%5Bphone_numbers.phone_number%5D=%2B19705555098"
                 "&filter%5Bcustomer_reference%5D=MY%2F%25%26%3D%C3%A9"
                 "&page%5Bsize%5D=50&page%5Bnumber%5D=2");
    api_server_stop(&server);
}

Test(tool_list, the_filters_stay_on_later_pages) {
    api_server server = api_server_start(200, NULL);
    outcome outcome = listing(&server, "--status success --page-size 10 --format ndjson");
    cr_expect_eq(outcome.exit_code, 0);
    cr_expect_null(strstr(outcome.output, "\"status\":\"pending\",\"customer_reference\""));
    cr_expect_gt(api_server_requests(&server), 2);
    expect_field(&server, 1, 3, "filter%5Bstatus%5D=success&page%5Bsize%5D=10&page%5Bnumber%5D=2");
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list, starts_and_stops_where_it_is_told) {
    api_server server = api_server_start(55, NULL);
    expect_listing(&server, "--format ids --page-number 2", 0, ids_of(20, 54), "");
    expect_listing(&server, "--quiet --format ids --page-number 1 --max-pages 1", 0, ids_of(0, 19),
                   "");
    expect_field(&server, 2, 3, "page%5Bnumber%5D=1");
    expect_listing(&server, "--quiet --format ids --max-pages 2", 0, ids_of(0, 39), "");
    expect_listing(&server, "--quiet --format ids --max-items 20", 0, ids_of(0, 19), "");
    expect_requests(&server, 6);
    expect_listing(&server, "--quiet --format ids --max-items 23", 0, ids_of(0, 22), "");
    expect_requests(&server, 8);
    expect_listing(&server, "--quiet --format ids --max-items 1 --max-pages 1", 0, ids_of(0, 0),
                   "");
    api_server_stop(&server);
}

/* The table has the sentence in place of its summary. */
static void expect_empty_from(const char *rule, const char *options, const char *sentence) {
    static const char *const formats[] = {"ids", "ndjson", "json", "csv", "tsv", "xlsx"};
    char arguments[80];
    char message[120];
    api_server server = api_server_start(55, RULES(rule));
    snprintf(message, sizeof message, "%s.\n", sentence);
    expect_listing(&server, options, 0, message, "");
    snprintf(message, sizeof message, "numres: %c%s\n", tolower((unsigned char)sentence[0]),
             sentence + 1);
    for (size_t at = 0; at < sizeof formats / sizeof *formats; at++) {
        snprintf(arguments, sizeof arguments, "%s --format %s", options, formats[at]);
        expect_listing(&server, arguments, 0, NULL, message);
    }
    snprintf(arguments, sizeof arguments, "%s --count", options);
    expect_listing(&server, arguments, 0, NULL, message);
    snprintf(arguments, sizeof arguments, "%s --format ids --quiet", options);
    expect_listing(&server, arguments, 0, "", "");
    api_server_stop(&server);
}

/* Without a meta, nothing is known of the pages before. */
Test(tool_list, an_empty_page_that_was_asked_for_is_told) {
    file_write_text("empty.json", "{\"data\":[]}");
    file_write_text("total.json", "{\"data\":[],\"meta\":{\"total_pages\":3}}");
    expect_empty_from("page=99", "--page-number 9", "There is no page 9; the last is page 3");
    expect_empty_from("body=./total.json", "--page-number 4",
                      "There is no page 4; the last is page 3");
    expect_empty_from("body=./empty.json", "--page-number 4",
                      "There are no reservations from page 4 on");
    expect_empty_from("body=./empty.json", "--page-number 4 --status pending",
                      "No reservation from page 4 on matches the filters");
    expect_empty_from("page=99", "--page-number 3 --phone-number +1999*",
                      "No reservation from page 3 on matches the filters");
}

/* What comes after the limit is not known. */
Test(tool_list, a_limit_ends_no_list) {
    api_server server = api_server_start(55, NULL);
    outcome outcome =
        listing(&server, "--page-number 2 --max-pages 1 --phone-number +1999* --format ids");
    cr_expect_null(strstr(outcome.messages, " from page 2 on"), "%s", outcome.messages);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list, an_empty_list_is_told_in_a_sentence) {
    api_server server = api_server_start(0, NULL);
    expect_listing(&server, "", 0, "There are no reservations.\n", "");
    expect_requests(&server, 1);
    expect_listing(&server, "--status pending", 0, "No reservation matches the filters.\n", "");
    api_server_stop(&server);
}

/* The output must be the same as numres show's for the saved pages. */
static void expect_same_as_show(const char *format) {
    api_server server = api_server_start(55, NULL);
    char arguments[64];
    char shown[64];
    snprintf(arguments, sizeof arguments, "--format %s", format);
    snprintf(shown, sizeof shown, "show --bare --format %s", format);
    outcome lines = listing(&server, "--format ndjson");
    outcome listed = listing(&server, arguments);
    cr_expect_eq(lines.exit_code, 0);
    expect_run(shown, lines.output, 0, listed.output, "");
    outcome_free(&lines);
    outcome_free(&listed);
    api_server_stop(&server);
}

Test(tool_list, shows_what_show_shows) {
    expect_same_as_show("ndjson");
    expect_same_as_show("json");
    expect_same_as_show("csv");
    expect_same_as_show("tsv");
    expect_same_as_show("ids");
}

Test(tool_list, the_table_tells_its_pages) {
    api_server server = api_server_start(55, RULES("page=2;attempt=1;cut=9000"));
    outcome outcome = listing(&server, "");
    expect_part(outcome.output, "\n55 reservations, ");
    expect_part(outcome.output, ";\npages 1 to 3 of 3\n");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list, takes_compressed_and_chunked_bodies) {
    api_server server = api_server_start(
        55, RULES("page=1;encoding=gzip", "page=2;chunked", "page=3;encoding=gzip;chunked"));
    expect_listing(&server, "--format ids", 0, ids_of(0, 54), "");
    char encodings[128];
    api_server_field(&server, 0, 7, encodings, sizeof encodings);
    expect_part(encodings, "gzip");
    expect_requests(&server, 3);
    api_server_stop(&server);
}

Test(tool_list, takes_a_body_byte_by_byte) {
    api_server server = api_server_start(25, RULES("drip=1"));
    expect_listing(&server, "--format ids", 0, ids_of(0, 24), "");
    api_server_stop(&server);
}

/* Three records and part of the fourth are sent, and no more until the third is shown. */
Test(tool_list, shows_records_while_the_page_still_arrives) {
    api_server server = api_server_start(20, RULES("stall=4000"));
    listing_run run;
    listing_prepare(&run, &server, "--format ids");
    terminal terminal = terminal_start(&run.invocation, TERMINAL_OUTPUT, 80);
    terminal_read_until(&terminal, ids_of(0, 2));
    api_server_say(&server, "stalled 1");
    api_server_say(&server, "go");
    outcome outcome = terminal_end(&terminal);
    cr_expect_str_eq(outcome.output, ids_of(0, 19));
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list, tells_problems_and_goes_on) {
    static const char page[] = "{\"data\":[\n{\"id\":\"a\",\"status\":\"odd\"},\n{\"id\":\"b\"}],"
                               "\"meta\":{\"total_pages\":1,\"page_number\":1}}";
    file_write_text("page.json", page);
    api_server server = api_server_start(0, RULES("body=./page.json"));
    expect_listing(&server, "--format ids", 1, "a\nb\n",
                   "numres: page 1:2:20: data[0].status: " STATUS_SENTENCE ": \"odd\"\n");
    api_server_stop(&server);
}

/* Problems of one page are independent of the next one's. */
Test(tool_list, tells_problems_of_each_page) {
    file_write_text("one.json",
                    "{\"meta\":{\"total_pages\":2},\"data\":[{\"id\":\"a\",\"status\":\"one\"}]}");
    file_write_text("two.json",
                    "{\"data\":[{\"status\":\"two\",\"id\":\"b\"}],\"meta\":{\"total_pages\":2}}");
    api_server server =
        api_server_start(0, RULES("page=1;body=./one.json", "page=2;body=./two.json"));
    expect_listing(&server, "--format ids", 1, "a\nb\n", "numres: page 1:1:");
    expect_listing(&server, "--format ids", 1, "a\nb\n", "numres: page 2:1:");
    api_server_stop(&server);
}

/* A reservation over the limit ends the run, like any error in the input. */
Test(tool_list, refuses_a_reservation_that_is_too_large) {
    api_server server = api_server_start(55, NULL);
    expect_listing(&server, "--format csv --max-reservation-bytes 1", 3, NULL,
                   "raise --max-reservation-bytes");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

Test(tool_list, verbose_tells_requests_and_statuses_and_never_the_key) {
    api_server server = api_server_start(25, RULES("page=2;attempt=1;status=503"));
    outcome outcome = listing(&server, "--format ids --verbose");
    char line[256];
    snprintf(line, sizeof line, "numres: page 1: GET %s/number_reservations\n", server.base_url);
    expect_part(outcome.messages, line);
    expect_part(outcome.messages, "numres: page 1: HTTP/1.1 200, ");
    expect_part(outcome.messages, "number_reservations?page%5Bnumber%5D=2\n");
    expect_part(outcome.messages, "numres: page 2: HTTP/1.1 503 Service Unavailable, ");
    expect_part(outcome.messages, " s to try again (HTTP 503 Service Unavailable)\n");
    cr_expect_null(strstr(outcome.messages, API_SERVER_KEY));
    cr_expect_null(strstr(outcome.messages, "Bearer"));
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
    api_server_stop(&server);
}
