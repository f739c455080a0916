/* The single changes that mutator.c makes to a document, chosen at random. */
#include "mutator_draft.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "mutator_page.h"
#include "mutator_pieces.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

void draft_replace(draft *draft, size_t at, size_t removed, const void *bytes, size_t length) {
    if (draft->length - removed + length > draft->capacity) {
        return;
    }
    memmove(draft->text + at + length, draft->text + at + removed, draft->length - at - removed);
    memcpy(draft->text + at, bytes, length);
    draft->length = draft->length - removed + length;
}

static void put(draft *draft, size_t at, const char *text) {
    draft_replace(draft, at, 0, text, strlen(text));
}

size_t draft_chance(draft *draft, size_t limit) {
    return pieces_random(&draft->random, limit);
}

const tree_node *draft_any_node(draft *draft) {
    tree *tree = &draft->tree;
    return tree->count > 0 ? &tree->nodes[draft_chance(draft, tree->count)] : NULL;
}

const tree_node *draft_inner_node(draft *draft) {
    const tree_node *node = draft_any_node(draft);
    for (int tries = 0; node && node->parent == TREE_NONE && tries < 4; tries++) {
        node = draft_any_node(draft);
    }
    return node;
}

uint8_t *draft_copy(const draft *draft, size_t start, size_t end) {
    uint8_t *copy = malloc(end - start + 1);
    if (!copy) {
        abort();
    }
    memcpy(copy, draft->text + start, end - start);
    return copy;
}

static void swap_siblings(draft *draft) {
    const tree_node *left = draft_inner_node(draft);
    const tree_node *right = left;
    for (int tries = 0; left && tries < 16; tries++) {
        right = draft_any_node(draft);
        if (right->parent == left->parent && right != left) {
            break;
        }
    }
    if (!left || right->parent != left->parent || right == left) {
        return;
    }
    if (right->start < left->start) {
        const tree_node *swapped = left;
        left = right;
        right = swapped;
    }
    size_t left_length = left->end - left->start;
    size_t right_length = right->end - right->start;
    size_t between = right->start - left->end;
    uint8_t *copy = draft_copy(draft, left->start, right->end);
    uint8_t *to = draft->text + left->start;
    memcpy(to, copy + left_length + between, right_length);
    memcpy(to + right_length, copy + left_length, between);
    memcpy(to + right_length + between, copy, left_length);
    free(copy);
}

static void drop(draft *draft) {
    const tree_node *node = draft_inner_node(draft);
    if (!node) {
        return;
    }
    size_t start = node->start;
    size_t end = node->end;
    if (end < draft->length && draft->text[end] == ',') {
        end++;
    } else if (start > 0 && draft->text[start - 1] == ',') {
        start--;
    }
    draft_replace(draft, start, end - start, "", 0);
}

/* Copies a node next to itself or to another node. A member among elements is worth trying too. */
static void duplicate(draft *draft) {
    const tree_node *node = draft_inner_node(draft);
    const tree_node *place = draft_chance(draft, 3) > 0 ? node : draft_inner_node(draft);
    if (!node) {
        return;
    }
    size_t length = node->end - node->start;
    uint8_t *copy = malloc(length + 1);
    if (!copy) {
        abort();
    }
    copy[0] = ',';
    memcpy(copy + 1, draft->text + node->start, length);
    draft_replace(draft, place->end, 0, copy, length + 1);
    free(copy);
}

static void nest(draft *draft) {
    const tree_node *node = draft_any_node(draft);
    if (!node) {
        return;
    }
    bool is_array = draft_chance(draft, 2) > 0;
    if (draft->length + 64 > draft->capacity) {
        return;
    }
    put(draft, node->end, is_array ? "]" : "}");
    if (!is_array) {
        put(draft, node->value, ":");
        put(draft, node->value, pieces_name(&draft->random));
    }
    put(draft, node->value, is_array ? "[" : "{");
}

static void replace_value(draft *draft) {
    const tree_node *node = draft_inner_node(draft);
    if (!node) {
        return;
    }
    if (draft_chance(draft, 4) > 0) {
        const char *value = pieces_value(&draft->random);
        draft_replace(draft, node->value, node->end - node->value, value, strlen(value));
        return;
    }
    const tree_node *other = draft_any_node(draft);
    uint8_t *copy = draft_copy(draft, other->value, other->end);
    draft_replace(draft, node->value, node->end - node->value, copy, other->end - other->value);
    free(copy);
}

static void rename_member(draft *draft) {
    const tree_node *node = draft_inner_node(draft);
    for (int tries = 0; node && node->start == node->value && tries < 8; tries++) {
        node = draft_any_node(draft);
    }
    if (node && node->start < node->value) {
        const uint8_t *colon = memchr(draft->text + node->start, ':', node->value - node->start);
        const char *name = pieces_name(&draft->random);
        size_t length = colon ? (size_t)(colon - draft->text) - node->start : 0;
        draft_replace(draft, node->start, length, name, strlen(name));
    }
}

