/* Learns an object that was read member by member, as pieces by which pieces.h reads
   objects like it. Called by habits.c. */
#include "segments.h"

#include <string.h>

#include "../base/log.h"
#include "../base/text.h"
#include "../token/plain.h"

enum {
    TIMESTAMP_LENGTH = NUMRES_USUAL_TIMESTAMP,
    MOST_BYTES = 32 * NUMRES_PIECE_VECTORS,
    LOOK = NUMRES_FAST_LOOK + 2 /* how much of a value is looked at, with its quotes */
};

void numres_segments_forget(numres_segments *segments) {
    segments->byte_count = 0;
    segments->piece_count = segments->timestamp_count = 0;
}

_Static_assert(sizeof(numres_piece_start) == sizeof(uint32_t), "it is compared as one word");

static uint32_t key_of(numres_piece_start start) {
    uint32_t key;
    memcpy(&key, &start, sizeof key);
    return key;
}

const numres_piece *numres_segments_find(const numres_segments *segments, const numres_piece *from,
                                         numres_piece_start start) {
    const numres_piece *const end = segments->pieces + segments->piece_count;
    const uint32_t key = key_of(start);
    for (; from < end; from++)
        if (key_of(from->start) == key)
            return from;
    return NULL;
}

/* Learning: a second pass over the bytes. */
typedef struct learning {
    numres_segments *segments;
    const numres_fast_object *object;
    numres_piece *piece;              /* the one being made */
    const unsigned char *piece_start; /* its first byte */
    const unsigned char *at;
    const unsigned char *end;
    uint8_t members;  /* read so far, in this segment */
    uint16_t counted; /* text of the values of fixed form */
    bool is_full;     /* the store has no room for it */
} learning;

static bool begin_piece(learning *now, uint32_t present) {
    numres_segments *segments = now->segments;
    now->is_full = segments->piece_count == NUMRES_SEGMENTS_PIECES;
    if (now->is_full)
        return false;
    numres_piece *piece = &segments->pieces[segments->piece_count];
    memset(piece, 0, sizeof *piece);
    piece->bytes = segments->byte_count;
    piece->timestamp = segments->timestamp_count;
    piece->start.kind = (uint8_t)now->object->kind;
    piece->start.before = piece->after = (uint16_t)present;
    piece->members_before = now->members;
    piece->counted_before = now->counted;
    now->piece = piece;
    now->piece_start = now->at;
    return true;
}

/* Adds the bytes up to `until` to the piece: they stay the same in every such object. The
   piece must have room for them. */
static void add_fixed(learning *now, const unsigned char *until) {
    numres_piece *piece = now->piece;
    size_t length = (size_t)(until - now->piece_start);
    for (size_t i = piece->length; i < length; i++)
        piece->masks[i / 32] |= UINT32_C(1) << i % 32;
    piece->length = (uint8_t)length;
}

/* How many bytes of the value that a piece ends in are looked at without checking for the
   window's end. */
static size_t look_at(numres_piece_end ends_in) {
    return ends_in == NUMRES_PIECE_INTEGER   ? NUMRES_PIECE_DIGITS + 1
           : ends_in >= NUMRES_PIECE_UNKNOWN ? 0
                                             : LOOK;
}

/* Ends the piece in this kind of value, and sets how far reading it reaches. */
static bool end_piece(learning *now, numres_piece_end ends_in) {
    numres_segments *segments = now->segments;
    numres_piece *piece = now->piece;
    size_t vectors = (piece->length + 31U) / 32;
    size_t reach = piece->length + look_at(ends_in);
    now->is_full = segments->byte_count + 32 * vectors > NUMRES_SEGMENTS_BYTES;
    if (now->is_full)
        return false;
    memcpy(segments->bytes + segments->byte_count, now->piece_start, piece->length);
    piece->vectors = (uint8_t)vectors;
    piece->reach = (uint16_t)(reach > 32 * vectors ? reach : 32 * vectors);
    piece->ends_in = (uint8_t)ends_in;
    piece->members_after = now->members;
    piece->counted_after = now->counted;
    segments->byte_count = (uint16_t)(segments->byte_count + piece->length);
    segments->piece_count++;
    return true;
}

