/* One run of numres list: the state that its files share, and the functions that they
   offer each other. */
#ifndef NUMRES_TOOLS_LIST_H
#define NUMRES_TOOLS_LIST_H

#include <stdio.h>

#include "../api/requests.h"

/* ---- the --resume file: how far a list has been read, so that a later run can continue ---- */

/* How far a list has been read. */
struct list_state {
    numres_pager pager;
    uint64_t ids;              /* how many were shown so far, as counted by struct repeats */
    uint64_t page_ids;         /* how many of these are on the current page */
    uint64_t new_ids;          /* and since the list was last known to be unchanged */
    struct list_counts counts; /* over all runs */
    /* The regular file behind standard output; 0: there is none, or the run was not killed. */
    uint64_t device, inode;
};

enum resume_result {
    RESUME_NONE, /* the file does not exist or is empty */
    RESUME_READ,
    RESUME_WRONG, /* of another list, in use by another run, or not a --resume file */
    RESUME_FAILED /* it cannot be read or written */
};

/* An open --resume file: see resume.c. */
struct resume {
    char *file; /* with symbolic links resolved; NULL: none */
    char *lock_file;
    int lock;      /* -1: none */
    char *url;     /* the list's, without a page number */
    FILE *stream;  /* for appending; NULL: the file must be rewritten */
    long length;   /* of its complete lines, in bytes */
    uint64_t ids;  /* how many its last state counts, */
    uint64_t held; /* and how many the file holds */
};

/*
 * Locks the file against other runs and reads it into `state` and `repeats`, which
 * must have begun; of `resume`, the URL must be set. A file with another URL is refused,
 * since page numbers mean the same only with the same filters and page size. Reports
 * errors on `messages`.
 */
enum resume_result resume_open(struct resume *resume, const char *file, struct list_state *state,
                               struct repeats *repeats, struct print *messages);

/*
 * Saves the state. Either a new file replaces the old one atomically (it is rewritten
 * in place if only that keeps the owner), or lines are appended; a reader ignores an
 * incomplete last line, so it always finds a complete state. Links, mode and owner
 * are kept. The key is never in the file. Returns NULL, or a message that says what
 * went wrong.
 */
const char *resume_save(struct resume *resume, const struct list_state *state,
                        const struct repeats *repeats);

void resume_close(struct resume *resume);

/* ---- resume_text.c: the contents of the file ---- */

/*
 * A --resume file begins with a line that identifies it, a line with the list's URL
 * and a line with the seed of the hashes. Then follow states, and hashes of the ids
 * of shown reservations, one per line. The last state counts, with the ids before it.
 */

enum resume_text {
    RESUME_TEXT_EMPTY, /* no bytes */
    RESUME_TEXT_READ,
    RESUME_TEXT_OTHER_LIST, /* its URL differs */
    RESUME_TEXT_NONE,       /* not a --resume file */
    RESUME_TEXT_FAILED      /* see errno */
};

/* Reads the whole stream. `state` and `repeats` are valid only after
   RESUME_TEXT_READ. */
enum resume_text resume_text_read(FILE *stream, const char *url, struct list_state *state,
                                  struct repeats *repeats);

/* Writes the first lines. Returns false and sets errno if that fails. */
bool resume_text_begin(FILE *stream, const char *url, const struct repeats *repeats);

/* Writes the ids from number `from` on, then the state. */
bool resume_text_add(FILE *stream, const struct list_state *state, const struct repeats *repeats,
                     uint64_t from);

/* ---- one run ---- */

/* Enough for each mark (see print.h) that is not written out yet, and the last one that
   is. */
#define LISTING_STATES (PRINT_MOST_MARKS + 1)

struct listing {
    struct exchange *exchange;
    numres_query query;
    struct list_state state; /* how far the list has been read */
    /* The state at each mark of the output, from the last mark written out on. */
    struct list_state states[LISTING_STATES];
    struct resume resume;
    bool saving_failed;
    /* The state in the --resume file, how much output it covers, and whether the output
       beyond that was cut off. */
    struct list_state saved;
    uint64_t saved_output;
    bool is_taken_back;
    /* The output file of an earlier run that was killed, as in struct list_state. */
    uint64_t left_device, left_inode;

    struct repeats repeats;
    /* Works on state.counts, and on state.pager or, while an earlier page is read again, a copy. */
    struct counting counting;

    struct list_state before; /* the state when this run began */
};

/* ---- output.c: which records have been written completely ---- */

/* Records in the state which file the output goes to. */
void output_identify(struct listing *listing);

/* With --resume and a format whose outputs can be concatenated, makes sure that the
   output begins on a new line. Cuts off the incomplete line of a run that was killed. */
void output_join(struct listing *listing);

/* Marks the output after a record that was shown or dropped, and keeps the state that
   belongs to the mark. */
void output_mark(struct listing *listing);

/* Returns the state at the last mark that has been written out and not taken back. */
const struct list_state *output_state(const struct listing *listing);

/* Flushes the output, and syncs it if it is a regular file. Returns false if the sync
   failed: the file may then hold less than output_state says. */
bool output_sync(struct listing *listing);

/* After a failed write, cuts an incomplete record off a regular file, or reports it if it
   cannot be cut off. */
void output_mend(struct listing *listing);

/* If saving the state failed, cuts the output that the saved state does not cover off a
   regular file, or reports how many reservations the next run shows again. */
void output_take_back(struct listing *listing);

/* ---- ending.c: the messages at the end ---- */

/* Whether the output is, or may be, less than the whole list. `end` says how the last
   page ended. */
bool ending_is_partial(const struct listing *listing, enum exchange_end end);

/* Reports how the list ended, and sets the exit code. */
void ending_report(struct listing *listing, enum exchange_end end);

#endif
