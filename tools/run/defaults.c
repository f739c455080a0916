/* Reads the config file and gives options their values from it. options.c calls it for
   each command line; numres config shows where a value comes from. */
#include "options.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

const struct default_option default_options[] = {
#define DEFAULT(setting, name, argument, variables, usual)                                         \
    {offsetof(struct settings, setting), (name), (argument), (variables), (usual)},
#include "options.def"
    {0, NULL, NULL, NULL, NULL},
};

#define OPTION_COUNT (sizeof default_options / sizeof default_options[0] - 1)

#define LARGEST_FILE 16384

#define BLANKS " \t\r"

/* The contents of the file, kept until the process ends. */
static struct {
    char path[DEFAULTS_PATH_SIZE];
    char text[LARGEST_FILE + 1];
    const char *values[OPTION_COUNT]; /* NULL: none */
    size_t lines[OPTION_COUNT];
    bool is_wrong; /* it, or a line of it, was refused */
} file;

const char *defaults_variable(const char *variables, char *name, size_t size) {
    while (*variables != '\0') {
        size_t length = strcspn(variables, " ");
        snprintf(name, size, "%.*s", (int)length, variables);
        if (variable_value(name) != NULL)
            return variable_value(name);
        variables += length;
        variables += strspn(variables, " ");
    }
    return NULL;
}

static const char *absolute(const char *variable) {
    const char *value = getenv(variable);
    return value != NULL && value[0] == '/' ? value : NULL;
}

bool defaults_path(const char *name, char *path, size_t size) {
    const char *folder = absolute("XDG_CONFIG_HOME");
    const char *between = "/numres/";
    if (folder == NULL) {
        folder = absolute("HOME");
        between = "/.config/numres/";
    }
    if (folder == NULL)
        return false;
    int length = snprintf(path, size, "%s%s%s", folder, between, name);
    return length > 0 && (size_t)length < size;
}

/* ---- what is wrong ---- */

struct reading {
    enum option_command command;
    struct print *messages;
    size_t line; /* 0: the whole file */
};

static void print_place(struct print *print, size_t line) {
    print_safe(print, file.path, strlen(file.path));
    if (line > 0) {
        print_string(print, ":");
        print_integer(print, line);
    }
    print_string(print, ": ");
}

static void start(const struct reading *reading) {
    options_start(reading->messages, reading->command);
    print_place(reading->messages, reading->line);
}

static bool refuse(const struct reading *reading, const char *fault, const char *word,
                   const char *rest) {
    start(reading);
    return print_fault(reading->messages, fault, word, rest, "");
}

/* Whether any command has an option of this name. */
static bool is_other_option(const char *word) {
    char name[40];
    int length = snprintf(name, sizeof name, "--%s", word);
    return options_find_other(name, (size_t)length) != NULL;
}

static bool refuse_name(const struct reading *reading, const char *word) {
    const char *names[OPTION_COUNT];
    const struct known_names known = {"name", names, OPTION_COUNT};
    if (is_other_option(word))
        return refuse(reading, "'--", word, "' is an option of the command line only");
    for (size_t at = 0; at < OPTION_COUNT; at++)
        names[at] = default_options[at].name + strlen("--");
    const struct suggestion meant = suggestion_find(word, strlen(word), names, OPTION_COUNT);
    start(reading);
    suggestion_print(reading->messages, &known, word, strlen(word), &meant, "");
    print_string(reading->messages, "\n");
    return false;
}

/* ---- its lines: name = value ---- */

/* Cuts blanks off both ends. */
static char *trim(char *text) {
    text += strspn(text, BLANKS);
    size_t length = strlen(text);
    while (length > 0 && strchr(BLANKS, text[length - 1]) != NULL)
        length--;
    text[length] = '\0';
    return text;
}

static size_t place_of(const char *name) {
    size_t at = 0;
    while (at < OPTION_COUNT && strcmp(default_options[at].name + strlen("--"), name) != 0)
        at++;
    return at;
}

