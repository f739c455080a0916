/* Writes one row of the table. table.c calls it. */
#include "row.h"

#include <string.h>

#include "../run/terminal.h"

/* Between columns, if a text is longer than its own. On a terminal, room is scarce. */
#define GAP 2
#define LEAST_GAP 1

/* A text that is cut ends in three dots. */
#define LEAST_ROOM 4

struct row row_begin(const struct table *table) {
    struct row row = {table, 0, NULL, false};
    return row;
}

void row_end(struct row *row) {
    print_string(row->table->print, "\n");
    row->position = 0;
}

/* Where a text for this place begins. */
static size_t start_of(const struct row *row, size_t start) {
    size_t least =
        row->position > 0 ? row->position + (row->table->is_cut ? LEAST_GAP : (size_t)GAP) : 0;
    return start < least ? least : start;
}

void row_go_to(struct row *row, size_t start) {
    size_t place = start_of(row, start);
    print_spaces(row->table->print, place - row->position);
    row->position = place;
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

/* A text after a mark, which may be empty. */
static void put(struct row *row, size_t start, size_t end, const char *mark, numres_text text) {
    size_t place = start_of(row, start) + strlen(mark);
    size_t room = PRINT_ANY_WIDTH;
    if (row->table->is_cut) {
        if (place >= end || !has_room(text, end - place))
            return;
        room = end - place;
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
    numres_text text = {absent, strlen(absent)};
    if (member->invalid)
        put(row, start, end, "!", member->raw);
    else if (!member->present || member->null)
        row_text(row, start, end, text);
    else
        row_text(row, start, end, member->raw);
}

bool row_has(const struct member *member) {
    return member->present && !member->null && !member->invalid && member->raw.length > 0;
}

struct member row_number_member(const numres_phone_number *phone_number,
                                numres_phone_number_member number) {
    struct member member = {
        numres_has(phone_number->present, number), numres_has(phone_number->null, number),
        numres_has(phone_number->invalid, number), numres_phone_number_raw(phone_number, number)};
    return member;
}

struct member row_reservation_member(const numres_reservation *reservation,
                                     numres_reservation_member number) {
    struct member member = {
        numres_has(reservation->present, number), numres_has(reservation->null, number),
        numres_has(reservation->invalid, number), numres_reservation_raw(reservation, number)};
    return member;
}
