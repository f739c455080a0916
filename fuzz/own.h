/*
 * Shared by the targets with inputs of their own: functions that take values from an
 * input's bytes, and an independent reader that checks what the library wrote.
 */
#ifndef NUMRES_FUZZ_OWN_H
#define NUMRES_FUZZ_OWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <numres.h>

/* The rest of an input. */
typedef struct fuzz_bytes {
    const uint8_t *bytes;
    size_t left;
} fuzz_bytes;

/* The next byte; 0 past the end. */
uint8_t fuzz_next_byte(fuzz_bytes *input);

/* A number of up to 8 bytes, preceded by their count. */
uint64_t fuzz_next_number(fuzz_bytes *input);

/* Text that points into the input, preceded by its length. */
numres_text fuzz_next_text(fuzz_bytes *input);

/* Checks that the line begins with `wanted`, percent-encoded exactly as much as needed.
   Returns the rest of the line. */
const char *fuzz_take_encoded(const char *line, numres_text wanted);

#endif
