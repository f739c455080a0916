/* The state of one run: its input (input.c, hint.c), its output, counts and exit code. report.h
   and session.h build on it. */
#ifndef NUMRES_TOOLS_STATE_H
#define NUMRES_TOOLS_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numres.h"

#include "options.h"
#include "print.h"
#include "terminal.h"

/* ---- input.c: reads a file or standard input into one buffer, piece by piece ---- */

/* The longest piece, and how many bytes before it are kept at least, if that many were read. */
#define INPUT_PIECE_SIZE 32768
#define INPUT_KEPT_SIZE 4096
#define INPUT_HEAD_SIZE 256

struct input {
    const char *name; /* as it is shown: the file's, or <stdin> */
    int descriptor;
    bool is_standard;
    const char *failure; /* why the last call failed, as a message */
    /* The first bytes of the stream, or of the current document, as far as they have
       been read. */
    char head[INPUT_HEAD_SIZE];
    size_t head_length;
    bool has_ended;    /* a read has met the end */
    const char *piece; /* the piece read last */
    size_t length;     /* its length */
    uint64_t end;      /* the offset of its end in the stream */
    /* How many UTF-16 code units of the same line come before a byte: before the first of the
       recent bytes, and before the byte asked for last. Counted on demand. */
    uint64_t units;
    uint64_t asked_offset, asked_units;
    size_t used; /* how many recent bytes there are */
    /* input_open empties all of the above. */
    bool counts_units;
    /* The recent bytes. Many small pieces fit before the bytes must be moved. */
    char recent[INPUT_KEPT_SIZE + INPUT_PIECE_SIZE / 2 + INPUT_PIECE_SIZE];
};

/* Opens a file, or standard input for "-". Returns false and sets failure. */
bool input_open(struct input *input, const char *file);

/* Reads the next piece; a length of 0 is the end. Returns false and sets failure. */
bool input_read(struct input *input);

/* Makes one piece of all that was read since the file was opened: the head, and the piece that
   filled it. If the end was among it, the next input_read returns it again. */
void input_join(struct input *input);

/* The bytes read last, with the piece at their end. Sets `offset` to that of the first. */
numres_text input_recent(const struct input *input, uint64_t *offset);

/* Sets the column of the byte at `offset`, from 1 in UTF-16 code units. Returns false if the
   byte is no longer, or not yet, among the recent ones. counts_units must have been set before
   the first piece. */
bool input_utf16_column(struct input *input, uint64_t offset, uint64_t *column);

/* Starts the head of the next document, after the last one ended at `offset`. */
void input_start_head(struct input *input, uint64_t offset);

/* Adds the stream's next bytes to the head, until it is full. */
void input_keep_head(struct input *input, const char *bytes, size_t length);

/* How many bytes of a file, or of standard input for "-", are still to be read.
   Returns false if that cannot be known in advance. */
bool input_size(const char *file, uint64_t *size);

/* Whether this regular file, or standard input for "-", is standard output as well. */
bool input_is_output(const char *file);

/* Closes what input_open opened. */
void input_close(struct input *input);

/* ---- hint.c: what an input that is no page seems to be, and what to do ---- */

/* The place of the first byte that is not JSON white space; `length` if there is none. */
size_t hint_first_byte(const char *head, size_t length);

/* Whether the parser failed at the first byte that is not white space, or inside the first
   character of UTF-16 or UTF-32: then the stream, which
   starts with these bytes, is not JSON at all. Always false after the first document of the
   stream. */
bool hint_is_about_start(const numres_error *error, const char *head, size_t length);

/* Whether these bytes are UTF-16 or UTF-32, by a byte-order mark or the NULs of the first two
   characters. */
bool hint_is_wide(const char *head, size_t length);

/* Whether these bytes are compressed, by gzip, zstd or zlib. */
bool hint_is_packed(const char *head, size_t length);

/* A clause about an error that is not at the start but shows what the stream is, which starts
   with these bytes; NULL if nothing is known. */
const char *hint_inside(const numres_error *error, const char *head, size_t length);

/* A clause about a root that is a string with this text: JSON inside it, or the start of JSON
   up to the first doubled quote. NULL if nothing is known. */
const char *hint_about_string(numres_text text);

