/* Runs the pager between the table and a terminal. show.c and api/response.c start it;
   print.c writes to it through write_to_pager. terminal.c knows whether it shows colours. */
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A command with one of these is run by a shell; others are a program's name. */
#define SHELL_CHARACTERS " \t\n|&;<>()$`\\\"'*?[#~=%"

#define BLANKS " \t\n"

/* Exit statuses of a shell that cannot run a command (POSIX, XCU 2.8.2). */
#define EXIT_CANNOT_RUN 126
#define EXIT_NOT_FOUND 127

/* How long to wait for a full pipe before checking the pager again. */
#define MILLISECONDS_FOR_ROOM 20

/* For the signal handler: what to close, what to wait for, what may be unread. */
static volatile sig_atomic_t pager_process;
static volatile sig_atomic_t pipe_to_output = -1;
static volatile sig_atomic_t pipe_to_messages = -1;
static volatile sig_atomic_t pipe_unread = -1;

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

#define ENDING_SIGNAL_COUNT (sizeof ending_signals / sizeof ending_signals[0])

/* Whether a command line asks for no pager. */
static bool is_none(const char *command) {
    command += strspn(command, BLANKS);
    size_t length = strcspn(command, BLANKS);
    bool is_one_word = command[length + strspn(command + length, BLANKS)] == '\0';
    bool is_cat = length == strlen("cat") && strncmp(command, "cat", length) == 0;
    return length == 0 || (is_one_word && is_cat);
}

/* The command line of the pager; NULL if none is wanted. */
static const char *chosen_pager(int terminal) {
    const char *pager = getenv("NUMRES_PAGER");
    if (pager == NULL)
        pager = getenv("PAGER");
    if (pager == NULL)
        return terminal_moves_cursor(terminal) ? "less" : NULL;
    return is_none(pager) ? NULL : pager;
}

/* ---- its start and its end ---- */

/* Whether the exit status says that the pager was never run. */
static bool is_not_run(int status) {
    return WIFEXITED(status) &&
           (WEXITSTATUS(status) == EXIT_CANNOT_RUN || WEXITSTATUS(status) == EXIT_NOT_FOUND);
}

static bool is_ending_signal(int signal_number) {
    for (size_t at = 0; at < ENDING_SIGNAL_COUNT; at++)
        if (ending_signals[at] == signal_number)
            return true;
    return false;
}

/* Whether the pager failed: it was not ended by the user, and did not end as it should. */
static bool is_failed(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) != 0 : !is_ending_signal(WTERMSIG(status));
}

/* Copies the rest of a pipe that nobody writes to any more to standard output.
   Returns errno of the write that failed, or 0. */
static int print_unread(int pipe) {
    char part[4096];
    ssize_t count = 0;
    while ((count = read(pipe, part, sizeof part)) > 0 || (count < 0 && errno == EINTR))
        if (count > 0 && !print_all(STDOUT_FILENO, part, (size_t)count))
            return errno;
    return 0;
}

/* Ctrl-C reaches the pager too, which stays open. If this process ended at once,
   shell and pager would both read from the terminal. */
