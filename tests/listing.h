/* Runs numres list against the tests' API server, in a directory of the test's own (see
   process.h). */
#ifndef NUMRES_TESTS_LISTING_H
#define NUMRES_TESTS_LISTING_H

#include <stdint.h>

#include "api_server.h"
#include "process.h"

/* The rules for api_server_start, as an array. */
#define RULES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The statuses as messages list them: "pending, success, ...". */
extern const char *const listing_statuses;

/*
 * A run of numres list. It never sleeps: the waits before its retries are noted in the
 * file "waits" of the current directory instead.
 */
typedef struct listing_run {
    invocation invocation;
    const char *words[24];
    char copy[1024];
    char variables[3][160];
    const char *environment[5];
    char program[1024];
} listing_run;

/* Prepares a run with the valid key, the server's base URL and these arguments, split at
   blanks. The struct must not be moved, because it points into itself. */
void listing_prepare(listing_run *run, const api_server *server, const char *arguments);

/* The same for a whole command line, such as "get ID", and one more environment variable,
   NAME=value, or NULL. */
void asking_prepare(listing_run *run, const api_server *server, const char *command_line,
                    const char *variable);

/* Runs it and checks the exit code, the exact output unless NULL, and a part of the
   messages ("": there are none; NULL: anything). */
void expect_asking(const api_server *server, const char *command_line, const char *variable,
                   int exit_code, const char *output, const char *message);

/* Prepares numres list and runs it. */
outcome listing(const api_server *server, const char *arguments);

/* Runs it and checks the exit code, the exact output unless NULL, and a part of the
   messages ("": there are none; NULL: anything). */
void expect_listing(const api_server *server, const char *arguments, int exit_code,
                    const char *output, const char *message);

/* What --format ids prints for the data set's reservations `first` to `last`. The next
   call overwrites it. */
const char *ids_of(int64_t first, int64_t last);

/* The number of waits noted, and the length of one, counted from 0; -1 if there is none. */
size_t waits_count(void);
int64_t wait_noted(size_t place);

/* Interrupts a command that waits for its first response, which the server holds back, and
   checks that it ends with 130 and writes nothing. */
void expect_interrupted_in_silence(api_server *server, const char *command_line);

/* Check how many requests the server has had, and a field of one line of its log. */
void expect_requests(const api_server *server, size_t count);
void expect_field(const api_server *server, size_t line, size_t field, const char *text);

#endif
