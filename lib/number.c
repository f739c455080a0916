#include "number.h"

/* What a byte is within a number. */
typedef enum number_class {
    NUMBER_OTHER,
    NUMBER_ZERO_DIGIT,
    NUMBER_DIGIT, /* 1 to 9 */
    NUMBER_MINUS,
    NUMBER_PLUS,
    NUMBER_POINT,
    NUMBER_E,
    NUMBER_CLASSES
} number_class;

static const unsigned char number_classes[256] = {
    ['0'] = NUMBER_ZERO_DIGIT, ['1'] = NUMBER_DIGIT, ['2'] = NUMBER_DIGIT, ['3'] = NUMBER_DIGIT,
    ['4'] = NUMBER_DIGIT,      ['5'] = NUMBER_DIGIT, ['6'] = NUMBER_DIGIT, ['7'] = NUMBER_DIGIT,
    ['8'] = NUMBER_DIGIT,      ['9'] = NUMBER_DIGIT, ['-'] = NUMBER_MINUS, ['+'] = NUMBER_PLUS,
    ['.'] = NUMBER_POINT,      ['e'] = NUMBER_E,     ['E'] = NUMBER_E,
};

#define DIGITS_GO_TO(state) [NUMBER_ZERO_DIGIT] = (state), [NUMBER_DIGIT] = (state)

/* The grammar of RFC 8259 section 6; what is not named is NUMRES_NUMBER_BAD. */
static const unsigned char number_steps[NUMRES_NUMBER_STATES][NUMBER_CLASSES] = {
    [NUMRES_NUMBER_START] = {[NUMBER_MINUS] = NUMRES_NUMBER_MINUS,
                             [NUMBER_ZERO_DIGIT] = NUMRES_NUMBER_ZERO,
                             [NUMBER_DIGIT] = NUMRES_NUMBER_INTEGER},
    [NUMRES_NUMBER_MINUS] =
        {[NUMBER_ZERO_DIGIT] = NUMRES_NUMBER_ZERO, [NUMBER_DIGIT] = NUMRES_NUMBER_INTEGER},
    [NUMRES_NUMBER_ZERO] = {[NUMBER_POINT] = NUMRES_NUMBER_POINT, [NUMBER_E] = NUMRES_NUMBER_E},
    [NUMRES_NUMBER_INTEGER] = {DIGITS_GO_TO(NUMRES_NUMBER_INTEGER),
                               [NUMBER_POINT] = NUMRES_NUMBER_POINT, [NUMBER_E] = NUMRES_NUMBER_E},
    [NUMRES_NUMBER_POINT] = {DIGITS_GO_TO(NUMRES_NUMBER_FRACTION)},
    [NUMRES_NUMBER_FRACTION] = {DIGITS_GO_TO(NUMRES_NUMBER_FRACTION), [NUMBER_E] = NUMRES_NUMBER_E},
    [NUMRES_NUMBER_E] = {DIGITS_GO_TO(NUMRES_NUMBER_EXPONENT), [NUMBER_MINUS] = NUMRES_NUMBER_SIGN,
                         [NUMBER_PLUS] = NUMRES_NUMBER_SIGN},
    [NUMRES_NUMBER_SIGN] = {DIGITS_GO_TO(NUMRES_NUMBER_EXPONENT)},
    [NUMRES_NUMBER_EXPONENT] = {DIGITS_GO_TO(NUMRES_NUMBER_EXPONENT)},
};

const unsigned char *numres_number_skip(numres_number_state *state, const unsigned char *bytes,
                                        const unsigned char *end) {
    for (; bytes < end; bytes++) {
        numres_number_state next = number_steps[*state][number_classes[*bytes]];
        if (next == NUMRES_NUMBER_BAD)
            break;
        *state = next;
    }
    return bytes;
}

bool numres_number_is_whole(numres_number_state state) {
    return state == NUMRES_NUMBER_ZERO || state == NUMRES_NUMBER_INTEGER ||
           state == NUMRES_NUMBER_FRACTION || state == NUMRES_NUMBER_EXPONENT;
}
