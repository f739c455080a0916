/* numres check: every problem and error of the input. */
#include "show.h"

static const char help[] =
    "Usage: numres check [--format text|json] [OPTION...] [FILE...]\n"
    "\n"
    "Checks that saved API responses are valid JSON and that their values are as the\n"
    "API documents them. Reads standard input if there is no FILE or FILE is -. A\n"
    "file may hold several responses in a row.\n"
    "\n"
    "  --format FORMAT\n"
    "      text           FILE:LINE:COLUMN: path: message (the default)\n"
    "      json           one JSON object per line: file, line, column, offset, path,\n"
    "                     code, message, raw, expected, found\n"
    "  --bare             the input is reservations without an envelope\n"
    "  --require-members  report documented members that are missing\n"
    "  --e164             report phone numbers that are not E.164\n"
    "  --unknown          report members that are not documented\n"
    "  --max-depth N      allow arrays and objects to nest this deep, 1 to 127\n"
    "                     (default 32)\n"
    "  --quiet            print no closing count\n"
    "  --help             print this help\n"
    "\n"
    "Each problem and error is one line on standard output. Columns count bytes from\n"
    "1, offsets count bytes from 0. If the place is more than 65,536 lines back,\n"
    "FILE:+OFFSET is printed instead of line and column (null in JSON). A closing\n"
    "count goes to standard error.\n"
    "\n"
    "Exit status: 0 success; 1 problems; 2 usage error; 3 input or output failed, or\n"
    "the input is not valid; 4 the API returned errors. With several files, the\n"
    "highest applies.\n"
    "\n"
    "Examples:\n"
    "  numres check page.json\n"
    "  numres check --require-members --e164 pages/*.json\n"
    "  numres check --format json page.json | jq -r .code | sort | uniq -c\n"
    "  numres show --format ndjson page.json | numres check --bare\n";

static numres_answer on_phone_number(numres_parser *parser, const numres_phone_number *phone_number,
                                     void *user) {
    struct session *session = user;
    (void)parser;
    (void)phone_number;
    session->counts.phone_numbers++;
    return NUMRES_GO_ON;
}

static numres_answer on_reservation(numres_parser *parser, const numres_reservation *reservation,
                                    void *user) {
    struct session *session = user;
    session_count_reservation(session, parser, reservation);
    return NUMRES_GO_ON;
}

static void print_count(struct print *print, const char *before, uint64_t count, const char *noun) {
    print_string(print, before);
    print_number(print, count);
    print_string(print, " ");
    print_string(print, noun);
    print_string(print, count == 1 ? "" : "s");
}

static void print_counts(struct print *print, const struct counts *counts) {
    print_count(print, "", counts->documents, "document");
    print_count(print, ", ", counts->reservations, "reservation");
    print_count(print, ", ", counts->phone_numbers, "number");
    print_count(print, ", ", counts->problems, "problem");
    print_count(print, ", ", counts->errors, "error");
    if (counts->api_errors > 0)
        print_count(print, ", ", counts->api_errors, "API error");
    print_string(print, "\n");
}

static int check_files(struct session *session, const struct settings *settings, bool as_json) {
    numres_handlers handlers = numres_handlers_default();
    handlers.on_phone_number = on_phone_number;
    handlers.on_reservation = on_reservation;
    session_begin(session, settings);
    session->reports = &session->output;
    session->reports_are_json = as_json;
    session_read(session, &handlers);
    if (!settings->quiet)
        print_counts(&session->messages, &session->counts);
    return session->exit_code;
}

int check_command(struct session *session, char **arguments, size_t count) {
    static const char command_name[] = "numres check";
    static const char *const formats[] = {"text", "json"};
    const size_t format_count = sizeof formats / sizeof formats[0];
    struct settings settings = {.format = formats[0]};
    const struct option options[] = {
        {"--format", NULL, &settings.format, false},
        {"--bare", &settings.bare, NULL, false},
        {"--require-members", &settings.require_members, NULL, false},
        {"--e164", &settings.check_e164, NULL, false},
        {"--unknown", &settings.report_unknown, NULL, false},
        {"--max-depth", NULL, &settings.max_depth_text, false},
        {"--quiet", &settings.quiet, NULL, false},
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
    size_t format = options_choose(command_name, "format", settings.format, formats, format_count,
                                   &session->messages);
    return format == format_count ? EXIT_WRONG_USE : check_files(session, &settings, format == 1);
}
