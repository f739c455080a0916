/* The question of numres extend. */
#include "question.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../run/report.h"
#include "wait.h"

/* More ids are counted, not named. */
#define MOST_NAMED 20

static void name_all(struct print *messages, char *const *ids, size_t count) {
    for (size_t at = 0; at < count && at < MOST_NAMED; at++) {
        print_string(messages, "  ");
        print_safe(messages, ids[at], strlen(ids[at]));
        print_string(messages, "\n");
    }
    if (count > MOST_NAMED) {
        print_string(messages, "  and ");
        print_number(messages, count - MOST_NAMED);
        print_string(messages, " more\n");
    }
}

/* A line of the terminal, unless a signal comes first. */
static bool is_yes(void) {
    char line[16] = "";
    struct pollfd ends[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                            {.fd = interrupt_descriptor(), .events = POLLIN}};
    poll(ends, 2, -1);
    if (interrupt_came())
        return false;
    ssize_t length = read(STDIN_FILENO, line, sizeof line - 1);
    line[length < 0 ? 0 : length] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    return strcmp(line, "y") == 0 || strcmp(line, "Y") == 0 || strcmp(line, "yes") == 0;
}

bool question_extend(struct exchange *exchange, char *const *ids, size_t count) {
    struct session *session = exchange->session;
    struct print *messages = &session->messages;
    char words[80];
    snprintf(words, sizeof words, "%zu reservation%s", count, count == 1 ? "" : "s");
    if (!isatty(STDIN_FILENO) || !isatty(messages->descriptor)) {
        session_raise_exit_code(session, EXIT_WRONG_USE);
        report_failure(session, NULL, words,
                       count == 1 ? " expires; there is no terminal to ask on: give --yes to "
                                    "extend it, or --dry-run to see it"
                                  : " expire; there is no terminal to ask on: give --yes to "
                                    "extend them, or --dry-run to see them");
        return false;
    }
    progress_hide(&session->progress);
    name_all(messages, ids, count);
    print_string(messages, "Extend ");
    print_string(messages, count == 1 ? "this " : "these ");
    print_string(messages, words);
    print_string(messages, "? [y/N] ");
    print_flush(messages);
    if (is_yes())
        return true;
    report_failure(session, NULL, "nothing was extended", "");
    return false;
}
