/* numres show: --columns, --count, and the formats numbers and jsonl. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "process.h"
#include "rows.h"
#include "terminal.h"

TestSuite(tool_columns, .init = directory_enter, .fini = directory_leave);

static const char page[] =
    "{\"data\":[{\"id\":\"r1\",\"status\":\"pending\",\"customer_reference\":\"a, \\\"b\\\"\\nc\","
    "\"phone_numbers\":[{\"phone_number\":\"+13125550001\",\"status\":\"success\",\"expired\":true,"
    "\"errors\":\"=1\\t2\"},{\"phone_number\":\"+13125550002\",\"status\":null}]},"
    "{\"id\":\"r2\",\"status\":\"pending\",\"customer_reference\":null,\"phone_numbers\":[]}]}";

Test(tool_columns, are_the_fields_of_csv_and_tsv_in_the_chosen_order) {
    expect_run("show --format csv --columns phone_number,customer_reference,errors,expired", page,
               0,
               "phone_number,customer_reference,errors,expired\r\n"
               "+13125550001,\"a, \"\"b\"\"\nc\",\"'=1\t2\",true\r\n"
               "+13125550002,\"a, \"\"b\"\"\nc\",,\r\n"
               ",,,\r\n",
               "");
    expect_run("show --format tsv --keep-formulas --columns errors,customer_reference,errors", page,
               0,
               "errors\tcustomer_reference\terrors\n"
               "=1\\t2\ta, \"b\"\\nc\t=1\\t2\n"
               "\ta, \"b\"\\nc\t\n"
               "\t\t\n",
               "");
    expect_run("show --format csv --columns expired", "{\"data\":[]}", 0, "expired\r\n", "");
}

/* A field that contains the other separator, quotes and a line end is still one field. */
Test(tool_columns, are_for_excel_and_with_semicolons_too) {
    expect_run("show --format csv --excel --delimiter semicolon --columns "
               "created_at,reservation_id,customer_reference",
               "{\"data\":[{\"id\":\"a;b\",\"customer_reference\":\"c,d\\n\\\"e\","
               "\"phone_numbers\":[{\"created_at\":\"2026-01-31T12:00:00.5+01:00\"}]}]}",
               0,
               "\xef\xbb\xbf"
               "created_at;reservation_id;customer_reference\r\n"
               "2026-01-31 11:00:00;\"a;b\";\"c,d\n\"\"e\"\r\n",
               "");
}

/* A value longer than the buffers of the writer and of the tool. */
Test(tool_columns, of_long_values) {
    static char text[4001];
    static char input[4200];
    static char output[4200];
    memset(text, 'x', sizeof text - 1);
    snprintf(input, sizeof input, "{\"data\":[{\"id\":\"r\",\"customer_reference\":\"%s\"}]}",
             text);
    snprintf(output, sizeof output, "customer_reference,reservation_id,status\r\n%s,r,\r\n", text);
    expect_run("show --format csv --columns customer_reference,reservation_id,status", input, 0,
               output, "");
}

Test(tool_columns, of_reservations_alone_have_a_row_for_each_reservation) {
    expect_run("show --format tsv --columns reservation_id,reservation_status", page, 0,
               "reservation_id\treservation_status\nr1\tpending\nr2\tpending\n", "");
    expect_run("show --columns reservation_id,reservation_status", page, 0,
               "RESERVATION_ID                        RESERVATION_STATUS\n"
               "r1                                    pending\n"
               "r2                                    pending\n"
               "\n2 reservations, 2 numbers: 1 success, 1 without a status\n",
               "");
}

