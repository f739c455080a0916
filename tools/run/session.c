/* One run: feeds files to the parser, counts records, reports what is wrong, finds the exit status.
   Every command calls it, and main.c ends it. Commands that ask the API use only parts of it. */
#include "session.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "report.h"

void session_begin(struct session *session, const struct settings *settings) {
    session->settings = settings;
    session->reports = &session->messages;
    session->print_finding = report_print_finding;
}

/* The files of the settings, or standard input if there are none. */
static char **files_of(const struct settings *settings, size_t *count) {
    static char standard_input[] = "-";
    static char *no_files[] = {standard_input};
    *count = settings->file_count > 0 ? settings->file_count : 1;
    return settings->file_count > 0 ? settings->files : no_files;
}

bool session_reads_terminal(const struct session *session) {
    size_t count = 0;
    char **files = files_of(session->settings, &count);
    bool reads_standard = false;
    for (size_t at = 0; at < count; at++)
        reads_standard = reads_standard || strcmp(files[at], "-") == 0;
    return reads_standard && isatty(STDIN_FILENO);
}

uint64_t session_total(const struct session *session) {
    size_t count = 0;
    char **files = files_of(session->settings, &count);
    uint64_t total = 0;
    for (size_t at = 0; at < count; at++) {
        uint64_t size = 0;
        if (!input_size(files[at], &size))
            return 0;
        total += size;
    }
    return total;
}

void session_raise_exit_code(struct session *session, int exit_code) {
    if (session->exit_code < exit_code)
        session->exit_code = exit_code;
}

/* Refuses a file that the output goes to as well: with >>, it would be read for ever; with >,
   the shell has emptied it. */
static bool refuse_output(struct session *session, const struct settings *settings) {
    size_t count = 0;
    char **files = files_of(settings, &count);
    for (size_t at = 0; at < count; at++) {
        if (!input_is_output(files[at]))
            continue;
        session->exit_code = EXIT_WRONG_USE;
        report_failure(session, strcmp(files[at], "-") == 0 ? "<stdin>" : files[at],
                       "the output goes to the same file; send it to another", "");
        return true;
    }
    return false;
}

bool session_read_options(struct session *session, enum option_command command,
                          const struct help *help, char **arguments, size_t count,
                          struct settings *settings) {
    if (!options_read(command, arguments, count, settings, &session->messages))
        session->exit_code = EXIT_WRONG_USE;
    else if (settings->help)
        help_print(command, help, &session->output);
    else
        return !options_read_files(command) || !refuse_output(session, settings);
    return false;
}

/* Quitting the pager early and interrupting a write are not failures. Whoever set a deadline
   reports that it passed. */
static bool has_failed(const struct print *print) {
    return print->failure != 0 && print->failure != ECANCELED && print->failure != ETIMEDOUT &&
           !(print->failure == EPIPE && print->reader_may_leave);
}

static bool output_failed(const struct session *session) {
    return has_failed(&session->output) || has_failed(&session->messages);
}

numres_answer session_answer(const struct session *session) {
    return output_failed(session) || session->is_done ? NUMRES_STOP : NUMRES_GO_ON;
}

numres_answer session_stop_for_memory(struct session *session, uint64_t index, const char *records,
                                      size_t limit, const char *option) {
    session->stop_index = index;
    if (limit > 0)
        snprintf(session->stop_sentence, sizeof session->stop_sentence,
                 "%s take more than %zu byte%s; raise %s", records, limit, limit == 1 ? "" : "s",
                 option);
    else
        snprintf(session->stop_sentence, sizeof session->stop_sentence, "out of memory for %s",
                 records);
    return NUMRES_STOP;
}

void session_count_problems(struct session *session, uint64_t count) {
    session->counts.problems += count;
    if (count > 0)
        session_raise_exit_code(session, EXIT_PROBLEMS);
}

void session_note_reservation(struct session *session, const numres_parser *parser,
                              const numres_reservation *reservation) {
    session->counts.reservations++;
    if (session->settings->bare && reservation->present == 0) {
        session_count_problems(session, 1);
        report_remark(session, numres_parser_position(parser),
                      "this is not a bare reservation; drop --bare to read a whole page");
    }
}

