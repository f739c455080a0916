/* Spans inside a string: plain bytes, and whole characters. */
#include "base/text.h"
#include "token/plain.h"

#include "support.h"

#include <criterion/criterion.h>
#include <string.h>

enum { LONGEST_SPAN = 32, LONGEST_LONG_SPAN = 130 };

/* ---- plain bytes ---- */

static bool is_plain(unsigned char byte) {
    return byte >= 32 && byte <= 127 && byte != 34 && byte != 92;
}

/* `bytes` ends at the guard page. */
static void expect_plain_span(const char *bytes, size_t length) {
    size_t expected = 0;
    while (expected < length && is_plain((unsigned char)bytes[expected])) {
        expected++;
    }
    const unsigned char *start = (const unsigned char *)bytes;
    size_t span = (size_t)(numres_plain_skip(start, start + length) - start);
    if (span != expected) {
        cr_assert_fail("a span of %zu of %zu bytes, not %zu", span, length, expected);
    }
}

Test(text_spans, every_byte_at_every_place_of_a_span) {
    /* Neighbours of the bytes that are not plain, and the ends of the range. */
    static const char fillers[] = {'x', ' ', '!', '#', '[', ']', 0x7F, '0'};
    guard guard = guard_create(LONGEST_SPAN);
    for (size_t length = 0; length <= LONGEST_SPAN; length++) {
        char *bytes = guard.end - length;
        for (size_t filler = 0; filler < sizeof fillers; filler++) {
            memset(bytes, fillers[filler], length);
            expect_plain_span(bytes, length);
            for (size_t place = 0; place <= 20 && place < length; place++) {
                for (unsigned int byte = 0; byte < 256; byte++) {
                    bytes[place] = (char)byte;
                    expect_plain_span(bytes, length);
                }
                bytes[place] = fillers[filler];
            }
        }
    }
    guard_destroy(&guard);
}

/* No byte may affect how its neighbour is judged. */
Test(text_spans, every_pair_of_neighbours_in_a_span) {
    guard guard = guard_create(16);
    char *bytes = guard.end - 16;
    memset(bytes, 'x', 16);
    for (size_t place = 0; place < 15; place++) {
        for (unsigned int pair = 0; pair < 65536; pair++) {
            bytes[place] = (char)(pair >> 8);
            bytes[place + 1] = (char)pair;
            expect_plain_span(bytes, 16);
        }
        bytes[place] = bytes[place + 1] = 'x';
    }
    guard_destroy(&guard);
}

Test(text_spans, seeded_spans_of_awkward_bytes) {
    static const char awkward[] = {' ',  '!', '"',        '#',        0x1F,      '[',
                                   '\\', ']', 0x7F,       (char)0x80, '\0',      (char)0xA0,
                                   'a',  'b', (char)0xFF, (char)0xA2, (char)0xDC};
    guard guard = guard_create(LONGEST_SPAN);
    uint64_t state = 7;
    for (size_t round = 0; round < 200000; round++) {
        size_t length = (size_t)(random_next(&state) % (LONGEST_SPAN + 1));
        size_t plain = (size_t)(random_next(&state) % (LONGEST_SPAN + 1));
        char *bytes = guard.end - length;
        for (size_t at = 0; at < length; at++) {
            bytes[at] = at < plain ? 'p' : awkward[random_next(&state) % sizeof awkward];
        }
        expect_plain_span(bytes, length);
    }
    guard_destroy(&guard);
}

Test(text_spans, long_ones_with_one_odd_byte) {
    static const char odd[] = {'"', '\\', 0x1F, (char)0x80, '\0', (char)0xFF};
    guard guard = guard_create(LONGEST_LONG_SPAN);
    for (size_t length = 0; length <= LONGEST_LONG_SPAN; length++) {
        char *bytes = guard.end - length;
        memset(bytes, 'p', length);
        expect_plain_span(bytes, length);
        for (size_t place = 0; place < length; place++) {
            bytes[place] = odd[(length + place) % sizeof odd];
            expect_plain_span(bytes, length);
            bytes[place] = 'p';
        }
    }
    guard_destroy(&guard);
}

/* ---- characters ---- */

/* Plain bytes with the odd ones at `place`; the span ends after or before them. */
static void expect_characters(guard *guard, size_t length, size_t place, const char *odd,
                              bool is_legal) {
    char text[2 * LONGEST_LONG_SPAN];
    size_t odd_length = strlen(odd);
    memset(text, 'p', length + odd_length);
    memcpy(text + place, odd, odd_length);
    const unsigned char *bytes =
        (const unsigned char *)guard_place(guard, text, length + odd_length);
    const unsigned char *end = bytes + length + odd_length;
    const unsigned char *found = numres_plain_skip_characters(bytes, end);
    if (found != (is_legal ? end : bytes + place)) {
        cr_assert_fail("%s at %zu of %zu: %td", odd, place, length, found - bytes);
    }
}

Test(text_spans, characters_of_any_length_at_every_place) {
    static const char *const legal[] = {"\x7F", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80",
                                        "\xD0\x9E\xE6\x9C\xAD\xF0\x9F\x93\x9E\xC2\x80"};
    static const char *const others[] = {
        "\"",           "\\",   "\x1F",     "\xC3",         "\xE2\x82",
        "\xF0\x9F\x98", "\x80", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\xFF"};
    guard guard = guard_create(2 * LONGEST_LONG_SPAN);
    for (size_t length = 0; length <= LONGEST_LONG_SPAN; length++) {
        for (size_t place = 0; place <= length; place++) {
            for (size_t at = 0; at < sizeof legal / sizeof *legal; at++) {
                expect_characters(&guard, length, place, legal[at], true);
            }
            for (size_t at = 0; at < sizeof others / sizeof *others; at++) {
                expect_characters(&guard, length, place, others[at], false);
            }
        }
    }
    guard_destroy(&guard);
}
