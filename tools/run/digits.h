/* Decimal digits, read without the locale. Used wherever the tool reads a number:
   options, COLUMNS, headers of responses, the file of --resume. */
#ifndef NUMRES_TOOLS_DIGITS_H
#define NUMRES_TOOLS_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool digits_is_one(char byte) {
    return byte >= '0' && byte <= '9';
}

/* Reads digits alone, of 0 to 2^63-1. Returns false for any other text. */
static inline bool digits_read(const char *text, size_t length, uint64_t *number) {
    uint64_t read = 0;
    for (size_t at = 0; at < length; at++) {
        uint64_t digit = (uint64_t)text[at] - '0';
        if (!digits_is_one(text[at]) || read > (INT64_MAX - digit) / 10)
            return false;
        read = read * 10 + digit;
    }
    *number = read;
    return length > 0;
}

#endif
