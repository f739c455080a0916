/* Values that the fast lane skips: judged as strictly as others, wherever they are cut. */
#include "fast/single_values.h"

#include "support.h"

#include <criterion/criterion.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

enum { DEEP = 6, LONGEST = 400 };

/* ---- the tests' own reader, for comparison ---- */

/* Reads single bytes by the grammar of RFC 8259. At the first wrong byte, or at the end,
   it fails and stays failed. */
typedef struct reference {
    const char *at;
    const char *end;
    numres_fast_result result;
} reference;

static void skip_reference(reference *read, unsigned int depth);

/* The next byte, or 0 after a failure. */
static char peek(reference *read) {
    if (read->result == NUMRES_FAST_WHOLE && read->at == read->end) {
        read->result = NUMRES_FAST_MORE;
    }
    return read->result == NUMRES_FAST_WHOLE ? *read->at : '\0';
}

/* Takes one of these bytes and returns it. */
static char take(reference *read, const char *allowed) {
    char byte = peek(read);
    if (read->result == NUMRES_FAST_WHOLE && (byte == '\0' || strchr(allowed, byte) == NULL)) {
        read->result = NUMRES_FAST_SURPRISE;
    }
    read->at += read->result == NUMRES_FAST_WHOLE ? 1 : 0;
    return read->result == NUMRES_FAST_WHOLE ? byte : '\0';
}

static void take_space(reference *read) {
    while (peek(read) == ' ' || peek(read) == '\n' || peek(read) == '\t' || peek(read) == '\r') {
        read->at++;
    }
}

/* No surrogates: the documents below have none, and are ASCII. */
static void take_string(reference *read) {
    take(read, "\"");
    while (peek(read) != '\0' && peek(read) != '"') {
        if (take(read, "\\") == '\\') {
            if (take(read, "\"\\/bfnrtu") == 'u') {
                for (int digit = 0; digit < 4; digit++) {
                    take(read, "0123456789abcdefABCDEF");
                }
            }
        } else if (read->result == NUMRES_FAST_SURPRISE && (unsigned char)*read->at >= 32 &&
                   (unsigned char)*read->at < 128) {
            read->result = NUMRES_FAST_WHOLE;
            read->at++;
        }
    }
    take(read, "\"");
}

/* Reads up to a delimiter. A token that could still become legal needs more bytes. */
static void take_scalar(reference *read) {
    static const char *const literals[] = {"true", "false", "null"};
    static const char *const endings[] = {"", "1", "0", ".1", "e1", "+1"};
    char token[LONGEST] = {0};
    size_t length = 0;
    bool may_become = false;
    bool is_whole = false;
    regex_t number;
    while (read->at < read->end && strchr(" \n\t\r,:[]{}\"", *read->at) == NULL) {
        token[length++] = *read->at++;
    }
    cr_assert_eq(regcomp(&number, "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$",
                         REG_EXTENDED | REG_NOSUB),
                 0);
    for (size_t at = 0; at < 3; at++) {
        may_become = may_become || (length > 0 && strncmp(literals[at], token, length) == 0);
        is_whole = is_whole || strcmp(literals[at], token) == 0;
    }
    for (size_t at = 0; at < 6; at++) {
        char longer[LONGEST + 4];
        strcpy(longer, token);
        strcat(longer, endings[at]);
        bool matches = regexec(&number, longer, 0, NULL, 0) == 0;
        may_become = may_become || (length > 0 && matches);
        is_whole = is_whole || (at == 0 && matches);
    }
    regfree(&number);
    if (read->at == read->end) {
        read->result = may_become ? NUMRES_FAST_MORE : NUMRES_FAST_SURPRISE;
    } else if (!is_whole) {
        read->result = NUMRES_FAST_SURPRISE;
    }
}

static void take_members(reference *read, char closing, unsigned int depth) {
    char closings[] = {closing, '\0'};
    char separators[] = {',', closing, '\0'};
    take_space(read);
    if (peek(read) == closing) {
        take(read, closings);
        return;
    }
    do {
        take_space(read);
        if (closing == '}') {
            take_string(read);
            take_space(read);
            take(read, ":");
            take_space(read);
        }
        skip_reference(read, depth);
        take_space(read);
    } while (take(read, separators) == ',');
}

static void skip_reference(reference *read, unsigned int depth) {
    char first = peek(read);
    if (read->result != NUMRES_FAST_WHOLE) {
        return;
    }
    if (first == '"') {
        take_string(read);
    } else if (first != '[' && first != '{') {
        take_scalar(read);
    } else if (depth == 0) {
        read->result = NUMRES_FAST_SURPRISE;
    } else {
        read->at++;
        take_members(read, first == '[' ? ']' : '}', depth - 1);
    }
}

/* ---- comparing ---- */

static void expect_as_reference(guard *guard, const char *text, size_t length, unsigned int depth) {
    const char *start = guard_place(guard, text, length);
    const unsigned char *at = (const unsigned char *)start;
    reference expected = {start, start + length, NUMRES_FAST_WHOLE};
    skip_reference(&expected, depth);
    numres_fast_result result = numres_fast_skip(&at, at + length, depth);
    size_t taken = (size_t)((const char *)at - start);
    size_t right = expected.result == NUMRES_FAST_WHOLE ? (size_t)(expected.at - start) : 0;
    if (result != expected.result || taken != right) {
        cr_assert_fail("[%.*s] at most %u deep: %d, not %d; %zu bytes, not %zu", (int)length, text,
                       depth, (int)result, (int)expected.result, taken, right);
    }
}

