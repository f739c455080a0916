#include "both_lanes.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "records.h"

static const numres_simd levels[] = {NUMRES_SIMD_BASELINE, NUMRES_SIMD_AVX2};
enum { LEVELS = sizeof(levels) / sizeof(levels[0]) };

struct both_lanes {
    const char *document;
    size_t length;
    const char *words;
    reader general;
    reader fast[LEVELS];
};

static bool has_level(size_t level) {
    return numres_simd_name(levels[level]) != NULL;
}

static both_lanes *open_unread(const char *document, size_t length, const char *words) {
    both_lanes *both = calloc(1, sizeof *both);
    reading_options options;
    both->document = document;
    both->length = length;
    both->words = words;
    cr_assert(reading_options_parse(&options, words));
    options.parser.lane = NUMRES_LANE_GENERAL;
    reader_create(&both->general, &options, document, length);
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    for (size_t level = 0; level < LEVELS && has_level(level); level++) {
        options.parser.simd = levels[level];
        reader_create(&both->fast[level], &options, document, length);
    }
    return both;
}

both_lanes *both_lanes_open(const char *document, size_t length, const char *words) {
    both_lanes *both = open_unread(document, length, words);
    reader_read_chunks(&both->general, length + 1, false);
    return both;
}

void both_lanes_close(both_lanes *both) {
    reader_destroy(&both->general);
    for (size_t level = 0; level < LEVELS && has_level(level); level++) {
        reader_destroy(&both->fast[level]);
    }
    free(both);
}

static void expect_same(const both_lanes *both, size_t level, const char *how, size_t place) {
    const trace *general = &both->general.trace;
    const trace *fast = &both->fast[level].trace;
    if (text_buffer_equal(&general->lines, &fast->lines) &&
        text_buffer_equal(&general->sentences, &fast->sentences)) {
        return;
    }
    fprintf(stderr, "%s, options %s, %s %zu:\n%.*s\ngeneral:\n%s\nfast:\n%s\n",
            numres_simd_name(levels[level]), both->words, how, place, (int)both->length,
            both->document, general->lines.bytes, fast->lines.bytes);
    cr_assert_fail("the lanes differ");
}

void both_lanes_read_chunks(both_lanes *both, size_t chunk, bool pausing) {
    for (size_t level = 0; level < LEVELS && has_level(level); level++) {
        reader_read_chunks(&both->fast[level], chunk == 0 ? both->length + 1 : chunk, pausing);
        expect_same(both, level, pausing ? "paused, chunks of" : "chunks of", chunk);
    }
}

void both_lanes_read_two(both_lanes *both, size_t split, bool pausing) {
    for (size_t level = 0; level < LEVELS && has_level(level); level++) {
        reader_read_two(&both->fast[level], split, pausing);
        expect_same(both, level, pausing ? "paused, cut at" : "cut at", split);
    }
}

void expect_both_lanes(const char *document, size_t length, const char *words, size_t chunk) {
    both_lanes *both = both_lanes_open(document, length, words);
    both_lanes_read_chunks(both, 0, false);
    both_lanes_read_chunks(both, chunk, true);
    both_lanes_close(both);
}

void expect_both_lanes_cut(const char *document, size_t length, const char *words, size_t split) {
    both_lanes *both = both_lanes_open(document, length, words);
    both_lanes_read_two(both, split, split % 2 == 1);
    both_lanes_close(both);
}

void expect_both_lanes_whole_and_cut(const char *document, size_t length, const char *words,
                                     size_t split) {
    both_lanes *both = both_lanes_open(document, length, words);
    both_lanes_read_two(both, length, length % 2 == 1);
    both_lanes_read_two(both, split, split % 2 == 1);
    both_lanes_close(both);
}

static numres_code feed(reader *reader, size_t at, size_t length) {
    const char *bytes = guard_place(&reader->guards[0], reader->document + at, length);
    return numres_parser_feed(reader->parser, bytes, length, NULL);
}

void expect_both_lanes_by(const char *document, size_t split, size_t end, const char *words) {
    for (size_t level = 0; level < LEVELS && has_level(level); level++) {
        both_lanes *both = open_unread(document, end, words);
        numres_code general = feed(&both->general, 0, split);
        numres_code fast = feed(&both->fast[level], 0, split);
        if (general == NUMRES_OK)
            general = feed(&both->general, split, end - split);
        if (fast == NUMRES_OK)
            fast = feed(&both->fast[level], split, end - split);
        expect_same(both, level, "after the cut at", split);
        cr_assert_eq(fast, general, "cut at %zu of\n%.*s\ngeneral %s, fast %s", split, (int)end,
                     document, numres_code_name(general), numres_code_name(fast));
        both_lanes_close(both);
    }
}

void expect_both_lanes_everywhere(const char *text, const char *words) {
    char *document = json(text);
    size_t length = strlen(document);
    document = realloc(document, length + BOTH_LANES_ROOM);
    memset(document + length, ' ', BOTH_LANES_ROOM);
    both_lanes *both = both_lanes_open(document, length + BOTH_LANES_ROOM, words);
    for (size_t split = 0; split <= length; split++) {
        both_lanes_read_two(both, split, split % 2 == 1);
    }
    both_lanes_close(both);
    free(document);
}
