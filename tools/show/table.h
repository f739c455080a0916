/*
 * The table for people: a line for each reservation and, indented under it, one for each of
 * its numbers. On a terminal of 40 columns or more no line is wider than that: in a narrow one
 * columns are left out, texts that are too long are cut, and errors that do not fit are
 * printed below the table. Elsewhere, and with --wide, nothing is cut. format.c uses it, and
 * the summary under it; columns_table.c prints a table that looks the same but has other
 * columns. What both tables are made of is here too: times, short ids, and a row being
 * written.
 */
#ifndef NUMRES_TOOLS_TABLE_H
#define NUMRES_TOOLS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numres.h"

#include "../run/print.h"
#include "../run/report.h"

/* ---- cells.c: times in UTC, in local time, relative to now, or as they came ---- */

enum moment_style {
    MOMENT_MIXED, /* local, but relative if it comes within a day */
    MOMENT_LOCAL,
    MOMENT_UTC,
    MOMENT_RELATIVE,
    MOMENT_RAW
};

#define ZONE_SIZE 16

/* How the times of one table are shown. */
struct moments {
    enum moment_style style;
    bool has_seconds;
    int64_t change; /* a time within a year with another offset than now; now: there is none */
    /* Of local times: the zone in force at the first time of the table, which its header names. */
    int64_t offset;       /* in seconds from UTC */
    char zone[ZONE_SIZE]; /* empty: it is not known yet */
    size_t offset_width;  /* extra columns of a time with its own offset */
};

/* The longest text of a time, "2018-01-01T00:00:00.000000000+00:00", and its NUL. */
#define MOMENT_SIZE NUMRES_TIMESTAMP_SIZE

/* `style` is a value of --time; NULL: mixed on a terminal, otherwise UTC. On a terminal
   times have no seconds. */
void moments_begin(struct moments *moments, const char *style, bool is_terminal);

/* The most columns that a time takes; a raw one, in the form that the API sends. */
size_t moments_width(const struct moments *moments);

/* The zone for the header: that of `first`, or of now if it is NULL; empty: times are in no
   zone. A local time at which clocks have another offset, for instance by daylight saving, is
   shown with it: "2018-01-01 00:00+01". */
const char *moments_zone(struct moments *moments, const numres_timestamp *first);

/* The zones of a whole year, in UTC or local time, for cells without offsets: "EST/EDT",
   two names of ZONE_SIZE. */
#define ZONES_SIZE 32
void moments_zones(const struct moments *moments, char *text);

/* Sets the offset of clocks from UTC at that time, in seconds. Returns false if it is in none
   of these zones. */
bool moments_offset(const struct moments *moments, int64_t seconds, int64_t *offset);

/* Writes the time into `text`, in the chosen style. Returns false if it is to be shown as it
   came, because that was asked for or because its year in this zone does not have four digits.
   With `comes`, the mixed style shows it relative to now if it comes within a day. */
bool moments_write(const struct moments *moments, const numres_timestamp *time, bool comes,
                   char *text, size_t size);

/* ---- cells.c: ids of reservations, shortened if that is unique: the first block of a UUID
   stands for it if no other reservation of the table has the same one ---- */

/* "12ade33a", and the whole (RFC 9562 section 4). */
#define SHORT_ID_LENGTH 8
#define WHOLE_ID_LENGTH 36

/* The ids of this many reservations are remembered, in 640 KiB. Later ones are shown whole,
   since it is not known whether they are unique. */
#define SHORT_IDS_MOST 16384

/* The ids of the table so far: a hash table with open addressing. */
struct short_ids {
    struct short_id {
        uint32_t words[4]; /* the first is the block that is shown */
        bool is_used;
        bool is_shared; /* another id, which was shown whole, has the same first block */
    } * slots;
    size_t count, size; /* the size is a power of two */
};

void short_ids_end(struct short_ids *ids);

/* How many bytes of the id to show: all of them if it is not a UUID, or if its first block
   stands for another reservation of the table. The same id always has the same length. */
size_t short_ids_length(struct short_ids *ids, numres_text id);

/* Writes the next whole id whose first block another id has too, looking from index *at on, and
   moves *at past it. Returns false if there are no more. */
bool short_ids_shared(const struct short_ids *ids, size_t *at, char *id);

/* ---- table.c ---- */

/* Where the columns begin. A column that is left out is at 0. */
struct table_columns {
    size_t reference, number, expires, created, id, errors;
    size_t reference_end; /* the reference may extend over columns of the numbers */
    size_t id_end;
    bool has_whole_ids;
    bool is_narrow; /* times and ids share a column, and so the header has two lines */
};

struct table {
    struct print *print;
    struct notes *notes; /* NULL: there are none */
    size_t width;        /* of the terminal, or the usual one */
    bool is_cut;         /* texts are cut to the width */
    bool has_colour;
    bool has_header;
    struct table_columns columns;
    struct moments moments;
    struct short_ids ids;
};

/* The table looks as the session's settings say. */
void table_begin(struct table *table, struct session *session);
void table_end(struct table *table);

