/*
 * Reads and writes RFC 3339 section 5.6 date-times, for record.c, the fast lane, the rows of
 * CSV and callers. Most values of a response that take any work are timestamps, so their
 * fixed positions are checked eight bytes at a time.
 */
#include "timestamp.h"

#include <string.h>

#include "../base/count.h"
#include "numres/timestamp.h"

enum {
    FIXED_LENGTH = 19,         /* YYYY-MM-DDThh:mm:ss */
    NUMERIC_OFFSET_LENGTH = 6, /* +hh:mm */
    FRACTION_DIGITS_KEPT = 9,
    MINUTES_PER_DAY = 1440
};

/* Seconds from 0000-01-01T00:00:00Z, where the counts below begin, to 1970. */
#define EPOCH_SECONDS (NUMRES_SECONDS_PER_DAY * NUMRES_EPOCH_DAYS)
/* Days from there to 10000-01-01, the first day that no text can show. */
#define DAYS_OF_ALL_YEARS 3652425
#define SECONDS_OF_ALL_YEARS (NUMRES_SECONDS_PER_DAY * DAYS_OF_ALL_YEARS)

const numres_month numres_months[16] = {{0, 0},    {306, 31}, {337, 28}, {0, 31},   {31, 30},
                                        {61, 31},  {92, 30},  {122, 31}, {153, 31}, {184, 30},
                                        {214, 31}, {245, 30}, {275, 31}};

static const uint32_t powers_of_ten[FRACTION_DIGITS_KEPT + 1] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

/* The date and time that a text shows, at its own offset from UTC. */
typedef struct clock_reading {
    uint32_t year;
    uint32_t month; /* 1 to 12 */
    uint32_t day;   /* 1 to 31 */
    uint32_t hour;
    uint32_t minute;
    uint32_t second; /* 0 to 60 */
} clock_reading;

/* Sets the date of a day, counted from 0000-01-01. */
static void set_date(clock_reading *reading, uint32_t days) {
    /* 400 years have 146,097 days: the quotient is at most one year off. */
    uint32_t year = days * 400 / 146097;
    if (numres_days_before(year + 1, 1, 1) <= days)
        year++;
    if (numres_days_before(year, 1, 1) > days)
        year--;
    uint32_t day_of_year = days - numres_days_before(year, 1, 1);
    /* No month is longer than 31 days: the quotient is at most one too low. */
    uint32_t month = day_of_year / 31 + 1;
    if (month < 12 && numres_days_before(year, month + 1, 1) <= days)
        month++;
    reading->year = year;
    reading->month = month;
    reading->day = days - numres_days_before(year, month, 1) + 1;
}

static void set_time(clock_reading *reading, uint32_t second_of_day) {
    reading->hour = second_of_day / 3600;
    reading->minute = second_of_day / 60 % 60;
    reading->second = second_of_day % 60;
}

/*
 * RFC 3339 section 5.7: a leap second is 23:59:60 UTC on a month's last day,
 * whatever the local time. It is counted as the second that follows, so it is
 * right exactly if that second begins a month in UTC.
 */
static bool begins_month(int64_t seconds) {
    int64_t since_year_zero = seconds + EPOCH_SECONDS;
    if (since_year_zero < 0 || since_year_zero > SECONDS_OF_ALL_YEARS ||
        since_year_zero % NUMRES_SECONDS_PER_DAY != 0)
        return false;
    clock_reading reading;
    set_date(&reading, (uint32_t)(since_year_zero / NUMRES_SECONDS_PER_DAY));
    return reading.day == 1;
}

/* Returns the value of two digits; anything else sets a bit of *faults. */
static uint32_t two_digits(const unsigned char *text, uint32_t *faults) {
    uint32_t tens = text[0] - (uint32_t)'0';
    uint32_t ones = text[1] - (uint32_t)'0';
    *faults |= (uint32_t)(tens > 9) | (uint32_t)(ones > 9);
    return tens * 10 + ones;
}

/*
 * Whether eight bytes are digits where `pattern` has '0', and equal to it elsewhere.
 * XOR turns a right digit into 0 to 9 and a right separator into 0. Adding 6 or 15
 * to these leaves the upper half of the byte 0. A wrong byte has a bit set there
 * before the addition or after it. Only a wrong byte can carry into the next.
 */
static bool matches(uint64_t bytes, const char pattern[8], const char addends[8]) {
    uint64_t expected;
    uint64_t added;
    memcpy(&expected, pattern, sizeof expected);
    memcpy(&added, addends, sizeof added);
    uint64_t difference = bytes ^ expected;
    return (((difference + added) | difference) & UINT64_C(0xF0F0F0F0F0F0F0F0)) == 0;
}

static uint64_t eight_bytes(const unsigned char *text) {
    uint64_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    return bytes;
}

/* Makes T lower-case: either case is right (RFC 3339 section 5.6). */
static uint64_t lower_third_byte(uint64_t bytes) {
    uint64_t bit;
    memcpy(&bit, "\0\0\x20\0\0\0\0\0", sizeof bit);
    return bytes | bit;
}

