/* numres show: the reservations and their numbers, in a format of choice. */
#include <string.h>

#include "commands.h"
#include "report.h"
#include "table.h"

/* How one format shows records. What is NULL is not needed. */
struct show_format {
    const char *name;
    numres_answer (*on_phone_number)(numres_parser *parser, const numres_phone_number *phone_number,
                                     void *user);
    numres_answer (*on_reservation)(numres_parser *parser, const numres_reservation *reservation,
                                    void *user);
    void (*end)(struct session *session); /* after the last file */
};

static const char help[] =
    "Usage: numres show [--format table|ids] [--bare] [FILE...]\n"
    "\n"
    "Shows the reservations in answers of the Telnyx number-reservations API and\n"
    "their phone numbers. Without FILE, or where FILE is -, standard input is read.\n"
    "A file may hold several answers one after the other.\n"
    "\n"
    "  --format table  a line for each number, then one for its reservation; times\n"
    "                  are in UTC, a rejected value stands behind a !, a text that\n"
    "                  is too long for its column ends in ... (the default)\n"
    "  --format ids    the id of each reservation on a line of its own\n"
    "  --bare          the input holds reservations without an envelope\n"
    "  --help          this text\n"
    "\n"
    "Problems and errors go to standard error as FILE:LINE:COLUMN: path: message.\n"
    "\n"
    "Exit codes: 0 fine; 1 problems, or a reservation without an id for --format\n"
    "ids; 2 wrong usage; 3 input or output failed, or the input is not legal; 4 the\n"
    "API answered with errors. The highest of several files counts.\n"
    "\n"
    "Examples:\n"
    "  numres show page.json\n"
    "  numres show --format ids page-1.json page-2.json\n"
    "  curl -sS --compressed -H \"Authorization: Bearer $TELNYX_API_KEY\" \\\n"
    "      https://api.telnyx.com/v2/number_reservations | numres show\n"
    "  jq -c '.data[]' page.json | numres show --bare\n";

static void write_header(struct session *session) {
    if (!session->header_written) {
        session->header_written = true;
        table_header(&session->output);
    }
}

static numres_answer table_on_phone_number(numres_parser *parser,
                                           const numres_phone_number *phone_number, void *user) {
    struct session *session = user;
    (void)parser;
    session->counts.phone_numbers++;
    write_header(session);
    table_phone_number(&session->output, phone_number);
    return session_answer(session);
}

static numres_answer table_on_reservation(numres_parser *parser,
                                          const numres_reservation *reservation, void *user) {
    struct session *session = user;
    session_count_reservation(session, parser, reservation);
    write_header(session);
    table_reservation(&session->output, reservation);
    return session_answer(session);
}

/* An empty page is a table without lines, not silence. */
static void table_end(struct session *session) {
    if (session->exit_code == EXIT_FINE)
        write_header(session);
}

static numres_answer ids_on_reservation(numres_parser *parser,
                                        const numres_reservation *reservation, void *user) {
    struct session *session = user;
    session_count_reservation(session, parser, reservation);
    if (reservation->id.length > 0) {
        print_safe(&session->output, reservation->id.bytes, reservation->id.length);
        print_string(&session->output, "\n");
    } else {
        session_raise_exit_code(session, EXIT_PROBLEMS);
        report_remark(session, numres_parser_position(parser),
                      "this reservation has no id to show");
    }
    return session_answer(session);
}

static const struct show_format formats[] = {
    {"table", table_on_phone_number, table_on_reservation, table_end},
    {"ids", NULL, ids_on_reservation, NULL},
};

#define FORMAT_COUNT (sizeof formats / sizeof formats[0])

static const struct show_format *find_format(const char *name) {
    for (size_t at = 0; at < FORMAT_COUNT; at++)
        if (strcmp(formats[at].name, name) == 0)
            return &formats[at];
    return NULL;
}

static int refuse_format(struct session *session, const char *name) {
    struct print *messages = &session->messages;
    const char *names[FORMAT_COUNT];
    for (size_t at = 0; at < FORMAT_COUNT; at++)
        names[at] = formats[at].name;
    print_string(messages, "numres show: unknown format '");
    print_safe(messages, name, strlen(name));
    print_string(messages, "'; the nearest known one is '");
    print_string(messages, options_nearest(name, names, FORMAT_COUNT));
    print_string(messages, "'; see 'numres show --help'\n");
    return EXIT_WRONG_USE;
}

static int show_files(struct session *session, const struct settings *settings,
                      const struct show_format *format) {
    numres_handlers handlers = numres_handlers_default();
    handlers.on_phone_number = format->on_phone_number;
    handlers.on_reservation = format->on_reservation;
    session_begin(session, settings);
    session_read(session, &handlers);
    if (format->end != NULL)
        format->end(session);
    return session->exit_code;
}

int show_command(struct session *session, char **arguments, size_t count) {
    struct settings settings = {.format = formats[0].name};
    const struct option options[] = {
        {"--format", NULL, &settings.format},
        {"--bare", &settings.bare, NULL},
        {"--help", &settings.help, NULL},
    };
    if (!options_read("numres show", options, sizeof options / sizeof options[0], arguments, count,
                      &settings, &session->messages))
        return EXIT_WRONG_USE;
    if (settings.help) {
        print_string(&session->output, help);
        return EXIT_FINE;
    }
    const struct show_format *format = find_format(settings.format);
    return format == NULL ? refuse_format(session, settings.format)
                          : show_files(session, &settings, format);
}