static numres_answer on_problem(numres_parser *parser, const numres_problem *problem, void *user) {
    struct session *session = user;
    session_count_problems(session, 1);
    /* A file that was not read must not be compared. */
    if (session->finds_root && problem->code == NUMRES_NO_ENVELOPE)
        session_raise_exit_code(session, EXIT_FAILED);
    report_problem(session, numres_parser_position(parser), problem);
    return session_answer(session);
}

void session_count_api_error(struct session *session) {
    session->counts.api_errors++;
    session_raise_exit_code(session, EXIT_API_ERRORS);
}

numres_answer session_on_api_error(numres_parser *parser, const numres_api_error *api_error,
                                   void *user) {
    struct session *session = user;
    session_count_api_error(session);
    report_api_error(session, numres_parser_position(parser), api_error);
    return session_answer(session);
}

static numres_answer on_document_end(numres_parser *parser, const numres_document *document,
                                     void *user) {
    struct session *session = user;
    (void)parser;
    session->counts.documents++;
    if (document->envelopes == NUMRES_ENVELOPE_ERRORS) {
        session_raise_exit_code(session, EXIT_API_ERRORS);
        if (document->api_errors == 0) {
            session_count_api_error(session);
            report_unnamed_errors(session, document);
        }
    }
    input_start_head(&session->input, document->offset + document->length);
    return session_answer(session);
}

/* Reports a file that cannot be opened or read. */
static void fail_file(struct session *session, const char *what) {
    session->counts.errors++;
    session_raise_exit_code(session, EXIT_FAILED);
    report_failure(session, session->input.name, what, session->input.failure);
    if (session->file_failed != NULL)
        session->file_failed(session, what);
}

/* A handler stopped at an element, but the parser reports the place after it. Moves the error
   to the element: its index and its closing brace. */
static numres_error error_of_stop(const struct session *session, const numres_error *stopped) {
    numres_error error = *stopped;
    char *bracket = strrchr(error.path, '[');
    if (bracket != NULL)
        snprintf(bracket, sizeof error.path - (size_t)(bracket - error.path), "[%" PRIu64 "]",
                 session->stop_index);
    error.offset--;
    error.sentence = session->stop_sentence;
    return error;
}

void session_fail_document(struct session *session, const numres_parser *parser) {
    const numres_error *error = numres_parser_error(parser);
    numres_error stopped;
    if (error->code == NUMRES_STOPPED) {
        if (session->stop_sentence[0] == '\0')
            return; /* the output failed: session_end says why; or enough was shown */
        stopped = error_of_stop(session, error);
        error = &stopped;
    }
    session->counts.errors++;
    session_raise_exit_code(session, EXIT_FAILED);
    report_error(session, numres_parser_position(parser), error);
    session->stop_sentence[0] = '\0';
    if (session->after_error != NULL)
        session->after_error(session);
}

/* The parsers of both roots; one that is not needed is NULL. */
struct parsers {
    numres_parser *of_pages, *of_reservations;
};

/* Finds the name of the first member, if the file begins with an object; else it is empty.
   Returns false if more must be read to know it. */
static bool first_name(const struct input *input, numres_text *name) {
    const char *head = input->head;
    size_t length = input->head_length;
    size_t at = hint_first_byte(head, length);
    *name = numres_text_from(NULL);
    if (at < length && head[at] != '{')
        return true;
    at += at < length ? 1 : 0;
    at += hint_first_byte(head + at, length - at);
    if (at < length && head[at] != '"')
        return true;
    at += at < length ? 1 : 0;
    const char *end = memchr(head + at, '"', length - at);
    if (end == NULL)
        return length == sizeof input->head;
    name->bytes = head + at;
    name->length = (size_t)(end - name->bytes);
    return true;
}

/* Whether the file begins with a bare reservation, by the name of its first member. `errors`
   does not count: it may begin a refusal as well. */
static bool begins_bare(const struct input *input) {
    numres_text first;
    first_name(input, &first);
    return hint_is_of_reservation(first) && !numres_text_equals(first, "errors");
}

static numres_parser *choose_parser(const struct session *session, const struct parsers *parsers) {
    bool is_bare = session->finds_root ? begins_bare(&session->input) : parsers->of_pages == NULL;
    return is_bare ? parsers->of_reservations : parsers->of_pages;
}

/* Reads a piece, or pieces until the first name shows what the file holds: however the writer of
   a pipe cuts them, the choice is the same. Returns false and sets the input's failure. */
