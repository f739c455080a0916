#include "both_lanes.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "records.h"

static const numres_simd levels[] = {NUMRES_SIMD_BASELINE, NUMRES_SIMD_AVX2};
enum { LEVELS = sizeof(levels) / sizeof(levels[0]) };

/* What both readers read. */
typedef struct pair {
    const char *document;
    size_t length;
    const char *words;
    reader general;
    reader fast[LEVELS];
} pair;

static bool has_level(size_t level) {
    return numres_simd_name(levels[level]) != NULL;
}

static void open_pair(pair *pair, const char *document, size_t length, const char *words) {
    reading_options options;
    pair->document = document;
    pair->length = length;
    pair->words = words;
    cr_assert(reading_options_parse(&options, words));
    options.parser.lane = NUMRES_LANE_GENERAL;
    reader_create(&pair->general, &options, document, length);
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    for (size_t level = 0; level < LEVELS && has_level(level); level++) {
        options.parser.simd = levels[level];
        reader_create(&pair->fast[level], &options, document, length);
    }
}

static void close_pair(pair *pair) {
    reader_destroy(&pair->general);
    for (size_t level = 0; level < LEVELS && has_level(level); level++) {
        reader_destroy(&pair->fast[level]);
    }
}

static void expect_same(const pair *pair, size_t level, const char *how, size_t place) {
    const trace *general = &pair->general.trace;
    const trace *fast = &pair->fast[level].trace;
    if (text_buffer_equal(&general->lines, &fast->lines) &&
        text_buffer_equal(&general->sentences, &fast->sentences)) {
        return;
    }
    fprintf(stderr, "%s, options %s, %s %zu:\n%.*s\ngeneral:\n%s\nfast:\n%s\n",
            numres_simd_name(levels[level]), pair->words, how, place, (int)pair->length,
            pair->document, general->lines.bytes, fast->lines.bytes);
    cr_assert_fail("the lanes differ");
}

void expect_both_lanes(const char *document, size_t length, const char *words, size_t chunk) {
    pair pair;
    open_pair(&pair, document, length, words);
    reader_read_chunks(&pair.general, length + 1, false);
    for (size_t level = 0; level < LEVELS && has_level(level); level++) {
        reader_read_chunks(&pair.fast[level], length + 1, false);
        expect_same(&pair, level, "whole", 0);
        reader_read_chunks(&pair.fast[level], chunk, true);
        expect_same(&pair, level, "chunks of", chunk);
    }
    close_pair(&pair);
}

static void expect_cut(pair *pair, size_t split) {
    for (size_t level = 0; level < LEVELS && has_level(level); level++) {
        reader_read_two(&pair->fast[level], split, split % 2 == 1);
        expect_same(pair, level, "cut at", split);
    }
}

void expect_both_lanes_cut(const char *document, size_t length, const char *words, size_t split) {
    pair pair;
    open_pair(&pair, document, length, words);
    reader_read_chunks(&pair.general, length + 1, false);
    expect_cut(&pair, split);
    close_pair(&pair);
}

void expect_both_lanes_whole_and_cut(const char *document, size_t length, const char *words,
                                     size_t split) {
    pair pair;
    open_pair(&pair, document, length, words);
    reader_read_chunks(&pair.general, length + 1, false);
    expect_cut(&pair, length);
    expect_cut(&pair, split);
    close_pair(&pair);
}

static numres_code feed(reader *reader, size_t at, size_t length) {
    const char *bytes = guard_place(&reader->guards[0], reader->document + at, length);
    return numres_parser_feed(reader->parser, bytes, length, NULL);
}

void expect_both_lanes_by(const char *document, size_t split, size_t end, const char *words) {
    for (size_t level = 0; level < LEVELS && has_level(level); level++) {
        pair pair;
        open_pair(&pair, document, end, words);
        numres_code general = feed(&pair.general, 0, split);
        numres_code fast = feed(&pair.fast[level], 0, split);
        if (general == NUMRES_OK)
            general = feed(&pair.general, split, end - split);
        if (fast == NUMRES_OK)
            fast = feed(&pair.fast[level], split, end - split);
        expect_same(&pair, level, "after the cut at", split);
        cr_assert_eq(fast, general, "cut at %zu of\n%.*s\ngeneral %s, fast %s", split, (int)end,
                     document, numres_code_name(general), numres_code_name(fast));
        close_pair(&pair);
    }
}

void expect_both_lanes_everywhere(const char *text, const char *words) {
    char *document = json(text);
    size_t length = strlen(document);
    document = realloc(document, length + BOTH_LANES_ROOM);
    memset(document + length, ' ', BOTH_LANES_ROOM);
    pair pair;
    open_pair(&pair, document, length + BOTH_LANES_ROOM, words);
    reader_read_chunks(&pair.general, pair.length + 1, false);
    for (size_t split = 0; split <= length; split++) {
        expect_cut(&pair, split);
    }
    close_pair(&pair);
    free(document);
}
