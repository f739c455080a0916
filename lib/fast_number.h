/*
 * Reading phone numbers of a known layout, and delivering them. Compiled with
 * fast_members.h, behind it, for each SIMD level; FAST_NUMBERS names the
 * function.
 */
#include "delivery.h"
#include "fast_lane.h"

/* All that is needed at every number, kept at hand. */
typedef struct counter {
    const numres_fast_layout *layout;
    numres_record *record;
    numres_fast_date *date;
    const numres_record_limits *limits;
    simd_plain plain;
} counter;

/* Whether the bytes that are no values are as the layout wants them. */
static inline FAST_INLINE bool is_layout(const numres_fast_layout *layout,
                                         const unsigned char *number) {
    simd_vector wrong = simd_none();
    for (size_t at = 0; at < layout->length; at += NUMRES_SIMD_BYTES)
        wrong =
            simd_or(wrong, simd_difference(number + at, layout->bytes + at, layout->fixed + at));
    return simd_is_none(wrong);
}

/* How many of the number's bytes are so. */
static size_t matching_length(const numres_fast_layout *layout, const numres_fast_window *window,
                              const unsigned char *number) {
    size_t there = (size_t)(window->end - number);
    size_t length = there < layout->length ? there : layout->length;
    size_t at = 0;
    uint32_t wrong = 0;
    while (wrong == 0 && at < length && window->readable_end - (number + at) >= NUMRES_SIMD_BYTES) {
        wrong = simd_bytes_with_bits(
            simd_difference(number + at, layout->bytes + at, layout->fixed + at));
        at += wrong != 0 ? (size_t)__builtin_ctz(wrong) : NUMRES_SIMD_BYTES;
    }
    while (wrong == 0 && at < length && ((number[at] ^ layout->bytes[at]) & layout->fixed[at]) == 0)
        at++;
    NUMRES_COUNT(FAST_LAYOUT, at);
    return at < length ? at : length;
}

static inline FAST_INLINE void set_text(const numres_fast_place *place, char *fields,
                                        const unsigned char *bytes, size_t length) {
    numres_text text = {(const char *)bytes, length};
    *(numres_text *)(void *)(fields + place->text_offset) = text;
}

/* Takes the values of a number that has the layout; false: one is not right. */
static inline FAST_INLINE bool take_values(const counter *now, const unsigned char *number) {
    const numres_fast_layout *layout = now->layout;
    char *const fields = (char *)&now->record->value;
    const numres_fast_place *place = layout->places;
    const numres_fast_place *const statuses = place + layout->statuses;
    const numres_fast_place *const dialled = place + layout->dialled;
    const numres_fast_place *const others = place + layout->others;
    const numres_fast_place *const end = place + layout->count;
    for (; place < statuses; place++) {
        void *field = fields + place->field_offset;
        set_text(place, fields, number + place->offset, place->length);
        if (!USUALLY(read_timestamp(now->date, number + place->offset, place->length,
                                    &((numres_timestamp_member *)field)->value)))
            return false;
    }
    for (; place < dialled; place++) {
        void *field = fields + place->field_offset;
        numres_status status = numres_status_of(number + place->offset, place->length);
        set_text(place, fields, number + place->offset, place->length);
        ((numres_status_member *)field)->value = status;
        if (!USUALLY(status != NUMRES_STATUS_UNKNOWN))
            return false;
    }
    for (; place < others; place++) {
        numres_text text = {(const char *)number + place->offset, place->length};
        set_text(place, fields, number + place->offset, place->length);
        if (now->limits->check_e164 && !numres_text_is_e164(text))
            return false;
    }
    for (; place < end; place++)
        set_text(place, fields, number + place->offset, place->length);
    uint32_t wrong = 0;
    for (unsigned int i = 0; i < layout->piece_count; i++)
        wrong |= simd_not_plain32(&now->plain, number + layout->pieces[i].offset) &
                 layout->pieces[i].mask;
    return wrong == 0;
}

