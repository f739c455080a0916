/* What a descriptor that is a terminal can show. */
#ifndef NUMRES_TOOLS_TERMINAL_H
#define NUMRES_TOOLS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

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

#endif
