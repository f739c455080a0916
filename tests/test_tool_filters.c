/* numres show, list and get: filters on reservations and on their numbers. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "listing.h"
#include "server/data_set.h"

TestSuite(tool_filters, .init = directory_enter, .fini = directory_leave);

#define NOW "NUMRES_NOW=2026-08-03T10:00:00Z"

/* A number with this text and status, and the time it expires. */
#define NUMBER(text, status, expires)                                                              \
    "{\"phone_number\":\"" text "\",\"status\":\"" status                                          \
    "\",\"expired_at\":\"2026-08-03T" expires "Z\"}"

static const char page[] =
    "{\"data\":["
    "{\"id\":\"a\",\"status\":\"success\",\"customer_reference\":\"x\","
    "\"created_at\":\"2026-08-03T09:30:00Z\",\"phone_numbers\":[" NUMBER("+13125550001", "success", "10:00:00") "," NUMBER(
        "+13125550002", "success",
        "10:00:01") "," NUMBER("+13125550003", "failed",
                               "10:05:00") "]},"
                                           "{\"id\":\"b\",\"status\":\"pending\",\"customer_"
                                           "reference\":\"\","
                                           "\"created_at\":\"2026-08-03T09:30:00.5Z\",\"phone_"
                                           "numbers\":[" NUMBER(
                                               "+12065550001", "pending",
                                               "10:10:00") "," NUMBER("+1206555xxxx", "success",
                                                                      "10:10:01") "]},"
                                                                                  "{\"id\":\"c\","
                                                                                  "\"status\":"
                                                                                  "\"failure\","
                                                                                  "\"phone_"
                                                                                  "numbers\":["
                                                                                  "{\"phone_"
                                                                                  "number\":\"+"
                                                                                  "13125550009\","
                                                                                  "\"expired\":"
                                                                                  "true}]},"
                                                                                  "{\"id\":\"d\","
                                                                                  "\"status\":"
                                                                                  "\"failed\","
                                                                                  "\"created_at\":"
                                                                                  "\"2026-08-02T00:"
                                                                                  "00:00Z\"}]}";

/* Shows the page with one or two filters, in a format. */
static void expect_shown(const char *format, const char *filter, const char *other,
                         const char *output) {
    const char *arguments[] = {"show", "--format", format, filter, other, NULL};
    outcome outcome = process_run(&(invocation){.arguments = arguments,
                                                .input = page,
                                                .input_length = sizeof page - 1,
                                                .environment = (const char *const[]){NOW, NULL}});
    cr_expect_eq(outcome.exit_code, 0, "%s: %s", filter, outcome.messages);
    cr_expect_str_eq(outcome.output, output, "%s: %s", filter, outcome.output);
    outcome_free(&outcome);
}

Test(tool_filters, of_reservations_leave_others_out) {
    expect_shown("ids", "--status=pending", NULL, "b\n");
    expect_shown("ids", "--status=failure,pending", NULL, "b\nc\n");
    expect_shown("ids", "--reference=x", NULL, "a\n");
    expect_shown("ids", "--reference=y", NULL, "");
    expect_shown("ids", "--created-after=2026-08-03T09:30:00Z", NULL, "b\n");
    expect_shown("ids", "--created-before=2026-08-03T09:30:00.5Z", NULL, "a\nd\n");
    expect_shown("ids", "--created-after=30m", NULL, "b\n");
    expect_shown("ids", "--created-after=31m", "--status=success", "a\n");
    expect_shown("ids", "--created-before=2026-08-03", NULL, "d\n");
}

Test(tool_filters, of_numbers_leave_those_that_pass) {
    expect_shown("numbers", "--number-status=failed,pending", NULL, "+13125550003\n+12065550001\n");
    expect_shown("ids", "--number-status=failed,pending", NULL, "a\nb\n");
    expect_shown("ndjson", "--number-status=failed", NULL,
                 "{\"id\":\"a\",\"phone_numbers\":[{\"phone_number\":\"+13125550003\",\"status\":"
                 "\"failed\",\"expired_at\":\"2026-08-03T10:05:00Z\"}],\"status\":\"success\","
                 "\"customer_reference\":\"x\",\"created_at\":\"2026-08-03T09:30:00Z\"}\n");
    expect_shown("numbers", "--number-status=success", "--status=success",
                 "+13125550001\n+13125550002\n");
}

