/*
 * Reading phone numbers of a known layout. Compiled with fast_members.h, behind
 * it, for each SIMD level; FAST_NUMBER names the function.
 */
#include "fast_layout.h"

/* The bits of 32 bytes from `at` on that are not as the layout wants them. */
static inline FAST_INLINE uint32_t wrong_bytes(const numres_fast_layout *layout,
                                               const unsigned char *brace, size_t at) {
    return ~simd_equal32(brace + at, layout->bytes + at) & layout->fixed[at / 32];
}

/* Whether all that is compared at once is as the layout wants it. */
static inline FAST_INLINE bool is_layout(const numres_fast_layout *layout,
                                         const unsigned char *brace, size_t readable) {
    size_t length = layout->length;
    if (length + 64 > readable)
        return false;
    for (size_t at = 0; at < length; at += 64)
        if (!USUALLY((wrong_bytes(layout, brace, at) | wrong_bytes(layout, brace, at + 32)) == 0))
            return false;
    return true;
}

/* How many bytes are so. */
static inline size_t matching_length(const numres_fast_layout *layout, const unsigned char *brace,
                                     size_t readable) {
    size_t at = 0;
    for (; at < layout->length && at + 32 <= readable; at += 32) {
        uint32_t wrong = wrong_bytes(layout, brace, at);
        if (wrong != 0)
            return at + (size_t)__builtin_ctz(wrong);
    }
    return at < layout->length ? at : layout->length;
}

/* A value is not right: only what comes before it is. Answers whether there is
   any use in that. */
static inline FAST_INLINE bool cut(size_t *length, size_t offset, bool is_whole) {
    if (offset < *length)
        *length = offset;
    return !is_whole;
}

static inline FAST_INLINE bool ends_before(const numres_fast_place *place, size_t length) {
    return (size_t)place->offset + place->length < length;
}

/*
 * Reads the values that end before *length, and cuts it where one is not right.
 * What is looked at reaches less than 32 bytes beyond a value. is_whole: all of
 * them do; false if one is not right.
 */
static inline FAST_INLINE bool check_values(const numres_fast_layout *layout,
                                            const numres_fast_object *object, size_t *length,
                                            bool is_whole) {
    const unsigned char *brace = object->bracket;
    char *const fields = (char *)&object->record->value;
    const numres_fast_place *place = layout->places;
    const numres_fast_place *statuses = place + layout->statuses;
    const numres_fast_place *dialled = place + layout->dialled;
    const numres_fast_place *others = place + layout->others;
    numres_fast_date *date = object->date;
    for (; place < statuses; place++) {
        void *field = fields + place->field_offset;
        if (!USUALLY((is_whole || ends_before(place, *length)) &&
                     read_timestamp(date, brace + place->offset, place->length,
                                    &((numres_timestamp_member *)field)->value)) &&
            !cut(length, place->offset, is_whole))
            return false;
    }
    for (; place < dialled; place++) {
        void *field = fields + place->field_offset;
        numres_status status = NUMRES_STATUS_UNKNOWN;
        if (is_whole || ends_before(place, *length))
            status = numres_status_of(brace + place->offset, place->length);
        ((numres_status_member *)field)->value = status;
        if (!USUALLY(status != NUMRES_STATUS_UNKNOWN) && !cut(length, place->offset, is_whole))
            return false;
    }
    for (; object->limits->check_e164 && place < others; place++) {
        numres_text text = {(const char *)brace + place->offset, place->length};
        if (!((is_whole || ends_before(place, *length)) && numres_text_is_e164(text)) &&
            !cut(length, place->offset, is_whole))
            return false;
    }
    const simd_plain plain = simd_plain_make();
    const numres_fast_piece *piece = layout->pieces;
    const numres_fast_piece *end = piece + layout->piece_count;
    for (; piece < end; piece++)
        if (!USUALLY((is_whole || piece->value_end < *length) &&
                     (simd_not_plain32(&plain, brace + piece->offset) & piece->mask) == 0) &&
            !cut(length, piece->value_offset, is_whole))
            return false;
    return true;
}

static inline FAST_INLINE void set_text(const numres_fast_place *place, numres_record *record,
                                        const unsigned char *bytes, size_t length) {
    numres_text text = {(const char *)bytes, length};
    *(numres_text *)(void *)((char *)&record->value + place->text_offset) = text;
}

/* All that was compared at once is right. */
static inline FAST_INLINE void take_all(const numres_fast_layout *layout, numres_record *record,
                                        const unsigned char *brace) {
    const numres_fast_place *end = layout->places + layout->count;
    for (const numres_fast_place *place = layout->places; place < end; place++)
        set_text(place, record, brace + place->offset, place->length);
    record->present = layout->present;
    record->counted = layout->counted;
}