Test(tool_columns, are_those_of_the_table_too) {
    expect_run("show --columns phone_number,status,customer_reference", page, 0,
               "PHONE_NUMBER      STATUS           CUSTOMER_REFERENCE\n"
               "+13125550001      success          a, \"b\"\\u000ac\n"
               "+13125550002      -                a, \"b\"\\u000ac\n"
               "-                 -                -\n"
               "\n2 reservations, 2 numbers: 1 success, 1 without a status\n",
               "");
    /* In a pipe, a long value is not cut but shifts the rest of its row. */
    expect_run("show --columns phone_number,expired",
               "{\"data\":{\"phone_numbers\":[{\"phone_number\":\"+1234567890123456789\","
               "\"expired\":false}]}}",
               0,
               "PHONE_NUMBER      EXPIRED\n"
               "+1234567890123456789  false\n"
               "\n1 reservation, 1 number: 1 without a status\n",
               "");
    expect_run("show --columns status", "{\"data\":[]}", 0, "There are no reservations.\n", "");
}

/* The header's zone is that of the first time. */
Test(tool_columns, of_times_are_as_those_of_the_table) {
    static const char times[] =
        "{\"data\":[{\"created_at\":\"2026-01-31T12:00:00.5+01:00\",\"phone_numbers\":[{"
        "\"phone_number\":\"+13125550001\",\"expired_at\":\"2026-01-31T11:30:00Z\"},"
        "{\"phone_number\":\"+13125550002\",\"expired_at\":null}]}]}";
    expect_run("show --columns expired_at,reservation_created_at", times, 0,
               "EXPIRED_AT (UTC)     RESERVATION_CREATED_AT (UTC)\n"
               "2026-01-31 11:30:00  2026-01-31 11:00:00\n"
               "-                    2026-01-31 11:00:00\n"
               "\n1 reservation, 2 numbers: 2 without a status\n",
               "");
    expect_run("show --time raw --columns expired_at,phone_number", times, 0,
               "EXPIRED_AT                   PHONE_NUMBER\n"
               "2026-01-31T11:30:00Z         +13125550001\n"
               "-                            +13125550002\n"
               "\n1 reservation, 2 numbers: 2 without a status\n",
               "");
}

/* As in the table without --columns, statuses and numbers that expire soon are coloured,
   problems have a mark, and the last line names the pages. */
Test(tool_columns, have_colours_marks_and_a_closing_line) {
    static const char input[] =
        "{\"data\":[{\"status\":\"odd\",\"phone_numbers\":[{\"phone_number\":\"+1\",\"status\":"
        "\"success\",\"expired_at\":\"2026-01-01T00:05:00Z\"},{\"phone_number\":\"+2\",\"status\":"
        "7}]},{\"status\":\"partial_success\"}],\"meta\":{\"page_number\":1,\"total_pages\":9,"
        "\"total_results\":18}}";
    static const char *const environment[] = {"NUMRES_NOW=2026-01-01T00:00:00Z", NULL};
    outcome outcome = process_run(&(invocation){
        .arguments = (const char *const[]){"show", "--color", "always", "--columns",
                                           "status,reservation_status,expired_at", NULL},
        .environment = environment,
        .input = input,
        .input_length = strlen(input)});
    cr_expect_str_eq(outcome.output,
                     "\033[1mSTATUS           RESERVATION_STATUS  EXPIRED_AT (UTC)\033[0m\n"
                     "\033[32msuccess\033[0m          \033[35m!odd\033[0m                "
                     "\033[33m2026-01-01 00:05:00\033[0m [1]\n"
                     "\033[35m!7\033[0m               \033[35m!odd\033[0m                - [2]\n"
                     "-                \033[36mpartial_success\033[0m     -\n"
                     "\n2 of 18 reservations, 2 numbers: 1 success, 1 other; page 1 of 9\n");
    expect_part(outcome.messages, "numres: [1] <stdin>:1:20: data[0].status: ");
    expect_part(outcome.messages, "numres: [2] <stdin>:1:");
    outcome_free(&outcome);
}

/* Sorting may separate the rows of a reservation. */
Test(tool_columns, count_a_reservation_with_separate_rows_once) {
    expect_run(
        "show --sort phone_number --columns phone_number",
        "{\"data\":[{\"phone_numbers\":[{\"phone_number\":\"+1\"},{\"phone_number\":\"+3\"}]},"
        "{\"phone_numbers\":[{\"phone_number\":\"+2\"}]}]}",
        0, "PHONE_NUMBER\n+1\n+2\n+3\n\n2 reservations, 3 numbers: 3 without a status\n", "");
}

