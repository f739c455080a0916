/* Reads a command line by the table options.def. option_table.c looks up
   the table, option_values.c reads the values, suggestion.c guesses what a mistyped word was
   meant to be, and defaults.c fills in what the command line leaves open. */
#include "options.h"

#include <string.h>
#include <unistd.h>

#include "numres/parser.h"
#include "numres/query.h"

#include "text.h"

static void start(const struct teller *teller, const char *words) {
    options_start(teller->messages, teller->command);
    print_string(teller->messages, words);
}

static void end_with(const struct teller *teller, const char *see) {
    print_string(teller->messages, see);
    print_string(teller->messages, " '");
    options_print_command(teller->messages, teller->command);
    print_string(teller->messages, " --help'\n");
}

static void end(const struct teller *teller) {
    end_with(teller, "; see");
}

bool teller_refuse_use(const struct teller *teller, const char *fault) {
    start(teller, fault);
    end(teller);
    return false;
}

static void refuse(const struct teller *teller, const struct known_names *known, const char *word,
                   const struct suggestion *meant) {
    struct print *messages = teller->messages;
    start(teller, "");
    defaults_print_place(messages, word);
    suggestion_print(messages, known, word, strlen(word), meant, "'");
    end_with(teller, meant->count > 0 ? " See" : "; see");
}

void options_suggest(enum option_command command, const char *what, const char *word,
                     const struct suggestion *meant, struct print *messages) {
    const struct teller teller = {command, messages};
    const struct known_names known = {.what = what};
    refuse(&teller, &known, word, meant);
}

void options_refuse(enum option_command command, const char *what, const char *word,
                    const char *const *names, size_t count, struct print *messages) {
    const struct teller teller = {command, messages};
    const struct known_names known = {what, names, count};
    const struct suggestion meant = suggestion_find(word, strlen(word), names, count);
    refuse(&teller, &known, word, &meant);
}

static bool refuse_use(const struct teller *teller, const char *name, const char *fault) {
    start(teller, "'");
    print_string(teller->messages, name);
    print_string(teller->messages, fault);
    end(teller);
    return false;
}

static void refuse_other(const struct teller *teller, const struct option *option) {
    start(teller, "'");
    print_string(teller->messages, option->name);
    print_string(teller->messages, "' is an option of '");
    options_print_command(teller->messages, option->command);
    print_string(teller->messages, "'");
    end(teller);
}

static void refuse_file(const struct teller *teller, const char *name) {
    start(teller, "unknown option '");
    print_safe(teller->messages, name, strlen(name));
    print_string(teller->messages, "'; to read a file of that name: './");
    print_safe(teller->messages, name, strlen(name));
    print_string(teller->messages, "'");
    end(teller);
}

static bool refuse_option(const struct teller *teller, const struct option_word *word) {
    const struct option *other = options_find_other(word->text, word->length);
    if (other != NULL) {
        refuse_other(teller, other);
        return false;
    }
    if (options_read_files(teller->command) && access(word->text, F_OK) == 0) {
        refuse_file(teller, word->text);
        return false;
    }
    start(teller, "");
    bool is_meant = suggestion_print_option(teller->messages, teller->command, word);
    end_with(teller, is_meant ? " See" : "; see");
    return false;
}

static bool set_flag(const struct teller *teller, struct settings *settings,
                     const struct option *option, const char *value) {
    if (value != NULL)
        return refuse_use(teller, option->name, "' takes no value");
    *(bool *)options_setting(settings, option) = true;
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

static bool set_value(const struct teller *teller, struct settings *settings,
                      const struct option *option, const char *value) {
    option_text *setting = options_setting(settings, option);
    if (value == NULL)
        return refuse_use(teller, option->name, "' needs a value");
    const char *missing = missing_in(option, value);
    if (missing != NULL)
        return refuse_use(teller, option->name, missing);
    if (option->kind == OPTION_ONCE && *setting != NULL)
        return refuse_use(teller, option->name, "' may be given only once");
    *setting = value;
    return options_value(option->argument, 0) == NULL ||
           options_choose(teller->command, option->name, value, &value, teller->messages);
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
static bool refuse_empty(const struct teller *teller) {
    start(teller, options_read_files(teller->command) ? "empty file name; is a variable unset?\n"
                                                      : "empty argument; is a variable unset?\n");
    return false;
}

static bool read_word(const struct teller *teller, struct settings *settings,
                      const struct option_word *word) {
    const struct option *option = word->option;
    if (option == NULL && word->length > 0)
        return refuse_option(teller, word);
    if (option != NULL)
        return option->kind == OPTION_FLAG ? set_flag(teller, settings, option, word->value)
                                           : set_value(teller, settings, option, word->value);
    if (word->text[0] == '\0')
        return refuse_empty(teller);
    settings->files[settings->file_count++] = word->text;
    return true;
}

bool options_read(enum option_command command, char **arguments, size_t argument_count,
                  struct settings *settings, struct print *messages) {
    const struct teller teller = {command, messages};
    struct option_words words = {.command = command, .words = arguments, .count = argument_count};
    struct option_word word;
    settings->files = arguments;
    settings->file_count = 0;
#define COUNT(setting, least, most, usual) settings->setting.value = (usual);
#define BYTES(setting, usual) settings->setting.value = (usual);
#define SPAN(setting, usual) settings->setting.value = (usual);
#include "options.def"
    while (option_words_next(&words, &word))
        if (!read_word(&teller, settings, &word))
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
static bool refuse_value(const struct teller *teller, const char *option, const char *value,
                         const char *shown, const char *fault) {
    struct print *messages = teller->messages;
    start(teller, "");
    defaults_print_place(messages, value);
    print_string(messages, "the value '");
    print_safe(messages, shown, strlen(shown));
    print_string(messages, "' for '");
    print_string(messages, option);
    print_string(messages, "' ");
    print_string(messages, fault);
    end(teller);
    return false;
}

bool options_refuse_value(enum option_command command, const char *option, const char *value,
                          const char *fault, struct print *messages) {
    const struct teller teller = {command, messages};
    return refuse_value(&teller, option, value, value, fault);
}

bool options_refuse_hidden(enum option_command command, const char *option, const char *value,
                           const char *fault, struct print *messages) {
    const struct teller teller = {command, messages};
    return refuse_value(&teller, option, value, "...", fault);
}
