/* numres list: its messages about ends and about unusable responses. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "listing.h"

TestSuite(tool_list_words, .init = directory_enter, .fini = directory_leave);

static void expect_said(const char *rule, const char *arguments, int exit_code,
                        const char *message) {
    api_server server = api_server_start(55, RULES(rule));
    expect_listing(&server, arguments, exit_code, NULL, message);
    api_server_stop(&server);
}

/* An account without funds. */
Test(tool_list_words, the_status_is_named) {
    expect_said("status=402", "", 4, "the API answered HTTP 402 Payment Required\n");
}

Test(tool_list_words, a_failure_is_followed_by_how_to_go_on) {
    file_write_text("it's", API_SERVER_KEY);
    cr_assert_eq(chmod("it's", 0600), 0);
    expect_said("page=2;status=422", "--format ids --page-size 10", 4,
                "numres: 10 reservations shown, up to page 1 of 6; to continue: numres list "
                "--format ids --page-size 10 --page-number 2\n");
    expect_said("page=2;status=422", "--format ids --api-key-file ./it's --page-number=1", 4,
                "numres list --format ids --api-key-file './it'\\''s' --page-number 2\n");
    expect_said("page=2;status=422", "--format ids --resume state", 4,
                "numres: 20 reservations shown, up to page 1 of 3; to continue: numres list "
                "--format ids --resume state\n");
}

/* It was read, and reported as one without an id. */
Test(tool_list_words, a_reservation_without_an_id_is_not_counted_as_shown) {
    file_write_text("page.json",
                    "{\"data\":[{\"id\":\"a\"},{\"status\":\"pending\"},{\"id\":\"b\"}],\"meta\":"
                    "{\"page_number\":1,\"page_size\":3,\"total_pages\":2,\"total_results\":6}}");
    expect_said("page=1;body=./page.json", "--format ids --max-pages 1", 1,
                "numres: stopped by --max-pages; there is more: 2 reservations shown, up to page 1 "
                "of 2; to continue: ");
    expect_said("page=1;body=./page.json", "--format ndjson --max-pages 1", 0,
                "there is more: 3 reservations shown, up to page 1 of 2; to continue: ");
}

