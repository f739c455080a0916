/* Finds the old number of a reservation that a new one is compared with, in n log n time.
   diff.c calls it. */
#include <stdlib.h>
#include <string.h>

#include "findings.h"

struct partner {
    const numres_phone_number *number;
    size_t place;
    size_t passed; /* in the first of equal ones: how many of them were found taken */
};

static int order_texts(numres_text one, numres_text other) {
    if (one.length != other.length)
        return one.length < other.length ? -1 : 1;
    return one.length == 0 ? 0 : memcmp(one.bytes, other.bytes, one.length);
}

/* Orders by the text, or by the id if there is no text. Partners compare as equal. */
static int order_names(const numres_phone_number *one, const numres_phone_number *other) {
    int order = order_texts(one->phone_number, other->phone_number);
    return order != 0 || one->phone_number.length > 0 ? order : order_texts(one->id, other->id);
}

static int order_partners(const void *left, const void *right) {
    const struct partner *one = left;
    const struct partner *other = right;
    int order = order_names(one->number, other->number);
    return order != 0 ? order : (one->place > other->place) - (one->place < other->place);
}

bool partners_begin(struct partners *partners, numres_collection *old, size_t reservation) {
    size_t count = numres_collection_phone_numbers(old, reservation);
    partners->old = old;
    partners->reservation = reservation;
    partners->count = count;
    partners->are_sorted = false;
    if (count > partners->room) {
        partners_end(partners);
        partners->are_taken = calloc(count, sizeof *partners->are_taken);
        partners->sorted = calloc(count, sizeof *partners->sorted);
        if (partners->are_taken == NULL || partners->sorted == NULL)
            return false;
        partners->room = count;
    }
    for (size_t at = 0; at < count; at++)
        partners->are_taken[at] = false;
    return true;
}

void partners_end(struct partners *partners) {
    free(partners->are_taken);
    free(partners->sorted);
    partners->are_taken = NULL;
    partners->sorted = NULL;
    partners->room = 0;
}

static void sort(struct partners *partners) {
    for (size_t at = 0; at < partners->count; at++)
        partners->sorted[at] = (struct partner){
            numres_collection_phone_number(partners->old, partners->reservation, at), at, 0};
    if (partners->count > 0)
        qsort(partners->sorted, partners->count, sizeof *partners->sorted, order_partners);
    partners->are_sorted = true;
}

/* The index of the first sorted one that does not come before the number. */
static size_t first_of(const struct partners *partners, const numres_phone_number *number) {
    size_t first = 0;
    size_t count = partners->count;
    while (count > 0) {
        size_t half = count / 2;
        bool is_before = order_names(partners->sorted[first + half].number, number) < 0;
        first += is_before ? half + 1 : 0;
        count = is_before ? count - half - 1 : half;
    }
    return first;
}

/* The place of the first one that is equal to the number and not taken. */
static size_t find_sorted(struct partners *partners, const numres_phone_number *number) {
    if (!partners->are_sorted)
        sort(partners);
    size_t first = first_of(partners, number);
    if (first == partners->count)
        return PARTNERS_NONE;
    size_t *passed = &partners->sorted[first].passed;
    for (; first + *passed < partners->count; ++*passed) {
        const struct partner *next = &partners->sorted[first + *passed];
        if (order_names(next->number, number) != 0)
            break;
        if (!partners->are_taken[next->place])
            return next->place;
    }
    return PARTNERS_NONE;
}

size_t partners_take(struct partners *partners, const numres_phone_number *number) {
    numres_text text = number->phone_number;
    size_t found = 0;
    size_t at = 0;
    if (text.length > 0 &&
        !numres_collection_find_phone_number(partners->old, text.bytes, text.length, &found, &at))
        return PARTNERS_NONE;
    /* The number may be in other reservations too, or twice in this one. */
    if (text.length == 0 || found != partners->reservation || partners->are_taken[at])
        at = find_sorted(partners, number);
    if (at != PARTNERS_NONE)
        partners->are_taken[at] = true;
    return at;
}
