/* The gate: runs of simple tokens, and their stand-ins. */
#include "token/gate_run.h"

#include "bad_text.h"
#include "stand_ins.h"
#include "support.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INSIDE = 1, DEEPEST = 20 };

/* The expected run: where and why it ends, and its stand-ins, written with ' for ", with those
   that it holds. */
typedef struct expectation {
    size_t end;
    numres_run_end why;
    const char *stand_ins;
} expectation;

#define XS                                                                                         \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"                                           \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

/* Finds a run in a text that ends at a guard page. */
static void find_run(numres_gate_run *run, guard *guard, const char *text, size_t length,
                     size_t soft_end, unsigned int depth, const unsigned char **start) {
    *start = (const unsigned char *)guard_place(guard, text, length);
    run->text_length = run->held_length = 0;
    numres_gate_find_run(run, *start,
                         &(numres_run_limits){*start + soft_end, *start + length, UINT64_MAX,
                                              DEEPEST, false, depth, DEEPEST});
}

static void expect_run_of(const char *text, size_t length, size_t soft_end, unsigned int depth,
                          expectation expected) {
    numres_gate_run run;
    const unsigned char *start;
    guard guard = guard_create(length);
    find_run(&run, &guard, text, length, soft_end, depth, &start);
    size_t end = (size_t)(run.end - start);
    expect_tokens(&run, start);
    guard_destroy(&guard);
    size_t stand_ins = run.text_length + run.held_length;
    if (end != expected.end || run.why != expected.why ||
        !are_stand_ins(run.text, stand_ins, expected.stand_ins))
        cr_assert_fail("[%s] to %zu: end %zu, why %d, [%.*s]", text, soft_end, end, (int)run.why,
                       (int)stand_ins, run.text);
}

static void expect_run(const char *text, unsigned int depth, size_t end, numres_run_end why,
                       const char *stand_ins) {
    size_t length = strlen(text);
    expectation expected = {end, why, stand_ins};
    expect_run_of(text, length, length, depth, expected);
}

/* ---- what a run is made of ---- */

Test(gate_runs, nothing_and_white_space) {
    expect_run("", INSIDE, 0, NUMRES_RUN_BYTES, "");
    expect_run(" \t\n\r", INSIDE, 4, NUMRES_RUN_BYTES, "");
}

