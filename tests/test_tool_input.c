/* Inputs that are not a page, and outputs that cannot be written. */
#include <criterion/criterion.h>

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process.h"

TestSuite(tool_input, .init = directory_enter, .fini = directory_leave);

#define NOTHING_COUNTED "0 documents, 0 reservations, 0 numbers, 0 problems, 1 error\n"

Test(tool_input, a_missing_file) {
    expect_run("show none.json", "", 3, "",
               "numres: none.json: cannot be opened: No such file or directory\n");
    expect_run("check none.json", "", 3, "",
               "numres: none.json: cannot be opened: No such file or directory\n" NOTHING_COUNTED);
}

Test(tool_input, an_id_or_a_number_in_place_of_a_file) {
    static const char *const commands[] = {"show", "check --quiet", "diff /dev/null"};
    char line[100];
    for (size_t at = 0; at < sizeof commands / sizeof *commands; at++) {
        snprintf(line, sizeof line, "%s 0F8E0b6c-1111-4222-8333-0123456789ab", commands[at]);
        expect_run(
            line, "", 3, NULL,
            at == 2
                ? NULL
                : "numres: 0F8E0b6c-1111-4222-8333-0123456789ab: cannot be opened: No such file or "
                  "directory; if it is a reservation's id, 'numres get' fetches it\n");
        snprintf(line, sizeof line, "%s +13125550123", commands[at]);
        expect_run(
            line, "", 3, NULL,
            at == 2
                ? NULL
                : "numres: +13125550123: cannot be opened: No such file or directory; 'numres list "
                  "--phone-number' finds the reservation of a phone number\n");
    }
    expect_run("show 0f8e0b6c-1111-4222-8333-0123456789a", "", 3, "",
               "numres: 0f8e0b6c-1111-4222-8333-0123456789a: cannot be opened: No such file or "
               "directory\n");
    expect_run("show 0f8e0b6c-1111-4222-8333-0123456789ax", "", 3, "",
               "numres: 0f8e0b6c-1111-4222-8333-0123456789ax: cannot be opened: No such file or "
               "directory\n");
    expect_run("show 0f8e0b6cx1111-4222-8333-0123456789ab", "", 3, "",
               "numres: 0f8e0b6cx1111-4222-8333-0123456789ab: cannot be opened: No such file or "
               "directory\n");
}

Test(tool_input, a_directory) {
    cr_assert_eq(mkdir("pages", 0700), 0);
    expect_run("show pages", "", 3, "",
               "numres: pages: cannot be opened: Is a directory; name the files in it\n");
}

/* With >>, it would grow for ever; with >, the shell has emptied it. */
Test(tool_input, the_file_that_the_output_goes_to) {
    file_write_text("all.ndjson", "{\"id\":\"a\"}\n");
    static const char *const commands[][5] = {{"show", "--bare", "--format=csv", "all.ndjson"},
                                              {"show", "--bare", "--format=xlsx", "all.ndjson"},
                                              {"check", "--bare"},
                                              {"diff", "/dev/null", "all.ndjson"}};
    for (size_t at = 0; at < sizeof commands / sizeof commands[0]; at++) {
        bool reads_standard = strcmp(commands[at][0], "check") == 0;
        outcome outcome = process_run(&(invocation){
            .arguments = commands[at], .input_from = "all.ndjson", .output_to = "all.ndjson"});
        cr_expect_eq(outcome.exit_code, 2, "%s", commands[at][0]);
        cr_expect_str_eq(outcome.messages,
                         reads_standard ? "numres: <stdin>: the output goes to the same file; send "
                                          "it to another\n"
                                        : "numres: all.ndjson: the output goes to the same file; "
                                          "send it to another\n");
        outcome_free(&outcome);
    }
    expect_run("show --bare --format ids all.ndjson", "", 0, "a\n", "");
    outcome outcome = process_run(
        &(invocation){.arguments = (const char *const[]){"show", "--quiet", "/dev/null", NULL},
                      .output_to = "/dev/null"});
    expect_part(outcome.messages, "there is no JSON document");
    outcome_free(&outcome);
}

