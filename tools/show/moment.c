/* Times as the table shows them. table.c calls it. */
#include "moment.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../run/times.h"

#define MINUTE INT64_C(60)
#define HOUR INT64_C(3600)
#define DAY INT64_C(86400)

/* Times are shown in hours up to this, then in days. */
#define MOST_HOURS (2 * DAY)

void moments_begin(struct moments *moments, const char *style, bool is_terminal) {
    static const struct {
        const char *name;
        enum moment_style style;
    } styles[] = {
        {"local", MOMENT_LOCAL},
        {"utc", MOMENT_UTC},
        {"relative", MOMENT_RELATIVE},
        {"raw", MOMENT_RAW},
    };
    memset(moments, 0, sizeof *moments);
    moments->style = is_terminal ? MOMENT_MIXED : MOMENT_UTC;
    moments->has_seconds = !is_terminal;
    for (size_t at = 0; style != NULL && at < sizeof styles / sizeof styles[0]; at++)
        if (strcmp(style, styles[at].name) == 0)
            moments->style = styles[at].style;
}

size_t moments_width(const struct moments *moments) {
    if (moments->style == MOMENT_RAW)
        return strlen("2018-01-01T00:00:00.000000Z");
    return strlen(moments->has_seconds ? "2018-01-01 00:00:00" : "2018-01-01 00:00");
}

/* Reads what strftime writes for %z, "+0530"; anything else is 0. */
static int64_t read_offset(const char *text) {
    int64_t digits = strtol(text, NULL, 10);
    int64_t minutes = digits / 100 * 60 + digits % 100;
    return minutes * MINUTE;
}

/* Finds the zone that is in force at that time, by TZ. */
static void find_zone(struct moments *moments, int64_t seconds) {
    time_t time = (time_t)seconds;
    char offset[16] = "";
    struct tm local;
    moments->has_zone = true;
    tzset();
    if (localtime_r(&time, &local) != NULL && strftime(offset, sizeof offset, "%z", &local) > 0)
        moments->offset = read_offset(offset);
    if (offset[0] == '\0' || strftime(moments->zone, sizeof moments->zone, "%Z", &local) == 0)
        snprintf(moments->zone, sizeof moments->zone, "%s", offset[0] == '\0' ? "UTC" : offset);
}

const char *moments_zone(struct moments *moments, const numres_timestamp *first) {
    switch (moments->style) {
    case MOMENT_UTC:
        return "UTC";
    case MOMENT_RELATIVE:
    case MOMENT_RAW:
        return "";
    case MOMENT_MIXED:
    case MOMENT_LOCAL:
        break;
    }
    if (!moments->has_zone)
        find_zone(moments, first != NULL ? first->seconds : clock_now());
    return moments->zone;
}

/* "12 min", rounded down: there is at least so much left. */
static void write_span(int64_t span, char *text, size_t size) {
    if (span < MINUTE)
        snprintf(text, size, "%" PRId64 " s", span);
    else if (span < HOUR)
        snprintf(text, size, "%" PRId64 " min", span / MINUTE);
    else if (span < MOST_HOURS)
        snprintf(text, size, "%" PRId64 " h %" PRId64 " min", span / HOUR, span % HOUR / MINUTE);
    else
        snprintf(text, size, "%" PRId64 " days", span / DAY);
}

static void write_relative(int64_t seconds, char *text, size_t size) {
    int64_t span = seconds - clock_now();
    char shown[MOMENT_SIZE - sizeof "in  ago"];
    write_span(span < 0 ? -span : span, shown, sizeof shown);
    snprintf(text, size, "%s%s%s", span >= 0 ? "in " : "", shown, span >= 0 ? "" : " ago");
}

/* The date and the time of day at `offset` seconds from UTC. A leap second is only one in
   UTC; elsewhere it is shown as the second before. */
static bool write_at(const struct moments *moments, const numres_timestamp *time, int64_t offset,
                     char *text, size_t size) {
    char whole[NUMRES_TIMESTAMP_SIZE];
    numres_timestamp shown = *time;
    shown.seconds += offset;
    shown.nanoseconds = 0;
    shown.fraction_digits = 0;
    shown.offset_minutes = 0;
    shown.unknown_offset = false;
    if (shown.leap_second && offset != 0) {
        shown.leap_second = false;
        shown.seconds--;
    }
    if (numres_timestamp_format(&shown, whole, sizeof whole) == 0)
        return false;
    whole[strlen("2018-01-01")] = ' ';
    whole[strlen(moments->has_seconds ? "2018-01-01 00:00:00" : "2018-01-01 00:00")] = '\0';
    snprintf(text, size, "%s", whole);
    return true;
}

bool moments_write(const struct moments *moments, const numres_timestamp *time, bool comes,
                   char *text, size_t size) {
    int64_t span = time->seconds - clock_now();
    bool is_relative = moments->style == MOMENT_RELATIVE ||
                       (moments->style == MOMENT_MIXED && comes && span >= 0 && span < DAY);
    if (moments->style == MOMENT_RAW)
        return false;
    if (is_relative) {
        write_relative(time->seconds, text, size);
        return true;
    }
    return write_at(moments, time, moments->offset, text, size);
}
