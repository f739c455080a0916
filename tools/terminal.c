#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

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

bool terminal_has_colour(int descriptor) {
    const char *force = variable("CLICOLOR_FORCE");
    if (variable("NO_COLOR") != NULL)
        return false;
    if (force != NULL && !is_zero(force))
        return true;
    return !is_zero(variable("CLICOLOR")) && terminal_moves_cursor(descriptor);
}

size_t terminal_width(int descriptor) {
    struct winsize size = {0, 0, 0, 0};
    if (!isatty(descriptor) || ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return TERMINAL_USUAL_WIDTH;
    return size.ws_col;
}
