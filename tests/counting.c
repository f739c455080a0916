#include "counting.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

uint64_t numres_counts[NUMRES_COUNT_PARTS];

static const char *const part_names[NUMRES_COUNT_PARTS] = {
    "parser",    "gate",  "unescape", "lane",   "yajl",    "schema",       "record",  "text",
    "timestamp", "carry", "braces",   "pieces", "members", "single value", "learned", "arrow"};

enum {
    FACTOR = 3,
    ALLOWANCE = 1024,
    /* After a pause the gate and yajl read the rest of a run again, which is then 256
       bytes long, and a new yajl handle is given a prefix. */
    ALLOWANCE_OF_A_PAUSE = 256 + 64
};

static numres_code feed(numres_parser *parser, const char *bytes, size_t length) {
    numres_code code;
    size_t consumed;
    while ((code = numres_parser_feed(parser, bytes, length, &consumed)) == NUMRES_PAUSED) {
        bytes += consumed;
        length -= consumed;
    }
    return code;
}

numres_code read_counting(const reading_options *options, const char *bytes, size_t length,
                          size_t chunk, trace *given) {
    numres_parser *parser;
    numres_handlers handlers = trace_handlers();
    numres_options parser_options = options->parser;
    /* The counting library is built for the baseline only. */
    if (numres_simd_name(parser_options.simd) == NULL)
        parser_options.simd = NUMRES_SIMD_BEST;
    numres_code code = numres_parser_create(&parser, &parser_options, &handlers, given);
    cr_assert_eq(code, NUMRES_OK);
    given->leave_out = options->leave_out;
    given->counts_only = true;
    memset(numres_counts, 0, sizeof numres_counts);
    for (size_t at = 0; code == NUMRES_OK && at < length;) {
        size_t now = length - at < chunk ? length - at : chunk;
        code = feed(parser, bytes + at, now);
        at += now;
    }
    while ((code = numres_parser_finish(parser)) == NUMRES_PAUSED) {
    }
    numres_parser_destroy(parser);
    return code;
}

void read_automatically(const char *words, const char *bytes, size_t length, size_t chunk) {
    reading_options options;
    trace given = {0};
    cr_assert(reading_options_parse(&options, words));
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    cr_assert_eq(read_counting(&options, bytes, length, chunk, &given), NUMRES_OK);
}

void expect_linear(const char *name, size_t length, size_t chunk, uint64_t pauses) {
    uint64_t limit = FACTOR * (uint64_t)length + ALLOWANCE + pauses * ALLOWANCE_OF_A_PAUSE;
    for (size_t part = 0; part < NUMRES_COUNT_PARTS; part++) {
        cr_expect(numres_counts[part] <= limit,
                  "%s, %zu bytes in chunks of %zd, %llu pauses: %s touched %llu", name, length,
                  (ssize_t)chunk, (unsigned long long)pauses, part_names[part],
                  (unsigned long long)numres_counts[part]);
    }
}

char *counting_put(char *to, const char *text) {
    for (; *text; text++) {
        *to++ = (char)(*text == '\'' ? '"' : *text);
    }
    return to;
}
