/* numres login: asks for the API key without showing it, and stores it in a file or through the
   user's command. main.c calls it; key.c checks the key. docs/tool.md describes the command. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "../run/session.h"
#include "transport.h"
#include "wait.h"

static const struct help help = {
    28,
    " [OPTION...]\n"
    "\n"
    "Asks for the API key, without showing it, and stores it in the file key of\n"
    "$XDG_CONFIG_HOME/numres or ~/.config/numres, which only you may read. Reads the\n"
    "key from standard input if that is not a terminal.\n"
    "\n",
    "\n"
    "The commands that ask the API use it if no option, no variable and no line of\n"
    "the config file names another.\n"
    "\n"
    "Exit status: 0 success; 2 usage error, or the input is not a key; 3 the key\n"
    "cannot be stored; 130 interrupted.\n"
    "\n"
    "Examples:\n"
    "  numres login\n"
    "  numres login --store-command 'pass insert -e telnyx'\n",
};

static bool fail(struct session *session, const char *what, const char *reason) {
    session->exit_code = EXIT_FAILED;
    options_start(&session->messages, COMMAND_login);
    return print_fault(&session->messages, what, "", reason, "");
}

static bool fail_to_write(struct session *session, const char *path, int failure) {
    session->exit_code = EXIT_FAILED;
    options_start(&session->messages, COMMAND_login);
    return print_fault(&session->messages, "", path, ": cannot be written: ", strerror(failure));
}

/* ---- asking ---- */

/* Reads a line from the terminal, at most one byte more than the longest key. Returns false
   if a signal came first. */
static bool read_line(struct api_key *key) {
    key->length = 0;
    while (key->length < sizeof key->text) {
        if (!interrupt_wait(STDIN_FILENO))
            return false;
        ssize_t count = read(STDIN_FILENO, key->text + key->length, sizeof key->text - key->length);
        if (count <= 0)
            return true;
        key->length += (size_t)count;
        if (key->text[key->length - 1] == '\n')
            return true;
    }
    return true;
}

/* Job control must not leave the terminal to the shell without echo. */
static void block_stops(bool is_blocked) {
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigprocmask(is_blocked ? SIG_BLOCK : SIG_UNBLOCK, &stop, NULL);
}

static bool ask(struct session *session, struct api_key *key) {
    struct termios before;
    struct print *messages = &session->messages;
    key->source = "the input";
    if (!interrupt_begin() || tcgetattr(STDIN_FILENO, &before) != 0)
        return fail(session, "cannot read from the terminal: ", strerror(errno));
    struct termios silent = before;
    silent.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
    block_stops(true);
    bool is_silent = tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
    bool is_read = false;
    if (is_silent) {
        print_string(messages, "API key (not shown): ");
        print_flush(messages);
        is_read = read_line(key);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        print_string(messages, "\n");
    }
    block_stops(false);
    if (!is_silent)
        return fail(session, "cannot turn off terminal echo: ", strerror(errno));
    session->exit_code = is_read ? EXIT_WRONG_USE : EXIT_INTERRUPTED;
    return is_read && api_key_check(key, messages);
}

/* ---- storing ---- */

static bool write_key(int descriptor, const struct api_key *key) {
    return print_all(descriptor, key->text, key->length) && print_all(descriptor, "\n", 1);
}

/* Creates the missing folders of a path, for the user alone. */
static void make_folders(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, S_IRWXU);
        *slash = '/';
    }
}

/* Writes a file beside it and renames that, so that an existing key is kept if this fails.
   mkstemp's mode is 0600. */
static bool store_in_file(struct session *session, struct api_key *key) {
    char path[DEFAULTS_PATH_SIZE];
    char other[DEFAULTS_PATH_SIZE];
    if (!defaults_path(DEFAULTS_KEY_FILE, path, sizeof path) ||
        !defaults_path(DEFAULTS_KEY_FILE ".XXXXXX", other, sizeof other))
        return fail(session, "nowhere to store the key: ",
                    "neither HOME nor XDG_CONFIG_HOME is an absolute path");
    make_folders(path);
    int descriptor = mkstemp(other);
    if (descriptor < 0)
        return fail_to_write(session, path, errno);
    bool is_written = write_key(descriptor, key) && fsync(descriptor) == 0;
    is_written = close(descriptor) == 0 && is_written && rename(other, path) == 0;
    if (!is_written) {
        int failure = errno;
        unlink(other);
        return fail_to_write(session, path, failure);
    }
    options_start(&session->messages, COMMAND_login);
    print_string(&session->messages, "the key is in ");
    print_safe(&session->messages, path, strlen(path));
    print_string(&session->messages, ", which only you may read\n");
    return true;
}

static bool store_by_command(struct session *session, const struct api_key *key,
                             const char *command) {
    struct helper helper;
    char fault[HELPER_FAULT_SIZE];
    if (!helper_start(&helper, command, STDIN_FILENO))
        return fail(session, "the store command cannot be run: ", strerror(errno));
    signal(SIGPIPE, SIG_IGN);
    bool is_written = write_key(helper.end, key);
    close(helper.end);
    if (!helper_end(&helper, fault, sizeof fault))
        return fail(session, "the store command ", fault);
    if (!is_written)
        return fail(session, "the store command did not read the key", "");
    print_string(&session->messages,
                 "numres login: the key is stored; name a command that prints it with "
                 "--key-command, NUMRES_KEY_COMMAND or key-command in the config file\n");
    return true;
}

static void store(struct session *session, struct api_key *key, const char *command) {
    bool is_stored =
        command != NULL ? store_by_command(session, key, command) : store_in_file(session, key);
    if (!is_stored)
        return;
    session->exit_code = EXIT_FINE;
    if (command == NULL && key->variable[0] != '\0')
        print_string(&session->messages,
                     "numres login: " API_KEY_VARIABLE " is set too, and takes precedence\n");
}

static void log_in(struct session *session, struct api_key *key, const struct settings *settings) {
    session->exit_code = EXIT_WRONG_USE;
    /* The argument may be the key, and is in the shell's history by now. */
    if (settings->file_count > 0)
        print_string(&session->messages,
                     "numres login: do not pass the key as an argument, where others can see it; "
                     "run 'numres login' and enter it, or pipe it in\n");
    else if (isatty(STDIN_FILENO) ? ask(session, key)
                                  : api_key_take_input(key, &session->messages)) {
        print_hide(&session->messages, key->variable, key->text);
        store(session, key, settings->store_command);
    }
}

int login_command(struct session *session, char **arguments, size_t count) {
    struct settings settings = {.format = NULL};
    struct api_key key;
    api_key_begin(&key, COMMAND_login);
    print_hide(&session->messages, key.variable, NULL);
    if (session_read_options(session, COMMAND_login, &help, arguments, count, &settings))
        log_in(session, &key, &settings);
    print_flush(&session->messages);
    print_hide(&session->messages, NULL, NULL);
    api_key_forget(&key);
    return session->exit_code;
}
