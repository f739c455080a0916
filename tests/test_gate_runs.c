/* The gate: runs of simple tokens that yajl is given as they are. */
#include "gate.h"

#include "support.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { RUN_OFFSET = 5000, INSIDE = 1 };

/* What a run must be: where it ends, why, and what came last in it. */
typedef struct expectation {
    size_t end;
    numres_run_end why;
    char last_byte;
    bool ends_in_number;
} expectation;

/* The text ends at a guard page; the gate has no buffer, for it decodes
   nothing here. */
static numres_gate_run find_run(numres_gate *gate, guard *guard, const char *text, size_t length,
                                size_t soft_end, unsigned int depth, const unsigned char **start) {
    numres_gate_start(gate, NULL, 0);
    *start = (const unsigned char *)guard_place(guard, text, length);
    return numres_gate_find_run(gate, *start, *start + soft_end, *start + length, RUN_OFFSET, depth,
                                '~');
}

static void expect_run_of(const char *text, size_t length, size_t soft_end, unsigned int depth,
                          expectation expected) {
    numres_gate gate;
    const unsigned char *start;
    guard guard = guard_create(length);
    numres_gate_run run = find_run(&gate, &guard, text, length, soft_end, depth, &start);
    size_t end = (size_t)(run.end - start);
    guard_destroy(&guard);
    if (end != expected.end || run.why != expected.why ||
        run.last_byte != (unsigned char)expected.last_byte ||
        run.ends_in_number != expected.ends_in_number) {
        cr_assert_fail("[%s] to %zu: end %zu, why %d, last byte %02x, ends in number %d", text,
                       soft_end, end, (int)run.why, run.last_byte, (int)run.ends_in_number);
    }
    if (expected.why == NUMRES_RUN_BAD_TOKEN) {
        cr_assert_eq(gate.bad_code, NUMRES_SYNTAX);
        cr_assert_eq(gate.bad_offset, RUN_OFFSET + expected.end);
    }
    cr_assert_eq(gate.token, NUMRES_GATE_NO_TOKEN, "a run opened a token");
}

static void expect_run(const char *text, unsigned int depth, size_t end, numres_run_end why,
                       char last_byte, bool ends_in_number) {
    size_t length = strlen(text);
    expectation expected = {end, why, last_byte, ends_in_number};
    expect_run_of(text, length, length, depth, expected);
}

/* ---- what a run is made of ---- */

Test(gate_runs, nothing_and_white_space) {
    expect_run("", INSIDE, 0, NUMRES_RUN_BYTES, '~', false);
    expect_run(" \t\n\r", INSIDE, 4, NUMRES_RUN_BYTES, '~', false);
}

Test(gate_runs, every_simple_token) {
    expect_run("\"abc\"", INSIDE, 5, NUMRES_RUN_BYTES, '"', false);
    expect_run("\"\"", INSIDE, 2, NUMRES_RUN_BYTES, '"', false);
    expect_run("\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"", INSIDE, 11, NUMRES_RUN_BYTES, '"',
               false);
    expect_run("true,", INSIDE, 5, NUMRES_RUN_BYTES, ',', false);
    expect_run("true ", INSIDE, 5, NUMRES_RUN_BYTES, 't', false);
    expect_run("false ", INSIDE, 6, NUMRES_RUN_BYTES, 'f', false);
    expect_run("null ", INSIDE, 5, NUMRES_RUN_BYTES, 'n', false);
    expect_run("-0.5e+3 ", INSIDE, 8, NUMRES_RUN_BYTES, '-', true);
    expect_run("12,", INSIDE, 3, NUMRES_RUN_BYTES, ',', false);
    expect_run("[{", INSIDE, 2, NUMRES_RUN_BYTES, '{', false);
    expect_run(",:", INSIDE, 2, NUMRES_RUN_BYTES, ':', false);
}

