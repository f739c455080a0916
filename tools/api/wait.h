/* Clocks and waiting, which the tests replace, and Ctrl-C, which ends a wait.
   Everything in api/ and list/ that needs the time uses it. */
#ifndef NUMRES_TOOLS_WAIT_H
#define NUMRES_TOOLS_WAIT_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* Milliseconds of a monotonic clock. */
int64_t wait_clock(void);

/* The time of day. */
time_t wait_time_of_day(void);

/* The longest time between two ticks, here and in transport.c, in milliseconds. */
#define WAIT_BETWEEN_TICKS 200

/* Called at the start of a wait and a few times a second with the time left; returns
   false to end the wait. */
typedef bool wait_tick(void *context, int64_t milliseconds_left);

/* Waits this long, or until the user interrupts or `tick` returns false. */
void wait_milliseconds(int64_t milliseconds, wait_tick *tick, void *context);

/* Ctrl-C: SIGINT, SIGTERM, SIGHUP and SIGQUIT are noted and end any wait, so that the
   run can stop cleanly. */

/* The exit code of a run that was interrupted: 128 plus SIGINT's number. */
#define EXIT_INTERRUPTED 130

/* Catches the signals from now on, each once: a second one ends the process at once,
   in case stopping cleanly takes too long. A signal that the caller ignored stays
   ignored. Returns false if there are no descriptors left. */
bool interrupt_begin(void);

/* Whether a signal has come. */
bool interrupt_came(void);

/* Waits until the descriptor can be read. Returns false if a signal has come. */
bool interrupt_wait(int descriptor);

/* A descriptor to poll, which becomes readable once a signal has come. */
int interrupt_descriptor(void);

#endif
