/*
 * The fast lane's operations on 32 bytes, in SIMDe: one source for every machine.
 * NUMRES_SIMD_BYTES is 32 if the file that includes this is compiled for AVX2, else 16.
 */
#ifndef NUMRES_LIB_SIMD_H
#define NUMRES_LIB_SIMD_H

#include <stdbool.h>
#include <stdint.h>

#if NUMRES_SIMD_BYTES == 32
#include <simde/x86/avx2.h>
#endif
#include <simde/x86/ssse3.h>

#include "../token/plain.h"

/* Sixteen bytes. */

static inline simde__m128i simd_load16(const void *bytes) {
    return simde_mm_loadu_si128(bytes);
}

static inline uint32_t simd_bits16(simde__m128i bytes) {
    return (uint32_t)simde_mm_movemask_epi8(bytes);
}

/* Returns a bit for each of 16 bytes, set if both are the same. */
static inline uint32_t simd_equal16(const void *left, const void *right) {
    return simd_bits16(simde_mm_cmpeq_epi8(simd_load16(left), simd_load16(right)));
}

/* Thirty-two bytes. */

/* Returns a bit for each of 32 bytes, set if both are the same. */
static inline uint32_t simd_equal32(const void *left, const void *right) {
#if NUMRES_SIMD_BYTES == 32
    return (uint32_t)simde_mm256_movemask_epi8(
        simde_mm256_cmpeq_epi8(simde_mm256_loadu_si256(left), simde_mm256_loadu_si256(right)));
#else
    return simd_equal16(left, right) |
           simd_equal16((const char *)left + 16, (const char *)right + 16) << 16;
#endif
}

/* Vectors that repeat one byte. They are kept in memory, because compilers build a
   constant vector of bytes with three instructions wherever it is used. */
typedef struct numres_simd_bytes {
    _Alignas(32) unsigned char quote[32];
    unsigned char backslash[32];
    unsigned char space[32];
} numres_simd_bytes;

extern const numres_simd_bytes numres_simd_every;

/* Returns a bit for each of 32 bytes, set if it is not plain in a JSON string: a quote, a
   backslash, a control character or a byte from 0x80 on. As signed numbers, the last two
   are less than 0x20. */
static inline uint32_t simd_not_plain32(const void *text) {
#if NUMRES_SIMD_BYTES == 32
    const simde__m256i *quote = (const void *)numres_simd_every.quote;
    const simde__m256i *backslash = (const void *)numres_simd_every.backslash;
    const simde__m256i *space = (const void *)numres_simd_every.space;
    simde__m256i bytes = simde_mm256_loadu_si256(text);
    simde__m256i quotes = simde_mm256_cmpeq_epi8(bytes, simde_mm256_load_si256(quote));
    simde__m256i escapes = simde_mm256_cmpeq_epi8(bytes, simde_mm256_load_si256(backslash));
    simde__m256i others = simde_mm256_cmpgt_epi8(simde_mm256_load_si256(space), bytes);
    return (uint32_t)simde_mm256_movemask_epi8(
        simde_mm256_or_si256(simde_mm256_or_si256(quotes, escapes), others));
#else
    return numres_plain_not32(text);
#endif
}

/* A date as numbers. */
typedef struct simd_date {
    uint32_t year;
    uint32_t month; /* 0 to 12 */
    uint32_t day;   /* 0 to 99 */
} simd_date;

/* Reads the 11 bytes "YYYY-MM-DDT", of which 16 must be readable. Returns false for any
   other form. Does not check that the month has that day. */
