/*
 * Finds which of a few words (member names, statuses) begins with given eight bytes, by
 * a perfect hash that is made for them.
 */
#ifndef NUMRES_LIB_FAST_WORDS_H
#define NUMRES_LIB_FAST_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../schema/members.h"

/* Stands for a member that is not in the table. */
#define NUMRES_FAST_UNKNOWN 0xFF

/*
 * For the member `id`, the first of its table:
 *
 *     name      key                          slot                       what it holds
 *     id        i d 0 0 0 0 0 0, plus 2      key * multiplier >> 60     0, the member's place
 */
typedef struct numres_fast_words {
    uint64_t multiplier;
    uint8_t slots[16];
    bool is_ambiguous; /* words share a key, or no hash separates them: what is not found
                          must be searched for */
} numres_fast_words;

static inline unsigned int numres_fast_words_slot(const numres_fast_words *words, uint64_t key) {
    return (unsigned int)((key * words->multiplier) >> 60);
}

/* Returns the value of the only word that may have this key. A key that no word has may
   find one too. */
static inline uint8_t numres_fast_words_find(const numres_fast_words *words, uint64_t key) {
    return words->slots[numres_fast_words_slot(words, key)];
}

/*
 * Makes the hash of these keys and values; any free slot holds `nothing`. Of words with
 * the same key the first one is found. If no hash separates the keys, none is found.
 * Either makes the words ambiguous.
 */
void numres_fast_words_make(numres_fast_words *words, const uint64_t *keys, const uint8_t *values,
                            size_t count, uint8_t nothing);

/* Makes the hash of the member names of one kind of object, which finds their places in
   its table. The key is a name's first eight bytes, 0 after its end, plus its length. */
void numres_fast_words_of_names(numres_fast_words *words, numres_object_kind kind);

/* Makes the hash of the statuses. The key is the first bytes of a word and the quote after
   it, as many as the shortest has. Any other key finds a status too. */
void numres_fast_words_of_statuses(numres_fast_words *words);

#endif
