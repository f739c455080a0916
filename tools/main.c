/*
 * numres: the program begins here. Finds the command and runs it; handles --help and
 * --version.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/session.h"
#include "run/times.h"

struct command {
    const char *name;
    int (*run)(struct session *session, char **arguments, size_t count);
};

static const struct command commands[] = {
#define COMMAND(command, what) {#command, command##_command},
#include "run/options.def"
};

#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

static const char help[] =
    "Usage: numres COMMAND [OPTION...] [FILE...]\n"
    "\n"
    "Lists, makes, converts and checks Telnyx number reservations, from the API, from\n"
    "files or from standard input. Memory use does not grow with the input, except\n"
    "with --sort and diff, which have a limit.\n"
    "\n"
    "  numres show            show the reservations in files, as a table, JSON,\n"
    "                         NDJSON, CSV, TSV, Excel, ids or phone numbers\n"
    "  numres check           report every problem and error with its line and column\n"
    "  numres diff OLD NEW    show what has changed between two files\n"
    "  numres list            fetch your reservations from the API and show them\n"
    "  numres get ID...       fetch reservations by their ids\n"
    "  numres create NUMBER...\n"
    "                         reserve phone numbers\n"
    "  numres extend ID...    keep reservations longer; with --expires-within 10m,\n"
    "                         all that are about to expire\n"
    "  numres wait ID...      wait until reservations are no longer pending\n"
    "  numres login           store your API key\n"
    "  numres config          show the settings and where each comes from\n"
    "  numres completion SHELL\n"
    "                         print the completion script of bash, zsh or fish\n"
    "  numres help [COMMAND]  print this help, or a command's\n"
    "  numres --help          print this help (-h)\n"
    "  numres --version       print the versions of numres, yajl and libcurl, the\n"
    "                         SIMD level and the limits (-V)\n"
    "\n"
    "Examples:\n"
    "  numres show page.json\n"
    "  numres show --format csv page.json > numbers.csv\n"
    "  numres check page.json\n"
    "  numres list --status pending\n";

static const struct command *find_command(const char *name) {
    for (size_t at = 0; at < COMMAND_COUNT; at++)
        if (strcmp(commands[at].name, name) == 0)
            return &commands[at];
    return NULL;
}

/* For "version": whether --version exists. */
static bool is_option_without_dashes(const char *word) {
    for (const struct option *option = options_first(COMMAND_none); option != NULL;
         option = options_next(option))
        if (strcmp(option->name + strlen("--"), word) == 0)
            return true;
    return false;
}

/* Suggests a command with the unknown word as its argument. */
static void suggest_with(struct print *messages, const char *word, const char *command) {
    print_string(messages, "numres: unknown command '");
    print_safe(messages, word, strlen(word));
    print_string(messages, "'; ");
    print_string(messages, command);
    print_safe(messages, word, strlen(word));
    print_string(messages, "'; see 'numres --help'\n");
}

static int refuse_command(struct session *session, const char *word) {
    struct print *messages = &session->messages;
    const char *names[COMMAND_COUNT];
    for (size_t at = 0; at < COMMAND_COUNT; at++)
        names[at] = commands[at].name;
    if (access(word, F_OK) == 0) {
        suggest_with(messages, word, "to read a file of that name: 'numres show ");
    } else if (hint_is_uuid(word)) {
        suggest_with(messages, word, "to fetch a reservation of that id: 'numres get ");
    } else if (is_option_without_dashes(word)) {
        char option[16];
        snprintf(option, sizeof option, "--%s", word);
        const struct suggestion meant = {{option}, 1};
        options_suggest(COMMAND_none, "command", word, &meant, messages);
    } else {
        options_refuse(COMMAND_none, "command", word, names, COMMAND_COUNT, messages);
    }
    return EXIT_WRONG_USE;
}

/* Whether the first word is an option without a command, such as --help. */
static bool begins_with_own_option(char *const *arguments, size_t count) {
    struct option_words words = {.command = COMMAND_none, .words = arguments, .count = count};
    struct option_word word;
    return option_words_next(&words, &word) && word.option != NULL;
}

