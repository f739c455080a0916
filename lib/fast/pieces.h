/*
 * A program, not an interface: reads an object by its pieces, 32 bytes at a time. Each SIMD
 * level compiles it once, in a file that sets NUMRES_SIMD_BYTES. FAST_PIECES names the
 * function.
 */
#include <string.h>

#include "../base/count.h"
#include "../schema/status.h"
#include "../schema/timestamp.h"
#include "segments.h"
#include "simd.h"

#define USUALLY(condition) __builtin_expect((condition), 1)
#define FAST_OUTLINE __attribute__((noinline))
/* Where the loop that reads most of a page lies in a cache line changes its time by up to a
   tenth. Aligned, it does not depend on the functions before it. */
#define FAST_ALIGNED __attribute__((aligned(64)))
/* Only in optimised builds: otherwise coverage would count the branches of every
   inlined copy separately. */
#ifdef __OPTIMIZE__
#define FAST_INLINE __attribute__((always_inline))
#else
#define FAST_INLINE
#endif

/* Pieces that matched, one after the other, and that the object does not have yet. Only
   inlined functions take its address, so that it stays in registers. */
typedef struct piece_reading {
    const unsigned char *at; /* after the last piece */
    numres_fast_object *object;
    const numres_piece *first;
    char *fields; /* the public record's first byte */
    size_t texts; /* length of the texts that these pieces ended in */
} piece_reading;

static inline FAST_INLINE void begin_reading(piece_reading *reading, numres_fast_object *object,
                                             const numres_piece *first) {
    reading->at = first->start.begins_object ? object->start : object->at;
    reading->object = object;
    reading->first = first;
    reading->fields = (char *)&object->record->value;
    reading->texts = 0;
}

static inline FAST_INLINE void set_text(const piece_reading *reading, uint16_t text_offset,
                                        const void *bytes, size_t length) {
    numres_text text = {bytes, length};
    *(numres_text *)(void *)(reading->fields + text_offset) = text;
}

/* Gives these pieces to the object, which then has the members `present`. `members` and
   `counted` are the sums where they end. A record type that was part of the compared
   bytes gets the library's constant as its text. */
static inline FAST_INLINE void commit(const piece_reading *reading, uint32_t present,
                                      unsigned int members, unsigned int counted) {
    numres_fast_object *object = reading->object;
    const numres_piece *first = reading->first;
    object->at = reading->at;
    object->is_first = false;
    object->members_read += members - first->members_before;
    object->record->present = present;
    object->record->counted += reading->texts + counted - first->counted_before;
    if ((present & ~(uint32_t)first->start.before & ~object->record->null & object->type_bit) != 0)
        set_text(reading, object->type_offset, object->type.bytes, object->type.length);
}

/* Gives the pieces before this one, which does not match, to the object. */
static inline FAST_INLINE void commit_before(const piece_reading *reading,
                                             const numres_piece *piece) {
    if (piece != reading->first)
        commit(reading, piece->start.before, piece->members_before, piece->counted_before);
}

/* Makes the fields neutral that the piece may have set. */
static FAST_OUTLINE void undo(const numres_fast_object *object, const numres_piece *piece) {
    uint32_t members = (uint32_t)(piece->after & ~piece->start.before);
    for (; members != 0; members &= members - 1)
        numres_record_neutralise(object->record, (unsigned int)__builtin_ctz(members));
}

static inline FAST_INLINE uint32_t wrong_bytes(const unsigned char *at, const unsigned char *bytes,
                                               const numres_piece *piece, unsigned int vector) {
    return ~simd_equal32(at + (size_t)32 * vector, bytes + (size_t)32 * vector) &
           piece->masks[vector];
}

/* Whether the piece's fixed bytes are at `at`. */
static inline FAST_INLINE bool is_piece(const numres_segments *segments, const numres_piece *piece,
                                        const unsigned char *at) {
    const unsigned char *bytes = segments->bytes + piece->bytes;
    uint32_t wrong = wrong_bytes(at, bytes, piece, 0);
    for (unsigned int vector = 1; vector < piece->vectors; vector++)
        wrong |= wrong_bytes(at, bytes, piece, vector);
    NUMRES_COUNT(FAST_PIECES, piece->length);
    return wrong == 0;
}

/* Values of a fixed form. */

