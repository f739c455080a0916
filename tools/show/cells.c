/* What a table's cells show instead of raw values: times in the chosen style, and ids as short as
   they may be. table.c, columns_table.c, row.c and xlsx.c call it. */
#include "table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../run/times.h"

/* ---- times ---- */

#define MINUTE INT64_C(60)
#define HOUR INT64_C(3600)
#define DAY INT64_C(86400)

/* Times are shown in hours up to this, then in days. */
#define MOST_HOURS (2 * DAY)

/* What strftime writes for %z, "+0530", and its NUL. */
#define OFFSET_SIZE 16

/* Returns the offset of local clocks from UTC at that time, in seconds, by TZ, and writes it as
   text; empty: it is not known. */
static int64_t offset_at(int64_t seconds, struct tm *local, char *text) {
    time_t time = (time_t)seconds;
    text[0] = '\0';
    if (localtime_r(&time, local) == NULL || strftime(text, OFFSET_SIZE, "%z", local) == 0)
        return 0;
    int64_t digits = strtol(text, NULL, 10);
    int64_t minutes = digits / 100 * 60 + digits % 100;
    return minutes * MINUTE;
}

/* Shortens an offset of whole hours to "+01", as ISO 8601 allows. */
static void shorten_offset(char *text) {
    size_t hours = strlen("+01");
    if (strlen(text) == strlen("+0100") && strcmp(text + hours, "00") == 0)
        text[hours] = '\0';
}

/* A time within a year at which clocks have another offset than now; now, if there is none. */
static int64_t find_change(void) {
    char text[OFFSET_SIZE];
    struct tm local;
    int64_t first = offset_at(clock_now(), &local, text);
    for (int64_t months = 3; months <= 9; months += 3)
        if (offset_at(clock_now() + months * 30 * DAY, &local, text) != first)
            return clock_now() + months * 30 * DAY;
    return clock_now();
}

/* The width of this year's longest offset if there are several, as in winter and summer; else 0. */
static size_t width_of_offsets(int64_t change) {
    char now[OFFSET_SIZE];
    char later[OFFSET_SIZE];
    struct tm local;
    if (change == clock_now())
        return 0;
    offset_at(clock_now(), &local, now);
    offset_at(change, &local, later);
    shorten_offset(now);
    shorten_offset(later);
    return strlen(now) > strlen(later) ? strlen(now) : strlen(later);
}

/* Whether times are in local time, as far as they are not relative. */
static bool is_local(const struct moments *moments) {
    return moments->style == MOMENT_LOCAL || moments->style == MOMENT_MIXED;
}

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
    if (!is_local(moments))
        return;
    tzset();
    moments->change = find_change();
    moments->offset_width = width_of_offsets(moments->change);
}

size_t moments_width(const struct moments *moments) {
    if (moments->style == MOMENT_RAW)
        return strlen("2018-01-01T00:00:00.000000Z");
    return strlen(moments->has_seconds ? "2018-01-01 00:00:00" : "2018-01-01 00:00") +
           moments->offset_width;
}

/* Whether the system does not know the zone in TZ. It then uses UTC, under the name that TZ
   begins with; no offset follows that name, unlike in "EST5", and there is no summer time. */
static bool is_unknown(const struct moments *moments, const char *name) {
    const char *zone = getenv("TZ");
    if (zone == NULL || moments->change != clock_now())
        return false;
    zone += zone[0] == ':' ? 1 : 0;
    size_t length = strlen(name);
    return strncmp(zone, name, length) == 0 && strspn(zone + length, "+-0123456789") == 0;
}

/* Writes the name of the zone that is in force at that time, by TZ. Returns its seconds
   from UTC. */
static int64_t name_zone(const struct moments *moments, int64_t seconds, char *name, size_t size) {
    char text[OFFSET_SIZE];
    struct tm local;
    int64_t offset = offset_at(seconds, &local, text);
    if (text[0] == '\0' || strftime(name, size, "%Z", &local) == 0)
        snprintf(name, size, "%s", offset == 0 ? "UTC" : text);
    if (offset == 0 && is_unknown(moments, name))
        snprintf(name, size, "UTC");
    return offset;
}

void moments_zones(const struct moments *moments, char *text) {
    char now[ZONE_SIZE];
    char later[ZONE_SIZE];
    snprintf(text, ZONES_SIZE, "UTC");
    if (moments->style == MOMENT_UTC)
        return;
    int64_t first = name_zone(moments, clock_now(), now, sizeof now);
    int64_t second = name_zone(moments, moments->change, later, sizeof later);
    if (first == second)
        snprintf(text, ZONES_SIZE, "%s", now);
    else
        snprintf(text, ZONES_SIZE, "%s/%s", first < second ? now : later,
                 first < second ? later : now);
}

bool moments_offset(const struct moments *moments, int64_t seconds, int64_t *offset) {
    char text[OFFSET_SIZE];
    struct tm local;
    *offset = 0;
    if (moments->style == MOMENT_UTC)
        return true;
    *offset = offset_at(seconds, &local, text);
    return *offset == offset_at(clock_now(), &local, text) ||
           *offset == offset_at(moments->change, &local, text);
}

