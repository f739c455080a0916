/* numres config: shows the settings and where each comes from, and reports values that a command
   would refuse. main.c calls it. api/settings.c judges the values. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../run/options.h"
#include "../run/session.h"

static const struct help help = {
    30,
    " [OPTION...]\n"
    "\n"
    "Shows the defaults of options and where each comes from: an option given here,\n"
    "the environment, a line of the config file, or numres itself. The first of these\n"
    "counts. The API key is never shown, and a key command is not run.\n"
    "\n",
    "\n"
    "The config file is config in $XDG_CONFIG_HOME/numres or ~/.config/numres. Its\n"
    "lines are names of these options without dashes, and values: format = csv. Lines\n"
    "that begin with # are comments.\n"
    "\n"
    "Exit status: 0 success; 2 usage error, or a value, a file or a key that a\n"
    "command would refuse, reported in the same words; 3 output failed.\n"
    "\n"
    "Examples:\n"
    "  numres config\n"
    "  numres config --base-url http://127.0.0.1:8080/v2\n",
};

#define BETWEEN_COLUMNS 2

/* The table, which is gone through twice: first only to measure the columns. */
struct rows {
    struct print *print;
    bool are_measured;
    size_t name_width, value_width;
};

static void widen(size_t *width, const char *text) {
    size_t needed = print_width(text, strlen(text), SIZE_MAX);
    *width = needed > *width ? needed : *width;
}

static void put_column(struct print *print, const char *text, size_t width) {
    size_t used = print_safe_cut(print, text, strlen(text), PRINT_ANY_WIDTH);
    print_spaces(print, width + BETWEEN_COLUMNS - used);
}

/* If `line` is not 0, the source is this line of a file. */
static void put_row(struct rows *rows, const char *name, const char *value, const char *source,
                    size_t line) {
    if (!rows->are_measured) {
        widen(&rows->name_width, name);
        widen(&rows->value_width, value);
        return;
    }
    put_column(rows->print, name, rows->name_width);
    put_column(rows->print, value, rows->value_width);
    print_safe(rows->print, source, strlen(source));
    if (line > 0) {
        print_string(rows->print, ":");
        print_integer(rows->print, line);
    }
    print_string(rows->print, "\n");
}

/* Returns what may be shown of a value: the user in a URL may be a password, and the name of a
   file that does not exist may be the key. */
static const char *shown(const struct default_option *option, const char *value) {
    if (option->setting == offsetof(struct settings, base_url) && strchr(value, '@') != NULL)
        return "(hidden)";
    if (option->setting == offsetof(struct settings, api_key_file) && strcmp(value, "-") != 0 &&
        access(value, F_OK) != 0)
        return "(missing)";
    return value;
}

static const char *value_of(const struct settings *settings, const struct default_option *option) {
    return *(const option_text *)(const void *)((const char *)settings + option->setting);
}

static void put_option(struct rows *rows, const struct default_option *option,
                       const struct settings *settings, const char *path) {
    char variable[64] = "";
    const char *name = option->name + strlen("--");
    const char *value = value_of(settings, option);
    size_t line = defaults_line_of(value);
    if (value != NULL) {
        put_row(rows, name, shown(option, value), line > 0 ? path : option->name, line);
    } else if ((value = defaults_variable(option->variables, variable, sizeof variable)) != NULL) {
        bool is_other = strcmp(variable, API_KEY_VARIABLE) == 0 ||
                        option->setting == offsetof(struct settings, api_key_file);
        put_row(rows, name, is_other ? "(not used)" : shown(option, value), variable, 0);
    } else {
        put_row(rows, name, option->usual, "default", 0);
    }
}

/* Where the key comes from, in the same order as in api/key.c. */
static void put_key(struct rows *rows, const struct settings *settings) {
    char variable[64];
    char stored[DEFAULTS_PATH_SIZE];
    const char *source = NULL;
    if (settings->api_key_file != NULL)
        source = "api-key-file";
    else if (settings->key_command != NULL)
        source = "key-command";
    else if (defaults_variable(API_KEY_VARIABLE " " KEY_COMMAND_VARIABLE, variable,
                               sizeof variable) != NULL)
        source = variable;
    else if (defaults_path(DEFAULTS_KEY_FILE, stored, sizeof stored) && access(stored, F_OK) == 0)
        source = stored;
    put_row(rows, "api-key", source != NULL ? "(hidden)" : "(none)",
            source != NULL ? source : "'numres login' stores one", 0);
}

static const char *state_of(const char *path) {
    if (access(path, F_OK) == 0)
        return "found";
    return errno == ENOENT || errno == ENOTDIR ? "missing" : "unreadable";
}

static void put_all(struct rows *rows, const struct settings *settings) {
    char path[DEFAULTS_PATH_SIZE] = "(none: neither HOME nor XDG_CONFIG_HOME is set)";
    bool has_path = defaults_path(DEFAULTS_FILE, path, sizeof path);
    put_row(rows, "config file", has_path ? state_of(path) : "missing", path, 0);
    put_key(rows, settings);
    for (const struct default_option *option = default_options; option->name != NULL; option++)
        put_option(rows, option, settings, path);
}

static void show_all(struct session *session, const struct settings *settings) {
    struct print *print = &session->output;
    struct rows rows = {.print = print};
    print_hide(print, getenv(API_KEY_VARIABLE), NULL);
    put_all(&rows, settings);
    rows.are_measured = true;
    put_all(&rows, settings);
    print_flush(print);
    print_hide(print, NULL, NULL);
}

/* Judges the values that must be one of a few words. */
static bool judge_words(const struct settings *settings, struct print *messages) {
    bool are_right = true;
    for (const struct default_option *option = default_options; option->name != NULL; option++) {
        const char *word = NULL;
        const char *value = value_of(settings, option);
        if (value != NULL && options_choice(COMMAND_config, option->argument, 0) != NULL)
            are_right =
                options_choose(COMMAND_config, option->name, value, &word, messages) && are_right;
    }
    return are_right;
}

/* Says which values commands would refuse; they are shown all the same. */
static bool judge(struct session *session, struct settings *settings) {
    struct print *messages = &session->messages;
    bool are_right = judge_words(settings, messages);
    are_right = options_judge(COMMAND_config, settings, messages) && are_right;
    return api_settings_judge(settings, messages) && are_right;
}

int config_command(struct session *session, char **arguments, size_t count) {
    struct settings settings = {.format = NULL};
    /* If the file has wrong lines, the others are shown and judged all the same. */
    bool is_read =
        session_read_options(session, COMMAND_config, &help, arguments, count, &settings);
    if (!is_read && !defaults_are_wrong())
        return session->exit_code;
    if (settings.file_count > 0) {
        const struct teller teller = {COMMAND_config, &session->messages};
        teller_refuse_use(&teller, "only options are allowed");
        return EXIT_WRONG_USE;
    }
    show_all(session, &settings);
    return judge(session, &settings) && is_read ? EXIT_FINE : EXIT_WRONG_USE;
}
