/* The gate: tokens that it reads on its own. Runs are tested in test_gate_runs.c. */
#include "token/gate.h"

#include "bad_text.h"
#include "good_text.h"
#include "support.h"

#include <criterion/criterion.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const unsigned char *bytes_of(const char *text) {
    return (const unsigned char *)text;
}

/* ---- reading an open token ---- */

/* How reading a token ended: everything that the gate's caller can see. */
typedef struct outcome {
    numres_judgement answer;
    size_t taken; /* bytes from the token's first one; only if it is complete */
    uint64_t length;
    size_t stored;
    char value[64];
    bool may_end;
    numres_code bad_code;
    numres_malformation malformation;
    uint64_t bad_offset;
} outcome;

enum { TOKEN_OFFSET = 1000 };

/* Continues from *at up to `end`; the piece ends at a guard page. */
static numres_judgement read_piece(numres_gate *gate, guard *guard, const char *text, size_t *at,
                                   size_t end) {
    const unsigned char *piece = bytes_of(guard_place(guard, text + *at, end - *at));
    const unsigned char *bytes = piece;
    numres_judgement answer =
        numres_gate_continue(gate, &bytes, piece + (end - *at), TOKEN_OFFSET + *at);
    *at += (size_t)(bytes - piece);
    return answer;
}

/* Reads the token in pieces that end at `split`, then every `step` bytes. */
static outcome read_token(guard *guard, const char *text, size_t length, size_t split, size_t step,
                          size_t capacity) {
    outcome seen = {0};
    char *value = malloc(capacity);
    numres_gate gate;
    numres_gate_start(&gate, value, capacity);
    numres_gate_open(&gate, (unsigned char)text[0], TOKEN_OFFSET);
    size_t at = text[0] == '"' ? 1 : 0;
    size_t end = split < at ? at : split;
    seen.answer = read_piece(&gate, guard, text, &at, end);
    while (seen.answer == NUMRES_JUDGED_UNFINISHED && end < length) {
        end = length - end < step ? length : end + step;
        seen.answer = read_piece(&gate, guard, text, &at, end);
    }
    seen.taken = seen.answer == NUMRES_JUDGED_WHOLE ? at : 0;
    seen.length = seen.answer == NUMRES_JUDGED_BAD ? 0 : gate.length;
    seen.stored = seen.answer == NUMRES_JUDGED_BAD ? 0 : gate.stored;
    seen.may_end = seen.answer != NUMRES_JUDGED_BAD && numres_gate_may_end(&gate);
    if (seen.answer == NUMRES_JUDGED_BAD) {
        seen.bad_code = numres_error_malformed_code(gate.malformation);
        seen.malformation = gate.malformation;
        seen.bad_offset = gate.bad_offset;
    }
    memcpy(seen.value, value, seen.stored < sizeof seen.value ? seen.stored : sizeof seen.value);
    free(value);
    return seen;
}

static void demand_same(const outcome *first, const outcome *second, const char *text,
                        size_t split) {
    if (memcmp(first, second, sizeof *first) != 0) {
        cr_assert_fail("%s split at %zu: answer %d, taken %zu, offset %llu, length %llu", text,
                       split, (int)second->answer, second->taken,
                       (unsigned long long)second->bad_offset, (unsigned long long)second->length);
    }
}

/* Reads the token whole, in two pieces at every split, and byte by byte. */
static outcome read_bytes_everywhere(const char *text, size_t length, size_t capacity) {
    guard guard = guard_create(length + 1);
    outcome whole = read_token(&guard, text, length, length, 1, capacity);
    for (size_t split = 0; split <= length; split++) {
        outcome other = read_token(&guard, text, length, split, length, capacity);
        demand_same(&whole, &other, text, split);
    }
    outcome single = read_token(&guard, text, length, 1, 1, capacity);
    demand_same(&whole, &single, text, 1);
    guard_destroy(&guard);
    return whole;
}

static outcome read_everywhere(const char *text) {
    return read_bytes_everywhere(text, strlen(text), 256);
}

