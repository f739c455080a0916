/* Counts what the table shows and prints the line under it. format.c calls it; list/ tells it that
   a listing broke off, and takes the sentence about an empty list from it. */

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "table.h"

/* Three numbers of 20 digits and some words. */
#define PIECE_SIZE 96

/* One such number, and " of ". */
#define TOTAL_SIZE 32

#define COUNTED(NAME, NUMBER, word, COUNTS_AS, SOURCE) [NUMBER] = NUMRES_STATUS_##COUNTS_AS,

numres_status summary_counts_as(numres_status status) {
    static const numres_status counted_as[NUMRES_STATUS_COUNT] = {NUMRES_STATUSES(COUNTED)};
    return counted_as[status];
}

void summary_add_number(struct summary *summary, const numres_phone_number *phone_number) {
    bool is_rejected = numres_has(phone_number->invalid, NUMRES_PHONE_NUMBER_STATUS);
    summary->phone_numbers++;
    if (table_has_status(phone_number->status.value, is_rejected))
        summary->by_status[summary_counts_as(phone_number->status.value)]++;
    else
        summary->without_status++;
}

/* Pages count from 1; an absent, null or rejected member gives 0. */
void summary_add_page(struct summary *summary, const numres_meta *meta) {
    bool is_next =
        meta->page_number == summary->last_page + 1 && meta->total_pages == summary->total_pages;
    if (summary->pages == 0) {
        summary->first_page = meta->page_number;
        summary->pages_are_in_row = meta->page_number > 0;
        summary->total_results = meta->total_results;
    } else {
        if (summary->total_results != meta->total_results)
            summary->total_results = 0;
        summary->pages_are_in_row = summary->pages_are_in_row && is_next;
    }
    summary->last_page = meta->page_number;
    summary->total_pages = meta->total_pages;
    summary->pages++;
}

void summary_break_off(struct summary *summary, uint64_t page) {
    summary->is_partial = true;
    summary->partial_page = page;
}

void wrapped_put(struct wrapped *text, const char *piece) {
    size_t length = strlen(piece);
    if (text->position > 0 && text->position + 1 + length > text->width) {
        print_string(text->print, "\n");
        text->position = 0;
    } else if (text->position > 0) {
        print_string(text->print, " ");
        text->position++;
    }
    print_string(text->print, piece);
    text->position += length;
}

static void put_count(struct wrapped *text, uint64_t count, const char *noun, const char *after) {
    char piece[PIECE_SIZE];
    snprintf(piece, sizeof piece, "%" PRIu64 " %s%s", count, noun, after);
    wrapped_put(text, piece);
}

static const char *plural(uint64_t count, const char *one, const char *several) {
    return count == 1 ? one : several;
}

/* In the order of statuses.h, the unknown ones last. */
#define LISTED(NAME, NUMBER, word, COUNTS_AS, SOURCE) NUMRES_STATUS_##NAME,
static const numres_status statuses[] = {NUMRES_STATUSES(LISTED) NUMRES_STATUS_UNKNOWN};

static void put_numbers(struct wrapped *text, const struct summary *summary, const char *after) {
    uint64_t left = summary->phone_numbers;
    put_count(text, left, plural(left, "number", "numbers"), left > 0 ? ":" : after);
    for (size_t at = 0; at < sizeof statuses / sizeof statuses[0]; at++) {
        uint64_t count = summary->by_status[statuses[at]];
        bool is_other = statuses[at] == NUMRES_STATUS_UNKNOWN;
        if (count == 0)
            continue;
        left -= count;
        put_count(text, count, is_other ? "other" : numres_status_name(statuses[at]),
                  left > 0 ? "," : after);
    }
    if (left > 0)
        put_count(text, left, "without a status", after);
}

static bool has_pages(const struct summary *summary) {
    return summary->pages > 1 || (summary->pages == 1 && summary->first_page > 0);
}

static void put_pages(struct wrapped *text, const struct summary *summary, const char *after) {
    char pages[PIECE_SIZE];
    char total[TOTAL_SIZE] = "";
    if (!summary->pages_are_in_row) {
        put_count(text, summary->pages, plural(summary->pages, "page", "pages"), after);
        return;
    }
    if (summary->total_pages > 0)
        snprintf(total, sizeof total, " of %" PRIu64, summary->total_pages);
    if (summary->pages == 1)
        snprintf(pages, sizeof pages, "page %" PRIu64 "%s%s", summary->first_page, total, after);
    else
        snprintf(pages, sizeof pages, "pages %" PRIu64 " to %" PRIu64 "%s%s", summary->first_page,
                 summary->last_page, total, after);
    wrapped_put(text, pages);
}

