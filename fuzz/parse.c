/*
 * The input picks options, handlers and their answers, and chunk sizes. Every way of
 * reading its document gives the same trace. observe.h says what is checked of each
 * reading.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "observe.h"

/* The length of the texts' common beginning, in whole lines. */
static size_t common_lines(const char *left, const char *right) {
    size_t line = 0;
    for (size_t at = 0; left[at] && left[at] == right[at]; at++) {
        if (left[at] == '\n') {
            line = at + 1;
        }
    }
    return line;
}

static void expect_same_text(const text_buffer *expected, const text_buffer *actual,
                             const char *name) {
    if (text_buffer_equal(expected, actual)) {
        return;
    }
    const char *left = expected->bytes ? expected->bytes : "";
    const char *right = actual->bytes ? actual->bytes : "";
    size_t line = common_lines(left, right);
    fuzz_fail(__FILE__, __LINE__, "the same trace", "%s:\nexpected %.*s\nbut was  %.*s", name,
              (int)strcspn(left + line, "\n"), left + line, (int)strcspn(right + line, "\n"),
              right + line);
}

/* Reads in another way and compares. */
static void expect_same(const observation *whole, const fuzz_input *input, reading_way way) {
    observation seen;
    observe(&seen, input, &way);
    expect_same_text(&whole->trace.lines, &seen.trace.lines, way.name);
    expect_same_text(&whole->trace.sentences, &seen.trace.sentences, way.name);
    trace_free(&seen.trace);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = fuzz_input_of(data, size);
    unsigned int flags = input.settings[INPUT_FLAGS];
    reading_way whole_way = {.name = "whole", .options = fuzz_input_options(&input)};
    reading_way cut_way = {.name = "in chunks",
                           .options = whole_way.options,
                           .in_chunks = true,
                           .pauses = true,
                           .in_callers_memory = (flags & INPUT_FLAG_CALLERS_MEMORY) != 0,
                           .used_parser = (flags & INPUT_FLAG_USED_PARSER) != 0};
    observation whole;
    observe(&whole, &input, &whole_way);
    expect_same(&whole, &input, cut_way);
    cut_way.options.simd = NUMRES_SIMD_BASELINE;
    expect_same(&whole, &input, cut_way);
    cut_way.options.lane = NUMRES_LANE_GENERAL;
    expect_same(&whole, &input, cut_way);
    fuzz_count_input(whole.all_reservations > 0);
    trace_free(&whole.trace);
    return 0;
}
