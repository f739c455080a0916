/* Codes, their names and sentences; JSON paths. */
#include "base/error.h"
#include "numres/parser.h"

#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- codes ---- */

static const numres_code codes[] = {
    NUMRES_OK,
    NUMRES_PAUSED,
    NUMRES_WRONG_USE,
    NUMRES_WRONG_OPTION,
    NUMRES_NO_MEMORY,
    NUMRES_WRITE_FAILED,
    NUMRES_BAD_TEXT,
    NUMRES_SYNTAX,
    NUMRES_ENCODING,
    NUMRES_BYTE_ORDER_MARK,
    NUMRES_TOO_DEEP,
    NUMRES_TOO_LARGE,
    NUMRES_EMPTY_INPUT,
    NUMRES_TRUNCATED,
    NUMRES_TRAILING_BYTES,
    NUMRES_STOPPED,
    NUMRES_COLLECTION_FULL,
    NUMRES_STREAM_FULL,
    NUMRES_READ_FAILED,
    NUMRES_REFUSED,
    NUMRES_UNKNOWN_STATUS,
    NUMRES_BAD_TIMESTAMP,
    NUMRES_WRONG_TYPE,
    NUMRES_WRONG_RECORD_TYPE,
    NUMRES_DUPLICATE_MEMBER,
    NUMRES_INTEGER_OUT_OF_RANGE,
    NUMRES_VALUE_TOO_LONG,
    NUMRES_BAD_PHONE_NUMBER,
    NUMRES_MISSING_MEMBER,
    NUMRES_MIXED_ENVELOPE,
    NUMRES_NO_ENVELOPE,
    NUMRES_UNKNOWN_MEMBER,
};

enum { CODE_COUNT = sizeof codes / sizeof *codes };

static bool is_code(int number) {
    for (size_t at = 0; at < CODE_COUNT; at++) {
        if ((int)codes[at] == number) {
            return true;
        }
    }
    return false;
}

Test(error, numbers_are_part_of_the_interface) {
    cr_assert_eq((int)NUMRES_OK, 0);
    cr_assert_eq((int)NUMRES_PAUSED, 1);
    cr_assert_eq((int)NUMRES_NO_MEMORY, 12);
    cr_assert_eq((int)NUMRES_WRITE_FAILED, 13);
    cr_assert_eq((int)NUMRES_BAD_TEXT, 14);
    cr_assert_eq((int)NUMRES_SYNTAX, 20);
    cr_assert_eq((int)NUMRES_STOPPED, 28);
    cr_assert_eq((int)NUMRES_COLLECTION_FULL, 29);
    cr_assert_eq((int)NUMRES_REFUSED, 32);
    cr_assert_eq((int)NUMRES_UNKNOWN_STATUS, 40);
    cr_assert_eq((int)NUMRES_NO_ENVELOPE, 50);
    cr_assert_eq((int)NUMRES_UNKNOWN_MEMBER, 51);
}

/* Names are written into traces and scripts, so they are words of small letters. */
Test(error, every_code_has_a_plain_name) {
    for (size_t at = 0; at < CODE_COUNT; at++) {
        const char *name = numres_code_name(codes[at]);
        cr_assert_gt(strlen(name), 0);
        cr_assert_eq(strspn(name, "abcdefghijklmnopqrstuvwxyz-"), strlen(name), "%s", name);
        cr_assert_str_neq(name, "unknown");
    }
}

Test(error, no_two_codes_share_a_name_or_sentence) {
    for (size_t at = 0; at < CODE_COUNT; at++) {
        for (size_t other = 0; other < at; other++) {
            cr_assert_str_neq(numres_code_name(codes[at]), numres_code_name(codes[other]));
            cr_assert_str_neq(numres_code_sentence(codes[at]), numres_code_sentence(codes[other]));
        }
    }
}

