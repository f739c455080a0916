/* Decodes the inside of strings, for the gate and for fast/single_values.c: escapes of
   RFC 8259 section 7, UTF-8 of RFC 3629. */
#include "unescape.h"

#include <string.h>

#include "../base/count.h"
#include "../base/text.h"
#include "plain.h"

#define LONGEST_CHARACTER 4 /* bytes of UTF-8 */
#define UNICODE_ESCAPE 6    /* bytes of \uXXXX */

static const char simple_escapes[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
};

/* Set in the entry of a digit, beside its value; the entries of other bytes are 0. */
#define DIGIT_FOUND 0x10u

static const unsigned char hex_digits[256] = {
    ['0'] = 0x10, ['1'] = 0x11, ['2'] = 0x12, ['3'] = 0x13, ['4'] = 0x14, ['5'] = 0x15,
    ['6'] = 0x16, ['7'] = 0x17, ['8'] = 0x18, ['9'] = 0x19, ['A'] = 0x1A, ['B'] = 0x1B,
    ['C'] = 0x1C, ['D'] = 0x1D, ['E'] = 0x1E, ['F'] = 0x1F, ['a'] = 0x1A, ['b'] = 0x1B,
    ['c'] = 0x1C, ['d'] = 0x1D, ['e'] = 0x1E, ['f'] = 0x1F,
};

char numres_unescape_simple(unsigned char byte) {
    return simple_escapes[byte];
}

int numres_unescape_hex(unsigned char digit) {
    unsigned char found = hex_digits[digit];
    return found != 0 ? (int)(found - DIGIT_FOUND) : -1;
}

static inline void keep_bytes(numres_unescape_room *room, const void *bytes, size_t length) {
    size_t left = (size_t)(room->end - room->next);
    size_t kept = length < left ? length : left;
    memcpy(room->next, bytes, kept);
    NUMRES_COUNT(UNESCAPE, kept);
    room->next += kept;
    room->lost += length - kept;
}

/* The UTF-16 code unit of the \u escape at `bytes`, or -1. */
static inline int code_unit(const unsigned char *bytes, const unsigned char *end) {
    if (end - bytes < UNICODE_ESCAPE || bytes[0] != '\\' || bytes[1] != 'u')
        return -1;
    unsigned int first = hex_digits[bytes[2]];
    unsigned int second = hex_digits[bytes[3]];
    unsigned int third = hex_digits[bytes[4]];
    unsigned int fourth = hex_digits[bytes[5]];
    if ((first & second & third & fourth) == 0)
        return -1;
    return (int)((first << 12) + (second << 8) + (third << 4) + fourth - DIGIT_FOUND * 0x1111);
}

static inline void keep_code_point(numres_unescape_room *room, uint32_t code_point) {
    if (code_point < 0x80 && room->next < room->end) {
        NUMRES_COUNT(UNESCAPE, 1);
        *room->next++ = (char)code_point;
    } else {
        char utf8[LONGEST_CHARACTER];
        size_t length = numres_text_put_utf8(code_point, utf8);
        keep_bytes(room, utf8, length);
    }
}

/* Keeps the character of a \u escape, or of two that are a pair of surrogates
   (RFC 8259 section 7), and returns the length of what it read, or 0. */
static inline size_t keep_unicode(numres_unescape_room *room, const unsigned char *bytes,
                                  const unsigned char *end) {
    int read = code_unit(bytes, end);
    uint32_t unit = (uint32_t)read;
    if (read < 0 || numres_is_low_surrogate(unit))
        return 0;
    if (!numres_is_high_surrogate(unit)) {
        keep_code_point(room, unit);
        return UNICODE_ESCAPE;
    }
    uint32_t low = (uint32_t)code_unit(bytes + UNICODE_ESCAPE, end); /* -1 is not a surrogate */
    if (!numres_is_low_surrogate(low))
        return 0;
    keep_code_point(room, numres_surrogate_pair(unit, low));
    return (size_t)2 * UNICODE_ESCAPE;
}

