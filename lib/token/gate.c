/* Reads tokens byte by byte: those that a chunk cuts, that have escapes or are bad. Called
   by the general lane, and by the fast one to judge a value. RFC 8259 sections 6 and 7. */
#include "gate.h"

#include <string.h>

#include "../base/count.h"
#include "../base/text.h"
#include "unescape.h"

#define SPACE NUMRES_GATE_SPACE
#define SEPARATOR NUMRES_GATE_SEPARATOR
#define OPENING NUMRES_GATE_OPENING
#define CLOSING NUMRES_GATE_CLOSING
#define QUOTE NUMRES_GATE_QUOTE
#define DIGIT NUMRES_GATE_DIGIT
#define LETTER NUMRES_GATE_LETTER

const unsigned char numres_gate_classes[256] = {
    [' '] = SPACE,     ['\t'] = SPACE,  ['\n'] = SPACE,  ['\r'] = SPACE,  [','] = SEPARATOR,
    [':'] = SEPARATOR, ['['] = OPENING, ['{'] = OPENING, [']'] = CLOSING, ['}'] = CLOSING,
    ['"'] = QUOTE,     ['-'] = DIGIT,   ['0'] = DIGIT,   ['1'] = DIGIT,   ['2'] = DIGIT,
    ['3'] = DIGIT,     ['4'] = DIGIT,   ['5'] = DIGIT,   ['6'] = DIGIT,   ['7'] = DIGIT,
    ['8'] = DIGIT,     ['9'] = DIGIT,   ['t'] = LETTER,  ['f'] = LETTER,  ['n'] = LETTER,
};

/* Only these end a numeral or literal; any other byte makes the token bad. */
static bool is_delimiter(unsigned char byte) {
    numres_gate_class class = numres_gate_class_of(byte);
    return class >= SPACE && class <= QUOTE;
}

/* Whether this byte seems to belong to the numeral or literal before it. */
static bool seems_to_continue(unsigned char byte) {
    return numres_text_is_word(byte) || byte == '.' || byte == '+' || byte == '-';
}

void numres_gate_start(numres_gate *gate, char *value, size_t capacity) {
    gate->token = NUMRES_GATE_NO_TOKEN; /* the rest is set as a token opens */
    gate->value = value;
    gate->capacity = capacity;
}

static numres_judgement bad(numres_gate *gate, numres_malformation malformation, uint64_t offset) {
    gate->malformation = malformation;
    gate->bad_offset = offset;
    return NUMRES_JUDGED_BAD;
}

/* Stores the decoded bytes that fit, and counts all of them. */
static void store(numres_gate *gate, const void *bytes, size_t length) {
    size_t room = gate->capacity - gate->stored;
    size_t kept = length < room ? length : room;
    memcpy(gate->value + gate->stored, bytes, kept);
    NUMRES_COUNT(GATE, kept);
    gate->stored += kept;
    gate->length += length;
}

static const unsigned char *skip_numeral(numres_numeral_state *state, const unsigned char *bytes,
                                         const unsigned char *end) {
    const unsigned char *numeral_end = numres_numeral_skip(state, bytes, end);
    NUMRES_COUNT(GATE, numeral_end - bytes);
    return numeral_end;
}

/* What is wrong with a numeral that `next` does not continue. */
static numres_malformation numeral_fault(numres_numeral_state state, unsigned char next) {
    if (!numres_numeral_is_whole(state))
        return NUMRES_MALFORMED_MISSING_DIGIT;
    if (!seems_to_continue(next))
        return NUMRES_MALFORMED_NEXT;
    return state == NUMRES_NUMERAL_ZERO && numres_text_is_digit((char)next)
               ? NUMRES_MALFORMED_LEADING_ZERO
               : NUMRES_MALFORMED_NUMERAL;
}

static numres_judgement continue_numeral(numres_gate *gate, const unsigned char **bytes,
                                         const unsigned char *end) {
    const unsigned char *start = *bytes;
    *bytes = skip_numeral(&gate->numeral_state, start, end);
    store(gate, start, (size_t)(*bytes - start));
    if (*bytes == end)
        return NUMRES_JUDGED_UNFINISHED;
    if (!is_delimiter(**bytes) || !numres_numeral_is_whole(gate->numeral_state))
        return bad(gate, numeral_fault(gate->numeral_state, **bytes), gate->token_offset);
    return NUMRES_JUDGED_WHOLE;
}

static const char *literal_of(unsigned char first_byte) {
    return first_byte == 't' ? "true" : first_byte == 'f' ? "false" : "null";
}

static numres_judgement continue_literal(numres_gate *gate, const unsigned char **bytes,
                                         const unsigned char *end) {
    const char *literal = literal_of(gate->first_byte);
    while (*bytes < end) {
        NUMRES_COUNT(GATE, 1);
        unsigned char expected = (unsigned char)literal[gate->literal_matched];
        if (expected == '\0' && is_delimiter(**bytes))
            return NUMRES_JUDGED_WHOLE;
        if (expected == '\0' || **bytes != expected)
            return bad(gate,
                       expected != '\0' || seems_to_continue(**bytes) ? NUMRES_MALFORMED_WORD
                                                                      : NUMRES_MALFORMED_NEXT,
                       gate->token_offset);
        store(gate, *bytes, 1);
        gate->literal_matched++;
        ++*bytes;
    }
    return NUMRES_JUDGED_UNFINISHED;
}

