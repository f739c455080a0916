/* The tool's command line: what is suggested in place of a word that is not known. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "process.h"

TestSuite(tool_suggestions, .init = directory_enter, .fini = directory_leave);

#define EMPTY_PAGE "{\"data\":[],\"meta\":{}}\n"

Test(tool_suggestions, an_unknown_command_suggests_the_nearest) {
    expect_run("shwo", "", 2, "",
               "numres: unknown command 'shwo'; did you mean 'show'? See 'numres --help'\n");
    expect_run("chekc page.json", "", 2, "",
               "numres: unknown command 'chekc'; did you mean 'check'? See 'numres --help'\n");
}

Test(tool_suggestions, a_file_in_place_of_a_command_suggests_the_command) {
    file_write_text("page.json", EMPTY_PAGE);
    expect_run("page.json", "", 2, "",
               "numres: unknown command 'page.json'; to read a file of that name: 'numres show "
               "page.json'; see 'numres --help'\n");
}

Test(tool_suggestions, an_id_in_place_of_a_command_suggests_the_command) {
    expect_run("0f8e0b6c-1111-4222-8333-0123456789ab", "", 2, "",
               "numres: unknown command '0f8e0b6c-1111-4222-8333-0123456789ab'; to fetch a "
               "reservation of that id: 'numres get 0f8e0b6c-1111-4222-8333-0123456789ab'; see "
               "'numres --help'\n");
}

Test(tool_suggestions, a_file_that_begins_like_an_option_suggests_its_path) {
    file_write_text("-a b.json", EMPTY_PAGE);
    file_write_text("-x.json", EMPTY_PAGE);
    expect_run("show -x.json", "", 2, "",
               "numres show: unknown option '-x.json'; to read a file of that name: "
               "'./-x.json'; see 'numres show --help'\n");
    outcome outcome = process_run_words((const char *const[]){"check", "-a b.json", NULL});
    cr_expect_eq(outcome.exit_code, 2);
    expect_part(outcome.messages, "'-a b.json'; to read a file of that name: './-a b.json'; see");
    outcome_free(&outcome);
    expect_run("list -x.json", "", 2, "",
               "numres list: unknown option '-x.json'; did you mean '--format ndjson'? See 'numres "
               "list --help'\n");
}

Test(tool_suggestions, an_unknown_option_suggests_the_nearest) {
    expect_run(
        "--verison", "", 2, "",
        "numres: unknown option '--verison'; did you mean '--version'? See 'numres --help'\n");
    expect_run("show --fromat ids", "", 2, "",
               "numres show: unknown option '--fromat'; did you mean '--format'? See 'numres show "
               "--help'\n");
    expect_run("show --formt=ids", "", 2, "",
               "numres show: unknown option '--formt'; did you mean '--format'? See 'numres show "
               "--help'\n");
    expect_run("check --require-member", "", 2, "",
               "numres check: unknown option '--require-member'; did you mean '--require-members'? "
               "See 'numres check --help'\n");
}

Test(tool_suggestions, a_shortened_option_suggests_the_whole) {
    expect_run("show --max-r=3", "", 2, "",
               "numres show: unknown option '--max-r'; did you mean '--max-reservation-bytes'? See "
               "'numres show --help'\n");
    expect_run("check --require", "", 2, "",
               "numres check: unknown option '--require'; did you mean '--require-members'? See "
               "'numres check --help'\n");
}

Test(tool_suggestions, a_part_of_an_option_suggests_the_whole) {
    expect_run("show --pager", "", 2, "",
               "numres show: unknown option '--pager'; did you mean '--no-pager'? See 'numres show "
               "--help'\n");
    expect_run("show --bytes=3", "", 2, "",
               "numres show: unknown option '--bytes'; did you mean '--max-reservation-bytes'? See "
               "'numres show --help'\n");
    expect_run(
        "show --format tab", "", 2, "",
        "numres show: unknown format 'tab'; did you mean 'table'? See 'numres show --help'\n");
}

Test(tool_suggestions, an_option_that_may_be_one_of_several_suggests_all) {
    expect_run("list --page 3", "", 2, "",
               "numres list: unknown option '--page'; did you mean '--page-size' or "
               "'--page-number'? See 'numres list --help'\n");
    expect_run("list --created 3", "", 2, "",
               "numres list: unknown option '--created'; did you mean '--created-after' or "
               "'--created-before'? See 'numres list --help'\n");
    expect_run("create --bytes 3", "", 2, "",
               "numres create: unknown option '--bytes'; did you mean '--max-reservation-bytes' or "
               "'--max-page-bytes'? See 'numres create --help'\n");
}

Test(tool_suggestions, a_part_or_a_letter_suggests_all_that_fit) {
    expect_run("list --size 3", "", 2, "",
               "numres list: unknown option '--size'; did you mean '--page-size'? See 'numres list "
               "--help'\n");
    expect_run("get --number 3", "", 2, "",
               "numres get: unknown option '--number'; did you mean '--number-status' or "
               "'--phone-number'? See 'numres get --help'\n");
    expect_run("list -s success", "", 2, "",
               "numres list: unknown option '-s'; did you mean '--status' or '--sort'? See 'numres "
               "list --help'\n");
}

Test(tool_suggestions, a_command_that_is_an_option_suggests_it) {
    expect_run(
        "version", "", 2, "",
        "numres: unknown command 'version'; did you mean '--version'? See 'numres --help'\n");
}

Test(tool_suggestions, a_format_in_place_of_an_option_suggests_the_option) {
    expect_run("show --json", "", 2, "",
               "numres show: unknown option '--json'; did you mean '--format json'? See 'numres "
               "show --help'\n");
    expect_run("list -csv", "", 2, "",
               "numres list: unknown option '-csv'; did you mean '--format csv'? See 'numres list "
               "--help'\n");
    expect_run("check --sarif", "", 2, "",
               "numres check: unknown option '--sarif'; did you mean '--format sarif'? See 'numres "
               "check --help'\n");
    expect_run("diff --json", "", 2, "",
               "numres diff: unknown option '--json'; did you mean '--format ndjson'? See 'numres "
               "diff --help'\n");
    expect_run("check --jsonl", "", 2, "",
               "numres check: unknown option '--jsonl'; did you mean '--format json'? See 'numres "
               "check --help'\n");
    expect_run("show --CSV", "", 2, "",
               "numres show: unknown option '--CSV'; did you mean '--format csv'? See 'numres show "
               "--help'\n");
    expect_run("show --output csv", "", 2, "",
               "numres show: unknown option '--output'; did you mean '--format'? See 'numres show "
               "--help'\n");
}

Test(tool_suggestions, an_option_before_the_command_is_refused_with_its_place) {
    expect_run("-v list", "", 2, "",
               "numres: the options of a command come after it: 'numres list -v'; see 'numres "
               "--help'\n");
    expect_run("--format=csv show page.json", "", 2, "",
               "numres: the options of a command come after it: 'numres show --format ...'; see "
               "'numres --help'\n");
    expect_run("--format csv show", "", 2, "",
               "numres: the options of a command come after it: 'numres show --format ...'; see "
               "'numres --help'\n");
    expect_run("--unknown show", "", 2, "", NULL);
    outcome outcome = process_run_words((const char *const[]){"--help", "show", NULL});
    cr_expect_eq(outcome.exit_code, 0);
    outcome_free(&outcome);
}

Test(tool_suggestions, an_unknown_letter_suggests_the_option_that_starts_with_it) {
    expect_run(
        "show -f ids", "", 2, "",
        "numres show: unknown option '-f'; did you mean '--format'? See 'numres show --help'\n");
    expect_run("-v", "", 2, "",
               "numres: unknown option '-v'; did you mean '--version'? See 'numres --help'\n");
}

/* `words` is a command line whose last word is unknown; `name` must be suggested. */
static void expect_suggestion(const char *const *words, const char *name) {
    char suggestion[100];
    size_t last = 0;
    while (words[last + 1] != NULL)
        last++;
    snprintf(suggestion, sizeof suggestion, "'%s'; did you mean '%s'? See ", words[last], name);
    outcome outcome = process_run_words(words);
    cr_expect_eq(outcome.exit_code, 2);
    expect_part(outcome.messages, suggestion);
    outcome_free(&outcome);
}