/* A sentence is printed after "PATH: " and must be a single line. */
Test(error, every_code_has_a_sentence) {
    for (size_t at = 0; at < CODE_COUNT; at++) {
        const char *sentence = numres_code_sentence(codes[at]);
        size_t least = codes[at] == NUMRES_OK ? 2 : 15;
        cr_assert_geq(strlen(sentence), least, "%s", sentence);
        cr_assert_null(strchr(sentence, '\n'), "%s", sentence);
        cr_assert_neq(sentence[strlen(sentence) - 1], '.', "%s", sentence);
    }
}

/* The parser, the writer and numres_parse all return it. */
Test(error, the_sentence_of_no_memory_fits_every_call) {
    cr_assert_null(strstr(numres_code_sentence(NUMRES_NO_MEMORY), "parser"));
}

Test(error, numbers_that_are_no_codes) {
    const char *sentence = numres_code_sentence((numres_code)1000);
    for (int number = -5; number < 1000; number++) {
        if (!is_code(number)) {
            cr_assert_str_eq(numres_code_name((numres_code)number), "unknown");
            cr_assert_str_eq(numres_code_sentence((numres_code)number), sentence);
        }
    }
    cr_assert_str_eq(numres_code_name((numres_code)INT_MAX), "unknown");
    cr_assert_gt(strlen(sentence), 0);
}

Test(error, first_bytes_that_give_away_what_arrived) {
    cr_assert_not_null(
        strstr(numres_error_stray_sentence('<', NUMRES_PLACE_OF_ROOT, false), "HTML"));
    cr_assert_not_null(
        strstr(numres_error_stray_sentence(0x1F, NUMRES_PLACE_OF_ROOT, false), "gzip"));
    cr_assert_not_null(
        strstr(numres_error_stray_sentence(0xFE, NUMRES_PLACE_OF_ROOT, false), "UTF-16"));
    cr_assert_not_null(
        strstr(numres_error_stray_sentence(0xFF, NUMRES_PLACE_OF_ROOT, false), "UTF-16"));
    cr_assert_not_null(
        strstr(numres_error_stray_sentence('H', NUMRES_PLACE_OF_ROOT, false), "no JSON document"));
    cr_assert_not_null(
        strstr(numres_error_stray_sentence(0xE2, NUMRES_PLACE_OF_ROOT, false), "no JSON document"));
}

Test(error, the_same_bytes_say_less_inside_a_document) {
    for (unsigned int byte = 0; byte < 256; byte++) {
        const char *sentence =
            numres_error_stray_sentence((unsigned char)byte, NUMRES_PLACE_AT_START, false);
        cr_assert_null(strstr(sentence, "no JSON document"), "%02x", byte);
        cr_assert_eq(strncmp(sentence, "not valid JSON: ", 16), 0, "%02x", byte);
    }
}

/* A reservation in place of an envelope has its own sentence, and only for the missing envelope. */
Test(error, a_bare_reservation_is_told_by_the_missing_envelope_alone) {
    static const char document[] = "{\"phone_numbers\":[]}";
    numres_options options = numres_options_default();
    numres_error error = numres_error_default();
    options.strict = true;
    cr_assert_eq(numres_parse(document, strlen(document), &options, NULL, NULL, &error),
                 NUMRES_NO_ENVELOPE);
    cr_expect_str_eq(error.sentence, numres_error_bare_reservation_sentence);
    cr_assert_eq(numres_parse(document, strlen(document) - 1, &options, NULL, NULL, &error),
                 NUMRES_TRUNCATED);
    cr_expect_str_eq(error.sentence, numres_code_sentence(NUMRES_TRUNCATED));
}

Test(error, sentence_of_a_bare_reservation_names_the_option) {
    cr_assert_not_null(strstr(numres_error_bare_reservation_sentence, "NUMRES_ROOT_RESERVATION"));
    /* The tool, whose option is another one, has its own words. */
    cr_assert_null(strstr(numres_error_bare_reservation_sentence, "--bare"));
}

/* ---- paths ---- */

/* A buffer of the exact size, so that a sanitizer detects an overrun. */
static void start_path(numres_path *path) {
    char *buffer = malloc(NUMRES_PATH_SIZE);
    memset(buffer, '#', NUMRES_PATH_SIZE);
    numres_path_start(path, buffer);
}