/* A file's path, with ~ for the home folder. It does not depend on where numres runs. */
static const char *take_path(const struct reading *reading, const char *value) {
    const char *home = absolute("HOME");
    if (value[0] == '/')
        return value;
    if (strncmp(value, "~/", 2) != 0 || home == NULL) {
        refuse(reading, "'", value, "' is not a path that begins with / or ~/");
        return NULL;
    }
    size_t size = strlen(home) + strlen(value);
    char *path = malloc(size);
    if (path == NULL)
        refuse(reading, "out of memory", "", "");
    else
        snprintf(path, size, "%s%s", home, value + 1);
    return path;
}

static bool is_of_key(size_t place) {
    return default_options[place].setting == offsetof(struct settings, api_key_file) ||
           default_options[place].setting == offsetof(struct settings, key_command);
}

/* Whether an earlier line of the file has this name, or is another source of the key. Sets
   `line` to it. */
static bool is_there(size_t place, size_t *line) {
    for (size_t at = 0; at < OPTION_COUNT; at++)
        if (file.values[at] != NULL && (at == place || (is_of_key(at) && is_of_key(place)))) {
            *line = file.lines[at];
            return true;
        }
    return false;
}

static bool refuse_second(const struct reading *reading, size_t place, size_t before) {
    char rest[80];
    bool is_same = file.lines[place] == before;
    snprintf(rest, sizeof rest, "' %s in line %zu",
             is_same ? "is already set" : "names a second source of the key; the first is", before);
    return refuse(reading, "'", default_options[place].name + strlen("--"), rest);
}

static bool take_line(const struct reading *reading, char *text) {
    char *equals = strchr(text, '=');
    size_t before = 0;
    if (equals == NULL)
        return refuse(reading, "'", text, "' is not a line such as 'format = csv'");
    *equals = '\0';
    char *name = trim(text);
    const char *value = trim(equals + 1);
    size_t place = place_of(name);
    if (place == OPTION_COUNT)
        return refuse_name(reading, name);
    if (value[0] == '\0')
        return refuse(reading, "'", name, "' needs a value");
    if (is_there(place, &before))
        return refuse_second(reading, place, before);
    if (strcmp(default_options[place].argument, "FILE") == 0)
        value = take_path(reading, value);
    file.values[place] = value;
    file.lines[place] = reading->line;
    return value != NULL;
}

/* Reports every wrong line. */
static bool take_lines(struct reading *reading) {
    bool are_right = true;
    /* Editors may begin a file with a byte-order mark, U+FEFF. */
    char *rest = file.text + (strncmp(file.text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0);
    while (rest != NULL) {
        char *text = rest;
        rest = strchr(text, '\n');
        if (rest != NULL)
            *rest++ = '\0';
        reading->line++;
        text = trim(text);
        if (text[0] != '\0' && text[0] != '#')
            are_right = take_line(reading, text) && are_right;
    }
    return are_right;
}

/* ---- the file ---- */

/* Anyone else who may write the file could name a command to run, or where the key is sent. */
static const char *fault_of(int descriptor) {
    struct stat about;
    if (fstat(descriptor, &about) != 0)
        return strerror(errno);
    if (S_ISFIFO(about.st_mode))
        return "it is a pipe, not a file";
    if (about.st_uid != geteuid() && about.st_uid != 0)
        return "it belongs to another user";
    return (about.st_mode & (mode_t)(S_IWGRP | S_IWOTH)) == 0
               ? NULL
               : "others may write to it: remove that permission with chmod go-w";
}

static const char *read_text(int descriptor) {
    size_t length = 0;
    ssize_t count = 0;
    do {
        count = read(descriptor, file.text + length, sizeof file.text - length);
        length += count > 0 ? (size_t)count : 0;
    } while ((count > 0 && length < sizeof file.text) || (count < 0 && errno == EINTR));
    if (count < 0)
        return strerror(errno);
    if (length == sizeof file.text)
        return "it is larger than 16 KiB";
    file.text[length] = '\0';
    return memchr(file.text, '\0', length) != NULL ? "it is not text" : NULL;
}

/* The file may be unusable only here, as after sudo. Commands that read files need nothing of it;
   the others would not find their key, or send it elsewhere. */
static bool refuse_file(const struct reading *reading, const char *fault, const char *reason) {
    bool is_needed = !options_read_files(reading->command);
    refuse(reading, fault, reason, is_needed ? "" : "; the file is not used");
    return !is_needed;
}

static bool read_file(struct reading *reading) {
    if (!defaults_path(DEFAULTS_FILE, file.path, sizeof file.path))
        return true;
    /* Opening a FIFO must not block. */
    int descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0)
        return errno == ENOENT || errno == ENOTDIR ||
               refuse_file(reading, "cannot be opened: ", strerror(errno));
    const char *fault = fault_of(descriptor);
    if (fault == NULL)
        fault = read_text(descriptor);
    close(descriptor);
    return fault == NULL ? take_lines(reading) : refuse_file(reading, fault, "");
}

