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
#include "numres/query.h"

#include "text.h"
#include "times.h"

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

static bool refuse_option(const struct reading *reading, const struct option_word *word) {
    const struct option *other = options_find_other(word->text, word->length);
    if (other != NULL) {
        refuse_other(reading, other);
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

/* ---- values ---- */

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

#define FAULT_SIZE 80

/* The largest number that digits_read reads and a size_t holds. */
#define LARGEST ((uint64_t)(SIZE_MAX < INT64_MAX ? SIZE_MAX : INT64_MAX))

static const char *too_large(uint64_t largest, char words[FAULT_SIZE]) {
    snprintf(words, FAULT_SIZE, "is too large; the largest is %" PRIu64, largest);
    return words;
}

/* This and the next functions return what is wrong, perhaps written into `words`, or NULL. */
static const char *read_bytes(struct option_bytes *bytes, char words[FAULT_SIZE]) {
    size_t digits = strspn(bytes->text, "0123456789");
    uint64_t count = 0;
    size_t times = multiple(bytes->text + digits);
    bool is_read = digits_read(bytes->text, digits, &count);
    if (digits == 0 || times == 0 || (is_read && count == 0))
        return "is not a count of bytes such as 65536, 64K, 8M or 1GiB";
    if (!is_read || count > LARGEST / times)
        return too_large(LARGEST, words);
    bytes->value = (size_t)count * times;
    return NULL;
}

static const char *read_span(const struct option *option, struct option_span *span) {
    if (strcmp(option->argument, "SECONDS") != 0)
        return times_read_duration(span->text, &span->value)
                   ? NULL
                   : "is not a duration such as 90, 30s, 5m, 1h, 2d or 1w";
    return times_read_span(span->text, 1000, &span->value) && span->value >= TIMES_SHORTEST_SHOWN
               ? NULL
               : "is not a time in seconds, 0.1 or more";
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

static const char *read_count(const struct option *option, struct option_count *setting,
                              char words[FAULT_SIZE]) {
    static const struct {
        size_t setting;
        uint64_t least, most;
    } limits[] = {
#define COUNT(setting, least, most, usual) {offsetof(struct settings, setting), (least), (most)},
#include "options.def"
    };
    size_t digits = strspn(setting->text, "0123456789");
    size_t at = 0;
    while (limits[at].setting != option->setting)
        at++;
    uint64_t least = limits[at].least;
    uint64_t most = limits[at].most;
    bool is_read = digits_read(setting->text, strlen(setting->text), &setting->value);
    if (is_read && setting->value >= least && setting->value <= most)
        return NULL;
    if (most < INT64_MAX)
        snprintf(words, FAULT_SIZE, "is not a number from %" PRIu64 " to %" PRIu64, least, most);
    else if (!is_read && digits > 0 && setting->text[digits] == '\0')
        return too_large(most, words);
    else
        snprintf(words, FAULT_SIZE, "is not a number of %" PRIu64 " or more", least);
    return words;
}

static const char *read_value(const struct option *option, void *setting, char words[FAULT_SIZE]) {
    switch (option->value) {
    case VALUE_COUNT:
        return read_count(option, setting, words);
    case VALUE_BYTES:
        return read_bytes(setting, words);
    case VALUE_SPAN:
        return read_span(option, setting);
    case VALUE_TEXT:
        return is_list(option) ? fault_of_list(*(option_text *)setting) : NULL;
    case VALUE_FLAG:
        break;
    }
    return NULL;
}

bool options_judge(enum option_command command, struct settings *settings, struct print *messages) {
    const struct reading reading = {command, settings, messages};
    bool are_right = true;
    for (const struct option *option = options_first(command); option != NULL;
         option = options_next(option)) {
        char words[FAULT_SIZE];
        const option_text *text = setting_of(&reading, option);
        if (option->argument[0] == '\0' || *text == NULL ||
            (option->kind == OPTION_MAYBE && (*text)[0] == '\0'))
            continue;
        const char *fault = read_value(option, setting_of(&reading, option), words);
        if (fault != NULL)
            are_right = options_refuse_value(command, option->name, *text, fault, messages);
    }
    return are_right;
}
