/* One run of numres list: the state that its files share, and the functions that they
   offer each other. */
#ifndef NUMRES_TOOLS_LIST_H
#define NUMRES_TOOLS_LIST_H

#include <stdio.h>

#include "../api/counts.h"
#include "../api/repeats.h"
#include "../api/requests.h"

/* ---- the file of --resume: how far a list has been read, for a later run to continue ---- */

/* How far a list has been read. */
struct list_state {
    numres_pager pager;
    uint64_t ids;              /* shown so far, as struct repeats counts them */
    uint64_t page_ids;         /* of them on the current page */
    uint64_t new_ids;          /* of them since the list was last known to be unchanged */
    struct list_counts counts; /* in all runs */
    /* The regular file that is being written to; 0: none, or the run has ended in order. */
    uint64_t device, inode;
};

enum resume_result {
    RESUME_NONE, /* the file does not exist or is empty */
    RESUME_READ,
    RESUME_WRONG, /* another list's, in use by another run, or some other file */
    RESUME_FAILED /* it cannot be read */
};

/* An open file of --resume: see resume.c. */
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

/* ---- resume_text.c: what stands in it ---- */

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

/* ---- one run ---- */

/* One state for each mark of print.h that is not written yet, and the last written
   one. */
#define LISTING_STATES (PRINT_MOST_MARKS + 1)

struct listing {
    struct exchange *exchange;
    char *list_url; /* whatever the page */

    numres_query query;
    /* How far the list has been read; and the pager of the current request: the
       state's own, or that of a page that is read again. */
    struct list_state state;
    numres_pager *pager;
    /* The state at each mark of the output, from the last written one on. */
    struct list_state states[LISTING_STATES];
    struct resume resume;
    bool saving_failed;
    /* The state in the file of --resume, and how much output belongs to it; whether
       the output beyond was taken back. */
    struct list_state saved;
    uint64_t saved_output;
    bool is_taken_back;
    /* Where the last state of an earlier run that did not end in order was written to,
       as in struct list_state. */
    uint64_t left_device, left_inode;

    struct repeats repeats;
    struct counting counting; /* of state.counts */

    struct list_state before; /* where this run began */
};

/* ---- output.c: which records have been written whole ---- */

/* Notes in the state which file is written to. */
void output_identify(struct listing *listing);

/* With --resume, and formats whose outputs can be joined: sees to it that the output
   begins on a line of its own. Cuts off the broken line of a run that was killed. */
void output_join(struct listing *listing);

/* Marks the output after a record that was shown or dropped, and keeps the state that
   belongs to the mark. */
void output_mark(struct listing *listing);

/* The state at the last mark that has been written and was not taken back. */
const struct list_state *output_state(const struct listing *listing);

/* Flushes the output, and syncs it if it is a regular file. Returns false if that
   failed: the file may then hold less than output_state says. */
bool output_sync(struct listing *listing);

/* After a failed write: cuts an incomplete record off a regular file, or says that it
   is there. */
void output_mend(struct listing *listing);

/* After a failure to save the state: cuts what the saved one does not count off a
   regular file, or says how many reservations come again. */
void output_take_back(struct listing *listing);

/* ---- ending.c: what is said at the end ---- */

/* Whether the output is not the whole list, or may not be; `end` is how the last page
   ended. */
bool ending_is_partial(const struct listing *listing, enum exchange_end end);

/* Reports the end, and sets the exit code. */
void ending_report(struct listing *listing, enum exchange_end end);

#endif
