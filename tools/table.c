#include "table.h"

#include <string.h>

#include "terminal.h"

/* The widest column ends with the line; narrower terminals break lines. */
#define SMALLEST_WIDTH 80

struct column {
    const char *title;
    size_t start;
    size_t width; /* 0: up to the end of the line */
};

/* 36 is a UUID, RFC 9562 section 4; 16 an E.164 number, and a time to the
   minute. */
#define STATUS_WIDTH 8
static const struct column status_column = {"STATUS", 0, 0};
static const struct column id_column = {"RESERVATION", 10, 36};
static const struct column created_column = {"CREATED (UTC)", 48, 16};
static const struct column reference_column = {"REFERENCE", 66, 0};
static const struct column reservation_errors_column = {"errors: ", 10, 0};
static const struct column number_column = {"NUMBER", 12, 16};
static const struct column expires_column = {"EXPIRES (UTC)", 30, 16};
static const struct column errors_column = {"ERRORS", 48, 0};

/* A line being written: how far it has come. */
struct row {
    const struct table *table;
    size_t position;
};

/* One member of a record, as the masks and the raw text tell of it. */
struct member {
    bool present, null, invalid;
    numres_text raw;
};

void table_begin(struct table *table, struct print *print, int terminal) {
    size_t width = terminal_width(terminal);
    table->print = print;
    table->width = width < SMALLEST_WIDTH ? SMALLEST_WIDTH : width;
    table->colour = terminal_has_colour(terminal);
}

/* Goes to a column. Only a text that follows calls for it, so that no line
   ends in blanks. */
static void go_to(struct row *row, size_t start) {
    if (row->position < start) {
        print_spaces(row->table->print, start - row->position);
        row->position = start;
    }
}

/* Puts a text where the line has come, cut at the column's end. */
static void put_rest(struct row *row, const struct column *column, const char *bytes,
                     size_t length) {
    size_t end = column->width == 0 ? row->table->width : column->start + column->width;
    row->position += print_safe_cut(row->table->print, bytes, length, end - row->position);
}

static void put_text(struct row *row, const struct column *column, const char *bytes,
                     size_t length) {
    if (length > 0) {
        go_to(row, column->start);
        put_rest(row, column, bytes, length);
    }
}

static void put_string(struct row *row, const struct column *column, const char *string) {
    put_text(row, column, string, strlen(string));
}

/* A rejected value is shown as it came behind a mark: it must not look like a
   right one. */
static void put_rejected(struct row *row, const struct column *column, numres_text raw) {
    go_to(row, column->start);
    print_string(row->table->print, "!");
    row->position++;
    put_rest(row, column, raw.bytes, raw.length);
}

/* `absent` is shown where the member is absent or null. */
static void put_member(struct row *row, const struct column *column, const struct member *member,
                       const char *absent) {
    if (member->invalid)
        put_rejected(row, column, member->raw);
    else if (!member->present || member->null)
        put_string(row, column, absent);
    else
        put_text(row, column, member->raw.bytes, member->raw.length);
}

/* To the minute: the other formats have the text as it came. */
static void put_timestamp(struct row *row, const struct column *column, const struct member *member,
                          const numres_timestamp *value) {
    char text[NUMRES_TIMESTAMP_SIZE];
    numres_timestamp shown = *value;
    shown.nanoseconds = 0;
    shown.fraction_digits = 0;
    shown.offset_minutes = 0;
    shown.unknown_offset = false;
    bool is_value = member->present && !member->null && !member->invalid;
    /* In UTC the year can leave 0000 to 9999; then the text is shown. */
    if (is_value && numres_timestamp_format(&shown, text, sizeof text) > 0) {
        text[strlen("2018-01-01")] = ' ';
        put_text(row, column, text, strlen("2018-01-01 00:00"));
    } else {
        put_member(row, column, member, "-");
    }
}

