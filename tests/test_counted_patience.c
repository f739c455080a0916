/*
 * How long the general lane keeps a page after surprises, by the counters: longer and longer
 * while they go on, and hardly at all once they have ended. Linked with a library that counts.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "counting.h"

/* A list of surprises, then calm records, then `more` surprises, then calm ones again. */
typedef struct moods {
    const char *start;
    const char *calm;
    const char *odd;
} moods;

static uint64_t yajl_of_moods(const moods *page_of, unsigned int more) {
    const unsigned int counts[] = {64, 4000, more, 1000};
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, page_of->start);
    for (size_t phase = 0; phase < 4; phase++) {
        for (unsigned int at = 0; at < counts[phase]; at++) {
            to = counting_put(to, phase % 2 == 0 ? page_of->odd : page_of->calm);
        }
    }
    to = counting_put(to, "{}]}");
    read_automatically("", page, (size_t)(to - page), SIZE_MAX);
    free(page);
    return numres_counts[NUMRES_COUNT_YAJL];
}

/* Frequent surprises make the general lane keep more and more records. After many records
   without one, it keeps a single record again. */
Test(counted_patience, patience_ends_with_the_surprises) {
    static const moods pages[] = {
        {"{'data':[", "{'id':'a','status':'success','phone_numbers':[]},",
         "{'id':'a','status':'odd','x':[[]],'phone_numbers':[]},"},
        {"{'errors':[", "{'code':'1','title':'t'},", "{'code':'1','title':7,'x':[[]]},"}};
    for (size_t at = 0; at < 2; at++) {
        uint64_t none = yajl_of_moods(&pages[at], 0);
        uint64_t one = yajl_of_moods(&pages[at], 1);
        cr_expect_gt(none, 0);
        cr_expect_gt(one, none);
        cr_expect_leq(one - none, 3 * 64, "%s %llu", pages[at].start,
                      (unsigned long long)(one - none));
    }
}

/* Reads the page that ends before `to`. Returns how many of 100 of its `numbers`, which are
   empty, the fast lane has read: it counts their braces alone. */
static uint64_t percent_read_fast(const char *page, const char *to, uint64_t numbers) {
    read_automatically("", page, (size_t)(to - page), SIZE_MAX);
    return 100 * numres_counts[NUMRES_COUNT_FAST_MEMBERS] / numbers;
}

static char *put_empty_numbers(char *to, unsigned int count) {
    while (count-- > 0)
        to = counting_put(to, "{},");
    return to;
}

/* A change of lanes is cheap if yajl need not read the rest of the object. */
static const char cheap[] = "{'id':1},";
static const char costly[] = "{'id':1,'x':[[]]},";

/* The same for a page of 60 such surprises, after `calm` empty numbers each. */
static uint64_t percent_read_fast_between(const char *surprise, unsigned int calm) {
    enum { SURPRISES = 60 };
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, "{'data':[{'phone_numbers':[");
    for (unsigned int odd = 0; odd < SURPRISES; odd++)
        to = counting_put(put_empty_numbers(to, calm), surprise);
    to = counting_put(to, "{}]}]}");
    uint64_t percent = percent_read_fast(page, to, SURPRISES * calm);
    free(page);
    return percent;
}

/* Patience ends after as many bytes as a change of lanes is worth, however many records
   they are: with fewer bytes between surprises, the general lane reads nearly all. */
Test(counted_patience, short_records_do_not_end_patience) {
    cr_expect_lt(percent_read_fast_between(costly, 50), 50);
    cr_expect_lt(percent_read_fast_between(costly, 450), 50);
    cr_expect_gt(percent_read_fast_between(costly, 600), 90);
    cr_expect_lt(percent_read_fast_between(cheap, 30), 50);
    cr_expect_lt(percent_read_fast_between(cheap, 45), 50);
    cr_expect_gt(percent_read_fast_between(cheap, 60), 90);
}

/* The same for surprises that come in a phone number and in its reservation by turns, after
   `calm` empty numbers each. */
