#include "summary.h"

#include <string.h>

void summary_begin(struct summary *summary) {
    memset(summary, 0, sizeof *summary);
}

void summary_add_reservation(struct summary *summary) {
    summary->reservations++;
}

void summary_add_number(struct summary *summary, const numres_phone_number *phone_number) {
    summary->phone_numbers++;
    summary->by_status[phone_number->status.value]++;
}

/* A page counts from 1; 0 is what an absent, null or rejected member gives. */
void summary_add_page(struct summary *summary, const numres_meta *meta) {
    bool is_next = meta->page_number == summary->last_page + 1 &&
                   meta->total_pages == summary->total_pages && summary->last_page > 0;
    if (summary->pages == 0) {
        summary->first_page = meta->page_number;
        summary->pages_are_in_row = meta->page_number > 0;
    } else {
        summary->pages_are_in_row = summary->pages_are_in_row && is_next;
    }
    summary->last_page = meta->page_number;
    summary->total_pages = meta->total_pages;
    summary->pages++;
}

static void print_count(struct print *print, uint64_t count, const char *noun) {
    print_number(print, count);
    print_string(print, noun);
    print_string(print, count == 1 ? "" : "s");
}

static void print_statuses(const struct summary *summary, struct print *print) {
    static const numres_status order[] = {NUMRES_STATUS_PENDING, NUMRES_STATUS_SUCCESS,
                                          NUMRES_STATUS_FAILURE, NUMRES_STATUS_UNKNOWN};
    const char *before = ": ";
    for (size_t at = 0; at < sizeof order / sizeof order[0]; at++) {
        bool is_other = order[at] == NUMRES_STATUS_UNKNOWN;
        if (summary->by_status[order[at]] == 0)
            continue;
        print_string(print, before);
        print_number(print, summary->by_status[order[at]]);
        print_string(print, " ");
        print_string(print, is_other ? "of another status" : numres_status_name(order[at]));
        before = ", ";
    }
}

static void print_pages(const struct summary *summary, struct print *print) {
    if (summary->pages == 0 || (summary->pages == 1 && summary->first_page == 0))
        return;
    print_string(print, "; ");
    if (!summary->pages_are_in_row) {
        print_count(print, summary->pages, " page");
        return;
    }
    print_string(print, summary->pages == 1 ? "page " : "pages ");
    print_number(print, summary->first_page);
    if (summary->pages > 1) {
        print_string(print, " to ");
        print_number(print, summary->last_page);
    }
    if (summary->total_pages > 0) {
        print_string(print, " of ");
        print_number(print, summary->total_pages);
    }
}

void summary_print(const struct summary *summary, struct print *print) {
    print_string(print, "\n");
    print_count(print, summary->reservations, " reservation");
    print_string(print, ", ");
    print_count(print, summary->phone_numbers, " number");
    print_statuses(summary, print);
    print_pages(summary, print);
    print_string(print, "\n");
}
