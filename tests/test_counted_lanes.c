/*
 * Which code reads a page, by the counters: numbers of a known shape are read by pieces,
 * once; yajl reads only surprises. Linked with a library that counts.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counting.h"
#include "reading.h"
#include "shape_pages.h"

/* The fast lane's counters work: a number split between two chunks is carried; one far
   enough from its chunk's end is read by the shape of those before. */
Test(counted_lanes, the_counters_of_the_fast_lane_count) {
    static const char number[] = "{\"phone_number\":\"+16183290000\",\"status\":\"pending\","
                                 "\"created_at\":\"2018-01-01T00:00:00.000000Z\"}";
    char text[20 * sizeof number + 64] = "{\"data\":{\"phone_numbers\":[";
    for (int count = 0; count < 20; count++)
        strcat(strcat(text, count == 0 ? "" : ","), number);
    strcat(text, "]}}");
    read_automatically("", text, strlen(text), 1000);
    cr_expect_eq(numres_counts[NUMRES_COUNT_GATE], 0, "no surprise");
    cr_expect_eq(numres_counts[NUMRES_COUNT_GATE], 0);
    cr_expect_gt(numres_counts[NUMRES_COUNT_CARRY], 0);
    cr_expect_gt(numres_counts[NUMRES_COUNT_FAST_PIECES], strlen(number) / 2);
    cr_expect_geq(numres_counts[NUMRES_COUNT_FAST_MEMBERS], strlen(number) - 2);
    cr_expect_gt(numres_counts[NUMRES_COUNT_SINGLE_VALUE], 0);
}

/* On the pages of test_shapes, all numbers but the first are read by its shape, not
   member by member. */
Test(counted_lanes, pages_of_like_numbers_are_read_by_shapes) {
    static shape_page page;
    for (size_t style = 0; style < SHAPE_STYLES; style++) {
        shape_page_make(&page, style, "2024-02-29T23:59:59.999999Z", "");
        size_t length = page.ends - page.begins;
        read_automatically("", page.bytes, page.length, SIZE_MAX);
        cr_expect_eq(numres_counts[NUMRES_COUNT_GATE], 0);
        cr_expect_gt(numres_counts[NUMRES_COUNT_FAST_PIECES], (SHAPE_NUMBERS - 1) * (length - 32),
                     "style %zu", style);
        cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], 2 * length, "style %zu", style);
    }
}

/* This many equal numbers, written with ' for ". */
typedef struct run {
    const char *number;
    int count;
} run;

/* Reads a reservation with these numbers by the fast lane. */
static void read_runs(const run *runs, size_t count, const char *words, size_t chunk) {
    static char text[16384];
    size_t length = (size_t)sprintf(text, "{\"data\":{\"phone_numbers\":[");
    for (size_t at = 0; at < count; at++) {
        for (int i = 0; i < runs[at].count; i++) {
            length += (size_t)sprintf(text + length, "%s%s", at + (size_t)i > 0 ? "," : "",
                                      runs[at].number);
        }
    }
    length += (size_t)sprintf(text + length, "]}}%*s", 700, "");
    for (char *quote = text; (quote = strchr(quote, '\'')) != NULL;)
        *quote = '"';
    read_automatically(words, text, length, chunk);
}

/* Containers that are skipped in a number are no surprise, as deep as max_depth allows. */
Test(counted_lanes, unknown_containers_in_numbers) {
    const run runs[] = {{"{'id':'a','x':[{'y':[]}],'status':'pending'}", 20}};
    read_runs(runs, 1, "", SIZE_MAX);
    cr_expect_eq(numres_counts[NUMRES_COUNT_GATE], 0);
    read_runs(runs, 1, "max-depth=7", SIZE_MAX);
    cr_expect_eq(numres_counts[NUMRES_COUNT_GATE], 0);
}

/* When the shape of the numbers changes, the new one is learned; after a surprise one is
   learned again; numbers at a chunk's end are read by it. */
