/* For posix_openpt. */
#define _XOPEN_SOURCE 700

/* numres list: where the key comes from, and that it goes nowhere else. */
#include <criterion/criterion.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "listing.h"
#include "terminal.h"

TestSuite(tool_list_key, .init = directory_enter, .fini = directory_leave);

/* Runs numres list with this variable in place of the one with the valid key. */
static void expect_with_variable(const api_server *server, const char *variable,
                                 const char *arguments, int exit_code, const char *message) {
    listing_run run;
    listing_prepare(&run, server, arguments);
    snprintf(run.variables[0], sizeof run.variables[0], "%s", variable);
    outcome outcome = process_run(&run.invocation);
    expect_part(outcome.messages, message);
    cr_expect_eq(outcome.exit_code, exit_code, "%d: %s", outcome.exit_code, outcome.messages);
    outcome_free(&outcome);
}

Test(tool_list_key, is_needed) {
    static const char message[] =
        "numres list: TELNYX_API_KEY is not set: set it to your API key, store the key with "
        "'numres login', or name a file that holds it with --api-key-file\n";
    api_server server = api_server_start(5, NULL);
    expect_with_variable(&server, "OTHER=1", "", 2, message);
    expect_with_variable(&server, "TELNYX_API_KEY=", "", 2, message);
    expect_requests(&server, 0);
    api_server_stop(&server);
}

/* A line feed would start another header. */
Test(tool_list_key, is_one_word) {
    static const char message[] = "TELNYX_API_KEY contains blanks, quotes or other characters that "
                                  "no API key has; it must hold only the key\n";
    api_server server = api_server_start(5, NULL);
    expect_with_variable(&server, "TELNYX_API_KEY=a\r\nX-Other: b", "", 2, message);
    expect_with_variable(&server, "TELNYX_API_KEY=a b", "", 2, message);
    expect_with_variable(&server, "TELNYX_API_KEY=caf\xc3\xa9", "", 2, message);
    /* As from an env file, or from jq without -r. */
    expect_with_variable(&server, "TELNYX_API_KEY=\"" API_SERVER_KEY "\"", "", 2, message);
    expect_with_variable(&server, "TELNYX_API_KEY='" API_SERVER_KEY "'", "", 2, message);
    expect_with_variable(&server, "TELNYX_API_KEY=wrong", "", 4, "HTTP 401 Unauthorized");
    expect_requests(&server, 1);
    expect_field(&server, 0, 4, "wrong");
    api_server_stop(&server);
}

static void expect_with_file(const api_server *server, const char *text, mode_t mode, int exit_code,
                             const char *message) {
    file_write_text("key", text);
    cr_assert_eq(chmod("key", mode), 0);
    expect_with_variable(server, "OTHER=1", "--format ids --api-key-file key", exit_code, message);
}

Test(tool_list_key, comes_from_a_file_that_is_closed_to_others) {
    api_server server = api_server_start(5, NULL);
    expect_with_file(&server, API_SERVER_KEY, 0600, 0, "");
    expect_with_file(&server, API_SERVER_KEY "\n", 0400, 0, "");
    expect_with_file(&server, API_SERVER_KEY " \r\n", 0700, 0, "");
    expect_requests(&server, 3);
    expect_with_file(&server, "wrong", 0600, 4, "check that key holds a complete, valid API key");
    static const mode_t open_modes[] = {0640, 0620, 0604, 0602, 0644, 0666};
    for (size_t at = 0; at < sizeof open_modes / sizeof *open_modes; at++)
        expect_with_file(
            &server, API_SERVER_KEY, open_modes[at], 2,
            "numres list: key can be read or written by others; run chmod 600 on it\n");
    expect_with_file(&server, "", 0600, 2, "key holds no key\n");
    expect_with_file(&server, "\n", 0600, 2, "key holds no key\n");
    expect_with_file(&server, "two words", 0600, 2, "key contains blanks");
    char long_key[1100];
    memset(long_key, 'k', sizeof long_key - 1);
    long_key[sizeof long_key - 1] = '\0';
    expect_with_file(&server, long_key, 0600, 2, "key is too long for an API key");
    expect_with_variable(
        &server, "OTHER=1", "--api-key-file missing", 2,
        "numres list: the file given with --api-key-file cannot be opened: No such file or "
        "directory\n");
    expect_requests(&server, 4);
    api_server_stop(&server);
}

Test(tool_list_key, the_file_comes_before_the_variable) {
    api_server server = api_server_start(5, NULL);
    file_write_text("key", API_SERVER_KEY);
    cr_assert_eq(chmod("key", 0600), 0);
    expect_with_variable(&server, "TELNYX_API_KEY=wrong", "--format ids --api-key-file key", 0, "");
    api_server_stop(&server);
}

