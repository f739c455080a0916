/* Reads a command line by the table options.def, and the values of options. Every command calls
   it. option_table.c looks up the table, suggestion.c guesses what a mistyped word was meant to
   be, and defaults.c fills in what the command line leaves open. */
#include "options.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "numres/parser.h"

#include "text.h"

/* The most options or choices that a command may have. */
#define MOST_NAMES 64

struct reading {
    enum option_command command;
    struct settings *settings;
    struct print *messages;
};

static void start(const struct reading *reading, const char *words) {
    options_start(reading->messages, reading->command);
    print_string(reading->messages, words);
}

static void end_with(const struct reading *reading, const char *see) {
    print_string(reading->messages, see);
    print_string(reading->messages, " '");
    options_print_command(reading->messages, reading->command);
    print_string(reading->messages, " --help'\n");
}

static void end(const struct reading *reading) {
    end_with(reading, "; see");
}

bool teller_refuse_use(const struct teller *teller, const char *fault) {
    struct reading reading = {teller->command, NULL, teller->messages};
    start(&reading, fault);
    end(&reading);
    return false;
}

/* `meant` is the name that was probably meant, or NULL. */
static void refuse(const struct reading *reading, const struct known_names *known, const char *word,
                   size_t length, const char *meant) {
    struct print *messages = reading->messages;
    start(reading, "");
    defaults_print_place(messages, word);
    suggestion_print(messages, known, word, length, meant, "'");
    end_with(reading, meant != NULL ? " See" : "; see");
}

void options_refuse(enum option_command command, const char *what, const char *word,
                    const char *const *names, size_t count, struct print *messages) {
    struct reading reading = {command, NULL, messages};
    struct known_names known = {what, names, count};
    size_t length = strlen(word);
    refuse(&reading, &known, word, length, suggestion_find(word, length, names, count));
}

/* For "-f": the first option that starts with this letter. */
static const char *option_of_letter(const char *argument, size_t length,
                                    const struct known_names *options) {
    for (size_t at = 0; length == 2 && at < options->count; at++)
        if (argument[1] == options->names[at][2])
            return options->names[at];
    return NULL;
}

static void refuse_option(const struct reading *reading, const char *argument, size_t length) {
    const char *names[MOST_NAMES];
    struct known_names options = {"option", names, 0};
    for (const struct option *option = options_first(reading->command);
         option != NULL && options.count < MOST_NAMES; option = options_next(option))
        if (options_is_named(option))
            names[options.count++] = option->name;
    const char *meant = option_of_letter(argument, length, &options);
    if (meant == NULL)
        meant = suggestion_find(argument, length, names, options.count);
    refuse(reading, &options, argument, length, meant);
}

static bool refuse_use(const struct reading *reading, const char *name, const char *fault) {
    start(reading, "'");
    print_string(reading->messages, name);
    print_string(reading->messages, fault);
    end(reading);
    return false;
}

static void *setting_of(const struct reading *reading, const struct option *option) {
    return (char *)reading->settings + option->setting;
}

static bool set_flag(const struct reading *reading, const struct option *option,
                     const char *value) {
    if (value != NULL)
        return refuse_use(reading, option->name, "' takes no value");
    *(bool *)setting_of(reading, option) = true;
    return true;
}

static bool set_value(const struct reading *reading, const struct option *option,
                      const char *value) {
    option_text *setting = setting_of(reading, option);
    if (value == NULL)
        return refuse_use(reading, option->name, "' needs a value");
    if (option->kind == OPTION_ONCE && *setting != NULL)
        return refuse_use(reading, option->name, "' may be given only once");
    *setting = value;
    return options_value(option->argument, 0) == NULL ||
           options_choose(reading->command, option->name, value, &value, reading->messages);
}

/* Reads the option. Its value is `value` or, if that is NULL, perhaps the next argument, at
   index *next. */
static bool take_option(const struct reading *reading, const struct option *option,
                        const char *value, char **arguments, size_t count, size_t *next) {
    if (option->kind == OPTION_FLAG)
        return set_flag(reading, option, value);
    bool is_next =
        *next < count && (option->kind != OPTION_MAYBE || digits_is_one(arguments[*next][0]));
    if (value == NULL && is_next)
        value = arguments[(*next)++];
    else if (value == NULL && option->kind == OPTION_MAYBE)
        value = "";
    return set_value(reading, option, value);
}

/* Reads short options written together, such as -qv. The first that takes a value ends them;
   its value is what follows its letter, after an optional "=". */
static bool read_letters(const struct reading *reading, char **arguments, size_t count,
                         size_t *next) {
    const char *argument = arguments[*next - 1];
    for (const char *letter = argument + 1; *letter != '\0'; letter++) {
        const struct option *option = options_of_short(reading->command, *letter);
        const char *value = letter[1] == '=' ? letter + 2 : letter[1] != '\0' ? letter + 1 : NULL;
        if (option == NULL) {
            refuse_option(reading, argument, strcspn(argument, "="));
            return false;
        }
        if (option->kind != OPTION_FLAG || letter[1] == '=')
            return take_option(reading, option, value, arguments, count, next);
        *(bool *)setting_of(reading, option) = true;
    }
    return true;
}

