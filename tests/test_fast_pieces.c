/* Objects read by the pieces of segments: lib/fast/pieces.h, at each SIMD level.
   test_fast_segments.c tests how segments are learned. */
#include "segment_lesson.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER NUMRES_OBJECT_PHONE_NUMBER
#define RESERVATION NUMRES_OBJECT_RESERVATION
#define META NUMRES_OBJECT_META
#define STAMP "2026-01-03T09:31:28.120100Z"
#define OTHER_STAMP "2027-12-31T23:59:59.999999Z"

/* Every kind of value, everything that is compared between values, and the known members. */
#define EVERY_KIND                                                                                 \
    (LESSON_NUMBER_BIT(CREATED_AT) | LESSON_NUMBER_BIT(ERRORS) | LESSON_NUMBER_BIT(EXPIRED) |      \
     LESSON_NUMBER_BIT(EXPIRED_AT) | LESSON_NUMBER_BIT(ID) | LESSON_NUMBER_BIT(PHONE_NUMBER) |     \
     LESSON_NUMBER_BIT(RECORD_TYPE) | LESSON_NUMBER_BIT(STATUS) | LESSON_NUMBER_BIT(UPDATED_AT))
static const char whole_number[] =
    ",{'created_at':'" STAMP "','errors':'e','expired':false,'expired_at':'" STAMP "','id':'i',"
    "'other':[1],'phone_number':'+1','record_type':'reserved_phone_number','status':'pending',"
    "'updated_at':'2026-01-03T09:31:28Z'}";

/* Learns one text and reads the other by its pieces. */
static numres_fast_result read_kind_as(lesson *now, numres_object_kind kind, const char *learned,
                                       const char *text) {
    numres_segments_forget(&now->segments);
    const numres_piece *piece = lesson_learn(now, kind, learned, 0);
    cr_assert_not_null(piece, "%s is not learned", learned);
    return lesson_read_text(now, kind, text, piece);
}

/* The text of a phone number begins with the comma before it. */
static numres_fast_result read_as(lesson *now, const char *learned, const char *text) {
    return read_kind_as(now, *learned == ',' ? NUMBER : RESERVATION, learned, text);
}

static const numres_phone_number *number_of(const lesson *now) {
    return &now->schema.inner.value.phone_number;
}

static void expect_text(numres_text text, const char *expected) {
    cr_expect(text.length == strlen(expected) &&
                  (text.length == 0 || memcmp(text.bytes, expected, text.length) == 0),
              "%.*s, not %s", (int)text.length, text.length > 0 ? text.bytes : "", expected);
}

/* How many bytes of the text have been read. */
static size_t taken(const lesson *now) {
    return (size_t)(now->object->at - now->window.start);
}

/* Reads as many members as before, but one by one, and expects the same result. */
static void expect_as_member_by_member(lesson *now, const char *text) {
    static numres_record by_pieces;
    size_t after = (size_t)(now->window.readable_end - now->window.end);
    uint64_t members = now->object->members_read;
    const unsigned char *at = now->object->at;
    bool is_closed = at == now->window.end;
    memcpy(&by_pieces, now->object->record, sizeof by_pieces);
    lesson_put(now, now->object->kind, text, after);
    while (now->object->members_read < members) {
        cr_assert_eq(numres_fast_member(now->object), NUMRES_FAST_WHOLE, "%s", text);
    }
    if (is_closed) {
        cr_assert_eq(numres_fast_member(now->object), NUMRES_FAST_CLOSED, "%s", text);
    }
    cr_expect(now->object->at == at, "%s: other bytes are read", text);
    cr_expect(lesson_same_records(&by_pieces, now->object->record), "%s: another record", text);
}

/* ---- what is read ---- */

