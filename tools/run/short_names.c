/* The short names of options, by the table options.def. options.c reads them, help.c shows
   them. */
#include "options.h"

static const struct {
    size_t setting;
    const char *name;
} names[] = {
#define SHORT(setting, name) {offsetof(struct settings, setting), (name)},
#include "options.def"
};

#define NAME_COUNT (sizeof names / sizeof names[0])

/* The first option of a command that has this setting. */
static const struct option *option_of(enum option_command command, size_t setting) {
    const struct option *option = options_first(command);
    while (option != NULL && !(options_is_named(option) && option->setting == setting))
        option = options_next(option);
    return option;
}

const char *options_short(const struct option *option) {
    for (size_t at = 0; at < NAME_COUNT && options_is_named(option); at++)
        if (names[at].setting == option->setting &&
            option_of(option->command, option->setting) == option)
            return names[at].name;
    return "";
}

const struct option *options_of_short(enum option_command command, char letter) {
    for (size_t at = 0; at < NAME_COUNT; at++)
        if (names[at].name[1] == letter)
            return option_of(command, names[at].setting);
    return NULL;
}