/* Prints the ids in full that were shortened before another id with the same first block came:
   rows that are already printed cannot be changed. */
void table_explain_ids(const struct table *table);

/* Prints the reservation, and the header before the first one. */
void table_reservation(struct table *table, const numres_reservation *reservation);

/* Prints the next of the reservation's numbers, the one at `place` of `count`. */
void table_phone_number(struct table *table, const numres_reservation *reservation,
                        const numres_phone_number *phone_number, size_t place, size_t count);

/* Between columns. */
#define TABLE_GAP 2

/* Whether a record has a status: an unknown one is present and rejected. */
static inline bool table_has_status(numres_status status, bool is_rejected) {
    return status != NUMRES_STATUS_UNKNOWN || is_rejected;
}

/* ---- row.c: one row being written: texts in their columns, cut to the terminal, in
   colour; and the cells that both tables have ---- */

struct row {
    const struct table *table;
    size_t position;
    const char *colour; /* of the text to come; NULL: none */
    bool is_coloured;   /* it has begun */
};

struct row row_begin(const struct table *table);
void row_end(struct row *row);

/* Moves to a column, or further right if the text before it is longer. To be called only
   before text, so that no line ends in blanks. */
void row_go_to(struct row *row, size_t start);

/* The texts from here on are in this colour, if the table has any; NULL: in none. */
void row_colour(struct row *row, const char *colour);
void row_plain(struct row *row);

/* The tool's own words, uncut. */
void row_string(struct row *row, const char *string);

/* A text from outside, in the column `start`. On a terminal it is cut to end before `end`;
   if there is no room for it, it is left out. */
void row_text(struct row *row, size_t start, size_t end, numres_text text);

/* One member of a record. */
struct member {
    numres_member_state state;
    numres_text raw;
};

struct member row_number_member(const numres_phone_number *phone_number,
                                numres_phone_number_member number);
struct member row_reservation_member(const numres_reservation *reservation,
                                     numres_reservation_member number);

/* Whether the member has a valid value that is not empty. */
bool row_has(const struct member *member);

/* Puts the member like row_text, or `absent` if it is absent or null. A rejected value is shown
   as it came, after a mark: it must not look like a valid one. */
void row_member(struct row *row, size_t start, size_t end, const struct member *member,
                const char *absent);

/* The colour of a status, the same everywhere. */
const char *row_status_colour(numres_status status);

/* A status in its colour. */
void row_status(struct row *row, size_t start, size_t end, const struct member *member,
                numres_status status);

/* Puts a time in the table's style. `comes`: it is when something expires, shown in the warning
   colour if that is soon. What is not a time, or not in the zone, is shown as it came. */
void row_time(struct row *row, size_t start, size_t end, const struct member *member,
              const numres_timestamp *time, bool comes);

/* Writes the marks of a row for row_string, such as " [1][2]"; 0 is no mark. Returns their
   length. */
#define ROW_MARKS_SIZE 32
size_t row_write_marks(const unsigned int marks[2], char *text);

/* ---- summary.c: the line under the table: how much was shown, and of which pages. If it
   is too wide, it continues on the next line. ---- */

struct summary {
    uint64_t reservations; /* counted by format.c */
    uint64_t phone_numbers;
    uint64_t by_status[NUMRES_STATUS_COUNT];
    uint64_t without_status;        /* absent or null; not counted in by_status */
    uint64_t pages;                 /* meta objects */
    uint64_t first_page, last_page; /* of the first and the last of them */
    uint64_t total_pages;           /* of the last; 0: unknown */
    uint64_t total_results;         /* of the last, if all say the same; 0: unknown */
    bool pages_are_in_row;          /* each one higher than the one before, with the same total */
    bool is_filtered;               /* some reservations may have been left out */
    bool is_partial;                /* the list is cut off */
    uint64_t partial_page;          /* inside this page; 0: between two pages */
    uint64_t asked_page;            /* with which a list was to begin; 0: the first */
    const char *limit;              /* the option that left the rest out; NULL: none did */
    int64_t milliseconds;           /* how long it took; negative: not to be shown */
};

/* Text below a table, in pieces whose words stay together. */
struct wrapped {
    struct print *print;
    size_t width;
    size_t position;
};

/* Puts a piece after a blank, or on a new line if this one is full. */
void wrapped_put(struct wrapped *text, const char *piece);

/* The status that means the same to people; both share one count and colour. */
numres_status summary_counts_as(numres_status status);

void summary_add_number(struct summary *summary, const numres_phone_number *phone_number);
void summary_add_page(struct summary *summary, const numres_meta *meta);
/* The list is cut off, inside `page` if that is not 0. */
void summary_break_off(struct summary *summary, uint64_t page);
/* Writes why the list is empty from `page` on, such as "there is no page 9; the last is page 3".
   0 as the total: it is unknown. */
#define SUMMARY_EMPTY_SIZE 96
void summary_write_empty(uint64_t page, uint64_t total_pages, bool is_filtered,
                         char sentence[SUMMARY_EMPTY_SIZE]);
void summary_print(const struct summary *summary, struct print *print, size_t width);

#endif