Test(gate_runs, every_simple_token) {
    expect_run("\"abc\"", INSIDE, 5, NUMRES_RUN_BYTES, "''");
    expect_run("\"\"", INSIDE, 2, NUMRES_RUN_BYTES, "''");
    expect_run("\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"", INSIDE, 11, NUMRES_RUN_BYTES, "''");
    expect_run("true,", INSIDE, 5, NUMRES_RUN_BYTES, "0 ,");
    expect_run("true ", INSIDE, 5, NUMRES_RUN_BYTES, "0 ");
    expect_run("false ", INSIDE, 6, NUMRES_RUN_BYTES, "0 ");
    expect_run("null ", INSIDE, 5, NUMRES_RUN_BYTES, "0 ");
    expect_run("-0.5e+3 ", INSIDE, 8, NUMRES_RUN_BYTES, "0 ");
    expect_run("12,", INSIDE, 3, NUMRES_RUN_BYTES, "0 ,");
    expect_run("[{", INSIDE, 2, NUMRES_RUN_BYTES, "[{");
    expect_run(",:", INSIDE, 2, NUMRES_RUN_BYTES, ",:");
}

/* After a colon the grammar treats all scalars alike, and they have the same stand-in. A
   run does not look back at the one before. */
Test(gate_runs, values_of_members) {
    expect_run("\"a\":1,\"b\": null ,", INSIDE, 17, NUMRES_RUN_BYTES, "'':'','':'',");
    expect_run(":true ", INSIDE, 6, NUMRES_RUN_BYTES, ":''");
    expect_run("1,\"a\":[1]", INSIDE, 9, NUMRES_RUN_BYTES, "0 ,'':[0 ]");
}

/* The stand-in of an earlier token stays before those of the run. */
Test(gate_runs, stand_ins_go_after_others) {
    static const unsigned char text[] = "1 \"a\" ";
    numres_gate_run run = {.text_length = 2, .text = "\"\""};
    numres_gate_find_run(
        &run, text,
        &(numres_run_limits){text + 6, text + 6, UINT64_MAX, DEEPEST, false, INSIDE, DEEPEST});
    cr_assert_eq(run.count, 2);
    cr_assert(has_stand_ins(&run, "\x27\x27"
                                  "0 \x27\x27"));
}

/* A run ends with the last object that it may close, whatever follows. Deeper objects do not
   count: here they begin inside one level, and the empty one in two more. */
Test(gate_runs, end_after_the_allowed_number_of_objects) {
    static const char text[] = "[{\"a\":{}},{},[]],{} ";
    static const struct {
        unsigned int deepest;
        uint64_t objects;
        ptrdiff_t end;
    } rows[] = {{4, 1, 8},  {4, 2, 9},  {4, 3, 12}, {4, 4, 19}, {3, 1, 9},
                {3, 2, 12}, {3, 3, 19}, {2, 1, 19}, {1, 1, 20}};
    for (size_t at = 0; at < sizeof rows / sizeof *rows; at++) {
        numres_gate_run run = {.text_length = 0};
        const unsigned char *bytes = (const unsigned char *)text;
        const unsigned char *end = bytes + sizeof text - 1;
        numres_gate_find_run(&run, bytes,
                             &(numres_run_limits){end, end, rows[at].objects, rows[at].deepest,
                                                  false, INSIDE, DEEPEST});
        expect_tokens(&run, bytes);
        cr_expect_eq(run.why, rows[at].end < end - bytes ? NUMRES_RUN_OBJECTS : NUMRES_RUN_BYTES,
                     "%zu", at);
        cr_expect_eq(run.end - bytes, rows[at].end, "%zu: %td", at, run.end - bytes);
    }
}

/* The gate knows no grammar above tokens; yajl refuses these. */
Test(gate_runs, tokens_in_any_order) {
    expect_run("}]", INSIDE + 2, 2, NUMRES_RUN_BYTES, "}]");
    expect_run("[1 2,,:true\"x\"null ", 0, 19, NUMRES_RUN_BYTES, "[0 0 ,,:''''0 ");
    expect_run("11]", INSIDE, 3, NUMRES_RUN_ROOT, "0 ]");
    expect_run(",", 0, 1, NUMRES_RUN_ROOT, ",");
    expect_run("]", 0, 1, NUMRES_RUN_ROOT, "]");
}

/* White space is defined twice, each time for speed: in the classes of gate.c and in
   gate.h. Both must have the same bytes. */
Test(gate_runs, every_first_byte) {
    static const char simple[] = " \t\n\r,:[{";
    static const char openers[] = "\"-0123456789tfn";
    for (unsigned int byte = 0; byte < 256; byte++) {
        char text[] = {(char)byte, '\0'};
        bool space = numres_gate_is_space((unsigned char)byte);
        expectation expected = {0, NUMRES_RUN_BAD_BYTE, ""};
        if (byte != 0 && strchr(simple, (int)byte) != NULL) {
            expected = (expectation){1, NUMRES_RUN_BYTES, space ? "" : text};
        } else if (byte == ']' || byte == '}') {
            expected = (expectation){1, NUMRES_RUN_ROOT, text};
        } else if (byte != 0 && strchr(openers, (int)byte) != NULL) {
            expected.why = NUMRES_RUN_OPEN_TOKEN;
        }
        expect_run_of(text, 1, 1, INSIDE, expected);
        cr_assert_eq(space, byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r');
    }
}

Test(gate_runs, a_byte_that_begins_no_token_ends_the_run) {
    expect_run("[1, ?", 0, 4, NUMRES_RUN_BAD_BYTE, "[0 ,");
    expect_run("[ \v1", 0, 2, NUMRES_RUN_BAD_BYTE, "[");
    expect_run("[ \f1", 0, 2, NUMRES_RUN_BAD_BYTE, "[");
    expect_run("[\xEF\xBB\xBF", 0, 1, NUMRES_RUN_BAD_BYTE, "[");
    expect_run("[/**/", 0, 1, NUMRES_RUN_BAD_BYTE, "[");
    expect_run("[True", 0, 1, NUMRES_RUN_BAD_BYTE, "[");
    expect_run("['a'", 0, 1, NUMRES_RUN_BAD_BYTE, "[");
    expect_run("[+1", 0, 1, NUMRES_RUN_BAD_BYTE, "[");
    expect_run("[.5", 0, 1, NUMRES_RUN_BAD_BYTE, "[");
}

/* Cut inside a token, a run ends before it. A token that could continue is never simple
   unless a byte follows it. */
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
                                    simple ? "[''" : "["};
            expect_run_of(text, 2 + length, 2 + length, 0, expected);
        }
    }
}

