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
    for (int i = 0; i < 16; i++)
        strcat(text, "{\"data\":{\"id\":\"x\"}}\n");
    read_automatically("several", text, strlen(text), SIZE_MAX);
    cr_expect_eq(numres_counts[NUMRES_COUNT_CARRY], 0);
}

static char *put_long(char *to, size_t length) {
    memset(to, 'x', length);
    return to + length;
}

/* Checks that the fast lane reads all of the page that ends before `to`. */
static void expect_no_surprise(const char *page, const char *to, size_t chunk) {
    read_automatically("", page, (size_t)(to - page), chunk);
    cr_expect_eq(numres_counts[NUMRES_COUNT_GATE], 0, "chunks of %zu", chunk);
}

/* Numbers and reservations of several chunks are read fast, from the first on, as long as
   they fit in the carry. */
Test(counted_carry, long_elements_fit_in_the_carry) {
    static const size_t chunks[] = {64, 536, 1448, 1537, 4096};
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, "{'data':[");
    for (int at = 0; at < 60; at++) {
        to = put_long(counting_put(to, at == 0 ? "{'id':'" : ",{'id':'"), 2900);
        to = put_long(counting_put(to, "','phone_numbers':[{'id':'a','errors':'"), 2900);
        to = counting_put(to, "','status':'success'}]}");
    }
    to = counting_put(to, "]}");
    for (size_t at = 0; at < sizeof chunks / sizeof *chunks; at++)
        expect_no_surprise(page, to, chunks[at]);
    free(page);
}

/* So are numbers whose texts have braces, where they do not end: all of the chunk that fits is
   tried after the first brace. */
Test(counted_carry, long_elements_with_a_brace_in_a_text) {
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, "{'data':[{'phone_numbers':[{'id':'a','errors':''}");
    for (int at = 0; at < 100; at++) {
        to = put_long(counting_put(to, ",{'id':'"), 400);
        to = counting_put(put_long(counting_put(to, "}','errors':'"), 1500), "'}");
    }
    expect_no_surprise(page, counting_put(to, "]}]}"), 4096);
    free(page);
}

/* Numbers about as long as a chunk: each is started in one chunk and resumed in the next. */
Test(counted_carry, numbers_that_lie_in_several_chunks, .timeout = 600) {
    static const size_t texts[] = {0, 100, 300, 700, 1200, 2000, 2600};
    static const size_t chunks[] = {64, 100, 300, 400, 500, 700, 1100, 1448, 2100, 4096};
    char *document = malloc(COUNTED_SIZE + 8192);
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
                read_automatically("", document, length, chunks[i]);
                expect_linear(escaped ? "escaped numbers" : "numbers", length, chunks[i], 0);
            }
        }
    }
    free(document);
}
