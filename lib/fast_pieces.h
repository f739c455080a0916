/*
 * Reading an object by its pieces, 32 bytes at a time. This is compiled once for
 * each SIMD level by a file that sets NUMRES_SIMD_BYTES and names the function by
 * FAST_PIECES.
 */
#include <string.h>

#include "count.h"
#include "fast_segments.h"
#include "simd.h"
#include "status.h"
#include "timestamp.h"

#if defined(__GNUC__)
#define USUALLY(condition) __builtin_expect((condition), 1)
#define FAST_OUTLINE __attribute__((noinline))
#else
#define USUALLY(condition) (condition)
#define FAST_OUTLINE
#endif
/* Only in optimised builds: otherwise coverage would count the branches of every
   inlined copy separately. */
#if defined(__GNUC__) && defined(__OPTIMIZE__)
#define FAST_INLINE __attribute__((always_inline))
#else
#define FAST_INLINE
#endif

/* Where reading stands; inlined functions alone are given its address, so that it
   is kept in registers. */
typedef struct reading {
    const unsigned char *at; /* behind the last piece */
    numres_fast_object *object;
    char *fields; /* the public record's first byte */
    size_t room;  /* text that the record may still hold */
    size_t longest;
    unsigned int complete;
    simd_plain plain;
} reading;

static inline FAST_INLINE void start(reading *now, numres_fast_object *object,
                                     const numres_piece *piece) {
    bool at_brace = piece->begins_object && object->is_first;
    now->at = object->at - (at_brace ? 1 : 0);
    now->object = object;
    now->fields = (char *)&object->record->value;
    now->room = object->limits->max_record_text - object->record->counted;
    now->longest = object->limits->max_value_length;
    now->complete = 0;
    now->plain = simd_plain_make();
}

/* Tells the object where reading stands: it has these members. */
static inline FAST_INLINE void tell(const reading *now, const unsigned char *at, uint32_t present) {
    numres_fast_object *object = now->object;
    object->at = at;
    object->is_first = false;
    object->complete += now->complete;
    object->record->present = present;
    object->record->counted = object->limits->max_record_text - now->room;
}

/* The piece is not read. */
static inline FAST_INLINE numres_fast_answer leave(const reading *now, const numres_piece *piece,
                                                   numres_fast_answer answer) {
    if (now->complete > 0)
        tell(now, now->at, piece->before);
    return answer;
}

/* So where it may have told the record something, which is undone. */
static FAST_OUTLINE void undo(const numres_fast_object *object, const numres_piece *piece) {
    uint32_t told = (uint32_t)(piece->after & ~piece->before);
    for (; told != 0; told &= told - 1)
        numres_record_neutralise(object->record, (unsigned int)__builtin_ctz(told));
}

/* Whether the bytes that stay the same are there. */
static inline FAST_INLINE bool is_piece(const numres_segments *segments, const numres_piece *piece,
                                        const unsigned char *at) {
    const unsigned char *bytes = segments->bytes + piece->bytes;
    const uint32_t *masks = segments->masks + piece->mask;
    const uint32_t *const masks_end = masks + piece->vectors;
    uint32_t wrong = 0;
    do {
        wrong |= ~simd_equal32(at, bytes) & *masks++;
        at += 32;
        bytes += 32;
    } while (masks < masks_end);
    NUMRES_COUNT(FAST_PIECES, piece->length);
    return wrong == 0;
}

/* Values of a fixed form. */

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

/* A timestamp of the usual length; 32 bytes from its start can be read. */
static inline FAST_INLINE bool read_timestamp(numres_fast_date *date, const unsigned char *text,
                                              numres_timestamp *timestamp) {
    enum { USUAL_LENGTH = 27, DATE_LENGTH = 11 };
    simd_clock clock;
    if (!USUALLY(read_date(date, text) && simd_read_clock(text + DATE_LENGTH, &clock)))
        return numres_timestamp_parse((const char *)text, USUAL_LENGTH, timestamp);
    timestamp->seconds = date->seconds + clock.seconds;
    timestamp->nanoseconds = clock.microseconds * 1000;
    timestamp->offset_minutes = 0;
    timestamp->fraction_digits = 6;
    timestamp->unknown_offset = false;
    timestamp->leap_second = false;
    return true;
}

static inline FAST_INLINE void set_text(const reading *now, uint16_t text_offset, const void *bytes,
                                        size_t length) {
    numres_text text = {bytes, length};
    *(numres_text *)(void *)(now->fields + text_offset) = text;
}

static inline FAST_INLINE bool take_timestamps(const reading *now, const numres_segments *segments,
                                               const numres_piece *piece) {
    const numres_piece_timestamp *timestamp = segments->timestamps + piece->timestamp;
    for (unsigned int i = 0; i < piece->timestamps; i++, timestamp++) {
        const unsigned char *text = now->at + timestamp->place;
        void *field = now->fields + timestamp->offset;
        if (!USUALLY(read_timestamp(now->object->date, text,
                                    &((numres_timestamp_member *)field)->value)))
            return false;
        NUMRES_COUNT(FAST_PIECES, 27);
        set_text(now, timestamp->text_offset, text, 27);
    }
    return true;
}

/* The value that a piece ends in: each answers the byte behind it, or NULL. */

/* What is no short plain string, and what must be judged. */
static FAST_OUTLINE const unsigned char *take_other(numres_fast_object *object,
                                                    const numres_piece *piece,
                                                    const unsigned char *value, size_t *room) {
    numres_record *record = object->record;
    const unsigned char *at = value;
    if (value >= object->window->end)
        return NULL;
    record->counted = object->limits->max_record_text - *room;
    numres_fast_answer answer = *value == '"' ? numres_fast_text(object, &piece->field, &at)
                                              : numres_fast_literal(object, &piece->field, &at);
    *room = object->limits->max_record_text - record->counted;
    return answer == NUMRES_FAST_WHOLE ? at : NULL;
}

