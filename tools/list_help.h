/* What numres list --help prints. */
#ifndef NUMRES_TOOLS_LIST_HELP_H
#define NUMRES_TOOLS_LIST_HELP_H

extern const char list_help[];

#endif
