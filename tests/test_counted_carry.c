/*
 * What is carried from one chunk to the next, by the counters: each byte about once, and elements
 * of several chunks are read fast. Linked with a library that counts.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "counting.h"
#include "parser/lanes.h"
#include "reading.h"

/* The carry has a tenth of a record's text, within limits. */
Test(counted_carry, the_carry_follows_the_records) {
    static const size_t sizes[][2] = {{1, 384}, {5000, 500}, {32768, 3276}, {1 << 20, 4096}};
    numres_options options = numres_options_default();
    for (size_t at = 0; at < sizeof sizes / sizeof sizes[0]; at++) {
        options.max_record_text = sizes[at][0];
        cr_expect_eq(numres_lanes_carry_size(&options), sizes[at][1]);
    }
}

/* A document that fits the carry is copied whole. If it is one byte longer, only its end
   is copied, which is shorter than the span that pieces read ahead. */
Test(counted_carry, documents_about_as_long_as_the_carry) {
    numres_options options = numres_options_default();
    const size_t longest = numres_lanes_carry_size(&options);
    numres_parser *parser = NULL;
    char *text = malloc(longest + 1);
    cr_assert_eq(numres_parser_create(&parser, &options, NULL, NULL), NUMRES_OK);
    for (size_t length = longest; length <= longest + 1; length++) {
        memset(text, ' ', length);
        memcpy(text, "{\"data\":[", 9);
        memcpy(text + length - 2, "]}", 2);
        memset(numres_counts, 0, sizeof numres_counts);
        cr_assert_eq(numres_parser_feed(parser, text, length, NULL), NUMRES_OK);
        cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
        numres_parser_reset(parser);
        if (length == longest)
            cr_expect_eq(numres_counts[NUMRES_COUNT_CARRY], length);
        else
            cr_expect_lt(numres_counts[NUMRES_COUNT_CARRY], NUMRES_FAST_SPAN);
    }
    numres_parser_destroy(parser);
    free(text);
}

/* Short documents that share a chunk are not copied. */
Test(counted_carry, short_documents) {
    char text[400] = "";
    reading_options options;
    trace given = {0};
    for (int i = 0; i < 16; i++)
        strcat(text, "{\"data\":{\"id\":\"x\"}}\n");
    cr_assert(reading_options_parse(&options, "several"));
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    cr_assert_eq(read_counting(&options, text, strlen(text), SIZE_MAX, &given), NUMRES_OK);
    cr_expect_eq(numres_counts[NUMRES_COUNT_CARRY], 0);
}

/* Numbers and reservations of several chunks are read fast, from the first on, as long as
   they fit in the carry. */
Test(counted_carry, long_elements_fit_in_the_carry) {
    static const size_t chunks[] = {64, 536, 1448, 1537, 4096};
    char *page = malloc(COUNTED_SIZE);
    reading_options options;
    trace given = {0};
    char *to = counting_put(page, "{'data':[");
    for (int at = 0; at < 60; at++) {
        to = counting_put(to, at == 0 ? "{'id':'" : ",{'id':'");
        memset(to, 'x', 2900);
        to = counting_put(to + 2900, "','phone_numbers':[{'id':'a','errors':'");
        memset(to, 'x', 2900);
        to = counting_put(to + 2900, "','status':'success'}]}");
    }
    size_t length = (size_t)(counting_put(to, "]}") - page);
    cr_assert(reading_options_parse(&options, ""));
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    for (size_t at = 0; at < sizeof chunks / sizeof *chunks; at++) {
        cr_assert_eq(read_counting(&options, page, length, chunks[at], &given), NUMRES_OK);
        cr_expect_eq(numres_counts[NUMRES_COUNT_GATE], 0, "chunks of %zu", chunks[at]);
    }
    free(page);
}

/* So are numbers whose texts have braces, where they do not end: all of the chunk that fits is
   tried after the first brace. */
Test(counted_carry, long_elements_with_a_brace_in_a_text) {
    char *page = malloc(COUNTED_SIZE);
    reading_options options;
    trace given = {0};
    char *to = counting_put(page, "{'data':[{'phone_numbers':[{'id':'a','errors':''}");
    for (int at = 0; at < 100; at++) {
        to = counting_put(to, ",{'id':'");
        memset(to, 'x', 400);
        to = counting_put(to + 400, "}','errors':'");
        memset(to, 'x', 1500);
        to = counting_put(to + 1500, "'}");
    }
    size_t length = (size_t)(counting_put(to, "]}]}") - page);
    cr_assert(reading_options_parse(&options, ""));
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    cr_assert_eq(read_counting(&options, page, length, 4096, &given), NUMRES_OK);
    cr_expect_eq(numres_counts[NUMRES_COUNT_GATE], 0);
    free(page);
}

/* Numbers about as long as a chunk: each is started in one chunk and resumed in the next. */
Test(counted_carry, numbers_that_lie_in_several_chunks, .timeout = 600) {
    static const size_t texts[] = {0, 100, 300, 700, 1200, 2000, 2600};
    static const size_t chunks[] = {64, 100, 300, 400, 500, 700, 1100, 1448, 2100, 4096};
    char *document = malloc(COUNTED_SIZE + 8192);
    reading_options options;
    cr_assert(reading_options_parse(&options, ""));
    options.parser.lane = NUMRES_LANE_AUTOMATIC;
    for (size_t at = 0; at < sizeof texts / sizeof texts[0]; at++) {
        for (int escaped = 0; escaped < 2; escaped++) {
            char *to = counting_put(document, "{'data':[{'phone_numbers':[");
            while (to < document + COUNTED_SIZE / 10) {
                to = counting_put(to, to[-1] == '[' ? "{'id':'" : ",{'id':'");
                memset(to, 'x', texts[at]);
                to = counting_put(to + texts[at], escaped ? "\\n','status':'pending','errors':'"
                                                          : "','status':'pending','errors':'");
                memset(to, 'y', texts[at]);
                to = counting_put(to + texts[at], escaped ? "\\n'}" : "'}");
            }
            size_t length = (size_t)(counting_put(to, "]}]}") - document);
            for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
                trace given = {0};
                cr_expect_eq(read_counting(&options, document, length, chunks[i], &given),
                             NUMRES_OK);
                expect_linear(escaped ? "escaped numbers" : "numbers", length, chunks[i], 0);
            }
        }
    }
    free(document);
}
