/* The findings of numres check as text: with an excerpt of the line for a terminal, and as
   annotations of GitHub Actions. check.c chooses them. */
#include "findings.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../run/terminal.h"
#include "../run/text.h"

/* ---- for a terminal ---- */

/* At most this many bytes of the line are shown before the place, and after it. */
#define EXCERPT_SIDE ((size_t)1024)

/* Five columns for the number of the line, and " | ". */
#define GUTTER_WIDTH ((size_t)8)

/* Shown for a tab, whose width depends on the start of the line. */
#define TAB "    "

/* A part of the line around the place, without tabs. */
struct excerpt {
    char bytes[2 * EXCERPT_SIDE * (sizeof TAB - 1)];
    size_t length;
    size_t place;  /* of the mark */
    size_t marked; /* bytes */
    bool is_cut;   /* at its start */
};

static void add_bytes(struct excerpt *excerpt, const char *bytes, size_t length) {
    for (size_t at = 0; at < length; at++) {
        const char *from = bytes[at] == '\t' ? TAB : &bytes[at];
        size_t count = bytes[at] == '\t' ? sizeof TAB - 1 : 1;
        memcpy(excerpt->bytes + excerpt->length, from, count);
        excerpt->length += count;
    }
}

/* The length of the token that begins here, as far as it is readable: a string with its quotes,
   or everything before the next white space or punctuation. */
static size_t token_length(const char *bytes, size_t length) {
    size_t at = 1;
    if (length == 0 || bytes[0] != '"') {
        while (at < length && memchr(" \t\r\n,:[]{}\"", bytes[at], 11) == NULL)
            at++;
        return length == 0 || memchr(",:[]{}", bytes[0], 6) != NULL ? 1 : at;
    }
    while (at < length && bytes[at] != '"')
        at += bytes[at] == '\\' ? 2 : 1;
    return at < length ? at + 1 : length;
}

/* The first byte of a character at or after `at`. */
static size_t start_of_character(numres_text line, size_t at) {
    while (at < line.length && ((unsigned char)line.bytes[at] & 0xC0) == 0x80)
        at++;
    return at;
}

/* Takes the part of the line that is among the recent bytes. `column` counts bytes from 1.
   Returns false if the place is no longer among them. */
static bool take_line(struct excerpt *excerpt, const struct input *input, uint64_t offset,
                      uint64_t column) {
    uint64_t first = 0;
    numres_text recent = input_recent(input, &first);
    if (offset < first)
        return false;
    size_t place = (size_t)(offset - first);
    size_t before = column - 1 < place ? (size_t)column - 1 : place;
    size_t from = before > EXCERPT_SIDE ? place - EXCERPT_SIDE : place - before;
    size_t rest = recent.length - place < EXCERPT_SIDE ? recent.length - place : EXCERPT_SIDE;
    const char *end = memchr(recent.bytes + place, '\n', rest);
    size_t length = end == NULL ? rest : (size_t)(end - (recent.bytes + place));
    if (length > 0 && recent.bytes[place + length - 1] == '\r')
        length--;
    excerpt->is_cut = place - from < column - 1;
    if (excerpt->is_cut)
        from = start_of_character((numres_text){recent.bytes, place}, from);
    excerpt->length = 0;
    add_bytes(excerpt, recent.bytes + from, place - from);
    excerpt->place = excerpt->length;
    add_bytes(excerpt, recent.bytes + place, length);
    excerpt->marked =
        token_length(excerpt->bytes + excerpt->place, excerpt->length - excerpt->place);
    return true;
}

/* If the excerpt does not fit, drops characters from its start until the place and a third of
   the width after it fit. Returns the width before the place, with the three dots of a cut. */
static size_t fit(struct excerpt *excerpt, size_t width) {
    bool is_whole =
        !excerpt->is_cut && print_width(excerpt->bytes, excerpt->length, width) <= width;
    size_t most = is_whole ? width : width - width / 3;
    size_t before = print_width(excerpt->bytes, excerpt->place, PRINT_ANY_WIDTH);
    size_t dropped = 0;
    while (before + (excerpt->is_cut ? 3 : 0) > most) {
        struct character character =
            character_next(excerpt->bytes + dropped, excerpt->place - dropped);
        before -= character.width;
        dropped += character.length;
        excerpt->is_cut = true;
    }
    memmove(excerpt->bytes, excerpt->bytes + dropped, excerpt->length - dropped);
    excerpt->length -= dropped;
    excerpt->place -= dropped;
    return before + (excerpt->is_cut ? 3 : 0);
}

static void print_mark_line(struct print *print, const struct excerpt *excerpt, size_t before,
                            size_t width, bool has_colour) {
    size_t rest = excerpt->length - excerpt->place;
    size_t marked = print_width(excerpt->bytes + excerpt->place,
                                excerpt->marked < rest ? excerpt->marked : rest, PRINT_ANY_WIDTH);
    print_spaces(print, before);
    terminal_colour(print, has_colour, SGR_BOLD_GREEN);
    print_string(print, "^");
    for (size_t at = 1; at < marked && before + at < width; at++)
        print_string(print, "~");
    terminal_colour(print, has_colour, SGR_PLAIN);
    print_string(print, "\n");
}

