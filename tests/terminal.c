/* For posix_openpt. */
#define _XOPEN_SOURCE 600

#include "terminal.h"

#include <criterion/criterion.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static void demand(int right, const char *what) {
    cr_assert(right, "this failed: %s", what);
}

static int open_master(void) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    demand(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0, "posix_openpt");
    return master;
}

/* Opens the slave side, which does not change line feeds and echoes only on request. */
static int open_slave(int master, unsigned short columns, bool echoes) {
    struct winsize size = {24, columns, 0, 0};
    struct termios ways;
    int slave = open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
    demand(slave >= 0 && tcgetattr(slave, &ways) == 0, "the terminal");
    ways.c_oflag &= ~(tcflag_t)OPOST;
    if (!echoes)
        ways.c_lflag &= ~(tcflag_t)ECHO;
    demand(tcsetattr(slave, TCSANOW, &ways) == 0, "its ways");
    demand(ioctl(slave, TIOCSWINSZ, &size) == 0, "its size");
    return slave;
}

static _Noreturn void become_tool_at(const terminal *terminal, const invocation *invocation,
                                     int slave, int input) {
    /* Times are shown as local time and relative to now. No duration is printed. */
    setenv("TZ", "UTC0", 1);
    setenv("NUMRES_NOW", "2026-01-01T00:00:00Z", 1);
    process_become_tool(invocation, (terminal->streams & TERMINAL_INPUT) != 0 ? slave : input,
                        (terminal->streams & TERMINAL_OUTPUT) != 0 ? slave : terminal->output,
                        (terminal->streams & TERMINAL_MESSAGES) != 0 ? slave : terminal->messages);
}

static void open_pipe(int ends[2]) {
    demand(pipe(ends) == 0 && fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 &&
               fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0,
           "pipe");
}

/* Exits if writing fails; the reader then sees the pipe close. */
static void tell(int descriptor, const void *value, size_t size) {
    if (write(descriptor, value, size) != (ssize_t)size)
        _exit(126);
}

static int hear(int descriptor, void *value, size_t size) {
    return read(descriptor, value, size) == (ssize_t)size;
}

/*
 * Leads the terminal's session and runs the tool in it. When the leader of a session
 * ends, Linux discards output that has not been read from the terminal yet. So the tool
 * is not the leader, and the leader ends last. If the test dies, the master is closed and
 * the hang-up ends the tool.
 */
static _Noreturn void keep_session(const terminal *terminal, const invocation *invocation,
                                   int slave, int input, int stay, int told) {
    char byte = 0;
    int status = 0;
    if (setsid() < 0 || ioctl(slave, TIOCSCTTY, 0) != 0)
        _exit(126);
    pid_t tool = fork();
    if (tool == 0)
        become_tool_at(terminal, invocation, slave, input);
    signal(SIGINT, SIG_IGN); /* Ctrl-C is for the tool */
    signal(SIGQUIT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    close(slave);
    close(input);
    close(terminal->input);
    close(terminal->master);
    tell(told, &tool, sizeof tool);
    if (tool < 0 || waitpid(tool, &status, 0) != tool)
        _exit(126);
    tell(told, &status, sizeof status);
    while (read(stay, &byte, 1) < 0 && errno == EINTR)
        continue;
    _exit(0);
}

terminal terminal_start(const invocation *invocation, unsigned int streams,
                        unsigned short columns) {
    terminal terminal = {.streams = streams, .master = open_master()};
    int slave = open_slave(terminal.master, columns, (streams & TERMINAL_ECHO) != 0);
    int ends[2], stay[2], told[2];
    terminal.output = process_temporary_file();
    terminal.messages = process_temporary_file();
    open_pipe(ends);
    open_pipe(stay);
    open_pipe(told);
    terminal.input = ends[1];
    terminal.keeper = fork();
    demand(terminal.keeper >= 0, "fork");
    if (terminal.keeper == 0) {
        close(stay[1]);
        close(told[0]);
        keep_session(&terminal, invocation, slave, ends[0], stay[0], told[1]);
    }
    close(slave);
    close(ends[0]);
    close(stay[0]);
    close(told[1]);
    terminal.stay = stay[1];
    terminal.status = told[0];
    demand(hear(terminal.status, &terminal.child, sizeof terminal.child), "the session");
    terminal.shown = calloc(1, 1);
    demand(terminal.shown != NULL, "memory");
    int given = (streams & TERMINAL_INPUT) != 0 ? terminal.master : terminal.input;
    if (invocation->input_length > 0)
        demand(write(given, invocation->input, invocation->input_length) ==
                   (ssize_t)invocation->input_length,
               "the input");
    return terminal;
}

/* Returns 0 when all others have closed the terminal, which Linux reports as EIO. */
static int read_more(terminal *terminal) {
    char part[4096];
    ssize_t count = 0;
    do {
        count = read(terminal->master, part, sizeof part);
    } while (count < 0 && errno == EINTR);
    if (count <= 0)
        return 0;
    terminal->shown = realloc(terminal->shown, terminal->shown_length + (size_t)count + 1);
    demand(terminal->shown != NULL, "memory");
    memcpy(terminal->shown + terminal->shown_length, part, (size_t)count);
    terminal->shown_length += (size_t)count;
    terminal->shown[terminal->shown_length] = '\0';
    return 1;
}

void terminal_read_until(terminal *terminal, const char *text) {
    while (strstr(terminal->shown, text) == NULL && read_more(terminal))
        continue;
    expect_part(terminal->shown, text);
}

outcome terminal_end(terminal *terminal) {
    outcome outcome = {0, NULL, 0, NULL, 0};
    int shows_output = (terminal->streams & TERMINAL_OUTPUT) != 0;
    int status = 0;
    if (terminal->input >= 0)
        close(terminal->input);
    while (read_more(terminal))
        continue;
    demand(hear(terminal->status, &status, sizeof status), "the tool's end");
    /* The tool's end may be seen before its last bytes have passed through the terminal. */
    while (read_more(terminal))
        continue;
    close(terminal->stay);
    close(terminal->status);
    demand(waitpid(terminal->keeper, NULL, 0) == terminal->keeper, "waitpid");
    outcome.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    outcome.output = process_whole_file(terminal->output, &outcome.output_length);
    outcome.messages = process_whole_file(terminal->messages, &outcome.messages_length);
    char **shown = shows_output ? &outcome.output : &outcome.messages;
    free(*shown);
    *shown = terminal->shown;
    *(shows_output ? &outcome.output_length : &outcome.messages_length) = terminal->shown_length;
    close(terminal->master);
    return outcome;
}

outcome terminal_run(const invocation *invocation, unsigned int streams, unsigned short columns) {
    terminal terminal = terminal_start(invocation, streams, columns);
    return terminal_end(&terminal);
}
