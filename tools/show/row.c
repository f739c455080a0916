/* Writes one row of a table: puts texts into columns, cuts and colours them. table.c and
   columns_table.c call it; tally.c takes the colours of statuses from it. */
#include "table.h"

#include <stdio.h>
#include <string.h>

#include "../run/terminal.h"
#include "../run/times.h"

/* Between columns, after a text that is wider than its own. On a terminal, room is scarce. */
#define LEAST_GAP 1

/* A text that is cut ends in three dots. */
#define LEAST_ROOM 4

/* What expires within this many seconds is in the warning colour. A reservation holds for
   30 minutes. */
#define SOON 600

struct row row_begin(const struct table *table) {
    struct row row = {.table = table};
    return row;
}

void row_end(struct row *row) {
    print_string(row->table->print, "\n");
    row->position = 0;
}

/* Where a text for this column begins: at `start`, or after the text before it. */
static size_t start_of(const struct row *row, size_t start) {
    size_t least = row->position > 0
                       ? row->position + (row->table->is_cut ? LEAST_GAP : (size_t)TABLE_GAP)
                       : 0;
    return start < least ? least : start;
}

void row_go_to(struct row *row, size_t start) {
    size_t column = start_of(row, start);
    print_spaces(row->table->print, column - row->position);
    row->position = column;
}

void row_colour(struct row *row, const char *colour) {
    row->colour = row->table->has_colour ? colour : NULL;
}

/* Blanks before a text have no colour. */
static void begin_colour(struct row *row) {
    if (row->colour != NULL && !row->is_coloured)
        print_string(row->table->print, row->colour);
    row->is_coloured = row->colour != NULL;
}

void row_plain(struct row *row) {
    if (row->is_coloured)
        print_string(row->table->print, SGR_PLAIN);
    row->is_coloured = false;
    row->colour = NULL;
}

void row_string(struct row *row, const char *string) {
    if (string[0] != '\0')
        begin_colour(row);
    print_string(row->table->print, string);
    row->position += strlen(string);
}

/* Whether a text has room in this many columns, whole or cut. */
static bool has_room(numres_text text, size_t room) {
    return room >= LEAST_ROOM || print_width(text.bytes, text.length, room) <= room;
}

/* Puts a mark, which may be empty, and a text. */
static void put(struct row *row, size_t start, size_t end, const char *mark, numres_text text) {
    size_t column = start_of(row, start) + strlen(mark);
    size_t room = PRINT_ANY_WIDTH;
    if (row->table->is_cut) {
        if (column >= end || !has_room(text, end - column))
            return;
        room = end - column;
    }
    row_go_to(row, start);
    row_string(row, mark);
    begin_colour(row);
    row->position += print_safe_cut(row->table->print, text.bytes, text.length, room);
}

void row_text(struct row *row, size_t start, size_t end, numres_text text) {
    if (text.length > 0)
        put(row, start, end, "", text);
}

void row_member(struct row *row, size_t start, size_t end, const struct member *member,
                const char *absent) {
    bool has_value = member->state == NUMRES_MEMBER_VALUE;
    if (member->state == NUMRES_MEMBER_INVALID)
        put(row, start, end, "!", member->raw);
    else
        row_text(row, start, end, has_value ? member->raw : numres_text_from(absent));
}

bool row_has(const struct member *member) {
    return member->state == NUMRES_MEMBER_VALUE && member->raw.length > 0;
}

struct member row_number_member(const numres_phone_number *phone_number,
                                numres_phone_number_member number) {
    return (struct member){numres_phone_number_state(phone_number, number),
                           numres_phone_number_raw(phone_number, number)};
}

struct member row_reservation_member(const numres_reservation *reservation,
                                     numres_reservation_member number) {
    return (struct member){numres_reservation_state(reservation, number),
                           numres_reservation_raw(reservation, number)};
}

/* ---- the cells of both tables ---- */

/* Indexed by the status that a status counts as: pending is yellow, success green, failure red,
   partial_success cyan, later ones blue. Magenta marks an unknown status. */
static const char *const status_colours[] = {SGR_MAGENTA, SGR_YELLOW, SGR_GREEN,
                                             SGR_RED,     SGR_CYAN,   SGR_BLUE};

const char *row_status_colour(numres_status status) {
    const size_t last = sizeof status_colours / sizeof status_colours[0] - 1;
    size_t counted_as = (size_t)summary_counts_as(status);
    return status_colours[counted_as < last ? counted_as : last];
}

void row_status(struct row *row, size_t start, size_t end, const struct member *member,
                numres_status status) {
    bool is_there = table_has_status(status, member->state == NUMRES_MEMBER_INVALID);
    row_colour(row, is_there ? row_status_colour(status) : NULL);
    row_member(row, start, end, member, "-");
    row_plain(row);
}

static const char *colour_of_expiry(const struct member *member, const numres_timestamp *time) {
    int64_t left = time->seconds - clock_now();
    if (!row_has(member) || left > SOON)
        return NULL;
    return left > 0 ? SGR_YELLOW : SGR_DIM;
}

/* Puts a time; drops its year if the column is too narrow, as in the narrow layout. Returns
   false if it cannot be shown whole. */
static bool put_time(struct row *row, size_t start, size_t end, const char *text) {
    size_t room = row->table->is_cut && end > start ? end - start : PRINT_ANY_WIDTH;
    bool has_year = strlen(text) >= strlen("2018-01-01 00:00") && text[4] == '-';
    const char *shown = has_year && strlen(text) > room ? text + strlen("2018-") : text;
    if (strlen(shown) > room)
        return false;
    row_text(row, start, end, numres_text_from(shown));
    return true;
}

void row_time(struct row *row, size_t start, size_t end, const struct member *member,
              const numres_timestamp *time, bool comes) {
    char text[MOMENT_SIZE];
    row_colour(row, comes ? colour_of_expiry(member, time) : NULL);
    if (!row_has(member) || !moments_write(&row->table->moments, time, comes, text, sizeof text) ||
        !put_time(row, start, end, text))
        row_member(row, start, end, member, "-");
    row_plain(row);
}

size_t row_write_marks(const unsigned int marks[2], char *text) {
    size_t length = 0;
    text[0] = '\0';
    for (size_t at = 0; at < 2; at++) {
        char mark[12] = "*";
        if (marks[at] == 0)
            continue;
        if (marks[at] < NOTES_FULL)
            snprintf(mark, sizeof mark, "%u", marks[at]);
        snprintf(text + length, ROW_MARKS_SIZE - length, "%s[%s]", length == 0 ? " " : "", mark);
        length = strlen(text);
    }
    return length;
}
