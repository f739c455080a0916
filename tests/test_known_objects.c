/*
 * Objects equal to one that yajl has accepted before are not given to it again. What is
 * legal, and which token is not, stays the same.
 */
#include "lane_fixture.h"

#include <criterion/criterion.h>
#include <string.h>

static numres_signal feed(lane_fixture *now, const char *text) {
    return lane_fixture_feed(now, text, strlen(text));
}

/* Makes an object of one member the only known one. */
static void know_one_member(lane_fixture *now) {
    now->lane.known_length = 0;
    lane_fixture_start_document(now);
    cr_assert_eq(feed(now, "[{\"a\":1}]"), NUMRES_SIGNAL_GO_ON);
    cr_assert_eq(now->lane.known_length, strlen("{'':''}"));
}

/* Checks the result of a document, in two chunks cut at each place, when an object of one
   member is known. */
static void expect(const char *text, numres_code code, uint64_t offset) {
    size_t length = strlen(text);
    lane_fixture now;
    lane_fixture_open(&now);
    for (size_t split = 0; split <= length; split++) {
        know_one_member(&now);
        lane_fixture_start_document(&now);
        if (lane_fixture_feed(&now, text, split) == NUMRES_SIGNAL_GO_ON && split < length)
            lane_fixture_feed(&now, text + split, length - split);
        if (now.schema.delivery.error.code != code || now.schema.delivery.error.offset != offset)
            cr_assert_fail("[%s] cut at %zu: %s at %llu", text, split,
                           numres_code_name(now.schema.delivery.error.code),
                           (unsigned long long)now.schema.delivery.error.offset);
        cr_assert(code != NUMRES_OK || now.schema.document.root_closed);
    }
    lane_fixture_close(&now);
}

Test(known_objects, stand_where_values_may) {
    expect("{\"x\":1}", NUMRES_OK, 0);
    expect("{\"x\":{\"y\":null}}", NUMRES_OK, 0);
    expect("[[1,{\"y\":2} , {\"y\" : true }],{\"z\":{}}]", NUMRES_OK, 0);
    expect("[{{\"a\":1}:2}]", NUMRES_SYNTAX, 2);
    expect("[{\"a\":1,{\"a\":1}:2}]", NUMRES_SYNTAX, 8);
    expect("[{\"a\":1}{\"a\":1}]", NUMRES_SYNTAX, 8);
    expect("[{\"a\":1},{\"a\" 1}]", NUMRES_SYNTAX, 14);
    expect("[{\"a\":1},{\"a\":1]}", NUMRES_SYNTAX, 15);
    expect("[{\"a\":1}:{\"a\":1}]", NUMRES_SYNTAX, 8);
    expect("[{\"a\":1},,{\"a\":1}]", NUMRES_SYNTAX, 9);
    expect("{\"b\":{\"a\":1},{\"a\":1}}", NUMRES_SYNTAX, 13);
}

/* Feeds a text one byte at a time. */
static void feed_bytes(lane_fixture *now, const char *text) {
    for (size_t at = 0; text[at] != '\0'; at++)
        cr_assert_eq(lane_fixture_feed(now, text + at, 1), NUMRES_SIGNAL_GO_ON, "%zu", at);
}

/* An object becomes known however many runs it takes. */
Test(known_objects, those_that_chunks_cut_become_known) {
    lane_fixture now;
    lane_fixture_open(&now);
    lane_fixture_start_document(&now);
    feed_bytes(&now, "[{\"a\":1,\"b\":\"\\n\"}");
    cr_expect_eq(now.lane.known_length, strlen("{'':'','':''}"));
    feed_bytes(&now, ",{\"c\":1}");
    cr_expect_eq(now.lane.known_length, strlen("{'':''}"));
    feed_bytes(&now, "]");
    cr_expect(now.schema.document.root_closed);
    lane_fixture_close(&now);
}

/* One with containers does not, nor one that is too long. */
Test(known_objects, others_that_chunks_cut_do_not) {
    static const char *const others[] = {
        "[{\"a\":[],\"b\":1}", "[{\"a\":{},\"b\":{}}",
        "[{\"\":0,\"\":0,\"\":0,\"\":0,\"\":0,\"\":0,\"\":0,\"\":0,"
        "\"\":0,\"\":0,\"\":0,\"\":0,\"\":0,\"\":0,\"\":0,\"\":0}"};
    static const size_t known[] = {0, 2, 0};
    for (size_t at = 0; at < sizeof others / sizeof *others; at++) {
        lane_fixture now;
        lane_fixture_open(&now);
        lane_fixture_start_document(&now);
        feed_bytes(&now, others[at]);
        cr_expect_eq(now.lane.known_length, known[at], "%s", others[at]);
        feed_bytes(&now, "]");
        cr_expect(now.schema.document.root_closed);
        lane_fixture_close(&now);
    }
}

/* What yajl refuses does not become known, even if it looks like an object. */
Test(known_objects, refused_ones_are_not_known) {
    static const char *const refused[] = {"[{\"a\" 1}", "[{\"a\",\"b\"}", "[{1:2}", "[{,}"};
    lane_fixture now;
    lane_fixture_open(&now);
    for (size_t at = 0; at < sizeof refused / sizeof *refused; at++) {
        for (int round = 0; round < 2; round++) {
            lane_fixture_start_document(&now);
            cr_assert_eq(feed(&now, refused[at]), NUMRES_SIGNAL_FAIL);
            cr_assert_eq(now.schema.delivery.error.code, NUMRES_SYNTAX, "%s", refused[at]);
            cr_assert_eq(now.lane.known_length, 0, "%s", refused[at]);
        }
    }
    lane_fixture_close(&now);
}

/* Another object replaces the known one; a run without an object keeps it. */
Test(known_objects, the_last_one_is_known) {
    lane_fixture now;
    lane_fixture_open(&now);
    know_one_member(&now);
    lane_fixture_start_document(&now);
    cr_assert_eq(feed(&now, "[{\"a\":1},[{}],"), NUMRES_SIGNAL_GO_ON);
    cr_expect_eq(now.lane.known_length, strlen("{}"));
    cr_assert_eq(feed(&now, "{\"a\":1,\"b\":2}, "), NUMRES_SIGNAL_GO_ON);
    cr_expect_eq(now.lane.known_length, strlen("{'':'','':''}"));
    cr_assert_eq(feed(&now, "[1,2],{\"c\":[]}, "), NUMRES_SIGNAL_GO_ON);
    cr_expect_eq(now.lane.known_length, strlen("{'':'','':''}"));
    cr_assert_eq(feed(&now, "{\"x\":null,\"y\":\"z\"}]"), NUMRES_SIGNAL_GO_ON);
    cr_expect(now.schema.document.root_closed);
    lane_fixture_close(&now);
}
