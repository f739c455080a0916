/* A terminal: what it can show, the progress of large inputs on it, the pager before it.
   Every command uses it. */
#ifndef NUMRES_TOOLS_TERMINAL_H
#define NUMRES_TOOLS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

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

/* Whether to write in colour. `when` is the value of --color: always, never, or auto (also
   NULL). With auto, NO_COLOR (not empty) says no; CLICOLOR_FORCE (not empty, not 0) says yes;
   otherwise yes on a terminal that moves its cursor, unless CLICOLOR is 0 or the pager does not
   pass colours on. */
bool terminal_uses_colour(const char *when, int descriptor, bool passes_colour);

/* Switches to a colour, or back with SGR_PLAIN, if there is colour. */
static inline void terminal_colour(struct print *print, bool has_colour, const char *colour) {
    if (has_colour)
        print_string(print, colour);
}

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

/* ---- pager.c: the pager between the table and a terminal ---- */

/* The pager: $NUMRES_PAGER, or $PAGER, or less; none if the first of these that is set is empty or
   cat. less is not the default if TERM is unset or dumb. */
struct pager {
    pid_t process;          /* 0: there is none, or it has ended */
    int status;             /* from waitpid */
    struct print *output;   /* NULL: there is no pager */
    struct print *messages; /* NULL: these go to standard error */
    /* Until it starts: what to run, the messages that it may show too, and the argument of
       pager_begin. */
    const char *command;
    struct print *waiting_messages;
    bool deals_with_signals;
    bool shows_colour; /* colours in the output reach the terminal */
    int unread;        /* the pipe's read end, until the pager has read; else -1 */
    uint64_t written;  /* bytes, until the pager has read */
};

/*
 * Starts the pager before the first byte is written, if standard output is a terminal and a
 * pager is wanted; a run that shows nothing starts none. `output`, and `messages` if they go
 * to a terminal too, then go through it; the user may quit it early. If it cannot be started,
 * even if only the shell notices, everything is printed without it. Signals that end a process
 * wait for the end of the pager, unless the caller deals with them.
 */
void pager_begin(struct pager *pager, struct print *output, struct print *messages,
                 bool deals_with_signals);

/* Checks whether the pager has read something or has ended. Until this function or a write
   notices either, the tool cannot notice that the user quit the pager. */
void pager_look(struct pager *pager);

/* The default for LESS. */
#define PAGER_LESS_OPTIONS "FRX"

/* terminal.c: whether a pager's command line passes colours on. */
bool pager_passes_colour(const char *command);

/* Runs a command of the user's, by the shell or as a program's name, with `end` as its file
   descriptor `stream`. Returns 0 if it runs, else an errno value. */
int pager_spawn(const char *command, bool by_shell, int stream, int end, pid_t *process);

/* To be called at the end of the output. Waits until the user quits the pager; messages then go
   to standard error again. */
void pager_end(struct pager *pager);

#endif
