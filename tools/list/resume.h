/* The file of --resume: where a listing has come, for a later run to go on. */
#ifndef NUMRES_TOOLS_RESUME_H
#define NUMRES_TOOLS_RESUME_H

#include <stdio.h>

#include "numres.h"

#include "../run/print.h"
#include "repeats.h"

/* Where a listing has come. */
struct list_state {
    numres_pager pager;
    uint64_t ids;                    /* shown so far, as struct repeats counts them; */
    uint64_t page_ids;               /* of them on the page that is read on, */
    uint64_t new_ids;                /* since it was last certain that the list was where it was */
    uint64_t places;                 /* of the data arrays of the pages before */
    uint64_t shown;                  /* reservations, in all runs */
    uint64_t total, total_pages;     /* as the last meta told; 0: not known */
    uint64_t fallen_from, fallen_to; /* the total, from one page to the next; 0: not */
};

enum resume_answer {
    RESUME_NONE, /* there is no such file yet, or an empty one */
    RESUME_READ,
    RESUME_WRONG, /* it is another list's, another run's, or no such file at all */
    RESUME_FAILED /* it cannot be read */
};

/* An open file of --resume. */
struct resume {
    char *file; /* no symbolic link; NULL: there is none */
    char *lock_file;
    int lock;
    const char *url;
    FILE *stream; /* to add to; NULL: it must be written anew */
    long length;  /* up to which it is whole */
    uint64_t ids; /* of which it tells, in all, and how many it holds */
    uint64_t held;
};

/*
 * Locks the file against other runs and reads it. `url` is that of the list without
 * a page number, which must stay: page numbers mean the same only with the same
 * filters and page size. `repeats` has begun; it and `state` take up what is read.
 * Says on `messages` what is wrong.
 */
enum resume_answer resume_open(struct resume *resume, const char *file, const char *url,
                               struct list_state *state, struct repeats *repeats,
                               struct print *messages);

/*
 * Writes the state down: a new file that takes the old one's place at once, or
 * lines at its end, of which a broken one counts for nothing, so that a whole state
 * can be read at any time. Links, mode and owner stay; the key is never in it.
 * Answers NULL, or why not, for a person.
 */
const char *resume_save(struct resume *resume, const struct list_state *state,
                        const struct repeats *repeats);

void resume_close(struct resume *resume);

/*
 * What stands in a file of --resume: what it is, the list's URL, the seed of the
 * hashes, each on a line; then ids of reservations that were shown, as hashes, one
 * on a line, and states, of which the last is the one that counts, with the ids
 * before it.
 */

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
