/* Finds the old number that a new one is compared with, compares the members of two records, and
   shows what differs. diff.c calls it. */
#include "difference.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../run/terminal.h"
#include "findings.h"

/* ---- finding partners, in n log n time ---- */

struct partner {
    const numres_phone_number *number;
    size_t place;
    size_t passed; /* in the first of equal ones: how many of them were found taken */
};

static int order_texts(numres_text one, numres_text other) {
    if (one.length != other.length)
        return one.length < other.length ? -1 : 1;
    return one.length == 0 ? 0 : memcmp(one.bytes, other.bytes, one.length);
}

/* Orders by the text, or by the id if there is no text. Partners compare as equal. */
static int order_names(const numres_phone_number *one, const numres_phone_number *other) {
    int order = order_texts(one->phone_number, other->phone_number);
    return order != 0 || one->phone_number.length > 0 ? order : order_texts(one->id, other->id);
}

static int order_partners(const void *left, const void *right) {
    const struct partner *one = left;
    const struct partner *other = right;
    int order = order_names(one->number, other->number);
    return order != 0 ? order : (one->place > other->place) - (one->place < other->place);
}

bool partners_begin(struct partners *partners, numres_collection *old, size_t reservation) {
    size_t count = numres_collection_phone_numbers(old, reservation);
    partners->old = old;
    partners->reservation = reservation;
    partners->count = count;
    partners->are_sorted = false;
    if (count > partners->room) {
        partners_end(partners);
        partners->are_taken = calloc(count, sizeof *partners->are_taken);
        partners->sorted = calloc(count, sizeof *partners->sorted);
        if (partners->are_taken == NULL || partners->sorted == NULL)
            return false;
        partners->room = count;
    }
    for (size_t at = 0; at < count; at++)
        partners->are_taken[at] = false;
    return true;
}

void partners_end(struct partners *partners) {
    free(partners->are_taken);
    free(partners->sorted);
    partners->are_taken = NULL;
    partners->sorted = NULL;
    partners->room = 0;
}

static void sort(struct partners *partners) {
    for (size_t at = 0; at < partners->count; at++)
        partners->sorted[at] = (struct partner){
            numres_collection_phone_number(partners->old, partners->reservation, at), at, 0};
    if (partners->count > 0)
        qsort(partners->sorted, partners->count, sizeof *partners->sorted, order_partners);
    partners->are_sorted = true;
}

/* The index of the first sorted one that does not come before the number. */
static size_t first_of(const struct partners *partners, const numres_phone_number *number) {
    size_t first = 0;
    size_t count = partners->count;
    while (count > 0) {
        size_t half = count / 2;
        bool is_before = order_names(partners->sorted[first + half].number, number) < 0;
        first += is_before ? half + 1 : 0;
        count = is_before ? count - half - 1 : half;
    }
    return first;
}

/* The place of the first one that is equal to the number and not taken. */
static size_t find_sorted(struct partners *partners, const numres_phone_number *number) {
    if (!partners->are_sorted)
        sort(partners);
    size_t first = first_of(partners, number);
    if (first == partners->count)
        return PARTNERS_NONE;
    size_t *passed = &partners->sorted[first].passed;
    for (; first + *passed < partners->count; ++*passed) {
        const struct partner *next = &partners->sorted[first + *passed];
        if (order_names(next->number, number) != 0)
            break;
        if (!partners->are_taken[next->place])
            return next->place;
    }
    return PARTNERS_NONE;
}

size_t partners_take(struct partners *partners, const numres_phone_number *number) {
    numres_text text = number->phone_number;
    size_t found = 0;
    size_t at = 0;
    if (text.length > 0 &&
        !numres_collection_find_phone_number(partners->old, text.bytes, text.length, &found, &at))
        return PARTNERS_NONE;
    /* The number may be in other reservations too, or twice in this one. */
    if (text.length == 0 || found != partners->reservation || partners->are_taken[at])
        at = find_sorted(partners, number);
    if (at != PARTNERS_NONE)
        partners->are_taken[at] = true;
    return at;
}

/* ---- what is shown ---- */

/* The column where the id of a reservation begins, and the lines below it. */
#define INDENT 9

static const char *const changes[DIFFERENCE_CHANGES] = {"added", "gone", "changed"};
static const char *const colours[DIFFERENCE_CHANGES] = {SGR_GREEN, SGR_RED, SGR_YELLOW};

/* One line. `number` is NULL if it is about the reservation; `member` is NULL if it is about
   the whole record. */
struct line {
    enum difference_change change;
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
    json_line_text(&json, "change", changes[line->change], strlen(changes[line->change]));
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

static void print_change(const struct difference *difference, enum difference_change change) {
    bool has_colour = difference->has_colour;
    terminal_colour(difference->print, has_colour, colours[change]);
    print_string(difference->print, changes[change]);
    terminal_colour(difference->print, has_colour, SGR_PLAIN);
}

/* Prints the line that names the reservation, above the others about it. */
static void print_name(const struct difference *difference) {
    print_change(difference, difference->change);
    print_spaces(difference->print, INDENT - strlen(changes[difference->change]));
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
        print_change(difference, line->change);
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
    difference->reservations[difference->change]++;
    if (!difference->is_json)
        print_name(difference);
}

static void show(struct difference *difference, const struct line *line) {
    name_once(difference);
    if (difference->is_json)
        print_json(difference, line);
    else
        print_line(difference, line);
}

/* ---- comparing ---- */

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
        if (order_texts(line.from, line.to) != 0 && !is_same_instant(column, pair))
            show(difference, &line);
    }
}

void difference_reservation(struct difference *difference, enum difference_change change,
                            const numres_reservation *reservation) {
    struct line line = {.change = change};
    difference->reservation = reservation;
    difference->change = change;
    difference->is_named = false;
    name_once(difference);
    if (difference->is_json)
        print_json(difference, &line);
}

void difference_compare_reservations(struct difference *difference, const numres_reservation *old,
                                     const numres_reservation *changed) {
    struct pair pair = {.old_reservation = old, .new_reservation = changed};
    difference->reservation = changed;
    difference->change = DIFFERENCE_CHANGED;
    difference->is_named = false;
    compare(difference, &pair);
}

void difference_number(struct difference *difference, enum difference_change change,
                       const numres_phone_number *number) {
    struct line line = {.change = change, .number = number};
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
    if (!difference->is_json)
        print_string(difference->print, line);
    return true;
}
