/* A plain grid of aligned columns, whose widths are known before the first row: what the
   table format is with --columns, and numres diff. */
#ifndef NUMRES_TOOLS_GRID_H
#define NUMRES_TOOLS_GRID_H

#include "numres.h"

#include "../run/print.h"

/* The longest title and its NUL. */
#define GRID_TITLE_SIZE 64

struct grid {
    struct print *print;
    bool is_cut; /* a text that is too long for its column is cut, or pushes the rest on */
    size_t position;
    size_t next; /* where the next column begins */
};

void grid_begin(struct grid *grid, struct print *print, bool is_cut);

/* Puts one cell of this width; an empty text and NULL are a dash. */
void grid_put(struct grid *grid, size_t width, numres_text text);
void grid_put_string(struct grid *grid, size_t width, const char *string);

/* The same in capitals, as a title. */
void grid_put_title(struct grid *grid, size_t width, const char *name);

void grid_end_row(struct grid *grid);

#endif
