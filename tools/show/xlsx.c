/* Reservations as an Excel workbook (ECMA-376), one row for each phone number. format.c calls
   it. libxlsxwriter keeps one row in memory; the others wait in temporary files, which have no
   names. */
#include "format.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "../run/report.h"
#include "../run/text.h"
#include "../run/times.h"

/* Widths in characters of the default font: an id, a status, a time to the second, a phone
   number. */
static const double widths[] = {
    [COLUMN_TEXT] = 38,      [COLUMN_RECORD_TYPE] = 22, [COLUMN_STATUS] = 16,
    [COLUMN_TIMESTAMP] = 20, [COLUMN_E164] = 18,        [COLUMN_BOOLEAN] = 9};

/* The most bytes of a cell's text (a cell of Excel has at most 32,767 characters). */
#define CELL_SIZE 32000

struct xlsx {
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *bold, *text, *time;
    lxw_row_t row; /* the next one */
    int file;      /* what the workbook is written to in the end */
    lxw_error failure;
    int system_failure; /* the errno of the first failure of a temporary file; 0: none */
    struct moments moments;
    const struct column *columns[COLUMNS_MOST];
    size_t column_count;
    char cell[CELL_SIZE];
};

/* Those that were chosen, or all that CSV has. */
static void find_columns(struct xlsx *xlsx, const struct columns *columns) {
    bool are_chosen = columns->chosen_count > 0;
    xlsx->column_count = are_chosen ? columns->chosen_count : columns->count;
    for (size_t at = 0; at < xlsx->column_count; at++)
        xlsx->columns[at] = are_chosen ? columns->chosen[at] : &columns->all[at];
}

/* ---- sheets ---- */

/* Remembers the first failure. */
static void note(struct xlsx *xlsx, lxw_error code) {
    if (xlsx->failure == LXW_NO_ERROR)
        xlsx->failure = code;
}

static void note_system(struct xlsx *xlsx, int error) {
    if (xlsx->system_failure == 0)
        xlsx->system_failure = error != 0 ? error : EIO;
}

/* libxlsxwriter does not look whether the rows could be written to their temporary file. */
static void check_rows(struct xlsx *xlsx) {
    if (ferror(xlsx->sheet->optimize_tmpfile))
        note_system(xlsx, errno);
}

/* Room for the last row, which is still in memory, and for what comes before and after the rows. */
#define ROOM_AROUND_ROWS (1 << 20)

/* Whether a file can grow to this length. */
static bool can_grow(int file, off_t length) {
    static const char zeros[16384];
    ssize_t count = 0;
    for (off_t at = 0; at < length; at += count) {
        count = pwrite(file, zeros, sizeof zeros, at);
        if (count <= 0)
            return false;
    }
    return ftruncate(file, 0) == 0;
}

/* At the end, libxlsxwriter copies the rows of each sheet to another temporary file, again without
   looking. Our own one, which is still empty, shows whether there is room. */
static void check_room(struct xlsx *xlsx) {
    FILE *rows = xlsx->sheet->optimize_tmpfile;
    errno = 0;
    off_t length = fflush(rows) == 0 ? ftello(rows) : -1;
    if (length < 0 || !can_grow(xlsx->file, length + ROOM_AROUND_ROWS))
        note_system(xlsx, errno);
}

/* A time's column names the zones, of winter and summer, that its rows are in. */
static void write_header(struct xlsx *xlsx) {
    char zones[ZONES_SIZE];
    moments_zones(&xlsx->moments, zones);
    for (size_t at = 0; at < xlsx->column_count; at++) {
        const struct column *column = xlsx->columns[at];
        bool is_time = column->type == COLUMN_TIMESTAMP;
        snprintf(xlsx->cell, sizeof xlsx->cell, "%s%s%s%s", column->name, is_time ? " (" : "",
                 is_time ? zones : "", is_time ? ")" : "");
        double least = (double)strlen(xlsx->cell) + 2;
        double width = widths[column->type] < least ? least : widths[column->type];
        note(xlsx, worksheet_set_column(xlsx->sheet, (lxw_col_t)at, (lxw_col_t)at, width, NULL));
        note(xlsx, worksheet_write_string(xlsx->sheet, 0, (lxw_col_t)at, xlsx->cell, xlsx->bold));
    }
    worksheet_freeze_panes(xlsx->sheet, 1, 0);
}

static bool begin_sheet(struct xlsx *xlsx) {
    if (xlsx->sheet != NULL)
        check_room(xlsx);
    xlsx->sheet = workbook_add_worksheet(xlsx->workbook, NULL);
    if (xlsx->sheet == NULL)
        return false;
    write_header(xlsx);
    xlsx->row = 1;
    return true;
}

/* ---- cells ---- */

/* Whether the text has something like _x003D_ here, which Excel would read as an escape
   (ECMA-376 part 1, 22.9.2.19). LibreOffice reads escapes of fewer digits too. */
