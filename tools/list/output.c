/* Tracks which records have been written completely to standard output, for a later run
   with --resume. list.c and ending.c call it. */

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "list.h"

/* Whether this is a regular file; `about` is filled in then. */
static bool is_regular(int descriptor, struct stat *about) {
    return fstat(descriptor, about) == 0 && S_ISREG(about->st_mode);
}

void output_identify(struct listing *listing) {
    struct stat about;
    bool is_file = is_regular(listing->exchange->session->output.descriptor, &about);
    listing->state.device = is_file ? (uint64_t)about.st_dev : 0;
    listing->state.inode = is_file ? (uint64_t)about.st_ino : 0;
}

/* Returns the size of a regular file that is being written at its end, otherwise 0. */
static off_t size_of_file(int descriptor) {
    struct stat about;
    if (!is_regular(descriptor, &about))
        return 0;
    bool is_appended = (fcntl(descriptor, F_GETFL) & O_APPEND) != 0;
    return is_appended || lseek(descriptor, 0, SEEK_CUR) == about.st_size ? about.st_size : 0;
}

/* Returns where an incomplete last line begins, or `size` if the file ends in a line feed
   or cannot be read. */
static off_t last_line_of(int reader, off_t size) {
    char part[4096];
    off_t end = size;
    while (end > 0) {
        off_t start = end > (off_t)sizeof part ? end - (off_t)sizeof part : 0;
        ssize_t count = pread(reader, part, (size_t)(end - start), start);
        if (count != end - start)
            return size;
        while (count > 0 && part[count - 1] != '\n')
            count--;
        if (count > 0)
            return start + count;
        end = start;
    }
    return 0;
}

/* Reopens the output for reading, since a shell opens it for writing only. */
static off_t find_last_line(off_t size) {
    int reader = open("/dev/fd/1", O_RDONLY | O_CLOEXEC);
    off_t line = reader < 0 ? size : last_line_of(reader, size);
    if (reader >= 0)
        close(reader);
    return line;
}

void output_join(struct listing *listing) {
    struct print *output = &listing->exchange->session->output;
    const struct list_state *state = &listing->state;
    bool is_output_of_killed_run = state->inode != 0 && state->inode == listing->left_inode &&
                                   state->device == listing->left_device;
    if (listing->exchange->settings->common.resume == NULL ||
        !listing->exchange->settings->selection.format->is_lines)
        return;
    off_t size = size_of_file(output->descriptor);
    off_t line = find_last_line(size);
    if (line == size)
        return;
    if (is_output_of_killed_run && ftruncate(output->descriptor, line) == 0 &&
        lseek(output->descriptor, line, SEEK_SET) == line) {
        report_failure(
            listing->exchange->session, NULL,
            "removed the incomplete last line of standard output, left by a run that was killed",
            "; its record is shown again");
        return;
    }
    print_string(output, "\n");
    output_mark(listing);
    report_failure(listing->exchange->session, NULL, "standard output did not end in a line feed",
                   "; one was added");
}

void output_mark(struct listing *listing) {
    struct print *output = &listing->exchange->session->output;
    struct list_state *state = &listing->state;
    bool is_elsewhere = listing->counting.pager != &state->pager;
    state->ids = listing->repeats.count;
    state->page_ids = is_elsewhere ? 0 : state->ids - listing->repeats.page_start;
    state->new_ids = listing->repeats.trusted > 0 ? state->ids - listing->repeats.trusted : 0;
    state->counts.total_pages = listing->exchange->total_pages;
    print_mark(output);
    if (output->failure == 0)
        listing->states[output->marks_made % LISTING_STATES] = *state;
}

const struct list_state *output_state(const struct listing *listing) {
    if (listing->is_taken_back)
        return &listing->saved;
    return &listing->states[listing->exchange->session->output.marks_out % LISTING_STATES];
}

bool output_sync(struct listing *listing) {
    struct print *output = &listing->exchange->session->output;
    struct stat about;
    print_flush(output);
    if (output->failure != 0 || !is_regular(output->descriptor, &about) ||
        fdatasync(output->descriptor) == 0)
        return true;
    output->failure = errno;
    return false;
}

/* Cuts what was written beyond `end` off a file, unless another process has appended to
   it. Returns whether it did. */
static bool cut(struct print *output, uint64_t end) {
    struct stat about;
    int descriptor = output->descriptor;
    off_t surplus = (off_t)(output->written - end);
    off_t size = lseek(descriptor, 0, SEEK_CUR);
    bool is_cut = size >= surplus && is_regular(descriptor, &about) && about.st_size == size &&
                  ftruncate(descriptor, size - surplus) == 0 &&
                  lseek(descriptor, size - surplus, SEEK_SET) >= 0;
    if (is_cut)
        output->written = end;
    return is_cut;
}

void output_mend(struct listing *listing) {
    struct print *output = &listing->exchange->session->output;
    if (output->failure == 0 || output->failure == EPIPE ||
        output->written == output->last_mark_out || cut(output, output->last_mark_out))
        return;
    report_failure(listing->exchange->session, NULL,
                   "the last line of standard output is incomplete",
                   listing->exchange->settings->common.resume == NULL
                       ? ""
                       : "; the next run with --resume shows its record again");
}

void output_take_back(struct listing *listing) {
    struct print *output = &listing->exchange->session->output;
    uint64_t again = output_state(listing)->counts.shown - listing->saved.counts.shown;
    char sentence[120];
    if (!listing->saving_failed || output->written == listing->saved_output)
        return;
    /* Only formats of lines are cut: a finished document must stay complete. */
    if (listing->exchange->settings->selection.format->is_lines &&
        cut(output, listing->saved_output)) {
        listing->is_taken_back = true;
        return;
    }
    if (again == 0)
        return;
    if (again == 1)
        snprintf(sentence, sizeof sentence,
                 "the next run with --resume shows the last reservation again");
    else
        snprintf(sentence, sizeof sentence,
                 "the next run with --resume shows the last %" PRIu64 " reservations again", again);
    report_failure(listing->exchange->session, NULL, sentence, "");
}