static void finish_path(numres_path *path, const char *expected) {
    size_t length = numres_path_finish(path);
    cr_assert_str_eq(path->bytes, expected);
    cr_assert_eq(length, strlen(expected));
    free(path->bytes);
}

static void expect_name(const char *name, size_t length, const char *expected) {
    numres_path path;
    start_path(&path);
    numres_path_add_name(&path, name, length);
    finish_path(&path, expected);
}

Test(error, the_roots_path) {
    numres_path path;
    start_path(&path);
    finish_path(&path, "(root)");
}

Test(error, a_path_of_names_and_indexes) {
    numres_path path;
    start_path(&path);
    numres_path_add_name(&path, "data", 4);
    numres_path_add_index(&path, 3);
    numres_path_add_name(&path, "phone_numbers", 13);
    numres_path_add_index(&path, 0);
    numres_path_add_name(&path, "created_at", 10);
    finish_path(&path, "data[3].phone_numbers[0].created_at");
}

Test(error, an_index_or_odd_name_comes_without_a_dot) {
    numres_path path;
    start_path(&path);
    numres_path_add_index(&path, 0);
    numres_path_add_index(&path, 10);
    numres_path_add_name(&path, "a b", 3);
    numres_path_add_name(&path, "c", 1);
    numres_path_add_name(&path, "", 0);
    finish_path(&path, "[0][10][\"a b\"].c[\"\"]");
}

Test(error, indexes_to_the_largest) {
    static const struct {
        uint64_t index;
        const char *text;
    } cases[] = {{0, "[0]"},
                 {9, "[9]"},
                 {10, "[10]"},
                 {4294967295u, "[4294967295]"},
                 {4294967296u, "[4294967296]"},
                 {UINT64_C(9999999999999999999), "[9999999999999999999]"},
                 {UINT64_C(10000000000000000000), "[10000000000000000000]"},
                 {UINT64_MAX, "[18446744073709551615]"}};
    for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
        numres_path path;
        start_path(&path);
        numres_path_add_index(&path, cases[at].index);
        finish_path(&path, cases[at].text);
    }
}

Test(error, plain_names_are_as_they_are) {
    expect_name("a", 1, "a");
    expect_name("_a", 2, "_a");
    expect_name("Zz_9", 4, "Zz_9");
    expect_name("x-y", 3, "x-y");
}

Test(error, odd_names_are_quoted) {
    expect_name("", 0, "[\"\"]");
    expect_name("1a", 2, "[\"1a\"]");
    expect_name("a.b", 3, "[\"a.b\"]");
    expect_name("a[0]", 4, "[\"a[0]\"]");
    expect_name("(root)", 6, "[\"(root)\"]");
    expect_name("\xC3\xA9", 2, "[\"\xC3\xA9\"]");
    expect_name("a\"b\\c", 5, "[\"a\\\"b\\\\c\"]");
    expect_name("a\0b", 3, "[\"a\\u0000b\"]");
    expect_name("\n\x1f\x7f ", 4, "[\"\\u000a\\u001f\\u007f \"]");
}

/* C1 begins sequences that terminals obey, and Bidi_Control turns the text around. */
Test(error, other_controls_of_names_are_escaped) {
    expect_name("\xC2\x9B"
                "31m",
                5, "[\"\\u009b31m\"]");
    expect_name("a\xE2\x80\xAE"
                "b\xE2\x80\xAD",
                8, "[\"a\\u202eb\\u202d\"]");
    expect_name("\xD8\x9C\xE2\x81\xA6", 5, "[\"\\u061c\\u2066\"]");
    expect_name("\xC2\xA0\xE2\x80\xA6\xF0\x9F\x98\x80", 9,
                "[\"\xC2\xA0\xE2\x80\xA6\xF0\x9F\x98\x80\"]");
}

