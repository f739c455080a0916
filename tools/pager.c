#include "pager.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* What a shell must read; other words are a program's name. */
#define SHELL_CHARACTERS " \t\n|&;<>()$`\\\"'*?[#~=%"

/* For the signal handler: what to close and for what to wait. */
static volatile sig_atomic_t pager_process;
static volatile sig_atomic_t pipe_to_output = -1;
static volatile sig_atomic_t pipe_to_messages = -1;

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

#define ENDING_SIGNAL_COUNT (sizeof ending_signals / sizeof ending_signals[0])

/* The command line of the pager; NULL: none is wanted. */
static const char *chosen_pager(void) {
    const char *pager = getenv("PAGER");
    if (pager == NULL)
        return "less";
    return pager[0] == '\0' || strcmp(pager, "cat") == 0 ? NULL : pager;
}

/* Ctrl-C reaches the pager too, which stays: if this process ended at once,
   shell and pager would both read from the terminal. */
static void wait_and_end(int signal_number) {
    close(pipe_to_output);
    if (pipe_to_messages >= 0)
        close(pipe_to_messages);
    while (waitpid(pager_process, NULL, 0) < 0 && errno == EINTR)
        continue;
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void catch_signals(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = wait_and_end;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (size_t at = 0; at < ENDING_SIGNAL_COUNT; at++) {
        struct sigaction before;
        bool is_ignored =
            sigaction(ending_signals[at], NULL, &before) == 0 && before.sa_handler == SIG_IGN;
        if (!is_ignored)
            sigaction(ending_signals[at], &action, NULL);
    }
}

static void release_signals(void) {
    for (size_t at = 0; at < ENDING_SIGNAL_COUNT; at++) {
        struct sigaction before;
        if (sigaction(ending_signals[at], NULL, &before) == 0 && before.sa_handler == wait_and_end)
            signal(ending_signals[at], SIG_DFL);
    }
}

/* Runs a command line with the descriptor as its standard input. */
static bool start(const char *command, int input, pid_t *process) {
    /* posix_spawn takes them as it does, but changes none. */
    char shell[] = "sh";
    char option[] = "-c";
    char *words[] = {shell, option, NULL, NULL};
    bool by_shell = strpbrk(command, SHELL_CHARACTERS) != NULL;
    posix_spawn_file_actions_t actions;
    memcpy(&words[by_shell ? 2 : 0], &command, sizeof(char *));
    if (!by_shell)
        words[1] = NULL;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    bool started =
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) == 0 &&
        posix_spawnp(process, by_shell ? shell : command, &actions, NULL, words, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return started;
}

/* A pipe whose ends the pager does not inherit. */
static bool open_pipe(int ends[2]) {
    if (pipe(ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
}

/* The quiet ways of less and lv: end if all fits on a screen, show colours. */
static void set_ways(void) {
    setenv("LESS", "FRX", 0);
    setenv("LV", "-c", 0);
}

static void go_through(struct print *print, int descriptor) {
    print_flush(print);
    print->descriptor = descriptor;
    print->reader_may_leave = true;
}

static void redirect(struct pager *pager, struct print *output, struct print *messages,
                     int descriptor) {
    int second = isatty(messages->descriptor) ? fcntl(descriptor, F_DUPFD_CLOEXEC, 3) : -1;
    pager->output = output;
    go_through(output, descriptor);
    if (second >= 0) {
        pager->messages = messages;
        go_through(messages, second);
    }
    pager_process = pager->process;
    pipe_to_output = descriptor;
    pipe_to_messages = second;
    signal(SIGPIPE, SIG_IGN);
    catch_signals();
}

void pager_begin(struct pager *pager, struct print *output, struct print *messages) {
    const char *command = isatty(output->descriptor) ? chosen_pager() : NULL;
    int ends[2];
    pager->process = 0;
    pager->output = NULL;
    pager->messages = NULL;
    if (command == NULL || !open_pipe(ends))
        return;
    set_ways();
    bool started = start(command, ends[0], &pager->process);
    close(ends[0]);
    if (started) {
        redirect(pager, output, messages, ends[1]);
    } else {
        pager->process = 0;
        close(ends[1]);
    }
}

void pager_end(struct pager *pager) {
    if (pager->process == 0)
        return;
    pipe_to_output = -1;
    if (pager->messages != NULL) {
        print_end(pager->messages);
        pager->messages->descriptor = STDERR_FILENO;
        pager->messages->failure = 0;
        pager->messages->reader_may_leave = false;
    }
    while (waitpid(pager->process, NULL, 0) < 0 && errno == EINTR)
        continue;
    release_signals();
    pager->process = 0;
}