static void expect_values(lesson *now) {
    const char *text = ",{'created_at':'" OTHER_STAMP "','errors':'','expired':true,'expired_at':'"
                       "1970-01-01T00:00:00.000001Z','id':null,'other':{'a':'}'},"
                       "'phone_number':'+1312','record_type':'reserved_phone_number',"
                       "'status':'success','updated_at':'1970-01-01T00:00:01Z'}";
    cr_assert_eq(read_as(now, whole_number, text), NUMRES_FAST_CLOSED);
    const numres_phone_number *number = number_of(now);
    const numres_record *record = &now->schema.inner;
    expect_text(number->created_at.text, OTHER_STAMP);
    cr_expect_eq(number->created_at.value.seconds, 1830297599);
    cr_expect_eq(number->created_at.value.nanoseconds, 999999000);
    cr_expect_eq(number->expired_at.value.nanoseconds, 1000);
    cr_expect_eq(number->updated_at.value.seconds, 1);
    cr_expect(number->expired);
    expect_text(number->id, "");
    expect_text(number->phone_number, "+1312");
    expect_text(number->record_type, "reserved_phone_number");
    expect_text(number->status.text, "success");
    cr_expect_eq(number->status.value, NUMRES_STATUS_SUCCESS);
    cr_expect_eq(record->present, EVERY_KIND);
    cr_expect_eq(record->null, LESSON_NUMBER_BIT(ID));
    cr_expect_eq(now->object->members_read, 10u);
    cr_expect_eq(now->object->at, now->window.end);
    cr_expect_eq(now->object->bracket, now->window.end - 1);
    cr_expect_not(now->object->is_first);
}

Test(fast_pieces, every_kind_of_value) {
    lesson_at_each_level(expect_values);
}

static void expect_bracket(lesson *now) {
    const char *learned = "{'id':'a','phone_numbers':[";
    cr_assert_eq(read_as(now, learned, "{'id':'bcd','phone_numbers':["), NUMRES_FAST_CONTAINER);
    cr_expect_eq(now->object->bracket, now->window.end - 1);
    cr_expect_str_eq(now->object->members[now->object->place].name, "phone_numbers");
    cr_expect_eq(now->object->members_read, 1u);
    cr_expect_eq(now->schema.outer.present, LESSON_RESERVATION_BIT(ID));
    cr_expect_eq(read_as(now, learned, "{'id':'bcd','phone_numbers':{"), NUMRES_FAST_OTHER);
}

Test(fast_pieces, a_bracket_ends_the_segment) {
    lesson_at_each_level(expect_bracket);
}

/* The text between the quotes of an id, and the result. */
typedef struct text_case {
    const char *text;
    numres_fast_result result;
    size_t decoded; /* bytes in the record's own text */
} text_case;

#define TEN "0123456789"
static const text_case text_cases[] = {
    {"", NUMRES_FAST_CLOSED, 0},
    {TEN TEN TEN "1", NUMRES_FAST_CLOSED, 0},
    {TEN TEN TEN "12", NUMRES_FAST_CLOSED, 0},
    {TEN TEN TEN TEN TEN TEN "123", NUMRES_FAST_CLOSED, 0},
    {TEN TEN TEN TEN TEN TEN "1234", NUMRES_FAST_CLOSED, 0}, /* NUMRES_FAST_LOOK */
    {TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN, NUMRES_FAST_CLOSED, 0},
    {"\xC3\xA9", NUMRES_FAST_CLOSED, 0},
    {"a\\u00e9", NUMRES_FAST_CLOSED, 3},
    {TEN TEN TEN TEN TEN TEN TEN "\\n", NUMRES_FAST_CLOSED, 71},
    {"\\x", NUMRES_FAST_OTHER, 0},
    {"\xC3", NUMRES_FAST_OTHER, 0},
    {"\n", NUMRES_FAST_OTHER, 0},
};

static void expect_texts(lesson *now) {
    for (size_t at = 0; at < sizeof(text_cases) / sizeof(text_cases[0]); at++) {
        const text_case *given = &text_cases[at];
        char text[256];
        snprintf(text, sizeof text, ",{'id':'%s','errors':'e'}", given->text);
        cr_assert_eq(read_as(now, ",{'id':'a','errors':'b'}", text), given->result, "%s", text);
        const numres_record *record = &now->schema.inner;
        cr_expect_eq(record->text_used, given->decoded, "%s", text);
        if (given->result == NUMRES_FAST_CLOSED) {
            cr_expect_eq(record->counted, number_of(now)->id.length + 1, "%s", text);
            if (given->decoded == 0) {
                expect_text(number_of(now)->id, given->text);
            }
        }
    }
}

Test(fast_pieces, texts_of_any_length_plain_or_not) {
    lesson_at_each_level(expect_texts);
}