Test(tool_input, the_other_files_are_read_all_the_same) {
    file_write_text("a.json", "{\"data\":{\"id\":\"a\"}}");
    file_write_text("broken.json", "{\"data\":{\"id\":\"x\"},}");
    file_write_text("b.json", "{\"data\":{\"id\":\"b\"}}");
    outcome outcome = process_run(&(invocation){
        .arguments = (const char *const[]){"show", "--format", "ids", "a.json", "none.json",
                                           "broken.json", "b.json", NULL}});
    cr_expect_eq(outcome.exit_code, 3);
    cr_expect_str_eq(outcome.output, "a\nx\nb\n");
    expect_part(outcome.messages, "numres: none.json: cannot be opened: ");
    expect_part(outcome.messages, "numres: broken.json:1:20: (root): ");
    outcome_free(&outcome);
}

Test(tool_input, an_empty_file) {
    file_write_text("empty.json", "");
    expect_run("check empty.json", "", 3,
               "empty.json:1:1: (root): there is no JSON document: the input is empty or only "
               "white space (did the download fail? curl --fail-with-body shows why)\n",
               NOTHING_COUNTED);
}

Test(tool_input, white_space_alone_is_empty) {
    expect_run("show", " \n\t\r\n", 3, "",
               "numres: <stdin>:1:1: (root): there is no JSON document: the input is empty or only "
               "white space (did the download fail? curl --fail-with-body shows why)\n");
}

Test(tool_input, a_page_cut_in_the_middle_shows_what_was_whole) {
    expect_run("show --format ids", "{\"data\":[{\"id\":\"one\"},\n{\"id\":\"tw", 3, "one\n",
               "numres: <stdin>:2:10: data[1].id: the input ends inside the JSON document; part "
               "is missing (fetch the response again)\n");
}

/* Reading an empty non-blocking pipe fails. */
Test(tool_input, a_read_that_fails_tells_what_it_cut_off) {
    static const char start[] = "{\"data\":[{\"phone_numbers\":[{},{},";
    invocation invocation = {.arguments = (const char *const[]){"show", "--format", "json", NULL}};
    int ends[2];
    int output = process_temporary_file();
    int messages = process_temporary_file();
    int status = 0;
    size_t length = 0;
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    cr_assert_eq(write(ends[1], start, sizeof start - 1), (ssize_t)sizeof start - 1);
    pid_t child = fork();
    if (child == 0)
        process_become_tool(&invocation, ends[0], output, messages);
    cr_assert_eq(waitpid(child, &status, 0), child);
    close(ends[0]);
    close(ends[1]);
    char *shown = process_whole_file(output, &length);
    char *said = process_whole_file(messages, &length);
    cr_expect_str_eq(shown, "{\"data\":[]}\n");
    cr_expect_str_eq(said, "numres: <stdin>: cannot be read: Resource temporarily unavailable\n"
                           "numres: <stdin>: a reservation was cut short and is not printed; "
                           "2 of its numbers had been read\n");
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 3);
    free(shown);
    free(said);
}

static void expect_first_byte(const char *bytes, size_t length, const char *place,
                              const char *hint) {
    file_write("input", bytes, length);
    outcome outcome =
        process_run(&(invocation){.arguments = (const char *const[]){"check", "input", NULL}});
    cr_expect_eq(outcome.exit_code, 3);
    cr_expect_eq(strncmp(outcome.output, place, strlen(place)), 0, "%s", outcome.output);
    expect_part(outcome.output, hint);
    cr_expect_str_eq(outcome.messages, NOTHING_COUNTED);
    outcome_free(&outcome);
}

#define EXPECT_FIRST_BYTE(bytes, place, hint)                                                      \
    expect_first_byte((bytes), sizeof(bytes) - 1, "input:" place ": (root): ", (hint))

Test(tool_input, html_from_a_proxy) {
    EXPECT_FIRST_BYTE("<!DOCTYPE html>\n<html>", "1:1", "HTML");
    EXPECT_FIRST_BYTE("\r\n  <html>", "2:3", "HTML");
}

