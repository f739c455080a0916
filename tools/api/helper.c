/* Runs the commands that the user names for the API key. key.c and login.c call it. */
#include "helper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int spawn(struct helper *helper, const char *command, int stream, int end) {
    /* posix_spawn's parameters are not const, but it changes none of these. */
    char shell[] = "sh";
    char option[] = "-c";
    char *words[] = {shell, option, NULL, NULL};
    posix_spawn_file_actions_t actions;
    memcpy(&words[2], &command, sizeof(char *));
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure != 0)
        return failure;
    failure = posix_spawn_file_actions_adddup2(&actions, end, stream);
    if (failure == 0)
        failure = posix_spawn(&helper->process, "/bin/sh", &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

bool helper_start(struct helper *helper, const char *command, int stream) {
    int ends[2];
    int own = stream == STDIN_FILENO ? 1 : 0;
    if (pipe(ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    /* If the caller ignored it, the exit status would be lost. */
    signal(SIGCHLD, SIG_DFL);
    int failure = spawn(helper, command, stream, ends[1 - own]);
    close(ends[1 - own]);
    helper->end = ends[own];
    if (failure == 0)
        return true;
    close(ends[own]);
    errno = failure;
    return false;
}

bool helper_end(const struct helper *helper, char *fault, size_t size) {
    int status = 0;
    while (waitpid(helper->process, &status, 0) < 0 && errno == EINTR)
        continue;
    if (WIFSIGNALED(status))
        snprintf(fault, size, "was ended by signal %d", WTERMSIG(status));
    else
        snprintf(fault, size, "ended with status %d", WEXITSTATUS(status));
    return status == 0;
}
