/* Learns an object that was read member by member, as pieces by which pieces.h reads
   objects like it. Called by habits.c. */
#include "segments.h"

#include <string.h>

#include "../base/count.h"
#include "../base/log.h"
#include "../token/plain.h"

enum {
    TIMESTAMP_LENGTH = NUMRES_USUAL_TIMESTAMP,
    MOST_BYTES = 32 * NUMRES_PIECE_VECTORS,
    LOOK = NUMRES_FAST_LOOK + 2 /* how much of a value is searched, with its quotes */
};

_Static_assert(NUMRES_FAST_SPAN >= MOST_BYTES + LOOK, "a piece and the value after it");

void numres_segments_forget(numres_segments *segments) {
    segments->used = (numres_segments_used){0};
}

_Static_assert(sizeof(numres_piece_start) == sizeof(uint32_t), "it is compared as one word");

static uint32_t key_of(numres_piece_start start) {
    uint32_t key;
    memcpy(&key, &start, sizeof key);
    return key;
}

const numres_piece *numres_segments_find(const numres_segments *segments, const numres_piece *from,
                                         numres_piece_start start) {
    const numres_piece *const end = segments->pieces + segments->used.pieces;
    const uint32_t key = key_of(start);
    for (; from < end; from++)
        if (key_of(from->start) == key)
            return from;
    return NULL;
}

/* Learning: a second pass over the bytes. */
typedef struct segment_learning {
    numres_segments *segments;
    const numres_fast_object *object;
    numres_piece *piece;              /* the one being made */
    const unsigned char *piece_start; /* its first byte */
    const unsigned char *at;
    const unsigned char *end;
    uint32_t present; /* members that the record has so far */
    uint8_t members;  /* read so far, in this segment */
    uint16_t counted; /* text of the values of fixed form */
    bool is_full;     /* the store has no room for it */
} segment_learning;

static bool begin_piece(segment_learning *learning) {
    numres_segments *segments = learning->segments;
    learning->is_full = segments->used.pieces == NUMRES_SEGMENTS_PIECES;
    if (learning->is_full)
        return false;
    numres_piece *piece = &segments->pieces[segments->used.pieces];
    memset(piece, 0, sizeof *piece);
    piece->bytes = segments->used.bytes;
    piece->timestamp = segments->used.timestamps;
    piece->start.kind = (uint8_t)learning->object->kind;
    piece->start.before = (uint16_t)learning->present;
    piece->members_before = learning->members;
    piece->counted_before = learning->counted;
    learning->piece = piece;
    learning->piece_start = learning->at;
    return true;
}

/* Adds the bytes up to `until` to the piece: they stay the same in every such object. The
   piece must have room for them. */
static void add_fixed(segment_learning *learning, const unsigned char *until) {
    numres_piece *piece = learning->piece;
    size_t length = (size_t)(until - learning->piece_start);
    for (size_t i = piece->length; i < length; i++)
        piece->masks[i / 32] |= UINT32_C(1) << i % 32;
    piece->length = (uint8_t)length;
}

/* How many bytes of the value that a piece ends in are read without checking for the
   window's end. */
static const uint8_t looked_at[NUMRES_PIECE_BRACE + 1] = {
    [NUMRES_PIECE_TEXT] = LOOK,
    [NUMRES_PIECE_JUDGED] = LOOK,
    [NUMRES_PIECE_STATUS] = LOOK,
    [NUMRES_PIECE_BOOLEAN] = LOOK,
    [NUMRES_PIECE_INTEGER] = NUMRES_PIECE_DIGITS + 1,
};

/* Ends the piece in this kind of value, and sets how far reading it reaches. */
static bool end_piece(segment_learning *learning, numres_piece_end ends_in) {
    numres_segments *segments = learning->segments;
    numres_piece *piece = learning->piece;
    size_t vectors = (piece->length + 31U) / 32;
    size_t reach = piece->length + looked_at[ends_in];
    learning->is_full = segments->used.bytes + 32 * vectors > NUMRES_SEGMENTS_BYTES;
    if (learning->is_full)
        return false;
    memcpy(segments->bytes + segments->used.bytes, learning->piece_start, piece->length);
    piece->vectors = (uint8_t)vectors;
    piece->reach = (uint16_t)(reach > 32 * vectors ? reach : 32 * vectors);
    piece->ends_in = (uint8_t)ends_in;
    piece->after = (uint16_t)learning->present;
    piece->members_after = learning->members;
    piece->counted_after = learning->counted;
    segments->used.bytes = (uint16_t)(segments->used.bytes + piece->length);
    segments->used.pieces++;
    return true;
}