static void expect_shown_at(unsigned short width, const char *columns, const char *expected) {
    static const char input[] =
        "{\"data\":{\"id\":\"12ade33a-21c0-473b-b055-b3c836e1c292\",\"status\":\"partial_success\","
        "\"phone_numbers\":[{\"phone_number\":\"+13125550001\",\"status\":3}]}}";
    static const char *const environment[] = {"NO_COLOR=1", "NUMRES_NOW=2026-01-01T00:00:00Z",
                                              NULL};
    outcome outcome =
        terminal_run(&(invocation){.arguments = (const char *const[]){"show", "--no-pager",
                                                                      "--columns", columns, NULL},
                                   .environment = environment,
                                   .input = input,
                                   .input_length = strlen(input)},
                     TERMINAL_OUTPUT, width);
    cr_expect(strcmp(outcome.output, expected) == 0, "%d columns showed:\n%s\nnot:\n%s", width,
              outcome.output, expected);
    outcome_free(&outcome);
}

/* Titles and texts are cut; numbers, statuses and times never are. Columns without room
   are named. */
Test(tool_columns, of_a_terminal_are_as_wide_as_it_is) {
    static const char columns[] =
        "phone_number,reservation_status,reservation_id,expired_at,errors";
    static const char below[] = "\n1 reservation, 1 number: 1 other\n";
    char expected[600];
    snprintf(expected, sizeof expected,
             "PHONE_NUMBER      RESERVATION_STATUS\n"
             "+13125550001      partial_success [1]\n"
             "\nNo room for reservation_id, expired_at,\nerrors; --wide shows all\n%s",
             below);
    expect_shown_at(40, columns, expected);
    snprintf(expected, sizeof expected,
             "PHONE_NUMBER      RESERVATION_...  RESERVATI...  EXPIRED_AT (UTC)  ERRORS\n"
             "+13125550001      partial_success  12ade33a-...  -                 - [1]\n%s",
             below);
    expect_shown_at(79, columns, expected);
}

/* It is winter now, and the first time is in summer. A time in winter shows its own offset. */
Test(tool_columns, name_the_zone_of_their_first_time) {
    static const char summer[] = "{\"data\":{\"phone_numbers\":[{\"expired_at\":null,"
                                 "\"created_at\":\"2026-08-03T10:00:00Z\"},"
                                 "{\"expired_at\":\"2026-01-03T10:00:00Z\"}]}}";
    static const char *const environment[] = {"TZ=CET-1CEST,M3.5.0,M10.5.0/3",
                                              "NUMRES_NOW=2026-01-01T00:00:00Z", NULL};
    outcome outcome = process_run(
        &(invocation){.arguments = (const char *const[]){"show", "--time", "local", "--columns",
                                                         "expired_at,created_at", NULL},
                      .environment = environment,
                      .input = summer,
                      .input_length = strlen(summer)});
    expect_part(outcome.output, "EXPIRED_AT (CEST)       CREATED_AT (CEST)\n");
    expect_part(outcome.output, "-                       2026-08-03 12:00:00\n");
    expect_part(outcome.output, "2026-01-03 11:00:00+01  -\n");
    outcome_free(&outcome);
}

/* For tests at a terminal it is always 2026-01-01T00:00:00Z. */
Test(tool_columns, what_expires_soon_is_told_at_a_terminal) {
    static const char soon[] =
        "{\"data\":{\"phone_numbers\":[{\"expired_at\":\"2026-01-01T00:12:30Z\","
        "\"created_at\":\"2026-01-01T00:12:30Z\"}]}}";
    outcome outcome = terminal_run(
        &(invocation){.arguments = (const char *const[]){"show", "--no-pager", "--columns",
                                                         "expired_at,created_at", NULL},
                      .input = soon,
                      .input_length = strlen(soon)},
        TERMINAL_OUTPUT, 80);
    expect_part(outcome.output, "in 12 min ");
    expect_part(outcome.output, "2026-01-01 00:12");
    outcome_free(&outcome);
}