Test(counted_lanes, shapes_are_learned_anew) {
    static const char number[] = "{'id':'8621a03f-e0bb-4b7b-8e1f-7555983aa92f','status':'pending',"
                                 "'phone_number':'+16183290000'}";
    static const char other[] = "{'phone_number':'+16183290000','status':'pending',"
                                "'created_at':'2018-01-01T00:00:00.000000Z'}";
    const run changed[] = {{number, 12}, {other, 40}};
    const run surprised[] = {{number, 12}, {"{'status':'odd'}", 1}, {number, 40}};
    const run alike[] = {{number, 52}};
    const size_t length = sizeof number;
    read_runs(changed, 2, "", SIZE_MAX);
    cr_expect_eq(numres_counts[NUMRES_COUNT_GATE], 0);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], 12 * length);
    read_runs(surprised, 3, "", SIZE_MAX);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], 5 * length);
    read_runs(alike, 1, "", 8 * length + 17);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], 52 * length / 4);
    cr_expect_geq(numres_counts[NUMRES_COUNT_FAST_PIECES], 51 * (length - 1));
    cr_expect_lt(numres_counts[NUMRES_COUNT_UNESCAPE], length, "read again byte by byte");
}

/* In numbers of one shape, the last text may have any length. */
Test(counted_lanes, last_texts_of_other_lengths) {
    static const char none[] = "{'id':'8621a03f-e0bb-4b7b','status':'pending','errors':''}";
    static const char some[] = "{'id':'8621a03f-e0bb-4b7b','status':'success','errors':'some'}";
    const run runs[] = {{none, 1}, {some, 1}, {none, 2}, {some, 3}, {none, 1}, {some, 1}};
    read_runs(runs, sizeof runs / sizeof runs[0], "", SIZE_MAX);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], 2 * sizeof none);
}

/* A number that no try could end is a surprise. Numbers that later chunks cut are tried as
   often as any, so that yajl reads none of them. */
Test(counted_lanes, tries_begin_anew_with_each_number) {
    enum { LONG = 4500, CHUNK = 1448 };
    static const char number[] = "{'id':'8621a03f-e0bb-4b7b','status':'pending',"
                                 "'phone_number':'+16183290000','errors':''}";
    static const char begin[] = "{'id':'";
    char braces[LONG + 1];
    memset(braces, '}', LONG);
    memcpy(braces, begin, sizeof begin - 1);
    strcpy(braces + LONG - 2, "'}");
    for (int before = 10; before < 50; before++) {
        const run runs[] = {{number, before}, {braces, 1}, {number, 70}};
        read_runs(runs, 3, "", CHUNK);
        cr_expect_lt(numres_counts[NUMRES_COUNT_GATE], LONG / 2, "%d before", before);
    }
}

/* From a member that fits no piece on, its number is read by members; the next one is read by
   pieces again. */
Test(counted_lanes, pieces_go_on_after_a_number_with_another_member) {
    static const char number[] = "{'id':'8621a03f-e0bb-4b7b','status':'pending',"
                                 "'phone_number':'+16183290000','errors':'none'}";
    static const char other[] = "{'id':'8621a03f-e0bb-4b7b','new':1,'status':'pending',"
                                "'phone_number':'+16183290000','errors':'none'}";
    const run runs[] = {{number, 12}, {other, 1}, {number, 12}};
    read_runs(runs, 3, "", SIZE_MAX);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], sizeof number + sizeof other);
    cr_expect_geq(numres_counts[NUMRES_COUNT_FAST_PIECES], 23 * (sizeof number - 1));
}

/* Successive documents with the same parser: each is copied once and read once, by pieces
   up to its end, although nothing as long as usual follows it. */
Test(counted_lanes, documents_of_a_known_shape_are_read_by_pieces) {
    static const char document[] =
        "{\"data\":[{\"id\":\"8621a03f\",\"phone_numbers\":[{\"id\":\"a\",\"errors\":\"\"}],"
        "\"status\":\"pending\",\"user_id\":\"u\"}],\"meta\":{\"page_number\":1,\"page_size\":25,"
        "\"total_pages\":1,\"total_results\":1}}";
    static const char names[] = "\"data\"\"meta\"}";
    numres_parser *parser = NULL;
    cr_assert_eq(numres_parser_create(&parser, NULL, NULL, NULL), NUMRES_OK);
    for (int round = 0; round < 3; round++) {
        memset(numres_counts, 0, sizeof numres_counts);
        cr_assert_eq(numres_parser_feed(parser, document, strlen(document), NULL), NUMRES_OK);
        cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
        numres_parser_reset(parser);
    }
    cr_expect_eq(numres_counts[NUMRES_COUNT_GATE], 0);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], sizeof names + 8);
    cr_expect_gt(numres_counts[NUMRES_COUNT_FAST_PIECES], sizeof document - 48);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_PIECES], sizeof document);
    cr_expect_eq(numres_counts[NUMRES_COUNT_CARRY], strlen(document));
    numres_parser_destroy(parser);
}

