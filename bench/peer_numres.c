/* numres: callbacks, chunk after chunk, with one parser for all pages. */
#include <numres.h>
#include <stdio.h>
#include <stdlib.h>

#include "peer_numres.h"

_Static_assert((int)STATUS_COUNT == (int)NUMRES_STATUS_COUNT, "a status is missing in tally.h");

typedef struct reading {
    numres_parser *parser;
    tally *sums;
} reading;

static void take_timestamp(tally *sums, bench_member member,
                           const numres_timestamp_member *timestamp) {
    tally_instant(sums, member, timestamp->value.seconds, timestamp->value.nanoseconds);
}

/* Mostly zero: no call on machines without a popcount instruction. */
static inline uint64_t bits_of(uint32_t mask) {
    uint64_t count = 0;

    for (; mask != 0; mask &= mask - 1) {
        count++;
    }
    return count;
}

/* The sums of one record's texts, kept in registers until the record is done. */
typedef struct text_sums {
    uint64_t count;
    uint64_t sum;
} text_sums;

static inline void add_text(text_sums *texts, bool is_there, bool thorough, bench_member member,
                            numres_text text) {
    if (is_there) {
        texts->count++;
        texts->sum += tally_text_value(thorough, member, text.bytes, text.length);
    }
}

static inline void add_texts(tally *sums, text_sums texts) {
    sums->texts += texts.count;
    sums->text_sum += texts.sum;
}

static inline void sum_phone_number(tally *sums, const numres_phone_number *number, bool thorough) {
    const uint32_t there = number->present & ~number->null;
    text_sums texts = {0, 0};

    sums->phone_numbers++;
    sums->nulls += bits_of(number->null);
    sums->wrong += bits_of(number->invalid);
    add_text(&texts, numres_has(there, NUMRES_PHONE_NUMBER_ID), thorough, MEMBER_ID, number->id);
    add_text(&texts, numres_has(there, NUMRES_PHONE_NUMBER_RECORD_TYPE), thorough,
             MEMBER_RECORD_TYPE, number->record_type);
    add_text(&texts, numres_has(there, NUMRES_PHONE_NUMBER_PHONE_NUMBER), thorough,
             MEMBER_PHONE_NUMBER, number->phone_number);
    add_text(&texts, numres_has(there, NUMRES_PHONE_NUMBER_ERRORS), thorough, MEMBER_ERRORS,
             number->errors);
    add_texts(sums, texts);
    if (numres_has(there, NUMRES_PHONE_NUMBER_STATUS)) {
        sums->statuses[number->status.value]++;
    }
    /* Absent timestamps are zero and do not change the sums. */
    take_timestamp(sums, MEMBER_CREATED_AT, &number->created_at);
    take_timestamp(sums, MEMBER_UPDATED_AT, &number->updated_at);
    take_timestamp(sums, MEMBER_EXPIRED_AT, &number->expired_at);
    if (numres_has(there, NUMRES_PHONE_NUMBER_EXPIRED)) {
        tally_boolean(sums, MEMBER_EXPIRED, number->expired);
    }
}

static inline void sum_reservation(tally *sums, const numres_reservation *reservation,
                                   bool thorough) {
    const uint32_t there = reservation->present & ~reservation->null;
    text_sums texts = {0, 0};

    sums->reservations++;
    sums->nulls += bits_of(reservation->null);
    sums->wrong += bits_of(reservation->invalid);
    add_text(&texts, numres_has(there, NUMRES_RESERVATION_ID), thorough, MEMBER_ID,
             reservation->id);
    add_text(&texts, numres_has(there, NUMRES_RESERVATION_RECORD_TYPE), thorough,
             MEMBER_RECORD_TYPE, reservation->record_type);
    add_text(&texts, numres_has(there, NUMRES_RESERVATION_CUSTOMER_REFERENCE), thorough,
             MEMBER_CUSTOMER_REFERENCE, reservation->customer_reference);
    add_text(&texts, numres_has(there, NUMRES_RESERVATION_ERRORS), thorough, MEMBER_ERRORS,
             reservation->errors);
    add_text(&texts, numres_has(there, NUMRES_RESERVATION_USER_ID), thorough, MEMBER_USER_ID,
             reservation->user_id);
    add_texts(sums, texts);
    if (numres_has(there, NUMRES_RESERVATION_STATUS)) {
        sums->statuses[reservation->status.value]++;
    }
    take_timestamp(sums, MEMBER_CREATED_AT, &reservation->created_at);
    take_timestamp(sums, MEMBER_UPDATED_AT, &reservation->updated_at);
}

