/* For --count: counts reservations and numbers by status, each under its own name, and prints the
   counts in a chosen format. format.c calls it. */
#include "format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../run/terminal.h"
#include "table.h"

/* The place of records without a status. */
#define NONE NUMRES_STATUS_COUNT

static size_t place_of(numres_status status, bool is_rejected) {
    return table_has_status(status, is_rejected) ? (size_t)status : NONE;
}

void tally_add_reservation(struct tally *tally, const numres_reservation *reservation) {
    bool is_rejected = numres_has(reservation->invalid, NUMRES_RESERVATION_STATUS);
    tally->reservations[place_of(reservation->status.value, is_rejected)]++;
}

void tally_add_number(struct tally *tally, const numres_phone_number *number) {
    bool is_rejected = numres_has(number->invalid, NUMRES_PHONE_NUMBER_STATUS);
    tally->phone_numbers[place_of(number->status.value, is_rejected)]++;
}

/* In the order of statuses.h, with unknown ones and records without one last. */
#define LISTED(NAME, NUMBER, word, COUNTS_AS, SOURCE) NUMBER,
static const size_t places[] = {NUMRES_STATUSES(LISTED) NUMRES_STATUS_UNKNOWN, NONE};

#define PLACES (sizeof places / sizeof places[0])

static const char *name_of(size_t place) {
    if (place == NONE)
        return "none";
    return place == NUMRES_STATUS_UNKNOWN ? "other" : numres_status_name((numres_status)place);
}

/* What a format prints before all rows, between two, and after all; and in a row, as `parts`,
   before the status, between it and the two counts, and after them. */
struct form {
    const char *name;
    const char *before, *between, *after;
    const char *parts[4];
};

#define JSON_PARTS(end)                                                                            \
    { "{\"status\":\"", "\",\"reservations\":", ",\"phone_numbers\":", end }

static const struct form forms[] = {
    {"ndjson", "", "", "", JSON_PARTS("}\n")},
    {"jsonl", "", "", "", JSON_PARTS("}\n")},
    {"json", "{\"counts\":[", ",", "]}\n", JSON_PARTS("}")},
    {"csv", "status,reservations,phone_numbers\r\n", "", "", {"", ",", ",", "\r\n"}},
    {"tsv", "status\treservations\tphone_numbers\n", "", "", {"", "\t", "\t", "\n"}},
};

/* NULL: the table, for people, who want a sum as well; programs make their own. */
static const struct form *form_of(const char *format) {
    for (size_t at = 0; at < sizeof forms / sizeof forms[0]; at++)
        if (strcmp(forms[at].name, format) == 0)
            return &forms[at];
    return NULL;
}

/* A row of counts. */
struct count {
    const char *name;
    const char *colour; /* NULL: none */
    uint64_t reservations, phone_numbers;
};

/* The next row from `at` on that counts anything. Returns false if there is none. */
static bool next_count(const struct tally *tally, size_t *at, struct count *count) {
    for (; *at < PLACES; ++*at) {
        size_t place = places[*at];
        if (tally->reservations[place] == 0 && tally->phone_numbers[place] == 0)
            continue;
        *count = (struct count){name_of(place),
                                place == NONE ? NULL : row_status_colour((numres_status)place),
                                tally->reservations[place], tally->phone_numbers[place]};
        ++*at;
        return true;
    }
    return false;
}

#define NAME_WIDTH 16

/* Prints words at the start of a line, in colour. */
static void print_name(const char *name, const char *colour, const struct tally_look *look,
                       struct print *print) {
    bool has_colour = look->has_colour && colour != NULL;
    terminal_colour(print, has_colour, colour);
    print_string(print, name);
    terminal_colour(print, has_colour, SGR_PLAIN);
}

static void print_aligned(const struct count *count, const struct tally_look *look,
                          struct print *print) {
    char numbers[64];
    size_t length = strlen(count->name);
    print_name(count->name, count->colour, look, print);
    snprintf(numbers, sizeof numbers, " %12" PRIu64 " %9" PRIu64 "\n", count->reservations,
             count->phone_numbers);
    print_spaces(print, length < NAME_WIDTH ? NAME_WIDTH - length : 0);
    print_string(print, numbers);
}

static void print_table(const struct tally *tally, const struct tally_look *look,
                        struct print *print) {
    struct count total = {.name = look->is_partial ? "so far" : "total"};
    struct count count;
    size_t at = 0;
    print_name("STATUS           RESERVATIONS   NUMBERS", SGR_BOLD, look, print);
    print_string(print, "\n");
    while (next_count(tally, &at, &count)) {
        print_aligned(&count, look, print);
        total.reservations += count.reservations;
        total.phone_numbers += count.phone_numbers;
    }
    print_aligned(&total, look, print);
}

static void print_row(const struct form *form, const struct count *count, struct print *print) {
    print_string(print, form->parts[0]);
    print_string(print, count->name);
    print_string(print, form->parts[1]);
    print_integer(print, count->reservations);
    print_string(print, form->parts[2]);
    print_integer(print, count->phone_numbers);
    print_string(print, form->parts[3]);
}

void tally_print(const struct tally *tally, const char *format, const struct tally_look *look,
                 struct print *print) {
    const struct form *form = form_of(format);
    struct count count;
    size_t at = 0;
    const char *before = "";
    if (form == NULL) {
        print_table(tally, look, print);
        return;
    }
    print_string(print, form->before);
    while (next_count(tally, &at, &count)) {
        print_string(print, before);
        print_row(form, &count, print);
        before = form->between;
    }
    print_string(print, form->after);
}