static void expect_grid_at_terminal(const char *option, const char *row) {
    static const char wide_page[] =
        "{\"data\":{\"phone_numbers\":[{\"phone_number\":\"+1234567890123456789\",\"expired\":"
        "false}]}}";
    outcome outcome = terminal_run(
        &(invocation){.arguments = (const char *const[]){"show", "--no-pager", "--columns",
                                                         "phone_number,expired", option, NULL},
                      .input = wide_page,
                      .input_length = sizeof wide_page - 1},
        TERMINAL_OUTPUT, 80);
    cr_expect_eq(outcome.exit_code, 0, "%s", outcome.messages);
    expect_part(outcome.output, row);
    outcome_free(&outcome);
}

Test(tool_columns, of_a_terminal_are_cut_unless_wide) {
    expect_grid_at_terminal(NULL, "+123456789012...  false");
    expect_grid_at_terminal("--wide", "+1234567890123456789  false");
}

/* Each column of the header can be selected, and has the same value as in the whole row. */
Test(tool_columns, are_all_that_the_header_of_csv_has) {
    row shown = {{NULL}};
    char words[1024] = "show --format csv --columns ";
    size_t before = strlen(words);
    const char *header = NO_ROWS(',');
    size_t length = strcspn(header, "\r");
    snprintf(words + before, sizeof words - before, "%.*s", (int)length, header);
    shown.values[ROW_RESERVATION_ID] = "r2";
    shown.values[ROW_RESERVATION_STATUS] = "pending";
    expect_run(words, "{\"data\":{\"id\":\"r2\",\"status\":\"pending\"}}", 0,
               rows_text(',', &shown, 1), "");
}

static void expect_refused(const char *words, const char *message) {
    char whole[600];
    snprintf(whole, sizeof whole, "%s; see 'numres show --help'\n", message);
    expect_run(words, "", 2, "", whole);
}

Test(tool_columns, a_wrong_one_is_refused_with_the_known_names) {
    char message[512];
    const char *header = NO_ROWS(',');
    size_t length = 0;
    length = (size_t)snprintf(message, sizeof message,
                              "numres show: unknown column 'q'; known ones are: ");
    for (const char *at = header; *at != '\r' && length < sizeof message - 3; at++) {
        message[length++] = *at;
        if (*at == ',')
            message[length++] = ' ';
    }
    message[length] = '\0';
    expect_refused("show --columns phone_number,q", message);
    expect_run("show --columns phone_numbr", "", 2, "",
               "numres show: unknown column 'phone_numbr'; did you mean 'phone_number'? See "
               "'numres show --help'\n");
    expect_refused("show --columns id --format ndjson",
                   "numres show: the value 'ndjson' for '--format' does not support --columns; use "
                   "table, csv, tsv or xlsx");
    expect_refused("show --count --format ids",
                   "numres show: the value 'ids' for '--format' does not support --count; use "
                   "table, ndjson, json, csv or tsv");
    expect_refused("show --columns id --count",
                   "numres show: --columns cannot be combined with --count");
}

/* ---- counts ---- */

static const char counted[] =
    "{\"data\":[{\"status\":\"success\",\"phone_numbers\":[{\"status\":\"success\"},{\"status\":"
    "\"failed\"},{}]},{\"status\":\"success\"},{\"status\":\"failure\",\"phone_numbers\":"
    "[{\"status\":\"failed\"}]},{\"status\":null}]}";

