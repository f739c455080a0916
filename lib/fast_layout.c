#include "fast_layout.h"

#include <string.h>

#include "text.h"

/* The trust in a new layout; and after so many that were never met again no more
   patience is asked for. */
enum { FIRST_TRUST = 2, MOST_IN_VAIN = 8 };

void numres_fast_layout_start(numres_fast_layout *layout) {
    layout->reach = 0;
    layout->trust = layout->in_vain = 0;
    layout->waiting = 0;
}

static void add_pieces(numres_fast_layout *layout, const numres_fast_place *place) {
    unsigned int end = (unsigned int)place->offset + place->length;
    for (unsigned int at = place->offset; at < end; at += 32) {
        numres_fast_piece piece = {end - at < 32 ? (UINT32_C(1) << (end - at)) - 1 : UINT32_MAX,
                                   (uint16_t)at};
        layout->pieces[layout->piece_count++] = piece;
    }
}

/* A number that is learned. */
typedef struct sample {
    const numres_record *record;
    const unsigned char *start; /* its comma's place */
    size_t length;
} sample;

static numres_fast_place place_of(const sample *number, unsigned int member) {
    const numres_field *field = &numres_record_fields(number->record->kind)[member];
    numres_text text = numres_record_raw(number->record, member);
    numres_fast_place place = {(uint16_t)((const unsigned char *)text.bytes - number->start),
                               (uint16_t)text.length, field->offset, field->text_offset,
                               field->number};
    return place;
}

/* Puts the last place among those that lie before and behind it. */
static void put_in_order(numres_fast_layout *layout) {
    unsigned int i = layout->count - 1U;
    uint16_t offset = layout->places[i].offset;
    for (; i > 0 && layout->places[layout->in_order[i - 1]].offset > offset; i--)
        layout->in_order[i] = layout->in_order[i - 1];
    layout->in_order[i] = (uint8_t)(layout->count - 1);
}

/* Adds the values of a type that begin before layout->length. */
static void add_values(numres_fast_layout *layout, const sample *number, numres_value_type type) {
    const numres_field *fields = numres_record_fields(number->record->kind);
    for (unsigned int i = 0; i < NUMRES_PHONE_NUMBER_MEMBER_COUNT; i++) {
        if (!numres_has(number->record->present, i) || fields[i].type != type)
            continue;
        numres_fast_place place = place_of(number, i);
        if (place.offset >= layout->length)
            continue;
        layout->places[layout->count++] = place;
        put_in_order(layout);
        layout->counted += place.length;
        if (type != NUMRES_VALUE_RECORD_TYPE)
            memset(layout->fixed + place.offset, 0, place.length);
        if (type == NUMRES_VALUE_TEXT || type == NUMRES_VALUE_DIALLED)
            add_pieces(layout, &place);
    }
}

static uint32_t mask_of(size_t length) {
    return length < 32 ? (UINT32_C(1) << length) - 1 : UINT32_MAX;
}

/* If the value that comes last is a text, it is not compared with the others. */
static void set_last(numres_fast_layout *layout, const sample *number) {
    numres_fast_place before = {0};
    numres_fast_place last = {0};
    for (unsigned int i = 0; i < NUMRES_PHONE_NUMBER_MEMBER_COUNT; i++) {
        if (!numres_has(number->record->present, i))
            continue;
        numres_fast_place place = place_of(number, i);
        numres_fast_place *later = place.offset > last.offset ? &last : &before;
        if (later == &last)
            before = last;
        if (place.offset > later->offset)
            *later = place;
    }
    size_t start = (size_t)before.offset + before.length + 1; /* behind a quote */
    size_t lead = last.offset - start;
    size_t end = (size_t)last.offset + last.length;
    size_t tail = number->length - end;
    layout->has_last =
        before.offset > 0 && lead <= sizeof layout->lead && tail <= sizeof layout->tail &&
        numres_record_fields(number->record->kind)[last.number].type == NUMRES_VALUE_TEXT;
    if (!layout->has_last)
        return;
    layout->last = last;
    layout->length = (uint16_t)start;
    memcpy(layout->lead, number->start + start, lead);
    layout->lead_length = (uint8_t)lead;
    layout->lead_mask = mask_of(lead);
    memcpy(layout->tail, number->start + end, tail);
    layout->tail_length = (uint8_t)tail;
    layout->tail_mask = mask_of(tail);
}