#define EXPECT_SUGGESTION(name, ...)                                                               \
    expect_suggestion((const char *const[]){__VA_ARGS__, NULL}, name)

Test(tool_suggestions, what_other_tools_call_a_name_suggests_it) {
    EXPECT_SUGGESTION("ndjson", "show", "--format", "jsonlines");
    EXPECT_SUGGESTION("ndjson", "list", "--format", "json-lines");
    EXPECT_SUGGESTION("xlsx", "show", "--format", "excel");
    EXPECT_SUGGESTION("tsv", "show", "--format", "tabs");
    EXPECT_SUGGESTION("check", "validate");
    EXPECT_SUGGESTION("list", "ls");
    EXPECT_SUGGESTION("create", "reserve");
    EXPECT_SUGGESTION("get", "retrieve");
    EXPECT_SUGGESTION("extend", "renew");
    EXPECT_SUGGESTION("wait", "poll");
    EXPECT_SUGGESTION("wait", "await");
    EXPECT_SUGGESTION("--created-after", "list", "--since");
    EXPECT_SUGGESTION("--created-before", "show", "--until");
    EXPECT_SUGGESTION("--page-size", "list", "--per-page");
    EXPECT_SUGGESTION("ndjson", "diff", "one", "other", "--format", "json");
    /* Only if the command has that name: here it has not, and another is nearest. */
    EXPECT_SUGGESTION("json", "check", "--format", "jsonl");
}

