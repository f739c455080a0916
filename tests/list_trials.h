/* What the trials of numres list share: tests/list_trials.c says what they are. */
#ifndef NUMRES_TESTS_LIST_TRIALS_H
#define NUMRES_TESTS_LIST_TRIALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* A server of the tests, without Criterion. */
typedef struct trial_server {
    pid_t process;
    int control, answers;
    char base_url[64];
} trial_server;

bool trial_server_start(trial_server *server, const char *build);
void trial_server_stop(trial_server *server);

/* A command of tests/api_server.h, done when this returns. */
void trial_server_say(trial_server *server, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* How a run is ended early. */
typedef enum trial_end {
    END_NONE,
    END_SIGNAL, /* after so many bytes of output */
    END_KILL,   /* the same by SIGKILL */
    END_SIZE,   /* no file may grow beyond so many bytes */
    END_READER, /* goes away after so many bytes */
    END_COUNT
} trial_end;

typedef struct trial_run {
    const char *arguments; /* of numres, split at blanks */
    const char *base_url;
    const char *output; /* a file that is added to */
    trial_end end;
    int signal_number;
    uint64_t bytes;
} trial_run;

/* Runs numres in a process of its own. Answers its exit code, 128 and the signal's
   number if one ended it. Its messages are in the file "messages". */
int trial_run_tool(const trial_run *run);

/* The numbers of the same seed are the same everywhere. */
typedef struct trial_random {
    uint64_t state;
} trial_random;

/* From 0 to below this bound. */
uint64_t trial_random_below(trial_random *random, uint64_t bound);

#endif
