/* numres extend: by ids, and all reservations that are about to expire. */
#include <criterion/criterion.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "listing.h"
#include "server/data_set.h"
#include "terminal.h"

#define FIRST "12ade33a-21c0-473b-b055-b3c836e1c292"
/* Five minutes before the numbers of reservation 0 expire, at 2018-01-01T00:00:00Z, and
   55 minutes after those of reservation 1 did. */
#define NOW "NUMRES_NOW=2017-12-31T23:55:00Z"

/* The next reservation's id. */
#define SECOND "dbd23897-3a2b-448a-81e5-5eede31428f0"

TestSuite(tool_extend, .init = directory_enter, .fini = directory_leave);

Test(tool_extend, sends_no_body_and_shows_the_reservation) {
    api_server server = api_server_start(3, NULL);
    expect_asking(&server, "extend --format ids " FIRST, NULL, 0, FIRST "\n", "");
    expect_requests(&server, 1);
    expect_field(&server, 0, 1, "POST");
    expect_field(&server, 0, 2, "/v2/number_reservations/" FIRST "/actions/extend");
    expect_field(&server, 0, 9, "-");
    expect_field(&server, 0, 10, "0");
    api_server_stop(&server);
}

Test(tool_extend, each_has_a_key_of_its_own) {
    api_server server = api_server_start(3, NULL);
    char keys[2][64];
    expect_asking(&server, "extend --format ids " FIRST " " SECOND, NULL, 0, FIRST "\n" SECOND "\n",
                  "");
    for (size_t at = 0; at < 2; at++)
        api_server_field(&server, at, 8, keys[at], sizeof keys[at]);
    cr_expect_eq(strlen(keys[0]), 36);
    cr_expect_str_neq(keys[0], keys[1]);
    api_server_stop(&server);
}

/* On a reused connection, libcurl would send it again unasked. */
Test(tool_extend, is_sent_once_also_after_another_request) {
    api_server server = api_server_start(3, RULES("operation=extend;attempt=2;drop"));
    expect_asking(&server, "extend --format ids " FIRST " " SECOND, NULL, 3, FIRST "\n",
                  "it may have been carried out anyway; check before you try again "
                  "(Idempotency-Key: ");
    expect_requests(&server, 2);
    api_server_stop(&server);
}

Test(tool_extend, a_refused_one_does_not_stop_the_others) {
    api_server server = api_server_start(3, RULES("operation=extend;attempt=1;status=422"));
    expect_asking(&server, "extend --format ids " FIRST " " SECOND, NULL, 4, SECOND "\n",
                  "HTTP 422");
    api_server_stop(&server);
}

Test(tool_extend, a_temporary_failure_does_not_stop_the_others) {
    static const char *const rules[] = {"operation=extend;attempt=1;status=503",
                                        "operation=extend;attempt=1;status=429",
                                        "operation=extend;attempt=1;drop"};
    for (size_t at = 0; at < sizeof rules / sizeof *rules; at++) {
        api_server server = api_server_start(3, RULES(rules[at]));
        expect_asking(&server, "extend --max-retries 0 --format ids " FIRST " " SECOND, NULL,
                      at == 2 ? 3 : 4, SECOND "\n", NULL);
        expect_requests(&server, 2);
        api_server_stop(&server);
    }
}