/* The array's bracket may stand in the comma's place, and is not looked at. */
static void set_bytes(numres_fast_layout *layout, const sample *number) {
    const unsigned char *brace = memchr(number->start + 1, '{', number->length - 1);
    layout->brace = (uint16_t)(brace - number->start);
    layout->length = (uint16_t)number->length;
    memcpy(layout->bytes + 1, number->start + 1, number->length - 1);
    set_last(layout, number);
    memset(layout->fixed, 0, sizeof layout->fixed);
    memset(layout->fixed + 1, 0xFF, layout->length - 1U);
}

static void learn(numres_fast_layout *layout, const sample *number) {
    /* Behind these bytes the last text is looked at, 64 bytes, its lead and tail. */
    enum { FURTHER_REACH = 32 + 64 + 32 };
    const uint32_t all = (UINT32_C(1) << NUMRES_PHONE_NUMBER_MEMBER_COUNT) - 1;
    set_bytes(layout, number);
    layout->present = number->record->present;
    layout->absent = all & ~layout->present;
    layout->count = layout->piece_count = 0;
    layout->counted = 0;
    add_values(layout, number, NUMRES_VALUE_TIMESTAMP);
    layout->statuses = layout->count;
    add_values(layout, number, NUMRES_VALUE_STATUS);
    layout->dialled = layout->count;
    add_values(layout, number, NUMRES_VALUE_DIALLED);
    layout->others = layout->count;
    add_values(layout, number, NUMRES_VALUE_TEXT);
    add_values(layout, number, NUMRES_VALUE_RECORD_TYPE);
    layout->reach = (uint16_t)(layout->length + FURTHER_REACH);
    if (layout->count == 0 || layout->count + (layout->has_last ? 1U : 0U) !=
                                  (unsigned int)__builtin_popcount(layout->present))
        layout->reach = 0; /* a member of a type that is not told above */
}

/* Whether all of the number is strings in known members, none of them escaped. */
static bool is_regular(const numres_record *record, uint64_t members) {
    return record->null == 0 && record->text_used == 0 &&
           members == (uint64_t)__builtin_popcount(record->present);
}

void numres_fast_layout_learn(numres_fast_layout *layout, const numres_record *record,
                              uint64_t members, const unsigned char *start, bool is_first,
                              const unsigned char *end) {
    sample number = {record, start - (is_first ? 1 : 0), 0};
    number.length = (size_t)(end - number.start);
    if (layout->trust > 0) {
        layout->trust--;
        return;
    }
    /* Where no number is as the one before, learning is not worth its price. */
    if (++layout->waiting < UINT32_C(1) << layout->in_vain ||
        number.length > NUMRES_FAST_LAYOUT_LENGTH || !is_regular(record, members))
        return;
    /* The first byte is compared with a comma, or not at all. */
    if (!is_first && *start != ',')
        return;
    learn(layout, &number);
    layout->waiting = 0;
    layout->trust = FIRST_TRUST;
    if (layout->in_vain < MOST_IN_VAIN)
        layout->in_vain++;
}

void numres_fast_layout_take(const numres_fast_layout *layout, numres_fast_object *object,
                             const unsigned char *number, size_t length) {
    for (unsigned int i = 0; i < layout->count; i++) {
        const numres_fast_place *place = &layout->places[layout->in_order[i]];
        const unsigned char *bytes = number + place->offset;
        const unsigned char *end = bytes + place->length;
        numres_text text = {(const char *)bytes, place->length};
        if ((size_t)place->offset + place->length >= length ||
            numres_text_skip_plain(bytes, end) != end ||
            numres_record_accept(object->record, object->limits, place->number, text) != NUMRES_OK)
            break;
        object->at = end + 1;
        object->complete++;
    }
}
