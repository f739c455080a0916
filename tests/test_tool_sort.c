/* numres show and list: --sort. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "listing.h"
#include "server/data_set.h"

TestSuite(tool_sort, .init = directory_enter, .fini = directory_leave);

#define NUMBER(text, expires) "{\"phone_number\":\"" text "\",\"expired_at\":" expires "}"

/* r3 and r1 have the same instant, written in two ways. */
static const char page[] =
    "{\"data\":["
    "{\"id\":\"r3\",\"customer_reference\":\"b\",\"created_at\":\"2026-01-01T02:00:00+01:00\","
    "\"phone_numbers\":[" NUMBER("+3", "\"2026-01-03T00:00:00Z\"") "," NUMBER(
        "+1",
        "\"2026-01-01T00:00:00Z\"") "]},"
                                    "{\"id\":\"r1\",\"customer_reference\":\"b\",\"created_"
                                    "at\":\"2026-01-01T01:00:00Z\","
                                    "\"phone_numbers\":[" NUMBER(
                                        "+2",
                                        "\"2026-01-02T00:00:"
                                        "00Z\"") "," NUMBER("+4",
                                                            "null") "]},"
                                                                    "{\"id\":\"r2\",\"customer_"
                                                                    "reference\":\"a\","
                                                                    "\"created_at\":\"2026-01-"
                                                                    "01T01:00:00.5Z\"},"
                                                                    "{\"id\":\"r0\"}]}";

static void expect_sorted(const char *words, const char *output) {
    char line[160];
    snprintf(line, sizeof line, "show %s", words);
    expect_run(line, page, 0, output, "");
}

Test(tool_sort, by_a_member_of_reservations) {
    expect_sorted("--format ids --sort reservation_id", "r0\nr1\nr2\nr3\n");
    expect_sorted("--format ids --sort -reservation_id", "r3\nr2\nr1\nr0\n");
    expect_sorted("--format ids --sort reservation_id --reverse", "r3\nr2\nr1\nr0\n");
    expect_sorted("--format ids --sort -reservation_id --reverse", "r0\nr1\nr2\nr3\n");
    /* Numbers keep their order. */
    expect_sorted("--format numbers --sort reservation_id", "+2\n+4\n+3\n+1\n");
}

Test(tool_sort, there_is_nothing_to_reverse_without_it) {
    expect_run("show --reverse", page, 2, "",
               "numres show: --reverse needs --sort; see 'numres show --help'\n");
}

Test(tool_sort, by_one_column_only) {
    expect_run("show --sort -status,id", "", 2, "",
               "numres show: --sort takes one column; see 'numres show --help'\n");
}

Test(tool_sort, equal_ones_stay_as_they_came_and_what_has_no_value_is_last) {
    expect_sorted("--format ids --sort customer_reference", "r2\nr3\nr1\nr0\n");
    expect_sorted("--format ids --sort -customer_reference", "r3\nr1\nr2\nr0\n");
    expect_sorted("--format ids --sort reservation_created_at", "r3\nr1\nr2\nr0\n");
    expect_sorted("--format ids --sort -reservation_created_at", "r2\nr3\nr1\nr0\n");
}

Test(tool_sort, by_a_member_of_numbers_sorts_lines_and_rows) {
    expect_sorted("--format numbers --sort expired_at", "+1\n+2\n+3\n+4\n");
    expect_sorted("--format numbers --sort -expired_at", "+3\n+2\n+1\n+4\n");
    expect_sorted("--format tsv --sort phone_number --columns phone_number,reservation_id",
                  "phone_number\treservation_id\n+1\tr3\n+2\tr1\n+3\tr3\n+4\tr1\n\tr2\n\tr0\n");
    expect_sorted("--format numbers --sort expired_at --limit 2", "+1\n+2\n");
}