/* A high surrogate without its other half: RFC 8259 section 8.2. */
static numres_judgement lone_surrogate(numres_gate *gate) {
    return bad(gate, NUMRES_MALFORMED_SURROGATE, gate->surrogate_offset);
}

static numres_judgement finish_unicode_escape(numres_gate *gate) {
    uint32_t unit = gate->hex_value;
    char utf8[4];
    if (gate->high_surrogate != 0) {
        if (!numres_is_low_surrogate(unit))
            return lone_surrogate(gate);
        unit = numres_surrogate_pair(gate->high_surrogate, unit);
        gate->high_surrogate = 0;
    } else if (numres_is_low_surrogate(unit)) {
        return bad(gate, NUMRES_MALFORMED_SURROGATE, gate->escape_offset);
    } else if (numres_is_high_surrogate(unit)) {
        gate->high_surrogate = unit;
        gate->surrogate_offset = gate->escape_offset;
        gate->string_state = NUMRES_STRING_SURROGATE;
        return NUMRES_JUDGED_UNFINISHED;
    }
    size_t length = numres_text_put_utf8(unit, utf8);
    store(gate, utf8, length);
    gate->string_state = NUMRES_STRING_PLAIN;
    return NUMRES_JUDGED_UNFINISHED;
}

static numres_judgement hex_digit(numres_gate *gate, unsigned char byte) {
    int digit = numres_unescape_hex(byte);
    if (digit < 0)
        return bad(gate, NUMRES_MALFORMED_UNICODE_ESCAPE, gate->escape_offset);
    gate->hex_value = gate->hex_value << 4 | (uint32_t)digit;
    return ++gate->hex_digits == 4 ? finish_unicode_escape(gate) : NUMRES_JUDGED_UNFINISHED;
}

static numres_judgement begin_hex(numres_gate *gate) {
    gate->string_state = NUMRES_STRING_HEX;
    gate->hex_value = 0;
    gate->hex_digits = 0;
    return NUMRES_JUDGED_UNFINISHED;
}

static numres_judgement escaped_byte(numres_gate *gate, unsigned char byte) {
    char value = numres_unescape_simple(byte);
    if (byte == 'u')
        return begin_hex(gate);
    if (value == 0)
        return bad(gate, NUMRES_MALFORMED_ESCAPE, gate->escape_offset);
    store(gate, &value, 1);
    gate->string_state = NUMRES_STRING_PLAIN;
    return NUMRES_JUDGED_UNFINISHED;
}

static numres_judgement character_byte(numres_gate *gate, unsigned char byte) {
    size_t taken;
    gate->character[gate->character_length++] = byte;
    switch (numres_text_utf8(gate->character, gate->character_length, &taken)) {
    case NUMRES_JUDGED_BAD:
        return bad(gate, NUMRES_MALFORMED_UTF8, gate->character_offset);
    case NUMRES_JUDGED_UNFINISHED:
        gate->string_state = NUMRES_STRING_CHARACTER;
        return NUMRES_JUDGED_UNFINISHED;
    case NUMRES_JUDGED_WHOLE:
        break;
    }
    store(gate, gate->character, gate->character_length);
    gate->string_state = NUMRES_STRING_PLAIN;
    return NUMRES_JUDGED_UNFINISHED;
}

/* The first byte after plain ones. */
static numres_judgement special_byte(numres_gate *gate, unsigned char byte, uint64_t offset) {
    if (byte == '"')
        return NUMRES_JUDGED_WHOLE;
    if (byte < 0x20)
        return bad(gate, NUMRES_MALFORMED_CONTROL, offset);
    if (byte == '\\') {
        gate->escape_offset = offset;
        gate->string_state = NUMRES_STRING_ESCAPE;
        return NUMRES_JUDGED_UNFINISHED;
    }
    gate->character_offset = offset;
    gate->character_length = 0;
    return character_byte(gate, byte);
}

static numres_judgement string_byte(numres_gate *gate, unsigned char byte, uint64_t offset) {
    switch (gate->string_state) {
    case NUMRES_STRING_PLAIN:
        return special_byte(gate, byte, offset);
    case NUMRES_STRING_CHARACTER:
        return character_byte(gate, byte);
    case NUMRES_STRING_ESCAPE:
        return escaped_byte(gate, byte);
    case NUMRES_STRING_HEX:
        return hex_digit(gate, byte);
    case NUMRES_STRING_SURROGATE:
        if (byte != '\\')
            return lone_surrogate(gate);
        gate->escape_offset = offset;
        gate->string_state = NUMRES_STRING_SURROGATE_U;
        return NUMRES_JUDGED_UNFINISHED;
    case NUMRES_STRING_SURROGATE_U:
        break;
    }
    return byte == 'u' ? begin_hex(gate) : lone_surrogate(gate);
}