static bool is_escape(const char *bytes, size_t length) {
    size_t end = 2;
    if (length < 2 || memcmp(bytes, "_x", 2) != 0)
        return false;
    while (end < length && end < 6 && isxdigit((unsigned char)bytes[end]))
        ++end;
    return end > 2 && end < length && bytes[end] == '_';
}

/* Whether XML cannot hold the character (XML 1.0, section 2.2), besides controls. */
static bool is_no_character(const char *bytes, size_t length) {
    return length == 3 &&
           (memcmp(bytes, "\xef\xbf\xbe", 3) == 0 || memcmp(bytes, "\xef\xbf\xbf", 3) == 0);
}

static size_t add(struct xlsx *xlsx, size_t used, const char *bytes, size_t length) {
    memcpy(xlsx->cell + used, bytes, length);
    return used + length;
}

/* At the end of a text that is cut. */
static const char dots[] = "...";

/* Text from outside, escaped as everywhere, except line ends and tabs. What does not fit is cut. */
static const char *cell_of(struct xlsx *xlsx, numres_text text) {
    size_t used = 0;
    while (text.length > 0) {
        struct character character = character_next(text.bytes, text.length);
        bool is_kept = memchr("\t\n\r", text.bytes[0], 3) != NULL;
        if (character.length + sizeof character.escape + sizeof dots > sizeof xlsx->cell - used) {
            used = add(xlsx, used, dots, strlen(dots));
            break;
        }
        if (is_escape(text.bytes, text.length))
            used = add(xlsx, used, "_x005F", strlen("_x005F"));
        if (is_no_character(text.bytes, character.length))
            used = add(xlsx, used, "\xef\xbf\xbd", 3);
        else if (character.is_escape && !is_kept)
            used = add(xlsx, used, character.escape, character.width);
        else
            used = add(xlsx, used, text.bytes, character.length);
        text.bytes += character.length;
        text.length -= character.length;
    }
    xlsx->cell[used] = '\0';
    return xlsx->cell;
}

static void write_text(struct xlsx *xlsx, lxw_col_t column, numres_text text) {
    if (text.length > 0)
        note(xlsx, worksheet_write_string(xlsx->sheet, xlsx->row, column, cell_of(xlsx, text),
                                          xlsx->text));
}

/* Times are days since 1899-12-30. Excel's calendar is right from 1900-03-01 to the end of
   9999; times before and after, and in a zone that the header does not name, are text. */
#define FIRST_DAY 61
#define DAY_OF_10000 2958466
#define DAY_OF_1970 25569
#define SECONDS_OF_DAY 86400

static void write_time(struct xlsx *xlsx, lxw_col_t column, int64_t seconds, numres_text text) {
    int64_t offset = 0;
    bool is_named = moments_offset(&xlsx->moments, seconds, &offset);
    double day = DAY_OF_1970 + (double)(seconds + offset) / SECONDS_OF_DAY;
    if (is_named && day >= FIRST_DAY && day < DAY_OF_10000)
        note(xlsx, worksheet_write_number(xlsx->sheet, xlsx->row, column, day, xlsx->time));
    else
        write_text(xlsx, column, text);
}

/* An invalid value is text, as it came. */
static void write_value(struct xlsx *xlsx, lxw_col_t place, const numres_reservation *reservation,
                        const numres_phone_number *number) {
    const struct column *column = xlsx->columns[place];
    numres_text text = column_text(column, reservation, number);
    int64_t seconds = 0;
    bool is_true = false;
    if (text.length > 0 && column_instant(column, reservation, number, &seconds, NULL))
        write_time(xlsx, place, seconds, text);
    else if (column->is_of_number && numres_phone_number_boolean(number, column->member, &is_true))
        note(xlsx, worksheet_write_boolean(xlsx->sheet, xlsx->row, place, is_true, NULL));
    else
        write_text(xlsx, place, text);
}

