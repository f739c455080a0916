/* Pieces of documents that the mutator puts in; names come from the schema. */
#ifndef NUMRES_FUZZ_MUTATOR_PIECES_H
#define NUMRES_FUZZ_MUTATOR_PIECES_H

#include <stddef.h>
#include <stdint.h>

/* The next of a sequence of numbers below `limit`, which is more than 0. */
size_t pieces_random(uint64_t *state, size_t limit);

/* Each answers one piece by chance. A name and a value are JSON; inside is what
   stands between the quotes of a string. */
const char *pieces_name(uint64_t *state);
const char *pieces_value(uint64_t *state);
const char *pieces_inside(uint64_t *state);
const char *pieces_space(uint64_t *state);

/* Whole objects and documents. */
const char *pieces_object(uint64_t *state);
const char *pieces_document(uint64_t *state);

#endif