Test(tool_extend, a_refused_key_ends_it_and_the_rest_is_named) {
    api_server server = api_server_start(30, RULES("operation=extend;attempt=1;status=401"));
    expect_asking(&server, "extend --format ids " FIRST " " SECOND " x", NULL, 4, "",
                  "numres: not tried: " SECOND " x\n");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

/* Even if nothing can be shown, the user is told that the POST was carried out. */
Test(tool_extend, a_failed_output_does_not_hide_it) {
    static const char *const formats[] = {"ids", "table", "xlsx"};
    for (size_t at = 0; at < 3; at++) {
        char line[128];
        api_server server = api_server_start(3, NULL);
        listing_run run;
        snprintf(line, sizeof line, "extend --format %s " FIRST " " SECOND, formats[at]);
        asking_prepare(&run, &server, line, NULL);
        run.invocation.output_to = "/dev/full";
        outcome outcome = process_run(&run.invocation);
        cr_expect_eq(outcome.exit_code, 3);
        expect_part(outcome.messages,
                    "numres: " FIRST ": it was carried out, although the output failed; to see "
                    "it: numres get " FIRST "\n");
        expect_part(outcome.messages, at == 2 ? "; to see it: numres get " SECOND "\n"
                                              : "numres: not tried: " SECOND "\n");
        outcome_free(&outcome);
        api_server_stop(&server);
    }
}

/* Only closing says that the disk is full: it is unknown which of them are lost. */
Test(tool_extend, an_output_that_fails_at_the_end_does_not_hide_it) {
    api_server server = api_server_start(3, NULL);
    expect_asking(&server, "extend --format ids " FIRST " " SECOND, "NUMRES_CLOSE_FAULT=1", 3, NULL,
                  "numres: " FIRST ": it was carried out, although the output failed; to see it: "
                  "numres get " FIRST "\nnumres: " SECOND
                  ": it was carried out, although the output failed; to see it: numres get " SECOND
                  "\n");
    expect_requests(&server, 2);
    api_server_stop(&server);
}

#define NO_TEMPORARY_FILE                                                                          \
    "numres: the workbook's temporary file cannot be created in TMPDIR (default /tmp): No such "   \
    "file or directory\n"

/* The workbook is written to a temporary file first. */
Test(tool_extend, a_workbook_that_cannot_begin_is_told_before_anything_is_sent) {
    api_server server = api_server_start(3, NULL);
    expect_asking(&server, "extend --format xlsx " FIRST " " SECOND, "TMPDIR=/nowhere", 3, "",
                  NO_TEMPORARY_FILE);
    expect_asking(&server, "create --format xlsx +13125550123", "TMPDIR=/nowhere", 3, "",
                  NO_TEMPORARY_FILE);
    expect_requests(&server, 0);
    api_server_stop(&server);
}

Test(tool_extend, a_workbook_that_cannot_end_does_not_hide_it) {
    api_server server = api_server_start(3, NULL);
    listing_run run;
    asking_prepare(&run, &server, "extend --format xlsx " FIRST " " SECOND, NULL);
    run.invocation.file_size = 3000; /* too small for the workbook, but not for the messages */
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, "numres: the workbook cannot be written: ");
    expect_part(outcome.messages, "; to see it: numres get " FIRST "\n");
    expect_part(outcome.messages, "; to see it: numres get " SECOND "\n");
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_extend, without_a_reader_nothing_is_tried) {
    api_server server = api_server_start(3, NULL);
    listing_run run;
    asking_prepare(&run, &server, "extend " FIRST " " SECOND, NULL);
    run.invocation.output_closed_pipe = 1;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 128 + SIGPIPE);
    expect_part(outcome.messages, "numres: not tried: " FIRST " " SECOND "\n");
    expect_requests(&server, 0);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_extend, chooses_what_expires_in_time) {
    api_server server = api_server_start(30, NULL);
    expect_asking(&server, "extend --format ids --yes --expires-within 10m", NOW, 0, FIRST "\n",
                  "");
    expect_requests(&server, 2);
    expect_field(&server, 0, 3, "page%5Bsize%5D=250");
    /* It was extended, so it expires later now. */
    expect_asking(&server, "extend --format ids --yes --expires-within 10m", NOW, 0, "",
                  "numres: no reservation expires within 10m\n");
    expect_requests(&server, 3);
    expect_asking(&server, "extend --format ids --yes --expires-within 600", NOW, 0, "",
                  "numres: no reservation expires within 600 s\n");
    api_server_stop(&server);
}

/* In the words of numres list. */
Test(tool_extend, a_list_that_may_be_incomplete_is_told) {
    api_server server = api_server_start(30, RULES("operation=list;total-results=100"));
    expect_asking(
        &server, "extend --format ids --yes --expires-within 10m", NOW, 5, FIRST "\n",
        "numres: page 1: the list may be incomplete: the API counts 100, but 30 arrived; run the "
        "command again\n");
    expect_requests(&server, 2);
    api_server_stop(&server);
    server = api_server_start(
        30, RULES("operation=list;total-results=100", "operation=extend;status=503"));
    expect_asking(&server, "extend --format ids --yes --expires-within 10m --dry-run", NOW, 5,
                  FIRST "\n", "the list may be incomplete");
    api_server_stop(&server);
}