/* Takes all that is whole and valid at once. Only what is not, or is cut by the chunk's
   end, is read byte by byte. */
static void take_pieces(numres_gate *gate, const unsigned char **bytes, const unsigned char *end) {
    char *start = gate->value + gate->stored;
    numres_unescape_room room = {start, gate->value + gate->capacity, 0};
    *bytes = numres_unescape(&room, *bytes, end);
    gate->stored += (size_t)(room.next - start);
    gate->length += (uint64_t)(room.next - start) + room.lost;
}

static numres_judgement continue_string(numres_gate *gate, const unsigned char **bytes,
                                        const unsigned char *end, uint64_t offset) {
    const unsigned char *start = *bytes;
    while (*bytes < end) {
        if (gate->string_state == NUMRES_STRING_PLAIN) {
            take_pieces(gate, bytes, end);
            if (*bytes == end)
                break;
        }
        NUMRES_COUNT(GATE, 1);
        numres_judgement answer = string_byte(gate, **bytes, offset + (uint64_t)(*bytes - start));
        ++*bytes;
        if (answer != NUMRES_JUDGED_UNFINISHED)
            return answer;
    }
    return NUMRES_JUDGED_UNFINISHED;
}

void numres_gate_open(numres_gate *gate, unsigned char first_byte, uint64_t offset) {
    gate->first_byte = first_byte;
    gate->token_offset = offset;
    gate->stored = 0;
    gate->length = 0;
    switch (numres_gate_class_of(first_byte)) {
    case QUOTE:
        gate->token = NUMRES_GATE_STRING;
        gate->string_state = NUMRES_STRING_PLAIN;
        gate->high_surrogate = 0;
        break;
    case DIGIT:
        gate->token = NUMRES_GATE_NUMERAL;
        gate->numeral_state = NUMRES_NUMERAL_START;
        break;
    default:
        gate->token = NUMRES_GATE_LITERAL;
        gate->literal_matched = 0;
        break;
    }
}

numres_judgement numres_gate_continue(numres_gate *gate, const unsigned char **bytes,
                                      const unsigned char *end, uint64_t offset) {
    switch (gate->token) {
    case NUMRES_GATE_STRING:
        return continue_string(gate, bytes, end, offset);
    case NUMRES_GATE_NUMERAL:
        return continue_numeral(gate, bytes, end);
    case NUMRES_GATE_LITERAL:
        return continue_literal(gate, bytes, end);
    case NUMRES_GATE_NO_TOKEN:
        break;
    }
    return NUMRES_JUDGED_WHOLE;
}

numres_judgement numres_gate_judge(unsigned char first_byte, const unsigned char **bytes,
                                   const unsigned char *end) {
    numres_gate gate;
    char nowhere;
    numres_gate_start(&gate, &nowhere, 0);
    numres_gate_open(&gate, first_byte, 0);
    return numres_gate_continue(&gate, bytes, end, 0);
}

bool numres_gate_may_end(const numres_gate *gate) {
    if (gate->token == NUMRES_GATE_NUMERAL)
        return numres_numeral_is_whole(gate->numeral_state);
    return gate->token == NUMRES_GATE_LITERAL &&
           literal_of(gate->first_byte)[gate->literal_matched] == '\0';
}

/*
 * The functions below return the end of a whole numeral or literal, or NULL if it is
 * unfinished, long or bad; numres_gate_continue then tells which.
 */

static const unsigned char *simple_numeral(const unsigned char *bytes, const unsigned char *end) {
    numres_numeral_state state = NUMRES_NUMERAL_START;
    if (end - bytes > NUMRES_GATE_SIMPLE_LENGTH)
        end = bytes + NUMRES_GATE_SIMPLE_LENGTH;
    bytes = skip_numeral(&state, bytes, end);
    bool is_whole = bytes < end && is_delimiter(*bytes) && numres_numeral_is_whole(state);
    return is_whole ? bytes : NULL;
}

/* The length is known at compile time, so that the compiler can inline memcmp. */
#define IS_LITERAL(bytes, literal) (memcmp((bytes), (literal), sizeof(literal) - 1) == 0)

static const unsigned char *simple_literal(const unsigned char *bytes, const unsigned char *end) {
    ptrdiff_t length = *bytes == 'f' ? 5 : 4;
    NUMRES_COUNT(GATE, length);
    if (end - bytes <= length || !is_delimiter(bytes[length]))
        return NULL;
    bool is_right = *bytes == 't'   ? IS_LITERAL(bytes, "true")
                    : *bytes == 'f' ? IS_LITERAL(bytes, "false")
                                    : IS_LITERAL(bytes, "null");
    return is_right ? bytes + length : NULL;
}

const unsigned char *numres_gate_simple_scalar(const unsigned char *bytes,
                                               const unsigned char *end) {
    switch (numres_gate_class_of(*bytes)) {
    case DIGIT:
        return simple_numeral(bytes, end);
    case LETTER:
        return simple_literal(bytes, end);
    default:
        return NULL;
    }
}
