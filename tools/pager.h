/*
 * The pager that stands between the table and a terminal, chosen as git does:
 * $PAGER, or less if that is unset; none if it is empty or cat.
 */
#ifndef NUMRES_TOOLS_PAGER_H
#define NUMRES_TOOLS_PAGER_H

#include <stdbool.h>
#include <sys/types.h>

#include "print.h"

struct pager {
    pid_t process; /* 0: there is none */
    struct print *output;
    struct print *messages; /* NULL: these go on to standard error */
};

/*
 * Starts the pager, if standard output is a terminal and one is wanted. Then
 * `output`, and `messages` if they too go to a terminal, go into it; the user
 * may leave it early. A pager that cannot be started is done without.
 */
void pager_begin(struct pager *pager, struct print *output, struct print *messages);

/* The output has ended: waits until the user leaves the pager. Messages go to
   standard error again. */
void pager_end(struct pager *pager);

#endif