/* What the filters leave out need not be read again either. */
Test(tool_list_words, a_failure_after_a_page_without_a_match_says_how_to_go_on) {
    expect_said("page=2;status=422", "--format ids --phone-number +1999*", 4,
                "numres: 0 reservations shown, up to page 1 of 3; to continue: numres list "
                "--format ids --phone-number '+1999*' --page-number 2\n");
    expect_said("page=1;cut=9000", "--format ids --phone-number +1999* --max-retries 0", 3,
                "; to continue, which reads the first ");
    api_server server = api_server_start(55, RULES("page=1;status=422"));
    outcome outcome = listing(&server, "--format ids --expired");
    cr_expect_null(strstr(outcome.messages, "to continue"), "%s", outcome.messages);
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* The same limit again would show the same records again. */
Test(tool_list_words, the_command_to_go_on_goes_beyond_the_limit) {
    static const char *const limits[] = {"--max-items 7", "--max-items=7", "--limit 7",
                                         "-n 7",          "-n7",           "-n=7"};
    for (size_t at = 0; at < sizeof limits / sizeof *limits; at++) {
        char arguments[80];
        snprintf(arguments, sizeof arguments, "%s --format ids", limits[at]);
        expect_said("page=9", arguments, 0,
                    "up to page 1; to continue, which shows the first 7 of that page again: numres "
                    "list --format ids --page-number 1\n");
    }
    expect_said("page=9", "--format ids --max-items 21", 0,
                "; to continue, which shows the first of that page again: numres list --format ids "
                "--max-items 21 --page-number 2\n");
    expect_said("page=9", "--format ids --max-items 25", 0,
                "; to continue, which shows the first 5 of that page again: numres list --format "
                "ids --max-items 25 --page-number 2\n");
    expect_said("page=9", "--format ids --page-size 20 --max-items 20", 0,
                "; to continue: numres list --format ids --page-size 20 --max-items 20 "
                "--page-number 2\n");
}

/* `left` is what the command keeps of the options. It really goes on. */
static void expect_gone_on(const char *options, const char *left) {
    api_server server = api_server_start(55, NULL);
    char command[200];
    outcome first = listing(&server, options);
    snprintf(command, sizeof command, "; to continue: numres list%s --page-number 2\n", left);
    cr_expect_eq(first.exit_code, 0, "%s", first.messages);
    cr_expect_str_eq(first.output, ids_of(0, 19));
    expect_part(first.messages, command);
    outcome_free(&first);
    snprintf(command, sizeof command, "%s --page-number 2", left);
    outcome second = listing(&server, command);
    cr_expect_eq(strncmp(second.output, ids_of(20, 39), strlen(ids_of(20, 39))), 0, "%s shows %s",
                 command, second.output);
    outcome_free(&second);
    api_server_stop(&server);
}

Test(tool_list_words, the_command_to_go_on_takes_letters_apart) {
    expect_gone_on("-vn20 -oids --page-size 20", " -v -n 20 -o ids --page-size 20");
    expect_gone_on("-voids --max-pages=1", " -v -o ids --max-pages=1");
    expect_gone_on("-vvo ids --max-pages 1 --", " -v -v -o ids --max-pages 1");
    expect_gone_on("-o=ids --max-pages 1 --page-number 1", " -o ids --max-pages 1");
    expect_said("page=9", "-voids -n7", 0,
                "; to continue, which shows the first 7 of that page again: numres list -v -o ids "
                "--page-number 1\n");
    expect_said("page=9", "-oids -vn=7", 0, " again: numres list -o ids -v --page-number 1\n");
}

Test(tool_list_words, the_command_to_go_on_can_hold_a_line_feed) {
    static const char *const words[] = {
        "list", "--reference", "one\ttwo\nthree", "--page-size", "1", "--max-pages", "1", NULL};
    api_server server = api_server_start(55, NULL);
    listing_run run;
    listing_prepare(&run, &server, "");
    run.invocation.arguments = words;
    outcome outcome = process_run(&run.invocation);
    expect_part(outcome.messages, "to continue: numres list --reference $'one\\011two\\012three' "
                                  "--page-size 1 --max-pages 1 --page-number 2\n");
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_words, a_table_that_is_not_whole_says_so_in_its_last_line) {
    static const struct {
        const char *arguments, *end;
    } cases[] = {{"--max-pages 1", ";\npage 1 of 3 (incomplete list)\n"},
                 {"--max-items 5", "; part of page 1\n(incomplete list)\n"},
                 {"--max-items 25", ";\npage 1 of 3 and part of page 2 (incomplete list)\n"},
                 {"--max-pages 3", ";\npages 1 to 3 of 3\n"}};
    api_server server = api_server_start(55, NULL);
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        outcome outcome = listing(&server, cases[at].arguments);
        const char *last = strrchr(outcome.output, ';');
        cr_assert_not_null(last);
        cr_expect_str_eq(last, cases[at].end);
        outcome_free(&outcome);
    }
    api_server_stop(&server);
}

/* Neither counts nor a sorted table look like those of the whole list. */
Test(tool_list_words, counts_of_a_list_that_broke_off_are_no_total) {
    api_server server = api_server_start(55, RULES("page=2;status=422"));
    outcome outcome = listing(&server, "--count");
    expect_part(outcome.output, "\nso far                     20        ");
    cr_expect(strstr(outcome.output, "total") == NULL);
    outcome_free(&outcome);
    outcome = listing(&server, "--sort reservation_id");
    expect_part(outcome.output, "20 of 55 reservations, ");
    expect_part(outcome.output, "page 1 of 3 (incomplete list)\n");
    outcome_free(&outcome);
    outcome = listing(&server, "--count --max-pages 1");
    expect_part(outcome.output, "\nso far                     20        ");
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* It is longer than one write, and overwrites part of a longer file, which is not cut. */
Test(tool_list_words, an_output_that_fails_within_the_end_is_incomplete) {
    static char old[50000];
    api_server server = api_server_start(1000, NULL);
    listing_run run;
    listing_prepare(&run, &server, "--sort reservation_id --format ids --page-size 250");
    memset(old, '#', sizeof old);
    file_write("out", old, sizeof old);
    run.invocation.output_to = "out";
    run.invocation.file_size = 20000;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, "numres: the output is incomplete; run the command again\n");
    outcome_free(&outcome);
    api_server_stop(&server);
}

