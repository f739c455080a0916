/* The table with --columns: a plain grid of these columns. format.c has it in the place of
   the other table. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../run/report.h"
#include "../run/terminal.h"
#include "format.h"

bool columns_table_begin(struct showing *showing) {
    struct session *session = showing->session;
    bool is_terminal = isatty(STDOUT_FILENO);
    notes_begin(session);
    moments_begin(&showing->moments, session->settings->time, is_terminal);
    grid_begin(&showing->grid, &session->output, is_terminal && !session->settings->wide);
    showing->has_titles = false;
    return true;
}

/* Returns false if it is no time. */
static bool read_time(const struct column *column, const numres_reservation *reservation,
                      const numres_phone_number *number, numres_timestamp *time) {
    memset(time, 0, sizeof *time);
    return column->kind == COLUMN_TIMESTAMP &&
           column_instant(column, reservation, number, &time->seconds, &time->nanoseconds);
}

/* All times are in the zone of the first one. */
static void choose_zone(struct showing *showing, const numres_reservation *reservation,
                        const numres_phone_number *number) {
    const struct columns *columns = &showing->selection->columns;
    numres_timestamp time;
    bool has_time = false;
    for (size_t at = 0; at < columns->chosen_count && !has_time; at++)
        has_time = read_time(columns->chosen[at], reservation, number, &time);
    showing->zone = moments_zone(&showing->moments, has_time ? &time : NULL);
}

/* "EXPIRED_AT (UTC)" */
static void write_title(const struct showing *showing, const struct column *column, char *title,
                        size_t size) {
    bool has_zone = column->kind == COLUMN_TIMESTAMP && showing->zone[0] != '\0';
    snprintf(title, size, "%s%s%s%s", column->name, has_zone ? " (" : "",
             has_zone ? showing->zone : "", has_zone ? ")" : "");
}

static size_t grid_width(const struct showing *showing, const struct column *column) {
    char title[GRID_TITLE_SIZE];
    if (column->kind != COLUMN_TIMESTAMP || showing->moments.style == MOMENT_RAW)
        return column_width(column);
    write_title(showing, column, title, sizeof title);
    size_t length = strlen(title);
    size_t width = moments_width(&showing->moments);
    return width > length ? width : length;
}

/* The record of the first row, if there is one, tells the zone. */
static void write_titles(struct showing *showing, const numres_reservation *reservation,
                         const numres_phone_number *number) {
    const struct session *session = showing->session;
    const struct columns *columns = &showing->selection->columns;
    bool has_colour = terminal_uses_colour(session->settings->color, STDOUT_FILENO,
                                           pager_shows_colour(&session->pager));
    if (showing->has_titles)
        return;
    showing->has_titles = true;
    choose_zone(showing, reservation, number);
    print_string(showing->grid.print, has_colour ? SGR_BOLD : "");
    for (size_t at = 0; at < columns->chosen_count; at++) {
        char title[GRID_TITLE_SIZE];
        write_title(showing, columns->chosen[at], title, sizeof title);
        grid_put_title(&showing->grid, grid_width(showing, columns->chosen[at]), title);
    }
    print_string(showing->grid.print, has_colour ? SGR_PLAIN : "");
    grid_end_row(&showing->grid);
}

static void put_in_grid(struct showing *showing, const struct column *column,
                        const numres_reservation *reservation, const numres_phone_number *number) {
    char text[MOMENT_SIZE];
    numres_timestamp time;
    bool comes = column->is_of_number && column->member == NUMRES_PHONE_NUMBER_EXPIRED_AT;
    numres_text shown = column_text(column, reservation, number);
    if (read_time(column, reservation, number, &time) &&
        moments_write(&showing->moments, &time, comes, text, sizeof text))
        shown = numres_text_from(text);
    grid_put(&showing->grid, grid_width(showing, column), shown);
}

static void put_grid_row(struct showing *showing, const numres_reservation *reservation,
                         const numres_phone_number *number) {
    const struct columns *columns = &showing->selection->columns;
    write_titles(showing, reservation, number);
    for (size_t at = 0; at < columns->chosen_count; at++)
        put_in_grid(showing, columns->chosen[at], reservation, number);
    grid_end_row(&showing->grid);
}

void columns_table_reservation(struct showing *showing, const numres_parser *parser,
                               const numres_reservation *reservation) {
    size_t rows = show_format_number_rows(showing);
    (void)parser;
    for (size_t place = 0; place < rows; place++)
        put_grid_row(showing, reservation, collect_at(&showing->numbers, place));
    if (rows == 0)
        put_grid_row(showing, reservation, NULL);
}

/* The problems stand below the rows, not between them. */
void columns_table_end(struct showing *showing) {
    if (showing->session->exit_code == EXIT_FINE)
        write_titles(showing, NULL, NULL);
    progress_hide(&showing->session->progress);
    notes_end(showing->session);
}
