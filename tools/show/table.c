/* The table for people: its columns and their cells. format.c calls it for each record, and
   row.c writes its rows. */
#include "table.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../run/terminal.h"
#include "../run/times.h"

/* Narrower terminals break lines. */
#define SMALLEST_WIDTH 40

/* Where the reference and, indented, the numbers begin, after a status of 8 columns. */
#define REFERENCE_START 10
#define NUMBER_START 12
#define NUMBER_WIDTH 16 /* of ITU-T E.164 */

/* The same in a narrow terminal, and the column after them. */
#define NARROW_REFERENCE_START 9
#define NARROW_NUMBER_START 10
#define NARROW_TIME_START 26

/* A wide terminal gives at most this many extra columns to long references: the eye has to find
   the time of a number. */
#define MOST_EXTRA 14

/* In a reservation of many numbers, one line in this many says how many there are. */
#define REMINDER 20

/* The width of all columns. */
static size_t width_of_all(size_t time, size_t id) {
    return NUMBER_START + NUMBER_WIDTH + TABLE_GAP + 2 * (time + TABLE_GAP) + id;
}

/* With all columns. Returns false if the line is too narrow for them. */
static bool lay_out_wide(struct table_columns *columns, size_t time, size_t width, size_t id) {
    size_t least = width_of_all(time, id);
    if (width < least)
        return false;
    size_t extra = width - least < MOST_EXTRA ? width - least : MOST_EXTRA;
    columns->expires =
        NUMBER_START + NUMBER_WIDTH + TABLE_GAP + (id == WHOLE_ID_LENGTH ? extra : 0);
    columns->created = columns->expires + time + TABLE_GAP;
    columns->id = columns->created + time + TABLE_GAP;
    columns->errors = columns->created;
    columns->has_whole_ids = id == WHOLE_ID_LENGTH;
    return true;
}

/* Without the time of creation. */
static bool lay_out_medium(struct table_columns *columns, size_t time, size_t width) {
    columns->expires = NUMBER_START + NUMBER_WIDTH + TABLE_GAP;
    columns->id = columns->errors = columns->expires + time + TABLE_GAP;
    return columns->id + SHORT_ID_LENGTH <= width;
}

static void lay_out_narrow(struct table_columns *columns) {
    columns->is_narrow = true;
    columns->reference = NARROW_REFERENCE_START;
    columns->number = NARROW_NUMBER_START;
    columns->expires = columns->id = NARROW_TIME_START;
    columns->errors = 0;
    columns->reference_end = columns->id - 1;
}

static void lay_out(struct table *table) {
    struct table_columns *columns = &table->columns;
    size_t time = moments_width(&table->moments);
    size_t width = table->is_cut ? table->width : width_of_all(time, WHOLE_ID_LENGTH);
    columns->reference = REFERENCE_START;
    columns->number = NUMBER_START;
    columns->id_end = table->width;
    if (!lay_out_wide(columns, time, width, WHOLE_ID_LENGTH) &&
        !lay_out_wide(columns, time, width, SHORT_ID_LENGTH) &&
        !lay_out_medium(columns, time, width))
        lay_out_narrow(columns);
    else
        columns->reference_end = columns->expires + time;
}

/* With a pager, the table is still seen on standard output's terminal. */
void table_begin(struct table *table, struct session *session) {
    const struct settings *settings = session->settings;
    const struct pager *pager = &session->pager;
    bool is_terminal = isatty(STDOUT_FILENO);
    size_t width = terminal_width(STDOUT_FILENO);
    memset(table, 0, sizeof *table);
    table->print = &session->output;
    table->notes = session->notes;
    table->width = width < SMALLEST_WIDTH ? SMALLEST_WIDTH : width;
    table->is_cut = is_terminal && !settings->wide;
    table->has_colour = terminal_uses_colour(settings->color, STDOUT_FILENO,
                                             pager->command == NULL || pager->shows_colour);
    moments_begin(&table->moments, settings->time, is_terminal);
}

void table_end(struct table *table) {
    short_ids_end(&table->ids);
}

void table_explain_ids(const struct table *table) {
    char id[WHOLE_ID_LENGTH + 1];
    size_t at = 0;
    const char *before = "Shortened above, but not unique:\n  ";
    while (short_ids_shared(&table->ids, &at, id)) {
        print_string(table->print, before);
        print_string(table->print, id);
        before = "\n  ";
    }
    print_string(table->print, before[0] == '\n' ? "\n\n" : "");
}

