/* numres show: the table, byte for byte. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "table_text.h"
#include "terminal.h"

TestSuite(tool_table, .init = directory_enter, .fini = directory_leave);

#define SAMPLE_ID "12ade33a-21c0-473b-b055-b3c836e1c292"

#define SAMPLE_DATA                                                                                \
    "\"data\":[{\"created_at\":\"2018-01-01T00:00:00.000000Z\","                                   \
    "\"customer_reference\":\"MY REF 001\",\"id\":\"" SAMPLE_ID "\","                              \
    "\"phone_numbers\":[{\"created_at\":\"2018-01-01T00:00:00.000000Z\","                          \
    "\"errors\":\"Number is already on hold\",\"expired_at\":\"2018-01-01T00:30:59.000000Z\","     \
    "\"id\":\"" SAMPLE_ID "\",\"phone_number\":\"+19705555098\","                                  \
    "\"record_type\":\"reserved_phone_number\",\"status\":\"pending\","                            \
    "\"updated_at\":\"2018-01-01T00:00:00.000000Z\"},"                                             \
    "{\"status\":\"failure\",\"phone_number\":\"+197055550981234\"}],"                             \
    "\"record_type\":\"number_reservation\",\"status\":\"success\"}]"

#define SAMPLE_ROWS                                                                                \
    "success   MY REF 001                               2018-01-01 00:00:00  " SAMPLE_ID "\n"      \
    "pending     +19705555098      2018-01-01 00:30:59  Number is already on hold\n"               \
    "failure     +197055550981234  -\n"

#define TEN "0123456789"

/* The same at a terminal of 80 columns, where texts are cut. */
static void expect_at_terminal(const char *input, int exit_code, const char *expected) {
    static const char *const arguments[] = {"show", "--no-pager", "page.json", NULL};
    static const char *const environment[] = {"NO_COLOR=1", NULL};
    file_write_text("page.json", input);
    outcome outcome = terminal_run(
        &(invocation){.arguments = arguments, .environment = environment}, TERMINAL_OUTPUT, 80);
    cr_expect(strcmp(outcome.output, expected) == 0, "it showed:\n%s\nnot:\n%s", outcome.output,
              expected);
    cr_expect_eq(outcome.exit_code, exit_code);
    outcome_free(&outcome);
}

static const char numbered_page[] =
    "{\"data\":[],\"meta\":{\"page_number\":%s,\"total_pages\":%s}}";

Test(tool_table, a_reservation_with_its_numbers_under_it) {
    expect_run(
        "show", "{" SAMPLE_DATA ",\"meta\":{\"page_number\":2,\"page_size\":25,\"total_pages\":3}}",
        0, HEADER SAMPLE_ROWS "\n1 reservation, 2 numbers: 1 pending, 1 failure; page 2 of 3\n",
        "");
}

Test(tool_table, one_header_and_one_summary_for_all_files) {
    file_write_text("one.json", "{\"data\":{\"id\":\"one\"}}");
    file_write_text("two.json", "{\"data\":{\"id\":\"two\"}}{\"data\":{\"id\":\"three\"}}");
    expect_run("show one.json two.json", "", 0,
               HEADER "-         " NOTHING "one\n"
                      "-         " NOTHING "two\n"
                      "-         " NOTHING "three\n"
                      "\n3 reservations, 0 numbers\n",
               "");
}

/* Filters may leave out records of other pages too. */
Test(tool_table, a_filtered_page_without_a_match_is_not_named) {
    file_write_text("page.json", "{\"data\":[],\"meta\":{\"page_number\":2,\"total_pages\":3}}");
    const char *arguments[] = {"show", "--status", "failure", "page.json", NULL};
    outcome outcome = process_run(&(invocation){.arguments = arguments});
    cr_expect_str_eq(outcome.output, "No reservation matches the filters.\n");
    outcome_free(&outcome);
}

