/*
 * The mutator of documents: works on members and elements, so that most of its
 * documents stay legal enough to reach the records. Settings (input.h) are
 * changed apart from the document.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "input.h"
#include "mutator_pieces.h"
#include "mutator_tree.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second,
                                 size_t second_size, uint8_t *out, size_t max_size,
                                 unsigned int seed);

/* A document being changed, in the fuzzer's memory. */
typedef struct draft {
    uint8_t *text;
    size_t length;
    size_t capacity;
    uint64_t random;
    tree tree; /* as it was before the change */
} draft;

/* Puts `length` bytes, which lie elsewhere, in place of `removed` ones at `at`;
   does nothing if they do not fit. */
static void replace(draft *draft, size_t at, size_t removed, const void *bytes, size_t length) {
    if (draft->length - removed + length > draft->capacity) {
        return;
    }
    memmove(draft->text + at + length, draft->text + at + removed, draft->length - at - removed);
    memcpy(draft->text + at, bytes, length);
    draft->length = draft->length - removed + length;
}

static void put(draft *draft, size_t at, const char *text) {
    replace(draft, at, 0, text, strlen(text));
}

static size_t chance(draft *draft, size_t limit) {
    return pieces_random(&draft->random, limit);
}

/* A node by chance; NULL if there is none. */
static const tree_node *any_node(draft *draft) {
    tree *tree = &draft->tree;
    return tree->count > 0 ? &tree->nodes[chance(draft, tree->count)] : NULL;
}

/* One that is no root, as a rule: changing a root leaves little. */
static const tree_node *inner_node(draft *draft) {
    const tree_node *node = any_node(draft);
    for (int tries = 0; node && node->parent == TREE_NONE && tries < 4; tries++) {
        node = any_node(draft);
    }
    return node;
}

/* A copy of bytes of the draft. Free it. */
static uint8_t *copy_of(const draft *draft, size_t start, size_t end) {
    uint8_t *copy = malloc(end - start + 1);
    if (!copy) {
        abort();
    }
    memcpy(copy, draft->text + start, end - start);
    return copy;
}