/* Strings of every length around the steps in which they are read, with a byte that is
   not plain at every place. */
Test(gate_runs, strings_of_every_length) {
    static const struct {
        const char *bytes;
        bool is_simple;
    } others[] = {{"x", true},   {"\xC3\xA9", true}, {"\\n", false},
                  {"\t", false}, {"\xC3", false},    {"\x80", false}};
    for (size_t length = 1; length <= 100; length++) {
        for (size_t place = 0; place < length; place++) {
            for (size_t at = 0; at < sizeof others / sizeof *others; at++) {
                char text[256];
                int after = (int)(length - place - 1);
                sprintf(text, "[\"%.*s%s%.*s\",", (int)place, XS, others[at].bytes, after, XS);
                bool simple = others[at].is_simple;
                expect_run(text, 0, simple ? strlen(text) : 1,
                           simple ? NUMRES_RUN_BYTES : NUMRES_RUN_OPEN_TOKEN,
                           simple ? "[''," : "[");
            }
        }
    }
}

Test(gate_runs, strings_with_every_first_byte) {
    for (int first = ' '; first < 0x80; first++) {
        char text[64];
        bool simple = first != '"' && first != '\\';
        sprintf(text, "[\"%c%.40s\",", first, XS);
        if (simple)
            expect_run(text, 0, strlen(text), NUMRES_RUN_BYTES, "['',");
    }
}

/* Reading such a token again, as an open one, shows what is wrong with it. */
Test(gate_runs, bad_and_escaped_tokens_are_left_to_the_reader) {
    static const char *const tokens[] = {
        "\"a\\n\" ", "\"\\u0041\" ", "\"a\tb\" ", "\"a\xC3\" ", "01 ",    "1x ",        "- ",
        "1. ",       "1e ",          "1e+ ",      "-x ",        "1.5.5 ", "truefalse ", "tru ",
        "trux ",     "nul ",         "nulll ",    "falsE ",     "1true ", "true1 ",     "1-2 "};
    for (size_t at = 0; at < sizeof tokens / sizeof *tokens; at++) {
        char text[32] = "[0, ";
        strcat(text, tokens[at]);
        expect_run(text, 0, 4, NUMRES_RUN_OPEN_TOKEN, "[0 ,");
    }
    for (size_t at = 0; at < BAD_UTF8_COUNT; at++) {
        char text[32];
        snprintf(text, sizeof text, "[0, \"%s\" ", bad_utf8[at]);
        expect_run(text, 0, 4, NUMRES_RUN_OPEN_TOKEN, "[0 ,");
    }
}

/* ---- how long a simple token may be ---- */

