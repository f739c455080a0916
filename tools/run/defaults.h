/*
 * Defaults of options that the user sets: in the config file, or in the environment.
 * options.c asks for them after each command line; numres config shows them, and api/
 * finds the stored key beside the file.
 */
#ifndef NUMRES_TOOLS_DEFAULTS_H
#define NUMRES_TOOLS_DEFAULTS_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"

#define API_KEY_VARIABLE "TELNYX_API_KEY"
#define KEY_COMMAND_VARIABLE "NUMRES_KEY_COMMAND"
#define BASE_URL_VARIABLE "TELNYX_BASE_URL"
#define BASE_URL_DEFAULT "https://api.telnyx.com/v2"

/* An option that has a default in the config file: a DEFAULT line of options.def. */
struct default_option {
    size_t setting;        /* its offset in struct settings */
    const char *name;      /* with its dashes, which the file leaves out */
    const char *argument;  /* an option of the same name with another is another */
    const char *variables; /* of the environment, with blanks between, that come before */
    const char *usual;     /* where nothing is said, for people */
};

/* All of them, up to one whose name is NULL. */
extern const struct default_option default_options[];

/* The value of the first of these variables that is set and not empty, and its name;
   NULL: none is. */
const char *defaults_variable(const char *variables, char *name, size_t size);

/* Writes the path of a file in the folder of the user's settings: $XDG_CONFIG_HOME/numres,
   or ~/.config/numres (XDG Base Directory Specification). Returns false if neither
   variable names an absolute path, or it does not fit. */
#define DEFAULTS_PATH_SIZE 4096
bool defaults_path(const char *file, char *path, size_t size);

/* The names of the files there. */
#define DEFAULTS_FILE "config"
#define DEFAULTS_KEY_FILE "key"

/*
 * Reads the config file, if there is one, and sets what the command line and the
 * environment leave open. The values stay valid. Returns false after it has said what is
 * wrong in the file, and where.
 */
bool defaults_apply(enum option_command command, struct settings *settings, struct print *messages);

/* The line of the config file that a value comes from, from 1; 0: it is from elsewhere. */
size_t defaults_line_of(const char *value);

/* Prints FILE:LINE: before what is wrong with a value of the file; else nothing. */
void defaults_print_place(struct print *print, const char *value);

#endif
