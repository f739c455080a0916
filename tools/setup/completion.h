/* The completion scripts, which the build makes from completions/. completion.c prints them. */
#ifndef NUMRES_TOOLS_COMPLETION_H
#define NUMRES_TOOLS_COMPLETION_H

/* Their lines, ended by NULL. */
extern const char *const completion_bash[];
extern const char *const completion_zsh[];
extern const char *const completion_fish[];

#endif