Test(tool_input, compressed_responses) {
    EXPECT_FIRST_BYTE("\x1f\x8b\x08\0\0\0\0\0", "1:1", "gunzip -c");
    EXPECT_FIRST_BYTE("\x1f\x8b\x08\0\0\0\0\0", "1:1", "curl --compressed");
    EXPECT_FIRST_BYTE("\x28\xb5\x2f\xfd\x04", "1:1", "zstd -dc");
    EXPECT_FIRST_BYTE("x\x9c\xab\x56", "1:1", "(it looks like zlib: use pigz -dc <FILE, or fetch");
    EXPECT_FIRST_BYTE("x\x01\xab\x56", "1:1", "zlib");
    EXPECT_FIRST_BYTE("x\xda\xab\x56", "1:1", "zlib");
    EXPECT_FIRST_BYTE("\xfd"
                      "7zXZ\0",
                      "1:1", "xz -dc");
    EXPECT_FIRST_BYTE("BZh91AY", "1:1", "bzip2 -dc");
    EXPECT_FIRST_BYTE("PK\x03\x04\x14", "1:1", "zip archive");
}

/* What numres prints for people and spreadsheets is recognized as input. */
Test(tool_input, output_of_numres_itself) {
    static const struct {
        const char *format, *option, *hint;
    } cases[] = {{"csv", NULL, "CSV or TSV of numres"},
                 {"csv", "--excel", "CSV or TSV of numres"},
                 {"tsv", NULL, "CSV or TSV of numres"},
                 {"table", NULL, "a table of numres"}};
    static const char page[] = "{\"data\":[{\"id\":\"a\",\"phone_numbers\":[{\"id\":\"b\"}]}]}";
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        file_write("page", page, sizeof page - 1);
        outcome shown = process_run(&(invocation){
            .arguments = (const char *const[]){"show", "page", "--format", cases[at].format,
                                               cases[at].option, NULL}});
        expect_first_byte(shown.output, strlen(shown.output),
                          "input:1:1: (root): ", cases[at].hint);
        outcome_free(&shown);
    }
}

Test(tool_input, other_encodings) {
    EXPECT_FIRST_BYTE("\xef\xbb\xbf{\"data\":[]}", "1:1",
                      "(remove these three bytes: use tail -c +4");
    EXPECT_FIRST_BYTE("\xff\xfe{\0}\0", "1:1", "convert it with iconv -f UTF-16 -t UTF-8)");
    EXPECT_FIRST_BYTE("\xfe\xff\0{\0}", "1:1", "convert it with iconv -f UTF-16 -t UTF-8)");
    EXPECT_FIRST_BYTE("\xff\xfe\0\0{\0\0\0", "1:1", "iconv -f UTF-32 -t UTF-8)");
    EXPECT_FIRST_BYTE("\0\0\xfe\xff\0\0\0{", "1:1", "iconv -f UTF-32 -t UTF-8)");
}

Test(tool_input, text_of_any_language) {
    EXPECT_FIRST_BYTE("Not found", "1:1", "(it looks like plain text, not a response of the API)");
    EXPECT_FIRST_BYTE("\n\xc3\x9c"
                      "berlastet",
                      "2:1", "(it looks like plain text, not a response of the API)");
    EXPECT_FIRST_BYTE("\xe2\x80\x9eNein\xe2\x80\x9c", "1:1",
                      "(it looks like plain text, not a response of the API)");
    EXPECT_FIRST_BYTE("\xc2\x85", "1:1", "binary data");
    EXPECT_FIRST_BYTE("\xc3{", "1:1", "binary data");
    EXPECT_FIRST_BYTE("\x1b{", "1:1", "binary data");
}

/* A log, a shell's prompt, a script, an event stream. */
Test(tool_input, text_before_the_json) {
    static const char hint[] = "text comes before the JSON: remove it)";
    EXPECT_FIRST_BYTE("2026-05-04T08:00:00Z INFO answer:\n{\"data\":[]}", "1:1", hint);
    EXPECT_FIRST_BYTE("answer: {\n  \"data\": []\n}", "1:1", hint);
    EXPECT_FIRST_BYTE("$ curl URL\n{\"data\":[]}", "1:1", hint);
    EXPECT_FIRST_BYTE("'{\"data\":[]}'", "1:1", hint);
    EXPECT_FIRST_BYTE("# saved\n{\"data\":[]}", "1:1", hint);
    expect_run("show", "[2026-05-04 08:00:00] {\"data\":[]}", 3, "",
               "numres: <stdin>:1:2: [0]: not valid JSON: malformed number (a character that "
               "belongs in no number; text comes before the JSON: remove it)\n");
    EXPECT_FIRST_BYTE("data: {data}", "1:1", "plain text");
    EXPECT_FIRST_BYTE("\x07{\"data\":[]}", "1:1", "binary data");
    expect_run("show", "<script>{\"a\":1}", 3, "",
               "numres: <stdin>:1:1: (root): not JSON but markup, such as the HTML page of a proxy "
               "or gateway; look at the HTTP status and the content type\n");
}