/* Ends the piece with the value at now->at, and begins the next one after that. */
static bool end_in_value(learning *now, numres_piece_end ends_in) {
    add_fixed(now, now->at);
    if (!end_piece(now, ends_in))
        return false;
    uint32_t present = now->piece->after;
    return numres_fast_skip(&now->at, now->end, now->object->depth) == NUMRES_FAST_WHOLE &&
           begin_piece(now, present);
}

static bool is_usual_timestamp(const learning *now, const numres_field *field) {
    return field->type == NUMRES_VALUE_TIMESTAMP && *now->at == '"' &&
           now->end - now->at > TIMESTAMP_LENGTH + 1 && now->at[TIMESTAMP_LENGTH] == 'Z' &&
           now->at[TIMESTAMP_LENGTH + 1] == '"';
}

/* Makes sure that `length` more bytes fit into the piece. If they do not, it ends before
   this member, which begins at `member`. */
static bool make_room(learning *now, const unsigned char *member, size_t length) {
    if ((size_t)(now->at - now->piece_start) + length <= MOST_BYTES)
        return true;
    uint32_t present = now->piece->after;
    const unsigned char *value = now->at;
    if (member == now->piece_start || (size_t)(value - member) + length > MOST_BYTES)
        return false;
    add_fixed(now, member);
    if (!end_piece(now, NUMRES_PIECE_NOTHING))
        return false;
    now->at = member;
    if (!begin_piece(now, present))
        return false;
    now->at = value;
    return true;
}

static bool add_timestamp(learning *now, const numres_field *field) {
    numres_segments *segments = now->segments;
    now->is_full = segments->timestamp_count == NUMRES_SEGMENTS_TIMESTAMPS;
    if (now->is_full)
        return false;
    add_fixed(now, now->at + 1);
    numres_piece_timestamp *timestamp = &segments->timestamps[segments->timestamp_count++];
    timestamp->offset_in_piece = now->piece->length;
    timestamp->field_offset = field->offset;
    now->piece->timestamps++;
    now->piece->length = (uint8_t)(now->piece->length + TIMESTAMP_LENGTH);
    now->counted = (uint16_t)(now->counted + TIMESTAMP_LENGTH);
    now->at += TIMESTAMP_LENGTH + 2;
    return true;
}

static numres_piece_end end_of(const learning *now, const numres_field *field) {
    switch ((numres_value_type)field->type) {
    case NUMRES_VALUE_TEXT:
        return NUMRES_PIECE_TEXT;
    case NUMRES_VALUE_E164:
        return now->object->limits->check_e164 ? NUMRES_PIECE_JUDGED : NUMRES_PIECE_TEXT;
    case NUMRES_VALUE_TIMESTAMP:
    case NUMRES_VALUE_RECORD_TYPE:
        return NUMRES_PIECE_JUDGED;
    case NUMRES_VALUE_STATUS:
        return NUMRES_PIECE_STATUS;
    case NUMRES_VALUE_BOOLEAN:
        return NUMRES_PIECE_BOOLEAN;
    case NUMRES_VALUE_INTEGER:
        return NUMRES_PIECE_INTEGER;
    default:
        return NUMRES_PIECE_NOTHING;
    }
}

/* Whether the string that begins here has an escape. */
static bool is_escaped(const learning *now) {
    const unsigned char *text = now->at + 1;
    return *now->at == '"' && *numres_plain_skip(text, now->end) == '\\';
}

/* A known member's value at now->at; `member` is where the member begins. */
static bool learn_value(learning *now, const unsigned char *member, uint8_t place) {
    const numres_field *field = numres_fast_field(now->object, place);
    bool has_form =
        field->type == NUMRES_VALUE_TIMESTAMP || field->type == NUMRES_VALUE_RECORD_TYPE;
    if (has_form && is_escaped(now)) /* escapes there are too rare to learn */
        return false;
    size_t type_length = now->object->type.length;
    bool is_timestamp = is_usual_timestamp(now, field);
    bool is_record_type = field->type == NUMRES_VALUE_RECORD_TYPE && *now->at == '"';
    size_t fixed = is_timestamp ? TIMESTAMP_LENGTH + 2 : is_record_type ? type_length + 2 : 1;
    if (!make_room(now, member, fixed))
        return false;
    now->members++;
    now->piece->after |= (uint16_t)(1U << field->number);
    if (is_timestamp)
        return add_timestamp(now, field);
    if (is_record_type) { /* it is valid, so these bytes stay the same */
        now->counted = (uint16_t)(now->counted + type_length);
        now->at += type_length + 2;
        return true;
    }
    now->piece->field = *field;
    numres_piece_end ends_in = end_of(now, field);
    return ends_in != NUMRES_PIECE_NOTHING && end_in_value(now, ends_in);
}