static bool read_first_piece(struct session *session) {
    struct input *input = &session->input;
    numres_text name;
    do {
        if (!input_read(input))
            return false;
    } while (session->finds_root && input->length > 0 && !first_name(input, &name));
    input_join(input);
    return true;
}

static void read_stream(struct session *session, const struct parsers *parsers) {
    struct input *input = &session->input;
    numres_parser *parser = NULL;
    numres_code code = NUMRES_OK;
    do {
        /* Show what has been read before waiting for more. */
        print_flush(&session->output);
        if (!(parser == NULL ? read_first_piece(session) : input_read(input))) {
            fail_file(session, "cannot be read: ");
            if (session->after_error != NULL)
                session->after_error(session);
            return;
        }
        if (parser == NULL)
            parser = choose_parser(session, parsers);
        lines_offer(&session->lines, input->piece, input->length);
        code = input->length > 0 ? numres_parser_feed(parser, input->piece, input->length, NULL)
                                 : numres_parser_finish(parser);
        if (code != NUMRES_OK) {
            session_fail_document(session, parser);
            return;
        }
        lines_take(&session->lines);
        progress_advance(&session->progress, input->length, session->counts.reservations);
    } while (input->length > 0 && !output_failed(session));
}

static void read_file(struct session *session, const struct parsers *parsers, const char *file) {
    numres_parser_reset(parsers->of_pages); /* which may be NULL */
    numres_parser_reset(parsers->of_reservations);
    lines_begin(&session->lines);
    if (!input_open(&session->input, file)) {
        fail_file(session, "cannot be opened: ");
        return;
    }
    if (session->input.is_standard && isatty(session->input.descriptor)) {
        report_failure(session, NULL,
                       "reading from the terminal; end it with Ctrl-D on an empty line", "");
    }
    read_stream(session, parsers);
    input_close(&session->input);
}

numres_options session_options(const struct settings *settings) {
    numres_options options = numres_options_default();
    options.root = settings->bare ? NUMRES_ROOT_RESERVATION : NUMRES_ROOT_ENVELOPE;
    options.require_members = settings->require_members;
    options.check_e164 = settings->e164;
    options.report_unknown = settings->unknown;
    options.max_depth = (unsigned int)settings->max_depth.value;
    return options;
}

static numres_code create_parsers(struct session *session, const numres_handlers *handlers,
                                  struct parsers *parsers) {
    numres_options options = session_options(session->settings);
    numres_handlers all = *handlers;
    numres_code code = NUMRES_OK;
    options.several_documents = true;
    all.on_problem = on_problem;
    all.on_api_error = session_on_api_error;
    all.on_document_end = on_document_end;
    if (session->finds_root || options.root == NUMRES_ROOT_ENVELOPE) {
        options.root = NUMRES_ROOT_ENVELOPE;
        code = numres_parser_create(&parsers->of_pages, &options, &all, session);
    }
    if (code == NUMRES_OK && (session->finds_root || session->settings->bare)) {
        options.root = NUMRES_ROOT_RESERVATION;
        code = numres_parser_create(&parsers->of_reservations, &options, &all, session);
    }
    return code;
}

void session_read(struct session *session, const numres_handlers *handlers) {
    size_t count = 0;
    char **files = files_of(session->settings, &count);
    struct parsers parsers = {NULL, NULL};
    numres_code code = create_parsers(session, handlers, &parsers);
    if (code != NUMRES_OK) {
        session_raise_exit_code(session, EXIT_FAILED);
        report_failure(session, NULL, numres_code_sentence(code), "");
        count = 0;
    }
    for (size_t at = 0; at < count && session_answer(session) == NUMRES_GO_ON; at++)
        read_file(session, &parsers, files[at]);
    progress_hide(&session->progress);
    numres_parser_destroy(parsers.of_pages); /* either may be NULL */
    numres_parser_destroy(parsers.of_reservations);
}

void session_tell_output(struct session *session) {
    if (session->is_output_told || !has_failed(&session->output))
        return;
    session->is_output_told = true;
    session_raise_exit_code(session, EXIT_FAILED);
    report_failure(session, NULL,
                   "standard output cannot be written: ", strerror(session->output.failure));
}

int session_end(struct session *session) {
    print_end(&session->output);
    session_tell_output(session);
    print_flush(&session->messages);
    if (has_failed(&session->messages))
        session_raise_exit_code(session, EXIT_FAILED);
    pager_end(&session->pager);
    return session->exit_code;
}