/* Yellow, green, red and cyan; magenta is what should not be there. */
#define COLOUR_OF_PENDING "\033[33m"
#define COLOUR_OF_SUCCESS "\033[32m"
#define COLOUR_OF_FAILURE "\033[31m"
#define COLOUR_OF_PARTIAL_SUCCESS "\033[36m"
#define COLOUR(NAME, NUMBER, word, COUNTS_AS, SOURCE) [NUMBER] = COLOUR_OF_##COUNTS_AS,

static const char *colour_of(const struct member *member, numres_status status) {
    static const char *const colours[NUMRES_STATUS_COUNT] = {[NUMRES_STATUS_UNKNOWN] = "\033[35m",
                                                             NUMRES_STATUSES(COLOUR)};
    bool is_known = member->invalid || status != NUMRES_STATUS_UNKNOWN;
    return is_known ? colours[status] : NULL;
}

static struct row begin_row(const struct table *table) {
    struct row row = {table, 0};
    return row;
}

static void end_row(const struct row *row) {
    print_string(row->table->print, "\n");
}

/* A status that the column cannot hold is rare, and what a reader looks for: it
   has the line to itself, and the row goes on below. */
static void put_status(struct row *row, const struct member *member, numres_status status) {
    const char *colour = row->table->colour ? colour_of(member, status) : NULL;
    if (colour != NULL)
        print_string(row->table->print, colour);
    put_member(row, &status_column, member, "-");
    if (colour != NULL)
        print_string(row->table->print, "\033[0m");
    if (row->position > STATUS_WIDTH) {
        end_row(row);
        *row = begin_row(row->table);
    }
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

static void put_titles(const struct table *table, const struct column *const *columns) {
    struct row row = begin_row(table);
    for (; *columns != NULL; columns++)
        put_string(&row, *columns, (*columns)->title);
    end_row(&row);
}

void table_header(const struct table *table) {
    static const struct column *const of_reservation[] = {&status_column, &id_column,
                                                          &created_column, &reference_column, NULL};
    static const struct column *const of_number[] = {&number_column, &expires_column,
                                                     &errors_column, NULL};
    put_titles(table, of_reservation);
    put_titles(table, of_number);
}

void table_phone_number(const struct table *table, const numres_phone_number *phone_number) {
    struct row row = begin_row(table);
    struct member number = number_member(phone_number, NUMRES_PHONE_NUMBER_PHONE_NUMBER);
    struct member status = number_member(phone_number, NUMRES_PHONE_NUMBER_STATUS);
    struct member expires = number_member(phone_number, NUMRES_PHONE_NUMBER_EXPIRED_AT);
    struct member errors = number_member(phone_number, NUMRES_PHONE_NUMBER_ERRORS);
    put_status(&row, &status, phone_number->status.value);
    put_member(&row, &number_column, &number, "-");
    put_timestamp(&row, &expires_column, &expires, &phone_number->expired_at.value);
    put_member(&row, &errors_column, &errors, "");
    end_row(&row);
}

/* A reservation's own errors are rare, and have a line to themselves. */
static void put_reservation_errors(const struct table *table,
                                   const numres_reservation *reservation) {
    struct row row = begin_row(table);
    struct member errors = reservation_member(reservation, NUMRES_RESERVATION_ERRORS);
    if (errors.null || (errors.raw.length == 0 && !errors.invalid))
        return;
    put_string(&row, &reservation_errors_column, reservation_errors_column.title);
    put_member(&row, &reservation_errors_column, &errors, "");
    end_row(&row);
}

void table_reservation(const struct table *table, const numres_reservation *reservation) {
    struct row row = begin_row(table);
    struct member id = reservation_member(reservation, NUMRES_RESERVATION_ID);
    struct member status = reservation_member(reservation, NUMRES_RESERVATION_STATUS);
    struct member created = reservation_member(reservation, NUMRES_RESERVATION_CREATED_AT);
    struct member reference =
        reservation_member(reservation, NUMRES_RESERVATION_CUSTOMER_REFERENCE);
    put_status(&row, &status, reservation->status.value);
    put_member(&row, &id_column, &id, "-");
    put_timestamp(&row, &created_column, &created, &reservation->created_at.value);
    put_member(&row, &reference_column, &reference, "-");
    end_row(&row);
    put_reservation_errors(table, reservation);
}