static void put_break(struct wrapped *text, const struct summary *summary) {
    char part[PIECE_SIZE];
    if (summary->partial_page > 0) {
        snprintf(part, sizeof part, "%spart of page %" PRIu64, has_pages(summary) ? "and " : "",
                 summary->partial_page);
        wrapped_put(text, part);
    }
    wrapped_put(text, "(incomplete list)");
}

/* "3 of 55 reservations," */
static void put_reservations(struct wrapped *text, const struct summary *summary) {
    char piece[PIECE_SIZE];
    uint64_t total = summary->total_results;
    bool is_part = summary->pages_are_in_row && total > summary->reservations;
    if (is_part) {
        snprintf(piece, sizeof piece, "%" PRIu64 " of", summary->reservations);
        wrapped_put(text, piece);
    }
    total = is_part ? total : summary->reservations;
    put_count(text, total, plural(total, "reservation", "reservations"), ",");
}

/* Hours and minutes need no fraction. */
static void put_time(struct wrapped *text, int64_t milliseconds) {
    char piece[PIECE_SIZE];
    if (milliseconds < 0)
        return;
    if (milliseconds < 60000)
        snprintf(piece, sizeof piece, "(%.1f s)", (double)milliseconds / 1000);
    else
        snprintf(piece, sizeof piece, "(%" PRId64 " min %" PRId64 " s)", milliseconds / 60000,
                 milliseconds / 1000 % 60);
    wrapped_put(text, piece);
}

static bool is_beyond(uint64_t page, uint64_t total_pages) {
    return total_pages > 0 && page > total_pages;
}

void summary_write_empty(uint64_t page, uint64_t total_pages, bool is_filtered,
                         char sentence[SUMMARY_EMPTY_SIZE]) {
    if (is_beyond(page, total_pages))
        snprintf(sentence, SUMMARY_EMPTY_SIZE,
                 "there is no page %" PRIu64 "; the last is page %" PRIu64, page, total_pages);
    else
        snprintf(sentence, SUMMARY_EMPTY_SIZE,
                 is_filtered ? "no reservation from page %" PRIu64 " on matches the filters"
                             : "there are no reservations from page %" PRIu64 " on",
                 page);
}

/* A sentence that begins in lower case, as messages do. */
static void put_sentence(struct wrapped *text, char *sentence) {
    sentence[0] = (char)toupper((unsigned char)sentence[0]);
    for (char *word = sentence; word != NULL;) {
        char *blank = strchr(word, ' ');
        if (blank != NULL)
            *blank++ = '\0';
        wrapped_put(text, word);
        word = blank;
    }
}

/* The sentence in place of a table. Names the pages if there may be others. */
static void put_none(struct wrapped *text, const struct summary *summary) {
    char sentence[SUMMARY_EMPTY_SIZE];
    uint64_t page = summary->first_page > 0 ? summary->first_page : summary->asked_page;
    bool is_known = summary->pages == 1 && is_beyond(page, summary->total_pages);
    bool are_all = summary->pages_are_in_row && summary->first_page == 1 &&
                   summary->total_pages <= summary->last_page;
    if (is_known || (summary->asked_page > 1 && !summary->is_partial)) {
        summary_write_empty(page, summary->total_pages, summary->is_filtered, sentence);
        put_sentence(text, sentence);
        return;
    }
    wrapped_put(text, summary->is_filtered ? "No reservation matches the filters"
                                           : "There are no reservations");
    if (!has_pages(summary) || are_all || summary->is_filtered)
        return;
    wrapped_put(text, summary->pages_are_in_row ? "on" : "on the");
    put_pages(text, summary, "");
}

void summary_print(const struct summary *summary, struct print *print, size_t width) {
    struct wrapped text = {print, width, 0};
    bool has_more = has_pages(summary) || summary->partial_page > 0 || summary->limit != NULL;
    const char *after = has_more ? ";" : "";
    if (summary->reservations == 0) {
        put_none(&text, summary);
    } else {
        put_reservations(&text, summary);
        put_numbers(&text, summary, after);
        if (has_pages(summary))
            put_pages(&text, summary, summary->limit != NULL && !summary->is_partial ? ";" : "");
    }
    if (summary->is_partial)
        put_break(&text, summary);
    if (summary->limit != NULL) {
        wrapped_put(&text, "stopped by");
        wrapped_put(&text, summary->limit);
    }
    put_time(&text, summary->milliseconds);
    print_string(print, summary->reservations == 0 ? ".\n" : "\n");
}
