/* The file of --resume: how far a list has been read, for a later run to continue.
   pages.c uses it. */
#ifndef NUMRES_TOOLS_RESUME_H
#define NUMRES_TOOLS_RESUME_H

#include <stdio.h>

#include "numres.h"

#include "../api/repeats.h"
#include "../run/print.h"

/* How far a list has been read. */
struct list_state {
    numres_pager pager;
    uint64_t ids;                    /* shown so far, as struct repeats counts them */
    uint64_t page_ids;               /* of them on the current page */
    uint64_t new_ids;                /* of them since the list was last known to be unchanged */
    uint64_t shown;                  /* reservations, in all runs */
    uint64_t twins;                  /* of them those that were twice in one response */
    uint64_t places;                 /* elements of the data arrays of pages read to their end, */
    uint64_t left_out;               /* and how many of them no reservations, or left out here */
    uint64_t repeats;                /* reservations that came again on a later page */
    uint64_t total, total_pages;     /* from the last meta; 0: unknown */
    uint64_t grown;                  /* by so much the total has risen, */
    uint64_t expected;               /* which explains so many repeats that are still to come */
    uint64_t fallen_from, fallen_to; /* the total, if it fell from one page to the next; else 0 */
    uint64_t surplus, surplus_total; /* so many came in one run while the total was less; else 0 */
    /* The regular file that is being written to; 0: none, or the run has ended in order. */
    uint64_t device, inode;
};

enum resume_result {
    RESUME_NONE, /* the file does not exist or is empty */
    RESUME_READ,
    RESUME_WRONG, /* another list's, in use by another run, or some other file */
    RESUME_FAILED /* it cannot be read */
};

/* An open file of --resume. */
struct resume {
    char *file; /* with symbolic links resolved; NULL: none */
    char *lock_file;
    int lock;
    const char *url;
    FILE *stream; /* to append to; NULL: it must be written anew */
    long length;  /* of its whole lines */
    uint64_t ids; /* that its last state counts, and how many the file holds */
    uint64_t held;
};

/*
 * Locks the file against other runs and reads it into `state` and `repeats`, which
 * has begun. `url` is that of the list without a page number; it must not change,
 * since page numbers mean the same only with the same filters and page size. Says
 * on `messages` what is wrong.
 */
enum resume_result resume_open(struct resume *resume, const char *file, const char *url,
                               struct list_state *state, struct repeats *repeats,
                               struct print *messages);

/*
 * Saves the state: writes a new file that replaces the old one atomically, or
 * appends lines, of which an incomplete one is ignored, so that a whole state can
 * be read at any time. Links, mode and owner stay; the key is never in it. Returns
 * NULL, or what went wrong, as a message.
 */
const char *resume_save(struct resume *resume, const struct list_state *state,
                        const struct repeats *repeats);

void resume_close(struct resume *resume);

/*
 * The contents of a file of --resume: a first line that names its kind, the list's
 * URL and the seed of the hashes, each on a line; then the ids of shown
 * reservations as hashes, one on a line, and states. The last state counts, with
 * the ids before it.
 */

enum resume_text {
    RESUME_TEXT_EMPTY, /* no bytes */
    RESUME_TEXT_READ,
    RESUME_TEXT_OTHER_LIST, /* its URL differs */
    RESUME_TEXT_NONE,       /* not a file of --resume */
    RESUME_TEXT_FAILED      /* see errno */
};

/* Reads the whole stream. `state` and `repeats` are valid only after
   RESUME_TEXT_READ. */
enum resume_text resume_text_read(FILE *stream, const char *url, struct list_state *state,
                                  struct repeats *repeats);

/* Writes the first lines; false: see errno. */
bool resume_text_begin(FILE *stream, const char *url, const struct repeats *repeats);

/* Writes the ids from `from` on, then the state. */
bool resume_text_add(FILE *stream, const struct list_state *state, const struct repeats *repeats,
                     uint64_t from);

#endif
