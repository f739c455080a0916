/* numres list: the command line. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include <numres/statuses.h>

#include "listing.h"

TestSuite(tool_list_options, .init = directory_enter, .fini = directory_leave);

/* Nothing is requested from the API, and there is no key. */
static void expect_refused(const char *arguments, const char *message) {
    expect_run(arguments, "", 2, "", message);
}

/* All such messages have one form: the value, the option, and what is wrong. */
static void expect_value_refused(const char *option, const char *value, const char *shown,
                                 const char *fault) {
    char arguments[160];
    char message[320];
    snprintf(arguments, sizeof arguments, "list %s=%s", option, value);
    snprintf(message, sizeof message,
             "numres list: the value '%s' for '%s' %s; see 'numres list --help'\n", shown, option,
             fault);
    expect_refused(arguments, message);
}

static void expect_wrong(const char *option, const char *value, const char *fault) {
    expect_value_refused(option, value, value, fault);
}

Test(tool_list_options, numbers_have_ranges) {
    expect_wrong("--page-size", "0", "is not a number from 1 to 250");
    expect_wrong("--page-size", "251", "is not a number from 1 to 250");
    expect_wrong("--page-number", "0", "is not a number of 1 or more");
    expect_wrong("--max-pages", "-1", "is not a number of 1 or more");
    expect_wrong("--max-items", "1x", "is not a number of 1 or more");
    expect_wrong("--max-retries", "", "is not a number of 0 or more");
    expect_wrong("--max-items", "9223372036854775808",
                 "is too large; the largest is 9223372036854775807");
    expect_wrong("--max-retries", "99999999999999999999",
                 "is too large; the largest is 9223372036854775807");
    expect_wrong("--timeout", "0", "is not a time in seconds, 0.1 or more");
    expect_wrong("--timeout", "0.099", "is not a time in seconds, 0.1 or more");
    expect_wrong("--timeout", "1m", "is not a time in seconds, 0.1 or more");
    expect_wrong("--connect-timeout", "0", "is not a time in seconds, 0.1 or more");
    expect_wrong("--max-time", "-1", "is not a time in seconds, 0.1 or more");
    expect_wrong("--max-page-bytes", "0", "is not a count of bytes such as 65536, 64K, 8M or 1GiB");
    expect_wrong("--max-memory", "9223372036854775808",
                 "is too large; the largest is 9223372036854775807");
    expect_wrong("--max-memory", "17179869184G",
                 "is too large; the largest is 9223372036854775807");
    expect_wrong("--max-memory", "99999999999999999999X",
                 "is not a count of bytes such as 65536, 64K, 8M or 1GiB");
    expect_wrong("--max-reservation-bytes", "1X",
                 "is not a count of bytes such as 65536, 64K, 8M or 1GiB");
}

static void expect_status_refused(const char *word) {
    char arguments[80];
    char message[320];
    snprintf(arguments, sizeof arguments, "list --status %s", word);
    snprintf(message, sizeof message,
             "numres list: unknown status '%s'; known ones are: %s; see 'numres list --help'\n",
             word, listing_statuses);
    expect_refused(arguments, message);
}

Test(tool_list_options, filters_are_checked) {
    expect_status_refused("done");
    expect_wrong("--created-after", "2018-13-01T00:00:00Z",
                 "is not a time such as 2026-01-31T00:00:00Z, 2026-01-31 or 24h");
    expect_wrong("--created-before", "yesterday",
                 "is not a time such as 2026-01-31T00:00:00Z, 2026-01-31 or 24h");
    expect_wrong("--created-before", "2026-02-30",
                 "is not a time such as 2026-01-31T00:00:00Z, "
                 "2026-01-31 or 24h");
    expect_wrong("--created-before", "7x",
                 "is not a time such as 2026-01-31T00:00:00Z, 2026-01-31 or "
                 "24h");
    expect_wrong("--created-before", "99999999999999999999d",
                 "is not a time such as 2026-01-31T00:00:00Z, 2026-01-31 or 24h");
    expect_wrong("--phone-number", "", "is not a phone number");
    expect_value_refused("--reference", "\xff", "\\xff", "is not UTF-8 text");
}

