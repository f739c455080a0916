/* Single values as the fast lane reads and skips them. */
#include "fast/single_values.h"

#include "support.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 130, ROOM = 200, DEEP = 10 };

static const char *name_of(numres_fast_result result) {
    return result == NUMRES_FAST_WHOLE ? "whole" : result == NUMRES_FAST_MORE ? "more" : "surprise";
}

/* ---- strings ---- */

/* Bytes inside a string, and the result of reading it. */
typedef struct odd_byte {
    const char *bytes;
    numres_fast_result result; /* if a quote follows them */
    size_t decoded_length;
} odd_byte;

static const odd_byte odd_bytes[] = {
    {"x", NUMRES_FAST_WHOLE, 1},           {"\x7F", NUMRES_FAST_WHOLE, 1},
    {"\\n", NUMRES_FAST_WHOLE, 1},         {"\\\"", NUMRES_FAST_WHOLE, 1},
    {"\\u00e9", NUMRES_FAST_WHOLE, 2},     {"\\ud83d\\ude00", NUMRES_FAST_WHOLE, 4},
    {"\xC3\xA9", NUMRES_FAST_WHOLE, 2},    {"\xE2\x82\xAC\xF0\x9F\x98\x80", NUMRES_FAST_WHOLE, 7},
    {"\x1F", NUMRES_FAST_SURPRISE, 0},     {"\n", NUMRES_FAST_SURPRISE, 0},
    {"\\x", NUMRES_FAST_SURPRISE, 0},      {"\\ud83d", NUMRES_FAST_SURPRISE, 0},
    {"\\ude00", NUMRES_FAST_SURPRISE, 0},  {"\x80", NUMRES_FAST_SURPRISE, 0},
    {"\xE2\x82", NUMRES_FAST_SURPRISE, 0}, {"\xC0\x80", NUMRES_FAST_SURPRISE, 0},
};
#define ODD_BYTES (sizeof(odd_bytes) / sizeof(odd_bytes[0]))

/* Reads and skips the string, cut to `length` and placed before the guard page. Unless it is whole,
 * nothing may be taken. */
static void expect_string(guard *guard, const char *text, size_t length, const odd_byte *odd,
                          numres_fast_result expected, size_t plain) {
    char value[ROOM];
    numres_fast_room room = {value, sizeof value};
    const unsigned char *bytes = (const unsigned char *)guard_place(guard, text, length);
    const unsigned char *end = bytes + length;
    bool escaped = odd->bytes[0] == '\\';
    const unsigned char *at = bytes;
    numres_text found = {NULL, 0};
    bool decoded = !escaped;
    numres_fast_result result = numres_fast_string(&at, end, room, &found, &decoded);
    if (result != expected || at != (result == NUMRES_FAST_WHOLE ? end : bytes)) {
        cr_assert_fail("[%.*s]: %s, not %s, or taken wrong", (int)length, text, name_of(result),
                       name_of(expected));
    }
    if (expected == NUMRES_FAST_WHOLE) {
        cr_assert_eq(decoded, escaped);
        cr_assert_eq(found.length, plain + odd->decoded_length);
        cr_assert(escaped || found.bytes == (const char *)bytes + 1);
    }
    at = bytes;
    result = numres_fast_skip(&at, end, 0);
    cr_assert(result == expected && at == (result == NUMRES_FAST_WHOLE ? end : bytes),
              "[%.*s] is skipped otherwise: %s", (int)length, text, name_of(result));
}

/* Writes a quote, `length` plain bytes with the odd ones at `place`, and a quote. */
static size_t write_string(char *text, size_t length, size_t place, const char *odd) {
    size_t odd_length = strlen(odd);
    text[0] = '"';
    memset(text + 1, 'p', length + odd_length);
    memcpy(text + 1 + place, odd, odd_length);
    text[1 + length + odd_length] = '"';
    return length + odd_length + 2;
}