/* Ends the piece with the value at learning->at, and begins the next one after that. */
static bool end_in_value(segment_learning *learning, numres_piece_end ends_in) {
    add_fixed(learning, learning->at);
    if (!end_piece(learning, ends_in))
        return false;
    numres_fast_result result =
        numres_fast_skip(&learning->at, learning->end, learning->object->depth_left);
    return result == NUMRES_FAST_WHOLE && begin_piece(learning);
}

static bool is_usual_timestamp(const segment_learning *learning, const numres_field *field) {
    return field->type == NUMRES_VALUE_TIMESTAMP && *learning->at == '"' &&
           learning->end - learning->at > TIMESTAMP_LENGTH + 1 &&
           learning->at[TIMESTAMP_LENGTH] == 'Z' && learning->at[TIMESTAMP_LENGTH + 1] == '"';
}

/* Makes sure that `length` more bytes fit into the piece. If they do not, it ends before
   this member, which begins at `member`. */
static bool make_room(segment_learning *learning, const unsigned char *member, size_t length) {
    if ((size_t)(learning->at - learning->piece_start) + length <= MOST_BYTES)
        return true;
    const unsigned char *value = learning->at;
    if (member == learning->piece_start || (size_t)(value - member) + length > MOST_BYTES)
        return false;
    add_fixed(learning, member);
    if (!end_piece(learning, NUMRES_PIECE_NOTHING))
        return false;
    learning->at = member;
    bool is_begun = begin_piece(learning);
    learning->at = value;
    return is_begun;
}

static bool add_timestamp(segment_learning *learning, const numres_field *field) {
    numres_segments *segments = learning->segments;
    learning->is_full = segments->used.timestamps == NUMRES_SEGMENTS_TIMESTAMPS;
    if (learning->is_full)
        return false;
    add_fixed(learning, learning->at + 1);
    numres_piece_timestamp *timestamp = &segments->timestamps[segments->used.timestamps++];
    timestamp->offset_in_piece = learning->piece->length;
    timestamp->field_offset = field->offset;
    learning->piece->timestamps++;
    learning->piece->length = (uint8_t)(learning->piece->length + TIMESTAMP_LENGTH);
    learning->counted = (uint16_t)(learning->counted + TIMESTAMP_LENGTH);
    learning->at += TIMESTAMP_LENGTH + 2;
    return true;
}

