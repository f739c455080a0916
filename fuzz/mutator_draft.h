/* A document under mutation, and the changes that can be made to it. */
#ifndef NUMRES_FUZZ_MUTATOR_DRAFT_H
#define NUMRES_FUZZ_MUTATOR_DRAFT_H

#include <stddef.h>
#include <stdint.h>

#include "mutator_tree.h"

typedef struct draft {
    uint8_t *text; /* the fuzzer's memory */
    size_t length;
    size_t capacity;
    uint64_t random;
    tree tree; /* as it was before the change */
} draft;

/* Replaces `removed` bytes at `at` by `length` others, which must not be part of the
   draft. Does nothing if they do not fit. */
void draft_replace(draft *draft, size_t at, size_t removed, const void *bytes, size_t length);

/* A random number below `limit`. */
size_t draft_chance(draft *draft, size_t limit);

/* A random node of the tree; NULL if it has none. */
const tree_node *draft_any_node(draft *draft);

/* The same, but rarely a root: changing a root leaves little of the document. */
const tree_node *draft_inner_node(draft *draft);

/* A copy of bytes of the draft. Free it. */
uint8_t *draft_copy(const draft *draft, size_t start, size_t end);

/* Replaces the document by one of mutator_pieces.h. */
void draft_start_anew(draft *draft);

/* Makes one random change. */
void draft_change(draft *draft);

#endif