/* Whether the text (16 readable bytes) begins with a date and a T. Remembers the date, as most
   are the same. */
static inline FAST_INLINE bool remember_date(numres_fast_date *known, const unsigned char *text) {
    enum { DATE_BITS = 0x7FF };
    simd_date date;
    if (USUALLY((simd_equal16(text, known->text) & DATE_BITS) == DATE_BITS))
        return true;
    if (!simd_read_date(text, &date) || !numres_is_date(date.year, date.month, date.day))
        return false;
    known->seconds = numres_seconds_before(date.year, date.month, date.day);
    memcpy(known->text, text, sizeof known->text);
    return true;
}

/* A timestamp of the usual length; 32 bytes from its start can be read. */
static inline FAST_INLINE bool read_timestamp(numres_fast_date *date, const unsigned char *text,
                                              numres_timestamp *timestamp) {
    enum { DATE_LENGTH = 11 };
    simd_clock clock;
    if (!USUALLY(remember_date(date, text) && simd_read_clock(text + DATE_LENGTH, &clock)))
        return numres_timestamp_parse((const char *)text, NUMRES_USUAL_TIMESTAMP, timestamp);
    timestamp->seconds = date->seconds + clock.seconds;
    timestamp->nanoseconds = clock.microseconds * 1000;
    timestamp->offset_minutes = 0;
    timestamp->fraction_digits = 6;
    timestamp->unknown_offset = false;
    timestamp->leap_second = false;
    return true;
}

static inline FAST_INLINE bool take_timestamps(const piece_reading *reading,
                                               const numres_segments *segments,
                                               const numres_piece *piece) {
    const numres_piece_timestamp *timestamp = segments->timestamps + piece->timestamp;
    const numres_piece_timestamp *const end = timestamp + piece->timestamps;
    for (; timestamp < end; timestamp++) {
        const unsigned char *text = reading->at + timestamp->offset_in_piece;
        numres_timestamp_member *member = (void *)(reading->fields + timestamp->field_offset);
        member->text.bytes = (const char *)text;
        member->text.length = NUMRES_USUAL_TIMESTAMP;
        if (!USUALLY(read_timestamp(reading->object->date, text, &member->value)))
            return false;
    }
    return true;
}

/* The value that a piece ends in. Each function returns the byte after it, or NULL. */

/* Slow path: values that are not a short plain string, or that record.c must judge. `uncounted`
   bytes of earlier texts are not in record->counted yet. Returns NULL, having read nothing, if
   the value is not whole and valid, or if the limits then leave less room than pieces need. Sets
   object->is_unfinished if more bytes may complete it. */
static FAST_OUTLINE const unsigned char *take_unusual(numres_fast_object *object,
                                                      const numres_piece *piece,
                                                      const unsigned char *value,
                                                      size_t uncounted) {
    numres_record *record = object->record;
    const size_t counted = record->counted;
    const size_t text_used = record->text_used;
    const unsigned char *at = value;
    if (value >= object->window->end)
        return NULL;
    record->counted += uncounted;
    numres_fast_result result = *value == '"' ? numres_fast_text(object, &piece->field, &at)
                                              : numres_fast_literal(object, &piece->field, &at);
    record->counted -= uncounted;
    if (result == NUMRES_FAST_MORE)
        object->is_unfinished = true;
    if (result == NUMRES_FAST_WHOLE &&
        object->limits->max_record_text - record->counted >= uncounted + NUMRES_SEGMENTS_ROOM) {
        numres_fast_count_long_string(object, value, at);
        return at;
    }
    record->present &= ~(UINT32_C(1) << piece->field.number);
    record->null &= ~(UINT32_C(1) << piece->field.number);
    record->counted = counted;
    record->text_used = text_used;
    return NULL;
}

/* Returns the quote that ends the string at `text`, or NULL if the string is not short and
   plain. NUMRES_FAST_LOOK bytes must be readable. */
static inline FAST_INLINE const unsigned char *short_text_end(const unsigned char *text) {
    uint32_t not_plain = simd_not_plain32(text);
    if (not_plain == 0) {
        text += 32;
        not_plain = simd_not_plain32(text);
        if (not_plain == 0)
            return NULL;
    }
    text += __builtin_ctz(not_plain);
    return USUALLY(*text == '"') ? text : NULL;
}

