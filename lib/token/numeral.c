/* The grammar of numerals as a table of states (RFC 8259 section 6), for the gate and for
   record.c. */
#include "numeral.h"

#include "../base/count.h"
#include "../base/text.h"

/* What a byte is within a numeral. */
typedef enum numeral_class {
    NUMERAL_OTHER,
    NUMERAL_ZERO_DIGIT,
    NUMERAL_DIGIT, /* 1 to 9 */
    NUMERAL_MINUS,
    NUMERAL_PLUS,
    NUMERAL_POINT,
    NUMERAL_E,
    NUMERAL_CLASSES
} numeral_class;

static const unsigned char numeral_classes[256] = {
    ['0'] = NUMERAL_ZERO_DIGIT, ['1'] = NUMERAL_DIGIT, ['2'] = NUMERAL_DIGIT, ['3'] = NUMERAL_DIGIT,
    ['4'] = NUMERAL_DIGIT,      ['5'] = NUMERAL_DIGIT, ['6'] = NUMERAL_DIGIT, ['7'] = NUMERAL_DIGIT,
    ['8'] = NUMERAL_DIGIT,      ['9'] = NUMERAL_DIGIT, ['-'] = NUMERAL_MINUS, ['+'] = NUMERAL_PLUS,
    ['.'] = NUMERAL_POINT,      ['e'] = NUMERAL_E,     ['E'] = NUMERAL_E,
};

#define DIGITS_GO_TO(state) [NUMERAL_ZERO_DIGIT] = (state), [NUMERAL_DIGIT] = (state)

/* The grammar of RFC 8259 section 6; steps that are not named lead to NUMRES_NUMERAL_BAD. */
static const unsigned char numeral_steps[NUMRES_NUMERAL_STATES][NUMERAL_CLASSES] = {
    [NUMRES_NUMERAL_START] = {[NUMERAL_MINUS] = NUMRES_NUMERAL_MINUS,
                              [NUMERAL_ZERO_DIGIT] = NUMRES_NUMERAL_ZERO,
                              [NUMERAL_DIGIT] = NUMRES_NUMERAL_INTEGER},
    [NUMRES_NUMERAL_MINUS] =
        {[NUMERAL_ZERO_DIGIT] = NUMRES_NUMERAL_ZERO, [NUMERAL_DIGIT] = NUMRES_NUMERAL_INTEGER},
    [NUMRES_NUMERAL_ZERO] =
        {[NUMERAL_POINT] = NUMRES_NUMERAL_POINT, [NUMERAL_E] = NUMRES_NUMERAL_E},
    [NUMRES_NUMERAL_INTEGER] =
        {DIGITS_GO_TO(NUMRES_NUMERAL_INTEGER), [NUMERAL_POINT] = NUMRES_NUMERAL_POINT,
         [NUMERAL_E] = NUMRES_NUMERAL_E},
    [NUMRES_NUMERAL_POINT] = {DIGITS_GO_TO(NUMRES_NUMERAL_FRACTION)},
    [NUMRES_NUMERAL_FRACTION] = {DIGITS_GO_TO(NUMRES_NUMERAL_FRACTION), [NUMERAL_E] =
                                                                            NUMRES_NUMERAL_E},
    [NUMRES_NUMERAL_E] =
        {DIGITS_GO_TO(NUMRES_NUMERAL_EXPONENT), [NUMERAL_MINUS] = NUMRES_NUMERAL_SIGN,
         [NUMERAL_PLUS] = NUMRES_NUMERAL_SIGN},
    [NUMRES_NUMERAL_SIGN] = {DIGITS_GO_TO(NUMRES_NUMERAL_EXPONENT)},
    [NUMRES_NUMERAL_EXPONENT] = {DIGITS_GO_TO(NUMRES_NUMERAL_EXPONENT)},
};

const unsigned char *numres_numeral_skip(numres_numeral_state *state, const unsigned char *bytes,
                                         const unsigned char *end) {
    for (; bytes < end; bytes++) {
        numres_numeral_state next = numeral_steps[*state][numeral_classes[*bytes]];
        if (next == NUMRES_NUMERAL_BAD)
            break;
        *state = next;
    }
    return bytes;
}

bool numres_numeral_is_whole(numres_numeral_state state) {
    return state == NUMRES_NUMERAL_ZERO || state == NUMRES_NUMERAL_INTEGER ||
           state == NUMRES_NUMERAL_FRACTION || state == NUMRES_NUMERAL_EXPONENT;
}

/* Larger exponents are all the same: no text has enough digits to make up for one. */
#define LARGEST_EXPONENT (INT64_C(1) << 60)

/* 2^63-1 has 19 digits. */
#define MOST_DIGITS 19

static const char *skip_digits(const char *at, const char *end) {
    while (at < end && numres_text_is_digit(*at))
        at++;
    return at;
}

/* The exponent after the digits: an e, perhaps a sign, and digits; or nothing, which is 0. */
static int64_t exponent_of(const char *at, const char *end) {
    int64_t exponent = 0;
    if (at == end)
        return 0;
    at++;
    bool is_negative = *at == '-';
    if (is_negative || *at == '+')
        at++;
    for (; at < end; at++)
        if (exponent < LARGEST_EXPONENT / 10)
            exponent = exponent * 10 + (*at - '0');
        else
            exponent = LARGEST_EXPONENT;
    return is_negative ? -exponent : exponent;
}

static uint64_t power_of_ten(int64_t power) {
    uint64_t value = 1;
    while (power-- > 0)
        value *= 10;
    return value;
}

/* Adds digits, the first of which counts as itself times 10 to the `power`. Returns false
   if the numeral is then no integer, or too large. */
static bool add_digits(uint64_t *sum, const char *at, const char *end, int64_t power) {
    for (; at < end; at++, power--) {
        if (*at == '0')
            continue;
        if (power < 0 || power >= MOST_DIGITS)
            return false;
        *sum += (uint64_t)(*at - '0') * power_of_ten(power);
    }
    return true;
}

bool numres_numeral_integer(numres_text text, uint64_t *value) {
    const char *at = text.bytes;
    const char *end = at + text.length;
    bool is_negative = at < end && *at == '-';
    const char *whole = at + (is_negative ? 1 : 0);
    const char *whole_end = skip_digits(whole, end);
    const char *fraction = whole_end < end && *whole_end == '.' ? whole_end + 1 : whole_end;
    const char *fraction_end = skip_digits(fraction, end);
    int64_t exponent = exponent_of(fraction_end, end);
    /* At most 19 digits count, each once, so the sum is below 10^19 and fits. */
    uint64_t sum = 0;
    NUMRES_COUNT(TEXT, text.length);
    if (!add_digits(&sum, whole, whole_end, exponent + (whole_end - whole) - 1) ||
        !add_digits(&sum, fraction, fraction_end, exponent - 1))
        return false;
    if (sum > (uint64_t)INT64_MAX || (is_negative && sum > 0))
        return false;
    *value = sum;
    return true;
}
