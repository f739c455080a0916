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

#include "count.h"
#include "fast_object.h"
#include "simd.h"
#include "status.h"
#include "text.h"
#include "timestamp.h"

#if defined(__GNUC__)
#define USUALLY(condition) __builtin_expect((condition), 1)
#else
#define USUALLY(condition) (condition)
#endif
/* Not where nothing is optimised: each copy would count its own branches there. */
#if defined(__GNUC__) && defined(__OPTIMIZE__)
#define FAST_INLINE __attribute__((always_inline))
#else
#define FAST_INLINE
#endif

/* What is needed at every member, kept at hand. */
typedef struct filling {
    char *record; /* the public record's first byte */
    numres_text *raw;
    uint32_t present;
    size_t room; /* text that the record may still hold */
    size_t longest;
    numres_text record_type;
    simd_plain plain;
} filling;

static inline FAST_INLINE bool is_lead(const numres_fast_step *step, const unsigned char *at) {
    uint32_t low = ~simd_equal32(at, step->lead) & (uint32_t)step->lead_mask;
    if (low != 0)
        return false;
    if (USUALLY(step->lead_length <= 32))
        return true;
    uint32_t high_mask = (UINT32_C(1) << (step->lead_length - 32)) - 1;
    return (~simd_equal16(at + 32, step->lead + 32) & high_mask) == 0;
}

/* The step of the member at `at`, where another one was expected: behind the
   usual white space its name tells. NULL: it is to be read byte by byte. */
static inline FAST_INLINE numres_fast_step *
find_step(const numres_fast_object *object, const simd_plain *plain, const unsigned char *at) {
    numres_fast_order *order = object->order;
    const unsigned char *name = at + order->name_offset;
    uint32_t not_plain = simd_not_plain32(plain, name);
    if (not_plain == 0 || object->names->multiplier == 0)
        return NULL;
    size_t length = (size_t)__builtin_ctz(not_plain);
    uint8_t place = object->names->places[numres_fast_names_slot(
        object->names->multiplier, numres_fast_names_word(name, length), length)];
    if (place >= NUMRES_RECORD_MEMBERS || order->step_of[place] >= NUMRES_FAST_STEPS)
        return NULL;
    numres_fast_step *step = &order->steps[order->step_of[place]];
    return step->place == place && is_lead(step, at) ? step : NULL;
}

/* Whether a plain string of exactly the learned length ends behind it. */
static inline FAST_INLINE bool has_text_length(const simd_plain *plain, const unsigned char *text,
                                               unsigned int length) {
    if (length < 32) {
        uint32_t up_to_quote = (UINT32_C(2) << length) - 1;
        return text[length] == '"' &&
               (simd_not_plain32(plain, text) & up_to_quote) == UINT32_C(1) << length;
    }
    uint64_t not_plain =
        simd_not_plain32(plain, text) | (uint64_t)simd_not_plain32(plain, text + 32) << 32;
    uint64_t up_to_quote = (UINT64_C(2) << length) - 1;
    return text[length] == '"' && (not_plain & up_to_quote) == UINT64_C(1) << length;
}

/* The length of the plain string at `text`, if it is less than 64. */
static inline FAST_INLINE bool find_text_length(const simd_plain *plain, const unsigned char *text,
                                                unsigned int *length) {
    uint64_t not_plain =
        simd_not_plain32(plain, text) | (uint64_t)simd_not_plain32(plain, text + 32) << 32;
    if (not_plain == 0)
        return false;
    *length = (unsigned int)__builtin_ctzll(not_plain);
    return text[*length] == '"';
}

/* Whether text of which 16 bytes can be read begins with a date and a T; the
   one that came last is not read again. */
static inline FAST_INLINE bool read_date(numres_fast_date *known, const unsigned char *text) {
    enum { DATE_BITS = 0x7FF, SECONDS_PER_DAY = 86400 };
    simd_date date;
    if (USUALLY((simd_equal16(text, known->text) & DATE_BITS) == DATE_BITS))
        return true;
    if (!simd_read_date(text, &date) || !numres_is_date(date.year, date.month, date.day))
        return false;
    int64_t days = (int64_t)numres_days_before(date.year, date.month, date.day);
    memcpy(known->text, text, sizeof known->text);
    known->seconds = (days - NUMRES_EPOCH_DAYS) * SECONDS_PER_DAY;
    return true;
}