/* ---- the header ---- */

static void put_title(struct row *row, size_t start, const char *title, const char *zone) {
    row_go_to(row, start);
    row_string(row, title);
    if (zone[0] != '\0') {
        row_string(row, " (");
        row_string(row, zone);
        row_string(row, ")");
    }
}

static void put_titles(struct row *row, const struct table_columns *columns, const char *zone) {
    bool has_room = !row->table->is_cut || columns->id + strlen("RESERVATION") <= columns->id_end;
    put_title(row, columns->reference, "REFERENCE / NUMBER", "");
    put_title(row, columns->expires, "EXPIRES", zone);
    if (columns->created > 0)
        put_title(row, columns->created, "CREATED", zone);
    put_title(row, columns->id, has_room ? "RESERVATION" : "ID", "");
}

/* A header of two lines, since the second column has two meanings. */
static void put_narrow_titles(struct row *row, const struct table_columns *columns,
                              const char *zone) {
    put_title(row, columns->reference, "REFERENCE", "");
    put_title(row, columns->id, "RESERVATION", "");
    row_plain(row);
    row_end(row);
    row_colour(row, SGR_BOLD);
    put_title(row, columns->number, "NUMBER", "");
    put_title(row, columns->expires, "EXPIRES", zone);
}

static void put_header(struct table *table, const numres_reservation *reservation) {
    struct row row = row_begin(table);
    struct member created = row_reservation_member(reservation, NUMRES_RESERVATION_CREATED_AT);
    const char *zone =
        moments_zone(&table->moments, row_has(&created) ? &reservation->created_at.value : NULL);
    table->has_header = true;
    lay_out(table);
    row_colour(&row, SGR_BOLD);
    put_title(&row, 0, "STATUS", "");
    if (table->columns.is_narrow)
        put_narrow_titles(&row, &table->columns, zone);
    else
        put_titles(&row, &table->columns, zone);
    row_plain(&row);
    row_end(&row);
}

/* ---- cells ---- */

/* The least width that a reference or number needs: a number must be read whole. */
static size_t width_needed(const struct member *name) {
    size_t width = print_width(name->raw.bytes, name->raw.length, NUMBER_WIDTH);
    return width < NUMBER_WIDTH ? width : NUMBER_WIDTH;
}

/* A status must be read whole. If it is wider than its column, it moves the name, which belongs
   between `start` and `end`, to the right or, on a terminal without room for that, to a line of
   its own. */
static void put_status(struct row *row, const struct member *member, numres_status status,
                       const struct member *name, size_t start, size_t end) {
    row_status(row, 0, row->table->width, member, status);
    if (row->table->is_cut && row->position >= start &&
        row->position + 1 + width_needed(name) > end)
        row_end(row);
}

/* ---- rows ---- */

/* Returns whether the id has to follow on a line of its own, to differ from others. */
static bool put_id(struct row *row, const struct member *id, struct short_ids *ids) {
    const struct table *table = row->table;
    const struct table_columns *columns = &table->columns;
    numres_text shown = id->raw;
    if (!row_has(id) || !table->is_cut) {
        row_member(row, columns->id, columns->id_end, id, "-");
        return false;
    }
    if (!columns->has_whole_ids)
        shown.length = short_ids_length(ids, id->raw);
    size_t start = columns->id > row->position ? columns->id : row->position + 1;
    size_t room = columns->id_end > start ? columns->id_end - start : 0;
    if (print_width(shown.bytes, shown.length, room) > room)
        return true;
    row_colour(row, SGR_DIM);
    row_text(row, columns->id, columns->id_end, shown);
    row_plain(row);
    return false;
}

/* On a terminal, errors that do not fit get a mark and are printed below the table. */
static unsigned int mark_of_errors(const struct table *table, const struct member *errors,
                                   size_t room) {
    if (!table->is_cut || !row_has(errors) ||
        print_width(errors->raw.bytes, errors->raw.length, room) <= room)
        return 0;
    return notes_mark_text(table->notes, errors->raw.bytes, errors->raw.length);
}

/* Prints the id under its reservation, or further left if it would be cut there. */
static void put_id_line(const struct table *table, const struct member *id) {
    size_t width = print_width(id->raw.bytes, id->raw.length, table->width);
    size_t start = table->width > width ? table->width - width : 0;
    struct row row = row_begin(table);
    row_member(&row, start < table->columns.reference ? start : table->columns.reference,
               table->width, id, "");
    row_end(&row);
}

