/*
 * Output through a fixed buffer, and the one way in which text from outside
 * (API text, paths, names of files) is shown to people.
 */
#ifndef NUMRES_TOOLS_PRINT_H
#define NUMRES_TOOLS_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define PRINT_BUFFER_SIZE 32768
#define PRINT_MOST_MARKS 256

struct print {
    int descriptor;
    /* A closed pipe is a failure like others, EPIPE; SIGPIPE must be ignored. */
    bool reader_may_leave;
    /* errno of the first write that failed; 0: none has; ECANCELED: it was
       waiting for room when `wake` could be read from. */
    int failure;
    bool in_line; /* what was written last is no line feed */
    /* Ends waiting for room in the descriptor once it can be read from; -1: nothing
       does. Then writes end between marks, as far as a pipe's room allows. */
    int wake;
    uint64_t written; /* bytes that are out */
    /* The marks of print_mark: how many were made, how many of them are out, where
       the last of these lies, and where the others lie. */
    uint64_t marks_made, marks_out, last_mark_out;
    uint64_t marks[PRINT_MOST_MARKS];
    /* Of text from outside, what must not be shown: see print_hide. NULL: nothing. */
    const char *secret;
    /* In place of write(2) to the descriptor, if it is not NULL. It may change the
       descriptor, and itself. */
    ssize_t (*write)(struct print *print, const char *bytes, size_t length);
    void *writer; /* what that function needs */
    size_t used;
    char buffer[PRINT_BUFFER_SIZE];
};

void print_begin(struct print *print, int descriptor);

/* Bytes as they are: for the tool's own words only. After a failed write all
   of these do nothing. */
void print_bytes(struct print *print, const char *bytes, size_t length);
void print_string(struct print *print, const char *string);
void print_number(struct print *print, uint64_t number);
void print_spaces(struct print *print, size_t count);

/* Text from outside, each character as character.h says. */
void print_safe(struct print *print, const char *bytes, size_t length);

/* The same in at most `width` columns (3 or more): a longer text is cut at a
   character and ends in "...". Answers how many columns were written. */
#define PRINT_ANY_WIDTH SIZE_MAX
size_t print_safe_cut(struct print *print, const char *bytes, size_t length, size_t width);

/* Notes that something ends here that is only of use when all of it is out. Where
   too many are not out yet what is held back is written. */
void print_mark(struct print *print);

/* From here on shows X in place of each character of the secret, also of its first
   half alone, wherever it is in what is written at once. The secret must stay;
   NULL: there is none. */
void print_hide(struct print *print, const char *secret);

/* Whether the reader of a pipe has gone away, which becomes the failure EPIPE. */
bool print_reader_left(struct print *print);

/* write(2) to the descriptor, which first waits for room; -1 and ECANCELED if
   `wake` ends that. */
ssize_t print_when_room(struct print *print, const char *bytes, size_t length);

/* Ends the process as SIGPIPE does. */
_Noreturn void print_end_as_closed_pipe(void);

/* Writes what is held back. A closed pipe ends the process here, as SIGPIPE
   does and without a word, unless the reader may leave. */
void print_flush(struct print *print);

/* The same at the end, with the descriptor closed: some file systems tell
   only then that a write failed. */
void print_end(struct print *print);

#endif
