/* numres show: the reservations and their numbers, in a format of choice. */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "report.h"
#include "show_format.h"
#include "terminal.h"

static const char help[] =
    "Usage: numres show [--format table|ids|ndjson|json|csv|tsv] [OPTION...]\n"
    "                   [FILE...]\n"
    "\n"
    "Shows the reservations in answers of the Telnyx number-reservations API and\n"
    "their phone numbers. Without FILE, or where FILE is -, standard input is read.\n"
    "A file may hold several answers one after the other.\n"
    "\n"
    "  --format FORMAT\n"
    "      table   for people: a line for each reservation and under it one for each\n"
    "              number; times are in UTC, a rejected value stands behind a !, a\n"
    "              text too long for its column ends in ..., a status too long has\n"
    "              a line of its own (the default)\n"
    "      ids     the id of each reservation on a line of its own\n"
    "      ndjson  a reservation a line, with its phone_numbers inside\n"
    "      json    one document over all input, {\"data\":[...]}\n"
    "      csv     a row for each number with its reservation's values (RFC 4180)\n"
    "      tsv     the same with tabs between the fields\n"
    "  --bare      the input holds reservations without an envelope, such as ndjson\n"
    "  --no-pager  do not send a table for a terminal through $PAGER (less)\n"
    "  --quiet     show no progress of a large input\n"
    "  --max-reservation-bytes BYTES\n"
    "              a reservation whose numbers take more memory is an error; bytes,\n"
    "              or K, M, G, KiB, MiB, GiB as in 64M (8M)\n"
    "  --max-depth N\n"
    "              arrays and objects may nest so deep, 1 to 127 (32)\n"
    "  --keep-formulas\n"
    "              csv, tsv: put no ' before what a spreadsheet takes for a formula\n"
    "  --help      this text\n"
    "\n"
    "Problems and errors go to standard error as FILE:LINE:COLUMN: path: message.\n"
    "Numbers read of a reservation that an error cuts off are not printed: their\n"
    "count is. NO_COLOR, CLICOLOR_FORCE (NO_COLOR wins), PAGER and LESS are obeyed.\n"
    "\n"
    "Exit codes: 0 fine; 1 problems, or a reservation without an id for --format\n"
    "ids; 2 wrong usage; 3 input or output failed, or the input is not valid; 4 the\n"
    "API answered with errors. The highest of several files counts.\n"
    "\n"
    "Examples:\n"
    "  numres show page.json\n"
    "  numres show --format ids page-1.json page-2.json\n"
    "  numres show --format csv page-*.json > numbers.csv\n"
    "  curl -sS --compressed -H \"Authorization: Bearer $TELNYX_API_KEY\" \\\n"
    "      https://api.telnyx.com/v2/number_reservations | numres show\n"
    "  numres show --format ndjson page.json | grep failure | numres show --bare\n";

/* The run that the handlers serve. */
static struct showing *showing_of(void *user) {
    struct session *session = user;
    return session->command;
}

static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *phone_number,
                                     void *user) {
    (void)parser;
    return showing_keep_number(showing_of(user), phone_number);
}

static numres_answer on_reservation(numres_parser *parser, const numres_reservation *reservation,
                                    void *user) {
    struct showing *showing = showing_of(user);
    session_count_reservation(showing->session, parser, reservation);
    showing->format->reservation(showing, parser, reservation);
    collect_empty(&showing->numbers);
    showing->unprinted = 0;
    return session_answer(showing->session);
}

static numres_answer on_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    struct showing *showing = showing_of(user);
    (void)parser;
    showing->format->page(showing, meta);
    return session_answer(showing->session);
}

/* Numbers of a reservation that never closed belong to nothing that is shown. */
static void after_error(struct session *session) {
    struct showing *showing = session->command;
    char remark[120];
    if (showing->unprinted > 0) {
        snprintf(remark, sizeof remark,
                 "%" PRIu64 " number%s read of the reservation that was cut off",
                 showing->unprinted, showing->unprinted == 1 ? "" : "s");
        report_failure(session, session->input.name, "not printed: ", remark);
    }
    collect_empty(&showing->numbers);
    showing->unprinted = 0;
}

static void read_files(struct showing *showing) {
    struct session *session = showing->session;
    numres_handlers handlers = numres_handlers_default();
    bool shows_progress = !session->settings->quiet &&
                          terminal_moves_cursor(session->messages.descriptor) &&
                          !isatty(session->output.descriptor);
    if (showing->format->has_numbers)
        handlers.on_phone_number = on_phone_number;
    if (showing->format->page != NULL)
        handlers.on_meta = on_meta;
    handlers.on_reservation = on_reservation;
    session->command = showing;
    session->after_error = after_error;
    if (shows_progress)
        progress_begin(&session->progress, &session->messages, session_total(session));
    session_read(session, &handlers);
}

static int show_files(struct session *session, const struct settings *settings,
                      const struct show_format *format, size_t limit) {
    struct showing showing = {.session = session, .format = format};
    session_begin(session, settings);
    /* A terminal that is read cannot serve a pager's keys too. */
    if (format->is_paged && !settings->no_pager && !session_reads_terminal(session))
        pager_begin(&session->pager, &session->output, &session->messages);
    collect_begin(&showing.numbers, limit);
    if (format->begin(&showing)) {
        read_files(&showing);
        format->end(&showing);
    }
    collect_end(&showing.numbers);
    return session->exit_code;
}

static const char command_name[] = "numres show";

int show_command(struct session *session, char **arguments, size_t count) {
    struct settings settings = {.format = show_formats[0].name};
    size_t limit = COLLECT_DEFAULT_LIMIT;
    const struct option options[] = {
        {"--format", NULL, &settings.format},
        {"--bare", &settings.bare, NULL},
        {"--no-pager", &settings.no_pager, NULL},
        {"--quiet", &settings.quiet, NULL},
        {"--max-reservation-bytes", NULL, &settings.max_reservation_bytes},
        {"--max-depth", NULL, &settings.max_depth_text},
        {"--keep-formulas", &settings.keep_formulas, NULL},
        {"--help", &settings.help, NULL},
    };
    if (!options_read(command_name, options, sizeof options / sizeof options[0], arguments, count,
                      &settings, &session->messages))
        return EXIT_WRONG_USE;
    if (settings.help) {
        print_string(&session->output, help);
        return EXIT_FINE;
    }
    if (!options_depth(command_name, &settings, &session->messages))
        return EXIT_WRONG_USE;
    const struct show_format *format =
        show_format_choose(command_name, settings.format, &session->messages);
    if (format == NULL ||
        (settings.max_reservation_bytes != NULL &&
         !options_bytes(command_name, "--max-reservation-bytes", settings.max_reservation_bytes,
                        &limit, &session->messages)))
        return EXIT_WRONG_USE;
    return show_files(session, &settings, format, limit);
}