static void expect_statuses(lesson *now) {
    const numres_piece *piece = lesson_learn(now, NUMBER, ",{'status':'pending'}", 0);
    char text[64];
    cr_assert_not_null(piece);
    for (int status = 1; status < NUMRES_STATUS_COUNT; status++) {
        const char *name = numres_status_name((numres_status)status);
        snprintf(text, sizeof text, ",{'status':'%s'}", name);
        cr_assert_eq(lesson_read_text(now, NUMBER, text, piece), NUMRES_FAST_CLOSED, "%s", name);
        cr_expect_eq(number_of(now)->status.value, (numres_status)status);
        expect_text(number_of(now)->status.text, name);
        snprintf(text, sizeof text, ",{'status':'%sx'}", name);
        cr_expect_eq(lesson_read_text(now, NUMBER, text, piece), NUMRES_FAST_OTHER, "%s", text);
    }
    cr_expect_eq(lesson_read_text(now, NUMBER, ",{'status':''}", piece), NUMRES_FAST_OTHER);
    cr_expect_eq(lesson_read_text(now, NUMBER, ",{'status':null}", piece), NUMRES_FAST_CLOSED);
    cr_expect_eq(number_of(now)->status.value, NUMRES_STATUS_UNKNOWN);
}

Test(fast_pieces, every_status_and_no_other) {
    lesson_at_each_level(expect_statuses);
}

/* Integers, each next to another one that the same piece reads. Those that are not plain,
   or may be too large, are left to the member-by-member reader. */
typedef struct integer_case {
    const char *text;
    numres_fast_result result;
    uint64_t value;
} integer_case;

static const integer_case integers[] = {
    {"0", NUMRES_FAST_CLOSED, 0},
    {"7", NUMRES_FAST_CLOSED, 7},
    {"1234567890", NUMRES_FAST_CLOSED, 1234567890},
    {"99999999999999999", NUMRES_FAST_CLOSED, 99999999999999999},
    {"999999999999999999", NUMRES_FAST_CLOSED, 999999999999999999},
    {"1000000000000000000", NUMRES_FAST_CLOSED, 1000000000000000000},
    {"9223372036854775807", NUMRES_FAST_CLOSED, INT64_MAX},
    {"9223372036854775808", NUMRES_FAST_OTHER, 0},
    {"99999999999999999999", NUMRES_FAST_OTHER, 0},
    {"12 ", NUMRES_FAST_OTHER, 0}, /* the next piece starts with the comma */
    {"null", NUMRES_FAST_CLOSED, 0},
    {"1.0", NUMRES_FAST_OTHER, 0},
    {"1e2", NUMRES_FAST_OTHER, 0},
    {"-1", NUMRES_FAST_OTHER, 0},
    {"-0", NUMRES_FAST_OTHER, 0},
    {"01", NUMRES_FAST_OTHER, 0},
    {"00", NUMRES_FAST_OTHER, 0},
    {"1:", NUMRES_FAST_OTHER, 0},
    {"1x", NUMRES_FAST_OTHER, 0},
    {"", NUMRES_FAST_OTHER, 0},
    {"true", NUMRES_FAST_OTHER, 0},
    {"'1'", NUMRES_FAST_OTHER, 0},
    {"[]", NUMRES_FAST_OTHER, 0},
};

/* The integer is tested before a comma and before the brace. */
static void expect_integer(lesson *now, const integer_case *given, const char *form) {
    const numres_meta *meta = &now->schema.outer.value.meta;
    char learned[80], text[80];
    snprintf(learned, sizeof learned, form, "1");
    snprintf(text, sizeof text, form, given->text);
    cr_assert_eq(read_kind_as(now, META, learned, text), given->result, "%s", text);
    if (given->result == NUMRES_FAST_CLOSED)
        cr_expect_eq(meta->page_size, given->value, "%s", text);
    expect_as_member_by_member(now, text);
}

static void expect_integers(lesson *now) {
    for (size_t at = 0; at < sizeof integers / sizeof *integers; at++) {
        expect_integer(now, &integers[at], "{'page_size':%s}");
        expect_integer(now, &integers[at], "{'page_size':%s,'total_pages':3}");
        expect_integer(now, &integers[at], "{'page_number':5,'page_size':%s}");
    }
}

Test(fast_pieces, integers_of_any_form) {
    lesson_at_each_level(expect_integers);
}

