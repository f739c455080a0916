/*
 * The characters that a terminal or an editor obeys instead of showing. CSV and TSV
 * rows, the paths of errors and problems, and the tool's messages show them as \u and four
 * digits.
 */
#ifndef NUMRES_LIB_CONTROLS_H
#define NUMRES_LIB_CONTROLS_H

#include <stdbool.h>
#include <stdint.h>

/* C0, DEL, C1, and the characters that change the direction of text: Unicode's
   Bidi_Control. */
static inline bool numres_is_control(uint32_t code_point) {
    return code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F) || code_point == 0x61C ||
           code_point == 0x200E || code_point == 0x200F ||
           (code_point >= 0x202A && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

#endif