Test(fast_token, strings_of_every_length_with_an_odd_byte_at_every_place) {
    guard guard = guard_create(2 * LONGEST);
    char text[2 * LONGEST];
    size_t step = test_full() ? 1 : 3;
    for (size_t kind = 0; kind < ODD_BYTES; kind++) {
        for (size_t length = 0; length <= LONGEST; length++) {
            for (size_t place = length % step; place <= length; place += step) {
                size_t written = write_string(text, length, place, odd_bytes[kind].bytes);
                expect_string(&guard, text, written, &odd_bytes[kind], odd_bytes[kind].result,
                              length);
            }
        }
    }
    guard_destroy(&guard);
}

/* A cut string has a result only if it is already wrong. */
Test(fast_token, strings_cut_at_every_place) {
    guard guard = guard_create(2 * LONGEST);
    char text[2 * LONGEST];
    for (size_t kind = 0; kind < ODD_BYTES; kind++) {
        for (size_t place = 0; place <= 40; place++) {
            size_t written = write_string(text, 40, place, odd_bytes[kind].bytes);
            bool wrong = false;
            for (size_t length = 1; length < written; length++) {
                const unsigned char *bytes =
                    (const unsigned char *)guard_place(&guard, text, length);
                numres_fast_result result = numres_fast_skip(&bytes, bytes + length, 0);
                /* One more byte never makes a wrong string right. */
                bool is_wrong = result == NUMRES_FAST_SURPRISE;
                cr_assert(result != NUMRES_FAST_WHOLE && (is_wrong || !wrong), "[%.*s]",
                          (int)length, text);
                wrong = is_wrong;
                expect_string(&guard, text, length, &odd_bytes[kind], result, 40);
            }
            cr_assert(!wrong || odd_bytes[kind].result == NUMRES_FAST_SURPRISE);
        }
    }
    guard_destroy(&guard);
}

Test(fast_token, a_decoded_text_must_fit_and_a_plain_one_needs_no_room) {
    char value[32];
    static const char escaped[] = "\"0123456789abcdef0123456\\n\"";
    static const char plain[] = "\"0123456789abcdef0123456789abcdef\"";
    for (size_t size = 0; size <= sizeof value; size++) {
        numres_fast_room room = {value + sizeof value - size, size};
        numres_text text;
        bool decoded;
        const unsigned char *at = (const unsigned char *)escaped;
        numres_fast_result result =
            numres_fast_string(&at, at + strlen(escaped), room, &text, &decoded);
        cr_assert_eq(result, size < 24 ? NUMRES_FAST_SURPRISE : NUMRES_FAST_WHOLE, "%zu", size);
        if (size >= 24) {
            cr_assert(decoded && text.bytes == room.bytes && text.length == 24);
            cr_assert_arr_eq(text.bytes, "0123456789abcdef0123456\n", 24);
        }
        at = (const unsigned char *)plain;
        cr_assert_eq(numres_fast_string(&at, at + strlen(plain), room, &text, &decoded),
                     NUMRES_FAST_WHOLE);
        cr_assert(!decoded && text.bytes == plain + 1 && text.length == 32);
    }
}

/* ---- white space ---- */

Test(fast_token, white_space_of_every_length) {
    static const char spaces[] = " \t\n\r";
    guard guard = guard_create(LONGEST + 1);
    char text[LONGEST + 1];
    for (size_t length = 0; length <= LONGEST; length++) {
        for (size_t round = 0; round < 6; round++) {
            for (size_t at = 0; at < length; at++) {
                text[at] = round < 4 ? spaces[round] : at % (round + 9) == 0 ? '\n' : ' ';
            }
            text[length] = 'x';
            const unsigned char *start =
                (const unsigned char *)guard_place(&guard, text, length + 1);
            const unsigned char *at = start;
            cr_assert_eq(numres_fast_space(&at, start + length + 1), NUMRES_FAST_WHOLE);
            cr_assert_eq(at, start + length);
            at = start;
            cr_assert_eq(numres_fast_space(&at, start + length), NUMRES_FAST_MORE);
        }
    }
    guard_destroy(&guard);
}
