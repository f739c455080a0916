/* numres show --format xlsx: where it goes. tests/check_xlsx.sh checks its contents. */
#include <criterion/criterion.h>

#include <string.h>

#include "listing.h"
#include "terminal.h"
#include "text_buffer.h"

TestSuite(tool_xlsx, .init = directory_enter, .fini = directory_leave, .timeout = 120);

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Checks for a zip archive, by its first bytes. */
static void expect_workbook(const outcome *outcome) {
    cr_expect_eq(outcome->exit_code, 0, "%s", outcome->messages);
    cr_expect_gt(outcome->output_length, 1000);
    cr_expect_eq(strncmp(outcome->output, "PK\3\4", 4), 0);
    cr_expect_str_eq(outcome->messages, "");
}

Test(tool_xlsx, goes_to_a_file_or_a_pipe) {
    static const char page[] = "{\"data\":{\"id\":\"one\"}}";
    outcome outcome = process_run(&(invocation){.arguments = WORDS("show", "--format", "xlsx"),
                                                .input = page,
                                                .input_length = sizeof page - 1});
    expect_workbook(&outcome);
    outcome_free(&outcome);
}

/* Options before and between files keep their places. */
Test(tool_xlsx, the_command_line_reaches_the_program_that_writes_it) {
    file_write_text("a.json", "{\"id\":\"one\"}");
    file_write_text("-b", "{\"id\":\"two\"}");
    outcome outcome = process_run(
        &(invocation){.arguments = WORDS("show", "a.json", "--bare", "--format=xlsx", "--", "-b")});
    expect_workbook(&outcome);
    outcome_free(&outcome);
}

/* The current time would make the bytes of each run different. */
Test(tool_xlsx, the_same_input_gives_the_same_bytes) {
    const char *const now[] = {"NUMRES_NOW=2026-01-31T12:00:00Z", NULL};
    file_write_text("a.json", "{\"data\":{\"id\":\"one\"}}");
    invocation invocation = {.arguments = WORDS("show", "--format", "xlsx", "a.json"),
                             .environment = now};
    outcome first = process_run(&invocation);
    outcome second = process_run(&invocation);
    cr_expect_eq(first.output_length, second.output_length);
    cr_expect_eq(memcmp(first.output, second.output, first.output_length), 0);
    outcome_free(&first);
    outcome_free(&second);
}

/* With any of these limits for files, the workbook of page.json is whole, or the failure told. */
static void expect_whole_or_told(unsigned long least, unsigned long most, unsigned long step) {
    const char *const now[] = {"NUMRES_NOW=2026-01-31T12:00:00Z", NULL};
    invocation invocation = {.arguments = WORDS("show", "--format", "xlsx", "page.json"),
                             .environment = now};
    outcome whole = process_run(&invocation);
    expect_workbook(&whole);
    for (invocation.file_size = least; invocation.file_size < most; invocation.file_size += step) {
        outcome outcome = process_run(&invocation);
        if (outcome.exit_code == 0) {
            cr_expect_eq(outcome.output_length, whole.output_length, "%lu: %zu bytes",
                         invocation.file_size, outcome.output_length);
        } else {
            cr_expect_eq(outcome.exit_code, 3);
            cr_expect_str_eq(outcome.messages,
                             "numres: the workbook cannot be written: File too large\n");
        }
        outcome_free(&outcome);
    }
    outcome_free(&whole);
}

/* libxlsxwriter does not notice when its temporary files cannot grow: rows would be lost. */
Test(tool_xlsx, a_temporary_file_that_cannot_grow_loses_no_rows) {
    file_write_large_page("page.json");
    expect_whole_or_told(3000, 3000000, 300000);
}

/* The rows fit, but not with what comes before and after them in the workbook. */
Test(tool_xlsx, a_copy_that_cannot_grow_loses_no_rows) {
    const size_t count = 200;
    text_buffer page = {NULL, 0, 0};
    text_buffer_format(&page, "{\"data\":[");
    for (size_t at = 0; at < count; at++)
        text_buffer_format(&page, "%s{\"id\":\"%zu\"}", at == 0 ? "" : ",", at);
    text_buffer_format(&page, "]}");
    file_write_text("page.json", page.bytes);
    text_buffer_free(&page);
    expect_whole_or_told(8000, 24000, 250);
}

Test(tool_xlsx, is_refused_on_a_terminal) {
    file_write_text("a.json", "{\"data\":{\"id\":\"one\"}}");
    outcome outcome =
        terminal_run(&(invocation){.arguments = WORDS("show", "--format", "xlsx", "a.json")},
                     TERMINAL_OUTPUT, 80);
    cr_expect_eq(outcome.exit_code, 2);
    cr_expect_str_eq(outcome.output, "");
    cr_expect_str_eq(outcome.messages,
                     "numres show: the value 'xlsx' for '--format' cannot go to a terminal: send "
                     "it to a file, such as > numbers.xlsx; see 'numres show --help'\n");
    outcome_free(&outcome);
}

Test(tool_xlsx, what_cannot_be_written_is_told) {
    file_write_text("a.json", "{\"data\":{\"id\":\"one\"}}");
    outcome outcome = process_run(&(invocation){
        .arguments = WORDS("show", "--format", "xlsx", "a.json"), .output_to = "/dev/full"});
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, "standard output cannot be written: No space left on device\n");
    outcome_free(&outcome);
    const char *const nowhere[] = {"TMPDIR=/nowhere", NULL};
    outcome = process_run(&(invocation){.arguments = WORDS("show", "--format", "xlsx", "a.json"),
                                        .environment = nowhere});
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages,
                "numres: the workbook's temporary file cannot be created in TMPDIR (default /tmp): "
                "No such file or directory\n");
    cr_expect_str_eq(outcome.output, "");
    outcome_free(&outcome);
}

Test(tool_xlsx, is_a_format_of_lists_too) {
    api_server server = api_server_start(55, NULL);
    outcome outcome = listing(&server, "--format xlsx");
    expect_workbook(&outcome);
    outcome_free(&outcome);
    expect_listing(&server, "--format xlsx --resume state", 2, "",
                   "the value 'xlsx' for '--format' cannot be combined with --resume: a workbook "
                   "is written at the end; use csv");
    expect_requests(&server, 3);
    api_server_stop(&server);
}

/* A list without reservations gives only the header. */
Test(tool_xlsx, an_empty_list_is_a_workbook) {
    api_server server = api_server_start(0, NULL);
    outcome outcome = listing(&server, "--format xlsx");
    expect_workbook(&outcome);
    outcome_free(&outcome);
    api_server_stop(&server);
}