static void swap_siblings(draft *draft) {
    const tree_node *left = inner_node(draft);
    const tree_node *right = left;
    for (int tries = 0; left && tries < 16; tries++) {
        right = any_node(draft);
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
    uint8_t *copy = copy_of(draft, left->start, right->end);
    uint8_t *to = draft->text + left->start;
    memcpy(to, copy + left_length + between, right_length);
    memcpy(to + right_length, copy + left_length, between);
    memcpy(to + right_length + between, copy, left_length);
    free(copy);
}

static void drop(draft *draft) {
    const tree_node *node = inner_node(draft);
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
    replace(draft, start, end - start, "", 0);
}

/* Beside itself, or beside another: a member among elements is a find too. */
static void duplicate(draft *draft) {
    const tree_node *node = inner_node(draft);
    const tree_node *place = chance(draft, 3) > 0 ? node : inner_node(draft);
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
    replace(draft, place->end, 0, copy, length + 1);
    free(copy);
}

static void nest(draft *draft) {
    const tree_node *node = any_node(draft);
    if (!node) {
        return;
    }
    bool is_array = chance(draft, 2) > 0;
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
    const tree_node *node = inner_node(draft);
    if (!node) {
        return;
    }
    if (chance(draft, 4) > 0) {
        const char *value = pieces_value(&draft->random);
        replace(draft, node->value, node->end - node->value, value, strlen(value));
        return;
    }
    const tree_node *other = any_node(draft);
    uint8_t *copy = copy_of(draft, other->value, other->end);
    replace(draft, node->value, node->end - node->value, copy, other->end - other->value);
    free(copy);
}

static void rename_member(draft *draft) {
    const tree_node *node = inner_node(draft);
    for (int tries = 0; node && node->start == node->value && tries < 8; tries++) {
        node = any_node(draft);
    }
    if (node && node->start < node->value) {
        const uint8_t *colon = memchr(draft->text + node->start, ':', node->value - node->start);
        const char *name = pieces_name(&draft->random);
        size_t length = colon ? (size_t)(colon - draft->text) - node->start : 0;
        replace(draft, node->start, length, name, strlen(name));
    }
}

/* A member or element as the first of a container. */
static void insert_inside(draft *draft) {
    const tree_node *node = any_node(draft);
    for (int tries = 0; node && node->first_byte != '{' && node->first_byte != '[' && tries < 8;
         tries++) {
        node = any_node(draft);
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
        chance(draft, 3) > 0 ? pieces_value(&draft->random) : pieces_object(&draft->random));
    if (node->first_byte == '{') {
        put(draft, at, ":");
        put(draft, at, pieces_name(&draft->random));
    }
}

/* Inside a string, a piece or a long row of one byte. */
static void change_string(draft *draft) {
    const tree_node *node = any_node(draft);
    for (int tries = 0; node && draft->text[node->start] != '"' && tries < 8; tries++) {
        node = any_node(draft);
    }
    if (!node || draft->text[node->start] != '"') {
        return;
    }
    size_t at = node->start + 1 + chance(draft, node->end - node->start);
    at = at < node->end ? at : node->start + 1;
    if (chance(draft, 8) > 0) {
        put(draft, at, pieces_inside(&draft->random));
        return;
    }
    char row[2100];
    size_t length = chance(draft, sizeof(row));
    memset(row, chance(draft, 2) > 0 ? 'x' : '7', sizeof(row));
    replace(draft, at, 0, row, length);
}

static void insert_space(draft *draft) {
    const tree_node *node = any_node(draft);
    if (node) {
        size_t places[] = {node->start, node->value, node->end};
        put(draft, places[chance(draft, 3)], pieces_space(&draft->random));
    }
}

/* The fuzzer's own mutations on one value, or on all. */
static void change_bytes(draft *draft) {
    const tree_node *node = any_node(draft);
    size_t start = 0;
    size_t end = draft->length;
    if (node && chance(draft, 4) > 0) {
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
    replace(draft, start, length, copy, changed);
    free(copy);
}

static void close_all(draft *draft) {
    for (size_t open = draft->tree.open; open > 0; open--) {
        replace(draft, draft->length, 0, &draft->tree.closers[open - 1], 1);
    }
}

static void cut_or_glue(draft *draft) {
    if (chance(draft, 3) > 0) {
        const char *document = pieces_document(&draft->random);
        size_t end = draft->length;
        replace(draft, end, 0, document, strlen(document));
        if (draft->length > end && chance(draft, 2) > 0) {
            put(draft, end, "\n");
        }
    } else if (draft->length > 0) {
        draft->length = chance(draft, draft->length);
    }
}

static void start_anew(draft *draft) {
    const char *document = pieces_document(&draft->random);
    if (strlen(document) <= draft->capacity) {
        replace(draft, 0, draft->length, document, strlen(document));
    }
}

/* How often each is done, in turn of the list. */
static const struct {
    void (*change)(draft *draft);
    size_t weight;
} changes[] = {
    {swap_siblings, 6}, {drop, 6},          {duplicate, 6},     {nest, 3},
    {replace_value, 8}, {rename_member, 6}, {insert_inside, 8}, {change_string, 5},
    {insert_space, 3},  {change_bytes, 5},  {cut_or_glue, 2},   {start_anew, 2},
};

static void change_document(draft *draft) {
    size_t turn = chance(draft, 60);
    size_t place = 0;
    tree_scan(&draft->tree, draft->text, draft->length);
    while (turn >= changes[place].weight) {
        turn -= changes[place++].weight;
    }
    changes[place].change(draft);
    /* Most documents that end too early are mended: one error is enough. */
    if (chance(draft, 4) > 0) {
        tree_scan(&draft->tree, draft->text, draft->length);
        close_all(draft);
    }
}

/* Settings of a handler's answers and of limits hide much: they are set less
   often than the cuts and the pauses, and mostly taken away. */
static void change_settings(uint8_t *settings, uint64_t *random) {
    static const uint8_t often[] = {INPUT_FLAGS,      INPUT_PAUSES,     INPUT_CHUNKS,
                                    INPUT_CHUNKS + 1, INPUT_CHUNKS + 2, INPUT_CHUNKS + 3,
                                    INPUT_CHUNKS + 4, INPUT_CHUNKS + 5, INPUT_ALIGNMENT};
    size_t place = often[pieces_random(random, sizeof(often))];
    if (pieces_random(random, 3) == 0) {
        place = pieces_random(random, INPUT_SETTINGS);
    }
    uint8_t value = (uint8_t)pieces_random(random, 256);
    if (place == INPUT_FLAGS) {
        settings[place] ^= (uint8_t)(1u << pieces_random(random, 7));
    } else if (place >= INPUT_CHUNKS && pieces_random(random, 2) > 0) {
        settings[place] = value % 8;
    } else if (place < INPUT_CHUNKS && place != INPUT_PAUSES && pieces_random(random, 3) > 0) {
        settings[place] = 0;
    } else {
        settings[place] = value;
    }
}

static numres_answer stop_at_reservation(numres_parser *parser,
                                         const numres_reservation *reservation, void *user) {
    (void)parser;
    (void)reservation;
    *(bool *)user = true;
    return NUMRES_STOP;
}

static bool reaches_reservation(const uint8_t *data, size_t size) {
    bool reached = false;
    fuzz_input input = fuzz_input_of(data, size);
    numres_options options = fuzz_input_options(&input);
    numres_handlers handlers = numres_handlers_default();
    handlers.on_reservation = stop_at_reservation;
    numres_parse(input.document, input.length, &options, &handlers, &reached, NULL);
    return reached;
}

/* A new document with a value of the old one in it. */
static void transplant(draft *draft, const uint8_t *old, size_t old_length) {
    tree_scan(&draft->tree, old, old_length);
    const tree_node *chosen = any_node(draft);
    tree_node node = chosen ? *chosen : (tree_node){0};
    start_anew(draft);
    tree_scan(&draft->tree, draft->text, draft->length);
    const tree_node *place = inner_node(draft);
    if (place) {
        replace(draft, place->value, place->end - place->value, old + node.value,
                node.end - node.value);
    }
}

/* Takes away the settings that may keep reservations from coming. */
static void soften_settings(uint8_t *settings) {
    settings[INPUT_FLAGS] &= (uint8_t) ~(INPUT_FLAG_BARE | INPUT_FLAG_STRICT);
    settings[INPUT_DEPTH] = 0;
    settings[INPUT_DOCUMENT_SIZE] = 0;
    settings[INPUT_STOP] = 0;
    settings[INPUT_LEAVE_OUT] = 0;
    settings[INPUT_MISSING] = 0;
}

/* Of most inputs a reservation shall come; the others break what they like. */
static bool wants_reservation(draft *draft) {
    return chance(draft, 6) > 0;
}

/* Changes the document, if `wanted` so that a reservation comes. */
static void change_and_mend(draft *draft, uint8_t *settings, size_t settings_length, bool wanted) {
    size_t old_length = draft->length;
    uint8_t *old = copy_of(draft, 0, old_length);
    for (int tries = 0; tries < 4; tries++) {
        change_document(draft);
        if (!wanted || reaches_reservation(settings, settings_length + draft->length)) {
            break;
        }
        memcpy(draft->text, old, old_length);
        draft->length = old_length;
        if (tries == 3) {
            transplant(draft, old, old_length);
            if (settings_length > 0) {
                soften_settings(settings + 1);
            }
        }
    }
    free(old);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed) {
    static draft draft;
    size_t settings = size > INPUT_SETTINGS && data[0] == INPUT_MARKER ? INPUT_SETTINGS + 1 : 0;
    draft.random = seed;
    if (settings == 0 && chance(&draft, 4) == 0 && max_size > size + INPUT_SETTINGS) {
        settings = INPUT_SETTINGS + 1;
        memmove(data + settings, data, size);
        memset(data, 0, settings);
        data[0] = INPUT_MARKER;
        size += settings;
    }
    draft.text = data + settings;
    draft.length = size - settings;
    draft.capacity = max_size - settings;
    bool changes_settings = settings > 0 && chance(&draft, 4) == 0;
    bool wanted = wants_reservation(&draft);
    if (changes_settings) {
        change_settings(data + 1, &draft.random);
    }
    if (!changes_settings || (wanted && !reaches_reservation(data, size))) {
        change_and_mend(&draft, data, settings, wanted);
    }
    return settings + draft.length > 0 ? settings + draft.length : 1;
}

/* A value of the second document in place of one of the first. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second,
                                 size_t second_size, uint8_t *out, size_t max_size,
                                 unsigned int seed) {
    static draft draft;
    static tree other;
    if (first_size > max_size) {
        return 0;
    }
    memcpy(out, first, first_size);
    fuzz_input into = fuzz_input_of(out, first_size);
    fuzz_input from = fuzz_input_of(second, second_size);
    size_t settings = first_size - into.length;
    draft.random = seed;
    draft.text = out + settings;
    draft.length = into.length;
    draft.capacity = max_size - settings;
    tree_scan(&draft.tree, draft.text, draft.length);
    tree_scan(&other, (const uint8_t *)from.document, from.length);
    const tree_node *node = inner_node(&draft);
    if (node && other.count > 0) {
        const tree_node *taken = &other.nodes[chance(&draft, other.count)];
        replace(&draft, node->value, node->end - node->value, from.document + taken->value,
                taken->end - taken->value);
    }
    size_t size = settings + draft.length;
    /* 0 makes the fuzzer try something else. */
    return wants_reservation(&draft) && !reaches_reservation(out, size) ? 0 : size;
}
