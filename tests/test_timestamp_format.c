/* Writing timestamps. */
#include "support.h"
#include "timestamps.h"

Test(timestamp_format, format_with_every_buffer_size) {
    static const char *const texts[] = {"2018-08-24T10:27:30Z", "2018-08-24T10:27:30.123456Z",
                                        "2016-12-31T15:59:60.123456789-08:00"};
    for (size_t which = 0; which < 3; which++) {
        numres_timestamp timestamp;
        size_t length = strlen(texts[which]);
        cr_assert(parse(texts[which], &timestamp));
        for (size_t size = 0; size <= NUMRES_TIMESTAMP_SIZE; size++) {
            char *buffer = malloc(size == 0 ? 1 : size);
            memset(buffer, 'x', size == 0 ? 1 : size);
            cr_assert_eq(numres_timestamp_format(&timestamp, buffer, size), length);
            if (size == 0) {
                cr_assert_eq(buffer[0], 'x');
            } else if (size <= length) {
                cr_assert_str_eq(buffer, "");
                for (size_t at = 1; at < size; at++) {
                    cr_assert_eq(buffer[at], 'x');
                }
            } else {
                cr_assert_str_eq(buffer, texts[which]);
            }
            free(buffer);
        }
    }
}

Test(timestamp_format, the_longest_text_fits_the_documented_size) {
    cr_assert_eq(strlen("2016-12-31T15:59:60.123456789-08:00") + 1, NUMRES_TIMESTAMP_SIZE);
}

static void expect_no_text(numres_timestamp timestamp, const char *why) {
    char buffer[NUMRES_TIMESTAMP_SIZE];
    cr_assert_eq(numres_timestamp_format(&timestamp, buffer, sizeof buffer), 0, "%s", why);
}

Test(timestamp_format, values_that_no_text_can_give) {
    const numres_timestamp good = {0, 0, 0, 0, false, false};
    numres_timestamp bad = good;
    bad.nanoseconds = 1000000000;
    bad.fraction_digits = 9;
    expect_no_text(bad, "a billion nanoseconds");
    bad = good;
    bad.fraction_digits = 10;
    expect_no_text(bad, "ten digits");
    bad.fraction_digits = 255;
    expect_no_text(bad, "255 digits");
    bad = good;
    bad.nanoseconds = 1;
    bad.fraction_digits = 8;
    expect_no_text(bad, "nanoseconds that the digits do not show");
    static const int16_t offsets[] = {1440, -1440, INT16_MAX, INT16_MIN};
    for (size_t at = 0; at < 4; at++) {
        bad = good;
        bad.offset_minutes = offsets[at];
        expect_no_text(bad, "offset");
    }
    bad = good;
    bad.unknown_offset = true;
    bad.offset_minutes = 1;
    expect_no_text(bad, "an unknown offset of a minute");
}

Test(timestamp_format, years_that_no_text_can_give) {
    static const struct {
        int64_t seconds;
        int16_t offset;
        size_t length;
    } cases[] = {
        {INT64_C(-62167219200), 0, 20},
        {INT64_C(-62167219201), 0, 0},
        {INT64_C(-62167219201), 1, 25},
        {INT64_C(-62167219200), -1, 0},
        {INT64_C(-62167305540), 1439, 25},
        {INT64_C(-62167305541), 1439, 0},
        {INT64_C(253402300799), 0, 20},
        {INT64_C(253402300800), 0, 0},
        {INT64_C(253402300800), -1, 25},
        {INT64_C(253402300799), 1, 0},
        {INT64_C(253402387139), -1439, 25},
        {INT64_C(253402387140), -1439, 0},
        {INT64_MIN, -1439, 0},
        {INT64_MAX, 1439, 0},
        {INT64_MIN, 0, 0},
        {INT64_MAX, 0, 0},
        {INT64_MIN, 1439, 0},
        {INT64_MAX, -1439, 0},
    };
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        numres_timestamp timestamp = {cases[at].seconds, 0, cases[at].offset, 0, false, false};
        char buffer[NUMRES_TIMESTAMP_SIZE];
        cr_assert_eq(numres_timestamp_format(&timestamp, buffer, sizeof buffer), cases[at].length,
                     "case %zu", at);
    }
}

Test(timestamp_format, leap_seconds_that_no_text_can_give) {
    static const struct {
        int64_t seconds;
        int16_t offset;
        const char *text; /* NULL: none */
    } cases[] = {
        {1483228800, 0, "2016-12-31T23:59:60Z"},
        {1483228800, 330, "2017-01-01T05:29:60+05:30"},
        {1483228801, 0, NULL},
        {1483228799, 0, NULL},
        {1483228800 + 86400, 0, NULL},
        {1483228800 + 86400, 1439, NULL},
        {INT64_C(253402300800), 0, "9999-12-31T23:59:60Z"},
        {INT64_C(253402300800), 1, NULL},
        {INT64_C(253402300800), -1, "9999-12-31T23:58:60-00:01"},
        {INT64_C(-62167219200), 0, NULL},
        {INT64_C(-62167219200), 1, "0000-01-01T00:00:60+00:01"},
        {INT64_MIN, 0, NULL},
        {INT64_MAX, 0, NULL},
    };
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        numres_timestamp timestamp = {cases[at].seconds, 0, cases[at].offset, 0, false, true};
        char buffer[NUMRES_TIMESTAMP_SIZE];
        const char *expected = cases[at].text == NULL ? "" : cases[at].text;
        size_t length = numres_timestamp_format(&timestamp, buffer, sizeof buffer);
        cr_assert_eq(length, strlen(expected), "case %zu", at);
        if (length != 0) {
            cr_assert_str_eq(buffer, expected);
        }
    }
}

Test(timestamp_format, random_values_come_back_equal) {
    uint64_t state = 20180824;
    size_t differences = 0, written = 0;
    for (int round = 0; round < 300000; round++) {
        numres_timestamp before = {0, 0, 0, 0, false, false}, after;
        char buffer[NUMRES_TIMESTAMP_SIZE];
        uint64_t span = UINT64_C(315569520000) + 400000;
        before.seconds = (int64_t)(random_next(&state) % span) - INT64_C(62167419200);
        before.offset_minutes = (int16_t)((int)(random_next(&state) % 2879) - 1439);
        before.fraction_digits = (uint8_t)(random_next(&state) % 10);
        uint32_t unit = 1;
        for (int at = before.fraction_digits; at < 9; at++) {
            unit *= 10;
        }
        before.nanoseconds = (uint32_t)(random_next(&state) % 1000000000) / unit * unit;
        size_t length = numres_timestamp_format(&before, buffer, sizeof buffer);
        if (length == 0) {
            continue;
        }
        written++;
        if (!parse_exact(buffer, length, &after) || !equal(&before, &after)) {
            cr_log_error("did not come back: %s", buffer);
            differences++;
        }
    }
    cr_assert_eq(differences, 0);
    cr_assert_gt(written, 299000);
}
