/*
 * What a surprise costs, by the counters: the general lane goes on after the members that the
 * fast lane has read, and yajl reads nothing where the rest of an object has no containers.
 * Linked with a library that counts.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "counting.h"

enum { LONG = 4000, MANY = 300 };

static char *put_long(char *to, size_t length) {
    memset(to, 'x', length);
    return to + length;
}

/* Checks that the general lane reads hardly more than `after` of a page that has a text of 4,000
   bytes between `before` and `after`. */
static void expect_text_read_once(const char *words, const char *before, const char *after) {
    char page[LONG + 512];
    char *to = counting_put(put_long(counting_put(page, before), LONG), after);
    uint64_t most = strlen(after) + 64;
    read_automatically(words, page, (size_t)(to - page), SIZE_MAX);
    cr_expect_gt(numres_counts[NUMRES_COUNT_GATE], 0, "%s: no surprise", after);
    cr_expect_lt(numres_counts[NUMRES_COUNT_GATE], most, "%s: %llu", after,
                 (unsigned long long)numres_counts[NUMRES_COUNT_GATE]);
    cr_expect_eq(numres_counts[NUMRES_COUNT_UNESCAPE], 0, "%s", after);
}

#define NUMBERS "{'data':[{'phone_numbers':["

Test(counted_surprises, members_before_a_surprise_are_not_read_again) {
    expect_text_read_once("", NUMBERS "{'id':'", "','status':7}]}]}");
    expect_text_read_once("", NUMBERS "{},\n {'id':'", "','record_type':{}}]}]}");
    expect_text_read_once("require-members", NUMBERS "{'errors':'", "'}]}]}");
    expect_text_read_once("", "{'data':[{'customer_reference':'", "','id':7}]}");
    expect_text_read_once("", "{'errors':[{'detail':'", "','title':7}]}");
}

/* How much yajl reads of a page that begins with `before` and ends with `after`, and has calm
   numbers between. */
static uint64_t yajl_of(const char *before, const char *after) {
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, before);
    for (int at = 0; at < MANY; at++)
        to = counting_put(to, "{'id':'a','status':'pending'},");
    to = counting_put(counting_put(to, "{}]"), after);
    read_automatically("", page, (size_t)(to - page), SIZE_MAX);
    free(page);
    cr_expect_gt(numres_counts[NUMRES_COUNT_GATE], 0, "%s %s: no surprise", before, after);
    cr_expect_lt(numres_counts[NUMRES_COUNT_GATE], 120, "%s %s", before, after);
    return numres_counts[NUMRES_COUNT_YAJL];
}

Test(counted_surprises, yajl_does_not_read_the_rest_of_a_flat_object) {
    cr_expect_eq(yajl_of(NUMBERS "{'id':7},", "}]}"), 0, "a number's first member");
    cr_expect_eq(yajl_of(NUMBERS "{'id':'a','status':7,'errors':''},", "}]}"), 0);
    cr_expect_eq(yajl_of(NUMBERS "{'id':'a','status':'odd\\n'},", "}]}"), 0, "an open token");
    cr_expect_eq(yajl_of(NUMBERS, ",'id':7,'status':'pending'}]}"), 0, "a tail");
    cr_expect_eq(yajl_of(NUMBERS, "}],'meta':{'page_size':1,'page_number':'x'}}"), 0);
}

Test(counted_surprises, yajl_does_not_read_a_head) {
    cr_expect_eq(yajl_of("{'data':[{'id':7,'phone_numbers':[", "}]}"), 0);
    cr_expect_eq(yajl_of("{'data':[{'id':'a','status':7,'phone_numbers':[", "}]}"), 0);
}

/* What is not flat, or is no object, is yajl's. */
Test(counted_surprises, yajl_reads_all_else) {
    cr_expect_gt(yajl_of(NUMBERS "7,", "}]}"), 0);
    cr_expect_gt(yajl_of(NUMBERS "{'id':7,'x':{'y':1}},", "}]}"), 0);
    cr_expect_gt(yajl_of("{'data':[{'id':7,'x':{'y':1},'phone_numbers':[", "}]}"), 0);
}

/* How many bytes are read member by member of a page with this number between others that are
   all alike. */
static uint64_t read_by_members_around(const char *odd) {
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, NUMBERS);
    for (int at = 0; at < MANY; at++)
        to = counting_put(to, at == MANY / 2 ? odd : "{'id':'a','status':'pending'},");
    to = counting_put(to, "{}]}]}");
    read_automatically("", page, (size_t)(to - page), SIZE_MAX);
    free(page);
    return numres_counts[NUMRES_COUNT_FAST_MEMBERS];
}

/* Shapes are learned again only where yajl or an open token has overwritten them. */
Test(counted_surprises, shapes_outlast_surprises_in_flat_objects) {
    uint64_t alike = read_by_members_around("{'id':'b','status':'pending'},");
    uint64_t half_a_number = strlen("{'id':'a','status':'pending'}") / 2;
    cr_expect_lt(read_by_members_around("{'id':'a','status':'odd'},"), alike + half_a_number);
    cr_expect_gt(read_by_members_around("{'status':'odd','x':{'y':1}},"), alike + half_a_number);
    cr_expect_gt(read_by_members_around("{'status':'\\n'},"), alike + half_a_number);
}

/* Reads a page of numbers with a text of this length each, in chunks. Returns how often
   each of its bytes is searched for the end of a text or the element. */
static double times_searched(size_t length, size_t chunk) {
    enum { NUMBERS_OF_PAGE = 3 };
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, NUMBERS);
    for (int at = 0; at < NUMBERS_OF_PAGE; at++) {
        to = put_long(counting_put(to, at > 0 ? ",{'errors':'" : "{'errors':'"), length);
        to = counting_put(to, "'}");
    }
    to = counting_put(to, "]}]}");
    read_automatically("", page, (size_t)(to - page), chunk);
    double size = (double)(to - page);
    free(page);
    return (double)numres_counts[NUMRES_COUNT_SINGLE_VALUE] / size;
}

/* A text that several chunks hold is searched in the first one, and once more when it has come
   whole; one that is too long for the carry is searched no second time. */
Test(counted_surprises, long_texts_are_not_searched_again_and_again) {
    cr_expect_lt(times_searched(2900, 1448), 1.9, "%f", times_searched(2900, 1448));
    cr_expect_lt(times_searched(3900, 1448), 0.4, "%f", times_searched(3900, 1448));
    cr_expect_lt(times_searched(12000, 1448), 0.15, "%f", times_searched(12000, 1448));
}
