/* One run of numres in a trial, its server, and random numbers. */
#include "list_trials.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "api_server.h"
#include "server/answer.h"

#define MOST_WORDS 32

/* tools/main.c's main under another name. Forking costs a fraction of starting a program,
   above all with sanitizers. */
int numres_main(int count, char **arguments);

_Noreturn static void give_up(const char *what) {
    perror(what);
    exit(1);
}

uint64_t trial_random_below(trial_random *random, uint64_t bound) {
    /* splitmix64 */
    uint64_t bits = random->state += 0x9e3779b97f4a7c15u;
    bits = (bits ^ bits >> 30) * 0xbf58476d1ce4e5b9u;
    bits = (bits ^ bits >> 27) * 0x94d049bb133111ebu;
    return (bits ^ bits >> 31) % bound;
}

static void open_pipe(int ends[2]) {
    if (pipe(ends) != 0 || fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0)
        give_up("pipe");
}

bool trial_server_start(trial_server *server, const char *build) {
    char program[1024];
    char line[32];
    int input[2];
    int output[2];
    snprintf(program, sizeof program, "%s/tests/server/api_server", build);
    open_pipe(input);
    open_pipe(output);
    server->process = fork();
    if (server->process == 0) {
        dup2(input[0], STDIN_FILENO);
        dup2(output[1], STDOUT_FILENO);
        execl(program, "api_server", (char *)NULL);
        _exit(127);
    }
    close(input[0]);
    close(output[1]);
    server->control = input[1];
    server->answers = output[0];
    if (server->process < 0 || !server_answer_read(server->answers, line, sizeof line))
        return false;
    snprintf(server->base_url, sizeof server->base_url, "http://127.0.0.1:%s/v2", line);
    return true;
}

void trial_server_stop(trial_server *server) {
    close(server->control);
    waitpid(server->process, NULL, 0);
    close(server->answers);
}

void trial_server_say(trial_server *server, const char *format, ...) {
    char command[512];
    char answer[32];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(command, sizeof command - 1, format, arguments);
    va_end(arguments);
    command[length++] = '\n';
    if (write(server->control, command, (size_t)length) != length ||
        !server_answer_read(server->answers, answer, sizeof answer) || strcmp(answer, "done") != 0)
        give_up(command);
}

static void limit_files(uint64_t bytes) {
    struct rlimit limit = {bytes, bytes};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        give_up("setrlimit");
}

_Noreturn static void become_tool(const trial_run *run, int output) {
    static char name[] = "numres";
    char copy[512];
    char *words[MOST_WORDS] = {name};
    int count = 1;
    char *rest = NULL;
    int messages = open("messages", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    snprintf(copy, sizeof copy, "%s", run->arguments);
    for (char *word = strtok_r(copy, " ", &rest); word != NULL && count + 1 < MOST_WORDS;
         word = strtok_r(NULL, " ", &rest))
        words[count++] = word;
    setenv("TELNYX_API_KEY", API_SERVER_KEY, 1);
    setenv("TELNYX_BASE_URL", run->base_url, 1);
    setenv("NUMRES_WAITS", "waits", 1);
    dup2(output, STDOUT_FILENO);
    dup2(messages, STDERR_FILENO);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    if (run->end == END_SIZE)
        limit_files(run->bytes);
    _exit(numres_main(count, words));
}

/* Copies the output to the file, and ends the run when it is time. */
static void copy(const trial_run *run, pid_t child, int from, int to) {
    char bytes[512];
    uint64_t copied = 0;
    bool ended = false;
    for (;;) {
        bool is_time = !ended && run->end != END_NONE && copied >= run->bytes;
        if (is_time && run->end == END_READER)
            return;
        if (is_time)
            kill(child, run->end == END_KILL ? SIGKILL : run->signal_number);
        ended = ended || is_time;
        uint64_t most = ended || run->end == END_NONE ? sizeof bytes : run->bytes - copied;
        ssize_t count = read(from, bytes, most < sizeof bytes ? (size_t)most : sizeof bytes);
        if (count <= 0)
            return;
        if (write(to, bytes, (size_t)count) != count)
            give_up("write");
        copied += (uint64_t)count;
    }
}

int trial_run_tool(const trial_run *run) {
    int output = open(run->output, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    bool is_file = run->end == END_SIZE;
    int ends[2] = {-1, -1};
    int status = 0;
    if (output < 0)
        give_up(run->output);
    if (!is_file)
        open_pipe(ends);
    pid_t child = fork();
    if (child < 0)
        give_up("fork");
    if (child == 0) {
        close(ends[0]);
        become_tool(run, is_file ? output : ends[1]);
    }
    if (!is_file) {
        close(ends[1]);
        copy(run, child, ends[0], output);
        close(ends[0]);
    }
    close(output);
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
