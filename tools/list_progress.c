#include "list_progress.h"

#include <inttypes.h>
#include <stdio.h>

#include "terminal.h"
#include "wait.h"

#define LINE_SIZE 200

void list_progress_begin(struct listing *listing) {
    struct session *session = listing->session;
    bool is_shown =
        !listing->settings->common.quiet && terminal_moves_cursor(session->messages.descriptor);
    progress_begin(&session->progress, is_shown ? &session->messages : NULL, 0);
    listing->began = wait_clock();
}

/* Reservations a second. */
static double rate(const struct listing *listing) {
    double seconds = (double)(wait_clock() - listing->began) / 1000;
    return seconds > 0 ? (double)listing->session->counts.reservations / seconds : 0;
}

void list_progress_show_now(struct listing *listing, const char *waiting) {
    uint64_t reservations = listing->session->counts.reservations;
    char line[LINE_SIZE];
    char of_total[32] = "";
    if (listing->session->progress.print == NULL)
        return;
    if (listing->state.total_pages > 0)
        snprintf(of_total, sizeof of_total, " of %" PRIu64, listing->state.total_pages);
    snprintf(line, sizeof line, "%s%s, %" PRIu64 " reservation%s, %.0f/s%s%s", listing->page_name,
             of_total, reservations, reservations == 1 ? "" : "s", rate(listing),
             waiting[0] == '\0' ? "" : "; ", waiting);
    progress_show(&listing->session->progress, line);
}

void list_progress_show(struct listing *listing, const char *waiting) {
    if (progress_is_due(&listing->session->progress))
        list_progress_show_now(listing, waiting);
}
