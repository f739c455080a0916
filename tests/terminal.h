/* Running the tool at a pseudo-terminal. */
#ifndef NUMRES_TESTS_TERMINAL_H
#define NUMRES_TESTS_TERMINAL_H

#include <sys/types.h>

#include "process.h"

/* Which streams are the terminal; the others are files. */
#define TERMINAL_OUTPUT 1u
#define TERMINAL_MESSAGES 2u
#define TERMINAL_INPUT 4u

/* With these: the terminal echoes what is typed, until the tool changes that. */
#define TERMINAL_ECHO 8u

typedef struct terminal {
    unsigned int streams;
    int master; /* the side of whoever sits at the terminal */
    int input;  /* the pipe's end that is written into; -1: it is closed */
    int output, messages;
    pid_t keeper, child; /* the session's leader, and the tool */
    int status;          /* a pipe: the leader writes the tool's id and exit status */
    int stay;            /* a pipe: the leader ends when this end is closed */
    char *shown;         /* what came to the terminal so far; a NUL follows */
    size_t shown_length;
} terminal;

/* Starts the tool at a terminal of this many columns, which changes no byte of
   what it is given, and writes the invocation's input, which must be short. */
terminal terminal_start(const invocation *invocation, unsigned int streams, unsigned short columns);

/* Reads until the terminal has shown the text, or nothing more will come. */
void terminal_read_until(terminal *terminal, const char *text);

/* Closes the input and reads all. In the outcome, what the terminal showed is
   the output, if that goes there, else the messages. */
outcome terminal_end(terminal *terminal);

outcome terminal_run(const invocation *invocation, unsigned int streams, unsigned short columns);

#endif