Test(tool_table, an_empty_page_is_an_empty_table) {
    expect_run("show", "{\"data\":[],\"meta\":{\"total_pages\":1}}", 0,
               "There are no reservations.\n", "");
}

Test(tool_table, no_table_where_nothing_could_be_read) {
    expect_run("show", "{\"errors\":[{\"code\":\"1\"}]}", 4, "", NULL);
    expect_run("show", "?", 3, "", NULL);
}

Test(tool_table, after_an_error_its_last_line_says_that_it_is_not_whole) {
    expect_run("show", "{\"data\":[{\"id\":\"one\"},?", 3,
               HEADER "-         " NOTHING "one\n"
                      "\n1 reservation, 0 numbers (incomplete list)\n",
               "numres: <stdin>:1:23: data[1]: not valid JSON: unexpected character (no JSON token "
               "begins with it)\n");
}

Test(tool_table, every_status_is_counted) {
    expect_run("show",
               "{\"data\":{\"phone_numbers\":[{\"status\":\"success\"},{\"status\":\"pending\"},"
               "{\"status\":\"success\"},{\"status\":\"x\"},{\"status\":\"failure\"},{},"
               "{\"status\":null}]}}",
               1,
               HEADER "-         " NOTHING "-\n"
                      "success     -                 -\n"
                      "pending     -                 -\n"
                      "success     -                 -\n"
                      "!x          - [1]             -\n"
                      "failure     -                 -\n"
                      "-           -                 -\n"
                      "-           -                 -\n"
                      "\n1 reservation, 7 numbers: 1 pending, 2 success, 1 failure, 1 other,\n"
                      "2 without a status\n",
               NULL);
}

/* `pages` holds a page number and a total for each page. */
static void expect_pages(const char *const *pages, size_t count, const char *summary) {
    char input[1000] = "";
    char output[400];
    for (size_t at = 0; at < count; at++) {
        size_t length = strlen(input);
        int added = snprintf(input + length, sizeof input - length, numbered_page, pages[2 * at],
                             pages[2 * at + 1]);
        cr_assert_lt(length + (size_t)added, sizeof input);
    }
    int length = snprintf(output, sizeof output, "There are no reservations%s.\n", summary);
    cr_assert_lt((size_t)length, sizeof output);
    expect_run("show", input, 0, output, "");
}

#define EXPECT_PAGES(summary, ...)                                                                 \
    expect_pages((const char *const[]){__VA_ARGS__},                                               \
                 sizeof((const char *const[]){__VA_ARGS__}) / (2 * sizeof(char *)), (summary))

Test(tool_table, a_page_that_does_not_exist_is_told) {
    expect_run("show", "{\"data\":[],\"meta\":{\"page_number\":3,\"total_pages\":1}}", 0,
               "There is no page 3; the last is page 1.\n", "");
    expect_run("show --status pending",
               "{\"data\":[],\"meta\":{\"page_number\":3,\"total_pages\":1}}", 0,
               "There is no page 3; the last is page 1.\n", "");
}

Test(tool_table, pages_are_named) {
    EXPECT_PAGES(" on page 2 of 3", "2", "3");
    EXPECT_PAGES(" on page 2", "2", "null");
    EXPECT_PAGES("", "null", "3");
    EXPECT_PAGES("", "0", "3");
    EXPECT_PAGES("", "1", "3", "2", "3", "3", "3");
    EXPECT_PAGES(" on pages 7 to 8 of 9", "7", "9", "8", "9");
    EXPECT_PAGES(" on pages 7 to 8", "7", "null", "8", "null");
    EXPECT_PAGES(" on the 2 pages", "1", "3", "3", "3");
    EXPECT_PAGES(" on the 2 pages", "2", "3", "1", "3");
    EXPECT_PAGES(" on the 2 pages", "1", "3", "2", "4");
    EXPECT_PAGES(" on the 3 pages", "1", "3", "2", "3", "2", "3");
    EXPECT_PAGES(" on the 2 pages", "null", "null", "1", "null");
}

