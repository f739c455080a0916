/* The log of a build with log_lanes: what the lanes do with a page. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "numres/parser.h"
#include "process.h"

/* Numbers of one shape, a surprise (an unknown status), and numbers again. */
static void read_page(void) {
    static const char number[] = "{\"phone_number\":\"+13125550001\",\"status\":\"pending\"},";
    static const char surprise[] = "{\"phone_number\":\"+13125550001\",\"status\":\"released\"},";
    static const char end[] =
        "{\"phone_number\":\"+1\"}]}],\"meta\":{\"page_number\":1,\"page_size\":20}}";
    char page[8192] = "{\"data\":[{\"phone_numbers\":[";
    numres_handlers handlers = numres_handlers_default();
    numres_error error = numres_error_default();
    for (int at = 0; at < 8; at++)
        strcat(page, number);
    strcat(page, surprise);
    for (int at = 0; at < 8; at++)
        strcat(page, number);
    strcat(page, end);
    memset(page + strlen(page), ' ', 512); /* not near the chunk's end */
    cr_assert_eq(numres_parse(page, strlen(page), NULL, &handlers, NULL, &error), NUMRES_OK, "%s",
                 error.sentence);
}

Test(lane_log, tells_what_is_learned_what_surprises_and_which_lane_reads) {
    size_t length;
    int log = process_temporary_file();
    fflush(stderr);
    int kept = dup(STDERR_FILENO);
    cr_assert(kept >= 0 && dup2(log, STDERR_FILENO) == STDERR_FILENO);
    read_page();
    fflush(stderr);
    cr_assert_eq(dup2(kept, STDERR_FILENO), STDERR_FILENO);
    close(kept);
    char *text = process_whole_file(log, &length);
    const char *learned = strstr(text, "numres: learned a number of ");
    cr_expect_not_null(strstr(text, "numres: learned a part of a reservation of "), "%s", text);
    cr_expect_not_null(strstr(text, "numres: learned a meta of "), "%s", text);
    const char *surprise = strstr(text, ": a surprise; the general lane keeps ");
    const char *general = strstr(text, ": the general lane reads\n");
    const char *fast = strstr(text, ": the fast lane reads\n");
    cr_expect(learned != NULL && surprise != NULL && general != NULL && fast != NULL, "%s", text);
    cr_expect(learned < surprise && surprise < general && general < fast, "%s", text);
    free(text);
}
