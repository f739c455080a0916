/* numres extend: extends the reservations that are named, or all that are about to expire.
   main.c calls it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "../run/text.h"
#include "requests.h"
#include "wait.h"

static const struct help help = {
    25,
    " [OPTION...] ID... | --expires-within DURATION\n"
    "\n"
    "Extends reservations, named by their ids or chosen by when they expire, and\n"
    "shows them as numres show does.\n" EXCHANGE_HELP_KEY "\n",
    "\n" SINGLE_HELP_POST "\n"
    "If one id fails, the others are still processed. A rejected key, a wait longer\n"
    "than 60 seconds, a failed output or an interrupt ends the run, and the ids not\n"
    "tried are named.\n"
    "\n"
    "Exit status: 0 success, or none expires; 1 problems; 2 usage error, or there is\n"
    "no terminal to ask on; 3 the connection, input or output failed; 4 the API\n"
    "returned errors, or asks for a wait of more than 60 seconds; 5 the list may be\n"
    "incomplete, or the API contradicts itself; 130 interrupted. The highest applies.\n"
    "\n"
    "Examples:\n"
    "  numres extend 12ade33a-21c0-473b-b055-b3c836e1c292\n"
    "  numres extend --expires-within 10m --dry-run\n"
    "  numres extend --expires-within 1h --yes --quiet\n",
};

/* ---- those that are about to expire ---- */

#define MOST_CHOSEN 10000
/* The limit for all their ids together, which the API may make long. */
#define MOST_BYTES 4194304

struct choice {
    struct exchange *exchange;
    char **ids;
    size_t count, size, bytes;
    bool are_too_many;
    bool has_nameless; /* one that expires has no id, so it cannot be extended */
};

/* One number that expires chooses the reservation, which is shown with all its numbers. */
static bool any_expires(const struct choice *choice) {
    const struct filter *filter = &choice->exchange->settings->selection.filter;
    const struct collect *numbers = &choice->exchange->showing.numbers;
    for (size_t place = 0; place < collect_count(numbers); place++)
        if (filter_takes_number(filter, collect_at(numbers, place)))
            return true;
    return false;
}

/* Takes ownership of the id. */
static bool keep_id(struct choice *choice, char *id) {
    if (choice->count == choice->size) {
        size_t size = choice->size * 2 + 16;
        char **ids = realloc(choice->ids, size * sizeof *ids);
        if (ids == NULL) {
            free(id);
            return false;
        }
        choice->ids = ids;
        choice->size = size;
    }
    choice->bytes += strlen(id);
    choice->ids[choice->count++] = id;
    return true;
}

/* Without an id that can be sent it cannot be extended. */
static numres_answer pass_over(struct choice *choice, const numres_parser *parser) {
    struct exchange *exchange = choice->exchange;
    choice->has_nameless = true;
    session_raise_exit_code(exchange->session, EXIT_PROBLEMS);
    report_remark(
        exchange->session, numres_parser_position(parser),
        "this reservation is about to expire, but cannot be extended: it has no usable id");
    return NUMRES_GO_ON;
}

static numres_answer choose(void *context, const numres_parser *parser,
                            const numres_reservation *reservation) {
    struct choice *choice = context;
    struct exchange *exchange = choice->exchange;
    if (!any_expires(choice))
        return NUMRES_GO_ON;
    if (choice->count == MOST_CHOSEN || choice->bytes > MOST_BYTES) {
        choice->are_too_many = true;
        return response_stop_for(exchange, STOP_LIMIT);
    }
    char *id = single_copy_id(reservation->id);
    if (id == NULL)
        return pass_over(choice, parser);
    if (!keep_id(choice, id))
        return response_stop_for(exchange, STOP_NO_MEMORY);
    return exchange->settings->common.dry_run ? exchange_show(exchange, parser, reservation)
                                              : NUMRES_GO_ON;
}

static enum exchange_end choose_all(struct choice *choice) {
    const struct exchange_taker taker = {.reservation = choose, .context = choice};
    struct exchange *exchange = choice->exchange;
    numres_query query = numres_query_default();
    query.page_size = NUMRES_LARGEST_PAGE_SIZE;
    enum exchange_end end = walk_list(exchange, &query, &taker);
    if (choice->are_too_many)
        exchange_fail(exchange,
                      "too many reservations expire within that time; choose a shorter time", "");
    return end;
}