Test(tool_table, absent_and_null_members_are_dashes) {
    expect_run("show",
               "{\"data\":[{\"id\":null,\"status\":null,\"created_at\":null,"
               "\"customer_reference\":null,\"errors\":null,\"phone_numbers\":[{}]}]}",
               0,
               HEADER "-         " NOTHING "-\n"
                      "-           -                 -\n"
                      "\n1 reservation, 1 number: 1 without a status\n",
               "");
}

Test(tool_table, an_empty_text_is_empty) {
    expect_run("show", "{\"data\":{\"id\":\"one\",\"customer_reference\":\"\",\"errors\":\"\"}}", 0,
               HEADER
               "-                                                  -                    one\n"
               "\n1 reservation, 0 numbers\n",
               "");
}

Test(tool_table, errors_of_a_reservation_have_a_line) {
    expect_run("show", "{\"data\":{\"id\":\"one\",\"errors\":\"Some numbers are gone\"}}", 0,
               HEADER "-         " NOTHING "one\n"
                      "          errors: Some numbers are gone\n"
                      "\n1 reservation, 0 numbers\n",
               "");
}

Test(tool_table, rejected_values_have_a_mark_before_them) {
    expect_run("show",
               "{\"data\":{\"id\":7,\"status\":\"partial_failure\",\"created_at\":\"2018-13-01\","
               "\"customer_reference\":{},\"errors\":[],\"phone_numbers\":[{\"status\":\"voided\","
               "\"phone_number\":18005550199,\"expired_at\":1514764800,\"errors\":false}]}}",
               1,
               HEADER "!partial_failure  ! [1]                            !2018-13-01          !7\n"
                      "          errors: !\n"
                      "!voided     !18005550199 [2]  !1514764800          !false\n"
                      "\n1 reservation, 1 number: 1 other\n",
               NULL);
}

/* Known or unknown, a status must be legible as a whole. */
Test(tool_table, a_status_wider_than_its_column_moves_the_row) {
    static const char page[] =
        "{\"data\":{\"id\":\"one\",\"status\":\"partial_failure\",\"phone_numbers\":["
        "{\"status\":\"partial_failure\",\"phone_number\":\"+1\"},"
        "{\"status\":\"1234567\",\"phone_number\":\"+2\"},"
        "{\"status\":\"123456789012345\",\"phone_number\":\"+19705555098123\"}]}}";
    expect_run("show", page, 1,
               HEADER
               "!partial_failure  - [1]                            -                    one\n"
               "!partial_failure  +1 [2]      -\n"
               "!1234567    +2 [3]            -\n"
               "!123456789012345  +19705555098123 [4]  -\n"
               "\n1 reservation, 3 numbers: 3 other\n",
               NULL);
    /* At a terminal the row continues on the next line if the number would reach into the
       next column. */
    expect_at_terminal(page, 1,
                       HEADER_AT_80
                       "!partial_failure - [1]                          -                 one\n"
                       "!partial_failure +1 [2]       -\n"
                       "!1234567    +2 [3]            -\n"
                       "!123456789012345\n"
                       "            +19705555098123 [4] -\n"
                       "\n1 reservation, 3 numbers: 3 other\n");
}

/* The guide's statuses count as known, like the reference's. */
Test(tool_table, the_statuses_of_the_guide) {
    expect_run("show",
               "{\"data\":{\"id\":\"one\",\"status\":\"partial_success\",\"phone_numbers\":["
               "{\"status\":\"failed\"},{\"status\":\"failure\"},{\"status\":\"success\"},"
               "{\"status\":\"partial_success\"}]}}",
               0,
               HEADER
               "partial_success  -                                 -                    one\n"
               "failed      -                 -\n"
               "failure     -                 -\n"
               "success     -                 -\n"
               "partial_success  -            -\n"
               "\n1 reservation, 4 numbers: 1 success, 2 failure, 1 partial_success\n",
               "");
}

