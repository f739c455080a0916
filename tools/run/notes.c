/* Footnotes of a table: the problems of its rows, and texts that do not fit into it. report.c and
   api/problems.c add problems, show/table.c adds texts and marks; show/format.c prints all of them
   below the table. */
#include "report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"

void notes_begin(struct session *session) {
    session->notes = calloc(1, sizeof *session->notes);
    if (session->notes != NULL)
        print_begin(&session->notes->line, -1);
}

/* Whether the path begins with the name and one of these bytes. */
static bool begins(numres_text path, const char *name, const char *after) {
    size_t length = strlen(name);
    return path.length > length && memcmp(path.bytes, name, length) == 0 &&
           strchr(after, path.bytes[length]) != NULL;
}

/* The path within the reservation: what follows "data[2]." or "data.", or the whole path of a
   bare reservation. Empty if the path does not lead into a reservation. */
static numres_text path_in_reservation(const struct session *session, numres_text path) {
    static const numres_text none = {"", 0};
    if (session->settings->bare)
        return path;
    if (!begins(path, "data", "[."))
        return none;
    const char *dot = memchr(path.bytes, '.', path.length);
    if (dot == NULL)
        return path;
    numres_text rest = {dot + 1, path.length - (size_t)(dot + 1 - path.bytes)};
    return rest;
}

uint64_t notes_row(const struct session *session, numres_text path) {
    static const char name[] = "phone_numbers";
    numres_text rest = path_in_reservation(session, path);
    uint64_t row = 0;
    if (rest.length == 0)
        return NOTES_OF_NONE;
    if (!begins(rest, name, "["))
        return NOTES_OF_RESERVATION;
    const char *digits = rest.bytes + sizeof name;
    const char *bracket = memchr(digits, ']', rest.length - sizeof name);
    bool is_row = bracket != NULL && digits_read(digits, (size_t)(bracket - digits), &row);
    return is_row ? row : NOTES_OF_RESERVATION;
}

/* How much of a text is kept. It ends between characters (RFC 3629 section 3). */
static size_t kept_length(const char *bytes, size_t length) {
    if (length <= NOTES_TEXT_LENGTH)
        return length;
    size_t kept = NOTES_TEXT_LENGTH;
    while (kept > 0 && ((unsigned char)bytes[kept] & 0xC0) == 0x80)
        kept--;
    return kept;
}

/* Returns NULL if there is no room. */
static struct note *add(struct notes *notes, const char *bytes, size_t length, size_t kept) {
    if (notes->count == NOTES_MOST)
        return NULL;
    struct note *note = &notes->notes[notes->count];
    note->bytes = malloc(kept + 1);
    if (note->bytes == NULL)
        return NULL;
    memcpy(note->bytes, bytes, kept);
    note->bytes[kept] = '\0';
    note->length = length;
    note->is_cut = kept < length;
    notes->count++;
    return note;
}

static void add_problem(struct notes *notes, uint64_t row, const char *line, size_t length) {
    static const char prefix[] = REPORT_PREFIX;
    size_t start =
        length >= strlen(prefix) && memcmp(line, prefix, strlen(prefix)) == 0 ? strlen(prefix) : 0;
    struct note *note = add(notes, line + start, length - start, length - start);
    if (note == NULL)
        notes->more_problems++;
    else
        note->row = row;
}

void notes_add_line(struct session *session, uint64_t row) {
    struct print *line = &session->notes->line;
    size_t length = line->used > 0 ? line->used - 1 : 0; /* without the line feed */
    add_problem(session->notes, row, line->buffer, length);
    line->used = 0;
    line->failure = 0;
}

void notes_add_lines(struct session *session, const char *lines, size_t length,
                     const uint64_t *rows) {
    const char *end = lines + length;
    for (size_t at = 0; lines < end; at++) {
        const char *feed = memchr(lines, '\n', (size_t)(end - lines));
        size_t line = feed != NULL ? (size_t)(feed - lines) : (size_t)(end - lines);
        add_problem(session->notes, rows[at], lines, line);
        lines += line + (feed != NULL ? 1 : 0);
    }
}

void notes_add_more(struct session *session, uint64_t count) {
    session->notes->more_problems += count;
}

unsigned int notes_mark(struct notes *notes, uint64_t row) {
    unsigned int mark = 0;
    for (size_t at = notes != NULL ? notes->open : 0; notes != NULL && at < notes->count; at++) {
        struct note *note = &notes->notes[at];
        if (note->is_text || note->mark > 0 || note->row != row)
            continue;
        mark = mark > 0 ? mark : ++notes->marks;
        note->mark = mark;
    }
    return mark;
}