static uint64_t percent_read_fast_by_turns(const char *surprise, const char *end,
                                           unsigned int calm) {
    enum { RESERVATIONS = 60 };
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, "{'data':[");
    for (unsigned int at = 0; at < RESERVATIONS; at++) {
        to = put_empty_numbers(counting_put(to, "{'phone_numbers':["), calm);
        to = put_empty_numbers(counting_put(to, surprise), calm);
        to = counting_put(to, end);
    }
    to = counting_put(to, "{}]}");
    uint64_t percent = percent_read_fast(page, to, UINT64_C(2) * RESERVATIONS * calm);
    free(page);
    return percent;
}

/* The patience for phone numbers and that for other records do not end after the same
   bytes: each surprise costs a change of lanes. */
Test(counted_patience, surprises_by_turns_do_not_end_patience) {
    static const char costly_end[] = "{}],'id':1,'x':[[]]},";
    static const char cheap_end[] = "{}],'id':1},";
    cr_expect_lt(percent_read_fast_by_turns(costly, costly_end, 300), 50);
    cr_expect_lt(percent_read_fast_by_turns(costly, costly_end, 450), 50);
    cr_expect_gt(percent_read_fast_by_turns(costly, costly_end, 750), 75);
    cr_expect_lt(percent_read_fast_by_turns(cheap, cheap_end, 30), 50);
    cr_expect_lt(percent_read_fast_by_turns(cheap, cheap_end, 45), 50);
    cr_expect_gt(percent_read_fast_by_turns(cheap, cheap_end, 75), 75);
}

/* How many numbers the fast lane reads of a page that begins with many numbers that are a
   surprise. Reservations of calm numbers follow, each with one surprise of its own, and at last
   calm numbers after `odd` others. */
static uint64_t numbers_read_fast(unsigned int odd) {
    enum { SURPRISES = 400, RESERVATIONS = 8, CALM = 1500, LAST = 300 };
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, "{'data':[{'phone_numbers':[");
    for (int at = 0; at < SURPRISES; at++)
        to = counting_put(to, "{'id':1},");
    for (int at = 0; at < RESERVATIONS; at++)
        to = counting_put(put_empty_numbers(to, CALM), "{}],'id':1},{'phone_numbers':[");
    while (odd-- > 0)
        to = counting_put(to, "{'id':1},");
    to = counting_put(put_empty_numbers(to, LAST), "{}]}]}");
    percent_read_fast(page, to, LAST);
    free(page);
    return numres_counts[NUMRES_COUNT_FAST_MEMBERS];
}

/* A surprise in reservations does not use up all that numbers read without one: their patience
   still ends. */
Test(counted_patience, surprises_of_one_kind_leave_the_other_calm) {
    cr_expect_leq(numbers_read_fast(0) - numbers_read_fast(1), 4);
}

/* How many numbers the fast lane reads of two reservations: numbers that are all a surprise,
   calm ones, too few to end the patience, and this `end`; then calm numbers. */
static uint64_t numbers_read_fast_around(const char *end) {
    enum { SURPRISES = 400, CALM = 500, LAST = 300 };
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, "{'data':[{'phone_numbers':[");
    for (int at = 0; at < SURPRISES; at++)
        to = counting_put(to, "{'id':1},");
    to = counting_put(counting_put(put_empty_numbers(to, CALM), "{}]"), end);
    to = put_empty_numbers(counting_put(to, ",{'phone_numbers':["), LAST);
    to = counting_put(to, "{}]}]}");
    percent_read_fast(page, to, LAST);
    free(page);
    return numres_counts[NUMRES_COUNT_FAST_MEMBERS];
}

/* Many surprises in numbers give the general lane no patience with reservations. */
Test(counted_patience, surprises_of_each_kind_are_counted_separately) {
    cr_expect_leq(numbers_read_fast_around("}") - numbers_read_fast_around(",'id':1}"), 4);
}

/* How many bytes yajl reads of a page of 400 surprises in this lane. They are not flat, so that
   each change of lanes makes yajl read where it is. */
