/*
 * Reading members as they are expected, 32 bytes at a time. This is compiled
 * once for each SIMD level by a file that sets NUMRES_SIMD_BYTES and names the
 * function by FAST_MEMBERS.
 *
 * A step costs no work that waits for the step before: where the next member
 * begins follows from the lengths that were learned, and the comparisons only
 * confirm it.
 */
#include <stdbool.h>
#include <string.h>

#include "fast_object.h"
#include "simd.h"
#include "status.h"
#include "text.h"

/* What is changed at every member, kept at hand. */
typedef struct filling {
    char *record; /* the public record's first byte */
    uint32_t present;
    size_t counted;
} filling;

static inline bool is_lead(const numres_fast_step *step, const unsigned char *at) {
    uint32_t low = ~simd_equal32(at, step->lead) & (uint32_t)step->lead_mask;
    if (low != 0)
        return false;
    if (step->lead_length <= 32)
        return true;
    uint32_t high_mask = (UINT32_C(1) << (step->lead_length - 32)) - 1;
    return (~simd_equal16(at + 32, step->lead + 32) & high_mask) == 0;
}

/* Whether a plain string of exactly the learned length ends behind it. */
static inline bool has_text_length(const unsigned char *text, unsigned int length) {
    if (length < 32) {
        uint32_t up_to_quote = (UINT32_C(2) << length) - 1;
        return text[length] == '"' && (simd_not_plain32(text) & up_to_quote) == UINT32_C(1)
                                                                                    << length;
    }
    uint64_t not_plain = simd_not_plain32(text) | (uint64_t)simd_not_plain32(text + 32) << 32;
    uint64_t up_to_quote = (UINT64_C(2) << length) - 1;
    return text[length] == '"' && (not_plain & up_to_quote) == UINT64_C(1) << length;
}

/* The length of the plain string at `text`, if it is less than 64. */
static inline bool find_text_length(const unsigned char *text, unsigned int *length) {
    uint64_t not_plain = simd_not_plain32(text) | (uint64_t)simd_not_plain32(text + 32) << 32;
    if (not_plain == 0)
        return false;
    *length = (unsigned int)__builtin_ctzll(not_plain);
    return text[*length] == '"';
}

static inline bool read_timestamp(numres_fast_object *object, const unsigned char *text,
                                  size_t length, numres_timestamp *timestamp) {
    enum { USUAL_LENGTH = 27, DATE_BITS = 0x7FF };
    simd_clock clock;
    bool usual = length == USUAL_LENGTH &&
                 (simd_equal16(text, object->date->text) & DATE_BITS) == DATE_BITS &&
                 simd_read_clock(text + 11, &clock);
    if (!usual) {
        numres_text whole = {(const char *)text, length};
        return numres_fast_timestamp(object, whole, timestamp);
    }
    timestamp->seconds = object->date->seconds + clock.seconds;
    timestamp->nanoseconds = clock.microseconds * 1000;
    timestamp->offset_minutes = 0;
    timestamp->fraction_digits = 6;
    timestamp->unknown_offset = false;
    timestamp->leap_second = false;
    return true;
}

/* Takes a plain text that has NUMRES_FAST_SPAN readable bytes; false: it is not right. */
static inline bool take_text(numres_fast_object *object, filling *now, const numres_fast_step *step,
                             const unsigned char *bytes, size_t length) {
    char *place = now->record + step->field.offset;
    uint32_t bit = UINT32_C(1) << step->field.number;
    numres_text text = {(const char *)bytes, length};
    if ((now->present & bit) != 0 || length > object->limits->max_value_length ||
        length > object->limits->max_record_text - now->counted)
        return false;
    switch ((numres_value_type)step->field.type) {
    case NUMRES_VALUE_TEXT:
    case NUMRES_VALUE_CODE:
        break;
    case NUMRES_VALUE_RECORD_TYPE: {
        numres_text expected = numres_record_type(object->record->kind);
        if (!numres_text_is(text, expected.bytes, expected.length))
            return false;
        break;
    }
    case NUMRES_VALUE_STATUS: {
        numres_status status = numres_status_of(bytes, length);
        if (status == NUMRES_STATUS_UNKNOWN)
            return false;
        ((numres_status_member *)(void *)place)->value = status;
        break;
    }
    case NUMRES_VALUE_TIMESTAMP:
        if (!read_timestamp(object, bytes, length,
                            &((numres_timestamp_member *)(void *)place)->value))
            return false;
        break;
    case NUMRES_VALUE_DIALLED:
        if (object->limits->check_e164 && !numres_text_is_e164(text))
            return false;
        break;
    case NUMRES_VALUE_INTEGER:
    case NUMRES_VALUE_CONTAINER:
        return false;
    }
    now->present |= bit;
    now->counted += length;
    object->record->raw[step->field.number] = text;
    *(numres_text *)(void *)(now->record + step->field.text_offset) = text;
    return true;
}

/* The plain string at `*at`, as learned or of another length. NULL: something
   that is read byte by byte. */
static inline const unsigned char *plain_text_end(numres_fast_step *step,
                                                  const unsigned char *text) {
    unsigned int length = step->text_length;
    if (has_text_length(text, length))
        return text + step->text_length;
    if (!find_text_length(text, &length))
        return NULL;
    step->text_length = (uint8_t)length;
    return text + length;
}

numres_fast_answer FAST_MEMBERS(numres_fast_object *object) {
    numres_fast_order *order = object->order;
    const unsigned char *at = object->at;
    const unsigned char *soft_end = object->soft_end;
    filling now = {(char *)&object->record->value, object->record->present,
                   object->record->counted};
    numres_fast_answer answer = NUMRES_FAST_WHOLE;
    unsigned int next = order != NULL ? order->next : 0;
    while (answer == NUMRES_FAST_WHOLE) {
        numres_fast_step *step = NULL;
        /* The comma. */
        if (!object->is_first) {
            if (at < soft_end && *at == ',')
                at++;
            else if ((answer = numres_fast_separator(&at, object->end)) != NUMRES_FAST_WHOLE)
                break;
        }
        /* The name. */
        if (order != NULL && order->next < NUMRES_FAST_STEPS && at < soft_end &&
            is_lead(&order->steps[order->next], at)) {
            step = &order->steps[order->next++];
            at += step->lead_length;
        } else if ((answer = numres_fast_name(object, &at, &step)) != NUMRES_FAST_WHOLE) {
            break;
        }
        /* The value. */
        const unsigned char *text_end = NULL;
        if (at < soft_end && *at == '"')
            text_end = plain_text_end(step, at + 1);
        if (text_end != NULL && step->place != NUMRES_FAST_UNKNOWN) {
            if (!take_text(object, &now, step, at + 1, (size_t)(text_end - at - 1))) {
                answer = NUMRES_FAST_SURPRISE;
                break;
            }
            at = text_end + 1;
        } else if (text_end != NULL) {
            at = text_end + 1;
        } else {
            object->record->present = now.present;
            object->record->counted = now.counted;
            answer = numres_fast_value(object, step, &at);
            now.present = object->record->present;
            now.counted = object->record->counted;
            if (answer != NUMRES_FAST_WHOLE)
                break;
        }
        object->at = at;
        object->complete++;
        object->is_first = false;
        if (order != NULL)
            next = order->next;
    }
    /* What is to be read again is expected again. */
    if (order != NULL && answer >= NUMRES_FAST_MORE)
        order->next = next;
    object->record->present = now.present;
    object->record->counted = now.counted;
    if (answer == NUMRES_FAST_CLOSED)
        object->at = at;
    return answer;
}