/* The bracket or brace that ends the segment. */
static bool learn_end(learning *now, const unsigned char *bracket, numres_piece_end ends_in) {
    now->at = bracket + 1;
    add_fixed(now, now->at);
    return now->at == now->end && end_piece(now, ends_in);
}

static bool learn_member(learning *now, bool is_first) {
    const unsigned char *member = now->at;
    uint8_t place;
    if (!is_first && numres_fast_separator(&now->at, now->end) != NUMRES_FAST_WHOLE)
        return false;
    if (numres_fast_name(now->object, &now->at, now->end, &place) != NUMRES_FAST_WHOLE)
        return false;
    if (place != NUMRES_FAST_UNKNOWN && *now->at != '[' && *now->at != '{')
        return learn_value(now, member, place);
    if (!make_room(now, member, 1))
        return false;
    if (place == NUMRES_FAST_UNKNOWN) {
        now->members++;
        return end_in_value(now, NUMRES_PIECE_UNKNOWN);
    }
    now->piece->place = place;
    return learn_end(now, now->at, NUMRES_PIECE_BRACKET);
}

/* Learns the object's opening brace; for a phone number, also the comma or bracket before
   it. The first byte is not compared, since it may no longer be there. */
static bool learn_brace(learning *now) {
    bool is_number = now->object->kind == NUMRES_OBJECT_PHONE_NUMBER;
    now->piece->start.begins_object = true;
    now->piece->length = 1;
    now->at++;
    if (is_number &&
        (numres_fast_space(&now->at, now->end) != NUMRES_FAST_WHOLE || *now->at++ != '{'))
        return false;
    if (now->at - now->piece_start > MOST_BYTES)
        return false;
    add_fixed(now, now->at);
    return true;
}

static bool learn(learning *now, uint32_t present) {
    bool is_first = present == 0;
    if (!begin_piece(now, present) || (is_first && !learn_brace(now)))
        return false;
    for (; now->piece->ends_in < NUMRES_PIECE_BRACKET; is_first = false) {
        if (!learn_member(now, is_first))
            return false;
        const unsigned char *next = now->at;
        if (next < now->end && numres_fast_space(&next, now->end) == NUMRES_FAST_WHOLE &&
            *next == '}')
            return make_room(now, now->at, (size_t)(next - now->at) + 1) &&
                   learn_end(now, next, NUMRES_PIECE_BRACE);
    }
    return true;
}

static bool learn_or_leave(numres_segments *segments, learning *now, uint32_t present,
                           const unsigned char *start) {
    uint16_t bytes = segments->byte_count;
    uint8_t pieces = segments->piece_count;
    uint8_t timestamps = segments->timestamp_count;
    now->at = start;
    now->is_full = false;
    now->members = 0;
    now->counted = 0;
    if (learn(now, present)) {
        NUMRES_LOG("learned a %s of %u pieces, %u bytes\n",
                   segments->pieces[pieces].start.kind == NUMRES_OBJECT_PHONE_NUMBER ? "number"
                   : segments->pieces[pieces].start.kind == NUMRES_OBJECT_RESERVATION
                       ? "part of a reservation"
                       : "meta",
                   (unsigned int)(segments->piece_count - pieces),
                   (unsigned int)(segments->byte_count - bytes));
        return true;
    }
    segments->byte_count = bytes;
    segments->piece_count = pieces;
    segments->timestamp_count = timestamps;
    return false;
}

const numres_piece *numres_segments_learn(numres_segments *segments,
                                          const numres_fast_object *object, uint32_t present,
                                          const unsigned char *start, const unsigned char *end) {
    learning now = {.segments = segments, .object = object, .end = end};
    uint8_t first = segments->piece_count;
    if (learn_or_leave(segments, &now, present, start))
        return &segments->pieces[first];
    if (!now.is_full || first == 0)
        return NULL;
    /* The store is full, and what it holds may be out of date: begin anew. */
    numres_segments_forget(segments);
    return learn_or_leave(segments, &now, present, start) ? segments->pieces : NULL;
}
