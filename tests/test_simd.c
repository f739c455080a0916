/* The fast lane's own readers of dates and times of day: they accept every usual one and
   nothing else. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "numres/timestamp.h"

#define NUMRES_SIMD_BYTES 16
#include "fast/simd.h"

enum { DATE_LENGTH = 11, CLOCK_LENGTH = 16, READABLE = 32 };

static bool read_clock(const char *text, simd_clock *clock) {
    unsigned char bytes[READABLE] = "";
    memcpy(bytes, text, CLOCK_LENGTH);
    return simd_read_clock(bytes, clock);
}

static bool read_date(const char *text, simd_date *date) {
    unsigned char bytes[READABLE] = "";
    memcpy(bytes, text, DATE_LENGTH);
    return simd_read_date(bytes, date);
}

Test(simd, every_second_of_a_day_is_read) {
    for (unsigned int second = 0; second < 86400; second++) {
        char text[64];
        simd_clock clock = {0, 0};
        unsigned int fraction = second * 12345 % 1000000;
        snprintf(text, sizeof text, "%02u:%02u:%02u.%06uZ", second / 3600, second / 60 % 60,
                 second % 60, fraction);
        cr_assert(read_clock(text, &clock), "%s", text);
        cr_assert_eq(clock.seconds, second, "%s", text);
        cr_assert_eq(clock.microseconds, fraction, "%s", text);
    }
}

Test(simd, every_day_of_every_year_is_read) {
    for (unsigned int year = 0; year < 10000; year++)
        for (unsigned int month = 1; month <= 12; month++) {
            char text[64];
            simd_date date = {0, 0, 0};
            unsigned int day = 1 + (year * 7 + month) % 31;
            snprintf(text, sizeof text, "%04u-%02u-%02uT", year, month, day);
            cr_assert(read_date(text, &date), "%s", text);
            cr_assert(date.year == year && date.month == month && date.day == day, "%s", text);
        }
}

/* Replaces one byte by every other. What is still accepted has the same form, and the
   full reader accepts it too. */
static void expect_judged_alike(const char *usual, size_t at) {
    for (unsigned int byte = 0; byte < 256; byte++) {
        char text[DATE_LENGTH + CLOCK_LENGTH + 1];
        simd_date date;
        simd_clock clock;
        numres_timestamp timestamp;
        memcpy(text, usual, sizeof text);
        text[at] = (char)byte;
        if (!read_date(text, &date) || !read_clock(text + DATE_LENGTH, &clock))
            continue;
        cr_assert_eq(byte >= '0' && byte <= '9', usual[at] >= '0' && usual[at] <= '9', "%s", text);
        /* Month or day 0, and a day beyond the month's end, are checked elsewhere. */
        if (date.month > 0 && date.day > 0 && date.day <= 28)
            cr_assert(numres_timestamp_parse(text, sizeof text - 1, &timestamp), "%s", text);
    }
}

/* In the first text, one changed byte makes month 13, hour 24, minute 60 or second 60. */
Test(simd, other_bytes_are_judged_as_by_the_full_reader) {
    static const char *const usual[] = {"2026-10-20T20:50:50.000000Z",
                                        "2026-11-28T23:59:59.999999Z"};
    for (size_t row = 0; row < sizeof usual / sizeof *usual; row++)
        for (size_t at = 0; at < strlen(usual[row]); at++)
            expect_judged_alike(usual[row], at);
}
