/* Reading timestamps, RFC 3339 section 5.6, and writing them again. */
#include "timestamps.h"

#include <stdio.h>

static void expect_rejected(const char *text) {
    numres_timestamp timestamp;
    memset(&timestamp, 0x5a, sizeof timestamp);
    numres_timestamp before = timestamp;
    cr_assert_not(parse_exact(text, strlen(text), &timestamp), "accepted: %s", text);
    cr_assert_eq(memcmp(&timestamp, &before, sizeof before), 0, "touched by: %s", text);
}

static void expect_accepted(const char *text) {
    numres_timestamp timestamp;
    cr_assert(parse_exact(text, strlen(text), &timestamp), "rejected: %s", text);
}

/* ---- values ---- */

Test(timestamp, the_documentations_value) {
    numres_timestamp timestamp;
    cr_assert(parse("2018-08-24T10:27:30.123456Z", &timestamp));
    cr_assert_eq(timestamp.seconds, 1535106450);
    cr_assert_eq(timestamp.nanoseconds, 123456000u);
    cr_assert_eq(timestamp.offset_minutes, 0);
    cr_assert_eq(timestamp.fraction_digits, 6);
    cr_assert_not(timestamp.unknown_offset);
    cr_assert_not(timestamp.leap_second);
}

Test(timestamp, the_standards_examples) {
    static const struct {
        const char *text;
        int64_t seconds;
        uint32_t nanoseconds;
        int offset;
    } examples[] = {
        /* RFC 3339 section 5.8. */
        {"1985-04-12T23:20:50.52Z", 482196050, 520000000, 0},
        {"1996-12-19T16:39:57-08:00", 851042397, 0, -480},
        {"1990-12-31T23:59:60Z", 662688000, 0, 0},
        {"1990-12-31T15:59:60-08:00", 662688000, 0, -480},
        {"1937-01-01T12:00:27.87+00:20", -1041337173, 870000000, 20},
        {"1970-01-01T00:00:00Z", 0, 0, 0},
        {"1969-12-31T23:59:59.75Z", -1, 750000000, 0},
        {"0000-01-01T00:00:00Z", -62167219200, 0, 0},
        {"9999-12-31T23:59:59Z", 253402300799, 0, 0},
        {"0000-01-01T00:00:00+23:59", -62167219200 - 86340, 0, 1439},
        {"9999-12-31T23:59:59-23:59", 253402300799 + 86340, 0, -1439},
        {"2038-01-19T03:14:08Z", 2147483648, 0, 0},
        {"2000-02-29T12:00:00Z", 951825600, 0, 0},
    };
    for (size_t at = 0; at < sizeof examples / sizeof examples[0]; at++) {
        numres_timestamp timestamp;
        cr_assert(parse(examples[at].text, &timestamp), "%s", examples[at].text);
        cr_assert_eq(timestamp.seconds, examples[at].seconds, "%s", examples[at].text);
        cr_assert_eq(timestamp.nanoseconds, examples[at].nanoseconds, "%s", examples[at].text);
        cr_assert_eq(timestamp.offset_minutes, examples[at].offset, "%s", examples[at].text);
        expect_round_trip(examples[at].text, NULL);
    }
}

Test(timestamp, either_case_of_t_and_z) {
    expect_round_trip("2018-08-24t10:27:30z", "2018-08-24T10:27:30Z");
    expect_round_trip("2018-08-24T10:27:30z", "2018-08-24T10:27:30Z");
    expect_round_trip("2018-08-24t10:27:30.1-00:00", "2018-08-24T10:27:30.1-00:00");
    expect_rejected("2018-08-24 10:27:30Z");
    expect_rejected("2018-08-24_10:27:30Z");
}

Test(timestamp, an_unknown_offset_is_not_utc) {
    numres_timestamp unknown, utc, zero;
    cr_assert(parse("2018-08-24T10:27:30-00:00", &unknown));
    cr_assert(parse("2018-08-24T10:27:30Z", &utc));
    cr_assert(parse("2018-08-24T10:27:30+00:00", &zero));
    cr_assert(unknown.unknown_offset);
    cr_assert_not(utc.unknown_offset);
    cr_assert(equal(&utc, &zero));
    cr_assert_eq(unknown.seconds, utc.seconds);
    cr_assert_eq(unknown.offset_minutes, 0);
    expect_round_trip("2018-08-24T10:27:30-00:00", NULL);
    expect_round_trip("2018-08-24T10:27:30+00:00", "2018-08-24T10:27:30Z");
}

