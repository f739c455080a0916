/* The table for people: columns, cuts, colours. format.c calls it for each record. */
#include "table.h"

#include <string.h>
#include <unistd.h>

#include "../run/terminal.h"

/* Narrower terminals break lines. */
#define SMALLEST_WIDTH 40

/* Between columns. */
#define GAP 2

enum column {
    STATUS,
    RESERVATION,
    CREATED,
    REFERENCE,
    RESERVATION_ERRORS,
    NUMBER,
    EXPIRES,
    ERRORS,
    COLUMN_COUNT
};

static const char *const titles[COLUMN_COUNT] = {
    [STATUS] = "STATUS",       [RESERVATION] = "RESERVATION", [CREATED] = "CREATED (UTC)",
    [REFERENCE] = "REFERENCE", [NUMBER] = "NUMBER",           [EXPIRES] = "EXPIRES (UTC)",
    [ERRORS] = "ERRORS",
};

/* Where a column lies in its row. */
struct place {
    size_t line; /* of the row */
    size_t start;
    size_t width; /* 0: up to the end of the line */
};

struct table_layout {
    size_t from_width; /* of the terminal */
    struct place places[COLUMN_COUNT];
};

/* 36 is a UUID, RFC 9562 section 4; 16 an E.164 number, and a time to the
   minute. */
#define STATUS_WIDTH 8
#define ID_WIDTH 36
#define TIME_WIDTH 16
#define NUMBER_WIDTH 16

/* A row on one line; on two, broken after the UUID; on three, for 40 columns. */
static const struct table_layout layouts[] = {
    {80,
     {[STATUS] = {0, 0, 0},
      [RESERVATION] = {0, 10, ID_WIDTH},
      [CREATED] = {0, 48, TIME_WIDTH},
      [REFERENCE] = {0, 66, 0},
      [RESERVATION_ERRORS] = {0, 10, 0},
      [NUMBER] = {0, 12, NUMBER_WIDTH},
      [EXPIRES] = {0, 30, TIME_WIDTH},
      [ERRORS] = {0, 48, 0}}},
    {46,
     {[STATUS] = {0, 0, 0},
      [RESERVATION] = {0, 10, ID_WIDTH},
      [CREATED] = {1, 10, TIME_WIDTH},
      [REFERENCE] = {1, 28, 0},
      [RESERVATION_ERRORS] = {0, 10, 0},
      [NUMBER] = {0, 12, NUMBER_WIDTH},
      [EXPIRES] = {0, 30, TIME_WIDTH},
      [ERRORS] = {1, 12, 0}}},
    {SMALLEST_WIDTH,
     {[STATUS] = {0, 0, 0},
      [RESERVATION] = {1, 2, ID_WIDTH},
      [CREATED] = {2, 2, TIME_WIDTH},
      [REFERENCE] = {2, 20, 0},
      [RESERVATION_ERRORS] = {0, 2, 0},
      [NUMBER] = {0, 12, NUMBER_WIDTH},
      [EXPIRES] = {1, 12, TIME_WIDTH},
      [ERRORS] = {2, 12, 0}}},
};

/* A row being written, up to this position. */
struct row {
    const struct table *table;
    size_t line;
    size_t position;
};

/* One member of a record, from its masks and raw text. */
struct member {
    bool present, null, invalid;
    numres_text raw;
};

static const struct table_layout *layout_of(size_t width) {
    const struct table_layout *layout = layouts;
    while (layout->from_width > width)
        layout++;
    return layout;
}

void table_begin(struct table *table, struct print *print, int terminal, bool is_wide,
                 bool has_colour) {
    size_t width = terminal_width(terminal);
    table->print = print;
    table->width = width < SMALLEST_WIDTH ? SMALLEST_WIDTH : width;
    table->is_cut = isatty(terminal) && !is_wide;
    table->layout = table->is_cut ? layout_of(table->width) : &layouts[0];
    table->has_colour = has_colour;
}

static struct row begin_row(const struct table *table) {
    struct row row = {table, 0, 0};
    return row;
}

static void end_line(struct row *row) {
    print_string(row->table->print, "\n");
    row->position = 0;
}

static const struct place *place_of(const struct row *row, enum column column) {
    return &row->table->layout->places[column];
}

/* Moves to a column, or further right if an uncut text before it is longer. Called
   only before text, so that no line ends in blanks. */
static void go_to(struct row *row, enum column column) {
    const struct place *place = place_of(row, column);
    size_t least = row->position > 0 ? row->position + GAP : 0;
    if (place->line > row->line && row->position > 0) {
        end_line(row);
        least = 0;
    }
    size_t start = place->start < least ? least : place->start;
    print_spaces(row->table->print, start - row->position);
    row->position = start;
    row->line = place->line;
}

/* Puts a text at the current position, cut at the column's end. */
static void put_rest(struct row *row, enum column column, const char *bytes, size_t length) {
    const struct place *place = place_of(row, column);
    size_t end = place->width == 0 ? row->table->width : place->start + place->width;
    size_t width = row->table->is_cut ? end - row->position : PRINT_ANY_WIDTH;
    row->position += print_safe_cut(row->table->print, bytes, length, width);
}

static void put_text(struct row *row, enum column column, const char *bytes, size_t length) {
    if (length > 0) {
        go_to(row, column);
        put_rest(row, column, bytes, length);
    }
}

static void put_string(struct row *row, enum column column, const char *string) {
    put_text(row, column, string, strlen(string));
}

/* A rejected value is shown as it came, after a mark: it must not look like a valid
   one. */
static void put_rejected(struct row *row, enum column column, numres_text raw) {
    go_to(row, column);
    print_string(row->table->print, "!");
    row->position++;
    put_rest(row, column, raw.bytes, raw.length);
}