Test(tool_extend, a_list_that_repeats_its_pages_is_told) {
    api_server server = api_server_start(1000, RULES("operation=list;data-page=1"));
    expect_asking(&server, "extend --format ids --yes --expires-within 10m", NOW, 5, FIRST "\n",
                  "the list may be incomplete: the last pages held nothing but reservations that "
                  "were shown before; the server may ignore page numbers; to extend others, name "
                  "their ids\n");
    api_server_stop(&server);
}

Test(tool_extend, a_wrong_page_is_told) {
    api_server server = api_server_start(1000, RULES("operation=list;page=2;page-number=1"));
    expect_asking(&server, "extend --format ids --yes --expires-within 10m", NOW, 3, "",
                  "page 2: the response is not the page that was requested; the list may be "
                  "incomplete; run the command again\n");
    api_server_stop(&server);
}

Test(tool_extend, an_empty_page_before_the_last_is_told) {
    api_server server =
        api_server_start(1000, RULES("operation=list;page=1;total-results=none",
                                     "operation=list;page=2;data=empty;total-results=none"));
    expect_asking(&server, "extend --format ids --yes --dry-run --expires-within 10m", NOW, 5,
                  FIRST "\n", "but page 2 is empty");
    api_server_stop(&server);
}

Test(tool_extend, leaves_out_what_expires_later_has_expired_or_failed) {
    api_server server = api_server_start(30, NULL);
    expect_asking(&server, "extend --format ids --yes --expires-within 4m", NOW, 0, "",
                  "no reservation expires");
    /* Number 3 has failed; it would expire at 2017-12-31T20:59:39Z. */
    expect_asking(&server, "extend --format ids --yes --expires-within 1m",
                  "NUMRES_NOW=2017-12-31T20:59:10Z", 0, "", "no reservation expires");
    api_server_stop(&server);
}

Test(tool_extend, a_dry_run_shows_them_and_extends_nothing) {
    api_server server = api_server_start(30, NULL);
    expect_asking(&server, "extend --format ids --dry-run --expires-within 5h",
                  "NUMRES_NOW=2017-12-31T20:01:40Z", 0, NULL, "");
    expect_asking(&server, "extend --format ids --dry-run --expires-within 10m", NOW, 0, FIRST "\n",
                  "");
    expect_requests(&server, 2);
    expect_field(&server, 1, 1, "GET");
    api_server_stop(&server);
}

Test(tool_extend, a_dry_run_with_ids_shows_them_and_extends_nothing) {
    api_server server = api_server_start(3, NULL);
    expect_asking(&server, "extend --format ids --dry-run " FIRST " " SECOND, NULL, 0,
                  FIRST "\n" SECOND "\n", "");
    expect_requests(&server, 2);
    for (size_t line = 0; line < 2; line++)
        expect_field(&server, line, 1, "GET");
    expect_field(&server, 1, 2, "/v2/number_reservations/" SECOND);
    api_server_stop(&server);
}

