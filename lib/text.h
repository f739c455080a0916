/* Text: UTF-8, the span of plain string bytes, and checks of whole values. */
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

static inline bool numres_text_is(numres_text text, const char *bytes, size_t length) {
    if (text.length != length)
        return false;
    NUMRES_COUNT(TEXT, length);
    return memcmp(text.bytes, bytes, length) == 0;
}

static inline bool numres_text_is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

typedef enum numres_utf8_answer {
    NUMRES_UTF8_WHOLE,      /* one legal character of more than one byte */
    NUMRES_UTF8_UNFINISHED, /* legal so far, more bytes are needed */
    NUMRES_UTF8_BAD
} numres_utf8_answer;

/*
 * Judges the sequence that starts at `bytes` with a byte of 0x80 or more, of
 * which `length` (at least 1) bytes are there, by the table of RFC 3629 section 4:
 * no overlong forms, no surrogates, nothing above U+10FFFF. Sets *taken to
 * the character's length when it is whole.
 */
numres_utf8_answer numres_text_utf8(const unsigned char *bytes, size_t length, size_t *taken);

/* Whether all of the text is UTF-8. */
bool numres_text_is_utf8(numres_text text);

/* The character of a whole sequence of `length` bytes, 1 to 4, that is legal. */
static inline uint32_t numres_text_code_point(const unsigned char *bytes, size_t length) {
    /* The lead byte of 2, 3, 4 bytes carries 5, 4, 3 bits (RFC 3629 section 3). */
    uint32_t code_point = length == 1 ? bytes[0] : bytes[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++)
        code_point = code_point << 6 | (bytes[i] & 0x3Fu);
    return code_point;
}

/* Writes a code point as UTF-8 and answers its length, 1 to 4. It must be at
   most U+10FFFF and no surrogate. */
size_t numres_text_put_utf8(uint32_t code_point, char *bytes);

#define NUMRES_EVERY_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/*
 * Eight bytes of a JSON string: the high bit of a byte is set where it is not
 * plain. Above the first such byte other bits may be set too, since the
 * subtractions borrow.
 */
static inline uint64_t numres_text_not_plain(uint64_t word) {
    uint64_t controls = word - NUMRES_EVERY_BYTE(0x20);
    uint64_t quotes = (word ^ NUMRES_EVERY_BYTE('"')) - NUMRES_EVERY_BYTE(1);
    uint64_t backslashes = (word ^ NUMRES_EVERY_BYTE('\\')) - NUMRES_EVERY_BYTE(1);
    return (word | controls | quotes | backslashes) & NUMRES_EVERY_BYTE(0x80);
}

/*
 * The first byte at or after `bytes` that is not plain inside a JSON string:
 * a quote, a backslash, a control character (RFC 8259 section 7) or a byte of 0x80
 * and more; `end` if there is none. Reads nothing at or beyond `end`.
 */
static inline const unsigned char *numres_text_skip_plain(const unsigned char *bytes,
                                                          const unsigned char *end) {
    while (end - bytes >= 8) {
        uint64_t word;
        memcpy(&word, bytes, sizeof word);
        uint64_t not_plain = numres_text_not_plain(word);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        if (not_plain != 0)
            return bytes + __builtin_ctzll(not_plain) / 8;
#else
        if (not_plain != 0)
            break; /* the byte loop finds it */
#endif
        bytes += 8;
    }
    while (bytes < end && *bytes >= 0x20 && *bytes < 0x80 && *bytes != '"' && *bytes != '\\')
        bytes++;
    return bytes;
}

/* The text cut to at most `limit` bytes, at a character's start. */
numres_text numres_text_cut(numres_text text, size_t limit);

/* E.164: a plus sign and 1 to 15 digits, the first not 0. */
bool numres_text_is_e164(numres_text text);

/* Writes a number in decimal digits and answers how many, 1 to 20. */
size_t numres_text_put_integer(uint64_t value, char *bytes);

/* Digits only: reads 0 to 2^63-1. False for anything else. */
bool numres_text_integer(numres_text text, uint64_t *value);

#endif
