/*
 * The page as events: the state that a program on an event parser (yajl, RapidJSON SAX)
 * keeps between callbacks, and what it does in each callback.
 */
#ifndef BENCH_EVENTS_H
#define BENCH_EVENTS_H

#include "names.h"

/* The innermost open object or array. Anything deeper than a phone number is unknown and
   only counted. */
typedef enum event_place {
    PLACE_NONE,
    PLACE_ROOT,
    PLACE_DATA,
    PLACE_META,
    PLACE_RESERVATION,
    PLACE_NUMBERS,
    PLACE_NUMBER
} event_place;

typedef struct events {
    tally *sums;
    event_place place;
    bench_member member;
    unsigned int unknown_depth;
} events;

static inline void events_start(events *state, tally *sums) {
    state->sums = sums;
    state->place = PLACE_NONE;
    state->member = MEMBER_OTHER;
    state->unknown_depth = 0;
}

static inline void events_name(events *state, const char *name, size_t length) {
    if (state->unknown_depth == 0) {
        state->member = member_of(name, length);
    }
}

static inline bool events_in_record(const events *state) {
    return state->unknown_depth == 0 && state->member != MEMBER_OTHER &&
           (state->place == PLACE_NUMBER || state->place == PLACE_RESERVATION);
}

static inline void events_string(events *state, const char *text, size_t length) {
    if (events_in_record(state)) {
        tally_value(state->sums, state->member, text, length);
    }
}

static inline void events_null(events *state) {
    if (events_in_record(state)) {
        state->sums->nulls++;
    }
}

static inline void events_boolean(events *state, bool value) {
    if (events_in_record(state)) {
        tally_boolean(state->sums, state->member, value);
    }
}

static inline void events_integer(events *state, uint64_t value) {
    if (state->unknown_depth == 0 && state->place == PLACE_META) {
        tally_meta(state->sums, state->member, value);
    }
}

static inline void events_open_object(events *state) {
    if (state->unknown_depth != 0) {
        state->unknown_depth++;
    } else if (state->place == PLACE_NUMBERS) {
        state->place = PLACE_NUMBER;
    } else if (state->place == PLACE_DATA) {
        state->place = PLACE_RESERVATION;
    } else if (state->place == PLACE_ROOT && state->member == MEMBER_META) {
        state->place = PLACE_META;
    } else if (state->place == PLACE_NONE) {
        state->place = PLACE_ROOT;
    } else {
        state->unknown_depth = 1;
    }
}

static inline void events_open_array(events *state) {
    if (state->unknown_depth != 0) {
        state->unknown_depth++;
    } else if (state->place == PLACE_RESERVATION && state->member == MEMBER_PHONE_NUMBERS) {
        state->place = PLACE_NUMBERS;
    } else if (state->place == PLACE_ROOT && state->member == MEMBER_DATA) {
        state->place = PLACE_DATA;
    } else {
        state->unknown_depth = 1;
    }
}

/* The end of an object or array. */
static inline void events_close(events *state) {
    if (state->unknown_depth != 0) {
        state->unknown_depth--;
        return;
    }
    switch (state->place) {
    case PLACE_NUMBER:
        state->sums->phone_numbers++;
        state->place = PLACE_NUMBERS;
        break;
    case PLACE_NUMBERS:
        state->place = PLACE_RESERVATION;
        break;
    case PLACE_RESERVATION:
        state->sums->reservations++;
        state->place = PLACE_DATA;
        break;
    case PLACE_DATA:
    case PLACE_META:
        state->place = PLACE_ROOT;
        break;
    case PLACE_ROOT:
    case PLACE_NONE:
        state->place = PLACE_NONE;
        break;
    }
}

#endif