Test(tool_input, colours_of_a_terminal) {
    EXPECT_FIRST_BYTE("\x1b[1;39m{\n", "1:1",
                      "(it has a terminal's colours: save it without them, with jq -M or "
                      "--color=never)");
}

/* As from a program that serialized twice, or a column of a CSV file. */
Test(tool_input, json_inside_a_string) {
    expect_run("show", "\"{\\\"data\\\":[]}\"", 1, "",
               "numres: <stdin>:1:1: (root): the root has neither a member data with reservations "
               "nor a member errors with API errors (its text is JSON: use jq -r . FILE): "
               "\"\"{\\\"data\\\":[]}\"\"\n");
    expect_run("show", "\"plain\"", 1, "",
               "numres: <stdin>:1:1: (root): the root has neither a member data with reservations "
               "nor a member errors with API errors: \"\"plain\"\"\n");
}

#define UNDOUBLE "its quotes are doubled, as in CSV: use sed 's/^\"//; s/\"$//; s/\"\"/\"/g' FILE)"

Test(tool_input, doubled_quotes) {
    file_write_text("input", "{\"\"data\"\":[]}\n");
    expect_run(
        "check input", "", 3,
        "input:1:4: [\"\"]: not valid JSON: unknown word (names and text need double quotes; "
        "literals are true, false and null; " UNDOUBLE "\n",
        NOTHING_COUNTED);
    outcome outcome = process_run(&(invocation){.arguments = (const char *const[]){"show", NULL},
                                                .input = "\"{\"\"data\"\":[]}\"\n",
                                                .input_length = 17});
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, "numres: <stdin>:1:1: (root): the root has neither ");
    expect_part(outcome.messages, UNDOUBLE);
    outcome_free(&outcome);
    expect_run("show", "{\"\":1 x", 3, "",
               "numres: <stdin>:1:7: (root): not valid JSON: unknown word (a member's name in "
               "double quotes belongs here)\n");
}

/* Without a byte-order mark, iconv needs the byte order. */
Test(tool_input, other_encodings_without_a_mark) {
    EXPECT_FIRST_BYTE("{\0\"\0", "1:2", "convert it with iconv -f UTF-16LE -t UTF-8)");
    EXPECT_FIRST_BYTE("\0{\0\"", "1:1", "iconv -f UTF-16BE ");
    EXPECT_FIRST_BYTE("{\0\0\0}\0\0\0", "1:2", "iconv -f UTF-32LE ");
    EXPECT_FIRST_BYTE("\0\0\0{\0\0\0}", "1:1", "iconv -f UTF-32BE ");
    EXPECT_FIRST_BYTE("\n\0 \0{\0", "2:1", "iconv -f UTF-16LE ");
    EXPECT_FIRST_BYTE("\0\n\0 \0{", "1:1", "iconv -f UTF-16BE ");
    EXPECT_FIRST_BYTE(" \0\0\0{\0\0\0", "1:2", "iconv -f UTF-32LE ");
    EXPECT_FIRST_BYTE("\0\1\0\2", "1:1", "binary data");
    EXPECT_FIRST_BYTE("\0{", "1:1", "binary data");
    expect_run_bytes("show", "{\0}\0", 4, 3, "",
                     "numres: <stdin>:1:2: (root): not valid JSON: NUL byte outside strings "
                     "(perhaps padding, or UTF-16 or UTF-32; JSON must be UTF-8; convert it with "
                     "iconv -f UTF-16LE -t "
                     "UTF-8)\n");
}

