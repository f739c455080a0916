/* Scans a document for its values. It never fails, since most documents of a fuzzer are broken.
   mutator.c and mutator_draft.c call it. */
#include "mutator_tree.h"

#include <stdbool.h>

typedef struct scan {
    tree *tree;
    const unsigned char *text;
    size_t length;
    size_t stack[TREE_MOST_DEPTH];
    size_t depth;
    size_t name; /* where the name of the next value begins; TREE_NONE: it has none */
} scan;

static bool is_space(unsigned char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static size_t string_end(const scan *scan, size_t at) {
    for (at++; at < scan->length && scan->text[at] != '"'; at++) {
        if (scan->text[at] == '\\') {
            at++;
        }
    }
    return at < scan->length ? at + 1 : scan->length;
}

static size_t word_end(const scan *scan, size_t at) {
    static const char delimiters[] = ",:[]{}\"";
    for (at++; at < scan->length && !is_space(scan->text[at]); at++) {
        for (const char *delimiter = delimiters; *delimiter; delimiter++) {
            if (scan->text[at] == (unsigned char)*delimiter) {
                return at;
            }
        }
    }
    return at;
}

static size_t add_node(scan *scan, size_t value, size_t end) {
    tree *tree = scan->tree;
    tree_node node = {.start = scan->name == TREE_NONE ? value : scan->name,
                      .value = value,
                      .end = end,
                      .parent = scan->depth > 0 ? scan->stack[scan->depth - 1] : TREE_NONE,
                      .first_byte = (char)scan->text[value]};
    scan->name = TREE_NONE;
    tree->nodes[tree->count] = node;
    return tree->count++;
}

static size_t scan_open(scan *scan, size_t at) {
    size_t node = add_node(scan, at, scan->length);
    scan->tree->closers[scan->depth] = scan->text[at] == '[' ? ']' : '}';
    scan->stack[scan->depth++] = node;
    return at + 1;
}

static size_t scan_close(scan *scan, size_t at) {
    if (scan->depth > 0) {
        scan->tree->nodes[scan->stack[--scan->depth]].end = at + 1;
    }
    scan->name = TREE_NONE;
    return at + 1;
}

static size_t scan_string(scan *scan, size_t at) {
    size_t end = string_end(scan, at);
    size_t next = end;
    while (next < scan->length && is_space(scan->text[next])) {
        next++;
    }
    if (next < scan->length && scan->text[next] == ':') {
        scan->name = at;
        return next + 1;
    }
    add_node(scan, at, end);
    return end;
}

static size_t scan_one(scan *scan, size_t at) {
    switch (scan->text[at]) {
    case '{':
    case '[':
        return scan_open(scan, at);
    case '}':
    case ']':
        return scan_close(scan, at);
    case '"':
        return scan_string(scan, at);
    case ',':
        scan->name = TREE_NONE;
        return at + 1;
    default:
        break;
    }
    if (is_space(scan->text[at]) || scan->text[at] == ':') {
        return at + 1;
    }
    size_t end = word_end(scan, at);
    add_node(scan, at, end);
    return end;
}

void tree_scan(tree *tree, const unsigned char *text, size_t length) {
    scan scan = {.tree = tree, .text = text, .length = length, .name = TREE_NONE};
    tree->count = 0;
    for (size_t at = 0;
         at < length && tree->count < TREE_MOST_NODES && scan.depth < TREE_MOST_DEPTH;) {
        at = scan_one(&scan, at);
    }
    tree->open = scan.depth;
}