Test(gate_runs, a_number_is_last_until_another_token_comes) {
    expect_run("1 ", INSIDE, 2, NUMRES_RUN_BYTES, '1', true);
    expect_run("1 \n\t ", INSIDE, 5, NUMRES_RUN_BYTES, '1', true);
    expect_run("1 \"a\"", INSIDE, 5, NUMRES_RUN_BYTES, '"', false);
    expect_run("\"a\" 2 ", INSIDE, 6, NUMRES_RUN_BYTES, '2', true);
    expect_run("1\"", INSIDE, 1, NUMRES_RUN_OPEN_TOKEN, '1', true);
    expect_run("1 ?", INSIDE, 2, NUMRES_RUN_BAD_TOKEN, '1', true);
    expect_run("1]", INSIDE, 2, NUMRES_RUN_ROOT, ']', false);
}

/* The gate knows no grammar above tokens: yajl refuses these. */
Test(gate_runs, tokens_in_any_order) {
    expect_run("}]", INSIDE + 2, 2, NUMRES_RUN_BYTES, ']', false);
    expect_run("[1 2,,:true\"x\"null ", 0, 19, NUMRES_RUN_BYTES, 'n', false);
    expect_run(",", 0, 1, NUMRES_RUN_ROOT, ',', false);
    expect_run("]", 0, 1, NUMRES_RUN_ROOT, ']', false);
}

/* What white space is stands twice, each for its speed: among the classes of
   gate.c and in gate.h. Neither may take a byte that the other does not. */