static inline bool simd_read_date(const unsigned char *text, simd_date *date) {
    const simde__m128i form =
        simde_mm_setr_epi8('0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', 0, 0, 0, 0, 0);
    const simde__m128i highest =
        simde_mm_setr_epi8(9, 9, 9, 9, 0, 9, 9, 0, 9, 9, 0, -1, -1, -1, -1, -1);
    /* The digits' order: YY YY MM DD. */
    const simde__m128i order =
        simde_mm_setr_epi8(0, 1, 2, 3, 5, 6, 8, 9, -1, -1, -1, -1, -1, -1, -1, -1);
    const simde__m128i highest_pair = simde_mm_setr_epi16(99, 99, 12, 99, 0, 0, 0, 0);
    const simde__m128i tens =
        simde_mm_setr_epi8(10, 1, 10, 1, 10, 1, 10, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    const simde__m128i units = simde_mm_setr_epi16(100, 1, 256, 1, 0, 0, 0, 0);
    simde__m128i digits = simde_mm_xor_si128(simd_load16(text), form);
    simde__m128i wrong = simde_mm_subs_epu8(digits, highest);
    simde__m128i pairs = simde_mm_maddubs_epi16(simde_mm_shuffle_epi8(digits, order), tens);
    wrong = simde_mm_or_si128(wrong, simde_mm_cmpgt_epi16(pairs, highest_pair));
    simde__m128i sums = simde_mm_madd_epi16(pairs, units);
    uint32_t month_and_day = (uint32_t)simde_mm_cvtsi128_si32(simde_mm_shuffle_epi32(sums, 0x55));
    date->year = (uint32_t)simde_mm_cvtsi128_si32(sums);
    date->month = month_and_day >> 8;
    date->day = month_and_day & 0xFF;
    return simd_bits16(simde_mm_cmpeq_epi8(wrong, simde_mm_setzero_si128())) == 0xFFFF;
}

/* A time of day as numbers. */
typedef struct simd_clock {
    uint32_t seconds; /* of the day */
    uint32_t microseconds;
} simd_clock;

/* Reads the 16 bytes "hh:mm:ss.ffffffZ". Returns false for any other form, even one that
   RFC 3339 section 5.6 allows, such as a leap second. */
static inline bool simd_read_clock(const unsigned char *text, simd_clock *clock) {
    const simde__m128i form = simde_mm_setr_epi8('0', '0', ':', '0', '0', ':', '0', '0', '.', '0',
                                                 '0', '0', '0', '0', '0', 'Z');
    /* The digits' order: hh mm ss and nothing, ff ff ff and nothing. */
    const simde__m128i order =
        simde_mm_setr_epi8(0, 1, 3, 4, 6, 7, -1, -1, 9, 10, 11, 12, 13, 14, -1, -1);
    const simde__m128i highest = simde_mm_setr_epi8(9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 9, 9, 9, 9, 0);
    const simde__m128i highest_pair = simde_mm_setr_epi16(23, 59, 59, 0, 99, 99, 99, 0);
    const simde__m128i tens =
        simde_mm_setr_epi8(10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1);
    const simde__m128i units = simde_mm_setr_epi16(3600, 60, 1, 0, 10000, 100, 1, 0);
    simde__m128i digits = simde_mm_xor_si128(simd_load16(text), form);
    simde__m128i wrong = simde_mm_subs_epu8(digits, highest);
    simde__m128i pairs = simde_mm_maddubs_epi16(simde_mm_shuffle_epi8(digits, order), tens);
    wrong = simde_mm_or_si128(wrong, simde_mm_cmpgt_epi16(pairs, highest_pair));
    if (simd_bits16(simde_mm_cmpeq_epi8(wrong, simde_mm_setzero_si128())) != 0xFFFF)
        return false;
    simde__m128i sums = simde_mm_madd_epi16(pairs, units);
    /* Shuffles, not shifts: those depend on the order of bytes in a word. */
    sums = simde_mm_add_epi32(sums, simde_mm_shuffle_epi32(sums, 0xF5)); /* 1 1 3 3 */
    clock->seconds = (uint32_t)simde_mm_cvtsi128_si32(sums);
    clock->microseconds = (uint32_t)simde_mm_cvtsi128_si32(simde_mm_shuffle_epi32(sums, 0xAA));
    return true;
}

#endif
