/* What a terminal can show, and a pager before it; the line of progress. session.c, report.c,
   pager.c, show/, api/ and list/ call it. terminal.h has the rules for colours, by NO_COLOR and
   CLICOLOR. */
#include "terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "text.h"
#include "times.h"

/* More columns than any terminal has. */
#define MOST_COLUMNS 10000000

static bool is_zero(const char *value) {
    return value != NULL && strcmp(value, "0") == 0;
}

bool terminal_moves_cursor(int descriptor) {
    const char *name = variable_value("TERM");
    return isatty(descriptor) && name != NULL && strcmp(name, "dumb") != 0;
}

static bool has_colour(int descriptor, bool passes_colour) {
    const char *force = variable_value("CLICOLOR_FORCE");
    if (variable_value("NO_COLOR") != NULL)
        return false;
    if (force != NULL && !is_zero(force))
        return true;
    return passes_colour && !is_zero(variable_value("CLICOLOR")) &&
           terminal_moves_cursor(descriptor);
}

bool terminal_uses_colour(const char *when, int descriptor, bool passes_colour) {
    if (when != NULL && strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    return has_colour(descriptor, passes_colour);
}

/* POSIX: a decimal integer above zero; any other value counts as unset. */
static bool read_columns(size_t *columns) {
    const char *value = variable_value("COLUMNS");
    uint64_t number = 0;
    if (value == NULL || !digits_read(value, strlen(value), &number) || number == 0 ||
        number > MOST_COLUMNS)
        return false;
    *columns = (size_t)number;
    return true;
}

size_t terminal_width(int descriptor) {
    struct winsize size = {0, 0, 0, 0};
    size_t columns = TERMINAL_USUAL_WIDTH;
    if (!isatty(descriptor) || read_columns(&columns))
        return columns;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return TERMINAL_USUAL_WIDTH;
    return size.ws_col;
}

#define SECOND INT64_C(1000000000)
#define BETWEEN_LINES (SECOND / 10)
#define MEGABYTE 1e6
#define LINE_SIZE 160

/* Moves to the start of the line; erases to its end. */
#define TO_START "\r"
#define WIPE_REST "\033[K"

void progress_begin(struct progress *progress, struct print *print, uint64_t total) {
    memset(progress, 0, sizeof *progress);
    progress->print = print;
    progress->total = total;
    if (print != NULL) {
        progress->started = clock_nanoseconds();
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
    /* A line that fills the terminal's width would wrap. */
    print_bytes(progress->print, line, length < progress->width ? length : progress->width - 1);
    print_string(progress->print, WIPE_REST);
    print_flush(progress->print);
    progress->visible = true;
}

bool progress_is_due(struct progress *progress) {
    int64_t time = progress->print == NULL ? 0 : clock_nanoseconds();
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
             progress->reservations == 1 ? "" : "s",
             megabytes_per_second(progress, clock_nanoseconds()));
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

/* ---- whether the pager shows colours: its command line and LESS, by the rules of less(1) ---- */

/* Options that take a number, or something like one; options that take text, up to a
   $. */
#define NUMBER_OPTIONS "bhjxyz#"
#define TEXT_OPTIONS "DkoOpPtT\""
#define NUMBER_BYTES "0123456789.,-"
#define LONG_NAME "raw-control-chars"

/* Where a shell splits words, as far as pager commands use it. */
#define WORD_ENDS " \t\n|&;()<>'\""

static const char *after_value(const char *at) {
    at += strspn(at, " ");
    size_t number = strspn(at, NUMBER_BYTES);
    return number > 0 ? at + number : at + strcspn(at, "$");
}

/* less accepts any unambiguous prefix of a name; in upper case it means R. */
static const char *read_name(const char *at, bool *is_raw) {
    bool is_default = at[0] == '+';
    at += is_default ? 1 : 0;
    size_t length = strcspn(at, " \t$=");
    if (length > 1 && length <= strlen(LONG_NAME) && strncasecmp(at, LONG_NAME, length) == 0)
        *is_raw = !is_default;
    return at[length] == '=' ? after_value(at + length + 1) : at + length;
}

/* Reads options in the form of LESS, where the first dash may be missing. */
static void read_options(const char *at, bool *is_raw) {
    bool is_default = false; /* -+ resets an option to its default */
    while (*at != '\0') {
        char letter = *at++;
        if (letter == '-' && *at == '-') {
            at = read_name(at + 1, is_raw);
        } else if (letter == '-') {
            is_default = *at == '+';
            at += is_default ? 1 : 0;
        } else if (letter == 'R' || letter == 'r') {
            *is_raw = !is_default;
        } else if (letter == '+' || strchr(TEXT_OPTIONS, letter) != NULL) {
            at += strcspn(at, "$");
        } else if (strchr(NUMBER_OPTIONS, letter) != NULL) {
            at = after_value(at);
        }
    }
}

static bool is_less(const char *word, size_t length) {
    static const char name[] = "less";
    size_t size = sizeof name - 1;
    return length >= size && strncmp(word + length - size, name, size) == 0 &&
           (length == size || word[length - size - 1] == '/');
}

/* Reads one word of a command line as options. */
static void read_word(const char *word, size_t length, bool *is_raw) {
    char *copy = strndup(word, length);
    if (copy != NULL)
        read_options(copy, is_raw);
    free(copy);
}

/* Whether a pager's command line passes colours on: true if it does not run less, or if the
   option R or r is set on the command line or in LESS. */
bool pager_passes_colour(const char *command) {
    static const char variable[] = "LESS=";
    const char *options = getenv("LESS");
    bool is_run = false;
    bool has_options = false; /* the following words may be options of less */
    bool is_raw = false;
    read_options(options == NULL ? PAGER_LESS_OPTIONS : options, &is_raw);
    while (*(command += strspn(command, WORD_ENDS)) != '\0') {
        size_t length = strcspn(command, WORD_ENDS);
        if (strncmp(command, variable, strlen(variable)) == 0) {
            is_raw = false;
            has_options = true;
            read_word(command + strlen(variable), length - strlen(variable), &is_raw);
        } else if (is_less(command, length)) {
            is_run = true;
            has_options = true;
        } else if (has_options && command[0] == '-') {
            read_word(command, length, &is_raw);
        }
        command += length;
    }
    return !is_run || is_raw;
}
