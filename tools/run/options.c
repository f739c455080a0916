/* Reads a command line by the table options.def. option_table.c looks up
   the table, option_values.c reads the values, suggestion.c guesses what a mistyped word was
   meant to be, and defaults.c fills in what the command line leaves open. */
#include "options.h"

#include <string.h>
#include <unistd.h>

#include "numres/parser.h"
#include "numres/query.h"

#include "text.h"

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
    const struct known_names known = {.what = what};
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

static bool refuse_use(const struct reading *reading, const char *name, const char *fault) {
    start(reading, "'");
    print_string(reading->messages, name);
    print_string(reading->messages, fault);
    end(reading);
    return false;
}

static void refuse_other(const struct reading *reading, const struct option *option) {
    start(reading, "'");
    print_string(reading->messages, option->name);
    print_string(reading->messages, "' is an option of '");
    options_print_command(reading->messages, option->command);
    print_string(reading->messages, "'");
    end(reading);
}

static void refuse_file(const struct reading *reading, const char *name) {
    start(reading, "unknown option '");
    print_safe(reading->messages, name, strlen(name));
    print_string(reading->messages, "'; to read a file of that name: './");
    print_safe(reading->messages, name, strlen(name));
    print_string(reading->messages, "'");
    end(reading);
}

static bool refuse_option(const struct reading *reading, const struct option_word *word) {
    const struct option *other = options_find_other(word->text, word->length);
    if (other != NULL) {
        refuse_other(reading, other);
        return false;
    }
    if (options_read_files(reading->command) && access(word->text, F_OK) == 0) {
        refuse_file(reading, word->text);
        return false;
    }
    start(reading, "");
    bool is_meant = suggestion_print_option(reading->messages, reading->command, word);
    end_with(reading, is_meant ? " See" : "; see");
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

/* What is missing in an empty value, or NULL. A shell that is given an empty command succeeds. */
static const char *missing_in(const struct option *option, const char *value) {
    if (strcmp(option->argument, "FILE") == 0 && value[0] == '\0')
        return "' needs the name of a file";
    if (strcmp(option->argument, "COMMAND") == 0 && value[strspn(value, " \t\n")] == '\0')
        return "' needs a command";
    return NULL;
}

static bool set_value(const struct reading *reading, const struct option *option,
                      const char *value) {
    option_text *setting = setting_of(reading, option);
    if (value == NULL)
        return refuse_use(reading, option->name, "' needs a value");
    const char *missing = missing_in(option, value);
    if (missing != NULL)
        return refuse_use(reading, option->name, missing);
    if (option->kind == OPTION_ONCE && *setting != NULL)
        return refuse_use(reading, option->name, "' may be given only once");
    *setting = value;
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
    start(reading, options_read_files(reading->command) ? "empty file name; is a variable unset?\n"
                                                        : "empty argument; is a variable unset?\n");
    return false;
}

static bool read_word(const struct reading *reading, const struct option_word *word) {
    if (word->option == NULL && word->length > 0)
        return refuse_option(reading, word);
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
#define COUNT(setting, least, most, usual) settings->setting.value = (usual);
#define BYTES(setting, usual) settings->setting.value = (usual);
#define SPAN(setting, usual) settings->setting.value = (usual);
#include "options.def"
    while (option_words_next(&words, &word))
        if (!read_word(&reading, &word))
            return false;
    if (settings->help || command == COMMAND_none)
        return true;
    return defaults_apply(command, settings, messages) &&
           (command == COMMAND_config || options_judge(command, settings, messages));
}

bool options_choose(enum option_command command, const char *option, const char *value,
                    const char **choice, struct print *messages) {
    const char *names[OPTIONS_MOST_NAMES];
    const char *argument = options_find(command, option, strlen(option))->argument;
    const char *name = NULL;
    size_t count = 0;
    while (count < OPTIONS_MOST_NAMES &&
           (name = options_choice(command, argument, count)) != NULL) {
        if (value == NULL || strcmp(name, value) == 0) {
            *choice = name;
            return true;
        }
        names[count++] = name;
    }
    options_refuse(command, option + strlen("--"), value, names, count, messages);
    return false;
}

/* Tells where `value` comes from, and shows `shown` in its place. */
static bool refuse_value(const struct reading *reading, const char *option, const char *value,
                         const char *shown, const char *fault) {
    struct print *messages = reading->messages;
    start(reading, "");
    defaults_print_place(messages, value);
    print_string(messages, "the value '");
    print_safe(messages, shown, strlen(shown));
    print_string(messages, "' for '");
    print_string(messages, option);
    print_string(messages, "' ");
    print_string(messages, fault);
    end(reading);
    return false;
}

bool options_refuse_value(enum option_command command, const char *option, const char *value,
                          const char *fault, struct print *messages) {
    const struct reading reading = {command, NULL, messages};
    return refuse_value(&reading, option, value, value, fault);
}

bool options_refuse_hidden(enum option_command command, const char *option, const char *value,
                           const char *fault, struct print *messages) {
    const struct reading reading = {command, NULL, messages};
    return refuse_value(&reading, option, value, "...", fault);
}