/* A token of this many bytes; the caller frees it. */
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
    numres_gate_run run;
    const unsigned char *start;
    guard guard = guard_create(length + 1);
    char *token = long_token(first, filler, last, length);
    find_run(&run, &guard, token, length + 1, length + 1, INSIDE, &start);
    bool whole = run.why == NUMRES_RUN_BYTES && run.end == start + length + 1;
    cr_assert(whole || (run.why == NUMRES_RUN_OPEN_TOKEN && run.end == start));
    cr_assert(!whole || run.tokens[0].length == length);
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

/* The byte that ends a numeral must be found within the same length. */
Test(gate_runs, the_longest_simple_number) {
    cr_assert(is_simple('1', '0', '0', NUMRES_GATE_SIMPLE_LENGTH - 1));
    cr_assert_not(is_simple('1', '0', '0', NUMRES_GATE_SIMPLE_LENGTH + 1));
    cr_assert_not(is_simple('-', '9', '0', 3 * NUMRES_GATE_SIMPLE_LENGTH));
}

/* A character that crosses the limit is not read in half. */
Test(gate_runs, a_character_across_the_longest_length) {
    for (size_t before = NUMRES_GATE_SIMPLE_LENGTH - 6; before < NUMRES_GATE_SIMPLE_LENGTH + 2;
         before++) {
        size_t length = before + 5;
        char *token = long_token('"', 'x', '"', length);
        memcpy(token + before, "\xF0\x9F\x98\x80", 4);
        bool simple = length <= NUMRES_GATE_SIMPLE_LENGTH;
        expectation expected = {simple ? length + 1 : 0,
                                simple ? NUMRES_RUN_BYTES : NUMRES_RUN_OPEN_TOKEN,
                                simple ? "''," : ""};
        expect_run_of(token, length + 1, length + 1, INSIDE, expected);
        free(token);
    }
}

/* ---- where a run stops ---- */

Test(gate_runs, no_token_is_taken_at_or_after_the_soft_end) {
    static const char text[] = "[\"abc\", 12 ,true ]";
    static const struct {
        size_t soft_end;
        expectation expected;
    } cases[] = {
        {0, {0, NUMRES_RUN_BYTES, ""}},
        {1, {1, NUMRES_RUN_BYTES, "["}},
        {2, {6, NUMRES_RUN_BYTES, "[''"}},
        {5, {6, NUMRES_RUN_BYTES, "[''"}},
        {6, {6, NUMRES_RUN_BYTES, "[''"}},
        {7, {7, NUMRES_RUN_BYTES, "['',"}},
        {8, {8, NUMRES_RUN_BYTES, "['',"}},
        {9, {10, NUMRES_RUN_BYTES, "['',0 "}},
        {10, {10, NUMRES_RUN_BYTES, "['',0 "}},
        {11, {11, NUMRES_RUN_BYTES, "['',0 "}},
        {12, {12, NUMRES_RUN_BYTES, "['',0 ,"}},
        {13, {16, NUMRES_RUN_BYTES, "['',0 ,0 "}},
        {17, {17, NUMRES_RUN_BYTES, "['',0 ,0 "}},
        {18, {18, NUMRES_RUN_ROOT, "['',0 ,0 ]"}},
    };
    for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
        expect_run_of(text, sizeof text - 1, cases[at].soft_end, 0, cases[at].expected);
    }
}

/* The length of a run of this unit, repeated more often than there is room for. */
static size_t length_of_full_run(const char *unit, numres_gate_run *run) {
    static char text[8192];
    const unsigned char *start;
    size_t length = 0;
    while (length + 16 < sizeof text)
        length += (size_t)sprintf(text + length, "%s", unit);
    guard guard = guard_create(length);
    find_run(run, &guard, text, length, length, INSIDE, &start);
    length = (size_t)(run->end - start);
    expect_tokens(run, start);
    guard_destroy(&guard);
    cr_assert_eq(run->why, NUMRES_RUN_BYTES);
    return length;
}

