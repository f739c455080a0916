#include "fast_layout.h"

#include <string.h>

/* The trust in a new layout; and after so many that were never met again no more
   patience is asked for. */
enum { FIRST_TRUST = 2, MOST_IN_VAIN = 8 };

void numres_fast_layout_start(numres_fast_layout *layout) {
    layout->length = layout->lead_length = 0;
    layout->trust = layout->in_vain = 0;
    layout->waiting = 0;
}

/* Bytes of a value that differ from number to number are not fixed. */
static void set_free(numres_fast_layout *layout, const numres_fast_place *place) {
    unsigned int end = (unsigned int)place->offset + place->length;
    for (unsigned int at = place->offset; at < end; at = (at / 32 + 1) * 32) {
        uint32_t from_here = UINT32_MAX << at % 32;
        uint32_t to_end = end / 32 > at / 32 ? UINT32_MAX : (UINT32_C(1) << end % 32) - 1;
        layout->fixed[at / 32] &= ~(from_here & to_end);
    }
}

static void add_pieces(numres_fast_layout *layout, const numres_fast_place *place) {
    unsigned int end = (unsigned int)place->offset + place->length;
    for (unsigned int at = place->offset; at < end; at += 32) {
        numres_fast_piece piece = {(uint16_t)at, place->offset, (uint16_t)end,
                                   end - at < 32 ? (UINT32_C(1) << (end - at)) - 1 : UINT32_MAX};
        layout->pieces[layout->piece_count++] = piece;
    }
}

static numres_fast_place place_of(const numres_field *field, numres_text text,
                                  const unsigned char *brace) {
    numres_fast_place place = {(uint16_t)((const unsigned char *)text.bytes - brace),
                               (uint16_t)text.length, field->offset, field->text_offset,
                               field->number};
    return place;
}

/* Adds the values of a type that begin before `length`. */
static void add_values(numres_fast_layout *layout, const numres_record *record,
                       const unsigned char *brace, numres_value_type type) {
    const numres_field *fields = numres_record_fields(record->kind);
    for (unsigned int i = 0; i < NUMRES_PHONE_NUMBER_MEMBER_COUNT; i++) {
        if (!numres_has(record->present, i) || fields[i].type != type)
            continue;
        numres_fast_place place = place_of(&fields[i], numres_record_raw(record, i), brace);
        if (place.offset >= layout->length)
            continue;
        layout->places[layout->count++] = place;
        if (layout->behind_places < place.offset + place.length + 1)
            layout->behind_places = (uint16_t)(place.offset + place.length + 1);
        layout->present |= UINT32_C(1) << i;
        layout->counted += place.length;
        if (type != NUMRES_VALUE_RECORD_TYPE)
            set_free(layout, &place);
        if (type == NUMRES_VALUE_TEXT || type == NUMRES_VALUE_DIALLED)
            add_pieces(layout, &place);
    }
}

/* If the value that comes last is a text, it is not compared with the others. */
static void set_last(numres_fast_layout *layout, const numres_record *record,
                     const unsigned char *brace, size_t length) {
    const numres_field *fields = numres_record_fields(record->kind);
    const numres_field *last = NULL;
    for (unsigned int i = 0; i < NUMRES_PHONE_NUMBER_MEMBER_COUNT; i++)
        if (numres_has(record->present, i) &&
            (last == NULL ||
             numres_record_raw(record, i).bytes > numres_record_raw(record, last->number).bytes))
            last = &fields[i];
    layout->has_last = false;
    if (last == NULL || last->type != NUMRES_VALUE_TEXT)
        return;
    numres_fast_place place = place_of(last, numres_record_raw(record, last->number), brace);
    size_t tail = (size_t)place.offset + place.length;
    if (length - tail > sizeof layout->tail)
        return;
    layout->has_last = true;
    layout->last = place;
    layout->length = place.offset;
    memcpy(layout->tail, brace + tail, length - tail);
    layout->tail_length = (uint8_t)(length - tail);
    layout->tail_mask = length - tail < 32 ? (UINT32_C(1) << (length - tail)) - 1 : UINT32_MAX;
}

static void learn(numres_fast_layout *layout, const numres_record *record,
                  const unsigned char *brace, size_t length) {
    memcpy(layout->bytes, brace, length);
    layout->length = (uint16_t)length;
    set_last(layout, record, brace, length);
    memset(layout->fixed, 0, sizeof layout->fixed);
    memset(layout->fixed, 0xFF, layout->length / 32 * sizeof layout->fixed[0]);
    if (layout->length % 32 != 0)
        layout->fixed[layout->length / 32] = (UINT32_C(1) << layout->length % 32) - 1;
    layout->count = layout->piece_count = 0;
    layout->behind_places = 0;
    layout->present = 0;
    layout->counted = 0;
    add_values(layout, record, brace, NUMRES_VALUE_TIMESTAMP);
    layout->statuses = layout->count;
    add_values(layout, record, brace, NUMRES_VALUE_STATUS);
    layout->dialled = layout->count;
    add_values(layout, record, brace, NUMRES_VALUE_DIALLED);
    layout->others = layout->count;
    add_values(layout, record, brace, NUMRES_VALUE_TEXT);
    add_values(layout, record, brace, NUMRES_VALUE_RECORD_TYPE);
    if (layout->count + (layout->has_last ? 1U : 0U) !=
        (unsigned int)__builtin_popcount(record->present))
        layout->length = 0; /* a member of a type that is not told above */
}

/* What stands in front of a number. The first one of an array has no comma, and
   as a rule is as the others else; it is looked at where nothing is known yet. */
static void learn_lead(numres_fast_layout *layout, const unsigned char *lead, bool is_first,
                       const unsigned char *brace) {
    size_t comma = is_first ? 1 : 0;
    size_t length = comma + (size_t)(brace - lead) + 1;
    if (length > 32 || (is_first && layout->lead_length != 0))
        return;
    layout->lead[0] = ',';
    memcpy(layout->lead + comma, lead, length - comma);
    layout->lead_length = (uint8_t)length;
    layout->lead_mask = length < 32 ? (UINT32_C(1) << length) - 1 : UINT32_MAX;
}

/* Whether all of the number is strings in known members, none of them escaped. */
static bool is_regular(const numres_record *record, uint64_t members) {
    return record->null == 0 && record->text_used == 0 &&
           members == (uint64_t)__builtin_popcount(record->present);
}

void numres_fast_layout_learn(numres_fast_layout *layout, const numres_record *record,
                              uint64_t members, const unsigned char *lead, bool is_first,
                              const unsigned char *brace, const unsigned char *end) {
    size_t length = (size_t)(end - brace);
    learn_lead(layout, lead, is_first, brace);
    if (layout->trust > 0) {
        layout->trust--;
        return;
    }
    /* Where no number is as the one before, learning is not worth its price. */
    if (++layout->waiting < UINT32_C(1) << layout->in_vain || length > NUMRES_FAST_LAYOUT_LENGTH ||
        !is_regular(record, members))
        return;
    learn(layout, record, brace, length);
    layout->waiting = 0;
    layout->trust = FIRST_TRUST;
    if (layout->in_vain < MOST_IN_VAIN)
        layout->in_vain++;
}
