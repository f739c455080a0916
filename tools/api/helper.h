/* Runs a command of the user's that gives or takes the API key. key.c and login.c use it. */
#ifndef NUMRES_TOOLS_HELPER_H
#define NUMRES_TOOLS_HELPER_H

#include <stdbool.h>
#include <sys/types.h>

struct helper {
    pid_t process;
    int end; /* of a pipe, which the caller closes */
};

/* Has the shell run a command whose standard stream, STDIN_FILENO or STDOUT_FILENO, is the
   other end of a pipe. Returns false, and sets errno, if it cannot. */
bool helper_start(struct helper *helper, const char *command, int stream);

/* Waits for its end. Writes how it failed into `fault`; returns whether it did not. */
#define HELPER_FAULT_SIZE 64
bool helper_end(const struct helper *helper, char *fault, size_t size);

#endif
