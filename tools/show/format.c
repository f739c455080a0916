/* The output formats: the table, ids, and those of the library's writer. show.c and
   api/ choose one and call its functions. */
#include "format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../run/clock.h"
#include "../run/report.h"
#include "../run/terminal.h"

/* ---- the numbers of a reservation ---- */

enum collect_result { COLLECT_KEPT, COLLECT_OVER_LIMIT, COLLECT_NO_MEMORY };

void collect_begin(struct collect *collect, size_t limit) {
    collect->collection = NULL;
    collect->used = 0;
    collect->limit = limit;
}

void collect_end(struct collect *collect) {
    numres_collection_destroy(collect->collection); /* which may be NULL */
}

void collect_empty(struct collect *collect) {
    collect->used = 0;
    if (collect_count(collect) > 0)
        numres_collection_reset(collect->collection);
}

size_t collect_count(const struct collect *collect) {
    return numres_collection_open_phone_numbers(collect->collection);
}

const numres_phone_number *collect_at(const struct collect *collect, size_t place) {
    return numres_collection_open_phone_number(collect->collection, place);
}

static bool has_collection(struct collect *collect) {
    return collect->collection != NULL ||
           numres_collection_create_for_records(&collect->collection, NULL, 0) == NUMRES_OK;
}

/* Keeps a copy, if the limit allows it. The limit is the same for equal numbers wherever
   they lie, so it counts what a copy of each takes. The collection takes less: all text
   once, and what repeats not again. */
static enum collect_result collect_add(struct collect *collect,
                                       const numres_phone_number *phone_number) {
    size_t taken = numres_phone_number_copy(phone_number, NULL, 0);
    if (taken > collect->limit || collect->used > collect->limit - taken)
        return COLLECT_OVER_LIMIT;
    if (!has_collection(collect) ||
        numres_collection_add_phone_number(collect->collection, phone_number) != NUMRES_OK)
        return COLLECT_NO_MEMORY;
    collect->used += taken;
    return COLLECT_KEPT;
}

/* ---- the table ---- */

static bool begin_table(struct showing *showing) {
    struct session *session = showing->session;
    const struct settings *settings = session->settings;
    /* With a pager, the table is still seen on standard output's terminal. */
    struct table_look look = {
        STDOUT_FILENO, settings->wide,
        terminal_uses_colour(settings->color, STDOUT_FILENO, pager_shows_colour(&session->pager)),
        settings->time};
    notes_begin(session);
    table_begin(&showing->table, &session->output, session->notes, &look);
    return true;
}

static void show_in_table(struct showing *showing, const numres_parser *parser,
                          const numres_reservation *reservation) {
    size_t count = collect_count(&showing->numbers);
    (void)parser;
    table_reservation(&showing->table, reservation);
    summary_add_reservation(&showing->summary);
    for (size_t place = 0; place < count; place++) {
        const numres_phone_number *number = collect_at(&showing->numbers, place);
        table_phone_number(&showing->table, reservation, number, place, count);
        summary_add_number(&showing->summary, number);
    }
}

static void count_page(struct showing *showing, const numres_meta *meta) {
    summary_add_page(&showing->summary, meta);
}

static bool has_filter(const struct settings *settings) {
    return settings->status != NULL || settings->created_after != NULL ||
           settings->created_before != NULL || settings->phone_number != NULL ||
           settings->reference != NULL;
}

/* How long reading took, for whoever waited for it at a terminal. */
static int64_t time_taken(const struct session *session) {
    int64_t passed = clock_passed();
    return passed < 0 || !isatty(STDOUT_FILENO) ? -1 : passed - session->output.waited / 1000000;
}

/* An empty page is told by a sentence, not by nothing. */
static void end_table(struct showing *showing) {
    struct session *session = showing->session;
    struct summary *summary = &showing->summary;
    bool has_rows = showing->table.has_header;
    bool has_texts = session->notes != NULL && session->notes->has_texts;
    bool has_notes = session->notes != NULL && session->notes->count > 0;
    summary->is_filtered = has_filter(session->settings);
    summary->milliseconds = time_taken(session);
    progress_hide(&session->progress);
    if (has_rows)
        print_string(&session->output, "\n");
    notes_end(session);
    /* Between notes and summary, where both are seen. */
    if (has_texts || (has_notes && isatty(STDOUT_FILENO) && isatty(STDERR_FILENO)))
        print_string(&session->output, "\n");
    if (has_rows || session->exit_code == EXIT_FINE)
        summary_print(summary, &session->output, showing->table.width);
    table_end(&showing->table);
}

/* ---- ids ---- */

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

/* ---- the formats of the library's writer ---- */

static size_t write_output(const void *bytes, size_t length, void *context) {
    struct print *output = context;
    print_bytes(output, bytes, length);
    return output->failure == 0 ? length : 0;
}

static bool begin_writer(struct showing *showing) {
    struct session *session = showing->session;
    numres_writer_options options = numres_writer_options_default();
    options.format = showing->format->written_as;
    options.keep_formulas = session->settings->keep_formulas;
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

/* ---- all of them ---- */

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

/* All formats that options.def names. */
static const struct show_format show_formats[] = {
    TABLE("table"),
    IDS("ids"),
    WRITTEN("ndjson", NUMRES_FORMAT_NDJSON),
    WRITTEN("json", NUMRES_FORMAT_JSON),
    WRITTEN("csv", NUMRES_FORMAT_CSV),
    WRITTEN("tsv", NUMRES_FORMAT_TSV),
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
