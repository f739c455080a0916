/* The mutator of the fuzz targets that read documents. */
#include <criterion/criterion.h>

#include <numres.h>
#include <stdint.h>
#include <string.h>

#include "input.h"
#include "mutator_pieces.h"
#include "mutator_tree.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second,
                                 size_t second_size, uint8_t *out, size_t max_size,
                                 unsigned int seed);

/* In place of libFuzzer's. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size) {
    if (size < max_size) {
        data[size++] = '?';
    }
    return size;
}

/* The node whose text is `expected`. */
static const tree_node *node_of(const tree *tree, const char *text, const char *expected) {
    for (size_t place = 0; place < tree->count; place++) {
        const tree_node *node = &tree->nodes[place];
        if (node->end - node->start == strlen(expected) &&
            memcmp(text + node->start, expected, strlen(expected)) == 0) {
            return node;
        }
    }
    cr_assert_fail("no node is %s", expected);
    return NULL;
}

Test(fuzz_mutator, finds_members_and_elements) {
    static tree tree;
    const char *text = "{ \"a\\\"\" : [1, null] , \"b\":{\"c\":\"d\"}}";
    tree_scan(&tree, (const unsigned char *)text, strlen(text));
    cr_expect_eq(tree.count, 6u);
    cr_expect_eq(tree.open, 0u);
    const tree_node *array = node_of(&tree, text, "\"a\\\"\" : [1, null]");
    cr_expect_eq(text[array->value], '[');
    cr_expect_eq(&tree.nodes[node_of(&tree, text, "null")->parent], array);
    const tree_node *object = node_of(&tree, text, "\"b\":{\"c\":\"d\"}");
    cr_expect_eq(&tree.nodes[node_of(&tree, text, "\"c\":\"d\"")->parent], object);
    cr_expect_eq(object->parent, array->parent);
}

Test(fuzz_mutator, knows_what_is_left_open) {
    static tree tree;
    const char *text = "]{\"a\":[{\"b\":[],\"c";
    tree_scan(&tree, (const unsigned char *)text, strlen(text));
    cr_expect_eq(tree.open, 3u);
    cr_expect_arr_eq(tree.closers, "}]}", 3);
}

Test(fuzz_mutator, stays_within_its_limits) {
    static tree tree;
    char text[8192];
    memset(text, '[', sizeof(text));
    tree_scan(&tree, (const unsigned char *)text, sizeof(text));
    cr_expect_eq(tree.open, (size_t)TREE_MOST_DEPTH);
    memset(text, ',', sizeof(text));
    for (size_t place = 0; place < sizeof(text); place += 2) {
        text[place] = '1';
    }
    tree_scan(&tree, (const unsigned char *)text, sizeof(text));
    cr_expect_eq(tree.count, (size_t)TREE_MOST_NODES);
}

static numres_answer mark_reached(numres_parser *parser, const numres_reservation *reservation,
                                  void *user) {
    (void)parser;
    (void)reservation;
    *(bool *)user = true;
    return NUMRES_GO_ON;
}

static bool reaches(const uint8_t *data, size_t size) {
    bool reached = false;
    fuzz_input input = fuzz_input_of(data, size);
    numres_options options = fuzz_input_options(&input);
    numres_handlers handlers = numres_handlers_default();
    handlers.on_reservation = mark_reached;
    numres_parse(input.document, input.length, &options, &handlers, &reached, NULL);
    return reached;
}

/* From one document on, each time changing what came out, as a fuzzer does. */
Test(fuzz_mutator, keeps_most_documents_alive) {
    uint8_t data[4096 + 1];
    uint8_t again[4096];
    size_t alive = 0;
    size_t size = strlen("{\"data\":[]}");
    memcpy(data, "{\"data\":[]}", size);
    for (unsigned int seed = 0; seed < 4000; seed++) {
        data[4096] = 0x5A;
        memcpy(again, data, size);
        size_t changed = LLVMFuzzerCustomMutator(data, size, 4096, seed);
        cr_assert(changed > 0 && changed <= 4096, "seed %u: %zu bytes", seed, changed);
        cr_assert_eq(data[4096], 0x5A);
        cr_assert_eq(LLVMFuzzerCustomMutator(again, size, 4096, seed), changed);
        cr_assert_arr_eq(data, again, changed, "seed %u is not repeated", seed);
        size = changed;
        alive += reaches(data, size);
    }
    cr_expect_gt(alive, 2000u, "%zu of 4000", alive);
}

Test(fuzz_mutator, lives_with_little_room) {
    for (unsigned int seed = 0; seed < 500; seed++) {
        uint8_t data[20] = "{\"data\":[1]}";
        size_t size = seed % 13;
        size_t changed = LLVMFuzzerCustomMutator(data, size, sizeof(data), seed);
        cr_assert(changed > 0 && changed <= sizeof(data), "seed %u: %zu bytes", seed, changed);
    }
}

Test(fuzz_mutator, crosses_two_documents) {
    const char *first = "{\"data\":[1,2]}";
    const char *second = "{\"meta\":\"from the second\"}";
    bool found = false;
    for (unsigned int seed = 0; seed < 100; seed++) {
        uint8_t out[64];
        size_t size =
            LLVMFuzzerCustomCrossOver((const uint8_t *)first, strlen(first),
                                      (const uint8_t *)second, strlen(second), out, 63, seed);
        cr_assert_leq(size, 63u);
        out[size] = '\0';
        found = found || strstr((const char *)out, "[1,\"from the second\"]");
    }
    cr_expect(found);
}