/* Refuses an option that was given before the command that has it. */
static bool is_too_early(struct session *session, char **arguments, size_t count) {
    struct print *messages = &session->messages;
    const struct command *command = NULL;
    size_t at = 0;
    while (at < count && (command = find_command(arguments[at])) == NULL)
        at++;
    if (command == NULL)
        return false;
    /* The commands have the same order in both lists, but COMMAND_none comes first. */
    struct option_words words = {
        .command = (enum option_command)(command - commands) + 1, .words = arguments, .count = at};
    struct option_word word;
    if (!option_words_next(&words, &word) || word.option == NULL)
        return false;
    print_string(messages, "numres: the options of a command come after it: 'numres ");
    print_string(messages, command->name);
    print_string(messages, " ");
    print_safe(messages, word.text, word.length);
    /* A value may be a key by mistake. */
    print_string(messages,
                 word.value != NULL ? " ...'; see 'numres --help'\n" : "'; see 'numres --help'\n");
    return true;
}

/* Runs a command line without a known command: --help or --version, or a refusal. */
static int run_without_command(struct session *session, char **arguments, size_t count) {
    struct settings settings = {.format = NULL};
    if (!begins_with_own_option(arguments, count) && is_too_early(session, arguments, count))
        return EXIT_WRONG_USE;
    if (!options_read(COMMAND_none, arguments, count, &settings, &session->messages))
        return EXIT_WRONG_USE;
    if (settings.help) {
        print_string(&session->output, help);
        return EXIT_FINE;
    }
    if (settings.version)
        return version_command(session);
    if (settings.file_count > 0)
        return refuse_command(session, settings.files[0]);
    print_string(&session->messages, help);
    return EXIT_WRONG_USE;
}

/* Prints the help of the named command, or of numres: `numres help list` is `numres list
   --help`. */
int help_command(struct session *session, char **arguments, size_t count) {
    static char option[] = "--help";
    char *words[] = {option};
    if (count == 0)
        return run_without_command(session, words, 1);
    if (arguments[0][0] == '-')
        return run_without_command(session, arguments, count);
    const struct command *command = find_command(arguments[0]);
    if (command == NULL)
        return refuse_command(session, arguments[0]);
    if (count > 1) {
        print_string(&session->messages, "numres help: name one command; see 'numres --help'\n");
        return EXIT_WRONG_USE;
    }
    return command->run(session, words, 1);
}

static int run(struct session *session, char **arguments, size_t count) {
    const struct command *command = count > 0 ? find_command(arguments[0]) : NULL;
    if (command == NULL)
        return run_without_command(session, arguments, count);
    if (!clock_begin()) {
        print_string(&session->messages, "numres: NUMRES_NOW is not an RFC 3339 time such as "
                                         "2026-01-31T12:00:00Z\n");
        return EXIT_WRONG_USE;
    }
    return command->run(session, arguments + 1, count - 1);
}

/*
 * Opens /dev/null in place of a standard stream that the caller closed; otherwise
 * the next file opened would become that stream. Messages to a closed standard
 * error are dropped; the other two are opened the wrong way round, so that using
 * them fails as it would on a closed stream.
 */
static void occupy_closed_streams(void) {
    static const int modes[] = {O_WRONLY, O_RDONLY, O_WRONLY};
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0 && errno == EBADF)
            (void)open("/dev/null", modes[stream]);
}

/* Copies the arguments, because reading the options moves the files to their front. NULL: no
   memory. */
static char **copy_of(int count, char **arguments) {
    char **copy = calloc((size_t)count + 1, sizeof *copy);
    if (copy != NULL && count > 0)
        memcpy(copy, arguments, (size_t)count * sizeof *copy);
    return copy;
}

int main(int count, char **arguments) {
    /* Static, because its buffers and line starts would not fit on a small stack. */
    static struct session session;
    bool has_dashes = count > 2 && strcmp(arguments[1], "--") == 0;
    arguments += has_dashes ? 1 : 0;
    count -= has_dashes ? 1 : 0;
    size_t after_name = count > 0 ? 1 : 0;
    occupy_closed_streams();
    /* A write beyond the file size limit then fails and is reported. */
    signal(SIGXFSZ, SIG_IGN);
    print_begin(&session.output, STDOUT_FILENO);
    print_begin(&session.messages, STDERR_FILENO);
    session.command_line = copy_of(count, arguments);
    session.exit_code = run(&session, arguments + after_name, (size_t)count - after_name);
    return session_end(&session);
}