/* `absent` is shown where the member is absent or null. */
static void put_member(struct row *row, enum column column, const struct member *member,
                       const char *absent) {
    if (member->invalid)
        put_rejected(row, column, member->raw);
    else if (!member->present || member->null)
        put_string(row, column, absent);
    else
        put_text(row, column, member->raw.bytes, member->raw.length);
}

/* Cut to the minute; the other formats print the text as it came. */
static void put_timestamp(struct row *row, enum column column, const struct member *member,
                          const numres_timestamp *value) {
    char text[NUMRES_TIMESTAMP_SIZE];
    numres_timestamp shown = *value;
    shown.nanoseconds = 0;
    shown.fraction_digits = 0;
    shown.offset_minutes = 0;
    shown.unknown_offset = false;
    bool is_value = member->present && !member->null && !member->invalid;
    /* In UTC the year may lie outside 0000 to 9999; then the raw text is shown. */
    if (is_value && numres_timestamp_format(&shown, text, sizeof text) > 0) {
        text[strlen("2018-01-01")] = ' ';
        put_text(row, column, text, strlen("2018-01-01 00:00"));
    } else {
        put_member(row, column, member, "-");
    }
}

/* Indexed by the number of the status that it counts as: pending is yellow, success
   green, failure red, partial_success cyan, later ones blue. Magenta marks an unknown
   status. */
static const char *const status_colours[] = {"\033[35m", "\033[33m", "\033[32m",
                                             "\033[31m", "\033[36m", "\033[34m"};

static const char *colour_of(const struct member *member, numres_status status) {
    const size_t last = sizeof status_colours / sizeof status_colours[0] - 1;
    size_t number = (size_t)summary_counts_as(status);
    bool is_known = member->invalid || status != NUMRES_STATUS_UNKNOWN;
    return is_known ? status_colours[number < last ? number : last] : NULL;
}

/* A status that is wider than its column is rare and important: it has a line to
   itself, and the row continues below. */
static void put_status(struct row *row, const struct member *member, numres_status status) {
    const char *colour = row->table->has_colour ? colour_of(member, status) : NULL;
    if (colour != NULL)
        print_string(row->table->print, colour);
    put_member(row, STATUS, member, "-");
    if (colour != NULL)
        print_string(row->table->print, "\033[0m");
    if (row->position > STATUS_WIDTH)
        end_line(row);
}

static struct member number_member(const numres_phone_number *phone_number,
                                   numres_phone_number_member number) {
    struct member member = {
        numres_has(phone_number->present, number), numres_has(phone_number->null, number),
        numres_has(phone_number->invalid, number), numres_phone_number_raw(phone_number, number)};
    return member;
}

static struct member reservation_member(const numres_reservation *reservation,
                                        numres_reservation_member number) {
    struct member member = {
        numres_has(reservation->present, number), numres_has(reservation->null, number),
        numres_has(reservation->invalid, number), numres_reservation_raw(reservation, number)};
    return member;
}

static void put_titles(const struct table *table, enum column first, enum column last) {
    struct row row = begin_row(table);
    for (enum column column = first; column <= last; column++)
        put_string(&row, column, titles[column]);
    end_line(&row);
}

void table_header(const struct table *table) {
    put_titles(table, STATUS, REFERENCE);
    put_titles(table, NUMBER, ERRORS);
}

void table_phone_number(const struct table *table, const numres_phone_number *phone_number) {
    struct row row = begin_row(table);
    struct member number = number_member(phone_number, NUMRES_PHONE_NUMBER_PHONE_NUMBER);
    struct member status = number_member(phone_number, NUMRES_PHONE_NUMBER_STATUS);
    struct member expires = number_member(phone_number, NUMRES_PHONE_NUMBER_EXPIRED_AT);
    struct member errors = number_member(phone_number, NUMRES_PHONE_NUMBER_ERRORS);
    put_status(&row, &status, phone_number->status.value);
    put_member(&row, NUMBER, &number, "-");
    put_timestamp(&row, EXPIRES, &expires, &phone_number->expired_at.value);
    put_member(&row, ERRORS, &errors, "");
    end_line(&row);
}

/* A reservation's own errors are rare and have a line to themselves. */
static void put_reservation_errors(const struct table *table,
                                   const numres_reservation *reservation) {
    struct row row = begin_row(table);
    struct member errors = reservation_member(reservation, NUMRES_RESERVATION_ERRORS);
    if (errors.null || (errors.raw.length == 0 && !errors.invalid))
        return;
    const char *title = errors.invalid ? "errors: !" : "errors: ";
    go_to(&row, RESERVATION_ERRORS);
    print_string(table->print, title);
    row.position += strlen(title);
    put_rest(&row, RESERVATION_ERRORS, errors.raw.bytes, errors.raw.length);
    end_line(&row);
}

void table_reservation(const struct table *table, const numres_reservation *reservation) {
    struct row row = begin_row(table);
    struct member id = reservation_member(reservation, NUMRES_RESERVATION_ID);
    struct member status = reservation_member(reservation, NUMRES_RESERVATION_STATUS);
    struct member created = reservation_member(reservation, NUMRES_RESERVATION_CREATED_AT);
    struct member reference =
        reservation_member(reservation, NUMRES_RESERVATION_CUSTOMER_REFERENCE);
    put_status(&row, &status, reservation->status.value);
    put_member(&row, RESERVATION, &id, "-");
    put_timestamp(&row, CREATED, &created, &reservation->created_at.value);
    put_member(&row, REFERENCE, &reference, "-");
    end_line(&row);
    put_reservation_errors(table, reservation);
}
