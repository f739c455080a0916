/* Which records have been written whole to standard output, so that a later run with
   --resume knows. response.c and pages.c call it. */

#include <errno.h>
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

/* Cuts the file's end off, unless somebody else has appended to it. */
static bool cut(int descriptor, uint64_t surplus) {
    struct stat about;
    off_t end = lseek(descriptor, 0, SEEK_CUR);
    return end >= 0 && fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) &&
           about.st_size == end && (uint64_t)end >= surplus &&
           ftruncate(descriptor, end - (off_t)surplus) == 0 &&
           lseek(descriptor, end - (off_t)surplus, SEEK_SET) >= 0;
}

void output_mend(struct listing *listing) {
    struct print *output = &listing->session->output;
    uint64_t surplus = output->written - output->last_mark_out;
    if (output->failure == 0 || output->failure == EPIPE || surplus == 0 ||
        cut(output->descriptor, surplus))
        return;
    report_failure(listing->session, NULL, "the last line of standard output is broken",
                   listing->settings->common.resume == NULL
                       ? ""
                       : ": its record comes whole in the next run with the file of --resume");
}
