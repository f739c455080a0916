/*
 * Flat objects are not given to yajl. What is legal stays the same, and so does the token at
 * which an error is reported.
 */
#include "lane_fixture.h"
#include "records.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

/* Whether yajl accepts this beginning of a text. */
static bool accepts(const char *text) {
    yajl_handle handle = yajl_alloc(NULL, NULL, NULL);
    bool is_accepted =
        yajl_parse(handle, (const unsigned char *)text, strlen(text)) == yajl_status_ok;
    yajl_free(handle);
    return is_accepted;
}

/* Writes the stand-ins of a flat object. */
static void write_flat(char *to, int members) {
    to += sprintf(to, "{");
    for (int at = 0; at < members; at++)
        to += sprintf(to, "%s\"\":\"\"", at > 0 ? "," : "");
    sprintf(to, "}");
}

/* This is why the gate may replace them by it. */
Test(flat_objects, yajl_accepts_them_where_it_accepts_their_stand_in) {
    static const struct {
        const char *before;
        const char *after;
        bool is_legal;
    } places[] = {
        {"", "", true},
        {"[", "]", true},
        {"[\"\",", ",", true},
        {"{\"\":", "}", true},
        {"{\"\":", ",", true},
        {"[[{\"\":[", "]}", true},
        {"{", ":", false},
        {"[0 ", "", false},
        {"{\"\":\"\",", ":", false},
        {"[\"\":", "", false},
        {"{\"\"", "", false},
        {"[", ":", false},
        {"{\"\":\"\"", "", false},
        {"{\"\":", "]", false},
        {"[", "}", false},
    };
    char flat[NUMRES_RUN_OBJECT_LENGTH + 2];
    char text[sizeof flat + 32];
    for (size_t at = 0; at < sizeof places / sizeof *places; at++) {
        sprintf(text, "%s" NUMRES_STAND_IN_OTHER "%s", places[at].before, places[at].after);
        cr_expect_eq(accepts(text), places[at].is_legal, "[%s]", text);
        for (int members = 0; members <= NUMRES_RUN_OBJECT_MEMBERS; members++) {
            write_flat(flat, members);
            sprintf(text, "%s%s%s", places[at].before, flat, places[at].after);
            cr_expect_eq(accepts(text), places[at].is_legal, "[%s]", text);
        }
    }
}

/* The same up to the bracket of a value: in such an object yajl need not read it either. */
Test(flat_objects, yajl_accepts_a_container_in_them) {
    char text[NUMRES_RUN_OBJECT_LENGTH + 8];
    for (int members = 0; members <= NUMRES_RUN_OBJECT_MEMBERS - 1; members++) {
        for (int bracket = 0; bracket < 2; bracket++) {
            write_flat(text, members);
            size_t length = strlen(text) - 1;
            length += (size_t)sprintf(text + length, "%s\"\":%c", members > 0 ? "," : "",
                                      bracket == 0 ? '[' : '{');
            cr_expect(accepts(text), "[%s]", text);
            cr_expect(numres_gate_opens_value(text, length), "[%s]", text);
        }
    }
}

Test(flat_objects, other_stand_ins_open_no_value) {
    static const char *const texts[] = {"[",       "{",           ":[",       "{\"\"[",
                                        "{\"\",[", "[\"\":[",     "{\"\":0 ", "{\"\":\"",
                                        "{\"\":]", "{\"\":\"\":["};
    for (size_t at = 0; at < sizeof texts / sizeof *texts; at++)
        cr_expect_not(numres_gate_opens_value(texts[at], strlen(texts[at])), "[%s]", texts[at]);
    cr_expect_not(numres_gate_opens_value(":[" + 1, 1), "the colon is not part of it");
}

static numres_signal feed(lane_fixture *now, const char *text, size_t length) {
    return lane_fixture_feed(now, text, length);
}