/* A run has as many tokens and stand-ins as fit; the next run begins after them. */
Test(gate_runs, the_room_of_a_run_ends_it) {
    numres_gate_run run;
    cr_expect_eq(length_of_full_run("[]", &run), NUMRES_RUN_TOKENS);
    cr_expect_eq(run.count, NUMRES_RUN_TOKENS);
    cr_expect_eq(length_of_full_run("\"a\"", &run), 3 * NUMRES_RUN_TOKENS);
    cr_expect_eq(length_of_full_run(",", &run), NUMRES_RUN_TEXT - 2);
    cr_expect_eq(run.count, 0);
    cr_expect_eq(length_of_full_run(":\"abcdef\"", &run), 1 + 9 * (NUMRES_RUN_TEXT / 3));
    cr_expect_eq(run.text_length, NUMRES_RUN_TEXT);
}

Test(gate_runs, the_root_ends_a_run) {
    expect_run("{} {", 0, 2, NUMRES_RUN_ROOT, "0 ");
    expect_run("[[],{}]]]", 0, 7, NUMRES_RUN_ROOT, "[[],0 ]");
    expect_run("  {\"a\":[1]}\n", 0, 11, NUMRES_RUN_ROOT, "{'':[0 ]}");
    expect_run("\"a\"\"b\"", 0, 3, NUMRES_RUN_ROOT, "''");
    expect_run("12 13 ", 0, 2, NUMRES_RUN_ROOT, "0 ");
    expect_run("true null", 0, 4, NUMRES_RUN_ROOT, "0 ");
}

Test(gate_runs, the_depth_goes_on_from_earlier_runs) {
    expect_run("]]]", 3, 3, NUMRES_RUN_ROOT, "]]]");
    expect_run("]]]", 4, 3, NUMRES_RUN_BYTES, "]]]");
    expect_run("[]]]", 2, 4, NUMRES_RUN_ROOT, "[]]]");
    expect_run("},{},{}]", 2, 8, NUMRES_RUN_ROOT, "},0 ,0 ]");
}

Test(gate_runs, a_bracket_that_is_too_deep_ends_a_run) {
    expect_run("[[", DEEPEST - 1, 1, NUMRES_RUN_TOO_DEEP, "[");
    expect_run("1, {", DEEPEST, 3, NUMRES_RUN_TOO_DEEP, "0 ,");
    expect_run("],[ [", DEEPEST, 4, NUMRES_RUN_TOO_DEEP, "],[");
    expect_run("[]", DEEPEST - 1, 2, NUMRES_RUN_BYTES, "[]");
}

/* Brackets inside strings do not count. */
Test(gate_runs, brackets_in_strings_do_not_count) {
    expect_run("[\"]]\",\"[[\"]", 0, 11, NUMRES_RUN_ROOT, "['','']");
    expect_run("{\"}{\":\"{\"}", 0, 10, NUMRES_RUN_ROOT, "0 ");
}

/* Wherever the document is cut, its runs join to the same tokens. */
Test(gate_runs, a_document_in_two_pieces_at_every_split) {
    static const char text[] = "{\"a\":[1,-2.5e3,true,null,\"\xC3\xA9\"],\"b\":{\"c\":false}}";
    size_t length = sizeof text - 1;
    for (size_t split = 0; split < length; split++) {
        numres_gate_run run;
        const unsigned char *start;
        guard guard = guard_create(length);
        find_run(&run, &guard, text, split, split, 0, &start);
        size_t end = (size_t)(run.end - start);
        cr_assert_leq(end, split);
        cr_assert_eq(run.why, end == split ? NUMRES_RUN_BYTES : NUMRES_RUN_OPEN_TOKEN);
        /* The open rest is short: it began with the last token. */
        cr_assert_leq(split - end, 7);
        guard_destroy(&guard);
    }
    expect_run(text, 0, length, NUMRES_RUN_ROOT, "{'':[0 ,0 ,0 ,0 ,''],'':0 }");
}
