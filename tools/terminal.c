#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../lib/base/text.h"

/* More than any line has. */
#define MOST_COLUMNS 10000000

/* The value of a variable that is set and not empty, else NULL. */
static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' ? value : NULL;
}

static bool is_zero(const char *value) {
    return value != NULL && strcmp(value, "0") == 0;
}

bool terminal_moves_cursor(int descriptor) {
    const char *kind = variable("TERM");
    return isatty(descriptor) && kind != NULL && strcmp(kind, "dumb") != 0;
}

bool terminal_has_colour(int descriptor, bool passes_colour) {
    const char *force = variable("CLICOLOR_FORCE");
    if (variable("NO_COLOR") != NULL)
        return false;
    if (force != NULL && !is_zero(force))
        return true;
    return passes_colour && !is_zero(variable("CLICOLOR")) && terminal_moves_cursor(descriptor);
}

/* POSIX: a decimal integer above zero; anything else is as if it were unset. */
static bool read_columns(size_t *columns) {
    const char *value = getenv("COLUMNS");
    uint64_t number = 0;
    numres_text digits = {value, value == NULL ? 0 : strlen(value)};
    if (!numres_text_integer(digits, &number) || number == 0 || number > MOST_COLUMNS)
        return false;
    *columns = (size_t)number;
    return true;
}

size_t terminal_width(int descriptor) {
    struct winsize size = {0, 0, 0, 0};
    size_t columns = TERMINAL_USUAL_WIDTH;
    if (!isatty(descriptor) || read_columns(&columns))
        return columns;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return TERMINAL_USUAL_WIDTH;
    return size.ws_col;
}
