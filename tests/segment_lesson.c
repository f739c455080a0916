#include "segment_lesson.h"

#include <criterion/criterion.h>
#include <string.h>

static void open_lesson(lesson *now, numres_simd level) {
    memset(now, 0, sizeof *now);
    now->schema.settings.limits.max_value_length = LESSON_TEXT_LIMIT;
    now->schema.settings.limits.max_record_text = LESSON_TEXT_LIMIT;
    numres_fast_lane_start(&now->lane, &now->schema, level, &now->segments);
    now->guard = guard_create(LESSON_MOST);
}

void lesson_at_each_level(void (*body)(lesson *now)) {
    static const numres_simd levels[] = {NUMRES_SIMD_BASELINE, NUMRES_SIMD_AVX2};
    static lesson now;
    for (size_t at = 0; at < sizeof(levels) / sizeof(levels[0]); at++) {
        if (numres_simd_name(levels[at]) != NULL) {
            open_lesson(&now, levels[at]);
            body(&now);
            guard_destroy(&now.guard);
        }
    }
}

static void place_text(lesson *now, const char *text, size_t after) {
    char bytes[LESSON_MOST];
    size_t length = strlen(text);
    cr_assert_leq(length + after, sizeof bytes);
    memset(bytes, ' ', sizeof bytes);
    for (size_t at = 0; at < length; at++) {
        bytes[at] = (char)(text[at] == '\'' ? '"' : text[at]);
    }
    numres_fast_window *window = &now->window;
    window->start = (const unsigned char *)guard_place(&now->guard, bytes, length + after);
    window->readable_start = window->at = window->start;
    window->stop = window->end = window->start + length;
    window->readable_end = window->end + after;
}

void lesson_put(lesson *now, numres_object_kind kind, const char *text, size_t after) {
    bool is_number = kind == NUMRES_OBJECT_PHONE_NUMBER;
    numres_record *record = is_number ? &now->schema.inner : &now->schema.outer;
    numres_fast_object *object = is_number                           ? &now->lane.number
                                 : kind == NUMRES_OBJECT_RESERVATION ? &now->lane.reservation
                                                                     : &now->other;
    if (object == &now->other)
        numres_fast_lane_start_object(&now->lane, object, kind, record, NULL);
    place_text(now, text, after);
    numres_record_start(record, numres_members_record(kind), 0);
    record->text = is_number ? now->inner_text : now->outer_text;
    object->window = &now->window;
    object->start = object->at = now->window.start;
    object->members_read = 0;
    object->depth_left = LESSON_DEPTH;
    object->place = NUMRES_FAST_UNKNOWN;
    object->bracket = NULL;
    object->is_first = is_number || *text == '{';
    const unsigned char *brace = memchr(object->start, '{', strlen(text));
    if (object->is_first && brace != NULL) {
        object->at = brace + 1;
    }
    now->object = object;
}

const numres_piece *lesson_learn(lesson *now, numres_object_kind kind, const char *text,
                                 uint32_t present) {
    lesson_put(now, kind, text, NUMRES_FAST_SPAN);
    return numres_segments_learn(&now->segments, now->object, present, now->object->start,
                                 now->window.end);
}

numres_fast_result lesson_read(lesson *now, const numres_piece *piece) {
    now->begun = piece;
    return now->lane.read_pieces(now->object, &now->segments, &now->begun);
}

numres_fast_result lesson_read_text(lesson *now, numres_object_kind kind, const char *text,
                                    const numres_piece *piece) {
    lesson_put(now, kind, text, NUMRES_FAST_SPAN);
    return lesson_read(now, piece);
}

/* ---- records ---- */

static const void *field_of(const numres_record *record, uint16_t offset) {
    return (const char *)&record->value + offset;
}

static bool same_text(numres_text left, numres_text right) {
    return left.length == right.length &&
           (left.length == 0 || memcmp(left.bytes, right.bytes, left.length) == 0);
}

static bool same_timestamp(const numres_timestamp *left, const numres_timestamp *right) {
    return left->seconds == right->seconds && left->nanoseconds == right->nanoseconds &&
           left->offset_minutes == right->offset_minutes &&
           left->fraction_digits == right->fraction_digits &&
           left->unknown_offset == right->unknown_offset && left->leap_second == right->leap_second;
}

static bool same_field(const numres_record *left, const numres_record *right,
                       const numres_field *field) {
    const void *one = field_of(left, field->offset);
    const void *other = field_of(right, field->offset);
    if (field->text_offset != NUMRES_NO_TEXT) {
        const numres_text *text = field_of(left, field->text_offset);
        const numres_text *other_text = field_of(right, field->text_offset);
        if (!same_text(*text, *other_text)) {
            return false;
        }
    }
    switch ((numres_value_type)field->type) {
    case NUMRES_VALUE_STATUS:
        return ((const numres_status_member *)one)->value ==
               ((const numres_status_member *)other)->value;
    case NUMRES_VALUE_TIMESTAMP:
        return same_timestamp(&((const numres_timestamp_member *)one)->value,
                              &((const numres_timestamp_member *)other)->value);
    case NUMRES_VALUE_BOOLEAN:
        return *(const bool *)one == *(const bool *)other;
    case NUMRES_VALUE_INTEGER:
        return *(const uint64_t *)one == *(const uint64_t *)other;
    default:
        return true;
    }
}

bool lesson_same_records(const numres_record *left, const numres_record *right) {
    const numres_field *fields = numres_record_fields(left->kind);
    bool same = left->kind == right->kind && left->present == right->present &&
                left->null == right->null && left->invalid == right->invalid &&
                left->counted == right->counted && left->text_used == right->text_used;
    for (unsigned int at = 0; same && at < numres_record_member_count(left->kind); at++) {
        same = same_field(left, right, &fields[at]) &&
               (!numres_has(left->present, at) ||
                same_text(numres_record_raw(left, at), numres_record_raw(right, at)));
    }
    return same;
}
