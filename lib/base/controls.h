/*
 * The characters that a terminal or an editor obeys instead of showing. CSV and TSV rows,
 * the paths of errors and problems, and messages show them as \u and four digits.
 */
#ifndef NUMRES_LIB_CONTROLS_H
#define NUMRES_LIB_CONTROLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "text.h"

/* C0, DEL, C1, and the characters that change the direction of text: Unicode's
   Bidi_Control. */
static inline bool numres_is_control(uint32_t code_point) {
    return code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F) || code_point == 0x61C ||
           code_point == 0x200E || code_point == 0x200F ||
           (code_point >= 0x202A && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

/* Writes a character of `length` bytes as messages show it. Returns the length written, at
   most NUMRES_TEXT_ESCAPE. */
static inline size_t numres_show_character(const char *character, size_t length, char *shown) {
    uint32_t code_point = numres_text_code_point((const unsigned char *)character, length);
    if (numres_is_control(code_point)) {
        numres_text_put_escape(code_point, shown);
        return NUMRES_TEXT_ESCAPE;
    }
    memcpy(shown, character, length);
    return length;
}

#endif
