/* Footnotes of a table: the problems of its rows, which are told below it instead of
   between them, and texts that do not fit in. A row has a mark, [1]. report.c adds
   problems, show/ gives the marks and prints the notes. */
#ifndef NUMRES_TOOLS_NOTES_H
#define NUMRES_TOOLS_NOTES_H

#include "print.h"
#include "session.h"

/* Of those after the first so many only the count is told. */
#define NOTES_MOST 99

/* Of a longer text this much is kept. */
#define NOTES_TEXT_LENGTH 1000

/* The row of a reservation itself; others are those of its numbers, by their index. */
#define NOTES_OF_RESERVATION UINT64_MAX
/* No row. */
#define NOTES_OF_NONE (UINT64_MAX - 1)

/* The mark of texts that there was no room for. */
#define NOTES_FULL (NOTES_MOST + 1u)

struct note {
    uint64_t row;      /* of the current reservation */
    unsigned int mark; /* 0: it has none */
    bool is_text;      /* for standard output; else a problem, for standard error */
    bool is_cut;
    size_t length; /* of the whole text */
    char *bytes;   /* ended by a NUL */
};

struct notes {
    struct note notes[NOTES_MOST];
    size_t count;
    size_t open; /* from here on they are of the current reservation */
    unsigned int marks;
    bool has_texts;
    uint64_t more_problems, more_texts;
    struct print line; /* where report.c writes a problem; nothing is written out */
};

/* Problems of the session are kept as notes from now on. Without memory they are told at
   once, as ever. */
void notes_begin(struct session *session);

/* The row that a problem with this path belongs to. */
uint64_t notes_row(const struct session *session, numres_text path);

/* Adds a problem: a line as report.c words it, which stands in notes->line, or lines that
   stand elsewhere, each with its row. */
void notes_add_line(struct session *session, uint64_t row);
void notes_add_lines(struct session *session, const char *lines, size_t length,
                     const uint64_t *rows);

/* More problems, of which nobody has the words. */
void notes_add_more(struct session *session, uint64_t count);

/* Gives the problems of a row their mark; 0: there are none. `notes` may be NULL. */
unsigned int notes_mark(struct notes *notes, uint64_t row);

/* The mark of a text, which is the same for equal ones, or NOTES_FULL. */
unsigned int notes_mark_text(struct notes *notes, const char *bytes, size_t length);

/* The next rows are of another reservation. */
void notes_close_rows(struct session *session);

/* Prints all notes, by their marks: texts on standard output, problems on standard error.
   Problems are told at once from now on. */
void notes_end(struct session *session);

#endif