Test(tool_list_options, a_filter_is_given_once) {
    static const char *const filters[] = {"--status=pending", "--created-after=2026-01-31",
                                          "--created-before=7d", "--phone-number=+13125550123",
                                          "--reference=a"};
    char arguments[160];
    char message[160];
    for (size_t at = 0; at < sizeof filters / sizeof *filters; at++) {
        snprintf(arguments, sizeof arguments, "list %s %s", filters[at], filters[at]);
        snprintf(message, sizeof message,
                 "numres list: '%.*s' may be given only once; see 'numres list --help'\n",
                 (int)strcspn(filters[at], "="), filters[at]);
        expect_refused(arguments, message);
    }
}

/* As an unset variable of the shell gives it. */
static void expect_unnamed(const char *command, const char *option, const char *rest) {
    char arguments[160];
    char message[320];
    snprintf(arguments, sizeof arguments, "%s %s= %s", command, option, rest);
    snprintf(message, sizeof message,
             "numres %s: '%s' needs the name of a file; see 'numres %s --help'\n", command, option,
             command);
    expect_refused(arguments, message);
}

Test(tool_list_options, an_empty_file_name_is_refused) {
    expect_unnamed("list", "--resume", "");
    expect_unnamed("list", "--ca-file", "");
    expect_unnamed("get", "--tls-key-log", "ID");
    expect_unnamed("create", "--api-key-file", "+13125550123");
    expect_unnamed("config", "--ca-file", "");
}

/* A shell that is given one prints no key, and succeeds. */
Test(tool_list_options, an_empty_command_is_refused) {
    expect_refused("list --key-command=",
                   "numres list: '--key-command' needs a command; see 'numres list --help'\n");
    expect_refused("config --key-command=",
                   "numres config: '--key-command' needs a command; see 'numres config --help'\n");
}

Test(tool_list_options, what_resume_cannot_find_again_is_refused) {
    expect_refused("list --resume state --page-number 3",
                   "numres list: --page-number cannot be combined with --resume, whose file says "
                   "where to begin; see 'numres list --help'\n");
    expect_refused("list --resume state --count",
                   "numres list: --count, which shows nothing before the end, cannot be combined "
                   "with --resume; see 'numres list --help'\n");
    expect_refused(
        "list --resume state --created-after 24h",
        "numres list: the value '24h' for '--created-after' changes with the clock, so --resume "
        "could not continue the list; give a fixed time or date; see 'numres list "
        "--help'\n");
}

Test(tool_list_options, words_are_checked) {
    expect_refused("list --format xml", NULL);
    expect_refused("list page.json",
                   "numres list: it takes no files; use 'numres show' to read files; see "
                   "'numres list --help'\n");
    expect_refused("list --page-sise 3", "numres list: unknown option '--page-sise'; did you mean "
                                         "'--page-size'? See 'numres list --help'\n");
    expect_refused("list --keep-formula", "numres list: unknown option '--keep-formula'; did you "
                                          "mean '--keep-formulas'? See 'numres list --help'\n");
}

/* If the key is on the command line, no message repeats it. */
Test(tool_list_options, a_key_on_the_command_line_is_not_repeated) {
    static const char *const words[][4] = {{"list", "--api-key=" API_SERVER_KEY, NULL},
                                           {"list", "--api-key", API_SERVER_KEY, NULL},
                                           {"list", API_SERVER_KEY, NULL}};
    for (size_t at = 0; at < sizeof words / sizeof *words; at++) {
        invocation invocation = {.arguments = words[at]};
        outcome outcome = process_run(&invocation);
        cr_expect_eq(outcome.exit_code, 2);
        cr_expect_null(strstr(outcome.messages, API_SERVER_KEY));
        outcome_free(&outcome);
    }
}

Test(tool_list_options, help_and_version_name_it) {
    static const char *const help[] = {"list", "--help", NULL};
    static const char *const version[] = {"--version", NULL};
    invocation invocation = {.arguments = help};
    outcome outcome = process_run(&invocation);
    cr_expect_eq(outcome.exit_code, 0);
    expect_part(outcome.output,
                "  --max-retries N        retry a page up to N times (default 2)\n");
    outcome_free(&outcome);
    invocation.arguments = version;
    outcome = process_run(&invocation);
    expect_part(outcome.output, "\nlibcurl ");
    outcome_free(&outcome);
}
