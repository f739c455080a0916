#include "table.h"

#include <string.h>

enum column {
    COLUMN_RECORD,
    COLUMN_STATUS,
    COLUMN_CREATED,
    COLUMN_EXPIRES,
    COLUMN_REFERENCE,
    COLUMN_ERRORS,
    COLUMN_COUNT
};

struct column_form {
    const char *title;
    size_t width;
};

#define COLUMN_GAP 2
/* A number stands in the column of its reservation's id, set in. */
#define NUMBER_INDENT 2

static const struct column_form columns[COLUMN_COUNT] = {
    {"RESERVATION OR NUMBER", 36}, /* a UUID, RFC 9562 section 4 */
    {"STATUS", 16},                /* a mark and "partial_success" */
    {"CREATED", 20},               /* to the second, in UTC */
    {"EXPIRES", 20},
    {"REFERENCE", 24},
    {"ERRORS", 60},
};

/* A line being written: how far it has come. */
struct row {
    struct print *print;
    size_t position;
};

/* One member of a record, as the masks and the raw text tell of it. */
struct member {
    bool present, null, invalid;
    numres_text raw;
};

static size_t column_start(enum column column) {
    size_t start = 0;
    for (size_t before = 0; before < (size_t)column; before++)
        start += columns[before].width + COLUMN_GAP;
    return start;
}

/* Goes to a column. Only a text that follows calls for it, so that no line
   ends in blanks. */
static void go_to(struct row *row, size_t start) {
    print_spaces(row->print, start - row->position);
    row->position = start;
}

static void put_text(struct row *row, enum column column, size_t indent, const char *bytes,
                     size_t length) {
    if (length > 0) {
        go_to(row, column_start(column) + indent);
        row->position += print_safe_cut(row->print, bytes, length, columns[column].width - indent);
    }
}

static void put_string(struct row *row, enum column column, const char *string) {
    put_text(row, column, 0, string, strlen(string));
}

/* A rejected value is shown as it came behind a mark: it must not look like a
   right one. */
static void put_rejected(struct row *row, enum column column, size_t indent, numres_text raw) {
    go_to(row, column_start(column) + indent);
    print_string(row->print, "!");
    row->position++;
    put_text(row, column, indent + 1, raw.bytes, raw.length);
}

/* `absent` is shown where the member is absent or null. */
static void put_member(struct row *row, enum column column, size_t indent,
                       const struct member *member, const char *absent) {
    if (member->invalid)
        put_rejected(row, column, indent, member->raw);
    else if (!member->present || member->null)
        put_text(row, column, indent, absent, strlen(absent));
    else
        put_text(row, column, indent, member->raw.bytes, member->raw.length);
}

static void put_timestamp(struct row *row, enum column column, const struct member *member,
                          const numres_timestamp *value) {
    char text[NUMRES_TIMESTAMP_SIZE];
    numres_timestamp shown = *value;
    shown.nanoseconds = 0;
    shown.fraction_digits = 0;
    shown.offset_minutes = 0;
    shown.unknown_offset = false;
    bool is_value = member->present && !member->null && !member->invalid;
    /* In UTC the year can leave 0000 to 9999; then the text is shown. */
    if (is_value && numres_timestamp_format(&shown, text, sizeof text) > 0)
        put_string(row, column, text);
    else
        put_member(row, column, 0, member, "-");
}

static struct row begin_row(struct print *print) {
    struct row row = {print, 0};
    return row;
}

static void end_row(const struct row *row) {
    print_string(row->print, "\n");
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

void table_header(struct print *print) {
    struct row row = begin_row(print);
    for (size_t column = 0; column < COLUMN_COUNT; column++)
        put_string(&row, (enum column)column, columns[column].title);
    end_row(&row);
}

void table_phone_number(struct print *print, const numres_phone_number *phone_number) {
    struct row row = begin_row(print);
    struct member number = number_member(phone_number, NUMRES_PHONE_NUMBER_PHONE_NUMBER);
    struct member status = number_member(phone_number, NUMRES_PHONE_NUMBER_STATUS);
    struct member created = number_member(phone_number, NUMRES_PHONE_NUMBER_CREATED_AT);
    struct member expires = number_member(phone_number, NUMRES_PHONE_NUMBER_EXPIRED_AT);
    struct member errors = number_member(phone_number, NUMRES_PHONE_NUMBER_ERRORS);
    put_member(&row, COLUMN_RECORD, NUMBER_INDENT, &number, "-");
    put_member(&row, COLUMN_STATUS, 0, &status, "-");
    put_timestamp(&row, COLUMN_CREATED, &created, &phone_number->created_at.value);
    put_timestamp(&row, COLUMN_EXPIRES, &expires, &phone_number->expired_at.value);
    put_member(&row, COLUMN_ERRORS, 0, &errors, "");
    end_row(&row);
}

void table_reservation(struct print *print, const numres_reservation *reservation) {
    struct row row = begin_row(print);
    struct member id = reservation_member(reservation, NUMRES_RESERVATION_ID);
    struct member status = reservation_member(reservation, NUMRES_RESERVATION_STATUS);
    struct member created = reservation_member(reservation, NUMRES_RESERVATION_CREATED_AT);
    struct member reference =
        reservation_member(reservation, NUMRES_RESERVATION_CUSTOMER_REFERENCE);
    struct member errors = reservation_member(reservation, NUMRES_RESERVATION_ERRORS);
    put_member(&row, COLUMN_RECORD, 0, &id, "-");
    put_member(&row, COLUMN_STATUS, 0, &status, "-");
    put_timestamp(&row, COLUMN_CREATED, &created, &reservation->created_at.value);
    put_member(&row, COLUMN_REFERENCE, 0, &reference, "-");
    put_member(&row, COLUMN_ERRORS, 0, &errors, "");
    end_row(&row);
}
