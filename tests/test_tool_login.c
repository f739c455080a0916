/* numres login, and the other sources of the API key. */
#include <criterion/criterion.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "listing.h"
#include "terminal.h"

static void leave(void) {
    unlink("settings/numres/config");
    unlink("settings/numres/key");
    rmdir("settings/numres");
    rmdir("settings");
    directory_leave();
}

TestSuite(tool_login, .init = directory_enter, .fini = leave, .timeout = 120);

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define KEY_FILE "settings/numres/key"

/* The environment, with a settings folder that does not exist yet. */
static const char *const *with_settings(const char *other) {
    return environment_with_settings("/settings", other);
}

static outcome log_in(const char *const *arguments, const char *other, const char *input) {
    return process_run(&(invocation){.arguments = arguments,
                                     .environment = with_settings(other),
                                     .input = input,
                                     .input_length = strlen(input)});
}

static void expect_login(const char *const *arguments, const char *other, const char *input,
                         int exit_code, const char *message) {
    outcome outcome = log_in(arguments, other, input);
    cr_expect_eq(outcome.exit_code, exit_code, "%d: %s", outcome.exit_code, outcome.messages);
    cr_expect_str_eq(outcome.output, "");
    expect_part(outcome.messages, message);
    outcome_free(&outcome);
}

/* Reads a file; "" if it does not exist. */
static void read_key(const char *name, char *text, size_t size) {
    FILE *file = fopen(name, "r");
    size_t length = file == NULL ? 0 : fread(text, 1, size - 1, file);
    text[length] = '\0';
    if (file != NULL)
        fclose(file);
}

static void expect_stored(const char *expected) {
    char text[256];
    read_key(KEY_FILE, text, sizeof text);
    cr_expect_str_eq(text, expected);
}

static mode_t mode_of(const char *name) {
    struct stat about;
    cr_assert_eq(stat(name, &about), 0);
    return about.st_mode & 0777;
}

/* ---- storing ---- */

Test(tool_login, stores_the_key_for_the_user_alone) {
    umask(0);
    expect_login(WORDS("login"), NULL, "first-KEY\n", 0, "/settings/numres/key, which only you");
    expect_stored("first-KEY\n");
    cr_expect_eq(mode_of(KEY_FILE), 0600);
    cr_expect_eq(mode_of("settings/numres"), 0700);
    cr_expect_eq(mode_of("settings"), 0700);
    /* A new file with its own mode replaces it. */
    cr_assert_eq(chmod(KEY_FILE, 0644), 0);
    expect_login(WORDS("login"), NULL, "second-KEY", 0, "");
    expect_stored("second-KEY\n");
    cr_expect_eq(mode_of(KEY_FILE), 0600);
}

Test(tool_login, without_xdg_it_is_in_the_home_folder) {
    static const char key[] = "home-KEY\n";
    char home[300];
    char folder[256];
    char text[64];
    cr_assert_not_null(getcwd(folder, sizeof folder));
    snprintf(home, sizeof home, "HOME=%s", folder);
    const char *const environment[] = {home, "XDG_CONFIG_HOME=relative", NULL};
    outcome outcome = process_run(&(invocation){.arguments = WORDS("login"),
                                                .environment = environment,
                                                .input = key,
                                                .input_length = sizeof key - 1});
    cr_expect_eq(outcome.exit_code, 0, "%s", outcome.messages);
    read_key(".config/numres/key", text, sizeof text);
    cr_expect_str_eq(text, key);
    unlink(".config/numres/key");
    rmdir(".config/numres");
    outcome_free(&outcome);
    outcome = process_run(
        &(invocation){.arguments = WORDS("login"), .input = key, .input_length = sizeof key - 1});
    cr_expect_eq(outcome.exit_code, 3);
    expect_part(outcome.messages, "neither HOME nor XDG_CONFIG_HOME is an absolute path\n");
    outcome_free(&outcome);
}