static uint64_t yajl_of_surprises(numres_lane lane) {
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, "{'data':[{'phone_numbers':[");
    reading_options options;
    trace given = {0};
    for (int at = 0; at < 400; at++)
        to = counting_put(to, "{'id':1,'x':[[]]},");
    to = counting_put(to, "{}]}]}");
    cr_assert(reading_options_parse(&options, ""));
    options.parser.lane = lane;
    cr_assert_eq(read_counting(&options, page, (size_t)(to - page), SIZE_MAX, &given), NUMRES_OK);
    free(page);
    return numres_counts[NUMRES_COUNT_YAJL];
}

/* After 0, 1, 4, 16 and 64 records, the general lane keeps the page. */
Test(counted_patience, few_changes_of_lanes_tell_that_all_is_a_surprise) {
    uint64_t more =
        yajl_of_surprises(NUMRES_LANE_AUTOMATIC) - yajl_of_surprises(NUMRES_LANE_GENERAL);
    uint64_t prefix = strlen("{'':[{'':["); /* which each change costs */
    cr_expect_gt(more, 4 * prefix);
    cr_expect_leq(more, 6 * prefix, "%llu", (unsigned long long)more);
}

/* The general lane keeps at most 256 records more, however many surprises came before. */
Test(counted_patience, patience_has_a_limit) {
    enum { FEWEST = 400, MOST = 2000, CALM = 1000, MOST_PATIENCE = 256 };
    char *page = malloc(COUNTED_SIZE);
    for (unsigned int odd = FEWEST; odd < MOST; odd += MOST_PATIENCE / 2) {
        char *to = counting_put(page, "{'data':[{'phone_numbers':[");
        for (unsigned int at = 0; at < odd; at++)
            to = counting_put(to, "{'id':1},");
        to = counting_put(put_empty_numbers(to, CALM), "{}]}]}");
        cr_expect_geq(percent_read_fast(page, to, CALM), 100 - 100 * MOST_PATIENCE / CALM - 1,
                      "after %u", odd);
    }
    free(page);
}

static void read_stream(numres_parser *parser, const char *start, int odd, const char *end) {
    enum { CALM = 300 };
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, start);
    while (odd-- > 0)
        to = counting_put(to, "{'id':1},");
    to = counting_put(put_empty_numbers(to, CALM), end);
    memset(numres_counts, 0, sizeof numres_counts);
    cr_assert_eq(numres_parser_feed(parser, page, (size_t)(to - page), NULL), NUMRES_OK);
    cr_assert_eq(numres_parser_finish(parser), NUMRES_OK);
    cr_assert_eq(numres_parser_reset(parser), NUMRES_OK);
    free(page);
}

/* A stream that is all surprises costs the next one nothing, whatever it is about. */
Test(counted_patience, a_new_stream_forgets_the_surprises) {
    static const char *const pages[][2] = {{"{'data':[{'phone_numbers':[", "{}]}]}"},
                                           {"{'data':[", "{}]}"}};
    for (size_t at = 0; at < sizeof pages / sizeof *pages; at++) {
        numres_parser *parser;
        cr_assert_eq(numres_parser_create(&parser, NULL, NULL, NULL), NUMRES_OK);
        read_stream(parser, pages[at][0], 1, pages[at][1]);
        uint64_t gate = numres_counts[NUMRES_COUNT_GATE];
        read_stream(parser, pages[at][0], 600, pages[at][1]);
        read_stream(parser, pages[at][0], 1, pages[at][1]);
        cr_expect_eq(numres_counts[NUMRES_COUNT_GATE], gate, "%s: %llu", pages[at][0],
                     (unsigned long long)numres_counts[NUMRES_COUNT_GATE]);
        numres_parser_destroy(parser);
    }
}

/* How many of 100 bytes the general lane reads of a stream of 300 such documents, followed by
   this many calm ones. */
static uint64_t percent_of_stream_read_generally(const char *document, unsigned int calm) {
    enum { DOCUMENTS = 300 };
    char *text = malloc(COUNTED_SIZE);
    char *to = text;
    for (unsigned int at = 0; at < DOCUMENTS; at++)
        to = counting_put(to, document);
    for (unsigned int at = 0; at < calm; at++)
        to = counting_put(to, "{'data':{'user_id':'a','id':'1'}}");
    size_t length = (size_t)(to - text);
    read_automatically("several", text, length, SIZE_MAX);
    free(text);
    return 100 * numres_counts[NUMRES_COUNT_GATE] / length;
}

