/* numres show: the table and the ids, byte for byte. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "process.h"

TestSuite(tool_show, .init = directory_enter, .fini = directory_leave);

#define HEADER                                                                                     \
    "RESERVATION OR NUMBER                 STATUS            CREATED               EXPIRES      "  \
    "         REFERENCE                 ERRORS\n"

#define SAMPLE_ID "12ade33a-21c0-473b-b055-b3c836e1c292"

#define SAMPLE_PAGE                                                                                \
    "{\"data\":[{\"created_at\":\"2018-01-01T00:00:00.000000Z\","                                  \
    "\"customer_reference\":\"MY REF 001\",\"id\":\"" SAMPLE_ID "\","                              \
    "\"phone_numbers\":[{\"created_at\":\"2018-01-01T00:00:00.000000Z\","                          \
    "\"errors\":\"Number is already on hold\",\"expired_at\":\"2018-01-01T00:30:00.000000Z\","     \
    "\"id\":\"" SAMPLE_ID "\",\"phone_number\":\"+19705555098\","                                  \
    "\"record_type\":\"reserved_phone_number\",\"status\":\"pending\","                            \
    "\"updated_at\":\"2018-01-01T00:00:00.000000Z\"}],\"record_type\":\"number_reservation\","     \
    "\"status\":\"pending\",\"updated_at\":\"2018-01-01T00:00:00.000000Z\"}],"                     \
    "\"meta\":{\"page_number\":2,\"page_size\":25,\"total_pages\":3,\"total_results\":55}}\n"

Test(tool_show, the_table) {
    expect_run("show", SAMPLE_PAGE, 0,
               HEADER
               "  +19705555098                        pending           2018-01-01T00:00:00Z  "
               "2018-01-01T00:30:00Z                            Number is already on hold\n"
               "12ade33a-21c0-473b-b055-b3c836e1c292  pending           2018-01-01T00:00:00Z       "
               "                 MY REF 001\n",
               "");
}

Test(tool_show, the_ids) {
    expect_run("show --format ids", SAMPLE_PAGE SAMPLE_PAGE, 0, SAMPLE_ID "\n" SAMPLE_ID "\n", "");
}

Test(tool_show, one_header_for_all_files) {
    file_write_text("one.json", "{\"data\":{\"id\":\"one\"}}");
    file_write_text("two.json", "{\"data\":{\"id\":\"two\"}}{\"data\":{\"id\":\"three\"}}");
    expect_run("show one.json two.json", "", 0,
               HEADER "one                                   -                 -                   "
                      "                        -\n"
                      "two                                   -                 -                   "
                      "                        -\n"
                      "three                                 -                 -                   "
                      "                        -\n",
               "");
}

Test(tool_show, an_empty_page_is_an_empty_table) {
    expect_run("show", "{\"data\":[],\"meta\":{\"total_pages\":1}}", 0, HEADER, "");
    expect_run("show --format ids", "{\"data\":[]}", 0, "", "");
}

Test(tool_show, absent_and_null_members_are_dashes) {
    expect_run("show",
               "{\"data\":[{\"id\":null,\"status\":null,\"created_at\":null,"
               "\"customer_reference\":null,\"errors\":null,\"phone_numbers\":[{}]}]}",
               0,
               HEADER "  -                                   -                 -                   "
                      "  -\n"
                      "-                                     -                 -                   "
                      "                        -\n",
               "");
}

Test(tool_show, an_empty_text_is_empty) {
    expect_run("show", "{\"data\":{\"id\":\"one\",\"customer_reference\":\"\",\"errors\":\"\"}}", 0,
               HEADER "one                                   -                 -\n", "");
}

Test(tool_show, rejected_values_stand_behind_a_mark) {
    expect_run("show",
               "{\"data\":{\"id\":7,\"status\":\"partial_success\",\"created_at\":\"2018-13-01\","
               "\"customer_reference\":{}}}",
               1,
               HEADER "!7                                    !partial_success  !2018-13-01         "
                      "                        !\n",
               "numres: <stdin>:1:15: data.id: the value's JSON type is not the documented one: "
               "\"7\"\n"
               "numres: <stdin>:1:26: data.status: the status is not pending, success or failure: "
               "\"partial_success\"\n"
               "numres: <stdin>:1:57: data.created_at: not an RFC 3339 timestamp such as "
               "2018-01-01T00:00:00.000000Z: \"2018-13-01\"\n"
               "numres: <stdin>:1:91: data.customer_reference: the value's JSON type is not the "
               "documented one\n");
}

static void expect_created(const char *timestamp, const char *shown) {
    char page[200];
    char table[400];
    int length = snprintf(page, sizeof page, "{\"data\":{\"created_at\":\"%s\"}}", timestamp);
    cr_assert_lt((size_t)length, sizeof page);
    length = snprintf(table, sizeof table,
                      HEADER "-                                     -                 %-20s        "
                             "                -\n",
                      shown);
    cr_assert_lt((size_t)length, sizeof table);
    expect_run("show", page, 0, table, "");
}

Test(tool_show, times_are_in_utc_to_the_second) {
    expect_created("2018-01-01T00:00:00Z", "2018-01-01T00:00:00Z");
    expect_created("2018-01-01t01:30:00.999999999999+02:00", "2017-12-31T23:30:00Z");
    expect_created("2018-01-01T00:00:00-00:00", "2018-01-01T00:00:00Z");
    expect_created("2016-12-31T18:59:60-05:00", "2016-12-31T23:59:60Z");
    expect_created("0000-01-01T00:00:00+01:00", "0000-01-01T00:00:...");
}

Test(tool_show, long_text_is_cut_at_a_character) {
    /* The column of an id has 36 characters. */
    expect_run("show",
               "{\"data\":[{\"id\":\"0123456789012345678901234567890123456\"},"
               "{\"id\":\"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
               "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
               "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
               "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\"},"
               "{\"id\":\"01234567890123456789012345678901\\u001b567890\"}]}",
               0,
               HEADER "012345678901234567890123456789012...  -                 -                   "
                      "                        -\n"
                      "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
                      "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
                      "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
                      "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
                      "  -                 -                                           -\n"
                      "01234567890123456789012345678901...   -                 -                   "
                      "                        -\n",
               "");
}