static numres_piece_end end_of(const segment_learning *learning, const numres_field *field) {
    switch ((numres_value_type)field->type) {
    case NUMRES_VALUE_TEXT:
        return NUMRES_PIECE_TEXT;
    case NUMRES_VALUE_E164:
        return learning->object->limits->check_e164 ? NUMRES_PIECE_JUDGED : NUMRES_PIECE_TEXT;
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
static bool is_escaped(const segment_learning *learning) {
    const unsigned char *text = learning->at + 1;
    return *learning->at == '"' && *numres_plain_skip(text, learning->end) == '\\';
}

/* A known member's value at learning->at; `member` is where the member begins. */
static bool learn_value(segment_learning *learning, const unsigned char *member, uint8_t place) {
    const numres_field *field = numres_fast_field(learning->object, place);
    bool has_form =
        field->type == NUMRES_VALUE_TIMESTAMP || field->type == NUMRES_VALUE_RECORD_TYPE;
    if (has_form && is_escaped(learning)) /* escapes there are too rare to learn */
        return false;
    size_t type_length = learning->object->type.length;
    bool is_timestamp = is_usual_timestamp(learning, field);
    bool is_record_type = field->type == NUMRES_VALUE_RECORD_TYPE && *learning->at == '"';
    size_t fixed = is_timestamp ? TIMESTAMP_LENGTH + 2 : is_record_type ? type_length + 2 : 1;
    if (!make_room(learning, member, fixed))
        return false;
    learning->members++;
    learning->present |= UINT32_C(1) << field->number;
    if (is_timestamp)
        return add_timestamp(learning, field);
    if (is_record_type) { /* it is valid, so these bytes stay the same */
        learning->counted = (uint16_t)(learning->counted + type_length);
        learning->at += type_length + 2;
        return true;
    }
    learning->piece->field = *field;
    numres_piece_end ends_in = end_of(learning, field);
    return ends_in != NUMRES_PIECE_NOTHING && end_in_value(learning, ends_in);
}

/* The bracket or brace that ends the segment. */
static bool learn_end(segment_learning *learning, const unsigned char *bracket,
                      numres_piece_end ends_in) {
    learning->at = bracket + 1;
    add_fixed(learning, learning->at);
    return learning->at == learning->end && end_piece(learning, ends_in);
}

static bool learn_member(segment_learning *learning, bool is_first) {
    const unsigned char *member = learning->at;
    uint8_t place = NUMRES_FAST_UNKNOWN;
    numres_fast_result result = numres_fast_next(&learning->at, learning->end, '}', is_first);
    if (result == NUMRES_FAST_WHOLE)
        result = numres_fast_name(learning->object, &learning->at, learning->end, &place);
    if (result != NUMRES_FAST_WHOLE)
        return false;
    if (place != NUMRES_FAST_UNKNOWN && *learning->at != '[' && *learning->at != '{')
        return learn_value(learning, member, place);
    if (!make_room(learning, member, 1))
        return false;
    if (place == NUMRES_FAST_UNKNOWN) {
        learning->members++;
        return end_in_value(learning, NUMRES_PIECE_UNKNOWN);
    }
    learning->piece->place = place;
    return learn_end(learning, learning->at, NUMRES_PIECE_BRACKET);
}

/* Learns the object's opening brace; for a phone number, also the comma or bracket before
   it. The first byte is not compared, since it may no longer be there. */
static bool learn_brace(segment_learning *learning) {
    bool is_number = learning->object->kind == NUMRES_OBJECT_PHONE_NUMBER;
    learning->piece->start.begins_object = true;
    learning->piece->length = 1;
    learning->at++;
    if (is_number && (numres_fast_space(&learning->at, learning->end) != NUMRES_FAST_WHOLE ||
                      *learning->at++ != '{'))
        return false;
    if (learning->at - learning->piece_start > MOST_BYTES)
        return false;
    add_fixed(learning, learning->at);
    return true;
}

static bool learn(segment_learning *learning) {
    bool is_first = learning->present == 0;
    if (!begin_piece(learning) || (is_first && !learn_brace(learning)))
        return false;
    for (; !numres_piece_ends_segment(learning->piece); is_first = false) {
        if (!learn_member(learning, is_first))
            return false;
        const unsigned char *next = learning->at;
        if (numres_fast_next(&next, learning->end, '}', false) == NUMRES_FAST_CLOSED)
            return make_room(learning, learning->at, (size_t)(next - learning->at)) &&
                   learn_end(learning, next - 1, NUMRES_PIECE_BRACE);
    }
    return true;
}

#ifdef NUMRES_LOG_LANES
/* Names the segment that was learned from this kind of object. */
static const char *segment_name(numres_object_kind kind) {
    return kind == NUMRES_OBJECT_PHONE_NUMBER  ? "number"
           : kind == NUMRES_OBJECT_RESERVATION ? "part of a reservation"
                                               : "meta";
}
#endif

/* Learns nothing if not all can be learned. */
static bool learn_or_leave(segment_learning *learning) {
    numres_segments *segments = learning->segments;
    const numres_segments_used before = segments->used;
    if (!learn(learning)) {
        segments->used = before;
        return false;
    }
    NUMRES_LOG("learned a %s of %d pieces, %d bytes\n", segment_name(learning->object->kind),
               segments->used.pieces - before.pieces, segments->used.bytes - before.bytes);
    return true;
}

const numres_piece *numres_segments_learn(numres_segments *segments,
                                          const numres_fast_object *object, uint32_t present,
                                          const unsigned char *start, const unsigned char *end) {
    const segment_learning beginning = {
        .segments = segments, .object = object, .at = start, .end = end, .present = present};
    segment_learning learning = beginning;
    uint8_t first = segments->used.pieces;
    NUMRES_COUNT(LEARNED, end - start);
    if (learn_or_leave(&learning))
        return &segments->pieces[first];
    if (!learning.is_full || first == 0)
        return NULL;
    /* The store is full, and what it holds may be out of date: begin anew. */
    numres_segments_forget(segments);
    learning = beginning;
    return learn_or_leave(&learning) ? segments->pieces : NULL;
}
