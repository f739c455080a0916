/* Notes Ctrl-C and the other signals that end a run. Whatever waits polls its
   descriptor: wait.c, transport.c, print.c. */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "wait.h"

static volatile sig_atomic_t came;

/* The handler writes to one end; waiting code polls the other. */
static int pipe_ends[2] = {-1, -1};

static void note(int signal_number) {
    int kept = errno;
    (void)signal_number;
    came = 1;
    /* If the pipe is full, it is readable already, which is all that poll needs. */
    ssize_t written = write(pipe_ends[1], "", 1);
    (void)written;
    errno = kept;
}

static void catch_signal(int signal_number) {
    struct sigaction action;
    struct sigaction before;
    memset(&action, 0, sizeof action);
    action.sa_handler = note;
    action.sa_flags = (int)SA_RESETHAND;
    sigemptyset(&action.sa_mask);
    if (sigaction(signal_number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(signal_number, &action, NULL);
}

static void set_up_end(int descriptor) {
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
}

bool interrupt_begin(void) {
    if (pipe(pipe_ends) != 0)
        return false;
    set_up_end(pipe_ends[0]);
    set_up_end(pipe_ends[1]);
    catch_signal(SIGINT);
    catch_signal(SIGTERM);
    catch_signal(SIGHUP);
    catch_signal(SIGQUIT);
    return true;
}

bool interrupt_came(void) {
    return came != 0;
}

int interrupt_descriptor(void) {
    return pipe_ends[0];
}

bool interrupt_wait(int descriptor) {
    struct pollfd ends[] = {{.fd = descriptor, .events = POLLIN},
                            {.fd = pipe_ends[0], .events = POLLIN}};
    while (!interrupt_came() && ends[0].revents == 0)
        poll(ends, 2, -1);
    return !interrupt_came();
}