/* Only numbers that are held expire, after now and up to the last second. */
Test(tool_filters, by_when_a_number_expires) {
    expect_shown("numbers", "--expires-within=10m", NULL, "+13125550002\n+12065550001\n");
    expect_shown("numbers", "--expires-within=601", NULL,
                 "+13125550002\n+12065550001\n+1206555xxxx\n");
    expect_shown("numbers", "--expired", NULL, "+13125550001\n+13125550009\n");
}

Test(tool_filters, by_a_phone_number_or_how_it_begins) {
    expect_shown("numbers", "--phone-number=+13125550002", NULL, "+13125550002\n");
    expect_shown("numbers", "--phone-number=+1312*", NULL,
                 "+13125550001\n+13125550002\n+13125550003\n+13125550009\n");
    expect_shown("ids", "--phone-number=+1312555000", NULL, "");
    /* Redacted digits match any; a redacted filter matches only itself. */
    expect_shown("numbers", "--phone-number=+12065550001", NULL, "+12065550001\n+1206555xxxx\n");
    expect_shown("numbers", "--phone-number=+1206555000*", NULL, "+12065550001\n+1206555xxxx\n");
    expect_shown("numbers", "--phone-number=+1206555xxxx", NULL, "+1206555xxxx\n");
}

static void expect_refused(const char *words, const char *message) {
    expect_run(words, "", 2, "", message);
}

static void expect_status_refused(const char *option, const char *value, const char *word) {
    char arguments[80];
    char message[320];
    snprintf(arguments, sizeof arguments, "show --%s %s", option, value);
    snprintf(message, sizeof message,
             "numres show: unknown %s '%s'; known ones are: %s; see 'numres show --help'\n", option,
             word, listing_statuses);
    expect_refused(arguments, message);
}

Test(tool_filters, that_are_wrong_are_refused_by_every_command) {
    expect_status_refused("number-status", "success,done", "done");
    expect_refused("show --expires-within soon",
                   "numres show: the value 'soon' for '--expires-within' is not a duration such as "
                   "90, 30s, 5m, 1h, 2d or 1w; see 'numres show --help'\n");
    expect_refused("show --status pending,",
                   "numres show: the value 'pending,' for '--status' has an empty item; see "
                   "'numres show --help'\n");
    expect_refused("wait --number-status=,success",
                   "numres wait: the value ',success' for '--number-status' has an empty item; see "
                   "'numres wait --help'\n");
    expect_refused("list --columns=id,,status",
                   "numres list: the value 'id,,status' for '--columns' has an empty item; see "
                   "'numres list --help'\n");
    expect_refused("get --status=",
                   "numres get: the value '' for '--status' is empty; see 'numres get --help'\n");
    expect_refused("get --expires-within 1h --expired id",
                   "numres get: --expires-within cannot be combined with --expired: it never "
                   "matches expired numbers; see 'numres get --help'\n");
    expect_refused("show --created-after yesterday",
                   "numres show: the value 'yesterday' for '--created-after' is not a time such as "
                   "2026-01-31T00:00:00Z, 2026-01-31 or 24h; see 'numres show --help'\n");
    expect_refused("show --phone-number *", "numres show: the value '*' for '--phone-number' is "
                                            "not a phone number; see 'numres show --help'\n");
}

/* ---- exit status and limit ---- */

Test(tool_filters, nothing_shown_has_an_exit_code_of_its_own) {
    expect_run("show --exit-status --format ids --reference none", page, 7, "", "");
    expect_run("show --exit-status --format ids --reference x", page, 0, "a\n", "");
    expect_run("show --format ids --reference none", page, 0, "", "");
    expect_run("show --exit-status --format json", "{\"data\":[]}", 7, "{\"data\":[]}\n", "");
    /* Other exit codes take precedence. */
    expect_run("show --exit-status --format ids", "{\"data\":[", 3, "", NULL);
}

