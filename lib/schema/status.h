/* The documented statuses, found by their first eight bytes. */
#ifndef NUMRES_LIB_STATUS_H
#define NUMRES_LIB_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../base/text.h"
#include "numres/types.h"

/* The longest word that the table may hold, and the shortest. */
#define NUMRES_STATUS_LENGTH 15
#define NUMRES_STATUS_SHORTEST 6

/* A word, 0 behind its end. Sixteen bytes of each can be read. */
typedef struct numres_status_word {
    char bytes[NUMRES_STATUS_LENGTH + 1];
    char quoted[NUMRES_STATUS_LENGTH + 1]; /* with the quote that ends it in JSON */
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
