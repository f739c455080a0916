/*
 * Characters of text from outside (API text, paths, names of files), and how
 * each is shown to people.
 */
#ifndef NUMRES_TOOLS_CHARACTER_H
#define NUMRES_TOOLS_CHARACTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct character {
    size_t length;  /* its bytes in the text */
    size_t width;   /* the columns that show it */
    char escape[8]; /* what shows it, `width` bytes, if it is not shown as it is */
    bool is_escape;
};

/* Reads one UTF-8 sequence of a text that is not empty (RFC 3629 section 4).
   Answers its length, 0 if it is none. */
size_t character_read(const char *bytes, size_t length, uint32_t *code_point);

/*
 * The first character of a text that is not empty: a whole grapheme cluster. Those
 * that a terminal obeys, U+2028 and U+2029 are shown as \u and four digits, a byte
 * that is not UTF-8 as \x and two, each by itself, so that no text can steer a
 * terminal, break a line or look like another.
 */
struct character character_next(const char *bytes, size_t length);

#endif
