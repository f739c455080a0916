/*
 * How many columns of a terminal a user-perceived character takes: a grapheme
 * cluster of UAX 29, such as a letter with its accents, a flag, or an emoji with
 * its skin tone and all that is joined to it. Clusters and widths are utf8proc's.
 */
#ifndef NUMRES_TOOLS_WIDTH_H
#define NUMRES_TOOLS_WIDTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A cluster, as far as it has been read. */
struct width {
    size_t columns;
    uint32_t last;       /* its last code point */
    int32_t break_state; /* utf8proc's */
    bool is_pictograph;  /* after an emoji, only what belongs to it has come */
};

/* The cluster's first code point, which is no control. */
void width_begin(struct width *width, uint32_t code_point);

/* Adds the next code point. Answers false, and changes nothing that counts, if it
   begins another cluster. */
bool width_add(struct width *width, uint32_t code_point);

#endif