/* Starts with the pieces after members that were read otherwise. */
static void expect_rest(lesson *now) {
    const char *text = ",{'created_at':'2026-01-03T09:31:28Z','errors':'two','id':'bc'}";
    const numres_piece *piece =
        lesson_learn(now, NUMBER, ",{'created_at':'" STAMP "','errors':'e','id':'i'}", 0);
    cr_assert_not_null(piece);
    lesson_put(now, NUMBER, text, NUMRES_FAST_SPAN);
    cr_assert_eq(numres_fast_member(now->object), NUMRES_FAST_WHOLE);
    cr_assert_eq(numres_fast_member(now->object), NUMRES_FAST_WHOLE);
    cr_assert_eq(lesson_read(now, piece + 1), NUMRES_FAST_CLOSED);
    cr_expect_eq(now->object->members_read, 3u);
    cr_expect_eq(now->schema.inner.counted, strlen("2026-01-03T09:31:28Ztwobc"));
    expect_as_member_by_member(now, text);
}

Test(fast_pieces, from_the_middle_of_an_object_on) {
    lesson_at_each_level(expect_rest);
}

/* ---- the first byte ---- */

static void expect_first_byte(lesson *now) {
    const char *reservation = "{'id':'a'}";
    cr_expect_eq(read_as(now, ",{'id':'a'}", "[{'id':'b'}"), NUMRES_FAST_CLOSED);
    cr_expect_eq(read_as(now, ",{'id':'a'}", "[['id':'b'}"), NUMRES_FAST_OTHER);
    cr_expect_eq(read_as(now, reservation, ",'id':'bc'}"), NUMRES_FAST_CLOSED);
}

Test(fast_pieces, the_first_byte_of_an_object_is_not_compared) {
    lesson_at_each_level(expect_first_byte);
}

/* ---- what does not fit ---- */

typedef struct other_case {
    const char *learned;
    const char *text;
    size_t taken; /* bytes before the difference */
} other_case;

static const other_case other_cases[] = {
    {",{'id':'a', 'errors':''}", ",{'id':'a','errors':''}", 10},
    {",{'id':'a','errors':''}", ",{'id':'a', 'errors':''}", 10},
    {",{'id':'a','errors':''}", ",{'id':'a','errors':'' }", 22},
    {",{'id':'a','errors':''}", ",{'id':'a'}", 10},
    {",{'id':'a','errors':''}", ",{'id':1,'errors':''}", 2},
    {",{'id':'a','errors':''}", ",{'id':'a','errors':true}", 10},
    {",{'id':'a','expired':true}", ",{'id':'a','expired':truely}", 10},
    {",{'id':'a','expired':true}", ",{'id':'a','expired':'true'}", 10},
    {",{'id':'a','x':1}", ",{'id':'a','x':1.}", 10},
    {",{'id':'a','created_at':'" STAMP "'}", ",{'id':'a','created_at':'2026-01-03T09:31:28Z'}", 10},
    {",{'id':'a','created_at':'" STAMP "'}",
     ",{'id':'a','created_at':'2026-02-30T09:31:28.120100Z'}", 10},
    {",{'id':'a','created_at':'2026-01-03T09:31:28Z'}",
     ",{'id':'a','created_at':'2026-01-03T09:31:61Z'}", 10},
    {",{'id':'a','record_type':'reserved_phone_number'}",
     ",{'id':'a','record_type':'reserved_phone_numbex'}", 10},
    {",{'id':'a','record_type':null}", ",{'id':'a','record_type':'x'}", 10},
};

static void expect_others(lesson *now) {
    for (size_t at = 0; at < sizeof(other_cases) / sizeof(other_cases[0]); at++) {
        const other_case *given = &other_cases[at];
        cr_assert_eq(read_as(now, given->learned, given->text), NUMRES_FAST_OTHER, "%s",
                     given->text);
        cr_expect_eq(taken(now), given->taken, "%s: %zu", given->text, taken(now));
        expect_as_member_by_member(now, given->text);
    }
    cr_expect_eq(read_as(now, ",{'id':'a' , 'errors':\n'' }", ",{'id':'bb' , 'errors':\n'' }"),
                 NUMRES_FAST_CLOSED, "white space is part of a piece");
}

Test(fast_pieces, what_does_not_fit_is_told_after_the_last_piece_that_did) {
    lesson_at_each_level(expect_others);
}

