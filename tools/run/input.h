/* Reading a file or standard input piece by piece into one fixed buffer. */
#ifndef NUMRES_TOOLS_INPUT_H
#define NUMRES_TOOLS_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numres.h"

#define INPUT_BUFFER_SIZE 32768
#define INPUT_HEAD_SIZE 256

struct input {
    const char *name; /* as it is shown: the file's, or <stdin> */
    int descriptor;
    bool is_standard;
    const char *failure; /* why the last call failed, for a person */
    /* The first bytes of the stream, or of the document that is being read, as far as
       they have come. */
    char head[INPUT_HEAD_SIZE];
    size_t head_length;
    size_t length; /* of what is in the buffer */
    uint64_t end;  /* where that ends in the stream */
    char buffer[INPUT_BUFFER_SIZE];
};

/* Opens a file, or standard input for "-". Answers false and sets failure. */
bool input_open(struct input *input, const char *file);

/* Reads the next piece into the buffer; a length of 0 is the end. Answers
   false and sets failure. */
bool input_read(struct input *input);

/* The document before ended at `offset`: the head is that of the next one. */
void input_start_head(struct input *input, uint64_t offset);

/* Keeps of the stream's next bytes what belongs to its head. */
void input_keep_head(struct input *input, const char *bytes, size_t length);

/* How many bytes of a file, or of standard input for "-", are still to be read.
   Answers false where that cannot be known before. */
bool input_size(const char *file, uint64_t *size);

/* Closes what input_open opened. */
void input_close(struct input *input);

/* Line and column of a byte offset, from the line starts seen last. */

#define LINES_REMEMBERED 65536

struct lines {
    numres_lines known; /* of the bytes looked at so far */
    const char *rest;   /* of the chunk offered, not looked at yet */
    size_t rest_length;
    uint64_t starts[LINES_REMEMBERED];
};

/* Before the first chunk of a stream. */
void lines_begin(struct lines *lines);

/*
 * The chunk that the parser is about to read. It is looked at as far as the
 * parser has come when a place is asked for, and to its end in lines_take:
 * thus which lines are still remembered does not depend on how the stream was
 * cut into chunks.
 */
void lines_offer(struct lines *lines, const char *chunk, size_t length);

/* The parser has read the chunk; its memory will be used for the next. */
void lines_take(struct lines *lines);

/*
 * The line and the column, both from 1, the column in bytes, of `offset`,
 * asked for when the parser stands at `position`. Answers false if that line's
 * start is no longer remembered.
 */
bool lines_locate(struct lines *lines, uint64_t position, uint64_t offset, uint64_t *line,
                  uint64_t *column);

#endif