static inline FAST_INLINE const unsigned char *
take_text(piece_reading *reading, const numres_piece *piece, const unsigned char *value) {
    const unsigned char *end = short_text_end(value + 1);
    if (!USUALLY(*value == '"' && end != NULL))
        return NULL;
    size_t length = (size_t)(end - value - 1);
    NUMRES_COUNT(FAST_PIECES, length + 2);
    reading->texts += length;
    set_text(reading, piece->field.text_offset, value + 1, length);
    return end + 1;
}

/* Returns a piece that may stand where `piece` may, which does not match, and matches at `at`;
   or NULL. */
static FAST_OUTLINE const numres_piece *find_match(const numres_segments *segments,
                                                   const numres_piece *piece,
                                                   const unsigned char *at, ptrdiff_t readable) {
    const numres_piece_start start = piece->start;
    const numres_piece *other = numres_segments_find(segments, segments->pieces, start);
    while (other != NULL &&
           (other == piece || readable < other->reach || !is_piece(segments, other, at)))
        other = numres_segments_find(segments, other + 1, start);
    return other;
}

/* Stores the status that the text begins with, if a quote follows. Returns the word, or NULL. */
static inline FAST_INLINE const numres_status_word *store_status(const numres_fast_object *object,
                                                                 const numres_field *field,
                                                                 const unsigned char *text) {
    uint64_t key = numres_text_first_word(text, NUMRES_STATUS_SHORTEST + 1);
    unsigned int status = numres_fast_words_find(object->statuses, key);
    const numres_status_word *word = &numres_status_words[status];
    numres_status_member *member = (void *)((char *)&object->record->value + field->offset);
    uint32_t same = NUMRES_STATUS_ROOM == 16 ? simd_equal16(text, word->quoted)
                                             : simd_equal32(text, word->quoted);
    if (!USUALLY((~same & word->quoted_mask) == 0))
        return NULL;
    member->value = (numres_status)status;
    member->text.bytes = word->bytes;
    member->text.length = word->length;
    return word;
}

static inline FAST_INLINE const unsigned char *
take_status(piece_reading *reading, const numres_piece *piece, const unsigned char *value) {
    const numres_status_word *word =
        *value == '"' ? store_status(reading->object, &piece->field, value + 1) : NULL;
    if (!USUALLY(word != NULL))
        return NULL;
    NUMRES_COUNT(FAST_PIECES, word->length + 2);
    reading->texts += word->length;
    return value + word->length + 2;
}

/* A literal ends at the next token, which is usually a comma. */
static inline FAST_INLINE const unsigned char *
take_boolean(numres_record *record, const numres_field *field, const unsigned char *value) {
    bool is_true = memcmp(value, "true,", 5) == 0;
    if (!is_true && memcmp(value, "false,", 6) != 0)
        return NULL;
    numres_record_set_boolean(record, field, is_true);
    return value + (is_true ? 4 : 5);
}

/* An integer with so few digits that it is in range. It ends at the next token, which is
   usually a comma or brace. */
static inline FAST_INLINE const unsigned char *
take_integer(const piece_reading *reading, const numres_piece *piece, const unsigned char *value) {
    const unsigned char *at = value;
    uint64_t sum = 0;
    for (; numres_text_is_digit((char)*at) && at - value < NUMRES_PIECE_DIGITS; at++)
        sum = sum * 10 + (uint64_t)(*at - '0');
    size_t length = (size_t)(at - value);
    if (length == 0 || (*value == '0' && length > 1) || (*at != ',' && *at != '}'))
        return NULL;
    NUMRES_COUNT(FAST_PIECES, length);
    numres_record_set_integer(reading->object->record, &piece->field, sum,
                              (numres_text){(const char *)value, length});
    return at;
}

static FAST_OUTLINE const unsigned char *skip_unknown(numres_fast_object *object,
                                                      const unsigned char *value) {
    const unsigned char *at = value;
    if (value >= object->window->end ||
        numres_fast_skip(&at, object->window->end, object->depth_left) != NUMRES_FAST_WHOLE)
        return NULL;
    numres_fast_count_long_string(object, value, at);
    return at;
}

