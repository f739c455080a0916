/* Looks up the table options.def: the options of each command, their short names and the values
   they allow. Also prints it for --help, wrapped to 80 columns. options.c and defaults.c ask
   it; each command calls help_print with its own words. */
#include "options.h"

#include <string.h>

#include "numres/parser.h"
#include "numres/query.h"
#include "numres/statuses.h"

#define VALUE_OF(setting)                                                                          \
    _Generic(((struct settings *)NULL)->setting, bool                                              \
             : VALUE_FLAG, option_text                                                             \
             : VALUE_TEXT, struct option_count                                                     \
             : VALUE_COUNT, struct option_bytes                                                    \
             : VALUE_BYTES, struct option_span                                                     \
             : VALUE_SPAN)

#define OPTION(command, setting, kind, name, argument, shown, help, manual)                        \
    _Static_assert((VALUE_OF(setting) == VALUE_FLAG) == (OPTION_##kind == OPTION_FLAG),            \
                   name " is a flag, or its setting is, but not both");                            \
    _Static_assert((VALUE_OF(setting) == VALUE_COUNT) == (sizeof(argument) == sizeof "N"),         \
                   name " takes N, or its setting is a COUNT, but not both");
#include "options.def"

/* Usual values that the words of options.def say too: as "(default 8M)", and for numres config. */
#define COUNT(setting, least, most, usual) enum { USUAL_##setting = (int)(usual) };
#define BYTES(setting, usual) enum { USUAL_##setting = (int)(usual) };
#define SPAN(setting, usual) enum { USUAL_##setting = (int)(usual) };
#include "options.def"

#define SAYS "what options.def says"
_Static_assert(USUAL_max_retries == 2, SAYS);
_Static_assert(USUAL_max_depth == 32 && NUMRES_LARGEST_MAX_DEPTH == 127, SAYS);
_Static_assert(USUAL_max_reservation_bytes == 8 << 20, SAYS);
_Static_assert(USUAL_max_page_bytes == 64 << 20, SAYS);
_Static_assert(USUAL_max_memory == 256 << 20, SAYS);
_Static_assert(USUAL_timeout == 60 * 1000 && USUAL_connect_timeout == 5 * 1000, SAYS);

/* The table, without the manual's text. */
static const struct option table[] = {
#define GROUP(command, title) {COMMAND_##command, OPTION_GROUP, (title), "", VALUE_TEXT, 0, ""},
#define CHOICE(command, value, shown, help, manual)                                                \
    {COMMAND_##command, OPTION_CHOICE, (value), "", VALUE_TEXT, 0, (help)},
#define OPTION(command, setting, kind, name, argument, shown, help, manual)                        \
    {COMMAND_##command,                                                                            \
     OPTION_##kind,                                                                                \
     (name),                                                                                       \
     (argument),                                                                                   \
     VALUE_OF(setting),                                                                            \
     offsetof(struct settings, setting),                                                           \
     (help)},
#include "options.def"
};

#define TABLE_SIZE (sizeof table / sizeof table[0])

static const char *const command_names[] = {
    [COMMAND_none] = "numres",
#define COMMAND(command, what) [COMMAND_##command] = "numres " #command,
#include "options.def"
};

/* The first line of a command from `at` on. */
static const struct option *line_of(enum option_command command, size_t at) {
    while (at < TABLE_SIZE && table[at].command != command)
        at++;
    return at < TABLE_SIZE ? &table[at] : NULL;
}

const struct option *options_first(enum option_command command) {
    return line_of(command, 0);
}

const struct option *options_next(const struct option *option) {
    return line_of(option->command, (size_t)(option - table) + 1);
}

static const char *status_at(size_t at) {
#define STATUS_WORD(NAME, NUMBER, word, COUNTS_AS, SOURCE) word,
    static const char *const words[] = {NUMRES_STATUSES(STATUS_WORD)};
    return at < sizeof words / sizeof words[0] ? words[at] : NULL;
}

static const char *format_at(enum option_command command, size_t at) {
    for (const struct option *option = options_first(command); option != NULL;
         option = options_next(option))
        if (option->kind == OPTION_CHOICE && at-- == 0)
            return option->name;
    return NULL;
}

const char *options_value(const char *argument, size_t at) {
    static const struct {
        const char *argument, *value;
    } values[] = {
#define VALUE(argument, value) {(argument), (value)},
#include "options.def"
    };
    for (size_t line = 0; line < sizeof values / sizeof values[0]; line++)
        if (strcmp(values[line].argument, argument) == 0 && at-- == 0)
            return values[line].value;
    return NULL;
}

const char *options_choice(enum option_command command, const char *argument, size_t at) {
    if (strcmp(argument, "STATUS") == 0)
        return status_at(at);
    if (strcmp(argument, "FORMAT") != 0)
        return options_value(argument, at);
    return format_at(format_at(command, 0) == NULL ? COMMAND_show : command, at);
}

static bool has_name(const struct option *option, const char *name, size_t length) {
    return options_is_named(option) && strlen(option->name) == length &&
           memcmp(option->name, name, length) == 0;
}

const struct option *options_find(enum option_command command, const char *name, size_t length) {
    const struct option *option = options_first(command);
    while (option != NULL && !has_name(option, name, length))
        option = options_next(option);
    return option;
}

const struct option *options_find_other(const char *name, size_t length) {
    size_t at = 0;
    while (at < TABLE_SIZE && !has_name(&table[at], name, length))
        at++;
    return at < TABLE_SIZE ? &table[at] : NULL;
}

void options_print_command(struct print *print, enum option_command command) {
    print_string(print, command_names[command]);
}

void options_start(struct print *print, enum option_command command) {
    options_print_command(print, command);
    print_string(print, ": ");
}

/* ---- short names: the SHORT lines ---- */

static const struct {
    size_t setting;
    const char *name;
} short_names[] = {
#define SHORT(setting, name) {offsetof(struct settings, setting), (name)},
#include "options.def"
};

#define SHORT_COUNT (sizeof short_names / sizeof short_names[0])

/* The first option of a command that has this setting. */
static const struct option *option_of(enum option_command command, size_t setting) {
    const struct option *option = options_first(command);
    while (option != NULL && !(options_is_named(option) && option->setting == setting))
        option = options_next(option);
    return option;
}

/* The short name of an option, such as "-o"; empty: it has none. */
static const char *short_name_of(const struct option *option) {
    for (size_t at = 0; at < SHORT_COUNT && options_is_named(option); at++)
        if (short_names[at].setting == option->setting &&
            option_of(option->command, option->setting) == option)
            return short_names[at].name;
    return "";
}

const struct option *options_of_short(enum option_command command, char letter) {
    for (size_t at = 0; at < SHORT_COUNT; at++)
        if (short_names[at].name[1] == letter)
            return option_of(command, short_names[at].setting);
    return NULL;
}

/* ---- --help ---- */

#define LINE_WIDTH 80
#define CHOICE_INDENT 6

/* Words that are wrapped into a column. */
struct column {
    struct print *print;
    size_t start;
    size_t position;
};

static void begin_column(struct column *column) {
    if (column->position + 2 > column->start) {
        print_string(column->print, "\n");
        column->position = 0;
    }
    print_spaces(column->print, column->start - column->position);
    column->position = column->start;
}

/* Puts a word and what follows it directly, such as a comma. */
static void put_word(struct column *column, const char *word, size_t length, const char *after) {
    bool is_first = column->position == column->start;
    if (!is_first && column->position + 1 + length + strlen(after) > LINE_WIDTH) {
        print_string(column->print, "\n");
        print_spaces(column->print, column->start);
        column->position = column->start;
    } else if (!is_first) {
        print_string(column->print, " ");
        column->position++;
    }
    print_bytes(column->print, word, length);
    print_string(column->print, after);
    column->position += length + strlen(after);
}

/* "one, two or three" */
static void put_choices(struct column *column, const struct option *option) {
    const char *choice = options_choice(option->command, option->argument, 0);
    for (size_t at = 1; choice != NULL; at++) {
        const char *next = options_choice(option->command, option->argument, at);
        bool is_last_but_one =
            next != NULL && options_choice(option->command, option->argument, at + 1) == NULL;
        put_word(column, choice, strlen(choice), next == NULL || is_last_but_one ? "" : ",");
        if (is_last_but_one)
            put_word(column, "or", strlen("or"), "");
        choice = next;
    }
}

static void put_text(struct column *column, const struct option *option) {
    const char *word = option->help;
    if (*word != '\0')
        begin_column(column);
    while (*word != '\0') {
        size_t length = strcspn(word, " ");
        if (length == 1 && word[0] == '@')
            put_choices(column, option);
        else
            put_word(column, word, length, "");
        word += length;
        word += strspn(word, " ");
    }
    print_string(column->print, "\n");
}

static void put_line(const struct option *option, size_t start, struct print *print) {
    struct column column = {print, start, 0};
    if (option->kind == OPTION_GROUP) {
        print_string(print, option->name);
        print_string(print, ":\n");
        return;
    }
    column.position = option->kind == OPTION_CHOICE ? CHOICE_INDENT : 2;
    print_spaces(print, column.position);
    if (short_name_of(option)[0] != '\0') {
        print_string(print, short_name_of(option));
        print_string(print, ", ");
        column.position += strlen("-x, ");
    }
    print_string(print, option->name);
    column.position += strlen(option->name);
    if (option->argument[0] != '\0') {
        bool is_optional = option->kind == OPTION_MAYBE;
        print_string(print, is_optional ? " [" : " ");
        print_string(print, option->argument);
        print_string(print, is_optional ? "]" : "");
        column.position += 1 + strlen(option->argument) + (is_optional ? 2 : 0);
    }
    put_text(&column, option);
}

static size_t put_formats(enum option_command command, struct print *print) {
    static const char before[] = " [--format ";
    size_t length = strlen(before) + strlen("]");
    const char *format = NULL;
    print_string(print, before);
    for (size_t at = 0; (format = options_choice(command, "FORMAT", at)) != NULL; at++) {
        print_string(print, at == 0 ? "" : "|");
        print_string(print, format);
        length += strlen(format) + (at == 0 ? 0 : 1);
    }
    print_string(print, "]");
    return length;
}

/* Prints the usage, with "[--format table|ids]" if the command has formats. What follows goes
   on the next line if this one would be too long. */
static void put_usage(enum option_command command, const char *usage, struct print *print) {
    size_t indent = strlen("Usage: ") + strlen(command_names[command]);
    size_t length = indent;
    print_string(print, "Usage: ");
    options_print_command(print, command);
    if (options_find(command, "--format", strlen("--format")) != NULL)
        length += put_formats(command, print);
    if (length + strcspn(usage, "\n") > LINE_WIDTH) {
        print_string(print, "\n");
        print_spaces(print, indent);
    }
    print_string(print, usage);
}

void help_print(enum option_command command, const struct help *help, struct print *print) {
    put_usage(command, help->usage, print);
    for (const struct option *option = options_first(command); option != NULL;
         option = options_next(option))
        put_line(option, help->column, print);
    print_string(print, help->notes);
}