Test(tool_sort, by_a_member_of_numbers_sorts_reservations_by_their_first) {
    expect_sorted("--format ids --sort expired_at", "r3\nr1\nr2\nr0\n");
    expect_sorted("--format ids --sort -phone_number", "r1\nr3\nr2\nr0\n");
    expect_sorted("--format ids --sort -phone_number --limit 1", "r1\n");
    expect_run("show --format ndjson --sort phone_number",
               "{\"data\":[{\"id\":\"b\",\"phone_numbers\":[{\"phone_number\":\"+9\"},"
               "{\"phone_number\":\"+2\"}]},{\"id\":\"a\",\"phone_numbers\":[{\"phone_number\":"
               "\"+3\"}]}]}",
               0,
               "{\"id\":\"b\",\"phone_numbers\":[{\"phone_number\":\"+2\"},{\"phone_number\":"
               "\"+9\"}]}\n{\"id\":\"a\",\"phone_numbers\":[{\"phone_number\":\"+3\"}]}\n",
               "");
}

Test(tool_sort, goes_over_all_files_and_after_the_filters) {
    file_write_text("one.json", "{\"data\":[{\"id\":\"c\"},{\"id\":\"a\"}]}");
    file_write_text("two.json", "{\"data\":[{\"id\":\"b\"}]}");
    expect_run("show --format ids --sort reservation_id one.json two.json", "", 0, "a\nb\nc\n", "");
    expect_sorted("--format ids --sort reservation_id --reference b", "r1\nr3\n");
    /* What came before an error is shown. */
    expect_run("show --format ids --sort reservation_id one.json none.json", "", 3, "a\nc\n", NULL);
}

Test(tool_sort, fails_beyond_its_memory_and_shows_nothing) {
    file_write_large_page("large.json");
    expect_run("show --format ids --sort reservation_id --max-memory 64K large.json large.json", "",
               3, "", NULL);
    outcome outcome = process_run(&(invocation){
        .arguments = (const char *const[]){"show", "--format", "ids", "--sort", "reservation_id",
                                           "--max-memory", "64K", "large.json", NULL}});
    expect_part(outcome.messages,
                "the records to be sorted take more than 65536 bytes; raise --max-memory\n");
    outcome_free(&outcome);
    expect_run("show --sort reservation_id --max-memory 1X", "", 2, "", NULL);
    expect_run("show --sort nothing", "", 2, "", NULL);
}

Test(tool_sort, a_list_is_sorted_whole_and_limited_then) {
    api_server server = api_server_start(7, NULL);
    char oldest[64];
    reservation reservation = data_set_reservation(6);
    snprintf(oldest, sizeof oldest, "%s\n", reservation.id);
    expect_listing(&server, "--format ids --page-size 3 --sort reservation_created_at --limit 1", 0,
                   oldest, "numres: stopped by --limit; only the first in this order is shown\n");
    expect_requests(&server, 3);
    expect_listing(&server, "--format ids --sort reservation_created_at --limit 2 --exit-status", 6,
                   NULL, "; only the first 2 in this order are shown\n");
    expect_listing(&server, "--format ids --sort reservation_created_at --limit 1 --quiet", 0,
                   oldest, "");
    expect_listing(&server, "--format ids --sort reservation_created_at --limit 7", 0, NULL, "");
    expect_listing(&server, "--format ids --sort reservation_created_at --resume state", 2, "",
                   "numres list: --sort, which shows nothing before the end, cannot be combined "
                   "with --resume; see 'numres list --help'\n");
    api_server_stop(&server);
}

/* The suggested command can work; the same one from a later page could not. */
Test(tool_sort, a_list_that_takes_too_much_memory_says_how_to_allow_more) {
    api_server server = api_server_start(7, NULL);
    outcome outcome = listing(&server, "--format ids --max-memory 5K --page-size 3 --sort "
                                       "-reservation_created_at");
    cr_expect_eq(outcome.exit_code, 3);
    cr_expect_str_eq(outcome.output, "");
    expect_part(outcome.messages, "raise --max-memory");
    expect_part(outcome.messages,
                "numres: nothing is shown; to sort with more memory: numres list ");
    expect_part(outcome.messages,
                " --page-size 3 --sort -reservation_created_at --max-memory 256M\n");
    cr_expect_null(strstr(outcome.messages, " shown, up to"));
    cr_expect_null(strstr(outcome.messages, "5K"));
    outcome_free(&outcome);
    expect_listing(&server, "--format ids --max-memory 1K --sort reservation_created_at --quiet", 3,
                   "", "raise --max-memory");
    api_server_stop(&server);
}