Test(gate_runs, every_first_byte) {
    static const char simple[] = " \t\n\r,:[{";
    static const char openers[] = "\"-0123456789tfn";
    for (unsigned int byte = 0; byte < 256; byte++) {
        char text[] = {(char)byte, '\0'};
        bool space = numres_gate_is_space((unsigned char)byte);
        expectation expected = {0, NUMRES_RUN_BAD_TOKEN, '~', false};
        if (byte != 0 && strchr(simple, (int)byte) != NULL) {
            expected = (expectation){1, NUMRES_RUN_BYTES, space ? '~' : text[0], false};
        } else if (byte == ']' || byte == '}') {
            expected = (expectation){1, NUMRES_RUN_ROOT, text[0], false};
        } else if (byte != 0 && strchr(openers, (int)byte) != NULL) {
            expected.why = NUMRES_RUN_OPEN_TOKEN;
        }
        expect_run_of(text, 1, 1, INSIDE, expected);
        cr_assert_eq(space, byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r');
    }
}

Test(gate_runs, a_byte_that_begins_no_token_ends_the_run) {
    expect_run("[1, ?", 0, 4, NUMRES_RUN_BAD_TOKEN, ',', false);
    expect_run("[ \v1", 0, 2, NUMRES_RUN_BAD_TOKEN, '[', false);
    expect_run("[ \f1", 0, 2, NUMRES_RUN_BAD_TOKEN, '[', false);
    expect_run("[\xEF\xBB\xBF", 0, 1, NUMRES_RUN_BAD_TOKEN, '[', false);
    expect_run("[/**/", 0, 1, NUMRES_RUN_BAD_TOKEN, '[', false);
    expect_run("[True", 0, 1, NUMRES_RUN_BAD_TOKEN, '[', false);
    expect_run("['a'", 0, 1, NUMRES_RUN_BAD_TOKEN, '[', false);
    expect_run("[+1", 0, 1, NUMRES_RUN_BAD_TOKEN, '[', false);
    expect_run("[.5", 0, 1, NUMRES_RUN_BAD_TOKEN, '[', false);
}

/* Every token cut at every place leaves a run that ends before it; what may
   go on without a byte behind it is never simple. */
Test(gate_runs, a_split_token_is_never_in_a_run) {
    static const char *const tokens[] = {"\"abcdefghijklmnop\"",
                                         "\"\xC3\xA9\"",
                                         "\"\xE2\x82\xAC\"",
                                         "\"\xF0\x9F\x98\x80\"",
                                         "-12.5e+30",
                                         "0",
                                         "true",
                                         "false",
                                         "null"};
    for (size_t at = 0; at < sizeof tokens / sizeof *tokens; at++) {
        size_t whole = strlen(tokens[at]);
        bool is_string = tokens[at][0] == '"';
        for (size_t length = 1; length <= whole; length++) {
            char text[32] = "[ ";
            strncat(text, tokens[at], length);
            bool simple = is_string && length == whole;
            expectation expected = {simple ? 2 + whole : 2,
                                    simple ? NUMRES_RUN_BYTES : NUMRES_RUN_OPEN_TOKEN,
                                    simple ? '"' : '[', false};
            expect_run_of(text, 2 + length, 2 + length, 0, expected);
        }
    }
}

/* Why it is bad is told by reading it again, as an open token. */
Test(gate_runs, bad_and_escaped_tokens_are_left_to_the_reader) {
    static const char *const tokens[] = {"\"a\\n\" ",
                                         "\"\\u0041\" ",
                                         "\"a\tb\" ",
                                         "\"\xC0\x80\" ",
                                         "\"\xED\xA0\x80\" ",
                                         "\"\xFF\" ",
                                         "\"\xF4\x90\x80\x80\" ",
                                         "\"a\xC3\" ",
                                         "01 ",
                                         "1x ",
                                         "- ",
                                         "1. ",
                                         "1e ",
                                         "1e+ ",
                                         "-x ",
                                         "1.5.5 ",
                                         "truefalse ",
                                         "tru ",
                                         "trux ",
                                         "nul ",
                                         "nulll ",
                                         "falsE ",
                                         "1true ",
                                         "true1 ",
                                         "1-2 "};
    for (size_t at = 0; at < sizeof tokens / sizeof *tokens; at++) {
        char text[32] = "[0, ";
        strcat(text, tokens[at]);
        expect_run(text, 0, 4, NUMRES_RUN_OPEN_TOKEN, ',', false);
    }
}

/* ---- how long a simple token may be ---- */

/* A token of so many bytes; the caller frees it. */
static char *long_token(char first, char filler, char last, size_t length) {
    char *token = malloc(length + 2);
    memset(token, filler, length);
    token[0] = first;
    token[length - 1] = last;
    token[length] = ',';
    token[length + 1] = '\0';
    return token;
}

static bool is_simple(char first, char filler, char last, size_t length) {
    numres_gate gate;
    const unsigned char *start;
    guard guard = guard_create(length + 1);
    char *token = long_token(first, filler, last, length);
    numres_gate_run run = find_run(&gate, &guard, token, length + 1, length + 1, INSIDE, &start);
    bool whole = run.why == NUMRES_RUN_BYTES && run.end == start + length + 1;
    cr_assert(whole || (run.why == NUMRES_RUN_OPEN_TOKEN && run.end == start));
    free(token);
    guard_destroy(&guard);
    return whole;
}

Test(gate_runs, the_longest_simple_string) {
    cr_assert(is_simple('"', 'x', '"', NUMRES_GATE_SIMPLE_LENGTH - 1));
    cr_assert(is_simple('"', 'x', '"', NUMRES_GATE_SIMPLE_LENGTH));
    cr_assert_not(is_simple('"', 'x', '"', NUMRES_GATE_SIMPLE_LENGTH + 1));
    cr_assert_not(is_simple('"', 'x', '"', 3 * NUMRES_GATE_SIMPLE_LENGTH));
}

/* The byte that ends a number is looked for within the same length. */
Test(gate_runs, the_longest_simple_number) {
    cr_assert(is_simple('1', '0', '0', NUMRES_GATE_SIMPLE_LENGTH - 1));
    cr_assert_not(is_simple('1', '0', '0', NUMRES_GATE_SIMPLE_LENGTH + 1));
    cr_assert_not(is_simple('-', '9', '0', 3 * NUMRES_GATE_SIMPLE_LENGTH));
}

/* A character that stands across the limit is not read in half. */
Test(gate_runs, a_character_across_the_longest_length) {
    for (size_t before = NUMRES_GATE_SIMPLE_LENGTH - 6; before < NUMRES_GATE_SIMPLE_LENGTH + 2;
         before++) {
        size_t length = before + 5;
        char *token = long_token('"', 'x', '"', length);
        memcpy(token + before, "\xF0\x9F\x98\x80", 4);
        bool simple = length <= NUMRES_GATE_SIMPLE_LENGTH;
        expectation expected = {simple ? length + 1 : 0,
                                simple ? NUMRES_RUN_BYTES : NUMRES_RUN_OPEN_TOKEN,
                                simple ? ',' : '~', false};
        expect_run_of(token, length + 1, length + 1, INSIDE, expected);
        free(token);
    }
}

/* ---- where a run stops ---- */

Test(gate_runs, no_token_is_taken_at_or_behind_the_soft_end) {
    static const char text[] = "[\"abc\", 12 ,true ]";
    static const struct {
        size_t soft_end;
        expectation expected;
    } cases[] = {
        {0, {0, NUMRES_RUN_BYTES, '~', false}},   {1, {1, NUMRES_RUN_BYTES, '[', false}},
        {2, {6, NUMRES_RUN_BYTES, '"', false}},   {5, {6, NUMRES_RUN_BYTES, '"', false}},
        {6, {6, NUMRES_RUN_BYTES, '"', false}},   {7, {7, NUMRES_RUN_BYTES, ',', false}},
        {8, {8, NUMRES_RUN_BYTES, ',', false}},   {9, {10, NUMRES_RUN_BYTES, '1', true}},
        {10, {10, NUMRES_RUN_BYTES, '1', true}},  {11, {11, NUMRES_RUN_BYTES, '1', true}},
        {12, {12, NUMRES_RUN_BYTES, ',', false}}, {13, {16, NUMRES_RUN_BYTES, 't', false}},
        {17, {17, NUMRES_RUN_BYTES, 't', false}}, {18, {18, NUMRES_RUN_ROOT, ']', false}},
    };
    for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
        expect_run_of(text, sizeof text - 1, cases[at].soft_end, 0, cases[at].expected);
    }
}