static const char *const values[] = {
    "\"a string\" ",
    "12 ",
    "-0.5e+10,",
    "true,",
    "false]",
    "null}",
    "[] ",
    "{},",
    "[1,-2.5,\"x\",true,false,null,[],{},[[]],{\"a\":{}}] ",
    "[\"sms\",\"voice\",{\"hd\":true,\"codecs\":[\"opus\"]}],",
    "{\"monthly\":5.25,\"currency\":\"USD\"},",
    "{\n        \"a name of more than sixteen bytes\" : [\n                1 ,\n"
    "                                  {\"\" : \"\\u0041\\n\\\"\" }\r\n ] , \"b\":\t\"\"\n} ",
    "{\"0123456789abcde\":\"0123456789abcdef\",\"0123456789abcdef\":\"0123456789abcde\","
    "\"0123456789abcdef~\":\"0123456789abcdef0123456789abcdef0123456789abcdef\"} ",
    "[[[[[[0]]]]]] ",
    "[[[[[[[0]]]]]]] ",
    "{\"a\":{\"a\":[{\"a\":[{\"a\":1}]}]}},",
};
#define VALUES (sizeof(values) / sizeof(values[0]))

Test(fast_skip, values_cut_at_every_place_at_every_depth) {
    guard guard = guard_create(LONGEST);
    for (size_t value = 0; value < VALUES; value++) {
        for (size_t length = 1; length <= strlen(values[value]); length++) {
            for (unsigned int depth = 0; depth <= DEEP + 1; depth++) {
                expect_as_reference(&guard, values[value], length, depth);
            }
        }
    }
    guard_destroy(&guard);
}

/* Every byte replaced, left out, and inserted before: errors are found at once. */
Test(fast_skip, values_with_one_byte_changed) {
    static const char changes[] = "\"\\,:[]{} \n0-.eEtn\x01x";
    guard guard = guard_create(LONGEST);
    char text[LONGEST];
    for (size_t value = 0; value < VALUES; value++) {
        size_t length = strlen(values[value]);
        for (size_t at = 0; at < length; at++) {
            memcpy(text, values[value], length);
            memmove(text + at, text + at + 1, length - at - 1);
            if (length > 1) {
                expect_as_reference(&guard, text, length - 1, DEEP);
            }
            for (size_t change = 0; change < sizeof changes - 1; change++) {
                memcpy(text, values[value], length);
                text[at] = changes[change];
                expect_as_reference(&guard, text, length, DEEP);
                memmove(text + at + 1, values[value] + at, length - at);
                expect_as_reference(&guard, text, length + 1, DEEP);
            }
        }
    }
    guard_destroy(&guard);
}

Test(fast_skip, seeded_tokens_in_any_order) {
    static const char *const tokens[] = {"[",      "]",
                                         "{",      "}",
                                         ",",      ":",
                                         "\"\"",   "\"a\"",
                                         "\"a\":", "\"0123456789abcdef\":",
                                         "1",      "-",
                                         "0.5",    "true",
                                         "nul",    "null",
                                         " ",      "\n                                "};
    guard guard = guard_create(LONGEST);
    uint64_t state = 11;
    for (size_t round = 0; round < 60000; round++) {
        char text[LONGEST] = "";
        size_t count = 1 + (size_t)(random_next(&state) % 10);
        strcat(text, random_next(&state) % 2 == 0 ? "[" : "{");
        for (size_t at = 0; at < count; at++) {
            strcat(text, tokens[random_next(&state) % (sizeof tokens / sizeof tokens[0])]);
        }
        expect_as_reference(&guard, text, strlen(text), DEEP);
    }
    guard_destroy(&guard);
}

/* More levels than one word has bits to tell arrays from objects. */
Test(fast_skip, as_deep_as_is_allowed) {
    enum { DEEPEST = 127 };
    char text[8 * DEEPEST];
    uint64_t state = 3;
    guard guard = guard_create(sizeof text);
    for (size_t round = 0; round < 200; round++) {
        char closing[DEEPEST + 1] = {0};
        text[0] = '\0';
        for (size_t at = 0; at < DEEPEST; at++) {
            bool is_array = random_next(&state) % 2 == 0;
            strcat(text, is_array ? "[" : "{\"a\":");
            closing[DEEPEST - 1 - at] = is_array ? ']' : '}';
        }
        strcat(text, "0");
        size_t opened = strlen(text);
        strcat(text, closing);
        size_t length = strlen(text);
        expect_as_reference(&guard, text, length, DEEPEST);
        expect_as_reference(&guard, text, length, DEEPEST - 1);
        size_t wrong = opened + (size_t)(random_next(&state) % DEEPEST);
        text[wrong] = text[wrong] == ']' ? '}' : ']';
        expect_as_reference(&guard, text, length, DEEPEST);
    }
    guard_destroy(&guard);
}