/* ---- giving the values to options ---- */

static option_text *setting_of(struct settings *settings, size_t place) {
    return (option_text *)(void *)((char *)settings + default_options[place].setting);
}

static bool has_formats_of_show(enum option_command command) {
    const char *format = "";
    bool are_same = true;
    for (size_t at = 0; are_same && format != NULL; at++) {
        const char *of_show = options_choice(COMMAND_show, "FORMAT", at);
        format = options_choice(command, "FORMAT", at);
        are_same = format == of_show ||
                   (format != NULL && of_show != NULL && strcmp(format, of_show) == 0);
    }
    return are_same;
}

/* Whether the command has this option, with the same meaning. */
static bool is_option_of(enum option_command command, const struct default_option *usual) {
    const struct option *option = options_find(command, usual->name, strlen(usual->name));
    if (option == NULL || strcmp(option->argument, usual->argument) != 0)
        return false;
    return strcmp(usual->argument, "FORMAT") != 0 || has_formats_of_show(command);
}

static bool has_defaults(enum option_command command) {
    size_t at = 0;
    while (at < OPTION_COUNT && !is_option_of(command, &default_options[at]))
        at++;
    return at < OPTION_COUNT;
}

/* Whether the value is one of the words that its argument allows. Other arguments are checked
   where they are used; numres config checks all values later. */
static bool is_one_of_its_words(enum option_command command, const struct default_option *usual,
                                const char *value, struct print *messages) {
    return command == COMMAND_config || options_choice(command, usual->argument, 0) == NULL ||
           options_choose(command, usual->name, value, &value, messages);
}

bool defaults_apply(enum option_command command, struct settings *settings,
                    struct print *messages) {
    struct reading reading = {command, messages, 0};
    bool has_key = settings->api_key_file != NULL || settings->key_command != NULL;
    char variable[64];
    bool are_right = !has_defaults(command) || read_file(&reading);
    file.is_wrong = !are_right;
    for (size_t at = 0; at < OPTION_COUNT; at++) {
        const struct default_option *usual = &default_options[at];
        option_text *setting = setting_of(settings, at);
        if (file.values[at] != NULL && *setting == NULL && is_option_of(command, usual) &&
            !(has_key && is_of_key(at)) &&
            defaults_variable(usual->variables, variable, sizeof variable) == NULL) {
            *setting = file.values[at];
            are_right = is_one_of_its_words(command, usual, *setting, messages) && are_right;
        }
    }
    return are_right;
}

bool defaults_are_wrong(void) {
    return file.is_wrong;
}

size_t defaults_line_of(const char *value) {
    for (size_t at = 0; at < OPTION_COUNT; at++)
        if (value != NULL && file.values[at] == value)
            return file.lines[at];
    return 0;
}

void defaults_print_place(struct print *print, const char *value) {
    if (defaults_line_of(value) > 0)
        print_place(print, defaults_line_of(value));
}
