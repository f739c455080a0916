/* The API key: where it comes from, and how it is kept from others. */
#ifndef NUMRES_TOOLS_API_KEY_H
#define NUMRES_TOOLS_API_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "print.h"

#define API_KEY_VARIABLE "TELNYX_API_KEY"
#define API_KEY_LONGEST 1024

struct api_key {
    const char *source; /* the variable's name, or the file's */
    size_t length;
    char text[API_KEY_LONGEST + 1];
};

/*
 * Takes the key out of the file, of standard input for "-", or if `file` is NULL out
 * of the environment, where its text is overwritten so that neither programs started
 * later nor whoever looks at this process's environment find it. A file must be closed
 * to its group and to others; the name of one that cannot be opened is not shown,
 * since it may be a key. From here on the process writes no core.
 *
 * Answers false after it has said on `messages` what is wrong and what to do.
 */
bool api_key_take(struct api_key *key, const char *file, struct print *messages);

/* Overwrites the key. */
void api_key_forget(struct api_key *key);

/* Overwrites a copy of it. */
void api_key_wipe(char *bytes, size_t length);

#endif