/* Reads one option; *next is the argument after it, which may be its value. */
static bool read_option(const struct reading *reading, char **arguments, size_t count,
                        size_t *next) {
    const char *argument = arguments[*next - 1];
    const char *equals = strchr(argument, '=');
    const char *value = equals == NULL ? NULL : equals + 1;
    size_t length = equals == NULL ? strlen(argument) : (size_t)(equals - argument);
    const struct option *option = options_find(reading->command, argument, length);
    if (option == NULL && argument[1] != '-')
        return read_letters(reading, arguments, count, next);
    if (option == NULL) {
        refuse_option(reading, argument, length);
        return false;
    }
    return take_option(reading, option, value, arguments, count, next);
}

/* An empty argument usually comes from a variable that is not set. */
static bool refuse_empty(const struct reading *reading) {
    bool reads_files = reading->command == COMMAND_show || reading->command == COMMAND_check ||
                       reading->command == COMMAND_diff;
    start(reading, reads_files ? "empty file name; is a variable unset?\n"
                               : "empty argument; is a variable unset?\n");
    return false;
}

static bool is_option(const char *argument) {
    return argument[0] == '-' && argument[1] != '\0';
}

bool options_read(enum option_command command, char **arguments, size_t argument_count,
                  struct settings *settings, struct print *messages) {
    struct reading reading = {command, settings, messages};
    bool only_files = false;
    settings->files = arguments;
    settings->file_count = 0;
    for (size_t next = 0; next < argument_count;) {
        char *argument = arguments[next++];
        if (argument[0] == '\0')
            return refuse_empty(&reading);
        if (only_files || !is_option(argument))
            arguments[settings->file_count++] = argument;
        else if (strcmp(argument, "--") == 0)
            only_files = true;
        else if (!read_option(&reading, arguments, argument_count, &next))
            return false;
    }
    return settings->help || command == COMMAND_none || defaults_apply(command, settings, messages);
}

bool options_choose(enum option_command command, const char *option, const char *value,
                    const char **choice, struct print *messages) {
    const char *names[MOST_NAMES];
    const char *argument = options_find(command, option, strlen(option))->argument;
    const char *name = NULL;
    size_t count = 0;
    while (count < MOST_NAMES && (name = options_choice(command, argument, count)) != NULL) {
        if (value == NULL || strcmp(name, value) == 0) {
            *choice = name;
            return true;
        }
        names[count++] = name;
    }
    options_refuse(command, option + strlen("--"), value, names, count, messages);
    return false;
}

/* The multiplier of the unit after a count; 0 if it is not a unit. KB and the like
   are refused: some mean 1000 by them, others 1024. */
static size_t multiple(const char *unit) {
    static const char letters[] = "KMG";
    const char *found = unit[0] == '\0' ? NULL : strchr(letters, toupper((unsigned char)unit[0]));
    if (unit[0] == '\0')
        return 1;
    bool is_unit = found != NULL && (unit[1] == '\0' || strcasecmp(unit + 1, "iB") == 0);
    return is_unit ? (size_t)1 << (10 * (found - letters + 1)) : 0;
}

bool options_refuse_value(enum option_command command, const char *option, const char *value,
                          const char *fault, struct print *messages) {
    struct reading reading = {command, NULL, messages};
    start(&reading, "");
    defaults_print_place(messages, value);
    print_string(messages, "the value '");
    print_safe(messages, value, strlen(value));
    print_string(messages, "' for '");
    print_string(messages, option);
    print_string(messages, "' ");
    print_string(messages, fault);
    end(&reading);
    return false;
}

bool options_bytes(enum option_command command, const char *option, const char *value,
                   size_t *bytes, struct print *messages) {
    size_t digits = strspn(value, "0123456789");
    uint64_t count = 0;
    size_t times = multiple(value + digits);
    if (!digits_read(value, digits, &count) || count == 0 || times == 0 || count > SIZE_MAX / times)
        return options_refuse_value(command, option, value,
                                    "is not a count of bytes such as 65536, 64K, 8M or 1GiB",
                                    messages);
    *bytes = (size_t)count * times;
    return true;
}

static bool refuse_number(enum option_command command, const char *option, const char *value,
                          uint64_t least, uint64_t most, struct print *messages) {
    char fault[80];
    if (most < INT64_MAX)
        snprintf(fault, sizeof fault, "is not a number from %" PRIu64 " to %" PRIu64, least, most);
    else
        snprintf(fault, sizeof fault, "is not a number of %" PRIu64 " or more", least);
    return options_refuse_value(command, option, value, fault, messages);
}

bool options_number(enum option_command command, const char *option, const char *value,
                    uint64_t least, uint64_t most, uint64_t *number, struct print *messages) {
    uint64_t read = 0;
    if (!digits_read(value, strlen(value), &read) || read < least || read > most)
        return refuse_number(command, option, value, least, most, messages);
    *number = read;
    return true;
}

bool options_depth(enum option_command command, struct settings *settings, struct print *messages) {
    uint64_t depth = 0;
    if (settings->max_depth != NULL &&
        !options_number(command, "--max-depth", settings->max_depth, 1, NUMRES_LARGEST_MAX_DEPTH,
                        &depth, messages))
        return false;
    settings->depth = (unsigned int)depth;
    return true;
}
