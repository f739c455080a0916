/* Text: UTF-8, plain spans, cuts, E.164, integers. */
#include "base/text.h"

#include "good_text.h"
#include "support.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* ---- UTF-8 ---- */

/*
 * An independent judge: every legal character is encoded by arithmetic and added to sets
 * of legal prefixes. A sequence is legal if the sets contain it.
 */
typedef struct legal_prefixes {
    bool of_one[256];
    bool of_two[256][256];
    bool of_three[32][256][256]; /* for first bytes from 0xE0 on */
    bool whole_of_two[256][256];
    bool whole_of_three[32][256][256];
} legal_prefixes;

static bool is_surrogate(uint32_t code_point) {
    return code_point >= 55296 && code_point <= 57343;
}

static const uint32_t last_code_point = 1114111;

static legal_prefixes *make_legal_prefixes(void) {
    legal_prefixes *legal = calloc(1, sizeof *legal);
    for (uint32_t code_point = 128; code_point <= last_code_point; code_point++) {
        unsigned char bytes[4];
        if (is_surrogate(code_point)) {
            continue;
        }
        size_t length = good_utf8(code_point, bytes);
        legal->of_one[bytes[0]] = true;
        legal->of_two[bytes[0]][bytes[1]] = length > 2;
        legal->whole_of_two[bytes[0]][bytes[1]] = length == 2;
        if (length > 2) {
            legal->of_three[bytes[0] - 224][bytes[1]][bytes[2]] = length > 3;
            legal->whole_of_three[bytes[0] - 224][bytes[1]][bytes[2]] = length == 3;
        }
    }
    return legal;
}

/* The expected result for up to three bytes. */
static numres_judgement expected_answer(const legal_prefixes *legal, const unsigned char *bytes,
                                        size_t length, size_t *taken) {
    bool is_long = bytes[0] >= 224;
    if (length == 1) {
        return legal->of_one[bytes[0]] ? NUMRES_JUDGED_UNFINISHED : NUMRES_JUDGED_BAD;
    }
    if (legal->whole_of_two[bytes[0]][bytes[1]]) {
        *taken = 2;
        return NUMRES_JUDGED_WHOLE;
    }
    if (length == 2) {
        return legal->of_two[bytes[0]][bytes[1]] ? NUMRES_JUDGED_UNFINISHED : NUMRES_JUDGED_BAD;
    }
    if (is_long && legal->whole_of_three[bytes[0] - 224][bytes[1]][bytes[2]]) {
        *taken = 3;
        return NUMRES_JUDGED_WHOLE;
    }
    return is_long && legal->of_three[bytes[0] - 224][bytes[1]][bytes[2]] ? NUMRES_JUDGED_UNFINISHED
                                                                          : NUMRES_JUDGED_BAD;
}

/* Checks the last three bytes before a guard page, so that an over-read crashes. */
static void expect_as_legal(const legal_prefixes *legal, const unsigned char *bytes,
                            size_t length) {
    size_t expected_taken = 0;
    size_t taken = 0;
    numres_judgement expected = expected_answer(legal, bytes, length, &expected_taken);
    numres_judgement answer = numres_text_utf8(bytes, length, &taken);
    if (answer != expected || taken != expected_taken) {
        cr_assert_fail("%02x %02x %02x, %zu of them: %d and %zu, not %d and %zu", bytes[0],
                       length > 1 ? bytes[1] : 0, length > 2 ? bytes[2] : 0, length, (int)answer,
                       taken, (int)expected, expected_taken);
    }
}

Test(text, every_sequence_of_up_to_three_bytes) {
    legal_prefixes *legal = make_legal_prefixes();
    guard guard = guard_create(3);
    unsigned char *one = (unsigned char *)guard.end - 1;
    unsigned char *two = one - 1;
    unsigned char *three = two - 1;
    for (unsigned int first = 128; first < 256; first++) {
        one[0] = (unsigned char)first;
        expect_as_legal(legal, one, 1);
        for (unsigned int second = 0; second < 256; second++) {
            two[0] = (unsigned char)first;
            two[1] = (unsigned char)second;
            expect_as_legal(legal, two, 2);
            three[0] = (unsigned char)first;
            three[1] = (unsigned char)second;
            for (unsigned int third = 0; third < 256; third++) {
                three[2] = (unsigned char)third;
                expect_as_legal(legal, three, 3);
            }
        }
    }
    guard_destroy(&guard);
    free(legal);
}