/* All values but texts; those are the most frequent and tried first. */
static inline FAST_INLINE const unsigned char *
take_rarer(piece_reading *reading, const numres_piece *piece, const unsigned char *value) {
    switch ((numres_piece_end)piece->ends_in) {
    case NUMRES_PIECE_STATUS:
        return take_status(reading, piece, value);
    case NUMRES_PIECE_BOOLEAN:
        return take_boolean(reading->object->record, &piece->field, value);
    case NUMRES_PIECE_INTEGER:
        return take_integer(reading, piece, value);
    case NUMRES_PIECE_UNKNOWN:
        return skip_unknown(reading->object, value);
    case NUMRES_PIECE_TEXT:
    case NUMRES_PIECE_JUDGED:
        return NULL;
    default: /* no value follows */
        return value;
    }
}

static inline FAST_INLINE const unsigned char *
take_value(piece_reading *reading, const numres_piece *piece, const unsigned char *value) {
    const unsigned char *end = piece->ends_in == NUMRES_PIECE_TEXT
                                   ? take_text(reading, piece, value)
                                   : take_rarer(reading, piece, value);
    if (USUALLY(end != NULL) || piece->ends_in == NUMRES_PIECE_UNKNOWN)
        return end;
    size_t uncounted = reading->texts + piece->counted_after - reading->first->counted_before;
    return take_unusual(reading->object, piece, value, uncounted);
}

/* Reads the values of a piece whose bytes match. */
static inline FAST_INLINE const unsigned char *
take_piece(piece_reading *reading, const numres_segments *segments, const numres_piece *piece) {
    const unsigned char *end = NULL;
    if (piece->timestamps == 0 || USUALLY(take_timestamps(reading, segments, piece)))
        end = take_value(reading, piece, reading->at + piece->length);
    if (!USUALLY(end != NULL))
        undo(reading->object, piece);
    return end;
}

/* The piece does not match: gives those before it to the object. Returns one that matches in
   its place, or NULL. If reading began with the piece, it begins with that one from now on. */
static inline FAST_INLINE const numres_piece *
replace_piece(piece_reading *reading, const numres_segments *segments, const numres_piece *piece,
              const unsigned char *readable_end, const numres_piece **begin) {
    commit_before(reading, piece);
    const numres_piece *other =
        find_match(segments, piece, reading->at, readable_end - reading->at);
    if (other != NULL && *begin == piece)
        *begin = other;
    reading->first = other;
    reading->texts = 0;
    return other;
}

/* Slow path: the result where a value could not be read. */
static FAST_OUTLINE numres_fast_result why_unread(numres_fast_object *object) {
    bool is_unfinished = object->is_unfinished;
    object->is_unfinished = false;
    return is_unfinished ? NUMRES_FAST_MORE : NUMRES_FAST_OTHER;
}

FAST_ALIGNED numres_fast_result FAST_PIECES(numres_fast_object *object,
                                            const numres_segments *segments,
                                            const numres_piece **begin) {
    const unsigned char *const readable_end = object->window->readable_end;
    /* An integer, since a pointer must not lie before the readable bytes, which may be few. */
    const uintptr_t last_safe = (uintptr_t)readable_end - NUMRES_FAST_SPAN;
    const numres_piece *piece = *begin;
    piece_reading reading;
    begin_reading(&reading, object, piece);
    for (;;) {
        if (!USUALLY((uintptr_t)reading.at <= last_safe) &&
            readable_end - reading.at < piece->reach) {
            commit_before(&reading, piece);
            return NUMRES_FAST_NEAR_END;
        }
        if (!USUALLY(is_piece(segments, piece, reading.at))) {
            piece = replace_piece(&reading, segments, piece, readable_end, begin);
            if (piece == NULL)
                return NUMRES_FAST_OTHER;
        }
        const unsigned char *end = take_piece(&reading, segments, piece);
        if (!USUALLY(end != NULL)) {
            commit_before(&reading, piece);
            return why_unread(object);
        }
        reading.at = end;
        if (numres_piece_ends_segment(piece))
            break;
        piece++;
    }
    commit(&reading, piece->after, piece->members_after, piece->counted_after);
    object->bracket = reading.at - 1;
    object->place = piece->place;
    return piece->ends_in == NUMRES_PIECE_BRACE ? NUMRES_FAST_CLOSED : NUMRES_FAST_CONTAINER;
}
