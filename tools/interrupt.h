/* Ctrl-C: SIGINT, SIGTERM, SIGHUP and SIGQUIT are noted, and end what is being
   waited for, so that the run can end in order. */
#ifndef NUMRES_TOOLS_INTERRUPT_H
#define NUMRES_TOOLS_INTERRUPT_H

#include <stdbool.h>

/* The exit code of a run that was interrupted: 128 and SIGINT's number. */
#define EXIT_INTERRUPTED 130

/*
 * Catches the signals from now on, each once: a second one ends the process as
 * it always does, should the orderly end take too long. A signal that the
 * caller has ignored stays so. Answers false if there are no descriptors.
 */
bool interrupt_begin(void);

/* Whether a signal has come. */
bool interrupt_came(void);

/* A descriptor that can be read from once a signal has come; poll it. */
int interrupt_descriptor(void);

#endif
