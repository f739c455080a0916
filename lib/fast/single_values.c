/* Strings, numerals, literals and skipped values, for object.c, segments.c and pieces.h.
   The gate and unescape.c decide what is valid (RFC 8259). */
#include "single_values.h"

#include <stdint.h>

#include <simde/x86/sse2.h>

#include "../base/count.h"
#include "../token/plain.h"
#include "../token/unescape.h"
#include "numres/parser.h"

/* Returns MORE or SURPRISE for a token that begins with `first_byte` and whose next bytes
   are unfinished or invalid. */
static numres_fast_result judge_rest(unsigned char first_byte, const unsigned char *bytes,
                                     const unsigned char *end) {
    return numres_gate_judge(first_byte, &bytes, end) == NUMRES_JUDGED_UNFINISHED
               ? NUMRES_FAST_MORE
               : NUMRES_FAST_SURPRISE;
}

void numres_fast_take_space(const unsigned char **at, const unsigned char *end) {
    /* This is mostly a line end and the spaces that indent the next line. */
    const unsigned char *bytes = *at + 1;
    uint32_t others = 0;
    while (others == 0 && end - bytes >= 16) {
        simde__m128i text = simde_mm_loadu_si128((const void *)bytes);
        simde__m128i spaces = simde_mm_cmpeq_epi8(text, simde_mm_set1_epi8(' '));
        others = ~(uint32_t)simde_mm_movemask_epi8(spaces) & 0xFFFF;
        bytes += others != 0 ? __builtin_ctz(others) : 16;
    }
    while (bytes < end && numres_gate_is_space(*bytes))
        bytes++;
    NUMRES_COUNT(SINGLE_VALUE, bytes - *at);
    *at = bytes;
}

/* Returns the end of what can be taken unchanged of the string at `at`. */
static inline const unsigned char *skip_unescaped(const unsigned char *at,
                                                  const unsigned char *end) {
    const unsigned char *bytes = numres_plain_skip(at + 1, end);
    if (bytes < end && *bytes >= 0x80)
        bytes = numres_plain_skip_characters(bytes, end);
    NUMRES_COUNT(SINGLE_VALUE, bytes - at);
    return bytes;
}

static bool is_escape(const unsigned char *bytes, const unsigned char *end) {
    return bytes < end && *bytes == '\\';
}

numres_fast_result numres_fast_string(const unsigned char **at, const unsigned char *end,
                                      numres_fast_room room, numres_text *text, bool *decoded) {
    const unsigned char *start = *at + 1;
    const unsigned char *bytes = skip_unescaped(*at, end);
    numres_unescape_room left = {room.bytes, room.bytes + room.size, 0};
    *decoded = is_escape(bytes, end);
    if (*decoded)
        bytes = numres_unescape(&left, start, end);
    if (bytes == end || *bytes != '"')
        return judge_rest('"', bytes, end);
    if (left.lost > 0)
        return NUMRES_FAST_SURPRISE;
    text->bytes = *decoded ? room.bytes : (const char *)start;
    text->length = *decoded ? (size_t)(left.next - room.bytes) : (size_t)(bytes - start);
    *at = bytes + 1;
    return NUMRES_FAST_WHOLE;
}

/* Longer numerals are left to the general lane, which would read them from the start again. */
#define LONGEST_SCALAR 64

numres_fast_result numres_fast_scalar(const unsigned char **at, const unsigned char *end,
                                      numres_text *text) {
    const unsigned char *start = *at;
    bool is_cut = end - start > LONGEST_SCALAR;
    const unsigned char *bytes =
        numres_gate_simple_scalar(start, is_cut ? start + LONGEST_SCALAR : end);
    if (bytes == NULL)
        return is_cut ? NUMRES_FAST_SURPRISE : judge_rest(*start, start, end);
    text->bytes = (const char *)start;
    text->length = (size_t)(bytes - start);
    *at = bytes;
    return NUMRES_FAST_WHOLE;
}

/* Skipping: a bit for each open container, set for arrays, the outermost in the lowest. */
typedef struct value_skipping {
    uint64_t is_array[(NUMRES_LARGEST_MAX_DEPTH + 63) / 64];
    unsigned int open;
    unsigned int depth;
    bool in_array; /* the innermost one is an array */
} value_skipping;

static bool push(value_skipping *skipping, bool is_array) {
    if (skipping->open == skipping->depth)
        return false;
    uint64_t bit = UINT64_C(1) << skipping->open % 64;
    uint64_t *word = &skipping->is_array[skipping->open / 64];
    *word = is_array ? *word | bit : *word & ~bit;
    skipping->open++;
    skipping->in_array = is_array;
    return true;
}

