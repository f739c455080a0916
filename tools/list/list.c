/* numres list: its help, and from the first page to the end of the output. main.c calls
   it; pages.c reads the pages. */
#include "../run/session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../api/wait.h"
#include "listing.h"

static const struct help help = {
    25,
    " [OPTION...]\n"
    "\n"
    "Fetches your number reservations from the Telnyx API, page by page, and shows\n"
    "each one as soon as it arrives. Set TELNYX_API_KEY to your API key.\n"
    "\n",
    "\n"
    "Failed connections and HTTP 408, 409, 429 and 5xx are retried, honouring\n"
    "Retry-After and rate limits up to 60 seconds. No reservation is lost or shown\n"
    "twice. Reservations that move to a later page because new ones were made are\n"
    "shown once. If the API's own counts say that some may have been missed, the\n"
    "exit status tells; run the command again.\n"
    "\n"
    "Exit status: 0 success; 1 problems; 2 usage error; 3 the connection, input or\n"
    "output failed, or the API sent a wrong page; 4 the API returned errors, or asks\n"
    "to wait longer than 60 seconds; 5 the list may be incomplete; 6 a limit was\n"
    "reached, and 7 in place of 0 nothing was shown (both with --exit-status); 130\n"
    "interrupted. The highest applies.\n"
    "\n"
    "Examples:\n"
    "  numres list\n"
    "  numres list --status failure --created-after 2026-01-01T00:00:00Z\n"
    "  numres list --page-size 250 --format csv > numbers.csv\n"
    "  numres list --expires-within 10m --format numbers\n"
    "  numres list --api-key-file ~/.telnyx-key --format ndjson --resume state >> all\n",
};

/* The page that was left in the middle; 0: none. */
static uint64_t unfinished_page(const numres_pager *pager) {
    return pager->reason == NUMRES_PAGER_NEXT && pager->taken > 0 ? pager->page : 0;
}

/* Ends the output, saves the state, and says how far the list got. */
static void end_list(struct listing *listing, enum exchange_end end) {
    progress_hide(&listing->exchange->session->progress);
    if (exchange_begin_output(listing->exchange)) {
        if (ending_is_partial(listing, end))
            summary_break_off(&listing->exchange->showing.summary,
                              unfinished_page(&listing->state.pager));
        showing_end(&listing->exchange->showing);
    }
    print_flush(&listing->exchange->session->output);
    output_mend(listing);
    pages_save_last(listing);
    output_take_back(listing);
    ending_report(listing, end);
    /* With --resume it is the whole list that --exit-status is about. */
    listing->exchange->showing.shown += listing->before.shown;
}

/* Adds the filters that are applied here; takes the URL over. */
static char *with_filters(const struct listing *listing, char *url) {
    const struct request_settings *settings = listing->exchange->settings;
    const struct filter *filter = &settings->selection.filter;
    size_t size = filter_name(filter, &settings->common, NULL, 0) + 1;
    size_t length = url == NULL ? 0 : strlen(url);
    char *named = url == NULL ? NULL : realloc(url, length + size);
    if (named == NULL)
        free(url);
    else
        filter_name(filter, &settings->common, named + length, size);
    return named;
}

/* The URL of the list without a page number, and the other filters, which --resume
   compares. */
static char *list_url(const struct listing *listing) {
    numres_query query = listing->query;
    query.page_number = NUMRES_NOT_SENT;
    return with_filters(listing, page_url(listing, &query));
}

static void list_pages(struct listing *listing) {
    listing->list_url = list_url(listing);
    if (listing->list_url == NULL) {
        exchange_fail(listing->exchange, EXCHANGE_NO_MEMORY, "");
        return;
    }
    repeats_begin(&listing->repeats, (uint64_t)wait_time_of_day() << 32 ^ (uint64_t)wait_clock() ^
                                         (uint64_t)getpid() << 16);
    if (pages_set_up(listing))
        end_list(listing, pages_read(listing));
    pages_give_up(listing);
    repeats_end(&listing->repeats);
    free(listing->list_url);
}

static void run(struct exchange *exchange) {
    struct listing *listing = calloc(1, sizeof *listing);
    if (listing == NULL) {
        exchange_fail(exchange, EXCHANGE_NO_MEMORY, "");
        return;
    }
    listing->exchange = exchange;
    listing->query = exchange->settings->query;
    list_pages(listing);
    free(listing);
}

int list_command(struct session *session, char **arguments, size_t count) {
    return exchange_command(session, COMMAND_list, &help, arguments, count, run);
}
