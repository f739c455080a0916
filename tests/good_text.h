/* Pieces of strings as they are written in JSON, and what they mean. Every reader of strings
   must accept them; bad_text.h has those that it must refuse. */
#ifndef NUMRES_TESTS_GOOD_TEXT_H
#define NUMRES_TESTS_GOOD_TEXT_H

#include <stddef.h>
#include <stdint.h>

typedef struct good_text {
    const char *written;
    const char *meant;
    size_t meant_length;
} good_text;

extern const good_text good_texts[];
extern const size_t good_text_count;

/* What a backslash and this byte mean, or NULL. */
const good_text *good_simple_escape(unsigned int byte);

/* Encodes a code point (not a surrogate) as UTF-8, by arithmetic. Returns the length. */
size_t good_utf8(uint32_t code_point, unsigned char bytes[4]);

#endif