/* The file's name may be the key itself, quoted in a shell. */
Test(tool_list_key, in_place_of_a_file_is_not_printed) {
    api_server server = api_server_start(5, NULL);
    listing_run run;
    listing_prepare(&run, &server, "--format ids --api-key-file " API_SERVER_KEY);
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 2);
    expect_part(outcome.messages,
                "numres list: the file given with --api-key-file cannot be opened: ");
    cr_expect_null(strstr(outcome.messages, API_SERVER_KEY));
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* By mistake, or because a shell split a word. */
Test(tool_list_key, is_never_shown_where_another_value_belongs) {
    static const char *const arguments[] = {"--ca-file " API_SERVER_KEY,
                                            "--base-url " API_SERVER_KEY,
                                            "--status " API_SERVER_KEY,
                                            "--format " API_SERVER_KEY,
                                            "--page-size " API_SERVER_KEY,
                                            "--created-after " API_SERVER_KEY,
                                            "--resume missing/" API_SERVER_KEY,
                                            "-" API_SERVER_KEY,
                                            "--" API_SERVER_KEY,
                                            "--phone-number " API_SERVER_KEY,
                                            API_SERVER_KEY};
    api_server server = api_server_start(5, NULL);
    for (size_t at = 0; at < sizeof arguments / sizeof *arguments; at++) {
        outcome outcome = listing(&server, arguments[at]);
        cr_expect_null(strstr(outcome.messages, API_SERVER_KEY), "%s", outcome.messages);
        outcome_free(&outcome);
    }
    api_server_stop(&server);
}

/* The key in use comes from a file; the variable holds another one. */
Test(tool_list_key, of_the_variable_is_hidden_too) {
    api_server server = api_server_start(55, NULL);
    file_write_text("key", API_SERVER_KEY);
    cr_assert_eq(chmod("key", 0600), 0);
    listing_run run;
    listing_prepare(&run, &server,
                    "--format ids --api-key-file key --max-pages 1 --resume OTHER-KEY");
    snprintf(run.variables[0], sizeof run.variables[0], "TELNYX_API_KEY=OTHER-KEY");
    outcome outcome = process_run(&run.invocation);
    expect_part(outcome.messages, "--max-pages 1 --resume XXXXXXXXX\n");
    outcome_free(&outcome);
    api_server_stop(&server);
}

Test(tool_list_key, comes_from_standard_input) {
    static const char key[] = API_SERVER_KEY "\n";
    api_server server = api_server_start(5, NULL);
    listing_run run;
    listing_prepare(&run, &server, "--format ids --api-key-file -");
    snprintf(run.variables[0], sizeof run.variables[0], "TELNYX_API_KEY=wrong");
    run.invocation.input = key;
    run.invocation.input_length = sizeof key - 1;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 0, "%s", outcome.messages);
    expect_field(&server, 0, 4, "right");
    outcome_free(&outcome);
    run.invocation.input_length = 0;
    outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 2);
    expect_part(outcome.messages, "numres list: standard input holds no key\n");
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* Checks that a file in /proc/PROCESS does not contain the key. */
static void expect_absent_from(pid_t process, const char *name) {
    char path[64];
    char bytes[65536];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)process, name);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return; /* hidden from this user, which is fine too */
    size_t length = fread(bytes, 1, sizeof bytes - 1, file);
    fclose(file);
    for (size_t at = 0; at < length; at++)
        cr_expect(strncmp(bytes + at, API_SERVER_KEY, strlen(API_SERVER_KEY)) != 0, "%s", name);
}

/* The files in /proc of a process that is not dumpable belong to root. */
static uid_t owner_in_proc(pid_t process) {
    char path[64];
    struct stat about;
    snprintf(path, sizeof path, "/proc/%d/environ", (int)process);
    return stat(path, &about) == 0 ? about.st_uid : 0;
}

/* Runs the tool with the key twice in its environment; as another user, if this one is root. */
_Noreturn static void become_tool_twice(const listing_run *run, int output) {
    char program[1024];
    char *words[] = {program, (char[]){"list"}, (char[]){"--resume"}, (char[]){"state"}, NULL};
    char second[160];
    char first[160];
    char url[160];
    /* The pager waits for a line from the terminal, which its output is. */
    char pager[] = "PAGER=cat; echo done; read line <&1";
    char *environment[] = {
        first, url, second, pager, (char[]){"TERM=xterm"}, (char[]){"PATH=/usr/bin:/bin"}, NULL};
    snprintf(program, sizeof program, "%s", getenv("NUMRES_TOOL"));
    snprintf(first, sizeof first, "%s", run->variables[0]);
    snprintf(second, sizeof second, "%s", run->variables[0]);
    snprintf(url, sizeof url, "%s", run->variables[1]);
    dup2(output, STDOUT_FILENO);
    if (setsid() >= 0 && (geteuid() != 0 || (setgid(65534) == 0 && setuid(65534) == 0)))
        execve(program, words, environment);
    _exit(127);
}

