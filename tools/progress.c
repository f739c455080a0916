#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "terminal.h"

#define SECOND INT64_C(1000000000)
#define BETWEEN_LINES (SECOND / 10)
#define MEGABYTE 1e6
#define LINE_SIZE 160

/* Back to the line's start; from here to the line's end nothing. */
#define TO_START "\r"
#define WIPE_REST "\033[K"

static int64_t now(void) {
    struct timespec time = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * SECOND + time.tv_nsec;
}

void progress_begin(struct progress *progress, struct print *print, uint64_t total) {
    memset(progress, 0, sizeof *progress);
    progress->print = print;
    progress->total = total;
    if (print != NULL) {
        progress->started = now();
        progress->width = terminal_width(print->descriptor);
    }
}

static double megabytes_per_second(const struct progress *progress, int64_t time) {
    double seconds = (double)(time - progress->started) / (double)SECOND;
    return seconds > 0 ? (double)progress->bytes / MEGABYTE / seconds : 0;
}

/* " of 20.5 MB (30 %)", or nothing if the total is not known or was wrong. */
static void compose_total(const struct progress *progress, char *text, size_t size) {
    double share = (double)progress->bytes / (double)progress->total;
    text[0] = '\0';
    if (progress->total > 0 && progress->bytes <= progress->total)
        snprintf(text, size, " of %.1f MB (%d %%)", (double)progress->total / MEGABYTE,
                 (int)(share * 100));
}

void progress_show(struct progress *progress, const char *line) {
    size_t length = strlen(line);
    print_string(progress->print, TO_START);
    /* A line that fills the terminal's width would go on in the next. */
    print_bytes(progress->print, line, length < progress->width ? length : progress->width - 1);
    print_string(progress->print, WIPE_REST);
    print_flush(progress->print);
    progress->visible = true;
}

bool progress_is_due(struct progress *progress) {
    int64_t time = progress->print == NULL ? 0 : now();
    if (progress->print == NULL || time < progress->next)
        return false;
    progress->next = time + BETWEEN_LINES;
    return true;
}

static void show(struct progress *progress) {
    char total[LINE_SIZE / 2];
    char line[LINE_SIZE];
    compose_total(progress, total, sizeof total);
    snprintf(line, sizeof line, "%.1f MB%s, %" PRIu64 " reservation%s, %.1f MB/s",
             (double)progress->bytes / MEGABYTE, total, progress->reservations,
             progress->reservations == 1 ? "" : "s", megabytes_per_second(progress, now()));
    progress_show(progress, line);
}

void progress_advance(struct progress *progress, size_t bytes, uint64_t reservations) {
    progress->bytes += bytes;
    progress->reservations = reservations;
    if (progress->bytes >= PROGRESS_FROM_BYTES && progress_is_due(progress))
        show(progress);
}

void progress_hide(struct progress *progress) {
    if (!progress->visible)
        return;
    progress->visible = false;
    print_string(progress->print, TO_START WIPE_REST);
    print_flush(progress->print);
}
