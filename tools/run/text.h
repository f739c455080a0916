/* Text from outside: its characters (in API text, paths and file names) and how each is shown
   to people; its decimal digits (in options, COLUMNS, response headers and the file of
   --resume); environment variables. Whatever shows or reads such text uses it. */
#ifndef NUMRES_TOOLS_TEXT_H
#define NUMRES_TOOLS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

struct character {
    size_t length;  /* in bytes, in the text */
    size_t width;   /* in columns, as shown */
    char escape[8]; /* `width` bytes to show instead, if is_escape */
    bool is_escape;
};

/* Decodes the first UTF-8 sequence of a text that is not empty (RFC 3629 section 4).
   Returns its length, 0 if it is not valid. */
size_t character_read(const char *bytes, size_t length, uint32_t *code_point);

/*
 * The first character of a text that is not empty: a whole grapheme cluster.
 * Characters that a terminal obeys, U+2028 and U+2029 are shown as \u and four
 * digits, a byte that is not UTF-8 as \x and two digits, so that no text can steer
 * a terminal, break a line or look like another text.
 */
struct character character_next(const char *bytes, size_t length);

/* The value of an environment variable; NULL: it is not set, or empty. */
static inline const char *variable_value(const char *name) {
    const char *value = getenv(name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

/* ---- decimal digits, read without the locale ---- */

static inline bool digits_is_one(char byte) {
    return byte >= '0' && byte <= '9';
}

/* Reads a number of digits only, from 0 to 2^63-1. Returns false for any other text. */
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
