/* Runs the tool at a pseudo-terminal. */
#ifndef NUMRES_TESTS_TERMINAL_H
#define NUMRES_TESTS_TERMINAL_H

#include <sys/types.h>

#include "process.h"

/* Which streams are the terminal. The others are a pipe or files. */
#define TERMINAL_OUTPUT 1u
#define TERMINAL_MESSAGES 2u
#define TERMINAL_INPUT 4u

/* Combined with these: the terminal echoes what is typed, until the tool turns that off. */
#define TERMINAL_ECHO 8u

typedef struct terminal {
    unsigned int streams;
    int master; /* the user's end of the terminal */
    int input;  /* the end of the pipe to write to; -1 if closed */
    int output, messages;
    pid_t keeper, child; /* the session leader, and the tool */
    int status;          /* a pipe: the leader writes the tool's id and exit status */
    int stay;            /* a pipe: the leader ends when this end is closed */
    char *shown;         /* what the terminal has shown so far; a NUL follows */
    size_t shown_length;
} terminal;

/* Starts the tool at a terminal of this many columns, which passes output bytes
   unchanged, and writes the invocation's input, which must be short. */
terminal terminal_start(const invocation *invocation, unsigned int streams, unsigned short columns);

/* Reads until the terminal has shown the text, or until no more can come. */
void terminal_read_until(terminal *terminal, const char *text);

/* Closes the input and reads the rest. In the outcome, the terminal's text is the output
   if that goes there, otherwise the messages. */
outcome terminal_end(terminal *terminal);

outcome terminal_run(const invocation *invocation, unsigned int streams, unsigned short columns);

#endif
