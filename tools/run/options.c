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

static void refuse(const struct reading *reading, const struct known_names *known, const char *word,
                   size_t length, const struct suggestion *meant) {
    struct print *messages = reading->messages;
    start(reading, "");
    defaults_print_place(messages, word);
    suggestion_print(messages, known, word, length, meant, "'");
    end_with(reading, meant->count > 0 ? " See" : "; see");
}

void options_suggest(enum option_command command, const char *what, const char *word,
                     const struct suggestion *meant, struct print *messages) {
    const struct reading reading = {command, NULL, messages};
    const struct known_names known = {what, NULL, 0};
    refuse(&reading, &known, word, strlen(word), meant);
}

void options_refuse(enum option_command command, const char *what, const char *word,
                    const char *const *names, size_t count, struct print *messages) {
    struct reading reading = {command, NULL, messages};
    struct known_names known = {what, names, count};
    size_t length = strlen(word);
    const struct suggestion meant = suggestion_find(word, length, names, count);
    refuse(&reading, &known, word, length, &meant);
}

/* For "-f": the options that start with this letter. */
static bool find_by_letter(struct suggestion *meant, const char *argument, size_t length,
                           const struct known_names *options) {
    for (size_t at = 0; length == 2 && at < options->count; at++)
        if (argument[1] == options->names[at][2] && meant->count < SUGGESTION_MOST)
            meant->names[meant->count++] = options->names[at];
    return meant->count > 0;
}

#define FORMAT_OPTION "--format"
#define FORMAT_TEXT_SIZE (sizeof FORMAT_OPTION + 20)

/* For "--csv", or "--CSV" unless is_exact: the format that is meant. `text` holds
   "--format csv". */
static bool find_format(struct suggestion *meant, const struct reading *reading,
                        const char *argument, size_t length, bool is_exact,
                        char text[FORMAT_TEXT_SIZE]) {
    const struct option *format =
        options_find(reading->command, FORMAT_OPTION, strlen(FORMAT_OPTION));
    const char *names[MOST_NAMES];
    size_t dashes = strspn(argument, "-");
    size_t count = 0;
    while (format != NULL && count < MOST_NAMES &&
           (names[count] = options_choice(reading->command, format->argument, count)) != NULL)
        count++;
    struct suggestion near = suggestion_find(argument, length, names, is_exact ? 0 : count);
    for (size_t at = 0; is_exact && at < count; at++)
        if (strlen(names[at]) == length - dashes &&
            strncmp(names[at], argument + dashes, length - dashes) == 0)
            near = (struct suggestion){{names[at]}, 1};
    if (near.count != 1)
        return false;
    snprintf(text, FORMAT_TEXT_SIZE, FORMAT_OPTION " %s", near.names[0]);
    *meant = (struct suggestion){{text}, 1};
    return true;
}