Test(tool_login, refuses_what_is_no_key_and_keeps_the_one_that_is_there) {
    expect_login(WORDS("login"), NULL, "right-KEY", 0, "");
    expect_login(WORDS("login"), NULL, "", 2, "numres login: standard input holds no key\n");
    expect_login(WORDS("login"), NULL, "two words", 2, "standard input contains blanks");
    expect_stored("right-KEY\n");
    cr_assert_eq(chmod("settings/numres", 0500), 0);
    if (geteuid() != 0)
        expect_login(WORDS("login"), NULL, "other-KEY", 3, "cannot be written: ");
    cr_assert_eq(chmod("settings/numres", 0700), 0);
    unlink(KEY_FILE);
    cr_assert_eq(mkdir(KEY_FILE, 0700), 0);
    expect_login(WORDS("login"), NULL, "other-KEY", 3,
                 "/settings/numres/key: cannot be written: Is a directory\n");
    cr_assert_eq(rmdir(KEY_FILE), 0);
}

Test(tool_login, says_which_file_cannot_be_written) {
    file_write_text("settings", "");
    expect_login(WORDS("login"), NULL, "some-KEY", 3,
                 "/settings/numres/key: cannot be written: Not a directory\n");
    unlink("settings");
}

/* A shell that gets an empty command succeeds. */
Test(tool_login, refuses_an_empty_store_command) {
    expect_login(WORDS("login", "--store-command", ""), NULL, "some-KEY", 2,
                 "numres login: '--store-command' needs a command; see ");
    expect_login(WORDS("login", "--store-command", " "), NULL, "some-KEY", 2, "needs a command");
    expect_stored("");
}

/* An argument would be in the shell's history and visible in ps. */
Test(tool_login, takes_no_key_as_an_argument_and_does_not_repeat_it) {
    outcome outcome = log_in(WORDS("login", "SECRET-KEY"), NULL, "");
    cr_expect_eq(outcome.exit_code, 2);
    expect_part(outcome.messages,
                "numres login: do not pass the key as an argument, where others can see");
    cr_expect_null(strstr(outcome.messages, "SECRET-KEY"));
    outcome_free(&outcome);
}

Test(tool_login, gives_the_key_to_a_store_command) {
    char text[64];
    expect_login(WORDS("login", "--store-command", "cat >stored"), NULL, "given-KEY\n", 0,
                 "numres login: the key is stored; name a command that prints it with ");
    read_key("stored", text, sizeof text);
    cr_expect_str_eq(text, "given-KEY\n");
    expect_stored("");
    expect_login(WORDS("login", "--store-command", "cat >stored; exit 7"), NULL, "given-KEY", 3,
                 "numres login: the store command ended with status 7\n");
    expect_login(WORDS("login", "--store-command", "kill -9 $$"), NULL, "given-KEY", 3,
                 "numres login: the store command was killed by signal 9\n");
}

Test(tool_login, says_what_comes_before_the_stored_key) {
    expect_login(WORDS("login"), "TELNYX_API_KEY=variable-KEY", "stored-KEY", 0,
                 "numres login: TELNYX_API_KEY is set too, and takes precedence\n");
}

/* ---- asking ---- */

static terminal start_at_terminal(void) {
    terminal terminal = terminal_start(
        &(invocation){.arguments = WORDS("login"), .environment = with_settings(NULL)},
        TERMINAL_INPUT | TERMINAL_MESSAGES | TERMINAL_ECHO, 80);
    terminal_read_until(&terminal, "API key (not shown): ");
    return terminal;
}

static bool echoes(const terminal *terminal) {
    struct termios ways;
    cr_assert_eq(tcgetattr(terminal->master, &ways), 0);
    return (ways.c_lflag & ECHO) != 0;
}

static void type(const terminal *terminal, const char *text) {
    cr_assert_eq(write(terminal->master, text, strlen(text)), (ssize_t)strlen(text));
}

Test(tool_login, asks_without_echo) {
    terminal terminal = start_at_terminal();
    cr_expect(!echoes(&terminal));
    type(&terminal, "typed-KEY\n");
    terminal_read_until(&terminal, "which only you may read\n");
    cr_expect(echoes(&terminal));
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 0, "%s", outcome.messages);
    cr_expect_null(strstr(outcome.messages, "typed-KEY"), "%s", outcome.messages);
    expect_stored("typed-KEY\n");
    outcome_free(&outcome);
}

