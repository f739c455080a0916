/* numres diff: what has changed between two pages, listings or NDJSON files. The old one
   is kept in a collection, the new one is compared as it is read. main.c calls it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../run/report.h"
#include "../run/session.h"
#include "../run/terminal.h"
#include "difference.h"
#include "format.h"

static const struct help help = {
    14,
    " [OPTION...] OLD NEW\n"
    "\n"
    "Shows which reservations and phone numbers were added, are gone or have changed,\n"
    "by the ids of reservations and the phone numbers in each. OLD and NEW are files;\n"
    "one of them may be -, standard input. Each holds saved API responses, any number\n"
    "in a row, or what --format json, ndjson or jsonl prints.\n"
    "\n",
    "\n"
    "Times are compared as instants; null counts as absent. Of reservations with the\n"
    "same id, the first in each file is compared. Problems are reported and do not\n"
    "change the exit status. If nothing differs, nothing is printed.\n"
    "\n"
    "Exit status: 0 no difference; 1 differences; 2 usage error; 3 input or output\n"
    "failed, or the input is not valid; 4 the API returned errors.\n"
    "\n"
    "Examples:\n"
    "  numres diff page-1.json page-2.json\n"
    "  numres diff --format ndjson page-1.json page-2.json | jq -r .reservation_id\n"
    "  numres list --format ndjson | numres diff yesterday.ndjson -\n",
};

/* A run of numres diff. */
struct comparing {
    struct session *session;
    size_t max_memory;
    numres_collection *old;
    numres_collection *added; /* new reservations with an id, without their numbers */
    bool *are_matched;        /* the old reservations */
    size_t next_unnamed;      /* where to look for the next old one without an id */
    struct collect numbers;   /* of the new reservation being read */
    struct partners partners; /* of the numbers of the current reservation */
    struct difference difference;
};

static struct comparing *comparing_of(void *user) {
    struct session *session = user;
    return session->command;
}

/* ---- reading the old reservations ---- */

static numres_answer answer_kept(struct comparing *comparing, numres_code code, const char *what,
                                 uint64_t index) {
    return collect_answer(comparing->session, code, index, what, comparing->max_memory,
                          "--max-memory");
}

#define OLD_RECORDS "the records of OLD"

static numres_answer keep_number(numres_parser *parser, const numres_phone_number *number,
                                 void *user) {
    struct comparing *comparing = comparing_of(user);
    (void)parser;
    return answer_kept(comparing, numres_collection_add_phone_number(comparing->old, number),
                       OLD_RECORDS, number->index);
}

static numres_answer keep_reservation(numres_parser *parser, const numres_reservation *reservation,
                                      void *user) {
    struct comparing *comparing = comparing_of(user);
    session_note_reservation(comparing->session, parser, reservation);
    return answer_kept(comparing, numres_collection_add_reservation(comparing->old, reservation),
                       OLD_RECORDS, reservation->index);
}

/* ---- finding partners ---- */

#define NONE SIZE_MAX

/* Reservations without an id are compared in their order. */
static size_t next_unnamed(struct comparing *comparing) {
    size_t count = numres_collection_reservations(comparing->old);
    while (comparing->next_unnamed < count) {
        size_t place = comparing->next_unnamed++;
        if (numres_collection_reservation(comparing->old, place)->id.length == 0)
            return place;
    }
    return NONE;
}

static size_t find_partner(struct comparing *comparing, const numres_reservation *reservation) {
    size_t place = NONE;
    if (reservation->id.length == 0)
        return next_unnamed(comparing);
    if (!numres_collection_find(comparing->old, reservation->id.bytes, reservation->id.length,
                                &place))
        return NONE;
    return place;
}

/* ---- comparing ---- */

static void compare_numbers(struct comparing *comparing, size_t place) {
    struct difference *difference = &comparing->difference;
    for (size_t at = 0; at < collect_count(&comparing->numbers); at++) {
        const numres_phone_number *number = collect_at(&comparing->numbers, at);
        size_t partner = partners_take(&comparing->partners, number);
        if (partner == PARTNERS_NONE) {
            difference_number(difference, DIFFERENCE_ADDED, number);
            continue;
        }
        difference_compare_numbers(
            difference, numres_collection_phone_number(comparing->old, place, partner), number);
    }
    for (size_t at = 0; at < numres_collection_phone_numbers(comparing->old, place); at++)
        if (!comparing->partners.are_taken[at])
            difference_number(difference, DIFFERENCE_GONE,
                              numres_collection_phone_number(comparing->old, place, at));
}

