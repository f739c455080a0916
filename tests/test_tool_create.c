/* numres create: what it sends and shows, when it sends it again, how it waits. */
#include <criterion/criterion.h>

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "listing.h"
#include "server/data_set.h"

#define CREATE "create --format ids +13125550123"

TestSuite(tool_create, .init = directory_enter, .fini = directory_leave);

Test(tool_create, sends_what_the_official_sdk_sends_and_shows_the_reservation) {
    api_server server = api_server_start(3, NULL);
    expect_asking(&server, "create --format ids --reference MY-REF +13125550123 +13125550124", NULL,
                  0, ids_of(-1, -1), "");
    expect_requests(&server, 1);
    expect_field(&server, 0, 1, "POST");
    expect_field(&server, 0, 2, "/v2/number_reservations");
    expect_field(&server, 0, 9, "application/json");
    expect_field(&server, 0, 11,
                 "{\"phone_numbers\":[{\"phone_number\":\"+13125550123\"},"
                 "{\"phone_number\":\"+13125550124\"}],\"customer_reference\":\"MY-REF\"}");
    api_server_stop(&server);
}

Test(tool_create, shows_the_numbers_of_the_reservation) {
    api_server server = api_server_start(3, NULL);
    listing_run run;
    asking_prepare(&run, &server, "create --format csv +13125550123 +13125550124", NULL);
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 0);
    expect_part(outcome.output, ",+13125550123,pending,");
    expect_part(outcome.output, ",+13125550124,pending,");
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* RFC 9562 section 5.4. */
static void expect_uuid(const char *key) {
    static const char form[] = "xxxxxxxx-xxxx-4xxx-vxxx-xxxxxxxxxxxx";
    cr_assert_eq(strlen(key), strlen(form), "%s", key);
    for (size_t at = 0; form[at] != '\0'; at++) {
        bool is_hex = isxdigit((unsigned char)key[at]) && !isupper((unsigned char)key[at]);
        cr_expect(form[at] == 'x'   ? is_hex
                  : form[at] == 'v' ? strchr("89ab", key[at]) != NULL
                                    : key[at] == form[at],
                  "%s", key);
    }
}

Test(tool_create, each_has_a_key_of_its_own_the_same_for_all_its_tries) {
    api_server server = api_server_start(3, RULES("attempt=1-2;status=429;retry-after=1"));
    char keys[4][64];
    expect_asking(&server, CREATE, NULL, 0, ids_of(-1, -1), "waiting 1.0 s to try again (HTTP 429");
    expect_asking(&server, CREATE, NULL, 0, ids_of(-2, -2), "");
    expect_requests(&server, 4);
    for (size_t at = 0; at < 4; at++)
        api_server_field(&server, at, 8, keys[at], sizeof keys[at]);
    expect_uuid(keys[0]);
    expect_uuid(keys[3]);
    cr_expect_str_eq(keys[1], keys[0]);
    cr_expect_str_eq(keys[2], keys[0]);
    cr_expect_str_neq(keys[3], keys[0]);
    api_server_stop(&server);
}

Test(tool_create, a_refused_connection_is_retried_and_leaves_no_doubt) {
    api_server server = api_server_start(3, NULL);
    listing_run run;
    asking_prepare(&run, &server, CREATE, NULL);
    api_server_stop(&server);
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, "numres: create: the connection failed: ");
    expect_part(outcome.messages, "(tried 3 times)");
    cr_expect_null(strstr(outcome.messages, "carried out"));
    cr_expect_eq(waits_count(), 2);
    outcome_free(&outcome);
}

/* Before TLS is established, nothing has been sent. */
Test(tool_create, without_tls_nothing_is_in_doubt) {
    api_server server = api_server_start(3, NULL);
    listing_run run;
    asking_prepare(&run, &server, CREATE, NULL);
    snprintf(run.variables[1], sizeof run.variables[1], "TELNYX_BASE_URL=https://127.0.0.1:%u/v2",
             server.port);
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, "does not speak TLS");
    cr_expect_null(strstr(outcome.messages, "carried out"));
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_create, a_refusal_is_told_and_nothing_is_in_doubt) {
    api_server server = api_server_start(3, RULES("operation=create;status=422"));
    listing_run run;
    asking_prepare(&run, &server, CREATE, NULL);
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 4);
    expect_part(outcome.messages, "numres: create: the API answered HTTP 422");
    cr_expect_null(strstr(outcome.messages, "carried out"));
    expect_requests(&server, 1);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_create, a_404_doubts_the_base_url_since_no_reservation_was_named) {
    api_server server = api_server_start(3, RULES("operation=create;status=404"));
    expect_asking(&server, "create +13125550123", NULL, 4, "",
                  "numres: create: the API answered HTTP 404 Not Found; check the base URL, which "
                  "must end with the API version: http://");
    api_server_stop(&server);
}

