/* Running numres list against the tests' API server, in a directory of the
   test's own (see process.h). */
#ifndef NUMRES_TESTS_LISTING_H
#define NUMRES_TESTS_LISTING_H

#include <stdint.h>

#include "api_server.h"
#include "process.h"

/* A list of rules for api_server_start. */
#define RULES(...) ((const char *const[]){__VA_ARGS__, NULL})

/*
 * How numres list is asked to run. It waits for nothing: what it would wait for
 * before it tries again is noted in the file "waits" of the current directory.
 */
typedef struct listing_run {
    invocation invocation;
    const char *words[24];
    char copy[1024];
    char variables[3][160];
    const char *environment[5];
    char program[1024];
} listing_run;

/* With the right key, the server's base URL and these arguments, split at
   blanks. The run must stay where it is, since it points into itself. */
void listing_prepare(listing_run *run, const api_server *server, const char *arguments);

/* The same for a whole command line, such as "get ID", and one more variable of
   the environment, NAME=value, or NULL. */
void asking_prepare(listing_run *run, const api_server *server, const char *command_line,
                    const char *variable);

/* Runs it and demands the exit code, exactly this output, if it is not NULL, and this part
   of the messages ("": that there are none; NULL: anything). */
void expect_asking(const api_server *server, const char *command_line, const char *variable,
                   int exit_code, const char *output, const char *message);

/* The same, run. */
outcome listing(const api_server *server, const char *arguments);

/* Runs it and demands the exit code, exactly this output, if it is not NULL,
   and this part of the messages ("": that there are none; NULL: anything). */
void expect_listing(const api_server *server, const char *arguments, int exit_code,
                    const char *output, const char *message);

/* What --format ids shows of the data set: reservations with these numbers, one
   after the other. A second call overwrites it. */
const char *ids_of(int64_t first, int64_t last);

/* How many waits were noted, and how long one was, from 0; -1: there is none. */
size_t waits_count(void);
int64_t wait_noted(size_t place);

/* Demands that the server has had so many requests, and what stands in a field
   of one's line in its log. */
void expect_requests(const api_server *server, size_t count);
void expect_field(const api_server *server, size_t line, size_t field, const char *text);

#endif
