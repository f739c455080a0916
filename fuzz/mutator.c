/*
 * The mutator of documents. It works on members and elements, so that most of its
 * documents stay legal enough to deliver records. Settings (input.h) are changed
 * separately from the document.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "input.h"
#include "mutator_draft.h"
#include "mutator_pieces.h"

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second,
                                 size_t second_size, uint8_t *out, size_t max_size,
                                 unsigned int seed);

/* The settings for answers and limits hide much of the document. They are changed less
   often than those for chunks and pauses, and mostly reset to 0. */
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

/* Starts a new document and puts a value of the old one into it. */
static void transplant(draft *draft, const uint8_t *old, size_t old_length) {
    tree_scan(&draft->tree, old, old_length);
    const tree_node *chosen = draft_any_node(draft);
    tree_node node = chosen ? *chosen : (tree_node){0};
    draft_start_anew(draft);
    tree_scan(&draft->tree, draft->text, draft->length);
    const tree_node *place = draft_inner_node(draft);
    if (place) {
        draft_replace(draft, place->value, place->end - place->value, old + node.value,
                      node.end - node.value);
    }
}

/* Clears the settings that can keep reservations from being delivered. */
static void soften_settings(uint8_t *settings) {
    settings[INPUT_FLAGS] &= (uint8_t) ~(INPUT_FLAG_BARE | INPUT_FLAG_STRICT);
    settings[INPUT_DEPTH] = 0;
    settings[INPUT_DOCUMENT_SIZE] = 0;
    settings[INPUT_STOP] = 0;
    settings[INPUT_LEAVE_OUT] = 0;
    settings[INPUT_MISSING] = 0;
}

/* Most inputs must deliver a reservation; the others may break anything. */
static bool wants_reservation(draft *draft) {
    return draft_chance(draft, 6) > 0;
}

/* Changes the document; if `wanted`, until a reservation is delivered. */
static void change_and_mend(draft *draft, uint8_t *settings, size_t settings_length, bool wanted) {
    size_t old_length = draft->length;
    uint8_t *old = draft_copy(draft, 0, old_length);
    for (int tries = 0; tries < 4; tries++) {
        draft_change(draft);
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
    if (settings == 0 && draft_chance(&draft, 4) == 0 && max_size > size + INPUT_SETTINGS) {
        settings = INPUT_SETTINGS + 1;
        memmove(data + settings, data, size);
        memset(data, 0, settings);
        data[0] = INPUT_MARKER;
        size += settings;
    }
    draft.text = data + settings;
    draft.length = size - settings;
    draft.capacity = max_size - settings;
    bool changes_settings = settings > 0 && draft_chance(&draft, 4) == 0;
    bool wanted = wants_reservation(&draft);
    if (changes_settings) {
        change_settings(data + 1, &draft.random);
    }
    if (!changes_settings || (wanted && !reaches_reservation(data, size))) {
        change_and_mend(&draft, data, settings, wanted);
    }
    return settings + draft.length > 0 ? settings + draft.length : 1;
}

/* Replaces a value of the first document by one of the second. */
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
    const tree_node *node = draft_inner_node(&draft);
    if (node && other.count > 0) {
        const tree_node *taken = &other.nodes[draft_chance(&draft, other.count)];
        draft_replace(&draft, node->value, node->end - node->value, from.document + taken->value,
                      taken->end - taken->value);
    }
    size_t size = settings + draft.length;
    /* 0 makes the fuzzer try something else. */
    return wants_reservation(&draft) && !reaches_reservation(out, size) ? 0 : size;
}