Test(error, a_path_holds_no_control_character) {
    for (int byte = 0; byte < 128; byte++) {
        char name[] = {'a', (char)byte};
        char buffer[NUMRES_PATH_SIZE];
        numres_path path;
        numres_path_start(&path, buffer);
        numres_path_add_name(&path, name, 2);
        size_t length = numres_path_finish(&path);
        cr_assert_eq(strlen(buffer), length);
        for (size_t at = 0; at < length; at++) {
            cr_assert(buffer[at] >= 32 && buffer[at] != 127, "%02x", (unsigned int)byte);
        }
    }
}

static void expect_repeated_name(size_t length, size_t expected) {
    char name[200];
    char text[200] = {0};
    memset(name, 'n', sizeof name);
    memset(text, 'n', expected);
    expect_name(name, length, text);
}

Test(error, names_are_cut_at_64_bytes) {
    expect_repeated_name(63, 63);
    expect_repeated_name(64, 64);
    expect_repeated_name(65, 64);
    expect_repeated_name(200, 64);
}

/* 63 bytes, then a character of two, three or four bytes across the limit. */
Test(error, names_are_cut_between_characters) {
    static const char *const characters[] = {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    for (size_t at = 0; at < sizeof characters / sizeof *characters; at++) {
        size_t length = strlen(characters[at]);
        for (size_t before = 64 - length; before <= 64; before++) {
            char name[80];
            char expected[80];
            memset(name, 'n', before);
            strcpy(name + before, characters[at]);
            size_t kept = before + length <= 64 ? before + length : before;
            bool odd = kept > before;
            snprintf(expected, sizeof expected, odd ? "[\"%.*s\"]" : "%.*s", (int)kept, name);
            expect_name(name, before + length, expected);
        }
    }
}

/* The longest step: 64 bytes that are each written as \u00XX. */
Test(error, the_longest_step_fits) {
    char name[64] = {0};
    char expected[6 * 64 + 5] = "[\"";
    for (size_t at = 0; at < 64; at++) {
        strcat(expected, "\\u0000");
    }
    strcat(expected, "\"]");
    expect_name(name, 64, expected);
}

/* A path of single steps "[0]", to be followed by one long name. */
static void start_long_path(numres_path *path, size_t steps) {
    start_path(path);
    for (size_t at = 0; at < steps; at++) {
        numres_path_add_index(path, 0);
    }
}

Test(error, a_path_that_just_fits_is_whole) {
    numres_path path;
    start_long_path(&path, 338);
    numres_path_add_name(&path, "nnnnn", 5);
    size_t length = numres_path_finish(&path);
    cr_assert_eq(length, 1020);
    cr_assert_eq(strlen(path.bytes), length);
    cr_assert_str_eq(path.bytes + 1014, ".nnnnn");
    free(path.bytes);
}

Test(error, a_longer_path_is_cut_at_a_step) {
    numres_path path;
    start_long_path(&path, 338);
    numres_path_add_name(&path, "nnnnnnnnnnn", 11);
    size_t length = numres_path_finish(&path);
    cr_assert_eq(length, 1017);
    cr_assert_str_eq(path.bytes + 1011, "[0]...");
    free(path.bytes);
}

Test(error, nothing_is_added_after_a_cut) {
    numres_path path;
    start_long_path(&path, 338);
    numres_path_add_index(&path, UINT64_MAX);
    numres_path_add_index(&path, 1);
    numres_path_add_name(&path, "a", 1);
    size_t length = numres_path_finish(&path);
    cr_assert_eq(length, 1017);
    cr_assert_str_eq(path.bytes + 1011, "[0]...");
    free(path.bytes);
}

/* Whatever the length, the buffer is not overrun and has its NUL. */
Test(error, every_length_around_the_size_of_the_buffer) {
    for (size_t name_length = 1; name_length <= 64; name_length++) {
        char name[64];
        numres_path path;
        memset(name, 'n', sizeof name);
        start_path(&path);
        for (size_t added = 0; added < 1100; added += name_length + 1) {
            numres_path_add_name(&path, name, name_length);
        }
        size_t length = numres_path_finish(&path);
        cr_assert_lt(length, NUMRES_PATH_SIZE);
        cr_assert_eq(strlen(path.bytes), length);
        cr_assert_str_eq(path.bytes + length - 4, "n...");
        free(path.bytes);
    }
}
