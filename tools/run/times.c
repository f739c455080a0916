/* Times on the command line and in headers: spans such as "1.5", dates, and times back from now
   such as "24h". Also the time of day, or the one that NUMRES_NOW gives: main.c begins it; code
   that filters by time, or shows times relative to now, asks for it. */
#include "times.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

/* Reads the digits after the point. Returns that part of `unit`, rounded up. */
static int64_t read_fraction(const char **at, int64_t unit) {
    int64_t part = 0;
    int64_t place = unit;
    bool is_more = false;
    for (; digits_is_one(**at); (*at)++) {
        place /= 10;
        part += place * (**at - '0');
        is_more = is_more || (place == 0 && **at != '0');
    }
    return is_more ? part + 1 : part;
}

bool times_read_number(const char *text, int64_t unit, int64_t *milliseconds) {
    const char *at = text;
    int64_t whole = 0;
    int64_t part = 0;
    if (!digits_is_one(*at))
        return false;
    for (; digits_is_one(*at); at++) {
        whole = whole * 10 + (*at - '0');
        whole = whole < TIMES_LARGEST / unit ? whole : TIMES_LARGEST / unit;
    }
    if (*at == '.') {
        at++;
        part = read_fraction(&at, unit);
    }
    if (*at != '\0')
        return false;
    *milliseconds = whole * unit + part;
    return true;
}

bool times_read_span(const char *text, int64_t *milliseconds) {
    const int64_t longest = TIMES_LONGEST_SPAN * 1000;
    if (!times_read_number(text, 1000, milliseconds))
        return false;
    *milliseconds = *milliseconds < longest ? *milliseconds : longest;
    return true;
}

void times_show_span(int64_t milliseconds, char *text, size_t size) {
    int64_t tenths = (milliseconds + 99) / 100;
    if (milliseconds >= TIMES_LONGEST_SPAN * 1000)
        snprintf(text, size, "more than 30 years");
    else if (tenths < 100)
        snprintf(text, size, "%" PRId64 ".%" PRId64 " s", tenths / 10, tenths % 10);
    else
        snprintf(text, size, "%" PRId64 " s", (milliseconds + 999) / 1000);
}

#define MINUTE INT64_C(60)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)

/* The longest time back, in seconds. */
#define LONGEST INT64_C(30000000000)

static int64_t unit_of(const char *text) {
    static const struct {
        const char *unit;
        int64_t seconds;
    } units[] = {{"s", 1}, {"m", MINUTE}, {"h", HOUR}, {"d", DAY}, {"w", WEEK}};
    for (size_t at = 0; at < sizeof units / sizeof units[0]; at++)
        if (strcmp(text, units[at].unit) == 0)
            return units[at].seconds;
    return 0;
}

static bool read_back(const char *text, int64_t *seconds) {
    size_t digits = text == NULL ? 0 : strspn(text, "0123456789");
    uint64_t count = 0;
    int64_t unit = text == NULL ? 0 : unit_of(text + digits);
    if (unit == 0 || !digits_read(text, digits, &count) || count > (uint64_t)(LONGEST / unit))
        return false;
    *seconds = (int64_t)count * unit;
    return true;
}

bool times_read_duration(const char *text, int64_t *milliseconds) {
    int64_t seconds = 0;
    int64_t read = 0;
    if (text == NULL)
        return false;
    if (read_back(text, &seconds))
        read = seconds * 1000;
    else if (!times_read_span(text, &read))
        return false;
    if (read == 0)
        return false;
    *milliseconds = read;
    return true;
}

bool times_is_back(const char *text) {
    int64_t seconds = 0;
    return read_back(text, &seconds);
}

/* "2026-01-31", which RFC 3339 calls full-date. */
static bool is_date(const char *text) {
    static const char form[] = "dddd-dd-dd";
    for (size_t at = 0; at < sizeof form - 1; at++)
        if (form[at] == 'd' ? !digits_is_one(text[at]) : text[at] != form[at])
            return false;
    return text[sizeof form - 1] == '\0';
}

numres_text times_read_filter(const char *text, time_t now, char *written) {
    int64_t back = 0;
    if (text == NULL)
        return numres_text_from(NULL);
    if (is_date(text)) {
        snprintf(written, TIMES_FILTER_SIZE, "%sT00:00:00Z", text);
        return numres_text_from(written);
    }
    if (!read_back(text, &back))
        return numres_text_from(text);
    numres_timestamp timestamp = {.seconds = (int64_t)now - back};
    numres_timestamp_format(&timestamp, written, TIMES_FILTER_SIZE);
    return numres_text_from(written);
}

/* ---- the time of day, and clocks ---- */

static int64_t now;
static int64_t began; /* negative: NUMRES_NOW gives the time of day */

int64_t clock_nanoseconds(void) {
    struct timespec time = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

bool clock_begin(void) {
    const char *given = variable_value("NUMRES_NOW");
    numres_timestamp timestamp;
    now = (int64_t)time(NULL);
    began = clock_nanoseconds();
    if (given == NULL)
        return true;
    if (!numres_timestamp_parse(given, strlen(given), &timestamp))
        return false;
    now = timestamp.seconds;
    began = -1;
    return true;
}

int64_t clock_passed(void) {
    return began < 0 ? -1 : (clock_nanoseconds() - began) / 1000000;
}

int64_t clock_now(void) {
    return now;
}
