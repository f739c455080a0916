/* Statuses: exact texts, an open set. */
#include <numres/types.h>

#include <criterion/criterion.h>
#include <string.h>

static numres_status parse(const char *text) {
    return numres_status_parse(text, strlen(text));
}

/* Checks both directions: from the name to the status and back. */
static void expect_name(const char *name, numres_status status, int number) {
    cr_assert_eq(parse(name), status, "%s", name);
    cr_assert_str_eq(numres_status_name(status), name);
    cr_assert_eq((int)status, number, "%s has another number", name);
}

Test(status, names_and_numbers_that_never_change) {
    expect_name("pending", NUMRES_STATUS_PENDING, 1);
    expect_name("success", NUMRES_STATUS_SUCCESS, 2);
    expect_name("failure", NUMRES_STATUS_FAILURE, 3);
    expect_name("partial_success", NUMRES_STATUS_PARTIAL_SUCCESS, 4);
    expect_name("failed", NUMRES_STATUS_FAILED, 5);
    cr_assert_eq((int)NUMRES_STATUS_UNKNOWN, 0);
    cr_assert_str_eq(numres_status_name(NUMRES_STATUS_UNKNOWN), "unknown");
}

Test(status, every_line_of_the_table_is_a_name) {
#define TRY(NAME, NUMBER, word, COUNTS_AS, SOURCE) expect_name(word, NUMRES_STATUS_##NAME, NUMBER);
    NUMRES_STATUSES(TRY)
}

Test(status, the_sentence_of_an_unknown_one_names_all) {
    const char *sentence = numres_code_sentence(NUMRES_UNKNOWN_STATUS);
#define IS_NAMED(NAME, NUMBER, word, COUNTS_AS, SOURCE)                                            \
    cr_assert_not_null(strstr(sentence, word), "%s", word);
    NUMRES_STATUSES(IS_NAMED)
}

Test(status, a_number_that_is_no_status_is_named_unknown) {
    cr_assert_str_eq(numres_status_name((numres_status)NUMRES_STATUS_COUNT), "unknown");
    cr_assert_str_eq(numres_status_name((numres_status)1000), "unknown");
}

Test(status, anything_else_is_unknown) {
    static const char *const others[] = {
        "",         "Pending", "PENDING",  "pending ",        " pending",         "pendin",
        "pendings", "fail",    "failed ",  "failures",        "succeeded",        "partial",
        "unknown",  "p",       "partial_", "partial_failure", "partial_successes"};
    for (size_t at = 0; at < sizeof others / sizeof others[0]; at++) {
        cr_assert_eq(parse(others[at]), NUMRES_STATUS_UNKNOWN, "%s", others[at]);
    }
}

Test(status, the_length_counts_and_no_nul_does) {
    cr_assert_eq(numres_status_parse("pending\0", 8), NUMRES_STATUS_UNKNOWN);
    cr_assert_eq(numres_status_parse("pend\0ng", 7), NUMRES_STATUS_UNKNOWN);
    cr_assert_eq(numres_status_parse("pending and more", 7), NUMRES_STATUS_PENDING);
    cr_assert_eq(numres_status_parse("pending", 0), NUMRES_STATUS_UNKNOWN);
}

Test(status, null_is_unknown) {
    cr_assert_eq(numres_status_parse(NULL, 0), NUMRES_STATUS_UNKNOWN);
    cr_assert_eq(numres_status_parse(NULL, 7), NUMRES_STATUS_UNKNOWN);
}

Test(status, every_single_byte_mutation_is_unknown) {
    for (int value = 1; value < NUMRES_STATUS_COUNT; value++) {
        const char *name = numres_status_name((numres_status)value);
        size_t length = strlen(name);
        for (size_t at = 0; at < length; at++) {
            for (int byte = 0; byte < 256; byte++) {
                char text[16];
                memcpy(text, name, length);
                text[at] = (char)byte;
                numres_status expected =
                    text[at] == name[at] ? (numres_status)value : NUMRES_STATUS_UNKNOWN;
                cr_assert_eq(numres_status_parse(text, length), expected);
            }
        }
    }
}