/* Wherever the environment holds the key, and up to the end: here everything has been
   read and the API's response freed, but the pager still has the terminal. */
Test(tool_list_key, stays_unreadable_to_the_end) {
    api_server server = api_server_start(20, NULL);
    listing_run run;
    char shown[16384];
    size_t length = 0;
    int status = 0;
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    cr_assert(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    cr_assert(slave >= 0 && chmod(".", 0777) == 0);
    listing_prepare(&run, &server, "");
    pid_t child = fork();
    if (child == 0)
        become_tool_twice(&run, slave);
    close(slave);
    shown[0] = '\0';
    while (strstr(shown, "done") == NULL && length + 1 < sizeof shown &&
           read(master, shown + length, 1) == 1)
        shown[++length] = '\0';
    if (strstr(shown, "done") != NULL) {
        expect_absent_from(child, "environ");
        cr_expect_eq(owner_in_proc(child), 0);
    }
    kill(child, SIGKILL);
    cr_assert_eq(waitpid(child, &status, 0), child);
    close(master);
    api_server_stop(&server);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        cr_skip_test("another user may not run the tool");
    cr_expect_not_null(strstr(shown, "done"), "%s", shown);
}

/* Allows small core files if this process may: "unlimited" is not a number. */
static void allow_cores(void) {
    struct rlimit limit;
    cr_assert_eq(getrlimit(RLIMIT_CORE, &limit), 0);
    limit.rlim_cur = limit.rlim_max < 4096 ? limit.rlim_max : 4096;
    cr_assert_eq(setrlimit(RLIMIT_CORE, &limit), 0);
}

Test(tool_list_key, is_not_in_the_environment_or_arguments_of_the_process) {
    api_server server = api_server_start(20, RULES("stall=4000"));
    listing_run run;
    listing_prepare(&run, &server, "--format ids --verbose");
    allow_cores();
    terminal terminal = terminal_start(&run.invocation, TERMINAL_OUTPUT, 80);
    terminal_read_until(&terminal, ids_of(0, 0));
    expect_absent_from(terminal.child, "environ");
    expect_absent_from(terminal.child, "cmdline");
    /* The core limit, hard and soft, allows none. */
    char path[64];
    char line[256] = "";
    snprintf(path, sizeof path, "/proc/%d/limits", (int)terminal.child);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL &&
           strncmp(line, "Max core file size", 18) != 0)
        continue;
    if (file != NULL) {
        fclose(file);
        cr_expect_eq(strtol(line + 18, NULL, 10), 0, "%s", line);
    }
    api_server_say(&server, "stalled 1");
    api_server_say(&server, "go");
    outcome outcome = terminal_end(&terminal);
    cr_expect_null(strstr(outcome.messages, API_SERVER_KEY));
    outcome_free(&outcome);
    api_server_stop(&server);
}

static void expect_base_url(const char *url, const char *fault) {
    api_server server = api_server_start(5, NULL);
    char arguments[256];
    snprintf(arguments, sizeof arguments, "--format ids --max-retries 0 --base-url %s", url);
    expect_listing(&server, arguments, 2, "", fault);
    expect_requests(&server, 0);
    api_server_stop(&server);
}

Test(tool_list_key, goes_over_plain_http_to_this_machine_only) {
    static const char fault[] = "is http, which would send the key unencrypted";
    expect_base_url("http://api.telnyx.com/v2", fault);
    expect_base_url("http://128.0.0.1/v2", fault);
    expect_base_url("http://127.0.0.1.example/v2", fault);
    expect_base_url("http://localhost.example/v2", fault);
    expect_base_url("http://[::2]/v2", fault);
    expect_base_url("http://0/v2", fault);
    expect_base_url("ftp://127.0.0.1/v2", "is not an https URL");
    expect_base_url("file:///etc/passwd", "names no host");
    expect_base_url("https:///v2", "names no host, such as api.telnyx.com");
    expect_base_url("127.0.0.1/v2", "is not a URL such as https://api.telnyx.com/v2");
    expect_base_url("https://user:word@127.0.0.1/v2",
                    "numres list: the value '...' for '--base-url' contains a user or password");
    expect_base_url("htt//user:word@127.0.0.1/v2",
                    "list: the value '...' for '--base-url' is not a URL");
    expect_base_url("https://127.0.0.1/v2?a=b", "has a query or fragment");
    expect_base_url("https://127.0.0.1/v2#a", "has a query or fragment");
}

