/* The table with --columns: a row for each number with only the chosen columns. format.c calls
   it for each record, and row.c writes its rows. */
#include <stdio.h>
#include <string.h>

#include "../run/report.h"
#include "../run/terminal.h"
#include "format.h"
#include "table.h"

/* The longest name and zone fit. */
#define TITLE_SIZE 64

/* ---- where the columns begin and end ---- */

/* Writes the name in capitals, cut if it is too long, and the zone in brackets. No column is
   wider than TITLE_SIZE. */
static void write_title(const struct column *column, const char *zone, size_t room, char *title) {
    char bracket[24] = "";
    size_t length = 0;
    if (column->type == COLUMN_TIMESTAMP && zone[0] != '\0')
        snprintf(bracket, sizeof bracket, " (%s)", zone);
    bool is_whole = strlen(column->name) + strlen(bracket) <= room;
    size_t dots = is_whole ? 0 : strlen("...");
    for (; column->name[length] != '\0' && length + dots + strlen(bracket) < room; length++) {
        char letter = column->name[length];
        title[length] = (char)(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
    }
    snprintf(title + length, TITLE_SIZE - length, "%s%s", is_whole ? "" : "...", bracket);
}

struct widths {
    size_t wanted, least;
};

/* Of a UUID (RFC 9562 section 4), "partial_success", an E.164 number; that of times varies. */
static const size_t usual_widths[] = {
    [COLUMN_TEXT] = 36, [COLUMN_RECORD_TYPE] = 21, [COLUMN_STATUS] = 15,
    [COLUMN_E164] = 16, [COLUMN_BOOLEAN] = 5,
};

static struct widths widths_of(const struct table *table, const struct column *column,
                               const char *zone) {
    char title[TITLE_SIZE];
    bool is_time = column->type == COLUMN_TIMESTAMP;
    bool may_be_cut = column->type == COLUMN_TEXT || column->type == COLUMN_RECORD_TYPE;
    size_t width = is_time ? moments_width(&table->moments) : usual_widths[column->type];
    struct widths widths = {width, may_be_cut ? strlen("12ade33a...") : width};
    write_title(column, zone, TITLE_SIZE - 1, title);
    if (widths.wanted < strlen(title))
        widths.wanted = strlen(title);
    return widths;
}

/* How many columns fit, each with its least width; at least one. */
static size_t count_columns(const struct widths *widths, size_t count, size_t room) {
    size_t used = widths[0].least;
    size_t fitting = 1;
    while (fitting < count && used + TABLE_GAP + widths[fitting].least <= room)
        used += TABLE_GAP + widths[fitting++].least;
    return fitting;
}

/* Narrows the widest columns until all of them fit. */
static void narrow(struct widths *widths, size_t count, size_t room) {
    size_t used = (count - 1) * TABLE_GAP;
    for (size_t at = 0; at < count; at++)
        used += widths[at].wanted;
    while (used > room) {
        size_t widest = count;
        for (size_t at = 0; at < count; at++)
            if (widths[at].wanted > widths[at].least &&
                (widest == count || widths[at].wanted > widths[widest].wanted))
                widest = at;
        if (widest == count)
            return;
        widths[widest].wanted--;
        used--;
    }
}

static void lay_out(struct columns_layout *layout, const struct table *table,
                    const struct columns *columns, const char *zone) {
    struct widths widths[COLUMNS_MOST] = {{0, 0}};
    size_t start = 0;
    layout->count = columns->chosen_count;
    for (size_t at = 0; at < layout->count; at++)
        widths[at] = widths_of(table, columns->chosen[at], zone);
    if (table->is_cut) {
        layout->count = count_columns(widths, layout->count, table->width);
        narrow(widths, layout->count, table->width);
    }
    for (size_t at = 0; at < layout->count; at++) {
        layout->starts[at] = start;
        layout->ends[at] = start + widths[at].wanted;
        start = layout->ends[at] + TABLE_GAP;
    }
}

/* ---- the header ---- */

/* Returns NULL if it is not a time. Reads the text, since an instant does not show a leap
   second. */
static const numres_timestamp *time_of(const struct column *column,
                                       const numres_reservation *reservation,
                                       const numres_phone_number *number, numres_timestamp *time) {
    numres_text text = column_text(column, reservation, number);
    bool is_time =
        column->type == COLUMN_TIMESTAMP && numres_timestamp_parse(text.bytes, text.length, time);
    return is_time ? time : NULL;
}

/* The zone is that of the first time in the first row. */
static void put_header(struct showing *showing, const numres_reservation *reservation,
                       const numres_phone_number *number) {
    const struct columns *columns = &showing->selection->columns;
    struct table *table = &showing->table;
    struct columns_layout *layout = &showing->layout;
    const numres_timestamp *first = NULL;
    numres_timestamp time;
    char title[TITLE_SIZE];
    for (size_t at = 0; at < columns->chosen_count && first == NULL; at++)
        first = time_of(columns->chosen[at], reservation, number, &time);
    const char *zone = moments_zone(&table->moments, first);
    lay_out(layout, table, columns, zone);
    table->has_header = true;
    struct row row = row_begin(table);
    row_colour(&row, SGR_BOLD);
    for (size_t at = 0; at < layout->count; at++) {
        write_title(columns->chosen[at], zone, layout->ends[at] - layout->starts[at], title);
        row_go_to(&row, layout->starts[at]);
        row_string(&row, title);
    }
    row_plain(&row);
    row_end(&row);
}

/* ---- rows ---- */

static struct member member_of(const struct column *column, const numres_reservation *reservation,
                               const numres_phone_number *number) {
    struct member member = column->is_of_number
                               ? row_number_member(number, column->member)
                               : row_reservation_member(reservation, column->member);
    /* An empty value is shown like an absent one: a cell must not look empty. */
    if (member.raw.length == 0 && member.state != NUMRES_MEMBER_INVALID)
        member.state = NUMRES_MEMBER_ABSENT;
    return member;
}

static void put_cell(struct row *row, const struct column *column, size_t start, size_t end,
                     const numres_reservation *reservation, const numres_phone_number *number) {
    struct member member = member_of(column, reservation, number);
    numres_timestamp time;
    bool comes = column->is_of_number && column->member == NUMRES_PHONE_NUMBER_EXPIRED_AT;
    numres_status status = !column->is_of_number ? reservation->status.value
                           : number == NULL      ? NUMRES_STATUS_UNKNOWN
                                                 : number->status.value;
    if (column->type == COLUMN_STATUS)
        row_status(row, start, end, &member, status);
    else if (time_of(column, reservation, number, &time) != NULL)
        row_time(row, start, end, &member, &time, comes);
    else
        row_member(row, start, end, &member, "-");
}

/* The marks follow the last column, which is shortened for them. */
static void put_row(struct showing *showing, const numres_reservation *reservation,
                    const numres_phone_number *number, bool is_first) {
    const struct columns *columns = &showing->selection->columns;
    const struct columns_layout *layout = &showing->layout;
    struct table *table = &showing->table;
    unsigned int marks[] = {
        is_first ? notes_mark(table->notes, NOTES_OF_RESERVATION) : 0,
        number != NULL ? notes_mark(table->notes, number->index) : 0,
    };
    char marked[ROW_MARKS_SIZE];
    size_t room = table->width - row_write_marks(marks, marked);
    if (!table->has_header)
        put_header(showing, reservation, number);
    struct row row = row_begin(table);
    for (size_t at = 0; at < layout->count; at++) {
        size_t end = layout->ends[at];
        put_cell(&row, columns->chosen[at], layout->starts[at],
                 table->is_cut && end > room ? room : end, reservation, number);
    }
    row_string(&row, marked);
    row_end(&row);
}

void columns_table_reservation(struct showing *showing, const numres_reservation *reservation) {
    size_t rows = show_format_number_rows(showing);
    for (size_t place = 0; place < rows; place++)
        put_row(showing, reservation, collect_at(&showing->numbers, place), place == 0);
    if (rows == 0)
        put_row(showing, reservation, NULL, true);
}

void columns_table_end(const struct showing *showing) {
    const struct columns *columns = &showing->selection->columns;
    struct wrapped text = {&showing->session->output, showing->table.width, 0};
    char piece[TITLE_SIZE];
    if (!showing->table.has_header || showing->layout.count >= columns->chosen_count)
        return;
    wrapped_put(&text, "No room for");
    for (size_t at = showing->layout.count; at < columns->chosen_count; at++) {
        bool is_last = at + 1 == columns->chosen_count;
        snprintf(piece, sizeof piece, "%s%s", columns->chosen[at]->name, is_last ? ";" : ",");
        wrapped_put(&text, piece);
    }
    wrapped_put(&text, "--wide shows all");
    print_string(text.print, "\n\n");
}
