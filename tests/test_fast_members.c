/* Members read one by one: usual forms by lib/fast/usual_members.h, at each SIMD level,
   and all others by lib/fast/object.c. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "segment_lesson.h"

#define STAMP "2026-01-03T09:31:28.120100Z"

/* Puts a phone number with `after` bytes after it, and reads as many of its members as
   possible. Returns how many. */
static size_t read_members(lesson *now, const char *text, size_t after) {
    lesson_put(now, NUMRES_OBJECT_PHONE_NUMBER, text, after);
    return now->lane.read_members(now->object);
}

static const numres_phone_number *number_of(const lesson *now) {
    return &now->schema.inner.value.phone_number;
}

/* ---- limits ---- */

static void expect_longest_value(lesson *now) {
    now->schema.settings.limits.max_value_length = 5;
    cr_expect_eq(read_members(now, ",{'id':'12345'}", NUMRES_FAST_SPAN), 1u);
    cr_expect_eq(number_of(now)->id.length, 5u);
    cr_expect_eq(now->schema.inner.counted, 5u);
    cr_expect_eq(read_members(now, ",{'id':'123456'}", NUMRES_FAST_SPAN), 0u);
    cr_expect_eq(now->schema.inner.present, 0u);
    now->schema.settings.limits.max_value_length = LESSON_TEXT_LIMIT;
}

Test(fast_members, a_value_of_exactly_the_longest_length_is_read) {
    lesson_at_each_level(expect_longest_value);
}

static void expect_full_record(lesson *now) {
    now->schema.settings.limits.max_record_text = 8;
    cr_expect_eq(read_members(now, ",{'id':'12345','errors':'123'}", NUMRES_FAST_SPAN), 2u);
    cr_expect_eq(now->schema.inner.counted, 8u);
    cr_expect_eq(read_members(now, ",{'id':'12345','errors':'1234'}", NUMRES_FAST_SPAN), 1u);
    cr_expect_eq(now->schema.inner.counted, 5u);
    now->schema.settings.limits.max_record_text = LESSON_TEXT_LIMIT;
}

Test(fast_members, a_value_that_exactly_fills_the_record_is_read) {
    lesson_at_each_level(expect_full_record);
}

/* ---- what an earlier record has left behind ---- */

static void expect_flags(lesson *now) {
    lesson_put(now, NUMRES_OBJECT_PHONE_NUMBER, ",{'created_at':'" STAMP "'}", NUMRES_FAST_SPAN);
    numres_timestamp *created = &now->schema.inner.value.phone_number.created_at.value;
    created->leap_second = created->unknown_offset = true;
    created->offset_minutes = 60;
    cr_assert_eq(now->lane.read_members(now->object), 1u);
    cr_expect_not(created->leap_second);
    cr_expect_not(created->unknown_offset);
    cr_expect_eq(created->offset_minutes, 0);
}

Test(fast_members, a_timestamp_keeps_nothing_of_the_one_before) {
    lesson_at_each_level(expect_flags);
}

/* ---- what is judged elsewhere ---- */

/* Values of the member after id. */
static const char *const unusual[] = {
    "'expired':'true'",
    "'expired':null",
    "'expired':truely",
    "'expired':false}",
    "'status':'odd'",
    "'status':7",
    "'created_at':'never'",
    "'id':'again'",
    "'record_type':'x'",
    "'errors':[]",
    "'errors':'\\n'",
    "'errors' :''",
    "'created_at':'2026-02-30T09:31:28.120100Z'",
};

static void expect_unusual(lesson *now) {
    for (size_t at = 0; at < sizeof unusual / sizeof *unusual; at++) {
        char text[128];
        snprintf(text, sizeof text, ",{'id':'i',%s}", unusual[at]);
        cr_expect_eq(read_members(now, text, NUMRES_FAST_SPAN), 1u, "%s", text);
        cr_expect_eq(now->schema.inner.present, LESSON_NUMBER_BIT(ID), "%s", text);
        cr_expect_eq(now->schema.inner.counted, 1u, "%s", text);
    }
}

Test(fast_members, a_value_of_another_type_or_form_is_left) {
    lesson_at_each_level(expect_unusual);
}

/* Far from the end, members are read without checking for it. Here white space and
   skipped values lead up to the end, where the guard page follows. */
