/* Decoding strings: pieces at every place, into buffers of every size. */
#include "token/unescape.h"

#include "bad_text.h"
#include "good_text.h"
#include "support.h"

#include <criterion/criterion.h>
#include <string.h>

enum { LONGEST = 256, LARGEST_ROOM = 256, AROUND = 40 };

/* Input and output both end at guard pages: no byte beyond is read or written. */
typedef struct pages {
    guard input;
    guard output;
} pages;

static pages make_pages(void) {
    pages made = {guard_create(LONGEST), guard_create(LARGEST_ROOM)};
    return made;
}

static void free_pages(pages *used) {
    guard_destroy(&used->input);
    guard_destroy(&used->output);
}

/* Decodes into a room of this size. What fits must be kept, the rest counted, and reading
   must stop at `stop`. */
static void expect_decoded(pages *used, const char *written, size_t length, size_t stop,
                           const char *meant, size_t meant_length, size_t size) {
    const unsigned char *bytes = (const unsigned char *)guard_place(&used->input, written, length);
    char *value = used->output.end - size;
    numres_unescape_room room = {value, used->output.end, 0};
    memset(value, '~', size);
    size_t taken = (size_t)(numres_unescape(&room, bytes, bytes + length) - bytes);
    size_t kept = (size_t)(room.next - value);
    size_t fitting = meant_length < size ? meant_length : size;
    if (taken != stop || kept != fitting || room.lost != meant_length - fitting ||
        memcmp(value, meant, fitting) != 0) {
        cr_assert_fail("[%.*s] in %zu: stopped at %zu, not %zu; kept %zu of %zu", (int)length,
                       written, size, taken, stop, kept, meant_length);
    }
}

static void expect_decoded_everywhere(pages *used, const char *written, size_t length, size_t stop,
                                      const char *meant, size_t meant_length) {
    size_t smallest = meant_length < 6 ? 0 : meant_length - 6;
    for (size_t size = smallest; size <= meant_length + 34; size++) {
        expect_decoded(used, written, length, stop, meant, meant_length, size);
    }
    expect_decoded(used, written, length, stop, meant, meant_length, 0);
    expect_decoded(used, written, length, stop, meant, meant_length, LARGEST_ROOM);
}

/* Decodes `before` plain bytes, the good text, `after` plain bytes and the ending. */
static void expect_between(pages *used, const good_text *middle, size_t before, size_t after,
                           const char *ending) {
    char written[LONGEST];
    char meant[LONGEST];
    size_t middle_length = strlen(middle->written);
    size_t inside = before + middle_length + after;
    memset(written, 'a', before);
    memcpy(written + before, middle->written, middle_length);
    memset(written + before + middle_length, 'z', after);
    memcpy(written + inside, ending, strlen(ending));
    memset(meant, 'a', before);
    memcpy(meant + before, middle->meant, middle->meant_length);
    memset(meant + before + middle->meant_length, 'z', after);
    expect_decoded_everywhere(used, written, inside + strlen(ending), inside, meant,
                              before + middle->meant_length + after);
}

Test(unescape, good_text_at_every_place_and_distance_from_the_end) {
    static const char *const endings[] = {"", "\"", "\"................................"};
    pages used = make_pages();
    for (size_t at = 0; at < good_text_count; at++) {
        for (size_t before = 0; before <= AROUND; before++) {
            for (size_t after = 0; after <= AROUND; after++) {
                expect_between(&used, &good_texts[at], before, after,
                               endings[(before + after) % 3]);
            }
        }
    }
    free_pages(&used);
}

/* What stops decoding: the end, controls, and errors or unfinished pieces. */
static const char *const stops[] = {
    "",          "\"",           "\x01",          "\x1F",    "\n",
    "\\",        "\\u",          "\\u0",          "\\u00",   "\\u004",
    "\\x",       "\\U0041",      "\\u004g",       "\\ug041", "\\u0g41",
    "\\u00`1",   "\\u 041",      "\\a",           "\\'",     "\\1",
    "\\ud800\\", "\\ud800\\u",   "\\ud800\\udc0", "\\ud8zz", "\xC3",
    "\xE2\x82",  "\xF0\x9F\x98", "\xC3(",
};
#define STOPS (sizeof(stops) / sizeof(stops[0]))

static void expect_stop(pages *used, const char *stop) {
    char written[LONGEST];
    char meant[LONGEST];
    size_t length = strlen(stop);
    for (size_t before = 0; before <= AROUND; before++) {
        memset(meant, 'a', before + 1);
        memset(written, 'a', before);
        memcpy(written + before, "\\u0061", 6);
        memcpy(written + before + 6, stop, length);
        expect_decoded_everywhere(used, written, before + 6 + length, before + 6, meant,
                                  before + 1);
        /* With bytes after it, which no unfinished piece accepts. */
        memset(written + before + 6 + length, '!', AROUND);
        if (length > 0) {
            expect_decoded_everywhere(used, written, before + 6 + length + AROUND, before + 6,
                                      meant, before + 1);
        }
    }
}

Test(unescape, it_stops_before_what_is_wrong_or_unfinished) {
    pages used = make_pages();
    for (size_t at = 0; at < STOPS; at++) {
        expect_stop(&used, stops[at]);
    }
    for (size_t at = 0; at < LONE_SURROGATE_COUNT; at++) {
        expect_stop(&used, lone_surrogates[at]);
    }
    for (size_t at = 0; at < BAD_UTF8_COUNT; at++) {
        expect_stop(&used, bad_utf8[at]);
    }
    free_pages(&used);
}

static uint32_t digit_of(unsigned char byte) {
    static const char digits[] = "0123456789abcdef";
    const char *found = strchr(digits, byte >= 'A' && byte <= 'F' ? byte + ('a' - 'A') : byte);
    return byte != 0 && found != NULL ? (uint32_t)(found - digits) : 16;
}

Test(unescape, every_byte_as_a_digit_and_as_a_simple_escape) {
    for (unsigned int byte = 0; byte < 256; byte++) {
        uint32_t digit = digit_of((unsigned char)byte);
        const good_text *escape = good_simple_escape(byte);
        cr_assert_eq(numres_unescape_hex((unsigned char)byte), digit < 16 ? (int)digit : -1);
        cr_assert_eq(numres_unescape_simple((unsigned char)byte),
                     escape != NULL ? escape->meant[0] : 0, "%02x", byte);
    }
}

/* Each of the four digits counts at its place; a pair needs both halves. */
Test(unescape, every_code_unit) {
    static const char digits[] = "0123456789aBcDeF";
    pages used = make_pages();
    for (unsigned int unit = 0; unit < 65536; unit++) {
        char written[] = "\\u0000";
        char value[LARGEST_ROOM];
        numres_unescape_room room = {value, value + sizeof value, 0};
        for (unsigned int at = 0; at < 4; at++) {
            written[2 + at] = digits[unit >> (12 - 4 * at) & 15];
        }
        const unsigned char *bytes = (const unsigned char *)guard_place(&used.input, written, 6);
        size_t taken = (size_t)(numres_unescape(&room, bytes, bytes + 6) - bytes);
        unsigned char meant[4];
        size_t length = good_utf8(unit, meant);
        if (unit >= 0xD800 && unit <= 0xDFFF) {
            cr_assert(taken == 0 && room.next == value, "%04x", unit);
        } else if (taken != 6 || room.next != value + length || memcmp(value, meant, length) != 0) {
            cr_assert_fail("%04x", unit);
        }
    }
    free_pages(&used);
}
