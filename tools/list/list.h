/* numres list and --version, as main.c calls them: list.c and version.c, or network.c where
   they are another program; missing.c in a build without libcurl. */
#ifndef NUMRES_TOOLS_LIST_H
#define NUMRES_TOOLS_LIST_H

#include "../run/session.h"

#define LIST_DEFAULT_PAGE_BYTES 67108864

/* Reads the options and does the command; returns the exit code. The output and
   messages of the session have begun. `arguments` are those after the command's
   name. */
int list_command(struct session *session, char **arguments, size_t count);

/* Prints the versions and limits; returns the exit code. */
int version_command(struct session *session);

/* The version of libcurl, for that. */
const char *list_curl_version(void);

#endif