/* Whether the reservation is to be shown as added: of those with one id, only the first is, as
   in the old listing. Returns false and sets `code` if there is no room for it. */
static bool is_new(struct comparing *comparing, const numres_reservation *reservation,
                   numres_code *code) {
    *code = NUMRES_OK;
    if (reservation->id.length == 0)
        return true;
    if (numres_collection_find(comparing->added, reservation->id.bytes, reservation->id.length,
                               NULL))
        return false;
    *code = numres_collection_add_reservation(comparing->added, reservation);
    return *code == NUMRES_OK;
}

static void show_added(struct comparing *comparing, const numres_reservation *reservation) {
    difference_reservation(&comparing->difference, DIFFERENCE_ADDED, reservation);
    for (size_t at = 0; at < collect_count(&comparing->numbers); at++)
        difference_number(&comparing->difference, DIFFERENCE_ADDED,
                          collect_at(&comparing->numbers, at));
}

static void show_gone(struct comparing *comparing, size_t place) {
    difference_reservation(&comparing->difference, DIFFERENCE_GONE,
                           numres_collection_reservation(comparing->old, place));
    for (size_t at = 0; at < numres_collection_phone_numbers(comparing->old, place); at++)
        difference_number(&comparing->difference, DIFFERENCE_GONE,
                          numres_collection_phone_number(comparing->old, place, at));
}

static numres_answer compare(struct comparing *comparing, const numres_reservation *reservation) {
    size_t place = find_partner(comparing, reservation);
    if (place == NONE) {
        numres_code code = NUMRES_OK;
        if (is_new(comparing, reservation, &code))
            show_added(comparing, reservation);
        return answer_kept(comparing, code, "the reservations that NEW adds", reservation->index);
    }
    if (comparing->are_matched[place])
        return session_answer(comparing->session);
    if (!partners_begin(&comparing->partners, comparing->old, place))
        return answer_kept(comparing, NUMRES_NO_MEMORY, "this reservation", reservation->index);
    comparing->are_matched[place] = true;
    difference_compare_reservations(
        &comparing->difference, numres_collection_reservation(comparing->old, place), reservation);
    compare_numbers(comparing, place);
    return session_answer(comparing->session);
}

static numres_answer take_number(numres_parser *parser, const numres_phone_number *number,
                                 void *user) {
    struct comparing *comparing = comparing_of(user);
    (void)parser;
    return collect_take(&comparing->numbers, comparing->session, number);
}

static numres_answer take_reservation(numres_parser *parser, const numres_reservation *reservation,
                                      void *user) {
    struct comparing *comparing = comparing_of(user);
    session_note_reservation(comparing->session, parser, reservation);
    numres_answer answer = compare(comparing, reservation);
    collect_empty(&comparing->numbers);
    return answer;
}

/* If the first with its id was matched, this one is a repeat in the old listing, not gone. */
static bool is_gone(struct comparing *comparing, size_t place) {
    const numres_reservation *reservation = numres_collection_reservation(comparing->old, place);
    size_t found = place;
    if (reservation->id.length > 0)
        numres_collection_find(comparing->old, reservation->id.bytes, reservation->id.length,
                               &found);
    return !comparing->are_matched[found];
}

/* ---- the run ---- */

/* Reads one of the files, which may hold responses or bare reservations. Returns false
   unless all of it could be read. */
static bool read_file(struct comparing *comparing, const struct settings *settings, size_t file,
                      const numres_handlers *handlers) {
    struct session *session = comparing->session;
    struct settings own = *settings;
    own.files = settings->files + file;
    own.file_count = 1;
    session->settings = &own;
    session->finds_root = true;
    session_read(session, handlers);
    session->settings = settings;
    return session->exit_code < EXIT_WRONG_USE && session_answer(session) == NUMRES_GO_ON;
}

