/* The documented statuses, as words that are compared whole. */
#ifndef NUMRES_LIB_STATUS_H
#define NUMRES_LIB_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../base/text.h"
#include "numres/types.h"

/* The lengths of the table's longest word and of its shortest, each from the size of a
   union: that of the words, and that of what each lacks to 32 bytes. Also how many bytes of
   a word can be read: one vector of the fast lane, or two. */
#define NUMRES_STATUS_WORD(NAME, NUMBER, word, COUNTS_AS, SOURCE) char NAME[sizeof(word) - 1];
#define NUMRES_STATUS_LACK(NAME, NUMBER, word, COUNTS_AS, SOURCE)                                  \
    char NAME[32 - (sizeof(word) - 1)];
enum {
    NUMRES_STATUS_LENGTH = sizeof(union {NUMRES_STATUSES(NUMRES_STATUS_WORD)}),
    NUMRES_STATUS_SHORTEST = 32 - sizeof(union {NUMRES_STATUSES(NUMRES_STATUS_LACK)}),
    NUMRES_STATUS_ROOM = NUMRES_STATUS_LENGTH < 16 ? 16 : 32
};

/* A word, padded with 0. */
typedef struct numres_status_word {
    char bytes[NUMRES_STATUS_ROOM];
    char quoted[NUMRES_STATUS_ROOM]; /* with the quote that ends it in JSON */
    uint8_t length;
    uint32_t quoted_mask; /* a bit for each byte of these, without the padding */
} numres_status_word;

/* Indexed by status; the word of UNKNOWN is empty. */
extern const numres_status_word numres_status_words[NUMRES_STATUS_COUNT];

/* Whether these `length` bytes are the word of `status`. Eight bytes must be readable even
   if `length` is less. */
static inline bool numres_status_is(const void *bytes, size_t length, unsigned int status) {
    const numres_status_word *word = &numres_status_words[status];
    uint64_t head;
    memcpy(&head, word->bytes, sizeof head);
    return length == word->length && numres_text_first_word(bytes, length) == head &&
           (length <= sizeof head || memcmp(bytes, word->bytes, length) == 0);
}

#endif
