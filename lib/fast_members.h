/*
 * Reading members that are known, 32 bytes at a time, in the learned order or
 * in any. This is compiled once for each SIMD level by a file that sets
 * NUMRES_SIMD_BYTES and names the function by FAST_MEMBERS.
 *
 * In the learned order a member costs no work that waits for the one before:
 * where the next one begins follows from the lengths that were learned, and the
 * comparisons only confirm it.
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
#define FAST_OUTLINE __attribute__((noinline))
#else
#define USUALLY(condition) (condition)
#define FAST_OUTLINE
#endif
/* Not where nothing is optimised: each copy would count its own branches there. */
#if defined(__GNUC__) && defined(__OPTIMIZE__)
#define FAST_INLINE __attribute__((always_inline))
#else
#define FAST_INLINE
#endif

/* Where reading stands, and what is needed at every member. All that is given
   its address is inlined, so that it is kept in registers. */
typedef struct filling {
    const unsigned char *at;   /* behind the last member */
    const unsigned char *fast; /* how far members are read as they are expected */
    numres_fast_step *next;    /* the expected one */
    unsigned int before;       /* what is at `at`: a comma; before the first, its brace */
    unsigned char brace;       /* 1: the brace, which was read */
    uint32_t present;
    uint32_t unjudged;         /* members whose texts are taken, but not judged */
    unsigned int out_of_order; /* members that were not the expected ones */
    uint64_t complete;
    char *record; /* the public record's first byte */
    size_t room;  /* text that the record may still hold */
    size_t longest;
    simd_plain plain;
} filling;

static inline FAST_INLINE bool is_lead(const numres_fast_step *step, const unsigned char *at) {
    if ((~simd_equal32(at, step->lead) & step->lead_mask) != 0)
        return false;
    if (USUALLY(step->lead_length <= 32))
        return true;
    enum { REST = NUMRES_FAST_LEAD - 16 };
    uint32_t rest_mask = (UINT32_C(1) << (step->lead_length - REST)) - 1;
    return (~simd_equal16(at + REST, step->lead + REST) & rest_mask) == 0;
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
        object->names->multiplier, numres_text_first_word(name, length), length)];
    if (place >= NUMRES_RECORD_MEMBERS || order->step_of[place] >= NUMRES_FAST_STEPS)
        return NULL;
    numres_fast_step *step = &order->steps[order->step_of[place]];
    return step->place == place && is_lead(step, at) ? step : NULL;
}

