/* numres show: the reservations and their numbers, in a chosen format. main.c calls
   it. */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "../run/report.h"
#include "../run/session.h"
#include "../run/terminal.h"
#include "format.h"

static const struct help help = {
    14,
    " [OPTION...] [FILE...]\n"
    "\n"
    "Shows the reservations in saved API responses, with their phone numbers. Reads\n"
    "standard input if there is no FILE or FILE is -. A file may hold several\n"
    "responses in a row.\n"
    "\n",
    "\n"
    "Problems and errors go to standard error as FILE:LINE:COLUMN: path: message.\n"
    "Problems in a table's rows are printed below the table.\n"
    "If an error cuts a reservation short, it is not printed; standard error says\n"
    "how many of its numbers had been read.\n"
    "\n"
    "Environment: NO_COLOR, CLICOLOR_FORCE, CLICOLOR, COLUMNS, TZ, NUMRES_NOW,\n"
    "NUMRES_PAGER, PAGER, LESS, LESSCHARSET, TMPDIR and XDG_CONFIG_HOME; see\n"
    "numres(1).\n"
    "\n"
    "A filter on phone numbers shows only the matching numbers of each reservation.\n"
    "A reservation with no matching number is left out.\n"
    "\n"
    "Exit status: 0 success; 1 problems, or a record without the id or number that\n"
    "--format ids or numbers prints; 2 usage error; 3 input or output failed, or the\n"
    "input is not valid; 4 the API returned errors. With several files, the highest\n"
    "applies. 7 instead of 0: nothing was shown (--exit-status).\n"
    "\n"
    "Examples:\n"
    "  numres show page.json\n"
    "  numres show --format ids page-1.json page-2.json\n"
    "  numres show --format csv page-*.json > numbers.csv\n"
    "  numres show --number-status success --expires-within 10m page.json\n"
    "  numres show --columns phone_number,expired_at --sort expired_at page.json\n"
    "  numres show --count page-*.json\n"
    "  curl -sS --compressed -H \"Authorization: Bearer $TELNYX_API_KEY\" \\\n"
    "      https://api.telnyx.com/v2/number_reservations | numres show\n"
    "  numres show --format ndjson page.json |\n"
    "      jq -c 'select(.status == \"failure\")' | numres show --bare\n",
};

/* The run that a handler belongs to. */
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
    numres_answer answer = NUMRES_GO_ON;
    session_note_reservation(showing->session, parser, reservation);
    if (showing_takes(showing, reservation))
        answer = showing_show(showing, parser, reservation);
    notes_close_rows(showing->session);
    collect_empty(&showing->numbers);
    showing->unprinted = 0;
    showing->session->is_done = showing->is_over || showing_is_full(showing);
    return answer == NUMRES_GO_ON ? session_answer(showing->session) : answer;
}

static numres_answer on_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    struct showing *showing = showing_of(user);
    (void)parser;
    showing->format->functions->page(showing, meta);
    return session_answer(showing->session);
}

/* The numbers of a reservation that was cut short are not printed; a message counts them. */
static void after_error(struct session *session) {
    struct showing *showing = session->command;
    char remark[120];
    if (showing->unprinted > 0) {
        snprintf(remark, sizeof remark, "%" PRIu64 " of its numbers had been read",
                 showing->unprinted);
        report_failure(session, session->input.name,
                       "a reservation was cut short and is not printed; ", remark);
    }
    notes_close_rows(session);
    collect_empty(&showing->numbers);
    showing->unprinted = 0;
}

static void read_files(struct showing *showing) {
    struct session *session = showing->session;
    numres_handlers handlers = numres_handlers_default();
    bool shows_progress = !session->settings->quiet &&
                          terminal_moves_cursor(session->messages.descriptor) &&
                          !isatty(session->output.descriptor);
    if (showing_needs_numbers(showing))
        handlers.on_phone_number = on_phone_number;
    if (showing->format->functions->page != NULL)
        handlers.on_meta = on_meta;
    handlers.on_reservation = on_reservation;
    session->command = showing;
    session->after_error = after_error;
    if (shows_progress)
        progress_begin(&session->progress, &session->messages, session_total(session));
    session_read(session, &handlers);
}

static int show_files(struct session *session, const struct settings *settings,
                      const struct selection *selection) {
    struct showing showing;
    const numres_query no_query = numres_query_default();
    session_begin(session, settings);
    if (settings->verbose)
        filter_report(&selection->filter, &no_query, session);
    showing_set_up(&showing, session, selection);
    /* A terminal that is read as input cannot also take the pager's keys. */
    if (selection->format->is_paged && !settings->no_pager && !session_reads_terminal(session))
        pager_begin(&session->pager, &session->output, &session->messages, false);
    if (showing.format->functions->begin(&showing)) {
        read_files(&showing);
        showing_end(&showing);
        showing_judge(&showing);
    }
    showing_give_up(&showing);
    return session->exit_code;
}

int show_command(struct session *session, char **arguments, size_t count) {
    struct settings settings = {.format = NULL};
    struct selection selection;
    if (!session_read_options(session, COMMAND_show, &help, arguments, count, &settings))
        return session->exit_code;
    if (!selection_read(&selection, COMMAND_show, &settings, &session->messages))
        return EXIT_WRONG_USE;
    return show_files(session, &settings, &selection);
}