/* Takes the text that comes last, and the number's end; NULL: it is read
   otherwise. */
static inline FAST_INLINE const unsigned char *take_last(const numres_fast_layout *layout,
                                                         const numres_fast_object *object,
                                                         const unsigned char *text) {
    numres_record *record = object->record;
    const simd_plain plain = simd_plain_make();
    unsigned int length;
    /* 64 bytes of text and 32 of the tail are looked at. */
    if (text >= object->soft_end || !find_text_length(&plain, text, &length) ||
        (~simd_equal32(text + length, layout->tail) & layout->tail_mask) != 0 ||
        length > object->limits->max_value_length ||
        length > object->limits->max_record_text - record->counted)
        return NULL;
    set_text(&layout->last, record, text, length);
    record->present |= UINT32_C(1) << layout->last.number;
    record->counted += length;
    return text + length + layout->tail_length;
}

/* Takes the values that end before `length`. The object goes on behind the last. */
static inline void take_some(const numres_fast_layout *layout, numres_fast_object *object,
                             const unsigned char *brace, size_t length) {
    numres_record *record = object->record;
    for (unsigned int i = 0; i < layout->count; i++) {
        const numres_fast_place *place = &layout->places[i];
        const unsigned char *text = brace + place->offset;
        if ((size_t)place->offset + place->length >= length)
            continue;
        set_text(place, record, text, place->length);
        record->present |= UINT32_C(1) << place->number;
        record->counted += place->length;
        object->complete++;
        if (object->at < text + place->length + 1)
            object->at = text + place->length + 1;
    }
}

/* Whatever follows object->complete members that are taken. */
static inline FAST_INLINE numres_fast_answer go_on_behind(numres_fast_object *object) {
    object->is_first = false;
    object->order->next = (unsigned int)object->complete;
    return object->complete > 0 ? NUMRES_FAST_WHOLE : NUMRES_FAST_SURPRISE;
}

/* Takes what is as expected; the members behind are read one by one. */
static inline numres_fast_answer begin_with_some(const numres_fast_layout *layout,
                                                 numres_fast_object *object, size_t readable) {
    size_t length = matching_length(layout, object->bracket, readable);
    NUMRES_COUNT(FAST_LAYOUT, length);
    if (length < layout->length / 2U) /* not worth its price */
        return NUMRES_FAST_SURPRISE;
    check_values(layout, object, &length, false);
    object->record->present = 0;
    object->record->counted = 0;
    object->complete = 0;
    take_some(layout, object, object->bracket, length);
    return go_on_behind(object);
}

/* Whether the number's lead is there; object->bracket is its brace. */
static inline FAST_INLINE bool find_brace(const numres_fast_layout *layout,
                                          numres_fast_object *object) {
    unsigned int no_comma = object->is_first ? 1 : 0;
    if (object->at >= object->soft_end ||
        (~simd_equal32(object->at, layout->lead + no_comma) & layout->lead_mask >> no_comma) != 0)
        return false;
    object->bracket = object->at + layout->lead_length - 1 - no_comma;
    return true;
}

static inline FAST_INLINE void trust(numres_fast_layout *layout) {
    layout->in_vain = 0;
    if (layout->trust < NUMRES_FAST_LAYOUT_TRUST)
        layout->trust++;
}

numres_fast_answer FAST_NUMBER(numres_fast_layout *layout, numres_fast_object *object) {
    if (layout->length == 0 || layout->lead_length == 0 || !find_brace(layout, object))
        return NUMRES_FAST_SURPRISE;
    const unsigned char *brace = object->bracket;
    /* The last value that is taken may be looked at with 32 bytes behind it. */
    size_t readable = (size_t)(object->soft_end - brace) + NUMRES_FAST_SPAN - 32;
    size_t length = layout->length;
    NUMRES_COUNT(FAST_LAYOUT, length < readable ? length : readable);
    if (!USUALLY(is_layout(layout, brace, readable) && check_values(layout, object, &length, true)))
        return begin_with_some(layout, object, readable);
    take_all(layout, object->record, brace);
    const unsigned char *end = brace + length;
    if (layout->has_last)
        end = take_last(layout, object, end);
    if (!USUALLY(end != NULL)) {
        object->at = brace + layout->behind_places;
        object->complete = layout->count;
        trust(layout);
        return go_on_behind(object);
    }
    object->at = end;
    trust(layout);
    return NUMRES_FAST_CLOSED;
}