Test(tool_input, other_text) {
    EXPECT_FIRST_BYTE("HTTP/1.1 200 OK\r\n\r\n{}", "1:1", "curl's -i");
    EXPECT_FIRST_BYTE("upstream connect error", "1:1", "plain text");
    EXPECT_FIRST_BYTE("\x07\x08", "1:1", "binary data");
}

Test(tool_input, a_fault_further_on_has_no_such_hint) {
    expect_run("show", "{\"data\":<", 3, NULL,
               "numres: <stdin>:1:9: data: not valid JSON: unexpected character (no JSON token "
               "begins with it)\n");
    expect_run("show --format ids", "{\"data\":{\"id\":\"one\"}}\n<html>", 3, "one\n", NULL);
}

Test(tool_input, several_responses_in_one_stream) {
    expect_run("show --format ids", "{\"data\":{\"id\":\"one\"}}{\"data\":[{\"id\":\"two\"}]}\n\n",
               0, "one\ntwo\n", "");
}

Test(tool_input, lines_come_before_the_input_ends, .timeout = 60) {
    static const char start[] =
        "{\"data\":[{\"id\":\"one\",\"phone_numbers\":[{\"phone_number\":\"+1\"}]},";
    char text[400];
    process_lines_before_end(&(invocation){.arguments = (const char *const[]){"show", NULL},
                                           .input = start,
                                           .input_length = sizeof start - 1},
                             3, text, sizeof text);
    expect_part(text, "\n-           +1 ");
}

Test(tool_input, a_standard_error_that_is_full_is_no_success) {
    outcome outcome = process_run(&(invocation){.arguments = (const char *const[]){"check", NULL},
                                                .input = "{\"data\":[]}",
                                                .input_length = 11,
                                                .messages_to = "/dev/full"});
    cr_expect_eq(outcome.exit_code, 3);
    outcome_free(&outcome);
}

static char *long_page(size_t reservations, size_t *length) {
    static const char record[] = "{\"id\":\"12ade33a-21c0-473b-b055-b3c836e1c292\"},\n";
    static const char head[] = "{\"data\":[\n";
    static const char tail[] = "{\"id\":\"last\"}]}\n";
    char *page = malloc(sizeof head + sizeof tail + reservations * sizeof record);
    char *at = page;
    cr_assert_not_null(page);
    memcpy(at, head, sizeof head - 1);
    at += sizeof head - 1;
    for (size_t count = 0; count < reservations; count++) {
        memcpy(at, record, sizeof record - 1);
        at += sizeof record - 1;
    }
    memcpy(at, tail, sizeof tail - 1);
    *length = (size_t)(at - page) + sizeof tail - 1;
    return page;
}

Test(tool_input, the_pieces_of_a_pipe_do_not_matter) {
    static const size_t pieces[] = {1, 2, 3, 7, 1448, 0};
    size_t length = 0;
    char *page = long_page(100, &length);
    outcome whole = {0, NULL, 0, NULL, 0};
    for (size_t at = sizeof pieces / sizeof pieces[0]; at-- > 0;) {
        outcome outcome =
            process_run(&(invocation){.arguments = (const char *const[]){"show", "-", NULL},
                                      .input = page,
                                      .input_length = length,
                                      .piece = pieces[at]});
        cr_expect_eq(outcome.exit_code, 0);
        if (whole.output == NULL) {
            whole = outcome;
            continue;
        }
        cr_expect_str_eq(outcome.output, whole.output);
        cr_expect_str_eq(outcome.messages, "");
        outcome_free(&outcome);
    }
    outcome_free(&whole);
    free(page);
}

Test(tool_input, a_full_disk_is_told) {
    size_t length = 0;
    char *page = long_page(5000, &length);
    static const char *const commands[][4] = {{"show", NULL},
                                              {"show", "--format", "ids", NULL},
                                              {"show", "--format", "ndjson", NULL},
                                              {"show", "--format", "json", NULL},
                                              {"show", "--format", "csv", NULL},
                                              {"show", "--format", "tsv", NULL}};
    for (size_t at = 0; at < sizeof commands / sizeof commands[0]; at++) {
        outcome outcome = process_run(&(invocation){.arguments = commands[at],
                                                    .input = page,
                                                    .input_length = length,
                                                    .output_to = "/dev/full"});
        cr_expect_eq(outcome.exit_code, 3);
        cr_expect_str_eq(outcome.messages,
                         "numres: standard output cannot be written: No space left on device\n");
        outcome_free(&outcome);
    }
    free(page);
}