/* Changes each byte of a whole number. The result must be that of reading one by one. */
static void expect_changes(lesson *now) {
    static const char changes[] = " x'\\,}:0\x80\x1F";
    char text[sizeof whole_number];
    const numres_piece *piece = lesson_learn(now, NUMBER, whole_number, 0);
    size_t others = 0;
    cr_assert_not_null(piece);
    for (size_t offset = 1; offset < strlen(whole_number); offset++) {
        for (const char *change = changes; *change != '\0'; change++) {
            strcpy(text, whole_number);
            text[offset] = *change;
            numres_fast_result result = lesson_read_text(now, NUMBER, text, piece);
            cr_assert(result == NUMRES_FAST_CLOSED || result == NUMRES_FAST_OTHER ||
                          result == NUMRES_FAST_MORE,
                      "%s", text);
            cr_assert_eq(result == NUMRES_FAST_CLOSED, now->object->at == now->window.end);
            others += result != NUMRES_FAST_CLOSED;
            if (now->object->members_read > 0) {
                expect_as_member_by_member(now, text);
            }
        }
    }
    cr_expect_gt(others, strlen(whole_number));
}

Test(fast_pieces, any_byte_changed_is_told_as_it_is_member_by_member) {
    lesson_at_each_level(expect_changes);
}

/* ---- what an earlier number has left behind ---- */

static void expect_flags(lesson *now) {
    const char *text = ",{'created_at':'" STAMP "'}";
    const numres_piece *piece = lesson_learn(now, NUMBER, text, 0);
    numres_timestamp *created = &now->schema.inner.value.phone_number.created_at.value;
    cr_assert_not_null(piece);
    lesson_put(now, NUMBER, text, NUMRES_FAST_SPAN);
    created->leap_second = created->unknown_offset = true;
    created->offset_minutes = 60;
    cr_assert_eq(lesson_read(now, piece), NUMRES_FAST_CLOSED);
    expect_as_member_by_member(now, text);
}

Test(fast_pieces, a_timestamp_keeps_nothing_of_the_one_before) {
    lesson_at_each_level(expect_flags);
}

/* A null has no quote, even if a later text ends exactly where a timestamp would. */
static void expect_null_in_place_of_a_timestamp(lesson *now) {
    const char *learned = ",{'created_at':null,'errors':'abcdefghijklZ'}";
    const char *broken = ",{'created_at':n" STAMP "'}";
    const numres_piece *piece = lesson_learn(now, NUMBER, learned, 0);
    cr_assert_eq(lesson_read_text(now, NUMBER, learned, piece), NUMRES_FAST_CLOSED);
    expect_as_member_by_member(now, learned);
    cr_expect_eq(lesson_read_text(now, NUMBER, broken, piece), NUMRES_FAST_OTHER);
    cr_expect_eq(now->object->members_read, 0u);
}

Test(fast_pieces, a_timestamp_begins_with_a_quote) {
    lesson_at_each_level(expect_null_in_place_of_a_timestamp);
}

/* ---- other shapes ---- */

/* A text, and which of the three shapes it starts with, as a letter. */
typedef struct shape_case {
    const char *text;
    numres_fast_result result;
    char first;   /* the segment with which it starts */
    size_t taken; /* bytes read */
} shape_case;

static const char *const shapes[] = {
    ",{'id':'a','errors':'e'}",
    ",{'id':'a','errors':'e','created_at':'" STAMP "'}",
    ",{'errors':'e','id':null}",
};

static const shape_case shape_cases[] = {
    {",{'id':'a','errors':''}", NUMRES_FAST_CLOSED, 'a', 23},
    {",{'id':'a','errors':'','created_at':'" OTHER_STAMP "'}", NUMRES_FAST_CLOSED, 'a', 66},
    {",{'errors':'','id':'a'}", NUMRES_FAST_CLOSED, 'c', 23},
    {",{'errors':'','id':'a','created_at':'" OTHER_STAMP "'}", NUMRES_FAST_CLOSED, 'c', 66},
    {",{'errors':'','id':'a' }", NUMRES_FAST_OTHER, 'c', 22},
    {",{'id':'a','errors':'','created_at':'" OTHER_STAMP "' }", NUMRES_FAST_OTHER, 'a', 22},
    {",{'id':'a','errors':'','created_at':'2026-02-30T09:31:28.120100Z'}", NUMRES_FAST_OTHER, 'a',
     22},
    {",{'id':true,'errors':''}", NUMRES_FAST_OTHER, 'a', 2},
    {",{'expired':true}", NUMRES_FAST_OTHER, 'a', 2},
};

