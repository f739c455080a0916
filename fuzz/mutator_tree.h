/* The values of a document and their positions, however broken the document is. */
#ifndef NUMRES_FUZZ_MUTATOR_TREE_H
#define NUMRES_FUZZ_MUTATOR_TREE_H

#include <stddef.h>

/* One value. A member starts at its name; `end` is one past the value. */
typedef struct tree_node {
    size_t start; /* of the name, else of the value */
    size_t value;
    size_t end;
    size_t parent; /* index among the nodes; TREE_NONE for a root */
    char first_byte;
} tree_node;

#define TREE_NONE ((size_t)-1)

enum { TREE_MOST_NODES = 1024, TREE_MOST_DEPTH = 128 };

typedef struct tree {
    tree_node nodes[TREE_MOST_NODES];
    size_t count;
    size_t open;                   /* containers that are never closed */
    char closers[TREE_MOST_DEPTH]; /* their closing brackets, the innermost last */
} tree;

/* Values beyond the limits above are left out. */
void tree_scan(tree *tree, const unsigned char *text, size_t length);

#endif