static inline FAST_INLINE const unsigned char *take_text(reading *now, const numres_piece *piece,
                                                         const unsigned char *value) {
    const unsigned char *text = value + 1;
    uint32_t not_plain = simd_not_plain32(&now->plain, text);
    size_t length = 0;
    if (not_plain == 0) {
        length = 32;
        not_plain = simd_not_plain32(&now->plain, text + 32);
    }
    length += (size_t)__builtin_ctz(not_plain | UINT32_C(1) << 31);
    if (!USUALLY(*value == '"' && text[length] == '"' && length <= now->room &&
                 length <= now->longest))
        return NULL;
    NUMRES_COUNT(FAST_PIECES, length + 2);
    now->room -= length;
    set_text(now, piece->field.text_offset, text, length);
    return text + length + 1;
}

static inline FAST_INLINE bool is_status(const unsigned char *text, unsigned int status) {
    size_t length = numres_status_words[status].length;
    return text[length] == '"' && numres_status_is(text, length, status);
}

static inline FAST_INLINE const unsigned char *take_status(reading *now, numres_piece *piece,
                                                           const unsigned char *value) {
    const unsigned char *text = value + 1;
    unsigned int status = piece->status;
    if (*value != '"')
        return NULL;
    if (!USUALLY(is_status(text, status)))
        for (status = 1; status < NUMRES_STATUS_COUNT && !is_status(text, status);)
            status++;
    if (status == NUMRES_STATUS_COUNT)
        return NULL;
    const numres_status_word *word = &numres_status_words[status];
    void *field = now->fields + piece->field.offset;
    if (word->length > now->room || word->length > now->longest)
        return NULL;
    NUMRES_COUNT(FAST_PIECES, word->length + 2);
    piece->status = (uint8_t)status;
    now->room -= word->length;
    ((numres_status_member *)field)->value = (numres_status)status;
    set_text(now, piece->field.text_offset, word->bytes, word->length);
    return text + word->length + 1;
}

/* A literal ends only where another token begins: as a rule, at a comma. */
static inline FAST_INLINE const unsigned char *
take_boolean(const reading *now, const numres_piece *piece, const unsigned char *value) {
    bool is_true = memcmp(value, "true,", 5) == 0;
    if (!is_true && memcmp(value, "false,", 6) != 0)
        return NULL;
    numres_record_set_boolean(now->object->record, &piece->field, is_true);
    return value + (is_true ? 4 : 5);
}

static FAST_OUTLINE const unsigned char *skip_unknown(const numres_fast_object *object,
                                                      const unsigned char *value) {
    const unsigned char *at = value;
    if (value >= object->window->end ||
        numres_fast_skip(&at, object->window->end, object->depth) != NUMRES_FAST_WHOLE)
        return NULL;
    return at;
}

static inline FAST_INLINE const unsigned char *take_value(reading *now, numres_piece *piece,
                                                          const unsigned char *value) {
    const unsigned char *end = NULL;
    switch ((numres_piece_end)piece->ends_in) {
    case NUMRES_PIECE_TEXT:
        end = take_text(now, piece, value);
        break;
    case NUMRES_PIECE_STATUS:
        end = take_status(now, piece, value);
        break;
    case NUMRES_PIECE_BOOLEAN:
        end = take_boolean(now, piece, value);
        break;
    case NUMRES_PIECE_UNKNOWN:
        return skip_unknown(now->object, value);
    case NUMRES_PIECE_JUDGED:
        break;
    case NUMRES_PIECE_NOTHING:
    case NUMRES_PIECE_BRACKET:
    case NUMRES_PIECE_BRACE:
        return value;
    }
    if (!USUALLY(end != NULL)) {
        size_t room = now->room;
        end = take_other(now->object, piece, value, &room);
        now->room = room;
    }
    return end;
}

numres_fast_answer FAST_PIECES(numres_fast_object *object, numres_segments *segments,
                               numres_piece *piece) {
    const unsigned char *const readable_end = object->window->readable_end;
    reading now;
    start(&now, object, piece);
    if (now.at < object->window->readable_start ||
        (piece->begins_object && !object->is_first && (now.at == readable_end || *now.at != ',')))
        return NUMRES_FAST_OTHER;
    for (;; piece++) {
        if (!USUALLY(readable_end - now.at >= piece->reach))
            return leave(&now, piece, NUMRES_FAST_NEAR_END);
        if (!USUALLY(is_piece(segments, piece, now.at) && piece->counted <= now.room))
            return leave(&now, piece, NUMRES_FAST_OTHER);
        size_t room = now.room;
        now.room -= piece->counted;
        const unsigned char *end = NULL;
        if (USUALLY(take_timestamps(&now, segments, piece)))
            end = take_value(&now, piece, now.at + piece->length);
        if (!USUALLY(end != NULL)) {
            now.room = room;
            undo(object, piece);
            return leave(&now, piece, NUMRES_FAST_OTHER);
        }
        if (piece->type_offset != NUMRES_PIECE_NO_TYPE) /* it was compared */
            set_text(&now, piece->type_offset, object->type.bytes, object->type.length);
        now.complete += piece->members;
        if (piece->ends_in >= NUMRES_PIECE_BRACKET) {
            tell(&now, end, piece->after);
            object->bracket = end - 1;
            object->place = piece->place;
            return piece->ends_in == NUMRES_PIECE_BRACE ? NUMRES_FAST_CLOSED
                                                        : NUMRES_FAST_CONTAINER;
        }
        now.at = end;
    }
}