static void refuse_option(const struct reading *reading, const char *argument, size_t length) {
    const char *names[MOST_NAMES];
    struct known_names options = {"option", names, 0};
    struct suggestion meant = {.count = 0};
    char text[FORMAT_TEXT_SIZE];
    for (const struct option *option = options_first(reading->command);
         option != NULL && options.count < MOST_NAMES; option = options_next(option))
        if (options_is_named(option))
            names[options.count++] = option->name;
    if (!find_by_letter(&meant, argument, length, &options) &&
        !find_format(&meant, reading, argument, length, true, text))
        meant = suggestion_find(argument, length, names, options.count);
    if (meant.count == 0)
        find_format(&meant, reading, argument, length, false, text);
    refuse(reading, &options, argument, length, &meant);
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

static bool is_list(const struct option *option) {
    return strcmp(option->argument, "STATUS") == 0 || strcmp(option->argument, "COLUMNS") == 0;
}

static const char *fault_of_list(const char *list) {
    size_t length = strlen(list);
    if (length == 0)
        return "is empty";
    return list[0] == ',' || list[length - 1] == ',' || strstr(list, ",,") != NULL
               ? "has an empty item"
               : NULL;
}

static bool set_value(const struct reading *reading, const struct option *option,
                      const char *value) {
    option_text *setting = setting_of(reading, option);
    if (value == NULL)
        return refuse_use(reading, option->name, "' needs a value");
    if (value[0] == '\0' && strcmp(option->argument, "FILE") == 0)
        return refuse_use(reading, option->name, "' needs the name of a file");
    if (option->kind == OPTION_ONCE && *setting != NULL)
        return refuse_use(reading, option->name, "' may be given only once");
    *setting = value;
    const char *fault = is_list(option) ? fault_of_list(value) : NULL;
    if (fault != NULL)
        return options_refuse_value(reading->command, option->name, value, fault,
                                    reading->messages);
    return options_value(option->argument, 0) == NULL ||
           options_choose(reading->command, option->name, value, &value, reading->messages);
}

/* ---- the words of a command line ---- */

/* Its value is `value` or, if that is NULL, perhaps the next word. */
static void take_value(struct option_words *words, struct option_word *word, const char *value) {
    bool is_left = words->next < words->count;
    word->value = value;
    if (value != NULL || word->option->kind == OPTION_FLAG)
        return;
    if (word->option->kind != OPTION_MAYBE) {
        word->value_is_next = is_left;
    } else {
        word->value_is_next = is_left && digits_is_one(words->words[words->next][0]);
        word->value = "";
    }
    if (word->value_is_next)
        word->value = words->words[words->next++];
}

/* Takes the next of short options written together, such as -qv. The first that takes a value
   ends them; its value is what follows its letter, after an optional "=". */
static void take_letter(struct option_words *words, struct option_word *word) {
    const char *letter = words->letters;
    bool has_equals = letter[1] == '=';
    word->letter = *letter;
    word->option = options_of_short(words->command, *letter);
    word->length = strcspn(word->text, "=");
    words->letters = NULL;
    if (word->option == NULL)
        return;
    if (word->option->kind != OPTION_FLAG || has_equals)
        take_value(words, word, has_equals ? letter + 2 : letter[1] != '\0' ? letter + 1 : NULL);
    else if (letter[1] != '\0')
        words->letters = letter + 1;
}

static void take_long(struct option_words *words, struct option_word *word) {
    const char *equals = strchr(word->text, '=');
    word->length = equals == NULL ? strlen(word->text) : (size_t)(equals - word->text);
    word->option = options_find(words->command, word->text, word->length);
    if (word->option != NULL)
        take_value(words, word, equals == NULL ? NULL : equals + 1);
}

static bool is_option(const char *word) {
    return word[0] == '-' && word[1] != '\0';
}

bool option_words_next(struct option_words *words, struct option_word *word) {
    bool goes_on = words->letters != NULL;
    if (!goes_on && !words->are_files && words->next < words->count &&
        strcmp(words->words[words->next], "--") == 0) {
        words->are_files = true;
        words->next++;
    }
    if (!goes_on && words->next == words->count)
        return false;
    *word = (struct option_word){.text = words->words[goes_on ? words->next - 1 : words->next++]};
    if (goes_on) {
        take_letter(words, word);
    } else if (!words->are_files && is_option(word->text)) {
        words->letters = word->text[1] != '-' ? word->text + 1 : NULL;
        if (words->letters != NULL)
            take_letter(words, word);
        else
            take_long(words, word);
    }
    return true;
}

/* An empty argument usually comes from a variable that is not set. */
static bool refuse_empty(const struct reading *reading) {
    bool reads_files = reading->command == COMMAND_show || reading->command == COMMAND_check ||
                       reading->command == COMMAND_diff;
    start(reading, reads_files ? "empty file name; is a variable unset?\n"
                               : "empty argument; is a variable unset?\n");
    return false;
}

static bool read_word(const struct reading *reading, const struct option_word *word) {
    if (word->option == NULL && word->length > 0) {
        refuse_option(reading, word->text, word->length);
        return false;
    }
    if (word->option != NULL)
        return word->option->kind == OPTION_FLAG ? set_flag(reading, word->option, word->value)
                                                 : set_value(reading, word->option, word->value);
    if (word->text[0] == '\0')
        return refuse_empty(reading);
    reading->settings->files[reading->settings->file_count++] = word->text;
    return true;
}

bool options_read(enum option_command command, char **arguments, size_t argument_count,
                  struct settings *settings, struct print *messages) {
    const struct reading reading = {command, settings, messages};
    struct option_words words = {.command = command, .words = arguments, .count = argument_count};
    struct option_word word;
    settings->files = arguments;
    settings->file_count = 0;
    while (option_words_next(&words, &word))
        if (!read_word(&reading, &word))
            return false;
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