/* Inserts a member or element as the first one of a container. */
static void insert_inside(draft *draft) {
    const tree_node *node = draft_any_node(draft);
    for (int tries = 0; node && node->first_byte != '{' && node->first_byte != '[' && tries < 8;
         tries++) {
        node = draft_any_node(draft);
    }
    if (!node || (node->first_byte != '{' && node->first_byte != '[') ||
        draft->length + 1024 > draft->capacity) {
        return;
    }
    size_t at = node->value + 1;
    if (at < draft->length && draft->text[at] != '}' && draft->text[at] != ']') {
        put(draft, at, ",");
    }
    put(draft, at,
        draft_chance(draft, 3) > 0 ? pieces_value(&draft->random) : pieces_object(&draft->random));
    if (node->first_byte == '{') {
        put(draft, at, ":");
        put(draft, at, pieces_name(&draft->random));
    }
}

/* Inserts a piece, or a long run of one byte, into a string. */
static void change_string(draft *draft) {
    const tree_node *node = draft_any_node(draft);
    for (int tries = 0; node && draft->text[node->start] != '"' && tries < 8; tries++) {
        node = draft_any_node(draft);
    }
    if (!node || draft->text[node->start] != '"') {
        return;
    }
    size_t at = node->start + 1 + draft_chance(draft, node->end - node->start);
    at = at < node->end ? at : node->start + 1;
    if (draft_chance(draft, 8) > 0) {
        put(draft, at, pieces_inside(&draft->random));
        return;
    }
    char row[2100];
    size_t length = draft_chance(draft, sizeof(row));
    memset(row, draft_chance(draft, 2) > 0 ? 'x' : '7', sizeof(row));
    draft_replace(draft, at, 0, row, length);
}

static void insert_space(draft *draft) {
    const tree_node *node = draft_any_node(draft);
    if (node) {
        size_t places[] = {node->start, node->value, node->end};
        put(draft, places[draft_chance(draft, 3)], pieces_space(&draft->random));
    }
}

/* Applies the fuzzer's own mutations to one value, or to the whole document. */
static void change_bytes(draft *draft) {
    const tree_node *node = draft_any_node(draft);
    size_t start = 0;
    size_t end = draft->length;
    if (node && draft_chance(draft, 4) > 0) {
        start = node->value;
        end = node->end;
    }
    size_t length = end - start;
    uint8_t *copy = malloc(length + 256);
    if (!copy) {
        abort();
    }
    memcpy(copy, draft->text + start, length);
    size_t changed = LLVMFuzzerMutate(copy, length, length + 256);
    draft_replace(draft, start, length, copy, changed);
    free(copy);
}

static void close_all(draft *draft) {
    for (size_t open = draft->tree.open; open > 0; open--) {
        draft_replace(draft, draft->length, 0, &draft->tree.closers[open - 1], 1);
    }
}

static void cut_or_glue(draft *draft) {
    if (draft_chance(draft, 3) > 0) {
        const char *document = pieces_document(&draft->random);
        size_t end = draft->length;
        draft_replace(draft, end, 0, document, strlen(document));
        if (draft->length > end && draft_chance(draft, 2) > 0) {
            put(draft, end, "\n");
        }
    } else if (draft->length > 0) {
        draft->length = draft_chance(draft, draft->length);
    }
}

void draft_start_anew(draft *draft) {
    const char *document = pieces_document(&draft->random);
    if (strlen(document) <= draft->capacity) {
        draft_replace(draft, 0, draft->length, document, strlen(document));
    }
}

/* The weight of each change, out of ALL_WEIGHTS. */
enum { ALL_WEIGHTS = 64 };

static const struct {
    void (*change)(draft *draft);
    size_t weight;
} changes[] = {
    {swap_siblings, 6},    {drop, 6},          {duplicate, 6},     {nest, 3},
    {replace_value, 8},    {rename_member, 6}, {insert_inside, 8}, {change_string, 5},
    {insert_space, 3},     {change_bytes, 5},  {cut_or_glue, 2},   {draft_start_anew, 2},
    {draft_start_page, 4},
};

void draft_change(draft *draft) {
    size_t turn = draft_chance(draft, ALL_WEIGHTS);
    size_t place = 0;
    tree_scan(&draft->tree, draft->text, draft->length);
    while (turn >= changes[place].weight) {
        turn -= changes[place++].weight;
    }
    changes[place].change(draft);
    /* Most documents that end too early are closed: one error is enough. */
    if (draft_chance(draft, 4) > 0) {
        tree_scan(&draft->tree, draft->text, draft->length);
        close_all(draft);
    }
}
