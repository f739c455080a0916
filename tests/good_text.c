#include "good_text.h"

#include <string.h>

const good_text good_texts[] = {
    {"\\\"", "\"", 1},
    {"\\\\", "\\", 1},
    {"\\/", "/", 1},
    {"\\b", "\b", 1},
    {"\\f", "\f", 1},
    {"\\n", "\n", 1},
    {"\\r", "\r", 1},
    {"\\t", "\t", 1},
    /* code units, the first and the last of each length, and those next to surrogates */
    {"\\u0000", "\0", 1},
    {"\\u0041", "A", 1},
    {"\\u007f", "\x7F", 1},
    {"\\u0080", "\xC2\x80", 2},
    {"\\u00E9", "\xC3\xA9", 2},
    {"\\u07ff", "\xDF\xBF", 2},
    {"\\u0800", "\xE0\xA0\x80", 3},
    {"\\u20aC", "\xE2\x82\xAC", 3},
    {"\\ud7FF", "\xED\x9F\xBF", 3},
    {"\\uE000", "\xEE\x80\x80", 3},
    {"\\uffff", "\xEF\xBF\xBF", 3},
    /* surrogate pairs, the first and the last of each half */
    {"\\ud800\\udc00", "\xF0\x90\x80\x80", 4},
    {"\\ud800\\udfff", "\xF0\x90\x8F\xBF", 4},
    {"\\uD83D\\uDE00", "\xF0\x9F\x98\x80", 4},
    {"\\udbff\\udc00", "\xF4\x8F\xB0\x80", 4},
    {"\\uDBFF\\uDFFF", "\xF4\x8F\xBF\xBF", 4},
    {"\\ud800\\udc00\\ud800\\udc00", "\xF0\x90\x80\x80\xF0\x90\x80\x80", 8},
    /* UTF-8 */
    {"\x7F", "\x7F", 1},
    {"\xC3\xA9", "\xC3\xA9", 2},
    {"\xE2\x82\xAC", "\xE2\x82\xAC", 3},
    {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", 4},
    {"\xC2\x80\xE0\xA0\x80\xF0\x90\x80\x80", "\xC2\x80\xE0\xA0\x80\xF0\x90\x80\x80", 9},
    {"\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF", "\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF", 10},
    {"\xD0\x9E\xE6\x9C\xAD\xF0\x9F\x93\x9E\xC2\x80", "\xD0\x9E\xE6\x9C\xAD\xF0\x9F\x93\x9E\xC2\x80",
     11},
    /* of every kind */
    {"\\n\\u00e9\xC3\xA9\\\\x\\ud800\\udc00", "\n\xC3\xA9\xC3\xA9\\x\xF0\x90\x80\x80", 11},
};

const size_t good_text_count = sizeof good_texts / sizeof *good_texts;

const good_text *good_simple_escape(unsigned int byte) {
    for (size_t at = 0; at < good_text_count; at++) {
        const char *written = good_texts[at].written;
        if (strlen(written) == 2 && written[0] == '\\' && (unsigned char)written[1] == byte) {
            return &good_texts[at];
        }
    }
    return NULL;
}

static unsigned char continuation(uint32_t six_bits) {
    return (unsigned char)(128 + six_bits % 64);
}

size_t good_utf8(uint32_t code_point, unsigned char bytes[4]) {
    if (code_point < 128) {
        bytes[0] = (unsigned char)code_point;
        return 1;
    }
    if (code_point < 2048) {
        bytes[0] = (unsigned char)(192 + code_point / 64);
        bytes[1] = continuation(code_point);
        return 2;
    }
    if (code_point < 65536) {
        bytes[0] = (unsigned char)(224 + code_point / 4096);
        bytes[1] = continuation(code_point / 64);
        bytes[2] = continuation(code_point);
        return 3;
    }
    bytes[0] = (unsigned char)(240 + code_point / 262144);
    bytes[1] = continuation(code_point / 4096);
    bytes[2] = continuation(code_point / 64);
    bytes[3] = continuation(code_point);
    return 4;
}
