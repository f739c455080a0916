/* The output formats: the table, lines, those of the library's writer, and what replaces them
   with --columns and --count. showing.c calls their functions. */
#include "format.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../run/report.h"
#include "../run/terminal.h"
#include "../run/times.h"

/* U+FEFF in UTF-8. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* ---- the table ---- */

static bool begin_table(struct showing *showing) {
    notes_begin(showing->session);
    table_begin(&showing->table, showing->session);
    return true;
}

static void count_in_summary(struct showing *showing) {
    if (!showing->order.is_again)
        showing->summary.reservations++;
    for (size_t place = 0; place < collect_count(&showing->numbers); place++)
        summary_add_number(&showing->summary, collect_at(&showing->numbers, place));
}

static void show_in_table(struct showing *showing, const numres_reservation *reservation) {
    size_t count = collect_count(&showing->numbers);
    table_reservation(&showing->table, reservation);
    for (size_t place = 0; place < count; place++)
        table_phone_number(&showing->table, reservation, collect_at(&showing->numbers, place),
                           place, count);
    count_in_summary(showing);
}

static void show_in_columns(struct showing *showing, const numres_reservation *reservation) {
    columns_table_reservation(showing, reservation);
    count_in_summary(showing);
}

static void count_page(struct showing *showing, const numres_meta *meta) {
    summary_add_page(&showing->summary, meta);
}

/* How long reading took, for people at a terminal; -1: not to be shown. */
static int64_t time_taken(const struct session *session) {
    int64_t passed = clock_passed();
    return passed < 0 || !isatty(STDOUT_FILENO) ? -1 : passed - session->output.waited / 1000000;
}

/* If there is nothing to show, a sentence says so. */
static void end_table(struct showing *showing) {
    struct session *session = showing->session;
    struct summary *summary = &showing->summary;
    bool has_rows = showing->table.has_header;
    bool has_texts = session->notes != NULL && session->notes->has_texts;
    bool has_notes = session->notes != NULL && session->notes->count > 0;
    /* An interrupt before the first page leaves nothing to say about the list. */
    bool is_unread = summary->is_partial && summary->pages == 0;
    summary->is_filtered = filter_is_given(session->settings);
    summary->milliseconds = time_taken(session);
    /* The commands that ask the API know whether there was more, and whether all of it came. */
    if (!session->asks_api) {
        summary->limit = showing_limit(showing);
        if (session->exit_code == EXIT_FAILED)
            summary_break_off(summary, 0);
    }
    progress_hide(&session->progress);
    if (has_rows)
        print_string(&session->output, "\n");
    columns_table_end(showing);
    table_explain_ids(&showing->table);
    notes_end(session, showing->table.is_cut ? showing->table.width : 0);
    /* A blank line between notes and summary, if both are seen. */
    if (has_texts || (has_notes && isatty(STDOUT_FILENO) && isatty(STDERR_FILENO)))
        print_string(&session->output, "\n");
    if (has_rows || (session->exit_code == EXIT_FINE && !showing->is_empty_told && !is_unread))
        summary_print(summary, &session->output, showing->table.width);
    table_end(&showing->table);
}

/* ---- a line each ---- */

static bool begin_at_once(struct showing *showing) {
    (void)showing;
    return true;
}

/* Reports a remark on the record that is shown. */
static void remark(struct showing *showing, const char *words) {
    session_raise_exit_code(showing->session, EXIT_PROBLEMS);
    if (showing->parser != NULL)
        report_remark(showing->session, numres_parser_position(showing->parser), words);
    else
        report_failure(showing->session, NULL, words, "");
}

static void show_line(struct showing *showing, numres_text text, const char *fault) {
    struct print *output = &showing->session->output;
    if (text.length == 0) {
        remark(showing, fault);
        return;
    }
    print_safe(output, text.bytes, text.length);
    print_string(output, "\n");
}

static void show_id(struct showing *showing, const numres_reservation *reservation) {
    show_line(showing, reservation->id, "this reservation has no id to show");
}

static void show_numbers(struct showing *showing, const numres_reservation *reservation) {
    (void)reservation;
    for (size_t place = 0; place < collect_count(&showing->numbers); place++)
        show_line(showing, collect_at(&showing->numbers, place)->phone_number,
                  "a number of this reservation has no phone_number to show");
}

/* ---- the formats of the library's writer ---- */

static size_t write_output(const void *bytes, size_t length, void *context) {
    struct print *output = context;
    print_bytes(output, bytes, length);
    return output->failure == 0 ? length : 0;
}

static size_t write_json(const void *bytes, size_t length, void *context) {
    struct print *output = context;
    print_json_text(output, bytes, length);
    return output->failure == 0 ? length : 0;
}

static const struct columns *columns_of(const struct showing *showing) {
    return &showing->selection->columns;
}

size_t show_format_number_rows(const struct showing *showing) {
    const struct columns *columns = columns_of(showing);
    bool have_rows = columns->chosen_count == 0 || columns_are_of_numbers(columns);
    return have_rows ? collect_count(&showing->numbers) : 0;
}

static numres_code create_writer(struct showing *showing, const numres_writer_options *options) {
    struct print *output = &showing->session->output;
    bool is_json = options->format == NUMRES_FORMAT_JSON || options->format == NUMRES_FORMAT_NDJSON;
    size_t size = numres_writer_size();
    showing->writer_memory = malloc(size);
    if (showing->writer_memory == NULL)
        return NUMRES_NO_MEMORY;
    numres_write_function write = is_json ? write_json : write_output;
    void *context = output;
    if (columns_of(showing)->chosen_count > 0) {
        char separator = options->separator;
        if (options->format == NUMRES_FORMAT_TSV)
            separator = '\t';
        rows_begin(&showing->rows, columns_of(showing), separator, output);
        write = rows_take;
        context = &showing->rows;
    }
    return numres_writer_create_in(&showing->writer, showing->writer_memory, size, options, write,
                                   context);
}

