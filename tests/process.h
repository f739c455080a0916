/* Running the tool as a process, in a directory of its own. */
#ifndef NUMRES_TESTS_PROCESS_H
#define NUMRES_TESTS_PROCESS_H

#include <stddef.h>

/* What a process answered. Freed with outcome_free. */
typedef struct outcome {
    int exit_code; /* 128 and the signal's number if a signal ended it */
    char *output;  /* standard output; a NUL follows */
    size_t output_length;
    char *messages; /* standard error; a NUL follows */
    size_t messages_length;
} outcome;

/* How a process is run; all zero but the arguments will do. */
typedef struct invocation {
    const char *const *arguments; /* without the program's name, ended by NULL */
    const char *input;            /* standard input, through a pipe */
    size_t input_length;
    const char *input_from;  /* standard input is this file instead, */
    long input_offset;       /* from here on */
    size_t piece;            /* the pipe is given this much at once; 0: all */
    const char *output_to;   /* standard output goes to this file instead */
    const char *messages_to; /* standard error goes to this file instead */
    unsigned int closed;     /* bit N: descriptor N is closed, 0 to 2 */
    unsigned long file_size; /* the largest it may write; 0: any */
    int output_closed_pipe;  /* or to a pipe that nobody reads */
    int ignores_sigpipe;     /* as some callers have it for their children */
    /* Variables, NAME=value, ended by NULL; of those that change what the tool
       shows no others are set, but TERM=xterm. NAME alone is not set. */
    const char *const *environment;
    const char *program; /* in place of the one that $NUMRES_TOOL names */
} invocation;

/* Makes a new directory the current one, and removes it again with its files.
   Criterion's .init and .fini. */
void directory_enter(void);
void directory_leave(void);

/* Writes a file into the current directory. */
void file_write(const char *name, const char *bytes, size_t length);
void file_write_text(const char *name, const char *text);

/* Writes a page of this many reservations, of more bytes than progress begins with;
   its table is more than a pipe holds. */
#define LARGE_PAGE_RESERVATIONS 20000
void file_write_large_page(const char *name);

/* Runs the program that $NUMRES_TOOL names. */
outcome process_run(const invocation *invocation);
void outcome_free(outcome *outcome);

/* Gives the process its input, but keeps the pipe open, and reads standard
   output up to this many line feeds: they must come before the input ends. */
void process_lines_before_end(const invocation *invocation, size_t lines, char *text, size_t size);

/* For other ways of running it: what the child does after fork, a file without
   a name, and what such a file holds (a NUL follows), which is closed. */
_Noreturn void process_become_tool(const invocation *invocation, int input, int output,
                                   int messages);
int process_temporary_file(void);
char *process_whole_file(int descriptor, size_t *length);

/* Stands, in any text that is demanded below, for what the library says of a status that
   is not known: the sentence names all that are. */
#define STATUS_SENTENCE "\1status\1"

/*
 * Runs the tool with the arguments (a string, split at blanks) and with a text
 * as standard input, and demands the exit code and exactly these outputs. What
 * is NULL may be anything.
 */
void expect_run(const char *arguments, const char *input, int exit_code, const char *output,
                const char *messages);

/* The same with an input that may hold NUL bytes. */
void expect_run_bytes(const char *arguments, const char *input, size_t input_length, int exit_code,
                      const char *output, const char *messages);

/* Demands that the text is somewhere in the other. */
void expect_part(const char *whole, const char *part);

#endif
