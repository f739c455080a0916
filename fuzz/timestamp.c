/*
 * Text to timestamp to text, compared with an independent reader that uses timegm; and
 * the input's bytes as a timestamp, to text and back.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whether the text has this shape: d is a digit, T and Z match either case, other
   characters match themselves. */
static bool has_shape(const char *text, const char *shape) {
    for (; *shape; shape++, text++) {
        bool fits = *shape == 'd'   ? *text >= '0' && *text <= '9'
                    : *shape == 'T' ? *text == 'T' || *text == 't'
                                    : *text == *shape;
        if (!fits) {
            return false;
        }
    }
    return true;
}

static int number(const char *text, size_t digits) {
    char copy[5] = "";
    memcpy(copy, text, digits);
    return atoi(copy);
}

/* The time-offset of RFC 3339 section 5.6, at the end of the text. */
static bool read_offset(const char *text, numres_timestamp *timestamp) {
    if (strcmp(text, "Z") == 0 || strcmp(text, "z") == 0) {
        return true;
    }
    if (strlen(text) != 6 || (text[0] != '+' && text[0] != '-') || !has_shape(text + 1, "dd:dd")) {
        return false;
    }
    int hours = number(text + 1, 2);
    int minutes = number(text + 4, 2);
    int offset = hours * 60 + minutes;
    timestamp->unknown_offset = text[0] == '-' && offset == 0;
    timestamp->offset_minutes = (int16_t)(text[0] == '-' ? -offset : offset);
    return hours < 24 && minutes < 60;
}

static const char *read_fraction(const char *text, numres_timestamp *timestamp) {
    uint32_t unit = 100000000;
    if (text[0] != '.' || !has_shape(text + 1, "d")) {
        return text;
    }
    for (text++; has_shape(text, "d"); text++) {
        timestamp->nanoseconds += (uint32_t)(*text - '0') * unit;
        timestamp->fraction_digits = (uint8_t)(timestamp->fraction_digits + (unit > 0 ? 1 : 0));
        unit /= 10;
    }
    return text;
}

/* The seconds of a date and time in UTC. Returns false if there is no such day. */
static bool seconds_of(const char *text, int64_t *seconds) {
    struct tm when = {.tm_year = number(text, 4) - 1900,
                      .tm_mon = number(text + 5, 2) - 1,
                      .tm_mday = number(text + 8, 2),
                      .tm_hour = number(text + 11, 2),
                      .tm_min = number(text + 14, 2),
                      .tm_sec = number(text + 17, 2)};
    struct tm same = when;
    time_t instant = timegm(&same);
    *seconds = (int64_t)instant;
    /* timegm normalises values that are too large; only second 60 may become the next minute. */
    return when.tm_hour < 24 && when.tm_min < 60 && when.tm_sec <= 60 &&
           (when.tm_sec == 60 || (same.tm_mon == when.tm_mon && same.tm_mday == when.tm_mday)) &&
           when.tm_mon >= 0 && when.tm_mon < 12 && when.tm_mday > 0;
}

/* A leap second comes at the end of a month in UTC: RFC 3339 section 5.7. */
static bool ends_month(int64_t seconds) {
    time_t instant = (time_t)seconds;
    struct tm when;
    return gmtime_r(&instant, &when) && when.tm_mday == 1 && when.tm_hour == 0 &&
           when.tm_min == 0 && when.tm_sec == 0;
}

/* `text` is NUL-terminated and holds no other NUL. */
static bool read_apart(const char *text, numres_timestamp *timestamp) {
    int64_t seconds;
    *timestamp = (numres_timestamp){0};
    if (!has_shape(text, "dddd-dd-ddTdd:dd:dd") || !seconds_of(text, &seconds) ||
        !read_offset(read_fraction(text + 19, timestamp), timestamp)) {
        return false;
    }
    timestamp->seconds = seconds - timestamp->offset_minutes * INT64_C(60);
    timestamp->leap_second = number(text + 17, 2) == 60;
    if (!timestamp->leap_second) {
        return true;
    }
    /* Second 60 belongs to a day that must exist too: check its second 59. */
    char before[] = "0000-00-00T00:00:59";
    memcpy(before, text, 17);
    return seconds_of(before, &seconds) && ends_month(timestamp->seconds);
}

static bool equal(const numres_timestamp *left, const numres_timestamp *right) {
    return left->seconds == right->seconds && left->nanoseconds == right->nanoseconds &&
           left->offset_minutes == right->offset_minutes &&
           left->fraction_digits == right->fraction_digits &&
           left->unknown_offset == right->unknown_offset && left->leap_second == right->leap_second;
}