static bool begin_writer(struct showing *showing) {
    struct session *session = showing->session;
    const struct settings *settings = session->settings;
    numres_writer_options options = numres_writer_options_default();
    options.format = showing->format->written_as;
    options.keep_formulas = settings->keep_formulas;
    options.plain_times = settings->excel;
    options.separator =
        settings->delimiter != NULL && strcmp(settings->delimiter, "semicolon") == 0 ? ';' : ',';
    if (settings->excel)
        print_string(&session->output, BYTE_ORDER_MARK);
    numres_code code = create_writer(showing, &options);
    if (code == NUMRES_OK)
        return true;
    free(showing->writer_memory);
    session_raise_exit_code(session, EXIT_FAILED);
    report_failure(session, NULL, numres_code_sentence(code), "");
    return false;
}

/* A write error is recorded in session->output and reported by session_end. */
static void write_reservation(struct showing *showing, const numres_reservation *reservation) {
    numres_writer_begin_reservation(showing->writer, reservation);
    size_t rows = show_format_number_rows(showing);
    for (size_t place = 0; place < rows; place++)
        numres_writer_phone_number(showing->writer, collect_at(&showing->numbers, place));
    numres_writer_end_reservation(showing->writer);
}

static void end_writer(struct showing *showing) {
    numres_writer_finish(showing->writer);
    free(showing->writer_memory);
    if (showing->rows.has_failed) {
        session_raise_exit_code(showing->session, EXIT_FAILED);
        report_failure(showing->session, NULL, numres_code_sentence(NUMRES_NO_MEMORY), "");
    }
    rows_end(&showing->rows);
}

/* ---- --count ---- */

static void count_reservation(struct showing *showing, const numres_reservation *reservation) {
    tally_add_reservation(&showing->tally, reservation);
    for (size_t place = 0; place < collect_count(&showing->numbers); place++)
        tally_add_number(&showing->tally, collect_at(&showing->numbers, place));
}

static void end_counts(struct showing *showing) {
    struct session *session = showing->session;
    struct tally_look look = {
        .is_partial = showing->summary.is_partial || session->exit_code == EXIT_FAILED ||
                      (!session->asks_api && showing_limit(showing) != NULL),
        .has_colour = terminal_uses_colour(session->settings->color, STDOUT_FILENO, true)};
    tally_print(&showing->tally, showing->format->name, &look, &session->output);
}

/* ---- all of them ---- */

static const struct format_functions table_functions = {begin_table, show_in_table, count_page,
                                                        end_table};
static const struct format_functions columns_functions = {begin_table, show_in_columns, count_page,
                                                          end_table};
static const struct format_functions id_functions = {begin_at_once, show_id, NULL, NULL};
static const struct format_functions number_functions = {begin_at_once, show_numbers, NULL, NULL};
static const struct format_functions writer_functions = {begin_writer, write_reservation, NULL,
                                                         end_writer};
static const struct format_functions count_functions = {begin_at_once, count_reservation, NULL,
                                                        end_counts};

#ifdef NUMRES_HAS_XLSX
#define WORKBOOK &xlsx_functions
#else
#define WORKBOOK NULL
#endif

#define TABLE .name = "table", .is_paged = true, .has_numbers = true, .has_columns = true
#define WRITTEN(format) .functions = &writer_functions, .written_as = (format), .has_numbers = true

/* All formats that options.def names. */
static const struct show_format show_formats[] = {
    {TABLE, .functions = &table_functions},
    {.name = "ids", .functions = &id_functions, .is_lines = true, .needs_id = true},
    {.name = "numbers",
     .functions = &number_functions,
     .is_lines = true,
     .has_numbers = true,
     .is_by_row = true},
    {.name = "ndjson", WRITTEN(NUMRES_FORMAT_NDJSON), .is_lines = true},
    {.name = "jsonl", WRITTEN(NUMRES_FORMAT_NDJSON), .is_lines = true},
    {.name = "json", WRITTEN(NUMRES_FORMAT_JSON), .is_whole = true},
    {.name = "csv", WRITTEN(NUMRES_FORMAT_CSV), .is_by_row = true, .has_columns = true},
    {.name = "tsv", WRITTEN(NUMRES_FORMAT_TSV), .is_by_row = true, .has_columns = true},
    {.name = "xlsx",
     .functions = WORKBOOK,
     .is_at_end = true,
     .is_whole = true,
     .has_numbers = true,
     .is_by_row = true,
     .has_columns = true},
};

static const struct show_format columns_format = {TABLE, .functions = &columns_functions,
                                                  .is_by_row = true};

#define COUNTS(format)                                                                             \
    {                                                                                              \
        .name = (format), .functions = &count_functions, .has_numbers = true, .is_at_end = true,   \
        .is_whole = true                                                                           \
    }
static const struct show_format count_formats[] = {
    COUNTS("table"), COUNTS("ndjson"), COUNTS("jsonl"),
    COUNTS("json"),  COUNTS("csv"),    COUNTS("tsv"),
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

const struct show_format *show_format_of(const char *name, bool has_columns, bool counts) {
    const struct show_format *format = counts ? count_formats : show_formats;
    size_t left = counts ? LENGTH(count_formats) : LENGTH(show_formats);
    while (left > 0 && strcmp(format->name, name) != 0) {
        format++;
        left--;
    }
    if (left == 0 || (has_columns && !format->has_columns))
        return NULL;
    return has_columns && format == &show_formats[0] ? &columns_format : format;
}