Test(timestamp, dates_and_times_in_another_form) {
    expect_rejected("");
    expect_rejected("2018");
    expect_rejected("2018-08-24");
    expect_rejected("2018-08-24T10:27:30");
    expect_rejected("2018-08-24T10:27Z");
    expect_rejected(" 2018-08-24T10:27:30Z");
    expect_rejected("18-08-24T10:27:30.0000Z");
    expect_rejected("+02018-08-24T10:27:30Z");
    expect_rejected("-2018-08-24T10:27:30Z");
    expect_rejected("12018-08-24T10:27:30Z");
    expect_rejected("20180824T102730.00000Z");
    expect_rejected("2018-W34-5T10:27:30.00Z");
    expect_rejected("2018-236T10:27:30.000Z");
}

Test(timestamp, offsets_in_another_form_or_out_of_range) {
    expect_rejected("2018-08-24T10:27:30+0000");
    expect_rejected("2018-08-24T10:27:30+00");
    expect_rejected("2018-08-24T10:27:30+1:00");
    expect_rejected("2018-08-24T10:27:30+24:00");
    expect_rejected("2018-08-24T10:27:30+23:60");
    expect_rejected("2018-08-24T10:27:30 Z");
    expect_rejected("2018-08-24T10:27:30Z ");
    expect_rejected("2018-08-24T10:27:30Zz");
    expect_rejected("2018-08-24T10:27:30Z+00:00");
}

Test(timestamp, fractions_in_another_form) {
    expect_rejected("2018-08-24T10:27:30.Z");
    expect_rejected("2018-08-24T10:27:30.");
    expect_rejected("2018-08-24T10:27:30.5");
    expect_rejected("2018-08-24T10:27:30,5Z");
    expect_rejected("2018-08-24T10:27:30.5.5Z");
    expect_rejected("2018-08-24T10:27:30.+00:00");
    expect_rejected("2018-08-24T10:27:30.5x");
}

Test(timestamp, dates_and_times_out_of_range) {
    expect_rejected("2018-08-24T24:00:00Z");
    expect_rejected("2018-08-24T10:60:00Z");
    expect_rejected("2018-08-24T10:27:61Z");
    expect_rejected("2018-00-24T10:27:30Z");
    expect_rejected("2018-13-24T10:27:30Z");
    expect_rejected("2018-08-00T10:27:30Z");
    expect_rejected("2018-08-32T10:27:30Z");
}

Test(timestamp, a_nul_byte_does_not_end_the_text) {
    numres_timestamp timestamp;
    cr_assert_not(numres_timestamp_parse("2018-08-24T10:27:30Z\0", 21, &timestamp));
    cr_assert_not(numres_timestamp_parse("2018-08-24T10:27:30\0", 20, &timestamp));
}

Test(timestamp, null_gives_false_or_zero) {
    numres_timestamp timestamp = {0, 0, 0, 0, false, false};
    char buffer[NUMRES_TIMESTAMP_SIZE];
    cr_assert_not(numres_timestamp_parse(NULL, 0, &timestamp));
    cr_assert_not(numres_timestamp_parse(NULL, 20, &timestamp));
    cr_assert_not(numres_timestamp_parse("1970-01-01T00:00:00Z", 20, NULL));
    cr_assert_eq(numres_timestamp_format(NULL, buffer, sizeof buffer), 0);
    cr_assert_eq(numres_timestamp_format(NULL, NULL, 0), 0);
    cr_assert_eq(numres_timestamp_format(&timestamp, NULL, 0), 20);
    cr_assert_eq(numres_timestamp_format(&timestamp, NULL, 20), 0);
}

/* ---- days ---- */

/* A counter that only steps to the next day, without any formula. */
typedef struct day_counter {
    int year, month, day;
    int64_t seconds;
} day_counter;

static void next_day(day_counter *counter) {
    counter->seconds += 86400;
    if (++counter->day <= reference_month_length(counter->year, counter->month)) {
        return;
    }
    counter->day = 1;
    if (++counter->month > 12) {
        counter->month = 1;
        counter->year++;
    }
}