static void compare_files(struct comparing *comparing, const struct settings *settings) {
    numres_handlers old = numres_handlers_default();
    numres_handlers new = numres_handlers_default();
    old.on_phone_number = keep_number;
    old.on_reservation = keep_reservation;
    new.on_phone_number = take_number;
    new.on_reservation = take_reservation;
    if (!read_file(comparing, settings, 0, &old))
        return;
    size_t count = numres_collection_reservations(comparing->old);
    comparing->are_matched = calloc(count + 1, sizeof *comparing->are_matched);
    if (comparing->are_matched == NULL) {
        session_raise_exit_code(comparing->session, EXIT_FAILED);
        report_failure(comparing->session, NULL, "out of memory", "");
        return;
    }
    if (!read_file(comparing, settings, 1, &new))
        return;
    for (size_t place = 0; place < count; place++)
        if (is_gone(comparing, place))
            show_gone(comparing, place);
    comparing->session->exit_code =
        difference_end(&comparing->difference) ? EXIT_DIFFERENT : EXIT_FINE;
}

static bool is_enough(size_t max_memory) {
    numres_collection *collection = NULL;
    numres_code code = numres_collection_create_for_records(&collection, NULL, max_memory);
    numres_collection_destroy(collection);
    return code == NUMRES_OK;
}

#define KIBIBYTE ((size_t)1 << 10)

/* Refuses a --max-memory in which not even an empty file fits, and names the smallest one. */
static int refuse_memory(const struct settings *settings, struct print *messages) {
    char fault[80];
    size_t too_little = 0;
    size_t enough = DEFAULT_MEMORY / KIBIBYTE;
    while (enough - too_little > 1) {
        size_t middle = too_little + (enough - too_little) / 2;
        if (is_enough(middle * KIBIBYTE))
            enough = middle;
        else
            too_little = middle;
    }
    snprintf(fault, sizeof fault, "is too small: it must be at least %zuK", enough);
    options_refuse_value(COMMAND_diff, "--max-memory", settings->max_memory.text, fault, messages);
    return EXIT_WRONG_USE;
}

static int compare_with(struct comparing *comparing, const struct settings *settings) {
    struct session *session = comparing->session;
    session->command = comparing;
    numres_code code =
        numres_collection_create_for_records(&comparing->old, NULL, comparing->max_memory);
    if (code == NUMRES_OK)
        code = numres_collection_create_for_records(&comparing->added, NULL, comparing->max_memory);
    if (code == NUMRES_OK) {
        compare_files(comparing, settings);
    } else if (code == NUMRES_COLLECTION_FULL) {
        session->exit_code = refuse_memory(settings, &session->messages);
    } else {
        session_raise_exit_code(session, EXIT_FAILED);
        report_failure(session, NULL, numres_code_sentence(code), "");
    }
    numres_collection_destroy(comparing->old);
    numres_collection_destroy(comparing->added);
    collect_end(&comparing->numbers);
    free(comparing->are_matched);
    partners_end(&comparing->partners);
    return session->exit_code;
}

static bool names_two(const struct settings *settings, struct print *messages) {
    const struct teller teller = {COMMAND_diff, messages};
    if (settings->file_count != 2)
        return teller_refuse_use(&teller, "name two files, OLD and NEW");
    return strcmp(settings->files[0], "-") != 0 || strcmp(settings->files[1], "-") != 0 ||
           teller_refuse_use(&teller, "OLD and NEW cannot both be standard input");
}

int diff_command(struct session *session, char **arguments, size_t count) {
    struct settings settings = {.format = NULL};
    struct comparing comparing = {.session = session};
    const char *format = NULL;
    struct print *messages = &session->messages;
    if (!session_read_options(session, COMMAND_diff, &help, arguments, count, &settings))
        return session->exit_code;
    if (!names_two(&settings, messages) ||
        !options_choose(COMMAND_diff, "--format", settings.format, &format, messages))
        return EXIT_WRONG_USE;
    comparing.max_memory = settings.max_memory.value;
    session_begin(session, &settings);
    collect_begin(&comparing.numbers, settings.max_reservation_bytes.value);
    comparing.difference.print = &session->output;
    comparing.difference.is_json = strcmp(format, "table") != 0;
    comparing.difference.has_colour = terminal_uses_colour(settings.color, STDOUT_FILENO, true);
    if (!columns_begin(&comparing.difference.columns)) {
        session_raise_exit_code(session, EXIT_FAILED);
        report_failure(session, NULL, "out of memory", "");
        return session->exit_code;
    }
    return compare_with(&comparing, &settings);
}
