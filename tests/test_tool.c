/* The tool's command line: commands, options, help, version, exit code 2. */
#include <criterion/criterion.h>

#include <curl/curl.h>
#include <numres/parser.h>
#include <stdio.h>
#include <string.h>
#include <yajl/yajl_version.h>

#include "process.h"

TestSuite(tool, .init = directory_enter, .fini = directory_leave);

Test(tool, version_is_on_standard_output) {
    char expected[480];
    int length =
        snprintf(expected, sizeof expected,
                 "numres 0.1.0\n"
                 "yajl %d.%d.%d\n"
                 "libcurl %s\n"
                 "SIMD level: %s\n"
                 "longest value kept: 16384 bytes\n"
                 "text kept of a record: 32768 bytes\n"
                 "deepest nesting: 32\n"
                 "numbers of a reservation: 8388608 bytes\n"
                 "page: 67108864 bytes\n"
                 "reservations of a page: 100000\n",
                 yajl_version() / 10000, yajl_version() / 100 % 100, yajl_version() % 100,
                 curl_version_info(CURLVERSION_NOW)->version, numres_simd_name(NUMRES_SIMD_BEST));
    cr_assert_lt((size_t)length, sizeof expected);
    expect_run("--version", "", 0, expected, "");
}

Test(tool, help_is_on_standard_output_with_examples) {
    static const char *const lines[][3] = {
        {"--help", NULL},           {"-h", NULL},
        {"show", "--help", NULL},   {"check", "--help", NULL},
        {"list", "--help", NULL},   {"get", "--help", NULL},
        {"create", "--help", NULL}, {"extend", "--help", NULL},
        {"wait", "--help", NULL},   {"login", "--help", NULL},
        {"config", "--help", NULL}, {"completion", "--help", NULL},
        {"diff", "--help", NULL}};
    for (size_t at = 0; at < sizeof lines / sizeof lines[0]; at++) {
        outcome outcome = process_run_words(lines[at]);
        cr_expect_eq(outcome.exit_code, 0);
        cr_expect_eq(strncmp(outcome.output, "Usage: numres ", 14), 0);
        expect_part(outcome.output, "Examples:\n  numres ");
        cr_expect_str_eq(outcome.messages, "");
        outcome_free(&outcome);
    }
}

Test(tool, help_fits_in_eighty_columns) {
    static const char *const lines[][3] = {
        {"--help", NULL},           {"show", "--help", NULL},       {"check", "--help", NULL},
        {"list", "--help", NULL},   {"get", "--help", NULL},        {"create", "--help", NULL},
        {"extend", "--help", NULL}, {"wait", "--help", NULL},       {"login", "--help", NULL},
        {"config", "--help", NULL}, {"completion", "--help", NULL}, {"diff", "--help", NULL}};
    for (size_t at = 0; at < sizeof lines / sizeof lines[0]; at++) {
        outcome outcome = process_run_words(lines[at]);
        for (const char *line = outcome.output; *line != '\0'; line += strcspn(line, "\n") + 1)
            cr_expect_leq(strcspn(line, "\n"), (size_t)80, "%.90s", line);
        outcome_free(&outcome);
    }
}

static void expect_in_help(const char *command, const char *text) {
    outcome outcome = process_run_words((const char *const[]){command, "--help", NULL});
    expect_part(outcome.output, text);
    outcome_free(&outcome);
}

Test(tool, help_says_how_to_give_the_key) {
    static const char *const commands[] = {"list", "get", "create", "extend", "wait"};
    for (size_t at = 0; at < sizeof commands / sizeof commands[0]; at++)
        expect_in_help(
            commands[at],
            "\nNeeds an API key: store it with 'numres login', or set TELNYX_API_KEY.\n\n");
    expect_in_help("config", "The API key is never shown, and a key command is not run.\n\n");
}

Test(tool, help_says_what_became_of_a_request_that_failed) {
    static const char *const commands[] = {"create", "extend"};
    for (size_t at = 0; at < sizeof commands / sizeof commands[0]; at++)
        expect_in_help(commands[at],
                       "If the response or the output fails although the API\n"
                       "has carried the request out, or may have, a message says so and names the\n"
                       "command that shows the result.\n\n");
    expect_in_help("list", "Retries lose no reservation and\nshow none twice.");
    expect_in_help("list", "130 interrupted; with --exit-status: 6 a limit was reached,\n"
                           "7 (instead of 0) nothing was shown. The highest applies.\n");
    expect_in_help("wait", "as soon as it is settled.\n");
}

Test(tool, without_a_command_the_help_is_a_message) {
    outcome outcome = process_run_words((const char *const[]){NULL});
    cr_expect_eq(outcome.exit_code, 2);
    cr_expect_str_eq(outcome.output, "");
    cr_expect_eq(strncmp(outcome.messages, "Usage: numres ", 14), 0);
    outcome_free(&outcome);
}

Test(tool, two_dashes_may_come_before_the_command) {
    expect_run("-- show --format ids", "{\"data\":[{\"id\":\"one\"}]}", 0, "one\n", "");
    expect_run("--", "", 2, "", NULL);
}

static void expect_same(const char *const *words, const char *const *others) {
    outcome outcome = process_run_words(words);
    struct outcome other = process_run_words(others);
    cr_expect_str_eq(outcome.output, other.output);
    cr_expect_str_eq(outcome.messages, "");
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
    outcome_free(&other);
}