Test(text, sequences_of_four_bytes_at_every_boundary) {
    static const unsigned char lasts[] = {0x00, 0x22, 0x7F, 0x80, 0x81, 0xBF, 0xC0, 0xFF};
    legal_prefixes *legal = make_legal_prefixes();
    guard guard = guard_create(4);
    unsigned char *bytes = (unsigned char *)guard.end - 4;
    for (uint32_t prefix = 0xF00000; prefix <= 0xFFFFFF; prefix++) {
        bytes[0] = (unsigned char)(prefix >> 16);
        bytes[1] = (unsigned char)(prefix >> 8);
        bytes[2] = (unsigned char)prefix;
        bool may_go_on = legal->of_three[bytes[0] - 224][bytes[1]][bytes[2]];
        for (size_t at = 0; at < sizeof lasts; at++) {
            size_t taken = 0;
            bytes[3] = lasts[at];
            bool whole = may_go_on && lasts[at] >= 0x80 && lasts[at] <= 0xBF;
            numres_judgement answer = numres_text_utf8(bytes, 4, &taken);
            if (answer != (whole ? NUMRES_JUDGED_WHOLE : NUMRES_JUDGED_BAD) ||
                taken != (whole ? 4 : 0)) {
                cr_assert_fail("%06x %02x: %d", prefix, lasts[at], (int)answer);
            }
        }
    }
    guard_destroy(&guard);
    free(legal);
}

Test(text, what_follows_a_character_does_not_count) {
    size_t taken = 0;
    cr_assert_eq(numres_text_utf8((const unsigned char *)"\xC3\xA9\xFF", 3, &taken),
                 NUMRES_JUDGED_WHOLE);
    cr_assert_eq(taken, 2);
    cr_assert_eq(numres_text_utf8((const unsigned char *)"\xE2\x82\xAC\x80", 4, &taken),
                 NUMRES_JUDGED_WHOLE);
    cr_assert_eq(taken, 3);
    cr_assert_eq(numres_text_utf8((const unsigned char *)"\xF0\x9F\x98\x80\xC0", 5, &taken),
                 NUMRES_JUDGED_WHOLE);
    cr_assert_eq(taken, 4);
}

Test(text, is_utf8_if_all_of_it_is) {
    cr_assert(numres_text_is_utf8((numres_text){"", 0}));
    cr_assert(numres_text_is_utf8((numres_text){"a\xC3\xA9z\xF0\x9F\x98\x80", 8}));
    cr_assert(numres_text_is_utf8((numres_text){"a\0\xC3\xA9", 4}));
    cr_assert_not(numres_text_is_utf8((numres_text){"a\xC3\xA9z\xF0\x9F\x98\x80", 7}));
    cr_assert_not(numres_text_is_utf8((numres_text){"a\0\xFFz", 4}));
    cr_assert_not(numres_text_is_utf8((numres_text){"\xC3\xA9\x80", 3}));
}

Test(text, every_code_point_is_written_and_read_again) {
    for (uint32_t code_point = 0; code_point <= last_code_point; code_point++) {
        unsigned char expected[4];
        char bytes[4];
        size_t taken = 0;
        if (is_surrogate(code_point)) {
            continue;
        }
        size_t expected_length = good_utf8(code_point, expected);
        size_t length = numres_text_put_utf8(code_point, bytes);
        if (length != expected_length || memcmp(bytes, expected, length) != 0) {
            cr_assert_fail("U+%04X is written wrong", code_point);
        }
        if (code_point >= 128 && (numres_text_utf8((const unsigned char *)bytes, length, &taken) !=
                                      NUMRES_JUDGED_WHOLE ||
                                  taken != length)) {
            cr_assert_fail("U+%04X is not read again", code_point);
        }
        if (numres_text_code_point((const unsigned char *)bytes, length) != code_point) {
            cr_assert_fail("U+%04X is read as another", code_point);
        }
    }
}

