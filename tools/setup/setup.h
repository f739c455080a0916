/* The commands that prepare the use of numres and read no reservations. main.c calls
   them. */
#ifndef NUMRES_TOOLS_SETUP_H
#define NUMRES_TOOLS_SETUP_H

#include "../run/session.h"

/* Reads the options and does the command; returns the exit code. The output and messages
   of the session have begun. `arguments` are those after the command's name. */
int config_command(struct session *session, char **arguments, size_t count);
int completion_command(struct session *session, char **arguments, size_t count);

/* The lines of the completion scripts, up to NULL: made of completions/ by the build. */
extern const char *const completion_bash[];
extern const char *const completion_zsh[];
extern const char *const completion_fish[];

#endif