/* The command in the message, which ends its line, really shows the reservation. */
Test(tool_create, what_is_in_doubt_is_told_with_the_command_that_shows_it) {
    api_server server = api_server_start(3, RULES("operation=create;drop"));
    listing_run run;
    asking_prepare(&run, &server, CREATE, NULL);
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 3);
    cr_expect_str_eq(outcome.output, "");
    expect_part(outcome.messages, "numres: create: it may have been carried out anyway; check "
                                  "before you try again (Idempotency-Key: ");
    expect_part(outcome.messages, "): numres list --phone-number +13125550123\n");
    outcome_free(&outcome);
    expect_asking(&server, "list --format ids --phone-number +13125550123", NULL, 0, ids_of(-1, -1),
                  "");
    api_server_stop(&server);
}

Test(tool_create, a_reservation_from_a_response_that_broke_off_is_shown) {
    api_server server = api_server_start(3, RULES("operation=create;length=+5"));
    expect_asking(&server, CREATE, NULL, 3, ids_of(-1, -1),
                  "numres: create: it was carried out, although its response was not read "
                  "completely; to see the result (Idempotency-Key: ");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

Test(tool_create, redirects_are_not_followed) {
    api_server server = api_server_start(3, RULES("operation=create;redirect=same"));
    expect_asking(&server, CREATE, NULL, 3, "",
                  "numres: create: redirects of a POST are not followed: HTTP 302 Found");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

#define UNSEEN                                                                                     \
    "numres: create: it was carried out, although the output failed; to see it (Idempotency-Key: "

/* Even if nothing can be shown, the user is told that the POST was carried out. */
Test(tool_create, a_failed_output_does_not_hide_it) {
    static const char *const lines[] = {CREATE, "create --wait +13125550123"};
    for (size_t at = 0; at < 2; at++) {
        char look[64];
        api_server server = api_server_start(3, NULL);
        listing_run run;
        snprintf(look, sizeof look, "): numres get %.36s\n", ids_of(-1, -1));
        asking_prepare(&run, &server, lines[at], NULL);
        run.invocation.output_to = "/dev/full";
        outcome outcome = process_run(&run.invocation);
        cr_expect_eq(outcome.exit_code, 3);
        expect_part(outcome.messages, UNSEEN);
        expect_part(outcome.messages, look);
        outcome_free(&outcome);
        api_server_stop(&server);
    }
}

/* Only closing says that the disk is full. */
Test(tool_create, an_output_that_fails_at_the_end_does_not_hide_it) {
    api_server server = api_server_start(3, NULL);
    expect_asking(&server, CREATE, "NUMRES_CLOSE_FAULT=1", 3, ids_of(-1, -1), UNSEEN);
    expect_asking(&server, CREATE, "NUMRES_CLOSE_FAULT=1", 3, NULL,
                  "numres: standard output cannot be written: No space left on device\n");
    api_server_stop(&server);
}

Test(tool_create, without_a_reader_nothing_is_sent) {
    api_server server = api_server_start(3, NULL);
    listing_run run;
    asking_prepare(&run, &server, CREATE, NULL);
    run.invocation.output_closed_pipe = 1;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 128 + SIGPIPE);
    expect_part(outcome.messages, "numres: create: nothing was sent: the reader of standard output "
                                  "has left\n");
    expect_requests(&server, 0);
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* The tool still waits for the response and reports it. */
Test(tool_create, a_reader_that_leaves_meanwhile_does_not_hide_it) {
    api_server server = api_server_start(3, RULES("operation=create;hold"));
    listing_run run;
    int ends[2];
    int status = 0;
    int messages = process_temporary_file();
    cr_assert_eq(pipe(ends), 0);
    asking_prepare(&run, &server, CREATE, NULL);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        process_become_tool(&run.invocation, STDIN_FILENO, ends[1], messages);
    }
    close(ends[1]);
    api_server_say(&server, "stalled 1");
    close(ends[0]);
    api_server_say(&server, "go");
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE, "status %d", status);
    char *text = process_whole_file(messages, &(size_t){0});
    expect_part(text, UNSEEN);
    free(text);
    api_server_stop(&server);
}

/* The command uses the same API and the same key. */
Test(tool_create, the_command_that_shows_it_has_the_options_of_the_connection) {
    api_server server = api_server_start(3, RULES("operation=create;drop"));
    char line[256];
    char look[256];
    snprintf(line, sizeof line,
             "create --api-key-file key --format ids +13125550123 --reference A --timeout 9 "
             "--base-url=%s",
             server.base_url);
    snprintf(look, sizeof look,
             "): numres list --api-key-file key --base-url=%s --phone-number +13125550123\n",
             server.base_url);
    file_write_text("key", API_SERVER_KEY);
    cr_assert_eq(chmod("key", 0600), 0);
    expect_asking(&server, line, NULL, 3, "", look);
    api_server_stop(&server);
}

