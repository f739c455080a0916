/* Short names of options, and options with few values. */
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
    expect_run("show -qf", "", 2, "", NULL);
}

Test(tool_options, a_value_that_is_none_is_refused) {
    expect_run("show --color yes", "", 2, "",
               "numres show: unknown color 'yes'; known ones are: auto, always, never; see 'numres "
               "show --help'\n");
    expect_run(
        "show --time Local", "", 2, "",
        "numres show: unknown time 'Local'; did you mean 'local'? See 'numres show --help'\n");
}

Test(tool_options, the_version_has_a_short_name) {
    static const char *const words[] = {"--version", NULL};
    outcome outcome = process_run(&(invocation){.arguments = words});
    expect_run("-V", "", 0, outcome.output, "");
    outcome_free(&outcome);
}
