/*
 * Runs a program once, discards its standard output, and prints "SECONDS KIBIBYTES":
 * elapsed time and largest resident memory. Exits with the program's status.
 */
#define _DEFAULT_SOURCE

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double seconds_now(void) {
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The kernel's peak includes what the starting process held, so no program can show less
   than this one's own peak, about 1,300 KiB. */
static int start(pid_t *child, char **command) {
    posix_spawn_file_actions_t actions;
    int failure = posix_spawn_file_actions_init(&actions);

    if (failure != 0) {
        return failure;
    }
    failure = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (failure == 0) {
        failure = posix_spawnp(child, command[0], &actions, NULL, command, environ);
    }
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

int main(int argc, char **argv) {
    struct rusage usage;
    pid_t child = 0;
    int status = 0;
    int failure = 0;
    double started = seconds_now();

    if (argc < 2) {
        fputs("usage: measure PROGRAM [ARGUMENT...]\n", stderr);
        return 2;
    }
    failure = start(&child, argv + 1);
    if (failure != 0) {
        fprintf(stderr, "measure: %s: %s\n", argv[1], strerror(failure));
        return 2;
    }
    if (wait4(child, &status, 0, &usage) != child) {
        perror("measure: wait4");
        return 2;
    }
    printf("%.4f %ld\n", seconds_now() - started, usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
