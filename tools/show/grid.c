/* A plain grid of aligned columns: nothing is kept but where its row stands. format.c and
   diff.c call it. */
#include "grid.h"

#include <string.h>

/* Between columns. */
#define GAP 2

void grid_begin(struct grid *grid, struct print *print, bool is_cut) {
    grid->print = print;
    grid->is_cut = is_cut;
    grid->position = grid->next = 0;
}

void grid_put(struct grid *grid, size_t width, numres_text text) {
    numres_text shown = text.length > 0 ? text : numres_text_from("-");
    if (grid->position > 0) {
        size_t least = grid->position + GAP;
        size_t start = grid->next < least ? least : grid->next;
        print_spaces(grid->print, start - grid->position);
        grid->position = start;
    }
    size_t start = grid->position;
    grid->position += print_safe_cut(grid->print, shown.bytes, shown.length,
                                     grid->is_cut ? width : PRINT_ANY_WIDTH);
    grid->next = start + width + GAP;
}

void grid_put_string(struct grid *grid, size_t width, const char *string) {
    grid_put(grid, width, numres_text_from(string));
}

void grid_put_title(struct grid *grid, size_t width, const char *name) {
    char title[GRID_TITLE_SIZE];
    size_t length = 0;
    for (; name[length] != '\0' && length + 1 < sizeof title; length++) {
        bool is_small = name[length] >= 'a' && name[length] <= 'z';
        title[length] = (char)(is_small ? name[length] - 'a' + 'A' : name[length]);
    }
    title[length] = '\0';
    grid_put_string(grid, width, title);
}

void grid_end_row(struct grid *grid) {
    print_string(grid->print, "\n");
    grid->position = grid->next = 0;
}
