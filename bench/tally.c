/* Hashes texts and reads timestamps for the sums of tally.h. Its reader of timestamps is
   independent of numres. */
#include "tally.h"

uint64_t tally_hash(const char *bytes, size_t length) {
    /* FNV-1a's constants. */
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t index = 0; index < length; index++) {
        hash = (hash ^ (unsigned char)bytes[index]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* The value of `count` digits, or -1. */
static int read_digits(const char *text, size_t count) {
    int value = 0;

    for (size_t index = 0; index < count; index++) {
        unsigned int digit = (unsigned int)(unsigned char)text[index] - '0';
        if (digit > 9) {
            return -1;
        }
        value = value * 10 + (int)digit;
    }
    return value;
}

static bool is_leap_year(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 1970-01-01 of a date in the years 0 to 9999. */
static int64_t days_of(int year, int month, int day) {
    static const int before_month[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    /* Leap days before this year, counted from year 0, which is a leap year. */
    int past = year - 1;
    int leap_days = year == 0 ? 0 : past / 4 - past / 100 + past / 400 + 1;
    int64_t days = (int64_t)year * 365 + leap_days + before_month[month - 1] + day - 1;

    if (month > 2 && is_leap_year(year)) {
        days++;
    }
    return days - 719528;
}

static bool is_date(int year, int month, int day) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (year < 0 || month < 1 || month > 12 || day < 1) {
        return false;
    }
    return day <= lengths[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

/* The fraction at text[*place] in nanoseconds, 0 if there is none, or -1. */
static int64_t read_fraction(const char *text, size_t length, size_t *place) {
    int64_t nanoseconds = 0;
    int64_t unit = 100000000;
    size_t first = *place + 1;

    if (*place >= length || text[*place] != '.') {
        return 0;
    }
    for ((*place)++; *place < length; (*place)++) {
        unsigned int digit = (unsigned int)(unsigned char)text[*place] - '0';
        if (digit > 9) {
            break;
        }
        nanoseconds += digit * unit;
        unit /= 10;
    }
    return *place > first ? nanoseconds : -1;
}

/* The offset from UTC at the end of the text, in seconds, or INT64_MAX. */
static int64_t read_offset(const char *text, size_t length) {
    int hours = 0;
    int minutes = 0;

    if (length == 1 && (text[0] == 'Z' || text[0] == 'z')) {
        return 0;
    }
    if (length != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
        return INT64_MAX;
    }
    hours = read_digits(text + 1, 2);
    minutes = read_digits(text + 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
        return INT64_MAX;
    }
    return (text[0] == '-' ? -60 : 60) * (int64_t)(hours * 60 + minutes);
}

/* RFC 3339 section 5.6, as a program without numres would read it. */
static bool read_timestamp(const char *text, size_t length, int64_t *seconds,
                           uint32_t *nanoseconds) {
    size_t place = 19;
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int64_t fraction = 0;
    int64_t offset = 0;

    if (length < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') ||
        text[13] != ':' || text[16] != ':') {
        return false;
    }
    year = read_digits(text, 4);
    month = read_digits(text + 5, 2);
    day = read_digits(text + 8, 2);
    hour = read_digits(text + 11, 2);
    minute = read_digits(text + 14, 2);
    second = read_digits(text + 17, 2);
    fraction = read_fraction(text, length, &place);
    offset = read_offset(text + place, length - place);
    if (!is_date(year, month, day) || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        second < 0 || second > 60 || fraction < 0 || offset == INT64_MAX) {
        return false;
    }
    *seconds = days_of(year, month, day) * 86400 + (int64_t)hour * 3600 + (int64_t)minute * 60 +
               second - offset;
    *nanoseconds = (uint32_t)fraction;
    return true;
}

void tally_timestamp(tally *sums, bench_member member, const char *text, size_t length) {
    int64_t seconds = 0;
    uint32_t nanoseconds = 0;

    if (read_timestamp(text, length, &seconds, &nanoseconds)) {
        tally_instant(sums, member, seconds, nanoseconds);
    } else {
        sums->wrong++;
    }
}