static void expect_last_line(const char *rule, const char *end) {
    api_server server = api_server_start(55, RULES(rule));
    outcome outcome = listing(&server, "");
    cr_expect_eq(outcome.exit_code, 5);
    cr_expect_geq(outcome.output_length, strlen(end));
    cr_expect_str_eq(outcome.output + outcome.output_length - strlen(end), end, "%s: %s", rule,
                     outcome.output);
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* The last page was read to its end and is not also named as partial. */
Test(tool_list_words, a_table_that_the_api_contradicts_says_that_it_is_incomplete) {
    expect_last_line("total-results=60", ";\npages 1 to 3 of 3 (incomplete list)\n");
    expect_last_line("page=2;shrink=3", ";\npages 1 to 3 of 3 (incomplete list)\n");
    expect_last_line("page=2;data=empty", ";\npages 1 to 2 of 3 (incomplete list)\n");
    expect_last_line("page=2;data-page=1", ";\npages 1 to 3 of 3 (incomplete list)\n");
    /* That more arrived than it counts does not mean that any is missing. */
    expect_last_line("total-results=20", ";\npages 1 to 3 of 3\n");
}

Test(tool_list_words, an_error_names_the_id_of_its_request) {
    static const char id[] = " (x-request-id: req-7)\n";
    file_write_text("bad.json", "{\"data\":[x]}");
    expect_said("header=X-Request-Id: req-7;status=422", "", 4, id);
    expect_said("header=X-Request-Id: req-7;status=403;body=html", "", 4, id);
    expect_said("header=X-Request-Id: req-7;body=html", "", 3, id);
    expect_said("header=X-Request-Id: req-7;body=errors", "", 4, id);
    expect_said("header=X-Request-Id: req-7;body=./bad.json", "", 3, id);
    expect_said("header=X-Request-Id: req-7;cut=9000", "", 3, id);
    expect_said("header=X-Request-Id: req-7;redirect=other", "", 3, id);
    /* The meta that says so comes last. */
    expect_said("header=X-Request-Id: req-7;page-number=7", "", 3, id);
    expect_said("header=X-Request-Id: req-7;total-results=60", "", 5, id);
}

Test(tool_list_words, headers_are_shown_where_that_is_wanted) {
    static const char rule[] =
        "header=X-Request-Id: req-7;header=x-ratelimit-remaining: 9;header=X-Echo: " API_SERVER_KEY
        ";header=X-Other: 1";
    api_server server = api_server_start(5, RULES(rule));
    outcome some = listing(&server, "--format ids --verbose");
    outcome all = listing(&server, "--format ids --include");
    expect_part(some.messages, "numres: page 1: X-Request-Id: req-7\n");
    expect_part(some.messages, "numres: page 1: x-ratelimit-remaining: 9\n");
    expect_part(some.messages, "numres: page 1: Content-Type: application/json; charset=utf-8\n");
    cr_expect_null(strstr(some.messages, "X-Other"));
    expect_part(all.messages, "numres: page 1: HTTP/1.1 200 OK\n");
    expect_part(all.messages, "numres: page 1: X-Other: 1\n");
    expect_part(all.messages, "numres: page 1: X-Echo: XXXXXXXXXXXXXXXX\n");
    outcome_free(&some);
    outcome_free(&all);
    api_server_stop(&server);
}

/* In full, and where a text is cut. */
Test(tool_list_words, a_key_that_the_api_quotes_is_hidden) {
    char text[1400];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    memcpy(text, "{\"errors\":[{\"title\":\"no key " API_SERVER_KEY " here\",\"detail\":\"", 56);
    memcpy(text + 1050, API_SERVER_KEY "\"}]}", sizeof API_SERVER_KEY + 4);
    file_write_text("errors.json", text);
    api_server server = api_server_start(5, RULES("body=./errors.json;status=401"));
    outcome outcome = listing(&server, "--format ids");
    expect_part(outcome.messages, "no key XXXXXXXXXXXXXXXX here");
    cr_expect_null(strstr(outcome.messages, "KEY-of-t"), "%s", outcome.messages);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_words, a_byte_order_mark_is_told) {
    file_write_text("page.json", "\xef\xbb\xbf{\"data\":[]}");
    expect_said("body=./page.json", "", 3,
                "numres: page 1:1:1: (root): a byte-order mark before the JSON text\n");
}

Test(tool_list_words, utf_16_is_told) {
    static const char little[] = "\xff\xfe{\0}\0";
    static const char big[] = "\0{\0}";
    static const char sentence[] =
        "numres: page 1: the response is UTF-16 or UTF-32, but JSON is UTF-8: its content type is ";
    file_write("little", little, sizeof little - 1);
    file_write("big", big, sizeof big - 1);
    file_write("bare", little + 2, sizeof little - 3);
    expect_said("body=./little", "", 3, sentence);
    expect_said("body=./big", "", 3, sentence);
    expect_said("body=./bare", "", 3, sentence);
}

/* As from a server that stores its pages compressed. */
Test(tool_list_words, a_compressed_body_without_its_header_is_told) {
    static const char gzip[] = "\x1f\x8b\x08\0\0\0\0\0\0\x03";
    static const char zstd[] = "\x28\xb5\x2f\xfd\x24";
    static const char sentence[] = "numres: page 1: the response is compressed, but its "
                                   "Content-Encoding does not say so: its content type is ";
    file_write("gzip", gzip, sizeof gzip - 1);
    file_write("zstd", zstd, sizeof zstd - 1);
    expect_said("body=./gzip", "", 3, sentence);
    expect_said("body=./zstd", "", 3, sentence);
    expect_said("status=422;body=./gzip", "", 4, sentence);
}

Test(tool_list_words, a_header_that_is_too_long_is_told) {
    expect_said("long-header=150000", "", 3,
                "numres: page 1: the request failed: a response header exceeds libcurl's limit of "
                "100 KiB, or numres is out of memory\n");
}

/* Each is short enough, but not all together. */
Test(tool_list_words, headers_that_are_too_long_together_are_told) {
    expect_said("long-header=90000", "--format ids", 0, "");
    expect_said("long-header=90000;long-headers=5", "", 3,
                "numres: page 1: the request failed: the response headers exceed libcurl's limit "
                "of 300 KiB\n");
}

Test(tool_list_words, an_unknown_compression_is_told) {
    expect_said("header=Content-Encoding: rot13", "", 3,
                "numres: page 1: the request failed: libcurl cannot decode the response; its "
                "Content-Encoding is rot13\n");
}

/* RFC 1952 section 2.2 allows several members; libcurl accepts only one. */
Test(tool_list_words, several_members_of_gzip_are_told) {
    cr_assert_eq(system("{ printf '{\"data\":[],' | gzip; printf '\"meta\":{}}' | gzip; } >two.gz"),
                 0);
    expect_said("body=./two.gz;header=Content-Encoding: gzip", "--max-retries 0", 3,
                "numres: page 1: the response cannot be decompressed: it is damaged, or has "
                "several members or trailing bytes\n");
}

/* The connection held: the message is about the response. */
Test(tool_list_words, a_damaged_compression_is_told) {
    static const char rule[] = "body=./page.json;header=Content-Encoding: gzip";
    file_write_text("page.json", "{\"data\":[]}");
    expect_said(rule, "--max-retries 1", 3,
                " s to try again (the response cannot be decompressed)\n"
                "numres: page 1: the response cannot be decompressed: it is damaged, or ");
    file_write_text("page.json", "{\"errors\":[]}");
    expect_said("status=422;body=./page.json;header=Content-Encoding: gzip", "", 4,
                "HTTP 422 Unprocessable Content\nnumres: page 1: the response cannot be "
                "decompressed: it is damaged, or ");
}

Test(tool_list_words, a_response_that_ends_inside_the_json_is_told) {
    file_write_text("page.json", "{\"data\":[");
    expect_said("body=./page.json", "--max-retries 1", 3,
                " s to try again (the response ends in the middle of the JSON)\n"
                "numres: page 1: the response ends in the middle of the JSON (tried 2 times)\n");
}

Test(tool_list_words, bytes_after_the_end_are_reported) {
    file_write_text("page.json", "{\"data\":[]}0");
    expect_said("body=./page.json", "", 3,
                "numres: page 1:1:12: (root): bytes after the end of the document\n");
}

Test(tool_list_words, a_redirect_with_a_space_is_followed) {
    api_server server = api_server_start(5, RULES("redirect=/moved/v2/number reservations"));
    char rule[128];
    expect_listing(&server, "--format ids", 0, ids_of(0, 4), "");
    expect_field(&server, 1, 2, "/moved/v2/number%20reservations");
    api_server_say(&server, "clear");
    snprintf(rule, sizeof rule, "fault redirect=http://127.0.0.1:%u/moved/v2/number reservations",
             server.port);
    api_server_say(&server, rule);
    expect_listing(&server, "--format ids", 0, ids_of(0, 4), "");
    expect_field(&server, 3, 2, "/moved/v2/number%20reservations");
    api_server_stop(&server);
}

static void expect_sent(const char *arguments, const char *query) {
    listing_run run;
    api_server server = api_server_start(5, NULL);
    listing_prepare(&run, &server, arguments);
    const char *environment[] = {run.variables[0], run.variables[1], run.variables[2],
                                 "NUMRES_NOW=2026-08-03T09:33:33Z", NULL};
    run.invocation.environment = environment;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 0, "%s", outcome.messages);
    outcome_free(&outcome);
    expect_field(&server, 0, 3, query);
    api_server_stop(&server);
}