/* Checks the result of a document (with ' for "), in two chunks cut at each place. */
static void expect(const char *text, numres_code code, uint64_t offset) {
    char *bytes = json(text);
    size_t length = strlen(bytes);
    lane_fixture now;
    lane_fixture_open(&now);
    for (size_t split = 0; split <= length; split++) {
        lane_fixture_start_document(&now);
        if (feed(&now, bytes, split) == NUMRES_SIGNAL_GO_ON && split < length)
            feed(&now, bytes + split, length - split);
        if (now.schema.delivery.error.code != code || now.schema.delivery.error.offset != offset)
            cr_assert_fail("[%s] cut at %zu: %s at %llu", text, split,
                           numres_code_name(now.schema.delivery.error.code),
                           (unsigned long long)now.schema.delivery.error.offset);
        cr_assert(code != NUMRES_OK || now.schema.document.root_closed);
    }
    lane_fixture_close(&now);
    free(bytes);
}

Test(flat_objects, stand_where_values_may) {
    expect("{}", NUMRES_OK, 0);
    expect("{'x':1}", NUMRES_OK, 0);
    expect("{'x':{'y':null}}", NUMRES_OK, 0);
    expect("[[1,{'y':2} , {'y' : true }],{'z':{}}]", NUMRES_OK, 0);
}

Test(flat_objects, stand_nowhere_else) {
    expect("[{{'a':1}:2}]", NUMRES_SYNTAX, 2);
    expect("[{'a':1,{'a':1}:2}]", NUMRES_SYNTAX, 8);
    expect("[{'a':1}{'a':1}]", NUMRES_SYNTAX, 8);
    expect("[{'a':1}:{'a':1}]", NUMRES_SYNTAX, 8);
    expect("[{'a':1},,{'a':1}]", NUMRES_SYNTAX, 9);
    expect("[{'a':1} 'b']", NUMRES_SYNTAX, 9);
    expect("{'b':{'a':1},{'a':1}}", NUMRES_SYNTAX, 13);
    expect("{'b' {'a':1}}", NUMRES_SYNTAX, 5);
}

/* The gate may not take an object for flat that yajl would refuse. */
Test(flat_objects, have_no_faults) {
    expect("[{'a' 1}", NUMRES_SYNTAX, 6);
    expect("[{'a'}", NUMRES_SYNTAX, 5);
    expect("[{'a':}", NUMRES_SYNTAX, 6);
    expect("[{'a':1,}", NUMRES_SYNTAX, 8);
    expect("[{'a':1,'b'}", NUMRES_SYNTAX, 11);
    expect("[{'a':1,'b':}", NUMRES_SYNTAX, 12);
    expect("[{'a','b'}", NUMRES_SYNTAX, 5);
    expect("[{1:2}", NUMRES_SYNTAX, 2);
    expect("[{,}", NUMRES_SYNTAX, 2);
    expect("[{'a':1]}", NUMRES_SYNTAX, 7);
    expect("[['a':1}]", NUMRES_SYNTAX, 5);
    expect("[{'a':1 'b':2}", NUMRES_SYNTAX, 8);
    expect("[{'a'::1}", NUMRES_SYNTAX, 6);
}

/* Feeds a text one byte at a time. */
static void feed_bytes(lane_fixture *now, const char *text) {
    for (size_t at = 0; text[at] != '\0'; at++)
        cr_assert_eq(feed(now, text + at, 1), NUMRES_SIGNAL_GO_ON, "%zu", at);
}

/* The stand-ins of an open object are held however many runs it takes. */
Test(flat_objects, are_held_until_they_close) {
    lane_fixture now;
    lane_fixture_open(&now);
    lane_fixture_start_document(&now);
    feed_bytes(&now, "[{\"a\":1,\"b\":\"\\n\" ");
    cr_expect_eq(now.lane.grammar.held_length, strlen("{'':'','':''"));
    feed_bytes(&now, "}");
    cr_expect_eq(now.lane.grammar.held_length, 0);
    feed_bytes(&now, ",{\"c\":");
    cr_expect_eq(now.lane.grammar.held_length, strlen("{'':"));
    feed_bytes(&now, "[{");
    cr_expect_eq(now.lane.grammar.held_length, strlen("{"), "only the innermost one");
    feed_bytes(&now, "}]}]");
    cr_expect(now.schema.document.root_closed);
    lane_fixture_close(&now);
}
