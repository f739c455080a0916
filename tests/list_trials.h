/* Shared by the files of the trials of numres list; tests/list_trials.c describes them. */
#ifndef NUMRES_TESTS_LIST_TRIALS_H
#define NUMRES_TESTS_LIST_TRIALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The tests' API server, started without Criterion. */
typedef struct trial_server {
    pid_t process;
    int control, answers;
    char base_url[64];
} trial_server;

bool trial_server_start(trial_server *server, const char *build);
void trial_server_stop(trial_server *server);

/* Sends a command of tests/api_server.h, which is done when this returns. */
void trial_server_say(trial_server *server, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* How a run is ended early. */
typedef enum trial_end {
    END_NONE,
    END_SIGNAL, /* a signal after this many bytes of output */
    END_KILL,   /* SIGKILL after this many bytes */
    END_SIZE,   /* no file may grow beyond this many bytes */
    END_READER, /* the output's reader closes after this many bytes */
    END_COUNT
} trial_end;

typedef struct trial_run {
    const char *arguments; /* for numres, split at blanks */
    const char *base_url;
    const char *output; /* a file to append to */
    trial_end end;
    int signal_number;
    uint64_t bytes;
} trial_run;

/* Runs numres in a separate process. Returns its exit code, or 128 plus the number of the
   signal that ended it. Its messages are in the file "messages". */
int trial_run_tool(const trial_run *run);

/* The same seed gives the same numbers on every machine. */
typedef struct trial_random {
    uint64_t state;
} trial_random;

/* A number from 0 to below `bound`. */
uint64_t trial_random_below(trial_random *random, uint64_t bound);

#endif