/* A timestamp of which NUMRES_FAST_SPAN bytes can be read. */
static inline FAST_INLINE bool read_timestamp(numres_fast_date *date, const unsigned char *text,
                                              size_t length, numres_timestamp *timestamp) {
    enum { USUAL_LENGTH = 27, DATE_LENGTH = 11 };
    simd_clock clock;
    if (!USUALLY(length == USUAL_LENGTH && read_date(date, text) &&
                 simd_read_clock(text + DATE_LENGTH, &clock)))
        return numres_timestamp_parse((const char *)text, length, timestamp);
    timestamp->seconds = date->seconds + clock.seconds;
    timestamp->nanoseconds = clock.microseconds * 1000;
    timestamp->offset_minutes = 0;
    timestamp->fraction_digits = 6;
    timestamp->unknown_offset = false;
    timestamp->leap_second = false;
    return true;
}

/* Names of record types have 16 bytes and more: two comparisons tell. */
static inline FAST_INLINE bool is_record_type(numres_text expected, numres_text text) {
    if (text.length != expected.length)
        return false;
    if (expected.length < 16)
        return memcmp(text.bytes, expected.bytes, expected.length) == 0;
    size_t rest = expected.length - 16;
    return rest <= 16 && (simd_equal16(text.bytes, expected.bytes) &
                          simd_equal16(text.bytes + rest, expected.bytes + rest)) == 0xFFFF;
}

