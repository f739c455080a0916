/* numres check: prints every problem and error of the input. main.c calls it; findings_text.c and
   findings_json.c print the findings. docs/tool.md describes the command. */
#include <string.h>
#include <unistd.h>

#include "../run/session.h"
#include "findings.h"

static const struct help help = {
    21,
    " [OPTION...] [FILE...]\n"
    "\n"
    "Checks that saved API responses are valid JSON and that their values are as the\n"
    "API documents them. Reads standard input if there is no FILE or FILE is -. A\n"
    "file may hold several responses in a row.\n"
    "\n",
    "\n"
    "Each problem and error is one line on standard output; on a terminal, the line\n"
    "of the file follows, with a mark below the place. Columns count bytes from 1,\n"
    "offsets count bytes from 0. If the place is more than 65,536 lines back,\n"
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
    "  numres check --format sarif pages/*.json > numres.sarif\n"
    "  numres show --format ndjson page.json | numres check --bare\n",
};

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
    session_note_reservation(session, parser, reservation);
    return NUMRES_GO_ON;
}

static void print_count(struct print *print, const char *before, uint64_t count, const char *noun) {
    print_string(print, before);
    print_integer(print, count);
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

/* How a format prints. */
struct form {
    const char *name;
    void (*begin)(struct session *session); /* may be NULL, as may end */
    void (*finding)(struct session *session, const struct finding *finding);
    void (*end)(struct session *session);
    bool counts_units; /* its columns are in UTF-16 code units */
};

/* All formats that options.def names. */
static const struct form forms[] = {
    {"text", NULL, report_print_finding, NULL, false},
    {"json", NULL, findings_print_json, NULL, false},
    {"github", NULL, findings_print_github, NULL, true},
    {"sarif", findings_begin_sarif, findings_print_sarif, findings_end_sarif, true},
};

/* Whether people read the output, at a terminal or behind a pipe: they get excerpts. */
static bool is_for_people(const struct settings *settings) {
    return isatty(STDOUT_FILENO) ||
           (settings->color != NULL && strcmp(settings->color, "always") == 0);
}

static struct form form_of(const char *name, const struct settings *settings) {
    const struct form *form = forms;
    while (strcmp(form->name, name) != 0)
        form++;
    struct form chosen = *form;
    if (chosen.finding == report_print_finding && is_for_people(settings))
        chosen.finding = findings_print_excerpt;
    return chosen;
}

static int check_files(struct session *session, const struct settings *settings,
                       const struct form *form) {
    struct findings_sarif sarif;
    numres_handlers handlers = numres_handlers_default();
    handlers.on_phone_number = on_phone_number;
    handlers.on_reservation = on_reservation;
    session_begin(session, settings);
    session->reports = &session->output;
    session->print_finding = form->finding;
    session->input.counts_units = form->counts_units;
    session->command = &sarif;
    if (form->begin != NULL)
        form->begin(session);
    session_read(session, &handlers);
    if (form->end != NULL)
        form->end(session);
    if (!settings->quiet)
        print_counts(&session->messages, &session->counts);
    return session->exit_code;
}

int check_command(struct session *session, char **arguments, size_t count) {
    struct settings settings = {.format = NULL};
    const char *format = NULL;
    if (!session_read_options(session, COMMAND_check, &help, arguments, count, &settings))
        return session->exit_code;
    if (!options_choose(COMMAND_check, "--format", settings.format, &format, &session->messages))
        return EXIT_WRONG_USE;
    struct form form = form_of(format, &settings);
    return check_files(session, &settings, &form);
}
