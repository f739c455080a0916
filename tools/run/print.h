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
    bool is_doubtful; /* only closing failed: what was written before may be lost */
    bool in_line;     /* the last byte written is not a line feed */
    /* A descriptor that ends a wait for room once it is readable; -1: none. With it,
       writes end at marks, as far as the room in a pipe allows. */
    int wake;
    /* When waits for room give up: a time of `clock`, in milliseconds. `clock` NULL: never. */
    int64_t (*clock)(void);
    int64_t deadline;
    uint64_t written; /* bytes written to the descriptor */
    int64_t waited;   /* nanoseconds spent on writing; a pager's reader may take long */
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
    /* For print_json_text: whether the descriptor is a terminal, once that is known, and the
       start of an unfinished character. */
    bool is_judged, is_terminal;
    char part[4];
    size_t part_length;
    size_t used;
    char buffer[PRINT_BUFFER_SIZE];
};

void print_begin(struct print *print, int descriptor);

/* Bytes as they are: for the tool's own words only. After a failed write, all of these
   functions do nothing. */
void print_bytes(struct print *print, const char *bytes, size_t length);
void print_string(struct print *print, const char *string);
void print_integer(struct print *print, uint64_t number);
void print_spaces(struct print *print, size_t count);

/* Text from outside, escaped as text.h says. */
void print_safe(struct print *print, const char *bytes, size_t length);

/* Ends a line that says what is wrong: prints `word`, which may be text from outside, between
   the tool's own words. Returns false. */
bool print_fault(struct print *print, const char *before, const char *word, const char *after,
                 const char *reason);

/* Text from outside in at most `width` columns (3 or more): a longer text is cut at a
   character and ends in "...". Returns the number of columns written. */
#define PRINT_ANY_WIDTH SIZE_MAX
size_t print_safe_cut(struct print *print, const char *bytes, size_t length, size_t width);

/* Prints as many whole characters of a text from outside as fit into `width` columns. Returns
   the number of bytes printed, and sets `used` to their columns. */
size_t print_safe_start(struct print *print, const char *bytes, size_t length, size_t width,
                        size_t *used);

/* The columns that print_safe takes, or any number above `most` if they are more. */
size_t print_width(const char *bytes, size_t length, size_t most);

/* JSON text in parts, which may end inside a character. On a terminal, characters that it would
   obey are escaped as above, which means the same in JSON; elsewhere nothing is escaped. */
void print_json_text(struct print *print, const char *bytes, size_t length);

/* Marks the end of something that is useful only when written whole. Flushes if there
   are too many marks that are not written yet. */
void print_mark(struct print *print);

/* From now on prints X in place of each character of these secrets, and of their beginnings of
   8 characters or more, where the buffer holds them in one piece. The secrets must stay valid;
   NULL: none. */
void print_hide(struct print *print, const char *secret, const char *other);

/* Whether the reader of a pipe has left. If so, sets the failure EPIPE. */
bool print_reader_left(struct print *print);

/* Waits for room, at most this many milliseconds (-1: no limit). Returns false and sets errno
   if `wake` or the deadline ended the wait. */
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
   write only then. Does nothing the second time. */
void print_end(struct print *print);

#endif
