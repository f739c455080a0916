/* The command line: reads it by the table options.def, fills in the user's defaults for what it
   leaves open, and prints the table's help. Every command calls this. */
#ifndef NUMRES_TOOLS_OPTIONS_H
#define NUMRES_TOOLS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "print.h"

enum option_command {
    COMMAND_none,
#define COMMAND(command, what) COMMAND_##command,
#include "options.def"
    COMMANDS_END
};

typedef const char *option_text;

/* Settings with a number. */
struct option_count {
    option_text text;
    uint64_t value;
};
struct option_bytes {
    option_text text;
    size_t value;
};
struct option_span {
    option_text text;
    int64_t value; /* milliseconds */
};

/* Usual values that other files need too. */
#define DEFAULT_RESERVATION_BYTES ((size_t)8 << 20)
#define DEFAULT_PAGE_BYTES ((size_t)64 << 20)
#define DEFAULT_MEMORY ((size_t)256 << 20)

/* What a command was asked to do. */
struct settings {
#define SETTING(type, setting) type setting;
#define COUNT(setting, least, most, usual) struct option_count setting;
#define BYTES(setting, usual) struct option_bytes setting;
#define SPAN(setting, usual) struct option_span setting;
#include "options.def"
    char **files;
    size_t file_count;
};

enum option_kind {
    OPTION_FLAG,
    OPTION_LAST,
    OPTION_ONCE,
    OPTION_MAYBE,
    OPTION_CHOICE,
    OPTION_GROUP
};

/* What a setting holds, by its type. */
enum option_value { VALUE_FLAG, VALUE_TEXT, VALUE_COUNT, VALUE_BYTES, VALUE_SPAN };

/* A line of the table: an option, a value of the one before, or a heading. */
struct option {
    enum option_command command;
    enum option_kind kind;
    const char *name;        /* with its dashes; a choice's value; a group's title */
    const char *argument;    /* what the option's value is, such as FILE; empty: it has none */
    enum option_value value; /* what its setting holds */
    size_t setting;          /* its offset in struct settings */
    const char *help;
};

/* ---- option_table.c: what the table says ---- */

/* The first line of a command, and the one after `option`. NULL: there are no more. */
const struct option *options_first(enum option_command command);
const struct option *options_next(const struct option *option);

/* Whether the line is an option. */
static inline bool options_is_named(const struct option *option) {
    return option->kind != OPTION_CHOICE && option->kind != OPTION_GROUP;
}

/* What it sets. */
static inline void *options_setting(struct settings *settings, const struct option *option) {
    return (char *)settings + option->setting;
}

/* Whether the arguments of this command are files to read. */
static inline bool options_read_files(enum option_command command) {
    return command == COMMAND_show || command == COMMAND_check || command == COMMAND_diff;
}

/* The option of a command that has this letter; NULL: none. */
const struct option *options_of_short(enum option_command command, char letter);

/* The option of that name, with its dashes; NULL: the command has none. */
const struct option *options_find(enum option_command command, const char *name, size_t length);

/* The first option of that name, of whatever command; NULL: there is none. */
const struct option *options_find_other(const char *name, size_t length);

/* The value at index `at` among the VALUE lines of an argument; and the choice at that index,
   which covers FORMAT and STATUS too. NULL: there are no more. */
const char *options_value(const char *argument, size_t at);
const char *options_choice(enum option_command command, const char *argument, size_t at);

/* Prints the name of a command, such as "numres show"; options_start adds ": ". */
void options_print_command(struct print *print, enum option_command command);
void options_start(struct print *print, enum option_command command);

/* What --help says besides the table. */
struct help {
    size_t column;     /* where the words after the options begin */
    const char *usage; /* the usage after the format, and what the command does */
    const char *notes; /* the text after the options */
};

void help_print(enum option_command command, const struct help *help, struct print *print);

/* ---- options.c ---- */

/* The most options or choices that a command may have. */
#define OPTIONS_MOST_NAMES 64

/* Reads a command line word by word, or option by option where short ones are written
   together. Begins with the command and the words, the rest zero. */
struct option_words {
    enum option_command command;
    char *const *words; /* without the names of the program and the command */
    size_t count, next;
    const char *letters; /* the short options that are left of the last word, or NULL */
    bool are_files;      /* "--" was read */
};

struct option_word {
    char *text;
    const struct option *option; /* NULL: it is a file or the like, or not a known option */
    size_t length;               /* of the name of an option in `text`; 0: it is none */
    char letter;                 /* of a short option */
    const char *value;           /* NULL: none */
    bool value_is_next;          /* it was the next word */
};

/* Returns false at the end. */
bool option_words_next(struct option_words *words, struct option_word *word);

/*
 * Reads `arguments`, which do not include the names of the program and the command. Options
 * and files may be mixed; `--` ends the options; `-` is a file. The files are moved to the
 * front of `arguments`, where settings->files then points. What is left open comes from the
 * user's defaults (see below). Short names follow guidelines 5 to 7 of POSIX (XBD 12.2).
 *
 * Returns false after it has said on `messages` what is wrong.
 */
bool options_read(enum option_command command, char **arguments, size_t argument_count,
                  struct settings *settings, struct print *messages);

