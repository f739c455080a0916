#include "api_server.h"

#include <criterion/criterion.h>

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/answer.h"

#define MOST_RULES 30

/* Criterion's assertions are large macros; one is enough here. */
static void demand(bool right, const char *what) {
    cr_assert(right, "the API server: this failed: %s", what);
}

/* The server's command line. */
typedef struct command_line {
    char count[24];
    const char *arguments[2 * MOST_RULES + 10];
    size_t used;
} command_line;

static void add_option(command_line *line, const char *name, const char *value) {
    line->arguments[line->used++] = name;
    line->arguments[line->used++] = value;
}

static void begin_line(command_line *line, size_t reservations) {
    memset(line, 0, sizeof *line);
    snprintf(line->count, sizeof line->count, "%zu", reservations);
    line->arguments[line->used++] = "api_server";
    add_option(line, "--reservations", line->count);
}

_Noreturn static void become_server(const command_line *line, int input, int output) {
    char program[1024];
    snprintf(program, sizeof program, "%s/tests/server/api_server", getenv("NUMRES_BUILD_DIR"));
    char *copies[sizeof line->arguments / sizeof *line->arguments];
    memcpy(copies, line->arguments, sizeof copies);
    if (dup2(input, STDIN_FILENO) == STDIN_FILENO && dup2(output, STDOUT_FILENO) == STDOUT_FILENO)
        execv(program, copies);
    _exit(127);
}

static void make_log(api_server *server) {
    snprintf(server->log_name, sizeof server->log_name, "/tmp/numres-api-log-XXXXXX");
    int descriptor = mkstemp(server->log_name);
    demand(descriptor >= 0, "to make the log");
    close(descriptor);
}

static api_server start(command_line *line_of_server, const char *scheme) {
    api_server server = {0};
    int input[2];
    int output[2];
    char line[32];
    demand(getenv("NUMRES_BUILD_DIR") != NULL, "NUMRES_BUILD_DIR must name the build directory");
    make_log(&server);
    /* No other child of this process may inherit the pipes. */
    demand(pipe(input) == 0 && pipe(output) == 0, "pipes");
    for (size_t at = 0; at < 2; at++)
        demand(fcntl(input[at], F_SETFD, FD_CLOEXEC) == 0 &&
                   fcntl(output[at], F_SETFD, FD_CLOEXEC) == 0,
               "fcntl");
    server.process = fork();
    demand(server.process >= 0, "fork");
    if (server.process == 0) {
        add_option(line_of_server, "--log", server.log_name);
        become_server(line_of_server, input[0], output[1]);
    }
    close(input[0]);
    close(output[1]);
    server.control = input[1];
    server.answers = output[0];
    demand(server_answer_read(server.answers, line, sizeof line),
           "to start it (its words stand above)");
    server.port = (unsigned int)strtoul(line, NULL, 10);
    snprintf(server.base_url, sizeof server.base_url, "%s://127.0.0.1:%u/v2", scheme, server.port);
    return server;
}

api_server api_server_start(size_t reservations, const char *const *rules) {
    command_line line;
    begin_line(&line, reservations);
    for (size_t at = 0; rules != NULL && rules[at] != NULL && at < MOST_RULES; at++)
        add_option(&line, "--fault", rules[at]);
    return start(&line, "http");
}

api_server api_server_start_tls(size_t reservations, const char *pem, const char *versions) {
    command_line line;
    begin_line(&line, reservations);
    add_option(&line, "--tls", pem);
    add_option(&line, "--tls-versions", versions);
    return start(&line, "https");
}

void api_server_stop(api_server *server) {
    int status = -1;
    close(server->control);
    demand(waitpid(server->process, &status, 0) == server->process, "to wait for its end");
    close(server->answers);
    unlink(server->log_name);
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0, "the API server ended badly");
}

void api_server_say(api_server *server, const char *command) {
    char line[32];
    size_t length = strlen(command);
    demand(write(server->control, command, length) == (ssize_t)length &&
               write(server->control, "\n", 1) == 1,
           command);
    demand(server_answer_read(server->answers, line, sizeof line) && strcmp(line, "done") == 0,
           command);
}

char *api_server_log(const api_server *server) {
    int descriptor = open(server->log_name, O_RDONLY | O_CLOEXEC);
    demand(descriptor >= 0, "to open the log");
    off_t size = lseek(descriptor, 0, SEEK_END);
    char *text = size < 0 ? NULL : malloc((size_t)size + 1);
    demand(text != NULL && pread(descriptor, text, (size_t)size, 0) == size, "to read the log");
    text[size] = '\0';
    close(descriptor);
    return text;
}

size_t api_server_requests(const api_server *server) {
    char *log = api_server_log(server);
    size_t count = 0;
    for (const char *at = log; (at = strchr(at, '\n')) != NULL; at++)
        count++;
    free(log);
    return count;
}

void api_server_field(const api_server *server, size_t line, size_t field, char *text,
                      size_t size) {
    char *log = api_server_log(server);
    const char *at = log;
    for (; line > 0 && at != NULL; line--)
        if ((at = strchr(at, '\n')) != NULL)
            at++;
    for (; at != NULL && field > 0 && *at != '\0' && *at != '\n'; field--) {
        at += strcspn(at, " \n");
        at += *at == ' ';
    }
    snprintf(text, size, "%.*s", at == NULL ? 0 : (int)strcspn(at, " \n"), at == NULL ? "" : at);
    free(log);
}
