/* numres list, interrupted and resumed at random: see tests/list_trials.c. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>

/* Three tests of a hundred trials, each with its own seed, run in parallel. */
static void run_trials(unsigned int seed) {
    char command[1024];
    /* A process forked from the middle of the program has nothing to free at its end. */
    snprintf(command, sizeof command, "ASAN_OPTIONS=detect_leaks=0 '%s/tests/list_trials' 100 %u",
             getenv("NUMRES_BUILD_DIR"), seed);
    cr_assert_eq(system(command), 0, "%s", command);
}

Test(tool_list_trials, nothing_is_lost_or_comes_twice) {
    run_trials(1);
}

Test(tool_list_trials, nothing_is_lost_with_other_chances) {
    run_trials(2);
}

Test(tool_list_trials, nothing_is_lost_with_a_third_set_of_chances) {
    run_trials(3);
}
