#include "options.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "numres/parser.h"

#include "digits.h"

struct reading {
    const char *command;
    const struct option *options;
    size_t option_count;
    struct print *messages;
};

static void start(const struct reading *reading, const char *words) {
    print_string(reading->messages, reading->command);
    print_string(reading->messages, ": ");
    print_string(reading->messages, words);
}

static void end(const struct reading *reading) {
    print_string(reading->messages, "; see '");
    print_string(reading->messages, reading->command);
    print_string(reading->messages, " --help'\n");
}

static size_t least(size_t first, size_t second) {
    return first < second ? first : second;
}

/* Names, of which a word was to be one. */
struct choice {
    const char *what; /* they name */
    const char *const *names;
    size_t count;
};

static void print_names(struct print *messages, const struct choice *choice) {
    for (size_t at = 0; at < choice->count; at++) {
        print_string(messages, at == 0 ? "" : ", ");
        print_string(messages, choice->names[at]);
    }
}

/* `meant` is the name that the word was meant to be, or NULL. */
static void refuse(const struct reading *reading, const struct choice *choice, const char *word,
                   size_t length, const char *meant) {
    struct print *messages = reading->messages;
    start(reading, "unknown ");
    print_string(messages, choice->what);
    print_string(messages, " '");
    print_safe(messages, word, length);
    if (meant != NULL) {
        print_string(messages, "'; the nearest known one is '");
        print_string(messages, meant);
        print_string(messages, "'");
    } else {
        print_string(messages, "'; known are ");
        print_names(messages, choice);
    }
    end(reading);
}

void options_refuse(const char *command, const char *what, const char *word,
                    const char *const *names, size_t count, struct print *messages) {
    struct reading reading = {command, NULL, 0, messages};
    struct choice choice = {what, names, count};
    size_t length = strlen(word);
    refuse(&reading, &choice, word, length, suggestion_find(word, length, names, count));
}

/* Of "-f" only the letter speaks: the first option that starts with it. */
static const char *option_of_letter(const char *argument, size_t length,
                                    const struct choice *options) {
    for (size_t at = 0; length == 2 && at < options->count; at++)
        if (argument[1] == options->names[at][2])
            return options->names[at];
    return NULL;
}

static void refuse_option(const struct reading *reading, const char *argument, size_t length) {
    const char *names[48];
    struct choice options = {"option", names,
                             least(reading->option_count, sizeof names / sizeof names[0])};
    for (size_t at = 0; at < options.count; at++)
        names[at] = reading->options[at].name;
    const char *meant = option_of_letter(argument, length, &options);
    if (meant == NULL)
        meant = suggestion_find(argument, length, names, options.count);
    refuse(reading, &options, argument, length, meant);
}

static void say(const struct reading *reading, const char *before, const char *argument,
                size_t length, const char *after, const char *name) {
    start(reading, before);
    print_safe(reading->messages, argument, length);
    print_string(reading->messages, after);
    print_string(reading->messages, name);
    print_string(reading->messages, "'");
    end(reading);
}

static const struct option *find(const struct reading *reading, const char *name, size_t length) {
    for (size_t at = 0; at < reading->option_count; at++) {
        const struct option *option = &reading->options[at];
        if (strlen(option->name) == length && memcmp(option->name, name, length) == 0)
            return option;
    }
    return NULL;
}

static bool set_flag(const struct reading *reading, const struct option *option,
                     const char *value) {
    if (value != NULL) {
        say(reading, "the value '", value, strlen(value), "' has no use with '", option->name);
        return false;
    }
    *option->flag = true;
    return true;
}

