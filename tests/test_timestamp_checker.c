/* Timestamps: the library compared with a slow, independent checker. */
#include "support.h"
#include "timestamps.h"

#include <stdio.h>

static int reference_number(const char *text, int digits) {
    int value = 0;
    for (int at = 0; at < digits; at++) {
        value = value * 10 + (text[at] - '0');
    }
    return value;
}

/* Whether `text` has the shape: d is a digit, T and Z match either case, others themselves. */
static bool reference_shape(const char *text, size_t length, const char *shape) {
    if (length != strlen(shape)) {
        return false;
    }
    for (size_t at = 0; at < length; at++) {
        bool fits = shape[at] == 'd'   ? text[at] >= '0' && text[at] <= '9'
                    : shape[at] == 'T' ? text[at] == 'T' || text[at] == 't'
                    : shape[at] == 'Z' ? text[at] == 'Z' || text[at] == 'z'
                                       : text[at] == shape[at];
        if (!fits) {
            return false;
        }
    }
    return true;
}

/* Whether a leap second is allowed: in the last minute of a month in UTC. */
static bool reference_leap_second(int year, int month, int day, int minute_of_day, int offset) {
    int minute = minute_of_day - offset;
    if (minute < 0) {
        minute += 1440;
        day--;
    } else if (minute >= 1440) {
        minute -= 1440;
        day++;
    }
    bool last_day = day == 0 || day == reference_month_length(year, month);
    return minute == 1439 && last_day;
}

/* Skips a fraction, if there is one. Returns false if it has no digit. */
static bool reference_fraction(const char *text, size_t length, size_t *at) {
    if (*at == length || text[*at] != '.') {
        return true;
    }
    size_t point = (*at)++;
    while (*at < length && text[*at] >= '0' && text[*at] <= '9') {
        (*at)++;
    }
    return *at > point + 1;
}

static bool reference_offset(const char *text, size_t length, int *offset) {
    *offset = 0;
    if (!reference_shape(text, length, "+dd:dd") && !reference_shape(text, length, "-dd:dd")) {
        return reference_shape(text, length, "Z");
    }
    int hours = reference_number(text + 1, 2);
    int minutes = reference_number(text + 4, 2);
    *offset = (hours * 60 + minutes) * (text[0] == '-' ? -1 : 1);
    return hours <= 23 && minutes <= 59;
}

static bool reference_accepts(const char *text, size_t length) {
    size_t at = 19;
    int offset;
    if (length < 20 || !reference_shape(text, 19, "dddd-dd-ddTdd:dd:dd") ||
        !reference_fraction(text, length, &at) ||
        !reference_offset(text + at, length - at, &offset)) {
        return false;
    }
    int year = reference_number(text, 4);
    int month = reference_number(text + 5, 2);
    int day = reference_number(text + 8, 2);
    int hour = reference_number(text + 11, 2);
    int minute = reference_number(text + 14, 2);
    int second = reference_number(text + 17, 2);
    if (month < 1 || month > 12 || day < 1 || day > reference_month_length(year, month) ||
        hour > 23 || minute > 59) {
        return false;
    }
    return second < 60 ||
           (second == 60 && reference_leap_second(year, month, day, hour * 60 + minute, offset));
}

static const char *const samples[] = {"2018-08-24T10:27:30.123456Z",
                                      "2024-02-29T00:00:00Z",
                                      "2016-12-31T23:59:60Z",
                                      "2017-01-01T05:29:60.5+05:30",
                                      "1999-12-31T23:59:59.999999999999-23:59",
                                      "0000-01-01T00:00:00-00:00",
                                      "9999-12-31T23:59:59.000Z",
                                      "2000-02-28t19:00:00z"};
enum { SAMPLE_COUNT = sizeof samples / sizeof samples[0] };

/* Compares library and checker on one text. Returns 1 if they differ, otherwise 0. */
static size_t differs(const char *text, size_t length) {
    numres_timestamp timestamp;
    if (parse_exact(text, length, &timestamp) == reference_accepts(text, length)) {
        return 0;
    }
    cr_log_error("differs from the checker: %.*s", (int)length, text);
    return 1;
}