/* Sets `choice` to the choice of an option, such as "--format", that equals `value`, or to the
   first one if `value` is NULL. Returns false after it has said on `messages` that the value is
   not a choice. */
bool options_choose(enum option_command command, const char *option, const char *value,
                    const char **choice, struct print *messages);

/* The names that a mistyped word may stand for; none is close enough if the count is 0. */
#define SUGGESTION_MOST 8

struct suggestion {
    const char *names[SUGGESTION_MOST];
    size_t count;
};

/* Says that the word is not a known name, and prints the most likely one, or all if none is
   close. `what` is what they name, such as "command". */
void options_refuse(enum option_command command, const char *what, const char *word,
                    const char *const *names, size_t count, struct print *messages);

/* The same, with a suggestion that is made already. */
void options_suggest(enum option_command command, const char *what, const char *word,
                     const struct suggestion *meant, struct print *messages);

/* Says what is wrong with the value of an option, such as "is not a phone number".
   Returns false. */
bool options_refuse_value(enum option_command command, const char *option, const char *value,
                          const char *fault, struct print *messages);

/* The same for a value that may hold a secret: the message has "..." in its place. */
bool options_refuse_hidden(enum option_command command, const char *option, const char *value,
                           const char *fault, struct print *messages);

/* The command that a message is about, and where the message goes. */
struct teller {
    enum option_command command;
    struct print *messages;
};

static inline bool teller_refuse(const struct teller *teller, const char *option, const char *value,
                                 const char *fault) {
    return options_refuse_value(teller->command, option, value, fault, teller->messages);
}

/* Says what is wrong with the use of a command, and names its help. Returns false. */
bool teller_refuse_use(const struct teller *teller, const char *fault);

/* ---- option_values.c ---- */

/* Reads the values of the command's options that are numbers or lists. Returns false after it
   has said what is wrong with each. options_read calls it, except for numres config, which
   shows wrong values too. */
bool options_judge(enum option_command command, struct settings *settings, struct print *messages);

/* ---- suggestion.c ---- */

/*
 * What the first `length` bytes of `word` most likely stand for: a name that means the same
 * (excel for xlsx), those that start with the word or end with it after a dash, those that the
 * word ends with after a dash, one that differs by a few letters, or those that contain it. Upper
 * and lower case are the same, and so are dashes and underscores.
 */
struct suggestion suggestion_find(const char *word, size_t length, const char *const *names,
                                  size_t count);

/* The names that a word could have been. */
struct known_names {
    const char *what; /* what they name, such as "option" */
    const char *const *names;
    size_t count;
};

/* Prints that the word is not a known name, then those that were `meant`, inside `quote`
   marks, or all `known` ones if there are none. */
void suggestion_print(struct print *print, const struct known_names *known, const char *word,
                      size_t length, const struct suggestion *meant, const char *quote);

/* The same for an unknown option, which may be meant as one long option, as letters of which one
   is unknown or, like "--csv", as a format. Returns whether anything was meant. */
bool suggestion_print_option(struct print *print, enum option_command command,
                             const struct option_word *word);

/* ---- defaults.c: the config file and the environment ---- */

/* options.c asks for defaults after each command line; numres config shows them, and api/
   finds the stored key beside the file. */

#define API_KEY_VARIABLE "TELNYX_API_KEY"
#define KEY_COMMAND_VARIABLE "NUMRES_KEY_COMMAND"
#define BASE_URL_VARIABLE "TELNYX_BASE_URL"
#define BASE_URL_DEFAULT "https://api.telnyx.com/v2"

/* An option that has a default in the config file: a DEFAULT line of options.def. */
struct default_option {
    size_t setting;        /* its offset in struct settings */
    const char *name;      /* with its dashes, which the file leaves out */
    const char *argument;  /* an option with another argument has no such default */
    const char *variables; /* environment variables that override the file, separated by blanks */
    const char *usual;     /* the built-in default, as people read it */
};

/* All of them; the last one has the name NULL. */
extern const struct default_option default_options[];

/* Returns the value of the first of these variables that is set and not empty, and sets `name`
   to its name. NULL: there is none. */
const char *defaults_variable(const char *variables, char *name, size_t size);

/* Writes the path of a file in the folder of the user's settings: $XDG_CONFIG_HOME/numres,
   or ~/.config/numres (XDG Base Directory Specification). Returns false if neither
   variable names an absolute path, or it does not fit. */
#define DEFAULTS_PATH_SIZE 4096
bool defaults_path(const char *file, char *path, size_t size);

/* The names of the files there. */
#define DEFAULTS_FILE "config"
#define DEFAULTS_KEY_FILE "key"

/*
 * Reads the config file, if there is one, and sets what the command line and the
 * environment leave open. The values stay valid. Returns false after it has said what is
 * wrong in the file, and where.
 */
bool defaults_apply(enum option_command command, struct settings *settings, struct print *messages);

/* Whether the file or one of its lines was refused; the values of the other lines are set. */
bool defaults_are_wrong(void);

/* The line of the config file that a value comes from, from 1; 0: the value is from elsewhere. */
size_t defaults_line_of(const char *value);

/* Prints "FILE:LINE: ", to begin a message about a value, if the value is from the config file. */
void defaults_print_place(struct print *print, const char *value);

#endif