static void write_date(char *text, const day_counter *counter) {
    int fields[] = {counter->year / 100, counter->year % 100, counter->month, counter->day};
    static const size_t places[] = {0, 2, 5, 8};
    for (size_t at = 0; at < 4; at++) {
        text[places[at]] = (char)('0' + fields[at] / 10);
        text[places[at] + 1] = (char)('0' + fields[at] % 10);
    }
}

Test(timestamp, every_day_of_ten_thousand_years, .timeout = 300) {
    day_counter counter = {0, 1, 1, INT64_C(-62167219200)};
    char text[] = "0000-01-01T00:00:00Z";
    size_t differences = 0, days = 0;
    for (; counter.year < 10000; next_day(&counter), days++) {
        numres_timestamp timestamp;
        char buffer[NUMRES_TIMESTAMP_SIZE];
        write_date(text, &counter);
        if (!numres_timestamp_parse(text, 20, &timestamp) || timestamp.seconds != counter.seconds ||
            numres_timestamp_format(&timestamp, buffer, sizeof buffer) != 20 ||
            memcmp(text, buffer, 21) != 0) {
            cr_log_error("%s", text);
            differences++;
        }
    }
    cr_assert_eq(days, 3652425);
    cr_assert_eq(differences, 0);
}

Test(timestamp, no_month_has_a_day_more) {
    size_t wrong = 0;
    for (int year = 0; year < 10000; year++) {
        for (int month = 1; month <= 12; month++) {
            day_counter last = {year, month, reference_month_length(year, month), 0};
            char text[] = "0000-00-00T00:00:00Z";
            numres_timestamp timestamp;
            write_date(text, &last);
            wrong += numres_timestamp_parse(text, 20, &timestamp) ? 0 : 1;
            last.day++;
            write_date(text, &last);
            wrong += numres_timestamp_parse(text, 20, &timestamp) ? 1 : 0;
        }
    }
    cr_assert_eq(wrong, 0);
}

Test(timestamp, every_second_of_a_day) {
    size_t differences = 0;
    for (int second = 0; second < 86400; second++) {
        char text[48], buffer[NUMRES_TIMESTAMP_SIZE];
        numres_timestamp timestamp;
        snprintf(text, sizeof text, "1970-01-01T%02d:%02d:%02dZ", second / 3600, second / 60 % 60,
                 second % 60);
        if (!parse(text, &timestamp) || timestamp.seconds != second ||
            numres_timestamp_format(&timestamp, buffer, sizeof buffer) != 20 ||
            strcmp(text, buffer) != 0) {
            differences++;
        }
    }
    cr_assert_eq(differences, 0);
}

Test(timestamp, every_offset) {
    size_t differences = 0;
    for (int offset = -1439; offset <= 1439; offset++) {
        char text[48], buffer[NUMRES_TIMESTAMP_SIZE];
        numres_timestamp timestamp;
        int distance = abs(offset);
        snprintf(text, sizeof text, "1970-01-01T00:00:00%c%02d:%02d", offset < 0 ? '-' : '+',
                 distance / 60, distance % 60);
        if (!parse(text, &timestamp) || timestamp.seconds != -60 * offset ||
            timestamp.offset_minutes != offset || timestamp.unknown_offset) {
            differences++;
        }
        numres_timestamp_format(&timestamp, buffer, sizeof buffer);
        if (offset != 0 && strcmp(text, buffer) != 0) {
            differences++;
        }
    }
    cr_assert_eq(differences, 0);
}

/* ---- leap seconds ---- */

Test(timestamp, a_leap_second_ends_a_month_in_utc) {
    static const char *const right[] = {
        "2016-12-31T23:59:60Z",
        "2017-01-01T05:29:60+05:30",
        "2016-12-31T15:59:60-08:00",
        "2015-07-01T05:29:60+05:30",
        "2024-02-29T23:59:60Z",
        "2023-02-28T23:59:60Z",
        "2024-03-01T05:29:60.999999999+05:30",
        "2000-01-01T23:58:60+23:59",
        "1999-12-31T00:00:60-23:59",
        "2016-12-31T23:59:60-00:00",
        "0000-01-01T00:59:60+01:00",
        "0000-01-01T23:58:60+23:59",
        "9999-12-31T23:59:60Z",
        "9999-12-31T00:00:60-23:59",
    };
    for (size_t at = 0; at < sizeof right / sizeof right[0]; at++) {
        expect_accepted(right[at]);
        expect_round_trip(right[at], NULL);
    }
}