static void expect_shapes(lesson *now) {
    const numres_piece *first[3];
    numres_segments_forget(&now->segments);
    for (size_t at = 0; at < 3; at++) {
        first[at] = lesson_learn(now, NUMBER, shapes[at], 0);
        cr_assert_not_null(first[at], "%s", shapes[at]);
    }
    for (size_t at = 0; at < sizeof(shape_cases) / sizeof(shape_cases[0]); at++) {
        const shape_case *given = &shape_cases[at];
        cr_expect_eq(lesson_read_text(now, NUMBER, given->text, first[0]), given->result, "%s",
                     given->text);
        cr_expect_eq(taken(now), given->taken, "%s: %zu", given->text, taken(now));
        cr_expect_eq(now->begun, first[given->first - 'a'], "%s: piece %zu", given->text,
                     (size_t)(now->begun - now->segments.pieces));
        expect_as_member_by_member(now, given->text);
    }
}

Test(fast_pieces, what_does_not_fit_may_be_another_shape_from_there_on) {
    lesson_at_each_level(expect_shapes);
}

/* Two shapes have different forms of one value. */
static void expect_forms(lesson *now) {
    const char *usual = ",{'id':'a','created_at':'" STAMP "'}";
    const char *judged = ",{'id':'a','created_at':null}";
    const char *text = ",{'id':'bc','created_at':'2026-01-03T09:31:28+01:00'}";
    numres_segments_forget(&now->segments);
    const numres_piece *first = lesson_learn(now, NUMBER, usual, 0);
    cr_assert(first != NULL && lesson_learn(now, NUMBER, judged, 0) != NULL);
    cr_expect_eq(lesson_read_text(now, NUMBER, text, first), NUMRES_FAST_CLOSED);
    cr_expect_eq(now->begun, first);
    cr_expect_eq(number_of(now)->created_at.value.offset_minutes, 60);
    expect_as_member_by_member(now, text);
}

Test(fast_pieces, a_value_of_another_form_is_read_by_the_shape_that_has_it) {
    lesson_at_each_level(expect_forms);
}

/* Like expect_near_end, but the first piece does not fit and the next one does. */
static void expect_near_end_of_others(lesson *now) {
    const char *text = ",{'id':'a','errors':'e','created_at':'" STAMP "'}";
    numres_segments_forget(&now->segments);
    const numres_piece *first = lesson_learn(now, NUMBER, shapes[0], 0);
    cr_assert_not_null(first);
    cr_assert_not_null(lesson_learn(now, NUMBER, shapes[1], 0));
    for (size_t after = 0; after <= NUMRES_FAST_SPAN; after++) {
        lesson_put(now, NUMBER, text, after);
        numres_fast_result result = lesson_read(now, first);
        cr_assert_eq(result == NUMRES_FAST_CLOSED, taken(now) == strlen(text));
        cr_assert(result != NUMRES_FAST_CONTAINER && result != NUMRES_FAST_SURPRISE);
    }
}

Test(fast_pieces, no_other_shape_is_looked_for_beyond_what_is_readable) {
    lesson_at_each_level(expect_near_end_of_others);
}

/* ---- room ---- */

static void expect_room(lesson *now) {
    const char *text = ",{'id':'b','errors':'\\n'}";
    const size_t needed = NUMRES_SEGMENTS_ROOM + 2;
    now->schema.settings.limits.max_record_text = needed;
    cr_expect_eq(read_as(now, ",{'id':'a','errors':'e'}", text), NUMRES_FAST_CLOSED);
    now->schema.settings.limits.max_record_text = needed - 1;
    cr_expect_eq(read_as(now, ",{'id':'a','errors':'e'}", text), NUMRES_FAST_OTHER);
    cr_expect_eq(taken(now), strlen(",{'id':'b'"));
    expect_as_member_by_member(now, text);
}

Test(fast_pieces, where_little_room_is_left_a_text_is_read_otherwise) {
    lesson_at_each_level(expect_room);
}

/* ---- near the end ---- */

/* With more and more readable bytes after the text, up to the guard page. */
static void expect_near_end(lesson *now) {
    const numres_piece *piece = lesson_learn(now, NUMBER, whole_number, 0);
    size_t told = 0;
    bool closed = false;
    cr_assert_not_null(piece);
    for (size_t after = 0; after <= NUMRES_FAST_SPAN; after++) {
        lesson_put(now, NUMBER, whole_number, after);
        numres_fast_result result = lesson_read(now, piece);
        cr_assert_eq(result, closed || now->object->at == now->window.end ? NUMRES_FAST_CLOSED
                                                                          : NUMRES_FAST_NEAR_END);
        cr_assert_geq(taken(now), told);
        told = taken(now);
        closed = result == NUMRES_FAST_CLOSED;
    }
    cr_expect(closed);
}