static void expect_no_suggestion(const char *command, const char *option) {
    const char *const words[] = {command, option, NULL};
    char message[100];
    outcome outcome = process_run_words(words);
    snprintf(message, sizeof message, "numres %s: unknown option '%s'; see 'numres %s --help'\n",
             command, option, command);
    cr_expect_eq(outcome.exit_code, 2);
    cr_expect_str_eq(outcome.messages, message);
    outcome_free(&outcome);
}

/* Two of five letters may be wrong, but not of four, nor three of six. */
Test(tool_suggestions, a_word_that_only_shares_letters_with_a_name_suggests_nothing) {
    expect_no_suggestion("check", "--strict");
    expect_no_suggestion("check", "--name");
    expect_no_suggestion("list", "--strict");
    expect_no_suggestion("list", "--reason");
    expect_no_suggestion("show", "--tail");
    expect_no_suggestion("show", "--file");
    expect_no_suggestion("extend", "--desc");
    EXPECT_SUGGESTION("--wide", "show", "--width");
    EXPECT_SUGGESTION("--color", "show", "--colour");
}

Test(tool_suggestions, case_dashes_and_swapped_letters_hide_no_suggestion) {
    EXPECT_SUGGESTION("csv", "show", "--format", "CSV");
    EXPECT_SUGGESTION("jsonl", "show", "--format", "JSONL");
    EXPECT_SUGGESTION("json", "show", "--format", "JSON");
    EXPECT_SUGGESTION("csv", "show", "--format", "cvs");
    EXPECT_SUGGESTION("tsv", "list", "--format", "tvs");
    EXPECT_SUGGESTION("--quiet", "show", "-quiet");
    EXPECT_SUGGESTION("--format", "show", "--FORMAT");
}

