/* Reservations as an Excel workbook (ECMA-376), a row a phone number. format.c calls it.
   libxlsxwriter keeps one row in memory; the others wait in temporary files, which have no
   names. */
#include "xlsx.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "../run/character.h"
#include "../run/clock.h"
#include "../run/report.h"

/* What a member is, by the TYPE of numres/members.h. */
enum kind { TEXT, RECORD_TYPE, STATUS, TIMESTAMP, DIALLED, BOOLEAN };

/* In characters of the usual font: an id, a status, a time to the second, a phone number. */
static const double widths[] = {
    [TEXT] = 38, [STATUS] = 16, [TIMESTAMP] = 20, [DIALLED] = 18, [BOOLEAN] = 9};

struct column {
    bool is_reservations;
    unsigned int member;
    enum kind kind;
};

/* In the order of CSV. */
static const struct column all_columns[] = {
#define OF_RESERVATION(OBJECT, NAME, NUMBER, field, name, TYPE, NEED) {true, (NUMBER), (TYPE)},
#define OF_NUMBER(OBJECT, NAME, NUMBER, field, name, TYPE, NEED) {false, (NUMBER), (TYPE)},
#define NO_COLUMN(OBJECT, NAME, NUMBER, name, SHAPE, CHILD, NEED)
    NUMRES_RESERVATION_MEMBERS(OF_RESERVATION, NO_COLUMN)
        NUMRES_PHONE_NUMBER_MEMBERS(OF_NUMBER, NO_COLUMN)};

#define COLUMN_COUNT (sizeof all_columns / sizeof all_columns[0])

/* A cell's text (a cell of Excel has at most 32,767 characters). */
#define CELL_SIZE 32000

#define HEADER_SIZE 1024

struct xlsx {
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *bold, *text, *time;
    lxw_row_t row; /* the next one */
    int file;      /* what the workbook is written to in the end */
    lxw_error failure;
    struct column columns[COLUMN_COUNT];
    size_t column_count;
    char header[HEADER_SIZE]; /* that of CSV */
    size_t header_length;
    char cell[CELL_SIZE];
};

/* ---- columns ---- */

static size_t take_header(const void *bytes, size_t length, void *context) {
    struct xlsx *xlsx = context;
    size_t room = sizeof xlsx->header - 1 - xlsx->header_length;
    if (length > room)
        return 0;
    memcpy(xlsx->header + xlsx->header_length, bytes, length);
    xlsx->header_length += length;
    return length;
}

/* The names of the columns are those of the library's CSV. */
static bool read_header(struct xlsx *xlsx) {
    numres_writer_options options = numres_writer_options_default();
    numres_writer *writer = NULL;
    void *memory = malloc(numres_writer_size());
    options.format = NUMRES_FORMAT_CSV;
    bool is_read = memory != NULL &&
                   numres_writer_create_in(&writer, memory, numres_writer_size(), &options,
                                           take_header, xlsx) == NUMRES_OK &&
                   numres_writer_finish(writer) == NUMRES_OK;
    free(memory);
    for (size_t at = 0; at < COLUMN_COUNT; at++)
        if (all_columns[at].kind != RECORD_TYPE)
            xlsx->columns[xlsx->column_count++] = all_columns[at];
    return is_read;
}

/* ---- the zone of times, in one place ---- */

#define ZONE " (UTC)"

static int64_t in_zone(int64_t seconds) {
    return seconds;
}

/* ---- sheets ---- */

/* Remembers the first failure. */
static void note(struct xlsx *xlsx, lxw_error code) {
    if (xlsx->failure == LXW_NO_ERROR)
        xlsx->failure = code;
}

static void write_header(struct xlsx *xlsx) {
    const char *name = xlsx->header;
    for (size_t at = 0; at < xlsx->column_count; at++) {
        const struct column *column = &xlsx->columns[at];
        size_t length = strcspn(name, ",\r");
        snprintf(xlsx->cell, sizeof xlsx->cell, "%.*s%s", (int)length, name,
                 column->kind == TIMESTAMP ? ZONE : "");
        double least = (double)strlen(xlsx->cell) + 2;
        double width = widths[column->kind] < least ? least : widths[column->kind];
        note(xlsx, worksheet_set_column(xlsx->sheet, (lxw_col_t)at, (lxw_col_t)at, width, NULL));
        note(xlsx, worksheet_write_string(xlsx->sheet, 0, (lxw_col_t)at, xlsx->cell, xlsx->bold));
        name += length + (name[length] == ',' ? 1 : 0);
    }
    worksheet_freeze_panes(xlsx->sheet, 1, 0);
}

static bool begin_sheet(struct xlsx *xlsx) {
    xlsx->sheet = workbook_add_worksheet(xlsx->workbook, NULL);
    if (xlsx->sheet == NULL)
        return false;
    write_header(xlsx);
    xlsx->row = 1;
    return true;
}

/* ---- cells ---- */

/* An escape of Excel's that the text holds, such as _x003D_, which would be read as one
   (ECMA-376 part 1, 22.9.2.19). */
static bool is_escape(const char *bytes, size_t length) {
    return length >= 7 && bytes[0] == '_' && bytes[1] == 'x' && bytes[6] == '_' &&
           strspn(bytes + 2, "0123456789abcdefABCDEF") >= 4;
}

/* What XML cannot hold (XML 1.0, section 2.2) besides controls. */
static bool is_no_character(const char *bytes, size_t length) {
    return length == 3 &&
           (memcmp(bytes, "\xef\xbf\xbe", 3) == 0 || memcmp(bytes, "\xef\xbf\xbf", 3) == 0);
}

static size_t add(struct xlsx *xlsx, size_t used, const char *bytes, size_t length) {
    memcpy(xlsx->cell + used, bytes, length);
    return used + length;
}