/* Takes a plain text that has NUMRES_FAST_SPAN readable bytes; false: it is not right. */
static inline FAST_INLINE bool take_text(numres_fast_object *object, filling *now,
                                         const numres_fast_step *step, const unsigned char *bytes,
                                         size_t length) {
    char *place = now->record + step->field.offset;
    uint32_t bit = UINT32_C(1) << step->field.number;
    numres_text text = {(const char *)bytes, length};
    if ((now->present & bit) != 0 || length > now->longest || length > now->room)
        return false;
    switch ((numres_value_type)step->field.type) {
    case NUMRES_VALUE_TEXT:
    case NUMRES_VALUE_CODE:
        break;
    case NUMRES_VALUE_RECORD_TYPE:
        if (!is_record_type(now->record_type, text))
            return false;
        break;
    case NUMRES_VALUE_STATUS: {
        numres_status status = numres_status_of(bytes, length);
        if (status == NUMRES_STATUS_UNKNOWN)
            return false;
        ((numres_status_member *)(void *)place)->value = status;
        break;
    }
    case NUMRES_VALUE_TIMESTAMP:
        if (!read_timestamp(object->date, bytes, length,
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
    now->room -= length;
    now->raw[step->field.number] = text;
    *(numres_text *)(void *)(now->record + step->field.text_offset) = text;
    return true;
}

/* The end of the plain string at `text`, as long as learned or not. NULL:
   something that is read byte by byte. */
static inline FAST_INLINE const unsigned char *
plain_text_end(const simd_plain *plain, numres_fast_step *step, const unsigned char *text) {
    unsigned int length = step->text_length;
    if (USUALLY(has_text_length(plain, text, length)))
        return text + step->text_length;
    if (!find_text_length(plain, text, &length))
        return NULL;
    step->text_length = (uint8_t)length;
    return text + length;
}

static inline FAST_INLINE void start_filling(filling *now, const numres_fast_object *object) {
    numres_record *record = object->record;
    now->record = (char *)&record->value;
    now->raw = record->raw;
    now->present = record->present;
    now->room = object->limits->max_record_text - record->counted;
    now->longest = object->limits->max_value_length;
    now->record_type = numres_record_type(record->kind);
    now->plain = simd_plain_make();
}

static inline FAST_INLINE void end_filling(const filling *now, const numres_fast_object *object) {
    object->record->present = now->present;
    object->record->counted = object->limits->max_record_text - now->room;
}

/* Where reading stands. The functions below are inlined, so that it is kept in
   registers: what reads byte by byte is given copies. */
typedef struct standing {
    const unsigned char *at;
    unsigned int next; /* the expected step */
    bool is_first;
} standing;

static inline FAST_INLINE numres_fast_answer read_comma(const numres_fast_object *object,
                                                        standing *here) {
    if (here->is_first)
        return NUMRES_FAST_WHOLE;
    if (USUALLY(here->at < object->soft_end && *here->at == ',')) {
        here->at++;
        return NUMRES_FAST_WHOLE;
    }
    const unsigned char *slow = here->at;
    numres_fast_answer answer = numres_fast_separator(&slow, object->end);
    here->at = slow;
    return answer;
}

/* The expected member, or another one that is known. */
static inline FAST_INLINE numres_fast_step *known_step(const numres_fast_object *object,
                                                       const filling *now, standing *here) {
    numres_fast_order *order = object->order;
    if (order == NULL || here->at >= object->soft_end)
        return NULL;
    numres_fast_step *step = &order->steps[here->next];
    if (USUALLY(here->next < NUMRES_FAST_STEPS && is_lead(step, here->at))) {
        here->next++;
    } else {
        step = find_step(object, &now->plain, here->at);
        if (step == NULL)
            return NULL;
        here->next = (unsigned int)(step - order->steps) + 1;
    }
    here->at += step->lead_length;
    return step;
}

static inline FAST_INLINE numres_fast_answer read_name(numres_fast_object *object,
                                                       const filling *now, standing *here,
                                                       numres_fast_step **step) {
    *step = known_step(object, now, here);
    if (USUALLY(*step != NULL))
        return NUMRES_FAST_WHOLE;
    const unsigned char *slow = here->at;
    numres_fast_step *found = NULL;
    if (object->order != NULL)
        object->order->next = here->next;
    object->is_first = here->is_first;
    numres_fast_answer answer = numres_fast_name(object, &slow, &found);
    if (object->order != NULL)
        here->next = object->order->next;
    here->at = slow;
    *step = found;
    return answer;
}

static inline FAST_INLINE numres_fast_answer read_value(numres_fast_object *object, filling *now,
                                                        standing *here, numres_fast_step *step) {
    const unsigned char *text_end = NULL;
    if (USUALLY(here->at < object->soft_end && *here->at == '"'))
        text_end = plain_text_end(&now->plain, step, here->at + 1);
    if (USUALLY(text_end != NULL)) {
        const unsigned char *text = here->at + 1;
        if (step->place != NUMRES_FAST_UNKNOWN &&
            !take_text(object, now, step, text, (size_t)(text_end - text)))
            return NUMRES_FAST_SURPRISE;
        here->at = text_end + 1;
        return NUMRES_FAST_WHOLE;
    }
    const unsigned char *slow = here->at;
    end_filling(now, object);
    numres_fast_answer answer = numres_fast_value(object, step, &slow);
    now->present = object->record->present;
    now->room = object->limits->max_record_text - object->record->counted;
    here->at = slow;
    return answer;
}

numres_fast_answer FAST_MEMBERS(numres_fast_object *object) {
    numres_fast_order *const order = object->order;
    standing here = {object->at, order != NULL ? order->next : 0, object->is_first};
    standing behind_member = here;
    numres_fast_step *step;
    numres_fast_answer answer;
    filling now;
    start_filling(&now, object);
    object->complete = 0;
    while ((answer = read_comma(object, &here)) == NUMRES_FAST_WHOLE &&
           (answer = read_name(object, &now, &here, &step)) == NUMRES_FAST_WHOLE &&
           (answer = read_value(object, &now, &here, step)) == NUMRES_FAST_WHOLE) {
        here.is_first = false;
        behind_member = here;
        object->complete++;
    }
    end_filling(&now, object);
    NUMRES_COUNT(FAST_MEMBERS, here.at - object->at);
    object->at = answer == NUMRES_FAST_CLOSED ? here.at : behind_member.at;
    /* What is to be read again is expected again. */
    if (order != NULL)
        order->next = answer >= NUMRES_FAST_MORE ? behind_member.next : here.next;
    return answer;
}