static void expect_value(const char *text, size_t taken, const char *value, size_t length) {
    outcome seen = read_everywhere(text);
    cr_assert_eq(seen.answer, NUMRES_JUDGED_WHOLE, "%s", text);
    cr_assert_eq(seen.taken, taken, "%s: %zu taken", text, seen.taken);
    cr_assert_eq(seen.length, length, "%s", text);
    cr_assert_eq(seen.stored, length, "%s", text);
    cr_assert_arr_eq(seen.value, value, length, "%s", text);
}

static void expect_bytes_bad(const char *text, size_t length, numres_code code, size_t offset) {
    outcome seen = read_bytes_everywhere(text, length, 256);
    cr_assert_eq(seen.answer, NUMRES_JUDGED_BAD, "%s is not bad", text);
    cr_assert_eq(seen.bad_code, code, "%s: code %d", text, (int)seen.bad_code);
    cr_assert_eq(seen.bad_offset, TOKEN_OFFSET + offset, "%s: offset %llu", text,
                 (unsigned long long)seen.bad_offset);
}

static void expect_bad(const char *text, numres_code code, size_t offset) {
    expect_bytes_bad(text, strlen(text), code, offset);
}

static void expect_open(const char *text, bool may_end) {
    outcome seen = read_everywhere(text);
    cr_assert_eq(seen.answer, NUMRES_JUDGED_UNFINISHED, "%s", text);
    cr_assert_eq(seen.may_end, may_end, "%s", text);
}

Test(gate, strings_at_every_split) {
    expect_value("\"\"", 2, "", 0);
    expect_value("\"abc\"", 5, "abc", 3);
    expect_value("\"abc\"tail", 5, "abc", 3);
    expect_value("\"plain text of more than sixteen bytes\"", 39,
                 "plain text of more than sixteen bytes", 37);
}

Test(gate, good_text_at_every_split) {
    for (size_t at = 0; at < good_text_count; at++) {
        const good_text *good = &good_texts[at];
        char text[64];
        char value[64] = "a";
        snprintf(text, sizeof text, "\"a%sz\"", good->written);
        memcpy(value + 1, good->meant, good->meant_length);
        value[1 + good->meant_length] = 'z';
        expect_value(text, strlen(text), value, good->meant_length + 2);
    }
}

/* What may follow a literal or a numeral. */
static const char delimiters[] = " \t\n\r,:[]{}\"";

static bool is_delimiter(unsigned int byte) {
    return byte != 0 && strchr(delimiters, (int)byte) != NULL;
}

Test(gate, literals_at_every_split) {
    static const char *const literals[] = {"true", "false", "null"};
    for (size_t at = 0; at < 3; at++) {
        size_t length = strlen(literals[at]);
        for (const char *delimiter = delimiters; *delimiter != '\0'; delimiter++) {
            char text[8] = {0};
            strcpy(text, literals[at]);
            text[length] = *delimiter;
            expect_value(text, length, literals[at], length);
        }
        expect_open(literals[at], true);
        for (size_t cut = 1; cut < length; cut++) {
            char text[8] = {0};
            memcpy(text, literals[at], cut);
            expect_open(text, false);
        }
    }
}

/* Each byte of each literal, and the byte after it, replaced by every other byte. */
Test(gate, bad_literals_are_bad_at_their_first_byte) {
    static const char *const literals[] = {"true ", "false ", "null "};
    for (size_t at = 0; at < 3; at++) {
        size_t length = strlen(literals[at]);
        for (size_t place = 1; place < length; place++) {
            for (unsigned int byte = 0; byte < 256; byte++) {
                char text[8] = {0};
                strcpy(text, literals[at]);
                text[place] = (char)byte;
                if (place == length - 1 ? !is_delimiter(byte)
                                        : text[place] != literals[at][place]) {
                    expect_bytes_bad(text, length, NUMRES_SYNTAX, 0);
                }
            }
        }
    }
}

