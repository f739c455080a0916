#include "fast_order.h"

#include <string.h>

static uint64_t first_word(numres_text name, size_t readable) {
    uint64_t word = 0;
    if (readable >= sizeof word)
        return numres_text_first_word(name.bytes, name.length);
    memcpy(&word, name.bytes, name.length < sizeof word ? name.length : sizeof word);
    return word;
}

static uint64_t word_of(const numres_member *member) {
    numres_text name = {member->name, member->name_length};
    return first_word(name, name.length);
}

/* Fills the slots; false if two names share one. */
static bool fill(numres_fast_names *names, const numres_member *members, size_t count) {
    memset(names->places, NUMRES_FAST_UNKNOWN, sizeof names->places);
    for (size_t i = 0; i < count; i++) {
        unsigned int slot =
            numres_fast_names_slot(names->multiplier, word_of(&members[i]), members[i].name_length);
        if (names->places[slot] != NUMRES_FAST_UNKNOWN)
            return false;
        names->places[slot] = (uint8_t)i;
    }
    return true;
}

void numres_fast_names_make(numres_fast_names *names, numres_object_kind kind) {
    size_t count;
    const numres_member *members = numres_members_of(kind, &count);
    names->multiplier = UINT64_C(0x9E3779B97F4A7C15); /* odd, with well-spread bits */
    for (unsigned int tries = 0; tries < 1000; tries++) {
        if (fill(names, members, count))
            return;
        names->multiplier = names->multiplier * UINT64_C(6364136223846793005) + 2;
    }
    names->multiplier = 0; /* names that differ only behind their first eight bytes */
}

uint8_t numres_fast_names_find(const numres_fast_names *names, numres_object_kind kind,
                               numres_text name, const unsigned char *end) {
    size_t count;
    const numres_member *members = numres_members_of(kind, &count);
    uint8_t place = NUMRES_FAST_UNKNOWN;
    if (names->multiplier == 0)
        return numres_members_find(kind, name, &place) != NULL ? place : NUMRES_FAST_UNKNOWN;
    size_t readable = (size_t)((const char *)end - name.bytes);
    place = names->places[numres_fast_names_slot(names->multiplier, first_word(name, readable),
                                                 name.length)];
    bool found =
        place < count && numres_text_is(name, members[place].name, members[place].name_length);
    return found ? place : NUMRES_FAST_UNKNOWN;
}

/* What is in no right JSON text, so that nothing is taken for it. */
static void forget(numres_fast_step *step) {
    static const numres_field no_field = {NUMRES_VALUE_CONTAINER, 0, 0, NUMRES_NO_TEXT};
    memset(step->lead, 0xFF, sizeof step->lead);
    step->lead_mask = ~UINT32_C(1);
    step->lead_length = 0;
    step->text_length = 0;
    step->place = NUMRES_FAST_UNKNOWN;
    step->field = no_field;
}

void numres_fast_order_start(numres_fast_order *order) {
    for (unsigned int i = 0; i <= NUMRES_FAST_STEPS; i++)
        forget(&order->steps[i]);
    memset(order->step_of, NUMRES_FAST_UNKNOWN, sizeof order->step_of);
    order->name_offset = 0;
    order->next = order->steps;
    order->is_any = false;
}

static bool is_lead(const numres_fast_step *step, const unsigned char *lead, size_t length) {
    return step->lead_length == length + 1 && memcmp(step->lead + 1, lead, length) == 0;
}

/* Answers false if it is too long. */
static bool learn_lead(numres_fast_order *order, numres_fast_step *step, const unsigned char *lead,
                       size_t length) {
    const unsigned char *quote = memchr(lead, '"', length);
    if (length + 1 > NUMRES_FAST_LEAD || quote == NULL)
        return false;
    order->name_offset = (uint8_t)(quote - lead + 2);
    memcpy(step->lead + 1, lead, length);
    step->lead_length = (uint8_t)(length + 1);
    if (step->lead_length < 32)
        step->lead_mask = ((UINT32_C(1) << step->lead_length) - 1) & ~UINT32_C(1);
    return true;
}

numres_fast_step *numres_fast_order_learn(numres_fast_order *order, const unsigned char *lead,
                                          size_t lead_length, uint8_t place,
                                          const numres_field *field) {
    /* It may only stand elsewhere: members before it are missing. */
    if (order->step_of[place] < NUMRES_FAST_STEPS) {
        numres_fast_step *known = &order->steps[order->step_of[place]];
        if (known->place == place && is_lead(known, lead, lead_length))
            return known;
    }
    numres_fast_step *last = &order->steps[NUMRES_FAST_STEPS - 1];
    numres_fast_step *step = order->next < last ? order->next : last;
    forget(step);
    if (!learn_lead(order, step, lead, lead_length))
        return step; /* of no place, lest hostile bytes be taken for a lead of it */
    step->place = place;
    step->field = *field;
    order->step_of[place] = (uint8_t)(step - order->steps);
    return step;
}
