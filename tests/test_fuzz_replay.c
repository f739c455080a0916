/*
 * Runs every fuzz target's replay program on the whole corpus: no promise is broken, and
 * every file is read.
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"
#include "support.h"

enum { MOST_TARGETS = 12, NAME_SIZE = 32 };

typedef struct target {
    char name[NAME_SIZE];
} target;

static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value ? value : ".";
}

/* The first words of the lines in fuzz/targets.txt. */
static size_t list_targets(target *targets) {
    char path[PATH_SIZE];
    snprintf(path, sizeof(path), "%s/fuzz/targets.txt", variable("NUMRES_SOURCE_DIR"));
    file_bytes file = read_file(path);
    size_t count = 0;
    for (const char *line = file.bytes; line && *line && count < MOST_TARGETS;) {
        size_t length = strcspn(line, " \n");
        if (length < NAME_SIZE) {
            memcpy(targets[count++].name, line, length);
        }
        line += strcspn(line, "\n");
        line += *line ? 1 : 0;
    }
    free(file.bytes);
    return count;
}

ParameterizedTestParameters(fuzz_replay, target) {
    target *targets = cr_calloc(MOST_TARGETS, sizeof(target));
    return cr_make_param_array(target, targets, list_targets(targets), NULL);
}

/* The folders of corpus/ that every target reads, those of the other targets included.
   Returns how many. */
static size_t list_folders(char folders[][PATH_SIZE]) {
    target targets[MOST_TARGETS] = {{""}};
    size_t count = list_targets(targets);
    for (size_t place = 0; place < count; place++) {
        corpus_path(folders[place], PATH_SIZE, "fuzz", targets[place].name);
    }
    corpus_path(folders[count++], PATH_SIZE, "pages", "");
    corpus_path(folders[count++], PATH_SIZE, "broken", "");
    return count;
}

ParameterizedTest(target *target, fuzz_replay, target) {
    static char folders[MOST_TARGETS + 2][PATH_SIZE];
    const char *arguments[MOST_TARGETS + 3] = {NULL};
    char program[PATH_SIZE];
    for (size_t count = list_folders(folders); count > 0; count--) {
        arguments[count - 1] = folders[count - 1];
    }
    snprintf(program, sizeof(program), "%s/fuzz/replay_%s", variable("NUMRES_BUILD_DIR"),
             target->name);
    setenv("NUMRES_TOOL", program, 1);
    outcome outcome = process_run(&(invocation){.arguments = arguments});
    unsigned long replayed = 0;
    cr_expect_eq(outcome.exit_code, 0, "%s: %s", program, outcome.messages);
    cr_expect_eq(sscanf(outcome.output, "replayed: %lu\n", &replayed), 1, "%s", outcome.output);
    cr_expect_geq(replayed, 500u);
    outcome_free(&outcome);
}

Test(fuzz_replay, says_which_file_cannot_be_read) {
    char program[PATH_SIZE];
    snprintf(program, sizeof(program), "%s/fuzz/replay_parse", variable("NUMRES_BUILD_DIR"));
    setenv("NUMRES_TOOL", program, 1);
    expect_run("no-such-file", "", 3, "replayed: 0\n", "no-such-file: No such file or directory\n");
}

/* Otherwise a folder that is unreadable, or holds only folders, would look replayed. */
Test(fuzz_replay, a_folder_without_a_file_is_an_error) {
    char program[PATH_SIZE];
    char folder[PATH_SIZE];
    char message[PATH_SIZE + 32];
    snprintf(program, sizeof(program), "%s/fuzz/replay_parse", variable("NUMRES_BUILD_DIR"));
    setenv("NUMRES_TOOL", program, 1);
    corpus_path(folder, sizeof(folder), "fuzz", "");
    snprintf(message, sizeof(message), "%s: no file in it\n", folder);
    const char *arguments[] = {folder, NULL};
    outcome outcome = process_run(&(invocation){.arguments = arguments});
    cr_expect_eq(outcome.exit_code, 3);
    cr_expect_str_eq(outcome.messages, message);
    cr_expect_str_eq(outcome.output, "replayed: 0\n");
    outcome_free(&outcome);
}
