/* Finds the API key and keeps it secret; runs the user's commands that print or store it.
   command.c, settings.c, login.c and transport.c call it. transport.h lists where a key may come
   from, and in which order. */
#include "transport.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "../run/terminal.h"
#include "../run/text.h"

extern char **environ;

/* A compiler may drop a memset of memory that is not read again. */
void api_key_wipe(char *bytes, size_t length) {
    volatile char *at = bytes;
    while (length > 0) {
        *at++ = '\0';
        length--;
    }
}

/* A core dump would contain the key, or copies of it in a library's memory. On Linux,
   prctl also stops dumps through a pipe and keeps the user's other processes from
   reading this one's memory. */
static void forbid_cores(void) {
    struct rlimit limit;
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    if (getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = 0;
        setrlimit(RLIMIT_CORE, &limit);
    }
}

static bool refuse(const struct api_key *key, struct print *messages, const char *source,
                   const char *what, const char *advice) {
    options_start(messages, key->command);
    defaults_print_place(messages, key->setting);
    return print_fault(messages, "", source, what, advice);
}

/* Also called if the key comes from a file: the variable is wiped in any case. */
static bool take_variable(struct api_key *key, bool is_wanted) {
    char *value = getenv(API_KEY_VARIABLE);
    size_t length = value == NULL ? 0 : strlen(value);
    if (is_wanted) {
        key->length = length;
        memcpy(key->text, value == NULL ? "" : value,
               length < API_KEY_LONGEST ? length : API_KEY_LONGEST);
    }
    /* An environment may hold a variable twice. */
    for (char **variable = environ; variable != NULL && *variable != NULL; variable++)
        if (strncmp(*variable, API_KEY_VARIABLE "=", sizeof API_KEY_VARIABLE) == 0)
            api_key_wipe(*variable + sizeof API_KEY_VARIABLE,
                         strlen(*variable + sizeof API_KEY_VARIABLE));
    unsetenv(API_KEY_VARIABLE);
    return length > 0;
}

static bool is_closed_to_others(mode_t mode) {
    return (mode & (mode_t)(S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH)) == 0;
}

/* Reads at most one byte more than the longest key, which is enough to refuse it. */
static bool read_file(struct api_key *key, int descriptor) {
    ssize_t count = 0;
    key->length = 0;
    do {
        count = read(descriptor, key->text + key->length, sizeof key->text - key->length);
        if (count > 0)
            key->length += (size_t)count;
    } while ((count > 0 && key->length < sizeof key->text) || (count < 0 && errno == EINTR));
    return count >= 0;
}

/* An editor ends a file with a line feed. */
static void cut_end(struct api_key *key) {
    while (key->length > 0 && key->length <= API_KEY_LONGEST &&
           memchr(" \t\r\n", key->text[key->length - 1], 4) != NULL)
        key->length--;
}

bool api_key_take_input(struct api_key *key, struct print *messages) {
    key->source = "standard input";
    if (key->is_judged)
        return true;
    if (!read_file(key, STDIN_FILENO))
        return refuse(key, messages, key->source, " cannot be read: ", strerror(errno));
    return api_key_check(key, messages);
}

/* A pipe may be named, such as <(COMMAND) of a shell, but is not a place to store a key. */
static const char *fault_of_kind(mode_t mode, bool is_stored) {
    if (is_stored)
        return S_ISREG(mode) ? NULL : " is not a regular file";
    return S_ISREG(mode) || S_ISFIFO(mode) ? NULL : " is neither a file nor a pipe";
}

/* The file is not named, since its name may be a key by mistake. */
static const char *what_names(const struct api_key *key) {
    return defaults_line_of(key->setting) > 0 ? "the file given as api-key-file"
                                              : "the file given with --api-key-file";
}

/* Never waits for a pipe in place of the stored key, nor if the key is only checked. */
static bool take_file(struct api_key *key, const char *file, struct print *messages) {
    bool is_stored = file == key->stored;
    int patience = is_stored || key->is_judged ? O_NONBLOCK : 0;
    int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY | patience);
    struct stat about = {.st_mode = 0};
    bool is_left = false;
    bool is_read = false;
    key->source = file;
    if (descriptor < 0)
        return refuse(key, messages, is_stored ? file : what_names(key),
                      " cannot be opened: ", strerror(errno));
    /* If this fails, the mode stays 0, which is of no kind. */
    fstat(descriptor, &about);
    const char *fault = fault_of_kind(about.st_mode, is_stored);
    if (fault != NULL)
        refuse(key, messages, file, fault, "");
    else if (!is_closed_to_others(about.st_mode))
        refuse(key, messages, file, " can be read or written by others; run chmod 600 on it", "");
    else if (key->is_judged && S_ISFIFO(about.st_mode))
        is_left = true;
    else if (read_file(key, descriptor))
        is_read = true;
    else
        refuse(key, messages, file, " cannot be read: ", strerror(errno));
    close(descriptor);
    return is_left || (is_read && api_key_check(key, messages));
}

