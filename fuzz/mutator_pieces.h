/* Pieces of documents for the mutator to insert; the names come from the schema. */
#ifndef NUMRES_FUZZ_MUTATOR_PIECES_H
#define NUMRES_FUZZ_MUTATOR_PIECES_H

#include <stddef.h>
#include <stdint.h>

/* The next number of a pseudorandom sequence, below `limit`, which is not 0. */
size_t pieces_random(uint64_t *state, size_t limit);

/* Each returns a random piece. Names and values are JSON; "inside" is text for between
   the quotes of a string. */
const char *pieces_name(uint64_t *state);
const char *pieces_value(uint64_t *state);
const char *pieces_inside(uint64_t *state);
const char *pieces_space(uint64_t *state);

/* Whole objects and documents. */
const char *pieces_object(uint64_t *state);
const char *pieces_document(uint64_t *state);

#endif
