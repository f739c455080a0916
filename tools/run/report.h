/* Messages: reports of problems, errors and API errors with their places, and all others
   (report.c); their words (message.c); a table's footnotes (notes.c). Every command uses it. */
#ifndef NUMRES_TOOLS_REPORT_H
#define NUMRES_TOOLS_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numres.h"

#include "state.h"

/* ---- message.c: messages made of parts, some of them text from outside ---- */

/* Longer parts are cut to this many characters, and four times as many bytes. */
#define MESSAGE_CODE_LENGTH 64
#define MESSAGE_TITLE_LENGTH 200
#define MESSAGE_DETAIL_LENGTH 1000
#define MESSAGE_FOUND_LENGTH 64

#define MESSAGE_SIZE 8192

struct message {
    size_t length;
    char bytes[MESSAGE_SIZE]; /* UTF-8 if the parts were */
};

/* Begins an empty message; adds a part, or parts as printf does. */
void message_begin(struct message *message);
void message_add(struct message *message, const char *string);
__attribute__((format(printf, 2, 3))) void message_format(struct message *message,
                                                          const char *format, ...);

/* Adds a number in groups of three digits: "4,194,205". */
void message_add_grouped(struct message *message, uint64_t number);

/* Adds the id of a response, by which the API's support finds it; NULL: nothing. */
void message_request_id(struct message *message, const char *id);

/* Adds a blank and a word, quoted for a shell. */
void message_add_word(struct message *message, const char *word);

/* Adds words of the command line to a command that the user may run next: only these options
   and their values, or all words but these. The array ends in NULL. */
void message_add_command_words(struct message *message, const struct session *session,
                               enum option_command command, const char *const *options,
                               bool are_wanted);

/* Adds a clause in brackets; adds `before` and all of a text. */
void message_clause(struct message *message, const char *clause);
void message_quote(struct message *message, const char *before, numres_text text);

/* A sentence, and a clause in brackets if it is not NULL: in those of the sentence if it ends in
   some. */
void message_sentence(struct message *message, const char *sentence, const char *clause);

/* "expected an array, found the number 5", for a problem that has both; message_found has only
   "the number 5". */
void message_wrong_type(struct message *message, const numres_problem *problem);
void message_found(struct message *message, const numres_problem *problem);

/* Whether the error says anything, so that the response need not be shown. */
bool message_api_error_speaks(const numres_api_error *api_error);

/* Whether it says more than a code. */
bool message_api_error_has_words(const numres_api_error *api_error);

/* Everything that an API error says. */
void message_api_error(struct message *message, const numres_api_error *api_error);

/* Any text, with U+FFFD in place of each byte that is not UTF-8. */
void message_clean(struct message *message, const char *string);

/* ---- the library's sentences, for people at a command line ---- */

/* Replaces a sentence that names an option of the library; returns others unchanged. */
const char *sentence_of_tool(numres_code code, const char *sentence);

/* ---- report.c: what is printed, and where ---- */

/* Begins every message on standard error. */
#define REPORT_PREFIX "numres: "

/* A report about one place in a file, for session->print_finding. */
struct finding {
    uint64_t position; /* of the parser */
    uint64_t offset;   /* of the place */
    numres_text path;
    const char *code; /* its name, or FINDING_API_ERROR */
    bool is_error;    /* of the document or of the API; else it is a problem */
    const struct message *message;
    const numres_text *raw;   /* the value; NULL: there is none */
    const numres_text *quote; /* what people are shown after the message; NULL: nothing */
    /* For a value of the wrong type; the message contains them too. */
    const char *expected;
    const struct message *found;
};

/* The code of API errors, besides the names of numres_code_name(). */
#define FINDING_API_ERROR "api-error"

/* At most this many columns of a value are shown to people. */
#define FINDING_QUOTE_WIDTH 64

/* Prints FILE:LINE:COLUMN: path: message, and the quote, on a line. */
void report_print_finding(struct session *session, const struct finding *finding);

/* The parts of that line: "FILE:LINE:COLUMN: ", or "FILE:+OFFSET: " if the line is no longer
   remembered; and ": ", the message and the quote. */
void report_print_place(struct session *session, struct print *reports, uint64_t position,
                        uint64_t offset);
void report_print_message(const struct finding *finding, struct print *reports);

/* Reports a problem, or adds it to the notes if the session has them. */
void report_problem(struct session *session, uint64_t position, const numres_problem *problem);

/* Reports the error that ended a document, with a hint in brackets if there is one. */
void report_error(struct session *session, uint64_t position, const numres_error *error);

/* Reports an error that the API returned; its place is its closing brace, the byte before
   `position`. */
void report_api_error(struct session *session, uint64_t position,
                      const numres_api_error *api_error);

/* Reports a document of errors that names none, with its first bytes if they say more. */
void report_unnamed_errors(struct session *session, const numres_document *document);

/* A remark about the record whose closing brace is before `position`; always on
   standard error. */
void report_remark(struct session *session, uint64_t position, const char *remark);

/* Prints lines that were reported into memory, on standard error. */
void report_lines(struct session *session, const char *lines, size_t length);

/* Prints a message that may hold text from outside; always on standard error. */
void report_message(struct session *session, const struct message *message);

/* Prints a message about a whole file, or about no file if `name` is NULL; always on standard
   error. */
void report_failure(struct session *session, const char *name, const char *what,
                    const char *reason);

/* ---- notes.c: footnotes of a table ---- */

/*
 * The problems of a table's rows, printed below it instead of between them, and texts that do
 * not fit into the table. A row with notes has a mark, [1]. report.c adds problems; show/ sets
 * the marks and prints the notes.
 */

/* At most this many notes are kept; the rest are only counted. */
#define NOTES_MOST 99

/* A longer text is cut to this many bytes. */
#define NOTES_TEXT_LENGTH 1000

/* The row of a reservation itself. The rows of its numbers are their indices. */
#define NOTES_OF_RESERVATION UINT64_MAX
/* No row. */
#define NOTES_OF_NONE (UINT64_MAX - 1)

/* The mark of all texts for which there was no room. */
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
    size_t open; /* notes from here on are of the current reservation */
    unsigned int marks;
    bool has_texts;
    uint64_t more_problems, more_texts;
    struct print line; /* where report.c prints a problem; never written out */
};

/* Keeps the session's problems as notes from now on. Without memory for them, problems are
   still reported at once. */
void notes_begin(struct session *session);

/* The row that a problem with this path belongs to. */
uint64_t notes_row(const struct session *session, numres_text path);

/* Adds the problem that report.c has printed into notes->line; or one problem for each of
   `lines`, with its row. */
void notes_add_line(struct session *session, uint64_t row);
void notes_add_lines(struct session *session, const char *lines, size_t length,
                     const uint64_t *rows);

/* Counts more problems, whose words were not kept. */
void notes_add_more(struct session *session, uint64_t count);

/* Gives the problems of a row a mark and returns it; 0: there are none. `notes` may be NULL. */
unsigned int notes_mark(struct notes *notes, uint64_t row);

/* Returns the mark of a text, which is the same for equal texts, or NOTES_FULL. */
unsigned int notes_mark_text(struct notes *notes, const char *bytes, size_t length);

/* The next rows are of another reservation. */
void notes_close_rows(struct session *session);

/* Prints all notes by their marks: texts on standard output, problems on standard error. On a
   terminal they are wrapped to `width` columns, 40 or more; 0: not wrapped. From now on
   problems are reported at once. */
void notes_end(struct session *session, size_t width);

#endif
