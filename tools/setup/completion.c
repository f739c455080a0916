/* numres completion: prints the completion script of a shell. main.c calls it. The build makes the
   scripts from completions/ and options.def. */
#include "completion.h"

#include <string.h>

#include "../run/session.h"

static const struct help help = {
    10,
    " bash|zsh|fish\n"
    "\n"
    "Prints the completion script of a shell, for use if numres was installed\n"
    "without its completion files.\n"
    "\n",
    "\n"
    "Exit status: 0 success; 2 usage error; 3 output failed.\n"
    "\n"
    "Examples:\n"
    "  numres completion bash > numres.bash\n"
    "  numres completion zsh > _numres\n"
    "  numres completion fish > numres.fish\n",
};

static const struct {
    const char *name;
    const char *const *lines;
} shells[] = {
    {"bash", completion_bash},
    {"zsh", completion_zsh},
    {"fish", completion_fish},
};

#define SHELL_COUNT (sizeof shells / sizeof shells[0])

static int print_script(struct print *print, const char *const *lines) {
    for (; *lines != NULL; lines++)
        print_string(print, *lines);
    return EXIT_FINE;
}

int completion_command(struct session *session, char **arguments, size_t count) {
    struct settings settings = {.format = NULL};
    const struct teller teller = {COMMAND_completion, &session->messages};
    if (!session_read_options(session, COMMAND_completion, &help, arguments, count, &settings))
        return session->exit_code;
    for (size_t at = 0; settings.file_count == 1 && at < SHELL_COUNT; at++)
        if (strcmp(settings.files[0], shells[at].name) == 0)
            return print_script(&session->output, shells[at].lines);
    teller_refuse_use(&teller, "name one shell: bash, zsh or fish");
    return EXIT_WRONG_USE;
}
