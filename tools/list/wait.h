/* Time: the clocks, and the one place where numres list waits on purpose. The
   tests put another room in its place, which notes what it is asked to wait. */
#ifndef NUMRES_TOOLS_WAIT_H
#define NUMRES_TOOLS_WAIT_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* Milliseconds of a clock that nobody sets. */
int64_t wait_clock(void);

/* The time of day. */
time_t wait_time_of_day(void);

/* Told at the start of a wait and now and then how much is left; false ends it. */
typedef bool wait_tick(void *context, int64_t milliseconds_left);

/* Waits so long, or until the user interrupts. */
void wait_milliseconds(int64_t milliseconds, wait_tick *tick, void *context);

/* Ctrl-C: SIGINT, SIGTERM, SIGHUP and SIGQUIT are noted, and end what is being
   waited for, so that the run can end in order. */

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
