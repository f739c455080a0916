/* examples/next_page.c, as a reader would run it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "process.h"

Test(list_pager_example, pages_to_the_first_empty_one) {
    static const char request[] =
        "GET /v2/number_reservations?filter%5Bstatus%5D=pending"
        "&filter%5Bcreated_at%5D%5Bgt%5D=2018-01-01T00%3A00%3A00Z&page%5Bsize%5D=50";
    const char *const arguments[] = {"50", "5", NULL};
    char program[4096], expected[1024];
    const char *build = getenv("NUMRES_BUILD_DIR");
    snprintf(program, sizeof program, "%s/examples/next_page", build != NULL ? build : ".");
    snprintf(expected, sizeof expected,
             "%s\n%s&page%%5Bnumber%%5D=2\n%s&page%%5Bnumber%%5D=3\n"
             "the list is complete: the last page was empty\n",
             request, request, request);
    invocation invocation = {.arguments = arguments, .program = program};
    outcome outcome = process_run(&invocation);
    cr_assert_eq(outcome.exit_code, 0);
    cr_assert_str_eq(outcome.output, expected);
    cr_assert_str_empty(outcome.messages);
    outcome_free(&outcome);
}
