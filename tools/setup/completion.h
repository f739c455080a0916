/* The completion scripts, made of completions/ by the build. completion.c prints them. */
#ifndef NUMRES_TOOLS_COMPLETION_H
#define NUMRES_TOOLS_COMPLETION_H

/* Their lines, up to NULL. */
extern const char *const completion_bash[];
extern const char *const completion_zsh[];
extern const char *const completion_fish[];

#endif
