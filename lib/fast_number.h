/*
 * Reading phone numbers of a known layout. Compiled with fast_members.h, behind
 * it, for each SIMD level; FAST_NUMBER names the function.
 */
#include "fast_layout.h"

/* How many bytes from the brace on are as the layout wants them; readable ones
   may end before. */
static inline FAST_INLINE size_t matching_length(const numres_fast_layout *layout,
                                                 const unsigned char *brace, size_t readable) {
    const unsigned char *expected = layout->bytes;
    const uint32_t *fixed = layout->fixed;
    size_t length = layout->length;
    const unsigned char *end = brace + (readable < length ? readable & ~(size_t)31 : length);
    for (const unsigned char *at = brace; at < end; at += 32, expected += 32, fixed++) {
        uint32_t wrong = ~simd_equal32(at, expected) & *fixed;
        if (!USUALLY(wrong == 0))
            return (size_t)(at - brace) + (size_t)__builtin_ctz(wrong);
    }
    return (size_t)(end - brace);
}

/* Reads the values that end before `length`; answers the length as far as all
   are right. What is looked at reaches less than 32 bytes beyond a value. */
static inline FAST_INLINE size_t right_length(const numres_fast_layout *layout,
                                              const numres_fast_object *object,
                                              const unsigned char *brace, size_t length) {
    char *const fields = (char *)&object->record->value;
    const numres_fast_place *place = layout->places;
    for (; place < layout->places + layout->statuses; place++) {
        void *field = fields + place->field_offset;
        if (!USUALLY(place->end < length &&
                     read_timestamp(brace + place->offset, (size_t)(place->end - place->offset),
                                    &((numres_timestamp_member *)field)->value)))
            length = place->offset < length ? place->offset : length;
    }
    for (; place < layout->places + layout->dialled; place++) {
        void *field = fields + place->field_offset;
        numres_status status = NUMRES_STATUS_UNKNOWN;
        if (USUALLY(place->end < length))
            status = numres_status_of(brace + place->offset, (size_t)(place->end - place->offset));
        ((numres_status_member *)field)->value = status;
        if (!USUALLY(status != NUMRES_STATUS_UNKNOWN))
            length = place->offset < length ? place->offset : length;
    }
    for (; object->limits->check_e164 && place < layout->places + layout->others; place++) {
        numres_text text = {(const char *)brace + place->offset,
                            (size_t)(place->end - place->offset)};
        if (place->end >= length || !numres_text_is_e164(text))
            length = place->offset < length ? place->offset : length;
    }
    const simd_plain plain = simd_plain_make();
    const numres_fast_piece *piece = layout->pieces;
    for (; piece < layout->pieces + layout->piece_count; piece++)
        if (!USUALLY(piece->value_end < length &&
                     (simd_not_plain32(&plain, brace + piece->offset) & piece->mask) == 0))
            length = piece->value_offset < length ? piece->value_offset : length;
    return length;
}

static inline FAST_INLINE void set_text(const numres_fast_place *place, numres_record *record,
                                        const unsigned char *brace) {
    numres_text text = {(const char *)brace + place->offset, (size_t)(place->end - place->offset)};
    record->raw[place->number] = text;
    *(numres_text *)(void *)((char *)&record->value + place->text_offset) = text;
}

static inline FAST_INLINE void take_all(const numres_fast_layout *layout, numres_record *record,
                                        const unsigned char *brace) {
    const numres_fast_place *end = layout->places + layout->count;
    for (const numres_fast_place *place = layout->places; place < end; place++)
        set_text(place, record, brace);
    record->present = layout->present;
    record->counted = layout->counted;
}

/* Takes the values that end before `length`. The object goes on behind the last. */
static inline void take_some(const numres_fast_layout *layout, numres_fast_object *object,
                             const unsigned char *brace, size_t length) {
    numres_record *record = object->record;
    for (unsigned int i = 0; i < layout->count; i++) {
        const numres_fast_place *place = &layout->places[i];
        if (place->end >= length)
            continue;
        set_text(place, record, brace);
        record->present |= UINT32_C(1) << place->number;
        record->counted += (size_t)(place->end - place->offset);
        object->complete++;
        if (object->at < brace + place->end + 1)
            object->at = brace + place->end + 1;
    }
}

numres_fast_answer FAST_NUMBER(numres_fast_layout *layout, numres_fast_object *object) {
    const unsigned char *at = object->at;
    unsigned int no_comma = object->is_first ? 1 : 0;
    if (at >= object->soft_end || layout->lead_length == 0 ||
        (~simd_equal32(at, layout->lead + no_comma) & layout->lead_mask >> no_comma) != 0)
        return NUMRES_FAST_SURPRISE;
    const unsigned char *brace = at + layout->lead_length - 1 - no_comma;
    /* The last value that is taken may be looked at with 32 bytes behind it. */
    size_t readable = (size_t)(object->soft_end - brace) + NUMRES_FAST_SPAN - 32;
    size_t length = matching_length(layout, brace, readable);
    length = right_length(layout, object, brace, length);
    object->bracket = brace;
    if (USUALLY(length == layout->length)) {
        take_all(layout, object->record, brace);
        object->at = brace + length;
        object->complete = layout->count;
        layout->in_vain = 0;
        if (layout->trust < NUMRES_FAST_LAYOUT_TRUST)
            layout->trust++;
        return NUMRES_FAST_CLOSED;
    }
    object->complete = 0;
    take_some(layout, object, brace, length);
    object->is_first = false;
    object->order->next = (unsigned int)object->complete;
    return object->complete > 0 ? NUMRES_FAST_WHOLE : NUMRES_FAST_SURPRISE;
}