#define A_DIGIT "\x06"
#define EXACT "\x0f"

static bool has_fixed_form(const unsigned char *text) {
    return matches(eight_bytes(text), "0000-00-",
                   A_DIGIT A_DIGIT A_DIGIT A_DIGIT EXACT A_DIGIT A_DIGIT EXACT) &&
           matches(lower_third_byte(eight_bytes(text + 8)), "00t00:00",
                   A_DIGIT A_DIGIT EXACT A_DIGIT A_DIGIT EXACT A_DIGIT A_DIGIT) &&
           matches(eight_bytes(text + 11), "00:00:00",
                   A_DIGIT A_DIGIT EXACT A_DIGIT A_DIGIT EXACT A_DIGIT A_DIGIT);
}

/* Returns the value of two bytes that are known to be digits. */
static uint32_t pair_value(const unsigned char *text) {
    return (text[0] & 15U) * 10 + (text[1] & 15U);
}

/* Reads the 19 fixed bytes. Sets *seconds to the seconds since 1970, as if the
   text were in UTC. */
static bool read_fixed(const unsigned char *text, int64_t *seconds, bool *leap_second) {
    if (!has_fixed_form(text))
        return false;
    uint32_t month = pair_value(text + 5);
    uint32_t hour = pair_value(text + 11);
    uint32_t minute = pair_value(text + 14);
    uint32_t second = pair_value(text + 17);
    uint32_t year = pair_value(text) * 100 + pair_value(text + 2);
    uint32_t day = pair_value(text + 8);
    if (month > 12 || hour > 23 || minute > 59 || second > 60 || !numres_is_date(year, month, day))
        return false;
    uint32_t second_of_day = (hour * 60 + minute) * 60 + second;
    *seconds = numres_seconds_before(year, month, day) + second_of_day;
    *leap_second = second == 60;
    return true;
}

/*
 * Reads "." and its digits, if there are any. Returns how many bytes that is, or
 * `length` for a point without a digit: then no offset is left, which is invalid.
 */
static size_t read_fraction(const unsigned char *text, size_t length, numres_timestamp *timestamp) {
    timestamp->nanoseconds = 0;
    timestamp->fraction_digits = 0;
    if (text[0] != '.')
        return 0;
    uint32_t kept = 0;
    size_t at = 1;
    for (; at < length; at++) {
        uint32_t digit = text[at] - (uint32_t)'0';
        if (digit > 9)
            break;
        if (at <= FRACTION_DIGITS_KEPT)
            kept = kept * 10 + digit;
    }
    size_t digits = at - 1;
    if (digits == 0)
        return length;
    if (digits > FRACTION_DIGITS_KEPT)
        digits = FRACTION_DIGITS_KEPT;
    timestamp->nanoseconds = kept * powers_of_ten[FRACTION_DIGITS_KEPT - digits];
    timestamp->fraction_digits = (uint8_t)digits;
    return at;
}

/* Reads ".ffffffZ", the end of nearly all timestamps of a response, at once. */
static bool read_six_digits_and_z(const unsigned char *text, numres_timestamp *timestamp) {
    if (!matches(eight_bytes(text), ".000000Z",
                 EXACT A_DIGIT A_DIGIT A_DIGIT A_DIGIT A_DIGIT A_DIGIT EXACT))
        return false;
    uint32_t digits =
        pair_value(text + 1) * 10000 + pair_value(text + 3) * 100 + pair_value(text + 5);
    timestamp->nanoseconds = digits * 1000;
    timestamp->fraction_digits = 6;
    timestamp->offset_minutes = 0;
    timestamp->unknown_offset = false;
    return true;
}

/* Reads the rest of the text, which must be Z, +hh:mm or -hh:mm. */
static bool read_offset(const unsigned char *text, size_t length, numres_timestamp *timestamp) {
    timestamp->offset_minutes = 0;
    timestamp->unknown_offset = false;
    if (length == 1)
        return (text[0] | 0x20) == 'z';
    if (length != NUMERIC_OFFSET_LENGTH || (text[0] != '+' && text[0] != '-'))
        return false;
    uint32_t faults = (uint32_t)(text[3] ^ ':');
    uint32_t hour = two_digits(text + 1, &faults);
    uint32_t minute = two_digits(text + 4, &faults);
    if (faults != 0 || hour > 23 || minute > 59)
        return false;
    int32_t minutes = (int32_t)(hour * 60 + minute);
    bool negative = text[0] == '-';
    timestamp->offset_minutes = (int16_t)(negative ? -minutes : minutes);
    timestamp->unknown_offset = negative && minutes == 0;
    return true;
}

