/* numres config, and the config file's effect on other commands. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "process.h"

TestSuite(tool_setup, .init = directory_enter, .fini = directory_leave);

/* ---- the config file ---- */

static const char *const *with_settings(const char *other) {
    return environment_with_settings("", other);
}

static void write_config(const char *text) {
    mkdir("numres", 0700);
    file_write_text("numres/config", text);
    cr_assert_eq(chmod("numres/config", 0600), 0);
}

/* directory_leave removes files only, so the folder must be gone. */
static void remove_config(void) {
    unlink("numres/config");
    unlink("numres/key");
    rmdir("numres");
}

/* Runs a command line with the settings, and checks parts of its output and messages. */
static void expect_with_config(const char *const *arguments, const char *other, const char *input,
                               int exit_code, const char *output, const char *message) {
    outcome outcome = process_run(&(invocation){.arguments = arguments,
                                                .environment = with_settings(other),
                                                .input = input,
                                                .input_length = strlen(input)});
    cr_expect_eq(outcome.exit_code, exit_code, "%d: %s", outcome.exit_code, outcome.messages);
    expect_part(outcome.output, output);
    expect_part(outcome.messages, message);
    if (message[0] == '\0')
        cr_expect_str_eq(outcome.messages, "");
    outcome_free(&outcome);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define ONE "{\"data\":{\"id\":\"one\"}}"

Test(tool_setup, the_config_file_gives_defaults) {
    write_config("# comment\n\n  format =  ids \r\nmax-depth=5\n");
    expect_with_config(WORDS("show"), NULL, ONE, 0, "one\n", "");
    expect_with_config(WORDS("show", "--format", "ndjson"), NULL, ONE, 0, "{\"id\":\"one\"}", "");
    expect_with_config(WORDS("show"), NULL, "{\"data\":[[[[[]]]]]}", 3, "", "--max-depth");
    /* check has other formats, so the default does not apply. */
    expect_with_config(WORDS("check"), NULL, ONE, 0, "", "1 document, ");
    write_config("format = csv\n");
    expect_with_config(WORDS("diff", "-", "/dev/null"), NULL, ONE, 3, "", "/dev/null");
    remove_config();
}

/* Options given now take precedence; if they conflict, the config file is named. */
Test(tool_setup, a_format_of_the_config_file_gives_way_to_options) {
    write_config("format = ids\n");
    expect_with_config(WORDS("show", "--count"), NULL, ONE, 0, "RESERVATIONS", "");
    expect_with_config(WORDS("show", "--columns", "reservation_id"), NULL, ONE, 0, "RESERVATION_ID",
                       "");
    expect_with_config(
        WORDS("show", "--excel"), NULL, ONE, 2, "",
        "/numres/config:1: the value 'ids' for '--format' does not support --excel; use csv");
    expect_with_config(WORDS("show", "--count", "--format", "ids"), NULL, ONE, 2, "",
                       "numres show: the value 'ids' for '--format' does not support --count; ");
    write_config("format = csv\n");
    expect_with_config(WORDS("show", "--count"), NULL, ONE, 0, "status,reservations,", "");
    remove_config();
}

Test(tool_setup, wrong_lines_are_told_with_their_place) {
    static const struct {
        const char *text, *message;
    } wrong[] = {
        {"format csv\n", "config:1: 'format csv' is not a line such as 'format = csv'\n"},
        {"\n\nfromat = csv\n", "config:3: unknown name 'fromat'; did you mean format?\n"},
        {"x = 1",
         "config:1: unknown name 'x'; known ones are: api-key-file, key-command, base-url, "},
        {"API_KEY = 1", "config:1: unknown name 'API_KEY'; did you mean api-key-file?\n"},
        {"format =\n", "config:1: 'format' needs a value\n"},
        {"format=csv\nformat = ids\n", "config:2: 'format' is already set in line 1\n"},
        {"key-command = a\n\napi-key-file = /a\n",
         "config:3: 'api-key-file' names a second source of the key; the first is in line 1\n"},
        {"\ncolumns = status\n", "config:2: '--columns' is an option of the command line only\n"},
        {"api-key-file = key\n", "config:1: 'key' is not a path that begins with / or ~/\n"},
        {"format = cvs\n", "config:1: unknown format 'cvs'; did you mean 'csv'? See "},
        {"\nmax-depth = 0\n",
         "config:2: the value '0' for '--max-depth' is not a number from 1 to 127; see "},
        {"max-reservation-bytes = x\n",
         "config:1: the value 'x' for '--max-reservation-bytes' is not a count of bytes"},
    };
    for (size_t at = 0; at < sizeof wrong / sizeof *wrong; at++) {
        write_config(wrong[at].text);
        expect_with_config(WORDS("show"), NULL, ONE, 2, "", wrong[at].message);
    }
    /* Help is shown nevertheless. */
    expect_with_config(WORDS("show", "--help"), NULL, "", 0, "Usage: numres show", "");
    remove_config();
}

#define DATED "{\"data\":[{\"id\":\"one\",\"created_at\":\"2026-01-01T00:00:00.5Z\"}]}"

Test(tool_setup, the_config_file_says_how_tables_look) {
    write_config("color = always\ntime = raw\n");
    expect_with_config(WORDS("show"), NULL, DATED, 0, "\033[1mSTATUS", "");
    expect_with_config(WORDS("show", "--color", "never"), NULL, DATED, 0, "2026-01-01T00:00:00.5Z",
                       "");
    expect_with_config(WORDS("show", "--time", "utc"), NULL, DATED, 0, "2026-01-01 00:00:00", "");
    write_config("color = sometimes\n");
    expect_with_config(WORDS("show"), NULL, DATED, 2, "", "config:1: unknown color 'sometimes'");
    write_config("time = yesterday\n");
    expect_with_config(WORDS("show"), NULL, DATED, 2, "", "config:1: unknown time 'yesterday'");
    remove_config();
}

/* A command that asks the API fails; one that reads files only says so, and goes on. */
static void expect_unusable(const char *fault) {
    char note[200];
    char message[200];
    snprintf(message, sizeof message, "/numres/config: %s\n", fault);
    snprintf(note, sizeof note, "/numres/config: %s; the file is not used\n", fault);
    expect_with_config(WORDS("show", "--format", "ids"), NULL, ONE, 0, "one\n", note);
    expect_with_config(WORDS("show"), NULL, ONE, 0, "RESERVATION", note);
    expect_with_config(WORDS("check"), NULL, ONE, 0, "", note);
    expect_with_config(WORDS("diff", "-", "-"), NULL, ONE, 2, "", note);
    expect_with_config(WORDS("list"), NULL, "", 2, "", message);
    expect_with_config(WORDS("get", "x"), NULL, "", 2, "", message);
    expect_with_config(WORDS("config"), NULL, "", 2, "", message);
}

Test(tool_setup, a_config_file_that_others_may_write_is_refused) {
    write_config("format = ids\n");
    cr_assert_eq(chmod("numres/config", 0644), 0);
    expect_with_config(WORDS("show"), NULL, ONE, 0, "one\n", "");
    cr_assert_eq(chmod("numres/config", 0664), 0);
    expect_unusable("others may write to it: remove that permission with chmod go-w");
    remove_config();
}

Test(tool_setup, a_config_file_is_text_of_bounded_size) {
    char large[17000];
    memset(large, '#', sizeof large - 1);
    large[sizeof large - 1] = '\0';
    write_config(large);
    expect_unusable("it is larger than 16 KiB");
    file_write("numres/config", "a\0b", 3);
    expect_unusable("it is not text");
    remove_config();
}

Test(tool_setup, a_config_file_that_is_a_pipe_is_not_waited_for) {
    cr_assert_eq(mkdir("numres", 0700), 0);
    cr_assert_eq(mkfifo("numres/config", 0600), 0);
    expect_unusable("it is a pipe, not a file");
    remove_config();
}

/* Nothing in it is for them, and a shell runs numres completion whenever it starts. */
Test(tool_setup, a_command_without_defaults_does_not_read_the_config_file) {
    write_config("no line\n");
    expect_with_config(WORDS("completion", "bash"), NULL, "", 0, "numres", "");
    expect_with_config(WORDS("login"), NULL, "KEY\n", 0, "", "numres login: the key is in ");
    expect_with_config(WORDS("show"), NULL, ONE, 2, "", "'no line' is not a line");
    remove_config();
}

Test(tool_setup, a_config_file_that_cannot_be_opened_or_read) {
    cr_assert_eq(mkdir("numres", 0700), 0);
    cr_assert_eq(symlink("config", "numres/config"), 0);
    expect_unusable("cannot be opened: Too many levels of symbolic links");
    expect_with_config(WORDS("config"), NULL, "", 2, "config file            unreadable  ",
                       "symbolic links");
    unlink("numres/config");
    cr_assert_eq(mkdir("numres/config", 0700), 0);
    expect_unusable("Is a directory");
    rmdir("numres/config");
    remove_config();
}

/* list and config use the same words. */
Test(tool_setup, a_stored_key_that_is_a_pipe_is_not_waited_for) {
    cr_assert_eq(mkdir("numres", 0700), 0);
    cr_assert_eq(mkfifo("numres/key", 0600), 0);
    expect_with_config(WORDS("list"), NULL, "", 2, "", "/numres/key is not a regular file\n");
    expect_with_config(WORDS("config"), NULL, "", 2, "", "/numres/key is not a regular file\n");
    remove_config();
}

/* Making it unreadable for others would not help, and must not be advised. */
Test(tool_setup, a_key_file_that_is_a_folder_or_a_device_is_refused) {
    static const char *const names[] = {"/", "/dev/null", "/dev/full"};
    for (size_t at = 0; at < sizeof names / sizeof names[0]; at++) {
        char words[128];
        snprintf(words, sizeof words, "%s is neither a file nor a pipe\n", names[at]);
        expect_with_config(WORDS("list", "--api-key-file", names[at]), NULL, "", 2, "", words);
        expect_with_config(WORDS("config", "--api-key-file", names[at]), NULL, "", 2,
                           "api-key-file", words);
    }
    cr_assert_eq(mkfifo("pipe", 0600), 0);
    expect_with_config(WORDS("config", "--api-key-file", "pipe"), NULL, "", 0, "api-key-file", "");
    write_config("api-key-file = /KEY\n");
    expect_with_config(WORDS("list"), NULL, "", 2, "", "config:1: the file given as api-key-file ");
    remove_config();
}

Test(tool_setup, a_config_file_may_begin_with_a_byte_order_mark) {
    write_config("\xEF\xBB\xBF"
                 "format = ids\n");
    expect_with_config(WORDS("show"), NULL, ONE, 0, "one\n", "");
    remove_config();
}

/* Whoever fixes one line wants to know about the others. */
Test(tool_setup, all_wrong_lines_are_told) {
    write_config("rubbish\nfromat = csv\nmax-depth = 0\n");
    outcome outcome = process_run(
        &(invocation){.arguments = WORDS("config"), .environment = with_settings(NULL)});
    cr_expect_eq(outcome.exit_code, 2);
    expect_part(outcome.messages, "/numres/config:1: 'rubbish' is not a line such as");
    expect_part(outcome.messages, "/numres/config:2: unknown name 'fromat'");
    expect_part(outcome.messages,
                "/numres/config:3: the value '0' for '--max-depth' is not a number from 1");
    outcome_free(&outcome);
    remove_config();
}

/* ---- config ---- */

/* Checks a row of numres config's output. */
static void expect_judged_row(const char *const *arguments, const char *other, const char *name,
                              const char *value, const char *source, int exit_code) {
    char row[512];
    outcome outcome =
        process_run(&(invocation){.arguments = arguments, .environment = with_settings(other)});
    int length = snprintf(row, sizeof row, "\n%-23s%s  ", name, value);
    cr_expect_eq(outcome.exit_code, exit_code, "%s", outcome.messages);
    expect_part(outcome.output, row);
    const char *found = strstr(outcome.output, row);
    cr_assert_not_null(found);
    found += length;
    found += strspn(found, " ");
    cr_expect_eq(strncmp(found, source, strlen(source)), 0, "%s", outcome.output);
    outcome_free(&outcome);
}

static void expect_row(const char *const *arguments, const char *other, const char *name,
                       const char *value, const char *source) {
    expect_judged_row(arguments, other, name, value, source, 0);
}

Test(tool_setup, config_shows_where_each_value_comes_from) {
    char place[512];
    char folder[256];
    cr_assert_not_null(getcwd(folder, sizeof folder));
    snprintf(place, sizeof place, "%s/numres/config:2\n", folder);
    expect_row(WORDS("config"), NULL, "format", "table", "default\n");
    write_config("\nformat = csv\nbase-url = https://one.example/v2\n");
    expect_row(WORDS("config"), NULL, "format", "csv", place);
    expect_row(WORDS("config", "--format", "ids"), NULL, "format", "ids", "--format\n");
    expect_row(WORDS("config"), "TELNYX_BASE_URL=https://two.example", "base-url",
               "https://two.example", "TELNYX_BASE_URL\n");
    expect_row(WORDS("config", "--base-url", "https://three.example"),
               "TELNYX_BASE_URL=https://two.example", "base-url", "https://three.example",
               "--base-url\n");
    expect_row(WORDS("config"), NULL, "timeout", "60", "default\n");
    expect_row(WORDS("config"), NULL, "color", "auto", "default\n");
    expect_row(WORDS("config", "--time", "raw"), NULL, "time", "raw", "--time\n");
    remove_config();
}

/* Where the column of sources begins in the row of this name. */
static size_t place_of_source(const char *output, const char *name, const char *source) {
    const char *row = strstr(output, name);
    cr_assert_not_null(row);
    row += strlen(name);
    const char *found = strstr(row, source);
    cr_assert_not_null(found);
    cr_assert(found < strchr(row, '\n'));
    return strlen(name) + (size_t)(found - row);
}

Test(tool_setup, config_has_room_for_long_values) {
    outcome outcome = process_run(&(invocation){
        .arguments = WORDS("config", "--base-url",
                           "https://a-very-long-name-of-a-host-in-a-test.numres.example:8443/v2"),
        .environment = with_settings(NULL)});
    size_t place = place_of_source(outcome.output, "\nbase-url", "--base-url");
    cr_expect_eq(place_of_source(outcome.output, "\nformat", "default"), place);
    cr_expect_eq(place_of_source(outcome.output, "\nmax-depth", "default"), place);
    cr_expect_eq(place_of_source(outcome.output, "config file", "/") + 1, place);
    outcome_free(&outcome);
}

Test(tool_setup, config_says_where_the_key_is_and_never_shows_it) {
    char place[512];
    char folder[256];
    cr_assert_not_null(getcwd(folder, sizeof folder));
    snprintf(place, sizeof place, "%s/numres/key\n", folder);
    expect_row(WORDS("config"), NULL, "api-key", "(none)", "'numres login' stores one\n");
    write_config("key-command = pass show telnyx\n");
    expect_row(WORDS("config"), NULL, "api-key", "(hidden)", "key-command\n");
    expect_row(WORDS("config"), "TELNYX_API_KEY=SECRET-KEY", "api-key", "(hidden)",
               "TELNYX_API_KEY\n");
    expect_judged_row(WORDS("config", "--base-url", "SECRET-KEY"), "TELNYX_API_KEY=SECRET-KEY",
                      "base-url", "XXXXXXXXXX", "--base-url\n", 2);
    expect_judged_row(WORDS("config", "--api-key-file", "SECRET-KEY"), NULL, "api-key-file",
                      "(missing)", "--api-key-file\n", 2);
    expect_judged_row(WORDS("config", "--base-url", "https://user:word@one.example"), NULL,
                      "base-url", "(hidden)", "--base-url\n", 2);
    unlink("numres/config");
    file_write_text("numres/key", "k");
    cr_assert_eq(chmod("numres/key", 0600), 0);
    expect_row(WORDS("config"), NULL, "api-key", "(hidden)", place);
    remove_config();
}

/* config must report a setting in the same words as list, apart from the command's name. */
static void expect_same_words(const char *other) {
    outcome list =
        process_run(&(invocation){.arguments = WORDS("list"), .environment = with_settings(other)});
    outcome config = process_run(
        &(invocation){.arguments = WORDS("config"), .environment = with_settings(other)});
    const char *words = strchr(list.messages, ':');
    char *end = list.messages + strcspn(list.messages, ";\n");
    cr_expect_neq(list.exit_code, 0);
    cr_expect_eq(config.exit_code, 2, "%s", config.messages);
    cr_assert_not_null(words);
    *end = '\0';
    expect_part(config.messages, "numres config");
    expect_part(config.messages, words);
    expect_part(config.output, "\nmax-depth ");
    outcome_free(&list);
    outcome_free(&config);
}

Test(tool_setup, config_says_what_a_command_would_say) {
    static const char *const lines[] = {
        "page-size = 251\n",
        "max-retries = -1\n",
        "timeout = soon\n",
        "connect-timeout = 0\n",
        "max-time = 1h\n",
        "max-page-bytes = x\n",
        "max-depth = 0\n",
        "max-reservation-bytes = 1T\n",
        "base-url = ftp://x\n",
        "ca-file = /none/of/it\n",
        "api-key-file = /none/of/it\n",
        "base-url = http://x.example\n",
        "format = cvs\n",
        "color = sometimes\n",
        "time = yesterday\n",
    };
    for (size_t at = 0; at < sizeof lines / sizeof lines[0]; at++) {
        write_config(lines[at]);
        expect_same_words(strstr(lines[at], "key") == NULL ? "TELNYX_API_KEY=key" : NULL);
    }
    unlink("numres/config");
    expect_same_words("TELNYX_API_KEY=a key");
    expect_same_words("TELNYX_BASE_URL=nowhere");
    file_write_text("numres/key", "key");
    cr_assert_eq(chmod("numres/key", 0644), 0);
    expect_same_words(NULL);
    file_write_text("numres/key", "two keys");
    cr_assert_eq(chmod("numres/key", 0600), 0);
    expect_same_words(NULL);
    remove_config();
}

/* All faults are listed, and a key command is not run. */
Test(tool_setup, config_says_all_that_is_wrong) {
    write_config("timeout = soon\nmax-depth = 0\npage-size = 0\nkey-command = touch run\n");
    outcome outcome =
        process_run(&(invocation){.arguments = WORDS("config", "--max-page-bytes", "much"),
                                  .environment = with_settings(NULL)});
    cr_expect_eq(outcome.exit_code, 2);
    expect_part(outcome.messages, "config:1: the value 'soon' for '--timeout' ");
    expect_part(outcome.messages, "config:2: the value '0' for '--max-depth' ");
    expect_part(outcome.messages, "config:3: the value '0' for '--page-size' ");
    expect_part(outcome.messages, "the value 'much' for '--max-page-bytes' ");
    cr_expect_neq(access("run", F_OK), 0);
    outcome_free(&outcome);
    remove_config();
}

/* A word that is not a choice, or a line that is not a setting, hides neither the
   settings nor other faults. */
Test(tool_setup, config_goes_on_after_a_wrong_word) {
    static const char *const lines[] = {"time = foo", "time foo"};
    for (size_t at = 0; at < sizeof lines / sizeof lines[0]; at++) {
        char text[128];
        snprintf(text, sizeof text, "%s\npage-size = 0\nformat = ids\nca-file = /none/of/it\n",
                 lines[at]);
        write_config(text);
        outcome outcome = process_run(&(invocation){
            .arguments = WORDS("config"), .environment = with_settings("TELNYX_API_KEY=key")});
        cr_expect_eq(outcome.exit_code, 2);
        expect_part(outcome.output, "\nformat                 ids ");
        expect_part(outcome.messages, "config:1: ");
        expect_part(outcome.messages, "config:2: the value '0' for '--page-size' ");
        expect_part(outcome.messages, "/none/of/it");
        cr_expect_null(strstr(strstr(outcome.messages, "config:1: ") + 1, "config:1: "));
        outcome_free(&outcome);
    }
    remove_config();
}

Test(tool_setup, config_judges_choices_that_are_given_to_it) {
    expect_run(
        "config --format cvs", "", 2, NULL,
        "numres config: unknown format 'cvs'; did you mean 'csv'? See 'numres config --help'\n");
    expect_run("config --time never", "", 2, NULL, NULL);
}

Test(tool_setup, config_takes_options_alone) {
    expect_run("config word", "", 2, "",
               "numres config: only options are allowed; see 'numres config --help'\n");
}
