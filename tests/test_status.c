/* Statuses: exact texts, an open set. */
#include <numres/types.h>

#include <criterion/criterion.h>
#include <string.h>

static numres_status parse(const char *text) {
    return numres_status_parse(text, strlen(text));
}

Test(status, the_three_names) {
    cr_assert_eq(parse("pending"), NUMRES_STATUS_PENDING);
    cr_assert_eq(parse("success"), NUMRES_STATUS_SUCCESS);
    cr_assert_eq(parse("failure"), NUMRES_STATUS_FAILURE);
}

Test(status, names_and_texts_agree) {
    for (int value = NUMRES_STATUS_PENDING; value <= NUMRES_STATUS_FAILURE; value++) {
        cr_assert_eq(parse(numres_status_name((numres_status)value)), (numres_status)value);
    }
    cr_assert_str_eq(numres_status_name(NUMRES_STATUS_PENDING), "pending");
    cr_assert_str_eq(numres_status_name(NUMRES_STATUS_SUCCESS), "success");
    cr_assert_str_eq(numres_status_name(NUMRES_STATUS_FAILURE), "failure");
    cr_assert_str_eq(numres_status_name(NUMRES_STATUS_UNKNOWN), "unknown");
}

Test(status, a_number_that_is_no_status_is_named_unknown) {
    cr_assert_str_eq(numres_status_name((numres_status)4), "unknown");
    cr_assert_str_eq(numres_status_name((numres_status)1000), "unknown");
}

Test(status, anything_else_is_unknown) {
    static const char *const others[] = {"",          "Pending",         "PENDING",  "pending ",
                                         " pending",  "pendin",          "pendings", "failed",
                                         "succeeded", "partial_success", "unknown",  "p"};
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
    for (int value = NUMRES_STATUS_PENDING; value <= NUMRES_STATUS_FAILURE; value++) {
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