/* Pieces are used only if the limits leave room for the short texts that they do not
   check: tested at just enough room and one less. */
Test(counted_lanes, pieces_are_used_where_the_limits_leave_room) {
    static const struct {
        const char *words;
        bool used;
    } rows[] = {{"max-value=64", true},
                {"max-value=63", false},
                {"max-value=64 max-text=1025", true},
                {"max-value=64 max-text=1024", false}};
    const run runs[] = {{"{'id':'a'}", 52}}; /* each takes one byte of text */
    for (size_t at = 0; at < sizeof rows / sizeof *rows; at++) {
        read_runs(runs, 1, rows[at].words, SIZE_MAX);
        cr_expect_eq(numres_counts[NUMRES_COUNT_FAST_PIECES] > 0, rows[at].used, "%s",
                     rows[at].words);
    }
}

/* At a chunk's end, members are read in the expected order too, from a copy. */
Test(counted_lanes, members_at_the_end_of_chunks) {
    static const char number[] = "{'id':'8621a03f-e0bb-4b7b-8e1f-7555983aa92f','status':'pending',"
                                 "'x':1,'phone_number':'+16183290000','errors':''}";
    const run runs[] = {{number, 52}};
    read_runs(runs, 1, "", 8 * sizeof number + 17);
    cr_expect_geq(numres_counts[NUMRES_COUNT_FAST_PIECES], 51 * (sizeof number - 4));
    cr_expect_lt(numres_counts[NUMRES_COUNT_UNESCAPE], 2 * sizeof number);
}

/* The texts of earlier numbers take no room from a number that is read by members. */
Test(counted_lanes, each_number_has_its_own_room) {
    const run runs[] = {{"{'errors':'1234567890','id':'a'}", 20},
                        {"{'id':'a','errors':'123456789'}", 1},
                        {"{'id':'1234567890','phone_number':'+1'}", 1},
                        {"{'phone_number':'+1','id':'12345678901234567890'}", 9}};
    read_runs(runs, 4, "max-text=40", SIZE_MAX);
    cr_expect_eq(numres_counts[NUMRES_COUNT_GATE], 0);
    const run unlike[] = {{"{'id':'1234567890','x':1}", 30}};
    read_runs(unlike, 1, "max-text=40", SIZE_MAX);
    cr_expect_leq(numres_counts[NUMRES_COUNT_GATE], 30 * strlen("1}"), "no more than the numerals");
}

/* A page of reservations of the shape that the API sends, with numbers of alternating
   shapes and a reference that is sometimes null. */
static size_t write_usual_page(char *page) {
    char *to = counting_put(page, "{'data':[");
    for (int count = 0; count < 200; count++) {
        to = counting_put(to, count == 0 ? "{" : ",{");
        to = counting_put(to, "'created_at':'2026-01-03T20:37:37.804131Z','customer_reference':");
        to = counting_put(to, count % 5 == 0 ? "null" : "'MY REF'");
        to = counting_put(to, ",'id':'54496ad6-7bd2-434c-9d7c-01d4f5407269','phone_numbers':[");
        for (int number = 0; number < 3; number++) {
            to = counting_put(to, number == 0 ? "{" : ",{");
            to = counting_put(to, "'created_at':'2026-01-03T20:37:38.007811Z',");
            to = counting_put(to, (count + number) % 3 == 0 ? "" : "'errors':'',");
            to = counting_put(to, "'expired':true,'id':'a2f09dab-b45c-4316-ae52-1d7a0f4d3872',");
            to = counting_put(to, number == 1 ? "'phone_number':'+4420',"
                                              : "'phone_number':'+19549753711',");
            to = counting_put(to, "'record_type':'reserved_phone_number','status':'success'}");
        }
        to = counting_put(to, "],'record_type':'number_reservation','status':'success'}");
    }
    to = counting_put(to, "],'meta':{'total_pages':1}}");
    return (size_t)(to - page);
}