/* A clause about a root that is an array and begins with this text. `is_bare`: the input was to
   hold bare reservations; `finds_root`: bare ones, or pages. NULL if nothing is known. */
const char *hint_about_array(numres_text head, bool is_bare, bool finds_root);

/* A clause about a stream that starts with these bytes; NULL if nothing is known. */
const char *hint_about(const char *head, size_t length);

/* Whether reservations have a member of this name. */
bool hint_is_of_reservation(numres_text name);

/* That there is no file of this name and, if it looks like something else, what to do. */
const char *hint_no_file(const char *name);

/* Whether the word is a UUID (RFC 9562 section 4), as the ids of reservations are. */
bool hint_is_uuid(const char *word);

/* ---- line and column of an offset, from the line starts seen last ---- */

#define LINES_REMEMBERED 65536

struct lines {
    numres_lines known; /* of the bytes scanned so far */
    const char *rest;   /* of the offered chunk, not scanned yet */
    size_t rest_length;
    uint64_t starts[LINES_REMEMBERED];
};

/* To be called before the first chunk of a stream. */
void lines_begin(struct lines *lines);

/* Offers the chunk that the parser is about to read. It is scanned up to the parser's
   position when a line is asked for, and to its end in lines_take: so which lines are
   still remembered does not depend on the chunking. */
void lines_offer(struct lines *lines, const char *chunk, size_t length);

/* The parser has read the chunk: scans the rest of it. Its memory may then be reused. */
void lines_take(struct lines *lines);

/* Finds the line and the column (in bytes) of `offset`, both from 1, while the parser
   is at `position`. Returns false if the start of that line is no longer remembered. */
bool lines_locate(struct lines *lines, uint64_t position, uint64_t offset, uint64_t *line,
                  uint64_t *column);

/* ---- the run itself ---- */

/* The exit codes; the highest one counts. */
enum exit_code {
    EXIT_FINE = 0,
    EXIT_PROBLEMS = 1,
    EXIT_DIFFERENT = 1, /* only of diff, which does not count problems */
    EXIT_WRONG_USE = 2,
    EXIT_FAILED = 3, /* input or output failed, or the input is not valid */
    EXIT_API_ERRORS = 4,
    EXIT_INCOMPLETE = 5, /* the list may be incomplete, or the API contradicts itself */
    EXIT_LIMIT = 6,      /* a limit was reached, with --exit-status */
    EXIT_NOTHING = 7     /* nothing was shown, with --exit-status; replaces only EXIT_FINE */
};

struct counts {
    uint64_t documents; /* read to their end */
    uint64_t reservations;
    uint64_t phone_numbers;
    uint64_t problems;
    uint64_t errors; /* documents that are not valid, files that cannot be read */
    uint64_t api_errors;
};

struct notes;
struct finding;

struct session {
    char **command_line; /* of the process, as given, ended by NULL */
    const struct settings *settings;
    struct print output;   /* standard output */
    struct print messages; /* standard error */
    struct print *reports; /* where problems, errors and API errors go */
    void (*print_finding)(struct session *session, const struct finding *finding); /* there */
    struct notes *notes;    /* where problems are kept until a table ends; NULL: nowhere */
    bool finds_root;        /* a file may also hold bare reservations: its first member decides */
    bool asks_api;          /* the input comes from the API, so no hint about files helps */
    const char *request_id; /* of the response; NULL: none */
    uint64_t remarks;       /* remarks on records so far */
    uint64_t remarks_reported; /* at most this many are printed; 0: all */
    struct counts counts;
    int exit_code;
    bool is_done; /* all that was asked for is shown; nothing more is read */
    bool is_output_told;

    /* Set by the command: the data of its handlers, and what to do (or NULL) after an
       error has ended a document or the reading of a file. */
    void *command;
    void (*after_error)(struct session *session);
    /* The same after a file could not be opened or read. `what` is what is wrong, to be
       followed by the input's failure. */
    void (*file_failed)(struct session *session, const char *what);
    /* Set by a handler that stops after an element of an array: the message (else
       empty), and the element's index. */
    char stop_sentence[160];
    uint64_t stop_index;

    struct pager pager;
    struct progress progress;

    struct input input;
    struct lines lines;
};

#endif
