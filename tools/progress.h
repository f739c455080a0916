/* How far the reading of a large input has come, on a line of the terminal that
   is written over and over. */
#ifndef NUMRES_TOOLS_PROGRESS_H
#define NUMRES_TOOLS_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "print.h"

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