/* Prints the errors of a reservation, if nothing is cut. */
static void put_error_line(const struct table *table, const struct member *errors) {
    struct row row = row_begin(table);
    row_go_to(&row, table->columns.reference);
    row_string(&row, errors->state == NUMRES_MEMBER_INVALID ? "errors: !" : "errors: ");
    print_safe(table->print, errors->raw.bytes, errors->raw.length);
    row_end(&row);
}

void table_reservation(struct table *table, const numres_reservation *reservation) {
    const struct table_columns *columns = &table->columns;
    struct member id = row_reservation_member(reservation, NUMRES_RESERVATION_ID);
    struct member status = row_reservation_member(reservation, NUMRES_RESERVATION_STATUS);
    struct member created = row_reservation_member(reservation, NUMRES_RESERVATION_CREATED_AT);
    struct member errors = row_reservation_member(reservation, NUMRES_RESERVATION_ERRORS);
    struct member reference =
        row_reservation_member(reservation, NUMRES_RESERVATION_CUSTOMER_REFERENCE);
    if (!table->has_header)
        put_header(table, reservation);
    unsigned int marks[] = {notes_mark(table->notes, NOTES_OF_RESERVATION),
                            mark_of_errors(table, &errors, 0)};
    char marked[ROW_MARKS_SIZE];
    struct row row = row_begin(table);
    size_t marks_length = row_write_marks(marks, marked);
    put_status(&row, &status, reservation->status.value, &reference, columns->reference,
               columns->reference_end - marks_length);
    row_member(&row, columns->reference, columns->reference_end - marks_length, &reference, "-");
    row_string(&row, marked);
    if (columns->created > 0)
        row_time(&row, columns->created, columns->id - TABLE_GAP, &created,
                 &reservation->created_at.value, false);
    bool id_follows = put_id(&row, &id, &table->ids);
    row_end(&row);
    if (id_follows)
        put_id_line(table, &id);
    if (!table->is_cut && (row_has(&errors) || errors.state == NUMRES_MEMBER_INVALID))
        put_error_line(table, &errors);
}

/* Puts "20 of 1000 of MY REF 001" where the errors would be. */
static void put_reminder(struct row *row, const numres_reservation *reservation, size_t place,
                         size_t count) {
    const struct table *table = row->table;
    char text[64];
    struct member reference =
        row_reservation_member(reservation, NUMRES_RESERVATION_CUSTOMER_REFERENCE);
    if (!table->is_cut || table->columns.errors == 0 || (place + 1) % REMINDER != 0)
        return;
    snprintf(text, sizeof text, "%zu of %zu", place + 1, count);
    row_colour(row, SGR_DIM);
    row_text(row, table->columns.errors, table->width, (numres_text){text, strlen(text)});
    if (row_has(&reference) && row->position + strlen(" of ") + NUMBER_WIDTH / 2 < table->width) {
        row_string(row, " of");
        row_text(row, row->position + 1, table->width, reference.raw);
    }
    row_plain(row);
}

void table_phone_number(struct table *table, const numres_reservation *reservation,
                        const numres_phone_number *phone_number, size_t place, size_t count) {
    const struct table_columns *columns = &table->columns;
    struct member number = row_number_member(phone_number, NUMRES_PHONE_NUMBER_PHONE_NUMBER);
    struct member status = row_number_member(phone_number, NUMRES_PHONE_NUMBER_STATUS);
    struct member expires = row_number_member(phone_number, NUMRES_PHONE_NUMBER_EXPIRED_AT);
    struct member errors = row_number_member(phone_number, NUMRES_PHONE_NUMBER_ERRORS);
    size_t room = columns->errors > 0 ? table->width - columns->errors : 0;
    unsigned int marks[] = {notes_mark(table->notes, phone_number->index),
                            mark_of_errors(table, &errors, room)};
    char marked[ROW_MARKS_SIZE];
    struct row row = row_begin(table);
    put_status(&row, &status, phone_number->status.value, &number, columns->number,
               columns->expires);
    row_write_marks(marks, marked);
    row_member(&row, columns->number, columns->expires - 1, &number, "-");
    row_string(&row, marked);
    row_time(&row, columns->expires, table->width, &expires, &phone_number->expired_at.value, true);
    if (errors.state == NUMRES_MEMBER_INVALID || (row_has(&errors) && marks[1] == 0))
        row_member(&row, columns->errors, table->width, &errors, "");
    else
        put_reminder(&row, reservation, place, count);
    row_end(&row);
}