Test(tool_filters, a_limit_ends_the_reading) {
    expect_run("show --format ids --limit 2", page, 0, "a\nb\n", "");
    expect_run("show --format ids --limit 1 --status failed", page, 0, "d\n", "");
    /* What follows is not read: both the rest and the other file would be errors. */
    expect_run("show --format ids --limit 1", "{\"data\":[{\"id\":\"a\"},!", 0, "a\n", "");
    file_write_text("one.json", page);
    expect_run("show --format ids --limit 4 one.json none.json", "", 0, "a\nb\nc\nd\n", "");
    expect_run("show --format ids --limit 5 one.json none.json", "", 3, "a\nb\nc\nd\n", NULL);
}

/* The last line does not look like that of the whole input. */
Test(tool_filters, a_limit_is_told_below_the_table) {
    expect_run("show --limit 1 --columns reservation_id",
               "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}", 0,
               "RESERVATION_ID\na\n\n1 reservation, 0 numbers; stopped by --limit\n", "");
    expect_run("show --limit 1 --columns reservation_id --sort reservation_id",
               "{\"data\":[{\"id\":\"b\"},{\"id\":\"a\"}]}", 0,
               "RESERVATION_ID\na\n\n1 reservation, 0 numbers; stopped by --limit\n", "");
    expect_run("show --limit 1 --columns reservation_id --sort reservation_id",
               "{\"data\":[{\"id\":\"b\"},{\"id\":\"a\"}],\"meta\":{\"page_number\":1}}", 0,
               "RESERVATION_ID\na\n\n1 reservation, 0 numbers; page 1; stopped by --limit\n", "");
    expect_run("show --max-items 2 --columns reservation_id --sort reservation_id",
               "{\"data\":[{\"id\":\"b\"},{\"id\":\"a\"}]}", 0,
               "RESERVATION_ID\na\nb\n\n2 reservations, 0 numbers\n", "");
    expect_run("show --count --max-items 1", "{\"data\":[{\"id\":\"b\"},{\"id\":\"a\"}]}", 0,
               "STATUS           RESERVATIONS   NUMBERS\n"
               "none                        1         0\n"
               "so far                      1         0\n",
               "");
}

Test(tool_filters, a_limit_is_not_zero) {
    expect_run("show --limit 0", "", 2, "",
               "numres show: the value '0' for '--limit' is not a number of 1 or more; see 'numres "
               "show --help'\n");
}

Test(tool_filters, of_both_names_of_the_limit_the_smaller_value_counts) {
    expect_run("show --format ids --max-items 2", page, 0, "a\nb\n", "");
    expect_run("show --format ids --max-items 1 --limit 3", page, 0, "a\n", "");
    expect_run("show --max-items 1 --limit 3 --columns reservation_id",
               "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}", 0,
               "RESERVATION_ID\na\n\n1 reservation, 0 numbers; stopped by --max-items\n", "");
    expect_run("show --max-items 3 --limit 1 --columns reservation_id",
               "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}", 0,
               "RESERVATION_ID\na\n\n1 reservation, 0 numbers; stopped by --limit\n", "");
}

Test(tool_filters, a_time_that_ends_before_it_begins_is_told) {
    static const char warning[] = "numres show: warning: --created-after is not before "
                                  "--created-before, so nothing matches\n";
    expect_run("show --format ids --created-after 2026-02-01 --created-before 2026-01-31", page, 0,
               "", warning);
    expect_run("show --format ids --created-after 2026-02-01 --created-before 2026-02-01", page, 0,
               "", warning);
    expect_run("show --format ids --created-after 1h --created-before 2h", page, 0, "", warning);
    expect_run("show --format ids --created-after 2h --created-before 1h", page, 0, "", "");
}

Test(tool_filters, a_start_without_plus_is_told) {
    expect_run("show --format numbers --phone-number 1312*", page, 0, "",
               "numres show: warning: the value '1312*' for '--phone-number' does not begin with "
               "+, as E.164 numbers do\n");
    expect_run("show --format ids --phone-number +*", "{\"data\":[]}", 0, "", "");
}