const char *moments_zone(struct moments *moments, const numres_timestamp *first) {
    if (!is_local(moments))
        return moments->style == MOMENT_UTC ? "UTC" : "";
    if (moments->zone[0] == '\0')
        moments->offset = name_zone(moments, first != NULL ? first->seconds : clock_now(),
                                    moments->zone, sizeof moments->zone);
    return moments->zone;
}

/* "12 min", rounded down: at least this much is left. */
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

/* Writes the date and the time of day at `offset` seconds from UTC. A leap second is shown as
   such in UTC only; elsewhere as the second before. */
static bool write_at(const struct moments *moments, const numres_timestamp *time, int64_t offset,
                     char *text, size_t size) {
    char whole[NUMRES_TIMESTAMP_SIZE];
    numres_timestamp shown = {.seconds = time->seconds + offset};
    if (time->leap_second && offset != 0)
        shown.seconds--;
    else
        shown.leap_second = time->leap_second;
    if (numres_timestamp_format(&shown, whole, sizeof whole) == 0)
        return false;
    whole[strlen("2018-01-01")] = ' ';
    whole[strlen(moments->has_seconds ? "2018-01-01 00:00:00" : "2018-01-01 00:00")] = '\0';
    snprintf(text, size, "%s", whole);
    return true;
}

/* Writes the time in the zone of the header, or with its own offset. */
static bool write_local(const struct moments *moments, const numres_timestamp *time, char *text,
                        size_t size) {
    char offset_text[OFFSET_SIZE];
    struct tm local;
    int64_t offset = offset_at(time->seconds, &local, offset_text);
    if (!write_at(moments, time, offset, text, size))
        return false;
    shorten_offset(offset_text);
    if (offset != moments->offset)
        snprintf(text + strlen(text), size - strlen(text), "%s", offset_text);
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
    return moments->style == MOMENT_UTC ? write_at(moments, time, 0, text, size)
                                        : write_local(moments, time, text, size);
}

/* ---- ids ---- */

#define FIRST_SIZE 1024

void short_ids_end(struct short_ids *ids) {
    free(ids->slots);
    memset(ids, 0, sizeof *ids);
}

/* The value of a hexadecimal digit; 16 if it is not one. */
static uint32_t digit_of(char byte) {
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found = byte != '\0' ? strchr(digits, byte) : NULL;
    return found != NULL ? (uint32_t)(found - digits) % 16 : 16;
}

static bool read_id(numres_text id, struct short_id *read) {
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    size_t digits = 0;
    memset(read, 0, sizeof *read);
    if (id.length != WHOLE_ID_LENGTH)
        return false;
    for (size_t at = 0; at < WHOLE_ID_LENGTH; at++) {
        uint32_t digit = digit_of(id.bytes[at]);
        if (form[at] == '-' ? id.bytes[at] != '-' : digit == 16)
            return false;
        if (form[at] == '-')
            continue;
        read->words[digits / 8] = read->words[digits / 8] << 4 | digit;
        digits++;
    }
    read->is_used = true;
    return true;
}

/* The entry of a first block, or a free slot for it. First blocks are random or count up:
   either way their low bits differ. */
static struct short_id *slot_of(const struct short_ids *ids, uint32_t block) {
    size_t at = block & (ids->size - 1);
    while (ids->slots[at].is_used && ids->slots[at].words[0] != block)
        at = (at + 1) & (ids->size - 1);
    return &ids->slots[at];
}

/* Keeps half of the slots free. */
static bool make_room(struct short_ids *ids) {
    struct short_ids larger = {NULL, ids->count, ids->size == 0 ? FIRST_SIZE : ids->size * 2};
    if (ids->count < ids->size / 2)
        return true;
    if (ids->count >= SHORT_IDS_MOST)
        return false;
    larger.slots = calloc(larger.size, sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t at = 0; at < ids->size; at++)
        if (ids->slots[at].is_used)
            *slot_of(&larger, ids->slots[at].words[0]) = ids->slots[at];
    free(ids->slots);
    *ids = larger;
    return true;
}

size_t short_ids_length(struct short_ids *ids, numres_text id) {
    struct short_id read;
    if (!read_id(id, &read))
        return id.length;
    struct short_id *slot = ids->size > 0 ? slot_of(ids, read.words[0]) : NULL;
    if (slot != NULL && slot->is_used) {
        bool is_same = memcmp(slot->words, read.words, sizeof read.words) == 0;
        slot->is_shared = slot->is_shared || !is_same;
        return is_same ? SHORT_ID_LENGTH : id.length;
    }
    if (!make_room(ids))
        return id.length;
    *slot_of(ids, read.words[0]) = read;
    ids->count++;
    return SHORT_ID_LENGTH;
}

bool short_ids_shared(const struct short_ids *ids, size_t *at, char *id) {
    while (*at < ids->size && !ids->slots[*at].is_shared)
        ++*at;
    if (*at >= ids->size)
        return false;
    const uint32_t *words = ids->slots[(*at)++].words;
    snprintf(id, WHOLE_ID_LENGTH + 1,
             "%08" PRIx32 "-%04" PRIx32 "-%04" PRIx32 "-%04" PRIx32 "-%04" PRIx32 "%08" PRIx32,
             words[0], words[1] >> 16, words[1] & 0xFFFF, words[2] >> 16, words[2] & 0xFFFF,
             words[3]);
    return true;
}