/* For the comparison before timing starts. A function of its own, so that the quick sums
   call nothing. */
static __attribute__((noinline)) void
sum_phone_number_thoroughly(tally *sums, const numres_phone_number *number) {
    sum_phone_number(sums, number, true);
}

static __attribute__((noinline)) void
sum_reservation_thoroughly(tally *sums, const numres_reservation *reservation) {
    sum_reservation(sums, reservation, true);
}

void peer_numres_sum_phone_number(tally *sums, const numres_phone_number *number) {
    if (sums->thorough) {
        sum_phone_number_thoroughly(sums, number);
    } else {
        sum_phone_number(sums, number, false);
    }
}

void peer_numres_sum_reservation(tally *sums, const numres_reservation *reservation) {
    if (sums->thorough) {
        sum_reservation_thoroughly(sums, reservation);
    } else {
        sum_reservation(sums, reservation, false);
    }
}

void peer_numres_sum_meta(tally *sums, const numres_meta *meta) {
    tally_meta(sums, MEMBER_TOTAL_PAGES, meta->total_pages);
    tally_meta(sums, MEMBER_TOTAL_RESULTS, meta->total_results);
    tally_meta(sums, MEMBER_PAGE_NUMBER, meta->page_number);
    tally_meta(sums, MEMBER_PAGE_SIZE, meta->page_size);
}

static numres_answer take_phone_number(numres_parser *parser, const numres_phone_number *number,
                                       void *user) {
    (void)parser;
    peer_numres_sum_phone_number(((reading *)user)->sums, number);
    return NUMRES_GO_ON;
}

static numres_answer take_reservation(numres_parser *parser, const numres_reservation *reservation,
                                      void *user) {
    (void)parser;
    peer_numres_sum_reservation(((reading *)user)->sums, reservation);
    return NUMRES_GO_ON;
}

static numres_answer take_meta(numres_parser *parser, const numres_meta *meta, void *user) {
    (void)parser;
    peer_numres_sum_meta(((reading *)user)->sums, meta);
    return NUMRES_GO_ON;
}

void *peer_numres_create(const numres_options *options) {
    reading *state = calloc(1, sizeof(*state));
    numres_handlers handlers = numres_handlers_default();

    handlers.on_phone_number = take_phone_number;
    handlers.on_reservation = take_reservation;
    handlers.on_meta = take_meta;
    if (state != NULL &&
        numres_parser_create(&state->parser, options, &handlers, state) != NUMRES_OK) {
        free(state);
        state = NULL;
    }
    return state;
}

static void *create(size_t largest) {
    (void)largest;
    return peer_numres_create(NULL);
}

static void *create_baseline(size_t largest) {
    numres_options options = numres_options_default();

    (void)largest;
    options.simd = NUMRES_SIMD_BASELINE;
    return peer_numres_create(&options);
}

static void *create_general(size_t largest) {
    numres_options options = numres_options_default();

    (void)largest;
    options.lane = NUMRES_LANE_GENERAL;
    return peer_numres_create(&options);
}

static void destroy(void *given) {
    reading *state = given;

    numres_parser_destroy(state->parser);
    free(state);
}

static bool read_page(void *given, const page *read, size_t chunk, tally *sums) {
    reading *state = given;
    numres_code code = numres_parser_reset(state->parser);
    size_t place = 0;

    state->sums = sums;
    while (code == NUMRES_OK && place < read->length) {
        size_t rest = read->length - place;
        size_t length = rest < chunk ? rest : chunk;
        code = numres_parser_feed(state->parser, read->bytes + place, length, NULL);
        place += length;
    }
    return code == NUMRES_OK && numres_parser_finish(state->parser) == NUMRES_OK;
}

static const char *with_level(char *text, size_t size, const char *level) {
    snprintf(text, size, "%s, %s", numres_version(), level);
    return text;
}

static const char *version(void) {
    static char text[40];
    return with_level(text, sizeof(text), numres_simd_name(NUMRES_SIMD_BEST));
}

static const char *version_baseline(void) {
    static char text[40];
    return with_level(text, sizeof(text), numres_simd_name(NUMRES_SIMD_BASELINE));
}

static const char *version_general(void) {
    static char text[40];
    return with_level(text, sizeof(text), "over yajl");
}

const peer peer_numres = {"numres", version, create, destroy, read_page, true, true};

/* With only the instructions that every machine of this architecture has. */
const peer peer_numres_baseline = {
    "numres-baseline", version_baseline, create_baseline, destroy, read_page, true, true};

/* Without the fast lane: on yajl alone. */
const peer peer_numres_general = {
    "numres-general", version_general, create_general, destroy, read_page, true, true};