Test(tool_filters, verbose_says_which_are_applied) {
    expect_run("show --format ids -v --status failure --expired", "{\"data\":[]}", 0, "",
               "numres: filters applied here: --status, --expired\n");
    expect_run("show --format ids --verbose", "{\"data\":[]}", 0, "", "");
}

/* ---- against the API ---- */

#define SENT "numres: filters sent to the API: "
#define HERE "numres: filters applied here: "

Test(tool_filters, what_the_api_has_is_sent_and_the_rest_is_applied_here) {
    api_server server = api_server_start(12, NULL);
    expect_listing(&server, "--format numbers --status failure --phone-number +12015550125", 0,
                   "+12015550125\n", "");
    expect_field(
        &server, 0, 3,
        "filter%5Bstatus%5D=failure&filter%5Bphone_numbers.phone_number%5D=%2B12015550125");
    expect_listing(&server, "--format ids --status failure,pending --limit 3 --exit-status", 6,
                   NULL, "numres: stopped by --limit; there may be more: 3 reservations");
    expect_field(&server, 1, 3, "-");
    expect_listing(&server, "--format ids --limit 3 --max-items 2", 0, NULL,
                   "numres: stopped by --max-items; there may be more: 2 reservations");
    expect_listing(&server, "--verbose --status failure --number-status failed --format ids", 0, "",
                   SENT "--status\n" HERE "--number-status\n");
    expect_listing(&server, "--number-status failed --format ids --exit-status", 7, "", "");
    api_server_stop(&server);
}

/* Reservations that a filter leaves out do not make the list incomplete, and do not count
   towards the limit. */
Test(tool_filters, what_is_left_out_of_a_list_is_not_missed) {
    api_server server = api_server_start(12, NULL);
    char ids[256] = "";
    size_t length = 0;
    for (int64_t number = 0; number < 12; number++) {
        reservation reservation = data_set_reservation(number);
        if (strcmp(reservation.status, "success") != 0)
            length += (size_t)snprintf(ids + length, sizeof ids - length, "%s\n", reservation.id);
    }
    expect_listing(&server, "--format ids --page-size 2 --status failure,pending", 0, ids, "");
    expect_requests(&server, 6);
    expect_listing(
        &server, "--format ids --page-size 2 --status failure,pending --limit 5", 0, ids,
        "stopped by --limit; there may be more: 5 reservations shown, up to page 6 of 6");
    api_server_stop(&server);
}

/* Without a total of pages, a page without a match does not end the list. */
Test(tool_filters, a_page_that_is_left_out_ends_no_list) {
    api_server server = api_server_start(6, RULES("meta=none"));
    expect_listing(&server, "--format numbers --page-size 1 --phone-number +1201555012*", 0,
                   "+12015550124\n+12015550125\n+12015550126\n+12015550127\n",
                   "numres: page 7: the API named no total");
    api_server_stop(&server);
}

Test(tool_filters, a_list_with_other_filters_is_not_resumed) {
    api_server server = api_server_start(12, NULL);
    expect_listing(&server,
                   "--resume state --page-size 2 --max-pages 1 --status failure,pending "
                   "--format ids --quiet",
                   0, NULL, "");
    expect_listing(&server, "--resume state --page-size 2 --status failure,success --format ids", 2,
                   "", "state belongs to a list with other filters");
    api_server_stop(&server);
}

Test(tool_filters, of_reservations_that_are_named) {
    api_server server = api_server_start(12, NULL);
    char line[256];
    reservation pending = data_set_reservation(5);
    reservation failure = data_set_reservation(3);
    snprintf(line, sizeof line, "get --format ids --status failure %s %s", pending.id, failure.id);
    char output[64];
    snprintf(output, sizeof output, "%s\n", failure.id);
    expect_asking(&server, line, NULL, 0, output, "");
    snprintf(line, sizeof line, "get --format ids --max-items 1 %s %s", failure.id, pending.id);
    expect_asking(&server, line, NULL, 0, output, "");
    expect_requests(&server, 3);
    snprintf(line, sizeof line, "get --exit-status --format ids --expired %s", failure.id);
    expect_asking(&server, line, "NUMRES_NOW=2000-01-01T00:00:00Z", 7, "", "");
    api_server_stop(&server);
}
