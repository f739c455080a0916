/* Times as the table shows them: in UTC, in local time, relative to now, or as they came.
   table.c uses it. */
#ifndef NUMRES_TOOLS_MOMENT_H
#define NUMRES_TOOLS_MOMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numres.h"

enum moment_style {
    MOMENT_MIXED, /* local, but relative where it comes within a day */
    MOMENT_LOCAL,
    MOMENT_UTC,
    MOMENT_RELATIVE,
    MOMENT_RAW
};

/* How the times of one table are shown. */
struct moments {
    enum moment_style style;
    bool has_seconds;
    /* Of local times: that in force at the first one of the table, which its header
       names. */
    bool has_zone;
    int64_t offset; /* in seconds from UTC */
    char zone[16];
    size_t offset_width; /* what a time with its own offset takes more */
};

/* The longest text of a time, "2018-01-01T00:00:00.000000000+00:00", and its NUL. */
#define MOMENT_SIZE NUMRES_TIMESTAMP_SIZE

/* `style` is a value of --time; NULL: mixed on a terminal, otherwise UTC. On a terminal
   times have no seconds. */
void moments_begin(struct moments *moments, const char *style, bool is_terminal);

/* How many columns a time takes at most; of a raw one, as the API sends them. */
size_t moments_width(const struct moments *moments);

/* The zone for the header, that of `first`; empty: times are in none. NULL: there is no
   first time. A local time at which daylight saving or another change puts clocks
   elsewhere is shown with its own offset from UTC: "2018-01-01 00:00+01". */
const char *moments_zone(struct moments *moments, const numres_timestamp *first);

/* Writes the time into `text`; the zone has been asked for. False: it can only be shown as it came,
   since that was asked for, or its year is no such one in this zone. `comes`: the mixed style shows
   it relative to now if it comes within a day. */
bool moments_write(const struct moments *moments, const numres_timestamp *time, bool comes,
                   char *text, size_t size);

#endif
