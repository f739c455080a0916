/* Runs the tool as a process, in a directory of the test's own. */
#ifndef NUMRES_TESTS_PROCESS_H
#define NUMRES_TESTS_PROCESS_H

#include <stddef.h>

/* The outcome of a process. Freed with outcome_free. */
typedef struct outcome {
    int exit_code; /* 128 plus the signal's number if a signal ended it */
    char *output;  /* standard output; a NUL follows */
    size_t output_length;
    char *messages; /* standard error; a NUL follows */
    size_t messages_length;
} outcome;

/* How to run a process. Every field but the arguments may be zero. */
typedef struct invocation {
    const char *const *arguments; /* without the program's name, NULL-terminated */
    const char *input;            /* standard input, through a pipe */
    size_t input_length;
    const char *input_from;  /* standard input is this file instead, */
    long input_offset;       /* from this offset on */
    size_t piece;            /* bytes per write to the pipe; 0: all at once */
    int keeps_pieces;        /* a read takes one piece, however fast they are written */
    const char *output_to;   /* standard output goes to this file instead */
    const char *messages_to; /* standard error goes to this file instead */
    unsigned int closed;     /* bit N: descriptor N is closed, 0 to 2 */
    unsigned long file_size; /* limit for the files it writes; 0: none */
    int output_closed_pipe;  /* standard output is a pipe that has no reader */
    int ignores_sigpipe;     /* SIGPIPE is ignored, as some parent processes leave it */
    /* Variables as NAME=value, NULL-terminated; NAME alone unsets it. Of the other
       variables that affect the tool, only TERM=xterm is set. */
    const char *const *environment;
    const char *program; /* instead of the one in $NUMRES_TOOL */
} invocation;

/* Criterion's .init and .fini: enter a new directory; remove it with its files. */
void directory_enter(void);
void directory_leave(void);

/* Writes a file into the current directory. */
void file_write(const char *name, const char *bytes, size_t length);
void file_write_text(const char *name, const char *text);

/* Writes a page of this many reservations. It is large enough for the tool to show
   progress, and its table does not fit in a pipe. */
#define LARGE_PAGE_RESERVATIONS 20000
void file_write_large_page(const char *name);

/* An environment with the settings in the current directory followed by `path`, and with
   another variable unless that is NULL. Valid until the next call. */
const char *const *environment_with_settings(const char *path, const char *other);

/* Runs the program in $NUMRES_TOOL. */
outcome process_run(const invocation *invocation);
/* The same with these arguments alone, which end with NULL. */
outcome process_run_words(const char *const *words);
void outcome_free(outcome *outcome);

/* Writes the input to the process, keeps the pipe open, and reads standard output up to
   this many line feeds, which must come before the input ends. */
void process_lines_before_end(const invocation *invocation, size_t lines, char *text, size_t size);

/* For other ways of running the tool: the child's part after fork; a file without a name;
   and its content (a NUL follows), which is read and the file closed. */
_Noreturn void process_become_tool(const invocation *invocation, int input, int output,
                                   int messages);
int process_temporary_file(void);
char *process_whole_file(int descriptor, size_t *length);

/* In any expected text below, stands for the library's sentence about an unknown status,
   which lists all known ones. */
#define STATUS_SENTENCE "\1status\1"

/*
 * Runs the tool with the arguments (one string, split at blanks) and a text as standard
 * input. Checks the exit code and the exact outputs. An output that is NULL may be
 * anything.
 */
void expect_run(const char *arguments, const char *input, int exit_code, const char *output,
                const char *messages);

/* The same with input that may hold NUL bytes. */
void expect_run_bytes(const char *arguments, const char *input, size_t input_length, int exit_code,
                      const char *output, const char *messages);

/* Checks that `whole` contains `part`. */
void expect_part(const char *whole, const char *part);

#endif
