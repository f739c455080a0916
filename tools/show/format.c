/* The output formats: the table, ids, and those of the library's writer. show.c and
   api/ choose one and call its functions. */
#include "format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../run/report.h"
#include "../run/terminal.h"
#include "xlsx.h"

/* U+FEFF in UTF-8. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static bool begin_table(struct showing *showing) {
    struct session *session = showing->session;
    /* With a pager, the table is still seen on standard output's terminal. */
    table_begin(&showing->table, &session->output, STDOUT_FILENO, session->settings->wide,
                terminal_has_colour(STDOUT_FILENO, pager_shows_colour(&session->pager)));
    summary_begin(&showing->summary);
    showing->header_written = false;
    return true;
}

static void write_header(struct showing *showing) {
    if (!showing->header_written) {
        showing->header_written = true;
        table_header(&showing->table);
    }
}

static void show_in_table(struct showing *showing, const numres_parser *parser,
                          const numres_reservation *reservation) {
    (void)parser;
    write_header(showing);
    table_reservation(&showing->table, reservation);
    summary_add_reservation(&showing->summary);
    for (size_t place = 0; place < collect_count(&showing->numbers); place++) {
        const numres_phone_number *number = collect_at(&showing->numbers, place);
        table_phone_number(&showing->table, number);
        summary_add_number(&showing->summary, number);
    }
}

static void count_page(struct showing *showing, const numres_meta *meta) {
    summary_add_page(&showing->summary, meta);
}

/* An empty page prints a header, not nothing. */
static void end_table(struct showing *showing) {
    if (showing->session->exit_code == EXIT_FINE)
        write_header(showing);
    if (showing->header_written)
        summary_print(&showing->summary, &showing->session->output, showing->table.width);
}

static bool begin_ids(struct showing *showing) {
    (void)showing;
    return true;
}

static void show_id(struct showing *showing, const numres_parser *parser,
                    const numres_reservation *reservation) {
    struct session *session = showing->session;
    if (reservation->id.length > 0) {
        print_safe(&session->output, reservation->id.bytes, reservation->id.length);
        print_string(&session->output, "\n");
    } else {
        session_raise_exit_code(session, EXIT_PROBLEMS);
        report_remark(session, numres_parser_position(parser),
                      "this reservation has no id to show");
    }
}

static void end_ids(struct showing *showing) {
    (void)showing;
}

static size_t write_output(const void *bytes, size_t length, void *context) {
    struct print *output = context;
    print_bytes(output, bytes, length);
    return output->failure == 0 ? length : 0;
}

/* The character that --delimiter names; 0: none. */
static char delimiter_of(const char *name) {
    if (strcmp(name, "comma") == 0 || strcmp(name, ",") == 0)
        return ',';
    return strcmp(name, "semicolon") == 0 || strcmp(name, ";") == 0 ? ';' : '\0';
}

static bool begin_writer(struct showing *showing) {
    struct session *session = showing->session;
    numres_writer_options options = numres_writer_options_default();
    options.format = showing->format->written_as;
    options.keep_formulas = session->settings->keep_formulas;
    options.plain_times = session->settings->excel;
    if (session->settings->delimiter != NULL)
        options.separator = delimiter_of(session->settings->delimiter);
    if (session->settings->excel)
        print_string(&session->output, BYTE_ORDER_MARK);
    showing->writer_memory = malloc(numres_writer_size());
    numres_code code = showing->writer_memory == NULL
                           ? NUMRES_NO_MEMORY
                           : numres_writer_create_in(&showing->writer, showing->writer_memory,
                                                     numres_writer_size(), &options, write_output,
                                                     &session->output);
    if (code == NUMRES_OK)
        return true;
    free(showing->writer_memory);
    session_raise_exit_code(session, EXIT_FAILED);
    report_failure(session, NULL, numres_code_sentence(code), "");
    return false;
}

/* A write error is recorded in session->output and reported by session_end. */
static void write_reservation(struct showing *showing, const numres_parser *parser,
                              const numres_reservation *reservation) {
    (void)parser;
    numres_writer_begin_reservation(showing->writer, reservation);
    for (size_t place = 0; place < collect_count(&showing->numbers); place++)
        numres_writer_phone_number(showing->writer, collect_at(&showing->numbers, place));
    numres_writer_end_reservation(showing->writer);
}

