/* Output through a fixed buffer, and the only way in which text from outside (API
   text, paths, names of files) is shown to people. Everything that prints uses it. */
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
    /* A closed pipe is an ordinary failure, EPIPE; SIGPIPE must be ignored. */
    bool reader_may_leave;
    /* errno of the first failed write; 0: none; ECANCELED: `wake` became readable
       while waiting for room; ETIMEDOUT: the deadline passed. */
    int failure;
    bool in_line; /* the last byte written is not a line feed */
    /* A descriptor that ends a wait for room once it is readable; -1: none. With it,
       writes end at marks, as far as the room in a pipe allows. */
    int wake;
    /* By `clock`, in milliseconds, the time until which room is waited for; NULL:
       for ever. */
    int64_t (*clock)(void);
    int64_t deadline;
    uint64_t written; /* bytes written to the descriptor */
    int64_t waited;   /* nanoseconds that writing took: a pager's reader takes his time */
    /* The marks of print_mark: how many were made, how many of them are written, the
       offset of the last written one, and the offsets of the others. */
    uint64_t marks_made, marks_out, last_mark_out;
    uint64_t marks[PRINT_MOST_MARKS];
    /* Texts that must not be shown: see print_hide. NULL: none. */
    const char *secrets[2];
    /* Called instead of write(2) if it is not NULL. It may change the descriptor, and
       this pointer. */
    ssize_t (*write)(struct print *print, const char *bytes, size_t length);
    void *writer; /* the function's own data */
    /* of print_json_text: whether its descriptor is a terminal, if that is known, and the
       beginning of a character. */
    bool is_judged, is_terminal;
    char part[4];
    size_t part_length;
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

/* Text from outside, escaped as text.h says. */
void print_safe(struct print *print, const char *bytes, size_t length);

/* The end of a line that says what is wrong: `word`, which may be text from outside,
   between the tool's own words. Returns false. */
bool print_fault(struct print *print, const char *before, const char *word, const char *after,
                 const char *reason);

/* Text from outside in at most `width` columns (3 or more): a longer text is cut at a
   character and ends in "...". Returns the number of columns written. */
#define PRINT_ANY_WIDTH SIZE_MAX
size_t print_safe_cut(struct print *print, const char *bytes, size_t length, size_t width);

/* As much of a text from outside as `width` columns hold, without half a character. Returns the
   number of its bytes, and sets *used to the columns. */
size_t print_safe_start(struct print *print, const char *bytes, size_t length, size_t width,
                        size_t *used);

/* The columns that print_safe takes; if they are more than `most`, any number above. */
size_t print_width(const char *bytes, size_t length, size_t most);

/* JSON text, of which a part may end inside a character. On a terminal, what it would obey
   is escaped as above, which means the same in JSON; elsewhere nothing is. */
void print_json_text(struct print *print, const char *bytes, size_t length);

/* Marks the end of something that is useful only when written whole. Flushes if there
   are too many marks that are not written yet. */
void print_mark(struct print *print);

/* From now on prints X in place of each character of these secrets, also where only the
   beginning of one stands, if the buffer holds it in one piece and if it has 8 characters
   or more. They must stay valid;
   NULL: none. */
void print_hide(struct print *print, const char *secret, const char *other);

/* Whether the reader of a pipe has left, which sets the failure EPIPE. */
bool print_reader_left(struct print *print);

/* Waits for room, at most this many milliseconds (-1: any time). Returns false and sets
   errno if `wake` or the deadline ended the wait. */
bool print_wait_for_room(const struct print *print, int milliseconds);

/* write(2) to the descriptor after waiting for room; -1 and the errno of
   print_wait_for_room if that failed. */
ssize_t print_when_room(struct print *print, const char *bytes, size_t length);

/* write(2) until all is written; false: see errno. A signal handler may call it. */
bool print_all(int descriptor, const char *bytes, size_t length);

/* Ends the process as SIGPIPE does. */
_Noreturn void print_end_as_closed_pipe(void);

/* Writes the buffer. If the pipe is closed, ends the process silently, as SIGPIPE
   does, unless reader_may_leave. */
void print_flush(struct print *print);

/* Writes the buffer and closes the descriptor: some file systems report a failed
   write only then. */
void print_end(struct print *print);

#endif
