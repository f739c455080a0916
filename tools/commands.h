/* The commands: what each is called, takes and does. */
#ifndef NUMRES_TOOLS_COMMANDS_H
#define NUMRES_TOOLS_COMMANDS_H

#include "session.h"

/* Reads the options and does the command; answers the exit code. The output
   and messages of the session have begun. `arguments` are those behind the
   command's name. */
int show_command(struct session *session, char **arguments, size_t count);
int check_command(struct session *session, char **arguments, size_t count);
int list_command(struct session *session, char **arguments, size_t count);

#endif
