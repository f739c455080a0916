/* The fast lane's hash of names and statuses: every word of the tables is found. */
#include <criterion/criterion.h>
#include <string.h>

#include "fast/object.h"

enum { NOTHING = 77, MANY = 40 };

static numres_fast_words make(const uint64_t *keys, size_t count) {
    numres_fast_words words;
    uint8_t values[MANY];
    for (size_t at = 0; at < count; at++)
        values[at] = (uint8_t)at;
    numres_fast_words_make(&words, keys, values, count, NOTHING);
    return words;
}

Test(fast_words, every_key_is_found) {
    static const uint64_t keys[] = {1, 2, 3, 5, 8, 13, 21, 34};
    numres_fast_words words = make(keys, sizeof keys / sizeof *keys);
    for (size_t at = 0; at < sizeof keys / sizeof *keys; at++)
        cr_expect_eq(numres_fast_words_find(&words, keys[at]), at);
    cr_expect_not(words.is_ambiguous);
}

Test(fast_words, of_keys_that_are_the_same_the_first_is_found) {
    static const uint64_t keys[] = {7, 9, 7};
    numres_fast_words words = make(keys, 3);
    cr_expect_eq(numres_fast_words_find(&words, 7), 0);
    cr_expect_eq(numres_fast_words_find(&words, 9), 1);
    cr_expect(words.is_ambiguous);
}

Test(fast_words, more_keys_than_slots_find_nothing_and_say_so) {
    uint64_t keys[MANY];
    for (size_t at = 0; at < MANY; at++)
        keys[at] = at * at + 1;
    numres_fast_words words = make(keys, MANY);
    for (size_t at = 0; at < MANY; at++)
        cr_expect_eq(numres_fast_words_find(&words, keys[at]), NOTHING);
    cr_expect(words.is_ambiguous);
}

/* Ambiguous like created_at and created_by: the same first eight bytes and length. */
Test(fast_words, an_ambiguous_name_is_searched_for) {
    numres_fast_words none = {.is_ambiguous = true};
    numres_fast_object object = {.kind = NUMRES_OBJECT_RESERVATION, .names = &none};
    size_t count;
    memset(none.slots, NUMRES_FAST_UNKNOWN, sizeof none.slots);
    object.members = numres_members_of(object.kind, &count);
    for (size_t at = 0; at < count; at++) {
        char bytes[64] = "";
        numres_text name = {bytes, object.members[at].name_length};
        memcpy(bytes, object.members[at].name, name.length);
        cr_expect_eq(numres_fast_place(&object, name), at);
    }
    cr_expect_eq(numres_fast_place(&object, (numres_text){"created_by", 10}), NUMRES_FAST_UNKNOWN);
}
