/* numres show: ids, and what is common to all formats. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "process.h"
#include "rows.h"

TestSuite(tool_show, .init = directory_enter, .fini = directory_leave);

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

Test(tool_show, the_ids) {
    expect_run("show --format ids", SAMPLE_PAGE SAMPLE_PAGE, 0, SAMPLE_ID "\n" SAMPLE_ID "\n", "");
}

Test(tool_show, a_whole_long_id_among_the_ids) {
    expect_run("show --format ids",
               "{\"data\":{\"id\":\"0123456789012345678901234567890123456789\"}}", 0,
               "0123456789012345678901234567890123456789\n", "");
}

/* Characters that are no control, line end or change of direction stay as they are. */
Test(tool_show, neighbours_of_hostile_characters_stay) {
    expect_run(
        "show --format ids",
        "{\"data\":{\"id\":\" ~\\u00a0\\u061b\\u061d\\u200d\\u2010\\u2027\\u202f\\u2065\\u206a"
        "\\ud83d\\ude00\"}}",
        0,
        " ~\xc2\xa0\xd8\x9b\xd8\x9d\xe2\x80\x8d\xe2\x80\x90\xe2\x80\xa7\xe2\x80\xaf\xe2\x81"
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
               "numres: <stdin>:1:20: data[0].status: " STATUS_SENTENCE ": \"x\"\n");
}

Test(tool_show, after_an_error_the_whole_records_are_there) {
    expect_run("show --format ids", "{\"data\":[{\"id\":\"one\"},\n{\"id\":\"two\"}\n?", 3,
               "one\ntwo\n",
               "numres: <stdin>:3:1: data[2]: not valid JSON: unexpected character (no JSON token "
               "begins with it)\n");
}

static void expect_cut_off(const char *format, const char *output, const char *remark) {
    char arguments[60];
    char messages[300];
    snprintf(arguments, sizeof arguments, "show --format %s", format);
    snprintf(messages, sizeof messages,
             "numres: <stdin>:1:67: data[1].phone_numbers[2]: the input ends inside the JSON "
             "document; part is missing (fetch the response again)\n%s",
             remark);
    expect_run(arguments,
               "{\"data\":[{\"id\":\"one\"},{\"id\":\"two\",\"phone_numbers\":["
               "{\"id\":\"n\"},{},{",
               3, output, messages);
}

/* Its numbers come before it closes, but would be shown only after that. */
Test(tool_show, numbers_of_a_reservation_that_is_cut_off_are_counted) {
    static const char two[] =
        "numres: <stdin>: a reservation was cut short and is not printed; 2 of its numbers had "
        "been read\n";
    expect_cut_off("table", NULL, two);
    expect_cut_off("ndjson", "{\"id\":\"one\"}\n", two);
    expect_cut_off("json", "{\"data\":[{\"id\":\"one\"}]}\n", two);
    expect_cut_off("csv", ROWS(',', {{[ROW_RESERVATION_ID] = "one"}}), two);
    expect_cut_off("tsv", NULL, two);
    /* ids shows no numbers. */
    expect_cut_off("ids", "one\n", "");
}

Test(tool_show, the_count_of_a_cut_off_is_of_its_file) {
    file_write_text("cut.json", "{\"data\":[{\"phone_numbers\":[{}");
    file_write_text("late.json", "{\"data\":[{\"phone_numbers\":[{},{}]},?");
    expect_run("show --format ndjson cut.json late.json", "", 3, "{\"phone_numbers\":[{},{}]}\n",
               "numres: cut.json:1:30: data[0].phone_numbers[1]: the input ends inside the JSON "
               "document; part is missing (fetch the response again)\n"
               "numres: cut.json: a reservation was cut short and is not printed; 1 of its numbers "
               "had been read\n"
               "numres: late.json:1:36: data[1]: not valid JSON: unexpected character (no JSON "
               "token begins with it)\n");
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
    expect_run("show --format ndjson", errors, 4, "", messages);
    expect_run("show --format json", errors, 4, "{\"data\":[]}\n", messages);
    expect_run("show --format csv", errors, 4, NO_ROWS(','), messages);
}

Test(tool_show, an_empty_list_of_errors_is_told) {
    expect_run("show", "{\"errors\":[]}", 4, "",
               "numres: <stdin>:1:13: errors: the API reported errors without naming any\n");
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