static void wait_and_end(int signal_number) {
    int status = 0;
    close(pipe_to_output);
    if (pipe_to_messages >= 0)
        close(pipe_to_messages);
    while (pager_process > 0 && waitpid(pager_process, &status, 0) < 0 && errno == EINTR)
        continue;
    if (pipe_unread >= 0 && is_not_run(status))
        print_unread(pipe_unread);
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

int pager_spawn(const char *command, bool by_shell, int stream, int end, pid_t *process) {
    /* posix_spawn's parameters are not const, but it changes none of these. */
    char shell[] = "sh";
    char option[] = "-c";
    char *words[] = {shell, option, NULL, NULL};
    posix_spawn_file_actions_t actions;
    memcpy(&words[by_shell ? 2 : 0], &command, sizeof(char *));
    if (!by_shell)
        words[1] = NULL;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure != 0)
        return failure;
    /* If the process that started numres ignored SIGCHLD, the exit status of the pager would be
       lost. */
    signal(SIGCHLD, SIG_DFL);
    failure = posix_spawn_file_actions_adddup2(&actions, end, stream);
    if (failure == 0)
        failure =
            posix_spawnp(process, by_shell ? "/bin/sh" : command, &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

/* A pipe whose ends the pager does not inherit, and whose writer never blocks: see
   write_to_pager. */
static bool open_pipe(int ends[2]) {
    if (pipe(ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFL, O_WRONLY | O_NONBLOCK);
    return true;
}

/* Defaults for less and lv: quit if everything fits on a screen, show colours. All
   text is UTF-8, whatever the locale; less treats an empty value as unset. */
static void set_ways(void) {
    const char *characters = getenv("LESSCHARSET");
    setenv("LESS", PAGER_LESS_OPTIONS, 0);
    setenv("LV", "-c", 0);
    setenv("LESSCHARSET", "utf-8", characters == NULL || characters[0] == '\0');
}

/* The pager has read something: from now on it is like any reader of a pipe. */
static void let_go(struct pager *pager, int descriptor) {
    pipe_unread = -1;
    close(pager->unread);
    pager->unread = -1;
    fcntl(descriptor, F_SETFL, O_WRONLY);
}

static bool has_read(const struct pager *pager) {
    int left = 0;
    return ioctl(pager->unread, FIONREAD, &left) == 0 && (uint64_t)left < pager->written;
}

static bool failed_unread(const struct pager *pager) {
    return is_failed(pager->status) && !has_read(pager);
}

/* Checks whether the pager has ended, or waits for that. */
static bool has_ended(struct pager *pager, int options) {
    pid_t ended = 0;
    while (pager->process > 0 && (ended = waitpid(pager->process, &pager->status, options)) < 0 &&
           errno == EINTR)
        continue;
    if (ended != 0) {
        pager_process = 0;
        pager->process = 0;
    }
    return pager->process == 0;
}

static void print_directly(struct print *print, int descriptor) {
    close(print->descriptor);
    print->descriptor = descriptor;
    print->write = NULL;
    print->reader_may_leave = false;
}

/* The pager failed and has read nothing: prints what it did not read, and the rest directly. */
static void do_without(struct pager *pager) {
    int unread = pager->unread;
    release_signals();
    pipe_unread = -1;
    pager->unread = -1;
    print_directly(pager->output, STDOUT_FILENO);
    if (pager->messages != NULL)
        print_directly(pager->messages, STDERR_FILENO);
    pager->output->failure = print_unread(unread);
    close(unread);
    pager->output = NULL;
}

/*
 * Until the pager has read something, it may turn out that it cannot be run or fails, and then
 * nothing may be lost. So this process keeps the pipe's read end open. Writes then do not fail when
 * the pager ends; to keep them from blocking for ever on a full pipe, the pager is checked
 * repeatedly.
 */
static ssize_t write_to_pager(struct print *print, const char *bytes, size_t length) {
    struct pager *pager = print->writer;
    for (pager_look(pager); pager->unread >= 0; pager_look(pager)) {
        ssize_t count = write(print->descriptor, bytes, length);
        pager->written += count < 0 ? 0 : (uint64_t)count;
        if (count >= 0 || errno != EAGAIN)
            return count;
        if (!print_wait_for_room(print, MILLISECONDS_FOR_ROOM))
            return -1;
    }
    return print_when_room(print, bytes, length);
}

void pager_look(struct pager *pager) {
    if (pager->output == NULL || pager->unread < 0)
        return;
    bool is_read = has_read(pager);
    if (!is_read && has_ended(pager, WNOHANG) && failed_unread(pager))
        do_without(pager);
    else if (is_read || pager->process == 0)
        let_go(pager, pager->output->descriptor);
}

static void go_through(struct print *print, struct pager *pager, int descriptor) {
    print->descriptor = descriptor;
    print->write = write_to_pager;
    print->writer = pager;
    print->reader_may_leave = true;
}

static void redirect(struct pager *pager, struct print *output, struct print *messages,
                     const int ends[2]) {
    int second = isatty(messages->descriptor) ? fcntl(ends[1], F_DUPFD_CLOEXEC, 3) : -1;
    pager->output = output;
    pager->unread = ends[0];
    go_through(output, pager, ends[1]);
    if (second >= 0) {
        pager->messages = messages;
        print_flush(messages);
        go_through(messages, pager, second);
    }
    pager_process = pager->process;
    pipe_to_output = ends[1];
    pipe_to_messages = second;
    pipe_unread = ends[0];
    signal(SIGPIPE, SIG_IGN);
}

static void start(struct pager *pager, struct print *output) {
    int ends[2];
    if (!open_pipe(ends))
        return;
    set_ways();
    bool by_shell = strpbrk(pager->command, SHELL_CHARACTERS) != NULL;
    if (pager_spawn(pager->command, by_shell, STDIN_FILENO, ends[0], &pager->process) == 0) {
        redirect(pager, output, pager->waiting_messages, ends);
        if (!pager->deals_with_signals)
            catch_signals();
    } else {
        pager->process = 0;
        close(ends[0]);
        close(ends[1]);
    }
}

/* Starts the pager at the first write. If nothing is shown, its empty screen would hide why. */
static ssize_t start_and_write(struct print *print, const char *bytes, size_t length) {
    print->write = NULL;
    start(print->writer, print);
    return print->write != NULL ? print->write(print, bytes, length)
                                : print_when_room(print, bytes, length);
}

void pager_begin(struct pager *pager, struct print *output, struct print *messages,
                 bool deals_with_signals) {
    const char *command = isatty(output->descriptor) ? chosen_pager(output->descriptor) : NULL;
    *pager = (struct pager){.unread = -1, .shows_colour = true};
    if (command == NULL)
        return;
    pager->command = command;
    pager->waiting_messages = messages;
    pager->deals_with_signals = deals_with_signals;
    pager->shows_colour = pager_passes_colour(command);
    print_flush(output);
    output->write = start_and_write;
    output->writer = pager;
}

void pager_end(struct pager *pager) {
    struct print *messages = pager->messages;
    if (pager->output == NULL)
        return;
    pipe_to_output = -1;
    if (messages != NULL) {
        pager->messages = NULL;
        print_end(messages);
        messages->failure = 0;
        print_directly(messages, STDERR_FILENO);
    }
    has_ended(pager, 0);
    if (pager->unread >= 0 && failed_unread(pager))
        do_without(pager);
    else if (pager->unread >= 0)
        let_go(pager, -1);
    release_signals();
    pager->output = NULL;
}
