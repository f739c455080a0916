/* numres COMMAND --help: the options of the table options.def, wrapped to 80 columns.
   Each command calls it with its own words before and after them. */
#include <string.h>

#include "options.h"

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
    if (options_short(option)[0] != '\0') {
        print_string(print, options_short(option));
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

/* "[--format table|ids]", if it has formats; what follows goes on below where the line
   would be too long. */
static void put_usage(enum option_command command, const char *usage, struct print *print) {
    size_t indent = strlen("Usage: ") + strlen(options_command_name(command));
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