unsigned int notes_mark_text(struct notes *notes, const char *bytes, size_t length) {
    size_t kept = kept_length(bytes, length);
    if (notes == NULL)
        return NOTES_FULL;
    notes->has_texts = true;
    for (size_t at = 0; at < notes->count; at++) {
        const struct note *note = &notes->notes[at];
        if (note->is_text && note->length == length && memcmp(note->bytes, bytes, kept) == 0)
            return note->mark;
    }
    struct note *note = add(notes, bytes, length, kept);
    if (note == NULL) {
        notes->more_texts++;
        return NOTES_FULL;
    }
    note->is_text = true;
    note->row = NOTES_OF_NONE;
    note->mark = ++notes->marks;
    return note->mark;
}

void notes_close_rows(struct session *session) {
    if (session->notes != NULL)
        session->notes->open = session->notes->count;
}

/* The indent of a note's lines after its first. */
#define NOTE_INDENT 4

/* A note being printed. */
struct wrapping {
    struct print *print;
    size_t width, position;
};

static void start_line(struct wrapping *wrapping) {
    print_string(wrapping->print, "\n");
    print_spaces(wrapping->print, NOTE_INDENT);
    wrapping->position = NOTE_INDENT;
}

/* Prints a word from outside after a blank, or on a new line if this one is full. A word that
   is longer than a line continues on the next. */
static void put_word(struct wrapping *wrapping, const char *word, size_t length, bool is_first) {
    size_t width = print_width(word, length, wrapping->width);
    bool is_full = wrapping->position > NOTE_INDENT &&
                   wrapping->position + (is_first ? 0 : 1) + width > wrapping->width;
    if (is_full) {
        start_line(wrapping);
    } else if (!is_first) {
        print_string(wrapping->print, " ");
        wrapping->position++;
    }
    while (length > 0) {
        size_t used = 0;
        size_t taken = print_safe_start(wrapping->print, word, length,
                                        wrapping->width - wrapping->position, &used);
        word += taken;
        length -= taken;
        wrapping->position += used;
        if (length > 0)
            start_line(wrapping);
    }
}

static void put_words(struct wrapping *wrapping, const char *text) {
    size_t length = strcspn(text, " ");
    put_word(wrapping, text, length, true);
    while (text[length] != '\0') {
        text += length + 1;
        length = strcspn(text, " ");
        put_word(wrapping, text, length, false);
    }
}

static void print_note_on(struct print *print, const char *prefix, const struct note *note,
                          size_t width) {
    struct wrapping wrapping = {print, width > 0 ? width : SIZE_MAX, strlen(prefix)};
    char mark[16] = "";
    if (note->mark > 0)
        snprintf(mark, sizeof mark, "[%u] ", note->mark);
    print_string(print, prefix);
    print_string(print, mark);
    wrapping.position += strlen(mark);
    put_words(&wrapping, note->bytes);
    if (note->is_cut)
        put_word(&wrapping, "...", 3, true);
    print_string(print, "\n");
}

static void print_problem(const struct note *note, struct session *session, size_t width) {
    print_flush(&session->output);
    print_note_on(&session->messages, REPORT_PREFIX, note, isatty(STDERR_FILENO) ? width : 0);
    print_flush(&session->messages);
}

static void print_note(const struct note *note, struct session *session, size_t width) {
    if (note->is_text)
        print_note_on(&session->output, "", note, width);
    else
        print_problem(note, session, width);
}

static void print_more(const struct notes *notes, struct session *session, size_t width) {
    char line[120];
    if (notes->more_texts > 0) {
        snprintf(line, sizeof line, "[*] %" PRIu64 " more error%s; --wide shows all\n",
                 notes->more_texts, notes->more_texts == 1 ? "" : "s");
        print_string(&session->output, line);
    }
    if (notes->more_problems > 0) {
        struct note note = {.bytes = line};
        /* numres check reads files only. */
        snprintf(line, sizeof line, "and %" PRIu64 " more problem%s%s", notes->more_problems,
                 notes->more_problems == 1 ? "" : "s",
                 session->asks_api ? "" : "; numres check shows all");
        print_problem(&note, session, width);
    }
}

void notes_end(struct session *session, size_t width) {
    struct notes *notes = session->notes;
    session->notes = NULL;
    if (notes == NULL)
        return;
    /* First the notes with marks, in order, then the others. */
    for (unsigned int mark = 1; mark <= notes->marks; mark++)
        for (size_t at = 0; at < notes->count; at++)
            if (notes->notes[at].mark == mark)
                print_note(&notes->notes[at], session, width);
    for (size_t at = 0; at < notes->count; at++)
        if (notes->notes[at].mark == 0)
            print_note(&notes->notes[at], session, width);
    print_more(notes, session, width);
    for (size_t at = 0; at < notes->count; at++)
        free(notes->notes[at].bytes);
    free(notes);
}