Test(gate_runs, the_root_ends_a_run) {
    expect_run("{} {", 0, 2, NUMRES_RUN_ROOT, '}', false);
    expect_run("[[],{}]]]", 0, 7, NUMRES_RUN_ROOT, ']', false);
    expect_run("  {\"a\":[1]}\n", 0, 11, NUMRES_RUN_ROOT, '}', false);
    expect_run("\"a\"\"b\"", 0, 3, NUMRES_RUN_ROOT, '"', false);
    expect_run("12 13 ", 0, 2, NUMRES_RUN_ROOT, '1', true);
    expect_run("true null", 0, 4, NUMRES_RUN_ROOT, 't', false);
}

Test(gate_runs, the_depth_goes_on_from_earlier_runs) {
    expect_run("]]]", 3, 3, NUMRES_RUN_ROOT, ']', false);
    expect_run("]]]", 4, 3, NUMRES_RUN_BYTES, ']', false);
    expect_run("[]]]", 2, 4, NUMRES_RUN_ROOT, ']', false);
    expect_run("},{},{}]", 2, 8, NUMRES_RUN_ROOT, ']', false);
}

/* Brackets in a string are none. */
Test(gate_runs, brackets_in_strings_do_not_count) {
    expect_run("[\"]]\",\"[[\"]", 0, 11, NUMRES_RUN_ROOT, ']', false);
    expect_run("{\"}{\":\"{\"}", 0, 10, NUMRES_RUN_ROOT, '}', false);
}

/* The same document cut anywhere gives runs that join to the same tokens. */
Test(gate_runs, a_document_in_two_pieces_at_every_split) {
    static const char text[] = "{\"a\":[1,-2.5e3,true,null,\"\xC3\xA9\"],\"b\":{\"c\":false}}";
    size_t length = sizeof text - 1;
    for (size_t split = 0; split < length; split++) {
        numres_gate gate;
        const unsigned char *start;
        guard guard = guard_create(length);
        numres_gate_run run = find_run(&gate, &guard, text, split, split, 0, &start);
        size_t end = (size_t)(run.end - start);
        cr_assert_leq(end, split);
        cr_assert_eq(run.why, end == split ? NUMRES_RUN_BYTES : NUMRES_RUN_OPEN_TOKEN);
        /* What was left open is short: it began with the last token. */
        cr_assert_leq(split - end, 7);
        guard_destroy(&guard);
    }
    expect_run(text, 0, length, NUMRES_RUN_ROOT, '}', false);
}