static void print_excerpt(struct print *print, struct excerpt *excerpt, uint64_t line,
                          bool has_colour) {
    size_t columns = terminal_width(print->descriptor);
    size_t width = columns < 3 * GUTTER_WIDTH ? 2 * GUTTER_WIDTH : columns - GUTTER_WIDTH;
    size_t before = fit(excerpt, width);
    char gutter[32];
    snprintf(gutter, sizeof gutter, "%*" PRIu64 " | ", (int)GUTTER_WIDTH - 3, line);
    print_string(print, gutter);
    print_string(print, excerpt->is_cut ? "..." : "");
    print_safe(print, excerpt->bytes, excerpt->place);
    print_safe_cut(print, excerpt->bytes + excerpt->place, excerpt->length - excerpt->place,
                   width - before);
    print_string(print, "\n");
    print_spaces(print, GUTTER_WIDTH - 2);
    print_string(print, "| ");
    print_mark_line(print, excerpt, before, width, has_colour);
}

void findings_print_excerpt(struct session *session, const struct finding *finding) {
    struct print *print = session->reports;
    struct excerpt excerpt;
    uint64_t line = 0;
    uint64_t column = 0;
    bool has_colour = terminal_uses_colour(session->settings->color, print->descriptor, true);
    terminal_colour(print, has_colour, SGR_BOLD);
    report_print_place(session, print, finding->position, finding->offset);
    terminal_colour(print, has_colour, finding->is_error ? SGR_BOLD_RED : SGR_BOLD_MAGENTA);
    print_safe(print, finding->path.bytes, finding->path.length);
    terminal_colour(print, has_colour, SGR_PLAIN);
    report_print_message(finding, print);
    print_string(print, "\n");
    if (lines_locate(&session->lines, finding->position, finding->offset, &line, &column) &&
        take_line(&excerpt, &session->input, finding->offset, column))
        print_excerpt(print, &excerpt, line, has_colour);
}

/* ---- for GitHub Actions ---- */

/* The runner decodes these, and nothing else. */
static const char *escape_of(char byte, bool is_property) {
    switch (byte) {
    case '%':
        return "%25";
    case '\r':
        return "%0D";
    case '\n':
        return "%0A";
    case ':':
        return is_property ? "%3A" : NULL;
    case ',':
        return is_property ? "%2C" : NULL;
    default:
        return NULL;
    }
}

/* Prints text from outside as the data of a command, or as the value of one of its properties;
   characters that a terminal would obey are escaped as everywhere. */
static void put_escaped(struct print *print, const char *bytes, size_t length, bool is_property) {
    while (length > 0) {
        struct character character = character_next(bytes, length);
        const char *escape = character.length == 1 ? escape_of(bytes[0], is_property) : NULL;
        if (escape != NULL)
            print_string(print, escape);
        else
            print_safe(print, bytes, character.length);
        bytes += character.length;
        length -= character.length;
    }
}

static void put_property(struct print *print, const char *name, const char *value) {
    print_string(print, name);
    put_escaped(print, value, strlen(value), true);
}

bool findings_place(struct session *session, const struct finding *finding, uint64_t *line,
                    uint64_t *column) {
    if (!lines_locate(&session->lines, finding->position, finding->offset, line, column))
        return false;
    /* The first byte of a line is in the first column, however far back it is. */
    if (*column > 1 && !input_utf16_column(&session->input, finding->offset, column))
        *column = 0;
    return true;
}

/* Only a file has lines that can be annotated. */
static void put_place(struct session *session, const struct finding *finding) {
    struct print *print = session->reports;
    uint64_t line = 0;
    uint64_t column = 0;
    put_property(print, "file=", session->input.name);
    if (findings_place(session, finding, &line, &column)) {
        print_string(print, ",line=");
        print_integer(print, line);
    }
    if (column > 0) {
        print_string(print, ",col=");
        print_integer(print, column);
    }
    print_string(print, ",");
}

void findings_print_github(struct session *session, const struct finding *finding) {
    struct print *print = session->reports;
    const numres_text *quote = finding->quote;
    print_string(print, finding->is_error ? "::error " : "::warning ");
    if (!session->input.is_standard)
        put_place(session, finding);
    put_property(print, "title=", finding->code);
    print_string(print, "::");
    if (session->input.is_standard)
        report_print_place(session, print, finding->position, finding->offset);
    put_escaped(print, finding->path.bytes, finding->path.length, false);
    print_string(print, ": ");
    put_escaped(print, finding->message->bytes, finding->message->length, false);
    if (quote != NULL && quote->length > 0) {
        print_string(print, ": \"");
        put_escaped(print, quote->bytes, quote->length, false);
        print_string(print, "\"");
    }
    print_string(print, "\n");
}
