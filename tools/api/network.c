/* For a program without libcurl and libxlsxwriter: the commands that ask the API, config,
   --version and the format xlsx replace it by numres-network, which has them. Reading files
   needs none of the thirty libraries that these load. main.c calls it, and show/format.c
   for xlsx. */
#include "../run/session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../show/format.h"

#define PROGRAM "numres-network"

/* Writes the path of a program that is `relative` to the folder of this one: beside it, as
   after a build, or where an installation that was moved has it. Returns false if it does
   not fit, or if the place of this program is unknown. */
static bool find_beside(char *path, size_t size, const char *relative) {
    ssize_t length = readlink("/proc/self/exe", path, size);
    if (length <= 0 || (size_t)length == size)
        return false;
    path[length] = '\0';
    char *name = strrchr(path, '/');
    size_t room = name != NULL ? size - (size_t)(name - path) : 0;
    return name != NULL && (size_t)snprintf(name, room, "/%s", relative) < room;
}

/* Runs numres-network in this process. Returns only if it is missing or cannot be run. */
static void become(char **arguments) {
    static const char *const paths[] = {PROGRAM, NUMRES_LIBEXEC_FROM_BIN "/" PROGRAM};
    char path[4096];
    for (size_t at = 0; at < sizeof paths / sizeof paths[0]; at++)
        if (find_beside(path, sizeof path, paths[at]))
            execv(path, arguments);
    execv(NUMRES_LIBEXEC_DIR "/" PROGRAM, arguments);
}

static int fail(struct session *session, int failure) {
    struct print *messages = &session->messages;
    print_string(messages, "numres: cannot run " NUMRES_LIBEXEC_DIR "/" PROGRAM ": ");
    print_string(messages, strerror(failure));
    print_string(messages, "; it is part of numres; reinstall numres\n");
    return EXIT_FAILED;
}

static int become_network(struct session *session, char *command, char **arguments, size_t count) {
    static char name[] = "numres";
    char **all = calloc(count + 3, sizeof *all);
    int failure = ENOMEM;
    if (all != NULL) {
        all[0] = name;
        all[1] = command;
        if (count > 0)
            memcpy(all + 2, arguments, count * sizeof *arguments);
        become(all);
        failure = errno;
        free(all);
    }
    return fail(session, failure);
}

#define NETWORK(name)                                                                              \
    int name##_command(struct session *session, char **arguments, size_t count) {                  \
        static char command[] = #name;                                                             \
        return become_network(session, command, arguments, count);                                 \
    }
API_COMMANDS(NETWORK)
NETWORK(config)

int version_command(struct session *session) {
    static char option[] = "--version";
    return become_network(session, option, NULL, 0);
}

/* Called for xlsx before anything is read or written. */
static bool become_writer(struct showing *showing) {
    char **command_line = showing->session->command_line;
    if (command_line != NULL)
        become(command_line);
    session_raise_exit_code(showing->session,
                            fail(showing->session, command_line == NULL ? ENOMEM : errno));
    return false;
}

const struct format_functions xlsx_functions = {.begin = become_writer};
