#include "api_server.h"

#include <criterion/criterion.h>

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_RULES 30

/* Criterion's assertions are large macros; here one is enough. */
static void demand(bool right, const char *what) {
    cr_assert(right, "the API server: this failed: %s", what);
}

_Noreturn static void become_server(const api_server *server, size_t reservations,
                                    const char *const *rules, int input, int output) {
    char count[24];
    const char *arguments[2 * MOST_RULES + 6] = {"api_server", "--reservations", count, "--log",
                                                 server->log_name};
    size_t used = 5;
    char program[1024];
    snprintf(program, sizeof program, "%s/tests/server/api_server", getenv("NUMRES_BUILD_DIR"));
    snprintf(count, sizeof count, "%zu", reservations);
    for (size_t at = 0; rules != NULL && rules[at] != NULL && at < MOST_RULES; at++) {
        arguments[used++] = "--fault";
        arguments[used++] = rules[at];
    }
    char *copies[sizeof arguments / sizeof *arguments];
    memcpy(copies, arguments, sizeof copies);
    if (dup2(input, STDIN_FILENO) == STDIN_FILENO && dup2(output, STDOUT_FILENO) == STDOUT_FILENO)
        execv(program, copies);
    _exit(127);
}

/* Reads a line without its line feed; false: there is none. */
static bool read_line(int descriptor, char *line, size_t size) {
    size_t length = 0;
    while (length + 1 < size && read(descriptor, line + length, 1) == 1)
        if (line[length++] == '\n') {
            line[length - 1] = '\0';
            return true;
        }
    return false;
}

static void make_log(api_server *server) {
    snprintf(server->log_name, sizeof server->log_name, "/tmp/numres-api-log-XXXXXX");
    int descriptor = mkstemp(server->log_name);
    demand(descriptor >= 0, "to make the log");
    close(descriptor);
}

api_server api_server_start(size_t reservations, const char *const *rules) {
    api_server server = {0};
    int input[2];
    int output[2];
    char line[32];
    demand(getenv("NUMRES_BUILD_DIR") != NULL, "NUMRES_BUILD_DIR must name the build directory");
    make_log(&server);
    /* No other child of this process may hold the pipes open. */
    demand(pipe(input) == 0 && pipe(output) == 0, "pipes");
    for (size_t at = 0; at < 2; at++)
        demand(fcntl(input[at], F_SETFD, FD_CLOEXEC) == 0 &&
                   fcntl(output[at], F_SETFD, FD_CLOEXEC) == 0,
               "fcntl");
    server.process = fork();
    demand(server.process >= 0, "fork");
    if (server.process == 0)
        become_server(&server, reservations, rules, input[0], output[1]);
    close(input[0]);
    close(output[1]);
    server.control = input[1];
    server.answers = output[0];
    demand(read_line(server.answers, line, sizeof line), "to start it (its words stand above)");
    server.port = (unsigned int)strtoul(line, NULL, 10);
    snprintf(server.base_url, sizeof server.base_url, "http://127.0.0.1:%u/v2", server.port);
    return server;
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
    demand(read_line(server->answers, line, sizeof line) && strcmp(line, "done") == 0, command);
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