/* ---- cuts ---- */

static size_t cut_length(const char *bytes, size_t limit) {
    numres_text text = {bytes, strlen(bytes)};
    numres_text cut = numres_text_cut(text, limit);
    cr_assert_eq(cut.bytes, bytes);
    return cut.length;
}

Test(text, a_cut_stands_between_characters) {
    /* One byte, two, three and four: they end at 1, 3, 6 and 10. */
    static const char mixed[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";
    static const size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
    for (size_t limit = 0; limit < sizeof expected / sizeof *expected; limit++) {
        cr_assert_eq(cut_length(mixed, limit), expected[limit], "at %zu", limit);
    }
    cr_assert_eq(cut_length(mixed, SIZE_MAX), 11);
}

Test(text, what_fits_is_not_cut_nor_read_beyond) {
    guard guard = guard_create(8);
    numres_text text = {guard_place(&guard, "12345678", 8), 8};
    cr_assert_eq(numres_text_cut(text, 8).length, 8);
    cr_assert_eq(numres_text_cut(text, 9).length, 8);
    cr_assert_eq(numres_text_cut(text, 7).length, 7);
    cr_assert_eq(numres_text_cut(text, 0).length, 0);
    guard_destroy(&guard);
    cr_assert_eq(numres_text_cut(numres_text_empty, 0).length, 0);
    cr_assert_not_null(numres_text_empty.bytes);
}

/* ---- whole values ---- */

static bool is_e164(const char *bytes) {
    numres_text text = {bytes, strlen(bytes)};
    return numres_is_e164(text);
}

Test(text, e164_numbers) {
    cr_assert(is_e164("+10"));
    cr_assert(is_e164("+99"));
    cr_assert(is_e164("+19705555098"));
    cr_assert(is_e164("+12345678901234"));
    cr_assert(is_e164("+123456789012345"));
    cr_assert(is_e164("+100000000000000"));
}

Test(text, what_is_no_e164_number) {
    static const char *const others[] = {"",
                                         "+",
                                         "1",
                                         "19705555098",
                                         "+0",
                                         "+1",
                                         "+9",
                                         "+0123",
                                         "++1",
                                         "+1+",
                                         "+1 970",
                                         "+1234567890123456",
                                         "+1970555a",
                                         "+16183xxxxxx",
                                         " +19705555098",
                                         "+19705555098 ",
                                         "-19705555098",
                                         "+a",
                                         "00197055",
                                         "+1\xC2\xB2",
                                         "+1/",
                                         "+1:"};
    for (size_t at = 0; at < sizeof others / sizeof *others; at++) {
        cr_assert_not(is_e164(others[at]), "%s", others[at]);
    }
    numres_text with_nul = {"+1\0", 3};
    cr_assert_not(numres_is_e164(with_nul));
}

Test(text, every_byte_in_an_e164_number) {
    for (unsigned int byte = 0; byte < 256; byte++) {
        bool digit = byte >= '0' && byte <= '9';
        char first[] = {'+', (char)byte, '1'};
        char second[] = {'+', '1', (char)byte};
        char plus[] = {(char)byte, '1', '1'};
        cr_assert_eq(numres_is_e164((numres_text){first, 3}), digit && byte != '0');
        cr_assert_eq(numres_is_e164((numres_text){second, 3}), digit);
        cr_assert_eq(numres_is_e164((numres_text){plus, 3}), byte == '+');
    }
}

static bool reads_integer(const char *bytes, uint64_t expected) {
    guard guard = guard_create(64);
    size_t length = strlen(bytes);
    uint64_t value = 77;
    numres_text text = {guard_place(&guard, bytes, length), length};
    bool read = numres_text_integer(text, &value);
    guard_destroy(&guard);
    cr_assert_eq(value, read ? expected : 77, "%s", bytes);
    return read;
}

Test(text, integers_to_the_largest) {
    cr_assert(reads_integer("0", 0));
    cr_assert(reads_integer("7", 7));
    cr_assert(reads_integer("4294967296", UINT64_C(4294967296)));
    cr_assert(reads_integer("999999999999999999", UINT64_C(999999999999999999)));
    cr_assert(reads_integer("1000000000000000000", UINT64_C(1000000000000000000)));
    cr_assert(reads_integer("9223372036854775806", (uint64_t)INT64_MAX - 1));
    cr_assert(reads_integer("9223372036854775807", (uint64_t)INT64_MAX));
}

Test(text, integers_beyond_the_largest) {
    static const char *const others[] = {
        "9223372036854775808",  "9223372036854775809",  "9999999999999999999",
        "10000000000000000000", "18446744073709551615", "18446744073709551616",
        "18446744073709551617", "27670116110564327424", "100000000000000000000000000000000000"};
    for (size_t at = 0; at < sizeof others / sizeof *others; at++) {
        cr_assert_not(reads_integer(others[at], 0), "%s", others[at]);
    }
}

Test(text, integers_are_written_and_read_again) {
    uint64_t value = 0, read;
    char digits[20];
    for (int length = 1; length <= 19; length++, value = value * 10 + 9) {
        size_t used = numres_text_put_integer(value, digits);
        cr_assert(numres_text_integer((numres_text){digits, used}, &read));
        cr_assert_eq(read, value);
        used = numres_text_put_integer(value + 1, digits);
        cr_assert(numres_text_integer((numres_text){digits, used}, &read));
        cr_assert_eq(read, value + 1);
    }
    cr_assert_eq(numres_text_put_integer(UINT64_MAX, digits), 20);
    cr_assert_arr_eq(digits, "18446744073709551615", 20);
}

Test(text, what_is_no_integer) {
    static const char *const others[] = {"",    "-",  "-0",  "-1",  "+1",  "1.0", "1e0",
                                         "1E2", " 1", "1 ",  "0x1", "1,0", "12a", ".",
                                         "/",   ":",  "1\n", "1_0", "e",   "a",   "\xD9\xA1"};
    for (size_t at = 0; at < sizeof others / sizeof *others; at++) {
        cr_assert_not(reads_integer(others[at], 0), "%s", others[at]);
    }
}

Test(text, equal_texts) {
    numres_text text = {"a\0b", 3};
    cr_assert(numres_text_is(text, "a\0b", 3));
    cr_assert_not(numres_text_is(text, "a\0c", 3));
    cr_assert_not(numres_text_is(text, "a", 1));
    cr_assert(numres_text_is(numres_text_empty, "", 0));
}

/* ---- comparing ---- */

/* Texts of every length that end at a guard page, equal or different in one byte. */
Test(text, same_texts) {
    static const char text[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    for (size_t length = 0; length < sizeof text; length++) {
        guard guard = guard_create(length);
        const char *copy = guard_place(&guard, text, length);
        cr_expect(numres_text_same(copy, text, length), "%zu bytes", length);
        for (size_t place = 0; place < length; place++) {
            char changed[sizeof text];
            memcpy(changed, text, sizeof text);
            changed[place] ^= 0x20;
            cr_expect_not(numres_text_same(copy, changed, length), "%zu of %zu", place, length);
            cr_expect_not(numres_text_same(changed, copy, length), "%zu of %zu", place, length);
        }
        guard_destroy(&guard);
    }
}

/* ---- words ---- */

Test(text, bytes_of_words_are_letters_digits_and_the_underscore) {
    static const char words[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    for (unsigned int byte = 0; byte < 256; byte++) {
        bool is_word = byte != 0 && strchr(words, (int)byte) != NULL;
        cr_expect_eq(numres_text_is_word((unsigned char)byte), is_word, "%02x", byte);
    }
}
