/* Numerals that are integers, however they are written. */
#include "both_lanes.h"
#include "records.h"
#include "support.h"
#include "token/numeral.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static bool reads(const char *digits, uint64_t *value) {
    return numres_numeral_integer((numres_text){digits, strlen(digits)}, value);
}

/* No numeral is empty; if one were, nothing after it may be read. */
Test(number, an_empty_text_is_not_looked_into) {
    uint64_t value = 77;
    guard guard = guard_create(1);
    cr_assert(numres_numeral_integer((numres_text){guard.end, 0}, &value));
    cr_assert_eq(value, 0);
    guard_destroy(&guard);
}

Test(number, integers) {
    static const struct {
        const char *text;
        uint64_t value;
    } cases[] = {
        {"0", 0},
        {"-0", 0},
        {"0.0", 0},
        {"-0.000", 0},
        {"0e0", 0},
        {"0e999999999999999999999999", 0},
        {"0.00E-99999999999999999999", 0},
        {"-0e5", 0},
        {"1.0", 1},
        {"1e0", 1},
        {"1E+0", 1},
        {"1e-0", 1},
        {"10e-1", 1},
        {"1.50e1", 15},
        {"0.002e3", 2},
        {"0.002e4", 20},
        {"123.4500e2", 12345},
        {"100000000000000000000e-20", 1},
        {"0.00000000000000000000000000001e29", 1},
        {"9223372036854775807", UINT64_C(9223372036854775807)},
        {"9223372036854775807.000", UINT64_C(9223372036854775807)},
        {"9.223372036854775807e18", UINT64_C(9223372036854775807)},
        {"92233720368547758070e-1", UINT64_C(9223372036854775807)},
        {"1e18", UINT64_C(1000000000000000000)},
    };
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        uint64_t value = 77;
        cr_assert(reads(cases[at].text, &value), "%s", cases[at].text);
        cr_assert_eq(value, cases[at].value, "%s", cases[at].text);
    }
}

Test(number, others) {
    static const char *const others[] = {"1.5",
                                         "0.1",
                                         "1e-1",
                                         "15e-1",
                                         "1.05e1",
                                         "-1",
                                         "-1.0",
                                         "-1e0",
                                         "9223372036854775808",
                                         "1e19",
                                         "9.99e18",
                                         "9.223372036854775808e18",
                                         "1e400",
                                         "1e-400",
                                         "1e99999999999999999999999999",
                                         "10e-99",
                                         "1e-99999999999999999999999",
                                         "99999999999999999999",
                                         "18446744073709551616",
                                         "-9223372036854775808",
                                         "9999999999999999999.0e0"};
    for (size_t at = 0; at < sizeof others / sizeof others[0]; at++) {
        uint64_t value = 77;
        cr_assert_not(reads(others[at], &value), "%s", others[at]);
        cr_assert_eq(value, 77, "%s", others[at]);
    }
}

/* All numerals of few digits, compared with integer arithmetic. */
Test(number, every_short_one) {
    static const unsigned int powers[] = {1, 10, 100, 1000};
    for (unsigned int whole = 0; whole < 30; whole++) {
        for (unsigned int fraction = 0; fraction < 100; fraction++) {
            for (int exponent = -3; exponent <= 3; exponent++) {
                char text[32];
                uint64_t value = 0;
                snprintf(text, sizeof text, "%u.%02ue%d", whole, fraction, exponent);
                unsigned int hundredths = whole * 100 + fraction;
                unsigned int divisor = 100 * (exponent < 0 ? powers[-exponent] : 1);
                unsigned int scaled = hundredths * (exponent > 0 ? powers[exponent] : 1);
                bool is_integer = scaled % divisor == 0;
                cr_assert_eq(reads(text, &value), is_integer, "%s", text);
                if (is_integer)
                    cr_assert_eq(value, scaled / divisor, "%s", text);
            }
        }
    }
}

Test(number, both_lanes_read_them) {
    expect_both_lanes_everywhere("{'meta':{'page_size':2.0,'page_number':10e-1,'total_pages':-0,"
                                 "'total_results':1.5},'data':[]}",
                                 "-");
    expect_both_lanes_everywhere("{'data':[],'meta':{'page_size':1e400,'page_number':0e9999999}}",
                                 "max-value=1");
}

/* For a numeral of more than 256 bytes, the chunks must not decide whether it is an integer. */
static void expect_page_size(size_t length, size_t problems) {
    char text[600] = "{'data':[],'meta':{'page_size':1.";
    size_t start = strlen(text);
    memset(text + start, '0', length - 2);
    strcpy(text + start + length - 2, "}}");
    records kept = read_document(text, NULL, NULL, NULL);
    expect_problem_count(&kept, problems);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_META, 0)->meta.page_size, problems == 0 ? 1 : 0);
    cr_assert_eq(event_of(&kept, NUMRES_EVENT_META, 0)->raw[NUMRES_META_PAGE_SIZE].length, 256);
    records_close(&kept);
    expect_both_lanes_everywhere(text, "max-value=8");
}

Test(number, very_long_ones_are_out_of_range) {
    expect_page_size(256, 0);
    expect_page_size(257, 1);
    expect_page_size(400, 1);
}
