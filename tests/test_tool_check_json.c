/* numres check --format json: one object a line, byte for byte. */
#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#include "process.h"

TestSuite(tool_check_json, .init = directory_enter, .fini = directory_leave);

Test(tool_check_json, a_right_page_is_silence_and_a_count) {
    expect_run("check --format json", "{\"data\":[]}", 0, "",
               "1 document, 0 reservations, 0 numbers, 0 problems, 0 errors\n");
}

Test(tool_check_json, text_is_the_default) {
    expect_run("check --format text", "{\"data\":{\"status\":\"x\"}}", 1,
               "<stdin>:1:19: data.status: " STATUS_SENTENCE ": \"x\"\n", NULL);
}

Test(tool_check_json, problems_of_several_files) {
    file_write_text("a.json", "{\"data\":[\n  {\"status\": \"voided\"}]}");
    file_write_text("b.json", "{\"data\":{\"id\":17,\"errors\":[1]}}");
    expect_run("check --format=json a.json b.json", "", 1,
               "{\"file\":\"a.json\",\"line\":2,\"column\":14,\"offset\":23,\"path\":"
               "\"data[0].status\",\"code\":\"unknown-status\",\"message\":\"" STATUS_SENTENCE
               "\",\"raw\":\"voided\",\"expected\":null,\"found\":null}\n"
               "{\"file\":\"b.json\",\"line\":1,\"column\":15,\"offset\":14,\"path\":\"data.id\","
               "\"code\":\"wrong-type\",\"message\":\"expected a string, found the number 17\","
               "\"raw\":\"17\",\"expected\":\"a string\",\"found\":\"the number 17\"}\n"
               "{\"file\":\"b.json\",\"line\":1,\"column\":27,\"offset\":26,\"path\":"
               "\"data.errors\",\"code\":\"wrong-type\",\"message\":\"expected a string, found "
               "an array\",\"raw\":\"\",\"expected\":\"a string\",\"found\":\"an array\"}\n",
               "2 documents, 2 reservations, 0 numbers, 3 problems, 0 errors\n");
}

Test(tool_check_json, an_error_has_no_value) {
    expect_run(
        "check --format json", "{\"data\":[", 3,
        "{\"file\":\"<stdin>\",\"line\":1,\"column\":10,\"offset\":9,\"path\":\"data[0]\","
        "\"code\":\"truncated\",\"message\":\"the input ends inside the JSON document; part "
        "is missing (fetch the response again)\",\"raw\":null,\"expected\":null,\"found\":null}\n",
        "0 documents, 0 reservations, 0 numbers, 0 problems, 1 error\n");
}

Test(tool_check_json, missing_members_and_e164) {
    expect_run("check --format json --e164 --require-members",
               "{\"data\":{\"id\":\"1\",\"record_type\":\"number_reservation\",\"phone_numbers\":[{"
               "\"record_type\":\"reserved_phone_number\",\"phone_number\":\"12\",\"status\":"
               "\"pending\",\"created_at\":null,\"updated_at\":null,\"expired_at\":null}],"
               "\"status\":\"pending\",\"customer_reference\":null,\"created_at\":null}}",
               1,
               "{\"file\":\"<stdin>\",\"line\":1,\"column\":125,\"offset\":124,\"path\":"
               "\"data.phone_numbers[0].phone_number\",\"code\":\"bad-phone-number\",\"message\":"
               "\"not an E.164 number: a plus sign and 2 to 15 digits, the first not 0\","
               "\"raw\":\"12\",\"expected\":null,\"found\":null}\n"
               "{\"file\":\"<stdin>\",\"line\":1,\"column\":267,\"offset\":266,\"path\":"
               "\"data.updated_at\",\"code\":\"missing-member\",\"message\":\"a required member "
               "is missing\",\"raw\":\"\",\"expected\":null,\"found\":null}\n",
               "1 document, 1 reservation, 1 number, 2 problems, 0 errors\n");
}

Test(tool_check_json, an_api_error_has_its_code_as_the_value) {
    expect_run(
        "check --format json",
        "{\"errors\":[{\"code\":10005,\"title\":\"Resource not found\",\"detail\":\"No such "
        "thing.\",\"source\":{\"pointer\":\"/id\"}},{}]}",
        4,
        "{\"file\":\"<stdin>\",\"line\":1,\"column\":107,\"offset\":106,\"path\":"
        "\"errors[0]\",\"code\":\"api-error\",\"message\":\"API error 10005: Resource not "
        "found: No such thing. (pointer "
        "/id)\",\"raw\":\"10005\",\"expected\":null,\"found\":null}\n"
        "{\"file\":\"<stdin>\",\"line\":1,\"column\":110,\"offset\":109,\"path\":"
        "\"errors[1]\",\"code\":\"api-error\",\"message\":\"API error without a code, title or "
        "detail; the response starts with: "
        "{\\\"errors\\\":[{\\\"code\\\":10005,\\\"title\\\":\\\"Resource not "
        "found\\\",\\\"detail\\\":\\\"No such thing.\\\",\\\"source\\\":"
        "{\\\"pointer\\\":\\\"/id\\\"}},{}]}\",\"raw\":\"\",\"expected\":null,\"found\":null}\n",
        "1 document, 0 reservations, 0 numbers, 0 problems, 0 errors, 2 API errors\n");
}

Test(tool_check_json, a_line_that_is_forgotten_is_null) {
    static const char *const arguments[] = {"check", "--format", "json", NULL};
    static const char start[] = "{\"file\":\"<stdin>\",\"line\":null,\"column\":null,\"offset\":0,";
    size_t length = 65536 + 2;
    char *page = malloc(length);
    cr_assert_not_null(page);
    memset(page, '\n', length);
    page[0] = '{';
    page[length - 1] = '}';
    outcome outcome =
        process_run(&(invocation){.arguments = arguments, .input = page, .input_length = length});
    cr_expect_eq(strncmp(outcome.output, start, strlen(start)), 0, "%s", outcome.output);
    outcome_free(&outcome);
    free(page);
}

Test(tool_check_json, hostile_text_is_escaped_as_json_needs) {
    expect_run("check --format json",
               "{\"data\":{\"status\":\"\\u001b[2J\\u0000\\n\\\"\\u007f\\u202e=1\"}}", 1,
               "{\"file\":\"<stdin>\",\"line\":1,\"column\":19,\"offset\":18,\"path\":"
               "\"data.status\",\"code\":\"unknown-status\",\"message\":\"" STATUS_SENTENCE
               "\",\"raw\":\"\\u001B[2J\\u0000\\n\\\"\x7f\xe2\x80\xae=1\",\"expected\":null,"
               "\"found\":null}\n",
               NULL);
}

Test(tool_check_json, the_name_of_a_file_is_made_utf8) {
    file_write_text("a\"\x1b\x9b\xc3\xa9\xff.json", "{\"data\":{\"status\":\"x\"}}");
    expect_run("check --format json a\"\x1b\x9b\xc3\xa9\xff.json", "", 1,
               "{\"file\":\"a\\\"\\u001B\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd.json\",\"line\":1,"
               "\"column\":19,\"offset\":18,\"path\":\"data.status\",\"code\":\"unknown-status\","
               "\"message\":\"" STATUS_SENTENCE
               "\",\"raw\":\"x\",\"expected\":null,\"found\":null}\n",
               NULL);
}

Test(tool_check_json, what_cannot_be_opened_is_a_message) {
    expect_run("check --format json none.json", "", 3, "",
               "numres: none.json: cannot be opened: No such file or directory\n"
               "0 documents, 0 reservations, 0 numbers, 0 problems, 1 error\n");
}
