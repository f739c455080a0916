/* A document's values by place, however broken the document is. */
#ifndef NUMRES_FUZZ_MUTATOR_TREE_H
#define NUMRES_FUZZ_MUTATOR_TREE_H

#include <stddef.h>

/* One value: from its name, if it is a member's, to behind its end. */
typedef struct tree_node {
    size_t start; /* of the name, else of the value */
    size_t value;
    size_t end;
    size_t parent; /* its place among the nodes; TREE_NONE: a root */
    char first_byte;
} tree_node;

#define TREE_NONE ((size_t)-1)

enum { TREE_MOST_NODES = 1024, TREE_MOST_DEPTH = 128 };

typedef struct tree {
    tree_node nodes[TREE_MOST_NODES];
    size_t count;
    size_t open;                   /* containers that nothing closed */
    char closers[TREE_MOST_DEPTH]; /* of those, the innermost last */
} tree;

/* What does not fit any more is left out. */
void tree_scan(tree *tree, const unsigned char *text, size_t length);

#endif