Test(tool_input, a_full_disk_is_told_of_few_bytes_too) {
    static const char *const commands[][4] = {{"--version", NULL},
                                              {"show", "--help", NULL},
                                              {"show", NULL},
                                              {"show", "--format", "json", NULL},
                                              {"show", "--format", "csv", NULL},
                                              {"check", NULL}};
    static const char page[] = "{\"data\":{\"id\":\"one\",\"status\":\"x\"}}";
    for (size_t at = 0; at < sizeof commands / sizeof commands[0]; at++) {
        outcome outcome = process_run(&(invocation){.arguments = commands[at],
                                                    .input = page,
                                                    .input_length = sizeof page - 1,
                                                    .output_to = "/dev/full"});
        cr_expect_eq(outcome.exit_code, 3);
        expect_part(outcome.messages, "No space left on device");
        outcome_free(&outcome);
    }
}

/* A limit as set by ulimit -f: the signal that it sends must not end the tool. */
Test(tool_input, a_file_that_may_not_grow_is_told) {
    size_t length = 0;
    char *page = long_page(5000, &length);
    outcome outcome =
        process_run(&(invocation){.arguments = (const char *const[]){"show", "--format=csv", NULL},
                                  .input = page,
                                  .input_length = length,
                                  .file_size = 50000});
    cr_expect_eq(outcome.exit_code, 3);
    cr_expect_eq(outcome.output_length, (size_t)50000);
    cr_expect_str_eq(outcome.messages,
                     "numres: standard output cannot be written: File too large\n");
    outcome_free(&outcome);
    free(page);
}

static void expect_closed(unsigned int closed, const char *file, int exit_code, const char *output,
                          const char *messages) {
    outcome outcome = process_run(
        &(invocation){.arguments = (const char *const[]){"show", "--format", "ids", file, NULL},
                      .closed = closed});
    cr_expect_eq(outcome.exit_code, exit_code, "%d with %x closed", outcome.exit_code, closed);
    cr_expect_str_eq(outcome.output, output);
    cr_expect_str_eq(outcome.messages, messages);
    outcome_free(&outcome);
}

#define NO_OUTPUT "numres: standard output cannot be written: Bad file descriptor\n"

/* A file opened for reading must not become a standard stream. */
Test(tool_input, standard_streams_may_be_closed) {
    file_write_text("page.json", "{\"data\":{\"id\":\"one\"}}");
    file_write_text("odd.json", "{\"data\":{\"id\":\"one\",\"status\":\"x\"}}");
    expect_closed(1u << 0, "page.json", 0, "one\n", "");
    expect_closed(1u << 2, "page.json", 0, "one\n", "");
    expect_closed(1u << 0 | 1u << 2, "page.json", 0, "one\n", "");
    expect_closed(1u << 1, "page.json", 3, "", NO_OUTPUT);
    expect_closed(1u << 0 | 1u << 1, "page.json", 3, "", NO_OUTPUT);
    expect_closed(1u << 1 | 1u << 2, "page.json", 3, "", "");
    /* Whoever closes standard error wants no messages. */
    expect_closed(1u << 2, "odd.json", 1, "one\n", "");
    expect_closed(1u << 0 | 1u << 2, "odd.json", 1, "one\n", "");
    expect_closed(1u << 0, "-", 3, "", "numres: <stdin>: cannot be read: Bad file descriptor\n");
}

Test(tool_input, a_closed_pipe_is_quiet) {
    size_t length = 0;
    char *page = long_page(5000, &length);
    for (int ignored = 0; ignored <= 1; ignored++) {
        outcome outcome =
            process_run(&(invocation){.arguments = (const char *const[]){"show", NULL},
                                      .input = page,
                                      .input_length = length,
                                      .output_closed_pipe = 1,
                                      .ignores_sigpipe = ignored});
        cr_expect_eq(outcome.exit_code, 128 + SIGPIPE);
        cr_expect_str_eq(outcome.messages, "");
        outcome_free(&outcome);
    }
    free(page);
}