static inline size_t keep_escape(numres_unescape_room *room, const unsigned char *bytes,
                                 const unsigned char *end) {
    if (end - bytes < 2)
        return 0;
    if (bytes[1] == 'u')
        return keep_unicode(room, bytes, end);
    char value = simple_escapes[bytes[1]];
    if (value == 0)
        return 0;
    keep_code_point(room, (unsigned char)value);
    return 2;
}

/* Characters of several bytes often come in a row: some languages have whole words of them. */
static inline size_t keep_characters(numres_unescape_room *room, const unsigned char *bytes,
                                     const unsigned char *end) {
    const unsigned char *at = bytes;
    size_t length;
    while (at < end && *at >= 0x80 &&
           numres_text_utf8(at, (size_t)(end - at), &length) == NUMRES_JUDGED_WHOLE) {
        if (end - at >= LONGEST_CHARACTER && room->end - room->next >= LONGEST_CHARACTER) {
            memcpy(room->next, at, LONGEST_CHARACTER); /* faster than copying by length */
            NUMRES_COUNT(UNESCAPE, length);
            room->next += length;
        } else {
            keep_bytes(room, at, length);
        }
        at += length;
    }
    return (size_t)(at - bytes);
}

/* Keeps what begins at `bytes`, where plain bytes end. Returns its length, or 0 if it is
   not a whole and valid character or escape. */
static inline size_t keep_special(numres_unescape_room *room, const unsigned char *bytes,
                                  const unsigned char *end) {
    if (*bytes == '\\')
        return keep_escape(room, bytes, end);
    return *bytes >= 0x80 ? keep_characters(room, bytes, end) : 0;
}

#define STEP NUMRES_PLAIN_STEP

/* Keeps bytes as long as whole steps can be read and written. Decoding never makes text
   longer, so room for the undecoded bytes is enough. */
static inline const unsigned char *
keep_widely(numres_unescape_room *room, const unsigned char *bytes, const unsigned char *end) {
    ptrdiff_t left = room->end - room->next;
    ptrdiff_t readable = end - bytes;
    ptrdiff_t steps_end = left < readable ? left : readable;
    const unsigned char *start = bytes;
    while (bytes - start <= steps_end - STEP) {
        uint32_t not_plain = numres_plain_not32(bytes);
        memcpy(room->next, bytes, STEP); /* bytes after the plain ones are overwritten */
        size_t plain = not_plain != 0 ? (size_t)__builtin_ctz(not_plain) : STEP;
        NUMRES_COUNT(UNESCAPE, plain); /* read and written in one go */
        room->next += plain;
        bytes += plain;
        if (not_plain == 0)
            continue;
        size_t taken = keep_special(room, bytes, end);
        if (taken == 0)
            break;
        NUMRES_COUNT(UNESCAPE, taken);
        bytes += taken;
    }
    return bytes;
}

/* The same, however few bytes there are. */
static const unsigned char *keep_narrowly(numres_unescape_room *room, const unsigned char *bytes,
                                          const unsigned char *end) {
    size_t taken = 1;
    while (taken > 0 && bytes < end) {
        const unsigned char *plain_end = numres_plain_skip(bytes, end);
        NUMRES_COUNT(UNESCAPE, plain_end - bytes);
        keep_bytes(room, bytes, (size_t)(plain_end - bytes));
        bytes = plain_end;
        taken = bytes < end ? keep_special(room, bytes, end) : 0;
        NUMRES_COUNT(UNESCAPE, taken);
        bytes += taken;
    }
    return bytes;
}

const unsigned char *numres_unescape(numres_unescape_room *room, const unsigned char *bytes,
                                     const unsigned char *end) {
    numres_unescape_room kept = *room; /* a copy, which stays in registers */
    bytes = keep_widely(&kept, bytes, end);
    *room = kept;
    return bytes < end && *bytes == '"' ? bytes : keep_narrowly(room, bytes, end);
}