/* Patience does not end with a document, so a stream of short documents costs no more than
   one long one. */
Test(counted_patience, surprises_in_every_document_of_a_stream) {
    static const char *const documents[] = {"{'data':[{'user_id':'a','id':1}]}",
                                            "{'data':{'user_id':'a','phone_numbers':[{'id':1}]}}",
                                            "{'user_id':'a','message':'m'}"};
    for (size_t at = 0; at < sizeof documents / sizeof *documents; at++) {
        cr_expect_geq(percent_of_stream_read_generally(documents[at], 0), 95, "%s", documents[at]);
        cr_expect_lt(percent_of_stream_read_generally(documents[at], 9000), 20, "%s",
                     documents[at]);
    }
}

/* Reads a page of 200 reservations with a text of this length; every `period`th has a phone
   number that is a surprise. Returns how many of 100 bytes the general lane reads. */
static uint64_t percent_read_generally(size_t text, bool is_known, int period) {
    enum { RESERVATIONS = 200 };
    char *page = malloc(RESERVATIONS * (text + 128));
    char *to = counting_put(page, "{'data':[");
    for (int at = 0; at < RESERVATIONS; at++) {
        to = counting_put(to, is_known ? "{'id':'" : "{'x':'");
        memset(to, 'x', text);
        to = counting_put(to + text, at % period == 0 ? "','phone_numbers':[{'id':1,'x':[[]]}]},"
                                                      : "','phone_numbers':[]},");
    }
    size_t length = (size_t)(counting_put(to, "{}]}") - page);
    read_automatically("", page, length, SIZE_MAX);
    free(page);
    return 100 * numres_counts[NUMRES_COUNT_GATE] / length;
}

/* Both lanes read long strings fast, so that they do not pay for a change of lanes: neither
   those read by members, which each lane begins with, nor those read by pieces. */
Test(counted_patience, long_strings_do_not_end_patience) {
    for (int is_known = 0; is_known < 2; is_known++) {
        cr_expect_gt(percent_read_generally(1500, is_known != 0, 1), 90);
        cr_expect_gt(percent_read_generally(1500, is_known != 0, 5), 80);
    }
}

/* Checks that of a page with this surprise after every 600 empty numbers, the general lane reads
   hardly more than the surprises, and yajl no more than this many bytes for each. */
static void expect_little_read_twice(const char *surprise, uint64_t most_of_yajl) {
    enum { SURPRISES = 60, CALM = 600 };
    const uint64_t most = strlen(surprise) + 24;
    char *page = malloc(COUNTED_SIZE);
    char *to = counting_put(page, "{'data':[{'phone_numbers':[");
    for (unsigned int odd = 0; odd < SURPRISES; odd++)
        to = counting_put(put_empty_numbers(to, CALM), surprise);
    to = counting_put(to, "{}]}]}");
    cr_expect_gt(percent_read_fast(page, to, SURPRISES * CALM), 90);
    cr_expect_lt(numres_counts[NUMRES_COUNT_GATE], SURPRISES * most, "%llu",
                 (unsigned long long)numres_counts[NUMRES_COUNT_GATE]);
    cr_expect_lt(numres_counts[NUMRES_COUNT_YAJL], SURPRISES * most_of_yajl, "%llu",
                 (unsigned long long)numres_counts[NUMRES_COUNT_YAJL]);
    free(page);
}

/* The general lane reads hardly more than it keeps: its runs end where it leaves, even if the
   record has objects inside it. */
Test(counted_patience, little_is_read_twice_at_a_change_of_lanes) {
    expect_little_read_twice("{'id':1},", 32);
    expect_little_read_twice("{'x':[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}],'id':1},", 80);
    expect_little_read_twice("{'a':{},'b':{},'c':{},'d':{},'e':{},'f':{},'g':{},'h':{},'id':1},",
                             80);
}