bool numres_timestamp_parse(const char *text, size_t length, numres_timestamp *timestamp) {
    if (text == NULL || timestamp == NULL || length <= FIXED_LENGTH)
        return false;
    NUMRES_COUNT(TIMESTAMP, length);
    const unsigned char *bytes = (const unsigned char *)text;
    int64_t local_seconds;
    numres_timestamp result;
    if (!read_fixed(bytes, &local_seconds, &result.leap_second))
        return false;
    bytes += FIXED_LENGTH;
    length -= FIXED_LENGTH;
    if (length != 8 || !read_six_digits_and_z(bytes, &result)) {
        size_t fraction = read_fraction(bytes, length, &result);
        if (!read_offset(bytes + fraction, length - fraction, &result))
            return false;
    }
    result.seconds = local_seconds - (int64_t)result.offset_minutes * 60;
    if (result.leap_second && !begins_month(result.seconds))
        return false;
    *timestamp = result;
    return true;
}

/* Whether a text can show the fields other than the seconds. */
static bool is_writable(const numres_timestamp *timestamp) {
    if (timestamp->fraction_digits > FRACTION_DIGITS_KEPT || timestamp->nanoseconds > 999999999 ||
        timestamp->offset_minutes <= -MINUTES_PER_DAY ||
        timestamp->offset_minutes >= MINUTES_PER_DAY)
        return false;
    /* Nanoseconds that the kept digits do not show would be lost. */
    if (timestamp->nanoseconds % powers_of_ten[FRACTION_DIGITS_KEPT - timestamp->fraction_digits] !=
        0)
        return false;
    return !timestamp->unknown_offset || timestamp->offset_minutes == 0;
}

/* Sets the date and time at the timestamp's own offset. Returns false for a year outside
   0-9999, and for a leap second that does not end a month in UTC. */
static bool set_reading(clock_reading *reading, const numres_timestamp *timestamp) {
    int64_t seconds = timestamp->seconds;
    /* The offset is less than a day either way; nothing overflows. */
    if (seconds < -EPOCH_SECONDS - NUMRES_SECONDS_PER_DAY ||
        seconds > SECONDS_OF_ALL_YEARS - EPOCH_SECONDS + NUMRES_SECONDS_PER_DAY)
        return false;
    if (timestamp->leap_second && !begins_month(seconds))
        return false;
    /* A leap second is shown in the minute that it ends, on that minute's day. */
    int64_t leap = timestamp->leap_second ? 1 : 0;
    int64_t local = seconds + EPOCH_SECONDS + (int64_t)timestamp->offset_minutes * 60 - leap;
    if (local < 0 || local >= SECONDS_OF_ALL_YEARS)
        return false;
    set_date(reading, (uint32_t)(local / NUMRES_SECONDS_PER_DAY));
    set_time(reading, (uint32_t)(local % NUMRES_SECONDS_PER_DAY));
    reading->second += (uint32_t)leap;
    return true;
}

/* Writes `value` with this many digits, and then `mark`, unless that is NUL. */
static char *write_digits(char *to, uint32_t value, size_t digits, char mark) {
    for (size_t at = digits; at > 0; at--) {
        to[at - 1] = (char)('0' + value % 10);
        value /= 10;
    }
    to += digits;
    if (mark != '\0')
        *to++ = mark;
    return to;
}

static char *write_offset(char *to, const numres_timestamp *timestamp) {
    int32_t minutes = timestamp->offset_minutes;
    if (minutes == 0 && !timestamp->unknown_offset) {
        *to++ = 'Z';
        return to;
    }
    bool negative = minutes < 0 || timestamp->unknown_offset;
    *to++ = negative ? '-' : '+';
    uint32_t distance = (uint32_t)(minutes < 0 ? -minutes : minutes);
    to = write_digits(to, distance / 60, 2, ':');
    return write_digits(to, distance % 60, 2, '\0');
}

static void write_text(char *to, const clock_reading *reading, const numres_timestamp *timestamp) {
    size_t digits = timestamp->fraction_digits;
    to = write_digits(to, reading->year, 4, '-');
    to = write_digits(to, reading->month, 2, '-');
    to = write_digits(to, reading->day, 2, 'T');
    to = write_digits(to, reading->hour, 2, ':');
    to = write_digits(to, reading->minute, 2, ':');
    to = write_digits(to, reading->second, 2, '\0');
    if (digits != 0) {
        *to++ = '.';
        uint32_t shown = timestamp->nanoseconds / powers_of_ten[FRACTION_DIGITS_KEPT - digits];
        to = write_digits(to, shown, digits, '\0');
    }
    to = write_offset(to, timestamp);
    *to = '\0';
}

static size_t text_length(const numres_timestamp *timestamp) {
    size_t digits = timestamp->fraction_digits;
    size_t fraction = digits == 0 ? 0 : 1 + digits;
    bool is_utc = timestamp->offset_minutes == 0 && !timestamp->unknown_offset;
    return FIXED_LENGTH + fraction + (is_utc ? 1 : NUMERIC_OFFSET_LENGTH);
}

size_t numres_timestamp_format(const numres_timestamp *timestamp, char *buffer, size_t size) {
    if (buffer == NULL && size != 0)
        return 0;
    if (size != 0)
        buffer[0] = '\0';
    clock_reading reading;
    if (timestamp == NULL || !is_writable(timestamp) || !set_reading(&reading, timestamp))
        return 0;
    size_t length = text_length(timestamp);
    if (length < size)
        write_text(buffer, &reading, timestamp);
    return length;
}
