/* UTF-8 (RFC 3629 section 4), E.164, decimal numerals; and the public helpers for texts.
   Every folder of the library that reads or cuts text calls it. */
#include "text.h"

#include <string.h>

#include "count.h"

const numres_text numres_text_empty = {"", 0};

bool numres_text_is_utf8(numres_text text) {
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    for (size_t i = 0, taken = 1; i < text.length; i += taken) {
        taken = 1;
        if (bytes[i] >= 0x80 &&
            numres_text_utf8(bytes + i, text.length - i, &taken) != NUMRES_JUDGED_WHOLE)
            return false;
    }
    return true;
}

size_t numres_text_put_utf8(uint32_t code_point, char *bytes) {
    if (code_point < 0x80) {
        bytes[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        bytes[0] = (char)(0xC0 | (code_point >> 6));
        bytes[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        bytes[0] = (char)(0xE0 | (code_point >> 12));
        bytes[1] = (char)(0x80 | ((code_point >> 6) & 0x3F));
        bytes[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | (code_point >> 18));
    bytes[1] = (char)(0x80 | ((code_point >> 12) & 0x3F));
    bytes[2] = (char)(0x80 | ((code_point >> 6) & 0x3F));
    bytes[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

numres_text numres_text_cut(numres_text text, size_t limit) {
    if (text.length <= limit)
        return text;
    /* Continuation bytes are 10xxxxxx: step back to a character's start. */
    while (limit > 0 && ((unsigned char)text.bytes[limit] & 0xC0) == 0x80)
        limit--;
    text.length = limit;
    return text;
}

size_t numres_text_put_integer(uint64_t value, char *bytes) {
    size_t length = 1;
    for (uint64_t rest = value; rest >= 10; rest /= 10)
        length++;
    for (size_t at = length; at > 0; value /= 10)
        bytes[--at] = (char)('0' + value % 10);
    return length;
}

void numres_text_put_escape(uint32_t code_point, char bytes[NUMRES_TEXT_ESCAPE]) {
    static const char digits[] = "0123456789abcdef";
    bytes[0] = '\\';
    bytes[1] = 'u';
    bytes[2] = digits[code_point >> 12 & 0xF];
    bytes[3] = digits[code_point >> 8 & 0xF];
    bytes[4] = digits[code_point >> 4 & 0xF];
    bytes[5] = digits[code_point & 0xF];
}

size_t numres_text_character(const char *bytes, size_t left) {
    size_t length = 1;
    if ((unsigned char)bytes[0] >= 0x80)
        numres_text_utf8((const unsigned char *)bytes, left, &length);
    return length;
}

bool numres_text_integer(numres_text text, uint64_t *value) {
    uint64_t sum = 0;
    if (text.length == 0 || text.length > 19) /* 2^63-1 has 19 digits */
        return false;
    NUMRES_COUNT(TEXT, text.length);
    for (size_t i = 0; i < text.length; i++) {
        if (!numres_text_is_digit(text.bytes[i]))
            return false;
        sum = sum * 10 + (uint64_t)(text.bytes[i] - '0');
    }
    if (sum > (uint64_t)INT64_MAX)
        return false;
    *value = sum;
    return true;
}

/* The public helpers. */

bool numres_is_e164(numres_text text) {
    if (text.bytes == NULL || text.length < 3 || text.length > 16 || text.bytes[0] != '+' ||
        text.bytes[1] == '0')
        return false;
    NUMRES_COUNT(TEXT, text.length);
    for (size_t i = 1; i < text.length; i++)
        if (!numres_text_is_digit(text.bytes[i]))
            return false;
    return true;
}

numres_text numres_text_from(const char *string) {
    numres_text text = {string, string != NULL ? strlen(string) : 0};
    return text;
}

bool numres_text_equals(numres_text text, const char *string) {
    return string != NULL && text.length == strlen(string) &&
           (text.length == 0 || memcmp(text.bytes, string, text.length) == 0);
}

size_t numres_text_copy(numres_text text, char *buffer, size_t size) {
    if (buffer == NULL || size == 0)
        return text.length;
    size_t kept = text.length < size ? text.length : 0;
    if (kept > 0)
        memcpy(buffer, text.bytes, kept);
    buffer[kept] = '\0';
    return text.length;
}
