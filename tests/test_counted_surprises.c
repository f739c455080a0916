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

/* The largest flat object has 15 members. */
Test(counted_surprises, yajl_does_not_read_the_end_of_a_large_object) {
    char number[256] = NUMBERS "{";
    for (int members = 1; members < 15; members++)
        strcat(number, "'x':1,");
    strcat(number, "'id':7},");
    cr_expect_eq(yajl_of(number, "}]}"), 0);
}

/* A status that numres does not know yet may come in every record. */
Test(counted_surprises, pages_of_a_new_status_are_read_by_the_fast_lane) {
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, "{'data':[");
    for (int at = 0; at < MANY; at++)
        to = counting_put(
            to, "{'created_at':'2026-01-03T20:37:37.804131Z','customer_reference':'MY REF',"
                "'id':'54496ad6-7bd2-434c-9d7c-01d4f5407269','phone_numbers':[{'created_at':"
                "'2026-01-03T20:37:38.007811Z','errors':'','expired':true,'expired_at':"
                "'2026-01-03T21:07:38.007811Z','id':'a2f09dab-b45c-4316-ae52-1d7a0f4d3872',"
                "'phone_number':'+19549753711','record_type':'reserved_phone_number','status':"
                "'on_hold'}],'record_type':'number_reservation','status':'on_hold'},");
    to = counting_put(to, "{}]}");
    read_automatically("", page, (size_t)(to - page), SIZE_MAX);
    cr_expect_lt(numres_counts[NUMRES_COUNT_GATE], (uint64_t)(to - page) / 10);
    cr_expect_eq(numres_counts[NUMRES_COUNT_YAJL], 0);
    free(page);
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

/* Reads a page of three objects with a text of this length each, in chunks. Returns how often
   each of its bytes is searched for the end of a text. */
static double times_searched(const char *start, const char *object, const char *end, size_t length,
                             size_t chunk) {
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, start);
    for (int at = 0; at < 3; at++)
        to = counting_put(put_long(counting_put(to, object), length), "'},");
    to = counting_put(to, end);
    read_automatically("", page, (size_t)(to - page), chunk);
    double size = (double)(to - page);
    free(page);
    return (double)numres_counts[NUMRES_COUNT_SINGLE_VALUE] / size;
}

/* A text that several chunks hold is searched in the first one, and once more when it has come
   whole; one that is too long for the carry is searched no second time. */
Test(counted_surprises, long_texts_are_not_searched_again_and_again) {
    static const struct {
        size_t length;
        double most;
    } rows[] = {{2900, 1.9}, {3900, 0.4}, {12000, 0.15}};
    for (size_t at = 0; at < sizeof rows / sizeof *rows; at++) {
        double number = times_searched(NUMBERS, "{'errors':'", "{}]}]}", rows[at].length, 1448);
        double head = times_searched("{'data':[", "{'id':'", "{}]}", rows[at].length, 1448);
        cr_expect_lt(number, rows[at].most, "%zu: %f", rows[at].length, number);
        cr_expect_lt(head, rows[at].most, "%zu: %f", rows[at].length, head);
    }
}