Test(timestamp, a_leap_second_is_refused_anywhere_else) {
    static const char *const wrong[] = {
        "2016-12-30T23:59:60Z",
        "2016-12-31T23:58:60Z",
        "2016-12-31T22:59:60Z",
        "2016-12-31T00:00:60Z",
        "2017-01-01T00:00:60Z",
        "2016-12-31T23:59:61Z",
        "2024-02-28T23:59:60Z",
        /* The end of the month in local time, but not in UTC */
        "2016-12-31T23:59:60+05:30",
        "2016-12-31T23:59:60-00:30",
        "2017-01-01T05:30:60+05:30",
        "2017-01-01T05:28:60+05:30",
        "2017-01-02T05:29:60+05:30",
        "0000-01-01T00:00:60+00:00",
        "0000-01-01T00:00:60+01:00",
        "9999-12-31T23:59:60-00:01",
    };
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        expect_rejected(wrong[at]);
    }
}

Test(timestamp, a_leap_second_counts_as_the_second_that_follows) {
    numres_timestamp leap, next;
    cr_assert(parse("2016-12-31T23:59:60.25Z", &leap));
    cr_assert(parse("2017-01-01T00:00:00.25Z", &next));
    cr_assert(leap.leap_second);
    cr_assert_not(next.leap_second);
    cr_assert_eq(leap.seconds, next.seconds);
    cr_assert_eq(leap.nanoseconds, 250000000u);
}

/* ---- fractions ---- */

Test(timestamp, fractions_of_up_to_thirty_digits) {
    static const char digits[] = "123456789987654321012345678909";
    for (int count = 0; count <= 30; count++) {
        char text[80], kept_text[80];
        numres_timestamp timestamp;
        const char *point = count == 0 ? "" : ".";
        int kept = count > 9 ? 9 : count;
        uint32_t expected = 0;
        for (int at = 0; at < 9; at++) {
            expected = expected * 10 + (at < count ? (uint32_t)(digits[at] - '0') : 0);
        }
        snprintf(text, sizeof text, "2018-08-24T10:27:30%s%.*s-08:00", point, count, digits);
        snprintf(kept_text, sizeof kept_text, "2018-08-24T10:27:30%s%.*s-08:00", point, kept,
                 digits);
        cr_assert(parse(text, &timestamp), "%s", text);
        cr_assert_eq(timestamp.nanoseconds, expected, "%s", text);
        cr_assert_eq(timestamp.fraction_digits, kept, "%s", text);
        expect_round_trip(text, kept_text);
        text[20 + (count == 0 ? 0 : count - 1)] = 'x';
        cr_assert_not(parse(text, &timestamp), "%s", text);
    }
}

Test(timestamp, dropped_digits_do_not_round) {
    numres_timestamp timestamp;
    cr_assert(parse("1999-12-31T23:59:59.9999999999999Z", &timestamp));
    cr_assert_eq(timestamp.nanoseconds, 999999999u);
    cr_assert_eq(timestamp.seconds, 946684799);
}

Test(timestamp, zeros_of_a_fraction_are_kept) {
    expect_round_trip("2018-08-24T10:27:30.000Z", NULL);
    expect_round_trip("2018-08-24T10:27:30.000000001Z", NULL);
    expect_round_trip("2018-08-24T10:27:30.100Z", NULL);
    expect_round_trip("2018-08-24T10:27:30.0Z", NULL);
}

Test(timestamp, a_very_long_fraction) {
    enum { DIGITS = 100000 };
    char *text = malloc(DIGITS + 32);
    numres_timestamp timestamp;
    memcpy(text, "2018-08-24T10:27:30.", 20);
    memset(text + 20, '7', DIGITS);
    text[20 + DIGITS] = 'Z';
    cr_assert(numres_timestamp_parse(text, 21 + DIGITS, &timestamp));
    cr_assert_eq(timestamp.nanoseconds, 777777777u);
    cr_assert_not(numres_timestamp_parse(text, 20 + DIGITS, &timestamp));
    free(text);
}
