/* The mutator of the fuzz targets that read documents. */
#include <criterion/criterion.h>

#include <numres.h>
#include <stdint.h>
#include <string.h>

#include "input.h"
#include "mutator_draft.h"
#include "mutator_page.h"
#include "mutator_tree.h"
#include "trace.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second,
                                 size_t second_size, uint8_t *out, size_t max_size,
                                 unsigned int seed);

/* Replaces libFuzzer's. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size) {
    if (size < max_size) {
        data[size++] = '?';
    }
    return size;
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

/* ---- nearly regular pages ---- */

static size_t count_of(const char *text, const char *part) {
    size_t count = 0;
    while ((text = strstr(text, part)) != NULL) {
        text++;
        count++;
    }
    return count;
}

/* Parts of every regular phone number. */
static const char *const regular_parts[] = {
    "{\"created_at\":\"2026-01-03T09:31:28.24",
    "Z\",\"errors\":\"\",\"expired\":false,\"expired_at\":\"2026-01-03T10:01:28.10",
    "Z\",\"id\":\"3f0c8c1e-6a54-4a0e-9a35-3c1b0e70",
    "\",\"phone_number\":\"+1312555",
    "\",\"record_type\":\"reserved_phone_number\",\"status\":\"success\"",
    ",\"updated_at\":\"2026-01-03T09:31:46.91",
};
enum { REGULAR_PARTS = sizeof regular_parts / sizeof regular_parts[0] };

/* Two deviations break at most two parts each. */
static void expect_nearly_regular(const char *text) {
    size_t numbers = 0;
    size_t parts = 0;
    for (size_t at = 0; at < REGULAR_PARTS; at++) {
        size_t count = count_of(text, regular_parts[at]);
        numbers = count > numbers ? count : numbers;
        parts += count;
    }
    cr_assert(numbers > 0 && numbers <= 8, "%zu numbers: %s", numbers, text);
    cr_assert_geq(parts + 4, REGULAR_PARTS * numbers, "%s", text);
}

Test(fuzz_mutator, makes_nearly_regular_pages) {
    static draft draft;
    static char text[4096 + 1];
    for (unsigned int seed = 0; seed < 20000; seed++) {
        draft.text = (uint8_t *)text;
        draft.length = 0;
        draft.capacity = sizeof(text) - 1;
        draft.random = seed;
        draft_start_page(&draft);
        text[draft.length] = '\0';
        if (strlen(text) == draft.length) { /* no byte became 0 */
            expect_nearly_regular(text);
        }
    }
}

/* Each byte of the settings is changed; a document without settings gets them. */
Test(fuzz_mutator, changes_each_setting) {
    static const char document[] = "{\"data\":[{}]}";
    bool added = false;
    bool set[INPUT_SETTINGS] = {false};
    for (unsigned int seed = 0; seed < 20000; seed++) {
        uint8_t data[4096] = {INPUT_MARKER};
        size_t before = seed % 2 == 0 ? 0 : INPUT_SETTINGS + 1;
        memcpy(data + before, document, strlen(document));
        size_t size = LLVMFuzzerCustomMutator(data, before + strlen(document), sizeof(data), seed);
        if (size <= INPUT_SETTINGS || data[0] != INPUT_MARKER) {
            continue;
        }
        added = added || before == 0;
        for (size_t place = 0; place < INPUT_SETTINGS; place++) {
            set[place] = set[place] || data[1 + place] != 0;
        }
    }
    cr_expect(added);
    for (size_t place = 0; place < INPUT_SETTINGS; place++) {
        cr_expect(set[place], "setting %zu", place);
    }
}

/* ---- reservations that are delivered ---- */

/* Does the same as the mutator's reaches_reservation(), which is tested here, but is
   written independently, so that it does not share its errors. */
static bool reaches(const uint8_t *data, size_t size) {
    trace seen = {.counts_only = true};
    fuzz_input input = fuzz_input_of(data, size);
    numres_options options = fuzz_input_options(&input);
    numres_handlers handlers = trace_handlers();
    numres_parse(input.document, input.length, &options, &handlers, &seen, NULL);
    return seen.came[NUMRES_EVENT_RESERVATION] > 0;
}

/* Starts from one document and keeps changing the result, as a fuzzer does. */
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

/* If no change makes a reservation come, a part of the document is put into another
   document, and settings that would keep its reservations back are cleared. */
Test(fuzz_mutator, saves_a_document_of_which_nothing_comes) {
    static const char document[] = "[[\"of the old\"]]";
    static const size_t hiding[] = {INPUT_DEPTH, INPUT_DOCUMENT_SIZE, INPUT_STOP, INPUT_LEAVE_OUT,
                                    INPUT_MISSING};
    bool saved = false;
    bool softened = false;
    for (unsigned int seed = 0; seed < 200; seed++) {
        uint8_t data[4096 + 1] = {INPUT_MARKER};
        size_t before = seed % 2 == 0 ? 0 : INPUT_SETTINGS + 1;
        if (before > 0) {
            data[1 + INPUT_FLAGS] = INPUT_FLAG_BARE | INPUT_FLAG_STRICT;
            for (size_t at = 0; at < sizeof(hiding) / sizeof(hiding[0]); at++) {
                data[1 + hiding[at]] = 1;
            }
        }
        memcpy(data + before, document, strlen(document));
        size_t size = LLVMFuzzerCustomMutator(data, before + strlen(document), 4096, seed);
        data[size] = '\0';
        if (!reaches(data, size)) {
            continue;
        }
        saved = saved || (before == 0 && data[0] == '{' && strstr((char *)data, "of the old"));
        bool is_soft = before > 0 && data[1 + INPUT_FLAGS] == 0;
        for (size_t at = 0; at < sizeof(hiding) / sizeof(hiding[0]); at++) {
            is_soft = is_soft && data[1 + hiding[at]] == 0;
        }
        softened = softened || is_soft;
    }
    cr_expect(saved);
    cr_expect(softened);
}

Test(fuzz_mutator, lives_with_little_room) {
    for (unsigned int seed = 0; seed < 500; seed++) {
        uint8_t data[20] = "{\"data\":[1]}";
        size_t size = seed % 13;
        size_t changed = LLVMFuzzerCustomMutator(data, size, sizeof(data), seed);
        cr_assert(changed > 0 && changed <= sizeof(data), "seed %u: %zu bytes", seed, changed);
    }
}

Test(fuzz_mutator, makes_no_page_where_it_does_not_fit) {
    static draft draft;
    for (unsigned int seed = 0; seed < 500; seed++) {
        uint8_t data[900 + 1] = "{}";
        data[900] = 0x5A;
        draft.text = data;
        draft.length = 2;
        draft.capacity = 900;
        draft.random = seed;
        draft_start_page(&draft);
        cr_assert(draft.length == 2 || (draft.length > 600 && draft.length <= 900));
        cr_assert_eq(data[900], 0x5A);
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