Test(tool_login, an_empty_line_is_no_key) {
    terminal terminal = start_at_terminal();
    type(&terminal, "\n");
    outcome outcome = terminal_end(&terminal);
    cr_expect_eq(outcome.exit_code, 2);
    expect_part(outcome.messages, "numres login: the input holds no key\n");
    outcome_free(&outcome);
}

Test(tool_login, after_an_interrupt_the_terminal_echoes_again) {
    static const int signals[] = {SIGINT, SIGTERM};
    for (size_t at = 0; at < sizeof signals / sizeof *signals; at++) {
        terminal terminal = start_at_terminal();
        cr_assert_eq(kill(terminal.child, signals[at]), 0);
        while (terminal.shown[terminal.shown_length - 1] != '\n')
            terminal_read_until(&terminal, "API key (not shown): \n");
        cr_expect(echoes(&terminal));
        outcome outcome = terminal_end(&terminal);
        cr_expect_eq(outcome.exit_code, 130);
        expect_stored("");
        outcome_free(&outcome);
    }
}

/* ---- where the key comes from ---- */

/* Runs a list with the settings and checks which key the server gets: right, wrong or none. */
static void expect_key(const api_server *server, const char *arguments, const char *variable,
                       const char *other, int exit_code, const char *message) {
    listing_run run;
    listing_prepare(&run, server, arguments);
    const char *environment[] = {
        variable, run.variables[1], run.variables[2], with_settings(NULL)[0], other, NULL};
    run.invocation.environment = environment;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, exit_code, "%d: %s", outcome.exit_code, outcome.messages);
    expect_part(outcome.messages, message);
    if (message[0] == '\0')
        cr_expect_str_eq(outcome.messages, "");
    outcome_free(&outcome);
}

#define IDS "--format ids"
#define NO_KEY "TELNYX_API_KEY"
#define WRONG_KEY "TELNYX_API_KEY=wrong"
#define RIGHT_KEY "TELNYX_API_KEY=" API_SERVER_KEY
#define PRINT_KEY "NUMRES_KEY_COMMAND=echo " API_SERVER_KEY

static void write_settings(const char *text) {
    mkdir("settings", 0700);
    mkdir("settings/numres", 0700);
    file_write_text("settings/numres/config", text);
    cr_assert_eq(chmod("settings/numres/config", 0600), 0);
}

static void store_key(const char *key) {
    mkdir("settings", 0700);
    mkdir("settings/numres", 0700);
    file_write_text(KEY_FILE, key);
    cr_assert_eq(chmod(KEY_FILE, 0600), 0);
}

Test(tool_login, the_stored_key_is_used_where_nothing_else_names_one) {
    api_server server = api_server_start(5, NULL);
    store_key(API_SERVER_KEY "\n");
    expect_key(&server, IDS, NO_KEY, NULL, 0, "");
    cr_assert_eq(chmod(KEY_FILE, 0640), 0);
    expect_key(&server, IDS, NO_KEY, NULL, 2,
               "/numres/key can be read or written by others; run chmod 600");
    expect_requests(&server, 1);
    api_server_stop(&server);
}

/* Each line has a valid key in the first place that counts, and wrong ones after it. */
Test(tool_login, keys_have_an_order) {
    api_server server = api_server_start(5, NULL);
    store_key("wrong");
    expect_key(&server, IDS, NO_KEY, PRINT_KEY, 0, "");
    expect_key(&server, IDS, RIGHT_KEY, "NUMRES_KEY_COMMAND=echo wrong", 0, "");
    write_settings("key-command = echo " API_SERVER_KEY "\n");
    expect_key(&server, IDS, NO_KEY, NULL, 0, "");
    write_settings("key-command = echo wrong\n");
    expect_key(&server, IDS, NO_KEY, PRINT_KEY, 0, "");
    expect_key(&server, IDS, RIGHT_KEY, NULL, 0, "");
    expect_key(&server, IDS, NO_KEY, "NUMRES_KEY_COMMAND= \t", 2,
               "numres list: NUMRES_KEY_COMMAND holds no command\n");
    file_write_text("right", API_SERVER_KEY);
    cr_assert_eq(chmod("right", 0600), 0);
    expect_key(&server, IDS " --api-key-file right", WRONG_KEY, NULL, 0, "");
    expect_key(&server, IDS " --key-command ./print", WRONG_KEY, NULL, 2,
               "numres list: the key command ended with status 127\n");
    expect_requests(&server, 6);
    api_server_stop(&server);
}