Test(tool_table, a_status_of_any_length_fits_the_line) {
    expect_at_terminal("{\"data\":{\"status\":\"" TEN TEN TEN TEN TEN TEN TEN TEN "\"}}", 1,
                       HEADER_AT_80 "!" TEN TEN TEN TEN TEN TEN TEN "012345...\n"
                                    "          - [1]                                 -"
                                    "                 -\n"
                                    "\n1 reservation, 0 numbers\n");
}

/* Page 1 of this total of pages, with a number of each status. */
static void expect_summary(const char *total, const char *summary) {
    char page[400];
    char shown[1000];
    snprintf(page, sizeof page,
             "{\"data\":{\"phone_numbers\":[{\"status\":\"pending\"},{\"status\":\"success\"},"
             "{\"status\":\"failure\"},{\"status\":\"x\"}]},\"meta\":{\"page_number\":1,"
             "\"total_pages\":%s}}",
             total);
    snprintf(shown, sizeof shown,
             HEADER "-         " NOTHING "-\n"
                    "pending     -                 -\n"
                    "success     -                 -\n"
                    "failure     -                 -\n"
                    "!x          - [1]             -\n"
                    "\n%s\n",
             summary);
    expect_run("show", page, 1, shown, NULL);
}

Test(tool_table, the_summary_fits_eighty_columns) {
    expect_summary("12", "1 reservation, 4 numbers: 1 pending, 1 success, 1 failure, 1 other; page "
                         "1 of 12");
    expect_summary("123", "1 reservation, 4 numbers: 1 pending, 1 success, 1 failure, 1 other;\n"
                          "page 1 of 123");
}

static void expect_created(const char *timestamp, const char *shown) {
    char page[200];
    char table[400];
    int length = snprintf(page, sizeof page, "{\"data\":{\"created_at\":\"%s\"}}", timestamp);
    cr_assert_lt((size_t)length, sizeof page);
    length = snprintf(table, sizeof table,
                      HEADER_AT_80 "-         -                                     %-16s  -\n"
                                   "\n1 reservation, 0 numbers\n",
                      shown);
    cr_assert_lt((size_t)length, sizeof table);
    expect_at_terminal(page, 0, table);
}

Test(tool_table, times_at_a_terminal_are_to_the_minute) {
    expect_created("2018-01-01T00:00:00Z", "2018-01-01 00:00");
    expect_created("2018-01-01T00:00:59.999999Z", "2018-01-01 00:00");
    expect_created("2018-01-01t01:30:00.999999999999+02:00", "2017-12-31 23:30");
    expect_created("2018-01-01T00:00:00-00:00", "2018-01-01 00:00");
    expect_created("2016-12-31T18:59:60-05:00", "2016-12-31 23:59");
    expect_created("0000-01-01T00:00:00+01:00", "0000-01-01T00...");
}

/* Checks how the reference is shown in its 36 columns. */
static void expect_reference(const char *reference, const char *shown) {
    char page[400];
    char table[600];
    int length =
        snprintf(page, sizeof page, "{\"data\":{\"customer_reference\":\"%s\"}}", reference);
    cr_assert_lt((size_t)length, sizeof page);
    length = snprintf(table, sizeof table,
                      HEADER_AT_80 "-         %s  -                 -\n"
                                   "\n1 reservation, 0 numbers\n",
                      shown);
    cr_assert_lt((size_t)length, sizeof table);
    expect_at_terminal(page, 0, table);
}

#define TEN_ACUTE "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
#define TEN_WIDE                                                                                   \
    "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5\xe6\x9c" \
    "\xac\xe8\xaa\x9e\xe6\x97\xa5"