Test(tool_columns, counts_are_shown_in_every_format_of_rows) {
    expect_run("show --count", counted, 0,
               "STATUS           RESERVATIONS   NUMBERS\n"
               "success                     2         1\n"
               "failure                     1         0\n"
               "failed                      0         2\n"
               "none                        1         1\n"
               "total                       4         4\n",
               "");
    expect_run("show --count --format csv --number-status failed", counted, 0,
               "status,reservations,phone_numbers\r\nsuccess,1,0\r\nfailure,1,0\r\nfailed,0,2\r\n",
               "");
    expect_run("show --count --format tsv --status failure", counted, 0,
               "status\treservations\tphone_numbers\nfailure\t1\t0\nfailed\t0\t1\n", "");
    expect_run("show --count --format jsonl --status failure", counted, 0,
               "{\"status\":\"failure\",\"reservations\":1,\"phone_numbers\":0}\n"
               "{\"status\":\"failed\",\"reservations\":0,\"phone_numbers\":1}\n",
               "");
    expect_run("show --count --format json --status failure", counted, 0,
               "{\"counts\":[{\"status\":\"failure\",\"reservations\":1,\"phone_numbers\":0},"
               "{\"status\":\"failed\",\"reservations\":0,\"phone_numbers\":1}]}\n",
               "");
    expect_run("show --count --format json", "{\"data\":[]}", 0, "{\"counts\":[]}\n", "");
    expect_run("show --count --format csv", "{\"data\":{\"status\":\"odd\"}}", 1,
               "status,reservations,phone_numbers\r\nother,1,0\r\n", NULL);
}

Test(tool_columns, only_the_table_of_counts_is_coloured) {
    expect_run("show --count --color always", "{\"data\":[{\"status\":\"success\"},{}]}", 0,
               "\033[1mSTATUS           RESERVATIONS   NUMBERS\033[0m\n"
               "\033[32msuccess\033[0m                     1         0\n"
               "none                        1         0\n"
               "total                       2         0\n",
               "");
    expect_run("show --count --color always --format tsv", "{\"data\":{\"status\":\"success\"}}", 0,
               "status\treservations\tphone_numbers\nsuccess\t1\t0\n", "");
}

Test(tool_columns, what_was_counted_before_an_error_is_not_the_total) {
    expect_run("show --count", "{\"data\":[{\"status\":\"success\"},", 3,
               "STATUS           RESERVATIONS   NUMBERS\n"
               "success                     1         0\n"
               "so far                      1         0\n",
               NULL);
    expect_run("show --columns reservation_id", "{\"data\":[{\"id\":\"a\"},", 3,
               "RESERVATION_ID\na\n\n1 reservation, 0 numbers (incomplete list)\n", NULL);
    expect_run("show --columns reservation_id",
               "{\"data\":[{\"id\":\"a\"}],\"meta\":{\"page_number\":1,\"total_pages\":1}}{", 3,
               "RESERVATION_ID\na\n\n1 reservation, 0 numbers; page 1 of 1 (incomplete list)\n",
               NULL);
}

/* ---- formats ---- */

Test(tool_columns, numbers_are_lines) {
    expect_run("show --format numbers", page, 0, "+13125550001\n+13125550002\n", "");
    expect_run("show --format numbers",
               "{\"data\":{\"phone_numbers\":[{\"phone_number\":\"+1\\n2\"},{\"id\":\"x\"}]}}", 1,
               "+1\\u000a2\n",
               "numres: <stdin>:1:63: a number of this reservation has no phone_number to show\n");
}

Test(tool_columns, jsonl_is_ndjson) {
    expect_run("show --format jsonl", "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}", 0,
               "{\"id\":\"a\"}\n{\"id\":\"b\"}\n", "");
}

Test(tool_columns, a_leap_second_is_shown_as_it_is) {
    expect_run("show --time utc --columns expired_at,reservation_created_at",
               "{\"data\":[{\"created_at\":\"2016-12-31T23:59:60Z\",\"phone_numbers\":[{"
               "\"expired_at\":\"2016-12-31T23:59:60.5Z\"}]}]}",
               0,
               "EXPIRED_AT (UTC)     RESERVATION_CREATED_AT (UTC)\n"
               "2016-12-31 23:59:60  2016-12-31 23:59:60\n"
               "\n1 reservation, 1 number: 1 without a status\n",
               "");
}
