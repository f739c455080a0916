/*
 * What stands in a file of --resume: what it is, the list's URL, the seed of the
 * hashes, each on a line; then ids of reservations that were shown, as hashes, one
 * on a line, and states, of which the last is the one that counts, with the ids
 * before it.
 */
#ifndef NUMRES_TOOLS_RESUME_TEXT_H
#define NUMRES_TOOLS_RESUME_TEXT_H

#include "resume.h"

enum resume_text {
    RESUME_TEXT_EMPTY, /* nothing stands there */
    RESUME_TEXT_READ,
    RESUME_TEXT_OTHER_LIST, /* it has another URL */
    RESUME_TEXT_NONE,       /* it is something else */
    RESUME_TEXT_FAILED      /* see errno */
};

/* Reads the whole stream. Only after RESUME_TEXT_READ do `state` and `repeats` hold
   anything of use. */
enum resume_text resume_text_read(FILE *stream, const char *url, struct list_state *state,
                                  struct repeats *repeats);

/* Writes the first lines; false: see errno. */
bool resume_text_begin(FILE *stream, const char *url, const struct repeats *repeats);

/* Writes a state, and before it its ids from this one on. */
bool resume_text_add(FILE *stream, const struct list_state *state, const struct repeats *repeats,
                     uint64_t from);

#endif