/* Cut at every place: nothing is read past the end, and only whole members are taken. */
static void expect_cut(lesson *now) {
    char text[sizeof whole_number];
    const numres_piece *piece = lesson_learn(now, NUMBER, whole_number, 0);
    size_t near_ends = 0;
    cr_assert_not_null(piece);
    for (size_t length = 1; length < strlen(whole_number); length++) {
        snprintf(text, sizeof text, "%.*s", (int)length, whole_number);
        lesson_put(now, NUMBER, text, 0);
        numres_fast_result result = lesson_read(now, piece);
        cr_assert(result == NUMRES_FAST_NEAR_END || result == NUMRES_FAST_OTHER, "%s", text);
        near_ends += result == NUMRES_FAST_NEAR_END;
        if (now->object->members_read > 0) {
            expect_as_member_by_member(now, text);
        }
        /* The same if the bytes after the cut are readable white space. */
        lesson_put(now, NUMBER, text, NUMRES_FAST_SPAN);
        result = lesson_read(now, piece);
        cr_assert(result == NUMRES_FAST_MORE || result == NUMRES_FAST_OTHER, "%s", text);
    }
    cr_expect_gt(near_ends, strlen(whole_number) / 2);
}

/* A value that is cut is unfinished; a bad one is read member by member. */
static void expect_cut_value(lesson *now) {
    static const char learned[] = ",{'id':'a','errors':'e','expired':true}";
    cr_expect_eq(read_as(now, learned, ",{'id':'abc"), NUMRES_FAST_MORE);
    cr_expect_eq(now->object->members_read, 0);
    cr_expect_eq(read_as(now, learned, ",{'id':'a','errors':'caf\\u00"), NUMRES_FAST_MORE);
    cr_expect_eq(taken(now), strlen(",{'id':'a'"));
    cr_expect_eq(read_as(now, learned, ",{'id':'a','errors':'\\x"), NUMRES_FAST_OTHER);
    cr_expect_eq(read_as(now, learned, ",{'id':'abc','errors':'\x01'"), NUMRES_FAST_OTHER,
                 "whatever came before");
    cr_expect_eq(read_as(now, learned, ",{'id':'abc','errors':'a','expired':true,"),
                 NUMRES_FAST_OTHER);
    cr_expect_eq(read_as(now, learned, ",{'id':'abc','errors':'a','expired':tru"),
                 NUMRES_FAST_MORE);
}

/* Only the last reading counts. */
static void expect_cut_then_wrong(lesson *now) {
    static const char learned[] = ",{'created_at':'2026-01-03T09:31:28.120100Z','id':'a'}";
    const numres_piece *piece = lesson_learn(now, NUMBER, learned, 0);
    cr_assert_not_null(piece);
    cr_expect_eq(lesson_read_text(now, NUMBER,
                                  ",{'created_at':'2026-01-03T09:31:28.120100Z','id':'abc", piece),
                 NUMRES_FAST_MORE);
    cr_expect_eq(lesson_read_text(now, NUMBER,
                                  ",{'created_at':'2026-13-03T09:31:28.120100Z','id':'a'}", piece),
                 NUMRES_FAST_OTHER);
}

Test(fast_pieces, a_wrong_timestamp_after_a_cut_value) {
    lesson_at_each_level(expect_cut_then_wrong);
}

Test(fast_pieces, a_cut_value_is_unfinished) {
    lesson_at_each_level(expect_cut_value);
}

/* Only the byte after the last digit shows whether the integer ends there. */
static void expect_cut_integer(lesson *now) {
    const numres_piece *piece = lesson_learn(now, META, "{'total_results':1}", 0);
    cr_assert_not_null(piece);
    lesson_put(now, META, "{'total_results':123456789012345678", 0);
    cr_expect_eq(lesson_read(now, piece), NUMRES_FAST_NEAR_END);
}

Test(fast_pieces, near_the_end_nothing_is_read_after_it) {
    lesson_at_each_level(expect_near_end);
    lesson_at_each_level(expect_cut_integer);
    lesson_at_each_level(expect_cut);
}
