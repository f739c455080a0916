/* Compares the members of two records, and shows what differs. diff.c calls it. */
#include "findings.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../run/terminal.h"

/* The column where the id of a reservation begins, and the lines below it. */
#define INDENT 9

static const char *const kinds[DIFFERENCE_KINDS] = {"added", "gone", "changed"};
static const char *const colours[DIFFERENCE_KINDS] = {SGR_GREEN, SGR_RED, SGR_YELLOW};

bool difference_begin(struct difference *difference, struct print *print,
                      const struct difference_look *look) {
    memset(difference, 0, sizeof *difference);
    difference->print = print;
    difference->look = *look;
    return columns_begin(&difference->columns);
}

/* One line. `number` is NULL if it is about the reservation; `member` is NULL if it is about
   the whole record. */
struct line {
    enum difference_kind kind;
    const numres_phone_number *number;
    const char *member;
    numres_text from, to;
};

/* ---- JSON ---- */

/* An empty text becomes null. */
static void add_text(struct json_line *json, const char *name, numres_text text) {
    json_line_text(json, name, text.length == 0 ? NULL : text.bytes, text.length);
}

static void print_json(const struct difference *difference, const struct line *line) {
    struct json_line json;
    json_line_begin(&json, difference->print);
    json_line_text(&json, "change", kinds[line->kind], strlen(kinds[line->kind]));
    add_text(&json, "reservation_id", difference->reservation->id);
    add_text(&json, "phone_number",
             line->number == NULL ? numres_text_from(NULL) : line->number->phone_number);
    add_text(&json, "member", numres_text_from(line->member));
    add_text(&json, "from", line->from);
    add_text(&json, "to", line->to);
    json_line_end(&json);
}

/* ---- text ---- */

static void print_text(const struct difference *difference, numres_text text, const char *empty) {
    if (text.length == 0)
        print_string(difference->print, empty);
    else
        print_safe(difference->print, text.bytes, text.length);
}

static void print_kind(const struct difference *difference, enum difference_kind kind) {
    bool has_colour = difference->look.has_colour;
    terminal_colour(difference->print, has_colour, colours[kind]);
    print_string(difference->print, kinds[kind]);
    terminal_colour(difference->print, has_colour, SGR_PLAIN);
}

/* Prints the line that names the reservation, above the others about it. */
static void print_name(const struct difference *difference) {
    print_kind(difference, difference->kind);
    print_spaces(difference->print, INDENT - strlen(kinds[difference->kind]));
    print_text(difference, difference->reservation->id, "(without an id)");
    print_string(difference->print, "\n");
}

static void print_line(const struct difference *difference, const struct line *line) {
    print_spaces(difference->print, INDENT);
    if (line->number != NULL) {
        print_text(difference, line->number->phone_number, "(without a number)");
        print_string(difference->print, " ");
    }
    if (line->member == NULL) {
        print_kind(difference, line->kind);
    } else {
        print_string(difference->print, line->member);
        print_string(difference->print, ": ");
        print_text(difference, line->from, "-");
        print_string(difference->print, " -> ");
        print_text(difference, line->to, "-");
    }
    print_string(difference->print, "\n");
}

/* The first line about a reservation names it. */
static void name_once(struct difference *difference) {
    if (difference->is_named)
        return;
    difference->is_named = true;
    difference->reservations[difference->kind]++;
    if (!difference->look.is_json)
        print_name(difference);
}

static void show(struct difference *difference, const struct line *line) {
    name_once(difference);
    if (difference->look.is_json)
        print_json(difference, line);
    else
        print_line(difference, line);
}

/* ---- comparing ---- */

static bool are_equal(numres_text one, numres_text other) {
    return one.length == other.length &&
           (one.length == 0 || memcmp(one.bytes, other.bytes, one.length) == 0);
}

/* The two records: reservations or numbers. The other two are NULL. */
struct pair {
    const numres_reservation *old_reservation, *new_reservation;
    const numres_phone_number *old_number, *new_number;
};

/* The same time may be written in several ways. */
static bool is_same_instant(const struct column *column, const struct pair *pair) {
    int64_t seconds[2] = {0, 0};
    uint32_t nanoseconds[2] = {0, 0};
    return column_instant(column, pair->old_reservation, pair->old_number, &seconds[0],
                          &nanoseconds[0]) &&
           column_instant(column, pair->new_reservation, pair->new_number, &seconds[1],
                          &nanoseconds[1]) &&
           seconds[0] == seconds[1] && nanoseconds[0] == nanoseconds[1];
}

static void compare(struct difference *difference, const struct pair *pair) {
    bool are_numbers = pair->new_number != NULL;
    for (size_t at = 0; at < difference->columns.count; at++) {
        const struct column *column = &difference->columns.all[at];
        if (column->is_of_number != are_numbers)
            continue;
        struct line line = {DIFFERENCE_CHANGED, pair->new_number, column->member_name,
                            column_text(column, pair->old_reservation, pair->old_number),
                            column_text(column, pair->new_reservation, pair->new_number)};
        if (!are_equal(line.from, line.to) && !is_same_instant(column, pair))
            show(difference, &line);
    }
}

void difference_reservation(struct difference *difference, enum difference_kind kind,
                            const numres_reservation *reservation) {
    struct line line = {.kind = kind};
    difference->reservation = reservation;
    difference->kind = kind;
    difference->is_named = false;
    name_once(difference);
    if (difference->look.is_json)
        print_json(difference, &line);
}

void difference_compare_reservations(struct difference *difference, const numres_reservation *old,
                                     const numres_reservation *changed) {
    struct pair pair = {old, changed, NULL, NULL};
    difference->reservation = changed;
    difference->kind = DIFFERENCE_CHANGED;
    difference->is_named = false;
    compare(difference, &pair);
}

void difference_number(struct difference *difference, enum difference_kind kind,
                       const numres_phone_number *number) {
    struct line line = {.kind = kind, .number = number};
    show(difference, &line);
}

void difference_compare_numbers(struct difference *difference, const numres_phone_number *old,
                                const numres_phone_number *changed) {
    struct pair pair = {NULL, NULL, old, changed};
    compare(difference, &pair);
}

bool difference_end(const struct difference *difference) {
    const uint64_t *counts = difference->reservations;
    char line[128];
    if (counts[DIFFERENCE_ADDED] + counts[DIFFERENCE_GONE] + counts[DIFFERENCE_CHANGED] == 0)
        return false;
    snprintf(line, sizeof line, "\n%" PRIu64 " added, %" PRIu64 " gone, %" PRIu64 " changed\n",
             counts[DIFFERENCE_ADDED], counts[DIFFERENCE_GONE], counts[DIFFERENCE_CHANGED]);
    if (!difference->look.is_json)
        print_string(difference->print, line);
    return true;
}
