/*
 * Plain bytes of JSON strings: ASCII bytes that stand for themselves, as nearly all do.
 * They are found 16 or 32 at a time, through SIMDe.
 */
#ifndef NUMRES_LIB_PLAIN_H
#define NUMRES_LIB_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <simde/x86/sse2.h>

/*
 * Returns a bit for each of 16 bytes of a JSON string, set if it is not plain: a quote,
 * a backslash, a control character (RFC 8259 section 7) or a byte from 0x80 on. As
 * signed numbers, only the last two are less than a space, so only for them the
 * saturating difference is negative.
 */
static inline uint32_t numres_plain_not16(const void *bytes) {
    simde__m128i text = simde_mm_loadu_si128(bytes);
    simde__m128i quotes = simde_mm_cmpeq_epi8(text, simde_mm_set1_epi8('"'));
    simde__m128i backslashes = simde_mm_cmpeq_epi8(text, simde_mm_set1_epi8('\\'));
    simde__m128i others = simde_mm_subs_epi8(text, simde_mm_set1_epi8(' '));
    return (uint32_t)simde_mm_movemask_epi8(
        simde_mm_or_si128(simde_mm_or_si128(quotes, backslashes), others));
}

/* Bytes checked in one step. Most strings end within one or two steps, at a place that
   branch prediction cannot guess. */
#define NUMRES_PLAIN_STEP 32

static inline uint32_t numres_plain_not32(const unsigned char *bytes) {
    return numres_plain_not16(bytes) | numres_plain_not16(bytes + 16) << 16;
}

static inline bool numres_plain_is(unsigned char byte) {
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/* Returns the first byte at or after `bytes` that is not plain, or `end` if there is none.
   Reads nothing at or beyond `end`. */
static inline const unsigned char *numres_plain_skip(const unsigned char *bytes,
                                                     const unsigned char *end) {
    for (; end - bytes >= 16; bytes += 16) {
        uint32_t not_plain = numres_plain_not16(bytes);
        if (not_plain != 0)
            return bytes + __builtin_ctz(not_plain);
    }
    while (bytes < end && numres_plain_is(*bytes))
        bytes++;
    return bytes;
}

/* The same, but goes on over whole valid characters of several bytes. It stops at a quote,
   a backslash, a control character, or a character that is bad or unfinished. */
const unsigned char *numres_plain_skip_characters(const unsigned char *bytes,
                                                  const unsigned char *end);

#endif