/* The name of an option is more than a likeness. */
Test(tool_suggestions, an_option_of_another_command_names_that_command) {
    expect_run("show --page-size 5", "", 2, "",
               "numres show: '--page-size' is an option of 'numres list'; see "
               "'numres show --help'\n");
    expect_run("get --page-number=5", "", 2, "",
               "numres get: '--page-number' is an option of 'numres list'; see "
               "'numres get --help'\n");
    expect_run("check --no-pager", "", 2, "",
               "numres check: '--no-pager' is an option of 'numres show'; see 'numres check "
               "--help'\n");
    expect_run("show --version", "", 2, "",
               "numres show: '--version' is an option of 'numres'; see 'numres "
               "show --help'\n");
    expect_run("--quiet", "", 2, "",
               "numres: '--quiet' is an option of 'numres show'; see 'numres "
               "--help'\n");
}

Test(tool_suggestions, the_unknown_one_of_letters_written_together_is_named) {
    expect_run("show -qs", "", 2, "",
               "numres show: unknown option '-s'; did you mean '--status' or '--sort'? See 'numres "
               "show --help'\n");
    expect_run("show -qzv", "", 2, "",
               "numres show: unknown option '-z'; see 'numres show --help'\n");
    expect_run("show -q\xc3\xa9", "", 2, "",
               "numres show: unknown option '-q\xc3\xa9'; see 'numres show --help'\n");
}

Test(tool_suggestions, a_longer_name_suggests_its_end) {
    expect_run("list --output-format csv", "", 2, "",
               "numres list: unknown option '--output-format'; did you mean '--format'? See "
               "'numres list --help'\n");
    expect_run("list --max-page-size 3", "", 2, "",
               "numres list: unknown option '--max-page-size'; did you mean '--page-size'? See "
               "'numres list --help'\n");
    expect_run("show --reformat csv", "", 2, "",
               "numres show: unknown option '--reformat'; did you mean '--format'? See 'numres "
               "show --help'\n");
}

Test(tool_suggestions, an_underscore_is_a_dash) {
    expect_run("show --max_r=3", "", 2, "",
               "numres show: unknown option '--max_r'; did you mean '--max-reservation-bytes'? See "
               "'numres show --help'\n");
    expect_run("show --columns reservation-c", "", 2, "",
               "numres show: unknown column 'reservation-c'; did you mean "
               "'reservation_created_at'? See 'numres show --help'\n");
}

Test(tool_suggestions, a_mistyped_part_suggests_the_whole) {
    expect_run("show --columns nmber", "", 2, "",
               "numres show: unknown column 'nmber'; did you mean 'phone_number'? See 'numres show "
               "--help'\n");
    expect_run("show --sort refernce", "", 2, "",
               "numres show: unknown column 'refernce'; did you mean 'customer_reference'? See "
               "'numres show --help'\n");
    expect_run("list --szie 3", "", 2, "",
               "numres list: unknown option '--szie'; did you mean '--page-size'? See 'numres list "
               "--help'\n");
    expect_run("list --retires 3", "", 2, "",
               "numres list: unknown option '--retires'; did you mean '--max-retries'? See 'numres "
               "list --help'\n");
}

/* A name that is near only by chance would mislead. */
Test(tool_suggestions, where_no_name_is_near_all_are_named) {
    expect_run("fetch", "", 2, "",
               "numres: unknown command 'fetch'; known ones are: show, check, diff, list, get, "
               "create, extend, wait, login, config, completion, help; see 'numres --help'\n");
    expect_run("show --format xml", "", 2, "",
               "numres show: unknown format 'xml'; known ones are: table, ids, numbers, ndjson, "
               "jsonl, json, csv, tsv, xlsx; see 'numres show --help'\n");
    expect_run("check --format csv", "", 2, "",
               "numres check: unknown format 'csv'; known ones are: text, json, github, sarif; see "
               "'numres check "
               "--help'\n");
    outcome outcome = process_run_words((const char *const[]){"show", "--columns", "at", NULL});
    expect_part(outcome.messages, "unknown column 'at'; known ones are: reservation_id, ");
    outcome_free(&outcome);
    /* The options are too many: the help has them. */
    expect_run("show --xml", "", 2, "",
               "numres show: unknown option '--xml'; see 'numres show --help'\n");
    expect_run("show -x", "", 2, "",
               "numres show: unknown option '-x'; see 'numres show --help'\n");
}
