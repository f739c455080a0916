/* Characters of text from outside (API text, paths, names of files), and how each is
   shown to people. print.c and message.c use it. */
#ifndef NUMRES_TOOLS_CHARACTER_H
#define NUMRES_TOOLS_CHARACTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

#endif
