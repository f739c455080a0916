/* numres show: the reservations and their numbers, in a format of choice. */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "../run/report.h"
#include "../run/terminal.h"
#include "format.h"
#include "show.h"

static const char help[] =
    "Usage: numres show [--format table|ids|ndjson|json|csv|tsv] [OPTION...]\n"
    "                   [FILE...]\n"
    "\n"
    "Shows the reservations in saved API responses, with their phone numbers. Reads\n"
    "standard input if there is no FILE or FILE is -. A file may hold several\n"
    "responses in a row.\n"
    "\n"
    "  --format FORMAT\n"
    "      table   for people (the default): one line per reservation, then one per\n"
    "              number; times are in UTC; ! marks a value that the API does not\n"
    "              document; on a terminal, text too long for its column ends in ...\n"
    "      ids     the id of each reservation, one per line\n"
    "      ndjson  one reservation per line, as JSON with its phone_numbers\n"
    "      json    one JSON document for all input, {\"data\":[...]}\n"
    "      csv     one row per number, with its reservation's values (RFC 4180)\n"
    "      tsv     the same rows, separated by tabs; no quotes, but \\t \\n \\r \\\\ in\n"
    "              fields\n"
    "  --bare      the input is reservations without an envelope, as ndjson prints\n"
    "  --no-pager  do not send a table on the terminal through a pager\n"
    "  --wide      do not cut a table to the width of the terminal\n"
    "  --quiet     show no progress\n"
    "  --max-reservation-bytes BYTES\n"
    "              fail if one reservation's numbers take more memory (default 8M;\n"
    "              the suffixes K, M, G and KiB, MiB, GiB are powers of 1024)\n"
    "  --max-depth N\n"
    "              allow arrays and objects to nest this deep, 1 to 127 (default 32)\n"
    "  --keep-formulas\n"
    "              csv, tsv: do not put ' before fields that look like formulas\n"
    "  --help      print this help\n"
    "\n"
    "Problems and errors go to standard error as FILE:LINE:COLUMN: path: message.\n"
    "If an error cuts a reservation short, it is not printed; standard error says\n"
    "how many of its numbers had been read.\n"
    "\n"
    "Environment: NO_COLOR, CLICOLOR_FORCE, CLICOLOR, COLUMNS, NUMRES_PAGER, PAGER,\n"
    "LESS and LESSCHARSET; see numres(1).\n"
    "\n"
    "Exit status: 0 success; 1 problems, or a reservation without an id in --format\n"
    "ids; 2 usage error; 3 input or output failed, or the input is not valid; 4 the\n"
    "API returned errors. With several files, the highest applies.\n"
    "\n"
    "Examples:\n"
    "  numres show page.json\n"
    "  numres show --format ids page-1.json page-2.json\n"
    "  numres show --format csv page-*.json > numbers.csv\n"
    "  curl -sS --compressed -H \"Authorization: Bearer $TELNYX_API_KEY\" \\\n"
    "      https://api.telnyx.com/v2/number_reservations | numres show\n"
    "  numres show --format ndjson page.json |\n"
    "      jq -c 'select(.status == \"failure\")' | numres show --bare\n";

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
        pager_begin(&session->pager, &session->output, &session->messages, false);
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
        {"--format", NULL, &settings.format, false},
        {"--bare", &settings.bare, NULL, false},
        {"--no-pager", &settings.no_pager, NULL, false},
        {"--wide", &settings.wide, NULL, false},
        {"--quiet", &settings.quiet, NULL, false},
        {"--max-reservation-bytes", NULL, &settings.max_reservation_bytes, false},
        {"--max-depth", NULL, &settings.max_depth_text, false},
        {"--keep-formulas", &settings.keep_formulas, NULL, false},
        {"--help", &settings.help, NULL, false},
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
