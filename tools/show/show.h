/* The commands that read files: numres show, check and diff. main.c calls them. */
#ifndef NUMRES_TOOLS_SHOW_H
#define NUMRES_TOOLS_SHOW_H

#include "../run/session.h"

/* Reads the options and does the command; returns the exit code. The output and
   messages of the session have begun. `arguments` are those after the command's
   name. */
int show_command(struct session *session, char **arguments, size_t count);
int check_command(struct session *session, char **arguments, size_t count);
int diff_command(struct session *session, char **arguments, size_t count);

#endif