/* That includes \u without its digits. */
Test(gate, every_other_byte_after_a_backslash_is_bad) {
    for (unsigned int byte = 0; byte < 256; byte++) {
        char text[] = {'"', 'a', '\\', (char)byte, 'z', '"', '\0'};
        if (good_simple_escape(byte) == NULL) {
            expect_bytes_bad(text, 6, NUMRES_SYNTAX, 2);
        }
    }
}

Test(gate, every_unicode_escape_but_surrogates) {
    guard guard = guard_create(16);
    for (unsigned int unit = 0; unit < 65536; unit++) {
        char text[10];
        unsigned char value[4];
        if (unit >= 0xD800 && unit <= 0xDFFF) {
            continue;
        }
        snprintf(text, sizeof text, unit % 2 == 0 ? "\"\\u%04x\"" : "\"\\u%04X\"", unit);
        size_t length = good_utf8(unit, value);
        outcome seen = read_token(&guard, text, 8, unit % 9, 8, 8);
        if (seen.answer != NUMRES_JUDGED_WHOLE || seen.length != length ||
            memcmp(seen.value, value, length) != 0) {
            cr_assert_fail("%s", text);
        }
    }
    guard_destroy(&guard);
}

static bool is_hex(unsigned int byte) {
    return byte < 128 && byte != 0 && strchr("0123456789abcdefABCDEF", (int)byte) != NULL;
}

Test(gate, every_byte_in_place_of_a_hex_digit) {
    for (size_t place = 0; place < 4; place++) {
        for (unsigned int byte = 0; byte < 256; byte++) {
            char text[] = "\"ab\\u0041\"";
            text[5 + place] = (char)byte;
            if (!is_hex(byte)) {
                expect_bytes_bad(text, 10, NUMRES_SYNTAX, 3);
            }
        }
    }
    expect_bad("\"\\u004\"", NUMRES_SYNTAX, 1);
    expect_bad("\"\\u\"", NUMRES_SYNTAX, 1);
    expect_bad("\"\\U0041\"", NUMRES_SYNTAX, 1);
}

Test(gate, lone_surrogates_are_bad_at_their_backslash) {
    for (size_t at = 0; at < LONE_SURROGATE_COUNT; at++) {
        char text[32];
        snprintf(text, sizeof text, "\"ab%s\"", lone_surrogates[at]);
        expect_bad(text, NUMRES_ENCODING, 3);
    }
    expect_bad("\"ab\\ud800\n\"", NUMRES_ENCODING, 3);
    expect_bad("\"\\ud800\\udc00\\ud800\"", NUMRES_ENCODING, 13);
    expect_bad("\"\\ud800\\udc00\\udc00\"", NUMRES_ENCODING, 13);
}

Test(gate, bad_digits_of_a_second_half_are_bad_at_its_backslash) {
    expect_bad("\"a\\ud800\\udcxx\"", NUMRES_SYNTAX, 8);
    expect_bad("\"a\\ud800\\u\"", NUMRES_SYNTAX, 8);
}

Test(gate, control_characters_are_bad_where_they_stand) {
    for (char byte = 0; byte < 32; byte++) {
        char text[] = {'"', 'a', 'b', byte, 'c', '"'};
        expect_bytes_bad(text, sizeof text, NUMRES_SYNTAX, 3);
    }
}

Test(gate, bad_utf8_is_bad_at_its_first_byte) {
    for (size_t at = 0; at < BAD_UTF8_COUNT; at++) {
        char text[16];
        snprintf(text, sizeof text, "\"\xC3\xA9%s\"", bad_utf8[at]);
        expect_bad(text, NUMRES_ENCODING, 3);
    }
}

Test(gate, an_open_string_may_never_end) {
    expect_open("\"", false);
    expect_open("\"abc", false);
    expect_open("\"abc\\", false);
    expect_open("\"\\u", false);
    expect_open("\"\\u004", false);
    expect_open("\"\\ud800", false);
    expect_open("\"\\ud800\\", false);
    expect_open("\"\\ud800\\u", false);
    expect_open("\"\\ud800\\udc0", false);
    expect_open("\"\xE2\x82", false);
    expect_open("\"\xF0\x9F\x98", false);
}

