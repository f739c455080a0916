/* Text: UTF-8, and checks of whole values. */
#ifndef NUMRES_LIB_TEXT_H
#define NUMRES_LIB_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "count.h"
#include "numres/types.h"

/* The empty text that every neutral field holds. */
extern const numres_text numres_text_empty;

/* Read 8 or 4 bytes, at any alignment, as one word. */
static inline uint64_t numres_text_word8(const void *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static inline uint32_t numres_text_word4(const void *bytes) {
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* memcmp for texts as short as names, where the call would cost more than the
   comparison. Compares words; the last one may overlap the one before. */
static inline bool numres_text_same(const char *left, const char *right, size_t length) {
    if (length < 4)
        return length == 0 || (left[0] == right[0] && left[length / 2] == right[length / 2] &&
                               left[length - 1] == right[length - 1]);
    if (length < 8)
        return numres_text_word4(left) == numres_text_word4(right) &&
               numres_text_word4(left + length - 4) == numres_text_word4(right + length - 4);
    for (size_t at = 0; at < length - 8; at += 8)
        if (numres_text_word8(left + at) != numres_text_word8(right + at))
            return false;
    return numres_text_word8(left + length - 8) == numres_text_word8(right + length - 8);
}

static inline bool numres_text_is(numres_text text, const char *bytes, size_t length) {
    if (text.length != length)
        return false;
    NUMRES_COUNT(TEXT, length);
    return numres_text_same(text.bytes, bytes, length);
}

static inline bool numres_text_is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

/* ASCII letters, digits and the underscore. */
static inline bool numres_text_is_word(unsigned char byte) {
    unsigned char lower = byte | 0x20;
    return (lower >= 'a' && lower <= 'z') || numres_text_is_digit((char)byte) || byte == '_';
}

/* What the readable bytes of a character or token are. */
typedef enum numres_judgement {
    NUMRES_JUDGED_WHOLE,
    NUMRES_JUDGED_UNFINISHED, /* valid so far; more bytes are needed */
    NUMRES_JUDGED_BAD
} numres_judgement;

/*
 * Judges the UTF-8 sequence at `bytes`, whose first byte is at least 0x80, by the
 * table of RFC 3629 section 4: no overlong forms, no surrogates, nothing above
 * U+10FFFF. `length` bytes are readable, at least 1. If the sequence is whole, sets
 * *taken to its length.
 */
static inline numres_judgement numres_text_utf8(const unsigned char *bytes, size_t length,
                                                size_t *taken) {
    unsigned char first = bytes[0];
    size_t needed = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    /* The first byte narrows only the range of the second one. */
    unsigned char lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned char highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (first < 0xC2 || first > 0xF4)
        return NUMRES_JUDGED_BAD;
    NUMRES_COUNT(TEXT, length < needed ? length : needed);
    if (length > 1 && (bytes[1] < lowest || bytes[1] > highest))
        return NUMRES_JUDGED_BAD;
    for (size_t i = 2; i < needed && i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return NUMRES_JUDGED_BAD;
    if (length < needed)
        return NUMRES_JUDGED_UNFINISHED;
    *taken = needed;
    return NUMRES_JUDGED_WHOLE;
}

/* Whether all of the text is UTF-8. */
bool numres_text_is_utf8(numres_text text);

/* Returns the code point of a whole and valid sequence of `length` bytes, 1 to 4. */
static inline uint32_t numres_text_code_point(const unsigned char *bytes, size_t length) {
    /* The first of 2, 3 or 4 bytes carries 5, 4 or 3 bits (RFC 3629 section 3). */
    uint32_t code_point = length == 1 ? bytes[0] : bytes[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++)
        code_point = code_point << 6 | (bytes[i] & 0x3Fu);
    return code_point;
}

/* Returns the length of the character at `bytes`, of which `left` are readable, at least 1.
   If they do not begin with a whole and valid character, that is 1. */
size_t numres_text_character(const char *bytes, size_t left);

/* Writes a code point as UTF-8 and returns its length, 1 to 4. It must be at
   most U+10FFFF and no surrogate. */
size_t numres_text_put_utf8(uint32_t code_point, char *bytes);

/* Writes \u and the four digits of a code point of at most U+FFFF, 6 bytes in all. */
enum { NUMRES_TEXT_ESCAPE = 6 };
void numres_text_put_escape(uint32_t code_point, char bytes[NUMRES_TEXT_ESCAPE]);

/* Returns the first eight bytes of a text, with 0 after its end. Eight bytes must be
   readable even if the text is shorter. */
static inline uint64_t numres_text_first_word(const void *bytes, size_t length) {
    static const unsigned char mask[16] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    uint64_t word;
    uint64_t kept;
    memcpy(&word, bytes, sizeof word);
    if (length >= sizeof word)
        return word;
    memcpy(&kept, mask + sizeof word - length, sizeof kept);
    return word & kept;
}

/* Returns the text, cut to at most `limit` bytes at a character boundary. */
numres_text numres_text_cut(numres_text text, size_t limit);

/* Writes an integer in decimal. Returns the number of digits, 1 to 20. */
size_t numres_text_put_integer(uint64_t value, char *bytes);

/* Reads a text of digits alone, 0 to 2^63-1. Returns false for anything else. */
bool numres_text_integer(numres_text text, uint64_t *value);

#endif