/* Reads one option; *next is the argument after it, which may be its value. */
static bool read_option(const struct reading *reading, char **arguments, size_t count,
                        size_t *next) {
    const char *argument = arguments[*next - 1];
    const char *equals = strchr(argument, '=');
    const char *value = equals == NULL ? NULL : equals + 1;
    size_t length = equals == NULL ? strlen(argument) : (size_t)(equals - argument);
    const struct option *option = find(reading, argument, length);
    if (option == NULL && strcmp(argument, "-h") == 0)
        option = find(reading, "--help", strlen("--help"));
    if (option == NULL) {
        refuse_option(reading, argument, length);
        return false;
    }
    if (option->flag != NULL)
        return set_flag(reading, option, value);
    if (value == NULL && *next < count)
        value = arguments[(*next)++];
    if (value == NULL) {
        say(reading, "there is no value after '", "", 0, "", option->name);
        return false;
    }
    if (option->is_single && *option->value != NULL) {
        say(reading, "there are two of '", "", 0, "", option->name);
        return false;
    }
    *option->value = value;
    return true;
}

/* As it comes from a variable that is not set. */
static bool refuse_empty(const struct reading *reading) {
    start(reading, "a file's name is empty; is a variable not set?\n");
    return false;
}

static bool is_option(const char *argument) {
    return argument[0] == '-' && argument[1] != '\0';
}

bool options_read(const char *command, const struct option *options, size_t option_count,
                  char **arguments, size_t argument_count, struct settings *settings,
                  struct print *messages) {
    struct reading reading = {command, options, option_count, messages};
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
    return true;
}

size_t options_choose(const char *command, const char *what, const char *value,
                      const char *const *names, size_t count, struct print *messages) {
    for (size_t at = 0; at < count; at++)
        if (strcmp(names[at], value) == 0)
            return at;
    options_refuse(command, what, value, names, count, messages);
    return count;
}

/* What the unit behind a count multiplies it by; 0: it is none. KB and the like
   are none: some mean 1000 by them, others 1024. */
static size_t multiple(const char *unit) {
    static const char letters[] = "KMG";
    const char *found = unit[0] == '\0' ? NULL : strchr(letters, toupper((unsigned char)unit[0]));
    if (unit[0] == '\0')
        return 1;
    bool is_unit = found != NULL && (unit[1] == '\0' || strcasecmp(unit + 1, "iB") == 0);
    return is_unit ? (size_t)1 << (10 * (found - letters + 1)) : 0;
}

bool options_refuse_value(const char *command, const char *option, const char *value,
                          const char *fault, struct print *messages) {
    struct reading reading = {command, NULL, 0, messages};
    start(&reading, "'");
    print_safe(messages, value, strlen(value));
    print_string(messages, "' of '");
    print_string(messages, option);
    print_string(messages, "' ");
    print_string(messages, fault);
    end(&reading);
    return false;
}

bool options_bytes(const char *command, const char *option, const char *value, size_t *bytes,
                   struct print *messages) {
    size_t digits = strspn(value, "0123456789");
    uint64_t count = 0;
    size_t times = multiple(value + digits);
    if (!digits_read(value, digits, &count) || count == 0 || times == 0 || count > SIZE_MAX / times)
        return options_refuse_value(command, option, value,
                                    "is no count of bytes such as 65536, 64K, 8M or 1GiB",
                                    messages);
    *bytes = (size_t)count * times;
    return true;
}

static bool refuse_number(const char *command, const char *option, const char *value,
                          uint64_t least, uint64_t most, struct print *messages) {
    char fault[80];
    if (most < INT64_MAX)
        snprintf(fault, sizeof fault, "is no number from %" PRIu64 " to %" PRIu64, least, most);
    else
        snprintf(fault, sizeof fault, "is no number from %" PRIu64 " on", least);
    return options_refuse_value(command, option, value, fault, messages);
}

bool options_number(const char *command, const char *option, const char *value, uint64_t least,
                    uint64_t most, uint64_t *number, struct print *messages) {
    uint64_t read = 0;
    if (!digits_read(value, strlen(value), &read) || read < least || read > most)
        return refuse_number(command, option, value, least, most, messages);
    *number = read;
    return true;
}

bool options_depth(const char *command, struct settings *settings, struct print *messages) {
    uint64_t depth = 0;
    if (settings->max_depth_text != NULL &&
        !options_number(command, "--max-depth", settings->max_depth_text, 1,
                        NUMRES_LARGEST_MAX_DEPTH, &depth, messages))
        return false;
    settings->max_depth = (unsigned int)depth;
    return true;
}
