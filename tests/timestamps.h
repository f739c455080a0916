/* Shared by the tests of timestamps. */
#ifndef NUMRES_TESTS_TIMESTAMPS_H
#define NUMRES_TESTS_TIMESTAMPS_H

#include <numres/timestamp.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static inline bool parse(const char *text, numres_timestamp *timestamp) {
    return numres_timestamp_parse(text, strlen(text), timestamp);
}

static inline bool equal(const numres_timestamp *one, const numres_timestamp *other) {
    return one->seconds == other->seconds && one->nanoseconds == other->nanoseconds &&
           one->offset_minutes == other->offset_minutes &&
           one->fraction_digits == other->fraction_digits &&
           one->unknown_offset == other->unknown_offset && one->leap_second == other->leap_second;
}

/* Parses an exact-size copy, so that the sanitizer sees an over-read. */
static inline bool parse_exact(const char *text, size_t length, numres_timestamp *timestamp) {
    char *copy = malloc(length == 0 ? 1 : length);
    memcpy(copy, text, length);
    bool answer = numres_timestamp_parse(copy, length, timestamp);
    free(copy);
    return answer;
}

/* `text` is parsed and formatted as `canonical` (NULL: as itself). */
static inline void expect_round_trip(const char *text, const char *canonical) {
    numres_timestamp first, second;
    char buffer[NUMRES_TIMESTAMP_SIZE];
    const char *expected = canonical == NULL ? text : canonical;
    cr_assert(parse(text, &first), "rejected: %s", text);
    cr_assert_eq(numres_timestamp_format(&first, buffer, sizeof buffer), strlen(expected), "%s",
                 text);
    cr_assert_str_eq(buffer, expected);
    cr_assert(parse(buffer, &second), "rejected its own: %s", buffer);
    cr_assert(equal(&first, &second), "changed on its way: %s", text);
}

/* Written independently of the library, for comparison. */
static inline int reference_month_length(int year, int month) {
    if (month == 2) {
        bool leap = year % 400 == 0 ? true : year % 100 == 0 ? false : year % 4 == 0;
        return leap ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

#endif