Test(gate, without_a_token_there_is_nothing_to_read) {
    numres_gate gate;
    numres_gate_start(&gate, NULL, 0);
    const unsigned char *bytes = bytes_of("1");
    const unsigned char *start = bytes;
    cr_assert_eq(gate.token, NUMRES_GATE_NO_TOKEN);
    cr_assert_not(numres_gate_may_end(&gate));
    cr_assert_eq(numres_gate_continue(&gate, &bytes, bytes + 1, 0), NUMRES_JUDGED_WHOLE);
    cr_assert_eq(bytes, start);
}

Test(gate, the_same_gate_reads_token_after_token) {
    char value[16];
    numres_gate gate;
    numres_gate_start(&gate, value, sizeof value);
    static const char *const texts[] = {"\"first\"", "12 ", "true ", "\"\\u0041\"", "-3 ", "\"\""};
    static const char *const values[] = {"first", "12", "true", "A", "-3", ""};
    for (size_t at = 0; at < 6; at++) {
        const unsigned char *bytes = bytes_of(texts[at]);
        const unsigned char *end = bytes + strlen(texts[at]);
        numres_gate_open(&gate, *bytes, at);
        bytes += gate.token == NUMRES_GATE_STRING ? 1 : 0;
        cr_assert_eq(numres_gate_continue(&gate, &bytes, end, at), NUMRES_JUDGED_WHOLE);
        cr_assert_eq(gate.token_offset, at);
        cr_assert_eq(gate.length, strlen(values[at]));
        cr_assert_eq(gate.stored, strlen(values[at]));
        cr_assert_arr_eq(value, values[at], gate.stored);
    }
}

/* ---- values larger than the buffer ---- */

static void expect_stored(const char *text, size_t capacity, uint64_t length, const char *stored) {
    outcome seen = read_bytes_everywhere(text, strlen(text), capacity);
    cr_assert_eq(seen.length, length, "%s", text);
    cr_assert_eq(seen.stored, strlen(stored), "%s: %zu stored", text, seen.stored);
    cr_assert_arr_eq(seen.value, stored, seen.stored, "%s", text);
}

/* The buffer is exactly its capacity: a sanitizer detects an overrun. */
Test(gate, values_are_counted_beyond_the_capacity) {
    expect_stored("\"12345678\"", 9, 8, "12345678");
    expect_stored("\"12345678\"", 8, 8, "12345678");
    expect_stored("\"12345678\"", 7, 8, "1234567");
    expect_stored("\"12345678\"", 1, 8, "1");
    expect_stored("1234567.5e-1 ", 5, 12, "12345");
    expect_stored("1234567.5e-1", 5, 12, "12345");
    expect_stored("false ", 3, 5, "fal");
    expect_stored("\"ab\\n\\t\\u00e9\\ud83d\\ude00\"", 3, 10, "ab\n");
    expect_stored("\"ab\\n\\t\\u00e9\\ud83d\\ude00\"", 5, 10, "ab\n\t\xC3");
    expect_stored("\"ab\\n\\t\\u00e9\\ud83d\\ude00\"", 9, 10, "ab\n\t\xC3\xA9\xF0\x9F\x98");
    expect_stored("\"a\xE2\x82\xAC\"", 3, 4, "a\xE2\x82");
    expect_stored("\"a\xE2\x82\xAC\"", 4, 4, "a\xE2\x82\xAC");
}

/* ---- numbers ---- */

static bool matches(const regex_t *pattern, const char *text) {
    return regexec(pattern, text, 0, NULL, 0) == 0;
}