static void pop(value_skipping *skipping) {
    skipping->open--;
    if (skipping->open > 0) {
        unsigned int innermost = skipping->open - 1;
        skipping->in_array = (skipping->is_array[innermost / 64] >> innermost % 64 & 1) != 0;
    }
}

/* Skips a string of any form. Its decoded text is not needed. */
static numres_fast_result skip_any_string(const unsigned char **at, const unsigned char *end) {
    char nowhere[1];
    numres_unescape_room none = {nowhere, nowhere, 0};
    const unsigned char *bytes = skip_unescaped(*at, end);
    if (is_escape(bytes, end))
        bytes = numres_unescape(&none, bytes, end);
    if (bytes == end || *bytes != '"')
        return judge_rest('"', bytes, end);
    *at = bytes + 1;
    return NUMRES_FAST_WHOLE;
}

/* The functions below pass on a copy of *at, so that the caller's stays in a register. */

static inline numres_fast_result skip_string(const unsigned char **at, const unsigned char *end) {
    enum { SHORT = 16, QUOTES = 2 };
    const unsigned char *bytes = *at;
    if (end - bytes >= SHORT + QUOTES) {
        uint32_t not_plain = numres_plain_not16(bytes + 1);
        unsigned int length = (unsigned int)__builtin_ctz(not_plain | UINT32_C(1) << SHORT);
        if (bytes[1 + length] == '"') {
            NUMRES_COUNT(SINGLE_VALUE, length + QUOTES);
            *at = bytes + length + QUOTES;
            return NUMRES_FAST_WHOLE;
        }
    }
    numres_fast_result result = skip_any_string(&bytes, end);
    *at = bytes;
    return result;
}

static inline numres_fast_result skip_scalar(const unsigned char **at, const unsigned char *end) {
    const unsigned char *bytes = *at;
    numres_text text;
    numres_fast_result result = numres_fast_scalar(&bytes, end, &text);
    *at = bytes;
    return result;
}

/* Skips a member's name and colon, up to the value. */
static inline numres_fast_result skip_name(const unsigned char **at, const unsigned char *end) {
    if (**at != '"')
        return NUMRES_FAST_SURPRISE;
    numres_fast_result result = skip_string(at, end);
    if (result != NUMRES_FAST_WHOLE)
        return result;
    NUMRES_COUNT(SINGLE_VALUE, 1);
    return numres_fast_colon(at, end);
}

/* Moves from an opening bracket or a value to the next value, or over the closing bracket
   (CLOSED). */
static inline numres_fast_result skip_to_value(const value_skipping *skipping,
                                               const unsigned char **at, const unsigned char *end,
                                               bool is_first) {
    numres_fast_result result = numres_fast_next(at, end, skipping->in_array ? ']' : '}', is_first);
    NUMRES_COUNT(SINGLE_VALUE, 1);
    return result == NUMRES_FAST_WHOLE && !skipping->in_array ? skip_name(at, end) : result;
}

/* Skips a scalar or an opening bracket (CONTAINER). */
static inline numres_fast_result skip_value(value_skipping *skipping, const unsigned char **at,
                                            const unsigned char *end) {
    if (**at == '"')
        return skip_string(at, end);
    if (**at != '[' && **at != '{')
        return skip_scalar(at, end);
    if (!push(skipping, **at == '['))
        return NUMRES_FAST_SURPRISE;
    NUMRES_COUNT(SINGLE_VALUE, 1);
    ++*at;
    return NUMRES_FAST_CONTAINER;
}

static numres_fast_result skip_container(const unsigned char **at, const unsigned char *end,
                                         unsigned int depth) {
    value_skipping skipping = {{0}, 0, depth, false};
    const unsigned char *bytes = *at;
    numres_fast_result result = skip_value(&skipping, &bytes, end);
    while (skipping.open > 0 && numres_fast_is_read(result)) {
        result = skip_to_value(&skipping, &bytes, end, result == NUMRES_FAST_CONTAINER);
        if (result == NUMRES_FAST_CLOSED)
            pop(&skipping);
        else if (result == NUMRES_FAST_WHOLE)
            result = skip_value(&skipping, &bytes, end);
    }
    if (!numres_fast_is_read(result))
        return result;
    *at = bytes;
    return NUMRES_FAST_WHOLE;
}

numres_fast_result numres_fast_skip(const unsigned char **at, const unsigned char *end,
                                    unsigned int depth) {
    if (**at == '[' || **at == '{')
        return skip_container(at, end, depth);
    return **at == '"' ? skip_string(at, end) : skip_scalar(at, end);
}