/* ---- a user's commands that print or store a key ---- */

bool helper_start(struct helper *helper, const char *command, int stream) {
    int ends[2];
    int own = stream == STDIN_FILENO ? 1 : 0;
    if (pipe(ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    int failure = pager_spawn(command, true, stream, ends[1 - own], &helper->process);
    close(ends[1 - own]);
    helper->end = ends[own];
    if (failure == 0)
        return true;
    close(ends[own]);
    errno = failure;
    return false;
}

bool helper_end(const struct helper *helper, char *fault, size_t size) {
    int status = 0;
    while (waitpid(helper->process, &status, 0) < 0 && errno == EINTR)
        continue;
    if (WIFSIGNALED(status))
        snprintf(fault, size, "was killed by signal %d", WTERMSIG(status));
    else
        snprintf(fault, size, "ended with status %d", WEXITSTATUS(status));
    return status == 0;
}

/* ---- where the key comes from ---- */

static bool take_output(struct api_key *key, const char *command, struct print *messages) {
    struct helper helper;
    char fault[HELPER_FAULT_SIZE];
    key->source = "the output of the key command";
    if (key->is_judged)
        return true;
    if (!helper_start(&helper, command, STDOUT_FILENO))
        return refuse(key, messages, "the key command", " cannot be run: ", strerror(errno));
    bool is_read = read_file(key, helper.end);
    int failure = errno;
    close(helper.end);
    bool is_whole = helper_end(&helper, fault, sizeof fault);
    if (!is_read)
        return refuse(key, messages, key->source, " cannot be read: ", strerror(failure));
    /* A command that prints more than a key may fail because the pipe was closed. */
    if (!is_whole && key->length <= API_KEY_LONGEST)
        return refuse(key, messages, "the key command ", fault, "");
    return api_key_check(key, messages);
}

/* A shell removes quotes; an env file and jq without -r keep them. */
static bool is_quote(char byte) {
    return byte == '"' || byte == '\'';
}

/* The key is sent in a header line as it is (RFC 6750 section 2.1 allows fewer
   characters). */
static bool is_key(const struct api_key *key) {
    for (size_t at = 0; at < key->length; at++)
        if (key->text[at] <= ' ' || key->text[at] > '~' || is_quote(key->text[at]))
            return false;
    return key->length > 0;
}

static bool check_text(struct api_key *key, struct print *messages) {
    if (key->length == 0)
        return refuse(key, messages, key->source, " holds no key", "");
    if (key->length > API_KEY_LONGEST)
        return refuse(key, messages, key->source, " is too long for an API key",
                      "; it must hold only the key");
    key->text[key->length] = '\0';
    return is_key(key) || refuse(key, messages, key->source,
                                 " contains blanks, quotes or other characters that no API key has",
                                 "; it must hold only the key");
}

bool api_key_check(struct api_key *key, struct print *messages) {
    cut_end(key);
    return check_text(key, messages);
}

void api_key_begin(struct api_key *key, enum option_command command) {
    const char *value = getenv(API_KEY_VARIABLE);
    memset(key, 0, sizeof *key);
    key->command = command;
    forbid_cores();
    if (value != NULL)
        memcpy(key->variable, value, strnlen(value, API_KEY_LONGEST));
}

/* Takes the stored key, if nothing names another. */
static bool take_stored(struct api_key *key, struct print *messages) {
    if (defaults_path(DEFAULTS_KEY_FILE, key->stored, sizeof key->stored) &&
        access(key->stored, F_OK) == 0)
        return take_file(key, key->stored, messages);
    if (key->is_judged)
        return true;
    return refuse(key, messages, API_KEY_VARIABLE, " is not set: ",
                  "set it to your API key, store the key with 'numres login', or name a file "
                  "that holds it with --api-key-file");
}

bool api_key_take(struct api_key *key, const struct settings *settings, struct print *messages) {
    const char *file = settings->api_key_file;
    const char *command = settings->key_command;
    bool has_variable = take_variable(key, file == NULL && command == NULL);
    key->setting = file != NULL ? file : command;
    if (file != NULL)
        return strcmp(file, "-") == 0 ? api_key_take_input(key, messages)
                                      : take_file(key, file, messages);
    if (command == NULL && has_variable) {
        key->source = API_KEY_VARIABLE;
        return check_text(key, messages);
    }
    if (command == NULL)
        command = variable_value(KEY_COMMAND_VARIABLE);
    /* A shell that is given an empty command succeeds. */
    if (command != NULL && command[strspn(command, " \t\n")] == '\0')
        return refuse(key, messages, KEY_COMMAND_VARIABLE, " holds no command", "");
    if (command != NULL)
        return take_output(key, command, messages);
    return take_stored(key, messages);
}

void api_key_forget(struct api_key *key) {
    api_key_wipe(key->text, sizeof key->text);
    api_key_wipe(key->variable, sizeof key->variable);
    key->length = 0;
}
