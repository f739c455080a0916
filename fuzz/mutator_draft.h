/* A document being changed, and the changes that can be made to it. */
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

/* Puts `length` bytes, which lie elsewhere, in place of `removed` ones at `at`;
   does nothing if they do not fit. */
void draft_replace(draft *draft, size_t at, size_t removed, const void *bytes, size_t length);

/* A number below `limit`. */
size_t draft_chance(draft *draft, size_t limit);

/* A node of the tree by chance; NULL if there is none. */
const tree_node *draft_any_node(draft *draft);

/* One that is no root, as a rule: changing a root leaves little. */
const tree_node *draft_inner_node(draft *draft);

/* A copy of bytes of the draft. Free it. */
uint8_t *draft_copy(const draft *draft, size_t start, size_t end);

/* Another document, from the pieces. */
void draft_start_anew(draft *draft);

/* One change by chance. */
void draft_change(draft *draft);

#endif
