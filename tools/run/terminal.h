/* What a terminal can show, and the progress of large inputs on it. Every command
   uses it. */
#ifndef NUMRES_TOOLS_TERMINAL_H
#define NUMRES_TOOLS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "print.h"

/* The width if there is no terminal, or if it does not report one. */
#define TERMINAL_USUAL_WIDTH 80

/* SGR, ECMA-48 section 8.3.117. */
#define SGR_PLAIN "\033[0m"
#define SGR_BOLD "\033[1m"
#define SGR_DIM "\033[2m"
#define SGR_RED "\033[31m"
#define SGR_GREEN "\033[32m"
#define SGR_YELLOW "\033[33m"
#define SGR_BLUE "\033[34m"
#define SGR_MAGENTA "\033[35m"
#define SGR_CYAN "\033[36m"
#define SGR_BOLD_RED "\033[1;31m"
#define SGR_BOLD_GREEN "\033[1;32m"
#define SGR_BOLD_MAGENTA "\033[1;35m"

/* Whether it is a terminal that understands escape sequences. */
bool terminal_moves_cursor(int descriptor);

/* Whether to write in colour: NO_COLOR (not empty) says no; CLICOLOR_FORCE (not
   empty, not 0) says yes; otherwise on a terminal that moves its cursor, unless
   CLICOLOR is 0 or the pager does not pass colours on. */
bool terminal_has_colour(int descriptor, bool passes_colour);

/* The same with the value of --color, which goes before: always, never, or auto (or NULL),
   which is as above. */
bool terminal_uses_colour(const char *when, int descriptor, bool passes_colour);

/* Its width in columns: COLUMNS, if that is a number, or what the terminal reports. */
size_t terminal_width(int descriptor);

/* ---- progress of a large input, on a line that is redrawn ---- */

/* Smaller inputs are read too fast to need progress. */
#define PROGRESS_FROM_BYTES 4194304

struct progress {
    struct print *print; /* NULL: nothing is shown */
    bool visible;        /* the line is on the terminal */
    uint64_t bytes;      /* read so far, of all files */
    uint64_t total;      /* of all files; 0: not known */
    uint64_t reservations;
    int64_t started, next; /* nanoseconds of a clock */
    size_t width;
};

/* `print` is standard error, or NULL to show nothing. */
void progress_begin(struct progress *progress, struct print *print, uint64_t total);

/* `bytes` have been read since the last call, and `reservations` in all. */
void progress_advance(struct progress *progress, size_t bytes, uint64_t reservations);

/* Whether a tenth of a second has passed since it last was due; never if nothing is
   shown. */
bool progress_is_due(struct progress *progress);

/* Replaces the line by another one, of plain ASCII. */
void progress_show(struct progress *progress, const char *line);

/* Erases the line, before other output and at the end. */
void progress_hide(struct progress *progress);

#endif
