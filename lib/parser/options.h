/*
 * Checked and completed options and handlers, and the layout of the parser's one block
 * of memory, which follows from the options.
 */
#ifndef NUMRES_LIB_OPTIONS_H
#define NUMRES_LIB_OPTIONS_H

#include <stddef.h>

#include "numres/parser.h"

/* Sets the defaults overlaid with what the caller gave (NULL: nothing). Returns what
   numres_sized_take returns, or NUMRES_WRONG_OPTION for a value out of range. */
numres_code numres_options_take(numres_options *options, const numres_options *given);
numres_code numres_handlers_take(numres_handlers *handlers, const numres_handlers *given);

/* Where the block's parts lie, after the parser's own struct. */
typedef struct numres_layout {
    size_t levels, lanes, outer_text, inner_text, carry;
    size_t size; /* with room for a block that begins at any address */
} numres_layout;

numres_layout numres_layout_for(const numres_options *options);

#endif