static const char *const leading[] = {
    ",{%*s'id':'i'",
    ",{'id':%*s'i'",
    ",{'id':'i'%*s,'errors':''",
    ",{'id':'i',%*s'errors':''",
    ",{'id':'i','x':'%*s'",
    ",{'id':'i','x':%*s[]",
};

static void expect_near_end(lesson *now, const char *form, int bytes) {
    char text[512];
    snprintf(text, sizeof text, form, bytes, "");
    for (size_t length = strlen(",{"); length <= strlen(text); length++) {
        char cut[512];
        snprintf(cut, sizeof cut, "%.*s", (int)length, text);
        size_t count = read_members(now, cut, 0);
        cr_assert_leq((size_t)(now->object->at - now->window.start), length);
        cr_assert_eq(count, now->object->members_read);
    }
}

static void expect_near_ends(lesson *now) {
    for (size_t at = 0; at < sizeof leading / sizeof *leading; at++)
        for (int bytes = 0; bytes < 300; bytes += 37)
            expect_near_end(now, leading[at], bytes);
}

Test(fast_members, nothing_is_read_after_the_end) {
    lesson_at_each_level(expect_near_ends);
}

/* The last position with enough readable bytes after it is inside a member, before its value. */
static void expect_far_value(lesson *now) {
    char text[512];
    for (int spaces = 50; spaces < 70; spaces++) {
        snprintf(text, sizeof text, ",{'id':%*s'i'%*s}", spaces, "", 400 - spaces, "");
        lesson_put(now, NUMRES_OBJECT_PHONE_NUMBER, text, 0);
        now->window.readable_end = now->object->at + NUMRES_FAST_SPAN + 60;
        bool is_near = (size_t)spaces + strlen("'id':") <= 60;
        cr_expect_eq(now->lane.read_members(now->object), is_near ? 1u : 0u, "%d", spaces);
    }
}

Test(fast_members, a_value_too_near_the_end_is_left) {
    lesson_at_each_level(expect_far_value);
}

/* ---- text that is decoded ---- */

#define ESCAPES(text) text text text text text
#define FORTY ESCAPES("\\n\\n\\n\\n\\n\\n\\n\\n")

/* Each text would fit alone, but not after the other: nothing is written past the room. */
static void expect_room_left(lesson *now) {
    enum { ROOM = 64 };
    guard room = guard_create(ROOM);
    now->schema.settings.limits.max_record_text = ROOM;
    lesson_put(now, NUMRES_OBJECT_PHONE_NUMBER, ",{'id':'" FORTY "','errors':'" FORTY "'}",
               NUMRES_FAST_SPAN);
    now->object->record->text = room.end - ROOM;
    cr_expect_eq(numres_fast_member(now->object), NUMRES_FAST_WHOLE);
    cr_expect_eq(number_of(now)->id.length, 40u);
    cr_expect_eq(numres_fast_member(now->object), NUMRES_FAST_SURPRISE);
    cr_expect_eq(now->schema.inner.present, LESSON_NUMBER_BIT(ID));
    now->schema.settings.limits.max_record_text = LESSON_TEXT_LIMIT;
    guard_destroy(&room);
}

Test(fast_members, a_decoded_text_goes_into_what_is_left_of_the_room) {
    lesson_at_each_level(expect_room_left);
}

/* ---- the level ---- */

static void expect_level(numres_simd asked, bool has_avx2) {
    numres_schema schema = {0};
    numres_fast_lane lane;
    numres_fast_lane_start(&lane, &schema, asked, NULL);
    cr_expect_eq(lane.read_pieces != numres_fast_pieces_baseline, has_avx2, "%d", (int)asked);
    cr_expect_eq(lane.read_members != numres_fast_members_baseline, has_avx2, "%d", (int)asked);
}

Test(fast_members, are_read_at_the_level_that_is_asked_for) {
    bool has_avx2 = numres_simd_name(NUMRES_SIMD_AVX2) != NULL;
    expect_level(NUMRES_SIMD_BASELINE, false);
    expect_level(NUMRES_SIMD_BEST, has_avx2);
    if (has_avx2)
        expect_level(NUMRES_SIMD_AVX2, true);
}
