/* The documented statuses, found by their first eight bytes. */
#ifndef NUMRES_LIB_STATUS_H
#define NUMRES_LIB_STATUS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "numres/types.h"
#include "text.h"

/* The longest word that the table may hold. */
#define NUMRES_STATUS_LENGTH 16

/* A word, 0 behind its end. */
typedef struct numres_status_word {
    char bytes[NUMRES_STATUS_LENGTH + 1];
    uint8_t length;
} numres_status_word;

/* By their numbers; that of UNKNOWN is empty. */
extern const numres_status_word numres_status_words[NUMRES_STATUS_COUNT];

/* The status of these `length` bytes, of which eight can be read however many
   there are. No branch on the word: statuses come in no order that could be
   guessed. */
static inline numres_status numres_status_of(const void *bytes, size_t length) {
    uint64_t word = numres_text_first_word(bytes, length);
    unsigned int found = NUMRES_STATUS_UNKNOWN;
    for (unsigned int status = 1; status < NUMRES_STATUS_COUNT; status++) {
        const numres_status_word *known = &numres_status_words[status];
        uint64_t head;
        memcpy(&head, known->bytes, sizeof head);
        found |= status & -(unsigned int)(word == head && length == known->length);
    }
    if (length > sizeof word && found != NUMRES_STATUS_UNKNOWN &&
        memcmp(bytes, numres_status_words[found].bytes, length) != 0)
        found = NUMRES_STATUS_UNKNOWN;
    return (numres_status)found;
}

#endif
