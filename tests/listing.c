#include "listing.h"

#include <criterion/criterion.h>
#include <numres.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/data_set.h"

#define WAITS "waits"

/* After the first comma and blank. */
#define AFTER_COMMA(NAME, NUMBER, word, COUNTS_AS, SOURCE) ", " word
const char *const listing_statuses = &(NUMRES_STATUSES(AFTER_COMMA))[2];

void asking_prepare(listing_run *run, const api_server *server, const char *command_line,
                    const char *variable) {
    size_t count = 0;
    char *rest = NULL;
    memset(run, 0, sizeof *run);
    snprintf(run->copy, sizeof run->copy, "%s", command_line);
    for (char *word = strtok_r(run->copy, " ", &rest);
         word != NULL && count + 1 < sizeof run->words / sizeof *run->words;
         word = strtok_r(NULL, " ", &rest))
        run->words[count++] = word;
    snprintf(run->variables[0], sizeof run->variables[0], "TELNYX_API_KEY=%s", API_SERVER_KEY);
    snprintf(run->variables[1], sizeof run->variables[1], "TELNYX_BASE_URL=%s", server->base_url);
    snprintf(run->variables[2], sizeof run->variables[2], "NUMRES_WAITS=" WAITS);
    for (size_t at = 0; at < 3; at++)
        run->environment[at] = run->variables[at];
    run->environment[3] = variable;
    snprintf(run->program, sizeof run->program, "%s/tests/numres_without_waits",
             getenv("NUMRES_BUILD_DIR"));
    run->invocation.arguments = run->words;
    run->invocation.environment = run->environment;
    run->invocation.program = run->program;
}

void listing_prepare(listing_run *run, const api_server *server, const char *arguments) {
    char command_line[1024];
    snprintf(command_line, sizeof command_line, "list %s", arguments);
    asking_prepare(run, server, command_line, NULL);
}

outcome listing(const api_server *server, const char *arguments) {
    listing_run run;
    listing_prepare(&run, server, arguments);
    return process_run(&run.invocation);
}

static void expect_outcome(outcome outcome, const char *command_line, int exit_code,
                           const char *output, const char *message) {
    if (output != NULL)
        cr_expect(strcmp(outcome.output, output) == 0, "numres %s shows:\n%s\nnot:\n%s",
                  command_line, outcome.output, output);
    if (message != NULL && message[0] == '\0')
        cr_expect(outcome.messages_length == 0, "numres %s says:\n%s", command_line,
                  outcome.messages);
    else if (message != NULL)
        expect_part(outcome.messages, message);
    cr_expect(outcome.exit_code == exit_code, "numres %s ended with %d, not %d; it said:\n%s",
              command_line, outcome.exit_code, exit_code, outcome.messages);
    outcome_free(&outcome);
}

void expect_asking(const api_server *server, const char *command_line, const char *variable,
                   int exit_code, const char *output, const char *message) {
    listing_run run;
    asking_prepare(&run, server, command_line, variable);
    expect_outcome(process_run(&run.invocation), command_line, exit_code, output, message);
}

void expect_listing(const api_server *server, const char *arguments, int exit_code,
                    const char *output, const char *message) {
    char command_line[1024];
    snprintf(command_line, sizeof command_line, "list %s", arguments);
    expect_asking(server, command_line, NULL, exit_code, output, message);
}

const char *ids_of(int64_t first, int64_t last) {
    static char *text;
    size_t lines = last < first ? 0 : (size_t)(last - first + 1);
    free(text);
    text = calloc(lines * DATA_SET_ID_SIZE + 1, 1);
    cr_assert(text != NULL);
    char *at = text;
    for (int64_t number = first; number <= last; number++) {
        reservation reservation = data_set_reservation(number);
        at += sprintf(at, "%s\n", reservation.id);
    }
    return text;
}

int64_t wait_noted(size_t place) {
    FILE *file = fopen(WAITS, "r");
    long long milliseconds = -1;
    if (file == NULL)
        return -1;
    for (size_t at = 0; at <= place; at++)
        if (fscanf(file, "%lld", &milliseconds) != 1)
            milliseconds = -1;
    fclose(file);
    return milliseconds;
}

size_t waits_count(void) {
    size_t count = 0;
    while (wait_noted(count) >= 0)
        count++;
    return count;
}

void expect_requests(const api_server *server, size_t count) {
    size_t found = api_server_requests(server);
    cr_expect(found == count, "%zu requests were sent, not %zu", found, count);
}

void expect_field(const api_server *server, size_t line, size_t field, const char *text) {
    char found[512];
    api_server_field(server, line, field, found, sizeof found);
    cr_expect(strcmp(found, text) == 0, "request %zu, field %zu: \"%s\", not \"%s\"", line, field,
              found, text);
}

void expect_interrupted_in_silence(api_server *server, const char *command_line) {
    listing_run run;
    int status = 0;
    int output = process_temporary_file();
    asking_prepare(&run, server, command_line, NULL);
    pid_t child = fork();
    if (child == 0)
        process_become_tool(&run.invocation, STDIN_FILENO, output, process_temporary_file());
    api_server_say(server, "stalled 1");
    kill(child, SIGINT);
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 130, "status %d", status);
    char *text = process_whole_file(output, &(size_t){0});
    cr_expect_str_eq(text, "");
    free(text);
}