/* Whether a plain string of exactly the learned length ends behind it. */
static inline FAST_INLINE bool has_text_length(const simd_plain *plain, const unsigned char *text,
                                               unsigned int length) {
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

/* A timestamp; 32 bytes from its start can be read. */
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

/* Whether a text is what the field's type demands; sets what is beside it. */
static inline FAST_INLINE bool judge_text(const numres_fast_object *object,
                                          const numres_field *field, char *record,
                                          numres_text text) {
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    void *place = record + field->offset;
    numres_status status;
    switch ((numres_value_type)field->type) {
    case NUMRES_VALUE_TEXT:
    case NUMRES_VALUE_CODE:
        return true;
    case NUMRES_VALUE_RECORD_TYPE:
        return is_record_type(numres_record_type(object->record->kind), text);
    case NUMRES_VALUE_STATUS:
        status = numres_status_of(bytes, text.length);
        if (status == NUMRES_STATUS_UNKNOWN)
            return false;
        ((numres_status_member *)place)->value = status;
        return true;
    case NUMRES_VALUE_TIMESTAMP:
        return read_timestamp(object->date, bytes, text.length,
                              &((numres_timestamp_member *)place)->value);
    case NUMRES_VALUE_DIALLED:
        return !object->limits->check_e164 || numres_text_is_e164(text);
    case NUMRES_VALUE_INTEGER:
    case NUMRES_VALUE_BOOLEAN:
    case NUMRES_VALUE_CONTAINER:
        break;
    }
    return false;
}

/* Takes a plain text; false: it is to be judged elsewhere. */
static inline FAST_INLINE bool take_text(const numres_fast_object *object, filling *now,
                                         const numres_fast_step *step, numres_text text,
                                         bool in_any_order) {
    uint32_t bit = UINT32_C(1) << step->field.number;
    if ((now->present & bit) != 0 || text.length > now->longest || text.length > now->room)
        return false;
    if (in_any_order && step->field.text_offset == NUMRES_NO_TEXT)
        return false;
    if (in_any_order)
        now->unjudged |= bit;
    else if (!judge_text(object, &step->field, now->record, text))
        return false;
    now->present |= bit;
    now->room -= text.length;
    *(numres_text *)(void *)(now->record + step->field.text_offset) = text;
    return true;
}

/* Judges the texts that were taken, in an order that can be foreseen. If one is
   not right, all are as if they had not been taken since the object was told. */
static inline FAST_INLINE bool judge(const numres_fast_object *object, filling *now) {
    const numres_field *fields = numres_record_fields(object->record->kind);
    uint32_t left = now->unjudged;
    now->unjudged = 0;
    for (; left != 0; left &= left - 1) {
        const numres_field *field = &fields[__builtin_ctz(left)];
        const numres_text *text = (const numres_text *)(void *)(now->record + field->text_offset);
        if (!USUALLY(judge_text(object, field, now->record, *text)))
            break;
    }
    if (USUALLY(left == 0))
        return true;
    uint32_t taken = now->present & ~object->record->present;
    for (; taken != 0; taken &= taken - 1)
        numres_record_neutralise(object->record, (unsigned int)__builtin_ctz(taken));
    return false;
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

/* Takes from the object where reading stands. A first member whose brace cannot
   be looked at is read byte by byte. */
static inline FAST_INLINE void resume(filling *now, const numres_fast_object *object,
                                      bool in_any_order) {
    enum { NO_BYTE = 256 };
    bool has_brace = object->is_first && object->at > object->window->readable_start;
    now->brace = has_brace ? 1 : 0;
    now->at = object->at - now->brace;
    now->before = has_brace ? *now->at : object->is_first ? NO_BYTE : ',';
    now->complete = object->complete;
    now->present = object->record->present;
    now->room = object->limits->max_record_text - object->record->counted;
    now->next = in_any_order || object->order != NULL ? object->order->next : NULL;
}

static inline FAST_INLINE void start_filling(filling *now, const numres_fast_object *object,
                                             bool in_any_order) {
    resume(now, object, in_any_order);
    const numres_fast_window *window = object->window;
    bool has_room = window->readable_end - now->at > NUMRES_FAST_SPAN;
    now->fast = has_room && object->order != NULL ? window->readable_end - NUMRES_FAST_SPAN
                                                  : window->readable_start;
    now->unjudged = 0;
    now->out_of_order = 0;
    now->record = (char *)&object->record->value;
    now->longest = object->limits->max_value_length;
    now->plain = simd_plain_make();
}

/* Tells the object where reading stands. */
static inline FAST_INLINE void tell(const filling *now, numres_fast_object *object) {
    const unsigned char *at = now->at + now->brace;
    NUMRES_COUNT(FAST_MEMBERS, at - object->at);
    object->at = at;
    object->is_first = object->is_first && now->complete == 0;
    object->complete = now->complete;
    object->record->present = now->present;
    object->record->counted = object->limits->max_record_text - now->room;
    if (object->order == NULL)
        return;
    object->order->next = now->next;
    if (now->complete > 1)
        object->order->is_any = now->out_of_order > now->complete / 2;
}

/* The expected member, or another one that is known. NULL: it is to be read
   byte by byte. */
static inline FAST_INLINE numres_fast_step *known_step(const numres_fast_object *object,
                                                       filling *now, bool in_any_order) {
    if (!USUALLY(now->at < now->fast && *now->at == now->before))
        return NULL;
    if (!in_any_order && USUALLY(is_lead(now->next, now->at)))
        return now->next;
    numres_fast_step *step = find_step(object, &now->plain, now->at);
    now->out_of_order += step != NULL && step != now->next ? 1 : 0;
    return step;
}

static inline FAST_INLINE bool is_closing(const filling *now) {
    return now->at < now->fast && *now->at == '}' && now->brace == 0;
}

static inline FAST_INLINE bool is_near_end(const numres_fast_object *object, const filling *now) {
    return now->at >= now->fast && object->order != NULL && !object->window->is_tail;
}

/* The end of the value, if it is a short plain string and right: then it is
   taken. NULL: it is to be read byte by byte. */
static inline FAST_INLINE const unsigned char *take_value(const numres_fast_object *object,
                                                          filling *now, numres_fast_step *step,
                                                          const unsigned char *value,
                                                          bool in_any_order) {
    const unsigned char *end;
    if (!USUALLY(*value == '"' && (end = plain_text_end(&now->plain, step, value + 1)) != NULL))
        return NULL;
    numres_text text = {(const char *)value + 1, (size_t)(end - value - 1)};
    return take_text(object, now, step, text, in_any_order) ? end + 1 : NULL;
}

/* What is not read as expected: `step` is the member, if it is known. */
static FAST_OUTLINE numres_fast_answer read_otherwise(numres_fast_object *object,
                                                      const filling *now, numres_fast_step *step) {
    const unsigned char *member = now->at;
    numres_fast_answer answer;
    if (step != NULL) {
        answer = numres_fast_value(object, step->place, member + step->lead_length);
        if (answer == NUMRES_FAST_WHOLE || answer == NUMRES_FAST_CONTAINER)
            object->order->next = step + 1;
    } else if (is_near_end(object, now)) {
        answer = NUMRES_FAST_NEAR_END;
    } else {
        answer = numres_fast_member(object);
    }
    NUMRES_COUNT(FAST_MEMBERS, object->at - member);
    return answer;
}

static inline FAST_INLINE numres_fast_answer read_members(numres_fast_object *object,
                                                          bool in_any_order) {
    filling now;
    object->complete = 0;
    start_filling(&now, object, in_any_order);
    for (;;) {
        numres_fast_step *step = known_step(object, &now, in_any_order);
        const unsigned char *end = NULL;
        if (USUALLY(step != NULL))
            end = take_value(object, &now, step, now.at + step->lead_length, in_any_order);
        if (USUALLY(end != NULL)) {
            now.at = end;
            now.next = step + 1;
            now.before = ',';
            now.brace = 0;
            now.complete++;
            continue;
        }
        if (in_any_order && !judge(object, &now))
            return NUMRES_FAST_SURPRISE;
        if (USUALLY(step == NULL && is_closing(&now))) {
            now.at++;
            tell(&now, object);
            return NUMRES_FAST_CLOSED;
        }
        tell(&now, object);
        filling copy = now; /* which stays in registers */
        numres_fast_answer answer = read_otherwise(object, &copy, step);
        if (answer != NUMRES_FAST_WHOLE)
            return answer;
        resume(&now, object, in_any_order);
    }
}

static FAST_OUTLINE numres_fast_answer read_in_any_order(numres_fast_object *object) {
    return read_members(object, true);
}

numres_fast_answer FAST_MEMBERS(numres_fast_object *object) {
    if (!USUALLY(object->order == NULL || !object->order->is_any))
        return read_in_any_order(object);
    return read_members(object, false);
}
