#include "list_time.h"

#include <stdio.h>
#include <string.h>

#include "../lib/base/text.h"
#include "wait.h"

#define MINUTE INT64_C(60)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)

/* In seconds; longer than that nothing goes back. */
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
    numres_text digits = {text, text == NULL ? 0 : strspn(text, "0123456789")};
    uint64_t count = 0;
    int64_t unit = text == NULL ? 0 : unit_of(text + digits.length);
    if (unit == 0 || !numres_text_integer(digits, &count) || count > (uint64_t)(LONGEST / unit))
        return false;
    *seconds = (int64_t)count * unit;
    return true;
}

bool list_time_is_back(const char *text) {
    int64_t seconds = 0;
    return read_back(text, &seconds);
}

/* "2026-01-31", which RFC 3339 calls full-date. */
static bool is_date(const char *text) {
    static const char form[] = "dddd-dd-dd";
    for (size_t at = 0; at < sizeof form - 1; at++)
        if (form[at] == 'd' ? !numres_text_is_digit(text[at]) : text[at] != form[at])
            return false;
    return text[sizeof form - 1] == '\0';
}

numres_text list_time_read(const char *text, char *written) {
    int64_t back = 0;
    if (text == NULL)
        return numres_query_text(NULL);
    if (is_date(text)) {
        snprintf(written, LIST_TIME_SIZE, "%sT00:00:00Z", text);
        return numres_query_text(written);
    }
    if (!read_back(text, &back))
        return numres_query_text(text);
    numres_timestamp timestamp = {.seconds = (int64_t)wait_time_of_day() - back};
    numres_timestamp_format(&timestamp, written, LIST_TIME_SIZE);
    return numres_query_text(written);
}
