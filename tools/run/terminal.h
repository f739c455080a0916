/* What a descriptor that is a terminal can show. */
#ifndef NUMRES_TOOLS_TERMINAL_H
#define NUMRES_TOOLS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "print.h"

/* The columns of what is no terminal, or of one that does not tell. */
#define TERMINAL_USUAL_WIDTH 80

/* Whether it is a terminal that understands escape sequences. */
bool terminal_moves_cursor(int descriptor);

/*
 * Whether to write in colour: NO_COLOR (not empty) says no; CLICOLOR_FORCE (not
 * empty, not 0) says yes; otherwise on a terminal that moves its cursor, unless
 * CLICOLOR is 0, or a pager stands before it that does not pass colours on.
 */
bool terminal_has_colour(int descriptor, bool passes_colour);

/* Its columns: what COLUMNS says, if that is a number of them, or what the terminal
   says itself. */
size_t terminal_width(int descriptor);

/* How far the reading of a large input has come, on a line of the terminal that
   is written over and over. */

/* Less than this is read too fast to be worth a line. */
#define PROGRESS_FROM_BYTES 4194304

struct progress {
    struct print *print; /* NULL: nothing is shown */
    bool visible;        /* the line stands on the terminal */
    uint64_t bytes;      /* read so far, of all files */
    uint64_t total;      /* of all files; 0: not known */
    uint64_t reservations;
    int64_t started, next; /* nanoseconds of a clock */
    size_t width;
};

/* `print` is standard error, or NULL if nothing shall be shown. */
void progress_begin(struct progress *progress, struct print *print, uint64_t total);

/* So many bytes have been read since, and so many reservations in all. */
void progress_advance(struct progress *progress, size_t bytes, uint64_t reservations);

/* Whether a tenth of a second has gone by since it last was due; never if
   nothing shall be shown. */
bool progress_is_due(struct progress *progress);

/* Shows a line of plain ASCII in place of what stood there, if something shall
   be shown at all. */
void progress_show(struct progress *progress, const char *line);

/* Wipes the line away, before something else is written and at the end. */
void progress_hide(struct progress *progress);

#endif