/* Takes the text that comes last, and the number's end; NULL: it is read
   otherwise, or not there. */
static inline FAST_INLINE const unsigned char *take_last(const counter *now,
                                                         const unsigned char *lead) {
    const numres_fast_layout *layout = now->layout;
    const unsigned char *text = lead + layout->lead_length;
    unsigned int length;
    if ((~simd_equal32(lead, layout->lead) & layout->lead_mask) != 0 ||
        !find_text_length(&now->plain, text, &length) ||
        (~simd_equal32(text + length, layout->tail) & layout->tail_mask) != 0 ||
        length > now->limits->max_value_length ||
        length > now->limits->max_record_text - layout->counted)
        return NULL;
    NUMRES_COUNT(FAST_LAYOUT, layout->lead_length + length + layout->tail_length);
    set_text(&layout->last, (char *)&now->record->value, text, length);
    return text + length + layout->tail_length;
}

static inline FAST_INLINE numres_signal deliver(numres_schema *schema, numres_level *level,
                                                const numres_fast_layout *layout) {
    numres_record *record = &schema->inner;
    record->kind = NUMRES_RECORD_PHONE_NUMBER;
    record->present = layout->present;
    record->null = record->invalid = record->containers = 0;
    record->left_out = false;
    record->value.phone_number.index = level->complete;
    for (uint32_t absent = layout->absent; absent != 0; absent &= absent - 1)
        numres_record_neutralise(record, (unsigned int)__builtin_ctz(absent));
    numres_schema_count_value(schema, level);
    return numres_delivery_phone_number(schema);
}

/* Where the last number may begin that is compared at once, and one byte more. */
static inline const unsigned char *limit_of(const numres_fast_window *window,
                                            const numres_fast_layout *layout) {
    const unsigned char *readable_end = window->readable_end;
    if (readable_end - window->at < layout->reach)
        return window->readable_start;
    const unsigned char *limit = readable_end - layout->reach + 1;
    return limit < window->stop ? limit : window->stop;
}

/* Whether a number begins that ends behind `end`: no closing brace is there. */
static inline bool is_unfinished(const numres_fast_layout *layout, const unsigned char *number,
                                 const unsigned char *end) {
    return end - number > layout->brace && number[layout->brace] == '{' &&
           memchr(number, '}', (size_t)(end - number)) == NULL;
}

numres_fast_answer FAST_NUMBERS(numres_fast_lane *lane, numres_fast_window *window,
                                numres_level *level) {
    numres_schema *const schema = lane->schema;
    numres_fast_layout *const layout = lane->layout;
    const counter now = {layout, &schema->inner, &lane->date, &schema->limits, simd_plain_make()};
    const unsigned char *const limit = limit_of(window, layout);
    const unsigned char *at = window->at;
    if (level->complete == 0 && at-- == window->readable_start)
        return NUMRES_FAST_SURPRISE;
    while (at < limit && (*at == ',' || level->complete == 0)) {
        NUMRES_COUNT(FAST_LAYOUT, layout->length);
        if (!USUALLY(is_layout(layout, at) && take_values(&now, at)))
            break;
        const unsigned char *end = at + layout->length;
        if (layout->has_last && (end = take_last(&now, end)) == NULL)
            return numres_fast_lane_read_last(lane, window, level);
        schema->position = numres_fast_offset(window, end);
        numres_fast_layout_trust(layout);
        numres_fast_answer answer =
            numres_fast_event_done(window, end, deliver(schema, level, layout));
        if (answer != NUMRES_FAST_WHOLE)
            return answer;
        at = end;
    }
    if (at >= window->stop || (*at != ',' && level->complete > 0))
        return NUMRES_FAST_SURPRISE;
    if (window->readable_end - at < layout->reach) {
        if (is_unfinished(layout, at, window->end))
            return NUMRES_FAST_MORE;
        if (!window->is_tail)
            return NUMRES_FAST_NEAR_END;
    }
    return numres_fast_lane_read_alike(lane, window, level, matching_length(layout, window, at));
}