Test(tool_list_key, goes_to_this_machine_by_all_its_names) {
    static const char *const hosts[] = {"127.0.0.1", "127.1", "localhost", "LOCALHOST"};
    api_server server = api_server_start(5, NULL);
    char arguments[128];
    for (size_t at = 0; at < sizeof hosts / sizeof *hosts; at++) {
        snprintf(arguments, sizeof arguments, "--format ids --base-url http://%s:%u/v2//",
                 hosts[at], server.port);
        expect_listing(&server, arguments, 0, ids_of(0, 4), "");
    }
    expect_requests(&server, sizeof hosts / sizeof *hosts);
    expect_field(&server, 0, 2, "/v2/number_reservations");
    api_server_stop(&server);
}

/* The proxy in the environment would read the key. Nothing answers on port 1. */
Test(tool_list_key, does_not_go_through_a_proxy_unencrypted) {
    api_server server = api_server_start(5, NULL);
    listing_run run;
    listing_prepare(&run, &server, "--format ids");
    const char *environment[] = {run.variables[0],
                                 run.variables[1],
                                 run.variables[2],
                                 "http_proxy=http://127.0.0.1:1",
                                 "all_proxy=http://127.0.0.1:1",
                                 NULL};
    run.invocation.environment = environment;
    outcome outcome = process_run(&run.invocation);
    cr_expect_eq(outcome.exit_code, 0, "%s", outcome.messages);
    outcome_free(&outcome);
    api_server_stop(&server);
}

static outcome list_through_proxy(const api_server *server, const char *proxy) {
    char variable[160];
    listing_run run;
    listing_prepare(&run, server,
                    "--format ids --max-retries 0 --verbose --base-url https://api.example/v2");
    snprintf(variable, sizeof variable, "https_proxy=%s", proxy);
    const char *environment[] = {run.variables[0], run.variables[1], run.variables[2], variable,
                                 NULL};
    run.invocation.environment = environment;
    return process_run(&run.invocation);
}

/* The server acts as the proxy, and refuses to connect. */
Test(tool_list_key, is_not_told_to_a_proxy) {
    char proxy[64];
    api_server server = api_server_start(5, RULES("header=X-Request-Id: proxy-7"));
    snprintf(proxy, sizeof proxy, "http://127.0.0.1:%u", server.port);
    outcome outcome = list_through_proxy(&server, proxy);
    cr_expect_eq(outcome.exit_code, 3, "%s", outcome.messages);
    /* The proxy's headers are not the API's. */
    cr_expect_null(strstr(outcome.messages, "proxy-7"), "%s", outcome.messages);
    expect_requests(&server, 1);
    expect_field(&server, 0, 1, "CONNECT");
    expect_field(&server, 0, 4, "none");
    outcome_free(&outcome);
    api_server_stop(&server);
}

/* libcurl's own messages contain the whole proxy URL. */
Test(tool_list_key, messages_hold_no_password_of_a_proxy) {
    static const char *const proxies[] = {"http://user:word@127.0.0.1:x", "ftp://user:word@[::1]",
                                          "http://user:word@127.0.0.1:1"};
    api_server server = api_server_start(5, NULL);
    for (size_t at = 0; at < sizeof proxies / sizeof *proxies; at++) {
        outcome outcome = list_through_proxy(&server, proxies[at]);
        cr_expect_eq(outcome.exit_code, 3, "%s", outcome.messages);
        cr_expect_not_null(strstr(outcome.messages, "page 1: the connection failed: "));
        cr_expect_null(strstr(outcome.messages, "word"), "%s", outcome.messages);
        if (at == 0)
            expect_part(outcome.messages, "failed: Unsupported proxy syntax in '...'\n");
        outcome_free(&outcome);
    }
    api_server_stop(&server);
}

/* The server does not speak TLS. The key is sent only to a server that has proved who it is. */
Test(tool_list_key, is_not_sent_to_a_server_without_tls) {
    api_server server = api_server_start(5, NULL);
    char arguments[128];
    snprintf(arguments, sizeof arguments, "--format ids --base-url https://127.0.0.1:%u/v2",
             server.port);
    expect_listing(&server, arguments, 3, "", "numres: page 1: ");
    expect_requests(&server, 0);
    api_server_stop(&server);
}