/* Judges `text`, which starts like a numeral, by the grammar. */
static numres_judgement judge_number(const regex_t *grammar, const char *text, size_t *taken) {
    char body[16] = {0};
    char longer[16] = {0};
    *taken = strcspn(text, " ,");
    memcpy(body, text, *taken);
    memcpy(longer, text, *taken);
    longer[*taken] = '1';
    if (text[*taken] != '\0') {
        return matches(grammar, body) ? NUMRES_JUDGED_WHOLE : NUMRES_JUDGED_BAD;
    }
    return matches(grammar, body) || matches(grammar, longer) ? NUMRES_JUDGED_UNFINISHED
                                                              : NUMRES_JUDGED_BAD;
}

static void check_simple_number(const char *text, size_t length, numres_judgement expected,
                                size_t taken) {
    const unsigned char *bytes = bytes_of(text);
    const unsigned char *end = numres_gate_simple_scalar(bytes, bytes + length);
    if (end != (expected == NUMRES_JUDGED_WHOLE ? bytes + taken : NULL)) {
        cr_assert_fail("[%s] as a simple number", text);
    }
}

static void check_number(const regex_t *grammar, guard *guard, const char *text, size_t length) {
    size_t taken;
    numres_judgement expected = judge_number(grammar, text, &taken);
    bool may_end = expected == NUMRES_JUDGED_UNFINISHED && matches(grammar, text);
    for (size_t split = 0; split <= length; split++) {
        outcome seen = read_token(guard, text, length, split, length, 8);
        if (seen.answer != expected ||
            (expected == NUMRES_JUDGED_WHOLE && (seen.taken != taken || seen.length != taken)) ||
            (expected == NUMRES_JUDGED_UNFINISHED && seen.may_end != may_end) ||
            (expected == NUMRES_JUDGED_BAD &&
             (seen.bad_code != NUMRES_SYNTAX || seen.bad_offset != TOKEN_OFFSET))) {
            cr_assert_fail("[%s] split at %zu: %d, not %d", text, split, (int)seen.answer,
                           (int)expected);
        }
    }
    check_simple_number(text, length, expected, taken);
}

/* RFC 8259 section 6 as a regular expression. */
static const char number_grammar[] = "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$";

Test(gate, all_short_numbers_by_the_grammar) {
    static const char alphabet[] = "-+.eE019 ,";
    enum { LETTERS = sizeof alphabet - 1, LONGEST = 5 };
    regex_t grammar;
    cr_assert_eq(regcomp(&grammar, number_grammar, REG_EXTENDED | REG_NOSUB), 0);
    guard guard = guard_create(LONGEST);
    size_t count = LETTERS;
    for (size_t length = 1; length <= LONGEST; length++, count *= LETTERS) {
        for (size_t which = 0; which < count; which++) {
            char text[LONGEST + 1] = {0};
            for (size_t at = 0, rest = which; at < length; at++, rest /= LETTERS) {
                text[at] = alphabet[rest % LETTERS];
            }
            if (strchr("-019", text[0]) != NULL) {
                check_number(&grammar, &guard, text, length);
            }
        }
    }
    guard_destroy(&guard);
    regfree(&grammar);
}

Test(gate, every_byte_after_a_number) {
    for (unsigned int byte = 0; byte < 256; byte++) {
        char text[] = {'1', '2', (char)byte, '3', '\0'};
        bool goes_on = byte != 0 && strchr(".eE0123456789", (int)byte) != NULL;
        if (is_delimiter(byte)) {
            expect_value(text, 2, "12", 2);
        } else if (!goes_on) {
            expect_bytes_bad(text, 4, NUMRES_SYNTAX, 0);
        }
    }
}

Test(gate, numbers_that_no_machine_type_holds) {
    expect_value("1e400,", 5, "1e400", 5);
    expect_value("-9223372036854775808]", 20, "-9223372036854775808", 20);
    expect_value("123456789012345678901234567890}", 30, "123456789012345678901234567890", 30);
    expect_value("-0 ", 2, "-0", 2);
    expect_value("-0.0e-0 ", 7, "-0.0e-0", 7);
    expect_value("1E+0000001 ", 10, "1E+0000001", 10);
}
