/*
 * Decodes the inside of a JSON string (RFC 8259 section 7): plain bytes, characters and
 * escapes that are whole and valid. Both lanes decode by this; the gate judges what is
 * unfinished or bad.
 */
#ifndef NUMRES_LIB_UNESCAPE_H
#define NUMRES_LIB_UNESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Where decoded bytes go. Anything up to `end` may be written to, even after what is kept.
 * After caf\u00e9 in a buffer of eight bytes:
 *
 *     c a f C3 A9 . . .
 *                 ^     ^
 *              next   end
 */
typedef struct numres_unescape_room {
    char *next; /* after what is kept */
    char *end;
    uint64_t lost; /* decoded bytes that found no room, and were only counted */
} numres_unescape_room;

/* Decodes from `bytes` on and returns where it stopped: at `end`, a quote, a control
   character, or the first byte of a character, an escape or a pair of surrogates that is
   unfinished or bad. Reads nothing at or beyond `end`. */
const unsigned char *numres_unescape(numres_unescape_room *room, const unsigned char *bytes,
                                     const unsigned char *end);

/* Returns what a backslash and this byte stand for, or 0 if that is not a simple escape. */
char numres_unescape_simple(unsigned char byte);

/* Returns the value of a hexadecimal digit, or -1. */
int numres_unescape_hex(unsigned char digit);

/* A character beyond U+FFFF takes two escapes, a pair of surrogates (RFC 8259 section 7). */
static inline bool numres_is_high_surrogate(uint32_t unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static inline bool numres_is_low_surrogate(uint32_t unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

static inline uint32_t numres_surrogate_pair(uint32_t high, uint32_t low) {
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

#endif