/* Text from outside, as everywhere, but with its line ends and tabs. What does not fit is
   cut. */
static const char *cell_of(struct xlsx *xlsx, numres_text text) {
    size_t used = 0;
    while (text.length > 0) {
        struct character character = character_next(text.bytes, text.length);
        bool is_kept = memchr("\t\n\r", text.bytes[0], 3) != NULL;
        if (character.length + sizeof character.escape > sizeof xlsx->cell - 1 - used)
            break;
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

/* Days since 1899-12-30, which Excel's calendar has right from 1900-03-01 on; before, the
   text. */
#define FIRST_DAY 61
#define DAY_OF_1970 25569
#define SECONDS_OF_DAY 86400

static void write_time(struct xlsx *xlsx, lxw_col_t column, int64_t seconds, numres_text text) {
    double day = DAY_OF_1970 + (double)in_zone(seconds) / SECONDS_OF_DAY;
    if (day >= FIRST_DAY)
        note(xlsx, worksheet_write_number(xlsx->sheet, xlsx->row, column, day, xlsx->time));
    else
        write_text(xlsx, column, text);
}

/* A value of a record, to be written; a rejected one is text as it came. */
struct value {
    numres_member_state state;
    numres_text raw;
    bool is_time, is_boolean, boolean;
    int64_t seconds;
};

static struct value value_of(const struct column *column, const numres_reservation *reservation,
                             const numres_phone_number *number) {
    struct value value = {NUMRES_MEMBER_ABSENT, {"", 0}, false, false, false, 0};
    unsigned int member = column->member;
    if (column->is_reservations) {
        value.state = numres_reservation_state(reservation, member);
        value.raw = numres_reservation_raw(reservation, member);
        value.is_time = numres_reservation_instant(reservation, member, &value.seconds, NULL);
    } else if (number != NULL) {
        value.state = numres_phone_number_state(number, member);
        value.raw = numres_phone_number_raw(number, member);
        value.is_time = numres_phone_number_instant(number, member, &value.seconds, NULL);
        value.is_boolean = numres_phone_number_boolean(number, member, &value.boolean);
    }
    return value;
}

static void write_value(struct xlsx *xlsx, lxw_col_t column, const struct value *value) {
    if (value->state == NUMRES_MEMBER_ABSENT || value->state == NUMRES_MEMBER_NULL)
        return;
    if (value->is_time)
        write_time(xlsx, column, value->seconds, value->raw);
    else if (value->is_boolean)
        note(xlsx, worksheet_write_boolean(xlsx->sheet, xlsx->row, column, value->boolean, NULL));
    else
        write_text(xlsx, column, value->raw);
}

/* A full sheet is followed by another. */
static void write_row(struct xlsx *xlsx, const numres_reservation *reservation,
                      const numres_phone_number *number) {
    if (xlsx->row == LXW_ROW_MAX && !begin_sheet(xlsx)) {
        note(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (size_t at = 0; at < xlsx->column_count; at++) {
        struct value value = value_of(&xlsx->columns[at], reservation, number);
        write_value(xlsx, (lxw_col_t)at, &value);
    }
    xlsx->row++;
}

/* ---- as a format ---- */

bool xlsx_is_there(void) {
    return true;
}

/* A file that is gone when this process ends, whatever ends it. */
static int open_temporary(void) {
    const char *folder = getenv("TMPDIR");
    char name[4096];
    if (folder == NULL || folder[0] == '\0')
        folder = "/tmp";
    snprintf(name, sizeof name, "%s/numres-XXXXXX", folder);
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

static bool open_workbook(struct xlsx *xlsx) {
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_doc_properties properties = {.created = (time_t)clock_now()};
    char path[64];
    /* The library takes a name alone. */
    snprintf(path, sizeof path, "/dev/fd/%d", xlsx->file);
    xlsx->workbook = workbook_new_opt(path, &options);
    if (xlsx->workbook == NULL || !read_header(xlsx))
        return false;
    workbook_set_properties(xlsx->workbook, &properties);
    return add_formats(xlsx) && begin_sheet(xlsx) && xlsx->failure == LXW_NO_ERROR;
}

static void fail(struct showing *showing, const char *reason) {
    session_raise_exit_code(showing->session, EXIT_FAILED);
    report_failure(showing->session, NULL, "the workbook cannot be written: ", reason);
}

bool xlsx_begin(struct showing *showing) {
    struct xlsx *xlsx = calloc(1, sizeof *xlsx);
    if (xlsx == NULL) {
        fail(showing, strerror(ENOMEM));
        return false;
    }
    xlsx->file = open_temporary();
    showing->xlsx = xlsx;
    if (xlsx->file >= 0 && open_workbook(xlsx))
        return true;
    fail(showing, xlsx->file < 0 ? strerror(errno) : lxw_strerror(LXW_ERROR_MEMORY_MALLOC_FAILED));
    if (xlsx->file >= 0)
        close(xlsx->file);
    lxw_workbook_free(xlsx->workbook);
    free(xlsx);
    showing->xlsx = NULL;
    return false;
}

void xlsx_reservation(struct showing *showing, const numres_parser *parser,
                      const numres_reservation *reservation) {
    struct xlsx *xlsx = showing->xlsx;
    size_t count = collect_count(&showing->numbers);
    (void)parser;
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

void xlsx_end(struct showing *showing) {
    struct xlsx *xlsx = showing->xlsx;
    note(xlsx, workbook_close(xlsx->workbook));
    if (xlsx->failure != LXW_NO_ERROR)
        fail(showing, lxw_strerror(xlsx->failure));
    else if (!copy_file(&showing->session->output, xlsx->file))
        fail(showing, strerror(errno));
    close(xlsx->file);
    free(xlsx);
    showing->xlsx = NULL;
}