static void end_writer(struct showing *showing) {
    numres_writer_finish(showing->writer);
    free(showing->writer_memory);
}

#define TABLE(name)                                                                                \
    {                                                                                              \
        (name), NUMRES_FORMAT_JSON, true, true, false, begin_table, show_in_table, count_page,     \
            end_table                                                                              \
    }
#define IDS(name)                                                                                  \
    { (name), NUMRES_FORMAT_JSON, false, false, true, begin_ids, show_id, NULL, end_ids }
#define WRITTEN(name, format)                                                                      \
    {                                                                                              \
        (name), (format), true, false, (format) == NUMRES_FORMAT_NDJSON, begin_writer,             \
            write_reservation, NULL, end_writer                                                    \
    }

#define WORKBOOK(name)                                                                             \
    { (name), NUMRES_FORMAT_JSON, true, false, false, xlsx_begin, xlsx_reservation, NULL, xlsx_end }

/* All formats that options.def names. */
static const struct show_format show_formats[] = {
    TABLE("table"),
    IDS("ids"),
    WRITTEN("ndjson", NUMRES_FORMAT_NDJSON),
    WRITTEN("json", NUMRES_FORMAT_JSON),
    WRITTEN("csv", NUMRES_FORMAT_CSV),
    WRITTEN("tsv", NUMRES_FORMAT_TSV),
    WORKBOOK("xlsx"),
};

const struct show_format *show_format_choose(enum option_command command, const char *name,
                                             struct print *messages) {
    const char *chosen = NULL;
    if (!options_choose(command, "--format", name, &chosen, messages))
        return NULL;
    const struct show_format *format = show_formats;
    while (strcmp(format->name, chosen) != 0)
        format++;
    return format;
}

/* Why a workbook cannot be written, known before anything is read or sent; NULL: it can. */
static const char *fault_of_xlsx(const struct settings *settings) {
    if (!xlsx_is_there())
        return "cannot be written: this numres was built without libxlsxwriter (Debian: "
               "libxlsxwriter-dev); csv has --excel";
    if (settings->resume != NULL)
        return "does not go with --resume: a workbook is written at the end; csv does";
    return isatty(STDOUT_FILENO) ? "is nothing for a terminal: send it to a file, such as "
                                   "> numbers.xlsx"
                                 : NULL;
}

bool show_format_fits(enum option_command command, const struct show_format *format,
                      const struct settings *settings, struct print *messages) {
    bool is_csv = format->written_as == NUMRES_FORMAT_CSV;
    const char *fault = format->begin == xlsx_begin ? fault_of_xlsx(settings) : NULL;
    if (fault != NULL)
        return options_refuse_value(command, "--format", format->name, fault, messages);
    if (settings->delimiter != NULL && delimiter_of(settings->delimiter) == '\0')
        return options_refuse_value(command, "--delimiter", settings->delimiter,
                                    "is neither comma nor semicolon", messages);
    return is_csv || (!settings->excel && settings->delimiter == NULL) ||
           options_refuse_value(command, "--format", format->name,
                                settings->excel ? "does not go with --excel; csv does"
                                                : "has no delimiter; csv has",
                                messages);
}

numres_answer showing_keep_number(struct showing *showing,
                                  const numres_phone_number *phone_number) {
    struct session *session = showing->session;
    session->counts.phone_numbers++;
    showing->unprinted++;
    session->stop_index = phone_number->index;
    switch (collect_add(&showing->numbers, phone_number)) {
    case COLLECT_KEPT:
        return session_answer(session);
    case COLLECT_OVER_LIMIT:
        snprintf(session->stop_sentence, sizeof session->stop_sentence,
                 "with this number its reservation takes more than %zu bytes; allow more with "
                 "--max-reservation-bytes",
                 showing->numbers.limit);
        break;
    case COLLECT_NO_MEMORY:
        snprintf(session->stop_sentence, sizeof session->stop_sentence,
                 "there is not enough memory for this reservation's numbers");
        break;
    }
    return NUMRES_STOP;
}
