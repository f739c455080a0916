/* The documented statuses, as words that are compared whole. */
#ifndef NUMRES_LIB_STATUS_H
#define NUMRES_LIB_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../base/text.h"
#include "numres/types.h"

/* The longest word of the table, the shortest (by what it lacks to 32), and how many
   bytes of each can be read: as many as one vector of the fast lane has, or two. */
#define NUMRES_STATUS_WORD(NAME, NUMBER, word, COUNTS_AS, SOURCE) char NAME[sizeof(word) - 1];
#define NUMRES_STATUS_LACK(NAME, NUMBER, word, COUNTS_AS, SOURCE)                                  \
    char NAME[32 - (sizeof(word) - 1)];
enum {
    NUMRES_STATUS_LENGTH = sizeof(union {NUMRES_STATUSES(NUMRES_STATUS_WORD)}),
    NUMRES_STATUS_SHORTEST = 32 - sizeof(union {NUMRES_STATUSES(NUMRES_STATUS_LACK)}),
    NUMRES_STATUS_ROOM = NUMRES_STATUS_LENGTH < 16 ? 16 : 32
};

/* A word, 0 after its end. */
typedef struct numres_status_word {
    char bytes[NUMRES_STATUS_ROOM];
    char quoted[NUMRES_STATUS_ROOM]; /* with the quote that ends it in JSON */
    uint8_t length;
    uint32_t quoted_mask; /* a bit for each of these bytes */
} numres_status_word;

/* By their numbers; that of UNKNOWN is empty. */
extern const numres_status_word numres_status_words[NUMRES_STATUS_COUNT];

/* Whether these `length` bytes, of which eight can be read however many there
   are, are the word of `status`. */
static inline bool numres_status_is(const void *bytes, size_t length, unsigned int status) {
    const numres_status_word *word = &numres_status_words[status];
    uint64_t head;
    memcpy(&head, word->bytes, sizeof head);
    return length == word->length && numres_text_first_word(bytes, length) == head &&
           (length <= sizeof head || memcmp(bytes, word->bytes, length) == 0);
}

#endif