Test(tool_extend, without_a_terminal_it_does_not_extend_unasked) {
    api_server server = api_server_start(30, NULL);
    expect_asking(&server, "extend --format ids --expires-within 10m", NOW, 2, "",
                  "numres: 1 reservation is about to expire, but there is no terminal to ask on; "
                  "use --yes to extend it or --dry-run to see it\n");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

/* Only numres list has --page-size. */
Test(tool_extend, a_refused_list_is_not_told_to_choose_larger_pages) {
    api_server server = api_server_start(30, RULES("status=429;retry-after=90"));
    expect_asking(&server, "extend --yes --expires-within 10m", NOW, 4, NULL,
                  "HTTP 429 Too Many Requests; try again later; the API asks for a wait of 90 s\n");
    api_server_stop(&server);
}

/* Answers the question at the terminal. */
static void expect_answered(const char *answer, size_t requests, const char *message) {
    api_server server = api_server_start(30, NULL);
    listing_run run;
    asking_prepare(&run, &server, "extend --format ids --expires-within 10m", NOW);
    run.invocation.input = answer;
    run.invocation.input_length = strlen(answer);
    outcome outcome = terminal_run(&run.invocation, TERMINAL_INPUT | TERMINAL_MESSAGES, 80);
    expect_part(outcome.messages, "  " FIRST);
    expect_part(outcome.messages, "Extend this reservation? [y/N] ");
    expect_part(outcome.messages, message);
    cr_expect_eq(outcome.exit_code, 0);
    cr_expect_str_eq(outcome.output, requests == 2 ? FIRST "\n" : "");
    expect_requests(&server, requests);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_extend, asks_on_a_terminal) {
    expect_answered("y\n", 2, "");
    expect_answered("Y\n", 2, "");
    expect_answered("yes\n", 2, "");
    expect_answered("YES\n", 2, "");
    expect_answered("n\n", 1, "nothing was extended");
    expect_answered("\n", 1, "nothing was extended");
    expect_answered("yesterday\n", 1, "nothing was extended");
}

/* A message gives the reason; "no reservations" would be another one. */
Test(tool_extend, a_table_without_rows_says_nothing_more) {
    api_server server = api_server_start(30, NULL);
    listing_run run;
    expect_asking(&server, "extend --expires-within 4m", NOW, 0, "",
                  "numres: no reservation expires within 4m\n");
    /* cron mails whatever is printed. */
    expect_asking(&server, "extend --quiet --yes --expires-within 4m", NOW, 0, "", "");
    asking_prepare(&run, &server, "extend --expires-within 10m", NOW);
    run.invocation.input = "n\n";
    run.invocation.input_length = 2;
    outcome outcome = terminal_run(&run.invocation, TERMINAL_INPUT | TERMINAL_MESSAGES, 80);
    expect_part(outcome.messages, "nothing was extended");
    cr_expect_str_eq(outcome.output, "");
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* The page count of the list does not belong to the reservation. */
Test(tool_extend, progress_names_the_reservation_alone) {
    api_server server = api_server_start(30, RULES("operation=extend;hold"));
    listing_run run;
    asking_prepare(&run, &server, "extend --yes --expires-within 10m", NOW);
    terminal terminal = terminal_start(&run.invocation, TERMINAL_MESSAGES, 200);
    terminal_read_until(&terminal, FIRST);
    api_server_say(&server, "stalled 1");
    api_server_say(&server, "go");
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 0);
    cr_expect_null(strstr(outcome.messages, FIRST " of "), "%s", outcome.messages);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_extend, a_list_that_cannot_be_read_extends_nothing) {
    api_server server = api_server_start(500, RULES("page=2;status=500"));
    expect_asking(&server, "extend --format ids --yes --expires-within 10m", NOW, 4, "",
                  "numres: page 2: the API answered HTTP 500");
    expect_requests(&server, 4);
    api_server_stop(&server);
}

/* Ids come from outside: sent unchecked, these would change the path. */
Test(tool_extend, an_id_that_cannot_be_sent_is_told_and_not_sent) {
    static const char *const ids[] = {"", ".", "..", "a\\u0000b"};
    for (size_t at = 0; at < sizeof ids / sizeof *ids; at++) {
        char page[256];
        char rule[1200];
        char folder[1024];
        snprintf(page, sizeof page,
                 "{\"data\":[{\"id\":\"%s\",\"phone_numbers\":[{\"status\":\"success\","
                 "\"expired_at\":\"2018-01-01T00:00:00Z\"}]}],\"meta\":{\"total_pages\":1}}",
                 ids[at]);
        file_write_text("page.json", page);
        cr_assert_not_null(getcwd(folder, sizeof folder));
        snprintf(rule, sizeof rule, "operation=list;page=1;body=%s/page.json", folder);
        api_server server = api_server_start(0, RULES(rule));
        expect_asking(
            &server, "extend --format ids --yes --expires-within 10m", NOW, 1, "",
            "this reservation is about to expire, but cannot be extended: it has no usable id\n");
        char method[16];
        for (size_t line = 0; line < api_server_requests(&server); line++) {
            api_server_field(&server, line, 1, method, sizeof method);
            cr_expect_str_eq(method, "GET");
        }
        api_server_stop(&server);
    }
}

Test(tool_extend, asks_for_ids_or_a_time) {
    api_server server = api_server_start(1, NULL);
    expect_asking(&server, "extend", NULL, 2, "",
                  "numres extend: name the ids of reservations, or --expires-within; see 'numres "
                  "extend --help'\n");
    expect_asking(&server, "extend --expires-within 10m " FIRST, NULL, 2, "",
                  "numres extend: name ids or --expires-within, not both; see 'numres extend "
                  "--help'\n");
    expect_asking(&server, "extend --expires-within 10x", NULL, 2, "",
                  "numres extend: the value '10x' for '--expires-within' is not a duration such as "
                  "90, 30s, 5m, 1h, 2d or 1w; see 'numres extend --help'\n");
    expect_requests(&server, 0);
    api_server_stop(&server);
}
