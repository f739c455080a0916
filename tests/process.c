#include "process.h"

#include <criterion/criterion.h>

#include <numres/types.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "text_buffer.h"

#define MOST_ARGUMENTS 24
#define ARGUMENTS_SIZE 1024

/* Criterion's assertions are large macros; one is enough here. */
static void demand(bool right, const char *what) {
    cr_assert(right, "this failed: %s", what);
}

static char directory[] = "/tmp/numres-test-XXXXXX";

void directory_enter(void) {
    demand(mkdtemp(directory) != NULL, "a directory of its own");
    demand(chdir(directory) == 0, "to enter it");
}

void directory_leave(void) {
    DIR *listing = opendir(".");
    struct dirent *entry = NULL;
    while (listing != NULL && (entry = readdir(listing)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            (void)remove(entry->d_name);
    if (listing != NULL)
        closedir(listing);
    demand(chdir("/") == 0, "to leave it");
    demand(rmdir(directory) == 0, "to remove it");
}

const char *const *environment_with_settings(const char *path, const char *other) {
    static char settings[512];
    static const char *environment[3] = {settings};
    char current[256];
    demand(getcwd(current, sizeof current) != NULL, "getcwd");
    snprintf(settings, sizeof settings, "XDG_CONFIG_HOME=%s%s", current, path);
    environment[1] = other;
    return environment;
}

void file_write(const char *name, const char *bytes, size_t length) {
    FILE *file = fopen(name, "wb");
    demand(file != NULL, "a file to write");
    demand(fwrite(bytes, 1, length, file) == length, "fwrite");
    demand(fclose(file) == 0, "fclose");
}

void file_write_text(const char *name, const char *text) {
    file_write(name, text, strlen(text));
}

void file_write_large_page(const char *name) {
    static const char reservation[] =
        "{\"id\":\"12ade33a-21c0-473b-b055-b3c836e1c292\",\"unknown\":\"%200s\"}";
    FILE *file = fopen(name, "wb");
    demand(file != NULL, "a file to write");
    fputs("{\"data\":[", file);
    for (size_t at = 0; at < LARGE_PAGE_RESERVATIONS; at++) {
        fprintf(file, at == 0 ? "" : ",");
        fprintf(file, reservation, "");
    }
    fputs("]}", file);
    demand(fclose(file) == 0, "fclose");
}

int process_temporary_file(void) {
    char name[] = "/tmp/numres-output-XXXXXX";
    int descriptor = mkstemp(name);
    demand(descriptor >= 0, "descriptor");
    unlink(name);
    return descriptor;
}

char *process_whole_file(int descriptor, size_t *length) {
    off_t end = lseek(descriptor, 0, SEEK_END);
    demand(end >= 0, "end");
    char *bytes = malloc((size_t)end + 1);
    demand(bytes != NULL, "memory");
    demand(pread(descriptor, bytes, (size_t)end, 0) == (ssize_t)end, "pread");
    bytes[end] = '\0';
    *length = (size_t)end;
    close(descriptor);
    return bytes;
}

/* The writing end of a pipe whose reading end is closed. */
static int closed_pipe(void) {
    int ends[2];
    demand(pipe(ends) == 0, "pipe");
    close(ends[0]);
    return ends[1];
}

static int output_for(const invocation *invocation) {
    if (invocation->output_closed_pipe)
        return closed_pipe();
    if (invocation->output_to != NULL)
        return open(invocation->output_to, O_WRONLY);
    return process_temporary_file();
}

extern char **environ; /* POSIX leaves its declaration to programs */

/* What the suites, Criterion and the sanitizers need of the caller's environment: variables
   whose names begin with one of these. */
static const char *const needed[] = {
    "PATH=",
    "LD_",
    "NUMRES_SOURCE_DIR=",
    "NUMRES_BUILD_DIR=",
    "NUMRES_TOOL=",
    "NUMRES_TEST_",
    "BXFI_",
    "CRITERION_",
    "ASAN_",
    "LSAN_",
    "TSAN_",
    "UBSAN_",
    "GCOV_",
    "QEMU_",
};

static bool is_needed(const char *variable) {
    for (size_t at = 0; at < sizeof needed / sizeof needed[0]; at++)
        if (strncmp(variable, needed[at], strlen(needed[at])) == 0)
            return true;
    return false;
}

/* Returns a variable that is not needed, or NULL. */
static const char *find_unneeded(void) {
    for (char **variable = environ; *variable != NULL; variable++)
        if (!is_needed(*variable) && strchr(*variable, '=') > *variable)
            return *variable;
    return NULL;
}

/* Nothing else from the caller's shell may change the tool's output. Runs before the tests,
   which set variables of their own. */
static __attribute__((constructor)) void forget_environment(void) {
    const char *variable;
    while ((variable = find_unneeded()) != NULL) {
        char *name = strndup(variable, strcspn(variable, "="));
        if (name == NULL || unsetenv(name) != 0)
            abort();
        free(name);
    }
}

static void set_environment(const invocation *invocation) {
    setenv("TERM", "xterm", 1);
    for (size_t at = 0; invocation->environment != NULL && invocation->environment[at] != NULL;
         at++) {
        char *variable = strdup(invocation->environment[at]);
        if (variable != NULL)
            putenv(variable);
    }
}

static int open_at(const char *name, long offset) {
    int descriptor = open(name, O_RDONLY);
    return lseek(descriptor, offset, SEEK_SET) == offset ? descriptor : -1;
}

static void limit_streams(const invocation *invocation) {
    struct rlimit limit = {invocation->file_size, invocation->file_size};
    signal(SIGXFSZ, SIG_DFL);
    if (invocation->file_size > 0)
        setrlimit(RLIMIT_FSIZE, &limit);
    for (int descriptor = 0; descriptor <= 2; descriptor++)
        if ((invocation->closed & 1u << descriptor) != 0)
            close(descriptor);
}

void process_become_tool(const invocation *invocation, int input, int output, int messages) {
    char *arguments[MOST_ARGUMENTS + 2] = {getenv("NUMRES_TOOL")};
    size_t count = 0;
    if (invocation->program != NULL)
        memcpy(&arguments[0], &invocation->program, sizeof(char *));
    for (; count < MOST_ARGUMENTS && invocation->arguments[count] != NULL; count++) {
        /* execv takes non-const strings but does not change them. */
        memcpy(&arguments[count + 1], &invocation->arguments[count], sizeof(char *));
    }
    arguments[count + 1] = NULL;
    set_environment(invocation);
    signal(SIGPIPE, invocation->ignores_sigpipe ? SIG_IGN : SIG_DFL);
    /* A shell starts background jobs with some of them ignored, nohup with another. */
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    if (invocation->input_from != NULL)
        input = open_at(invocation->input_from, invocation->input_offset);
    if (arguments[0] != NULL && dup2(input, 0) == 0 && dup2(output, 1) == 1 &&
        dup2(messages, 2) == 2) {
        limit_streams(invocation);
        execv(arguments[0], arguments);
    }
    _exit(127);
}

/* Writes to the pipe. A tool that stops reading early does not fail the test. */
static void give_input(const invocation *invocation, int descriptor) {
    size_t given = 0;
    while (given < invocation->input_length) {
        size_t part = invocation->input_length - given;
        if (invocation->piece > 0 && part > invocation->piece)
            part = invocation->piece;
        ssize_t count = write(descriptor, invocation->input + given, part);
        if (count < 0)
            break;
        given += (size_t)count;
    }
}

/* Opens the pipe for the input. A socket keeps the bounds of the pieces. */
static bool open_input(const invocation *invocation, int ends[2]) {
    return invocation->keeps_pieces ? socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) == 0
                                    : pipe(ends) == 0;
}

/* Sets *input to the writing end of the pipe. */
static pid_t process_start(const invocation *invocation, int *input, int output, int messages) {
    int ends[2];
    demand(getenv("NUMRES_TOOL") != NULL, "NUMRES_TOOL must name the built tool");
    demand(open_input(invocation, ends), "pipe");
    demand(fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0, "fcntl");
    signal(SIGPIPE, SIG_IGN);
    pid_t child = fork();
    demand(child >= 0, "child");
    if (child == 0)
        process_become_tool(invocation, ends[0], output, messages);
    close(ends[0]);
    *input = ends[1];
    return child;
}

outcome process_run(const invocation *invocation) {
    outcome outcome = {0, NULL, 0, NULL, 0};
    int output = output_for(invocation);
    int messages = invocation->messages_to != NULL ? open(invocation->messages_to, O_WRONLY)
                                                   : process_temporary_file();
    int status = 0;
    int input = -1;
    pid_t child = process_start(invocation, &input, output, messages);
    give_input(invocation, input);
    close(input);
    demand(waitpid(child, &status, 0) == child, "waitpid");
    outcome.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (invocation->output_closed_pipe || invocation->output_to != NULL) {
        close(output);
        output = process_temporary_file();
    }
    outcome.output = process_whole_file(output, &outcome.output_length);
    if (invocation->messages_to != NULL) {
        close(messages);
        messages = process_temporary_file();
    }
    outcome.messages = process_whole_file(messages, &outcome.messages_length);
    return outcome;
}

outcome process_run_words(const char *const *words) {
    return process_run(&(invocation){.arguments = words});
}

void outcome_free(outcome *outcome) {
    free(outcome->output);
    free(outcome->messages);
}

static void read_lines(int descriptor, size_t lines, char *text, size_t size) {
    size_t length = 0;
    while (lines > 0 && length + 1 < size && read(descriptor, text + length, 1) == 1)
        if (text[length++] == '\n')
            lines--;
    text[length] = '\0';
}

void process_lines_before_end(const invocation *invocation, size_t lines, char *text, size_t size) {
    int ends[2];
    int messages = process_temporary_file();
    int input = -1;
    demand(pipe(ends) == 0, "pipe");
    pid_t child = process_start(invocation, &input, ends[1], messages);
    close(ends[1]);
    give_input(invocation, input);
    read_lines(ends[0], lines, text, size);
    close(input);
    close(ends[0]);
    close(messages);
    demand(waitpid(child, NULL, 0) == child, "waitpid");
}

/* Splits a copy of the arguments at blanks. */
static void split(char *copy, const char **arguments) {
    size_t count = 0;
    char *rest = NULL;
    for (char *word = strtok_r(copy, " ", &rest); word != NULL && count < MOST_ARGUMENTS;
         word = strtok_r(NULL, " ", &rest))
        arguments[count++] = word;
    arguments[count] = NULL;
}

/* The text with the real sentence where `expected` has the placeholder. */
static text_buffer with_sentence(const char *expected) {
    text_buffer text = {NULL, 0, 0};
    const char *place = NULL;
    for (; (place = strstr(expected, STATUS_SENTENCE)) != NULL;
         expected = place + strlen(STATUS_SENTENCE))
        text_buffer_format(&text, "%.*s%s", (int)(place - expected), expected,
                           numres_code_sentence(NUMRES_UNKNOWN_STATUS));
    text_buffer_format(&text, "%s", expected);
    return text;
}

static void expect_text(const char *arguments, const char *stream, const char *text,
                        const char *expected) {
    if (expected == NULL)
        return;
    text_buffer whole = with_sentence(expected);
    cr_expect(strcmp(text, whole.bytes) == 0, "numres %s: %s:\n%s\nnot:\n%s", arguments, stream,
              text, whole.bytes);
    text_buffer_free(&whole);
}

void expect_run_bytes(const char *arguments, const char *input, size_t input_length, int exit_code,
                      const char *output, const char *messages) {
    char copy[ARGUMENTS_SIZE];
    const char *words[MOST_ARGUMENTS + 1];
    demand(strlen(arguments) < sizeof copy, "strlen");
    memcpy(copy, arguments, strlen(arguments) + 1);
    split(copy, words);
    invocation invocation = {.arguments = words, .input = input, .input_length = input_length};
    outcome outcome = process_run(&invocation);
    expect_text(arguments, "output", outcome.output, output);
    expect_text(arguments, "messages", outcome.messages, messages);
    cr_expect(outcome.exit_code == exit_code, "numres %s ended with %d, not %d; it said:\n%s",
              arguments, outcome.exit_code, exit_code, outcome.messages);
    outcome_free(&outcome);
}

void expect_run(const char *arguments, const char *input, int exit_code, const char *output,
                const char *messages) {
    expect_run_bytes(arguments, input, strlen(input), exit_code, output, messages);
}

void expect_part(const char *whole, const char *part) {
    text_buffer expected = with_sentence(part);
    cr_expect(strstr(whole, expected.bytes) != NULL, "this lacks \"%s\":\n%s", expected.bytes,
              whole);
    text_buffer_free(&expected);
}