Test(tool_login, a_key_command_must_print_the_key_alone) {
    static const struct {
        const char *command, *message;
    } wrong[] = {
        {"key-command = exit 3\n", "/numres/config:1: the key command ended with status 3\n"},
        {"key-command = kill -9 $$\n", "the key command was killed by signal 9\n"},
        {"key-command = echo a key\n", "the output of the key command contains blanks"},
        {"key-command = :\n", "the output of the key command holds no key"},
        {"key-command = yes\n", "the output of the key command is too long for an API key"},
    };
    api_server server = api_server_start(5, NULL);
    for (size_t at = 0; at < sizeof wrong / sizeof *wrong; at++) {
        write_settings(wrong[at].command);
        expect_key(&server, IDS, NO_KEY, NULL, 2, wrong[at].message);
    }
    expect_requests(&server, 0);
    api_server_stop(&server);
}

/* The command could log the key or send it. */
Test(tool_login, a_key_command_does_not_see_the_key_of_the_environment) {
    api_server server = api_server_start(5, NULL);
    write_settings("");
    file_write_text("print",
                    "#!/bin/sh\necho \"${TELNYX_API_KEY-none}\" >seen\necho " API_SERVER_KEY "\n");
    cr_assert_eq(chmod("print", 0700), 0);
    expect_key(&server, IDS " --key-command ./print", WRONG_KEY, NULL, 0, "");
    char text[64];
    read_key("seen", text, sizeof text);
    cr_expect_str_eq(text, "none\n");
    api_server_stop(&server);
}

Test(tool_login, a_key_file_of_the_config_file_may_be_in_the_home_folder) {
    char folder[256];
    char home[300];
    api_server server = api_server_start(5, NULL);
    cr_assert_not_null(getcwd(folder, sizeof folder));
    snprintf(home, sizeof home, "HOME=%s", folder);
    write_settings("api-key-file = ~/right\n");
    file_write_text("right", API_SERVER_KEY);
    cr_assert_eq(chmod("right", 0600), 0);
    expect_key(&server, IDS, NO_KEY, home, 0, "");
    cr_assert_eq(chmod("right", 0644), 0);
    expect_key(&server, IDS, NO_KEY, home, 2, "/numres/config:1: ");
    api_server_stop(&server);
}

Test(tool_login, one_source_is_named_at_once) {
    api_server server = api_server_start(5, NULL);
    expect_key(&server, IDS " --key-command x --api-key-file y", NO_KEY, NULL, 2,
               "numres list: --api-key-file cannot be combined with --key-command\n");
    api_server_stop(&server);
}

/* The place is told, though the value may hold a password. */
Test(tool_login, a_user_in_the_config_file_is_told_with_its_place) {
    api_server server = api_server_start(5, NULL);
    write_settings("\nbase-url = https://u:p@x.example/v2\n");
    expect_key(&server, IDS, RIGHT_KEY, "TELNYX_BASE_URL=", 2,
               "/numres/config:2: the value '...' for '--base-url' contains a user or password; ");
    api_server_stop(&server);
}

/* --timeout means something else in numres wait; the config file's is the limit without data. */
Test(tool_login, defaults_are_those_of_the_same_option) {
    api_server server = api_server_start(5, NULL);
    char text[256];
    snprintf(text, sizeof text, "timeout = 0\nbase-url = %s\n", server.base_url);
    write_settings(text);
    expect_key(&server, IDS, RIGHT_KEY, NULL, 2,
               "/numres/config:1: the value '0' for '--timeout' is not a time in seconds");
    expect_requests(&server, 0);
    snprintf(text, sizeof text, "page-size = 2\nformat = ids\n");
    write_settings(text);
    expect_key(&server, "", RIGHT_KEY, NULL, 0, "");
    expect_requests(&server, 3);
    expect_field(&server, 0, 3, "page%5Bsize%5D=2");
    api_server_stop(&server);
}