/* A full sheet is followed by another. */
static void write_row(struct xlsx *xlsx, const numres_reservation *reservation,
                      const numres_phone_number *number) {
    if (xlsx->row == LXW_ROW_MAX && !begin_sheet(xlsx)) {
        note(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (size_t at = 0; at < xlsx->column_count; at++)
        write_value(xlsx, (lxw_col_t)at, reservation, number);
    check_rows(xlsx);
    xlsx->row++;
}

/* ---- as a format ---- */

/* A file that is gone when this process ends, whatever ends it. */
static int open_temporary(void) {
    const char *folder = variable_value("TMPDIR");
    char name[4096];
    snprintf(name, sizeof name, "%s/numres-XXXXXX", folder != NULL ? folder : "/tmp");
    int file = mkstemp(name);
    if (file >= 0)
        unlink(name);
    return file;
}

/* The number format of text, @ (ECMA-376 part 1, 18.8.30): what is typed there is never a
   formula. */
#define TEXT_FORMAT 49

static bool add_formats(struct xlsx *xlsx) {
    xlsx->bold = workbook_add_format(xlsx->workbook);
    xlsx->text = workbook_add_format(xlsx->workbook);
    xlsx->time = workbook_add_format(xlsx->workbook);
    if (xlsx->bold == NULL || xlsx->text == NULL || xlsx->time == NULL)
        return false;
    format_set_bold(xlsx->bold);
    format_set_num_format_index(xlsx->bold, TEXT_FORMAT);
    format_set_num_format_index(xlsx->text, TEXT_FORMAT);
    format_set_num_format(xlsx->time, "yyyy-mm-dd hh:mm:ss");
    return true;
}

static bool open_workbook(struct xlsx *xlsx, const struct columns *columns) {
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_doc_properties properties = {.created = (time_t)clock_now()};
    char path[64];
    /* libxlsxwriter takes only a name. */
    snprintf(path, sizeof path, "/dev/fd/%d", xlsx->file);
    xlsx->workbook = workbook_new_opt(path, &options);
    if (xlsx->workbook == NULL)
        return false;
    find_columns(xlsx, columns);
    workbook_set_properties(xlsx->workbook, &properties);
    return add_formats(xlsx) && begin_sheet(xlsx) && xlsx->failure == LXW_NO_ERROR;
}

static void fail_at(struct showing *showing, const char *what, const char *reason) {
    showing->is_lost = true;
    session_raise_exit_code(showing->session, EXIT_FAILED);
    report_failure(showing->session, NULL, what, reason);
}

static void fail(struct showing *showing, const char *reason) {
    fail_at(showing, "the workbook cannot be written: ", reason);
}

/* A date has no place for an offset: times are in UTC, unless local ones are asked for. */
static void begin_moments(struct xlsx *xlsx, const char *style) {
    bool is_local = style != NULL && strcmp(style, "local") == 0;
    moments_begin(&xlsx->moments, is_local ? style : "utc", false);
}

static bool begin(struct showing *showing) {
    struct xlsx *xlsx = calloc(1, sizeof *xlsx);
    if (xlsx == NULL) {
        fail(showing, strerror(ENOMEM));
        return false;
    }
    begin_moments(xlsx, showing->session->settings->time);
    xlsx->file = open_temporary();
    showing->xlsx = xlsx;
    if (xlsx->file >= 0 && open_workbook(xlsx, &showing->selection->columns))
        return true;
    if (xlsx->file < 0) {
        fail_at(showing,
                "the workbook's temporary file cannot be created in TMPDIR (default /tmp): ",
                strerror(errno));
    } else {
        fail(showing, lxw_strerror(LXW_ERROR_MEMORY_MALLOC_FAILED));
        close(xlsx->file);
    }
    lxw_workbook_free(xlsx->workbook);
    free(xlsx);
    showing->xlsx = NULL;
    return false;
}

static void show_reservation(struct showing *showing, const numres_reservation *reservation) {
    struct xlsx *xlsx = showing->xlsx;
    size_t count = show_format_number_rows(showing);
    if (count == 0)
        write_row(xlsx, reservation, NULL);
    for (size_t place = 0; place < count; place++)
        write_row(xlsx, reservation, collect_at(&showing->numbers, place));
}

static bool copy_file(struct print *output, int file) {
    char part[16384];
    ssize_t count = 0;
    off_t at = 0;
    while ((count = pread(file, part, sizeof part, at)) > 0) {
        print_bytes(output, part, (size_t)count);
        at += count;
    }
    return count == 0;
}

/* Whether errno says more than libxlsxwriter's sentence. */
static bool is_of_system(lxw_error code) {
    return code == LXW_ERROR_CREATING_XLSX_FILE || code == LXW_ERROR_CREATING_TMPFILE ||
           code == LXW_ERROR_READING_TMPFILE || code == LXW_ERROR_ZIP_FILE_OPERATION;
}

/* libxlsxwriter prints messages of its own, with the names of its source files. */
static void close_quietly(struct xlsx *xlsx) {
    int messages = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (messages >= 0 && nowhere >= 0)
        dup2(nowhere, STDERR_FILENO);
    errno = 0;
    lxw_error code = workbook_close(xlsx->workbook);
    if (is_of_system(code) && errno != 0)
        note_system(xlsx, errno);
    note(xlsx, code);
    if (messages >= 0 && nowhere >= 0)
        dup2(messages, STDERR_FILENO);
    if (messages >= 0)
        close(messages);
    if (nowhere >= 0)
        close(nowhere);
}

static void end(struct showing *showing) {
    struct xlsx *xlsx = showing->xlsx;
    check_room(xlsx);
    close_quietly(xlsx);
    if (xlsx->system_failure != 0)
        fail(showing, strerror(xlsx->system_failure));
    else if (xlsx->failure != LXW_NO_ERROR)
        fail(showing, lxw_strerror(xlsx->failure));
    else if (!copy_file(&showing->session->output, xlsx->file))
        fail(showing, strerror(errno));
    close(xlsx->file);
    free(xlsx);
    showing->xlsx = NULL;
}

const struct format_functions xlsx_functions = {begin, show_reservation, NULL, end};