/* What was sent may be carried out by now. */
Test(tool_create, ctrl_c_says_what_is_in_doubt) {
    api_server server = api_server_start(3, RULES("operation=create;hold"));
    listing_run run;
    int status = 0;
    int messages = process_temporary_file();
    asking_prepare(&run, &server, CREATE, NULL);
    pid_t child = fork();
    if (child == 0)
        process_become_tool(&run.invocation, STDIN_FILENO, process_temporary_file(), messages);
    api_server_say(&server, "stalled 1");
    kill(child, SIGINT);
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 130, "status %d", status);
    char *text = process_whole_file(messages, &(size_t){0});
    expect_part(text, "numres: create: it may have been carried out anyway; ");
    free(text);
    api_server_stop(&server);
}

/* ---- --wait ---- */

Test(tool_create, waits_with_growing_pauses_and_shows_it_once) {
    api_server server = api_server_start(3, RULES("operation=create;settle=4"));
    listing_run run;
    asking_prepare(&run, &server, "create --format csv --wait --quiet +13125550123", NULL);
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 0);
    cr_expect_str_eq(outcome.messages, "");
    expect_part(outcome.output, ",+13125550123,success,");
    cr_expect_null(strstr(outcome.output, "pending"));
    expect_requests(&server, 5);
    cr_expect_eq(waits_count(), 4);
    cr_expect_eq(wait_noted(0), 1000);
    cr_expect_eq(wait_noted(1), 1500);
    cr_expect_eq(wait_noted(2), 2250);
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_create, what_has_failed_exits_with_5) {
    static const char *const outcomes[] = {"failure", "failed", "partial_success"};
    for (size_t at = 0; at < sizeof outcomes / sizeof *outcomes; at++) {
        char rule[80];
        snprintf(rule, sizeof rule, "operation=create;outcome=%s", outcomes[at]);
        api_server server = api_server_start(3, RULES(rule));
        expect_asking(&server, CREATE " --wait 10m", NULL, 5, ids_of(-1, -1),
                      "numres: failed, wholly or in part: 1 reservation\n");
        api_server_stop(&server);
    }
}

Test(tool_create, what_is_still_pending_when_the_time_is_over_is_shown_and_exits_with_6) {
    api_server server = api_server_start(3, RULES("operation=create;settle=1000"));
    expect_asking(&server, CREATE " --wait=60", "NUMRES_CLOCK_STEP=500", 6, ids_of(-1, -1),
                  "numres: still pending after 60 s: 1 reservation\n");
    api_server_stop(&server);
}

Test(tool_create, the_whole_run_may_end_before) {
    static const char *const waits[] = {"", "=90"};
    for (size_t at = 0; at < 2; at++) {
        char line[128];
        api_server server = api_server_start(3, RULES("operation=create;settle=1000"));
        snprintf(line, sizeof line, CREATE " --max-time 60 --wait%s", waits[at]);
        expect_asking(&server, line, "NUMRES_CLOCK_STEP=500", 3, ids_of(-1, -1),
                      "the time limit of --max-time was reached\n");
        api_server_stop(&server);
    }
}

Test(tool_create, a_failure_while_waiting_shows_the_reservation_all_the_same) {
    api_server server =
        api_server_start(3, RULES("operation=create;settle=9", "operation=get;status=401"));
    expect_asking(&server, CREATE " --wait", NULL, 4, ids_of(-1, -1), "HTTP 401");
    api_server_stop(&server);
}

