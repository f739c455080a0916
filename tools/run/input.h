/* Input: reads a file or standard input piece by piece into one buffer, keeps the bytes
   that were read last, and finds the line and column of an offset. session.c uses it;
   api/ keeps the head and lines of a response in it. */
#ifndef NUMRES_TOOLS_INPUT_H
#define NUMRES_TOOLS_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numres.h"

/* The longest piece, and how many bytes before a piece are there at least, if they were
   read. */
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
    const char *piece; /* that was read last, */
    size_t length;     /* its length, */
    uint64_t end;      /* and the offset of its end in the stream */
    /* The UTF-16 code units between the start of a line and a byte of it: the first of the
       recent ones, and the one that was asked for last. Counted on demand. */
    bool counts_units;
    uint64_t units;
    uint64_t asked_offset, asked_units;
    /* The recent bytes. Many small pieces fit in before they are moved. */
    size_t used;
    char recent[INPUT_KEPT_SIZE + INPUT_PIECE_SIZE / 2 + INPUT_PIECE_SIZE];
};

/* Opens a file, or standard input for "-". Returns false and sets failure. */
bool input_open(struct input *input, const char *file);

/* Reads the next piece; a length of 0 is the end. Returns false and sets failure. */
bool input_read(struct input *input);

/* The bytes that were read last, the piece among them; *offset is that of the first. */
numres_text input_recent(const struct input *input, uint64_t *offset);

/* Sets the column of the byte at `offset`, from 1 in UTF-16 code units. Returns false if
   it is no longer, or not yet, among the recent ones. counts_units must have been set
   before the first piece. */
bool input_utf16_column(struct input *input, uint64_t offset, uint64_t *column);

/* The last document ended at `offset`: makes the head that of the next one. */
void input_start_head(struct input *input, uint64_t offset);

/* Adds the stream's next bytes to the head, as far as it is not full. */
void input_keep_head(struct input *input, const char *bytes, size_t length);

/* How many bytes of a file, or of standard input for "-", are still to be read.
   Returns false if that cannot be known in advance. */
bool input_size(const char *file, uint64_t *size);

/* Closes what input_open opened. */
void input_close(struct input *input);

/* ---- line and column of an offset, from the line starts seen last ---- */

#define LINES_REMEMBERED 65536

struct lines {
    numres_lines known; /* of the bytes scanned so far */
    const char *rest;   /* of the offered chunk, not scanned yet */
    size_t rest_length;
    uint64_t starts[LINES_REMEMBERED];
};

/* Before the first chunk of a stream. */
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

#endif