Test(tool_table, long_text_is_cut_at_a_character) {
    expect_reference(TEN TEN TEN "012345", TEN TEN TEN "012345");
    expect_reference(TEN TEN TEN "0123456", TEN TEN TEN "012...");
    expect_reference(
        TEN_ACUTE TEN_ACUTE TEN_ACUTE "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9",
        TEN_ACUTE TEN_ACUTE TEN_ACUTE "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9");
    expect_reference(TEN_ACUTE TEN_ACUTE TEN_ACUTE TEN_ACUTE,
                     TEN_ACUTE TEN_ACUTE TEN_ACUTE "\xc3\xa9\xc3\xa9\xc3\xa9...");
    /* An escape is not cut apart. */
    expect_reference(TEN TEN TEN "01\\u001b567890", TEN TEN TEN "01... ");
}

Test(tool_table, wide_characters_take_two_columns) {
    expect_reference(TEN_WIDE, TEN_WIDE "                ");
    expect_reference(
        TEN_WIDE "\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5"
                 "\xe6\x97\xa5\xe6\x97\xa5",
        TEN_WIDE "\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5\xe6\x97\xa5"
                 "\xe6\x97\xa5\xe6\x97\xa5");
    /* 33 columns are left before the dots, and 16 characters fill 32. */
    expect_reference(
        TEN_WIDE TEN_WIDE,
        TEN_WIDE "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e... ");
    /* Fullwidth A, an emoji, Hangul. */
    expect_reference("\xef\xbc\xa1\xf0\x9f\x98\x80\xed\x95\x9c",
                     "\xef\xbc\xa1\xf0\x9f\x98\x80\xed\x95\x9c                              ");
}

Test(tool_table, joined_characters_take_no_column) {
    /* e and a combining acute; a zero width joiner. */
    expect_reference("e\xcc\x81\xe2\x80\x8d",
                     "e\xcc\x81\xe2\x80\x8d                                   ");
    expect_reference(TEN TEN TEN "01234e\xcc\x81", TEN TEN TEN "01234e\xcc\x81");
}

Test(tool_table, no_line_is_longer_than_eighty_columns) {
    expect_at_terminal(
        "{\"data\":{\"id\":\"" TEN TEN TEN TEN "\",\"status\":\"" TEN "\",\"created_at\":\"" TEN
        "1234567\",\"customer_reference\":\"" TEN TEN TEN TEN "\",\"errors\":\"" TEN TEN
        "\",\"phone_numbers\":[{\"phone_number\":\"" TEN TEN "\",\"errors\":\"" TEN TEN TEN TEN
        "\"}]}}",
        1,
        HEADER_AT_80 "!" TEN " " TEN TEN "0123... [1][2]  !" TEN "12...\n"
                     "          " TEN TEN TEN TEN "\n"
                     "-           " TEN "0123... [3] -\n"
                     "\n[2] " TEN TEN "\n[3] " TEN TEN TEN TEN "\n"
                     "\n1 reservation, 1 number: 1 without a status\n");
}

Test(tool_table, hostile_text_is_shown_and_not_obeyed) {
    expect_at_terminal("{\"data\":{\"id\":\"\\u001b[31m\\u0000\\u0009\\n\\u007f\\u0085\","
                       "\"customer_reference\":\"\\u2028\\u2029\",\"errors\":\"\\r\\u2069\","
                       "\"phone_numbers\":[{\"phone_number\":\"\xe2\x80\x8f=1+1\",\"errors\":"
                       "\"\xd8\x9c\xe2\x80\x8e\",\"status\":\"\\u001b[0m\"}]}}",
                       1,
                       HEADER_AT_80
                       "-         \\u2028\\u2029 [1]                      -\n"
                       "          \\u001b[31m\\u0000\\u0009\\u000a\\u007f\\u0085\n"
                       "!\\u001b[0m  \\u200f=1+1 [2]    -                 \\u061c\\u200e\n"
                       "\n[1] \\u000d\\u2069\n"
                       "\n1 reservation, 1 number: 1 other\n");
}