/* It is 2026-08-03T09:33:33Z. */
Test(tool_list_words, times_are_dates_and_spans_too) {
    expect_sent("--created-after 2026-01-31",
                "filter%5Bcreated_at%5D%5Bgt%5D=2026-01-31T00%3A00%3A00Z");
    expect_sent("--created-before 30m", "filter%5Bcreated_at%5D%5Blt%5D=2026-08-03T09%3A03%3A33Z");
    expect_sent("--created-before 24h", "filter%5Bcreated_at%5D%5Blt%5D=2026-08-02T09%3A33%3A33Z");
    expect_sent("--created-before 7d", "filter%5Bcreated_at%5D%5Blt%5D=2026-07-27T09%3A33%3A33Z");
    expect_sent("--created-before 1w", "filter%5Bcreated_at%5D%5Blt%5D=2026-07-27T09%3A33%3A33Z");
    expect_sent("--created-after 2026-01-31T00:00:00+01:00",
                "filter%5Bcreated_at%5D%5Bgt%5D=2026-01-31T00%3A00%3A00%2B01%3A00");
}

Test(tool_list_words, a_number_that_is_no_e164_is_warned_about) {
    expect_said("page=9", "--format ids --phone-number 3125550123", 0,
                "numres list: warning: the value '3125550123' for '--phone-number' is not an E.164 "
                "number, such as +13125550123\n");
    expect_said("page=9", "--format ids --phone-number +13125550123", 0, "");
}