static void say_none(struct exchange *exchange) {
    const char *within = exchange->settings->common.expires_within.text;
    bool has_unit = !digits_is_one(within[strlen(within) - 1]);
    struct message message;
    exchange->showing.is_empty_told = true;
    if (exchange->settings->common.quiet)
        return;
    message_begin(&message);
    message_format(&message, "no reservation expires within %s%s", within, has_unit ? "" : " s");
    report_message(exchange->session, &message);
}

/* ---- the question before they are extended ---- */

/* Ids beyond this number are counted, not named. */
#define MOST_NAMED 20

static void name_all(struct print *messages, char *const *ids, size_t count) {
    for (size_t at = 0; at < count && at < MOST_NAMED; at++) {
        print_string(messages, "  ");
        print_safe(messages, ids[at], strlen(ids[at]));
        print_string(messages, "\n");
    }
    if (count > MOST_NAMED) {
        print_string(messages, "  and ");
        print_integer(messages, count - MOST_NAMED);
        print_string(messages, " more\n");
    }
}

/* Reads the reply from the terminal. Returns false if it is not yes, or a signal comes. */
static bool is_yes(void) {
    char line[16] = "";
    if (!interrupt_wait(STDIN_FILENO))
        return false;
    ssize_t length = read(STDIN_FILENO, line, sizeof line - 1);
    line[length < 0 ? 0 : length] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    return strcasecmp(line, "y") == 0 || strcasecmp(line, "yes") == 0;
}

/* Lists the reservations to be extended, and asks whether to extend them. Returns false
   unless the reply is yes. Without a terminal, reports that and raises the exit code. */
static bool ask(struct exchange *exchange, char *const *ids, size_t count) {
    struct session *session = exchange->session;
    struct print *messages = &session->messages;
    char words[80];
    snprintf(words, sizeof words, "%zu reservation%s", count, count == 1 ? "" : "s");
    if (!isatty(STDIN_FILENO) || !isatty(messages->descriptor)) {
        session_raise_exit_code(session, EXIT_WRONG_USE);
        report_failure(session, NULL, words,
                       count == 1 ? " is about to expire, but there is no terminal to ask on; use "
                                    "--yes to extend it or --dry-run to see it"
                                  : " are about to expire, but there is no terminal to ask on; use "
                                    "--yes to extend them or --dry-run to see them");
        return false;
    }
    progress_hide(&session->progress);
    name_all(messages, ids, count);
    print_string(messages, "Extend ");
    print_string(messages, count == 1 ? "this reservation" : "these ");
    print_string(messages, count == 1 ? "" : words);
    print_string(messages, "? [y/N] ");
    print_flush(messages);
    if (is_yes())
        return true;
    report_failure(session, NULL, "nothing was extended", "");
    exchange->showing.is_empty_told = true;
    return false;
}

/* ---- extending ---- */

/* Chooses the reservations. Returns whether they are to be extended. */
static bool is_wanted(struct choice *choice) {
    struct exchange *exchange = choice->exchange;
    const struct settings *common = &exchange->settings->common;
    if (choose_all(choice) != EXCHANGE_READ)
        return false;
    counts_report_doubt(exchange);
    if (choice->count == 0 && !choice->has_nameless)
        say_none(exchange);
    return choice->count > 0 && !common->dry_run &&
           (common->yes || ask(exchange, choice->ids, choice->count));
}

static void extend_expiring(struct exchange *exchange) {
    struct choice choice = {.exchange = exchange};
    size_t count = is_wanted(&choice) ? choice.count : 0;
    single_each(exchange, NUMRES_OPERATION_EXTEND, choice.ids, count);
    for (size_t at = 0; at < choice.count; at++)
        free(choice.ids[at]);
    free(choice.ids);
}

static void run(struct exchange *exchange) {
    const struct settings *common = &exchange->settings->common;
    /* The filter only chooses what is extended; what comes back expires later. */
    exchange->showing.filter = NULL;
    if (common->expires_within.text != NULL)
        extend_expiring(exchange);
    else
        single_each(exchange, common->dry_run ? NUMRES_OPERATION_RETRIEVE : NUMRES_OPERATION_EXTEND,
                    common->files, common->file_count);
}

int extend_command(struct session *session, char **arguments, size_t count) {
    return exchange_command(session, COMMAND_extend, &help, arguments, count, run);
}
