/* The API key and its secrecy. command.c takes it, transport.c sends it, login.c stores
   it. */
#ifndef NUMRES_TOOLS_KEY_H
#define NUMRES_TOOLS_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "../run/defaults.h"
#include "../run/print.h"

#define API_KEY_LONGEST 1024

struct api_key {
    enum option_command command; /* which needs it, for messages */
    const char *source;          /* what messages call it */
    const char *setting;         /* the value of the option that named it; NULL: none */
    bool is_judged;              /* alone: a command is not run, input not read, none is fine */
    char stored[DEFAULTS_PATH_SIZE];
    size_t length;
    char text[API_KEY_LONGEST + 1];
    /* What TELNYX_API_KEY held, up to this length, even if the key is another. */
    char variable[API_KEY_LONGEST + 1];
};

/* Makes a key that is not known yet but for `variable`, which no message must show: a
   word of the command line may be the key by mistake. From here on the process writes
   no core dump. */
void api_key_begin(struct api_key *key, enum option_command command);

/*
 * Takes the key from the first of these that is there:
 *
 *   the file of --api-key-file (standard input for "-"), or the output of the command of
 *   --key-command: from the command line, or from the config file if neither variable of
 *   the environment is set
 *   TELNYX_API_KEY, then the output of the command in NUMRES_KEY_COMMAND
 *   the file that numres login has made
 *
 * TELNYX_API_KEY is overwritten in any case, so that neither child processes nor anyone
 * reading this process's environment can see it. A file must not be readable by its
 * group or others; the name of one that cannot be opened is not shown, since it may be a
 * key.
 *
 * Returns false after it has said on `messages` what is wrong and what to do.
 */
bool api_key_take(struct api_key *key, const struct settings *settings, struct print *messages);

/* Reads it from standard input alone, to its end. */
bool api_key_take_input(struct api_key *key, struct print *messages);

/* Whether the text is a key, without the line feed at its end; says why not. */
bool api_key_check(struct api_key *key, struct print *messages);

/* Overwrites the key. */
void api_key_forget(struct api_key *key);

/* Overwrites a copy of it. */
void api_key_wipe(char *bytes, size_t length);

#endif
