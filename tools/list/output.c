/* Which records have been written whole to standard output, so that a later run with
   --resume knows. response.c and pages.c call it. */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../run/report.h"
#include "listing.h"

bool output_begin(struct listing *listing) {
    struct session *session = listing->session;
    const struct list_settings *settings = listing->settings;
    if (listing->output_has_begun)
        return true;
    progress_hide(&session->progress);
    if (settings->format->is_paged && !settings->common.no_pager) {
        pager_begin(&session->pager, &session->output, &session->messages, true);
        /* Messages that go through the pager must not be mixed with progress. */
        if (session->pager.messages != NULL)
            session->progress.print = NULL;
    }
    listing->output_has_begun = settings->format->begin(&listing->showing);
    return listing->output_has_begun;
}

void output_mark(struct listing *listing) {
    struct print *output = &listing->session->output;
    struct list_state *state = &listing->state;
    bool is_elsewhere = listing->pager != &state->pager;
    state->ids = listing->repeats.count;
    state->page_ids = is_elsewhere ? 0 : state->ids - listing->repeats.page_start;
    state->new_ids = listing->repeats.trusted > 0 ? state->ids - listing->repeats.trusted : 0;
    print_mark(output);
    if (output->failure == 0)
        listing->states[output->marks_made % LISTING_STATES] = *state;
}

const struct list_state *output_state(const struct listing *listing) {
    if (listing->is_taken_back)
        return &listing->saved;
    return &listing->states[listing->session->output.marks_out % LISTING_STATES];
}

static bool is_regular(int descriptor) {
    struct stat about;
    return fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode);
}

bool output_sync(struct listing *listing) {
    struct print *output = &listing->session->output;
    print_flush(output);
    if (output->failure != 0 || !is_regular(output->descriptor) ||
        fdatasync(output->descriptor) == 0)
        return true;
    output->failure = errno;
    return false;
}

/* Cuts what was written beyond `end` off a file, unless somebody else has appended to
   it. */
static bool cut(struct print *output, uint64_t end) {
    struct stat about;
    int descriptor = output->descriptor;
    off_t surplus = (off_t)(output->written - end);
    off_t size = lseek(descriptor, 0, SEEK_CUR);
    bool is_cut = size >= surplus && fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) &&
                  about.st_size == size && ftruncate(descriptor, size - surplus) == 0 &&
                  lseek(descriptor, size - surplus, SEEK_SET) >= 0;
    if (is_cut)
        output->written = end;
    return is_cut;
}

void output_mend(struct listing *listing) {
    struct print *output = &listing->session->output;
    if (output->failure == 0 || output->failure == EPIPE ||
        output->written == output->last_mark_out || cut(output, output->last_mark_out))
        return;
    report_failure(listing->session, NULL, "the last line of standard output is broken",
                   listing->settings->common.resume == NULL
                       ? ""
                       : ": its record comes whole in the next run with the file of --resume");
}

void output_take_back(struct listing *listing) {
    struct print *output = &listing->session->output;
    uint64_t again = output_state(listing)->shown - listing->saved.shown;
    char sentence[120];
    if (!listing->saving_failed || output->written == listing->saved_output)
        return;
    /* A document that was ended stays whole. */
    if (listing->settings->format->is_lines && cut(output, listing->saved_output)) {
        listing->is_taken_back = true;
        return;
    }
    if (again == 0)
        return;
    snprintf(sentence, sizeof sentence,
             "the last %" PRIu64 " reservation%s shown come%s again in the next run with the file "
             "of --resume",
             again, again == 1 ? "" : "s", again == 1 ? "s" : "");
    report_failure(listing->session, NULL, sentence, "");
}
