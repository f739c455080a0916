/* The commands, as main.c calls them: a file each. Those that ask the API, config and
   --version, are in network.c where they are another program, in missing.c in a build without
   libcurl. */
#ifndef NUMRES_TOOLS_COMMANDS_H
#define NUMRES_TOOLS_COMMANDS_H

#include "session.h"

#define API_DEFAULT_PAGE_BYTES 67108864

/* Each reads the options and does the command; returns the exit code. The output and
   messages of the session have begun. `arguments` are those after the command's
   name. */
int show_command(struct session *session, char **arguments, size_t count);
int check_command(struct session *session, char **arguments, size_t count);
int diff_command(struct session *session, char **arguments, size_t count);
int config_command(struct session *session, char **arguments, size_t count);
int completion_command(struct session *session, char **arguments, size_t count);

#define API_COMMANDS(COMMAND)                                                                      \
    COMMAND(list)                                                                                  \
    COMMAND(get)                                                                                   \
    COMMAND(create)                                                                                \
    COMMAND(extend)                                                                                \
    COMMAND(wait)                                                                                  \
    COMMAND(login)
#define API_COMMAND(name)                                                                          \
    int name##_command(struct session *session, char **arguments, size_t count);
API_COMMANDS(API_COMMAND) /* list_command and so on */

/* Says, for numres config, what the commands that ask the API would refuse of these
   settings, and in the same words. No command is run and nothing is asked. Returns whether
   they would refuse nothing. */
bool api_settings_judge(const struct settings *settings, struct print *messages);

/* Prints the versions and limits; returns the exit code. */
int version_command(struct session *session);

/* The version of libcurl, for that. */
const char *api_curl_version(void);

#endif
