/* Ids in the table: shortened as long as they stay unique. */
#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../tools/show/table.h"
#include "table_text.h"
#include "terminal.h"

TestSuite(tool_short_ids, .init = directory_enter, .fini = directory_leave, .timeout = 120);

static size_t length_of(struct short_ids *ids, const char *id) {
    return short_ids_length(ids, (numres_text){id, strlen(id)});
}

#define ID "12ade33a-21c0-473b-b055-b3c836e1c292"

Test(tool_short_ids, the_first_of_a_block_is_short) {
    struct short_ids ids = {NULL, 0, 0};
    cr_expect_eq(length_of(&ids, ID), (size_t)SHORT_ID_LENGTH);
    cr_expect_eq(length_of(&ids, "12ade33a-21c0-473b-b055-b3c836e1c293"), (size_t)WHOLE_ID_LENGTH);
    cr_expect_eq(length_of(&ids, "12ade33b-21c0-473b-b055-b3c836e1c292"), (size_t)SHORT_ID_LENGTH);
    /* The same two again. */
    cr_expect_eq(length_of(&ids, ID), (size_t)SHORT_ID_LENGTH);
    cr_expect_eq(length_of(&ids, "12ade33a-21c0-473b-b055-b3c836e1c293"), (size_t)WHOLE_ID_LENGTH);
    /* RFC 9562 section 4: case does not matter. */
    cr_expect_eq(length_of(&ids, "12ADE33A-21c0-473b-b055-b3c836e1c292"), (size_t)SHORT_ID_LENGTH);
    cr_expect_eq(length_of(&ids, "12ADE33A-21c0-473b-b055-b3c836e1c294"), (size_t)WHOLE_ID_LENGTH);
    short_ids_end(&ids);
}

Test(tool_short_ids, what_is_no_uuid_stays_whole) {
    static const char *const others[] = {"",
                                         "one",
                                         "12ade33a",
                                         "12ade33a-21c0-473b-b055-b3c836e1c29",
                                         "12ade33a-21c0-473b-b055-b3c836e1c2922",
                                         "12ade33a-21c0-473b-b055-b3c836e1c29x",
                                         "12ade33a-21c0-473b-b0555b3c836e1c292",
                                         "12ade33a-21c0-473b-b05--b3c836e1c292"};
    struct short_ids ids = {NULL, 0, 0};
    for (size_t at = 0; at < sizeof others / sizeof others[0]; at++)
        cr_expect_eq(length_of(&ids, others[at]), strlen(others[at]), "%s", others[at]);
    cr_expect_eq(ids.count, 0);
    short_ids_end(&ids);
}

static size_t length_of_number(struct short_ids *ids, unsigned int block, unsigned int rest) {
    char id[40];
    snprintf(id, sizeof id, "%08x-21c0-473b-b055-b3c8%08x", block, rest);
    return length_of(ids, id);
}

/* First blocks that count up, as in time-ordered ids, and blocks with equal low bits. */
Test(tool_short_ids, many_are_told_apart_until_too_many_came) {
    struct short_ids ids = {NULL, 0, 0};
    for (unsigned int at = 0; at < SHORT_IDS_MOST; at++)
        cr_assert_eq(length_of_number(&ids, at < 16000 ? at : at << 16, 1), (size_t)SHORT_ID_LENGTH,
                     "%u", at);
    cr_expect_eq(length_of_number(&ids, 77, 1), (size_t)SHORT_ID_LENGTH);
    cr_expect_eq(length_of_number(&ids, 77, 2), (size_t)WHOLE_ID_LENGTH);
    cr_expect_eq(length_of_number(&ids, 0xffffffff, 1), (size_t)WHOLE_ID_LENGTH);
    short_ids_end(&ids);
}

#define OTHER_ID "12ade33a-0000-473b-b055-b3c836e1c292"

/* Shows reservations with these ids at a terminal. */
static void expect_ids(unsigned short columns, const char *option, const char *expected) {
    const char *arguments[] = {"show", "--no-pager", "page.json", option, NULL};
    static const char *const environment[] = {"NO_COLOR=1", NULL};
    file_write_text("page.json", "{\"data\":[{\"id\":\"" ID "\"},{\"id\":\"" OTHER_ID
                                 "\"},{\"id\":\"" ID "\"}]}");
    outcome outcome =
        terminal_run(&(invocation){.arguments = arguments, .environment = environment},
                     TERMINAL_OUTPUT, columns);
    expect_part(outcome.output, expected);
    outcome_free(&outcome);
}

/* The first one had been printed before the second came. */
#define EXPLAINED "\n\nShortened above, but not unique:\n  " ID "\n\n3 reservations"

Test(tool_short_ids, a_short_one_that_is_not_unique_is_told_whole_below) {
    expect_ids(80, NULL, EXPLAINED);
    expect_ids(40, NULL, EXPLAINED);
    expect_ids(102, NULL, ID "\n\n3 reservations");
}

Test(tool_short_ids, one_that_must_be_whole_has_a_line_of_its_own) {
    expect_ids(80, NULL,
               HEADER_AT_80 "-         " NOTHING_AT_80 "12ade33a\n"
                            "-         -                                     -\n"
                            "          " OTHER_ID "\n"
                            "-         " NOTHING_AT_80 "12ade33a\n\n");
    expect_ids(40, NULL,
               "-        -                12ade33a\n"
               "-        -\n"
               "    " OTHER_ID "\n"
               "-        -                12ade33a\n\n");
}

Test(tool_short_ids, ids_are_whole_where_there_is_room) {
    expect_ids(101, NULL, "                 12ade33a\n");
    expect_ids(102, NULL,
               "-         " NOTHING_AT_80 ID "\n"
               "-         " NOTHING_AT_80 OTHER_ID "\n"
               "-         " NOTHING_AT_80 ID "\n\n");
    expect_ids(80, "--wide", "-         " NOTHING_AT_80 OTHER_ID "\n");
}
