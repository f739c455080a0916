/*
 * What the targets with inputs of their own share: values from an input's bytes, and
 * readers that check what the library wrote without its code.
 */
#ifndef NUMRES_FUZZ_OWN_H
#define NUMRES_FUZZ_OWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <numres.h>

/* What is left of an input. */
typedef struct fuzz_bytes {
    const uint8_t *bytes;
    size_t left;
} fuzz_bytes;

/* The next byte, 0 after the end. */
uint8_t fuzz_next_byte(fuzz_bytes *input);

/* A number of up to 8 bytes, behind how many it has. */
uint64_t fuzz_next_number(fuzz_bytes *input);

/* Text in the input itself, behind its length. */
numres_text fuzz_next_text(fuzz_bytes *input);

/* Takes percent-encoded text from the line, which must be `wanted`, encoded no more and
   no less than needed. Returns the rest. */
const char *fuzz_take_encoded(const char *line, numres_text wanted);

#endif