Test(tool_create, a_reservation_that_is_not_pending_is_not_waited_for) {
    api_server server = api_server_start(3, RULES("operation=create;settle=0"));
    expect_asking(&server, CREATE " --wait", NULL, 0, ids_of(-1, -1), "");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

Test(tool_create, without_an_id_it_cannot_be_waited_for) {
    char rule[1200];
    char folder[1024];
    file_write_text("made.json", "{\"data\":{\"id\":\"..\",\"status\":\"pending\"}}");
    cr_assert_not_null(getcwd(folder, sizeof folder));
    snprintf(rule, sizeof rule, "operation=create;body=%s/made.json", folder);
    api_server server = api_server_start(3, RULES(rule));
    expect_asking(&server, CREATE " --wait", NULL, 3, "..\n",
                  "numres: create: the new reservation has no usable id, so its status cannot be "
                  "checked again\n");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

#define MADE(numbers)                                                                              \
    "{\"data\":{\"id\":\"x\",\"status\":\"pending\",\"phone_numbers\":[" numbers "]}}"
#define NUMBER(number) "{\"phone_number\":\"" number "\"}"
#define OTHERS "numres: create: the reservation does not hold exactly the phone numbers requested\n"

/* Numbers that are redacted, without a text or not there yet may be the right ones. */
Test(tool_create, other_numbers_than_those_requested_are_told) {
    static const struct {
        const char *body;
        int exit_code;
        const char *message;
    } cases[] = {
        {MADE(NUMBER("+13125550123") "," NUMBER("+13125550124")), 0, ""},
        {MADE(NUMBER("+13125550124") "," NUMBER("+13125xxxxxx")), 0, ""},
        {MADE(NUMBER("+13125550124") ",{}"), 0, ""},
        {MADE(NUMBER("+1312555012x") "," NUMBER("+13125550123")), 0, ""},
        {MADE(""), 0, ""},
        {MADE(NUMBER("+13125550123") "," NUMBER("+13125550123")), 3, OTHERS},
        {MADE(NUMBER("+13125550123") "," NUMBER("+13125550125")), 3, OTHERS},
        {MADE(NUMBER("+13125550123") "," NUMBER("+1312555012")), 3, OTHERS},
        {MADE(NUMBER("+13125550123")), 3, OTHERS},
        {MADE(NUMBER("+13125550123") "," NUMBER("+13125550124") "," NUMBER("+13125550123")), 3,
         OTHERS},
    };
    for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
        file_write_text("made.json", cases[at].body);
        api_server server = api_server_start(1, RULES("operation=create;body=./made.json"));
        expect_asking(&server, CREATE " +13125550124", NULL, cases[at].exit_code, "x\n",
                      cases[at].message);
        api_server_stop(&server);
    }
}

/* The first response is this one, the next has the number requested, and nothing is wrong. */
static void expect_in_the_end(const char *made) {
    file_write_text("made.json", made);
    file_write_text("settled.json", "{\"data\":{\"id\":\"x\",\"status\":\"success\","
                                    "\"phone_numbers\":[" NUMBER("+13125550123") "]}}");
    api_server server = api_server_start(1, RULES("operation=create;body=./made.json",
                                                  "operation=get;body=./settled.json;status=200"));
    expect_asking(&server, CREATE " --wait --quiet", NULL, 0, "x\n", "");
    api_server_stop(&server);
}

/* A number that came in an earlier response is not there twice; what the last one holds
   decides. */
Test(tool_create, each_response_is_compared_by_itself) {
    expect_in_the_end(MADE(NUMBER("+13125550123")));
    expect_in_the_end(MADE(NUMBER("+13125550125")));
}

/* ---- the command line ---- */

Test(tool_create, refuses_numbers_before_anything_is_sent) {
    api_server server = api_server_start(1, NULL);
    expect_asking(&server, "create", NULL, 2, "",
                  "numres create: name the phone numbers to reserve, such as +13125550123; see "
                  "'numres create --help'\n");
    expect_asking(&server, "create +13125550123 13125550124", NULL, 2, "",
                  "numres create: '13125550124' is not an E.164 number, such as +13125550123\n");
    expect_asking(&server, "create +13125550123 +13125550123", NULL, 2, "",
                  "numres create: '+13125550123' is given twice\n");
    expect_asking(&server, "create +13125550123 --wait=soon", NULL, 2, "",
                  "numres create: the value 'soon' for '--wait' is not a duration such as 90, 30s, "
                  "5m, 1h, 2d or 1w; see 'numres create --help'\n");
    expect_asking(&server, "create +13125550123 --reference \xFF", NULL, 2, "",
                  "is not UTF-8 text");
    expect_requests(&server, 0);
    api_server_stop(&server);
}

/* The next word is the value of --wait only if it looks like one. */
Test(tool_create, wait_takes_the_next_word_if_it_begins_with_a_digit) {
    api_server server = api_server_start(1, RULES("operation=create;settle=0"));
    expect_asking(&server, "create --wait +13125550123 --format ids", NULL, 0, ids_of(-1, -1), "");
    expect_asking(&server, "create --format ids --wait 30s +13125550123", NULL, 0, ids_of(-2, -2),
                  "");
    api_server_stop(&server);
}

/* Only 5 and 6 need --wait. */
Test(tool_create, help_tells_which_exit_statuses_need_an_option) {
    outcome outcome =
        process_run(&(invocation){.arguments = (const char *[]){"create", "--help", NULL}});
    expect_part(outcome.output,
                "seconds; 130 interrupted; with --wait: 5 the reservation has failed, wholly or\n"
                "in part, 6 the time limit was reached. The highest applies.\n");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
}
