/*
 * The pager that stands between the table and a terminal: $NUMRES_PAGER, or
 * $PAGER, or less; none if the first of these that is set is empty or cat. less is
 * not run by itself where TERM names no terminal that a pager could steer.
 */
#ifndef NUMRES_TOOLS_PAGER_H
#define NUMRES_TOOLS_PAGER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "print.h"

struct pager {
    pid_t process;          /* 0: there is none, or it has ended */
    int status;             /* what waitpid told of its end */
    struct print *output;   /* NULL: goes to no pager */
    struct print *messages; /* NULL: these go on to standard error */
    bool shows_colour;
    int unread;       /* the pipe's end for reading, until the pager has read; else -1 */
    uint64_t written; /* bytes, until the pager has read */
};

/*
 * Starts the pager, if standard output is a terminal and one is wanted. Then
 * `output`, and `messages` if they too go to a terminal, go into it; the user
 * may leave it early. A pager that cannot be started, be it that the shell finds
 * out, is done without: all is printed as if there were none. Signals that end a
 * process wait for the pager's end, unless the caller deals with them.
 */
void pager_begin(struct pager *pager, struct print *output, struct print *messages,
                 bool deals_with_signals);

/* Sees whether the pager has read something, or has ended: until one of these is seen,
   here or by a write, that it was left is not seen either. */
void pager_look(struct pager *pager);

/* Whether colours in the output reach the terminal. */
bool pager_shows_colour(const struct pager *pager);

/* The output has ended: waits until the user leaves the pager. Messages go to
   standard error again. */
void pager_end(struct pager *pager);

/* What less(1) makes of its options. */

/* What LESS is set to where it is not set. */
#define LESS_USUAL_OPTIONS "FRX"

/* Whether colours come through a pager's command line: one that does not run less,
   or runs it with its option R or r, by its own options or by those in LESS. */
bool less_passes_colour(const char *command);

#endif