Test(tool, help_may_be_asked_for_by_its_name) {
    expect_same((const char *const[]){"help", NULL}, (const char *const[]){"--help", NULL});
    expect_same((const char *const[]){"help", "show", NULL},
                (const char *const[]){"show", "--help", NULL});
    expect_same((const char *const[]){"help", "check", NULL},
                (const char *const[]){"check", "--help", NULL});
    expect_same((const char *const[]){"help", "help", NULL}, (const char *const[]){"--help", NULL});
    expect_same((const char *const[]){"help", "--help", NULL},
                (const char *const[]){"--help", NULL});
    expect_run("hlep", "", 2, "",
               "numres: unknown command 'hlep'; did you mean 'help'? See 'numres --help'\n");
    expect_run("help shwo", "", 2, "",
               "numres: unknown command 'shwo'; did you mean 'show'? See 'numres --help'\n");
}

Test(tool, help_is_asked_for_one_command) {
    expect_run("help show list", "", 2, "", "numres help: name one command; see 'numres --help'\n");
}

Test(tool, an_empty_name_of_a_file_is_told) {
    outcome outcome = process_run_words((const char *const[]){"show", "", NULL});
    cr_expect_eq(outcome.exit_code, 2);
    cr_expect_str_eq(outcome.messages, "numres show: empty file name; is a variable unset?\n");
    outcome_free(&outcome);
    outcome = process_run_words((const char *const[]){"check", "--", "", NULL});
    cr_expect_eq(outcome.exit_code, 2);
    cr_expect_str_eq(outcome.messages, "numres check: empty file name; is a variable unset?\n");
    outcome_free(&outcome);
}

Test(tool, a_very_long_unknown_option_is_refused) {
    char word[5000] = "--";
    memset(word + 2, 'x', sizeof word - 3);
    word[sizeof word - 1] = '\0';
    outcome outcome = process_run_words((const char *const[]){"show", word, NULL});
    cr_expect_eq(outcome.exit_code, 2);
    expect_part(outcome.messages, "xx'; see 'numres show --help'\n");
    outcome_free(&outcome);
}

Test(tool, an_unknown_option_cannot_steer_the_terminal) {
    outcome outcome = process_run_words((const char *const[]){"show", "--\x1b[31m\xff", NULL});
    cr_expect_eq(outcome.exit_code, 2);
    expect_part(outcome.messages, "unknown option '--\\u001b[31m\\xff'");
    outcome_free(&outcome);
}

Test(tool, a_format_must_be_known) {
    expect_run("show --format idz", "", 2, "",
               "numres show: unknown format 'idz'; did you mean 'ids'? See 'numres show --help'\n");
    expect_run("show --format", "", 2, "",
               "numres show: '--format' needs a value; see 'numres show --help'\n");
}

Test(tool, a_format_of_the_other_command_is_unknown) {
    expect_run(
        "check --format ndjson", "", 2, "",
        "numres check: unknown format 'ndjson'; did you mean 'json'? See 'numres check --help'\n");
    expect_run("show --format text", "", 2, "",
               "numres show: unknown format 'text'; known ones are: table, ids, numbers, ndjson, "
               "jsonl, json, csv, tsv, xlsx; see 'numres show --help'\n");
}

static void expect_no_bytes(const char *value) {
    char arguments[100];
    char messages[300];
    snprintf(arguments, sizeof arguments, "show --max-reservation-bytes=%s", value);
    snprintf(messages, sizeof messages,
             "numres show: the value '%s' for '--max-reservation-bytes' is not a count of bytes "
             "such as 65536, 64K, 8M or 1GiB; see 'numres show --help'\n",
             value);
    expect_run(arguments, "", 2, "", messages);
}

Test(tool, a_limit_is_a_count_of_bytes) {
    static const char *const wrong[] = {"",     "0",   "-1",  "+1",    "x",   "1x",
                                        "1KB",  "1MB", "1Ki", "1KiBs", "1iB", "1T",
                                        "0x10", "0K",  "1.5", "1e3",   "K"};
    static const char *const right[] = {"1",  "65536", "64K",   "8M",   "2G",   "64k",
                                        "8m", "2g",    "64KiB", "8MiB", "2GiB", "64kib"};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++)
        expect_no_bytes(wrong[at]);
    for (size_t at = 0; at < sizeof right / sizeof right[0]; at++) {
        char arguments[100];
        snprintf(arguments, sizeof arguments, "show --format ids --max-reservation-bytes %s",
                 right[at]);
        expect_run(arguments, "{\"data\":{\"id\":\"one\"}}", 0, "one\n", "");
    }
}

Test(tool, a_flag_takes_no_value) {
    expect_run("show --bare=yes", "", 2, "",
               "numres show: '--bare' takes no value; see 'numres show --help'\n");
}

Test(tool, options_may_come_before_or_after_files) {
    file_write_text("page.json", "{\"data\":{\"id\":\"one\"}}");
    expect_run("show page.json --format ids", "", 0, "one\n", "");
    expect_run("show --format=ids page.json", "", 0, "one\n", "");
    expect_run("show --format table --format ids page.json", "", 0, "one\n", "");
}

Test(tool, after_two_dashes_all_are_files) {
    file_write_text("--bare", "{\"data\":{\"id\":\"one\"}}");
    expect_run("show --format ids -- --bare", "", 0, "one\n", "");
}

Test(tool, a_dash_is_standard_input) {
    file_write_text("page.json", "{\"data\":{\"id\":\"file\"}}");
    expect_run("show --format ids page.json - page.json", "{\"data\":{\"id\":\"input\"}}", 0,
               "file\ninput\nfile\n", "");
}

Test(tool, wrong_usage_reads_nothing) {
    file_write_text("page.json", "{\"data\":{\"id\":\"one\"}}");
    expect_run("show --format ids page.json --wrong", "", 2, "", NULL);
}