Test(tool_show, a_whole_long_id_among_the_ids) {
    expect_run("show --format ids",
               "{\"data\":{\"id\":\"0123456789012345678901234567890123456789\"}}", 0,
               "0123456789012345678901234567890123456789\n", "");
}

Test(tool_show, hostile_text_is_shown_and_not_obeyed) {
    static const char page[] =
        "{\"data\":{\"id\":\"\\u001b[31m\\u0000\\u0009\\n\\u007f\\u0085\",\"customer_reference\":"
        "\"\\u202a\\u202e\\u2069\",\"phone_numbers\":[{\"phone_number\":\"\xe2\x80\x8f\","
        "\"errors\":"
        "\"\xd8\x9c\xe2\x80\x8e\"}]}}";
    expect_run("show --format ids", page, 0, "\\u001b[31m\\u0000\\u0009\\u000a\\u007f\\u0085\n",
               "");
    expect_run("show", page, 0,
               HEADER
               "  \\u200f                              -                 -                  "
               "   -                                               \\u061c\\u200e\n"
               "\\u001b[31m\\u0000\\u0009\\u000a...       -                 -                 "
               "                          \\u202a\\u202e\\u2069\n",
               "");
}

/* What is no control and turns no direction stays as it is. */
Test(tool_show, neighbours_of_hostile_characters_stay) {
    expect_run(
        "show --format ids",
        "{\"data\":{\"id\":\" ~\\u00a0\\u061b\\u061d\\u200d\\u2010\\u2029\\u202f\\u2065\\u206a"
        "\\ud83d\\ude00\"}}",
        0,
        " ~\xc2\xa0\xd8\x9b\xd8\x9d\xe2\x80\x8d\xe2\x80\x90\xe2\x80\xa9\xe2\x80\xaf\xe2\x81"
        "\xa5\xe2\x81\xaa\xf0\x9f\x98\x80\n",
        "");
}

Test(tool_show, bare_reservations) {
    expect_run("show --bare --format ids", "{\"id\":\"one\"}\n{\"id\":\"two\"}\n", 0, "one\ntwo\n",
               "");
}

Test(tool_show, it_goes_on_after_a_problem) {
    expect_run("show --format ids",
               "{\"data\":[{\"status\":\"x\",\"id\":\"one\"},{\"id\":\"two\"}]}", 1, "one\ntwo\n",
               "numres: <stdin>:1:20: data[0].status: the status is not pending, success or "
               "failure: \"x\"\n");
}

Test(tool_show, after_an_error_the_whole_records_are_there) {
    expect_run("show --format ids", "{\"data\":[{\"id\":\"one\"},\n{\"id\":\"two\"}\n?", 3,
               "one\ntwo\n",
               "numres: <stdin>:3:1: data[2]: not legal JSON: this token cannot stand here\n");
}

Test(tool_show, a_reservation_without_an_id_is_told) {
    expect_run("show --format ids", "{\"data\":[{\"id\":\"one\"},{}]}", 1, "one\n",
               "numres: <stdin>:1:24: this reservation has no id to show\n");
}

Test(tool_show, api_errors_go_to_standard_error) {
    static const char errors[] =
        "{\"errors\":[{\"code\":\"10015\",\"title\":\"Bad\\u001b[0m\",\"detail\":\"Wrong page.\","
        "\"meta\":{\"url\":\"https://example.com/10015\"},\"source\":{\"parameter\":\"page\"}},\n"
        "{\"code\":10011,\"title\":\"Too many requests\"}]}";
    static const char messages[] =
        "numres: <stdin>:1:146: errors[0]: API error 10015: Bad\\u001b[0m: "
        "Wrong page. (parameter page) (see https://example.com/10015)\n"
        "numres: <stdin>:2:42: errors[1]: API error 10011: Too many "
        "requests\n";
    expect_run("show", errors, 4, "", messages);
    expect_run("show --format ids", errors, 4, "", messages);
}

Test(tool_show, an_empty_list_of_errors_is_told) {
    expect_run("show", "{\"errors\":[]}", 4, "",
               "numres: <stdin>:1:13: the API answered with errors and named none\n");
}

Test(tool_show, the_highest_exit_code_counts) {
    file_write_text("errors.json", "{\"errors\":[{\"code\":\"1\"}]}");
    file_write_text("broken.json", "{");
    file_write_text("problem.json", "{\"data\":{\"id\":\"one\",\"status\":\"x\"}}");
    file_write_text("fine.json", "{\"data\":{\"id\":\"two\"}}");
    expect_run("show --format ids errors.json broken.json fine.json", "", 4, "two\n", NULL);
    expect_run("show --format ids problem.json broken.json fine.json", "", 3, "one\ntwo\n", NULL);
    expect_run("show --format ids problem.json fine.json", "", 1, "one\ntwo\n", NULL);
    expect_run("show --format ids fine.json fine.json", "", 0, "two\ntwo\n", NULL);
}