Test(timestamp_checker, every_single_byte_mutation_as_the_checker) {
    size_t differences = 0;
    for (size_t sample = 0; sample < SAMPLE_COUNT; sample++) {
        char text[64];
        size_t length = strlen(samples[sample]);
        for (size_t at = 0; at < length; at++) {
            memcpy(text, samples[sample], length);
            for (int byte = 0; byte < 256; byte++) {
                text[at] = (char)byte;
                differences += differs(text, length);
            }
        }
    }
    cr_assert_eq(differences, 0);
}

Test(timestamp_checker, every_cut_gap_and_insertion_as_the_checker) {
    size_t differences = 0;
    for (size_t sample = 0; sample < SAMPLE_COUNT; sample++) {
        char text[64];
        size_t length = strlen(samples[sample]);
        for (size_t at = 0; at <= length; at++) {
            differences += differs(samples[sample], at);
            for (int byte = 0; byte < 256; byte++) {
                memcpy(text, samples[sample], at);
                text[at] = (char)byte;
                memcpy(text + at + 1, samples[sample] + at, length - at);
                differences += differs(text, length + 1);
            }
            if (at < length) {
                memcpy(text, samples[sample], at);
                memcpy(text + at, samples[sample] + at + 1, length - at - 1);
                differences += differs(text, length - 1);
            }
        }
    }
    cr_assert_eq(differences, 0);
}

Test(timestamp_checker, every_pair_of_digits_in_every_field_as_the_checker) {
    static const size_t fields[] = {0, 2, 5, 8, 11, 14, 17, 21, 24};
    size_t differences = 0;
    for (size_t field = 0; field < sizeof fields / sizeof fields[0]; field++) {
        for (int value = 0; value < 100; value++) {
            char text[] = "2016-12-31T23:59:59.+00:00";
            memmove(text + 19, text + 20, 7);
            size_t at = fields[field] > 19 ? fields[field] - 1 : fields[field];
            text[at] = (char)('0' + value / 10);
            text[at + 1] = (char)('0' + value % 10);
            differences += differs(text, strlen(text));
        }
    }
    cr_assert_eq(differences, 0);
}

Test(timestamp_checker, a_leap_second_at_every_minute_and_offset_as_the_checker, .timeout = 300) {
    size_t differences = 0;
    for (int offset = -1439; offset <= 1439; offset += 7) {
        for (int minute = 0; minute < 1440; minute++) {
            static const char *const days[] = {"2016-12-31", "2017-01-01", "2017-02-27"};
            for (size_t day = 0; day < 3; day++) {
                char text[48];
                int distance = abs(offset);
                numres_timestamp timestamp;
                int length = snprintf(text, sizeof text, "%sT%02d:%02d:60%c%02d:%02d", days[day],
                                      minute / 60, minute % 60, offset < 0 ? '-' : '+',
                                      distance / 60, distance % 60);
                if (parse(text, &timestamp) != reference_accepts(text, (size_t)length)) {
                    cr_log_error("differs: %s", text);
                    differences++;
                }
            }
        }
    }
    cr_assert_eq(differences, 0);
}

/* The library checks several bytes at a time: one wrong byte must not hide another. */
Test(timestamp_checker, several_wrong_bytes_as_the_checker) {
    uint64_t state = 3339;
    size_t differences = 0;
    for (int round = 0; round < 400000; round++) {
        char text[64];
        const char *sample = samples[random_next(&state) % SAMPLE_COUNT];
        size_t length = strlen(sample);
        memcpy(text, sample, length);
        for (uint64_t changes = random_next(&state) % 3 + 1; changes > 0; changes--) {
            /* Half of the changes flip one bit, which stays near the right byte. */
            char *byte = &text[random_next(&state) % length];
            uint64_t value = random_next(&state);
            *byte = (char)(value % 2 == 0 ? value >> 8 : (uint64_t)(*byte ^ 1 << value / 2 % 8));
        }
        differences += differs(text, length);
    }
    cr_assert_eq(differences, 0);
}