/* Formatting must give the same text in capitals, with at most nine digits of fraction,
   and a zero offset as Z or as it was. */
static void check_format(const char *text, const numres_timestamp *timestamp) {
    char buffer[NUMRES_TIMESTAMP_SIZE];
    char expected[NUMRES_TIMESTAMP_SIZE];
    size_t length = numres_timestamp_format(timestamp, buffer, sizeof(buffer));
    size_t fraction = timestamp->fraction_digits;
    size_t offset = strcspn(text + 19, "Zz+-") + 19;
    FUZZ_EXPECT(length > 0 && length < sizeof(buffer), "no text for %s", text);
    bool utc = timestamp->offset_minutes == 0 && !timestamp->unknown_offset;
    snprintf(expected, sizeof(expected), "%.10sT%.8s%.*s%s", text, text + 11,
             (int)(fraction > 0 ? fraction + 1 : 0), text + 19, utc ? "Z" : text + offset);
    FUZZ_EXPECT(strcmp(buffer, expected) == 0, "%s gives %s, not %s", text, buffer, expected);
    FUZZ_EXPECT(length == strlen(buffer), "length %zu of %s", length, buffer);
}

/* If a timestamp can be written, reading the text gives the same one. */
static void check_round_trip(const numres_timestamp *timestamp) {
    char buffer[NUMRES_TIMESTAMP_SIZE];
    numres_timestamp again;
    size_t length = numres_timestamp_format(timestamp, buffer, sizeof(buffer));
    if (length == 0) {
        return;
    }
    FUZZ_EXPECT(length < sizeof(buffer), "length %zu", length);
    FUZZ_EXPECT(numres_timestamp_format(timestamp, NULL, 0) == length, "asked for the length");
    FUZZ_EXPECT(numres_timestamp_format(timestamp, NULL, length) == 0, "written to NULL");
    FUZZ_EXPECT(numres_timestamp_parse(buffer, length, &again), "refuses its own %s", buffer);
    FUZZ_EXPECT(equal(timestamp, &again), "%s is read otherwise", buffer);
    for (size_t size = 0; size <= length; size++) {
        char small[NUMRES_TIMESTAMP_SIZE] = "?";
        FUZZ_EXPECT(numres_timestamp_format(timestamp, small, size) == length, "size %zu", size);
        FUZZ_EXPECT(small[0] == (size > 0 ? '\0' : '?'), "size %zu: %s", size, small);
    }
}

static void check_text(const uint8_t *data, size_t size) {
    numres_timestamp timestamp = {.seconds = 7};
    numres_timestamp apart;
    char *text = malloc(size + 1);
    FUZZ_EXPECT(text, "no memory");
    memcpy(text, data, size);
    text[size] = '\0';
    bool accepted = numres_timestamp_parse((const char *)data, size, &timestamp);
    bool expected = strlen(text) == size && read_apart(text, &apart);
    FUZZ_EXPECT(accepted == expected, "%s is %s", text, accepted ? "accepted" : "refused");
    if (accepted) {
        FUZZ_EXPECT(equal(&timestamp, &apart), "%s: %" PRId64 ", not %" PRId64, text,
                    timestamp.seconds, apart.seconds);
        check_format(text, &timestamp);
        check_round_trip(&timestamp);
    } else {
        FUZZ_EXPECT(timestamp.seconds == 7, "%s: refused, but filled", text);
    }
    free(text);
}

/* A timestamp whose fields come from the bytes, most significant first. */
static void check_value(const uint8_t *data) {
    numres_timestamp timestamp = {0};
    uint64_t seconds = 0;
    for (size_t place = 0; place < 8; place++) {
        seconds = seconds << 8 | data[place];
    }
    timestamp.seconds = (int64_t)seconds;
    timestamp.nanoseconds =
        (uint32_t)data[8] << 24 | (uint32_t)data[9] << 16 | (uint32_t)data[10] << 8 | data[11];
    timestamp.offset_minutes = (int16_t)(data[12] << 8 | data[13]);
    timestamp.fraction_digits = data[14] & 15u;
    timestamp.unknown_offset = (data[14] & 16u) != 0;
    timestamp.leap_second = (data[14] & 32u) != 0;
    check_round_trip(&timestamp);
    /* The same, reduced to the range of years that have a text. */
    timestamp.seconds %= INT64_C(400000000000);
    timestamp.nanoseconds %= 1000000000;
    timestamp.offset_minutes %= 1440;
    timestamp.fraction_digits = 9;
    check_round_trip(&timestamp);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    check_text(data, size);
    if (size >= 15) {
        check_value(data);
    }
    return 0;
}
