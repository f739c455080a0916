/* Reading a file or standard input piece by piece into one fixed buffer. */
#ifndef NUMRES_TOOLS_INPUT_H
#define NUMRES_TOOLS_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

#endif
