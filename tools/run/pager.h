/* The pager between the table and a terminal: $NUMRES_PAGER, or $PAGER, or less; none
   if the first of these that is set is empty or cat. less is not the default if TERM
   is unset or dumb. show.c and api/ use it. */
#ifndef NUMRES_TOOLS_PAGER_H
#define NUMRES_TOOLS_PAGER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "print.h"

struct pager {
    pid_t process;          /* 0: there is none, or it has ended */
    int status;             /* from waitpid */
    struct print *output;   /* NULL: there is no pager */
    struct print *messages; /* NULL: these go to standard error */
    bool shows_colour;
    int unread;       /* the pipe's read end, until the pager has read; else -1 */
    uint64_t written; /* bytes, until the pager has read */
};

/*
 * Starts the pager, if standard output is a terminal and one is wanted. `output`,
 * and `messages` if they go to a terminal too, then go through it; the user may
 * quit it early. If it cannot be started, even if only the shell notices,
 * everything is printed without it. Signals that end a process wait for the pager's
 * end, unless the caller deals with them.
 */
void pager_begin(struct pager *pager, struct print *output, struct print *messages,
                 bool deals_with_signals);

/* Checks whether the pager has read something or has ended. Before that, noticed here
   or by a write, it cannot be noticed that the user quit it. */
void pager_look(struct pager *pager);

/* Whether colours in the output reach the terminal. */
bool pager_shows_colour(const struct pager *pager);

/* The output has ended: waits until the user quits the pager. Messages then go to
   standard error again. */
void pager_end(struct pager *pager);

/* ---- less.c: the options of less(1) ---- */

/* The default for LESS. */
#define LESS_USUAL_OPTIONS "FRX"

/* Whether a pager's command line passes colours on: it does not run less, or runs it
   with the option R or r, on its command line or in LESS. */
bool less_passes_colour(const char *command);

#endif