/* What a usual page may cost: pieces read each byte about once, apart from comparing a
   shape that then does not fit; and if chunks are shorter than the objects, each byte is
   carried about once. */
Test(counted_lanes, usual_pages_are_read_once) {
    static const size_t chunks[] = {16, 64, 200, 1448, SIZE_MAX};
    char *page = malloc(COUNTED_SIZE);
    size_t length = write_usual_page(page);
    for (size_t at = 0; at < sizeof chunks / sizeof chunks[0]; at++) {
        size_t chunk = chunks[at];
        read_automatically("", page, length, chunk);
        /* The gate reads literals that no piece holds. */
        cr_expect_lt(numres_counts[NUMRES_COUNT_GATE], 200, "no surprise");
        cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_MEMBERS], length / 20, "%zu: %llu", chunk,
                     (unsigned long long)numres_counts[NUMRES_COUNT_FAST_MEMBERS]);
        cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_PIECES], length * 6 / 5, "%zu: %llu", chunk,
                     (unsigned long long)numres_counts[NUMRES_COUNT_FAST_PIECES]);
        cr_expect_lt(numres_counts[NUMRES_COUNT_CARRY],
                     chunk < 1000 ? length * 3 / 2 : length / 2 + 1024, "%zu: %llu", chunk,
                     (unsigned long long)numres_counts[NUMRES_COUNT_CARRY]);
        /* Once in each chunk, and once more from the start of the element. */
        cr_expect_lt(numres_counts[NUMRES_COUNT_BRACES], length * 9 / 4, "%zu: %llu", chunk,
                     (unsigned long long)numres_counts[NUMRES_COUNT_BRACES]);
    }
    free(page);
}

/* While each of many numbers has a new shape, pieces are not tried for all of them; they
   are again once numbers are alike. */
Test(counted_lanes, numbers_of_new_shapes_are_read_by_members) {
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, "{'data':[{'phone_numbers':[");
    for (int at = 0; at < 400; at++) {
        char number[1024];
        int spaces = at < 200 ? at : 1;
        snprintf(number, sizeof number, "%s{'id':%*s'a','errors':%*s'','phone_number':%*s'+1'}",
                 at > 0 ? "," : "", spaces, "", spaces, "", spaces, "");
        to = counting_put(to, number);
    }
    to = counting_put(to, "]}]}");
    read_automatically("", page, (size_t)(to - page), SIZE_MAX);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_PIECES], (uint64_t)(to - page) / 4);
    cr_expect_geq(numres_counts[NUMRES_COUNT_FAST_PIECES], 100 * strlen("{'id': 'a'"));
    free(page);
}

/* So are numbers in which pieces fit, but members that fit none come often. */
Test(counted_lanes, numbers_with_many_new_members_are_read_by_members) {
    enum { NUMBERS = 100 };
    char numbers[NUMBERS][128];
    run runs[NUMBERS];
    for (int at = 0; at < NUMBERS; at++) {
        snprintf(numbers[at], sizeof numbers[at],
                 "{'id':'a','n%d':1,'errors':'','phone_number':'+1','m%d':2,'status':'success'}",
                 at, at);
        runs[at] = (run){numbers[at], 1};
    }
    read_runs(runs, NUMBERS, "", SIZE_MAX);
    cr_expect_lt(numres_counts[NUMRES_COUNT_FAST_PIECES], NUMBERS * strlen(numbers[0]) / 4);
    cr_expect_gt(numres_counts[NUMRES_COUNT_FAST_PIECES], strlen(numbers[0]), "none is tried");
}

/* Learning costs a second look at an object. Where no shape comes twice, it backs off. */
Test(counted_lanes, learning_backs_off_where_no_shape_repeats) {
    enum { NUMBERS = 4000 };
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, "{'data':[{'phone_numbers':[{}");
    for (int at = 0; at < NUMBERS; at++) {
        char number[160];
        snprintf(number, sizeof number, ",{%*s'id':%*s'a'}", at % 64, "", at / 64, "");
        to = counting_put(to, number);
    }
    to = counting_put(to, "]}]}");
    read_automatically("", page, (size_t)(to - page), SIZE_MAX);
    cr_expect_gt(numres_counts[NUMRES_COUNT_LEARNED], 0);
    cr_expect_lt(numres_counts[NUMRES_COUNT_LEARNED], (uint64_t)(to - page) / 20);
    free(page);
}
