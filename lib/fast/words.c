/* Makes the perfect hashes of member names and statuses, so that the tables may grow.
   fast_lane_creation.c calls it once for each parser; object.h and pieces.h look up. */
#include "words.h"

#include <string.h>

#include "../schema/status.h"

enum { SLOTS = sizeof(((numres_fast_words *)NULL)->slots), MOST_TRIES = 1000 };

/* Fills the slots with the values of these keys. Returns false if different keys share a slot. */
static bool fill(numres_fast_words *words, const uint64_t *keys, const uint8_t *values,
                 size_t count) {
    const uint64_t *owners[SLOTS] = {NULL};
    words->is_ambiguous = false;
    for (size_t i = 0; i < count; i++) {
        unsigned int slot = numres_fast_words_slot(words, keys[i]);
        if (owners[slot] == NULL) {
            owners[slot] = &keys[i];
            words->slots[slot] = values[i];
        } else if (*owners[slot] == keys[i]) {
            words->is_ambiguous = true;
        } else {
            return false;
        }
    }
    return true;
}

void numres_fast_words_make(numres_fast_words *words, const uint64_t *keys, const uint8_t *values,
                            size_t count, uint8_t nothing) {
    words->multiplier = UINT64_C(0x9E3779B97F4A7C15); /* odd, with well-spread bits */
    for (unsigned int tries = 0; tries < MOST_TRIES; tries++) {
        memset(words->slots, nothing, sizeof words->slots);
        if (fill(words, keys, values, count))
            return;
        words->multiplier = words->multiplier * UINT64_C(6364136223846793005) + 2;
    }
    memset(words->slots, nothing, sizeof words->slots);
    words->is_ambiguous = true;
}

/* Returns the first eight bytes, or fewer and zeros. Does not read past the name. */
static uint64_t first_word(numres_text name) {
    char bytes[sizeof(uint64_t)] = "";
    memcpy(bytes, name.bytes, name.length < sizeof bytes ? name.length : sizeof bytes);
    return numres_text_first_word(bytes, name.length);
}

void numres_fast_words_of_names(numres_fast_words *words, numres_object_kind kind) {
    uint64_t keys[NUMRES_RECORD_MEMBERS];
    uint8_t places[NUMRES_RECORD_MEMBERS];
    size_t count;
    const numres_member *members = numres_members_of(kind, &count);
    for (size_t i = 0; i < count; i++) {
        numres_text name = {members[i].name, members[i].name_length};
        keys[i] = first_word(name) + name.length;
        places[i] = (uint8_t)i;
    }
    numres_fast_words_make(words, keys, places, count, NUMRES_FAST_UNKNOWN);
}

void numres_fast_words_of_statuses(numres_fast_words *words) {
    enum { FIRST = 1 }; /* 0 is UNKNOWN */
    uint64_t keys[NUMRES_STATUS_COUNT - FIRST];
    uint8_t statuses[NUMRES_STATUS_COUNT - FIRST];
    for (unsigned int status = FIRST; status < NUMRES_STATUS_COUNT; status++) {
        const char *word = numres_status_words[status].quoted;
        keys[status - FIRST] = numres_text_first_word(word, NUMRES_STATUS_SHORTEST + 1);
        statuses[status - FIRST] = (uint8_t)status;
    }
    numres_fast_words_make(words, keys, statuses, NUMRES_STATUS_COUNT - FIRST, FIRST);
}
