/* What of the records is shown, and how: the options that show, list and get have in
   common, read and checked. */
#ifndef NUMRES_TOOLS_SELECTION_H
#define NUMRES_TOOLS_SELECTION_H

#include "columns.h"
#include "filter.h"

struct show_format;

#define SELECTION_DEFAULT_MEMORY ((size_t)256 * 1024 * 1024)

struct selection {
    const struct show_format *format;
    struct filter filter;
    struct columns columns;
    const struct column *sort; /* NULL: as they come */
    bool is_descending;
    uint64_t limit; /* reservations; 0: no limit */
    size_t max_memory;
};

/* Reads the options, those that the command has. Returns false after it has said what is
   wrong. The selection must stay where it is. */
bool selection_read(struct selection *selection, enum option_command command,
                    const struct settings *texts, struct print *messages);

#endif
