/* Short names of options, options with few values, and numres completion. */
#include <criterion/criterion.h>

#include "process.h"

TestSuite(tool_options, .init = directory_enter, .fini = directory_leave);

/* The value in each position that POSIX allows (XBD 12.2, guidelines 5 to 7). */
Test(tool_options, options_have_short_names) {
    file_write_text("page.json", "{\"data\":{\"id\":\"one\"}}");
    expect_run("show -o ids page.json", "", 0, "one\n", "");
    expect_run("show -oids page.json", "", 0, "one\n", "");
    expect_run("show -o=ids page.json", "", 0, "one\n", "");
    expect_run("show -qoids page.json", "", 0, "one\n", "");
    expect_run("show page.json -qo ids", "", 0, "one\n", "");
    expect_run("check -q page.json", "", 0, "", "");
    expect_run("check -qo json page.json", "", 0, "", "");
    expect_run("list -n 0", "", 2, "", NULL);
    expect_run("show -oq", "", 2, "",
               "numres show: unknown format 'q'; known ones are: table, ids, numbers, ndjson, "
               "jsonl, json, csv, tsv, xlsx; see "
               "'numres show --help'\n");
    expect_run("show -o", "", 2, "",
               "numres show: '--format' needs a value; see 'numres show --help'\n");
    expect_run("show -q=yes", "", 2, "",
               "numres show: '--quiet' takes no value; see 'numres show --help'\n");
    expect_run("show -qf", "", 2, "",
               "numres show: unknown option '-f'; did you mean '--format'? See 'numres show "
               "--help'\n");
}

Test(tool_options, a_value_that_is_none_is_refused) {
    expect_run("show --color yes", "", 2, "",
               "numres show: unknown color 'yes'; known ones are: auto, always, never; see 'numres "
               "show --help'\n");
    expect_run(
        "show --time Local", "", 2, "",
        "numres show: unknown time 'Local'; did you mean 'local'? See 'numres show --help'\n");
}

Test(tool_options, every_value_that_is_wrong_is_told) {
    expect_run("list --page-size 251 --timeout soon --limit=5 --max-page-bytes 64KB --status ,", "",
               2, "",
               "numres list: the value ',' for '--status' has an empty item; see 'numres list "
               "--help'\n"
               "numres list: the value '251' for '--page-size' is not a number from 1 to 250; see "
               "'numres list --help'\n"
               "numres list: the value 'soon' for '--timeout' is not a time in seconds, 0.1 or "
               "more; see 'numres list --help'\n"
               "numres list: the value '64KB' for '--max-page-bytes' is not a count of bytes such "
               "as 65536, 64K, 8M or 1GiB; see 'numres list --help'\n");
    expect_run("show --max-depth 0 --max-depth 5", "{\"data\":[]}", 0, NULL, "");
    expect_run("wait --timeout 0 id", "", 2, "", NULL);
}

Test(tool_options, the_version_has_a_short_name) {
    static const char *const words[] = {"--version", NULL};
    outcome outcome = process_run(&(invocation){.arguments = words});
    expect_run("-V", "", 0, outcome.output, "");
    outcome_free(&outcome);
}

Test(tool_options, completion_prints_the_script_of_a_shell) {
    static const char *const parts[][2] = {{"bash", "complete -o bashdefault"},
                                           {"zsh", "#compdef numres"},
                                           {"fish", "complete -c numres"}};
    for (size_t at = 0; at < sizeof parts / sizeof *parts; at++) {
        outcome outcome = process_run(
            &(invocation){.arguments = (const char *const[]){"completion", parts[at][0], NULL}});
        cr_expect_eq(outcome.exit_code, 0);
        cr_expect_str_eq(outcome.messages, "");
        expect_part(outcome.output, parts[at][1]);
        expect_part(outcome.output, "max-reservation-bytes");
        outcome_free(&outcome);
    }
}

Test(tool_options, completion_knows_three_shells) {
    expect_run("completion ksh", "", 2, "",
               "numres completion: name one shell: bash, zsh or fish; see 'numres completion "
               "--help'\n");
    expect_run("completion", "", 2, "",
               "numres completion: name one shell: bash, zsh or fish; see 'numres completion "
               "--help'\n");
    expect_run("completion bash zsh", "", 2, "", NULL);
}
